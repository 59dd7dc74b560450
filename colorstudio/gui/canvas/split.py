"""The draggable line between before and after."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

GRAB_DISTANCE = 8.0
_HANDLE_RADIUS = 13.0
_LINE = QColor(245, 245, 245)
_SHADOW = QColor(0, 0, 0, 110)
_CHIP = QColor(20, 20, 20, 170)


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
        # Left of the line is before, right of it after; a word that has no room is left out.
        before = QRectF(seen.left(), seen.top(), x - seen.left(), seen.height())
        after = QRectF(x, seen.top(), seen.right() - x, seen.height())
        translate = QCoreApplication.translate
        self._paint_word(painter, before, translate("Split", "Before"), Qt.AlignmentFlag.AlignLeft)
        self._paint_word(painter, after, translate("Split", "After"), Qt.AlignmentFlag.AlignRight)
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

    def _paint_word(self, painter: QPainter, side: QRectF, word: str, edge: Qt.AlignmentFlag) -> None:
        font = QFont(painter.font())
        font.setPointSizeF(max(font.pointSizeF() - 0.5, 7.0))
        painter.setFont(font)
        size = painter.fontMetrics().size(0, word)
        chip = QRectF(0, 0, size.width() + 16, size.height() + 8)
        if side.width() < chip.width() + 2 * 10 or side.height() < 3 * chip.height():
            return
        left = side.left() + 10 if edge == Qt.AlignmentFlag.AlignLeft else side.right() - 10 - chip.width()
        chip.moveTo(left, side.top() + 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_CHIP)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(QColor(235, 235, 235))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
