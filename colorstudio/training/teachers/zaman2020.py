"""How the VGG-16 encoder-decoder of Zaman 2020 is taught."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from colorstudio.errors import TrainingError
from colorstudio.networks.network import Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.squared_error import SquaredErrorTeacher


@dataclass(frozen=True)
class WeightPenalties:
    """What large weights cost, beside the error.

    Attributes
    ----------
    l1, l2
        Of the sum of their sizes, and of their squares. The source names no numbers.
    """

    l1: float = 1e-8
    l2: float = 1e-6

    def __post_init__(self) -> None:
        if min(self.l1, self.l2) < 0:
            raise TrainingError("l1 and l2 under [method] are 0 or more.")


class Zaman2020Teacher(SquaredErrorTeacher):
    """The error, and L1 and L2 regularisation of all convolutions; biases are left alone."""

    method_class = WeightPenalties

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        parts = super().loss(prediction, batch, hints, stage, generator)
        penalties: WeightPenalties = self.setting.method
        weights = [p for p in self.network.parameters() if p.ndim > 1]
        sizes = torch.stack([weight.abs().sum() for weight in weights]).sum()
        squares = torch.stack([weight.square().sum() for weight in weights]).sum()
        parts["weights"] = penalties.l1 * sizes + penalties.l2 * squares
        return {**parts, "loss": parts["regression"] + parts["weights"]}
