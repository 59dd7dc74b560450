"""The tool that moves the photo about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QSinglePointEvent

from colorstudio.gui.canvas.tools.base import CanvasTool

if TYPE_CHECKING:
    from colorstudio.gui.canvas.canvas import Canvas


class HandTool(CanvasTool):
    """Drags the photo about."""

    changes_document = False
    zooms_on_double_click = True

    def __init__(self) -> None:
        self._last: QPointF | None = None

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        if self._last is not None:
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if canvas.can_pan() else Qt.CursorShape.ArrowCursor

    def press(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self._last = event.position()

    def move(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        if self._last is not None and canvas.can_pan():
            canvas.pan_by(event.position() - self._last)
        self._last = event.position() if self._last is not None else None

    def release(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self._last = None

    def cancel(self, canvas: Canvas) -> None:
        self._last = None
