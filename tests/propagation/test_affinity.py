"""How much neighbours belong together: against numbers worked out by hand, and what holds for any picture."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from colorstudio.propagation.affinity import (
    NEIGHBOURS,
    levin_affinities,
    published_weights,
    symmetric_couplings,
)

PICTURES = arrays(
    np.float64, array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.integers(0, 65535)
).map(lambda codes: codes / 65535)


def _between(planes: np.ndarray, pixel: tuple[int, int], neighbour: tuple[int, int]) -> float:
    step = neighbour[0] - pixel[0], neighbour[1] - pixel[1]
    return planes[NEIGHBOURS.index(step)][pixel]


def test_by_hand() -> None:
    # The corner sees 0.1, 0.2, 0.1, 0.4: variance 0.015 with itself, sigma 0.009.
    g = levin_affinities(np.array([[0.1, 0.2], [0.1, 0.4]]))
    assert _between(g, (0, 0), (0, 1)) == pytest.approx(math.exp(-0.01 / 0.009))
    assert _between(g, (0, 0), (1, 0)) == pytest.approx(1)
    assert _between(g, (0, 0), (1, 1)) == pytest.approx(math.exp(-0.09 / 0.009))
    w = published_weights(g)
    assert _between(w, (0, 0), (1, 0)) == pytest.approx(1 / (1 + math.exp(-10 / 9) + math.exp(-10)))
    c = symmetric_couplings(g)
    there, back = math.exp(-0.01 / 0.009), math.exp(-0.01 / 0.009)
    assert _between(c, (0, 0), (0, 1)) == pytest.approx((there + back) / 2)
    assert _between(c, (0, 0), (1, 1)) == pytest.approx((math.exp(-10) + _between(g, (1, 1), (0, 0))) / 2)


def test_the_nearest_neighbour_has_one_in_a_hundred_at_least() -> None:
    # All neighbours of the middle are 0.3 away: 0.6 times the variance would leave exp(-17).
    picture = np.full((3, 3), 0.2)
    picture[1, 1] = 0.5
    g = levin_affinities(picture)
    np.testing.assert_allclose(g[:, 1, 1], 0.01)


def test_sigma_has_a_floor() -> None:
    assert levin_affinities(np.full((2, 2), 0.7))[4, 0, 0] == 1
    # Steps of 1e-4 say nothing, and 1e-2 much: the floor of 2e-6 lies in between.
    assert levin_affinities(np.array([[0.5, 0.5001]]))[4, 0, 0] == pytest.approx(math.exp(-1e-8 / 2e-6))
    assert levin_affinities(np.array([[0.5, 0.51, 0.5]]))[4, 0, 0] == pytest.approx(0.01)


@given(PICTURES)
def test_what_holds_for_any_picture(picture: np.ndarray) -> None:
    g = levin_affinities(picture)
    height, width = picture.shape
    w, c = published_weights(g), symmetric_couplings(g)
    for k, (dy, dx) in enumerate(NEIGHBOURS):
        inside = np.zeros(picture.shape, np.bool_)
        inside[max(0, -dy) : height - max(0, dy), max(0, -dx) : width - max(0, dx)] = True
        for planes in (g, w, c):
            assert (planes[k][inside] > 0).all()
            assert (planes[k][~inside] == 0).all()
        back = np.roll(c[7 - k], (-dy, -dx), axis=(0, 1))
        np.testing.assert_array_equal(c[k][inside], back[inside])
    assert g.max(initial=0) <= 1
    assert g[g > 0].min(initial=1) > math.exp(-30)
    np.testing.assert_allclose(w.sum(axis=0), 0 if picture.size == 1 else 1)


@given(PICTURES)
def test_turning_the_picture_turns_the_affinities(picture: np.ndarray) -> None:
    g = levin_affinities(picture)
    turned = [NEIGHBOURS.index((dx, dy)) for dy, dx in NEIGHBOURS]
    np.testing.assert_allclose(levin_affinities(picture.T)[turned], np.swapaxes(g, 1, 2), rtol=1e-9)
    mirrored = [NEIGHBOURS.index((dy, -dx)) for dy, dx in NEIGHBOURS]
    np.testing.assert_allclose(levin_affinities(picture[:, ::-1])[mirrored], g[:, :, ::-1], rtol=1e-9)
    np.testing.assert_allclose(levin_affinities(1 - picture), g, rtol=1e-6)
