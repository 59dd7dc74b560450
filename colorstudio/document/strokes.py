"""Strokes of the brush: where the user says what colour a thing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.spans import THINNEST_RADIUS_PX, Bars, Spans, Window, spans_of_runs
from colorstudio.errors import UsageError
from colorstudio.imaging.colorspace import srgb_to_lab

StrokeKind = Literal["colour", "neutral", "keep"]
Point = tuple[float, float]
Run = tuple[int, int, int]
Path = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Points ``(P, 2)`` and the radius that the brush paints with at each, ``(P,)``."""

MAX_RADIUS_PX = 100_000.0
FARTHEST_PX = 1_000_000  # of a point, from the corner of the picture
MAX_AREA_PX = 1 << 28  # more than any photo has

_ROWS_AT_A_TIME = 1 << 17
_KEPT_RUNS = 1 << 22  # of the strokes of one picture, 8 bytes each


@dataclass(frozen=True)
class Cut:
    """What the eraser took out of a stroke: a path like a stroke's own.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    points: tuple[Point, ...]
    radius_px: float

    def __post_init__(self) -> None:
        if not self.points:
            raise UsageError("A cut of a stroke has no points: give at least one (row, col).")
        _check_points(self.points)
        _check_radius(self.radius_px)

    @cached_property
    def path(self) -> Path:
        return np.array(self.points, np.float64), np.full(len(self.points), _painting(self.radius_px))


@dataclass(frozen=True)
class Stroke:
    """One drag of the brush, or one dab, or an area that came from a picture.

    Attributes
    ----------
    points
        (row, col) of the path, in pixels of the photo with its orientation applied; integers are the
        centres of pixels. One point is a dab. They may lie outside of the picture. Empty for an area.
    radius_px
        Of the round brush; below 0.5 it paints the pixels that it runs through. 0 for an area.
    kind
        "colour": these pixels have this colour. "neutral": they have no chroma. "keep": no other stroke
        spreads to them.
    rgb
        sRGB, 0 to 255, for the kind "colour"; None for the others.
    radii_px
        Of the brush at each point, where it was not `radius_px` all along; from one point to the next it
        changes evenly.
    cuts
        What the eraser took out of this stroke, and of no other.
    runs
        The pixels of an area that came from a picture: row, first column and one past the last.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    points: tuple[Point, ...]
    radius_px: float
    kind: StrokeKind = "colour"
    rgb: tuple[int, int, int] | None = None
    radii_px: tuple[float, ...] = ()
    cuts: tuple[Cut, ...] = ()
    runs: tuple[Run, ...] = ()
    # The pixels in the picture that they were last asked for, by its shape.
    known_runs: dict[tuple[int, int], NDArray[np.integer]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if self.runs:
            if self.points or self.radii_px or self.radius_px:
                raise UsageError("A stroke is a path or an area: give points and a radius, or runs.")
            _check_runs(self.runs)
        elif not self.points:
            raise UsageError("A stroke has no points: give at least one (row, col).")
        _check_points(self.points)
        _check_radius(self.radius_px)
        if self.radii_px and len(self.radii_px) != len(self.points):
            raise UsageError(
                f"A stroke has {len(self.radii_px)} radii for {len(self.points)} points: "
                "give one for each, or none."
            )
        for radius_px in self.radii_px:
            _check_radius(radius_px)
        if (self.kind == "colour") != (self.rgb is not None):
            raise UsageError(
                "A stroke of colour has an rgb, and no other: a neutral or keep stroke has none."
            )
        if self.rgb is not None and (len(self.rgb) != 3 or not all(0 <= value <= 255 for value in self.rgb)):
            raise UsageError(
                f"The colour {self.rgb} of a stroke is out of range: give three numbers 0 to 255."
            )

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.points, self.radius_px, self.kind, self.rgb, self.radii_px, self.cuts, self.runs))

    @cached_property
    def path(self) -> Path:
        radii = self.radii_px or (self.radius_px,) * len(self.points)
        return np.array(self.points, np.float64), np.array([_painting(radius) for radius in radii])

    @cached_property
    def area(self) -> NDArray[np.int64]:
        """`runs` as ``(N, 3)``."""
        return np.array(self.runs, np.int64).reshape(-1, 3)

    @property
    def chroma_lab(self) -> tuple[float, float] | None:
        """The a*b* that its pixels are to have; None for "keep", which has none of its own."""
        if self.kind == "keep":
            return None
        if self.rgb is None:
            return 0.0, 0.0
        _, a, b = srgb_to_lab(np.array(self.rgb, np.float64) / 255)
        return float(a), float(b)


def _painting(radius_px: float) -> float:
    return max(radius_px, THINNEST_RADIUS_PX)


def _check_points(points: tuple[Point, ...]) -> None:
    for point in points:
        if len(point) != 2 or not all(abs(value) <= FARTHEST_PX for value in point):
            raise UsageError(
                f"The point {point} of a stroke is out of range: give (row, col) in pixels of the photo."
            )


def _check_radius(radius_px: float) -> None:
    if not 0 <= radius_px <= MAX_RADIUS_PX:
        raise UsageError(
            f"The radius {radius_px} of a stroke is out of range: give 0 to {MAX_RADIUS_PX:g} px."
        )


def _check_runs(runs: tuple[Run, ...]) -> None:
    for run in runs:
        if len(run) != 3 or run[1] >= run[2] or not all(abs(value) <= FARTHEST_PX for value in run):
            raise UsageError(
                f"The run {run} of a stroke is out of range: give (row, first column, one past the last)."
            )
    if sum(last - first for _, first, last in runs) > MAX_AREA_PX:
        raise UsageError(f"The area of a stroke is too large: give at most {MAX_AREA_PX} pixels.")


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
    the points themselves lie in always belong to it. Those under its cuts, found in the same way, do not.
    What lies outside of the picture is left out.

    Parameters
    ----------
    shape
        Height and width of the picture.
    """
    height, width = shape
    painted = np.full(height * width, -1, np.int32)
    for number, runs in enumerate(runs_in_picture(strokes, shape)):
        for first, last in runs.tolist():
            painted[first:last] = number
    indices = np.flatnonzero(painted >= 0)
    return RasterisedStrokes(indices.astype(np.int64, copy=False), painted[indices])


def runs_in_picture(strokes: Sequence[Stroke], shape: tuple[int, int]) -> Iterator[NDArray[np.integer]]:
    """The pixels of each stroke, whatever lies over it: ``(K, 2)``, first pixel and one past the last.

    They are kept with the stroke for the next time.
    """
    group: list[Stroke] = []
    rows, room = 0, _KEPT_RUNS
    for stroke in strokes:
        group.append(stroke)
        rows += _most_rows(stroke, shape[0])
        if rows > _ROWS_AT_A_TIME:
            yield from (found := _runs_of_group(group, shape, room))
            room -= sum(map(len, found))
            group, rows = [], 0
    yield from _runs_of_group(group, shape, room)


def _most_rows(stroke: Stroke, height: int) -> int:
    """About as many runs as there are before those that lie over each other are joined."""
    radius = max(stroke.radius_px, *stroke.radii_px, THINNEST_RADIUS_PX)
    return len(stroke.runs) + len(stroke.points) * int(min(height, 2 * radius + 2))


def _runs_of_group(group: list[Stroke], shape: tuple[int, int], room: int) -> list[NDArray[np.integer]]:
    known = [stroke.known_runs.get(shape) for stroke in group]
    unknown = [stroke for stroke, runs in zip(group, known, strict=True) if runs is None]
    new = iter(_runs_of_unknown(unknown, shape))
    found: list[NDArray[np.integer]] = []
    for stroke, runs in zip(group, known, strict=True):
        if runs is None:
            runs = next(new)
            if len(runs) <= room:
                stroke.known_runs.clear()
                stroke.known_runs[shape] = runs
        room -= len(runs)
        found.append(runs)
    return found


def _runs_of_unknown(strokes: list[Stroke], shape: tuple[int, int]) -> list[NDArray[np.integer]]:
    if not strokes:
        return []
    window = Window(0, 0, *shape)
    spans = painted_spans(strokes, window)
    small = np.int32 if window.pixels <= np.iinfo(np.int32).max else np.int64
    runs = np.stack([spans.first, spans.last], axis=1).astype(small)
    runs.setflags(write=False)
    return np.split(runs, np.searchsorted(spans.owner, np.arange(1, len(strokes))))


def painted_spans(strokes: Sequence[Stroke], window: Window) -> Spans:
    """The pixels of each stroke in a window, whatever lies over it; `Spans.owner` is the stroke's number."""
    paths = [(number, *stroke.path) for number, stroke in enumerate(strokes) if stroke.points]
    parts = [Bars.of_paths(paths).spans(window)]
    parts += [
        spans_of_runs(number, stroke.area, window) for number, stroke in enumerate(strokes) if stroke.runs
    ]
    cuts = [(number, *cut.path) for number, stroke in enumerate(strokes) for cut in stroke.cuts]
    return Spans.joined(parts, window).without(Bars.of_paths(cuts).spans(window), window)


def cut_spans(cut: Cut, window: Window) -> Spans:
    """The pixels of a window that a cut takes, as one set."""
    return Bars.of_paths([(0, *cut.path)]).spans(window)
