"""What a press of the left button on the canvas does: one small class a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter

if TYPE_CHECKING:
    from colorstudio.gui.canvas.canvas import Canvas


class CanvasTool(Protocol):
    """Takes the left button while the canvas itself has no use for it (panning, the split)."""

    def cursor(self, canvas: Canvas) -> Qt.CursorShape: ...

    def press(self, canvas: Canvas, event: QMouseEvent) -> None: ...

    def move(self, canvas: Canvas, event: QMouseEvent) -> None: ...

    def release(self, canvas: Canvas, event: QMouseEvent) -> None: ...


class CanvasOverlay(Protocol):
    """Something drawn over the photo in view coordinates; `canvas.view` converts."""

    def paint(self, painter: QPainter, canvas: Canvas) -> None: ...


class HandTool:
    """Drags the photo about."""

    def __init__(self) -> None:
        self._last: QPointF | None = None

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        if self._last is not None:
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if canvas.can_pan() else Qt.CursorShape.ArrowCursor

    def press(self, canvas: Canvas, event: QMouseEvent) -> None:
        self._last = event.position()

    def move(self, canvas: Canvas, event: QMouseEvent) -> None:
        if self._last is not None and canvas.can_pan():
            canvas.pan_by(event.position() - self._last)
        self._last = event.position() if self._last is not None else None

    def release(self, canvas: Canvas, event: QMouseEvent) -> None:
        self._last = None
