"""What all teachers have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from colorstudio.errors import TrainingError
from colorstudio.networks.network import ColorNetwork
from colorstudio.training.batches import Batch
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import Recipe, Stage


@dataclass(frozen=True)
class Setting:
    """What a teacher may know of its run.

    Attributes
    ----------
    learn
        The photos to learn from, on the device.
    encoder_state
        Published ImageNet weights of EfficientNet-Lite2, or None where there are none.
    method
        The recipe's ``[method]`` as a `Teacher.method_class`; None where the teacher has no such settings.
    """

    recipe: Recipe
    learn: PhotoPool
    device: torch.device
    encoder_state: Mapping[str, Tensor] | None
    method: Any = None


class Teacher(ABC):
    """Losses of one kind of network, and what steps its weights.

    Attributes
    ----------
    method_class
        A frozen dataclass with defaults: the settings that this method alone has, ``[method]`` in a recipe.
        It may check itself in ``__post_init__`` (`TrainingError`). None where there are none.
    imitates_hints
        Whether a network that takes hints gets those of the recipe's ``[hints]``, and not the method's own.
    """

    method_class: ClassVar[type[Any] | None] = None
    imitates_hints: ClassVar[bool] = True

    def __init__(self, network: ColorNetwork, setting: Setting) -> None:
        self.network = network
        self.setting = setting
        self.recipe = setting.recipe
        self.device = setting.device

    @classmethod
    def needs_encoder(cls, recipe: Recipe) -> bool:
        """Whether it needs `Setting.encoder_state`, also when a run goes on."""
        return False

    @abstractmethod
    def step(self, batch: Batch, stage: Stage, rate: float, generator: torch.Generator) -> dict[str, Tensor]:
        """Learn from a batch.

        Parameters
        ----------
        rate
            Share of the stage's rates of learning now.
        generator
            Of the step. torch's own source of randomness is seeded with the step, too.

        Returns
        -------
        dict
            The parts of the loss, and their weighted sum under "loss".

        Raises
        ------
        TrainingError
            The loss is not finite. No weight has changed.
        """

    @abstractmethod
    def state_dict(self) -> dict[str, Any]:
        """What goes into the checkpoint beside the network: optimizers, and networks that learn along."""

    @abstractmethod
    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take it over from a checkpoint, which holds more than that."""


def require_finite(loss: Tensor) -> None:
    """Raise `TrainingError` if a loss is not a number."""
    if not loss.isfinite().all():
        raise TrainingError("The loss is no longer a number: lower the learning rate in the recipe.")
