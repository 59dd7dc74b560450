from __future__ import annotations

import math

import numpy as np
import pytest

from colorstudio.services.evaluation.figures import colourfulness, psnr, ssim, to_rgb8


def _flat(*rgb: int) -> np.ndarray:
    return np.broadcast_to(np.array(rgb, np.uint8), (8, 8, 3)).copy()


def test_psnr_by_hand() -> None:
    assert psnr(_flat(10, 20, 30), _flat(13, 20, 30)) == pytest.approx(10 * math.log10(255**2 / 3))
    assert psnr(_flat(0, 0, 0), _flat(255, 255, 255)) == pytest.approx(0)
    assert psnr(_flat(255, 0, 0), _flat(0, 255, 0)) == pytest.approx(10 * math.log10(3 / 2))  # no wrap-around
    assert psnr(_flat(9, 9, 9), _flat(9, 9, 9)) == pytest.approx(100)


def test_psnr_with_a_floor_of_the_error() -> None:
    # One code in one channel of three: an error of 1 / (3 * 255^2), 5.1e-6.
    assert psnr(_flat(9, 9, 9), _flat(10, 9, 9), smallest_error=1e-5) == pytest.approx(50)
    assert psnr(_flat(9, 9, 9), _flat(10, 9, 9), smallest_error=1e-6) == pytest.approx(52.9, abs=0.01)


def test_ssim_of_a_picture_with_itself_is_1_and_falls_with_the_colour() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (16, 16, 3), dtype=np.uint8)
    assert ssim(picture, picture) == pytest.approx(1)
    gray = np.repeat(picture.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    assert ssim(gray, picture) < 0.9


def test_colourfulness_by_hand() -> None:
    assert colourfulness(_flat(77, 77, 77)) == 0
    # One colour has no spread: 0.3 times the length of (R - G, (R + G) / 2 - B).
    assert colourfulness(_flat(200, 100, 50)) == pytest.approx(0.3 * math.hypot(100, 100))
    # Half red, half green: rg is 255 or -255, yb is 127.5 everywhere.
    halves = np.concatenate([_flat(255, 0, 0), _flat(0, 255, 0)])
    assert colourfulness(halves) == pytest.approx(255 + 0.3 * 127.5)
    # Half red, half blue: rg is 255 or 0, yb is 127.5 or -255.
    halves = np.concatenate([_flat(255, 0, 0), _flat(0, 0, 255)])
    expected = math.hypot(127.5, 191.25) + 0.3 * math.hypot(127.5, 63.75)
    assert colourfulness(halves) == pytest.approx(expected)


def test_gray_has_no_colour_and_white_is_white() -> None:
    luminance = np.linspace(0, 100, 64, dtype=np.float32).reshape(8, 8)
    rgb = to_rgb8(luminance, np.zeros((8, 8, 2), np.float32))
    assert np.ptp(rgb.astype(int), axis=2).max() == 0
    assert rgb[0, 0, 0] == 0
    assert rgb[-1, -1, 0] == 255
