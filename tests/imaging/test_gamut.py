"""Chroma is reduced to the edge of the gamut, along its hue, at its luminance."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.imaging import colorspace
from colorstudio.imaging.gamut import fit_to_gamut, largest_scale, linear_planes, outside_of_gamut

light = st.floats(0, 100, width=32)
opponent = st.floats(-150, 150, width=32)


def _outside(luminance: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    planes = linear_planes(luminance.astype(np.float32), np.ascontiguousarray(chroma.T, np.float32))
    return outside_of_gamut(planes)


def _random_lab(count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    luminance = rng.uniform(0, 100, count).astype(np.float32)
    return luminance, rng.uniform(-130, 130, (count, 2)).astype(np.float32)


def test_what_lies_inside_stays() -> None:
    rgb = np.random.default_rng(2).uniform(0.02, 0.98, (4000, 3))
    lab = colorspace.srgb_to_lab(rgb).astype(np.float32)
    np.testing.assert_array_equal(fit_to_gamut(lab[:, 0], lab[:, 1:]), lab[:, 1:])


def test_what_lies_outside_comes_to_the_edge() -> None:
    luminance, chroma = _random_lab(20_000)
    outside = _outside(luminance, chroma)
    assert 0.5 < outside.mean() < 0.95
    fitted = fit_to_gamut(luminance, chroma)
    assert not _outside(luminance, fitted * 0.99999).any()
    lab = np.concatenate([luminance[:, None], fitted], axis=1).astype(np.float64)
    linear = colorspace.lab_to_linear(lab)
    # scikit-image's rounded white puts even gray up to 8e-5 beside the gamut.
    assert linear.min() > -1e-4
    assert linear.max() < 1 + 1e-4
    # No more was taken than had to be: 3e-4 of the scale further out it no longer fits.
    scale = np.hypot(*fitted.T) / np.hypot(*chroma.T)
    beyond = chroma * (scale + 3e-4)[:, None]
    room = outside & (luminance > 0.5) & (luminance < 99.5)
    assert _outside(luminance, beyond)[room].mean() > 0.999


@given(light, opponent, opponent)
def test_hue_is_kept_and_chroma_never_grows(lightness: float, a: float, b: float) -> None:
    chroma = np.array([[a, b]], np.float32)
    fitted = fit_to_gamut(np.array([lightness]), chroma)
    cross = fitted[0, 0] * chroma[0, 1] - fitted[0, 1] * chroma[0, 0]
    assert abs(cross) <= 1e-4 * max(1.0, float(np.hypot(a, b)) ** 2)
    assert np.dot(fitted[0], chroma[0]) >= 0
    assert np.hypot(*fitted[0]) <= np.hypot(a, b) * (1 + 1e-6)


@given(light, opponent, opponent)
def test_luminance_survives_clipping_after_the_fit(lightness: float, a: float, b: float) -> None:
    fitted = fit_to_gamut(np.array([lightness]), np.array([[a, b]]))
    linear = linear_planes(np.array([lightness], np.float32), np.ascontiguousarray(fitted.T))
    relative = np.clip(linear, 0, 1)[:, 0].astype(np.float64) @ colorspace.SRGB_TO_XYZ[1]
    assert abs(colorspace.luminance_from_linear(np.array([relative]))[0] - lightness) < 2e-3


def test_black_and_white_have_no_chroma() -> None:
    fitted = fit_to_gamut(np.array([0.0, 100.0]), np.array([[40.0, -30.0], [-20.0, 60.0]]))
    np.testing.assert_allclose(fitted, 0, atol=0.02)


def test_any_shape() -> None:
    luminance, chroma = _random_lab(24)
    flat = fit_to_gamut(luminance, chroma)
    np.testing.assert_array_equal(
        fit_to_gamut(luminance.reshape(4, 6), chroma.reshape(4, 6, 2)), flat.reshape(4, 6, 2)
    )
    assert fit_to_gamut(np.zeros((0, 5)), np.zeros((0, 5, 2))).shape == (0, 5, 2)


def test_the_input_is_not_changed() -> None:
    luminance, chroma = _random_lab(100)
    before = chroma.copy()
    fit_to_gamut(luminance, chroma)
    np.testing.assert_array_equal(chroma, before)


def test_scale_of_a_colour_inside_is_one() -> None:
    scale = largest_scale(*(np.array([value], np.float32) for value in (50.0, 5.0, -5.0)))
    assert scale[0] == 1
