"""Pixels and metadata as they stand in a file, at full depth; colour and orientation as stored.

Pillow decodes what has 8 bits a channel. It silently narrows 16-bit RGB, so those PNGs go through
imagecodecs and TIFFs through tifffile.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import (
    Image,
    TiffImagePlugin,  # noqa: F401  # pyright: ignore[reportUnusedImport]
    WebPImagePlugin,  # noqa: F401  # pyright: ignore[reportUnusedImport]
)

from colorstudio.errors import PhotoReadError
from colorstudio.imaging import exif as exif_blocks
from colorstudio.imaging.photo import Pixels

# Every size is checked from the header before pixels are decoded, by `check_size` and with words of our own.
Image.MAX_IMAGE_PIXELS = None
# Pillow knows some of them from the start; TIFF and WebP are imported above, for else it looks for them in
# all of its forty plug-ins.
_PILLOW_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "DIB")
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TIFF_SIGNATURES = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_PHOTOMETRIC_WHITE_IS_ZERO = 0
_PHOTOMETRIC_PALETTE = 3
# By photometric interpretation: two of gray, RGB, palette, CMYK.
_TIFF_CHANNELS = {_PHOTOMETRIC_WHITE_IS_ZERO: 1, 1: 1, 2: 3, _PHOTOMETRIC_PALETTE: 1, 5: 4}
_TIFF_JPEG = 7
_MOST_CHANNELS = 5  # CMYK and alpha


@dataclass
class DecodedPhoto:
    """A decoded file.

    Attributes
    ----------
    pixels
        ``(H, W)`` gray, ``(H, W, 3)`` RGB or ``(H, W, 4)`` CMYK with 0 for no ink; uint8 or uint16.
    alpha
        ``(H, W)`` of the same dtype, 0 for transparent, colours not multiplied with it.
    orientation
        The EXIF orientation that is still to be applied, 1 to 8.
    """

    pixels: Pixels
    format: str
    alpha: Pixels | None = None
    icc_profile: bytes | None = None
    exif: bytes | None = None
    orientation: int = 1
    dpi: tuple[float, float] | None = None
    notes: tuple[str, ...] = ()


def decode(file: BinaryIO, name: str, max_pixels: int) -> DecodedPhoto | None:
    """Decode the first picture in `file`, or return None if it is of no known format.

    May raise anything that a decoder raises on damaged data; `PhotoReadError` where the reason is known.
    """
    file.seek(0)
    head = file.read(32)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return _decode_heif(file, name, max_pixels)
    if head.startswith(_TIFF_SIGNATURES):
        return _decode_tiff(file, name, max_pixels)
    if head.startswith(_PNG_SIGNATURE) and len(head) >= 26 and head[12:16] == b"IHDR" and head[24] == 16:
        return _decode_png16(file, name, max_pixels)
    try:
        image = Image.open(file, formats=_PILLOW_FORMATS)
    except Image.UnidentifiedImageError:
        return None
    with image:
        return _decode_pillow(image, name, max_pixels)


def check_size(name: str, width: int, height: int, max_pixels: int) -> None:
    """Refuse a picture with more pixels than the limit, before memory is spent on it."""
    if width < 1 or height < 1:
        raise PhotoReadError(f"{name} has no pixels: it is damaged, get another copy of it.")
    if width * height > max_pixels:
        raise PhotoReadError(
            f"{name} is too large: {width} x {height} are {width * height / 1e6:,.0f} megapixels, the limit "
            f"is {max_pixels / 1e6:,.0f}; make a smaller copy of it first."
        )


def _decode_pillow(image: Image.Image, name: str, max_pixels: int) -> DecodedPhoto:
    check_size(name, image.width, image.height, max_pixels)
    metadata = _pillow_metadata(image)
    pixels, alpha = _pillow_pixels(image, name)
    return DecodedPhoto(pixels, alpha=alpha, **metadata)


def _decode_png16(file: BinaryIO, name: str, max_pixels: int) -> DecodedPhoto:
    with Image.open(file, formats=("PNG",)) as image:
        check_size(name, image.width, image.height, max_pixels)
        metadata = _pillow_metadata(image)
    file.seek(0)
    array: Any = imagecodecs.png_decode(_bare_png(file.read()))
    pixels, alpha = _split(array, has_alpha=array.ndim == 3 and array.shape[2] in (2, 4))
    return DecodedPhoto(pixels, alpha=alpha, **metadata)


def _bare_png(data: bytes) -> bytes:
    """The chunks that make the pixels, checksums verified.

    libpng only warns of a wrong checksum, and on standard error, as it does of odd ancillary chunks.
    """
    kept = [data[: len(_PNG_SIGNATURE)]]
    at = len(_PNG_SIGNATURE)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            chunk = data[at:end]
            if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
                raise ValueError(f"wrong checksum of {kind!r}")
            kept.append(chunk)
        at = end
    return b"".join(kept)


def _pillow_metadata(image: Image.Image) -> dict[str, Any]:
    # The further pictures of an MPO are previews and depth maps of the camera.
    multi_picture = image.format == "MPO"
    count = 1 if multi_picture else getattr(image, "n_frames", 1)
    exif = image.info.get("exif")
    if not isinstance(exif, bytes):
        block = image.getexif()  # older PNGs keep it as text
        exif = block.tobytes() if len(block) else None
    icc = image.info.get("icc_profile")
    return {
        "format": "JPEG" if multi_picture else image.format or "",
        "icc_profile": icc if isinstance(icc, bytes) and icc else None,
        "dpi": exif_blocks.valid_dpi(image.info.get("dpi")) or exif_blocks.resolution(image.getexif()),
        "notes": (f"The picture is animated with {count} frames: the first one was taken.",)
        if count > 1
        else (),
        **_upright(exif),
    }


def _pillow_pixels(image: Image.Image, name: str) -> tuple[Pixels, Pixels | None]:
    mode = image.mode
    if mode == "1":
        image = image.convert("L")
    elif mode in ("P", "PA"):
        transparent = mode == "PA" or "transparency" in image.info
        image = image.convert("RGBA" if transparent else "RGB")
    elif mode in ("L", "RGB") and "transparency" in image.info:
        image = image.convert("LA" if mode == "L" else "RGBA")
    elif mode in ("La", "RGBa"):
        image = image.convert("LA" if mode == "La" else "RGBA")
    elif mode in ("RGBX", "YCbCr"):
        image = image.convert("RGB")
    elif mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        raise PhotoReadError(
            f"{name} stores its colours as {mode}, which Color Studio cannot read: save it as RGB or gray."
        )
    array = np.asarray(image)
    if image.mode in ("LA", "RGBA"):
        colours = array[..., 0] if image.mode == "LA" else array[..., :3]
        return np.ascontiguousarray(colours), np.ascontiguousarray(array[..., -1])
    return np.ascontiguousarray(array), None


def _decode_tiff(file: BinaryIO, name: str, max_pixels: int) -> DecodedPhoto:
    with tifffile.TiffFile(file) as tiff:
        page: Any = tiff.pages.first
        check_size(name, page.imagewidth, page.imagelength, max_pixels)
        if page.samplesperpixel > _MOST_CHANNELS or page.imagedepth > 1:
            raise PhotoReadError(
                f"{name} has {page.samplesperpixel} channels and {page.imagedepth} layers, which is not a "
                "photo: save it as RGB or gray."
            )
        notes = _page_notes(tiff)
        tags = page.tags
        icc = tags.valueof(34675)
        orientation = tags.valueof(exif_blocks.ORIENTATION, 1)
        dpi = _tiff_dpi(tags)
        if int(page.photometric) in _TIFF_CHANNELS or int(page.compression) == _TIFF_JPEG:
            pixels, alpha, depth_notes = _tifffile_pixels(page, name)
        else:
            # Rare colour spaces. Not for the rest: libtiff writes what it stumbles over to standard error.
            file.seek(0)
            with Image.open(file, formats=("TIFF",)) as image:
                pixels, alpha = _pillow_pixels(image, name)
            orientation, depth_notes = 1, ()  # Pillow has turned it already
    return DecodedPhoto(
        pixels=pixels,
        alpha=alpha,
        format="TIFF",
        icc_profile=bytes(icc) if icc else None,
        exif=exif_blocks.exif_of_tiff(file),
        orientation=orientation if orientation in range(1, 9) else 1,
        dpi=dpi,
        notes=(*notes, *depth_notes),
    )


def _page_notes(tiff: tifffile.TiffFile) -> tuple[str, ...]:
    count = len(tiff.pages)
    return (f"The file has {count} pages: the first one was taken.",) if count > 1 else ()


def _tiff_dpi(tags: Any) -> tuple[float, float] | None:
    scale = {2: 1.0, 3: 2.54}.get(int(tags.valueof(296, 2)))
    x, y = tags.valueof(282), tags.valueof(283)
    if scale is None or not x or not y or not x[1] or not y[1]:
        return None
    return exif_blocks.valid_dpi((x[0] / x[1] * scale, y[0] / y[1] * scale))


def _tifffile_pixels(page: Any, name: str) -> tuple[Pixels, Pixels | None, tuple[str, ...]]:
    photometric = int(page.photometric)
    # JPEG in TIFF comes out as RGB.
    colours = _TIFF_CHANNELS.get(photometric, min(page.samplesperpixel, 3))
    array = page.asarray()
    if page.axes == "SYX":
        array = np.moveaxis(array, 0, -1)
    elif page.axes not in ("YX", "YXS"):
        raise PhotoReadError(f"{name} is not laid out as one photo: save it as RGB or gray.")
    if photometric == _PHOTOMETRIC_PALETTE:
        return np.ascontiguousarray((page.colormap.T >> 8).astype(np.uint8)[array]), None, ()
    pixels, notes = _as_pixels(array, page.bitspersample, name)
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    if pixels.shape[2] < colours:
        raise PhotoReadError(f"{name} lacks some of its channels: it is damaged, get another copy of it.")
    # 1 is alpha that the colours were multiplied with, 2 is alpha as we have it, 0 may be anything.
    kinds = tuple(int(kind) for kind in page.extrasamples)
    alpha = None
    if pixels.shape[2] > colours and kinds and kinds[0] in (1, 2):
        alpha = np.ascontiguousarray(pixels[..., colours])
    pixels = pixels[..., 0] if colours == 1 else pixels[..., :colours]
    pixels = np.ascontiguousarray(pixels)
    if photometric == _PHOTOMETRIC_WHITE_IS_ZERO:
        pixels = np.iinfo(pixels.dtype).max - pixels
    if alpha is not None and kinds[0] == 1:
        pixels = _unmultiplied(pixels, alpha)
    return pixels, alpha, notes


def _as_pixels(array: NDArray[Any], bits: int, name: str) -> tuple[Pixels, tuple[str, ...]]:
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255), ()
    if array.dtype == np.uint8:
        return array * np.uint8(255 // (2**bits - 1)), ()  # 1, 2, 4 or 8 bits
    if array.dtype == np.uint16:
        if bits < 16:  # 10, 12 or 14 bits, unpacked to the lower end
            array = (array * np.float32(65535 / (2**bits - 1)) + np.float32(0.5)).astype(np.uint16)
        return array, ()
    if array.dtype == np.uint32:
        return (array >> np.uint32(16)).astype(np.uint16), (
            "The file has 32 bits a channel: the upper 16 were taken.",
        )
    if array.dtype.kind == "f":
        scaled = np.clip(np.nan_to_num(array.astype(np.float32)), 0, 1) * np.float32(65535) + np.float32(0.5)
        return scaled.astype(np.uint16), (
            "The file has floating-point channels: they were taken as 0 to 1 at 16 bits.",
        )
    raise PhotoReadError(
        f"{name} has channels of type {array.dtype}, which is not a photo: save it with 8 or 16 bits."
    )


def _unmultiplied(pixels: Pixels, alpha: Pixels) -> Pixels:
    most = np.iinfo(pixels.dtype).max
    divisor = np.maximum(alpha, 1).astype(np.float32)
    if pixels.ndim == 3:
        divisor = divisor[..., None]
    return np.minimum(pixels * np.float32(most) / divisor + np.float32(0.5), most).astype(pixels.dtype)


def _decode_heif(file: BinaryIO, name: str, max_pixels: int) -> DecodedPhoto:
    try:
        import pillow_heif
    except ImportError:
        raise PhotoReadError(
            f"{name} is a HEIC photo and the reader for it is not installed: run 'pip install pillow-heif' "
            "or save the photo as JPEG."
        ) from None
    heif: Any = pillow_heif.open_heif(file, convert_hdr_to_8bit=False)
    check_size(name, heif.size[0], heif.size[1], max_pixels)
    array = np.asarray(heif)
    bits = heif.info.get("bit_depth", 8)
    if array.dtype == np.uint16 and 8 < bits < 16:  # shifted up: fill the bits below, so that white is white
        array = array | (array >> bits)
    pixels, alpha = _split(array, has_alpha=bool(heif.has_alpha))
    info = heif.info
    notes = ()
    if len(heif) > 1:
        notes = (f"The file has {len(heif)} pictures: the main one was taken.",)
    exif = info.get("exif")
    icc = info.get("icc_profile")
    decoded = DecodedPhoto(
        pixels=pixels,
        alpha=alpha,
        format="HEIF",
        icc_profile=bytes(icc) if icc else None,
        dpi=exif_blocks.valid_dpi(info.get("dpi")),
        notes=notes,
        **_upright(exif),
    )
    decoded.orientation = 1  # libheif has turned it already
    return decoded


def _split(array: NDArray[Any], *, has_alpha: bool) -> tuple[Pixels, Pixels | None]:
    if array.ndim == 2:
        return np.ascontiguousarray(array), None
    alpha = np.ascontiguousarray(array[..., -1]) if has_alpha else None
    colours = array[..., :-1] if has_alpha else array
    if colours.shape[2] == 1:
        colours = colours[..., 0]
    return np.ascontiguousarray(colours), alpha


def _upright(exif: object) -> dict[str, Any]:
    if not isinstance(exif, bytes) or not exif:
        return {"exif": None, "orientation": 1}
    block, orientation = exif_blocks.upright_exif(exif)
    return {"exif": block, "orientation": orientation}
