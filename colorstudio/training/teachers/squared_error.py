"""Teachers of networks that say colours themselves, by the square of what they are off."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.networks.network import Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.supervised import SupervisedTeacher


def squared_error(chroma_lab: Tensor, truth: Tensor, scale: float) -> Tensor:
    """Mean square of the error in a*b* over a scale.

    Parameters
    ----------
    chroma_lab
        As predicted, ``(N, 2, H / s, W / s)``.
    truth
        ``(N, 2, H, W)``; its mean over a cell counts.
    """
    there = F.avg_pool2d(truth, truth.shape[-1] // chroma_lab.shape[-1])
    return ((chroma_lab.float() - there) / scale).square().mean()


class SquaredErrorTeacher(SupervisedTeacher):
    """Mean square of the error, in the units that the network's colours have inside."""

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        scale = self.network.normalisation["chroma_scale"]
        error = squared_error(prediction.chroma_lab, batch.chroma_lab, scale)
        return {"loss": error, "regression": error}
