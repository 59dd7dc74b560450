"""Finding, moving, cutting and carrying strokes: always what `rasterise` paints."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.affine import IDENTITY, Affine, applied, composed, inverted, scale, shift
from colorstudio.document.stroke_geometry import bounds, erase, hits, moved, touches_rectangle, transformed
from colorstudio.document.strokes import FARTHEST_PX, Cut, Stroke, rasterise

SHAPE = (24, 32)
TURNED_SHAPE = (32, 24)
QUARTER: Affine = ((0.0, 1.0, 0.0), (-1.0, 0.0, SHAPE[0] - 1.0))  # clockwise

PLACE = st.tuples(st.floats(-4, 28), st.floats(-4, 36))
RADIUS = st.floats(0, 6)
CUT = st.builds(Cut, st.lists(PLACE, min_size=1, max_size=3).map(tuple), RADIUS)
CUTS = st.lists(CUT, max_size=2).map(tuple)
RUN = st.tuples(st.integers(0, 23), st.integers(0, 25), st.integers(1, 6))
RUNS = st.lists(RUN.map(lambda run: (run[0], run[1], run[1] + run[2])), min_size=1, max_size=6).map(tuple)


@st.composite
def _brushed(draw: st.DrawFn) -> Stroke:
    points = tuple(draw(st.lists(PLACE, min_size=1, max_size=4)))
    radii = draw(st.one_of(st.just(()), st.tuples(*[RADIUS] * len(points))))
    return Stroke(points, draw(RADIUS), "neutral", radii_px=radii, cuts=draw(CUTS))


AREAS = st.builds(lambda runs, cuts: Stroke((), 0.0, "keep", runs=runs, cuts=cuts), RUNS, CUTS)
STROKES = st.one_of(_brushed(), AREAS)


def _mask(stroke: Stroke, shape: tuple[int, int] = SHAPE) -> np.ndarray:
    mask = np.zeros(shape, bool)
    mask.reshape(-1)[rasterise([stroke], shape).indices] = True
    return mask


def _dab(row: float, col: float, radius: float = 3.0, **more: Any) -> Stroke:
    return Stroke(((row, col),), radius, "neutral", **more)


# -- found --------------------------------------------------------------------------------------


@given(STROKES)
def test_all_pixels_lie_within_the_bounds(stroke: Stroke) -> None:
    top, left, bottom, right = bounds(stroke)
    rows, cols = np.nonzero(_mask(stroke))
    assert ((rows >= top - 1e-6) & (rows <= bottom + 1e-6)).all()
    assert ((cols >= left - 1e-6) & (cols <= right + 1e-6)).all()


def test_bounds_are_those_of_the_outline() -> None:
    assert bounds(_dab(5, 6)) == (2, 3, 8, 9)
    assert bounds(replace(_dab(5, 6), radius_px=0.0)) == (4.5, 5.5, 5.5, 6.5)
    path = Stroke(((5, 6), (10, 20)), 9.0, "neutral", radii_px=(1, 4))
    assert bounds(path) == (4, 5, 14, 24)
    assert bounds(Stroke((), 0.0, "keep", runs=((3, 4, 9), (5, 2, 3)))) == (2.5, 1.5, 5.5, 8.5)


@given(STROKES, st.tuples(st.floats(4, 20), st.floats(4, 28)), st.floats(0, 4))
def test_a_hit_is_a_painted_pixel_near_enough(
    stroke: Stroke, place: tuple[float, float], slack: float
) -> None:
    painted = np.argwhere(_mask(stroke))
    near = np.linalg.norm(painted - np.array(place), axis=1) <= slack
    own = (painted == np.floor(np.array(place) + 0.5)).all(axis=1)
    assert hits(stroke, *place, slack) == bool((near | own).any())


@given(STROKES, PLACE, PLACE)
def test_a_rectangle_touches_the_pixels_that_it_has_a_part_of(
    stroke: Stroke, first: tuple[float, float], second: tuple[float, float]
) -> None:
    pad = 16  # strokes also touch it where the picture has ended
    around = _mask(moved(stroke, pad, pad), (SHAPE[0] + 2 * pad, SHAPE[1] + 2 * pad))
    (top, bottom), (left, right) = (sorted(pair) for pair in zip(first, second, strict=True))
    rows = slice(math.floor(top + 0.5) + pad, math.floor(bottom + 0.5) + 1 + pad)
    cols = slice(math.floor(left + 0.5) + pad, math.floor(right + 0.5) + 1 + pad)
    if all(abs(value * 2 - round(value * 2)) > 1e-6 for value in (*first, *second)):
        assert touches_rectangle(stroke, *first, *second) == bool(around[rows, cols].any())


def test_what_was_erased_is_not_hit() -> None:
    stroke = _dab(10, 10, 6, cuts=(Cut(((10, 10),), 3),))
    assert not hits(stroke, 10, 10)
    assert hits(stroke, 10, 10, 4)
    assert hits(stroke, 10, 15)
    assert not touches_rectangle(stroke, 9, 9, 11, 11)
    assert touches_rectangle(stroke, 9, 9, 11, 14)


def test_a_rectangle_without_end_costs_no_more() -> None:
    assert touches_rectangle(_dab(10, 10), -1e9, -1e9, 1e9, 1e9)
    assert not touches_rectangle(_dab(10, 10), -1e9, 14, 1e9, 1e9)


# -- moved --------------------------------------------------------------------------------------


@given(STROKES, st.integers(-5, 5), st.integers(-5, 5))
def test_moving_moves_the_pixels(stroke: Stroke, rows: int, cols: int) -> None:
    shape = (SHAPE[0] + 32, SHAPE[1] + 32)
    before = _mask(moved(stroke, 16, 16), shape)
    after = _mask(moved(stroke, 16 + rows, 16 + cols), shape)
    differs = np.roll(before, (rows, cols), axis=(0, 1)) != after
    # What lies just at the edge of a circle may round to the other side.
    assert differs.sum() <= 2


def test_moving_keeps_all_else_and_an_area_in_whole_pixels() -> None:
    cuts = (Cut(((1.0, 2.0),), 3.0),)
    stroke = Stroke(((1, 2), (3, 4)), 5.0, "colour", (1, 2, 3), (1.0, 2.0), cuts)
    expected = Stroke(((1.5, 1), (3.5, 3)), 5.0, "colour", (1, 2, 3), (1.0, 2.0), (Cut(((1.5, 1.0),), 3.0),))
    assert moved(stroke, 0.5, -1) == expected
    area = Stroke((), 0.0, "keep", runs=((1, 2, 3),), cuts=cuts)
    expected = Stroke((), 0.0, "keep", runs=((2, 0, 1),), cuts=(Cut(((2.0, 0.0),), 3.0),))
    assert moved(area, 0.6, -2.4) == expected


@pytest.mark.parametrize("stroke", [_dab(10, 10), Stroke((), 0.0, "keep", runs=((1, 2, 9),))])
def test_moving_ends_where_places_end(stroke: Stroke) -> None:
    far = moved(stroke, 1e9, -1e9)
    assert bounds(far)[2] <= FARTHEST_PX + 3
    assert bounds(far)[1] >= -FARTHEST_PX - 3
    assert moved(far, 1e9, -1e9) == far


def test_a_cut_that_ends_the_way_of_an_area_stays_where_it_was_on_it() -> None:
    area = Stroke((), 0.0, "keep", runs=((1, 2, 9),), cuts=(Cut(((20.25, 4.0),), 3.0),))
    far = moved(area, 1e9, 0)
    assert far.cuts[0].points[0][0] - far.runs[0][0] == 19.25


# -- erased -------------------------------------------------------------------------------------


@given(st.lists(STROKES, max_size=4), CUT)
def test_the_eraser_takes_its_pixels_from_all_strokes(strokes: list[Stroke], cut: Cut) -> None:
    gone = _mask(Stroke(cut.points, cut.radius_px, "neutral"))
    left = erase(strokes, cut, SHAPE)
    expected: list[tuple[Stroke, np.ndarray]] = []
    for stroke in strokes:
        mask = _mask(stroke)
        if not (mask & gone).any():
            expected.append((stroke, mask))
        elif (mask & ~gone).any():
            expected.append((replace(stroke, cuts=(*stroke.cuts, cut)), mask & ~gone))
    assert left == tuple(stroke for stroke, _ in expected)
    for stroke, (_, mask) in zip(left, expected, strict=True):
        np.testing.assert_array_equal(_mask(stroke), mask)
    untouched = [stroke for stroke in left if any(stroke is old for old in strokes)]
    assert len(untouched) == sum(not (_mask(stroke) & gone).any() for stroke in strokes)


def test_strokes_outside_of_the_picture_stay() -> None:
    outside = _dab(-20, 10)
    assert erase([outside, _dab(5, 5)], Cut(((-20, 10), (5, 5)), 4), SHAPE) == (outside,)


# -- carried along ------------------------------------------------------------------------------


@given(STROKES)
def test_a_quarter_turn_turns_the_pixels(stroke: Stroke) -> None:
    turned = _mask(transformed(stroke, QUARTER), TURNED_SHAPE)
    assert (turned != np.rot90(_mask(stroke), -1)).sum() <= 2  # those just at an edge
    if stroke.runs and not stroke.cuts:
        np.testing.assert_array_equal(turned, np.rot90(_mask(stroke), -1))


@given(RUNS, st.floats(-math.pi, math.pi))
def test_an_area_turned_by_any_angle_has_the_pixels_that_come_from_it(runs: Any, angle: float) -> None:
    area = Stroke((), 0.0, "keep", runs=runs)
    sine, cosine = math.sin(angle), math.cos(angle)
    turn: Affine = composed(((cosine, sine, 0), (-sine, cosine, 0)), shift(50, 50))
    turned = transformed(area, turn)
    places = applied(inverted(turn), np.moveaxis(np.indices((110, 110)), 0, -1).reshape(-1, 2))
    rows, cols = np.floor(places + 0.5).astype(int).T
    inside = (rows >= 0) & (rows < SHAPE[0]) & (cols >= 0) & (cols < SHAPE[1])
    expected = np.zeros(110 * 110, bool)
    expected[inside] = _mask(area)[rows[inside], cols[inside]]
    # Where a place comes from just between two pixels, either is right.
    clear = (np.abs(places - np.floor(places) - 0.5) > 1e-6).all(axis=1)
    found = _mask(turned, (110, 110)).reshape(-1)
    if expected.any():
        np.testing.assert_array_equal(found[clear], expected[clear])
    else:
        assert found.any()


def test_nothing_of_an_area_is_lost_by_making_it_smaller() -> None:
    dots = Stroke((), 0.0, "keep", runs=tuple((row, col, col + 1) for row in (1, 10, 21) for col in (2, 20)))
    small = transformed(dots, ((0.1, 0, 0), (0, 0.1, 0)))
    assert small.runs == ((0, 0, 1), (0, 2, 3), (1, 0, 1), (1, 2, 3), (2, 0, 1), (2, 2, 3))


def test_runs_of_an_area_are_joined() -> None:
    area = Stroke((), 0.0, "keep", runs=((4, 5, 9), (4, 2, 5), (5, 2, 9), (5, 3, 7)))
    assert transformed(area, IDENTITY).runs == ((4, 2, 9), (5, 2, 9))


def test_the_brush_is_scaled_with_the_picture() -> None:
    cuts = (Cut(((1.0, 2.0),), 3.0),)
    stroke = Stroke(((1, 2), (3, 4)), 5.0, "colour", (1, 2, 3), (1.0, 2.0), cuts)
    half: Affine = ((0.5, 0, 10), (0, 0.5, 0))
    assert transformed(stroke, half) == Stroke(
        ((10.5, 1), (11.5, 2)), 2.5, "colour", (1, 2, 3), (0.5, 1.0), (Cut(((10.5, 1.0),), 1.5),)
    )


# -- maps ---------------------------------------------------------------------------------------


@given(st.tuples(*[st.floats(-3, 3)] * 6), st.tuples(*[st.floats(-3, 3)] * 6))
def test_maps_are_composed_and_inverted(one: Any, other: Any) -> None:
    first, then = ((values[:3], values[3:]) for values in (one, other))
    places = np.array([(0.0, 0.0), (1.0, -2.0), (30.0, 7.0)])
    both = applied(then, applied(first, places))
    np.testing.assert_allclose(applied(composed(first, then), places), both, atol=1e-9)
    if scale(first) > 0.3:
        np.testing.assert_allclose(applied(inverted(first), applied(first, places)), places, atol=1e-6)


def test_a_quarter_turn_taken_back_is_none() -> None:
    assert composed(QUARTER, inverted(QUARTER)) == IDENTITY
    assert scale(QUARTER) == 1
