"""The draggable line between before and after."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from colorstudio.gui.canvas.comparison import paint_words

GRAB_DISTANCE = 8.0
_HANDLE_RADIUS = 13.0
_LINE = QColor(245, 245, 245)
_SHADOW = QColor(0, 0, 0, 110)


class Split:
    """Where the line stands, as a fraction of the view's width."""

    def __init__(self) -> None:
        self.enabled = False
        self.position = 0.5

    def x(self, width: float) -> float:
        return round(self.position * width)

    def move_to(self, x: float, width: float) -> None:
        self.position = min(max(x / max(width, 1.0), 0.0), 1.0)

    def grabs(self, point: QPointF, width: float) -> bool:
        return self.enabled and abs(point.x() - self.x(width)) <= GRAB_DISTANCE

    def paint(self, painter: QPainter, view: QRectF, photo: QRectF) -> None:
        """The line over the height of the photo, its handle, and the two words."""
        seen = view.intersected(photo)
        if seen.isEmpty():
            return
        x = self.x(view.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, bottom = QPointF(x, seen.top()), QPointF(x, seen.bottom())
        painter.setPen(QPen(_SHADOW, 4))
        painter.drawLine(top, bottom)
        painter.setPen(QPen(_LINE, 1.5))
        painter.drawLine(top, bottom)
        self._paint_handle(painter, QPointF(x, seen.center().y()))
        # Left of the line is before, right of it after.
        before = QRectF(seen.left(), seen.top(), x - seen.left(), seen.height())
        after = QRectF(x, seen.top(), seen.right() - x, seen.height())
        paint_words(painter, before, after)
        painter.restore()

    def _paint_handle(self, painter: QPainter, middle: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADOW)
        painter.drawEllipse(middle, _HANDLE_RADIUS + 1.5, _HANDLE_RADIUS + 1.5)
        painter.setBrush(_LINE)
        painter.drawEllipse(middle, _HANDLE_RADIUS, _HANDLE_RADIUS)
        pen = QPen(QColor(60, 60, 60), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for side in (-1, 1):
            arrow = QPainterPath(middle + QPointF(side * 3.5, -4))
            arrow.lineTo(middle + QPointF(side * 7.5, 0))
            arrow.lineTo(middle + QPointF(side * 3.5, 4))
            painter.drawPath(arrow)
