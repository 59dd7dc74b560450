"""Colour spaces: sRGB, CIE Lab (D65, 2 degrees) and the NTSC YIQ of Levin 2004.

The only home of their constants. All functions are vectorised over the last
axis, keep float64 as float64 and turn everything else into float32. RGB values are in
[0, 1]; L* is in [0, 100]; a* and b* are roughly in [-110, 110].
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating]

# IEC 61966-2-1, the matrix and white that scikit-image uses, so that results can be compared.
SRGB_TO_XYZ = np.array(
    [
        [0.412453, 0.357580, 0.180423],
        [0.212671, 0.715160, 0.072169],
        [0.019334, 0.119193, 0.950227],
    ]
)
XYZ_TO_SRGB = np.linalg.inv(SRGB_TO_XYZ)
D65_WHITE = np.array([0.95047, 1.0, 1.08883])
RELATIVE_XYZ_TO_SRGB = XYZ_TO_SRGB * D65_WHITE[None, :]  # from X/Xn, Y/Yn, Z/Zn
# The rounded white above makes a* = b* = 0 miss R = G = B by up to five 16-bit codes. Where pixels are
# made, the white is the matrix's own: gray is gray, and colours move by less than 0.005 a*b*.
NEUTRAL_XYZ_TO_SRGB = np.linalg.inv(SRGB_TO_XYZ / SRGB_TO_XYZ.sum(axis=1, keepdims=True))

SRGB_THRESHOLD = 0.04045
SRGB_LINEAR_THRESHOLD = 0.0031308
SRGB_SLOPE = 12.92
SRGB_OFFSET = 0.055
SRGB_GAMMA = 2.4

LAB_EPSILON = 0.008856
LAB_SLOPE = 7.787
LAB_OFFSET = 16.0 / 116.0
LAB_INVERSE_THRESHOLD = 0.2068966

# NTSC, to the digits of Levin's own package.
YIQ_TO_RGB = np.array([[1.0, 0.956, 0.621], [1.0, -0.272, -0.647], [1.0, -1.106, 1.703]])
RGB_TO_YIQ = np.linalg.inv(YIQ_TO_RGB)


def _floating(values: np.ndarray) -> FloatArray:
    values = np.asarray(values)
    return values if values.dtype == np.float64 else values.astype(np.float32, copy=False)


def srgb_to_linear(rgb: np.ndarray) -> FloatArray:
    """Undo the sRGB transfer curve. Any shape, values in [0, 1]."""
    rgb = _floating(rgb)
    curved = ((np.maximum(rgb, 0) + SRGB_OFFSET) / (1 + SRGB_OFFSET)) ** rgb.dtype.type(SRGB_GAMMA)
    return np.where(rgb > SRGB_THRESHOLD, curved, rgb / rgb.dtype.type(SRGB_SLOPE))


def linear_to_srgb(linear: np.ndarray) -> FloatArray:
    """Apply the sRGB transfer curve. Any shape; negative values stay on the linear part."""
    linear = _floating(linear)
    exponent = linear.dtype.type(1 / SRGB_GAMMA)
    curved = (1 + SRGB_OFFSET) * np.maximum(linear, 0) ** exponent - SRGB_OFFSET
    straight = linear * linear.dtype.type(SRGB_SLOPE)
    return np.where(linear > SRGB_LINEAR_THRESHOLD, curved, straight).astype(linear.dtype)


def _lab_curve(t: FloatArray) -> FloatArray:
    t = _floating(t)
    straight = t * t.dtype.type(LAB_SLOPE) + t.dtype.type(LAB_OFFSET)
    return np.where(t > LAB_EPSILON, np.cbrt(t), straight)


def _lab_curve_inverse(f: FloatArray) -> FloatArray:
    straight = (f - f.dtype.type(LAB_OFFSET)) / f.dtype.type(LAB_SLOPE)
    return np.where(f > LAB_INVERSE_THRESHOLD, f * f * f, straight)


# The slope of the straight part that leads from 0 at black to the cube at the threshold. The one of
# three digits misses both by 5e-8, which is little, but makes black negative.
EXACT_LAB_SLOPE = np.float32(LAB_INVERSE_THRESHOLD**3 / (LAB_INVERSE_THRESHOLD - LAB_OFFSET))


def lab_curve_inverse_in_place(f: NDArray[np.float32], work: NDArray[np.float32]) -> None:
    """Undo the Lab curve without a branch, within 5e-8; `work` is scratch of the same shape.

    What lies below the threshold is added to the cube at the threshold along the straight part.
    """
    np.maximum(f, np.float32(LAB_INVERSE_THRESHOLD), out=work)
    f -= work
    f *= EXACT_LAB_SLOPE
    f += work * work * work


def luminance_from_linear(relative: np.ndarray) -> FloatArray:
    """L* in [0, 100] of the relative luminance Y in [0, 1]."""
    return 116 * _lab_curve(_floating(relative)) - 16


def luminance_of_srgb(rgb: np.ndarray) -> FloatArray:
    """L* of sRGB pixels: ``(..., 3)`` in [0, 1] to ``(...)`` in [0, 100]."""
    linear = srgb_to_linear(rgb)
    return luminance_from_linear(linear @ SRGB_TO_XYZ[1].astype(linear.dtype))


def srgb_to_lab(rgb: np.ndarray) -> FloatArray:
    """sRGB ``(..., 3)`` in [0, 1] to Lab ``(..., 3)``."""
    linear = srgb_to_linear(rgb)
    to_relative_xyz = (SRGB_TO_XYZ / D65_WHITE[:, None]).T.astype(linear.dtype)
    f = _lab_curve(linear @ to_relative_xyz)
    lab = np.empty_like(f)
    lab[..., 0] = 116 * f[..., 1] - 16
    lab[..., 1] = 500 * (f[..., 0] - f[..., 1])
    lab[..., 2] = 200 * (f[..., 1] - f[..., 2])
    return lab


def lab_to_linear(lab: np.ndarray) -> FloatArray:
    """Lab ``(..., 3)`` to linear sRGB ``(..., 3)``, not clipped to the gamut."""
    lab = _floating(lab)
    f = np.empty_like(lab)
    f[..., 1] = (lab[..., 0] + 16) / 116
    f[..., 0] = f[..., 1] + lab[..., 1] / 500
    f[..., 2] = f[..., 1] - lab[..., 2] / 200
    relative_xyz = _lab_curve_inverse(f)
    return relative_xyz @ RELATIVE_XYZ_TO_SRGB.T.astype(lab.dtype)


def lab_to_srgb(lab: np.ndarray) -> FloatArray:
    """Lab ``(..., 3)`` to sRGB ``(..., 3)`` clipped to [0, 1].

    Clipping changes the luminance: `gamut.fit_to_gamut` first where that matters.
    """
    return np.clip(linear_to_srgb(lab_to_linear(lab)), 0, 1)


def rgb_to_yiq(rgb: np.ndarray) -> FloatArray:
    """RGB ``(..., 3)`` in [0, 1] to NTSC YIQ ``(..., 3)``."""
    rgb = _floating(rgb)
    return rgb @ RGB_TO_YIQ.T.astype(rgb.dtype)


def yiq_to_rgb(yiq: np.ndarray) -> FloatArray:
    """NTSC YIQ ``(..., 3)`` to RGB ``(..., 3)``, not clipped."""
    yiq = _floating(yiq)
    return yiq @ YIQ_TO_RGB.T.astype(yiq.dtype)
