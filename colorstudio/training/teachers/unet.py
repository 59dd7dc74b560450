"""How encoder-decoders are taught that say colours themselves, or a distribution over the 313 bins."""

from __future__ import annotations

import torch
from torch import Tensor

from colorstudio.networks.architectures.eccv16 import BinPrediction
from colorstudio.networks.network import Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.eccv16 import Eccv16Teacher
from colorstudio.training.teachers.squared_error import squared_error


class UNetTeacher(Eccv16Teacher):
    """The squared error or the cross entropy, by what the network says.

    With 0 for `rebalancing_exponent` in the recipe's ``[loss]`` all classes weigh the same, with 1 the rarer
    they are the more.
    """

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        if isinstance(prediction, BinPrediction):
            return super().loss(prediction, batch, hints, stage, generator)
        scale = self.network.normalisation["chroma_scale"]
        error = squared_error(prediction.chroma_lab, batch.chroma_lab, scale)
        return {"loss": error, "regression": error}
