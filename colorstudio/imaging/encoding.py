"""The bytes of a photo's file: PNG, JPEG, TIFF, WebP, with profile, EXIF and resolution."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from colorstudio.imaging import exif as exif_blocks

Pixels = NDArray[np.uint8] | NDArray[np.uint16]

_PNG_LEVEL = 3  # beyond it, minutes of archives for a few percent
_METRES_PER_INCH = 0.0254
_JPEG_SEGMENT_BYTES = 65533
_STRIP_ROWS = 128


def encode(
    name: str,
    pixels: Pixels,
    alpha: Pixels | None,
    *,
    quality: int,
    icc_profile: bytes | None,
    exif: bytes | None,
    dpi: tuple[float, float] | None,
) -> bytes:
    """Encode ``(H, W)`` or ``(H, W, 3)`` with an optional ``(H, W)`` alpha of the same dtype.

    Parameters
    ----------
    name
        ``png``, ``jpeg``, ``tiff`` or ``webp``; the latter of ``jpeg`` and ``webp`` take uint8 only.
    exif
        With its ``Exif`` prefix. Left out of a JPEG where it is over 64 KiB, its limit there.
    """
    if name == "png":
        return _png(pixels, alpha, icc_profile, exif, dpi)
    if name == "tiff":
        return _tiff(pixels, alpha, icc_profile, exif, dpi)
    if name == "jpeg":
        return _jpeg(pixels, quality, icc_profile, exif, dpi)
    if name == "webp":
        return _webp(pixels, alpha, quality, icc_profile, exif, dpi)
    raise ValueError(f"unknown format {name}")


def _stacked(pixels: Pixels, alpha: Pixels | None) -> NDArray[Any]:
    if alpha is None:
        return np.ascontiguousarray(pixels)
    colours = pixels if pixels.ndim == 3 else pixels[..., None]
    return np.concatenate([colours, alpha[..., None]], axis=2)


def _png(
    pixels: Pixels,
    alpha: Pixels | None,
    icc_profile: bytes | None,
    exif: bytes | None,
    dpi: tuple[float, float] | None,
) -> bytes:
    # imagecodecs has 16-bit RGB, which Pillow has not; the metadata are chunks after the header.
    coded: Any = imagecodecs.png_encode(_stacked(pixels, alpha), _PNG_LEVEL)
    data = bytes(coded)
    chunks: list[bytes] = []
    if icc_profile is not None:
        chunks.append(_png_chunk(b"iCCP", b"ICC Profile\0\0" + zlib.compress(icc_profile)))
    if dpi is not None:
        per_metre = [round(value / _METRES_PER_INCH) for value in dpi]
        chunks.append(_png_chunk(b"pHYs", struct.pack(">IIB", *per_metre, 1)))
    if exif is not None:
        chunks.append(_png_chunk(b"eXIf", exif.removeprefix(exif_blocks.PREFIX)))
    after_header = 8 + 25
    return b"".join([data[:after_header], *chunks, data[after_header:]])


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _jpeg(
    pixels: Pixels,
    quality: int,
    icc_profile: bytes | None,
    exif: bytes | None,
    dpi: tuple[float, float] | None,
) -> bytes:
    options: dict[str, Any] = {"icc_profile": icc_profile} if icc_profile is not None else {}
    if exif is not None and len(exif) <= _JPEG_SEGMENT_BYTES:
        options["exif"] = exif
    if dpi is not None:
        options["dpi"] = tuple(min(round(value), 65535) for value in dpi)
    file = io.BytesIO()
    # Chroma at full resolution: what was just coloured along the edges is not smeared over them.
    Image.fromarray(pixels).save(file, "JPEG", quality=quality, subsampling=0, **options)
    return file.getvalue()


def _webp(
    pixels: Pixels,
    alpha: Pixels | None,
    quality: int,
    icc_profile: bytes | None,
    exif: bytes | None,
    dpi: tuple[float, float] | None,
) -> bytes:
    if exif is None and dpi is not None:  # the only place that WebP has for it
        block = Image.Exif()
        block[282], block[283], block[296] = dpi[0], dpi[1], 2
        exif = block.tobytes()
    options: dict[str, Any] = {"icc_profile": icc_profile} if icc_profile is not None else {}
    if exif is not None:
        options["exif"] = exif
    array = _stacked(pixels, alpha)
    if array.ndim == 3 and array.shape[2] == 2:
        array = array[..., [0, 0, 0, 1]]
    file = io.BytesIO()
    Image.fromarray(array).save(
        file, "WEBP", quality=quality, lossless=quality == 100, method=2, exact=True, **options
    )
    return file.getvalue()


def _tiff(
    pixels: Pixels,
    alpha: Pixels | None,
    icc_profile: bytes | None,
    exif: bytes | None,
    dpi: tuple[float, float] | None,
) -> bytes:
    block = Image.Exif()
    if exif is not None:
        block.load(exif)
    parts = {tag: block.get_ifd(tag) for tag in (exif_blocks.EXIF_IFD, exif_blocks.GPS_IFD)}
    extra: list[tuple[Any, ...]] = []
    for tag in exif_blocks.DESCRIPTIVE_TAGS:
        value = block.get(tag)
        if isinstance(value, str):
            extra.append((tag, "s", 0, value, True))
        elif isinstance(value, bytes):
            extra.append((tag, "B", len(value), value, True))
        elif isinstance(value, int):
            extra.append((tag, "H", 1, value, True))
    # Placeholders, pointed at the directories once these stand at the end of the file.
    extra += [(tag, "I", 1, 0, True) for tag, part in parts.items() if part]
    file = io.BytesIO()
    tifffile.imwrite(
        file,
        _stacked(pixels, alpha),
        photometric="rgb" if pixels.ndim == 3 else "minisblack",
        planarconfig="contig",
        extrasamples=None if alpha is None else ["unassalpha"],
        compression="zlib",
        predictor=True,
        rowsperstrip=_STRIP_ROWS,
        resolution=dpi,
        resolutionunit="INCH" if dpi else None,
        iccprofile=icc_profile,
        extratags=extra,
        metadata=None,
        software=False,
    )
    for tag, part in parts.items():
        if part:
            _append_directory(file, tag, part)
    return file.getvalue()


def _append_directory(file: io.BytesIO, tag: int, part: dict[int, Any]) -> None:
    offset = file.seek(0, io.SEEK_END)
    offset += file.write(b"\0" * (-offset % 4))
    directory = TiffImagePlugin.ImageFileDirectory_v2(ifh=b"II*\0\0\0\0\0", group=tag)
    for key, value in part.items():
        directory[key] = value
    file.write(directory.tobytes(offset))
    with tifffile.TiffFile(file, mode="r+") as tiff:
        tiff.pages.first.tags[tag].overwrite(offset)  # type: ignore[union-attr]
