"""Which place of the photo the colour panel is about."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.view_transform import PhotoPoint
from colorstudio.imaging.photo import Photo

if TYPE_CHECKING:
    from colorstudio.gui.canvas.photo_view import PhotoView
    from colorstudio.gui.main_window import MainWindow

_FOLLOW_MS = 33
# A cursor that has not moved for so long means the place it is at; one on its way to the panel means none.
_REST_MS = 180
_REST_PX = 3.0
_AROUND = 1  # pixels on each side whose luminance is averaged: grain would flicker
_MARK_RADIUS = 5.0


class ColourPlace(QObject):
    """Follows the cursor over the photo, and remembers where it rested last.

    The luminance follows the cursor. When it leaves the photo, as on its way to the colour panel, the panel
    goes back to the place where it rested last, and a ring on the photo shows which. It stays there while a
    button is held, as a stroke is drawn then, and while it is asked to (`hold`). With strokes
    selected the place is theirs.

    Signals
    -------
    luminance_changed
        L* of the place.
    rested
        Row and column of a pixel: the place that suggestions are wanted for.
    """

    luminance_changed = Signal(float)
    rested = Signal(int, int)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._canvas = window.canvas
        self._session = window.session
        self._selection = window.selection
        self._cursor: tuple[float, float] | None = None
        self._rest_from: tuple[float, float] | None = None
        self._place: tuple[int, int] | None = None
        self._held = False
        self._shape = (0, 0)
        self._source: Photo | None = None
        self._follow = self._timer(_FOLLOW_MS, self._on_follow)
        self._rest = self._timer(_REST_MS, self._on_rest)
        self._canvas.hovered.connect(self._on_hovered)
        self._canvas.overlays.append(self)
        self._selection.changed.connect(self._on_selection)
        for signal in (self._session.opened, self._session.closed, self._session.edited):
            signal.connect(self._on_document)

    def _timer(self, milliseconds: int, method: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(method)
        return timer

    @property
    def place(self) -> tuple[int, int] | None:
        """Row and column of the pixel that suggestions belong to."""
        return self._place

    def hold(self, held: bool) -> None:
        """Stay at the place under the cursor, or the last one, until told otherwise."""
        if held and self._cursor is not None and not self._selection.strokes:
            self._go_to(*self._cursor)
        self._held = held
        self._canvas.update()

    # -- the cursor ---------------------------------------------------------------------------------------

    def _on_hovered(self, place: tuple[float, float] | None) -> None:
        came_or_went = (place is None) != (self._cursor is None)
        self._cursor = place
        if came_or_went and self._place is not None:
            self._canvas.update()
        if not self._follows():
            return
        if place is None:
            self._follow.stop()
            self._rest.stop()
            self._rest_from = None
            self._show_place()
            return
        if not self._follow.isActive():
            self._follow.start()
        if self._rest_from is None or self._distance(place, self._rest_from) > _REST_PX:
            self._rest_from = place
            self._rest.start()

    def _follows(self) -> bool:
        return not (self._held or self._selection.strokes or self._canvas.tool_pressed)

    def _distance(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        """In pixels of the view."""
        return math.hypot(one[0] - other[0], one[1] - other[1]) * self._canvas.view.scale

    def _on_follow(self) -> None:
        if self._cursor is not None and self._follows():
            self._say_luminance(*self._cursor)

    def _on_rest(self) -> None:
        if self._cursor is not None and self._follows():
            self._go_to(*self._cursor)

    def _go_to(self, row: float, col: float) -> None:
        height, width = self._shape
        if not height:
            return
        former = self._place
        self._place = min(max(int(row), 0), height - 1), min(max(int(col), 0), width - 1)
        self._say_luminance(*self._place)
        if self._place != former:
            self.rested.emit(*self._place)

    def _show_place(self) -> None:
        if self._place is not None:
            self._say_luminance(*self._place)

    def _say_luminance(self, row: float, col: float) -> None:
        document = self._session.document
        if document is None:
            return
        top, left = max(int(row) - _AROUND, 0), max(int(col) - _AROUND, 0)
        around = document.luminance[top : int(row) + _AROUND + 1, left : int(col) + _AROUND + 1]
        if around.size:
            self.luminance_changed.emit(float(around.mean()))

    # -- the document -------------------------------------------------------------------------------------

    def _on_selection(self) -> None:
        self._follow.stop()
        self._rest.stop()
        strokes = self._selection.strokes
        if strokes and self._shape[0]:
            self._go_to(*middle_of(strokes[0]))
            self._canvas.update()

    def _on_document(self, _what: object = None) -> None:
        document = self._session.document
        shape = document.photo.shape if document is not None else (0, 0)
        source = document.source if document is not None else None
        if shape != self._shape or source is not self._source:
            self._shape, self._source = shape, source
            self._rest.stop()  # the cursor rested on what was there before
            self._place = self._rest_from = None
        self._show_place()

    # -- on the photo -------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, canvas: PhotoView) -> None:
        """A small ring at the place, while the cursor is elsewhere."""
        if self._place is None or (self._cursor is not None and not self._held) or self._selection.strokes:
            return
        at = canvas.view.to_view(PhotoPoint(self._place[0] + 0.5, self._place[1] + 0.5))
        ring = QRectF(0, 0, 2 * _MARK_RADIUS, 2 * _MARK_RADIUS)
        ring.moveCenter(QPointF(at))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 140), 3.5), (QColor(255, 255, 255, 220), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(ring)
        painter.restore()


def middle_of(stroke: Stroke) -> tuple[float, float]:
    """Row and column of a pixel that the stroke goes through, about half of its way along."""
    if stroke.points:
        row, col = stroke.points[len(stroke.points) // 2]
        return row + 0.5, col + 0.5  # points are counted from the centres of pixels
    row, first, last = stroke.runs[len(stroke.runs) // 2]
    return row + 0.5, float(np.mean((first, last)))
