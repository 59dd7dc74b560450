"""EXIF blocks: read the orientation, put it back to upright, carry the rest untouched."""

from __future__ import annotations

import math
import struct
from contextlib import suppress
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

PREFIX = b"Exif\x00\x00"

ORIENTATION = 0x0112
EXIF_IFD = 0x8769
GPS_IFD = 0x8825
_SIZE_TAGS = (0x0101, 0x0100, 0xA003, 0xA002)  # height and width, in the first directory and in EXIF's own
X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 282, 283, 296

# The tags of a TIFF's own directory that tell about the photo, not about how its pixels are stored:
# description, make, model, software, date, artist, host, rating, copyright, Windows' title to subject.
DESCRIPTIVE_TAGS = (270, 271, 272, 305, 306, 315, 316, 18246, 33432, 40091, 40092, 40093, 40094, 40095)


def upright_exif(exif: bytes) -> tuple[bytes | None, int]:
    """An EXIF block with its orientation set to 1, and the orientation that it had.

    Everything else keeps its bytes (maker notes hold offsets and do not survive being written anew),
    only the link to the embedded thumbnail is cut: it shows the photo without its colours.

    Returns
    -------
    The block with its ``Exif`` prefix, or None where it is damaged; and the orientation, 1 to 8.
    """
    tiff = bytearray(exif.removeprefix(PREFIX))
    try:
        order = {b"II": "<", b"MM": ">"}[bytes(tiff[:2])]
        (directory,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, directory)
        orientation = 1
        for entry in range(directory + 2, directory + 2 + 12 * count, 12):
            tag, kind, length = struct.unpack_from(order + "HHI", tiff, entry)
            if tag == ORIENTATION and length == 1 and kind in (3, 4):
                form = order + ("H" if kind == 3 else "I")
                (orientation,) = struct.unpack_from(form, tiff, entry + 8)
                struct.pack_into(form, tiff, entry + 8, 1)
        # Some writers end the block right after the last entry.
        if directory + 2 + 12 * count + 4 <= len(tiff):
            struct.pack_into(order + "I", tiff, directory + 2 + 12 * count, 0)
    except (KeyError, struct.error):
        return None, 1
    return PREFIX + bytes(tiff), orientation if 1 <= orientation <= 8 else 1


def with_size(exif: bytes, shape: tuple[int, int]) -> bytes:
    """The block of a photo that was turned or cropped to a height and width, where it tells any.

    Everything else keeps its bytes, and a damaged block all that cannot be read.
    """
    tiff = bytearray(exif.removeprefix(PREFIX))
    sizes = dict(zip(_SIZE_TAGS, (*shape, *shape), strict=True))
    with suppress(KeyError, struct.error):
        order = {b"II": "<", b"MM": ">"}[bytes(tiff[:2])]
        directories = [*struct.unpack_from(order + "I", tiff, 4)]
        for directory in directories:
            (count,) = struct.unpack_from(order + "H", tiff, directory)
            for entry in range(directory + 2, directory + 2 + 12 * count, 12):
                tag, kind, length = struct.unpack_from(order + "HHI", tiff, entry)
                if tag == EXIF_IFD and len(directories) == 1:
                    directories += struct.unpack_from(order + "I", tiff, entry + 8)
                elif tag in sizes and length == 1 and kind in (3, 4):
                    struct.pack_into(order + ("H" if kind == 3 else "I"), tiff, entry + 8, sizes[tag])
    return PREFIX + bytes(tiff)


def apply_orientation(array: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Rotate and mirror ``(H, W, ...)`` as EXIF orientation 1 to 8 asks, contiguous."""
    if orientation >= 5:
        array = array.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    return np.ascontiguousarray(array)


def exif_of_tiff(file: BinaryIO) -> bytes | None:
    """The EXIF block of the first page of a TIFF: its descriptive tags, EXIF and GPS parts."""
    file.seek(0)
    source = Image.Exif()
    target = Image.Exif()
    try:
        source.load_from_fp(file)
        for tag, value in carried_tags(source).items():
            target[tag] = value
        return target.tobytes() if len(target) else None
    except Exception:  # noqa: BLE001 - a parser on a stranger's bytes; without EXIF it is still a photo
        return None


def carried_tags(exif: Image.Exif) -> dict[int, Any]:
    """The descriptive tags and the EXIF and GPS parts, for another block or for a TIFF's directory.

    Descriptions as the bytes that they were: Pillow takes them for Latin-1, but writes ASCII only.
    """
    tags: dict[int, Any] = {tag: _as_bytes(exif[tag]) for tag in DESCRIPTIVE_TAGS if tag in exif}
    for tag in (EXIF_IFD, GPS_IFD):
        part = exif.get_ifd(tag)
        if part:
            tags[tag] = dict(part)
    return tags


def _as_bytes(value: Any) -> Any:
    return value.encode("latin-1", "replace") if isinstance(value, str) else value


def resolution(exif: Image.Exif) -> tuple[float, float] | None:
    """Dots per inch, horizontal and vertical, where the block tells them."""
    x, y, unit = exif.get(X_RESOLUTION), exif.get(Y_RESOLUTION), exif.get(RESOLUTION_UNIT, 2)
    scale = {2: 1.0, 3: 2.54}.get(unit)
    try:
        return None if scale is None else valid_dpi((float(x) * scale, float(y) * scale))  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def with_resolution(exif: bytes | None, dpi: tuple[float, float]) -> bytes:
    """The block with a resolution, for files that have no other place for it."""
    source, target = Image.Exif(), Image.Exif()
    if exif is not None:
        source.load(exif)
        if X_RESOLUTION in source:
            return exif
    for tag, value in carried_tags(source).items():
        target[tag] = value
    target[X_RESOLUTION], target[Y_RESOLUTION], target[RESOLUTION_UNIT] = dpi[0], dpi[1], 2
    return target.tobytes()


def valid_dpi(dpi: Any) -> tuple[float, float] | None:
    """The pair as floats, or None if it is not one of sensible numbers."""
    try:
        x, y = (float(value) for value in dpi)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not all(math.isfinite(value) and 1.0 <= value <= 100_000.0 for value in (x, y)):
        return None
    return x, y
