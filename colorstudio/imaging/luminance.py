"""L* of the pixels of a photo, fast and without large temporaries."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.colorspace import (
    LAB_EPSILON,
    LAB_OFFSET,
    LAB_SLOPE,
    SRGB_TO_XYZ,
    luminance_from_linear,
    srgb_to_linear,
)
from colorstudio.imaging.photo import Pixels


@lru_cache(maxsize=2)
def _linear_table(codes: int) -> NDArray[np.float64]:
    return srgb_to_linear(np.arange(codes) / (codes - 1.0)).astype(np.float64)


@lru_cache(maxsize=2)
def _gray_table(codes: int) -> NDArray[np.float32]:
    table = luminance_from_linear(_linear_table(codes)).astype(np.float32)
    table.setflags(write=False)
    return table


@lru_cache(maxsize=2)
def _weighted_tables(codes: int) -> NDArray[np.float32]:
    # The weights as a sum to 1 exactly, so that gray in three channels is gray in one.
    weights = SRGB_TO_XYZ[1] / SRGB_TO_XYZ[1].sum()
    tables = (weights[:, None] * _linear_table(codes)).astype(np.float32)
    tables.setflags(write=False)
    return tables


def luminance_of_pixels(pixels: Pixels) -> NDArray[np.float32]:
    """CIE L* in [0, 100] of sRGB pixels.

    Parameters
    ----------
    pixels
        ``(H, W)`` gray or ``(H, W, 3)`` RGB, uint8 or uint16, sRGB-encoded.

    Returns
    -------
    ``(H, W)`` float32; within 1e-4 of the same in double precision.
    """
    codes = int(np.iinfo(pixels.dtype).max) + 1
    shape = pixels.shape[0], pixels.shape[1]
    out = np.empty(shape, np.float32)
    if pixels.ndim == 2:
        table = _gray_table(codes)

        def gray(band: slice) -> None:
            np.take(table, pixels[band], out=out[band], mode="clip")

        in_bands(gray, shape)
        return out
    red, green, blue = _weighted_tables(codes)

    def colour(band: slice) -> None:
        part = pixels[band]
        relative = out[band]
        np.take(green, part[..., 1], out=relative, mode="clip")
        relative += red[part[..., 0]]
        relative += blue[part[..., 2]]
        dark = relative <= LAB_EPSILON
        straight = relative[dark] * np.float32(LAB_SLOPE) + np.float32(LAB_OFFSET)
        np.cbrt(relative, out=relative)
        relative[dark] = straight
        relative *= 116
        relative -= 16

    in_bands(colour, shape)
    return out
