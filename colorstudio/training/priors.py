"""What colours photos have: the prior that rare colours are weighed by."""

from __future__ import annotations

import torch
from torch import Tensor

from colorstudio.networks.quantization import BINS, rebalancing_weights, soft_encode
from colorstudio.training.batches import make_batch
from colorstudio.training.pool import PhotoPool

_PHOTOS = 512
_SIZE_PX = 64


def colour_histogram(pool: PhotoPool) -> Tensor:
    """Count of each of the 313 bins in some of the photos, ``(313,)`` float64 on the CPU."""
    sample = torch.arange(min(len(pool), _PHOTOS), device=pool.pixels.device)
    batch = make_batch(pool, sample, _SIZE_PX)
    colours = batch.chroma_lab.flatten(2).transpose(1, 2).reshape(-1, 2).cpu()  # (N * S * S, 2)
    indices, weights = soft_encode(colours)
    histogram = torch.zeros(BINS, dtype=torch.float64)
    return histogram.scatter_add_(0, indices.flatten(), weights.flatten().double())


def bin_weights(histogram: Tensor, *, uniform: float, exponent: float) -> Tensor:
    """Weight of each bin in a classification, ``(313,)`` float32: see `rebalancing_weights`."""
    return torch.from_numpy(rebalancing_weights(histogram.numpy(), uniform=uniform, exponent=exponent))
