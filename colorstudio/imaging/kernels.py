"""The inner loops of making pixels, compiled: several times as fast as numpy, and without the GIL.

Each does numpy's operations of its counterpart, in the same order and in single precision: the results are
the same bit for bit, so that nothing depends on which of the two a picture was made with. None of them is
parallel: bands of rows on our own threads keep both cores busy, and nobody waits for numba's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.compiled import compiled
from colorstudio.imaging import gamut
from colorstudio.imaging.colorspace import EXACT_LAB_SLOPE, LAB_INVERSE_THRESHOLD

_ONE, _ZERO, _HALF = np.float32(1), np.float32(0), np.float32(0.5)
_KNEE, _SLOPE = np.float32(LAB_INVERSE_THRESHOLD), EXACT_LAB_SLOPE
_L_OFFSET, _PER_L = np.float32(16), np.float32(1 / 116)
_PER_A, _PER_B = np.float32(1 / 500), np.float32(-1 / 200)
_TO_SRGB = gamut.TO_SRGB
_WHITE, _BLACK = 1 + gamut.ABOVE_WHITE, gamut.BELOW_BLACK
_CLOSE_ENOUGH, _MARGIN = np.float32(gamut.CLOSE_ENOUGH), gamut.MARGIN
_BARELY_INSIDE, _MOST_STEPS = gamut.BARELY_INSIDE, gamut.MOST_STEPS


@compiled(exact=True)
def _curve_inverse(f: Any) -> Any:
    above = max(f, _KNEE)
    return (f - above) * _SLOPE + above * above * above


@compiled(exact=True)
def _linear(luminance: Any, a: Any, b: Any) -> Any:
    base = (luminance + _L_OFFSET) * _PER_L
    x, y, z = _curve_inverse(a * _PER_A + base), _curve_inverse(base), _curve_inverse(b * _PER_B + base)
    return (
        x * _TO_SRGB[0, 0] + y * _TO_SRGB[0, 1] + z * _TO_SRGB[0, 2],
        x * _TO_SRGB[1, 0] + y * _TO_SRGB[1, 1] + z * _TO_SRGB[1, 2],
        x * _TO_SRGB[2, 0] + y * _TO_SRGB[2, 1] + z * _TO_SRGB[2, 2],
    )


@compiled(exact=True)
def _overshoot(red: Any, green: Any, blue: Any) -> Any:
    over = max(red, green, blue) - _WHITE
    under = -min(red, green, blue) - _BLACK
    return max(over, under)


@compiled(exact=True)
def _overshoot_of(luminance: Any, a: Any, b: Any) -> Any:
    red, green, blue = _linear(luminance, a, b)
    return _overshoot(red, green, blue)


@compiled(exact=True)
def _largest_scale(luminance: Any, a: Any, b: Any) -> Any:
    """As `gamut.largest_scale`, of one colour."""
    over_inner, over_outer = _overshoot_of(luminance, _ZERO, _ZERO), _overshoot_of(luminance, a, b)
    inner, outer = _ZERO, _ONE
    if over_outer <= 0:
        return _ONE
    if over_inner >= 0:
        return _ZERO
    moved = 0
    for _ in range(_MOST_STEPS):
        middle = over_inner / (over_inner - over_outer) * (outer - inner) + inner
        middle = min(max(middle, inner + _MARGIN), outer - _MARGIN)
        over = _overshoot_of(luminance, a * middle, b * middle)
        if over <= 0:
            if moved == -1:
                over_outer *= _HALF
            inner, over_inner, moved = middle, min(over, _BARELY_INSIDE), -1
        else:
            if moved == 1:
                over_inner *= _HALF
            outer, over_outer, moved = middle, over, 1
        if not outer - inner > _CLOSE_ENOUGH:
            break
    return inner


@compiled(exact=True)
def fitted_linear(
    luminance: NDArray[np.float32], chroma: NDArray[np.float32], out: NDArray[np.float32]
) -> None:
    """Linear sRGB as ``out (3, r, c)``, inside the gamut but for rounding, of L* and a*b* ``(2, r, c)``."""
    rows, cols = luminance.shape
    over = np.empty(cols, np.float32)
    for row in range(rows):
        light, a, b = luminance[row], chroma[0, row], chroma[1, row]
        red, green, blue = out[0, row], out[1, row], out[2, row]
        for col in range(cols):
            red[col], green[col], blue[col] = _linear(light[col], a[col], b[col])
        for col in range(cols):
            over[col] = _overshoot(red[col], green[col], blue[col])
        for col in range(cols):
            if over[col] > 0:
                scale = _largest_scale(light[col], a[col], b[col])
                red[col], green[col], blue[col] = _linear(light[col], a[col] * scale, b[col] * scale)


@compiled(exact=True)
def encoded(
    luminance: NDArray[np.float32],
    chroma: NDArray[np.float32],
    table: NDArray[np.uint8],
    out: NDArray[np.uint8],
) -> None:
    """As `fitted_linear`, as the codes ``out (r, c, 3)`` that a table has for linear light."""
    rows, cols = luminance.shape
    linear = np.empty((3, 1, cols), np.float32)
    steps = np.float32(len(table) - 1)
    for row in range(rows):
        fitted_linear(luminance[row : row + 1], chroma[:, row : row + 1], linear)
        for channel in range(3):
            light = linear[channel, 0]
            for col in range(cols):
                light[col] = min(max(light[col], _ZERO), _ONE) * steps + _HALF
            for col in range(cols):
                out[row, col, channel] = table[np.int32(light[col])]


@compiled(exact=True)
def interpolated(
    guide: NDArray[np.float32],
    planes: NDArray[np.float32],
    small_row: NDArray[np.intp],
    fraction: NDArray[np.float32],
    left: int,
    out: NDArray[np.float32],
) -> None:
    """Lines between rows of ``planes (4, h, W)``, slopes and offsets, applied to a ``guide (r, c)``.

    Row r lies the part ``fraction (r,)`` of the way between ``small_row (r,)`` and the one after it; the
    first column is `left`.
    """
    rows, cols = guide.shape
    right = left + cols
    last = planes.shape[1] - 1
    for row in range(rows):
        upper, lower, part = small_row[row], min(small_row[row] + 1, last), fraction[row]
        for channel in range(2):
            slope, next_slope = planes[channel, upper, left:right], planes[channel, lower, left:right]
            offset = planes[channel + 2, upper, left:right]
            next_offset = planes[channel + 2, lower, left:right]
            for col in range(cols):
                work = (part * (next_slope[col] - slope[col]) + slope[col]) * guide[row, col]
                out[channel, row, col] = (part * (next_offset[col] - offset[col]) + offset[col]) + work


@compiled(exact=True)
def widened(
    planes: NDArray[np.float64],
    index: NDArray[np.intp],
    fraction: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    """``planes (n, h, w)`` as ``out (n, h, W)``, each column a part of the way between two."""
    last = planes.shape[2] - 1
    for k in range(planes.shape[0]):
        for row in range(planes.shape[1]):
            plane = planes[k, row]
            for col in range(len(index)):
                before = plane[index[col]]
                out[k, row, col] = before + fraction[col] * (plane[min(index[col] + 1, last)] - before)


@compiled(exact=True)
def box_mean(plane: NDArray[np.float64], radius: int, out: NDArray[np.float64]) -> None:
    """Mean of ``plane (h, w)`` over squares of ``2 radius + 1``, the edge repeated."""
    rows, cols = plane.shape
    size = 2 * radius + 1
    along = np.zeros(cols + size)
    sums = np.zeros((rows + size, cols))
    for k in range(1, rows + size):
        line = plane[min(max(k - radius - 1, 0), rows - 1)]
        for col in range(1, cols + size):
            along[col] = along[col - 1] + line[min(max(col - radius - 1, 0), cols - 1)]
        for col in range(cols):
            sums[k, col] = sums[k - 1, col] + (along[col + size] - along[col]) / size
    for row in range(rows):
        for col in range(cols):
            out[row, col] = (sums[row + size, col] - sums[row, col]) / size


@compiled(exact=True)
def halved(pixels: NDArray[np.uint8], out: NDArray[np.uint8]) -> None:
    """Means of 2 x 2 of ``pixels (H, W, C)``; an odd last row or column is taken twice."""
    height, width, channels = pixels.shape
    for row in range(out.shape[0]):
        upper, lower = pixels[2 * row], pixels[min(2 * row + 1, height - 1)]
        for col in range(out.shape[1]):
            left, right = 2 * col, min(2 * col + 1, width - 1)
            for channel in range(channels):
                total = np.int32(upper[left, channel]) + lower[left, channel]
                total += np.int32(upper[right, channel]) + lower[right, channel]
                out[row, col, channel] = (total + 2) >> 2
