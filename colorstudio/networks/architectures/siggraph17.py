"""The network of Zhang et al. 2017, "Real-Time User-Guided Image Colorization with Learned Deep Priors".

Ten blocks of convolutions that see the luminance and the hints together from the first layer on, shortcuts
from the fine blocks to the late ones, one head for the colour and one for a distribution over colours. A
small network beside them (the paper's global hints network) takes what is wanted of the photo as a whole: a
histogram of colours and a mean saturation, as of a reference. All the others are named and numbered as in
the authors' PyTorch release, so that a state dict of it fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.eccv16 import LUMINANCE_MEAN, LUMINANCE_SCALE, block
from colorstudio.networks.architectures.published import take_over
from colorstudio.networks.globalhints import GLOBAL_HINTS
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.networks.quantization import GRID, bin_centres

# As in the authors' release: a square grid of colours 10 a*b* apart, not only the 313 that sRGB has.
_GRID_SIDE = 23
CLASSES = _GRID_SIDE**2
_LEAK = 0.2


@dataclass(frozen=True)
class Siggraph17Config:
    """The network's size.

    Attributes
    ----------
    width
        Channels of the first block; the deep ones, and those of the global hints, have eight times as many.
        64 in the paper.
    """

    width: int = 64

    def __post_init__(self) -> None:
        if type(self.width) is not int or self.width < 1:
            raise ModelError("width is a whole number from 1")


def _up(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=1))


def _shortcut(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1))


def _every_second(x: Tensor) -> Tensor:
    return x[..., ::2, ::2]


class Siggraph17(ColorNetwork):
    """Heeds hints: places with a colour, and those on the whole photo of `networks.globalhints`."""

    stride = 8
    takes_hints = True
    takes_global_hints = True
    has_distribution = True
    normalisation: ClassVar[dict[str, float]] = {
        "luminance_mean": LUMINANCE_MEAN,
        "luminance_scale": LUMINANCE_SCALE,
        "chroma_scale": CHROMA_SCALE,
    }

    def __init__(self, config: Siggraph17Config | None = None) -> None:
        super().__init__()
        self.config = config or Siggraph17Config()
        w = self.config.width
        self.model1 = block((4, w, w))
        self.model2 = block((w, 2 * w, 2 * w))
        self.model3 = block((2 * w, 4 * w, 4 * w, 4 * w))
        self.model4 = block((4 * w, 8 * w, 8 * w, 8 * w))
        self.model5 = block((8 * w, 8 * w, 8 * w, 8 * w), dilation=2)
        self.model6 = block((8 * w, 8 * w, 8 * w, 8 * w), dilation=2)
        self.model7 = block((8 * w, 8 * w, 8 * w, 8 * w))
        self.model8up, self.model3short8 = _up(8 * w, 4 * w), _shortcut(4 * w, 4 * w)
        self.model8 = block((4 * w, 4 * w, 4 * w), joins=True)
        self.model9up, self.model2short9 = _up(4 * w, 2 * w), _shortcut(2 * w, 2 * w)
        self.model9 = block((2 * w, 2 * w), joins=True)
        self.model10up, self.model1short10 = _up(2 * w, 2 * w), _shortcut(w, 2 * w)
        self.model10 = nn.Sequential(nn.ReLU(), nn.Conv2d(2 * w, 2 * w, 3, padding=1), nn.LeakyReLU(_LEAK))
        self.model_class = nn.Sequential(nn.Conv2d(4 * w, CLASSES, 1))
        self.model_out = nn.Sequential(nn.Conv2d(2 * w, 2, 1), nn.Tanh())
        layers: list[nn.Module] = []
        for inputs in (GLOBAL_HINTS, 8 * w, 8 * w, 8 * w):
            layers += [nn.Conv2d(inputs, 8 * w, 1), nn.ReLU()]
        self.global_hints = nn.Sequential(*layers)
        self._begin_global_hints()
        self.register_buffer("_bins", classes_of_bins(), persistent=False)

    def _begin_global_hints(self) -> None:
        """Weights of chance with which histograms are heard from the start, and zeros say nothing.

        Shares of bins are small and sum to 1: with torch's own weights what comes out of four layers is a
        hundredth of the features it joins, and in a short time nothing is learnt of it.
        """
        for index, layer in enumerate(self.global_hints):
            if isinstance(layer, nn.Conv2d):
                if index == 0:
                    nn.init.normal_(layer.weight)
                else:
                    nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)  # pyright: ignore[reportArgumentType]

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """Global hints that say nothing: luminance and hints go through all of the network together."""
        return [luminance.new_zeros(len(luminance), GLOBAL_HINTS)]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        """Colours given hints; `features` are the global ones, ``(N, 316)``."""
        seen = torch.cat([(luminance - LUMINANCE_MEAN) / LUMINANCE_SCALE, hints], dim=1)
        (global_hints,) = features
        x1 = self.model1(seen)
        x2 = self.model2(_every_second(x1))  # (N, 2 width, H / 2, W / 2)
        x3 = self.model3(_every_second(x2))  # (N, 4 width, H / 4, W / 4)
        x4 = self.model4(_every_second(x3)) + self.global_hints(global_hints[:, :, None, None])
        x7 = self.model7(self.model6(self.model5(x4)))  # (N, 8 width, H / 8, W / 8)
        x8 = self.model8(self.model8up(x7) + self.model3short8(x3))
        x9 = self.model9(self.model9up(x8) + self.model2short9(x2))
        x10 = self.model10(self.model10up(x9) + self.model1short10(x1))
        return Prediction(self.model_out(x10) * CHROMA_SCALE, x8)

    def forward(self, luminance: Tensor, hints: Tensor, global_hints: Tensor | None = None) -> Prediction:
        features = self.encode(luminance) if global_hints is None else [global_hints]
        return self.decode(features, luminance, hints)

    def distribution(self, trunk: Tensor) -> Tensor:
        """Logits over the 313 bins, which are all points of the square grid: the others, which sRGB has no
        colours near, are left out.
        """
        return self.model_class(trunk)[:, self._bins]

    def load_published(self, state: Mapping[str, Tensor]) -> None:
        """Take over a state dict of the authors' PyTorch release (`siggraph17`), which is 64 wide.

        It has no network of global hints: that becomes one that says nothing, whatever it is told.

        Raises
        ------
        ModelError
            It is of another network.
        """
        local = nn.ModuleDict({name: part for name, part in self.named_children() if name != "global_hints"})
        take_over(local, state, "the siggraph17 network of Zhang et al. 2017")
        with torch.no_grad():
            for parameter in self.global_hints[-2].parameters():
                parameter.zero_()


def classes_of_bins() -> Tensor:
    """The number of each of the 313 bins among the 529 classes, by a*, then b*: ``(313,)`` int64."""
    steps = torch.from_numpy(np.rint(bin_centres() / GRID).astype(np.int64)) + _GRID_SIDE // 2
    return steps[:, 0] * _GRID_SIDE + steps[:, 1]
