"""Where a walk by the published weights is found in the long run."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from numpy.typing import NDArray

from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation import stencil
from colorstudio.propagation.affinity import NEIGHBOURS, levin_affinities, published_weights
from colorstudio.propagation.fast import _preconditioner
from colorstudio.propagation.stationary import levin_weights, stationary_distribution

Pictures = dict[str, NDArray[np.floating]]

BALANCED = 3e-6  # of the flow through a pixel, on the average


def _found(luminance: np.ndarray, token: ProgressToken | None = None) -> tuple[np.ndarray, bool]:
    single = np.ascontiguousarray(luminance, np.float32)
    w = levin_weights(single, stencil.inverse_sigmas(single))
    pi, found = stationary_distribution(w, _preconditioner, token or ProgressToken())
    assert pi.shape == (luminance.shape[0] + 2, luminance.shape[1] + 2)
    assert pi.sum() == pytest.approx(luminance.size)
    assert pi[1:-1, 1:-1].sum() == pytest.approx(luminance.size)
    assert (pi[1:-1, 1:-1] > 0).all()
    return pi[1:-1, 1:-1], found


def _walk(luminance: np.ndarray) -> sp.csr_array:
    """W in double precision."""
    height, width = luminance.shape
    w = published_weights(levin_affinities(luminance.astype(np.float32)))
    rows, cols, values = [], [], []
    for k, (down, right) in enumerate(NEIGHBOURS):
        at = np.nonzero(w[k])
        rows.append(at[0] * width + at[1])
        cols.append((at[0] + down) * width + at[1] + right)
        values.append(w[k][at])
    coordinates = np.concatenate(rows), np.concatenate(cols)
    return sp.csr_array((np.concatenate(values), coordinates), shape=(height * width,) * 2)


@pytest.mark.parametrize("name", ["photo", "shapes", "noise", "constant", "16 bits, dark", "black and white"])
def test_as_the_dense_eigenvector(pictures: Pictures, name: str) -> None:
    luminance = pictures[name][30:46, 40:60]
    pi, found = _found(luminance)
    assert found
    values, vectors = np.linalg.eig(_walk(luminance).toarray().T)
    expected = np.abs(np.real(vectors[:, np.argmin(np.abs(values - 1))]))
    expected *= luminance.size / expected.sum()
    np.testing.assert_allclose(pi.ravel(), expected, rtol=2e-3)


@pytest.mark.parametrize("name", ["photo", "shapes", "noise", "16 bits, dark", "long", "checkerboard"])
def test_what_comes_to_a_pixel_leaves_it(pictures: Pictures, name: str) -> None:
    luminance = pictures[name]
    pi, found = _found(luminance)
    assert found
    flat = pi.ravel()
    # Besides, the weights themselves are rounded to single precision.
    assert np.mean(np.abs(flat @ _walk(luminance) - flat) / flat) < BALANCED + 1e-6


def test_of_a_constant_picture_by_hand() -> None:
    """Each pixel as likely as it has neighbours."""
    pi, found = _found(np.full((20, 30), 0.6))
    assert found
    neighbours = np.full((20, 30), 8.0)
    neighbours[[0, -1]] = neighbours[:, [0, -1]] = 5
    neighbours[[0, 0, -1, -1], [0, -1, 0, -1]] = 3
    np.testing.assert_allclose(pi, neighbours / neighbours.mean(), rtol=1e-3)


def test_can_be_cancelled() -> None:
    token = ProgressToken(lambda fraction, stage: token.cancel())
    with pytest.raises(Cancelled):
        _found(np.random.default_rng(0).random((30, 30)), token)
