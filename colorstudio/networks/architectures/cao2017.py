"""The generator of Cao, Zhou, Zhang & Yu 2017, "Unsupervised Diverse Colorization via Generative Adversarial
Networks".

Convolutions of stride 1 from the first to the last, so that no place is lost; the gray picture joined to what
goes into each of them; and noise, joined to what goes into the first half of them: another noise, another
colouring of the same photo (sec. 3.2, fig. 3).

Two things are not as published. The noise was projected to a plane of the training's size; here it is
projected to a coarse grid, which is enlarged to the size of the photo, whatever that is. And the colours are
blue less gray and red less gray, as U and V are but for a factor, where gray is as bright as the photo rather
than the weighted mean of R, G and B: what comes out has the photo's own L* to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.errors import ModelError
from colorstudio.imaging import colorspace as cs
from colorstudio.networks.architectures.starting import draw_weights
from colorstudio.networks.network import ColorNetwork, Prediction
from colorstudio.networks.torchcolor import lab_to_srgb, linear_to_lab, srgb_to_linear

_GRAY_OFFSET, _GRAY_SCALE = 0.5, 0.5  # gray of 0 to 1 is -1 to 1 inside
_LARGEST = 1024


@dataclass(frozen=True)
class Cao2017Config:
    """By default as in the authors' release.

    Attributes
    ----------
    widths
        Channels of all layers but the last, which has two.
    first_kernel, kernel
        Sides of the first layer's windows, and of the others'.
    noise_size
        How many numbers a colouring is drawn by.
    noise_layers
        Into how many of the layers noise goes, from the first on.
    noise_planes, noise_cells
        Channels of noise of a layer, and the side of the grid that they are enlarged from.
    """

    widths: tuple[int, ...] = (128, 64, 64, 64, 32)
    first_kernel: int = 7
    kernel: int = 5
    noise_size: int = 100
    noise_layers: int = 3
    noise_planes: int = 1
    noise_cells: int = 8

    def __post_init__(self) -> None:
        sizes = (*self.widths, self.noise_size, self.noise_planes, self.noise_cells)
        if not self.widths or not all(1 <= size <= _LARGEST for size in sizes):
            raise ModelError(f"widths and the sizes of the noise are 1 to {_LARGEST}")
        if not all(side in (1, 3, 5, 7, 9) for side in (self.first_kernel, self.kernel)):
            raise ModelError("first_kernel and kernel are odd and 9 at most")
        if not 0 <= self.noise_layers <= len(self.widths):
            raise ModelError("noise_layers is more than there are widths")


@dataclass(frozen=True)
class DiversePrediction(Prediction):
    """A colouring as the generator makes it.

    Attributes
    ----------
    chroma_uv
        Blue and red less gray, ``(N, 2, H, W)`` in [-1, 1]: see `uv_of`.
    """

    chroma_uv: Tensor


class _NoisePlanes(nn.Module):
    """A colouring's noise as planes of the size of the photo."""

    def __init__(self, config: Cao2017Config) -> None:
        super().__init__()
        self.shape = (config.noise_planes, config.noise_cells, config.noise_cells)
        self.project = nn.Linear(config.noise_size, config.noise_planes * config.noise_cells**2)

    def forward(self, noise: Tensor, size: torch.Size) -> Tensor:
        grid = self.project(noise).view(-1, *self.shape)  # (N, P, cells, cells)
        return F.interpolate(grid, size=size, mode="bilinear", align_corners=False)


class Cao2017(ColorNetwork):
    """Any size of photo."""

    stride = 4  # nothing is sampled down; so that the answer covers the same cells as those of the others
    has_variations = True
    normalisation: ClassVar[dict[str, float]] = {"gray_offset": _GRAY_OFFSET, "gray_scale": _GRAY_SCALE}

    def __init__(self, config: Cao2017Config | None = None) -> None:
        super().__init__()
        self.config = config or Cao2017Config()
        self.noise = nn.ModuleList(_NoisePlanes(self.config) for _ in range(self.config.noise_layers))
        self.layers = nn.ModuleList()
        kernel = self.config.first_kernel
        for layer, (inputs, outputs) in enumerate(pairwise((0, *self.config.widths))):
            joined = inputs + 1 + (self.config.noise_planes if layer < self.config.noise_layers else 0)
            conv = nn.Conv2d(joined, outputs, kernel, padding=kernel // 2, bias=False)
            self.layers.append(nn.Sequential(conv, nn.BatchNorm2d(outputs)))
            kernel = self.config.kernel
        self.chroma = nn.Conv2d(self.config.widths[-1] + 1, 2, kernel, padding=kernel // 2)
        draw_weights(self, self.chroma)

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """The gray picture: nothing else of the generator depends on the photo alone."""
        return [gray_of(luminance)]

    def decode(
        self,
        features: list[Tensor],
        luminance: Tensor,
        hints: Tensor,
    ) -> DiversePrediction:
        """The colouring in the middle of all: that without noise."""
        return self.coloured(features, luminance.new_zeros(len(luminance), self.config.noise_size))

    def variations(
        self, features: list[Tensor], luminance: Tensor, count: int, generator: torch.Generator
    ) -> list[Prediction]:
        """Colourings of one photo, each by a noise of its own."""
        noises = self.drawn_noise(count * len(luminance), generator).to(luminance).chunk(count)
        return [self.coloured(features, noise) for noise in noises]

    def coloured(self, features: list[Tensor], noise: Tensor) -> DiversePrediction:
        """The colouring by a noise ``(N, noise_size)``."""
        (gray,) = features
        seen = (gray - _GRAY_OFFSET) / _GRAY_SCALE
        planes = [project(noise, gray.shape[-2:]) for project in self.noise]
        x = gray[:, :0]
        for layer, convolve in enumerate(self.layers):
            x = F.relu(convolve(torch.cat([x, seen, *planes[layer : layer + 1]], dim=1)))
        uv = torch.tanh(self.chroma(torch.cat([x, seen], dim=1)).float())
        return DiversePrediction(lab_of(gray, uv), None, uv)

    def drawn_noise(self, count: int, generator: torch.Generator) -> Tensor:
        """Uniform in [-1, 1], as in the release: ``(count, noise_size)`` on the generator's device."""
        drawn = torch.rand(count, self.config.noise_size, generator=generator, device=generator.device)
        return 2 * drawn - 1


def gray_of(luminance: Tensor) -> Tensor:
    """The gray that is as bright as L* ``(N, 1, H, W)``, as an sRGB value in [0, 1]."""
    return lab_to_srgb(F.pad(luminance, (0, 0, 0, 0, 0, 2)))[:, 1:2]


def uv_of(luminance: Tensor, chroma_lab: Tensor) -> Tensor:
    """Blue and red less gray of L* and a*b*, ``(N, 2, H, W)``."""
    red, _, blue = lab_to_srgb(torch.cat([luminance, chroma_lab], dim=1)).split(1, dim=1)
    gray = gray_of(luminance)
    return torch.cat([blue - gray, red - gray], dim=1)


def lab_of(gray: Tensor, uv: Tensor) -> Tensor:
    """a*b* ``(N, 2, H, W)`` of blue and red less gray: green is what makes it as bright as the gray."""
    blue, red = (srgb_to_linear((gray + less).clamp(0, 1)) for less in uv.split(1, dim=1))
    of_red, of_green, of_blue = (float(share) for share in cs.SRGB_TO_XYZ[1])
    light = srgb_to_linear(gray)
    green = ((light - of_red * red - of_blue * blue) / of_green).clamp(0, 1)
    return linear_to_lab(torch.cat([red, green, blue], dim=1))[:, 1:]
