"""Colour spaces against scikit-image, and as inverses of each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from skimage import color

from colorstudio.imaging import colorspace

unit = st.floats(0, 1, width=32)
pixels = hnp.arrays(np.float64, (4, 3), elements=unit)


@pytest.fixture(scope="module")
def rgb() -> np.ndarray:
    rng = np.random.default_rng(0)
    corners = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), -1).reshape(-1, 3)
    dark = rng.random((500, 3)) * 0.05  # around the thresholds of both curves
    return np.concatenate([rng.random((5000, 3)), dark, corners])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_lab_is_scikit_images(rgb: np.ndarray, dtype: type) -> None:
    lab = colorspace.srgb_to_lab(rgb.astype(dtype))
    assert lab.dtype == dtype
    np.testing.assert_allclose(lab, color.rgb2lab(rgb), atol=1e-4)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_srgb_of_lab_is_scikit_images(rgb: np.ndarray, dtype: type) -> None:
    lab = color.rgb2lab(rgb)
    np.testing.assert_allclose(colorspace.lab_to_srgb(lab.astype(dtype)), color.lab2rgb(lab), atol=1e-4)


def test_luminance_is_the_first_of_lab(rgb: np.ndarray) -> None:
    np.testing.assert_allclose(colorspace.luminance_of_srgb(rgb), color.rgb2lab(rgb)[:, 0], atol=1e-4)


def test_yiq_is_scikit_images_to_levins_digits(rgb: np.ndarray) -> None:
    # Levin's matrix has three digits, scikit-image's has eight.
    np.testing.assert_allclose(colorspace.rgb_to_yiq(rgb), color.rgb2yiq(rgb), atol=2e-3)


@given(pixels)
def test_lab_round_trip(rgb: np.ndarray) -> None:
    np.testing.assert_allclose(colorspace.lab_to_srgb(colorspace.srgb_to_lab(rgb)), rgb, atol=1e-4)


@given(pixels)
def test_yiq_round_trip(rgb: np.ndarray) -> None:
    np.testing.assert_allclose(colorspace.yiq_to_rgb(colorspace.rgb_to_yiq(rgb)), rgb, atol=1e-9)


@given(unit)
def test_transfer_curve_round_trip(value: float) -> None:
    there = colorspace.srgb_to_linear(np.array([value], np.float64))
    assert colorspace.linear_to_srgb(there)[0] == pytest.approx(value, abs=1e-6)


@given(st.floats(-0.2, 1.3))
def test_inverse_lab_curve_in_place_is_the_inverse_lab_curve(f: float) -> None:
    plane = np.array([f], np.float32)
    colorspace.lab_curve_inverse_in_place(plane, np.empty_like(plane))
    lab = np.array([116 * f - 16, 0, 0])
    expected = colorspace.lab_to_linear(lab) @ colorspace.SRGB_TO_XYZ[1]
    assert plane[0] == pytest.approx(expected, abs=1e-6)


def test_integers_become_single_precision() -> None:
    assert colorspace.srgb_to_lab(np.zeros((1, 3), np.uint8)).dtype == np.float32
