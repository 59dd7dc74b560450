"""Tools that draw a path with a round brush: freehand, a dab, a straight line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QSinglePointEvent, QTabletEvent

from colorstudio.document.path_simplifying import simplified
from colorstudio.document.strokes import Point
from colorstudio.gui.canvas.stroke_layer import StrokeLayer
from colorstudio.gui.canvas.stroke_shapes import place_in_view
from colorstudio.gui.canvas.tools.base import CanvasTool
from colorstudio.gui.stroke_editing import StrokeEditor

if TYPE_CHECKING:
    from colorstudio.gui.canvas.canvas import Canvas

# A press that went no farther is a click, in pixels of the view.
_CLICK = 4.0
# With the lightest touch of a pen, a brush has this part of its radius.
_LIGHTEST = 0.1
# Below this, in pixels of the view, the ring would hide what it is around: a cross instead.
_SMALLEST_RING = 3.0


class PathTool(CanvasTool):
    """Takes the points of a path; what it is to be is for the tools made of it.

    With Shift, a drag is a straight line, and a click one from where the last path ended.
    """

    picks_with_alt = True

    def __init__(self, editor: StrokeEditor, layer: StrokeLayer) -> None:
        self.editor = editor
        self.layer = layer
        self.last_point: Point | None = None  # where the last path ended, for lines from there
        self._points: list[Point] = []
        self._radii: list[float] = []  # one a point while a pen tells its pressure
        self._radius_px = 0.0  # as it was when the path began
        self._drawing = False
        self._straight = False
        self._pressed_at = QPointF()
        self._start: Point = (0.0, 0.0)
        self._hovering: QPointF | None = None
        self._line_offered = False

    # -- what the tools made of it say --------------------------------------------------------------------

    def begin(self) -> None:
        """A path begins, with the brush as it is now."""

    def show(self, points: Sequence[Point], radii_px: Sequence[float]) -> None:
        """The path so far; `radii_px` is empty where the radius is `radius_px` all along."""

    def keep(self, points: Sequence[Point], radii_px: Sequence[float]) -> None:
        """The path is done."""

    @property
    def radius_px(self) -> float:
        """Of the brush when the path began."""
        return self._radius_px

    # -- events -------------------------------------------------------------------------------------------

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        ring = self.editor.brush.radius_px * canvas.view.scale
        return Qt.CursorShape.CrossCursor if ring < _SMALLEST_RING else Qt.CursorShape.BlankCursor

    def press(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self._drawing = True
        self._pressed_at = event.position()
        self._straight = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._radius_px = self.editor.brush.radius_px
        self._start = self._place(canvas, event)
        self._points, self._radii = [self._start], []
        if not self._straight:
            self._take_pressure(event)
        elif self.last_point is not None:
            self._points.insert(0, self.last_point)
        self.begin()
        self._show(anew=True)

    def move(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        if not self._drawing:
            return
        place = self._place(canvas, event)
        if self._straight:
            dragged = QLineF(self._pressed_at, event.position()).length() > _CLICK
            from_last = self.last_point is not None and not dragged
            self._points = [self.last_point if from_last and self.last_point else self._start, place]
            self._show(anew=True)
        elif place != self._points[-1] or isinstance(event, QTabletEvent):
            self._points.append(place)
            self._take_pressure(event)
            self._show(anew=False)

    def release(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        if self._drawing:
            if not isinstance(event, QTabletEvent):  # a pen that leaves has no pressure any more
                self.move(canvas, event)
            self.finish(canvas)

    def finish(self, canvas: Canvas) -> None:
        if not self._drawing:
            return
        self._drawing = False
        points, radii = simplified(self._points, self._radii)
        self.last_point = points[-1]
        self.layer.end()
        self.editor.end_live()
        self.keep(points, radii)

    def cancel(self, canvas: Canvas) -> None:
        if self._drawing:
            self._drawing = False
            self.layer.end()
            self.editor.end_live()

    def _show(self, *, anew: bool) -> None:
        self.layer.grow(self._points, self._radii or [self._radius_px], anew=anew)
        self.show(self._points, self._radii)

    def _place(self, canvas: Canvas, event: QSinglePointEvent) -> Point:
        place = canvas.view.to_photo(event.position())
        # The middle of a pixel is a whole number to a stroke.
        return place.row - 0.5, place.col - 0.5

    def _take_pressure(self, event: QSinglePointEvent) -> None:
        if isinstance(event, QTabletEvent):
            share = _LIGHTEST + (1 - _LIGHTEST) * min(max(event.pressure(), 0.0), 1.0)
            self._radii.append(self._radius_px * share)
        elif self._radii:
            self._radii.append(self._radii[-1])

    # -- the ring -----------------------------------------------------------------------------------------

    def wheel(self, canvas: Canvas, notches: float, modifiers: Qt.KeyboardModifier) -> bool:
        if not modifiers & Qt.KeyboardModifier.ShiftModifier:
            return False
        if not self._drawing:
            self.editor.brush.resize(notches)
        return True

    def hover(self, canvas: Canvas, at: QPointF | None, modifiers: Qt.KeyboardModifier) -> None:
        offered = bool(modifiers & Qt.KeyboardModifier.ShiftModifier) and not self._drawing
        if at == self._hovering and offered == self._line_offered:
            return
        self._update_mark(canvas)
        self._hovering, self._line_offered = at, offered
        self._update_mark(canvas)

    def _update_mark(self, canvas: Canvas) -> None:
        if self._hovering is None:
            return
        rect = self._ring(canvas, self._hovering).adjusted(-3, -3, 3, 3)
        if self._line_offered and self.last_point is not None:
            end = self._in_view(canvas, self.last_point)
            rect = rect.united(QRectF(end, self._hovering).normalized().adjusted(-3, -3, 3, 3))
        canvas.update(rect.toAlignedRect())

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """The ring of the brush's size, and the line that a click with Shift would draw."""
        if self._hovering is None or (self._drawing and self._straight):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        offered = self._line_offered and self.last_point is not None
        ring = self._ring(canvas, self._hovering)
        for colour, width in ((QColor(0, 0, 0, 150), 2.6), (QColor(255, 255, 255, 235), 1.1)):
            painter.setPen(QPen(colour, width))
            if ring.width() >= 2 * _SMALLEST_RING:
                painter.drawEllipse(ring)
            if offered and self.last_point is not None:
                painter.drawLine(self._in_view(canvas, self.last_point), self._hovering)
        painter.restore()

    def _ring(self, canvas: Canvas, middle: QPointF) -> QRectF:
        radius = self.editor.brush.radius_px * canvas.view.scale
        return QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)

    def _in_view(self, canvas: Canvas, point: Point) -> QPointF:
        return canvas.view.photo_rect().topLeft() + place_in_view(*point, canvas.view.scale)
