"""The lightness of a faded photo stretched: black point, white point and gamma on L*."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from colorstudio.document.compositor import composite
from colorstudio.errors import UsageError
from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.photo import Pixels, unit_rgb
from colorstudio.imaging.resample import resize
from colorstudio.progress import ProgressToken

MAX_GAMMA = 10.0


@dataclass(frozen=True)
class Levels:
    """A curve of the lightness L*: black and white become 0 and 100, with a power in between.

    Attributes
    ----------
    black, white
        L* in [0, 100], `white` above `black`. What is beyond them becomes 0 or 100.
    gamma
        Above 1 lightens what lies in between, below 1 darkens it.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    black: float = 0.0
    white: float = 100.0
    gamma: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.black < self.white <= 100:
            raise UsageError(
                f"The levels {self.black:g} and {self.white:g} are out of range: "
                "give a black point below the white point, both from 0 to 100."
            )
        if not 1 / MAX_GAMMA <= self.gamma <= MAX_GAMMA:
            raise UsageError(
                f"The gamma {self.gamma:g} is out of range: give {1 / MAX_GAMMA:g} to {MAX_GAMMA:g}."
            )

    @property
    def change_nothing(self) -> bool:
        return self == Levels()

    def of(self, luminance: NDArray[np.float32]) -> NDArray[np.float32]:
        """The curve: L* of L*, both in [0, 100], any shape."""
        share = np.clip((luminance - self.black) / (self.white - self.black), 0, 1)
        return (100 * share ** (1 / self.gamma)).astype(np.float32)


def levelled(pixels: Pixels, levels: Levels, token: ProgressToken | None = None) -> Pixels:
    """Pixels with other levels, at the same bit depth.

    The a*b* of each pixel stays, as far as sRGB has it at the new lightness. Levels that change nothing give
    back the same array.

    Parameters
    ----------
    pixels
        ``(H, W)`` or ``(H, W, 3)``, uint8 or uint16, sRGB-encoded.

    Returns
    -------
    The same shape and dtype.

    Raises
    ------
    Cancelled
        If the token says so, between bands.
    """
    if levels.change_nothing:
        return pixels
    token = token or ProgressToken()
    token.report(0.0, "Setting the levels")
    bits = pixels.dtype.itemsize * 8
    if pixels.ndim == 2:
        codes = np.arange(1 << bits, dtype=pixels.dtype)[None]
        table = composite(levels.of(luminance_of_pixels(codes)), None, bit_depth=bits)[0, :, 0]
        return table[pixels]
    out = np.empty_like(pixels)

    def work(band: slice) -> None:
        token.check()
        part = pixels[band]
        chroma = srgb_to_lab(unit_rgb(part))[..., 1:].astype(np.float32)
        out[band] = composite(levels.of(luminance_of_pixels(part)), chroma, bit_depth=bits)

    in_bands(work, (pixels.shape[0], pixels.shape[1]))
    return out


# -- automatic ----------------------------------------------------------------------

_SIDE_PX = 512  # of the small copy that borders are looked for in: grain and dust do not count
_SAMPLES = 1_000_000
_RAGGED = 0.02  # of each side, where scans are ragged
_CLIPPED_PERCENT = 0.3  # of the pixels, at either end
_LEAST_RANGE = 10.0  # L*: what has less is empty, or meant to be flat
_MOST_BORDERS = 3  # within each other: the scanner's lid, the mount, the white edge of the print
_FLAT = 4.0  # L* around its median that passes for one border
_ALL_AROUND = 0.9  # of the ring around the picture
_LEAST_PICTURE = 0.05  # of the pixels: what is left inside is the picture, or there was no border
_RAMP_PX = 3  # from a border to the picture


def automatic_levels(luminance: NDArray[np.float32]) -> Levels:
    """Levels that stretch a faded photo to all of the lightness that there is; gamma stays 1.

    The borders of a scan, of one tone and all around the picture, are left out, up to three within each
    other. A fraction of a percent of the pixels is clipped at either end.

    Parameters
    ----------
    luminance
        ``(H, W)`` L* in [0, 100], turned and cropped, without levels.
    """
    height, width = luminance.shape
    shrink = min(1.0, _SIDE_PX / max(height, width))
    small = resize(luminance, (max(1, round(height * shrink)), max(1, round(width * shrink))))
    rows, cols = (slice(int(side * _RAGGED), side - int(side * _RAGGED)) for side in small.shape)
    picture = np.zeros(small.shape, np.bool_)
    picture[rows, cols] = _picture(small[rows, cols])
    # Judged on pixels of the photo itself: in the small copy there are no glints.
    step = max(1, math.isqrt(luminance.size // _SAMPLES))
    sample = luminance[::step, ::step]
    down, across = (
        np.arange(0, side, step) * copied // side
        for side, copied in zip(luminance.shape, small.shape, strict=True)
    )
    values = sample[picture[down[:, None], across]]
    black, white = np.percentile(values, (_CLIPPED_PERCENT, 100 - _CLIPPED_PERCENT))
    if white - black < _LEAST_RANGE:
        return Levels()
    return Levels(round(max(0.0, float(black)), 1), round(min(100.0, float(white)), 1))


def _picture(luminance: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where the picture is within the borders of its scan."""
    picture = np.ones(luminance.shape, np.bool_)
    for _ in range(_MOST_BORDERS):
        ring = picture & ~ndimage.binary_erosion(picture, border_value=0)
        tone = np.median(luminance[ring])
        flat = np.abs(luminance - tone) <= _FLAT
        if flat[ring].mean() < _ALL_AROUND:
            break
        border = ndimage.binary_propagation(ring & flat, mask=picture & flat)
        inside = ndimage.binary_erosion(picture & ~border, iterations=_RAMP_PX, border_value=1)
        if inside.mean() < _LEAST_PICTURE:
            break
        picture = inside
    return picture
