"""How colours are shown in the panel, the same in all its widgets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from colorstudio.document.chosen_colour import Rgb

CORNER = 3.0
_RIM = QColor(0, 0, 0, 70)


def paint_swatch(painter: QPainter, rect: QRectF, rgb: Rgb) -> None:
    """A piece of a colour, with a rim that shows on any ground."""
    painter.setPen(QPen(_RIM, 1))
    painter.setBrush(QColor(*rgb))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)


def paint_focus(painter: QPainter, widget: QWidget, rect: QRectF) -> None:
    """The frame of what the keyboard acts on."""
    colour = widget.palette().color(QPalette.ColorRole.Highlight)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), CORNER, CORNER)


def paint_ring(painter: QPainter, x: float, y: float, radius: float, width: float = 1.5) -> None:
    """A ring that shows on any colour: white, with black around it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), width + 2))
    painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
    painter.setPen(QPen(QColor(255, 255, 255), width))
    painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
