"""The photos of an evaluation, and their pixels as the protocols want them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.errors import PhotoReadError
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.reading import READABLE_SUFFIXES
from colorstudio.imaging.writing import to_depth


def photos_of(folder: Path, limit: int | None = None) -> list[Path]:
    """The photos right in a folder, by name.

    Raises
    ------
    PhotoReadError
        The folder is missing or has none.
    """
    if not folder.is_dir():
        raise PhotoReadError(f"There is no folder {folder}: give a folder of colour photos.")
    photos = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in READABLE_SUFFIXES]
    if not photos:
        raise PhotoReadError(f"The folder {folder} has no photos of its own: give a folder of colour photos.")
    return photos[:limit]


def stretched(photo: Photo, side_px: int) -> NDArray[np.uint8]:
    """The photo as ``(side_px, side_px, 3)`` uint8 sRGB, its aspect given up."""
    picture = Image.fromarray(to_depth(photo.pixels, 8)).convert("RGB")
    return np.asarray(picture.resize((side_px, side_px), Image.Resampling.BICUBIC))
