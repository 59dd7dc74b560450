"""How ChromaGAN is taught: by the true colours, by a critic, and by a classifier."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.errors import TrainingError
from colorstudio.networks.architectures.chromagan import ChromaGan, ClassifiedPrediction
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.classifier import PublishedClassifier
from colorstudio.training.examples import no_hints
from colorstudio.training.recipe import Recipe
from colorstudio.training.teachers.adversarial import AdversarialMethod, AdversarialTeacher
from colorstudio.training.teachers.critics import PatchCritic
from colorstudio.training.teachers.teacher import Setting

_LUMINANCE_SCALE = 100.0


@dataclass(frozen=True)
class ChromaGanMethod(AdversarialMethod):
    """By default as in the paper (sec. 3.1), where a*b* are between -1 and 1.

    Attributes
    ----------
    colour
        Weight of the squared error of a*b*.
    classes
        Weight of the divergence from what a published classifier says of the gray photo.
    """

    colour: float = 1.0
    classes: float = 0.003

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.colour, self.classes) < 0:
            raise TrainingError("colour and classes are 0 or more.")


class ChromaGanTeacher(AdversarialTeacher):
    """The paper's classifier is VGG-16; here it is the one whose encoder other networks start from."""

    method_class = ChromaGanMethod
    network: ChromaGan

    def __init__(self, network: ColorNetwork, setting: Setting) -> None:
        super().__init__(network, setting)
        self.classifier: PublishedClassifier | None = None
        if setting.method.classes:
            if setting.encoder_state is None:
                raise TrainingError("ChromaGAN's classes need the published weights of EfficientNet-Lite2.")
            self.classifier = PublishedClassifier(setting.encoder_state).to(self.device)

    @classmethod
    def needs_encoder(cls, recipe: Recipe) -> bool:
        return recipe.method.get("classes", ChromaGanMethod.classes) > 0

    def make_critic(self) -> PatchCritic:
        return PatchCritic(3, self.setting.method.critic_widths)

    def answers(self, batch: Batch, generator: torch.Generator) -> list[Prediction]:
        seen = batch.luminance.contiguous(memory_format=torch.channels_last)
        return [self.network(seen, no_hints(batch))]

    def shown(self, batch: Batch, answer: Prediction) -> Tensor:
        gray = _at_size_of(answer, batch.true_luminance) / _LUMINANCE_SCALE
        return torch.cat([gray, answer.chroma_lab / CHROMA_SCALE], dim=1)

    def shown_truth(self, batch: Batch, answer: Prediction) -> Tensor:
        return self.shown(batch, Prediction(_at_size_of(answer, batch.chroma_lab), None))

    def loss(self, answers: list[Prediction], batch: Batch) -> dict[str, Tensor]:
        method = self.setting.method
        (answer,) = answers
        assert isinstance(answer, ClassifiedPrediction)
        error = (answer.chroma_lab - _at_size_of(answer, batch.chroma_lab)) / CHROMA_SCALE
        parts = {"colour": error.square().mean()}
        total = method.colour * parts["colour"]
        if self.classifier is not None:
            with self._autocast:
                wanted = self.classifier(batch.luminance)
            told = answer.class_logits.float().log_softmax(1)
            parts["classes"] = F.kl_div(told, wanted, reduction="batchmean", log_target=True)
            total = total + method.classes * parts["classes"]
        return {"loss": total, **parts}


def _at_size_of(answer: Prediction, planes: Tensor) -> Tensor:
    return F.avg_pool2d(planes, planes.shape[-1] // answer.chroma_lab.shape[-1])
