"""Is a photo gray, tinted with one tone, or in colour? Judged on a small copy, so grain does not count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.photo import PhotoKind, Pixels
from colorstudio.imaging.resample import resize

_SIDE = 128  # of the small copy, pixels
_BINS = 12  # of L*, for the tone curve of a tint
_GRAY_CHROMA = 4.0  # a*b* length that passes for gray
# The a*b* distance from the tone curve that passes for one tone: more where the tone is strong, for its
# fading, the curve's steps and JPEG's all grow with it. Set on 39 old photos and 2,200 in colour, of which
# one in 200 passes (fog, bare sand, a portrait before a wall of the same hue).
_TINT_RESIDUAL, _TINT_RESIDUAL_GROWTH = 3.9, 0.1
_PERCENTILE = 95.0  # so that a coloured stamp or a colour chart at the edge does not decide


def recognise(pixels: Pixels) -> PhotoKind:
    """Recognise the kind of sRGB pixels ``(H, W)`` or ``(H, W, 3)``.

    A tint has a chroma that is a function of luminance alone (a toned print, a yellowed scan): it is
    estimated as the median chroma in bins of L*, and what is left beside it must be small.
    """
    if pixels.ndim == 2:
        return PhotoKind.GRAY
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(1, min(height, width)))
    shape = (max(1, round(height * scale)), max(1, round(width * scale)))
    small = resize(pixels, shape) / np.float32(np.iinfo(pixels.dtype).max)
    lab = srgb_to_lab(np.clip(small, 0, 1)).reshape(-1, 3)
    chroma = lab[:, 1:]
    strength = np.hypot(chroma[:, 0], chroma[:, 1])
    if np.percentile(strength, _PERCENTILE) < _GRAY_CHROMA:
        return PhotoKind.GRAY
    residual = chroma - _tone_curve(lab)
    distance = np.percentile(np.hypot(residual[:, 0], residual[:, 1]), _PERCENTILE)
    if distance < _TINT_RESIDUAL + _TINT_RESIDUAL_GROWTH * np.median(strength):
        return PhotoKind.TINTED
    return PhotoKind.COLOUR


def _tone_curve(lab: NDArray[np.floating]) -> NDArray[np.floating]:
    """The median chroma at each pixel's own L*, interpolated between bins of equally many pixels."""
    edges = np.unique(np.quantile(lab[:, 0], np.linspace(0, 1, _BINS + 1)))
    index = np.clip(np.searchsorted(edges, lab[:, 0], side="right") - 1, 0, max(0, len(edges) - 2))
    used = np.unique(index)
    centres = np.array([np.median(lab[index == i, 0]) for i in used])
    curve = np.array([np.median(lab[index == i, 1:], axis=0) for i in used])
    return np.stack([np.interp(lab[:, 0], centres, curve[:, k]) for k in range(2)], axis=-1)
