"""The photo on the screen: painting, zoom, pan, before and after."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPointF,
    QRectF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QStyle, QWidget

from colorstudio.document.affine import Affine, applied
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
from colorstudio.gui.canvas.tools.base import CanvasOverlay
from colorstudio.gui.canvas.view_transform import PhotoPoint, ViewTransform

_FADE_MS = 280
_ZOOM_A_NOTCH = 1.25
_NOTCH = 120.0


def wheel_notches(event: QWheelEvent) -> float:
    """How far the wheel was turned, up or away; some systems turn it sideways while a modifier is held."""
    return (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH


class PhotoView(QWidget):
    """Paints the photo before and after its colouring.

    Signals
    -------
    view_changed
        Zoom, pan or size of the view are others now.
    comparison_changed, before_changed
        The way of comparing, or the place of the split, is another; the gray photo is held up or let go.
    """

    view_changed = Signal()
    comparison_changed = Signal(object)
    before_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.installEventFilter(self)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(200, 150)

        self.view = ViewTransform()
        self.split = Split()
        self.comparison = Comparison.COLOUR
        self.overlays: list[CanvasOverlay] = []
        self._before: Picture | None = None
        self._after: Picture | None = None
        self._holding_before = False
        self._drop_hover = False
        self._cross: QPointF | None = None
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

    def exchange(self, before: Picture, after: Picture | None, where: Affine) -> None:
        """Show the photo as it was turned or cropped; a view that is not fitted stays on what it shows.

        Parameters
        ----------
        where
            What carries places (row, col) of the photo there, integers being the middles of pixels.
        """
        fitted, zoom = self.view.fitted, self.view.zoom
        middle = self.view.to_photo(self.view.area.center())
        self._fade.stop()
        self._after = after
        self.set_before(before)
        if not fitted:
            [(row, col)] = applied(where, np.array([[middle.row - 0.5, middle.col - 0.5]])).tolist()
            self.look_at(PhotoPoint(row + 0.5, col + 0.5), zoom)

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

    def look_at(self, place: PhotoPoint, zoom: float) -> None:
        """Bring a place of the photo to the middle."""
        self.view.look_at(place, zoom)
        self._moved()

    def zoom_to_actual_size(self) -> None:
        self.set_zoom(1.0)

    def zoom_in(self) -> None:
        self.set_zoom(self.view.next_zoom(inwards=True))

    def zoom_out(self) -> None:
        self.set_zoom(self.view.next_zoom(inwards=False))

    def zoom_by_wheel(self, notches: float, at: QPointF) -> None:
        """As the wheel does, about a place of the widget."""
        self.set_zoom(self.view.zoom * _ZOOM_A_NOTCH**notches, self._on_coloured_side(at))

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
        try:
            self._paint(painter, QRectF(event.rect()))
        finally:
            painter.end()  # an exception holds on to it, and over a painter at work Qt ends the process

    def _paint(self, painter: QPainter, exposed: QRectF) -> None:
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
        if not self._holding_before:
            for overlay in self.overlays:
                overlay.paint(painter, self)
        painter.setClipping(False)
        if self.split.enabled and after is not None:
            self.split.paint(painter, QRectF(self.rect()), self.view.photo_rect())
        elif self.comparison is Comparison.SIDE_BY_SIDE:
            self._paint_between(painter)
        elif self.comparison is Comparison.GRAY:
            paint_words(painter, self.view.photo_rect().intersected(self.view.area), QRectF())
        self._paint_tool(painter)
        if self._drop_hover:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 4))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -2))

    def _paint_tool(self, painter: QPainter) -> None:
        """What the tool in the hand has to show, over everything else."""

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `event`: an exception in a handler that runs below an `event` of ours ends the process.
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
        return False

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

    def _update_cursor(self, at: QPointF | None = None) -> None:
        """The shape of the pointer, at `at` or where it is."""
