"""Random numbers for training."""

from __future__ import annotations

import torch
from torch import Tensor


def uniform(shape: tuple[int, ...], low: float, high: float, generator: torch.Generator) -> Tensor:
    """Numbers between `low` and `high`, on the generator's device."""
    return low + (high - low) * torch.rand(shape, generator=generator, device=generator.device)


def happens(n: int, share: float, generator: torch.Generator) -> Tensor:
    """True for about this share of `n` photos, ``(N, 1, 1, 1)``."""
    return uniform((n, 1, 1, 1), 0, 1, generator) < share
