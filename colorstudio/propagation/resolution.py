# pyright: basic
# Numba finds the types of a kernel out at its first call; its arguments carry none.
"""From a picture to a quarter of its size and back, for a first guess."""

from __future__ import annotations

import numpy as np
from numba import prange
from numpy.typing import NDArray

from colorstudio.compiled import compiled

FACTOR = 4


@compiled(parallel=True)
def shrunk(plane):
    """Means over blocks of 4 x 4 pixels, smaller at the right and the bottom: ``(h, w)`` float32."""
    rows, cols = plane.shape
    out = np.empty(((rows + FACTOR - 1) // FACTOR, (cols + FACTOR - 1) // FACTOR), np.float32)
    for y in prange(out.shape[0]):
        last_row = min(rows, (y + 1) * FACTOR)
        for x in range(out.shape[1]):
            last_col = min(cols, (x + 1) * FACTOR)
            total = np.float32(0)
            for row in range(y * FACTOR, last_row):
                for col in range(x * FACTOR, last_col):
                    total += plane[row, col]
            out[y, x] = total / np.float32((last_row - y * FACTOR) * (last_col - x * FACTOR))
    return out


def shrunk_constraints(
    indices: NDArray[np.int64], values: NDArray[np.float32], shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Constraints of a picture of ``shape`` as those of the shrunk one: means where several fall together."""
    width = (shape[1] + FACTOR - 1) // FACTOR
    height = (shape[0] + FACTOR - 1) // FACTOR
    cells = indices // shape[1] // FACTOR * width + indices % shape[1] // FACTOR
    count = np.bincount(cells, minlength=height * width)
    at = np.flatnonzero(count)
    sums = [np.bincount(cells, weights=channel, minlength=height * width)[at] for channel in values.T]
    return at, np.stack([total / count[at] for total in sums], axis=1).astype(np.float32)


@compiled(parallel=True)
def add_enlarged(small, before, x):
    """x += the change from `before` to `small`, enlarged bilinearly.

    `small` and `before` are ``(2, h + 2, w + 2)`` planes of the shrunk picture; x is the picture's own
    ``(2, H, W)``, without a border.
    """
    height, width = small.shape[1] - 2, small.shape[2] - 2
    scale = np.float32(1 / FACTOR)
    half = np.float32(0.5)
    for y in prange(x.shape[1]):
        # Pixel i of the shrunk picture is at index i + 1 and has its centre at 4 i + 1.5.
        at = (np.float32(y) + half) * scale + half
        top = min(max(np.int64(at), 1), height)
        bottom = min(top + 1, height)
        down = min(max(at - np.float32(top), np.float32(0)), np.float32(1))
        line = np.empty(width + 2, np.float32)
        for channel in range(2):
            for col in range(1, width + 1):
                upper = small[channel, top, col] - before[channel, top, col]
                lower = small[channel, bottom, col] - before[channel, bottom, col]
                line[col] = upper + down * (lower - upper)
            for col in range(x.shape[2]):
                at = (np.float32(col) + half) * scale + half
                left = min(max(np.int64(at), 1), width)
                right = min(left + 1, width)
                across = min(max(at - np.float32(left), np.float32(0)), np.float32(1))
                x[channel, y, col] += line[left] + across * (line[right] - line[left])
