"""Pictures beside each other on neutral gray, all of one size, and when they came on the screen."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.theme import GRID, current_theme, scaled_font, set_surround

_GAP = 2 * GRID
_LARGEST_ZOOM = 3.0  # of small pictures
_BADGE = 26


class PicturesView(QWidget):
    """Paints the pictures of a question. Nothing says whose they are.

    Signals
    -------
    clicked
        The number of the picture, from 0.
    """

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surround(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pictures"))
        self._pictures: tuple[Picture, ...] = ()
        self._places: dict[int, int] = {}  # of pictures that are ranked, from 0
        self._numbered = False
        self._seen_since: float | None = None
        self._seen_before = 0.0

    # -- what is shown ------------------------------------------------------------------------------------

    def show_pictures(self, pictures: Sequence[Picture], *, numbered: bool = False) -> None:
        """Show others; their time begins when they are painted.

        Parameters
        ----------
        numbered
            Whether each has its number below it, and room for its rank.
        """
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
        """Of each picture, as large as all of them fit."""
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
        ratio = self.devicePixelRatioF()
        for number, (picture, rect) in enumerate(zip(self._pictures, self.picture_rects(), strict=True)):
            height, width = picture.shape
            picture.paint(painter, rect, QRectF(0, 0, width, height), ratio * rect.width() / width)
            if self._numbered:
                self._paint_number(painter, number, rect)
        painter.end()
        if self._pictures and self._seen_since is None:
            self._seen_since = time.perf_counter()

    def _paint_number(self, painter: QPainter, number: int, rect: QRectF) -> None:
        """The key for a picture, and its rank once it has one: two shapes, so that nobody mistakes them."""
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled_font(self.font(), 1.1, bold=True))
        key = QRectF(rect.center().x() - _BADGE / 2, rect.bottom() + GRID / 2, _BADGE, _BADGE)
        place = self._places.get(number)
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
        for number, rect in enumerate(self.picture_rects()):
            if rect.contains(event.position()):
                self.clicked.emit(number)
                return
