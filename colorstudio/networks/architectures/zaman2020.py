"""VGG-16 as an encoder with a residual decoder, after Zaman 2020.

The eighteen layers of VGG-16's convolutional part (Simonyan & Zisserman 2015: 13 convolutions and 5 poolings)
halve the photo five times; the way back doubles it five times, and at each size what the encoder had there is
merged by a residual connection. Colours are a*b* over 128, through a tanh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.networks.architectures.published import take_over
from colorstudio.networks.architectures.starting import draw_weights
from colorstudio.networks.architectures.unet import check_widths
from colorstudio.networks.architectures.vgg16 import LUMINANCE_SCALE, GrayAsRgb, convolutions
from colorstudio.networks.network import ColorNetwork, Prediction

CHROMA_RANGE = 128.0
_LEVELS = 5


@dataclass(frozen=True)
class Zaman2020Config:
    """The network's size, that of VGG-16 by default.

    Attributes
    ----------
    widths
        Channels of the five blocks.
    """

    widths: tuple[int, ...] = (64, 128, 256, 512, 512)

    def __post_init__(self) -> None:
        check_widths(self.widths, _LEVELS)


class _ResidualLevel(nn.Module):
    """A level of the way up: twice the size, what the encoder had there on top, and a convolution."""

    def __init__(self, below: int, width: int) -> None:
        super().__init__()
        self.up = nn.Conv2d(below, width, 3, padding=1)
        self.merged = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, below: Tensor, encoded: Tensor) -> Tensor:
        up = F.relu(self.up(F.interpolate(below, scale_factor=2.0, mode="nearest")))
        return F.relu(self.merged(up + encoded))


class Zaman2020(ColorNetwork):
    """An automatic network: all is done in `encode`."""

    stride = 32
    normalisation: ClassVar[dict[str, float]] = {
        "luminance_scale": LUMINANCE_SCALE,
        "chroma_scale": CHROMA_RANGE,
    }

    def __init__(self, config: Zaman2020Config | None = None) -> None:
        super().__init__()
        self.config = config or Zaman2020Config()
        widths = self.config.widths
        self.as_rgb = GrayAsRgb()
        self.features = convolutions(widths).append(nn.MaxPool2d(2))
        below = (widths[-1], *widths[:0:-1])
        self.up = nn.ModuleList(_ResidualLevel(*pair) for pair in zip(below, reversed(widths), strict=True))
        self.chroma = nn.Conv2d(widths[0], 2, 3, padding=1)
        draw_weights(self, self.chroma)

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """a*b* over 128 before the tanh, ``(N, 2, H, W)``."""
        x: Tensor = self.as_rgb(luminance)
        merged: list[Tensor] = []
        for layer in self.features:
            if isinstance(layer, nn.MaxPool2d):
                merged.append(x)
            x = layer(x)
        for up, encoded in zip(self.up, reversed(merged), strict=True):
            x = up(x, encoded)
        return [self.chroma(x)]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """Neither the luminance nor the hints are looked at again."""
        return Prediction(torch.tanh(features[0].float()) * CHROMA_RANGE, None)

    def load_published(self, state: Mapping[str, Tensor]) -> None:
        """Take over the encoder of a state dict of torchvision's `vgg16`, which has the full widths.

        Raises
        ------
        ModelError
            It is of another network.
        """
        prefix = "features."
        encoder = {key.removeprefix(prefix): value for key, value in state.items() if key.startswith(prefix)}
        take_over(self.features, encoder, "VGG-16")
