"""The direct solve of each model against a dense one that is written down independently."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from colorstudio.propagation.affinity import levin_affinities, published_weights, symmetric_couplings
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.exact import solve_exactly
from colorstudio.propagation.propagator import Propagator, Weights

Dense = Callable[..., NDArray[np.float64]]
Pictures = dict[str, NDArray[np.floating]]


def _exact(
    luminance: np.ndarray, constraints: Constraints, weights: Weights, screening: float = 0.0
) -> np.ndarray:
    return (
        Propagator(luminance, weights=weights, solver="exact").solve(constraints, screening=screening).chroma
    )


@pytest.mark.parametrize("name", ["photo", "shapes", "noise", "constant", "16 bits, dark", "checkerboard"])
@pytest.mark.parametrize("screening", [0.0, 0.02], ids=["lambda 0", "lambda 0.02"])
def test_as_the_dense_solve(
    pictures: Pictures, weights: Weights, dense_solution: Dense, name: str, screening: float
) -> None:
    luminance = pictures[name][30:50, 40:64]
    rng = np.random.default_rng(1)
    mask = rng.random(luminance.shape) < 0.03
    chroma = rng.uniform(-80, 80, (*luminance.shape, 2)).astype(np.float32)
    expected = dense_solution(luminance, mask, chroma, weights, screening)
    found = _exact(luminance, Constraints.of_mask(mask, chroma), weights, screening)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_screening_may_differ_from_pixel_to_pixel(
    pictures: Pictures, weights: Weights, dense_solution: Dense
) -> None:
    luminance = pictures["photo"][30:50, 40:64]
    screening = np.linspace(0, 0.5, luminance.size).reshape(luminance.shape)
    mask = np.zeros(luminance.shape, np.bool_)
    mask[::7, 5] = True
    chroma = np.full((*luminance.shape, 1), 50, np.float32)
    expected = dense_solution(luminance, mask, chroma, weights, screening)
    model = published_weights if weights == "levin" else symmetric_couplings
    found = solve_exactly(model(levin_affinities(luminance)), Constraints.of_mask(mask, chroma), screening)
    np.testing.assert_allclose(found, expected, atol=1e-4)


@given(
    arrays(
        np.uint8,
        array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6),
        elements=st.integers(0, 255),
    ),
    st.data(),
)
def test_any_small_picture_as_the_dense_solve(
    dense_solution: Dense, codes: np.ndarray, data: st.DataObject
) -> None:
    assume(codes.size > 1)
    luminance = codes / 255
    mask = data.draw(arrays(np.bool_, codes.shape))
    assume(mask.any())
    chroma = np.cos(np.arange(codes.size)).reshape(*codes.shape, 1).astype(np.float32)
    constraints = Constraints.of_mask(mask, chroma)
    models: tuple[Weights, ...] = ("levin", "symmetric")
    for weights in models:
        expected = dense_solution(luminance, mask, chroma, weights)
        np.testing.assert_allclose(_exact(luminance, constraints, weights), expected, atol=1e-3)


def test_models_differ(pictures: Pictures, scribble: Callable[..., Constraints]) -> None:
    """So that neither passes for the other in any test."""
    luminance = pictures["photo"]
    constraints = scribble(luminance.shape)
    difference = _exact(luminance, constraints, "levin") - _exact(luminance, constraints, "symmetric")
    assert np.sqrt(np.mean(difference**2)) > 2
