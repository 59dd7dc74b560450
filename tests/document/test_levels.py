"""Levels: the curve, the pixels that it makes, and the automatic setting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from colorstudio.document.levels import Levels, automatic_levels, levelled
from colorstudio.errors import UsageError
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.photo import unit_rgb
from colorstudio.progress import Cancelled, ProgressToken

FADED = Levels(20, 75, 1.3)


@pytest.mark.parametrize(
    "values", [(-1, 100), (0, 101), (50, 50), (60, 50), (0, 100, 0), (0, 100, 11), (float("nan"), 100)]
)
def test_values_out_of_range_are_refused(values: Any) -> None:
    with pytest.raises(UsageError, match="out of range"):
        Levels(*values)


def test_the_curve() -> None:
    luminance = np.array([0, 20, 47.5, 75, 100], np.float32)
    np.testing.assert_allclose(Levels(20, 75).of(luminance), [0, 0, 50, 100, 100], atol=1e-4)
    np.testing.assert_allclose(Levels(20, 75, 2).of(luminance)[2], 100 * 0.5**0.5, atol=1e-4)
    np.testing.assert_array_equal(Levels().of(luminance), luminance)


@given(st.floats(0, 40), st.floats(60, 100), st.floats(0.2, 5))
def test_the_curve_never_turns(black: float, white: float, gamma: float) -> None:
    curve = Levels(black, white, gamma).of(np.linspace(0, 100, 300, dtype=np.float32))
    assert (np.diff(curve) >= 0).all()
    assert (curve[0], curve[-1]) == pytest.approx((0, 100), abs=1e-3)


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 3)])
def test_levels_that_change_nothing_are_free(shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    assert levelled(pixels, Levels()) is pixels
    assert Levels(0.0, 100.0).change_nothing
    assert not FADED.change_nothing


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_gray_has_the_curves_luminance_to_half_a_code(dtype: Any) -> None:
    codes = np.arange(np.iinfo(dtype).max + 1, dtype=dtype).reshape(16, -1)
    changed = levelled(codes, FADED)
    assert changed.dtype == dtype
    assert changed.shape == codes.shape
    wanted = FADED.of(luminance_of_pixels(codes))
    step = {np.uint8: 0.25, np.uint16: 0.001}[dtype]  # L* of half a code, where codes are farthest apart
    assert np.abs(luminance_of_pixels(changed) - wanted).max() < step


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_colours_keep_their_chroma(dtype: Any) -> None:
    rng = np.random.default_rng(0)
    pixels = (rng.uniform(0.35, 0.6, (40, 50, 3)) * np.iinfo(dtype).max).astype(dtype)
    changed = levelled(pixels, FADED)
    assert changed.dtype == dtype
    before, after = srgb_to_lab(unit_rgb(pixels)), srgb_to_lab(unit_rgb(changed))
    inside = (changed > 0).all(axis=2) & (changed < np.iinfo(dtype).max).all(axis=2)
    assert inside.mean() > 0.8
    assert np.abs(after[..., 0] - FADED.of(before[..., 0].astype(np.float32))).max() < 0.5
    assert np.abs(after[inside] - before[inside])[:, 1:].max() < 1.5


def test_it_can_be_cancelled() -> None:
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        levelled(np.zeros((4, 4, 3), np.uint8), FADED, token)


# -- automatic ----------------------------------------------------------------------------------


def _faded(height: int = 300, width: int = 400) -> np.ndarray:
    """A picture from L* 30 to 70 with large and small things in it, and grain."""
    rng = np.random.default_rng(1)
    large, small = (ndimage.gaussian_filter(rng.normal(size=(height, width)), sigma) for sigma in (25, 2))
    picture = large / large.std() + 0.5 * small / small.std()
    picture = np.clip(picture, *np.percentile(picture, (1, 99)))
    picture = (picture - picture.min()) / np.ptp(picture) * 40 + 30
    return picture.astype(np.float32)


def _assert_good(levels: Levels) -> None:
    assert levels.black == pytest.approx(30, abs=3)
    assert levels.white == pytest.approx(70, abs=3)
    assert levels.gamma == 1


def test_a_faded_picture_is_stretched() -> None:
    _assert_good(automatic_levels(_faded()))


@pytest.mark.parametrize("tone", [0.0, 3.0, 97.0, 100.0])
@pytest.mark.parametrize("large", [1, 5])
def test_a_border_does_not_count(tone: float, large: int) -> None:
    picture = _faded().repeat(large, axis=0).repeat(large, axis=1)
    picture = np.pad(picture, 40 * large, constant_values=tone)
    grain = np.random.default_rng(2).normal(0, 0.8, picture.shape)
    _assert_good(automatic_levels(np.clip(picture + grain, 0, 100).astype(np.float32)))


def test_borders_within_each_other_do_not_count() -> None:
    picture = np.pad(np.pad(_faded(), 25, constant_values=96), 30, constant_values=2)
    _assert_good(automatic_levels(picture))


def test_a_crooked_border_does_not_count() -> None:
    picture = np.pad(_faded(), 60, constant_values=98)
    crooked = ndimage.rotate(picture, 4, reshape=False, order=1, mode="constant", cval=98)
    _assert_good(automatic_levels(crooked.astype(np.float32)))


def test_a_sky_counts() -> None:
    picture = _faded()
    picture[:200] = 88  # more than half of the edge
    assert automatic_levels(picture).white == pytest.approx(88, abs=1)


def test_specks_do_not_count() -> None:
    picture = _faded()
    picture[::40, ::40] = 100
    picture[20::60, 20::60] = 0
    _assert_good(automatic_levels(picture))


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (300, 200)])
def test_an_empty_picture_stays(shape: tuple[int, int]) -> None:
    assert automatic_levels(np.full(shape, 40, np.float32)) == Levels()


def test_a_picture_of_all_tones_nearly_stays() -> None:
    levels = automatic_levels((_faded() - np.float32(30)) * np.float32(2.5))
    assert levels.black < 3
    assert levels.white > 97
