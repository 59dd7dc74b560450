"""The tool that selects strokes and moves them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QSinglePointEvent

from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.display import Display
from colorstudio.gui.canvas.stroke_layer import StrokeLayer
from colorstudio.gui.canvas.tools.base import CanvasTool
from colorstudio.gui.stroke_editing import StrokeEditor

if TYPE_CHECKING:
    from colorstudio.gui.canvas.canvas import Canvas

# A pointer so near to a stroke, in pixels of the view, means it; one that went farther drags.
_SLACK = 4.0
_FAR_NUDGE_PX = 10.0
# The picture follows a drag of so many strokes; moving more of them would take too long for that.
_LIVE_STROKES = 20

_ARROWS = {
    Qt.Key.Key_Left: (0.0, -1.0),
    Qt.Key.Key_Right: (0.0, 1.0),
    Qt.Key.Key_Up: (-1.0, 0.0),
    Qt.Key.Key_Down: (1.0, 0.0),
}


class _Gesture(Enum):
    """What a press of the button has become."""

    NONE = "none"
    CLICK = "click"
    DRAG = "drag"
    MARQUEE = "marquee"


class SelectTool(CanvasTool):
    """Click, Shift+click, a marquee; drag what is selected; arrows nudge it."""

    def __init__(self, editor: StrokeEditor, layer: StrokeLayer) -> None:
        self._editor = editor
        self._layer = layer
        self._gesture = _Gesture.NONE
        self._pressed_at = QPointF()
        self._now = QPointF()
        self._pressed_on: Stroke | None = None
        self._adds = False
        self._over: Stroke | None = None

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        if self._gesture is _Gesture.MARQUEE:
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.ArrowCursor if self._over is None else Qt.CursorShape.SizeAllCursor

    def hover(self, canvas: Canvas, at: QPointF | None, modifiers: Qt.KeyboardModifier) -> None:
        if self._gesture is _Gesture.NONE:
            self._over = self.stroke_at(canvas, at) if at is not None else None

    def stroke_at(self, canvas: Canvas, at: QPointF) -> Stroke | None:
        """The stroke that a place of the view means; hidden ones cannot be meant."""
        if self._layer.display is Display.HIDDEN or not canvas.view.scale:
            return None
        place = canvas.view.to_photo(at)
        return self._editor.topmost_at(place.row - 0.5, place.col - 0.5, _SLACK / canvas.view.scale)

    # -- the button ---------------------------------------------------------------------------------------

    def press(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self._gesture = _Gesture.CLICK
        self._pressed_at = self._now = event.position()
        self._adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pressed_on = stroke = self.stroke_at(canvas, event.position())
        selection = self._editor.selection
        if stroke is not None and stroke not in selection:
            selection.set([*selection.strokes, stroke] if self._adds else [stroke])
            self._adds = False  # and the release does not take it out again

    def move(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        dirty = self._marquee()
        self._now = event.position()
        if self._gesture is _Gesture.CLICK and QLineF(self._pressed_at, self._now).length() > _SLACK:
            self._gesture = _Gesture.MARQUEE if self._pressed_on is None else _Gesture.DRAG
        if self._gesture is _Gesture.DRAG:
            rows, cols = self._dragged(canvas)
            self._layer.lift(rows, cols)
            if len(self._editor.selection) <= _LIVE_STROKES:
                self._editor.draw_live(lambda: self._editor.moved(rows, cols))
        elif self._gesture is _Gesture.MARQUEE:
            canvas.update(dirty.united(self._marquee()).adjusted(-2, -2, 2, 2).toAlignedRect())

    def release(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self.move(canvas, event)
        self.finish(canvas)

    def finish(self, canvas: Canvas) -> None:
        gesture, self._gesture = self._gesture, _Gesture.NONE
        selection = self._editor.selection
        if gesture is _Gesture.DRAG:
            self._layer.let_down(back=False)
            self._editor.end_live()
            self._editor.move(*self._dragged(canvas))
        elif gesture is _Gesture.MARQUEE:
            found = self._within_marquee(canvas)
            kept = selection.strokes if self._adds else []
            selection.set([*kept, *(stroke for stroke in found if stroke not in selection or not kept)])
            canvas.update()
        elif gesture is _Gesture.CLICK:
            if self._pressed_on is None and not self._adds:
                selection.clear()
            elif self._pressed_on is not None and self._adds:
                selection.toggle(self._pressed_on)

    def cancel(self, canvas: Canvas) -> None:
        gesture, self._gesture = self._gesture, _Gesture.NONE
        if gesture is _Gesture.DRAG:
            self._layer.let_down(back=True)
            self._editor.end_live()
        canvas.update()

    def _dragged(self, canvas: Canvas) -> tuple[float, float]:
        start, end = canvas.view.to_photo(self._pressed_at), canvas.view.to_photo(self._now)
        return end.row - start.row, end.col - start.col

    def _marquee(self) -> QRectF:
        return QRectF(self._pressed_at, self._now).normalized()

    def _within_marquee(self, canvas: Canvas) -> list[Stroke]:
        if self._layer.display is Display.HIDDEN:
            return []
        first = canvas.view.to_photo(self._marquee().topLeft())
        last = canvas.view.to_photo(self._marquee().bottomRight())
        return self._editor.within(first.row - 0.5, first.col - 0.5, last.row - 0.5, last.col - 0.5)

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        if self._gesture is not _Gesture.MARQUEE:
            return
        painter.save()
        painter.setBrush(QColor(255, 255, 255, 24))
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
        painter.drawRect(self._marquee())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255), 1, Qt.PenStyle.DashLine))
        painter.drawRect(self._marquee())
        painter.restore()

    # -- keys ---------------------------------------------------------------------------------------------

    def key(self, canvas: Canvas, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        far = modifiers == Qt.KeyboardModifier.ShiftModifier
        plain = far or modifiers == Qt.KeyboardModifier.NoModifier
        if event.key() not in _ARROWS or not plain or not len(self._editor.selection):
            return False
        if self._gesture is _Gesture.NONE:
            rows, cols = _ARROWS[Qt.Key(event.key())]
            step = _FAR_NUDGE_PX if far else 1.0
            self._editor.nudge(rows * step, cols * step)
        return True
