"""The network of Zhang, Isola & Efros 2016, "Colorful Image Colorization" (CIC).

Colouring as classification: eight blocks of convolutions, the middle ones dilated in place of further
strides, give each cell of four pixels a distribution over 313 colours, and the colour is its annealed mean.
Modules are named and numbered as in the authors' PyTorch release, so that a state dict of it fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.published import take_over
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.networks.quantization import BINS, annealed_mean, bin_centres

LUMINANCE_MEAN, LUMINANCE_SCALE = 50.0, 100.0


@dataclass(frozen=True)
class Eccv16Config:
    """The network's size and how it decides.

    Attributes
    ----------
    width
        Channels of the first block; the deep ones have eight times as many. 64 in the paper.
    temperature
        Of the annealed mean (eq. 5): 0.38 in the paper. The authors' release has no temperature beside its
        weights: 1 colours as the release does.
    """

    width: int = 64
    temperature: float = 0.38

    def __post_init__(self) -> None:
        if type(self.width) is not int or self.width < 1:
            raise ModelError("width is a whole number from 1")
        if not 0 < self.temperature <= 1:
            raise ModelError("temperature is above 0, and at most 1")


@dataclass(frozen=True)
class BinPrediction(Prediction):
    """With the logits that the colour is the annealed mean of, ``(N, 313, H / 4, W / 4)``."""

    logits: Tensor


def block(
    widths: tuple[int, ...], *, dilation: int = 1, stride: int = 1, joins: bool = False
) -> nn.Sequential:
    """3 x 3 convolutions from width to width, each with a ReLU behind, and a norm at the end.

    Parameters
    ----------
    stride
        Of the last convolution.
    joins
        Whether it takes the sum of two paths, and so begins with a ReLU of it.
    """
    layers: list[nn.Module] = [nn.ReLU()] if joins else []
    last = len(widths) - 2
    for index, (inputs, outputs) in enumerate(pairwise(widths)):
        step = stride if index == last else 1
        layers += [nn.Conv2d(inputs, outputs, 3, step, padding=dilation, dilation=dilation), nn.ReLU()]
    return nn.Sequential(*layers, nn.BatchNorm2d(widths[-1]))


class Eccv16(ColorNetwork):
    """An automatic network: hints are not heeded."""

    stride = 8
    has_distribution = True
    normalisation: ClassVar[dict[str, float]] = {
        "luminance_mean": LUMINANCE_MEAN,
        "luminance_scale": LUMINANCE_SCALE,
        "chroma_scale": CHROMA_SCALE,
    }

    def __init__(self, config: Eccv16Config | None = None) -> None:
        super().__init__()
        self.config = config or Eccv16Config()
        w = self.config.width
        self.model1 = block((1, w, w), stride=2)
        self.model2 = block((w, 2 * w, 2 * w), stride=2)
        self.model3 = block((2 * w, 4 * w, 4 * w, 4 * w), stride=2)
        self.model4 = block((4 * w, 8 * w, 8 * w, 8 * w))
        self.model5 = block((8 * w, 8 * w, 8 * w, 8 * w), dilation=2)
        self.model6 = block((8 * w, 8 * w, 8 * w, 8 * w), dilation=2)
        self.model7 = block((8 * w, 8 * w, 8 * w, 8 * w))
        self.model8 = nn.Sequential(
            nn.ConvTranspose2d(8 * w, 4 * w, 4, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(4 * w, 4 * w, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(4 * w, 4 * w, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(4 * w, BINS, 1),
        )
        # The colours of the bins, no weights that learn; here because the release has them.
        self.model_out = nn.Conv2d(BINS, 2, 1, bias=False).requires_grad_(False)
        centres = torch.from_numpy(bin_centres().copy()) / CHROMA_SCALE
        self.model_out.weight.copy_(centres.T[:, :, None, None])

    def encode(self, luminance: Tensor) -> list[Tensor]:
        """All of it but the last layer: features at stride 4, ``(N, 4 width, H / 4, W / 4)``."""
        x = (luminance - LUMINANCE_MEAN) / LUMINANCE_SCALE
        for part in (self.model1, self.model2, self.model3, self.model4):
            x = part(x)
        for part in (self.model5, self.model6, self.model7):
            x = part(x)  # (N, 8 width, H / 8, W / 8)
        return [self.model8[:-1](x)]

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> BinPrediction:
        """The annealed mean; neither the luminance nor the hints are looked at again."""
        (trunk,) = features
        logits = self.distribution(trunk)
        with torch.no_grad():  # what is learnt is the distribution
            chroma = annealed_mean(logits, self.config.temperature)
        return BinPrediction(chroma, trunk, logits)

    def distribution(self, trunk: Tensor) -> Tensor:
        return self.model8[-1](trunk)

    def load_published(self, state: Mapping[str, Tensor]) -> None:
        """Take over a state dict of the authors' PyTorch release (`eccv16`), which is 64 wide.

        Raises
        ------
        ModelError
            It is of another network.
        """
        take_over(self, state, "the eccv16 network of Zhang et al. 2016")
