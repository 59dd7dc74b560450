"""Every kind of file becomes the pixels that are in it."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image
from skimage import color

from colorstudio.imaging import icc
from colorstudio.imaging.exif import apply_orientation
from colorstudio.imaging.photo import PhotoKind
from colorstudio.imaging.reading import READABLE_SUFFIXES, photo_from_bytes, read_photo


def _pillow(pixels: np.ndarray | Image.Image, format: str, **options: Any) -> bytes:  # noqa: A002
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def _tiff(pixels: np.ndarray, **options: Any) -> bytes:
    file = io.BytesIO()
    options.setdefault("photometric", "rgb" if pixels.ndim == 3 and pixels.shape[-1] >= 3 else "minisblack")
    tifffile.imwrite(file, pixels, metadata=None, **options)
    return file.getvalue()


def _png16(pixels: np.ndarray) -> bytes:
    return bytes(imagecodecs.png_encode(pixels))


def _read(data: bytes) -> Any:
    return photo_from_bytes(data, "the photo")


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("PNG", {}),
        ("BMP", {}),
        ("WEBP", {"lossless": True}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", {"compression": "packbits"}),
    ],
)
def test_lossless_rgb(astronaut: np.ndarray, format: str, options: dict[str, Any]) -> None:  # noqa: A002
    photo = _read(_pillow(astronaut, format, **options))
    np.testing.assert_array_equal(photo.pixels, astronaut)
    assert photo.kind is PhotoKind.COLOUR
    assert photo.metadata.format == format
    assert photo.alpha is None
    assert photo.bit_depth == 8
    assert any("in colour already" in note for note in photo.notes)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "BMP", "WEBP"])
def test_gray(camera: np.ndarray, format: str) -> None:  # noqa: A002
    photo = _read(_pillow(camera, format, **({"lossless": True} if format == "WEBP" else {})))
    assert photo.pixels.shape == camera.shape, "equal channels are one"
    assert np.abs(photo.pixels.astype(int) - camera).mean() <= (6 if format == "JPEG" else 0)
    assert photo.kind is PhotoKind.GRAY
    assert photo.notes == ()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}])
def test_jpeg(astronaut: np.ndarray, options: dict[str, Any]) -> None:
    photo = _read(_pillow(astronaut, "JPEG", quality=95, **options))
    assert np.abs(photo.pixels.astype(int) - astronaut).mean() < 6
    assert photo.metadata.format == "JPEG"


def test_tiff_with_jpeg_inside(astronaut: np.ndarray) -> None:
    photo = _read(_pillow(astronaut, "TIFF", compression="jpeg", quality=95))
    assert np.abs(photo.pixels.astype(int) - astronaut).mean() < 6


def test_palette(astronaut: np.ndarray) -> None:
    image = Image.fromarray(astronaut).quantize(64)
    expected = np.asarray(image.convert("RGB"))
    for format_ in ("PNG", "TIFF", "BMP"):
        np.testing.assert_array_equal(_read(_pillow(image, format_)).pixels, expected)


def test_palette_with_transparency(astronaut: np.ndarray) -> None:
    image = Image.fromarray(astronaut).quantize(16)
    photo = _read(_pillow(image, "PNG", transparency=3))
    np.testing.assert_array_equal(photo.alpha == 0, np.asarray(image) == 3)


def test_one_bit() -> None:
    bits = np.random.default_rng(0).random((33, 45)) > 0.5
    expected = bits.astype(np.uint8) * 255
    for format_, options in (("PNG", {}), ("TIFF", {}), ("TIFF", {"compression": "group4"}), ("BMP", {})):
        photo = _read(_pillow(Image.fromarray(bits), format_, **options))
        np.testing.assert_array_equal(photo.pixels, expected)


@pytest.mark.parametrize("channels", [2, 4])
def test_alpha(astronaut: np.ndarray, channels: int) -> None:
    alpha = np.tile(np.arange(128, dtype=np.uint8) * 2, (128, 1))
    colours = astronaut[..., :1] if channels == 2 else astronaut
    image = Image.fromarray(np.dstack([colours, alpha]))
    for format_ in ("PNG", "TIFF"):
        photo = _read(_pillow(image, format_))
        np.testing.assert_array_equal(photo.alpha, alpha)
        np.testing.assert_array_equal(photo.pixels, colours[..., 0] if channels == 2 else colours)


def test_an_opaque_alpha_is_none(astronaut: np.ndarray) -> None:
    image = Image.fromarray(astronaut).convert("RGBA")
    assert _read(_pillow(image, "PNG")).alpha is None


def test_an_empty_alpha_is_none(astronaut: np.ndarray) -> None:
    image = Image.fromarray(astronaut).convert("RGBA")
    image.putalpha(0)
    photo = _read(_pillow(image, "PNG"))
    assert photo.alpha is None
    assert "All of the photo is marked as transparent: this was ignored." in photo.notes


@pytest.mark.parametrize("channels", [0, 2, 3, 4])
def test_sixteen_bit_png(channels: int) -> None:
    shape = (20, 30, channels) if channels else (20, 30)
    pixels = np.random.default_rng(channels).integers(0, 65536, shape).astype(np.uint16)
    _check_deep(_read(_png16(pixels)), pixels, channels)


@pytest.mark.parametrize("compression", [None, "zlib", "lzw"])
@pytest.mark.parametrize("byteorder", ["<", ">"])
@pytest.mark.parametrize("channels", [0, 2, 3, 4])
def test_sixteen_bit_tiff(channels: int, byteorder: str, compression: str | None) -> None:
    shape = (20, 30, channels) if channels else (20, 30)
    pixels = np.random.default_rng(channels).integers(0, 65536, shape).astype(np.uint16)
    extra = ["unassalpha"] if channels in (2, 4) else None
    data = _tiff(
        pixels, byteorder=byteorder, compression=compression, extrasamples=extra, planarconfig="contig"
    )
    _check_deep(_read(data), pixels, channels)


def _check_deep(photo: Any, pixels: np.ndarray, channels: int) -> None:
    colours = pixels if channels in (0, 3) else pixels[..., : channels - 1].squeeze()
    assert photo.bit_depth == 16
    assert photo.pixels.dtype.isnative
    np.testing.assert_array_equal(photo.pixels, colours)
    if channels in (2, 4):
        np.testing.assert_array_equal(photo.alpha, pixels[..., -1])
    else:
        assert photo.alpha is None


def test_tiff_layouts(deep_ramp: np.ndarray) -> None:
    tiled = _tiff(deep_ramp, tile=(16, 32), compression="zlib")
    planar = _tiff(np.moveaxis(deep_ramp, -1, 0).copy(), planarconfig="separate", photometric="rgb")
    big = io.BytesIO()
    tifffile.imwrite(big, deep_ramp, photometric="rgb", bigtiff=True)
    for data in (tiled, planar, big.getvalue()):
        np.testing.assert_array_equal(_read(data).pixels, deep_ramp)


def test_white_is_zero(camera: np.ndarray) -> None:
    for pixels in (camera, camera.astype(np.uint16) * np.uint16(200)):
        most = np.iinfo(pixels.dtype).max
        photo = _read(_tiff(pixels, photometric="miniswhite"))
        np.testing.assert_array_equal(photo.pixels, most - pixels)


def test_multiplied_alpha_is_divided_out() -> None:
    rgba = np.zeros((1, 2, 4), np.uint16)
    rgba[0, 0] = (10000, 20000, 30000, 40000)
    photo = _read(_tiff(rgba, extrasamples=["assocalpha"]))
    np.testing.assert_array_equal(photo.pixels[0, 0], np.rint(rgba[0, 0, :3] * (65535 / 40000)))


def test_floating_point_tiff(camera: np.ndarray) -> None:
    photo = _read(_tiff((camera / 255).astype(np.float32)))
    np.testing.assert_allclose(photo.pixels / 65535, camera / 255, atol=1e-5)
    assert any("floating-point" in note for note in photo.notes)


def test_the_first_of_several_pages(camera: np.ndarray) -> None:
    pages = [Image.fromarray(camera), Image.new("L", (5, 5))]
    photo = _read(_pillow(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    np.testing.assert_array_equal(photo.pixels, camera)
    assert photo.notes == ("The file has 2 pages: the first one was taken.",)


def test_the_first_of_several_frames(astronaut: np.ndarray) -> None:
    first, second = Image.fromarray(astronaut), Image.fromarray(astronaut[::-1])
    data = _pillow(first, "WEBP", save_all=True, append_images=[second], lossless=True)
    photo = _read(data)
    np.testing.assert_array_equal(photo.pixels, astronaut)
    assert "The picture is animated with 2 frames: the first one was taken." in photo.notes


def test_cmyk_jpeg_without_a_profile(astronaut: np.ndarray) -> None:
    # Pillow writes what Adobe writes: inverted, with the marker.
    photo = _read(_pillow(Image.fromarray(astronaut).convert("CMYK"), "JPEG", quality=95))
    assert np.abs(photo.pixels.astype(int) - astronaut).mean() < 8
    assert photo.metadata.icc_profile is None


def _cmyk_profile() -> bytes:
    """An ICC profile whose inks make L* = 100 - 60 of each, but yellow: only b* = 50."""
    table = np.zeros((2, 2, 2, 2, 3))  # cyan, magenta, yellow, black to Lab
    for corner in np.ndindex(2, 2, 2, 2):
        light = 100 - 60 * min(1, corner[0] + corner[1]) - 40 * corner[3]
        table[corner] = light / 100 * 255, 128, 128 + 50 * corner[2]
    ramp = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0])
    lut += b"".join(struct.pack(">i", 65536 * (i % 4 == 0)) for i in range(9))
    lut += ramp * 4 + table.round().astype(np.uint8).tobytes() + ramp * 3
    offset = 128 + 4 + 12
    header = struct.pack(">I", offset + len(lut)) + b"lcms\x02\x40\0\0prtrCMYKLab " + bytes(12) + b"acsp"
    header = header.ljust(68, b"\0") + struct.pack(">iii", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + struct.pack(">I4sII", 1, b"A2B0", offset, len(lut)) + lut


@pytest.mark.parametrize("kind", ["jpeg", "tiff", "16-bit tiff"])
def test_cmyk_with_a_profile(kind: str) -> None:
    ink = np.zeros((16, 48, 4), np.uint8)
    ink[:, 16:32] = (0, 0, 255, 0)
    ink[:, 32:] = (255, 0, 0, 255)
    profile = _cmyk_profile()
    if kind == "jpeg":
        data = _pillow(Image.fromarray(ink, "CMYK"), "JPEG", quality=100, icc_profile=profile)
    else:
        pixels = ink if kind == "tiff" else ink.astype(np.uint16) * np.uint16(257)
        data = _tiff(pixels, photometric="separated", iccprofile=profile)
    photo = _read(data)
    assert photo.notes[:1] != ("The colour profile in the file cannot be used: the photo was taken as sRGB.",)
    lab = color.rgb2lab(photo.pixels / np.iinfo(photo.pixels.dtype).max)
    np.testing.assert_allclose(lab[8, 8], (100, 0, 0), atol=1.5)
    np.testing.assert_allclose(lab[8, 24, 1:], (0, 50), atol=14)  # as far as sRGB has it
    assert lab[8, 40, 0] < 3


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_cmyk_tiff(dtype: type) -> None:
    most = np.iinfo(dtype).max
    ink = np.zeros((1, 3, 4), dtype)
    ink[0, 1] = (0, 0, 0, most)
    ink[0, 2] = (most, 0, 0, 0)
    photo = _read(_tiff(ink, photometric="separated"))
    np.testing.assert_array_equal(photo.pixels[0], [[most] * 3, [0] * 3, [0, most, most]])


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_orientation(format: str, orientation: int) -> None:  # noqa: A002
    upright = np.zeros((24, 40), np.uint8)
    upright[:8, :8] = 255  # a white corner at the top left
    # How a camera stores it: undoing what its orientation asks for.
    undo = {6: 8, 8: 6}.get(orientation, orientation)
    stored = apply_orientation(upright, undo)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Agfa"
    options: dict[str, Any] = {"exif": exif, "dpi": (300, 200)} if format != "TIFF" else {"exif": exif}
    photo = _read(_pillow(stored, format, **options))
    gray = photo.pixels if photo.pixels.ndim == 2 else photo.pixels[..., 1]
    assert np.abs(gray.astype(int) - upright).max() < 60
    carried = Image.Exif()
    carried.load(photo.metadata.exif)
    assert carried.get(0x0112, 1) == 1
    assert carried[0x010F] == "Agfa"
    if format in ("JPEG", "PNG"):
        expected = (200, 300) if orientation >= 5 else (300, 200)
        assert photo.metadata.dpi == pytest.approx(expected, abs=0.1)


def test_orientation_of_a_sixteen_bit_tiff(deep_ramp: np.ndarray) -> None:
    photo = _read(_tiff(deep_ramp, extratags=[(0x0112, "H", 1, 6, True)], resolution=(300, 150)))
    np.testing.assert_array_equal(photo.pixels, np.rot90(deep_ramp, -1))
    assert photo.metadata.dpi == (150, 300)


def test_alpha_is_turned_too() -> None:
    rgba = np.full((4, 6, 4), 100, np.uint8)
    rgba[0, 0, 3] = 0
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = _read(_pillow(rgba, "PNG", exif=exif))
    assert photo.alpha.shape == (6, 4)
    assert photo.alpha[0, 3] == 0


def test_exif_of_a_tiff() -> None:
    exif = Image.Exif()
    caption = "Großmutter in Rügen".encode()  # UTF-8, as most programs write it
    exif.get_ifd(0x8769)[0x9003] = "1938:07:01 12:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    block = Image.Exif()
    block.load(exif.tobytes())
    block[0x010E] = caption
    photo = _read(_pillow(np.zeros((3, 4), np.uint8), "TIFF", exif=block))
    carried = Image.Exif()
    carried.load(photo.metadata.exif)
    assert carried[0x010E].encode("latin-1") == caption
    assert carried.get_ifd(0x8769)[0x9003] == "1938:07:01 12:00:00"
    assert carried.get_ifd(0x8825)[1] == "N"
    assert 0x0100 not in carried, "the width of the input is none of the output's business"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_profile_is_converted_and_kept(dtype: type) -> None:
    adobe = bytes(imagecodecs.cms_profile("adobergb"))
    most = np.iinfo(dtype).max
    green = np.zeros((4, 4, 3), dtype)
    green[:] = (most // 4, most // 2, most // 4)
    data = _pillow(green, "PNG", icc_profile=adobe) if dtype is np.uint8 else _tiff(green, iccprofile=adobe)
    photo = _read(data)
    assert photo.metadata.icc_profile == adobe
    # The same colour has less red in sRGB, whose green is nearer to yellow.
    assert photo.pixels[0, 0, 0] < green[0, 0, 0] * 0.8
    np.testing.assert_array_equal(photo.pixels, icc.to_srgb(green, adobe))


def test_a_useless_profile_is_ignored_and_said(astronaut: np.ndarray) -> None:
    photo = _read(_pillow(astronaut, "PNG", icc_profile=b"not a profile" * 20))
    np.testing.assert_array_equal(photo.pixels, astronaut)
    assert photo.metadata.icc_profile is None
    assert "The colour profile in the file cannot be used: the photo was taken as sRGB." in photo.notes


def test_a_photo_is_read_only_and_knows_its_path(tmp_path: Path, camera: np.ndarray) -> None:
    path = tmp_path / "photo with a wrong suffix.tif"
    path.write_bytes(_pillow(camera, "PNG"))
    photo = read_photo(path)
    assert photo.path == path
    assert photo.metadata.format == "PNG"
    with pytest.raises(ValueError, match="read-only"):
        photo.pixels[0, 0] = 1


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1)])
def test_extreme_shapes(format: str, shape: tuple[int, int]) -> None:  # noqa: A002
    photo = _read(_pillow(np.full(shape, 77, np.uint8), format))
    assert photo.shape == shape
    assert photo.luminance.shape == shape


def test_heic(astronaut: np.ndarray) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(astronaut)).save(file, quality=90)
    photo = _read(file.getvalue())
    assert np.abs(photo.pixels.astype(int) - astronaut).mean() < 8
    assert photo.metadata.format == "HEIF"


def test_heic_is_turned_once() -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    upright = np.zeros((64, 96), np.uint8)
    upright[:24, :24] = 255
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    stored = Image.fromarray(apply_orientation(upright, 8))
    pillow_heif.from_pillow(stored).save(file, quality=95, exif=exif.tobytes())
    photo = _read(file.getvalue())
    assert photo.shape == upright.shape
    assert np.abs(photo.pixels.astype(int) - upright).mean() < 2


def test_ten_bit_heic_keeps_its_depth() -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    ramp = np.zeros((64, 64, 3), np.uint16)
    ramp[:] = np.linspace(0, 65535, 64).astype(np.uint16)[None, :, None]
    file = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", (64, 64), ramp.tobytes()).save(file, quality=-1)
    photo = _read(file.getvalue())
    assert photo.bit_depth == 16
    assert photo.pixels.max() == 65535
    gray = photo.pixels if photo.pixels.ndim == 2 else photo.pixels[..., 1]
    assert np.abs(gray.astype(int) - ramp[..., 1]).max() < 400  # of 65535; eight bits have 128 at best
    assert len(np.unique(gray)) == 64


def test_suffixes_are_lower_case_with_a_dot() -> None:
    assert {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".heic"} <= READABLE_SUFFIXES
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READABLE_SUFFIXES)
