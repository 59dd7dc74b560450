"""Chroma that fits into sRGB: reduced along its hue, luminance untouched."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.bands import BAND_PIXELS, in_bands
from colorstudio.imaging.colorspace import NEUTRAL_XYZ_TO_SRGB, lab_curve_inverse_in_place

FloatArray = NDArray[np.float32]

TO_SRGB = NEUTRAL_XYZ_TO_SRGB.astype(np.float32)
# Linear RGB may miss 0 and 1 by this much, the noise of single precision there. Clipping it moves the
# luminance by less than a tenth of a 16-bit code, which is 1.2e-6 wide at black and 3.5e-5 at white.
BELOW_BLACK, ABOVE_WHITE = np.float32(1e-7), np.float32(5e-7)
CLOSE_ENOUGH = 1e-4  # of the chroma's scale: 0.01 a*b* at the most
MARGIN = np.float32(0.4 * CLOSE_ENOUGH)
BARELY_INSIDE = np.float32(-1e-12)
MOST_STEPS = 40  # a bound, not an expectation: 5 to 8 are usual


def fit_to_gamut(luminance: NDArray[Any], chroma_lab: NDArray[Any]) -> FloatArray:
    """Reduce a*b* along its hue at constant L* until the colour exists in sRGB.

    Each colour outside keeps the largest chroma that fits, within 1e-4 of what it had; colours inside
    are returned as they are.

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
    fitted = np.array(chroma_lab, np.float32, order="C")
    chroma = fitted.reshape(-1, 2)
    lightness = np.ascontiguousarray(luminance, np.float32).reshape(-1)
    if len(lightness) != len(chroma):
        raise ValueError(f"chroma {fitted.shape} does not belong to luminance {np.shape(luminance)}")

    def fit(band: slice) -> None:
        part = chroma[band]
        planes = np.ascontiguousarray(part.T)
        outside = outside_of_gamut(linear_planes(lightness[band], planes))
        if outside.any():
            scale = largest_scale(lightness[band][outside], *planes[:, outside])
            part[outside] *= scale[:, None]

    in_bands(fit, (len(chroma), 1), pixels=BAND_PIXELS)
    return fitted


def linear_planes(luminance: FloatArray, chroma: FloatArray) -> FloatArray:
    """Linear sRGB ``(3, ...)`` of L* ``(...)`` and a*b* ``(2, ...)``, not clipped to the gamut."""
    base = luminance + np.float32(16)
    base *= np.float32(1 / 116)
    x = chroma[0] * np.float32(1 / 500)
    x += base
    z = chroma[1] * np.float32(-1 / 200)
    z += base
    work = np.empty_like(base)
    for plane in (x, base, z):
        lab_curve_inverse_in_place(plane, work)
    linear = np.empty((3, *luminance.shape), np.float32)
    for k, row in enumerate(TO_SRGB):
        channel: FloatArray = linear[k]
        np.multiply(x, row[0], out=channel)
        channel += np.multiply(base, row[1], out=work)
        channel += np.multiply(z, row[2], out=work)
    return linear


def outside_of_gamut(linear: FloatArray) -> NDArray[np.bool_]:
    """Which colours of linear sRGB planes ``(3, ...)`` lie outside of [0, 1], rounding allowed for."""
    return _overshoot(linear) > 0


def largest_scale(luminance: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    """The largest factor in [0, 1] with which colours outside of sRGB come to lie inside.

    The overshoot over the faces of the gamut is followed to zero by false position (the Illinois
    variant, Dowell & Jarratt 1971); the inner end of the bracket is returned, which is never outside.

    Parameters
    ----------
    luminance, a, b
        ``(N,)`` L*, a*, b* of colours outside of the gamut. Black and white get 0.
    """
    result = np.zeros(len(luminance), np.float32)
    chroma = np.stack([a, b])
    over_inner = _overshoot(linear_planes(luminance, np.zeros_like(chroma)))
    over_outer = _overshoot(linear_planes(luminance, chroma))
    result[over_outer <= 0] = 1
    active = np.flatnonzero((over_inner < 0) & (over_outer > 0))
    luminance, chroma = luminance[active], chroma[:, active]
    over_inner, over_outer = over_inner[active], over_outer[active]
    inner, outer = np.zeros_like(luminance), np.ones_like(luminance)
    moved_inner = np.zeros(len(active), np.bool_)  # in the step before
    moved_outer = np.zeros(len(active), np.bool_)
    for _ in range(MOST_STEPS):
        if not len(active):
            break
        middle = over_inner / (over_inner - over_outer)
        middle *= outer - inner
        middle += inner
        # Never nearer to an end than this: then the bracket closes from both sides.
        np.maximum(middle, inner + MARGIN, out=middle)
        np.minimum(middle, outer - MARGIN, out=middle)
        over = _overshoot(linear_planes(luminance, np.multiply(chroma, middle, dtype=np.float32)))
        fits = over <= 0
        misses = ~fits
        # The end that stays twice counts half, else it would never be replaced.
        np.multiply(over_outer, 0.5, out=over_outer, where=fits & moved_inner)
        np.multiply(over_inner, 0.5, out=over_inner, where=misses & moved_outer)
        np.copyto(inner, middle, where=fits)
        np.copyto(over_inner, np.minimum(over, BARELY_INSIDE), where=fits)
        np.copyto(outer, middle, where=misses)
        np.copyto(over_outer, over, where=misses)
        moved_inner, moved_outer = fits, misses
        going = outer - inner > CLOSE_ENOUGH
        result[active] = inner
        if not going.all():
            active, luminance, chroma = active[going], luminance[going], chroma[:, going]
            inner, outer = inner[going], outer[going]
            over_inner, over_outer = over_inner[going], over_outer[going]
            moved_inner, moved_outer = moved_inner[going], moved_outer[going]
    return result


def _overshoot(linear: FloatArray) -> FloatArray:
    """By how much the worst channel of planes ``(3, ...)`` lies outside of [0, 1]; negative inside."""
    over = np.maximum(np.maximum(linear[0], linear[1]), linear[2])
    over -= 1 + ABOVE_WHITE
    under = np.minimum(np.minimum(linear[0], linear[1]), linear[2])
    np.negative(under, out=under)
    under -= BELOW_BLACK
    return np.maximum(over, under, out=over)
