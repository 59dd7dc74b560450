"""L* of pixels against scikit-image, at both depths."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import color

from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.photo import Photo, PhotoKind


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_gray_code(dtype: type) -> None:
    codes = np.arange(np.iinfo(dtype).max + 1, dtype=dtype)[None]
    expected = color.rgb2lab(np.repeat(codes[..., None] / codes.max(), 3, axis=-1))[..., 0]
    luminance = luminance_of_pixels(codes)
    assert luminance.dtype == np.float32
    np.testing.assert_allclose(luminance, expected, atol=1e-4)
    assert (np.diff(luminance[0]) > 0).all(), "two codes became one"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_colours(dtype: type) -> None:
    rng = np.random.default_rng(1)
    most = np.iinfo(dtype).max
    bright = rng.integers(0, most + 1, (300, 301, 3))  # more than one band
    dark = rng.integers(0, most // 10, (100, 301, 3))
    pixels = np.concatenate([bright, dark]).astype(dtype)
    expected = color.rgb2lab(pixels / most)[..., 0]
    np.testing.assert_allclose(luminance_of_pixels(pixels), expected, atol=1e-4)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_gray_in_three_channels_is_gray_in_one(dtype: type) -> None:
    codes = np.arange(np.iinfo(dtype).max + 1, dtype=dtype)[None]
    three = luminance_of_pixels(np.repeat(codes[..., None], 3, axis=-1))
    np.testing.assert_allclose(three, luminance_of_pixels(codes), atol=2e-5)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (1, 1, 3), (1, 5000, 3)])
def test_extreme_shapes(shape: tuple[int, ...]) -> None:
    luminance = luminance_of_pixels(np.full(shape, 255, np.uint8))
    assert luminance.shape == shape[:2]
    np.testing.assert_allclose(luminance, 100, atol=1e-4)


def test_a_photo_computes_its_luminance_once() -> None:
    photo = Photo(np.full((2, 3), 119, np.uint8), PhotoKind.GRAY)
    assert photo.luminance is photo.luminance
    assert photo.luminance[0, 0] == pytest.approx(50, abs=0.3)
