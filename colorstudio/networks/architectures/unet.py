"""What the U-Nets of the lineage are put together from (Ronneberger, Fischer & Brox 2015)."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.eccv16 import BinPrediction
from colorstudio.networks.network import CHROMA_SCALE, Prediction
from colorstudio.networks.quantization import BINS, annealed_mean

Head = Literal["regression", "classes"]
LUMINANCE_MEAN, LUMINANCE_SCALE = 50.0, 50.0
NORMALISATION = {
    "luminance_mean": LUMINANCE_MEAN,
    "luminance_scale": LUMINANCE_SCALE,
    "chroma_scale": CHROMA_SCALE,
}


def check_widths(widths: tuple[int, ...], count: int) -> None:
    """Raise `ModelError` unless there are that many, all above zero."""
    if len(widths) != count or min(widths) < 1:
        raise ModelError(f"widths are {count} whole numbers from 1")


def check_temperature(temperature: float) -> None:
    """Raise `ModelError` unless an annealed mean can have it."""
    if not 0 < temperature <= 1:
        raise ModelError("temperature is above 0, and at most 1")


def conv_norm(inputs: int, outputs: int, kernel: int = 3) -> nn.Sequential:
    """A convolution and its norm, two by two as the loader folds them."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(outputs)
    )


class TwoConvolutions(nn.Module):
    """The block of each level: twice a convolution, a norm and a ReLU."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = conv_norm(inputs, outputs)
        self.second = conv_norm(outputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.second(F.relu(self.first(x))))


class LevelUp(nn.Module):
    """A level of the way up: twice the size, joined by what the way down had there (0 channels: nothing)."""

    def __init__(self, below: int, skip: int, outputs: int) -> None:
        super().__init__()
        self.block = TwoConvolutions(below + skip, outputs)

    def forward(self, below: Tensor, skip: Tensor | None) -> Tensor:
        up = F.interpolate(below, scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.block(up if skip is None else torch.cat([up, skip], dim=1))


class ColourHead(nn.Module):
    """Colours off a trunk at stride 4.

    Parameters
    ----------
    kind
        "regression": a*b* themselves; "classes": a distribution over the 313 bins.
    temperature
        Of the annealed mean that makes one colour of a distribution (Zhang 2016, eq. 5).
    """

    def __init__(self, channels: int, kind: Head, temperature: float) -> None:
        super().__init__()
        self.has_distribution = kind == "classes"
        self.temperature = temperature
        self.out = nn.Conv2d(channels, BINS if self.has_distribution else 2, 1)

    def forward(self, trunk: Tensor) -> Prediction:
        said = self.out(trunk)
        if not self.has_distribution:
            return Prediction(said.float() * CHROMA_SCALE, None)
        with torch.no_grad():  # what is learnt is the distribution
            chroma = annealed_mean(said, self.temperature)
        return BinPrediction(chroma, trunk, said)

    def distribution(self, trunk: Tensor) -> Tensor:
        """Logits over the bins, ``(N, 313, H / 4, W / 4)``."""
        return self.out(trunk)
