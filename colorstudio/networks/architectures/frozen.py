"""The first stages of a network that ImageNet has taught, as features for methods that need such."""

from __future__ import annotations

from typing import Self

import torch
from torch import Tensor

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.efficientnet_lite import EfficientNetLite2Encoder

STRIDES = (2, 4, 8, 16)  # of the stages that may be taken


def check_stages(stages: int) -> None:
    """Raise `ModelError` unless `FrozenStages` takes that many."""
    if not 1 <= stages <= len(STRIDES):
        raise ModelError(f"stages is 1 to {len(STRIDES)}")


class FrozenStages(EfficientNetLite2Encoder):
    """EfficientNet-Lite2 up to one of its stages, the features behind each of them; it never learns.

    Its norms keep their statistics, whatever is said to the network around it.
    """

    def __init__(self, stages: int) -> None:
        super().__init__(taps=tuple(range(stages)))
        self.requires_grad_(False)
        self.eval()

    def train(self, mode: bool = True) -> Self:
        return super().train(False)

    @torch.no_grad()
    def forward(self, luminance: Tensor) -> list[Tensor]:
        return super().forward(luminance)
