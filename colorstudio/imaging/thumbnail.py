"""Small gray copies of photos, for lists of many: as quickly as the file allows."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.imaging.decoding import DecodedPhoto, check_size, decode
from colorstudio.imaging.exif import apply_orientation, upright_exif
from colorstudio.imaging.photo import Pixels
from colorstudio.imaging.reading import MAX_PIXELS, decoded, opened
from colorstudio.imaging.resample import resize

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # as Pillow's gray, on encoded pixels
# How many times the size asked for is decoded or kept, so that the last step has something to average.
_MARGIN = 2
_THINNED = 4


def read_thumbnail(path: Path, side_px: int) -> NDArray[np.uint8]:
    """A photo in gray with its longer side at most `side_px` long, upright.

    For the eye alone: colour profiles are left aside and transparency is ignored. A JPEG is decoded at a
    fraction of its size.

    Returns
    -------
    ``(h, w)`` uint8, sRGB-encoded.

    Raises
    ------
    PhotoReadError
        As `read_photo`.
    """

    def small(file: BinaryIO, name: str, max_pixels: int) -> DecodedPhoto | None:
        return _reduced_jpeg(file, name, max_pixels, side_px) or decode(file, name, max_pixels)

    with opened(path) as file:
        picture = decoded(file, str(path), MAX_PIXELS, small)
    gray = _gray(picture.pixels, side_px)
    height, width = gray.shape
    factor = min(1.0, side_px / max(height, width))
    shape = max(1, round(height * factor)), max(1, round(width * factor))
    return apply_orientation(np.clip(resize(gray, shape) + 0.5, 0, 255).astype(np.uint8), picture.orientation)


def _reduced_jpeg(file: BinaryIO, name: str, max_pixels: int, side_px: int) -> DecodedPhoto | None:
    """None if the file is no JPEG."""
    file.seek(0)
    if file.read(2) != b"\xff\xd8":
        return None
    file.seek(0)
    with Image.open(file, formats=("JPEG",)) as image:
        check_size(name, image.width, image.height, max_pixels)
        exif = image.info.get("exif")
        if image.mode in ("L", "RGB"):
            image.draft("L", (side_px * _MARGIN, side_px * _MARGIN))
        return DecodedPhoto(
            np.asarray(image if image.mode == "CMYK" else image.convert("L")),
            format="JPEG",
            orientation=upright_exif(exif)[1] if isinstance(exif, bytes) and exif else 1,
        )


def _gray(pixels: Pixels, side_px: int) -> NDArray[np.float32]:
    """One plane in [0, 255], thinned out to a few times the size of the thumbnail."""
    step = max(1, max(pixels.shape[:2]) // (_THINNED * side_px))
    pixels = pixels[::step, ::step]
    scale = np.float32(255 / np.iinfo(pixels.dtype).max)
    if pixels.ndim == 2:
        return pixels * scale
    colours = pixels[..., :3] * scale
    if pixels.shape[2] == 4:  # CMYK, 0 for no ink
        colours = (255 - colours) * (1 - pixels[..., 3:] * (scale / 255))
    return (colours @ _LUMA).astype(np.float32, copy=False)
