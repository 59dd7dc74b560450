"""Teachers that compare what the network says with the truth: one optimizer, one loss."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from colorstudio.networks.network import ColorNetwork, Prediction
from colorstudio.training.arithmetic import uses_bfloat16
from colorstudio.training.batches import Batch
from colorstudio.training.examples import example
from colorstudio.training.optimizers import make_optimizer, parameter_groups
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.teacher import Setting, Teacher, require_finite


class SupervisedTeacher(Teacher):
    """One optimizer with the recipe's settings, autocast, and clipped gradients."""

    def __init__(self, network: ColorNetwork, setting: Setting) -> None:
        super().__init__(network, setting)
        self.optimizer = make_optimizer(self.recipe, self.groups())
        self._autocast = torch.autocast(
            self.device.type, torch.bfloat16, enabled=uses_bfloat16(self.recipe, self.device)
        )

    def groups(self) -> list[dict[str, Any]]:
        """Groups of parameters for the optimizer, each with a rate of its own in `set_rates`."""
        return parameter_groups(self.network)

    def set_rates(self, stage: Stage, rate: float) -> None:
        """Give each group of parameters its rate of learning, `rate` being the share of the stage's."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate * stage.learning_rate

    def set_learning(self, stage: Stage) -> None:
        """Say what learns in this stage."""
        self.network.train()

    def example(self, batch: Batch, stage: Stage, generator: torch.Generator) -> tuple[Batch, Tensor]:
        """What the network is shown and should say, and the hints ``(N, 3, S, S)``: none if it takes none."""
        return example(self.network, batch, self.recipe.hints_in(stage), generator)

    def predict(self, batch: Batch, hints: Tensor, generator: torch.Generator) -> Prediction:
        """What the network says to an example."""
        return self.network(batch.luminance.contiguous(memory_format=torch.channels_last), hints)

    @abstractmethod
    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        """The parts of the loss, and their weighted sum under "loss"."""

    def step(self, batch: Batch, stage: Stage, rate: float, generator: torch.Generator) -> dict[str, Tensor]:
        self.set_rates(stage, rate)
        self.set_learning(stage)
        batch, hints = self.example(batch, stage, generator)
        with self._autocast:
            parts = self.loss(self.predict(batch, hints, generator), batch, hints, stage, generator)
        require_finite(parts["loss"])
        self.optimizer.zero_grad(set_to_none=True)
        parts["loss"].backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip_gradient)
        self.optimizer.step()
        return parts

    def state_dict(self) -> dict[str, Any]:
        return {"optimizer": self.optimizer.state_dict()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        self.optimizer.load_state_dict(state["optimizer"])
