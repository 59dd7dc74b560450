"""Strokes of the brush: where the user says what colour a thing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import UsageError
from colorstudio.imaging.colorspace import srgb_to_lab

StrokeKind = Literal["colour", "neutral", "keep"]

MAX_RADIUS_PX = 100_000.0
_FARTHEST_PX = 1_000_000.0  # of a point, from the corner of the picture

_THINNEST_RADIUS_PX = 0.5  # what is thinner would miss the pixels that it runs through
_ROUNDING = 1e-9
_ROWS_AT_A_TIME = 1 << 17


@dataclass(frozen=True)
class Stroke:
    """One drag of the brush, or one dab.

    Attributes
    ----------
    points
        (row, col) of the path, in pixels of the photo with its orientation applied; integers are the
        centres of pixels. One point is a dab. They may lie outside of the picture.
    radius_px
        Of the round brush; below 0.5 it paints the pixels that it runs through.
    kind
        "colour": these pixels have this colour. "neutral": they have no chroma. "keep": no other stroke
        spreads to them.
    rgb
        sRGB, 0 to 255, for the kind "colour"; None for the others.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    points: tuple[tuple[float, float], ...]
    radius_px: float
    kind: StrokeKind = "colour"
    rgb: tuple[int, int, int] | None = None

    def __post_init__(self) -> None:
        if not self.points:
            raise UsageError("A stroke has no points: give at least one (row, col).")
        for point in self.points:
            if len(point) != 2 or not all(abs(value) <= _FARTHEST_PX for value in point):
                raise UsageError(
                    f"The point {point} of a stroke is out of range: give (row, col) in pixels of the photo."
                )
        if not 0 <= self.radius_px <= MAX_RADIUS_PX:
            raise UsageError(
                f"The radius {self.radius_px} of a stroke is out of range: give 0 to {MAX_RADIUS_PX:g} px."
            )
        if (self.kind == "colour") != (self.rgb is not None):
            raise UsageError(
                "A stroke of colour has an rgb, and no other: a neutral or keep stroke has none."
            )
        if self.rgb is not None and (len(self.rgb) != 3 or not all(0 <= value <= 255 for value in self.rgb)):
            raise UsageError(
                f"The colour {self.rgb} of a stroke is out of range: give three numbers 0 to 255."
            )

    @property
    def chroma_lab(self) -> tuple[float, float] | None:
        """The a*b* that its pixels are to have; None for "keep", which has none of its own."""
        if self.kind == "keep":
            return None
        if self.rgb is None:
            return 0.0, 0.0
        _, a, b = srgb_to_lab(np.array(self.rgb, np.float64) / 255)
        return float(a), float(b)


# -- as pixels ----------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class RasterisedStrokes:
    """The pixels of strokes.

    Attributes
    ----------
    indices
        ``(K,)`` int64, row * width + col, strictly increasing.
    stroke
        ``(K,)`` int32, the number of the stroke that each pixel belongs to.
    """

    indices: NDArray[np.int64]
    stroke: NDArray[np.int32]


def rasterise(strokes: Sequence[Stroke], shape: tuple[int, int]) -> RasterisedStrokes:
    """Find the pixels of strokes; where two lie over each other, those of the later.

    A pixel belongs to a stroke or does not, there are no soft edges: it does where its centre lies within the
    radius of the path, which at a straight edge means that at least half of it is covered. The pixels that
    the points themselves lie in always belong to it. What lies outside of the picture is left out.

    Parameters
    ----------
    shape
        Height and width of the picture.
    """
    height, width = shape
    painted = np.full(height * width, -1, np.int32)
    for stroke, start, stop in _runs(strokes, height, width):
        for number, first, last in zip(stroke.tolist(), start.tolist(), stop.tolist(), strict=True):
            painted[first:last] = number
    indices = np.flatnonzero(painted >= 0)
    return RasterisedStrokes(indices.astype(np.int64, copy=False), painted[indices])


_Runs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _runs(strokes: Sequence[Stroke], height: int, width: int) -> Iterator[_Runs]:
    """Runs of pixels in the order they are to be painted: stroke, first pixel, one past the last."""
    stroke, start, stop, radius = _segments(strokes)
    top = np.ceil(np.minimum(start[:, 0], stop[:, 0]) - radius - _ROUNDING)
    bottom = np.floor(np.maximum(start[:, 0], stop[:, 0]) + radius + _ROUNDING)
    top = np.clip(top, 0, height).astype(np.int64)
    rows = np.clip(bottom + 1, 0, height).astype(np.int64) - top
    # A path of many points with a large brush has far more rows than memory: so many at a time.
    part = np.cumsum(rows) // _ROWS_AT_A_TIME
    bounds = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(rows)]
    for first, last in pairwise(bounds):
        segment = np.repeat(np.arange(first, last), rows[first:last])
        ends = np.cumsum(rows[first:last])
        row = np.arange(len(segment)) - np.repeat(ends - rows[first:last], rows[first:last]) + top[segment]
        left, right = _columns(row, start[segment], stop[segment], radius[segment])
        left = np.clip(np.ceil(left - _ROUNDING), 0, width)
        right = np.clip(np.floor(right + _ROUNDING) + 1, 0, width)
        inside = left < right
        yield _merged(
            stroke[segment[inside]],
            (row * width)[inside] + left[inside].astype(np.int64),
            (row * width)[inside] + right[inside].astype(np.int64),
            height * width,
        )


def _segments(
    strokes: Sequence[Stroke],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Straight parts of all strokes: number of the stroke, both ends, radius. A dab has one of no length."""
    number: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    starts: list[NDArray[np.float64]] = [np.zeros((0, 2))]
    stops: list[NDArray[np.float64]] = [np.zeros((0, 2))]
    for k, stroke in enumerate(strokes):
        points = np.array(stroke.points, np.float64)
        starts.append(points[:-1] if len(points) > 1 else points)
        stops.append(points[1:] if len(points) > 1 else points)
        number.append(np.full(len(starts[-1]), k))
    numbers = np.concatenate(number)
    radii = np.array([max(stroke.radius_px, _THINNEST_RADIUS_PX) for stroke in strokes], np.float64)
    return numbers, np.concatenate(starts), np.concatenate(stops), radii[numbers]


def _columns(
    row: NDArray[np.int64],
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
    radius: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where a row enters and leaves the rounded bar around a segment; an empty interval where it misses it.

    The bar is convex and bounded by the circles around its ends and its two long sides: the interval
    reaches from the leftmost to the rightmost crossing of any of them.
    """
    left, right = np.full(len(row), np.inf), np.full(len(row), -np.inf)
    for end in (start, stop):
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
    scale = np.divide(radius, length, out=np.zeros_like(length), where=length > 0)
    normal = np.stack([along[:, 1], -along[:, 0]], axis=1) * scale[:, None]
    for side in (normal, -normal):
        origin = start + side
        share = np.divide(
            row - origin[:, 0], along[:, 0], out=np.full(len(row), -1.0), where=along[:, 0] != 0
        )
        crossed = (share >= 0) & (share <= 1)
        column = origin[:, 1] + share * along[:, 1]
        left = np.where(crossed, np.minimum(left, column), left)
        right = np.where(crossed, np.maximum(right, column), right)
    return left, right


def _merged(
    stroke: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64], pixels: int
) -> _Runs:
    """Runs of one stroke that lie over each other as one; a path of close points has hundreds of them."""
    order = np.argsort(stroke * pixels + first)
    stroke, first, last = stroke[order], first[order], last[order]
    reached = np.maximum.accumulate(stroke * pixels + last)
    opens = np.ones(len(first), np.bool_)
    opens[1:] = (stroke * pixels + first)[1:] >= reached[:-1]
    stroke, first = stroke[opens], first[opens]
    closes = np.roll(opens, -1)  # a run ends before the next one opens, the last one at the end
    return stroke, first, reached[closes] - stroke * pixels
