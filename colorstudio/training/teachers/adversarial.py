"""Teachers with a critic: a second network that learns to tell the generator's colours from true ones."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from colorstudio.errors import TrainingError
from colorstudio.networks.network import ColorNetwork, Prediction
from colorstudio.training.arithmetic import uses_bfloat16
from colorstudio.training.batches import Batch
from colorstudio.training.optimizers import make_optimizer, parameter_groups
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.teacher import Setting, Teacher, require_finite


@dataclass(frozen=True)
class AdversarialMethod:
    """What all such methods have.

    Attributes
    ----------
    adversarial
        Weight of what the critic says, in the generator's loss.
    gradient_penalty
        Weight of the penalty, in the critic's: see `gradient_penalty`.
    critic_widths
        Channels of the critic's layers, each at half the size of the one before.
    critic_rate
        The critic's rate of learning, as a multiple of the generator's.
    """

    adversarial: float = 0.1
    gradient_penalty: float = 10.0
    critic_widths: tuple[int, ...] = (64, 128, 256, 512)
    critic_rate: float = 1.0

    def __post_init__(self) -> None:
        if not all(width >= 1 for width in self.critic_widths):
            raise TrainingError("critic_widths are whole numbers from 1.")
        if min(self.adversarial, self.gradient_penalty, self.critic_rate) < 0:
            raise TrainingError("adversarial, gradient_penalty and critic_rate are 0 or more.")


class AdversarialTeacher(Teacher):
    """A Wasserstein critic with a gradient penalty (Gulrajani et al. 2017); both networks step at once.

    The critic is never validated nor shipped: it lives in the checkpoint alone.
    """

    def __init__(self, network: ColorNetwork, setting: Setting) -> None:
        super().__init__(network, setting)
        self.critic = self.make_critic().to(self.device).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.optimizer = make_optimizer(self.recipe, parameter_groups(network))
        self.critic_optimizer = make_optimizer(self.recipe, parameter_groups(self.critic))
        self._autocast = torch.autocast(
            self.device.type, torch.bfloat16, enabled=uses_bfloat16(self.recipe, self.device)
        )

    @abstractmethod
    def make_critic(self) -> nn.Module:
        """A network from pictures ``(N, C, S, S)`` to scores ``(N, ...)``, higher for true ones."""

    @abstractmethod
    def answers(self, batch: Batch, generator: torch.Generator) -> list[Prediction]:
        """What the network says to a batch; several predictions where it is asked several times."""

    @abstractmethod
    def shown(self, batch: Batch, answer: Prediction) -> Tensor:
        """What the critic sees of an answer, ``(N, C, S, S)``, the photo's luminance among it."""

    @abstractmethod
    def shown_truth(self, batch: Batch, answer: Prediction) -> Tensor:
        """What it sees of the truth, as large as `shown` of the answer."""

    @abstractmethod
    def loss(self, answers: list[Prediction], batch: Batch) -> dict[str, Tensor]:
        """The other parts of the generator's loss, and under "loss" their weighted sum."""

    def step(self, batch: Batch, stage: Stage, rate: float, generator: torch.Generator) -> dict[str, Tensor]:
        method = self.setting.method
        for optimizer, factor in ((self.optimizer, 1.0), (self.critic_optimizer, method.critic_rate)):
            for group in optimizer.param_groups:
                group["lr"] = rate * stage.learning_rate * factor
        self.network.train()
        with self._autocast:
            answers = self.answers(batch, generator)
        parts = self.loss(answers, batch)
        fakes = torch.cat([self.shown(batch, answer) for answer in answers])
        truth = self.shown_truth(batch, answers[0])

        self.critic.requires_grad_(False)
        parts["adversarial"] = -self.critic(fakes).mean()
        parts["loss"] = parts["loss"] + method.adversarial * parts["adversarial"]
        self.critic.requires_grad_(True)
        told = fakes[: len(truth)].detach()
        parts["critic"] = self.critic(told).mean() - self.critic(truth).mean()
        parts["penalty"] = gradient_penalty(self.critic, truth, told, generator)
        of_critic = parts["critic"] + method.gradient_penalty * parts["penalty"]
        require_finite(torch.stack([parts["loss"], of_critic]))

        for network, optimizer, loss in (
            (self.critic, self.critic_optimizer, of_critic),
            (self.network, self.optimizer, parts["loss"]),
        ):
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), self.recipe.clip_gradient)
        self.critic_optimizer.step()
        self.optimizer.step()
        return parts

    def state_dict(self) -> dict[str, Any]:
        return {
            "optimizer": self.optimizer.state_dict(),
            "critic": self.critic.state_dict(),
            "critic_optimizer": self.critic_optimizer.state_dict(),
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        self.optimizer.load_state_dict(state["optimizer"])
        self.critic.load_state_dict(state["critic"])
        self.critic_optimizer.load_state_dict(state["critic_optimizer"])


def gradient_penalty(critic: nn.Module, truth: Tensor, told: Tensor, generator: torch.Generator) -> Tensor:
    """How far the slopes of a critic are from 1 between true and told pictures, squared and averaged.

    Gulrajani et al. 2017, eq. 3. The slope is that of a picture's mean score, over all of the picture.
    """
    share = torch.rand(len(truth), 1, 1, 1, generator=generator, device=generator.device)
    between = torch.lerp(told, truth, share).requires_grad_()
    score = critic(between).flatten(1).mean(1).sum()
    (slope,) = torch.autograd.grad(score, between, create_graph=True)
    return ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()
