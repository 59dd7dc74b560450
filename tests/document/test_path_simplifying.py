from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.path_simplifying import simplified


def distance(point: tuple[float, float], path: tuple[tuple[float, float], ...]) -> float:
    """From a point to the nearest part of a path."""
    if len(path) == 1:
        return math.dist(point, path[0])
    starts, ends = np.array(path[:-1]), np.array(path[1:])
    along = ends - starts
    lengths = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((np.array(point) - starts) * along).sum(axis=1) / lengths, 0, 1)
    return float(np.hypot(*(starts + along * share[:, None] - point).T).min())


def test_points_on_a_line_go() -> None:
    points, _ = simplified([(0.0, float(col)) for col in range(100)])
    assert points == ((0.0, 0.0), (0.0, 99.0))


def test_corners_stay() -> None:
    assert simplified([(0, 0), (0, 50), (50, 50)])[0] == ((0, 0), (0, 50), (50, 50))


@pytest.mark.parametrize("points", [[(3.0, 4.0)], [(3.0, 4.0)] * 5])
def test_a_pen_that_rests_leaves_one_point(points: list[tuple[float, float]]) -> None:
    assert simplified(points, [2.0] * len(points)) == (((3.0, 4.0),), (2.0,))


def test_a_change_of_the_radius_on_a_straight_way_stays() -> None:
    points = [(0.0, float(col)) for col in range(21)]
    radii = [1.0] * 10 + [5.0] * 11
    kept, of_kept = simplified(points, radii)
    assert len(kept) == len(of_kept) < len(points)
    assert np.interp(range(21), [col for _, col in kept], of_kept) == pytest.approx(radii, abs=0.5)


coordinates = st.floats(-50, 50).map(lambda value: round(value, 1))


@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=60))
def test_the_way_stays_within_the_tolerance(points: list[tuple[float, float]]) -> None:
    kept, _ = simplified(points)
    assert kept[0] == points[0]
    assert kept[-1] == points[-1]
    assert set(kept) <= set(points)
    assert all(distance(point, kept) <= 0.25 + 1e-6 for point in points)
