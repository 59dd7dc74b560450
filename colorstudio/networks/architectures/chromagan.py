"""The generator of Vitoria, Raad & Ballester 2020, "ChromaGAN: Adversarial Picture Colorization with Semantic
Class Distribution".

A trunk after VGG-16 down to stride 8 (sec. 3.2, fig. 2). On it mid-level features, and global ones from which
two heads go: a vector that joins the mid-level features of each place, and a distribution over classes. The
joined features go up to a*b* at stride 2.

As published the global features are flattened, for pictures of 224 pixels alone; here they are averaged over
the photo, of whatever size. The trunk may have norms, as VGG-16 with norms has: narrow ones hardly learn
without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.published import take_over
from colorstudio.networks.architectures.starting import draw_weights
from colorstudio.networks.architectures.vgg16 import LUMINANCE_SCALE, GrayAsRgb, convolutions
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction

CLASSES = 1000
_LARGEST = 4096


@dataclass(frozen=True)
class ChromaGanConfig:
    """By default as published.

    Attributes
    ----------
    trunk_widths
        Channels at strides 1, 2, 4 and 8.
    trunk_norms
        Whether the trunk has norms.
    global_width
        Channels of the global features.
    class_widths, vector_widths
        Of the hidden layers to the classes, and of all layers to the vector that is joined to each place.
    middle_width
        Channels of the mid-level features, of which the second half of the layers has half.
    colour_widths
        Channels from the fusion to a*b*: two at stride 8, two at 4, and one at 2.
    """

    trunk_widths: tuple[int, ...] = (64, 128, 256, 512)
    trunk_norms: bool = False
    global_width: int = 512
    class_widths: tuple[int, ...] = (4096, 4096)
    vector_widths: tuple[int, ...] = (1024, 512, 256)
    middle_width: int = 512
    colour_widths: tuple[int, ...] = (256, 128, 64, 64, 32)

    def __post_init__(self) -> None:
        if len(self.trunk_widths) != 4 or len(self.colour_widths) != 5 or not self.vector_widths:
            raise ModelError("trunk_widths are four, colour_widths five, vector_widths one or more")
        sizes = (
            *self.trunk_widths, *self.class_widths, *self.vector_widths, *self.colour_widths,
            self.global_width, self.middle_width // 2,
        )  # fmt: skip
        if not all(1 <= size <= _LARGEST for size in sizes):
            raise ModelError(f"widths are 1 to {_LARGEST}")


@dataclass(frozen=True)
class ClassifiedPrediction(Prediction):
    """What the network says in training.

    Attributes
    ----------
    class_logits
        Of what the photo shows, ``(N, 1000)``.
    """

    class_logits: Tensor


class ChromaGan(ColorNetwork):
    """Two branches on one trunk: what the photo shows, and its colours."""

    stride = 32
    normalisation: ClassVar[dict[str, float]] = {
        "luminance_scale": LUMINANCE_SCALE,
        "chroma_scale": CHROMA_SCALE,
    }

    def __init__(self, config: ChromaGanConfig | None = None) -> None:
        super().__init__()
        self.config = config or ChromaGanConfig()
        trunk, wide, middle = self.config.trunk_widths[-1], self.config.global_width, self.config.middle_width
        self.as_rgb = GrayAsRgb()
        self.features = convolutions(self.config.trunk_widths, self.config.trunk_norms)
        self.overview = nn.Sequential(
            *_conv(trunk, wide, stride=2),
            *_conv(wide, wide),
            *_conv(wide, wide, stride=2),
            *_conv(wide, wide),
        )
        self.classes = _dense(wide, *self.config.class_widths, CLASSES)
        self.vector = _dense(wide, *self.config.vector_widths)
        self.middle = nn.Sequential(*_conv(trunk, middle), *_conv(middle, middle // 2))
        w8, v8, w4, v4, w2 = self.config.colour_widths
        joined = middle // 2 + self.config.vector_widths[-1]
        self.colour8 = nn.Sequential(nn.Conv2d(joined, w8, 1), nn.ReLU(), nn.Conv2d(w8, v8, 3, padding=1))
        self.colour4 = nn.Sequential(
            nn.Conv2d(v8, w4, 3, padding=1), nn.ReLU(), nn.Conv2d(w4, v4, 3, padding=1), nn.ReLU()
        )
        self.colour2 = nn.Sequential(nn.Conv2d(v4, w2, 3, padding=1), nn.ReLU())
        self.chroma = nn.Conv2d(w2, 2, 3, padding=1)
        draw_weights(self, self.chroma)

    def load_published(self, state: Mapping[str, Tensor]) -> None:
        """ImageNet weights for the trunk, in torchvision's layout of VGG-16: with norms, or without."""
        last = len(self.features)
        trunk = {
            name.removeprefix("features."): value
            for name, value in state.items()
            if name.startswith("features.") and int(name.split(".")[1]) < last
        }
        take_over(self.features, trunk, "torchvision's VGG-16")

    def encode(self, luminance: Tensor) -> list[Tensor]:
        return [self._coloured(self._trunk(luminance))[0]]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """Neither the luminance nor the hints are looked at again."""
        return Prediction(features[0], None)

    def forward(self, luminance: Tensor, hints: Tensor) -> ClassifiedPrediction:
        chroma, overview = self._coloured(self._trunk(luminance))
        return ClassifiedPrediction(chroma, None, self.classes(overview))

    def _trunk(self, luminance: Tensor) -> Tensor:
        return self.features(self.as_rgb(luminance))  # (N, C, H / 8, W / 8)

    def _coloured(self, trunk: Tensor) -> tuple[Tensor, Tensor]:
        """a*b* ``(N, 2, H / 2, W / 2)``, and the global features ``(N, C)``."""
        overview = self.overview(trunk).mean((2, 3))
        vector = self.vector(overview)[:, :, None, None].expand(-1, -1, *trunk.shape[2:])
        x = F.relu(self.colour8(torch.cat([self.middle(trunk), vector], dim=1)))
        x = self.colour4(F.interpolate(x, scale_factor=2.0))  # (N, C, H / 4, W / 4)
        x = self.colour2(F.interpolate(x, scale_factor=2.0))  # (N, C, H / 2, W / 2)
        return torch.tanh(self.chroma(x).float()) * CHROMA_SCALE, overview


def _conv(inputs: int, outputs: int, stride: int = 1) -> tuple[nn.Module, ...]:
    """As in the authors' release: the norm behind the ReLU."""
    return nn.Conv2d(inputs, outputs, 3, stride, padding=1), nn.ReLU(), nn.BatchNorm2d(outputs)


def _dense(*widths: int) -> nn.Sequential:
    """As in the authors' release: nothing between the layers."""
    return nn.Sequential(*[nn.Linear(inputs, outputs) for inputs, outputs in pairwise(widths)])
