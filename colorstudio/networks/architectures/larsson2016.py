"""The network of Larsson, Maire & Shakhnarovich 2016, "Learning Representations for Automatic Colorization".

A pixel is described by its hypercolumn: the features of all layers of a VGG-style trunk at its place, the
coarse ones interpolated. Two layers more make of it a histogram of hues and one of chromas, and the colour is
the mean of the hues around their circle with the median of the chromas. In training only some pixels of a
photo are looked at. The trunk is laid out and numbered as torchvision's VGG-16, so that a state dict of that
fits.

Hue and chroma are those of the a*b* plane, for the luminance is to stay L*; the paper's are those of HSL.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.published import take_over
from colorstudio.networks.architectures.vgg16 import RGB_MEAN, RGB_SCALE
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.networks.quantization import BINS, soft_encode

HISTOGRAM_BINS = 32  # of hue, all around, and of chroma, up to 128
CHROMA_STEP = 4.0
_FADE_BELOW = 0.03  # the paper's eta
_GRID = 4  # stride of the dense answer
_CONVOLUTIONS = (2, 2, 3, 3, 3)  # of VGG-16, by level
_STRIDE = 32
_MEAN, _SCALE = 0.449, 0.226  # ImageNet's, of a grey photo


@dataclass(frozen=True)
class Larsson2016Config:
    """Widths of the trunk; by default those of the paper, which are VGG-16's.

    Attributes
    ----------
    widths
        Channels of the convolutions at strides 1, 2, 4, 8 and 16.
    full_width
        Of the two layers at stride 32, in VGG-16 fully connected.
    full_kernel
        Side of the first of these two.
    hidden
        Channels of the layer that joins the hypercolumn.
    norms
        Whether a norm follows each layer. Not so in the paper, which starts from VGG-16's weights; from
        nothing the trunk does not learn in a short time without.
    """

    widths: tuple[int, ...] = (64, 128, 256, 512, 512)
    full_width: int = 4096
    full_kernel: int = 7
    hidden: int = 1024
    norms: bool = False

    def __post_init__(self) -> None:
        sizes = (*self.widths, self.full_width, self.full_kernel, self.hidden)
        if len(self.widths) != len(_CONVOLUTIONS) or not all(
            type(size) is int and size > 0 for size in sizes
        ):
            raise ModelError(
                "widths are five whole numbers, full_width, full_kernel and hidden one each, all from 1"
            )
        if self.full_kernel % 2 == 0:
            raise ModelError("full_kernel is odd")


@dataclass(frozen=True)
class Histograms:
    """Logits of hue and of chroma, ``(N, 32, h, w)`` each."""

    hue: Tensor
    chroma: Tensor


def _layer(inputs: int, outputs: int, kernel: int, norms: bool) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2)
    return [convolution, *([nn.BatchNorm2d(outputs)] if norms else []), nn.ReLU()]


class Larsson2016(ColorNetwork):
    """An automatic network: hints are not heeded."""

    stride = _STRIDE
    has_distribution = True
    normalisation: ClassVar[dict[str, float]] = {
        "luminance_mean": 100 * _MEAN,
        "luminance_scale": 100 * _SCALE,
        "chroma_scale": CHROMA_SCALE,
        "chroma_step": CHROMA_STEP,
    }

    def __init__(self, config: Larsson2016Config | None = None) -> None:
        super().__init__()
        self.config = config or Larsson2016Config()
        widths, norms = self.config.widths, self.config.norms
        layers: list[nn.Module] = []
        columns = [1]
        for (inputs, outputs), count in zip(pairwise((1, *widths)), _CONVOLUTIONS, strict=True):
            for index in range(count):
                layers += _layer(outputs if index else inputs, outputs, 3, norms)
                columns.append(outputs)
            layers.append(nn.MaxPool2d(2))
        full = self.config.full_width
        self.features = nn.Sequential(*layers)
        self.full1 = nn.Sequential(*_layer(widths[-1], full, self.config.full_kernel, norms))
        self.full2 = nn.Sequential(*_layer(full, full, 1, norms))
        self._columns = (*columns, full, full)
        self.join = nn.Conv2d(sum(self._columns), self.config.hidden, 1)
        self.hue = nn.Conv2d(self.config.hidden, HISTOGRAM_BINS, 1)
        self.chroma = nn.Conv2d(self.config.hidden, HISTOGRAM_BINS, 1)
        self.register_buffer("_spread", histogram_to_bins(), persistent=False)

    def levels(self, luminance: Tensor) -> list[Tensor]:
        """What hypercolumns are made of: the luminance and the features of all layers, each at its stride."""
        x = (luminance / 100 - _MEAN) / _SCALE
        levels = [x]
        for layer in self.features:
            x = layer(x)
            if isinstance(layer, nn.ReLU):
                levels.append(x)
        for part in (self.full1, self.full2):
            x = part(x)
            levels.append(x)
        return levels

    def at(self, levels: list[Tensor], places: Tensor) -> Histograms:
        """Histograms at places of a photo: the sparse way, for training.

        Parameters
        ----------
        places
            ``(N, K, 2)`` row and column as shares of the photo's sides, in [0, 1].

        Returns
        -------
        Histograms
            ``(N, 32, K, 1)`` each.
        """
        # Places are not where they should be in half precision, whatever the features are in.
        grid = (2 * places.float().flip(-1) - 1)[:, :, None]  # (N, K, 1, 2): x and y from -1 to 1
        sampled = [
            F.grid_sample(level.float(), grid, padding_mode="border", align_corners=False) for level in levels
        ]
        return self._histograms(F.relu(self.join(torch.cat(sampled, dim=1))))

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """All of it but the last layer, densely: the joined hypercolumns, ``(N, hidden, H / 4, W / 4)``.

        The layer that joins them is linear, as is interpolation: what is coarse is joined before it is
        enlarged, and nothing is ever as long as a hypercolumn.
        """
        size = luminance.shape[-2] // _GRID, luminance.shape[-1] // _GRID
        total = self.join.bias.view(1, -1, 1, 1) if self.join.bias is not None else luminance.new_zeros(())
        weights = self.join.weight.split(self._columns, dim=1)
        for level, weight in zip(self.levels(luminance), weights, strict=True):
            if level.shape[-2] < size[0]:
                total = total + _resized(F.conv2d(level, weight), size)
            else:
                total = total + F.conv2d(_resized(level, size), weight)
        return [F.relu(total)]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """Colours of the histograms; neither the luminance nor the hints are looked at again."""
        (trunk,) = features
        return Prediction(colour_of(self._histograms(trunk)), trunk)

    def distribution(self, trunk: Tensor) -> Tensor:
        """Hue and chroma taken as independent, as they are learnt, and each pair of theirs spread evenly over
        the bins that it lies in.
        """
        histograms = self._histograms(trunk)
        hue, chroma = histograms.hue.float().softmax(1), histograms.chroma.float().softmax(1)
        joint = (hue[:, :, None] * chroma[:, None]).flatten(1, 2)  # (N, 1024, h, w)
        return torch.einsum("nkhw,qk->nqhw", joint, self._spread).clamp_min(1e-8).log()

    def _histograms(self, joined: Tensor) -> Histograms:
        return Histograms(self.hue(joined), self.chroma(joined))

    def load_published(self, state: Mapping[str, Tensor]) -> None:
        """Start the trunk from a state dict of torchvision's VGG-16, as the paper starts from VGG-16.

        The three channels of its input become one, and its fully connected layers convolutions. Its classes
        are left out.

        Raises
        ------
        ModelError
            It is of another network.
        """
        trunk = nn.ModuleDict({"features": self.features, "full1": self.full1, "full2": self.full2})
        own = {key: value for key, value in state.items() if key.startswith("features.")}
        first = own.get("features.0.weight")
        if first is not None and first.ndim == 4 and first.shape[1] == 3:
            # For x in all of R, G and B, the same as the published layer but at the border.
            share = torch.tensor(RGB_SCALE).reciprocal().view(1, 3, 1, 1).to(first)
            offset = (_MEAN - torch.tensor(RGB_MEAN)).view(1, 3, 1, 1).to(first)
            own["features.0.weight"] = (first * share).sum(1, keepdim=True) * _SCALE
            own["features.0.bias"] = state["features.0.bias"] + (first * share * offset).sum((1, 2, 3))
        kernel, middle = self.config.full_kernel, self.config.widths[-1]
        for source, target, shape in (
            ("classifier.0", "full1.0", (-1, middle, kernel, kernel)),
            ("classifier.3", "full2.0", (-1, self.config.full_width, 1, 1)),
        ):
            weight = state.get(f"{source}.weight")
            if weight is not None and weight.numel() % math.prod(shape[1:]) == 0:
                own[f"{target}.weight"] = weight.view(shape)
                own[f"{target}.bias"] = state[f"{source}.bias"]
        take_over(trunk, own, "VGG-16 as in torchvision")


def _resized(planes: Tensor, size: tuple[int, int]) -> Tensor:
    return F.interpolate(planes, size=size, mode="bilinear", align_corners=False)


def colour_of(histograms: Histograms) -> Tensor:
    """The a*b* of histograms, ``(N, 2, h, w)``: hue by its mean around the circle, chroma by its median.

    Where the hues disagree the chroma fades (sec. 3.4): their mean is of length near 0 then, and its angle
    says nothing. As in the paper the mean is over the bins, so that it is of length 1 / 32 at the most.
    """
    hue, chroma = histograms.hue.float().softmax(1), histograms.chroma.float().softmax(1)
    steps = (torch.arange(HISTOGRAM_BINS, device=hue.device) + 0.5) / HISTOGRAM_BINS
    angle = 2 * math.pi * steps
    circle = torch.stack([angle.cos(), angle.sin()])  # (2, 32)
    mean = torch.einsum("nkhw,ck->nchw", hue, circle) / HISTOGRAM_BINS
    length = mean.norm(dim=1, keepdim=True)
    fading = (length / _FADE_BELOW).clamp_max(1)
    return mean / length.clamp_min(1e-8) * fading * _median(chroma)


def _median(shares: Tensor) -> Tensor:
    """The median chroma of histograms ``(N, 32, h, w)``, within its bin in proportion: ``(N, 1, h, w)``."""
    up_to = shares.cumsum(1)
    at = (up_to < 0.5).sum(1, keepdim=True).clamp_max(HISTOGRAM_BINS - 1)
    share, reached = shares.gather(1, at), up_to.gather(1, at)
    within = (1 - (reached - 0.5) / share.clamp_min(1e-8)).clamp(0, 1)
    return (at + within) * CHROMA_STEP


@lru_cache(maxsize=1)
def histogram_to_bins(samples: int = 6) -> Tensor:
    """What share of each pair of hue and chroma lies in each of the 313 bins, ``(313, 32 * 32)``.

    The colours of a pair are taken to be equally likely, and each counts for the four bins around it.
    """
    fine = (torch.arange(HISTOGRAM_BINS * samples) + 0.5) / samples
    angle, chroma = 2 * math.pi * fine / HISTOGRAM_BINS, fine * CHROMA_STEP
    colours = torch.stack([torch.outer(angle.cos(), chroma), torch.outer(angle.sin(), chroma)], -1)
    indices, weights = soft_encode(colours)  # (32 * samples, 32 * samples, 4)
    numbers = torch.arange(HISTOGRAM_BINS).repeat_interleave(samples)
    pair = (numbers[:, None] * HISTOGRAM_BINS + numbers)[..., None].expand_as(indices)
    spread = torch.zeros(BINS, HISTOGRAM_BINS**2)
    return spread.index_put_((indices, pair), weights.float() / samples**2, accumulate=True)
