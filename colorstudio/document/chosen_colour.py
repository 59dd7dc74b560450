"""A colour as the user chooses it: hue and chroma are the user's, luminance is the photo's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.compositor import composite
from colorstudio.imaging.colorspace import srgb_to_lab

Rgb: TypeAlias = tuple[int, int, int]

# Less than this is rounding of 8-bit codes, not a hue.
_NO_CHROMA = 0.5


@dataclass(frozen=True)
class ChosenColour:
    """What a stroke is painted with.

    Attributes
    ----------
    chroma_lab
        a*b*, the part of a colour that a stroke gives to the photo.
    rgb
        sRGB, 0 to 255, that carries it: of a palette or a reference as it stands there, of the gamut picker
        as it looked at the luminance it was chosen at.
    """

    chroma_lab: tuple[float, float]
    rgb: Rgb

    @classmethod
    def of_rgb(cls, rgb: Rgb) -> ChosenColour:
        _, a, b = srgb_to_lab(np.array(rgb, np.float64) / 255)
        return cls((float(a), float(b)), rgb)

    @classmethod
    def of_chroma(cls, chroma_lab: tuple[float, float], luminance: float) -> ChosenColour:
        """Chosen at an L*; what does not exist there is carried as it looks there."""
        return cls(chroma_lab, colour_at(luminance, chroma_lab))

    @property
    def chroma(self) -> float:
        """C*, the length of a*b*."""
        return math.hypot(*self.chroma_lab)

    @property
    def hue_degrees(self) -> float | None:
        """In [0, 360); None for a gray, which has none."""
        if self.chroma < _NO_CHROMA:
            return None
        return math.degrees(math.atan2(self.chroma_lab[1], self.chroma_lab[0])) % 360

    def at(self, luminance: float) -> Rgb:
        """How it looks on a pixel of this L*: there it has less chroma if sRGB has no more."""
        return colour_at(luminance, self.chroma_lab)


def colour_at(luminance: float, chroma_lab: tuple[float, float]) -> Rgb:
    """The pixel that a photo gets where it has this L* and this chroma, 0 to 255."""
    plane = np.array([[luminance]], np.float32)
    red, green, blue = composite(plane, np.array([[chroma_lab]], np.float32))[0, 0].tolist()
    return red, green, blue


def colours_at(luminance: float, chroma_lab: NDArray[np.float32]) -> tuple[Rgb, ...]:
    """As `colour_at` for several chromas, ``(N, 2)`` a*b*."""
    plane = np.full((1, len(chroma_lab)), luminance, np.float32)
    return tuple((r, g, b) for r, g, b in composite(plane, chroma_lab[None])[0].tolist())


def chroma_of(hue_degrees: float, chroma: float) -> tuple[float, float]:
    """a*b* of a hue and a chroma."""
    angle = math.radians(hue_degrees)
    return chroma * math.cos(angle), chroma * math.sin(angle)


def hex_of(rgb: Rgb) -> str:
    """As `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def rgb_of_hex(text: str) -> Rgb | None:
    """The colour of `#rrggbb`, `rrggbb` or `#rgb`, spaces around it allowed; None if it is none of them."""
    digits = text.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
