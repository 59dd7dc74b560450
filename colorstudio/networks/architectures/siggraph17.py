"""The network of Zhang et al. 2017, "Real-Time User-Guided Image Colorization with Learned Deep Priors".

The yardstick of the field, built from the paper: ten blocks of convolutions that see the luminance and the
hints together from the first layer on, shortcuts from the fine blocks to the late ones, one head for the
colour and one for a distribution over colours. Modules are named and numbered as in the authors' PyTorch
release, so that a state dict of it fits. Its weights do not come along: the benchmarks time it with random
ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

# As in the authors' release: a square grid of colours 10 a*b* apart, not only the 313 that sRGB has.
CLASSES = 23**2
_CHROMA_SCALE = 110.0
_LUMINANCE_MEAN, _LUMINANCE_SCALE = 50.0, 100.0
_LEAK = 0.2


@dataclass(frozen=True)
class SiggraphPrediction:
    """What the network says.

    Attributes
    ----------
    chroma_lab
        a*b*, ``(N, 2, H, W)``.
    logits
        Over the colours of its grid, ``(N, 529, H / 4, W / 4)``.
    """

    chroma_lab: Tensor
    logits: Tensor


def _block(widths: tuple[int, ...], *, dilation: int = 1, joins: bool = False) -> nn.Sequential:
    """3 x 3 convolutions from width to width, each with a ReLU behind, and a norm at the end.

    One that takes the sum of two paths begins with a ReLU of it.
    """
    layers: list[nn.Module] = [nn.ReLU()] if joins else []
    for inputs, outputs in pairwise(widths):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=dilation, dilation=dilation), nn.ReLU()]
    return nn.Sequential(*layers, nn.BatchNorm2d(widths[-1]))


def _up(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=1))


def _shortcut(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1))


def _every_second(x: Tensor) -> Tensor:
    return x[..., ::2, ::2]


class Siggraph17(nn.Module):
    """Photo sides must be multiples of 8."""

    def __init__(self, classes: int = CLASSES) -> None:
        super().__init__()
        self.model1 = _block((4, 64, 64))
        self.model2 = _block((64, 128, 128))
        self.model3 = _block((128, 256, 256, 256))
        self.model4 = _block((256, 512, 512, 512))
        self.model5 = _block((512, 512, 512, 512), dilation=2)
        self.model6 = _block((512, 512, 512, 512), dilation=2)
        self.model7 = _block((512, 512, 512, 512))
        self.model8up, self.model3short8 = _up(512, 256), _shortcut(256, 256)
        self.model8 = _block((256, 256, 256), joins=True)
        self.model9up, self.model2short9 = _up(256, 128), _shortcut(128, 128)
        self.model9 = _block((128, 128), joins=True)
        self.model10up, self.model1short10 = _up(128, 128), _shortcut(64, 128)
        self.model10 = nn.Sequential(nn.ReLU(), nn.Conv2d(128, 128, 3, padding=1), nn.LeakyReLU(_LEAK))
        self.model_class = nn.Sequential(nn.Conv2d(256, classes, 1))
        self.model_out = nn.Sequential(nn.Conv2d(128, 2, 1), nn.Tanh())

    def forward(self, luminance: Tensor, hints: Tensor) -> SiggraphPrediction:
        """Colours of L* ``(N, 1, H, W)`` given hints ``(N, 3, H, W)``: a*b* over 110 and a mask."""
        seen = torch.cat([(luminance - _LUMINANCE_MEAN) / _LUMINANCE_SCALE, hints], dim=1)
        x1 = self.model1(seen)
        x2 = self.model2(_every_second(x1))  # (N, 128, H / 2, W / 2)
        x3 = self.model3(_every_second(x2))  # (N, 256, H / 4, W / 4)
        x7 = self.model7(self.model6(self.model5(self.model4(_every_second(x3)))))  # (N, 512, H / 8, W / 8)
        x8 = self.model8(self.model8up(x7) + self.model3short8(x3))
        x9 = self.model9(self.model9up(x8) + self.model2short9(x2))
        x10 = self.model10(self.model10up(x9) + self.model1short10(x1))
        return SiggraphPrediction(self.model_out(x10) * _CHROMA_SCALE, self.model_class(x8))
