"""The tool that crops and straightens: a frame with handles, and a line along a horizon."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen, QSinglePointEvent

from colorstudio.gui.canvas.crop_frame import HANDLES, INSIDE, CropFrame, Handle
from colorstudio.gui.canvas.tools.base import CanvasTool

if TYPE_CHECKING:
    from colorstudio.gui.canvas.canvas import Canvas

_GRAB = 14.0  # pixels of the view
_SHORTEST_LINE = 12.0
_STEP = 8.0  # of an arrow key
_HANDLE = 16.0
_SHADE = QColor(0, 0, 0, 150)
_LINE = QColor(250, 250, 250)
_UNDER = QColor(0, 0, 0, 120)
_FINE_LINES = 6  # across and down, while the photo is straightened

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_CURSORS = {
    Handle(-1, -1): Qt.CursorShape.SizeFDiagCursor,
    Handle(1, 1): Qt.CursorShape.SizeFDiagCursor,
    Handle(-1, 1): Qt.CursorShape.SizeBDiagCursor,
    Handle(1, -1): Qt.CursorShape.SizeBDiagCursor,
    Handle(-1, 0): Qt.CursorShape.SizeHorCursor,
    Handle(1, 0): Qt.CursorShape.SizeHorCursor,
    Handle(0, -1): Qt.CursorShape.SizeVerCursor,
    Handle(0, 1): Qt.CursorShape.SizeVerCursor,
    INSIDE: Qt.CursorShape.SizeAllCursor,
}


class CropSignals(QObject):
    """What the tool says.

    Signals
    -------
    levelled
        By how many degrees, clockwise, the photo has to be turned so that the line drawn is level or upright.
    """

    levelled = Signal(float)


class CropTool(CanvasTool):
    """Pulls and moves the frame, or draws the line.

    Attributes
    ----------
    draws_line
        The next drag is a line along a horizon.
    fine_lines
        A grid instead of thirds, to judge what is level by.
    """

    def __init__(self, frame: CropFrame) -> None:
        self.signals = CropSignals()
        self.draws_line = False
        self.fine_lines = False
        self._frame = frame
        self._handle: Handle | None = None
        self._pressed: QPointF | None = None  # on the photo, x = col and y = row
        self._start = QRectF()
        self._line: QLineF | None = None  # in the view
        self._under: Handle | None = None

    # -- the pointer --------------------------------------------------------------------------------------

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        if self.draws_line:
            return Qt.CursorShape.CrossCursor
        handle = self._handle if self._pressed is not None else self._under
        return _CURSORS[handle] if handle is not None else Qt.CursorShape.CrossCursor

    def press(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        if self.draws_line:
            self._line = QLineF(event.position(), event.position())
            return
        self._pressed = _on_photo(canvas, event.position())
        self._start = self._frame.rect
        self._handle = self._frame.handle_at(self._pressed, _GRAB / canvas.view.scale)

    def move(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        if self._line is not None:
            self._line.setP2(event.position())
            canvas.update()
            return
        if self._pressed is None:
            return
        at = _on_photo(canvas, event.position())
        if self._handle is None:
            self._frame.draw(self._pressed, at)
        elif self._handle == INSIDE:
            self._frame.move(self._start, at - self._pressed)
        else:
            # What was grabbed stays under the pointer, a little beside the edge as it may be.
            edge = QPointF(
                self._start.left() if self._handle.across < 0 else self._start.right(),
                self._start.top() if self._handle.down < 0 else self._start.bottom(),
            )
            self._frame.pull(self._start, self._handle, edge + at - self._pressed)

    def release(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        line, self._line = self._line, None
        self._pressed = None
        if line is not None and line.length() >= _SHORTEST_LINE:
            self.signals.levelled.emit(level_degrees(line))
        canvas.update()

    def cancel(self, canvas: Canvas) -> None:
        if self._pressed is not None:
            self._frame.take(self._start)
        self._pressed = self._line = None
        canvas.update()

    def finish(self, canvas: Canvas) -> None:
        self._pressed = self._line = None
        canvas.update()

    def hover(self, canvas: Canvas, at: QPointF | None, modifiers: Qt.KeyboardModifier) -> None:
        slack = _GRAB / (canvas.view.scale or 1.0)
        self._under = self._frame.handle_at(_on_photo(canvas, at), slack) if at is not None else None

    def key(self, canvas: Canvas, event: QKeyEvent) -> bool:
        """Arrows move the frame, with Shift they pull its right and lower edge, with Alt by one pixel."""
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None:
            return False
        modifiers = event.modifiers()
        alone = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        delta = direction * (1.0 if alone else max(1.0, round(_STEP / canvas.view.scale)))
        rect = self._frame.rect
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            handle = Handle(int(bool(delta.x())), int(bool(delta.y())))
            self._frame.pull(rect, handle, rect.bottomRight() + delta)
        else:
            self._frame.move(rect, delta)
        return True

    # -- painting -----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        view, rect = canvas.view, self._frame.rect
        corner = view.photo_rect().topLeft()
        frame = QRectF(corner + rect.topLeft() * view.scale, rect.size() * view.scale)
        painter.save()
        shade = QPainterPath()
        shade.addRect(QRectF(canvas.rect()))
        shade.addRect(frame)
        painter.fillPath(shade, _SHADE)
        _paint_lines(painter, frame, _FINE_LINES if self.fine_lines else 3)
        _paint_frame(painter, frame)
        if self._line is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for colour, width in ((_UNDER, 4.0), (_LINE, 1.5)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(self._line)
        painter.restore()


def level_degrees(line: QLineF) -> float:
    """How far to turn clockwise what the line runs along, until it is level or upright: -45 to 45."""
    slope = math.degrees(math.atan2(line.dy(), line.dx()))
    return -((slope + 45.0) % 90.0 - 45.0)


def _on_photo(canvas: Canvas, at: QPointF) -> QPointF:
    place = canvas.view.to_photo(at)
    return QPointF(place.col, place.row)


def _paint_lines(painter: QPainter, frame: QRectF, parts: int) -> None:
    for colour, width in ((_UNDER, 3.0), (QColor(250, 250, 250, 150), 1.0)):
        painter.setPen(QPen(colour, width))
        for number in range(1, parts):
            x = frame.left() + frame.width() * number / parts
            y = frame.top() + frame.height() * number / parts
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))


def _paint_frame(painter: QPainter, frame: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_UNDER, 4.0), (_LINE, 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawRect(frame)
    reach = min(_HANDLE, frame.width() / 3, frame.height() / 3)
    for colour, width in ((_UNDER, 7.0), (_LINE, 4.0)):
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        for handle in HANDLES:
            painter.drawPath(_handle_path(frame, handle, reach))


def _handle_path(frame: QRectF, handle: Handle, reach: float) -> QPainterPath:
    """A corner, or a piece of an edge."""
    x = (frame.center().x(), frame.right(), frame.left())[handle.across]
    y = (frame.center().y(), frame.bottom(), frame.top())[handle.down]
    path = QPainterPath()
    if handle.across and handle.down:
        path.moveTo(x - handle.across * reach, y)
        path.lineTo(x, y)
        path.lineTo(x, y - handle.down * reach)
    elif handle.across:
        path.moveTo(x, y - reach / 2)
        path.lineTo(x, y + reach / 2)
    else:
        path.moveTo(x - reach / 2, y)
        path.lineTo(x + reach / 2, y)
    return path
