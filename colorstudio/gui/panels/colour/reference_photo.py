"""Colour photos to take colours from: read, never changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from colorstudio.errors import ColorStudioError
from colorstudio.gui.canvas.picture import Picture, build_picture
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import PhotoSource, eight_bit, with_alpha
from colorstudio.imaging.resample import resize
from colorstudio.progress import ProgressToken

# A reference is looked at and not exported: more pixels than a screen has would only take memory.
_MOST_PIXELS = 6_000_000


@dataclass(frozen=True, eq=False)
class ReferencePhoto:
    """A photo as it is shown, at a size of at most a few megapixels."""

    source: PhotoSource
    picture: Picture


@dataclass(frozen=True, eq=False)
class UnreadPhoto:
    """A photo that could not be read, and what was wrong."""

    source: PhotoSource
    error: Exception


def read_references(
    sources: tuple[PhotoSource, ...], token: ProgressToken, deliver: Deliver
) -> tuple[PhotoSource, ...]:
    """Read photos; `deliver` gets a `ReferencePhoto` or an `UnreadPhoto` of each. Runs on a worker thread.

    Raises
    ------
    Cancelled
    """
    for number, source in enumerate(sources):
        token.report(number / len(sources), "Reading")
        try:
            deliver(ReferencePhoto(source, _picture(source)))
        except (ColorStudioError, MemoryError) as error:
            deliver(UnreadPhoto(source, error))
    return sources


def _picture(source: PhotoSource) -> Picture:
    photo = source.read()
    pixels = eight_bit(photo.pixels)
    if photo.alpha is not None:
        pixels = with_alpha(pixels, photo.alpha)
    height, width = photo.shape
    factor = min(1.0, (_MOST_PIXELS / (height * width)) ** 0.5)
    shape = max(1, round(height * factor)), max(1, round(width * factor))
    if shape != photo.shape:
        pixels = np.clip(resize(pixels, shape) + 0.5, 0, 255).astype(np.uint8)
    return build_picture(pixels, shape)
