"""The sweeps over the pixels against the formulas they stand for, in double precision and without bands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from colorstudio.propagation import stencil
from colorstudio.propagation.affinity import (
    NEIGHBOURS,
    levin_affinities,
    published_weights,
    symmetric_couplings,
)
from colorstudio.propagation.aggregation import aggregate_pixels
from colorstudio.propagation.stationary import flows, levin_weights, symmetric_part

Pictures = dict[str, NDArray[np.floating]]
Links = Callable[[NDArray[np.float32]], sp.csr_array]

# One row, part of a band, one band, one row more, several bands.
SHAPES = [(1, 40), (7, 1), (7, 12), (stencil.BAND_ROWS, 9), (stencil.BAND_ROWS + 1, 9), (75, 20)]
ROUNDING = 3e-6
DAMPING = float(stencil.DAMPING)


def _assert_couplings(luminance: np.ndarray) -> None:
    single = np.ascontiguousarray(luminance, np.float32)
    found = stencil.couplings(single, stencil.inverse_sigmas(single))
    assert (found.dtype, found.shape) == (np.float32, (4, single.shape[0] + 2, single.shape[1] + 2))
    expected = np.zeros(found.shape)
    reference = symmetric_couplings(levin_affinities(single))
    for plane, step in enumerate(((0, 1), (1, -1), (1, 0), (1, 1))):
        expected[plane, 1:-1, 1:-1] = reference[NEIGHBOURS.index(step)]
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=0)
    degrees = stencil.degrees(found)
    np.testing.assert_allclose(degrees[1:-1, 1:-1], reference.sum(axis=0), rtol=1e-4)
    assert degrees.sum() == pytest.approx(degrees[1:-1, 1:-1].sum())


@pytest.mark.parametrize(
    "name", ["photo", "8 bits", "shapes", "noise", "constant", "16 bits, dark", "16 bits, ramp", "long"]
)
def test_couplings_of_pictures(pictures: Pictures, name: str) -> None:
    _assert_couplings(pictures[name])


@given(arrays(np.uint16, array_shapes(min_dims=2, max_dims=2, max_side=7)))
def test_couplings_of_any_small_picture(codes: np.ndarray) -> None:
    _assert_couplings(codes / 65535)


def test_weights_as_published(pictures: Pictures) -> None:
    for luminance in (pictures["photo"], pictures["16 bits, dark"], np.zeros((1, 1)), np.eye(3, 1)):
        single = np.ascontiguousarray(luminance, np.float32)
        found = levin_weights(single, stencil.inverse_sigmas(single))
        np.testing.assert_allclose(
            found[:, 1:-1, 1:-1], published_weights(levin_affinities(single)), rtol=1e-4
        )
        assert found.sum() == pytest.approx(found[:, 1:-1, 1:-1].sum(dtype=np.float64), rel=1e-4)


@dataclass
class Level:
    """The pixels of a random picture with random planes on it, and the same as vectors."""

    couplings: np.ndarray
    matrix: sp.csr_array
    leak: np.ndarray
    inverse: np.ndarray
    label: np.ndarray
    bands: np.ndarray
    free: np.ndarray
    rng: np.random.Generator = field(repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        return self.inverse.shape[0] - 2, self.inverse.shape[1] - 2

    def plane(self, everywhere: bool = True) -> np.ndarray:
        """``(2, H + 2, W + 2)``; 0 at constrained pixels, as directions are, unless it is everywhere."""
        out = np.zeros((2, self.shape[0] + 2, self.shape[1] + 2), np.float32)
        out[:, 1:-1, 1:-1] = self.rng.normal(size=(2, *self.shape))
        if not everywhere:
            out[:, 1:-1, 1:-1] *= self.free
        return out

    def sums(self) -> np.ndarray:
        """Where a sweep notes its sums, a row a band; with something of an earlier sweep."""
        return np.full((len(self.bands) - 1, 2, 2), 7, np.float32)

    def applied(self, vectors: np.ndarray) -> np.ndarray:
        return (self.matrix @ vectors.T).T

    @property
    def scale(self) -> np.ndarray:
        return self.inverse[1:-1, 1:-1].ravel().astype(np.float64)


def _inner(plane: np.ndarray) -> np.ndarray:
    """The planes without their border as ``(2, H W)`` float64; the border has stayed 0."""
    assert np.count_nonzero(plane) == np.count_nonzero(plane[:, 1:-1, 1:-1])
    return plane[:, 1:-1, 1:-1].reshape(2, -1).astype(np.float64)


def _close(found: np.ndarray, expected: np.ndarray) -> None:
    np.testing.assert_allclose(found, expected, rtol=0, atol=ROUNDING * max(1.0, np.abs(expected).max()))


@pytest.fixture(params=["no screening", "screened"])
def screened(request: pytest.FixtureRequest) -> bool:
    return request.param == "screened"


@pytest.fixture(params=SHAPES, ids=lambda shape: f"{shape[0]} x {shape[1]}")
def level(request: pytest.FixtureRequest, links: Links, screened: bool) -> Level:
    shape = request.param
    rng = np.random.default_rng(1)
    luminance = rng.random(shape).astype(np.float32)
    couplings = stencil.couplings(luminance, stencil.inverse_sigmas(luminance))
    degree = stencil.degrees(couplings)
    leak = np.zeros((1, shape[1] + 2), np.float32)
    if screened:
        leak = np.zeros(degree.shape, np.float32)
        leak[1:-1, 1:-1] = rng.uniform(0, 0.5, shape)
    inverse = np.divide(1, degree + leak, out=np.zeros_like(degree), where=degree + leak > 0)
    label, _, bands = aggregate_pixels(couplings, inverse)
    free = rng.random(shape) > 0.2
    label[1:-1, 1:-1] *= np.where(free, 1, -1)
    inverse[1:-1, 1:-1] *= free
    edges = links(couplings)
    loss = leak[1:-1, 1:-1].ravel() if screened else np.zeros(luminance.size)
    matrix = sp.diags_array(edges.sum(axis=1) + loss) - edges
    return Level(couplings, matrix.tocsr(), leak, inverse, label, bands, free, rng)


def test_residual(level: Level) -> None:
    x, r = level.plane(), level.plane()
    stencil.residual(level.couplings, level.leak, x, r)
    _close(_inner(r), -level.applied(_inner(x)))


def test_a_constant_has_no_residual_at_all(level: Level) -> None:
    x, r = np.zeros_like(level.plane()), level.plane()
    x[:, 1:-1, 1:-1] = 77.7
    stencil.residual(level.couplings, np.zeros((1, x.shape[2]), np.float32), x, r)
    assert not r[:, 1:-1, 1:-1].any()


def test_direct(level: Level) -> None:
    z, p, r = level.plane(False), level.plane(False), level.plane()
    p_next, q = np.zeros_like(p), np.zeros_like(p)
    beta = np.array([0.7, -1.3], np.float32)
    before, dots = p.copy(), level.sums()
    stencil.direct(level.couplings, level.leak, beta, z, p, p_next, q, r, dots)
    np.testing.assert_array_equal(p, before)
    expected = _inner(z) + beta[:, None] * _inner(p)
    image = level.applied(expected)
    _close(_inner(p_next), expected)
    _close(_inner(q), image)
    found = dots.sum(axis=0, dtype=np.float64)
    np.testing.assert_allclose(found[:, 0], (expected * image).sum(axis=1), rtol=1e-5)
    np.testing.assert_allclose(found[:, 1], (expected * _inner(r)).sum(axis=1), rtol=1e-5, atol=1e-4)


def test_step_and_restrict(level: Level) -> None:
    x, p, q, r = level.plane(), level.plane(False), level.plane(), level.plane()
    r_next, before = np.zeros_like(r), [plane.copy() for plane in (x, p, q, r)]
    alpha = np.array([0.4, -2.5], np.float32)
    nodes = level.bands[-1]
    b, steps = np.full((nodes, 2), 5, np.float32), level.sums()
    stencil.step_and_restrict(
        level.couplings, level.leak, level.inverse, level.label, level.bands, alpha,
        x, p, q, r, r_next, b, steps,
    )  # fmt: skip
    for plane, old in zip((p, q, r), before[1:], strict=True):
        np.testing.assert_array_equal(plane, old)
    step = alpha[:, None] * _inner(p)
    _close(_inner(x), _inner(before[0]) + step)
    left = _inner(r) - alpha[:, None] * _inner(q)
    _close(_inner(r_next), left)
    smoothed_left = left - level.applied(DAMPING * level.scale * left)
    node = np.maximum(level.label[1:-1, 1:-1].ravel(), 0)
    for channel in range(2):
        expected = np.bincount(node, smoothed_left[channel], minlength=nodes)
        _close(b[1:, channel], expected[1:])
    np.testing.assert_allclose(steps[:, :, 0].max(axis=0), np.abs(step).max(axis=1), rtol=1e-6)
    np.testing.assert_allclose(steps[:, :, 1].sum(axis=0, dtype=np.float64), (step**2).sum(axis=1), rtol=1e-5)


def test_prolong_and_smooth(level: Level) -> None:
    r, q, z = level.plane(), level.plane(), level.plane(False)
    z[:] = 0
    coarse = level.rng.normal(size=(level.bands[-1], 2)).astype(np.float32)
    coarse[0] = 0
    dots = level.sums()
    stencil.prolong_and_smooth(level.couplings, level.leak, level.inverse, level.label, coarse, r, q, z, dots)
    node = np.maximum(level.label[1:-1, 1:-1].ravel(), 0)
    guess = coarse.T.astype(np.float64)[:, node] + DAMPING * level.scale * _inner(r)
    expected = guess + DAMPING * level.scale * (_inner(r) - level.applied(guess))
    _close(_inner(z), expected)
    assert not _inner(z)[:, ~level.free.ravel()].any()
    found = dots.sum(axis=0, dtype=np.float64)
    np.testing.assert_allclose(found[:, 0], (expected * _inner(r)).sum(axis=1), rtol=1e-5, atol=1e-4)
    np.testing.assert_allclose(found[:, 1], (expected * _inner(q)).sum(axis=1), rtol=1e-5, atol=1e-4)


# -- the published system ----------------------------------------------------------------------------


@pytest.fixture
def streams(level: Level) -> tuple[np.ndarray, sp.csr_array]:
    """Flows that are not symmetric, and the matrix ``(H W, H W)`` of them."""
    height, width = level.shape
    index = np.full((height + 2, width + 2), -1)
    index[1:-1, 1:-1] = np.arange(height * width).reshape(level.shape)
    flow = np.zeros((8, height + 2, width + 2), np.float32)
    matrix = sp.lil_array((height * width, height * width))
    for k, (down, right) in enumerate(NEIGHBOURS):
        for row in range(1, height + 1):
            for col in range(1, width + 1):
                other = index[row + down, col + right]
                if other >= 0:
                    flow[k, row, col] = value = np.float32(level.rng.random())
                    matrix[index[row, col], other] = float(value)
    return flow, matrix.tocsr()


def test_flow(level: Level, streams: tuple[np.ndarray, sp.csr_array]) -> None:
    f, matrix = streams
    z, q = level.plane(False), level.plane()
    image, dots = np.zeros_like(z), level.sums()
    stencil.flow(f, level.leak, z, image, level.inverse, q, dots)
    loss = np.broadcast_to(level.leak[1:-1, 1:-1] if len(level.leak) > 1 else 0.0, level.shape).ravel()
    out = (sp.diags_array(matrix.sum(axis=1) + loss) - matrix) @ _inner(z).T
    _close(_inner(image), out.T)
    expected = (level.scale * out.T * _inner(q)).sum(axis=1)
    np.testing.assert_allclose(dots.sum(axis=0, dtype=np.float64)[:, 0], expected, rtol=1e-5, atol=1e-4)


def test_turn(level: Level) -> None:
    z, p, image, q, r = level.plane(False), level.plane(False), level.plane(), level.plane(), level.plane()
    beta = np.array([0.7, -1.3], np.float32)
    direction, change = (_inner(a) + beta[:, None] * _inner(b) for a, b in ((z, p), (image, q)))
    dots = level.sums()
    stencil.turn(beta, z, p, image, q, level.inverse, r, dots)
    _close(_inner(p), direction)
    _close(_inner(q), change)
    found = dots.sum(axis=0, dtype=np.float64)
    np.testing.assert_allclose(found[:, 0], (level.scale * change * change).sum(axis=1), rtol=1e-5)
    np.testing.assert_allclose(
        found[:, 1], (level.scale * change * _inner(r)).sum(axis=1), rtol=1e-5, atol=1e-4
    )


def test_flows_and_their_symmetric_part(pictures: Pictures, links: Links) -> None:
    luminance = np.ascontiguousarray(pictures["shapes"][60:75, 60:80], np.float32)
    w = levin_weights(luminance, stencil.inverse_sigmas(luminance))
    pi = np.zeros(w.shape[1:])
    pi[1:-1, 1:-1] = np.random.default_rng(0).uniform(0.1, 3, luminance.shape)
    found = flows(w, pi)
    np.testing.assert_allclose(found, w * pi, rtol=1e-6)
    c = symmetric_part(found)
    matrix = sp.lil_array((luminance.size, luminance.size))
    for k, (down, right) in enumerate(NEIGHBOURS):
        for row, col in zip(*np.nonzero(found[k]), strict=True):
            one = (row - 1) * luminance.shape[1] + col - 1
            matrix[one, one + down * luminance.shape[1] + right] = float(found[k, row, col])
    difference = links(c) - (matrix + matrix.T).tocsr() / 2
    assert abs(difference).max() < 1e-6
