"""How the generator of Cao et al. 2017 is taught: by a critic, to colour in more ways than one."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from colorstudio.errors import TrainingError
from colorstudio.networks.architectures.cao2017 import Cao2017, DiversePrediction, gray_of, uv_of
from colorstudio.networks.network import Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.teachers.adversarial import AdversarialMethod, AdversarialTeacher
from colorstudio.training.teachers.critics import PictureCritic


@dataclass(frozen=True)
class Cao2017Method(AdversarialMethod):
    """With 0 for all of these it is the paper's, which needs days.

    Attributes
    ----------
    reconstruction
        Weight of the squared error of the mean of two colourings.
    nearest
        Weight of the squared error of the better of the two.
    """

    reconstruction: float = 0.0
    nearest: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.reconstruction, self.nearest) < 0:
            raise TrainingError("reconstruction and nearest are 0 or more.")


class Cao2017Teacher(AdversarialTeacher):
    """Each photo is coloured twice."""

    method_class = Cao2017Method
    network: Cao2017

    def make_critic(self) -> PictureCritic:
        return PictureCritic(3, self.setting.method.critic_widths)

    def answers(self, batch: Batch, generator: torch.Generator) -> list[Prediction]:
        luminance = batch.luminance.repeat(2, 1, 1, 1)
        noise = self.network.drawn_noise(len(luminance), generator)
        both = self.network.coloured(self.network.encode(luminance), noise)
        return [
            DiversePrediction(lab, None, uv)
            for lab, uv in zip(both.chroma_lab.chunk(2), both.chroma_uv.chunk(2), strict=True)
        ]

    def shown(self, batch: Batch, answer: Prediction) -> Tensor:
        assert isinstance(answer, DiversePrediction)
        return torch.cat([gray_of(batch.true_luminance), answer.chroma_uv], dim=1)

    def shown_truth(self, batch: Batch, answer: Prediction) -> Tensor:
        gray = gray_of(batch.true_luminance)
        return torch.cat([gray, uv_of(batch.true_luminance, batch.chroma_lab)], dim=1)

    def loss(self, answers: list[Prediction], batch: Batch) -> dict[str, Tensor]:
        method = self.setting.method
        truth = uv_of(batch.true_luminance, batch.chroma_lab)
        first, second = (answer.chroma_uv for answer in answers if isinstance(answer, DiversePrediction))
        reconstruction = ((first + second) / 2 - truth).square().mean()
        each = torch.stack([(uv - truth).square().mean((1, 2, 3)) for uv in (first, second)])
        nearest = each.amin(0).mean()
        spread = (first - second).detach().square().mean().sqrt()
        total = method.reconstruction * reconstruction + method.nearest * nearest
        return {"loss": total, "reconstruction": reconstruction, "nearest": nearest, "spread": spread}
