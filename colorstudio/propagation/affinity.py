"""How much two neighbouring pixels belong together: Levin's affinities, in double precision.

A reference to read and to test against; the fast solver computes the same in `stencil`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

# (row, col) of the 8 neighbours. Neighbour 7 - k lies opposite to neighbour k.
NEIGHBOURS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))
VARIANCE_FACTOR = 0.6
SMALLEST_AFFINITY_OF_NEAREST = 0.01  # of the neighbour whose luminance is nearest
SMALLEST_SIGMA = 2e-6


def levin_affinities(luminance: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    r"""Levin's affinities, not normalised.

    ``g_rs = exp(-(Y_s - Y_r)^2 / sigma_r)``, where ``sigma_r`` is 0.6 times the variance of the 3x3 window
    (centre included, truncated at the border), at least so large that the nearest neighbour has 0.01,
    and at least 2e-6.

    Parameters
    ----------
    luminance
        ``(H, W)`` in [0, 1].

    Returns
    -------
    ndarray
        ``(8, H, W)`` float64 in the order of `NEIGHBOURS`; 0 towards pixels outside the picture.
        Inside it none is below ``exp(-30)``, 9e-14: no region is ever cut off entirely.
    """
    height, width = luminance.shape
    padded = np.full((height + 2, width + 2), np.nan)
    padded[1:-1, 1:-1] = luminance
    difference = np.stack(
        [padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] for dy, dx in NEIGHBOURS]
    )
    difference -= padded[1:-1, 1:-1]
    inside = ~np.isnan(difference)
    difference[~inside] = 0.0
    count = inside.sum(axis=0) + 1
    squared = difference**2
    variance = squared.sum(axis=0) / count - (difference.sum(axis=0) / count) ** 2
    nearest = np.where(inside, squared, np.inf).min(axis=0, initial=np.inf)
    nearest[count == 1] = 0.0
    sigma = np.maximum(VARIANCE_FACTOR * variance, nearest / -math.log(SMALLEST_AFFINITY_OF_NEAREST))
    sigma = np.maximum(sigma, SMALLEST_SIGMA)
    return np.where(inside, np.exp(-squared / sigma), 0.0)


def published_weights(affinities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levin's own: each pixel's affinities divided by their sum. ``(8, H, W)``, rows of W."""
    total = affinities.sum(axis=0)
    return affinities / np.where(total > 0, total, 1.0)


def symmetric_couplings(affinities: NDArray[np.float64]) -> NDArray[np.float64]:
    """``c_rs = (g_rs + g_sr) / 2`` for all 8 neighbours, ``(8, H, W)``: a weighted graph's edges."""
    couplings = np.empty_like(affinities)
    height, width = affinities.shape[1:]
    for k, (dy, dx) in enumerate(NEIGHBOURS):
        back = np.zeros((height, width))
        rows = slice(max(0, -dy), height - max(0, dy)), slice(max(0, dy), height + min(0, dy))
        cols = slice(max(0, -dx), width - max(0, dx)), slice(max(0, dx), width + min(0, dx))
        back[rows[0], cols[0]] = affinities[7 - k][rows[1], cols[1]]
        couplings[k] = (affinities[k] + back) / 2
    return couplings
