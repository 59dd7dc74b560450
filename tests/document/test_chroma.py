"""Chroma by rectangles: the network's, the strokes', and both together."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.document.chroma import ChangedChroma, PropagatedChroma
from colorstudio.document.compositor import composite
from colorstudio.imaging.resample import GuidedUpsampler, resize

SHAPE = (300, 500)  # several bands
WHOLE = slice(None)
STEP = 0.0051  # half of the steps that chroma is kept in


@pytest.fixture
def luminance() -> np.ndarray:
    ramp = np.linspace(20, 80, SHAPE[0] * SHAPE[1], dtype=np.float32).reshape(SHAPE)
    return ramp + np.random.default_rng(0).normal(0, 4, SHAPE).astype(np.float32)


@pytest.fixture
def network(luminance: np.ndarray) -> GuidedUpsampler:
    chroma = np.random.default_rng(1).normal(0, 15, (14, 18, 2))
    return GuidedUpsampler(chroma, resize(luminance, (14, 18)), SHAPE)


@pytest.fixture
def propagated() -> np.ndarray:
    return np.random.default_rng(2).normal(0, 15, (*SHAPE, 2)).astype(np.float32)


def test_a_rectangle_is_the_sum_of_both(
    luminance: np.ndarray, network: GuidedUpsampler, propagated: np.ndarray
) -> None:
    rows, cols = slice(7, 40), slice(30, 90)
    both = PropagatedChroma(propagated, network).region_planes(luminance, rows, cols)
    expected = network.region(luminance, rows, cols) + propagated[rows, cols]
    np.testing.assert_allclose(np.moveaxis(both, 0, -1), expected, atol=STEP)


def test_without_a_network_it_is_the_strokes_alone(luminance: np.ndarray, propagated: np.ndarray) -> None:
    chroma = PropagatedChroma(propagated)
    planes = chroma.region_planes(luminance, slice(3, 9), WHOLE)
    np.testing.assert_allclose(np.moveaxis(planes, 0, -1), propagated[3:9], atol=STEP)
    planes *= 2
    again = chroma.region_planes(luminance, slice(3, 9), WHOLE)
    np.testing.assert_array_equal(2 * again, planes, "the planes are the caller's own")


def test_the_picture_is_that_of_the_array(
    luminance: np.ndarray, network: GuidedUpsampler, propagated: np.ndarray
) -> None:
    array = network.region(luminance, WHOLE, WHOLE) + propagated
    kept = composite(luminance, PropagatedChroma(propagated, network), saturation=1.3)
    exact = composite(luminance, array, saturation=1.3)
    assert np.abs(kept.astype(int) - exact).max() <= 1


def test_chroma_beyond_any_colour_stays_what_it_is() -> None:
    ends = np.array([[[-300.0, 300.0], [-1e6, 1e6]]], np.float32)
    planes = PropagatedChroma(ends).region_planes(np.zeros((1, 2), np.float32), WHOLE, WHOLE)
    np.testing.assert_allclose(planes[..., 0], [[-300], [300]], atol=STEP)
    np.testing.assert_allclose(planes[..., 1], [[-327.67], [327.67]], atol=STEP)


def test_a_change_is_added(luminance: np.ndarray, network: GuidedUpsampler, propagated: np.ndarray) -> None:
    changed = ChangedChroma(PropagatedChroma(propagated), network)
    same = PropagatedChroma(propagated, network)
    for part, guide in ((changed, luminance), (changed.resized((150, 250)), resize(luminance, (150, 250)))):
        other = same if part is changed else same.resized((150, 250))
        np.testing.assert_allclose(
            part.region_planes(guide, slice(3, 9), WHOLE),
            other.region_planes(guide, slice(3, 9), WHOLE),
            atol=1e-4,
        )
    with pytest.raises(ValueError, match="belong"):
        ChangedChroma(network, network.resized((150, 250)))


@pytest.mark.parametrize("shape", [(150, 250), (75, 125), (38, 63), (100, 120), (300, 500)], ids=str)
def test_another_size(luminance: np.ndarray, network: GuidedUpsampler, shape: tuple[int, int]) -> None:
    rows, cols = np.indices(SHAPE, np.float32)
    smooth = np.stack([rows / 5 - 30, 20 - cols / 9], axis=-1, dtype=np.float32)
    chroma = PropagatedChroma(smooth, network)
    for _ in range(2):  # the second time from what was kept
        resized = chroma.resized(shape)
        assert resized.shape == shape
        guide = resize(luminance, shape)
        expected = network.resized(shape).region_planes(guide, WHOLE, WHOLE)
        expected += np.moveaxis(resize(smooth, shape), -1, 0)
        np.testing.assert_allclose(resized.region_planes(guide, WHOLE, WHOLE), expected, atol=1.0)


def test_half_the_size_is_the_mean_of_pixels(propagated: np.ndarray) -> None:
    odd = propagated[:299, :499]
    resized = PropagatedChroma(odd).resized((150, 250))
    planes = resized.region_planes(np.zeros((150, 250), np.float32), WHOLE, WHOLE)
    even = np.pad(odd, ((0, 1), (0, 1), (0, 0)), mode="edge").reshape(150, 2, 250, 2, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(np.moveaxis(planes, 0, -1), even, atol=0.02)
    np.testing.assert_array_equal(planes, resized.resized((150, 250)).region_planes(planes[0], WHOLE, WHOLE))


def test_what_does_not_belong_together_is_refused(network: GuidedUpsampler, propagated: np.ndarray) -> None:
    with pytest.raises(ValueError, match="belong"):
        PropagatedChroma(propagated[1:], network)
