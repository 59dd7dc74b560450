"""How the studio's own network is taught."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from colorstudio.errors import TrainingError
from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.network import ColorNetwork, Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.losses import FeatureMatching, losses
from colorstudio.training.optimizers import parameter_groups
from colorstudio.training.priors import bin_weights, colour_histogram
from colorstudio.training.recipe import LossRecipe, Recipe, Stage
from colorstudio.training.teachers.supervised import SupervisedTeacher
from colorstudio.training.teachers.teacher import Setting

_TAIL_FROM = 3  # encoder stages from here on have strides 16 and 32


class HintedTeacher(SupervisedTeacher):
    """Regression, classification and hints; the encoder learns at rates of its own, or not at all."""

    network: HintedColorizer

    def __init__(self, network: ColorNetwork, setting: Setting) -> None:
        super().__init__(network, setting)
        self.matching = self._matching()
        self._histogram = colour_histogram(setting.learn)
        self._bin_weights: dict[LossRecipe, Tensor] = {}  # a stage may have losses of its own

    @classmethod
    def needs_encoder(cls, recipe: Recipe) -> bool:
        return any(recipe.loss_in(stage).features for stage in recipe.stages)

    def _matching(self) -> FeatureMatching | None:
        if not self.needs_encoder(self.recipe):
            return None
        if self.setting.encoder_state is None:
            raise TrainingError("A recipe that matches features needs the encoder's published weights.")
        return FeatureMatching(self.setting.encoder_state).to(self.device)

    def _bin_weights_in(self, loss: LossRecipe) -> Tensor:
        if loss not in self._bin_weights:
            uniform, exponent = loss.rebalancing_uniform, loss.rebalancing_exponent
            weights = bin_weights(self._histogram, uniform=uniform, exponent=exponent)
            self._bin_weights[loss] = weights.to(self.device)
        return self._bin_weights[loss]

    def groups(self) -> list[dict[str, Any]]:
        """Two for the decoder, and two for each part of the encoder, from its input on."""
        encoder = self.network.encoder
        parts = (self.network.decoder, encoder.stem, *encoder.stages)
        return [group for part in parts for group in parameter_groups(part)]

    def set_rates(self, stage: Stage, rate: float) -> None:
        """The decoder's rate, and the encoder's: the deeper a part of it, the faster it learns."""
        groups = self.optimizer.param_groups
        for index, group in enumerate(groups):
            if index < 2:
                group["lr"] = rate * stage.learning_rate
            else:
                above = (len(groups) - 1 - index) // 2
                decay = self.recipe.encoder_rate_decay**above
                group["lr"] = rate * stage.encoder_learning_rate * decay

    def set_learning(self, stage: Stage) -> None:
        """Which parts learn in this stage; the norms of the others keep their statistics."""
        self.network.train()
        encoder = self.network.encoder
        first = {"frozen": len(encoder.stages), "tail": _TAIL_FROM, "full": 0}[stage.encoder]
        encoder.stem.train(stage.encoder == "full").requires_grad_(stage.encoder == "full")
        for index, part in enumerate(encoder.stages):
            part.train(index >= first).requires_grad_(index >= first)

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        recipe = self.recipe.loss_in(stage)
        return losses(
            self.network,
            prediction,
            batch.true_luminance,
            batch.chroma_lab,
            hints,
            self._bin_weights_in(recipe),
            recipe,
            generator,
            self.matching,
        )
