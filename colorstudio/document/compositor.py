"""Luminance and chroma to sRGB pixels: in bands on a few threads, luminance kept."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.chroma import Chroma
from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.colorspace import lab_curve_inverse_in_place, linear_to_srgb
from colorstudio.imaging.gamut import largest_scale, linear_planes, outside_of_gamut
from colorstudio.imaging.loops import kernels_at_hand, load_kernels
from colorstudio.imaging.photo import Pixels
from colorstudio.progress import ProgressToken

# Linear light to 8-bit codes: fine enough that near black, where a code is 3e-4 wide, the nearest
# code is missed by less than 0.01 of a code.
_TABLE_STEPS = 1 << 18
# From here on kernels save more time than it takes to load them (docs/adr/0007).
_WORTH_LOADING_PIXELS = 25_000_000


@lru_cache(maxsize=1)
def _encoding_table() -> NDArray[np.uint8]:
    centres = np.arange(_TABLE_STEPS + 1) / _TABLE_STEPS
    return np.rint(linear_to_srgb(centres) * 255).astype(np.uint8)


def composite(
    luminance: NDArray[np.float32],
    chroma: Chroma | NDArray[np.floating[Any]] | None,
    *,
    saturation: float = 1.0,
    bit_depth: int = 8,
    rows: slice = slice(None),
    cols: slice = slice(None),
    token: ProgressToken | None = None,
) -> Pixels:
    """Put luminance and chroma together as sRGB pixels.

    The luminance of the result is the one given: a colour that sRGB does not have loses chroma along
    its hue, and each channel is then rounded to its nearest code.

    Parameters
    ----------
    luminance
        ``(H, W)`` L* in [0, 100].
    chroma
        ``(H, W, 2)`` a*b*, or what computes it by rectangles; None for a gray picture.
    saturation
        Factor on the chroma before it is fitted into the gamut.
    bit_depth
        8 or 16.
    rows, cols
        The rectangle to compute, step 1; all by default. Its pixels are the same as in the whole.

    Returns
    -------
    ``(r, c, 3)`` uint8 or uint16, sRGB-encoded.

    Raises
    ------
    Cancelled
        If the token says so, between bands.
    """
    if bit_depth not in (8, 16):
        raise ValueError(f"bit depth {bit_depth}")
    token = token or ProgressToken()
    height, width = luminance.shape
    top, bottom, row_step = rows.indices(height)
    left, right, col_step = cols.indices(width)
    if row_step != 1 or col_step != 1:
        raise ValueError("a rectangle has no steps")
    expected = (height, width, 2) if isinstance(chroma, np.ndarray) else (height, width)
    if chroma is not None and chroma.shape != expected:
        raise ValueError(f"chroma {chroma.shape} does not belong to luminance {luminance.shape}")
    shape = (max(0, bottom - top), max(0, right - left))
    out: Pixels = np.empty((*shape, 3), np.uint16 if bit_depth == 16 else np.uint8)
    if out.size == 0:
        return out
    done = _Counter(shape[0], token)
    if chroma is not None and shape[0] * shape[1] >= _WORTH_LOADING_PIXELS:
        load_kernels()

    def work(band: slice) -> None:
        token.check()
        part = slice(top + band.start, top + band.stop)
        planes = _chroma_planes(luminance, chroma, part, slice(left, right), saturation)
        _compose(luminance[part, left:right], planes, out[band])
        done.add(band.stop - band.start)

    in_bands(work, shape)
    return out


class _Counter:
    def __init__(self, total: int, token: ProgressToken) -> None:
        self._total, self._token, self._done = total, token, 0
        self._lock = threading.Lock()

    def add(self, rows: int) -> None:
        with self._lock:
            self._done += rows
            self._token.report(self._done / self._total, "Composing the picture")


def _chroma_planes(
    luminance: NDArray[np.float32],
    chroma: Chroma | NDArray[np.floating[Any]] | None,
    rows: slice,
    cols: slice,
    saturation: float,
) -> NDArray[np.float32] | None:
    if chroma is None or saturation == 0:
        return None
    if isinstance(chroma, np.ndarray):
        planes = np.array(np.moveaxis(chroma[rows, cols], -1, 0), np.float32, order="C")
    else:
        planes = chroma.region_planes(luminance, rows, cols)
    if saturation != 1:
        planes *= np.float32(saturation)
    return planes


def _compose(luminance: NDArray[np.float32], chroma: NDArray[np.float32] | None, out: Pixels) -> None:
    kernels = kernels_at_hand()
    if kernels is None or chroma is None:
        _encode(_linear_rgb(luminance, chroma), out)
        return
    light = np.array(luminance, np.float32, order="C")  # one layout: each other one would be compiled for
    if out.dtype == np.uint8:
        kernels.encoded(light, chroma, _encoding_table(), out)
    else:
        linear = np.empty((3, *light.shape), np.float32)
        kernels.fitted_linear(light, chroma, linear)
        _encode(linear, out)


def _linear_rgb(luminance: NDArray[np.float32], chroma: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """Linear sRGB as planes: ``(3, r, c)``, or ``(1, r, c)`` for gray, inside the gamut but for rounding."""
    if chroma is None:
        relative = (luminance[None] + np.float32(16)) * np.float32(1 / 116)
        lab_curve_inverse_in_place(relative, np.empty_like(relative))
        return relative
    linear = linear_planes(luminance, chroma)
    outside = outside_of_gamut(linear)
    if outside.any():
        light, colour = luminance[outside], chroma[:, outside]
        linear[:, outside] = linear_planes(light, colour * largest_scale(light, colour[0], colour[1]))
    return linear


def _encode(linear: NDArray[np.float32], out: Pixels) -> None:
    np.clip(linear, 0, 1, out=linear)
    if out.dtype == np.uint8:
        linear *= np.float32(_TABLE_STEPS)
        linear += np.float32(0.5)
        codes = _encoding_table()[linear.astype(np.int32)]
    else:
        codes = linear_to_srgb(linear)
        codes *= np.float32(65535)
        codes += np.float32(0.5)
    for channel in range(3):
        out[..., channel] = codes[channel if len(codes) == 3 else 0]
