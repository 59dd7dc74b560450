"""A photo as the rest of the program sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8 | np.uint16]
"""Encoded pixels, 8 or 16 bits a channel."""


def unit_rgb(pixels: Pixels) -> NDArray[np.float64]:
    """Pixels ``(H, W)`` or ``(H, W, 3)`` as RGB ``(H, W, 3)`` in [0, 1], still sRGB-encoded."""
    unit = pixels / np.float64(np.iinfo(pixels.dtype).max)
    return unit if unit.ndim == 3 else np.repeat(unit[..., None], 3, axis=-1)


class PhotoKind(Enum):
    """What the pixels of a photo say about colour."""

    GRAY = "gray"  # no chroma worth mentioning
    TINTED = "tinted"  # one tone over everything: sepia, cyanotype, a yellowed scan
    COLOUR = "colour"  # colours of its own already


@dataclass(frozen=True)
class PhotoMetadata:
    """What travels from the input to the output unchanged."""

    format: str = ""  # Pillow's name: JPEG, PNG, TIFF, WEBP, BMP, HEIF, ...
    icc_profile: bytes | None = None  # of the file; pixels are already converted to sRGB
    exif: bytes | None = None  # orientation already reset to 1
    dpi: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Photo:
    """A photo, upright and in sRGB.

    Attributes
    ----------
    pixels
        ``(H, W)`` or ``(H, W, 3)``, uint8 or uint16, sRGB-encoded, EXIF orientation applied.
    alpha
        ``(H, W)`` of the same dtype, or None where the file has no transparency.
    notes
        Sentences for the user about what was found or assumed on reading.
    """

    pixels: Pixels
    kind: PhotoKind
    alpha: Pixels | None = None
    metadata: PhotoMetadata = field(default_factory=PhotoMetadata)
    path: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.pixels.shape[0], self.pixels.shape[1]

    @property
    def bit_depth(self) -> int:
        """Bits a channel: 8 or 16."""
        return self.pixels.dtype.itemsize * 8

    @cached_property
    def luminance(self) -> NDArray[np.float32]:
        """L* in [0, 100], ``(H, W)`` float32, at the photo's own precision."""
        from colorstudio.imaging.luminance import luminance_of_pixels

        return luminance_of_pixels(self.pixels)

    def forget_luminance(self) -> None:
        """Let go of four bytes a pixel that can be computed again: the photo is put away for a while."""
        self.__dict__.pop("luminance", None)
