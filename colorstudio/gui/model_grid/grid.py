"""The tiles: one photo many times, at the same zoom and place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from colorstudio.gui.canvas.canvas import ARROW_STEP, ARROWS
from colorstudio.gui.canvas.comparison import cross_rect, paint_cross
from colorstudio.gui.canvas.photo_view import PhotoView, wheel_notches
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.canvas.view_transform import LARGEST_FIT, ViewTransform
from colorstudio.gui.model_grid.arranging import MARGIN, Arrangement, arranged
from colorstudio.gui.model_grid.captions import (
    Tile,
    caption_height,
    paint_caption,
    paint_outline,
    paint_state,
)

_UNCOLOURED = 0.4  # opacity of the gray photo where colours are to come


class ModelGrid(PhotoView):
    """Shows tiles, of which one is chosen.

    There is one view, that of the first tile; the others show the same, shifted to their places.

    Signals
    -------
    chosen
        The number of the tile that is chosen now.
    used
        The chosen one was double-clicked.
    """

    chosen = Signal(int)
    used = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelGrid")
        self.setAccessibleName(self.tr("The photo as several models colour it"))
        self.view = ViewTransform(MARGIN)
        self._tiles: tuple[Tile, ...] = ()
        self._current = 0
        self._arrangement = Arrangement(1, (), 0.0)
        self._pan_from: QPointF | None = None
        self._pointer: QPointF | None = None  # on the first tile, wherever it really is
        self._pointed: int | None = None  # the tile that it really is on

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def tiles(self) -> tuple[Tile, ...]:
        return self._tiles

    @property
    def arrangement(self) -> Arrangement:
        return self._arrangement

    @property
    def current(self) -> int:
        """The number of the chosen tile."""
        return self._current

    def set_before(self, picture: Picture | None) -> None:
        super().set_before(picture)
        self._view_resized()

    def clear(self) -> None:
        self.set_tiles((), 0)
        super().clear()

    def set_tiles(self, tiles: Sequence[Tile], current: int) -> None:
        before = [tile.heading for tile in self._tiles]
        self._tiles, self._current = tuple(tiles), min(current, max(len(tiles) - 1, 0))
        if [tile.heading for tile in tiles] != before:
            self._view_resized()
        self._describe()
        self.update()

    def choose(self, number: int) -> None:
        """Choose a tile; a number there is none of changes nothing."""
        if 0 <= number < len(self._tiles) and number != self._current:
            self._current = number
            self._describe()
            self.update()
            self.chosen.emit(number)

    def _describe(self) -> None:
        words = self.tr("No model is chosen")
        if self._tiles:
            words = self.tr("{tile}, {number} of {count}").format(
                tile=self._tiles[self._current].words, number=self._current + 1, count=len(self._tiles)
            )
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # -- where tiles are ----------------------------------------------------------------------------------

    def _view_resized(self) -> None:
        height, width = self.view.photo_shape
        ratio = self.devicePixelRatioF()
        self._arrangement = arranged(
            max(len(self._tiles), 1),
            QSizeF(self.size()),
            QSizeF(width, height) * LARGEST_FIT if height and width else QSizeF(1, 1),
            partial(caption_height, self, self._tiles),
            ratio,
        )
        room = self._arrangement.photo_room(0)
        self.view.set_view(room.size(), ratio, room.topLeft())
        self._moved()

    def _shift(self, number: int) -> QPointF:
        """From the first tile to another."""
        cells = self._arrangement.cells
        return cells[number].topLeft() - cells[0].topLeft()

    def tile_at(self, at: QPointF) -> int | None:
        number = self._arrangement.at(at.x(), at.y())
        return number if number is not None and number < len(self._tiles) else None

    def _on_coloured_side(self, at: QPointF) -> QPointF:
        """The same place on the first tile, where the view knows it."""
        number = self.tile_at(at)
        return at - self._shift(number) if number is not None else at

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """A move of the pointer exposes a small place on each tile: those, and not all between them."""
        painter = QPainter(self)
        try:
            for rect in event.region():  # type: ignore[attr-defined] - it can be gone through
                painter.setClipRect(rect)
                self._paint(painter, QRectF(rect))
        finally:
            painter.end()

    def _paint(self, painter: QPainter, exposed: QRectF) -> None:
        painter.fillRect(exposed, self.palette().color(QPalette.ColorRole.Window))
        if self._before is None:
            return
        if not self._tiles:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            words = self.tr("Choose models to compare.")
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, words)
        for number, tile in enumerate(self._tiles):
            if self._arrangement.cells[number].intersects(exposed):
                painter.save()
                self._paint_tile(painter, exposed, number, tile)
                painter.restore()

    def _paint_tile(self, painter: QPainter, exposed: QRectF, number: int, tile: Tile) -> None:
        assert self._before is not None
        room, shift = self._arrangement.photo_room(number), self._shift(number)
        picture = self._before if self._holding_before or tile.picture is None else tile.picture
        painter.save()
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        painter.translate(shift)
        painter.setOpacity(_UNCOLOURED if tile.picture is None else 1.0)
        self._paint_picture(painter, picture, exposed.intersected(room).translated(-shift))
        painter.setOpacity(1.0)
        if self._pointer is not None and number != self._pointed:
            paint_cross(painter, self._pointer)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if tile.picture is None:
            paint_state(painter, self, room, tile)
        chosen, caption = number == self._current, self._arrangement.caption_room(number)
        if caption.intersects(exposed):
            paint_caption(painter, self, caption, tile, chosen=chosen)
        if chosen:
            paint_outline(painter, self, self._arrangement.cells[number], has_focus=self.hasFocus())

    # -- mouse --------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._before is not None:
            self.zoom_by_wheel(wheel_notches(event), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        number = self.tile_at(event.position())
        if number is not None:
            self.choose(number)
            self._pan_from = event.position()
        self._update_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            if self.can_pan():
                self.pan_by(event.position() - self._pan_from)
            self._pan_from = event.position()
        self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pan_from = None
        self._update_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self.tile_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.choose(number)
            self.used.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def _point(self, at: QPointF | None) -> None:
        """Show on all other tiles where the pointer is on this one."""
        number = self.tile_at(at) if at is not None else None
        on_photo = number is not None and at is not None and self._arrangement.photo_room(number).contains(at)
        pointer = self._on_coloured_side(at) if at is not None and on_photo else None
        for place in (self._pointer, pointer):
            if place is not None:
                for other in range(len(self._tiles)):
                    self.update(cross_rect(place + self._shift(other)).toAlignedRect())
        self._pointer, self._pointed = pointer, number

    def _update_cursor(self, at: QPointF | None = None) -> None:
        if self._pan_from is not None and self.can_pan():
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor if self.can_pan() else Qt.CursorShape.ArrowCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.tile_at(QPointF(event.pos()))
            if number is None:
                QToolTip.hideText()
            else:
                cell = self._arrangement.caption_room(number).toAlignedRect()
                QToolTip.showText(event.globalPos(), self._tiles[number].words, self, cell)
            return True
        return super().eventFilter(watched, event)

    # -- keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ShiftModifier and key in ARROWS:
            self.pan_by(ARROWS[Qt.Key(key)] * ARROW_STEP)
        elif modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif key in ARROWS:
            step = ARROWS[Qt.Key(key)].toPoint()
            self.choose(self._current - step.x() - step.y() * self._arrangement.columns)
        elif key == Qt.Key.Key_Home:
            self.choose(0)
        elif key == Qt.Key.Key_End:
            self.choose(len(self._tiles) - 1)
        elif key == Qt.Key.Key_B:
            self.hold_before(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.isAutoRepeat():
            self.hold_before(False)
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hold_before(False)
        self._pan_from = None
        self.update()
        super().focusOutEvent(event)
