"""Where strokes are: found, moved, cut and carried along, in agreement with what `rasterise` paints.

Places are (row, col) in pixels of the photo as in `Stroke`; a pixel is the unit square around its centre.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.affine import Affine, applied, inverted, scale
from colorstudio.document.spans import Spans, Window, merged, rows_of_each
from colorstudio.document.strokes import (
    FARTHEST_PX,
    MAX_RADIUS_PX,
    Cut,
    Point,
    Run,
    Stroke,
    cut_spans,
    painted_spans,
    runs_in_picture,
)

# A column more than there are places: runs of two rows never touch.
_ANYWHERE = Window(-FARTHEST_PX, -FARTHEST_PX, FARTHEST_PX + 1, FARTHEST_PX + 1)
_WIDTH = _ANYWHERE.right - _ANYWHERE.left
_ROUNDING = 1e-9  # of the scale of a turn


def bounds(stroke: Stroke) -> tuple[float, float, float, float]:
    """Top, left, bottom and right of its outline, its cuts not taken off.

    The centres of all its pixels lie within.
    """
    if stroke.runs:
        top, left, _ = stroke.area.min(axis=0).tolist()
        bottom, _, last = stroke.area.max(axis=0).tolist()
        return top - 0.5, left - 0.5, bottom + 0.5, last - 0.5
    points, radii = stroke.path
    top, left = (points - radii[:, None]).min(axis=0).tolist()
    bottom, right = (points + radii[:, None]).max(axis=0).tolist()
    return top, left, bottom, right


def hits(stroke: Stroke, row: float, col: float, slack_px: float = 0.0) -> bool:
    """Whether it paints the pixel that a place lies in, or one whose centre is within `slack_px` of it.

    What other strokes paint over it does not matter, nor does the photo's edge.
    """
    top, left, bottom, right = bounds(stroke)
    reach = max(slack_px, 1.0)
    if not (top - reach <= row <= bottom + reach and left - reach <= col <= right + reach):
        return False
    own_row, own_col = _nearest(row), _nearest(col)
    around = math.ceil(max(slack_px, 0.0))
    window = Window(own_row - around, own_col - around, own_row + around + 1, own_col + around + 1)
    rows, cols = np.divmod(painted_spans([stroke], window).indices(), 2 * around + 1)
    near = np.hypot(rows + window.top - row, cols + window.left - col) <= slack_px
    return bool((near | ((rows == around) & (cols == around))).any())


def touches_rectangle(stroke: Stroke, top: float, left: float, bottom: float, right: float) -> bool:
    """Whether it paints a pixel that a rectangle has a part of; its sides come in any order."""
    own_top, own_left, own_bottom, own_right = bounds(stroke)
    # No farther than the stroke, however far the rectangle reaches.
    window = Window(
        _nearest(max(min(top, bottom), own_top)),
        _nearest(max(min(left, right), own_left)),
        _nearest(min(max(top, bottom), own_bottom)) + 1,
        _nearest(min(max(left, right), own_right)) + 1,
    )
    return window.pixels > 0 and len(painted_spans([stroke], window).owner) > 0


def _nearest(value: float) -> int:
    return math.floor(value + 0.5)


# -- changed ------------------------------------------------------------------------


def moved(stroke: Stroke, rows: float, cols: float) -> Stroke:
    """The stroke elsewhere, with its cuts; an area from a picture moves by whole pixels.

    It goes no farther than there are places.
    """
    corners = [*stroke.points, *(point for cut in stroke.cuts for point in cut.points)]
    if stroke.runs:
        rows, cols = round(rows), round(cols)
        (top, left, _), (bottom, _, last) = stroke.area.min(axis=0), stroke.area.max(axis=0)
        corners += [(int(top), int(left)), (int(bottom), int(last))]
    places = np.array(corners)
    least, most = -FARTHEST_PX - places.min(axis=0), FARTHEST_PX - places.max(axis=0)
    rows, cols = np.clip((rows, cols), least, most).tolist()
    if stroke.runs:
        rows, cols = int(rows), int(cols)

    def path(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple((_in_range(row + rows), _in_range(col + cols)) for row, col in points)

    runs = tuple((row + int(rows), first + int(cols), last + int(cols)) for row, first, last in stroke.runs)
    cuts = tuple(replace(cut, points=path(cut.points)) for cut in stroke.cuts)
    return replace(stroke, points=path(stroke.points), cuts=cuts, runs=runs)


def erase(strokes: Sequence[Stroke], cut: Cut, shape: tuple[int, int]) -> tuple[Stroke, ...]:
    """Take what the eraser went over out of all strokes, also of those that lie under others.

    Strokes that it does not touch stay the same objects; those of which nothing is left are gone.

    Parameters
    ----------
    shape
        Height and width of the picture; what is outside of it does not count.
    """
    window = Window(0, 0, *shape)
    erased = cut_spans(cut, window)
    kept: list[Stroke] = []
    for stroke, runs in zip(strokes, runs_in_picture(strokes, shape), strict=True):
        spans = Spans(np.zeros(len(runs), np.int64), *runs.T.astype(np.int64))
        if not spans.overlaps(erased).any():
            kept.append(stroke)
        elif len(spans.without(erased, window).owner):
            kept.append(replace(stroke, cuts=(*stroke.cuts, cut)))
    return tuple(kept)


def transformed(stroke: Stroke, affine: Affine) -> Stroke:
    """The stroke where an affine map takes it, the width of its brush scaled with it.

    The pixels of an area are those whose own places come from it, as in resampling to the nearest; what
    would get lost in between, or by making it smaller, is painted at the nearest pixel.
    """
    factor = scale(affine)

    def path(points: tuple[Point, ...]) -> tuple[Point, ...]:
        places = applied(affine, np.array(points, np.float64).reshape(-1, 2))
        return tuple((_in_range(row), _in_range(col)) for row, col in places.tolist())

    def radius(radius_px: float) -> float:
        return min(radius_px * factor, MAX_RADIUS_PX)

    return replace(
        stroke,
        points=path(stroke.points),
        radius_px=radius(stroke.radius_px),
        radii_px=tuple(radius(radius_px) for radius_px in stroke.radii_px),
        cuts=tuple(Cut(path(cut.points), radius(cut.radius_px)) for cut in stroke.cuts),
        runs=_transformed_runs(stroke.area, affine) if stroke.runs else (),
    )


def _in_range(value: float) -> float:
    return min(max(value, -FARTHEST_PX), FARTHEST_PX)


def _transformed_runs(area: NDArray[np.int64], affine: Affine) -> tuple[Run, ...]:
    """The runs of the pixels whose own places come from the area, found row by row of each old run."""
    back = inverted(affine)
    lows = area[:, :2] - 0.5
    highs = np.stack([area[:, 0] + 0.5, area[:, 2] - 0.5], axis=1)
    corners = [np.stack([row[:, 0], col[:, 1]], axis=1) for row in (lows, highs) for col in (lows, highs)]
    rows = np.stack([applied(affine, corner)[:, 0] for corner in corners])
    top = np.clip(np.ceil(rows.min(axis=0)), -FARTHEST_PX, FARTHEST_PX).astype(np.int64)
    bottom = np.clip(np.floor(rows.max(axis=0)) + 1, -FARTHEST_PX, FARTHEST_PX).astype(np.int64)
    parts: list[Spans] = []
    for run, row in rows_of_each(top, bottom):
        left, right = np.full(len(run), -np.inf), np.full(len(run), np.inf)
        for axis, (by_row, by_col, added) in enumerate(back):
            low, high = (edge[run, axis] - by_row * row - added for edge in (lows, highs))
            if by_col:
                low, high = np.minimum(low / by_col, high / by_col), np.maximum(low / by_col, high / by_col)
            else:
                low, high = np.where((low <= 0) & (high > 0), [[-np.inf], [np.inf]], 0)
            left, right = np.maximum(left, low), np.minimum(right, high)
        parts.append(_anywhere(row, left, right))
    spans = Spans.joined(parts, _ANYWHERE)
    if scale(affine) < 1 - _ROUNDING or not len(spans.owner):
        nearest = np.floor(applied(affine, _places(area)) + 0.5)
        more = _anywhere(nearest[:, 0].astype(np.int64), nearest[:, 1], nearest[:, 1] + 1)
        spans = Spans.joined([spans, more], _ANYWHERE)
    return _runs(spans)


def _anywhere(row: NDArray[np.int64], left: NDArray[np.float64], right: NDArray[np.float64]) -> Spans:
    """Pixels of the plane whose centres lie in intervals of rows, as one set."""
    columns = np.ceil(np.stack([left, right]))
    first, last = np.clip(columns, -FARTHEST_PX, FARTHEST_PX).astype(np.int64)
    inside = first < last
    begins = (row[inside] - _ANYWHERE.top) * _WIDTH - _ANYWHERE.left
    owner = np.zeros(len(begins), np.int64)
    return merged(owner, begins + first[inside], begins + last[inside], _ANYWHERE.pixels)


def _runs(spans: Spans) -> tuple[Run, ...]:
    apart = spans.first[1:] > spans.last[:-1]
    first, last = spans.first[np.append(True, apart)], spans.last[np.append(apart, True)]
    row, col = np.divmod(first, _WIDTH)
    row, col = row + _ANYWHERE.top, col + _ANYWHERE.left
    return tuple(zip(row.tolist(), col.tolist(), (col + last - first).tolist(), strict=True))


def _places(area: NDArray[np.int64]) -> NDArray[np.int64]:
    """All pixels of an area, ``(N, 2)``."""
    cols = Spans(area[:, 0], area[:, 1], area[:, 2]).indices()
    return np.stack([np.repeat(area[:, 0], area[:, 2] - area[:, 1]), cols], axis=1)
