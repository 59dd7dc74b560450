"""Gray, tinted or in colour, also after JPEG and with a stamp on it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from skimage import data

from colorstudio.imaging.colorspace import lab_to_srgb
from colorstudio.imaging.kind import recognise
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.photo import PhotoKind


def _jpeg(pixels: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


def _toned(chroma: tuple[float, float], gray: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
    """A toned print: the chroma is strongest in the middle tones and gone in black and white."""
    luminance = luminance_of_pixels(data.camera() if gray is None else gray)
    strength = 4 * (luminance / 100) * (1 - luminance / 100)
    lab = np.dstack([luminance, strength * chroma[0], strength * chroma[1]])
    return np.rint(lab_to_srgb(lab) * 255).astype(np.uint8)


TONES = {
    "sepia": (7.0, 24.0),
    "strong sepia": (14.0, 38.0),
    "cyanotype": (-6.0, -30.0),
    "selenium": (8.0, 3.0),
}


@pytest.mark.parametrize("quality", [50, 95])
@pytest.mark.parametrize("tone", TONES)
def test_toned_prints(tone: str, quality: int) -> None:
    assert recognise(_jpeg(_toned(TONES[tone]), quality)) is PhotoKind.TINTED


def test_a_yellowed_scan() -> None:
    gray = data.camera()[..., None] / 255
    paper = np.array([0.97, 0.90, 0.74])
    scan = np.rint((0.08 + 0.9 * gray) * paper * 255).astype(np.uint8)
    assert recognise(_jpeg(scan, 80)) is PhotoKind.TINTED


def test_a_sepia_with_a_coloured_stamp_in_the_corner() -> None:
    sepia = _toned(TONES["sepia"])
    sepia[:70, -100:] = (180, 30, 40)  # 2.7 percent
    assert recognise(_jpeg(sepia, 85)) is PhotoKind.TINTED


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea", "rocket"])
@pytest.mark.parametrize("quality", [50, 95])
def test_colour_photos(name: str, quality: int) -> None:
    assert recognise(_jpeg(getattr(data, name)(), quality)) is PhotoKind.COLOUR


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea", "rocket"])
def test_muted_colours_are_colours(name: str) -> None:
    rgb = getattr(data, name)().astype(np.float32)
    muted = rgb.mean(-1, keepdims=True) + 0.4 * (rgb - rgb.mean(-1, keepdims=True))
    assert recognise(muted.astype(np.uint8)) is PhotoKind.COLOUR


def test_chroma_noise_is_gray() -> None:
    rng = np.random.default_rng(0)
    noisy = data.camera()[..., None] + rng.normal(0, 12, (512, 512, 3))
    assert recognise(_jpeg(np.clip(noisy, 0, 255).astype(np.uint8), 40)) is PhotoKind.GRAY


def test_one_channel_is_gray() -> None:
    assert recognise(data.camera()) is PhotoKind.GRAY


def test_sixteen_bits() -> None:
    assert recognise(_toned(TONES["sepia"]).astype(np.uint16) * np.uint16(257)) is PhotoKind.TINTED
    assert recognise(data.coffee().astype(np.uint16) * np.uint16(257)) is PhotoKind.COLOUR


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 5000, 3), (2, 2, 3)])
def test_extreme_shapes(shape: tuple[int, ...]) -> None:
    assert recognise(np.full(shape, 128, np.uint8)) is PhotoKind.GRAY
    orange = np.empty(shape, np.uint8)
    orange[:] = (230, 150, 60)
    assert recognise(orange) is PhotoKind.TINTED  # one tone is all there is
