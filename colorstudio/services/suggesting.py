"""Colours that a network holds likely at a place of the photo, to choose from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import lab_to_srgb
from colorstudio.imaging.gamut import fit_to_gamut

_ALIKE = 12.0  # Delta E (CIE 1976) under which two colours are one suggestion
_REACH = 18.0  # of a suggestion over the colours that belong to it
_BLUR = 8.0  # of the distribution before its peaks are looked for
_LEAST_PROBABILITY = 0.01


@dataclass(frozen=True)
class Suggestion:
    """A likely colour.

    Attributes
    ----------
    chroma_lab
        a*b*, inside of sRGB at the luminance of the place.
    rgb
        The same with that luminance, sRGB 0 to 255.
    probability
        In [0, 1], of this colour and those that look like it.
    """

    chroma_lab: tuple[float, float]
    rgb: tuple[int, int, int]
    probability: float


def suggestions(
    centres: NDArray[np.float32], probabilities: NDArray[np.float32], luminance: float, count: int
) -> list[Suggestion]:
    """The most likely colours at one luminance, the likeliest first and no two alike.

    A colour that sRGB does not have at that luminance counts for the one that it is shown as.

    Parameters
    ----------
    centres, probabilities
        ``(N, 2)`` a*b* and ``(N,)``.
    luminance
        L* in [0, 100].
    """
    fitted = fit_to_gamut(np.full(len(centres), luminance, np.float32), centres).astype(np.float64)
    left = probabilities.astype(np.float64)
    squared = ((fitted[:, None, :] - fitted[None, :, :]) ** 2).sum(-1)
    near = np.exp(-squared / (2 * _BLUR**2))
    found: list[tuple[float, NDArray[np.float64]]] = []
    while left.sum() > _LEAST_PROBABILITY and len(found) < 4 * count:
        members = squared[int((near @ left).argmax())] <= _REACH**2
        share = np.where(members, left, 0.0)
        found.append((float(share.sum()), share @ fitted / share.sum()))
        left = left - share
    chosen: list[tuple[float, NDArray[np.float64]]] = []
    for probability, colour in sorted(found, key=lambda pair: -pair[0]):
        alike = [k for k, (_, other) in enumerate(chosen) if np.hypot(*(colour - other)) < _ALIKE]
        if alike:
            first, other = chosen[alike[0]]
            chosen[alike[0]] = (first + probability, other)
        elif probability >= _LEAST_PROBABILITY:
            chosen.append((probability, colour))
    chosen.sort(key=lambda pair: -pair[0])
    return [_suggestion(luminance, colour, probability) for probability, colour in chosen[:count]]


def _suggestion(luminance: float, chroma: NDArray[np.float64], probability: float) -> Suggestion:
    a, b = fit_to_gamut(np.array([luminance], np.float32), chroma[None])[0].tolist()
    red, green, blue = np.rint(lab_to_srgb(np.array([luminance, a, b])) * 255).astype(int).tolist()
    return Suggestion((a, b), (red, green, blue), probability)
