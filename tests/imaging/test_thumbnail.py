"""Small gray copies of photos of all kinds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from colorstudio.errors import PhotoReadError
from colorstudio.imaging.thumbnail import read_thumbnail

_LEFT, _RIGHT = 60, 200


def _halves(height: int = 300, width: int = 600) -> np.ndarray:
    """Dark on the left, light on the right."""
    pixels = np.full((height, width), _LEFT, np.uint8)
    pixels[:, width // 2 :] = _RIGHT
    return pixels


def _write(path: Path, kind: str) -> Path:
    pixels = _halves()
    if kind == "gray16":
        Image.fromarray(pixels.astype(np.uint16) * 257).save(path)
    elif kind == "tiff16":
        tifffile.imwrite(path, pixels.astype(np.uint16) * 257)
    elif kind == "cmyk":
        Image.fromarray(pixels).convert("RGB").convert("CMYK").save(path, quality=95)
    elif kind == "rgba":
        Image.fromarray(pixels).convert("RGBA").save(path)
    elif kind == "palette":
        Image.fromarray(pixels).convert("RGB").quantize(8).save(path)
    else:
        Image.fromarray(pixels).convert("RGB" if kind == "rgb" else "L").save(path)
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", "gray"), ("a.jpg", "rgb"), ("a.jpg", "cmyk"), ("a.png", "gray"), ("a.png", "rgb"),
        ("a.png", "gray16"), ("a.png", "rgba"), ("a.png", "palette"), ("a.tif", "tiff16"), ("a.webp", "rgb"),
        ("a.bmp", "rgb"),
    ],
)  # fmt: skip
def test_any_photo_becomes_small_and_gray(tmp_path: Path, name: str, kind: str) -> None:
    small = read_thumbnail(_write(tmp_path / name, kind), 64)
    assert small.shape == (32, 64)
    assert small.dtype == np.uint8
    np.testing.assert_allclose(small[16, 8], _LEFT, atol=4)
    np.testing.assert_allclose(small[16, 56], _RIGHT, atol=4)


def test_small_photos_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    Image.fromarray(_halves(10, 20)).save(path)
    np.testing.assert_array_equal(read_thumbnail(path, 64), _halves(10, 20))


def test_the_thinnest_photo_has_a_pixel_left(tmp_path: Path) -> None:
    path = tmp_path / "thin.png"
    Image.fromarray(_halves(2, 4000)).save(path)
    assert read_thumbnail(path, 64).shape == (1, 64)


@pytest.mark.parametrize("name", ["turned.jpg", "turned.tif", "turned.png"])
def test_the_thumbnail_is_upright(tmp_path: Path, name: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise: the left edge comes to the top
    path = tmp_path / name
    if name.endswith(".tif"):
        tifffile.imwrite(path, _halves(), extratags=[(274, "H", 1, 6, True)])
    else:
        Image.fromarray(_halves()).save(path, exif=exif)
    small = read_thumbnail(path, 64)
    assert small.shape == (64, 32)
    assert small[4, 16] < 80 < 180 < small[60, 16]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.jpg", b""),
        ("cut.jpg", None),
        ("poem.jpg", b"Tyger Tyger, burning bright"),
        ("a.tif", b"II*\0xx"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is None:
        Image.fromarray(np.random.default_rng(0).integers(0, 255, (300, 600), np.uint8)).save(path)
        content = path.read_bytes()[:3000]
    path.write_bytes(content)
    with pytest.raises(PhotoReadError, match=name):
        read_thumbnail(path, 64)


def test_a_photo_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PhotoReadError, match="There is no file"):
        read_thumbnail(tmp_path / "gone.jpg", 64)
