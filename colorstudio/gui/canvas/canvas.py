"""The photo under the pointer: keys, mouse, wheel and pen, for the canvas itself and for its tools."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPointingDevice,
    QSinglePointEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from colorstudio.gui.canvas.photo_view import PhotoView, wheel_notches
from colorstudio.gui.canvas.tools.base import CanvasTool
from colorstudio.gui.canvas.tools.hand import HandTool

ARROW_STEP = 64.0
_SPLIT_STEP = 0.02

ARROWS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}
_MODIFIERS = (Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Control)


class Canvas(PhotoView):
    """Gives the pointer to the tool in the hand, and keeps what is the same with all tools to itself.

    Attributes
    ----------
    shows_document
        Not so while it shows a first look at another photo, which tools must not work on.
    picker
        The tool that takes a press with Alt held, from tools that allow it.
    eraser
        The tool that takes a press of a pen's other end.

    Signals
    -------
    hovered
        (row, col) under the cursor as it moves, floats that round down to the pixel; None off the photo.
    menu_requested
        A place on the photo in view coordinates and the same on the screen, to open a menu there.
    """

    hovered = Signal(object)
    menu_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabletTracking(True)
        self.shows_document = True
        self.picker: CanvasTool | None = None
        self.eraser: CanvasTool | None = None
        self._tool: CanvasTool = HandTool()
        self._active: CanvasTool | None = None  # has been pressed and not let go
        self._hovered: tuple[float, float] | None = None
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._pointer: QPointF | None = None
        self._space_held = False
        self._dragging_split = False
        self._pan_from: QPointF | None = None

    # -- tools --------------------------------------------------------------------------------------------

    @property
    def tool(self) -> CanvasTool:
        return self._tool

    @tool.setter
    def tool(self, tool: CanvasTool) -> None:
        self.finish_tool()
        self._tool.hover(self, None, self._modifiers)
        self._tool = tool
        self._tool.hover(self, self._pointer, self._modifiers)
        self._update_cursor()
        self.update()

    @property
    def tool_pressed(self) -> bool:
        return self._active is not None

    def cancel_tool(self) -> bool:
        """Give up what is being drawn or dragged; whether there was anything."""
        active, self._active = self._active, None
        if active is not None:
            active.cancel(self)
            self._update_cursor()
        return active is not None

    def finish_tool(self) -> None:
        """Keep what is being drawn or dragged as it is now."""
        active, self._active = self._active, None
        if active is not None:
            active.finish(self)
            self._update_cursor()

    def clear(self) -> None:
        self.cancel_tool()
        super().clear()
        self._hover(None)

    def _paint_tool(self, painter: QPainter) -> None:
        if self._active is not None:
            self._active.paint(painter, self)
        elif not self._is_busy_itself():
            self._tool_for(self._modifiers).paint(painter, self)

    def _tool_for(self, modifiers: Qt.KeyboardModifier) -> CanvasTool:
        picks = self._tool.picks_with_alt and bool(modifiers & Qt.KeyboardModifier.AltModifier)
        return self.picker if picks and self.picker is not None else self._tool

    def _is_busy_itself(self) -> bool:
        return self._pan_from is not None or self._space_held or self._dragging_split

    def _grabs_split(self, at: QPointF) -> bool:
        return self._shown_after() is not None and self.split.grabs(at, self.width())

    def _press(self, tool: CanvasTool, event: QSinglePointEvent) -> None:
        self.finish_tool()
        if self.shows_document or not tool.changes_document:
            self._active = tool
            tool.press(self, event)

    # -- mouse and pen ------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._before is None:
            event.ignore()
            return
        notches = wheel_notches(event)
        if notches and not self._tool.wheel(self, notches, event.modifiers()):
            self.zoom_by_wheel(notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pans = event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton
            and (self._space_held or self._is_on_gray_side(event.position()))
        )
        if pans:
            self._pan_from = event.position()
        elif event.button() == Qt.MouseButton.LeftButton:
            if self._grabs_split(event.position()):
                self._dragging_split = True
            elif self._before is not None:
                self._press(self._tool_for(event.modifiers()), event)
        self._update_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            self.pan_by(event.position() - self._pan_from)
            self._pan_from = event.position()
        elif self._dragging_split:
            self.split.move_to(event.position().x(), self.width())
            self.update()
        elif self._active is not None:
            self._active.move(self, event)
        self._hover(event.position(), event.modifiers())
        self._update_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            if event.button() == Qt.MouseButton.LeftButton:
                self._release(event)
            self._pan_from = None
            if self._dragging_split:
                self._dragging_split = False
                self.comparison_changed.emit(self.comparison)
        self._update_cursor(event.position())

    def _release(self, event: QSinglePointEvent) -> None:
        active, self._active = self._active, None
        if active is not None:
            active.release(self, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between the whole photo and its pixels, at the place that was clicked; two dabs with a brush."""
        zooms = self._tool.zooms_on_double_click and event.button() == Qt.MouseButton.LeftButton
        if not zooms:
            self.mousePressEvent(event)
        elif self._before is not None:
            if self.view.fitted:
                self.set_zoom(1.0, self._on_coloured_side(event.position()))
            else:
                self.fit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen that presses is the tool's; what else it does comes again as events of the mouse."""
        at, kind = event.position(), event.type()
        if kind == QEvent.Type.TabletPress:
            begins = event.button() == Qt.MouseButton.LeftButton and self._before is not None
            if not begins or self._space_held or self._grabs_split(at) or self._is_on_gray_side(at):
                event.ignore()
                return
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            turned = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._press(self.eraser if turned and self.eraser else self._tool_for(event.modifiers()), event)
        elif self._active is None:
            event.ignore()
            return
        elif kind == QEvent.Type.TabletMove:
            self._active.move(self, event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._release(event)
        self._hover(at, event.modifiers())
        self._update_cursor(at)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._before is None or self._active is not None:
            return
        self.menu_requested.emit(QPointF(event.pos()), QPoint(event.globalPos()))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover(event.position(), event.modifiers())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, at: QPointF | None, modifiers: Qt.KeyboardModifier | None = None) -> None:
        self._pointer = at
        self._modifiers = self._modifiers if modifiers is None else modifiers
        at = at if self._before is not None else None
        place = self.view.to_photo(self._on_coloured_side(at)) if at is not None else None
        height, width = self.view.photo_shape
        over = place is not None and 0 <= place.row < height and 0 <= place.col < width
        hovered = (place.row, place.col) if place is not None and over else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.hovered.emit(hovered)
        self._move_cross(at if hovered is not None else None)
        on_tool = at is not None and not self._is_on_gray_side(at)
        self._tool.hover(self, at if on_tool else None, self._modifiers)

    # -- keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.press_key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.release_key(event):
            super().keyReleaseEvent(event)

    def press_key(self, event: QKeyEvent) -> bool:
        """Take a key if it is one of the canvas; the window asks when the focus is elsewhere."""
        if self._before is None:
            return False
        self._see_modifiers(event, held=True)
        if not self._space_held and self._tool.key(self, event):
            return True
        if event.matches(QKeySequence.StandardKey.Undo) and self.cancel_tool():
            return True  # with nothing to undo, the action does not take the key
        key, modifiers = event.key(), event.modifiers()
        shift_only = modifiers & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_B and plain:
            self.hold_before(True)
        elif key == Qt.Key.Key_Space and plain:
            self._space_held = True
            self._update_cursor()
        elif key in ARROWS and plain:
            self.pan_by(ARROWS[Qt.Key(key)] * ARROW_STEP)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and shift_only and self.split.enabled:
            step = _SPLIT_STEP if key == Qt.Key.Key_Right else -_SPLIT_STEP
            self.split.move_to((self.split.position + step) * self.width(), self.width())
            self.comparison_changed.emit(self.comparison)
            self.update()
        else:
            return False
        return True

    def release_key(self, event: QKeyEvent) -> bool:
        self._see_modifiers(event, held=False)
        if event.isAutoRepeat() or event.key() not in (Qt.Key.Key_B, Qt.Key.Key_Space):
            return False
        if event.key() == Qt.Key.Key_B:
            self.hold_before(False)
        else:
            self._space_held = False
            self._update_cursor()
        return True

    def _see_modifiers(self, event: QKeyEvent, *, held: bool) -> None:
        """A tool looks different while Alt or Shift is held, and the pointer need not move for that."""
        if event.key() in _MODIFIERS:
            flag = {
                Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
                Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
                Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
            }[Qt.Key(event.key())]
            modifiers = event.modifiers() | flag if held else event.modifiers() & ~flag
            self._hover(self._pointer, modifiers)
            self._update_cursor()
            self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.let_go()
        super().focusOutEvent(event)

    def let_go(self) -> None:
        """Forget held keys and buttons: their release may go to another window."""
        self.finish_tool()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._space_held = False
        self.hold_before(False)
        self._update_cursor()

    def _update_cursor(self, at: QPointF | None = None) -> None:
        at = at if at is not None else QPointF(self.mapFromGlobal(self.cursor().pos()))
        if self._pan_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space_held:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._dragging_split or (self._shown_after() is not None and self.split.grabs(at, self.width())):
            shape = Qt.CursorShape.SplitHCursor
        elif self._before is None:
            shape = Qt.CursorShape.ArrowCursor
        elif self._is_on_gray_side(at):
            shape = Qt.CursorShape.OpenHandCursor if self.can_pan() else Qt.CursorShape.ArrowCursor
        else:
            shape = (self._active or self._tool_for(self._modifiers)).cursor(self)
        self.setCursor(shape)
