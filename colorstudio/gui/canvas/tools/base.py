"""What a press of the left button, or of a tablet's pen, on the canvas does: one small class a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QSinglePointEvent

if TYPE_CHECKING:
    from colorstudio.gui.canvas.canvas import Canvas
    from colorstudio.gui.canvas.photo_view import PhotoView


class CanvasTool:
    """Takes the left button while the canvas itself has no use for it (panning, the split).

    Positions of events are in the view; `canvas.view` converts. A press is always followed by `release`,
    `finish` or `cancel`. What a tool does not care about it leaves as it is here.
    """

    changes_document = True
    zooms_on_double_click = False  # else the second press of a double click is a press like any other
    picks_with_alt = False  # with Alt held, the canvas hands the press to its eyedropper

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        return Qt.CursorShape.ArrowCursor

    def press(self, canvas: Canvas, event: QSinglePointEvent) -> None: ...

    def move(self, canvas: Canvas, event: QSinglePointEvent) -> None: ...

    def release(self, canvas: Canvas, event: QSinglePointEvent) -> None: ...

    def finish(self, canvas: Canvas) -> None:
        """The button will not be seen to be let go, as the focus is elsewhere: keep what there is."""
        self.cancel(canvas)

    def cancel(self, canvas: Canvas) -> None:
        """Give up what was begun with the press."""

    def hover(self, canvas: Canvas, at: QPointF | None, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer is at `at`, with a button held or not, or nowhere; or the modifiers are others."""

    def key(self, canvas: Canvas, event: QKeyEvent) -> bool:
        """Take a key, before the canvas does."""
        return False

    def wheel(self, canvas: Canvas, notches: float, modifiers: Qt.KeyboardModifier) -> bool:
        """Take a turn of the wheel, before the canvas zooms."""
        return False

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """Draw what belongs to the tool over everything else, in view coordinates."""


class CanvasOverlay(Protocol):
    """Something drawn over the photo in view coordinates; `canvas.view` converts."""

    def paint(self, painter: QPainter, canvas: PhotoView) -> None: ...
