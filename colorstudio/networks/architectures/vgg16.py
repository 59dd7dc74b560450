"""What networks after VGG-16 (Simonyan & Zisserman 2015) have of it, numbered as torchvision does."""

from __future__ import annotations

import torch
from torch import Tensor, nn

LUMINANCE_SCALE = 100.0
# ImageNet's mean and deviation of red, green and blue in [0, 1].
RGB_MEAN, RGB_SCALE = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_REPEATS = (2, 2, 3, 3, 3)  # convolutions of a level


class GrayAsRgb(nn.Module):
    """The gray picture three times, each as VGG-16 expects red, green and blue."""

    mean: Tensor
    scale: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(RGB_MEAN)[:, None, None], persistent=False)
        self.register_buffer("scale", torch.tensor(RGB_SCALE)[:, None, None], persistent=False)

    def forward(self, luminance: Tensor) -> Tensor:
        return (luminance / LUMINANCE_SCALE - self.mean) / self.scale  # (N, 3, H, W)


def convolutions(widths: tuple[int, ...], norms: bool = False) -> nn.Sequential:
    """The layers of the first levels, a width for each, with a pooling between them and none behind.

    Parameters
    ----------
    norms
        As VGG-16 with norms has them.
    """
    layers: list[nn.Module] = []
    inputs = 3
    for width, repeats in zip(widths, _REPEATS, strict=False):
        if layers:
            layers.append(nn.MaxPool2d(2))
        for _ in range(repeats):
            layers.append(nn.Conv2d(inputs, width, 3, padding=1))
            layers += [nn.BatchNorm2d(width), nn.ReLU()] if norms else [nn.ReLU()]
            inputs = width
    return nn.Sequential(*layers)
