"""Smaller copies, and chroma brought up along the edges of the luminance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.imaging.resample import GuidedUpsampler, resize

WHOLE = slice(None)
side = st.integers(1, 40)


@given(side, side, side, side, st.floats(-100, 100, width=32))
def test_a_constant_stays_that_constant(height: int, width: int, h: int, w: int, value: float) -> None:
    resized = resize(np.full((height, width, 2), value, np.float32), (h, w))
    assert resized.shape == (h, w, 2)
    assert resized.dtype == np.float32
    np.testing.assert_allclose(resized, value, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_reducing_averages(dtype: type) -> None:
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (400, 600)).astype(dtype)
    small = resize(noise, (20, 30))
    assert small.mean() == pytest.approx(noise.mean(), abs=0.5)
    # Each of 600 pixels is a mean of about 400: aliasing would keep the deviation of 74.
    assert small.std() < 8


def test_reducing_is_centred() -> None:
    ramp = np.tile(np.arange(64, dtype=np.float32), (8, 1))
    small = resize(ramp, (8, 16))
    np.testing.assert_allclose(small[:, 2:-2], np.tile(np.arange(16) * 4 + 1.5, (8, 1))[:, 2:-2], atol=1e-3)


def test_the_same_size_is_a_copy() -> None:
    plane = np.zeros((3, 4), np.float32)
    copy = resize(plane, (3, 4))
    copy += 1
    assert plane.sum() == 0


def test_no_size_is_refused() -> None:
    with pytest.raises(ValueError, match="resize"):
        resize(np.zeros((3, 3)), (0, 3))


@given(side, side, st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**31))
def test_constant_chroma_stays_constant(height: int, width: int, h: int, w: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    luminance = rng.uniform(0, 100, (height, width)).astype(np.float32)
    chroma = np.empty((h, w, 2), np.float32)
    chroma[:] = (23.0, -41.0)
    up = GuidedUpsampler(chroma, rng.uniform(0, 100, (h, w)), (height, width))
    region = up.region(luminance, WHOLE, WHOLE)
    assert region.shape == (height, width, 2)
    assert region.dtype == np.float32
    np.testing.assert_allclose(region, np.broadcast_to([23.0, -41.0], region.shape), atol=1e-3)


@given(st.data())
def test_a_region_is_that_part_of_the_whole(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**31)))
    height, width, h, w = (data.draw(side) for _ in range(4))
    luminance = rng.uniform(0, 100, (height, width)).astype(np.float32)
    up = GuidedUpsampler(rng.normal(0, 30, (h, w, 2)), rng.uniform(0, 100, (h, w)), (height, width))
    top, bottom = sorted((data.draw(st.integers(0, height)), data.draw(st.integers(0, height))))
    left, right = sorted((data.draw(st.integers(0, width)), data.draw(st.integers(0, width))))
    whole = up.region(luminance, WHOLE, WHOLE)
    region = up.region(luminance, slice(top, bottom), slice(left, right))
    np.testing.assert_array_equal(region, whole[top:bottom, left:right])


def _two_halves(grain: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Luminance 25 | 75 with the edge off the small grid, true chroma, and both made 8 times smaller."""
    height, width, edge = 128, 160, 83
    luminance = np.full((height, width), 25, np.float32)
    luminance[:, edge:] = 75
    luminance += np.random.default_rng(5).normal(0, grain, luminance.shape).astype(np.float32)
    truth = np.empty((height, width, 2), np.float32)
    truth[:, :edge] = (30, 10)
    truth[:, edge:] = (-20, -15)
    small = (height // 8, width // 8)
    return luminance, truth, resize(luminance, small), resize(truth, small)


def _deviation(chroma: np.ndarray, truth: np.ndarray) -> float:
    return float(np.sqrt(np.mean((chroma - truth) ** 2)))


def test_a_chroma_edge_follows_the_luminance_edge() -> None:
    luminance, truth, guide_small, chroma_small = _two_halves()
    up = GuidedUpsampler(chroma_small, guide_small, luminance.shape)
    guided = up.region(luminance, WHOLE, WHOLE)
    bilinear = resize(chroma_small, luminance.shape)
    assert _deviation(guided, truth) < 0.25 * _deviation(bilinear, truth)
    # The two pixels at the edge itself are on their own side.
    step = guided[:, 83, 0] - guided[:, 82, 0]
    np.testing.assert_allclose(step, -50, atol=8)


def test_grain_does_not_become_colour_noise() -> None:
    rng = np.random.default_rng(6)
    luminance = (50 + rng.normal(0, 6, (256, 256))).astype(np.float32)
    small = (32, 32)
    # Chroma that varies, and has nothing to do with the grain.
    rows, cols = np.mgrid[0:32, 0:32] / 32
    chroma = np.stack([40 * np.sin(3 * cols), 30 * np.cos(4 * rows)], -1).astype(np.float32)
    guided = GuidedUpsampler(chroma, resize(luminance, small), luminance.shape)
    smooth = GuidedUpsampler(chroma, resize(luminance, small), luminance.shape)
    noisy = guided.region(luminance, WHOLE, WHOLE)
    calm = smooth.region(np.full_like(luminance, 50), WHOLE, WHOLE)
    assert np.abs(noisy - calm).std() < 0.3  # a*b*, at a grain of 6 L*


def test_small_detail_of_the_chroma_is_kept() -> None:
    # At the small size itself the filter changes nothing.
    rng = np.random.default_rng(8)
    chroma, guide = rng.normal(0, 20, (9, 11, 2)).astype(np.float32), rng.uniform(0, 100, (9, 11))
    guide = guide.astype(np.float32)
    up = GuidedUpsampler(chroma, guide, (9, 11))
    np.testing.assert_allclose(up.region(guide, WHOLE, WHOLE), chroma, atol=1e-3)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (2, 3)])
@pytest.mark.parametrize("small", [(1, 1), (1, 7), (7, 1), (4, 4)])
def test_extreme_shapes(shape: tuple[int, int], small: tuple[int, int]) -> None:
    rng = np.random.default_rng(9)
    up = GuidedUpsampler(rng.normal(0, 20, (*small, 2)), rng.uniform(0, 100, small), shape)
    region = up.region(rng.uniform(0, 100, shape).astype(np.float32), WHOLE, WHOLE)
    assert region.shape == (*shape, 2)
    assert np.isfinite(region).all()
    assert np.abs(region).max() < 250


def test_resized_is_as_made_for_that_size() -> None:
    rng = np.random.default_rng(10)
    chroma, guide = rng.normal(0, 20, (6, 8, 2)), rng.uniform(0, 100, (6, 8))
    up = GuidedUpsampler(chroma, guide, (60, 80))
    luminance = rng.uniform(0, 100, (33, 44)).astype(np.float32)
    anew = GuidedUpsampler(chroma, guide, (33, 44))
    np.testing.assert_array_equal(
        up.resized((33, 44)).region(luminance, WHOLE, WHOLE), anew.region(luminance, WHOLE, WHOLE)
    )
    assert up.shape == (60, 80)
    with pytest.raises(ValueError, match="at least 1"):
        up.resized((0, 5))


def test_what_does_not_belong_together_is_refused() -> None:
    with pytest.raises(ValueError, match="belong"):
        GuidedUpsampler(np.zeros((4, 5, 2)), np.zeros((5, 4)), (10, 10))
    with pytest.raises(ValueError, match="eps"):
        GuidedUpsampler(np.zeros((4, 5, 2)), np.zeros((4, 5)), (10, 10), eps=0)
    up = GuidedUpsampler(np.zeros((4, 5, 2)), np.zeros((4, 5)), (10, 12))
    with pytest.raises(ValueError, match="full size"):
        up.region(np.zeros((10, 10), np.float32), WHOLE, WHOLE)
    with pytest.raises(ValueError, match="steps"):
        up.region(np.zeros((10, 12), np.float32), slice(0, 10, 2), WHOLE)


@pytest.mark.parametrize("small", [(1, 1), (1, 6), (31, 44)])
@pytest.mark.parametrize("count", [0, 1, 500, 60 * 80])
def test_the_chroma_at_pixels_is_that_of_the_whole(small: tuple[int, int], count: int) -> None:
    rng = np.random.default_rng(3)
    luminance = rng.uniform(0, 100, (60, 80)).astype(np.float32)
    up = GuidedUpsampler(rng.normal(0, 20, (*small, 2)), rng.uniform(0, 100, small), luminance.shape)
    indices = np.sort(rng.permutation(luminance.size)[:count])
    whole = up.region(luminance, slice(None), slice(None)).reshape(-1, 2)
    np.testing.assert_array_equal(up.at(luminance, indices), whole[indices])
