"""A photo's luminance at falling sizes, so that what is on the screen is computed at the screen's size."""

from __future__ import annotations

import math
import threading
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.chroma import half_shape
from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.photo import Photo

_SMALLEST_SIDE = 64
_lock = threading.Lock()
_kept: WeakKeyDictionary[Photo, tuple[NDArray[np.float32], ...]] = WeakKeyDictionary()


def luminance_levels(photo: Photo) -> tuple[NDArray[np.float32], ...]:
    """L* of a photo, of half its size, and so on. Made once; not on the GUI thread."""
    with _lock:
        if photo not in _kept:
            levels = [photo.luminance]
            while min(levels[-1].shape) >= 2 * _SMALLEST_SIDE:
                levels.append(_halved(levels[-1]))
            _kept[photo] = tuple(levels)
        return _kept[photo]


def level_for_zoom(zoom: float, count: int) -> int:
    """The smallest of so many levels that still has a pixel for each device pixel."""
    return min(max(math.floor(-math.log2(max(zoom, 1e-6)) + 1e-3), 0), count - 1)


def level_for_pixels(levels: tuple[NDArray[np.float32], ...], pixels: int) -> int:
    """The largest level of at most so many pixels."""
    return next((k for k, level in enumerate(levels) if level.size <= pixels), len(levels) - 1)


def _halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    shape = half_shape((plane.shape[0], plane.shape[1]))
    out = np.empty(shape, np.float32)

    def work(band: slice) -> None:
        upper, lower = (
            plane[2 * band.start : 2 * band.stop : 2],
            plane[2 * band.start + 1 : 2 * band.stop : 2],
        )
        if len(lower) < len(upper):
            lower = np.concatenate((lower, upper[-1:]))
        total = upper + lower
        left, right = total[:, 0::2], total[:, 1::2]
        if right.shape[1] < left.shape[1]:
            right = np.concatenate((right, left[:, -1:]), axis=1)
        np.multiply(left + right, np.float32(0.25), out=out[band])

    in_bands(work, shape)
    return out
