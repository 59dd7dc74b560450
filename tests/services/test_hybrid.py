"""The sum of both sources of colour, and the reach of strokes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from colorstudio.errors import UsageError
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import Propagator
from colorstudio.services.hybrid import hybrid_chroma, residual, screening_of_reach


@pytest.mark.parametrize("reach", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("shape", [(15, 400), (400, 15), (200, 400)])
def test_influence_has_fallen_to_1_over_e_at_the_reach(reach: float, shape: tuple[int, int]) -> None:
    """In a flat picture, from an edge of the picture painted along its whole side."""
    mask = np.zeros(shape, np.bool_)
    along_rows = shape[0] > shape[1]
    mask[(0, slice(None)) if along_rows else (slice(None), 0)] = True
    painted = Constraints.of_mask(mask, np.ones((*shape, 2)))
    flat = Propagator(np.full(shape, 0.5), weights="symmetric", solver="exact")
    spread = flat.solve(painted, screening=screening_of_reach(reach, shape)).chroma[..., 0]
    line = spread[:, 7] if along_rows else spread[7]
    distance = round(reach * max(shape))
    assert line[distance] == pytest.approx(math.exp(-1), rel=0.01)
    assert line[2 * distance] == pytest.approx(math.exp(-2), rel=0.02)


def test_an_infinite_reach_does_not_fade() -> None:
    assert screening_of_reach(math.inf, (10, 20)) == 0


@pytest.mark.parametrize("reach", [0.0, -1.0, math.nan])
def test_a_reach_out_of_range_is_refused(reach: float) -> None:
    with pytest.raises(UsageError, match=r"reach .* out of range"):
        screening_of_reach(reach, (10, 20))


SHAPE = (12, 16)


@pytest.fixture
def propagator() -> Propagator:
    return Propagator(np.random.default_rng(0).uniform(0, 1, SHAPE), solver="exact")


@pytest.fixture
def painted() -> Constraints:
    mask = np.zeros(SHAPE, np.bool_)
    mask[3, 2:9] = mask[9, 12] = True
    return Constraints.of_mask(mask, np.random.default_rng(1).normal(0, 30, (*SHAPE, 2)))


@pytest.fixture
def network() -> np.ndarray:
    return np.random.default_rng(2).normal(0, 30, (*SHAPE, 2)).astype(np.float32)


def test_painted_pixels_are_as_painted_and_the_rest_is_the_network_plus_the_spread_residual(
    propagator: Propagator, painted: Constraints, network: np.ndarray
) -> None:
    chroma, propagation = hybrid_chroma(network, propagator, painted, 0.01)
    assert (chroma.shape, chroma.dtype) == ((*SHAPE, 2), np.float32)
    mask = painted.mask()
    np.testing.assert_allclose(chroma[mask], painted.values, atol=1e-5)
    missing = Constraints(SHAPE, painted.indices, painted.values - network[mask])
    np.testing.assert_array_equal(residual(painted, network[mask]).values, missing.values)
    expected = propagator.solve(missing, screening=0.01).chroma
    np.testing.assert_array_equal(propagation.chroma, expected)
    np.testing.assert_allclose(chroma, network + expected, atol=1e-5)


def test_without_a_network_and_without_fading_it_is_plain_propagation(
    propagator: Propagator, painted: Constraints
) -> None:
    chroma, _ = hybrid_chroma(np.zeros((*SHAPE, 2), np.float32), propagator, painted, 0.0)
    np.testing.assert_array_equal(chroma, propagator.solve(painted).chroma)


def test_strokes_of_the_networks_own_colour_change_nothing(
    propagator: Propagator, painted: Constraints, network: np.ndarray
) -> None:
    same = Constraints(SHAPE, painted.indices, network[painted.mask()])
    chroma, _ = hybrid_chroma(network, propagator, same, 0.0)
    np.testing.assert_array_equal(chroma, network)
