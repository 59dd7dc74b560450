"""Turning by any angle: as scipy does it in one piece, at the photo's own depth."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from colorstudio.imaging import turning
from colorstudio.imaging.turning import resample
from colorstudio.progress import Cancelled, ProgressToken

ANGLE = math.radians(7)
TURN = np.array([[math.cos(ANGLE), -math.sin(ANGLE)], [math.sin(ANGLE), math.cos(ANGLE)]])
OFFSET = np.array([5.0, -3.0])


def _noise(*shape: int, dtype: type = np.uint16) -> np.ndarray:
    smooth = ndimage.gaussian_filter(np.random.default_rng(0).random(shape), (1.5, 1.5, 0)[: len(shape)])
    return ((smooth - smooth.min()) / np.ptp(smooth) * np.iinfo(dtype).max).astype(dtype)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_it_is_the_cubic_spline_rounded_once(dtype: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning, "_BAND_PIXELS", 500)
    pixels = _noise(60, 80, dtype=dtype)
    in_one_piece: Any = ndimage.affine_transform  # its types know no arrays as offsets
    whole = in_one_piece(pixels.astype(float), TURN, OFFSET, output_shape=(50, 70), order=3, mode="nearest")
    turned = resample(pixels, (TURN, OFFSET), (50, 70))
    assert turned.dtype == dtype
    difference = np.abs(turned - np.clip(whole, 0, np.iinfo(dtype).max))
    assert difference.max() < 0.51 + np.iinfo(dtype).max * 1e-6


def test_channels_are_turned_alike() -> None:
    pixels = _noise(30, 40, 3)
    turned = resample(pixels, (TURN, OFFSET), (20, 30))
    for channel in range(3):
        plane = np.ascontiguousarray(pixels[..., channel])
        np.testing.assert_array_equal(turned[..., channel], resample(plane, (TURN, OFFSET), (20, 30)))


def test_a_constant_stays_it_far_beyond_the_edge_too() -> None:
    pixels = np.full((20, 30), 51234, np.uint16)
    assert (resample(pixels, (TURN, OFFSET - 100), (90, 90)) == 51234).all()


def test_beyond_the_edge_the_edge_is_repeated() -> None:
    pixels = np.repeat(np.arange(0, 200, 10, dtype=np.uint8)[:, None], 15, axis=1)
    turned = resample(pixels, (np.eye(2), np.array([-30.0, -40.0])), (80, 90))
    np.testing.assert_array_equal(turned[30:50, 40:55], pixels)
    assert (turned[:30] == 0).all()
    assert (turned[50:] == 190).all()


def test_sharp_edges_do_not_wrap_around() -> None:
    pixels = np.zeros((40, 40), np.uint8)
    pixels[10:30, 10:30] = 255
    turned = resample(pixels, (TURN, OFFSET), (40, 40)).astype(int)
    assert (np.abs(np.diff(turned, axis=1)) < 256).all()
    assert (turned[20, 15:25] > 240).all()
    assert turned.min() == 0


def test_it_can_be_cancelled() -> None:
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        resample(_noise(20, 20), (TURN, OFFSET), (20, 20), token)
