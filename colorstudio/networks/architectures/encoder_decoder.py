"""An encoder-decoder network with and without skip connections, after Olah & Yang.

One network in four forms, so that it can be told what a skip connection is worth and what the kind of answer
is: a way down of four halvings and a way up to a quarter of the photo's size, joined level by level or not
(U-Net or plain CNN), with a*b* themselves at its end or a distribution over the 313 bins of Zhang 2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from torch import Tensor, nn
from torch.nn import functional as F

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
)
from colorstudio.networks.network import ColorNetwork, Prediction


@dataclass(frozen=True)
class EncoderDecoderConfig:
    """The form of the network; full size by default.

    Attributes
    ----------
    widths
        Channels at strides 1, 2, 4, 8 and 16.
    skips
        Whether the way up sees what the way down had at the same stride.
    head
        "regression" or "classes".
    temperature
        Of the annealed mean of the classes.
    """

    widths: tuple[int, ...] = (64, 128, 256, 512, 512)
    skips: bool = True
    head: Head = "classes"
    temperature: float = 0.38

    def __post_init__(self) -> None:
        check_widths(self.widths, 5)
        check_temperature(self.temperature)


class EncoderDecoder(ColorNetwork):
    """An automatic network: all is done in `encode`."""

    stride = 16
    normalisation: ClassVar[dict[str, float]] = NORMALISATION

    def __init__(self, config: EncoderDecoderConfig | None = None) -> None:
        super().__init__()
        self.config = config or EncoderDecoderConfig()
        self.has_distribution = self.config.head == "classes"
        w1, w2, w4, w8, w16 = self.config.widths
        self.down = nn.ModuleList(TwoConvolutions(*pair) for pair in pairwise((1, w1, w2, w4, w8, w16)))
        with_skips = int(self.config.skips)
        self.up = nn.ModuleList((LevelUp(w16, w8 * with_skips, w8), LevelUp(w8, w4 * with_skips, w4)))
        self.head = ColourHead(w4, self.config.head, self.config.temperature)

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """The trunk, ``(N, widths[2], H / 4, W / 4)``."""
        x = (luminance - LUMINANCE_MEAN) / LUMINANCE_SCALE
        levels: list[Tensor] = []
        for down in self.down:
            x = down(F.max_pool2d(x, 2) if levels else x)
            levels.append(x)
        for up, skip in zip(self.up, (levels[3], levels[2]), strict=True):
            x = up(x, skip if self.config.skips else None)
        return [x]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """Neither the luminance nor the hints are looked at again."""
        return self.head(features[0])

    def distribution(self, trunk: Tensor) -> Tensor:
        return self.head.distribution(trunk)
