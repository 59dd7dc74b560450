"""What all colorization networks have in common, whoever published them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import torch
from torch import Tensor, nn

CHROMA_SCALE = 110.0  # a*b* of 110 is 1 inside the networks


@dataclass(frozen=True)
class Prediction:
    """What a network says. In training it may say more: an architecture may have a subclass of this.

    Attributes
    ----------
    chroma_lab
        a*b*, ``(N, 2, H / s, W / s)`` with s one of 1, 2 and 4.
    trunk
        What `ColorNetwork.distribution` reads the distribution over colours off, ``(N, C, H / 4, W / 4)``;
        None where there is none.
    """

    chroma_lab: Tensor
    trunk: Tensor | None


class ColorNetwork(nn.Module, ABC):
    """A network that colours luminance. Photo sides must be multiples of `stride`.

    A subclass is made of its `config` alone, by default that of the paper or of the model that ships.

    Attributes
    ----------
    takes_hints
        Whether `decode` heeds hints. An automatic method does not: it colours as it sees fit.
    has_distribution
        Whether `distribution` can be asked. May depend on the config, as `takes_hints` may.
    has_variations
        Whether `variations` can be asked: it colours one photo in more ways than one.
    tells_places_apart
        Whether the last three of the features are at strides 8, 16 and 32 and know what lies where:
        references and `networks.locality` compare places by them.
    takes_global_hints
        Whether the features are hints on the photo as a whole, ``(N, 316)`` of `networks.globalhints`, and
        nothing else: whoever has some gives `decode` these in place of those of `encode`, which say nothing.
    starts_published
        Whether `start_from` has weights to take over.
    normalisation
        What the weights were trained with: offsets and scales of what goes in and comes out. Kept beside the
        weights, so that a change here cannot go unnoticed.
    config
        A frozen dataclass of flat values, which checks itself in ``__post_init__`` (`ModelError`).
    """

    stride: ClassVar[int]
    takes_hints: bool = False
    has_distribution: bool = False
    has_variations: ClassVar[bool] = False
    tells_places_apart: ClassVar[bool] = False
    takes_global_hints: ClassVar[bool] = False
    starts_published: ClassVar[bool] = False
    normalisation: ClassVar[dict[str, float]]
    config: Any

    @abstractmethod
    def encode(self, luminance: Tensor) -> list[Tensor]:
        """What depends on the photo alone, from L* ``(N, 1, H, W)`` in [0, 100].

        An automatic network may do all of its work here.
        """

    @abstractmethod
    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """Colours given hints ``(N, 3, H, W)``: a*b* over `CHROMA_SCALE`, zero where none is, and a mask."""

    def distribution(self, trunk: Tensor) -> Tensor:
        """Logits over the 313 bins of `quantization`, ``(N, 313, H / 4, W / 4)``, off a trunk."""
        raise NotImplementedError(f"{type(self).__name__} has no distribution")

    def variations(
        self, features: list[Tensor], luminance: Tensor, count: int, generator: torch.Generator
    ) -> list[Prediction]:
        """Several colourings of one photo. The generator is on the CPU: a seed is the same on all devices."""
        raise NotImplementedError(f"{type(self).__name__} has no variations")

    def forward(self, luminance: Tensor, hints: Tensor) -> Prediction:
        return self.decode(self.encode(luminance), luminance, hints)

    def start_from(self, encoder_state: Mapping[str, Tensor]) -> None:
        """Take over the published ImageNet weights of EfficientNet-Lite2, if it has an encoder for them."""

    def placed_on(self, device: str | torch.device) -> Self:
        """Move to a device, laid out channels-last: convolutions are faster so, on CPU and GPU."""
        return self.to(device).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]

    def halve(self) -> Self:
        """Compute in bfloat16 what may, for machines that do so twice as fast. By default nothing may."""
        return self
