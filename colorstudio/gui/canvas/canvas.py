"""The photo on the screen: painting, zoom, pan, before and after."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QPointF,
    QRectF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QStyle, QWidget

from colorstudio.gui.canvas.comparison import (
    Comparison,
    coloured_side,
    cross_rect,
    gray_side,
    paint_cross,
    paint_gap,
    paint_words,
)
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.canvas.split import Split
from colorstudio.gui.canvas.tools import CanvasOverlay, CanvasTool, HandTool
from colorstudio.gui.canvas.view_transform import ViewTransform

_ZOOM_A_NOTCH = 1.25
_NOTCH = 120.0
_ARROW_STEP = 64.0
_SPLIT_STEP = 0.02
_FADE_MS = 280

_ARROWS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class Canvas(QWidget):
    """Paints the photo before and after its colouring.

    Signals
    -------
    view_changed
        Zoom, pan or size of the view are others now.
    comparison_changed, before_changed
        The way of comparing, or the place of the split, is another; the gray photo is held up or let go.
    hovered
        (row, col) under the cursor as it moves, floats that round down to the pixel; None off the photo.
    """

    view_changed = Signal()
    comparison_changed = Signal(object)
    before_changed = Signal(bool)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(200, 150)

        self.view = ViewTransform()
        self.split = Split()
        self.comparison = Comparison.COLOUR
        self.overlays: list[CanvasOverlay] = []
        self.tool: CanvasTool = HandTool()
        self._before: Picture | None = None
        self._after: Picture | None = None
        self._holding_before = False
        self._drop_hover = False
        self._hovered: tuple[float, float] | None = None
        self._cross: QPointF | None = None
        self._space_held = False
        self._tool_active = False
        self._dragging_split = False
        self._pan_from: QPointF | None = None
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._fade.valueChanged.connect(self.update)

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def before(self) -> Picture | None:
        return self._before

    @property
    def after(self) -> Picture | None:
        return self._after

    @property
    def holding_before(self) -> bool:
        return self._holding_before

    def set_before(self, picture: Picture | None) -> None:
        """The gray photo. A photo of another size is fitted into the view."""
        self._before = picture
        if picture is not None and picture.shape != self.view.photo_shape:
            self.view.set_photo_shape(picture.shape)
        self.view_changed.emit()
        self._update_cursor()
        self.update()

    def set_after(self, picture: Picture | None) -> None:
        """The coloured photo; the first one fades in over the gray one."""
        first = self._after is None and picture is not None
        self._after = picture
        duration = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self)
        if first and duration > 0 and self.isVisible():
            self._fade.setDuration(_FADE_MS)
            self._fade.start()
        elif picture is None:
            self._fade.stop()
        self.update()

    def clear(self) -> None:
        self.set_after(None)
        self._before = None
        self.view.set_photo_shape((0, 0))
        self._hover(None)
        self.view_changed.emit()
        self.update()

    def set_comparison(self, comparison: Comparison) -> None:
        if comparison is not self.comparison:
            self.comparison = comparison
            self.split.enabled = comparison is Comparison.SPLIT
            self._view_resized()
            self.comparison_changed.emit(comparison)

    def hold_before(self, holding: bool) -> None:
        """Show the gray photo for as long as something (a key, a button) is held."""
        if holding != self._holding_before:
            self._holding_before = holding
            self.before_changed.emit(holding)
            self.update()

    def set_drop_hover(self, hovering: bool) -> None:
        """Something that can be dropped is over the window."""
        self._drop_hover = hovering
        self.update()

    # -- zoom and pan -------------------------------------------------------------------------------------

    def fit(self) -> None:
        self.view.fit()
        self._moved()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Device pixels a photo pixel; what is under `anchor` (the middle) stays where it is."""
        self.view.zoom_at(anchor if anchor is not None else self.view.area.center(), zoom)
        self._moved()

    def zoom_in(self) -> None:
        self.set_zoom(self.view.next_zoom(inwards=True))

    def zoom_out(self) -> None:
        self.set_zoom(self.view.next_zoom(inwards=False))

    def pan_by(self, delta: QPointF) -> None:
        self.view.pan_by(delta)
        self._moved()

    def can_pan(self) -> bool:
        photo, view = self.view.photo_rect(), self.view.area
        return photo.width() > view.width() + 0.5 or photo.height() > view.height() + 0.5

    def _moved(self) -> None:
        self._update_cursor()
        self.view_changed.emit()
        self.update()

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        exposed = QRectF(event.rect())
        painter.fillRect(exposed, self.palette().color(QPalette.ColorRole.Window))
        if self._before is None:
            return
        if self.comparison is Comparison.SIDE_BY_SIDE:
            self._paint_gray_side(painter, exposed)
            painter.setClipRect(self.view.area)
            exposed = exposed.intersected(self.view.area)
        after = self._shown_after()
        if after is None:
            self._paint_picture(painter, self._before, exposed)
        elif self.split.enabled:
            x = self.split.x(self.width())
            left = QRectF(0, 0, x, self.height()).intersected(exposed)
            right = QRectF(x, 0, self.width() - x, self.height()).intersected(exposed)
            self._paint_picture(painter, self._before, left)
            self._paint_picture(painter, after, right)
        elif self._fade.state() == QAbstractAnimation.State.Running:
            self._paint_picture(painter, self._before, exposed)
            painter.setOpacity(float(self._fade.currentValue()))
            self._paint_picture(painter, after, exposed)
            painter.setOpacity(1.0)
        else:
            self._paint_picture(painter, after, exposed)
        for overlay in self.overlays:
            overlay.paint(painter, self)
        painter.setClipping(False)
        if self.split.enabled and after is not None:
            self.split.paint(painter, QRectF(self.rect()), self.view.photo_rect())
        elif self.comparison is Comparison.SIDE_BY_SIDE:
            self._paint_between(painter)
        elif self.comparison is Comparison.GRAY:
            paint_words(painter, self.view.photo_rect().intersected(self.view.area), QRectF())
        if self._drop_hover:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 4))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -2))

    def _shown_after(self) -> Picture | None:
        return None if self._holding_before or self.comparison is Comparison.GRAY else self._after

    def _paint_gray_side(self, painter: QPainter, exposed: QRectF) -> None:
        assert self._before is not None
        shift = self.view.area.topLeft()
        part = exposed.intersected(gray_side(self.view.area))
        painter.save()
        painter.setClipRect(part)
        painter.translate(-shift)
        self._paint_picture(painter, self._before, part.translated(shift))
        painter.restore()

    def _paint_between(self, painter: QPainter) -> None:
        """What tells the two sides apart, and where the cursor is on the other one."""
        area, shift = self.view.area, self.view.area.topLeft()
        photo = self.view.photo_rect()
        paint_gap(painter, area, self.palette())
        gray = photo.translated(-shift).intersected(gray_side(area))
        paint_words(painter, gray, photo.intersected(area))
        if self._cross is not None:
            paint_cross(painter, self._cross)

    def _paint_picture(self, painter: QPainter, picture: Picture, part: QRectF) -> None:
        target = part.intersected(self.view.photo_rect())
        picture.paint(painter, target, self.view.visible_photo(part), self.view.zoom)

    # -- events -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._view_resized()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DevicePixelRatioChange:
            self._view_resized()
        elif kind == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                anchor = self._on_coloured_side(event.position())
                self.set_zoom(self.view.zoom * (1.0 + event.value()), anchor)
                return True
        elif kind == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
            return self._gesture(event)
        return super().event(event)

    def _view_resized(self) -> None:
        ratio = self.devicePixelRatioF()
        area = QRectF(self.rect())
        if self.comparison is Comparison.SIDE_BY_SIDE:
            area = coloured_side(area.size(), ratio)
        self.view.set_view(area.size(), ratio, area.topLeft())
        self._moved()

    def _gesture(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        moved = pinch.centerPoint() - pinch.lastCenterPoint()
        if not moved.isNull() and not pinch.lastCenterPoint().isNull():
            self.pan_by(moved)
        anchor = self._on_coloured_side(self.mapFromGlobal(pinch.centerPoint()))
        self.set_zoom(self.view.zoom * pinch.scaleFactor(), anchor)
        event.accept(pinch)
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._before is None:
            event.ignore()
            return
        delta = event.angleDelta().y()
        if delta:
            anchor = self._on_coloured_side(event.position())
            self.set_zoom(self.view.zoom * _ZOOM_A_NOTCH ** (delta / _NOTCH), anchor)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pans = event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton
            and (self._space_held or self._is_on_gray_side(event.position()))
        )
        if pans:
            self._pan_from = event.position()
        elif event.button() == Qt.MouseButton.LeftButton:
            if self._shown_after() is not None and self.split.grabs(event.position(), self.width()):
                self._dragging_split = True
            else:
                self._tool_active = True
                self.tool.press(self, event)
        self._update_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            self.pan_by(event.position() - self._pan_from)
            self._pan_from = event.position()
        elif self._dragging_split:
            self.split.move_to(event.position().x(), self.width())
            self.update()
        elif self._tool_active:
            self.tool.move(self, event)
        self._hover(event.position())
        self._update_cursor(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, at: QPointF | None) -> None:
        seen = at is not None and self._before is not None
        place = self.view.to_photo(self._on_coloured_side(at)) if at is not None and seen else None
        height, width = self.view.photo_shape
        over = place is not None and 0 <= place.row < height and 0 <= place.col < width
        hovered = (place.row, place.col) if place is not None and over else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.hovered.emit(hovered)
        self._move_cross(at if hovered is not None else None)

    def _is_on_gray_side(self, at: QPointF) -> bool:
        return self.comparison is Comparison.SIDE_BY_SIDE and at.x() < self.view.area.left()

    def _on_coloured_side(self, at: QPointF) -> QPointF:
        """The same place of the photo where tools and the view know it."""
        return at + self.view.area.topLeft() if self._is_on_gray_side(at) else at

    def _move_cross(self, cursor: QPointF | None) -> None:
        """Show on one side where the cursor is on the other."""
        cross = None
        if cursor is not None and self.comparison is Comparison.SIDE_BY_SIDE:
            shift = self.view.area.topLeft()
            cross = cursor + shift if self._is_on_gray_side(cursor) else cursor - shift
        if cross != self._cross:
            for at in (self._cross, cross):
                if at is not None:
                    self.update(cross_rect(at).toAlignedRect())
            self._cross = cross

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            if self._tool_active and event.button() == Qt.MouseButton.LeftButton:
                self._tool_active = False
                self.tool.release(self, event)
            self._pan_from = None
            if self._dragging_split:
                self._dragging_split = False
                self.comparison_changed.emit(self.comparison)
        self._update_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between the whole photo and its pixels, at the place that was clicked."""
        if event.button() != Qt.MouseButton.LeftButton or self._before is None:
            return
        if self.view.fitted:
            self.set_zoom(1.0, self._on_coloured_side(event.position()))
        else:
            self.fit()

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
        key, modifiers = event.key(), event.modifiers()
        shift_only = modifiers & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_B and plain:
            self.hold_before(True)
        elif key == Qt.Key.Key_Space and plain:
            self._space_held = True
            self._update_cursor()
        elif key in _ARROWS and plain:
            self.pan_by(_ARROWS[Qt.Key(key)] * _ARROW_STEP)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and shift_only and self.split.enabled:
            step = _SPLIT_STEP if key == Qt.Key.Key_Right else -_SPLIT_STEP
            self.split.move_to((self.split.position + step) * self.width(), self.width())
            self.comparison_changed.emit(self.comparison)
            self.update()
        else:
            return False
        return True

    def release_key(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() or event.key() not in (Qt.Key.Key_B, Qt.Key.Key_Space):
            return False
        if event.key() == Qt.Key.Key_B:
            self.hold_before(False)
        else:
            self._space_held = False
            self._update_cursor()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.let_go()
        super().focusOutEvent(event)

    def let_go(self) -> None:
        """Forget held keys: their release may go to another window."""
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
            shape = self.tool.cursor(self)
        self.setCursor(shape)
