"""Chroma that fits into sRGB: reduced along its hue, luminance untouched."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import lab_to_linear

# Linear RGB may miss [0, 1] by this much: the noise of single precision, far below a 16-bit code.
GAMUT_TOLERANCE = 5e-7
_ITERATIONS = 40
_CLOSE_ENOUGH = 1e-5  # of the chroma scale


def fit_to_gamut(luminance: NDArray[np.floating], chroma_lab: NDArray[np.floating]) -> NDArray[np.float32]:
    """Reduce a*b* along its hue at constant L* until the colour exists in sRGB.

    Each colour outside keeps the largest chroma that fits (within 1e-5 of its length); colours
    inside are returned as they are.

    Parameters
    ----------
    luminance
        ``(...)`` L* in [0, 100].
    chroma_lab
        ``(..., 2)`` a*b*.

    Returns
    -------
    ``(..., 2)`` float32 a*b*.
    """
    fitted = np.array(chroma_lab, np.float32)
    lightness = np.asarray(luminance, np.float64)
    lab = np.concatenate([lightness[..., None], fitted.astype(np.float64)], axis=-1)
    linear = lab_to_linear(lab)
    outside = (linear.min(-1) < -GAMUT_TOLERANCE) | (linear.max(-1) > 1 + GAMUT_TOLERANCE)
    if outside.any():
        scale = largest_scale(lightness[outside], fitted[outside, 0], fitted[outside, 1])
        fitted[outside] *= scale[:, None].astype(np.float32)
    return fitted


def largest_scale(
    luminance: NDArray[np.floating], a: NDArray[np.floating], b: NDArray[np.floating]
) -> NDArray[np.float64]:
    """The largest factor in [0, 1] with which colours outside of sRGB come to lie inside.

    The overshoot over the gamut's faces is followed down to zero by false position (the Illinois
    variant); the inner end of the bracket is returned, so the result is never outside.

    Parameters
    ----------
    luminance, a, b
        ``(N,)`` L*, a*, b* of colours outside of the gamut.
    """
    luminance, a, b = (np.asarray(plane, np.float64) for plane in (luminance, a, b))
    inside = np.zeros(luminance.shape)
    outside = np.ones(luminance.shape)
    over_inside = _overshoot(luminance, a, b, inside)
    over_outside = _overshoot(luminance, a, b, outside)
    result = np.zeros(luminance.shape)
    # Black and white themselves have no room for chroma: they keep 0.
    active = np.flatnonzero((over_inside < 0) & (over_outside > 0))
    result[over_outside <= 0] = 1
    luminance, a, b = luminance[active], a[active], b[active]
    inside, outside = inside[active], outside[active]
    over_inside, over_outside = over_inside[active], over_outside[active]
    previous = np.zeros(len(active), np.int8)
    for iteration in range(_ITERATIONS):
        if not len(active):
            break
        if iteration % 4 == 3:  # a bisection now and then bounds the worst case
            middle = 0.5 * (inside + outside)
        else:
            middle = inside + (outside - inside) * (over_inside / (over_inside - over_outside))
            # A step of half the tolerance past the estimate lets the bracket close from both sides.
            margin = 0.5 * _CLOSE_ENOUGH
            middle = np.clip(middle, inside + margin, np.maximum(outside - margin, inside + margin))
        over = _overshoot(luminance, a, b, middle)
        fits = over <= 0
        over_outside = np.where(fits & (previous == 1), 0.5 * over_outside, over_outside)
        over_inside = np.where(~fits & (previous == -1), 0.5 * over_inside, over_inside)
        inside = np.where(fits, middle, inside)
        over_inside = np.where(fits, np.minimum(over, -1e-300), over_inside)
        outside = np.where(fits, outside, middle)
        over_outside = np.where(fits, over_outside, over)
        previous = np.where(fits, 1, -1).astype(np.int8)
        result[active] = inside
        going = outside - inside > _CLOSE_ENOUGH
        if not going.all():
            active, luminance, a, b = active[going], luminance[going], a[going], b[going]
            inside, outside, previous = inside[going], outside[going], previous[going]
            over_inside, over_outside = over_inside[going], over_outside[going]
    return result


def _overshoot(
    luminance: NDArray[np.float64], a: NDArray[np.float64], b: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    linear = lab_to_linear(np.stack([luminance, a * scale, b * scale], axis=-1))
    return np.maximum(-linear.min(-1), linear.max(-1) - 1)
