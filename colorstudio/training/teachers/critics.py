"""Networks that learn to tell told colours from true ones. A gradient penalty allows them no norms."""

from __future__ import annotations

from itertools import pairwise

from torch import Tensor, nn

_LEAK = 0.2


class PictureCritic(nn.Module):
    """One score for a picture: strided convolutions, then the mean over the picture and two dense layers.

    Cao et al. 2017, fig. 3, but for the mean, which lets pictures have any size.
    """

    def __init__(self, inputs: int, widths: tuple[int, ...]) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in pairwise((inputs, *widths)):
            layers += [nn.Conv2d(before, after, 5, stride=2, padding=2), nn.LeakyReLU(_LEAK)]
        self.layers = nn.Sequential(*layers)
        self.hidden = nn.Linear(widths[-1], widths[0])
        self.score = nn.Linear(widths[0], 1)

    def forward(self, picture: Tensor) -> Tensor:
        """``(N, 1)``."""
        return self.score(self.hidden(self.layers(picture).mean((2, 3))))


class PatchCritic(nn.Module):
    """A score for each patch of a picture: the PatchGAN of Isola et al. 2017, as in ChromaGAN."""

    def __init__(self, inputs: int, widths: tuple[int, ...]) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        last = len(widths) - 1
        for number, (before, after) in enumerate(pairwise((inputs, *widths))):
            stride = 2 if number < last else 1
            layers += [nn.Conv2d(before, after, 4, stride, padding=1), nn.LeakyReLU(_LEAK)]
        self.layers = nn.Sequential(*layers, nn.Conv2d(widths[-1], 1, 4, padding=1))

    def forward(self, picture: Tensor) -> Tensor:
        """``(N, 1, h, w)``."""
        return self.layers(picture)
