"""The canvas that a photo is cropped and straightened on: shows all of it, turned as it will be."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.picture import Picture


class Stage(Canvas):
    """Turns what it paints about the photo's middle; nothing is computed anew for that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setAccessibleName(self.tr("Photo to crop and straighten"))
        self._degrees = 0.0

    def set_degrees(self, degrees: float) -> None:
        """Clockwise."""
        if degrees != self._degrees:
            self._degrees = degrees
            self.update()

    def _paint_picture(self, painter: QPainter, picture: Picture, part: QRectF) -> None:
        if not self._degrees:
            super()._paint_picture(painter, picture, part)
            return
        height, width = picture.shape
        photo = self.view.photo_rect()
        painter.save()
        painter.setClipRect(part)
        painter.translate(photo.center())
        painter.rotate(self._degrees)
        painter.translate(-photo.center())
        picture.paint(painter, photo, QRectF(0, 0, width, height), self.view.zoom)
        painter.restore()
