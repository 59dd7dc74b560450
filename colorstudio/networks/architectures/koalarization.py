"""The network of Baldassarre, Gonzalez Morin & Rodes-Guirao 2017, "Deep Koalarization".

An encoder of the gray picture, and one vector of a network that ImageNet has taught to tell things apart: the
vector is repeated at each place, joined to what the encoder has there and brought to a thinner volume by a
1 x 1 convolution (fusion, sec. 3.1), from which a decoder makes the colours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.efficientnet_lite import LUMINANCE_MEAN as CLASSIFIED_MEAN
from colorstudio.networks.architectures.efficientnet_lite import LUMINANCE_SCALE as CLASSIFIED_SCALE
from colorstudio.networks.architectures.efficientnet_lite import tap_channels
from colorstudio.networks.architectures.frozen import STRIDES, FrozenStages, check_stages
from colorstudio.networks.architectures.starting import draw_weights
from colorstudio.networks.network import ColorNetwork, Prediction

CHROMA_RANGE = 128.0
_LUMINANCE_MEAN, _LUMINANCE_SCALE = 50.0, 50.0


class _EfficientNetLite2(FrozenStages):
    """The mean over the photo of what EfficientNet-Lite2 has at its last stage taken."""

    def __init__(self, stages: int) -> None:
        super().__init__(stages)
        (self.channels,) = tap_channels(self.taps[-1:])

    def embedding(self, luminance: Tensor) -> Tensor:
        """``(N, channels, 1, 1)``."""
        return self(luminance)[-1].mean((2, 3), keepdim=True)


# By name in the config. Each is made of a number of stages and gives an `embedding` of so many `channels`;
# the paper's, Inception-ResNet-v2, would be one more: there are no weights of it at hand to start from.
CLASSIFIERS: dict[str, Callable[[int], _EfficientNetLite2]] = {"efficientnet-lite2": _EfficientNetLite2}


@dataclass(frozen=True)
class KoalarizationConfig:
    """The network's size, that of the paper by default.

    Attributes
    ----------
    width
        Channels of the first layer; the deep ones have eight times as many.
    encoded
        Channels that the encoder ends with: 512 in the paper's text, 256 in its table 1 and its release.
    classifier
        What the vector is of: a key of `CLASSIFIERS`.
    stages
        How many stages of the classifier there are.
    """

    width: int = 64
    encoded: int = 512
    classifier: str = "efficientnet-lite2"
    stages: int = len(STRIDES)

    def __post_init__(self) -> None:
        if self.width < 2 or self.encoded < 1:
            raise ModelError("width is a whole number from 2, encoded from 1")
        if self.classifier not in CLASSIFIERS:
            raise ModelError(f"classifier is {self.classifier!r}: one of {', '.join(CLASSIFIERS)} is needed")
        check_stages(self.stages)


def _conv(inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2), nn.ReLU())


def _doubled() -> nn.Upsample:
    return nn.Upsample(scale_factor=2, mode="nearest")


class Koalarization(ColorNetwork):
    """An automatic network: all is done in `encode`."""

    stride = 16
    starts_published = True
    normalisation: ClassVar[dict[str, float]] = {
        "luminance_mean": _LUMINANCE_MEAN,
        "luminance_scale": _LUMINANCE_SCALE,
        "classified_mean": CLASSIFIED_MEAN,
        "classified_scale": CLASSIFIED_SCALE,
        "chroma_scale": CHROMA_RANGE,
    }

    def __init__(self, config: KoalarizationConfig | None = None) -> None:
        super().__init__()
        self.config = config or KoalarizationConfig()
        w = self.config.width
        self.classifier = CLASSIFIERS[self.config.classifier](self.config.stages)
        self.encoder = nn.Sequential(
            _conv(1, w, 2),
            _conv(w, 2 * w),
            _conv(2 * w, 2 * w, 2),
            _conv(2 * w, 4 * w),
            _conv(4 * w, 4 * w, 2),
            _conv(4 * w, 8 * w),
            _conv(8 * w, 8 * w),
            _conv(8 * w, self.config.encoded),
        )
        self.fusion = _conv(self.config.encoded + self.classifier.channels, 4 * w, kernel=1)
        self.decoder = nn.Sequential(
            _conv(4 * w, 2 * w),
            _doubled(),
            _conv(2 * w, w),
            _conv(w, w),
            _doubled(),
            _conv(w, w // 2),
        )
        self.chroma = nn.Conv2d(w // 2, 2, 3, padding=1)
        draw_weights(self, self.chroma)

    def start_from(self, encoder_state: Mapping[str, Tensor]) -> None:
        self.classifier.load_published(encoder_state)

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """a*b* over 128 before the tanh, ``(N, 2, H / 2, W / 2)``."""
        encoded = self.encoder((luminance - _LUMINANCE_MEAN) / _LUMINANCE_SCALE)  # (N, encoded, H / 8, W / 8)
        vector = self.classifier.embedding(luminance)
        repeated = vector.expand(-1, -1, *encoded.shape[-2:])
        return [self.chroma(self.decoder(self.fusion(torch.cat([encoded, repeated], dim=1))))]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """The paper doubles the answer once more, by repeating it: that is left to whoever enlarges it."""
        return Prediction(torch.tanh(features[0].float()) * CHROMA_RANGE, None)
