"""How the network of Iizuka, Simo-Serra & Ishikawa 2016 is taught."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.errors import TrainingError
from colorstudio.networks.architectures.iizuka2016 import Iizuka2016, LabelledPrediction
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.supervised import SupervisedTeacher
from colorstudio.training.teachers.teacher import Setting


@dataclass(frozen=True)
class Iizuka2016Method:
    """What is as in the paper by default.

    Attributes
    ----------
    label_weight
        Of telling kinds of photos apart, against the colours: the paper's alpha.
    """

    label_weight: float = 1 / 300

    def __post_init__(self) -> None:
        if self.label_weight < 0:
            raise TrainingError("label_weight is from 0: change it under [method].")


class Iizuka2016Teacher(SupervisedTeacher):
    """The squared error of the colours, and the cross entropy of the kind of photo: where it is from.

    The paper has 205 kinds of places. The data here has no labels but the set that a photo came with.
    """

    network: Iizuka2016
    method_class = Iizuka2016Method

    def __init__(self, network: ColorNetwork, setting: Setting) -> None:
        super().__init__(network, setting)
        kinds, known = len(setting.learn.label_names), self.network.config.classes
        if kinds > known:
            raise TrainingError(
                f"The photos are of {kinds} kinds and the network tells {known} apart: "
                "raise classes under [network] in the recipe."
            )

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        assert isinstance(prediction, LabelledPrediction)
        stride = batch.chroma_lab.shape[-1] // prediction.chroma_lab.shape[-1]
        truth = F.avg_pool2d(batch.chroma_lab, stride)
        # As the sigmoid has them: a*b* of -110 to 110 from 0 to 1.
        regression = F.mse_loss(prediction.chroma_lab.float(), truth) / (2 * CHROMA_SCALE) ** 2
        classification = F.cross_entropy(prediction.labels.float(), batch.labels)
        total = regression + self.setting.method.label_weight * classification
        return {"loss": total, "regression": regression, "classification": classification}
