# pyright: basic
# Numba finds the types of a kernel out at its first call; its arguments carry none.
"""Aggregates: groups of strongly coupled neighbours, the nodes of the next coarser level.

They follow the picture's edges and are chosen from the luminance alone, once per photo. On the pixels
an aggregate lies inside one band of rows and inside the 5 x 5 window around its root, so that bands
can be aggregated side by side and an aggregate's pixels be found from its root.
"""

from __future__ import annotations

import numpy as np
from numba import prange
from numpy.typing import NDArray

from colorstudio.compiled import compiled
from colorstudio.propagation.stencil import BAND_ROWS, DX, DY, EAST, SOUTH, SOUTH_EAST, SOUTH_WEST

STRONG = np.float32(0.05**2)  # couplings c with c^2 >= STRONG d_r d_s hold an aggregate together
_BELONGS = np.float32(0.2)  # of a pixel's strongest coupling: with less it stays on its own
WINDOW = 2  # an aggregate's pixels are at most so far from its root


@compiled()
def coupling(c, k, y, x):
    """Coupling of the pixel at padded (y, x) to its k-th neighbour, in the order of `affinity.NEIGHBOURS`."""
    if k == 0:
        return c[SOUTH_EAST, y - 1, x - 1]
    if k == 1:
        return c[SOUTH, y - 1, x]
    if k == 2:
        return c[SOUTH_WEST, y - 1, x + 1]
    if k == 3:
        return c[EAST, y, x - 1]
    if k == 4:
        return c[EAST, y, x]
    if k == 5:
        return c[SOUTH_WEST, y, x]
    if k == 6:
        return c[SOUTH, y, x]
    return c[SOUTH_EAST, y, x]


@compiled()
def _aggregate_band(c, inverse, first, last, label, roots):
    """Label the pixels of the padded rows first..last from 1 up, and give the number of labels."""
    cols = label.shape[1]
    count = 0
    # Each pixel whose strong neighbours are all free takes them all.
    for y in range(first, last + 1):
        for x in range(1, cols - 1):
            if label[y, x] != 0:
                continue
            alone, free = True, True
            for k in range(8):
                row, col = y + DY[k], x + DX[k]
                if first <= row <= last:
                    g = coupling(c, k, y, x)
                    if g > 0 and g * g * inverse[y, x] * inverse[row, col] >= STRONG:
                        alone = False
                        if label[row, col] != 0:
                            free = False
                            break
            if free and not alone:
                count += 1
                label[y, x] = count
                roots[count - 1, 0], roots[count - 1, 1] = y, x
                for k in range(8):
                    row, col = y + DY[k], x + DX[k]
                    if first <= row <= last:
                        g = coupling(c, k, y, x)
                        if g > 0 and g * g * inverse[y, x] * inverse[row, col] >= STRONG:
                            label[row, col] = count
    grown = count
    # What is left joins the aggregate that it is coupled to most, unless it belongs to another band.
    for y in range(first, last + 1):
        for x in range(1, cols - 1):
            if label[y, x] != 0:
                continue
            most, nearest, strongest = np.float32(0), 0, np.float32(0)
            for k in range(8):
                row, col = y + DY[k], x + DX[k]
                g = coupling(c, k, y, x)
                strongest = max(strongest, g)
                if first <= row <= last and 0 < label[row, col] <= grown and g > most:
                    most, nearest = g, label[row, col]
            if nearest > 0 and most >= _BELONGS * strongest:
                label[y, x] = -nearest  # negative: nobody may join through this pixel
    for y in range(first, last + 1):
        for x in range(1, cols - 1):
            if label[y, x] == 0:
                count += 1
                label[y, x] = count
                roots[count - 1, 0], roots[count - 1, 1] = y, x
                for k in range(8):
                    row, col = y + DY[k], x + DX[k]
                    if first <= row <= last and label[row, col] == 0:
                        g = coupling(c, k, y, x)
                        if g * g * inverse[y, x] * inverse[row, col] >= STRONG:
                            label[row, col] = count
            elif label[y, x] < 0:
                label[y, x] = -label[y, x]
    return count


@compiled(parallel=True)
def _aggregate_bands(c, inverse, label, roots, counts):
    rows, cols = label.shape[0] - 2, label.shape[1] - 2
    for band in prange(counts.size):
        first, last = band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS)
        own = roots[band * BAND_ROWS * cols : last * cols]
        counts[band] = _aggregate_band(c, inverse, first, last, label, own)


@compiled(parallel=True)
def _number_bands(label, roots, bands, packed):
    rows, cols = label.shape[0] - 2, label.shape[1] - 2
    for band in prange(bands.size - 1):
        first, last = band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS)
        offset = bands[band] - 1
        for y in range(first, last + 1):
            for x in range(1, cols + 1):
                label[y, x] += offset
        for i in range(bands[band + 1] - bands[band]):
            packed[bands[band] + i, 0] = roots[band * BAND_ROWS * cols + i, 0]
            packed[bands[band] + i, 1] = roots[band * BAND_ROWS * cols + i, 1]


def aggregate_pixels(
    c: NDArray[np.float32], inverse: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Aggregate the pixels.

    Parameters
    ----------
    c, inverse
        Couplings ``(4, H + 2, W + 2)`` and 1 / degree ``(H + 2, W + 2)``.

    Returns
    -------
    label
        ``(H + 2, W + 2)`` int32: each pixel's node, from 1; 0 in the border.
    roots
        ``(nodes + 1, 2)`` int32: the padded (row, col) that a node's pixels lie around; node 0 is nobody's.
    bands
        First node of each band of rows, and one more than the last node.
    """
    rows, cols = inverse.shape[0] - 2, inverse.shape[1] - 2
    label = np.zeros(inverse.shape, np.int32)
    loose = np.empty((rows * cols, 2), np.int32)
    counts = np.zeros((rows + BAND_ROWS - 1) // BAND_ROWS, np.int32)
    _aggregate_bands(c, inverse, label, loose, counts)
    bands = np.concatenate([[1], 1 + np.cumsum(counts)]).astype(np.int32)
    roots = np.zeros((bands[-1], 2), np.int32)
    _number_bands(label, loose, bands, roots)
    return label, roots, bands


@compiled()
def _strong(g, inverse, i, k):
    return g > 0 and g * g * inverse[i] * inverse[k] >= STRONG


@compiled()
def aggregate_nodes(edges, inverse, first, last, parent):
    """Aggregate the nodes first..last - 1 of a level into nodes from `last` on.

    Parameters
    ----------
    edges
        The level's graph (see `graph`).
    inverse
        1 / the sum of each node's edges and loss.
    parent
        Of the length `last`, zeros: gets each node's aggregate.

    Returns
    -------
    int
        One more than the last aggregate's number.
    """
    near_index, near_value, far_pointer, far_index, far_value = edges
    near = near_index.shape[1]
    end = last
    for i in range(first, last):
        if parent[i] != 0:
            continue
        alone, free = True, True
        for j in range(near + far_pointer[i + 1] - far_pointer[i]):
            e = far_pointer[i] + j - near
            k, g = (near_index[i, j], near_value[i, j]) if j < near else (far_index[e], far_value[e])
            if _strong(g, inverse, i, k):
                alone = False
                if parent[k] != 0:
                    free = False
                    break
        if free and not alone:
            parent[i] = end
            for j in range(near + far_pointer[i + 1] - far_pointer[i]):
                e = far_pointer[i] + j - near
                k, g = (near_index[i, j], near_value[i, j]) if j < near else (far_index[e], far_value[e])
                if _strong(g, inverse, i, k):
                    parent[k] = end
            end += 1
    grown = end
    for i in range(first, last):
        if parent[i] != 0:
            continue
        most, nearest = np.float32(0), 0
        for j in range(near + far_pointer[i + 1] - far_pointer[i]):
            e = far_pointer[i] + j - near
            k, g = (near_index[i, j], near_value[i, j]) if j < near else (far_index[e], far_value[e])
            if last <= parent[k] < grown and g > most:
                most, nearest = g, parent[k]
        parent[i] = -nearest
    lonely = 0
    for i in range(first, last):
        if parent[i] == 0 and inverse[i] == 0:  # coupled to nothing: all of these together
            if lonely == 0:
                lonely = end
                end += 1
            parent[i] = lonely
        elif parent[i] == 0:
            parent[i] = end
            for j in range(near + far_pointer[i + 1] - far_pointer[i]):
                e = far_pointer[i] + j - near
                k = near_index[i, j] if j < near else far_index[e]
                if parent[k] == 0:
                    parent[k] = end
            end += 1
        elif parent[i] < 0:
            parent[i] = -parent[i]
    return end
