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
from colorstudio.document.strokes import MAX_RADIUS_PX, Cut, Stroke, rasterise
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
        ({"radii_px": (1.0, 2.0)}, "2 radii for 1 points"),
        ({"radii_px": (-0.1,)}, "radius -0.1"),
        ({"radii_px": (float("nan"),)}, "radius nan"),
        ({"runs": ((1, 2, 3),)}, "a path or an area"),
        ({"points": (), "runs": ((1, 2, 3),)}, "a path or an area"),
        ({"points": (), "radius_px": 0.0, "runs": ((1, 3, 3),)}, r"run \(1, 3, 3\)"),
        ({"points": (), "radius_px": 0.0, "runs": ((1, 3),)}, r"run \(1, 3\)"),
        ({"points": (), "radius_px": 0.0, "runs": ((10**7, 2, 3),)}, "run"),
        ({"points": (), "radius_px": 0.0, "runs": ((0, -(10**6), 10**6),) * 200}, "too large"),
    ],
)
def test_values_out_of_range_are_refused(changes: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {"points": ((1.0, 2.0),), "radius_px": 3.0, "kind": "colour", "rgb": RED}
    Stroke(**good)
    with pytest.raises(UsageError, match=message):
        Stroke(**{**good, **changes})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (((), 1.0), "no points"),
        ((((1.0, float("nan")),), 1.0), "out of range"),
        ((((1.0, 2.0),), -1.0), "radius -1"),
        ((((1.0, 2.0),), float("nan")), "radius nan"),
    ],
)
def test_values_of_a_cut_out_of_range_are_refused(values: Any, message: str) -> None:
    Cut(((1.0, 2.0),), 1.0)
    with pytest.raises(UsageError, match=message):
        Cut(*values)


def test_equal_strokes_are_equal_whatever_was_asked_of_them() -> None:
    one, other = (Stroke(((1.0, 2.0),), 3.0, "keep", cuts=(Cut(((1.0, 2.0),), 1.0),)) for _ in range(2))
    rasterise([one], SHAPE)
    assert one == other
    assert hash(one) == hash(other)
    assert one != replace(other, radius_px=4.0)


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


def _depth(points: Any, radii: Any, shape: tuple[int, int]) -> np.ndarray:
    """How far inside of the path's outline the centre of each pixel lies; negative outside.

    The outline is that of all circles on the way, of which the deepest is searched for in ever smaller parts.
    """
    pixels = np.moveaxis(np.indices(shape), 0, -1).astype(float)
    points, radii = np.array(points, float), np.maximum(np.array(radii, float), 0.5)
    depth = np.full(shape, -np.inf)
    single = len(points) == 1
    for k in range(max(1, len(points) - 1)):
        ends = (points[k], points[k if single else k + 1])
        sizes = (radii[k], radii[k if single else k + 1])

        def at(share: np.ndarray, ends: Any = ends, sizes: Any = sizes) -> np.ndarray:
            centre = ends[0] + share[..., None] * (ends[1] - ends[0])
            return sizes[0] + share * (sizes[1] - sizes[0]) - np.linalg.norm(pixels - centre, axis=-1)

        low, high = np.zeros(shape), np.ones(shape)
        for _ in range(60):  # concave along the way
            third = (high - low) / 3
            left = at(low + third) < at(high - third)
            low, high = np.where(left, low + third, low), np.where(left, high, high - third)
        depth = np.maximum(depth, np.maximum(at(low), np.maximum(at(np.zeros(shape)), at(np.ones(shape)))))
    return depth


def _own_pixels(points: Any, shape: tuple[int, int]) -> np.ndarray:
    own = np.zeros(shape, bool)
    for point in points:
        row, col = (int(np.floor(value + 0.5)) for value in point)
        if 0 <= row < shape[0] and 0 <= col < shape[1]:
            own[row, col] = True
    return own


SMALL_RADIUS = st.floats(0, 9)
PATHS = st.lists(st.tuples(PLACE, SMALL_RADIUS), min_size=1, max_size=4)


@given(PATHS)
def test_a_brush_that_grows_paints_the_outline_of_its_circles(path: Any) -> None:
    points, radii = zip(*path, strict=True)
    painted = _painted([replace(_stroke(points), radii_px=radii)]) == 0
    depth, own = _depth(points, radii, SHAPE), _own_pixels(points, SHAPE)
    assert painted[(depth >= 1e-6) | own].all()
    assert not painted[(depth < -1e-6) & ~own].any()


@given(PATHS, st.lists(st.tuples(st.lists(PLACE, min_size=1, max_size=3), SMALL_RADIUS), max_size=3))
def test_a_cut_takes_its_pixels_out_of_its_own_stroke_alone(path: Any, cuts: Any) -> None:
    points, radii = zip(*path, strict=True)
    below, above = _stroke([(12, -5), (12, 40)], 4), replace(_stroke(points), radii_px=radii)
    cut = replace(above, cuts=tuple(Cut(tuple(places), radius) for places, radius in cuts))
    gone = np.zeros(SHAPE, bool)
    for places, radius in cuts:
        gone |= _painted([_stroke(places, radius)]) == 0
    expected = np.maximum(_painted([below]), np.where((_painted([above]) == 0) & ~gone, 1, -1))
    np.testing.assert_array_equal(_painted([below, cut]), expected)


RUNS = st.lists(
    st.tuples(st.integers(-3, 26), st.integers(-5, 33), st.integers(1, 12)), min_size=1, max_size=9
).map(lambda runs: tuple((row, first, first + length) for row, first, length in runs))


@given(RUNS, PLACE, SMALL_RADIUS)
def test_an_area_is_its_runs(runs: Any, place: tuple[float, float], radius: float) -> None:
    expected = np.zeros((40, 60), bool)  # 8 rows and 10 columns more at each side
    for row, first, last in runs:
        expected[row + 8, first + 10 : last + 10] = True
    expected = expected[8 : 8 + SHAPE[0], 10 : 10 + SHAPE[1]]
    area = Stroke((), 0.0, "neutral", runs=runs)
    np.testing.assert_array_equal(_painted([area]) == 0, expected)
    cut = _painted([replace(area, cuts=(Cut((place,), radius),))]) == 0
    np.testing.assert_array_equal(cut, expected & (_painted([_stroke([place], radius)]) != 0))


def test_strokes_remember_their_pixels_in_one_picture_only() -> None:
    stroke = _stroke([(5, 5), (15, 25)], 3)
    first = _painted([stroke])
    np.testing.assert_array_equal(_painted([stroke]), first)
    assert list(stroke.known_runs) == [SHAPE]
    larger = _painted([stroke, stroke], (40, 50))
    np.testing.assert_array_equal(larger[:23, :31] == 1, first == 0)
    assert list(stroke.known_runs) == [(40, 50)]


def test_what_is_remembered_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strokes_module, "_KEPT_RUNS", 20)
    strokes = [_stroke([(11, 4 * k)], 5) for k in range(5)]
    whole = _painted(strokes)
    assert [len(stroke.known_runs) for stroke in strokes] == [1, 0, 0, 0, 0]
    np.testing.assert_array_equal(_painted(strokes), whole)


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
    strokes[7] = replace(strokes[7], cuts=(Cut(((10.0, 10.0), (20.0, 30.0)), 4.0),))
    strokes[9] = Stroke((), 0.0, "keep", runs=((3, 4, 20), (4, 4, 9)))
    whole = _painted(strokes)
    one_by_one = np.full(SHAPE, -1)
    for number, stroke in enumerate(strokes):
        one_by_one[_painted([stroke]) == 0] = number
    np.testing.assert_array_equal(whole, one_by_one)
    monkeypatch.setattr(strokes_module, "_ROWS_AT_A_TIME", 40)
    monkeypatch.setattr(spans_module, "_ROWS_AT_A_TIME", 40)
    strokes = [replace(stroke) for stroke in strokes]  # that remember nothing
    np.testing.assert_array_equal(_painted(strokes), whole)
