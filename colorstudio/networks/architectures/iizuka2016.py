"""The network of Iizuka, Simo-Serra & Ishikawa 2016, "Let there be Color!".

Four networks learnt as one. Low-level features are shared by a network that describes places, and by one
that describes the photo as a whole, seen at one size whatever its own is: a vector, which is put beside the
features of each place (the fusion). A last network makes the colours. What the vector is made of also names
the kind of photo, and so learns what tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.errors import ModelError
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction

_GLOBAL_STRIDE = 32


@dataclass(frozen=True)
class Iizuka2016Config:
    """Widths; by default those of the paper.

    Attributes
    ----------
    width
        Channels of the first layer; the others have up to eight times as many.
    global_width
        Channels of the convolutions that see the whole photo.
    global_size_px
        The side of the square at which the whole photo is seen.
    classes
        Kinds of photos that are told apart in training.
    """

    width: int = 64
    global_width: int = 512
    global_size_px: int = 224
    classes: int = 205

    def __post_init__(self) -> None:
        sizes = (self.width, self.global_width, self.global_size_px, self.classes)
        if not all(type(size) is int and size > 0 for size in sizes):
            raise ModelError("width, global_width, global_size_px and classes are whole numbers from 1")
        if self.width % 2 or self.global_width % 2:
            raise ModelError("width and global_width are even")
        if self.global_size_px % _GLOBAL_STRIDE:
            raise ModelError(f"global_size_px is a multiple of {_GLOBAL_STRIDE}")


@dataclass(frozen=True)
class LabelledPrediction(Prediction):
    """With the logits over the kinds of photos, ``(N, classes)``."""

    labels: Tensor


def _conv(inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


def _full(inputs: int, outputs: int, side: int = 1) -> nn.Sequential:
    """A fully connected layer, of all that is left of a photo when it is `side` cells wide and high."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, side, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Iizuka2016(ColorNetwork):
    """An automatic network without a distribution: hints are not heeded."""

    stride = 8
    normalisation: ClassVar[dict[str, float]] = {"luminance_scale": 100.0, "chroma_scale": CHROMA_SCALE}

    def __init__(self, config: Iizuka2016Config | None = None) -> None:
        super().__init__()
        self.config = config or Iizuka2016Config()
        w, g = self.config.width, self.config.global_width
        self.low_level = nn.Sequential(
            _conv(1, w, 2),
            _conv(w, 2 * w),
            _conv(2 * w, 2 * w, 2),
            _conv(2 * w, 4 * w),
            _conv(4 * w, 4 * w, 2),
            _conv(4 * w, 8 * w),
        )
        self.global_level = nn.Sequential(
            _conv(8 * w, g, 2),
            _conv(g, g),
            _conv(g, g, 2),
            _conv(g, g),
            _full(g, 2 * g, self.config.global_size_px // _GLOBAL_STRIDE),
            _full(2 * g, g),
        )
        self.global_vector = _full(g, g // 2)
        self.classifier = nn.Sequential(_full(g, g // 2), nn.Conv2d(g // 2, self.config.classes, 1))
        self.mid_level = nn.Sequential(_conv(8 * w, 8 * w), _conv(8 * w, 4 * w))
        self.fusion = _conv(g // 2 + 4 * w, 4 * w, kernel=1)
        self.colour = nn.Sequential(
            _conv(4 * w, 2 * w),
            nn.Upsample(scale_factor=2, mode="nearest"),
            _conv(2 * w, w),
            _conv(w, w),
            nn.Upsample(scale_factor=2, mode="nearest"),
            _conv(w, w // 2),
            nn.Conv2d(w // 2, 2, 3, padding=1),
        )

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """All of it but the colours: the fused features, and the features of the whole photo.

        ``(N, 4 width, H / 8, W / 8)`` and ``(N, global_width, 1, 1)``.
        """
        x = luminance / 100
        places = self.low_level(x)
        size = (self.config.global_size_px, self.config.global_size_px)
        if x.shape[-2:] == size:
            whole = self.global_level(places)
        else:
            seen = F.interpolate(x, size=size, mode="bilinear", antialias=True, align_corners=False)
            whole = self.global_level(self.low_level(seen))
        tiled = self.global_vector(whole).expand(-1, -1, *places.shape[-2:])
        return [self.fusion(torch.cat([tiled, self.mid_level(places)], dim=1)), whole]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> LabelledPrediction:
        """Colours and kind of photo; neither the luminance nor the hints are looked at again."""
        fused, whole = features
        # Around 1 / 2, which is gray, half precision would know steps of half a unit.
        share = torch.sigmoid(self.colour(fused).float())  # (N, 2, H / 2, W / 2)
        chroma = (2 * share - 1) * CHROMA_SCALE
        return LabelledPrediction(chroma, None, self.classifier(whole).flatten(1))
