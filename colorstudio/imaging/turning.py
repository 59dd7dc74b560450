"""A photo turned by any angle: its pixels computed anew by cubic splines, at its own bit depth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.photo import Pixels
from colorstudio.progress import ProgressToken

_ndimage: Any = ndimage  # its types know no arrays as outputs and offsets

_ORDER = 3
_MARGIN_PX = 12  # beyond it the edge of the picture is not felt in a spline
_BAND_PIXELS = 1 << 18


def resample(
    pixels: Pixels,
    places: tuple[NDArray[np.float64], NDArray[np.float64]],
    shape: tuple[int, int],
    token: ProgressToken | None = None,
) -> Pixels:
    """The pixels that an affine map brings from a picture, by interpolation with cubic B-splines.

    Made for turning, where the scale stays 1: nothing is smoothed against aliasing.

    Parameters
    ----------
    pixels
        ``(H, W)`` or ``(H, W, C)``, uint8 or uint16. What is asked for beyond its edge repeats the edge.
    places
        Matrix ``(2, 2)`` and offset ``(2,)``: the place (row, col) in `pixels` that a place of the result
        comes from.
    shape
        Height and width of the result.

    Returns
    -------
    ``(h, w)`` or ``(h, w, C)`` of the same dtype, each value rounded once.

    Raises
    ------
    Cancelled
        If the token says so, between bands.
    """
    token = token or ProgressToken()
    out: Pixels = np.empty((*shape, *pixels.shape[2:]), pixels.dtype)
    if pixels.ndim == 2:
        _resample_plane(pixels, places, out, token)
        return out
    channels = pixels.shape[2]
    for channel in range(channels):
        token.report(channel / channels, "Straightening")
        _resample_plane(pixels[..., channel], places, out[..., channel], token)
    return out


def _resample_plane(
    plane: Pixels,
    places: tuple[NDArray[np.float64], NDArray[np.float64]],
    out: Pixels,
    token: ProgressToken,
) -> None:
    matrix, offset = places
    token.check()
    coefficients = np.pad(plane, _MARGIN_PX, mode="edge").astype(np.float32)
    for axis in range(2):
        token.check()
        _ndimage.spline_filter1d(coefficients, _ORDER, axis, output=coefficients, mode="mirror")
    most = np.iinfo(out.dtype).max

    def work(band: slice) -> None:
        token.check()
        values = _ndimage.affine_transform(
            coefficients,
            matrix,
            offset + _MARGIN_PX + matrix @ (band.start, 0),
            output_shape=(band.stop - band.start, out.shape[1]),
            output=np.float32,
            order=_ORDER,
            mode="nearest",
            prefilter=False,
        )
        np.clip(values, 0, most, out=values)
        out[band] = np.rint(values, out=values)

    in_bands(work, (out.shape[0], out.shape[1]), pixels=_BAND_PIXELS)
