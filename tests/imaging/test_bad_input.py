"""What is wrong with a file ends in one sentence that names the file and what to do."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from skimage import data

from colorstudio.errors import PhotoReadError
from colorstudio.imaging.reading import photo_from_bytes, read_photo


def _pillow(format: str, mode: str = "RGB", **options: Any) -> bytes:  # noqa: A002
    file = io.BytesIO()
    Image.fromarray(data.astronaut()[::8, ::8]).convert(mode).save(file, format, **options)
    return file.getvalue()


def _tiff16(**options: Any) -> bytes:
    file = io.BytesIO()
    pixels = data.astronaut()[::8, ::8].astype(np.uint16) * np.uint16(257)
    tifffile.imwrite(file, pixels, photometric="rgb", **options)
    return file.getvalue()


FILES = {
    "jpeg": _pillow("JPEG"),
    "progressive jpeg": _pillow("JPEG", progressive=True),
    "cmyk jpeg": _pillow("JPEG", "CMYK"),
    "png": _pillow("PNG"),
    "16-bit png": bytes(imagecodecs.png_encode(data.astronaut()[::8, ::8].astype(np.uint16))),
    "webp": _pillow("WEBP"),
    "lossless webp": _pillow("WEBP", lossless=True),
    "bmp": _pillow("BMP"),
    "tiff": _pillow("TIFF"),
    "lzw tiff": _pillow("TIFF", compression="tiff_lzw"),
    "deflate tiff": _pillow("TIFF", compression="tiff_adobe_deflate"),
    "16-bit tiff": _tiff16(),
    "16-bit deflate tiff": _tiff16(compression="zlib"),
    "16-bit lzw tiff": _tiff16(compression="lzw"),
}


def _refused(file: bytes | Path, **options: Any) -> str:
    def read() -> None:
        if isinstance(file, Path):
            read_photo(file, **options)
        else:
            photo_from_bytes(file, "old.photo", **options)

    with pytest.raises(PhotoReadError) as caught:
        read()
    message = str(caught.value)
    assert str(file) in message if isinstance(file, Path) else "old.photo" in message
    assert "\n" not in message
    assert message.endswith(".")
    assert message.count(". ") == 0, "one sentence"
    for inside in ("Error", "PIL", "object at", "Traceback", "tifffile"):
        assert inside not in message
    return message


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", [0.25, 0.5, 0.75, 0.97])
def test_truncated(name: str, part: float) -> None:
    whole = FILES[name]
    assert photo_from_bytes(whole, name).shape == (64, 64)
    _refused(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("length", [1, 2, 4, 8, 12, 20, 40])
def test_only_the_beginning(name: str, length: int) -> None:
    _refused(FILES[name][:length])


@given(st.data())
def test_damaged_files_are_read_or_refused(draw: st.DataObject) -> None:
    file = bytearray(FILES[draw.draw(st.sampled_from(sorted(FILES)))])
    for _ in range(draw.draw(st.integers(1, 4))):
        file[draw.draw(st.integers(0, len(file) - 1))] = draw.draw(st.integers(0, 255))
    with suppress(PhotoReadError):  # any other exception fails the test
        photo = photo_from_bytes(bytes(file), "old.photo", max_pixels=1_000_000)
        assert photo.luminance.shape == photo.shape


def test_a_wrong_checksum_in_a_deep_png() -> None:
    file = bytearray(FILES["16-bit png"])
    file[len(file) // 2] ^= 1
    _refused(bytes(file))


def test_missing(tmp_path: Path) -> None:
    assert "no file" in _refused(tmp_path / "nowhere.jpg")


def test_folder(tmp_path: Path) -> None:
    assert "is a folder" in _refused(tmp_path)


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.jpg"
    path.touch()
    assert "is empty" in _refused(path)


def test_text_with_the_name_of_a_photo(tmp_path: Path) -> None:
    path = tmp_path / "letter.jpg"
    path.write_text("Dear Grandmother,\nthank you for the photos.\n" * 20)
    assert "not a photo that Color Studio can read" in _refused(path)


def test_other_formats_are_named_as_what_can_be_read() -> None:
    assert "JPEG, PNG, TIFF" in _refused(_pillow("GIF", "P"))


def test_not_a_regular_file(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    path = tmp_path / "pipe.jpg"
    os.mkfifo(path)
    assert "not a regular file" in _refused(path)


def test_a_name_that_cannot_be() -> None:
    with pytest.raises(PhotoReadError, match="check the name"):
        read_photo(Path("a\0b.jpg"))


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(FILES["jpeg"])
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("running as one who may read everything")
    assert "No permission" in _refused(path)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png_bomb(width: int, height: int, depth: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(1000)))


def _bmp_bomb(width: int, height: int) -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHI", 0, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, *[0] * 6)
    )


def _tiff_bomb(width: int, height: int) -> bytes:
    whole = bytearray(FILES["16-bit tiff"])
    for tag, value in ((256, width), (257, height)):
        at = whole.index(struct.pack("<HHI", tag, 4, 1))
        struct.pack_into("<I", whole, at + 8, value)
    return bytes(whole)


@pytest.mark.parametrize(
    "bomb",
    [
        _png_bomb(100_000, 100_000, 8),
        _png_bomb(100_000, 100_000, 16),
        _bmp_bomb(100_000, 100_000),
        _tiff_bomb(100_000, 100_000),
    ],
    ids=["png", "16-bit png", "bmp", "tiff"],
)
def test_decompression_bombs(bomb: bytes) -> None:
    message = _refused(bomb)
    assert "10,000 megapixels" in message
    assert "the limit is 200" in message


@pytest.mark.parametrize("name", FILES)
def test_the_limit_is_the_callers(name: str) -> None:
    assert photo_from_bytes(FILES[name], name, max_pixels=64 * 64).shape == (64, 64)
    assert "too large" in _refused(FILES[name], max_pixels=64 * 64 - 1)


def test_heic_without_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    message = _refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))
    assert "pip install pillow-heif" in message


def test_out_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("colorstudio.imaging.reading.decode", no_memory)
    assert "not enough memory" in _refused(FILES["jpeg"])


def test_decoders_print_nothing(tmp_path: Path) -> None:
    """Their warnings and logs are not for the user: neither Python's nor those of the C libraries."""
    for name, whole in FILES.items():
        for cut in (len(whole) // 3, len(whole) - 10, len(whole)):
            (tmp_path / f"{name} {cut}").write_bytes(whole[:cut])
    png = FILES["16-bit png"]
    (tmp_path / "odd chunks").write_bytes(png[:33] + _chunk(b"iCCP", b"x") + _chunk(b"pHYs", b"y") + png[33:])
    script = (
        "import sys, pathlib\n"
        "from colorstudio.errors import PhotoReadError\n"
        "from colorstudio.imaging.reading import read_photo\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
        "    try: read_photo(path)\n"
        "    except PhotoReadError: pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "default::UserWarning", "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
