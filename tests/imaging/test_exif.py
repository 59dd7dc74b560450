"""EXIF blocks: orientation read and reset, all the rest untouched."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from colorstudio.imaging.exif import PREFIX, apply_orientation, upright_exif, valid_dpi, with_size


def _block(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Agfa"
    exif[0x0112] = orientation
    exif[0x8769] = {0x9003: "1951:05:17 10:00:00", 0x927C: b"maker's own, with offsets"}
    return exif.tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_reset_and_nothing_else_changes(orientation: int) -> None:
    before = _block(orientation)
    after, found = upright_exif(before)
    assert found == orientation
    assert after is not None
    assert len(after) == len(before)
    assert sum(a != b for a, b in zip(after, before, strict=True)) == (orientation != 1)
    exif = Image.Exif()
    exif.load(after)
    assert exif[0x0112] == 1
    assert exif.get_ifd(0x8769)[0x927C] == b"maker's own, with offsets"


def test_little_endian_without_prefix_and_with_a_thumbnail() -> None:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 26) + b"thumbnail directory"
    after, orientation = upright_exif(tiff)
    assert orientation == 6
    assert after is not None
    assert after.startswith(PREFIX)
    assert after[-23:-19] == b"\0\0\0\0", "the link to the thumbnail is cut"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_size_is_told_anew_and_nothing_else_changes(order: str) -> None:
    def entry(tag: int, kind: int, value: int) -> bytes:
        return struct.pack(f"{order}HHI", tag, kind, 1) + (
            struct.pack(f"{order}HH", value, 0) if kind == 3 else struct.pack(f"{order}I", value)
        )

    def block(height: int, width: int) -> bytes:
        first = [entry(0x0100, 4, width), entry(0x0112, 3, 1), entry(0x8769, 4, 50)]
        inner = [entry(0xA002, 4, width), entry(0xA003, 3, height)]
        mark = b"II*\0" if order == "<" else b"MM\0*"
        directories = [
            struct.pack(f"{order}H", len(part)) + b"".join(part) + bytes(4) for part in (first, inner)
        ]
        return PREFIX + mark + struct.pack(f"{order}I", 8) + b"".join(directories)

    assert len(block(1, 1)) == 6 + 50 + 30
    assert with_size(block(3000, 4000), (1200, 700)) == block(1200, 700)
    exif = Image.Exif()
    exif.load(with_size(block(3000, 4000), (1200, 700)))
    assert (exif.get_ifd(0x8769)[0xA002], exif.get_ifd(0x8769)[0xA003]) == (700, 1200)


def test_a_block_that_tells_no_size_stays() -> None:
    assert with_size(_block(1), (12, 7)) == _block(1)


@given(st.binary(max_size=200))
def test_damage_is_no_reason_to_fail(data: bytes) -> None:
    for block in (data, PREFIX + data, PREFIX + b"II*\0\x08\0\0\0" + data):
        after, orientation = upright_exif(block)
        assert after is None or after.startswith(PREFIX)
        assert 1 <= orientation <= 8
        assert len(with_size(block, (12, 7))) >= len(block)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turning_is_as_pillow_turns(orientation: int) -> None:
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    image = Image.fromarray(pixels)
    image.getexif()[0x0112] = orientation
    turned = apply_orientation(pixels, orientation)
    np.testing.assert_array_equal(turned, np.asarray(ImageOps.exif_transpose(image)))
    assert turned.flags.c_contiguous


@pytest.mark.parametrize(
    "value", [None, (0, 300), (300, float("nan")), (300,), "300", (float("inf"), 1), (-72, -72), (1e9, 1e9)]
)
def test_senseless_resolutions_are_none(value: object) -> None:
    assert valid_dpi(value) is None
