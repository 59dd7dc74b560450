"""How the network of Zhang, Isola & Efros 2016 is taught."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.networks.architectures.eccv16 import BinPrediction
from colorstudio.networks.network import ColorNetwork, Prediction
from colorstudio.networks.quantization import soft_encode_nearest
from colorstudio.training.batches import Batch
from colorstudio.training.priors import bin_weights, colour_histogram
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.supervised import SupervisedTeacher
from colorstudio.training.teachers.teacher import Setting


class Eccv16Teacher(SupervisedTeacher):
    """Cross entropy with the softly encoded truth; rare colours weigh more (eq. 2 to 4).

    The recipe's ``[loss]`` has the lambda of the paper as `rebalancing_uniform`, and 1 for
    `rebalancing_exponent`.
    """

    def __init__(self, network: ColorNetwork, setting: Setting) -> None:
        super().__init__(network, setting)
        histogram = colour_histogram(setting.learn)
        self._bin_weights: list[Tensor] = []
        for stage in self.recipe.stages:
            loss = self.recipe.loss_in(stage)
            weights = bin_weights(
                histogram, uniform=loss.rebalancing_uniform, exponent=loss.rebalancing_exponent
            )
            self._bin_weights.append(weights.to(self.device))

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        assert isinstance(prediction, BinPrediction)
        weights = self._bin_weights[self.recipe.stages.index(stage)]
        loss = rebalanced_cross_entropy(prediction.logits, batch.chroma_lab, weights)
        return {"loss": loss, "classification": loss}


def rebalanced_cross_entropy(logits: Tensor, chroma_lab: Tensor, bin_weights: Tensor) -> Tensor:
    """The mean over cells of the cross entropy, each weighed as the bin nearest to its true colour is.

    Parameters
    ----------
    logits
        ``(N, 313, H / s, W / s)``.
    chroma_lab
        The truth, ``(N, 2, H, W)``: a cell's is the mean over it.
    """
    colours = F.avg_pool2d(chroma_lab, chroma_lab.shape[-1] // logits.shape[-1])
    indices, weights = soft_encode_nearest(colours.permute(0, 2, 3, 1))  # (N, h, w, 5)
    log_probability = F.log_softmax(logits.float(), dim=1).permute(0, 2, 3, 1)
    entropy = -(log_probability.gather(3, indices) * weights).sum(-1)  # (N, h, w)
    return (entropy * bin_weights[indices[..., 0]]).mean()
