"""Sets of pixels as runs along the rows of a picture: under a brush, joined, taken from each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

THINNEST_RADIUS_PX = 0.5  # what is thinner would miss the pixels that it runs through
_ROUNDING = 1e-9
_ROWS_AT_A_TIME = 1 << 17


class Window(NamedTuple):
    """A rectangle of pixels; its last row and column are one before `bottom` and `right`."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def pixels(self) -> int:
        return max(0, self.bottom - self.top) * max(0, self.right - self.left)


class Spans(NamedTuple):
    """Runs of pixels of several sets, in the order of the sets' numbers and of the pixels.

    Attributes
    ----------
    owner
        ``(K,)`` int64, the number of the set.
    first, last
        ``(K,)`` int64, the first pixel and one past the last, counted along the rows of the window. Runs of
        one set do not overlap.
    """

    owner: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @classmethod
    def of_none(cls) -> Spans:
        none = np.zeros(0, np.int64)
        return cls(none, none, none)

    @classmethod
    def joined(cls, parts: list[Spans], window: Window) -> Spans:
        """All of several, those of one owner as one set."""
        if not parts:
            return cls.of_none()
        if len(parts) == 1:
            return parts[0]
        owner, first, last = (np.concatenate(column) for column in zip(*parts, strict=True))
        return merged(owner, first, last, window.pixels)

    def without(self, others: Spans, window: Window) -> Spans:
        """What remains where each set gives up the pixels that `others` has under its number."""
        if not len(others.owner) or not len(self.owner):
            return self
        pixels = window.pixels
        keys = [spans.owner * pixels + edge for spans in (self, others) for edge in spans[1:]]
        lengths = [len(key) for key in keys]
        opens = np.repeat([1, -1, 0, 0], lengths)
        taken = np.repeat([0, 0, 1, -1], lengths)
        places = np.concatenate(keys)
        order = np.argsort(places, kind="stable")
        places = places[order]
        here = (np.cumsum(opens[order]) > 0) & (np.cumsum(taken[order]) == 0)
        stays = here[:-1] & (places[1:] > places[:-1])
        first, last = places[:-1][stays], places[1:][stays]
        owner = first // max(1, pixels)
        return Spans(owner, first - owner * pixels, last - owner * pixels)

    def overlaps(self, other: Spans) -> NDArray[np.bool_]:
        """``(K,)``: which runs share a pixel with `other`, a single set of whatever number."""
        nearest = np.searchsorted(other.last, self.first, side="right")
        starts = np.append(other.first, np.iinfo(np.int64).max)[nearest]
        return starts < self.last

    def indices(self) -> NDArray[np.int64]:
        """The pixels of all runs one after the other, ``(P,)`` int64."""
        lengths = self.last - self.first
        ends = np.cumsum(lengths)
        return np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.first - (ends - lengths), lengths)


class Bars(NamedTuple):
    """Straight strokes of a round brush that may grow or shrink on its way.

    Attributes
    ----------
    owner
        ``(N,)`` int64, increasing: the set of pixels that each belongs to.
    start, stop
        ``(N, 2)`` row and column of the ends; integers are the centres of pixels.
    start_radius, stop_radius
        ``(N,)``, px.
    """

    owner: NDArray[np.int64]
    start: NDArray[np.float64]
    stop: NDArray[np.float64]
    start_radius: NDArray[np.float64]
    stop_radius: NDArray[np.float64]

    @classmethod
    def of_paths(cls, paths: list[tuple[int, NDArray[np.float64], NDArray[np.float64]]]) -> Bars:
        """Bars of paths: owner, points ``(P, 2)``, radii ``(P,)``. A single point is a bar of no length."""
        if not paths:
            none = np.zeros(0)
            return cls(np.zeros(0, np.int64), np.zeros((0, 2)), np.zeros((0, 2)), none, none)
        starts = [slice(None, -1) if len(points) > 1 else slice(None) for _, points, _ in paths]
        stops = [slice(1, None) if len(points) > 1 else slice(None) for _, points, _ in paths]
        counts = [max(1, len(points) - 1) for _, points, _ in paths]
        return cls(
            np.repeat(np.array([owner for owner, _, _ in paths], np.int64), counts),
            np.concatenate([points[part] for (_, points, _), part in zip(paths, starts, strict=True)]),
            np.concatenate([points[part] for (_, points, _), part in zip(paths, stops, strict=True)]),
            np.concatenate([radii[part] for (_, _, radii), part in zip(paths, starts, strict=True)]),
            np.concatenate([radii[part] for (_, _, radii), part in zip(paths, stops, strict=True)]),
        )

    def spans(self, window: Window) -> Spans:
        """The pixels of a window that they paint.

        A pixel is painted where its centre lies in a bar, and always where one of the ends lies in it.
        """
        parts: list[Spans] = []
        room = 4 * _ROWS_AT_A_TIME
        for part in self._parts(window):
            parts.append(part)
            room -= len(part.owner)
            if room < 0:  # what lies over each other on and on takes little room as one
                parts = [Spans.joined(parts, window)]
                room = 4 * _ROWS_AT_A_TIME
        return Spans.joined(parts, window)

    def _parts(self, window: Window) -> Iterator[Spans]:
        upper = np.minimum(self.start[:, 0] - self.start_radius, self.stop[:, 0] - self.stop_radius)
        lower = np.maximum(self.start[:, 0] + self.start_radius, self.stop[:, 0] + self.stop_radius)
        top = np.clip(np.ceil(upper - _ROUNDING), window.top, window.bottom).astype(np.int64)
        bottom = np.clip(np.floor(lower + _ROUNDING) + 1, window.top, window.bottom).astype(np.int64)
        width = window.right - window.left
        for bar, row in rows_of_each(top, bottom):
            left, right = _columns(
                row, self.start[bar], self.stop[bar], self.start_radius[bar], self.stop_radius[bar]
            )
            left = np.clip(np.ceil(left - _ROUNDING), window.left, window.right)
            right = np.clip(np.floor(right + _ROUNDING) + 1, window.left, window.right)
            inside = left < right
            begins = (row[inside] - window.top) * width - window.left
            yield merged(
                self.owner[bar[inside]],
                begins + left[inside].astype(np.int64),
                begins + right[inside].astype(np.int64),
                window.pixels,
            )


def rows_of_each(
    top: NDArray[np.int64], bottom: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """All rows of shapes that reach from a first row to one before the last: number of the shape, and row.

    So many at a time: a path of many points with a large brush has far more rows than memory.
    """
    rows = np.maximum(bottom - top, 0)
    part = np.cumsum(rows) // _ROWS_AT_A_TIME
    bounds = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(rows)]
    for first, last in pairwise(bounds):
        shape = np.repeat(np.arange(first, last), rows[first:last])
        ends = np.cumsum(rows[first:last])
        row = np.arange(len(shape)) - np.repeat(ends - rows[first:last], rows[first:last]) + top[shape]
        yield shape, row


def spans_of_runs(owner: int, runs: NDArray[np.int64], window: Window) -> Spans:
    """Pixels given as ``(N, 3)`` row, first column and one past the last, as far as the window has them."""
    runs = runs[(runs[:, 0] >= window.top) & (runs[:, 0] < window.bottom)]
    left, right = np.clip(runs[:, 1:], window.left, window.right).T
    inside = left < right
    begins = (runs[inside, 0] - window.top) * (window.right - window.left) - window.left
    return merged(np.full(len(begins), owner), begins + left[inside], begins + right[inside], window.pixels)


def _columns(
    row: NDArray[np.int64],
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
    start_radius: NDArray[np.float64],
    stop_radius: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where a row enters and leaves a bar; an empty interval where it misses it.

    The bar is convex and bounded by the circles around its ends and the two lines that touch both: the
    interval reaches from the leftmost to the rightmost crossing of any of them.
    """
    left, right = np.full(len(row), np.inf), np.full(len(row), -np.inf)
    for end, radius in ((start, start_radius), (stop, stop_radius)):
        half = np.sqrt(np.maximum(radius**2 - (row - end[:, 0]) ** 2, 0))
        crossed = np.abs(row - end[:, 0]) <= radius + _ROUNDING
        left = np.where(crossed, np.minimum(left, end[:, 1] - half), left)
        right = np.where(crossed, np.maximum(right, end[:, 1] + half), right)
        # The pixel that the point lies in.
        nearest = np.floor(end + 0.5)
        own = row == nearest[:, 0]
        left = np.where(own, np.minimum(left, nearest[:, 1]), left)
        right = np.where(own, np.maximum(right, nearest[:, 1]), right)
    along = stop - start
    length = np.hypot(along[:, 0], along[:, 1])
    along = np.divide(along, length[:, None], out=np.zeros_like(along), where=length[:, None] > 0)
    # The normals of the touching lines lean towards the smaller end. There are none where one circle holds
    # the other; the line between the centres, which is taken then, adds nothing.
    lean = np.divide(start_radius - stop_radius, length, out=np.ones_like(length), where=length > 0)
    has_lines = np.abs(lean) < 1
    lean = np.where(has_lines, lean, 0)
    across = np.stack([along[:, 1], -along[:, 0]], axis=1) * np.sqrt(1 - lean**2)[:, None]
    for side in (across, -across):
        normal = (side + along * lean[:, None]) * has_lines[:, None]
        origin = start + normal * start_radius[:, None]
        line = stop + normal * stop_radius[:, None] - origin
        share = np.divide(row - origin[:, 0], line[:, 0], out=np.full(len(row), -1.0), where=line[:, 0] != 0)
        crossed = (share >= 0) & (share <= 1)
        column = origin[:, 1] + share * line[:, 1]
        left = np.where(crossed, np.minimum(left, column), left)
        right = np.where(crossed, np.maximum(right, column), right)
    return left, right


def merged(owner: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64], pixels: int) -> Spans:
    """Runs of one set that lie over each other as one; a path of close points has hundreds of them."""
    if not len(owner):
        return Spans.of_none()
    order = np.argsort(owner * pixels + first)
    owner, first, last = owner[order], first[order], last[order]
    reached = np.maximum.accumulate(owner * pixels + last)
    opens = np.ones(len(first), np.bool_)
    opens[1:] = (owner * pixels + first)[1:] >= reached[:-1]
    owner, first = owner[opens], first[opens]
    closes = np.roll(opens, -1)  # a run ends before the next one opens, the last one at the end
    return Spans(owner, first, reached[closes] - owner * pixels)
