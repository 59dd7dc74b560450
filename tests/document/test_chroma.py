"""Chroma by rectangles: the network's, the strokes', and both together."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.document.chroma import PropagatedChroma, chroma_at
from colorstudio.document.compositor import composite
from colorstudio.imaging.resample import GuidedUpsampler, resize

SHAPE = (300, 500)  # several bands
WHOLE = slice(None)


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
    np.testing.assert_array_equal(np.moveaxis(both, 0, -1), expected)


def test_without_a_network_it_is_the_strokes_alone(luminance: np.ndarray, propagated: np.ndarray) -> None:
    chroma = PropagatedChroma(propagated)
    planes = chroma.region_planes(luminance, slice(3, 9), WHOLE)
    np.testing.assert_array_equal(np.moveaxis(planes, 0, -1), propagated[3:9])
    planes *= 2
    again = chroma.region_planes(luminance, slice(3, 9), WHOLE)
    np.testing.assert_array_equal(2 * again, planes, "the planes are the caller's own")


def test_the_picture_is_that_of_the_array(
    luminance: np.ndarray, network: GuidedUpsampler, propagated: np.ndarray
) -> None:
    array = network.region(luminance, WHOLE, WHOLE) + propagated
    np.testing.assert_array_equal(
        composite(luminance, PropagatedChroma(propagated, network), saturation=1.3),
        composite(luminance, array, saturation=1.3),
    )


def test_another_size(luminance: np.ndarray, network: GuidedUpsampler, propagated: np.ndarray) -> None:
    small = (150, 250)
    resized = PropagatedChroma(propagated, network).resized(small)
    assert resized.shape == small
    guide = resize(luminance, small)
    expected = network.resized(small).region_planes(guide, WHOLE, WHOLE)
    expected += np.moveaxis(resize(propagated, small), -1, 0)
    np.testing.assert_array_equal(resized.region_planes(guide, WHOLE, WHOLE), expected)


def test_what_does_not_belong_together_is_refused(network: GuidedUpsampler, propagated: np.ndarray) -> None:
    with pytest.raises(ValueError, match="belong"):
        PropagatedChroma(propagated[1:], network)


@pytest.mark.parametrize("count", [0, 1, 500, SHAPE[0] * SHAPE[1]])
def test_the_chroma_at_pixels_is_that_of_the_whole(
    luminance: np.ndarray, network: GuidedUpsampler, count: int
) -> None:
    indices = np.sort(np.random.default_rng(3).permutation(SHAPE[0] * SHAPE[1])[:count])
    whole = network.region(luminance, WHOLE, WHOLE).reshape(-1, 2)
    np.testing.assert_array_equal(chroma_at(network, luminance, indices), whole[indices])


def test_the_chroma_at_pixels_is_read_where_they_are(luminance: np.ndarray) -> None:
    asked: list[tuple[slice, slice]] = []

    class Watched(PropagatedChroma):
        def region_planes(self, luminance: np.ndarray, rows: slice, cols: slice) -> np.ndarray:
            asked.append((rows, cols))
            return super().region_planes(luminance, rows, cols)

    indices = np.array([10 * SHAPE[1] + 40, 12 * SHAPE[1] + 35])
    chroma_at(Watched(np.zeros((*SHAPE, 2), np.float32)), luminance, indices)
    assert asked == [(slice(10, 13), slice(35, 41))]
