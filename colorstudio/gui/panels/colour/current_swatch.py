"""The chosen colour as it will look, and in a corner as it was chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorstudio.document.chosen_colour import Rgb, hex_of
from colorstudio.gui.panels.colour.painting import CORNER, paint_swatch

# Differences below this, in codes of 8 bits, are not worth a corner.
_SEEN = 6
_CORNER_SHARE = 0.45  # of the height


class CurrentSwatch(QWidget):
    """Two colours: on the photo's luminance, and on the one it was chosen at where they differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here: Rgb = (128, 128, 128)
        self._chosen: Rgb = (128, 128, 128)
        self.setObjectName("currentColour")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Chosen colour"))

    def sizeHint(self) -> QSize:
        return QSize(60, 36)

    @property
    def here(self) -> Rgb:
        """How the colour will look."""
        return self._here

    def show_colours(self, here: Rgb, chosen: Rgb) -> None:
        self._here, self._chosen = here, chosen
        self.setAccessibleDescription(hex_of(here))
        self.setToolTip(
            self.tr(
                "As it will look where the cursor is: {here}.\nIn the corner as it was chosen: {chosen}. "
                "The photo keeps its lightness, the colour gives hue and chroma."
            ).format(here=hex_of(here), chosen=hex_of(chosen))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        paint_swatch(painter, rect, self._here)
        if max(abs(a - b) for a, b in zip(self._here, self._chosen, strict=True)) < _SEEN:
            return
        side = rect.height() * _CORNER_SHARE
        inner = rect.adjusted(1, 1, -1, -1)
        rounded = QPainterPath()
        rounded.addRoundedRect(inner, CORNER, CORNER)
        corner = QPainterPath()
        corner.addPolygon(
            QPolygonF(
                [
                    inner.bottomRight(),
                    inner.bottomRight() - QPointF(0, side),
                    inner.bottomRight() - QPointF(side, 0),
                ]
            )
        )
        painter.setPen(QPen(QColor(0, 0, 0, 70), 1))
        painter.setBrush(QColor(*self._chosen))
        painter.drawPath(rounded.intersected(corner))
