"""Groups of pixels: each pixel in one, all of it near its root, in its band and on one side of an edge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from colorstudio.propagation import stencil
from colorstudio.propagation.aggregation import WINDOW, aggregate_pixels

Pictures = dict[str, NDArray[np.floating]]
Groups = tuple[np.ndarray, np.ndarray, np.ndarray]


def _couplings(luminance: np.ndarray) -> np.ndarray:
    single = np.ascontiguousarray(luminance, np.float32)
    return stencil.couplings(single, stencil.inverse_sigmas(single))


def _grouped(couplings: np.ndarray) -> Groups:
    degree = stencil.degrees(couplings)
    return aggregate_pixels(couplings, np.divide(1, degree, out=np.zeros_like(degree), where=degree > 0))


def _assert_sound(groups: Groups, shape: tuple[int, int]) -> None:
    label, roots, bands = groups
    height, width = shape
    assert label.shape == (height + 2, width + 2)
    inside = label[1:-1, 1:-1]
    assert (inside > 0).all()
    assert label.sum() == inside.sum()
    # Every node has pixels, its root among them; the numbers leave nothing out.
    np.testing.assert_array_equal(np.unique(inside), np.arange(1, len(roots)))
    np.testing.assert_array_equal(label[roots[1:, 0], roots[1:, 1]], np.arange(1, len(roots)))
    rows, cols = np.indices(shape) + 1
    assert np.abs(roots[inside, 0] - rows).max() <= WINDOW
    assert np.abs(roots[inside, 1] - cols).max() <= WINDOW
    # Band after band, each from its first node up to the next band's.
    assert len(bands) == -(-height // stencil.BAND_ROWS) + 1
    assert (bands[0], bands[-1]) == (1, len(roots))
    band = (rows - 1) // stencil.BAND_ROWS
    assert (bands[band] <= inside).all()
    assert (inside < bands[band + 1]).all()


@pytest.mark.parametrize(
    "name", ["photo", "shapes", "noise", "constant", "16 bits, dark", "checkerboard", "black and white"]
)
def test_of_pictures(pictures: Pictures, name: str) -> None:
    luminance = pictures[name]
    _assert_sound(_grouped(_couplings(luminance)), luminance.shape)


@given(
    arrays(np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.integers(0, 255)),
    st.sampled_from([1, 12]),
)
def test_of_any_small_picture(codes: np.ndarray, higher: int) -> None:
    luminance = np.tile(codes, (higher, 1)) / 255  # as high as several bands
    _assert_sound(_grouped(_couplings(luminance)), luminance.shape)


@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 1), (1, 200), (200, 1), (2, 2), (32, 3), (33, 3)])
def test_of_narrow_pictures(shape: tuple[int, int]) -> None:
    groups = _grouped(_couplings(np.full(shape, 0.5)))
    _assert_sound(groups, shape)
    if max(shape) == 200:
        assert len(groups[1]) - 1 <= 200 / 2.5  # threes, but at the end of a band


def test_a_node_hangs_together(pictures: Pictures) -> None:
    """From each pixel a coupling leads to another one of its node, unless it is alone."""
    couplings = _couplings(pictures["photo"])
    label, _, _ = _grouped(couplings)
    joined = np.zeros(label.shape, np.bool_)
    for plane, (down, right) in zip(couplings, ((0, 1), (1, -1), (1, 0), (1, 1)), strict=True):
        other = np.roll(label, (-down, -right), axis=(0, 1))
        same = (plane > 0) & (label == other) & (label > 0)
        joined |= same | np.roll(same, (down, right), axis=(0, 1))
    alone = np.bincount(label.ravel())[label] == 1
    assert (joined | alone)[1:-1, 1:-1].all()


@pytest.mark.parametrize("side", ["left", "above", "inside", "diagonal"])
@pytest.mark.parametrize("noise", [0.0, 0.004])
def test_no_node_lies_on_both_sides_of_an_edge(side: str, noise: float) -> None:
    rows, cols = np.indices((70, 60))
    bright = {
        "left": cols < 31,
        "above": rows < 40,
        "inside": np.hypot(rows - 33, cols - 30) < 18,
        "diagonal": rows + cols < 61,
    }[side]
    luminance = np.where(bright, 0.8, 0.25) + np.random.default_rng(3).normal(0, noise, bright.shape)
    label, roots, _ = _grouped(_couplings(luminance))
    inside = label[1:-1, 1:-1]
    assert not np.isin(inside[bright], inside[~bright]).any()
    assert len(roots) - 1 < bright.size / 3


def test_a_pixel_that_belongs_to_the_next_band_joins_nobody_across_an_edge() -> None:
    last = stencil.BAND_ROWS - 1
    luminance = np.where(np.arange(2 * stencil.BAND_ROWS) < last, 0.2, 0.7)[:, None]
    label = _grouped(_couplings(luminance))[0][1:-1, 1]
    assert label[last] not in label[:last]


def test_flat_areas_are_taken_by_nines() -> None:
    _, roots, _ = _grouped(_couplings(np.full((96, 90), 0.3)))
    assert len(roots) - 1 <= 96 * 90 / 7


def test_pixels_without_any_coupling_stay_alone() -> None:
    groups = _grouped(np.zeros((4, 40, 9), np.float32))
    _assert_sound(groups, (38, 7))
    assert len(groups[1]) - 1 == 38 * 7


def test_always_the_same(pictures: Pictures) -> None:
    couplings = _couplings(pictures["8 bits"])
    for one, other in zip(_grouped(couplings), _grouped(couplings), strict=True):
        np.testing.assert_array_equal(one, other)
