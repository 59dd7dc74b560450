"""Chroma made even within things, and edges, constants and what is held kept."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.imaging.gaussian_crf import NormalisedKernel
from colorstudio.imaging.smoothing import Smoothing, smoothed

_KINDS: tuple[Smoothing, ...] = ("tv", "crf")
_SHAPE = (40, 60)


@pytest.fixture
def two_things() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Blotched chroma, the true one, and L*: a dark thing on the left, a light one on the right."""
    rng = np.random.default_rng(0)
    true, guide = np.empty((*_SHAPE, 2), np.float32), np.empty(_SHAPE, np.float32)
    true[:, :30], true[:, 30:] = (30, 10), (-10, -25)
    guide[:, :30], guide[:, 30:] = 30, 70
    return true + rng.normal(0, 6, true.shape).astype(np.float32), true, guide


def _error(chroma: np.ndarray, true: np.ndarray) -> float:
    return float(np.sqrt(np.mean((chroma - true) ** 2)))


@pytest.mark.parametrize("kind", _KINDS)
def test_blotches_go_and_the_edge_stays(kind: Smoothing, two_things: tuple[np.ndarray, ...]) -> None:
    blotched, true, guide = two_things
    even = smoothed(blotched, guide, kind)
    assert even.shape == blotched.shape
    assert even.dtype == np.float32
    assert _error(even, true) < 0.5 * _error(blotched, true)
    # The cells at the edge keep to their own side.
    assert np.abs(even[:, 29:31] - true[:, 29:31]).mean() < 5


def test_none_is_the_same(two_things: tuple[np.ndarray, ...]) -> None:
    blotched, _, guide = two_things
    assert smoothed(blotched, guide, "none") is blotched


@pytest.mark.parametrize("kind", _KINDS)
def test_a_constant_stays_and_nothing_leaves_the_range(
    kind: Smoothing, two_things: tuple[np.ndarray, ...]
) -> None:
    blotched, _, guide = two_things
    constant = np.broadcast_to(np.array([12, -7], np.float32), blotched.shape).copy()
    np.testing.assert_allclose(smoothed(constant, guide, kind), constant, atol=1e-3)
    even = smoothed(blotched, guide, kind)
    for channel in (0, 1):
        assert blotched[..., channel].min() <= even[..., channel].min()
        assert even[..., channel].max() <= blotched[..., channel].max()


@pytest.mark.parametrize("kind", _KINDS)
def test_held_cells_stay_as_they_are(kind: Smoothing, two_things: tuple[np.ndarray, ...]) -> None:
    blotched, _, guide = two_things
    blotched[10:12, 10:12] = (-60, 60)
    held = np.zeros(_SHAPE, np.bool_)
    held[10:12, 10:12] = True
    even = smoothed(blotched, guide, kind, held=held)
    np.testing.assert_allclose(even[held], blotched[held], atol=0.05)
    assert np.abs(smoothed(blotched, guide, kind)[held] - blotched[held]).min() > 5


def test_the_crf_tells_things_apart_by_luminance_alone(two_things: tuple[np.ndarray, ...]) -> None:
    blotched, true, guide = two_things
    blind = smoothed(blotched, np.full_like(guide, 50), "crf")
    seeing = smoothed(blotched, guide, "crf")
    columns = slice(27, 33)
    assert _error(seeing[:, columns], true[:, columns]) < 0.6 * _error(blind[:, columns], true[:, columns])


def test_the_kernel_is_a_gaussian_of_all_pairs() -> None:
    """Against the sums written down, normalised on both sides."""
    rng = np.random.default_rng(0)
    features = np.column_stack([rng.uniform(0, 6, (500, 2)), rng.normal(0, 1.5, 500)])
    distances = ((features[:, None] - features) ** 2).sum(-1)
    weights = np.exp(-0.5 * distances)
    scale = 1 / np.sqrt(weights.sum(1))
    expected = scale[:, None] * weights * scale
    found = NormalisedKernel(features)(np.eye(500, dtype=np.float32))
    np.testing.assert_allclose(found, found.T, atol=1e-6)
    # A standard deviation a fifth off would make it 0.4.
    assert np.linalg.norm(found - expected) < 0.2 * np.linalg.norm(expected)


def test_the_crf_is_the_least_energy() -> None:
    """The mean field of a Gaussian field is its most likely state: a direct solve gives the same."""
    from colorstudio.imaging import gaussian_crf

    rng = np.random.default_rng(1)
    chroma = rng.normal(0, 20, (6, 9, 2)).astype(np.float32)
    guide = rng.uniform(0, 100, (6, 9)).astype(np.float32)
    place = np.indices((6, 9)).reshape(2, -1).T / 9
    near = NormalisedKernel(place / gaussian_crf._SMOOTHNESS_REACH)
    alike = NormalisedKernel(
        np.column_stack([place / gaussian_crf._APPEARANCE_REACH, guide.reshape(-1) / gaussian_crf._LIKENESS])
    )
    identity = np.eye(54, dtype=np.float32)
    joined = gaussian_crf._SMOOTHNESS * near(identity) + gaussian_crf._APPEARANCE * alike(identity)
    expected = np.linalg.solve(identity + np.diag(joined.sum(1)) - joined, chroma.reshape(-1, 2))
    found = smoothed(chroma, guide, "crf").reshape(-1, 2)
    np.testing.assert_allclose(found, expected, atol=0.2)


def test_small_and_flat_pictures_are_fine() -> None:
    for shape in ((1, 1), (1, 7), (4, 4)):
        chroma = np.full((*shape, 2), 5, np.float32)
        for kind in _KINDS:
            even = smoothed(chroma, np.full(shape, 50, np.float32), kind)
            np.testing.assert_allclose(even, chroma, atol=1e-3)
