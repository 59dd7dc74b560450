"""Colours that a network holds likely at a place of the photo, to choose from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import lab_to_srgb
from colorstudio.imaging.gamut import fit_to_gamut

# Tuned on held-out photos for how often the true colour is within 10 Delta E of one of five.
_ALIKE = 10.0  # Delta E (CIE 1976) under which two colours are one suggestion
_REACH = 10.0  # deviation of a suggestion's bell over the colours that it stands for
_BLUR = 6.0  # of the distribution before its highest place is looked for
_CENTRING_STEPS = 5
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

    One after the other takes the densest place of the distribution that those before it left, so that
    together they cover as much of it as they can. A colour that sRGB does not have at that luminance counts
    for the one that it is shown as.

    Parameters
    ----------
    centres, probabilities
        ``(N, 2)`` a*b* and ``(N,)``.
    luminance
        L* in [0, 100].
    """
    fitted = fit_to_gamut(np.full(len(centres), luminance, np.float32), centres).astype(np.float64)
    near = _bell(fitted, fitted, _BLUR)
    left = probabilities.astype(np.float64)
    unlike = np.ones(len(fitted), np.bool_)
    found: list[tuple[float, NDArray[np.float64]]] = []
    while len(found) < count and unlike.any():
        peak = fitted[np.where(unlike, near @ left, -1).argmax()]
        colour = _centred(peak, fitted, left)
        if any(np.hypot(*(colour - other)) < _ALIKE for _, other in found):
            colour = peak
        covered = left * _bell(fitted, colour[None], _REACH)[:, 0]
        if covered.sum() < _LEAST_PROBABILITY:
            break
        found.append((float(covered.sum()), colour))
        left = left - covered
        unlike &= np.hypot(*(fitted - colour).T) >= _ALIKE
    found.sort(key=lambda pair: -pair[0])
    return [_suggestion(luminance, colour, probability) for probability, colour in found]


def _bell(ones: NDArray[np.float64], others: NDArray[np.float64], deviation: float) -> NDArray[np.float64]:
    squared = ((ones[:, None, :] - others[None, :, :]) ** 2).sum(-1)
    return np.exp(squared / (-2 * deviation**2))


def _centred(
    colour: NDArray[np.float64], colours: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Up the hill of the blurred distribution (mean shift): its top is between the bins."""
    for _ in range(_CENTRING_STEPS):
        near = weights * _bell(colours, colour[None], _BLUR)[:, 0]
        if near.sum() <= 0:
            break
        colour = near @ colours / near.sum()
    return colour


def _suggestion(luminance: float, chroma: NDArray[np.float64], probability: float) -> Suggestion:
    a, b = fit_to_gamut(np.array([luminance], np.float32), chroma[None])[0].tolist()
    red, green, blue = np.rint(lab_to_srgb(np.array([luminance, a, b])) * 255).astype(int).tolist()
    return Suggestion((a, b), (red, green, blue), probability)
