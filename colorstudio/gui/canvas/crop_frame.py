"""The frame of a crop: moved, pulled at its handles, held to an aspect, never beyond the photo."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import QTransform

from colorstudio.document.preparation import Crop, Preparation
from colorstudio.document.preparation import frame as taken

# Pixels of the photo; a photo that is smaller itself can still be cropped to one pixel.
SMALLEST_SIDE_PX = 16
_ROUNDING = 1e-6
_HALVINGS = 30


class Handle(NamedTuple):
    """What of the frame is pulled: -1 its left or upper edge, 1 the right or lower one, 0 neither."""

    across: int
    down: int


INSIDE = Handle(0, 0)  # moves the whole frame
HANDLES = tuple(Handle(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0))


class CropFrame(QObject):
    """A rectangle on a photo, x = col and y = row in pixels, under which the photo is straightened.

    Signals
    -------
    changed
        The rectangle, the aspect or the angle is another.
    """

    changed = Signal()

    def __init__(
        self,
        shape: tuple[int, int],
        rect: QRectF | None = None,
        degrees: float = 0.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shape = shape
        self._photo = QRectF(0, 0, shape[1], shape[0])
        self._aspect: float | None = None
        self._degrees = degrees
        self._smallest = float(min(SMALLEST_SIDE_PX, *shape))
        # What the user asked for, None for all there is; turning the photo shows less of it, and turning
        # it back brings it back.
        self._wanted = QRectF(rect) if rect is not None else None
        self._rect = self._fitted()

    # -- state --------------------------------------------------------------------------------------------

    @property
    def photo(self) -> QRectF:
        return QRectF(self._photo)

    @property
    def rect(self) -> QRectF:
        return QRectF(self._rect)

    @property
    def aspect(self) -> float | None:
        """Width by height that the frame is held to; None while it is free."""
        return self._aspect

    @property
    def degrees(self) -> float:
        """How far the photo is turned about its centre, clockwise."""
        return self._degrees

    def size(self) -> tuple[int, int]:
        """Height and width of what is taken, in pixels."""
        crop = self.crop() or self._all()
        return crop.height, crop.width

    def crop(self) -> Crop | None:
        """In whole pixels inside the photo; None for all there is at this angle."""
        width = min(max(round(self._rect.width()), 1), self._shape[1])
        height = min(max(round(self._rect.height()), 1), self._shape[0])
        left = min(max(round(self._rect.left()), 0), self._shape[1] - width)
        top = min(max(round(self._rect.top()), 0), self._shape[0] - height)
        crop = Crop(top, left, height, width)
        return crop if crop != self._all() else None

    def _all(self) -> Crop:
        return taken(self._shape, Preparation(straighten_degrees=self._degrees))

    def handle_at(self, point: QPointF, slack_px: float) -> Handle | None:
        """What a press at a place of the photo takes hold of; None outside."""
        rect = self._rect
        if not rect.adjusted(-slack_px, -slack_px, slack_px, slack_px).contains(point):
            return None
        # A small frame keeps a middle to be moved by.
        reach_x, reach_y = min(slack_px, rect.width() / 4), min(slack_px, rect.height() / 4)
        across = -1 if point.x() < rect.left() + reach_x else int(point.x() > rect.right() - reach_x)
        down = -1 if point.y() < rect.top() + reach_y else int(point.y() > rect.bottom() - reach_y)
        return Handle(across, down)

    # -- changing -----------------------------------------------------------------------------------------

    def reset(self) -> None:
        """All of the photo, as far as the aspect allows."""
        self._wanted = None
        if self._aspect is not None:
            self._wanted = _largest(_rect_of(self._all()), self._aspect)
        self._rect = self._fitted()
        self.changed.emit()

    def set_aspect(self, aspect: float | None) -> None:
        """Hold the frame to width by height: about where it is, about as large."""
        self._aspect = aspect
        if aspect is not None:
            rect = self._rect
            width = math.sqrt(rect.width() * rect.height() * aspect)
            width = min(width, self._photo.width(), self._photo.height() * aspect)
            held = QRectF(0, 0, width, width / aspect)
            held.moveCenter(rect.center())
            self._wanted = self._inside(held)
            self._rect = self._fitted()
        self.changed.emit()

    def set_degrees(self, degrees: float) -> None:
        """Turn the photo under the frame, which shrinks as far as it must."""
        if degrees != self._degrees:
            self._degrees = degrees
            self._rect = self._fitted()
            self.changed.emit()

    def move(self, start: QRectF, delta: QPointF) -> None:
        """The frame that was `start`, moved by so much and stopped at the edges of the photo."""
        across = self._towards(start, self._inside(start.translated(delta.x(), 0)))
        self.take(self._towards(across, self._inside(across.translated(0, delta.y()))))

    def pull(self, start: QRectF, handle: Handle, to: QPointF) -> None:
        """The frame that was `start`, with a handle of it pulled to a place; what is opposite stays."""
        x = min(max(to.x(), 0.0), self._photo.width())
        y = min(max(to.y(), 0.0), self._photo.height())
        left, top, right, bottom = start.left(), start.top(), start.right(), start.bottom()
        if handle.across < 0:
            left = min(x, right - self._smallest)
        elif handle.across > 0:
            right = max(x, left + self._smallest)
        if handle.down < 0:
            top = min(y, bottom - self._smallest)
        elif handle.down > 0:
            bottom = max(y, top + self._smallest)
        rect = QRectF(QPointF(left, top), QPointF(right, bottom))
        wish = self._inside(rect if self._aspect is None else self._held(rect, handle, start))
        self.take(self._towards(start, wish))

    def draw(self, first: QPointF, last: QPointF) -> None:
        """A new frame from corner to corner, if the first one is on the photo."""
        handle = Handle(1 if last.x() >= first.x() else -1, 1 if last.y() >= first.y() else -1)
        x = min(max(first.x(), 0.0), self._photo.width())
        y = min(max(first.y(), 0.0), self._photo.height())
        first = QPointF(x, y)
        if self._is_on_photo(QRectF(first, QSizeF(0, 0))):
            self.pull(QRectF(first, QSizeF(0, 0)), handle, last)

    def take(self, rect: QRectF) -> None:
        """Be this rectangle, which lies on the photo."""
        if rect != self._rect:
            self._rect = self._wanted = rect
            self.changed.emit()

    def _held(self, rect: QRectF, handle: Handle, start: QRectF) -> QRectF:
        """The rectangle at the aspect: the opposite corner stays, or the middle of the opposite edge."""
        assert self._aspect is not None
        aspect, middle = self._aspect, start.center()
        room_x = self._room(handle.across, start.left(), start.right(), self._photo.width(), middle.x())
        room_y = self._room(handle.down, start.top(), start.bottom(), self._photo.height(), middle.y())
        wish_x = rect.width() if handle.across else 0.0
        wish_y = rect.height() * aspect if handle.down else 0.0
        smallest = max(self._smallest, self._smallest * aspect)
        width = min(max(wish_x, wish_y, smallest), room_x, room_y * aspect)
        height = width / aspect
        left = (middle.x() - width / 2, start.left(), start.right() - width)[handle.across]
        top = (middle.y() - height / 2, start.top(), start.bottom() - height)[handle.down]
        return QRectF(left, top, width, height)

    @staticmethod
    def _room(side: int, first: float, last: float, length: float, middle: float) -> float:
        """How long the frame can become when it is pulled at this side."""
        if side:
            return length - first if side > 0 else last
        return 2 * min(middle, length - middle)

    # -- staying on the photo -----------------------------------------------------------------------------

    def _inside(self, rect: QRectF) -> QRectF:
        """Moved into the rectangle that the photo is before it is turned."""
        left = min(max(rect.left(), 0.0), max(self._photo.width() - rect.width(), 0.0))
        top = min(max(rect.top(), 0.0), max(self._photo.height() - rect.height(), 0.0))
        return QRectF(left, top, rect.width(), rect.height())

    def _is_on_photo(self, rect: QRectF) -> bool:
        """Whether there is photo under all of it."""
        if not self._degrees:
            return True
        back = QTransform().translate(self._photo.center().x(), self._photo.center().y())
        back.rotate(-self._degrees).translate(-self._photo.center().x(), -self._photo.center().y())
        corners = (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight())
        room = self._photo.adjusted(-_ROUNDING, -_ROUNDING, _ROUNDING, _ROUNDING)
        return all(room.contains(back.map(corner)) for corner in corners)

    def _towards(self, start: QRectF, wish: QRectF) -> QRectF:
        """As far from `start`, which lies on the photo, to `wish` as there is photo."""
        # All frames on a turned photo are a convex set, so halving finds its edge.
        return _last(lambda part: _between(start, wish, part), self._is_on_photo)

    def _fitted(self) -> QRectF:
        """What is wanted, made smaller about its middle until there is photo under all of it."""
        if self._wanted is None:
            return _rect_of(self._all())
        wanted, centre = self._wanted, self._photo.center()
        spot = QRectF(centre, QSizeF(0, 0))
        middle = QRectF(wanted.center(), QSizeF(0, 0))
        middle = _last(lambda part: _between(spot, middle, part), self._is_on_photo)
        return _last(
            lambda part: _between(middle, wanted.translated(middle.topLeft() - wanted.center()), part),
            self._is_on_photo,
        )


def _last(at: Callable[[float], QRectF], holds: Callable[[QRectF], bool]) -> QRectF:
    """`at(1)` if that holds, else what is the farthest from `at(0)` and still does."""
    if holds(at(1.0)):
        return at(1.0)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(at(middle)) else (low, middle)
    return at(low)


def _between(first: QRectF, last: QRectF, part: float) -> QRectF:
    return QRectF(
        first.left() + (last.left() - first.left()) * part,
        first.top() + (last.top() - first.top()) * part,
        first.width() + (last.width() - first.width()) * part,
        first.height() + (last.height() - first.height()) * part,
    )


def _rect_of(crop: Crop) -> QRectF:
    return QRectF(crop.left, crop.top, crop.width, crop.height)


def _largest(room: QRectF, aspect: float) -> QRectF:
    width = min(room.width(), room.height() * aspect)
    rect = QRectF(0, 0, width, width / aspect)
    rect.moveCenter(room.center())
    return rect
