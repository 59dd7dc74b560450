"""Before and after: the ways in which the canvas shows both."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

_GAP = 3.0  # between the two sides
_CROSS = 9.0
_CHIP = QColor(20, 20, 20, 170)


class Comparison(Enum):
    """What is seen of the gray and of the coloured photo."""

    COLOUR = "colour"
    GRAY = "gray"
    SPLIT = "split"
    SIDE_BY_SIDE = "side_by_side"


def coloured_side(size: QSizeF, device_ratio: float) -> QRectF:
    """The right half of a widget, which starts at a whole dot of the screen."""
    left = round((size.width() + _GAP) / 2 * device_ratio) / device_ratio
    return QRectF(left, 0, max(size.width() - left, 1.0), size.height())


def gray_side(coloured: QRectF) -> QRectF:
    """The left half: what lies in it belongs to the same place of the coloured side."""
    return QRectF(0, 0, max(coloured.left() - _GAP, 0.0), coloured.height())


def paint_words(painter: QPainter, before: QRectF, after: QRectF) -> None:
    """Say which side is which, in their outer upper corners; a word that has no room is left out."""
    translate = QCoreApplication.translate
    _paint_word(painter, before, translate("Split", "Before"), Qt.AlignmentFlag.AlignLeft)
    _paint_word(painter, after, translate("Split", "After"), Qt.AlignmentFlag.AlignRight)


def _paint_word(painter: QPainter, side: QRectF, word: str, edge: Qt.AlignmentFlag) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(painter.font())
    font.setPointSizeF(max(font.pointSizeF() - 0.5, 7.0))
    painter.setFont(font)
    size = painter.fontMetrics().size(0, word)
    chip = QRectF(0, 0, size.width() + 16, size.height() + 8)
    if side.width() >= chip.width() + 2 * 10 and side.height() >= 3 * chip.height():
        left = side.left() + 10 if edge == Qt.AlignmentFlag.AlignLeft else side.right() - 10 - chip.width()
        chip.moveTo(left, side.top() + 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_CHIP)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(QColor(235, 235, 235))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()


def paint_gap(painter: QPainter, coloured: QRectF, palette: QPalette) -> None:
    gap = QRectF(coloured.left() - _GAP, 0, _GAP, coloured.height())
    painter.fillRect(gap, palette.color(QPalette.ColorRole.Mid))


def cross_rect(at: QPointF) -> QRectF:
    """What `paint_cross` paints on."""
    return QRectF(at, QSizeF()).adjusted(-_CROSS - 2, -_CROSS - 2, _CROSS + 2, _CROSS + 2)


def paint_cross(painter: QPainter, at: QPointF) -> None:
    """The cursor's place on the other side."""
    for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(250, 250, 250), 1.0)):
        painter.setPen(QPen(colour, width))
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(at + QPointF(x, y) * 3, at + QPointF(x, y) * _CROSS)
