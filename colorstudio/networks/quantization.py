"""The 313 a*b* bins of Zhang, Isola & Efros 2016, and what is computed on them.

The bins are the points of a grid of 10 units that lie in or just around the
sRGB gamut, ordered by a*, then b*, as in the published networks.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

GRID = 10
# For a* = -90, -80, ... 100: the lowest and the highest b*.
_B_RANGES = (
    (50, 90), (20, 90), (0, 90), (-20, 90), (-30, 100), (-40, 100), (-50, 100), (-50, 100), (-60, 100),
    (-70, 100), (-80, 90), (-80, 90), (-90, 90), (-100, 90), (-100, 80), (-110, 80), (-110, 80),
    (-110, 70), (-110, 70), (-90, 0),
)  # fmt: skip
BINS = 313


@lru_cache(maxsize=1)
def bin_centres() -> NDArray[np.float32]:
    """The a*b* of each bin, ``(313, 2)`` float32."""
    rows = [
        (-90 + GRID * i, b) for i, (low, high) in enumerate(_B_RANGES) for b in range(low, high + 1, GRID)
    ]
    centres = np.array(rows, dtype=np.float32)
    centres.flags.writeable = False
    return centres


_EXTENT = 12  # the look-up covers -120 ... 120 on both axes


@lru_cache(maxsize=1)
def _nearest_bin_of_grid_point() -> NDArray[np.int64]:
    """Index of the bin nearest to each point of the whole grid, ``(25, 25)``."""
    axis = np.arange(-_EXTENT, _EXTENT + 1) * GRID
    points = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1)  # (25, 25, 2)
    squared = ((points[:, :, None, :] - bin_centres()) ** 2).sum(-1)  # (25, 25, 313)
    return squared.argmin(-1)


def soft_encode(chroma_lab: Tensor) -> tuple[Tensor, Tensor]:
    """Spread each colour over the four bins around it, bilinearly.

    The expectation over the four is the colour itself (inside the set of bins).

    Parameters
    ----------
    chroma_lab
        ``(..., 2)`` a*b*.

    Returns
    -------
    indices, weights
        ``(..., 4)`` int64 bin numbers, and ``(..., 4)`` weights that sum to 1.
    """
    table = torch.from_numpy(_nearest_bin_of_grid_point()).to(chroma_lab.device)
    position = (chroma_lab / GRID).clamp(-_EXTENT, _EXTENT - 1e-4) + _EXTENT
    low = position.floor()
    part = position - low  # (..., 2)
    low = low.long()
    corners: list[Tensor] = []
    weights: list[Tensor] = []
    for step_a in (0, 1):
        for step_b in (0, 1):
            corners.append(table[low[..., 0] + step_a, low[..., 1] + step_b])
            weight_a = part[..., 0] if step_a else 1 - part[..., 0]
            weight_b = part[..., 1] if step_b else 1 - part[..., 1]
            weights.append(weight_a * weight_b)
    return torch.stack(corners, -1), torch.stack(weights, -1)


def soft_encode_nearest(
    chroma_lab: Tensor, *, neighbours: int = 5, sigma: float = 5.0
) -> tuple[Tensor, Tensor]:
    """Spread each colour over its nearest bins by a Gaussian of their distance (Zhang 2016, sec. 2.2).

    Parameters
    ----------
    chroma_lab
        ``(..., 2)`` a*b*.
    sigma
        In units of a*b*.

    Returns
    -------
    indices, weights
        ``(..., neighbours)`` int64 bin numbers, the nearest first, and weights that sum to 1.
    """
    centres = torch.from_numpy(bin_centres().copy()).to(chroma_lab.device)
    flat = chroma_lab.reshape(-1, 2).float()
    # |x - c|^2 without |x|^2, which is the same for all bins and falls out of the softmax.
    distance2 = torch.addmm(centres.square().sum(1), flat, centres.T, alpha=-2)
    nearest, indices = distance2.topk(neighbours, dim=1, largest=False)
    weights = torch.softmax(nearest / (-2 * sigma**2), dim=1)
    shape = (*chroma_lab.shape[:-1], neighbours)
    return indices.reshape(shape), weights.reshape(shape)


def annealed_mean(logits: Tensor, temperature: float) -> Tensor:
    """Zhang 2016, eq. 5: the mean of the distribution sharpened by a temperature.

    1 gives the mean, towards 0 the mode.

    Parameters
    ----------
    logits
        ``(N, 313, H, W)``.

    Returns
    -------
    Tensor
        a*b*, ``(N, 2, H, W)``.
    """
    probabilities = torch.softmax(logits.float() / temperature, dim=1)
    centres = torch.from_numpy(bin_centres().copy()).to(logits.device)
    return torch.einsum("nqhw,qc->nchw", probabilities, centres)


def rebalancing_weights(
    histogram: NDArray[np.float64], *, uniform: float, exponent: float
) -> NDArray[np.float32]:
    """Weights that lift rare colours, with mean 1 over the data.

    ``w ~ ((1 - uniform) P + uniform / 313) ** -exponent`` with P smoothed by a
    Gaussian of sigma 5 units in the a*b* plane (Zhang 2016, sec. 2.2).

    Parameters
    ----------
    histogram
        Count of each bin in the data, ``(313,)``.
    uniform
        Share of the uniform distribution mixed in, in [0, 1].
    exponent
        0 gives no rebalancing, 1 the full inverse of the mixed prior.
    """
    prior = histogram / histogram.sum()
    centres = bin_centres().astype(np.float64)
    distance2 = ((centres[:, None, :] - centres[None, :, :]) ** 2).sum(-1)
    kernel = np.exp(-distance2 / (2 * 5.0**2))
    smooth = (kernel / kernel.sum(0, keepdims=True)) @ prior
    weights = ((1 - uniform) * smooth + uniform / BINS) ** -exponent
    return (weights / (prior * weights).sum()).astype(np.float32)
