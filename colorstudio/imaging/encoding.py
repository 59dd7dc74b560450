"""The bytes of a photo's file: PNG, JPEG, TIFF, WebP, with profile, EXIF and resolution."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import accumulate
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin, TiffTags

from colorstudio.imaging import exif as exif_blocks
from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.photo import Pixels

_PNG_LEVEL = 3  # beyond it, minutes of archives for a few percent
_METRES_PER_INCH = 0.0254
_JPEG_SEGMENT_BYTES = 65533
_TIFF_STRIP_ROWS = 128
_TIFF_DEFLATE = 8
_TIFF_DEFLATE_LEVEL = 3
_TIFF_HORIZONTAL_DIFFERENCE = 2


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
    if dpi is not None:
        exif = exif_blocks.with_resolution(exif, dpi)
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
    # Pillow has no 16-bit RGB and tifffile no EXIF directory, but Pillow's directory writer has both.
    array = _stacked(pixels, alpha)
    height, width = array.shape[:2]
    channels = array.shape[2] if array.ndim == 3 else 1
    starts = range(0, height, _TIFF_STRIP_ROWS)
    strips: list[bytes] = [b""] * len(starts)

    def compress(band: slice) -> None:
        strips[band.start // _TIFF_STRIP_ROWS] = _tiff_strip(array[band])

    in_bands(compress, (height, width), pixels=_TIFF_STRIP_ROWS * width)
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    if exif is not None:
        block = Image.Exif()
        block.load(exif)
        for tag, value in exif_blocks.carried_tags(block).items():
            directory[tag] = value
    directory[256], directory[257] = width, height
    directory[258] = (array.dtype.itemsize * 8,) * channels
    directory[259] = _TIFF_DEFLATE
    directory[262] = 2 if pixels.ndim == 3 else 1  # RGB, or black is zero
    # Counted from the end of the directory; its writer moves them to where that is.
    directory.tagtype[273] = TiffTags.LONG
    directory[273] = tuple(accumulate((len(strip) for strip in strips[:-1]), initial=0))
    directory[277] = channels
    directory[278] = _TIFF_STRIP_ROWS
    directory.tagtype[279] = TiffTags.LONG
    directory[279] = tuple(len(strip) for strip in strips)
    if dpi is not None:
        directory[282], directory[283], directory[296] = dpi[0], dpi[1], 2  # per inch
    directory[284] = 1  # channels beside each other
    directory[317] = _TIFF_HORIZONTAL_DIFFERENCE
    if alpha is not None:
        directory[338] = 2  # alpha, colours not multiplied with it
    if icc_profile is not None:
        directory.tagtype[34675] = TiffTags.UNDEFINED
        directory[34675] = icc_profile
    file = io.BytesIO()
    directory.save(file)
    for strip in strips:
        file.write(strip)
    return file.getvalue()


def _tiff_strip(band: NDArray[Any]) -> bytes:
    little_endian = np.ascontiguousarray(band, band.dtype.newbyteorder("<"))
    difference = little_endian.copy()
    difference[:, 1:] -= little_endian[:, :-1]  # modulo the range, as the format asks
    return zlib.compress(difference.tobytes(), _TIFF_DEFLATE_LEVEL)
