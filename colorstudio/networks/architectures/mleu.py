"""A U-Net with multi-level embedding, after Nguyen-Quynh, Kim & Do 2020 (MLEU).

Each level of the way down sees, beside what the level before gives it, the features that a network taught by
ImageNet has of the photo at that size: things are known from the first level on, and the U-Net has but to
learn their colours. With a*b* themselves at its end, or a distribution over the 313 bins of Zhang 2016.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.networks.architectures.efficientnet_lite import LUMINANCE_MEAN as EMBEDDED_MEAN
from colorstudio.networks.architectures.efficientnet_lite import LUMINANCE_SCALE as EMBEDDED_SCALE
from colorstudio.networks.architectures.efficientnet_lite import tap_channels
from colorstudio.networks.architectures.frozen import FrozenStages
from colorstudio.networks.architectures.unet import (
    LUMINANCE_MEAN,
    LUMINANCE_SCALE,
    NORMALISATION,
    ColourHead,
    Head,
    LevelUp,
    TwoConvolutions,
    check_temperature,
    check_widths,
    conv_norm,
)
from colorstudio.networks.network import ColorNetwork, Prediction

_LEVELS = 4  # of strides 2, 4, 8 and 16


@dataclass(frozen=True)
class MleuConfig:
    """The form of the network; full size by default.

    Attributes
    ----------
    widths
        Channels at strides 2, 4, 8 and 16.
    embedded
        Channels of each level that the embedding is brought to, at the same strides.
    head
        "regression" or "classes".
    temperature
        Of the annealed mean of the classes.
    """

    widths: tuple[int, ...] = (64, 128, 256, 512)
    embedded: tuple[int, ...] = (64, 128, 256, 512)
    head: Head = "classes"
    temperature: float = 0.38

    def __post_init__(self) -> None:
        check_widths(self.widths, _LEVELS)
        check_widths(self.embedded, _LEVELS)
        check_temperature(self.temperature)


class _EmbeddedLevel(nn.Module):
    """A level of the way down."""

    def __init__(self, inputs: int, features: int, embedded: int, outputs: int) -> None:
        super().__init__()
        self.embed = conv_norm(features, embedded, 1)
        self.block = TwoConvolutions(inputs + embedded, outputs)

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        return self.block(torch.cat([x, F.relu(self.embed(features))], dim=1))


class Mleu(ColorNetwork):
    """An automatic network: all is done in `encode`."""

    stride = 16
    starts_published = True
    normalisation: ClassVar[dict[str, float]] = {
        **NORMALISATION,
        "embedded_mean": EMBEDDED_MEAN,
        "embedded_scale": EMBEDDED_SCALE,
    }

    def __init__(self, config: MleuConfig | None = None) -> None:
        super().__init__()
        self.config = config or MleuConfig()
        self.has_distribution = self.config.head == "classes"
        self.pretrained = FrozenStages(_LEVELS)
        widths = self.config.widths
        inputs = (4, *widths[:-1])  # the photo's own four pixels of a cell of stride 2
        features = tap_channels(self.pretrained.taps)
        levels = zip(inputs, features, self.config.embedded, widths, strict=True)
        self.down = nn.ModuleList(_EmbeddedLevel(*level) for level in levels)
        _, w4, w8, w16 = widths
        self.up = nn.ModuleList((LevelUp(w16, w8, w8), LevelUp(w8, w4, w4)))
        self.head = ColourHead(w4, self.config.head, self.config.temperature)

    def start_from(self, encoder_state: Mapping[str, Tensor]) -> None:
        self.pretrained.load_published(encoder_state)

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """The trunk, ``(N, widths[1], H / 4, W / 4)``."""
        x = F.pixel_unshuffle((luminance - LUMINANCE_MEAN) / LUMINANCE_SCALE, 2)  # (N, 4, H / 2, W / 2)
        levels: list[Tensor] = []
        for down, features in zip(self.down, self.pretrained(luminance), strict=True):
            x = down(F.max_pool2d(x, 2) if levels else x, features)
            levels.append(x)
        for up, skip in zip(self.up, (levels[2], levels[1]), strict=True):
            x = up(x, skip)
        return [x]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """Neither the luminance nor the hints are looked at again."""
        return self.head(features[0])

    def distribution(self, trunk: Tensor) -> Tensor:
        return self.head.distribution(trunk)
