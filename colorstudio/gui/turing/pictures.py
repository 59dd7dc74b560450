"""Pictures beside each other on neutral gray, all of one size, and when they came on the screen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.theme import GRID, current_theme, scaled_font, set_surround

_GAP = 2 * GRID
_LARGEST_ZOOM = 3.0  # of small pictures
_BADGE = 26


@dataclass
class _Drag:
    """A picture on its way.

    Attributes
    ----------
    slots
        The picture at each place, were it let go now.
    at
        Where the pointer is.
    """

    picture: int
    slots: list[int]
    at: QPointF = field(default_factory=QPointF)

    def move_to(self, place: int) -> None:
        self.slots.remove(self.picture)
        self.slots.insert(place, self.picture)


class PicturesView(QWidget):
    """Paints the pictures of a question. Nothing says whose they are.

    Signals
    -------
    clicked
        The number of the picture, from 0.
    arranged
        The numbers of all pictures as they lie now that one was dragged to another place.
    """

    clicked = Signal(int)
    arranged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surround(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pictures"))
        self._pictures: tuple[Picture, ...] = ()
        self._places: dict[int, int] = {}  # of pictures that are ranked, from 0
        self._numbered = False
        self._slots: list[int] = []  # the picture at each place
        self._pressed: tuple[int, QPointF] | None = None  # a picture, and where the button went down
        self._drag: _Drag | None = None
        self._seen_since: float | None = None
        self._seen_before = 0.0

    # -- what is shown ------------------------------------------------------------------------------------

    def show_pictures(self, pictures: Sequence[Picture], *, numbered: bool = False) -> None:
        """Show others; their time begins when they are painted.

        Parameters
        ----------
        numbered
            Whether each has its number below it, and room for its rank; then they can be dragged into order.
        """
        self.cancel_drag()
        self._slots = list(range(len(pictures)))
        self.setCursor(Qt.CursorShape.OpenHandCursor if numbered else Qt.CursorShape.ArrowCursor)
        self._pictures = tuple(pictures)
        self._numbered = numbered
        self._places = {}
        self._seen_since, self._seen_before = None, 0.0
        self.update()

    def show_places(self, order: Sequence[int]) -> None:
        """The pictures that are ranked so far, the first one first."""
        self._places = {picture: place for place, picture in enumerate(order)}
        self.update()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return self._pictures

    # -- time ---------------------------------------------------------------------------------------------

    @property
    def seen_seconds(self) -> float:
        """For how long these pictures have been on the screen; 0 before they are."""
        running = time.perf_counter() - self._seen_since if self._seen_since is not None else 0.0
        return self._seen_before + running

    def stop_clock(self) -> None:
        """They are covered; the clock goes on when they are painted next."""
        self._seen_before = self.seen_seconds
        self._seen_since = None

    # -- where they are -----------------------------------------------------------------------------------

    def picture_rects(self) -> list[QRectF]:
        """Of each picture."""
        lying = self._drag.slots if self._drag is not None else self._slots
        rects = dict(zip(lying, self._slot_rects(), strict=True))
        return [rects[number] for number in range(len(self._pictures))]

    def _slot_rects(self) -> list[QRectF]:
        """Of each place, as large as all of them fit."""
        if not self._pictures:
            return []
        height, width = self._pictures[0].shape
        label = _BADGE + GRID if self._numbered else 0
        room = QRectF(self.rect()).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        best = (0.0, 1)
        for columns in range(1, len(self._pictures) + 1):
            rows = -(-len(self._pictures) // columns)
            zoom = min(
                (room.width() - (columns - 1) * _GAP) / columns / width,
                ((room.height() - (rows - 1) * _GAP) / rows - label) / height,
            )
            best = max(best, (zoom, columns))
        zoom, columns = min(max(best[0], 0.01), _LARGEST_ZOOM), best[1]
        rows = -(-len(self._pictures) // columns)
        cell_width, cell_height = width * zoom, height * zoom + label
        top = room.center().y() - (rows * cell_height + (rows - 1) * _GAP) / 2
        rects: list[QRectF] = []
        for number in range(len(self._pictures)):
            row, column = divmod(number, columns)
            in_row = min(columns, len(self._pictures) - row * columns)
            left = room.center().x() - (in_row * cell_width + (in_row - 1) * _GAP) / 2
            x, y = left + column * (cell_width + _GAP), top + row * (cell_height + _GAP)
            rects.append(QRectF(round(x), round(y), round(width * zoom), round(height * zoom)))
        return rects

    def sizeHint(self) -> QSize:
        return QSize(900, 560)

    # -- events -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        dragged = self._drag.picture if self._drag is not None else None
        rects = self.picture_rects()
        for number, rect in enumerate(rects):
            if number != dragged:
                self._paint_picture(painter, number, rect)
                if self._numbered:
                    self._paint_number(painter, number, rect)
        if self._drag is not None:
            place = rects[self._drag.picture]
            painter.setPen(QPen(QColor(current_theme().accent), 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            self._paint_picture(painter, self._drag.picture, place.translated(self._drag.at - place.center()))
        painter.end()
        if self._pictures and self._seen_since is None:
            self._seen_since = time.perf_counter()

    def _paint_picture(self, painter: QPainter, number: int, rect: QRectF) -> None:
        picture = self._pictures[number]
        height, width = picture.shape
        scale = self.devicePixelRatioF() * rect.width() / width
        picture.paint(painter, rect, QRectF(0, 0, width, height), scale)

    def _paint_number(self, painter: QPainter, number: int, rect: QRectF) -> None:
        """The key for a picture, and its rank once it has one: two shapes, so that nobody mistakes them."""
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled_font(self.font(), 1.1, bold=True))
        key = QRectF(rect.center().x() - _BADGE / 2, rect.bottom() + GRID / 2, _BADGE, _BADGE)
        place = self._drag.slots.index(number) if self._drag is not None else self._places.get(number)
        if place is None:
            painter.setPen(QPen(QColor(theme.text), 1))
            painter.setBrush(QColor(theme.window))
            painter.drawRoundedRect(key, 4, 4)
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            return
        words = self.tr("Place {number}").format(number=place + 1)
        width = painter.fontMetrics().horizontalAdvance(words) + 2 * GRID
        pill = QRectF(QPointF(0, 0), QPointF(width, _BADGE))
        pill.moveCenter(key.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(pill, _BADGE / 2, _BADGE / 2)
        painter.setPen(QColor(theme.on_accent))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        number = self._picture_at(event.position())
        if number is not None and self._numbered:
            self._pressed = number, event.position()  # a click, or the beginning of a drag
        elif number is not None:
            self.clicked.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        number, begun = self._pressed
        way = event.position() - begun
        if self._drag is None and way.manhattanLength() < QApplication.startDragDistance():
            return
        if self._drag is None:
            self._drag = _Drag(number, self._in_order())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._drag.at = event.position()
        distances = [(rect.center() - event.position()).manhattanLength() for rect in self._slot_rects()]
        self._drag.move_to(distances.index(min(distances)))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        (number, _), drag = self._pressed, self._drag
        before = self._in_order()
        self.cancel_drag()
        if drag is None:
            if self._picture_at(event.position()) == number:
                self.clicked.emit(number)
        elif drag.slots != before:
            self._slots = drag.slots
            self.update()
            self.arranged.emit(list(drag.slots))

    def hideEvent(self, event: QHideEvent) -> None:
        self.cancel_drag()
        super().hideEvent(event)

    def cancel_drag(self) -> None:
        """What is being dragged goes back to where it was."""
        if self._drag is not None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed, self._drag = None, None
        self.update()

    def _picture_at(self, at: QPointF) -> int | None:
        rects = self.picture_rects()
        return next((number for number, rect in enumerate(rects) if rect.contains(at)), None)

    def _in_order(self) -> list[int]:
        """Those that have a rank first, the others as they lie: what a drag begins with."""
        return sorted(self._slots, key=lambda number: self._places.get(number, len(self._places)))
