"""Raw accuracy: how many pixels come within a distance of their true colour (Zhang et al. 2016, sec. 3.1).

The distance is Euclidean in a*b*, swept from 0 to 150; the area under the curve is the figure. Most of the
world is nearly gray, and gray is never far off, so plain accuracy is high for no colour at all.
Class-balanced accuracy weighs each pixel by the inverse of how often its true colour occurs, which makes all
colours count alike. How often that is comes with the package (`colour_prior.json`, counted over photos of all
kinds), so that figures of one set can stand next to those of another.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from colorstudio.networks.quantization import rebalancing_weights, soft_encode

FARTHEST = 150.0
# Where a curve is kept: closer together where it is steep.
THRESHOLDS = (0, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150)

_PRIOR = Path(__file__).with_name("colour_prior.json")
# Of all pixels. A colour that is rarer counts as this: else a pixel of noise would outweigh a photo.
_RAREST = 1e-5


def area_under_accuracy(
    distances: NDArray[np.floating], weights: NDArray[np.floating] | None = None
) -> float:
    """The area under the curve of accuracy over the threshold, of 1: 1 if all colours are true.

    The curve is a sum of steps, each from a pixel's distance on, so its area needs no sampling.

    Parameters
    ----------
    distances
        Of each pixel from its true a*b*.
    weights
        Of each pixel; None for all alike.
    """
    return float(np.average(np.clip(1 - distances / FARTHEST, 0, None), weights=weights))


def accuracy_curve(
    distances: NDArray[np.floating], weights: NDArray[np.floating] | None = None
) -> list[float]:
    """The share of pixels that are no further off than each of `THRESHOLDS`."""
    return [float(np.average(distances <= threshold, weights=weights)) for threshold in THRESHOLDS]


def balancing_weights(chroma_lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weight of each pixel by its true a*b* ``(..., 2)``: the inverse of how often its colour occurs."""
    bins, shares = soft_encode(torch.from_numpy(np.ascontiguousarray(chroma_lab)))
    nearest = bins.gather(-1, shares.argmax(dim=-1, keepdim=True))[..., 0]
    return _weights_of_bins()[nearest.numpy()]


@lru_cache(maxsize=1)
def _weights_of_bins() -> NDArray[np.float32]:
    counts = np.array(json.loads(_PRIOR.read_bytes())["counts"], np.float64)
    smooth = 1 / rebalancing_weights(counts, uniform=0.0, exponent=1.0).astype(np.float64)
    return (1 / np.maximum(smooth / smooth.sum(), _RAREST)).astype(np.float32)
