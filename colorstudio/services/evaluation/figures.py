"""Figures of one coloured picture against the truth."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from colorstudio.imaging.colorspace import lab_to_srgb
from colorstudio.imaging.gamut import fit_to_gamut


def to_rgb8(luminance: NDArray[np.float32], chroma_lab: NDArray[np.float32]) -> NDArray[np.uint8]:
    """L* ``(H, W)`` and a*b* ``(H, W, 2)`` as sRGB bytes, chroma reduced to fit the gamut."""
    lab = np.concatenate([luminance[..., None], fit_to_gamut(luminance, chroma_lab)], axis=-1)
    return np.rint(lab_to_srgb(lab) * 255).astype(np.uint8)


def psnr(rgb8: NDArray[np.uint8], truth: NDArray[np.uint8], *, smallest_error: float = 1e-10) -> float:
    """Peak signal-to-noise ratio over all channels, in dB.

    Parameters
    ----------
    smallest_error
        A smaller mean squared error, of values in [0, 1], counts as this: the default is 100 dB.
    """
    error = float(np.mean((rgb8.astype(np.float64) - truth) ** 2)) / 255**2
    return -10 * math.log10(max(error, smallest_error))


def rmse(rgb8: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    """Root mean squared error over all channels of sRGB, in codes of 0 to 255."""
    return float(np.sqrt(np.mean((rgb8.astype(np.float64) - truth) ** 2)))


def ssim(rgb8: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    """Structural similarity (Wang et al. 2004), the mean over the channels."""
    value: Any = structural_similarity(rgb8, truth, channel_axis=2, data_range=255)
    return float(value)


def colourfulness(rgb8: NDArray[np.uint8]) -> float:
    """Hasler & Suesstrunk 2003, on sRGB bytes."""
    red, green, blue = (rgb8[..., channel].astype(np.float64) for channel in range(3))
    rg, yb = red - green, (red + green) / 2 - blue
    return float(math.hypot(rg.std(), yb.std()) + 0.3 * math.hypot(rg.mean(), yb.mean()))
