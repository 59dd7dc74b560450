"""All colours that sRGB has at one luminance, as a picture to choose from and the line around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import linear_to_srgb
from colorstudio.imaging.gamut import fit_to_gamut, linear_planes, outside_of_gamut

# a* and b* of sRGB reach from -86 to 98 and from -108 to 95: one square holds them at any luminance.
EXTENT = 110.0
# No sRGB colour has more chroma: its blue has 133.8.
MOST_CHROMA = 134.0

_HUES = 720
_KEPT = 128  # slices; a hundred whole luminances and some to spare, at most 20 MB


@dataclass(frozen=True, eq=False)
class GamutSlice:
    """The a*b* plane at one luminance: columns are a*, -`EXTENT` to `EXTENT`; rows are b*, downwards.

    Attributes
    ----------
    luminance
        L* in [0, 100].
    rgb
        ``(side, side, 3)`` uint8 sRGB. Just outside of the gamut it goes on as clipped colours, so that the
        picture can be scaled without a fringe; it is to be cut out along `outline`.
    inside
        ``(side, side)`` bool: the colour at the centre of the pixel exists.
    outline
        ``(N, 2)`` float32 a*b* around the gamut, counter-clockwise from hue 0. Not closed.
    """

    luminance: float
    rgb: NDArray[np.uint8]
    inside: NDArray[np.bool_]
    outline: NDArray[np.float32]


@lru_cache(maxsize=_KEPT)
def gamut_slice(luminance: float, side: int = 200) -> GamutSlice:
    """The colours at this L*, in a picture of `side` by `side` pixels. Kept for the next call."""
    centres = ((np.arange(side, dtype=np.float32) + np.float32(0.5)) * 2 / side - 1) * np.float32(EXTENT)
    chroma = np.empty((2, side, side), np.float32)
    chroma[0] = centres[None, :]
    chroma[1] = -centres[:, None]
    lightness = np.full((side, side), luminance, np.float32)
    linear = linear_planes(lightness, chroma)
    inside = ~outside_of_gamut(linear)
    np.clip(linear, 0, 1, out=linear)
    rgb = np.rint(np.moveaxis(linear_to_srgb(linear), 0, -1) * 255).astype(np.uint8)
    outline = gamut_outline(luminance)
    rgb = np.ascontiguousarray(rgb)
    for array in (rgb, inside, outline):
        array.flags.writeable = False
    return GamutSlice(luminance, rgb, inside, outline)


def gamut_outline(luminance: float, hues: int = _HUES) -> NDArray[np.float32]:
    """The chroma at which each of `hues` hues from 0 on leaves sRGB, as ``(hues, 2)`` float32 a*b*.

    In very light yellows a sliver of colours lies beyond a gap along its hue: it is left out.
    """
    angle = np.arange(hues) * (2 * np.pi / hues)
    far = np.stack([np.cos(angle), np.sin(angle)], axis=-1) * MOST_CHROMA
    return fit_to_gamut(np.full(hues, luminance), far)


def most_chroma(luminance: float, hue_degrees: float) -> float:
    """The largest chroma (length of a*b*) that exists at this luminance and hue."""
    angle = np.deg2rad(hue_degrees)
    far = np.array([[np.cos(angle), np.sin(angle)]]) * MOST_CHROMA
    return float(np.hypot(*fit_to_gamut(np.array([luminance]), far)[0]))
