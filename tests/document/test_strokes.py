"""Strokes, and the pixels that they cover."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage import color, draw

from colorstudio.document import spans as spans_module
from colorstudio.document import strokes as strokes_module
from colorstudio.document.strokes import MAX_RADIUS_PX, Stroke, rasterise
from colorstudio.errors import UsageError

RED = (200, 30, 30)
SHAPE = (23, 31)


def _stroke(points: Any, radius_px: float = 0.0) -> Stroke:
    return Stroke(tuple(tuple(point) for point in points), radius_px, "colour", RED)


def _painted(strokes: list[Stroke], shape: tuple[int, int] = SHAPE) -> np.ndarray:
    """Number of the stroke at each pixel, -1 where there is none."""
    raster = rasterise(strokes, shape)
    assert raster.indices.dtype == np.int64
    assert raster.stroke.dtype == np.int32
    assert (np.diff(raster.indices) > 0).all()
    painted = np.full(shape, -1)
    painted.reshape(-1)[raster.indices] = raster.stroke
    return painted


def _distance(points: Any, shape: tuple[int, int]) -> np.ndarray:
    """From the centre of each pixel to the path, by projection on each of its parts."""
    pixels = np.moveaxis(np.indices(shape), 0, -1).astype(float)
    points = np.array(points, float)
    nearest = np.full(shape, np.inf)
    for start, stop in zip(points, points[1:] if len(points) > 1 else points, strict=False):
        along = stop - start
        share = np.clip((pixels - start) @ along / max(along @ along, 1e-300), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(pixels - start - share[..., None] * along, axis=-1))
    return nearest


# -- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"points": ()}, "no points"),
        ({"points": ((1.0, float("nan")),)}, "out of range"),
        ({"points": ((1.0, 2.0), (float("inf"), 2.0))}, "out of range"),
        ({"points": ((1e7, 2.0),)}, "out of range"),
        ({"points": ((1.0, 2.0, 3.0),)}, "out of range"),
        ({"radius_px": -0.1}, "radius -0.1"),
        ({"radius_px": float("nan")}, "radius nan"),
        ({"radius_px": 2 * MAX_RADIUS_PX}, "radius"),
        ({"rgb": None}, "has an rgb"),
        ({"kind": "neutral"}, "has none"),
        ({"kind": "keep"}, "has none"),
        ({"rgb": (0, 0, 256)}, "256"),
        ({"rgb": (-1, 0, 0)}, "-1"),
        ({"rgb": (1, 2)}, "three numbers"),
    ],
)
def test_values_out_of_range_are_refused(changes: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {"points": ((1.0, 2.0),), "radius_px": 3.0, "kind": "colour", "rgb": RED}
    Stroke(**good)
    with pytest.raises(UsageError, match=message):
        Stroke(**{**good, **changes})


def test_the_chroma_of_each_kind() -> None:
    expected = color.rgb2lab(np.array(RED) / 255)[1:]
    assert Stroke(((0, 0),), 1, "colour", RED).chroma_lab == pytest.approx(expected, abs=1e-3)
    assert Stroke(((0, 0),), 1, "neutral").chroma_lab == (0, 0)
    assert Stroke(((0, 0),), 1, "keep").chroma_lab is None


# -- pixels -------------------------------------------------------------------------------------


def test_a_dab_is_a_disc() -> None:
    painted = _painted([_stroke([(11, 15)], 6)])
    expected = np.full(SHAPE, -1)
    expected[draw.disk((11, 15), 6 + 1e-6, shape=SHAPE)] = 0
    np.testing.assert_array_equal(painted, expected)


def test_a_pixel_just_at_the_radius_belongs_to_it() -> None:
    """Whatever rounding makes of 5.4 - 2.4, and of the same in rows."""
    assert _painted([_stroke([(5, 5.4)], 2.4)])[5, 3] == 0
    assert _painted([_stroke([(5.4, 5)], 2.4)])[3, 5] == 0


PLACE = st.tuples(st.floats(-8, 31), st.floats(-8, 39))


@given(st.lists(PLACE, min_size=1, max_size=6), st.floats(0.5, 12))
def test_a_stroke_is_what_lies_within_its_radius(points: list[tuple[float, float]], radius: float) -> None:
    painted = _painted([_stroke(points, radius)]) == 0
    distance = _distance(points, SHAPE)
    assert painted[distance <= radius - 1e-6].all()
    outside = distance > radius + 1e-6
    for point in points:
        row, col = (int(np.floor(value + 0.5)) for value in point)
        if 0 <= row < SHAPE[0] and 0 <= col < SHAPE[1]:
            assert painted[row, col]
            outside[row, col] = False
    assert not painted[outside].any()


@given(PLACE, PLACE, st.floats(0, 0.5))
def test_a_thin_line_has_no_gaps_and_is_thin(
    start: tuple[float, float], stop: tuple[float, float], radius: float
) -> None:
    painted = _painted([_stroke([start, stop], radius)], (48, 56))
    along = np.ptp(np.array([start, stop]), axis=0)
    axis = int(np.argmax(along))
    lines = painted if axis == 0 else painted.T
    ends = np.array(sorted([(start[axis], start[1 - axis]), (stop[axis], stop[1 - axis])]))
    for line in range(max(int(np.ceil(ends[0, 0])), 0), min(int(ends[1, 0]), len(lines) - 1) + 1):
        across = np.interp(line, ends[:, 0], ends[:, 1])
        if 1 <= across <= lines.shape[1] - 2:
            assert 1 <= (lines[line] == 0).sum() <= 3


@pytest.mark.parametrize("radius", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("point", [(5, 7), (5.5, 7.5), (4.5, 6.5), (4.51, 7.49)])
def test_a_point_paints_at_least_the_pixel_it_lies_in(radius: float, point: tuple[float, float]) -> None:
    rows, cols = np.nonzero(_painted([_stroke([point], radius)]) == 0)
    assert (np.floor(point[0] + 0.5), np.floor(point[1] + 0.5)) in set(zip(rows, cols, strict=True))
    assert len(rows) <= 2


def test_the_later_stroke_wins() -> None:
    across, down = _stroke([(10, 2), (10, 28)], 2), _stroke([(2, 15), (20, 15)], 2)
    painted = _painted([across, down])
    assert painted[10, 15] == 1
    assert painted[10, 5] == 0
    assert _painted([down, across])[10, 15] == 1
    both = np.maximum(_painted([across]), _painted([down]))
    np.testing.assert_array_equal(painted >= 0, both >= 0)


def test_what_lies_outside_is_left_out() -> None:
    assert not (_painted([_stroke([(-50, -50), (-40, 500)], 3), _stroke([(500, 500)], 10)]) >= 0).any()
    crossing = _painted([_stroke([(11, -1e6), (11, 1e6)], 1)])
    np.testing.assert_array_equal(crossing[10:13] == 0, True)
    assert (crossing >= 0).sum() == 3 * SHAPE[1]


def test_a_stroke_larger_than_the_picture_paints_all_of_it() -> None:
    larger = _stroke([(-100, 2000)], 5000)
    assert (_painted([larger]) == 0).all()
    assert (_painted([larger, larger]) == 1).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1)])
def test_narrow_pictures(shape: tuple[int, int]) -> None:
    painted = _painted([_stroke([(0, 0), (shape[0] - 1, shape[1] - 1)], 1)], shape)
    assert (painted == 0).all()


def test_no_strokes_paint_nothing() -> None:
    raster = rasterise([], SHAPE)
    assert len(raster.indices) == len(raster.stroke) == 0


def test_many_points_in_parts_are_the_same_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    strokes = [
        _stroke(rng.uniform(-5, 35, (rng.integers(1, 9), 2)).tolist(), rng.uniform(0, 4)) for _ in range(50)
    ]
    whole = _painted(strokes)
    one_by_one = np.full(SHAPE, -1)
    for number, stroke in enumerate(strokes):
        one_by_one[_painted([stroke]) == 0] = number
    np.testing.assert_array_equal(whole, one_by_one)
    monkeypatch.setattr(strokes_module, "_ROWS_AT_A_TIME", 40)
    monkeypatch.setattr(spans_module, "_ROWS_AT_A_TIME", 40)
    strokes = [replace(stroke) for stroke in strokes]  # that remember nothing
    np.testing.assert_array_equal(_painted(strokes), whole)
