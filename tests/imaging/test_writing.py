"""What is written is what was given, with what the photo brought along."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from colorstudio.errors import PhotoWriteError
from colorstudio.imaging import icc
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.photo import Photo, PhotoKind, PhotoMetadata
from colorstudio.imaging.reading import photo_from_bytes, read_photo
from colorstudio.imaging.writing import WRITABLE_FORMATS, WriteOptions, format_of, write_photo

LOSSLESS: dict[str, Any] = {"png": {}, "tiff": {}, "webp": {"quality": 100}}


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "Großmutter in Rügen".encode()
    exif[0x010F] = "Agfa"
    exif.get_ifd(0x8769)[0x9003] = "1938:07:01 12:00:00"
    exif.get_ifd(0x8769)[0x829A] = 0.02
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


def _photo(pixels: np.ndarray, **metadata: Any) -> Photo:
    alpha = metadata.pop("alpha", None)
    path = metadata.pop("path", None)
    return Photo(pixels, PhotoKind.GRAY, alpha=alpha, metadata=PhotoMetadata(**metadata), path=path)


@pytest.mark.parametrize("name", LOSSLESS)
@pytest.mark.parametrize("gray", [False, True])
def test_lossless_at_8_bits(tmp_path: Path, astronaut: np.ndarray, name: str, gray: bool) -> None:
    pixels = np.ascontiguousarray(astronaut[..., 0]) if gray else astronaut
    path = write_photo(
        tmp_path / f"out.{name}", pixels, like=None, options=WriteOptions(format=name, **LOSSLESS[name])
    )
    np.testing.assert_array_equal(read_photo(path).pixels, pixels)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["png", "tiff"])
@pytest.mark.parametrize("gray", [False, True])
@pytest.mark.parametrize("alpha", [False, True])
def test_lossless_at_16_bits(
    tmp_path: Path, deep_ramp: np.ndarray, name: str, gray: bool, alpha: bool
) -> None:
    pixels = np.ascontiguousarray(deep_ramp[..., 0]) if gray else deep_ramp
    opacity = np.ascontiguousarray(deep_ramp[..., 2]) if alpha else None
    path = write_photo(tmp_path / f"out.{name}", pixels, like=_photo(pixels, alpha=opacity))
    photo = read_photo(path)
    assert photo.bit_depth == 16
    np.testing.assert_array_equal(photo.pixels, pixels)
    if alpha:
        np.testing.assert_array_equal(photo.alpha, opacity)


def test_a_tiff_is_read_by_others(tmp_path: Path, astronaut: np.ndarray) -> None:
    large = np.tile(astronaut, (3, 1, 1))  # three strips
    alpha = np.tile(astronaut[..., 0], (3, 1))
    photo = _photo(large, alpha=alpha, exif=_exif(), dpi=(300.0, 300.0))
    path = write_photo(tmp_path / "out.tif", large, like=photo)
    expected = np.dstack([large, alpha])
    np.testing.assert_array_equal(np.asarray(Image.open(path)), expected)
    np.testing.assert_array_equal(tifffile.imread(path), expected)
    with tifffile.TiffFile(path) as tiff:
        assert tiff.pages.first.tags["Make"].value == "Agfa"
        assert tiff.pages.first.tags["ExifTag"].value["DateTimeOriginal"] == "1938:07:01 12:00:00"


@pytest.mark.parametrize("name", ["jpeg", "webp"])
def test_quality(tmp_path: Path, astronaut: np.ndarray, name: str) -> None:
    sizes, errors = [], []
    for quality in (20, 95):
        options = WriteOptions(format=name, quality=quality)
        path = write_photo(tmp_path / f"{quality}.{name}", astronaut, like=None, options=options)
        sizes.append(path.stat().st_size)
        errors.append(np.abs(read_photo(path).pixels.astype(int) - astronaut).mean())
    assert sizes[0] < 0.5 * sizes[1]
    assert errors[0] > 1.5 * errors[1]


def test_jpeg_does_not_smear_chroma(tmp_path: Path) -> None:
    stripes = np.zeros((32, 32, 3), np.uint8)
    stripes[:, ::2] = (220, 60, 60)
    stripes[:, 1::2] = (60, 120, 220)
    path = write_photo(tmp_path / "out.jpg", stripes, like=None)
    assert np.abs(read_photo(path).pixels.astype(int) - stripes).mean() < 6  # 4:2:0 has 60


@pytest.mark.parametrize("name", WRITABLE_FORMATS)
def test_metadata_travel(tmp_path: Path, astronaut: np.ndarray, name: str) -> None:
    adobe = bytes(imagecodecs.cms_profile("adobergb"))
    photo = _photo(astronaut, exif=_exif(), dpi=(300.0, 240.0), icc_profile=adobe)
    path = write_photo(tmp_path / "out", astronaut, like=photo, options=WriteOptions(format=name))
    out = read_photo(path)
    exif = Image.Exif()
    assert out.metadata.exif is not None
    exif.load(out.metadata.exif)
    assert exif[0x010F] == "Agfa"
    assert exif[0x010E].encode("latin-1") == "Großmutter in Rügen".encode()
    assert exif.get_ifd(0x8769)[0x9003] == "1938:07:01 12:00:00"
    assert float(exif.get_ifd(0x8769)[0x829A]) == pytest.approx(0.02)
    assert exif.get_ifd(0x8825)[1] == "N"
    assert out.metadata.dpi == pytest.approx((300, 240), abs=0.1)
    assert out.metadata.icc_profile == adobe


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("name", WRITABLE_FORMATS)
def test_damaged_exif_does_not_cost_the_photo(tmp_path: Path, camera: np.ndarray, name: str) -> None:
    whole = _exif()
    rng = np.random.default_rng(12)
    for turn in range(40):
        block = bytearray(whole)
        for at in rng.integers(14, len(block), 6):
            block[at] = rng.integers(0, 256)
        photo = _photo(camera, exif=bytes(block), dpi=(300.0, 300.0))
        options = WriteOptions(format=name, overwrite=True)
        path = write_photo(tmp_path / "out", camera, like=photo, options=options)
        assert read_photo(path).shape == camera.shape, turn


def test_exif_that_cannot_be_carried_is_logged(
    tmp_path: Path, camera: np.ndarray, caplog: pytest.LogCaptureFixture
) -> None:
    photo = _photo(camera, exif=b"Exif\0\0II*\0\xff\xff")
    write_photo(tmp_path / "out.tif", camera, like=photo)
    assert "left out" in caplog.text
    np.testing.assert_array_equal(read_photo(tmp_path / "out.tif").pixels, camera)


@pytest.mark.parametrize("name", WRITABLE_FORMATS)
def test_metadata_can_stay_behind(tmp_path: Path, astronaut: np.ndarray, name: str) -> None:
    adobe = bytes(imagecodecs.cms_profile("adobergb"))
    photo = _photo(astronaut, exif=_exif(), dpi=(300.0, 240.0), icc_profile=adobe)
    options = WriteOptions(format=name, keep_metadata=False)
    out = read_photo(write_photo(tmp_path / "out", astronaut, like=photo, options=options))
    assert out.metadata.exif is None or b"Agfa" not in out.metadata.exif
    assert out.metadata.dpi is None
    assert out.metadata.icc_profile == adobe, "without it the colours would be wrong"


@pytest.mark.parametrize("name", LOSSLESS)
def test_pixels_are_in_the_profile_that_is_embedded(tmp_path: Path, astronaut: np.ndarray, name: str) -> None:
    adobe = bytes(imagecodecs.cms_profile("adobergb"))
    photo = _photo(astronaut, icc_profile=adobe)
    options = WriteOptions(format=name, **LOSSLESS[name])
    path = write_photo(tmp_path / "out", astronaut, like=photo, options=options)
    raw = np.asarray(Image.open(path).convert("RGB"))
    assert np.abs(raw.astype(int) - astronaut).max() > 20, "not the sRGB codes"
    again = read_photo(path)
    assert np.abs(again.pixels.astype(int) - astronaut).max() <= 2
    luminance = luminance_of_pixels(astronaut)
    assert np.abs(again.luminance - luminance).max() < 0.6  # two roundings to 8 bits
    assert np.abs(again.luminance - luminance).mean() < 0.1


def test_a_gray_photo_in_an_rgb_profile_stays_what_it_was(tmp_path: Path) -> None:
    """The whole way at 16 bits, rounded once: a scan in Adobe RGB comes back code by code."""
    adobe = bytes(imagecodecs.cms_profile("adobergb"))
    file = io.BytesIO()
    scan = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    Image.fromarray(scan).save(file, "PNG", icc_profile=adobe)
    photo = photo_from_bytes(file.getvalue(), "scan")
    path = write_photo(tmp_path / "out.png", photo.pixels, like=photo)
    raw = np.asarray(Image.open(path).convert("RGB")).astype(int)
    assert np.abs(raw - scan)[:, 30:].max() <= 1
    assert np.abs(raw - scan)[:, :30].max() <= 5  # sRGB has fewer codes near black
    assert np.abs(read_photo(path).luminance - photo.luminance).max() < 0.5


@pytest.mark.parametrize("profile", [imagecodecs.cms_profile("gray", gamma=2.2)])
def test_a_gray_profile_becomes_srgb(tmp_path: Path, astronaut: np.ndarray, profile: Any) -> None:
    photo = _photo(astronaut, icc_profile=bytes(profile))
    path = write_photo(tmp_path / "out.png", astronaut, like=photo)
    out = read_photo(path)
    assert out.metadata.icc_profile == icc.srgb_profile()
    np.testing.assert_array_equal(out.pixels, astronaut)


def test_no_profile_stays_no_profile(tmp_path: Path, astronaut: np.ndarray) -> None:
    path = write_photo(tmp_path / "out.png", astronaut, like=_photo(astronaut))
    assert "icc_profile" not in Image.open(path).info


@pytest.mark.parametrize("name", ["png", "tiff", "webp"])
@pytest.mark.parametrize("gray", [False, True])
def test_alpha_travels(tmp_path: Path, astronaut: np.ndarray, name: str, gray: bool) -> None:
    alpha = np.tile(np.arange(128, dtype=np.uint8) * 2, (128, 1))
    pixels = np.ascontiguousarray(astronaut[..., 0]) if gray else astronaut
    options = WriteOptions(format=name, quality=100)
    out = read_photo(write_photo(tmp_path / "out", pixels, like=_photo(pixels, alpha=alpha), options=options))
    np.testing.assert_array_equal(out.alpha, alpha)
    np.testing.assert_array_equal(out.pixels, pixels)  # under transparency too


def test_jpeg_lies_on_white(tmp_path: Path, astronaut: np.ndarray) -> None:
    alpha = np.full((128, 128), 255, np.uint8)
    alpha[:64] = 0
    path = write_photo(tmp_path / "out.jpg", astronaut, like=_photo(astronaut, alpha=alpha))
    out = read_photo(path).pixels.astype(int)
    assert out[:56].min() > 245
    assert np.abs(out[72:] - astronaut[72:]).mean() < 3


def test_depth_of_the_photo(tmp_path: Path, astronaut: np.ndarray) -> None:
    deep = astronaut.astype(np.uint16) * np.uint16(257)
    shallow, deep_photo = _photo(astronaut), _photo(deep)
    for pixels, like, bits, expected in (
        (deep, shallow, None, 8),
        (astronaut, deep_photo, None, 16),
        (deep, deep_photo, 8, 8),
        (astronaut, None, 16, 16),
    ):
        options = WriteOptions(bit_depth=bits, overwrite=True)
        out = read_photo(write_photo(tmp_path / "out.png", pixels, like=like, options=options))
        assert out.bit_depth == expected
        np.testing.assert_array_equal(out.pixels, astronaut if expected == 8 else deep)
    jpeg = read_photo(write_photo(tmp_path / "out.jpg", deep, like=deep_photo))
    assert jpeg.bit_depth == 8


def test_sixteen_bits_are_rounded_to_the_nearest(tmp_path: Path) -> None:
    codes = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    path = write_photo(tmp_path / "out.png", codes, like=None, options=WriteOptions(bit_depth=8))
    np.testing.assert_array_equal(read_photo(path).pixels, np.rint(codes / 257))


def _refused(path: Path, pixels: np.ndarray, words: str, **arguments: Any) -> None:
    folder = path.parent if path.parent.is_dir() else path.parent.parent
    before = {file: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    arguments.setdefault("like", None)
    with pytest.raises(PhotoWriteError, match=words) as caught:
        write_photo(path, pixels, **arguments)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")
    assert {file: file.read_bytes() for file in folder.iterdir() if file.is_file()} == before


def test_an_existing_file_is_kept(tmp_path: Path, astronaut: np.ndarray) -> None:
    path = tmp_path / "out.png"
    path.write_bytes(b"somebody's")
    _refused(path, astronaut, "exists already")
    write_photo(path, astronaut, like=None, options=WriteOptions(overwrite=True))
    np.testing.assert_array_equal(read_photo(path).pixels, astronaut)


def test_an_input_is_never_replaced(tmp_path: Path, astronaut: np.ndarray) -> None:
    source = tmp_path / "in.png"
    source.write_bytes(b"precious")
    hard, soft, folder = tmp_path / "hard.png", tmp_path / "soft.png", tmp_path / "folder"
    os.link(source, hard)
    soft.symlink_to(source)
    folder.symlink_to(tmp_path, target_is_directory=True)
    overwrite = WriteOptions(overwrite=True)
    for target in (source, hard, soft, folder / "in.png"):
        _refused(target, astronaut, "photo that was read", inputs=[source], options=overwrite)
        like = _photo(astronaut, path=source)
        _refused(target, astronaut, "photo that was read", like=like, options=overwrite)
    # Also where the link is what was read.
    _refused(source, astronaut, "photo that was read", inputs=[soft], options=overwrite)


def test_an_input_that_is_gone_is_no_obstacle(tmp_path: Path, astronaut: np.ndarray) -> None:
    write_photo(tmp_path / "out.png", astronaut, like=None, inputs=[tmp_path / "gone.png"])
    assert (tmp_path / "out.png").exists()


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("out.gif", {}, "no format that can be written"),
        ("out", {}, "no format that can be written"),
        ("out.png", {"options": WriteOptions(format="gif")}, "there is no format 'gif'"),
        ("out.jpg", {"options": WriteOptions(quality=0)}, "from 1 to 100"),
        ("out.jpg", {"options": WriteOptions(quality=101)}, "from 1 to 100"),
        ("out.png", {"options": WriteOptions(bit_depth=12)}, "choose 8 or 16"),
        ("out.jpg", {"options": WriteOptions(bit_depth=16)}, "no 16 bits"),
        ("no/out.png", {}, "there is no folder"),
    ],
)
def test_what_cannot_be(tmp_path: Path, astronaut: np.ndarray, name: str, arguments: Any, words: str) -> None:
    _refused(tmp_path / name, astronaut, words, **arguments)


@pytest.mark.parametrize(("name", "longest"), [("webp", 16383), ("jpeg", 65500)])
def test_the_longest_sides(tmp_path: Path, name: str, longest: int) -> None:
    options = WriteOptions(format=name)
    path = write_photo(tmp_path / "out", np.zeros((1, longest), np.uint8), like=None, options=options)
    assert read_photo(path).shape == (1, longest)
    _refused(tmp_path / "out2", np.zeros((longest + 1, 1), np.uint8), "too many for", options=options)


def test_a_result_of_another_size_is_refused(tmp_path: Path, astronaut: np.ndarray) -> None:
    photo = _photo(astronaut, alpha=np.zeros((5, 5), np.uint8))
    _refused(tmp_path / "out.png", astronaut, "the photo 5 x 5", like=photo)


def test_a_full_disk(tmp_path: Path, astronaut: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for name in WRITABLE_FORMATS:
        _refused(tmp_path / f"out.{name}", astronaut, "disk is full", options=WriteOptions(format=name))


def test_an_encoder_that_fails(
    tmp_path: Path, astronaut: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> bytes:
        raise RuntimeError("out of luck")

    monkeypatch.setattr("colorstudio.imaging.encoding.encode", fail)
    _refused(tmp_path / "out.png", astronaut, "could not be written as png")


@pytest.mark.parametrize("name", WRITABLE_FORMATS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 5000, 3), (5000, 1, 3)])
def test_extreme_shapes(tmp_path: Path, name: str, shape: tuple[int, ...]) -> None:
    options = WriteOptions(format=name)
    path = write_photo(tmp_path / "out", np.full(shape, 90, np.uint8), like=None, options=options)
    assert read_photo(path).shape == shape[:2]


def test_formats_by_suffix() -> None:
    for name, suffixes in WRITABLE_FORMATS.items():
        for suffix in suffixes:
            assert format_of(Path(f"photo{suffix.upper()}")) == name
    assert format_of(Path("photo.png"), WriteOptions(format="tiff")) == "tiff"


def test_the_photo_is_not_changed(tmp_path: Path, astronaut: np.ndarray) -> None:
    before = astronaut.copy()
    photo = _photo(astronaut, icc_profile=bytes(imagecodecs.cms_profile("adobergb")))
    write_photo(tmp_path / "out.png", astronaut, like=replace(photo))
    np.testing.assert_array_equal(astronaut, before)
