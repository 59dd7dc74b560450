"""How unlike two pictures are to the encoder of our own network: a perceptual distance, but not LPIPS.

Zhang, Isola, Efros, Shechtman & Wang 2018 compare pictures by the features of a network that has learnt to
see, each cell's channels at unit length. Their weights, fitted to the judgement of people, need a network
that is not at hand. Here it is EfficientNet-Lite2 as trained on ImageNet and refined with the network that
ships, and nothing is fitted to anybody's judgement. It sees luminance alone; so it is shown the red, the
green and the blue plane, each as a gray picture of its own, in which a wrong colour is a wrong tone.
`docs/lineage.md` says what it does and does not order as one would.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.loader import load_network
from colorstudio.networks.registry import list_models


class EncoderDistance:
    """Compares pictures with one true picture after the other, whose features it keeps.

    Parameters
    ----------
    network
        Whose encoder looks at them, on the CPU.
    name
        What the model is called.
    """

    def __init__(self, network: HintedColorizer, name: str) -> None:
        self.name = name
        self._network = network
        self._truth: tuple[NDArray[np.uint8], list[Tensor]] | None = None

    @classmethod
    def of_default_model(cls) -> EncoderDistance | None:
        """By the first model that has such an encoder; None where none has. Raises `ModelError`."""
        for model in list_models():
            if model.architecture == "hinted":
                network = load_network(model)
                assert isinstance(network, HintedColorizer)
                return cls(network, model.name)
        return None

    def __call__(self, rgb8: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
        """The distance of a picture from the true one, both ``(H, W, 3)``.

        0 if they are the same; 2 if all features were orthogonal. The mean over cells, over the strides 4, 8
        and 16, and over the planes, of the squared difference of features of unit length.
        """
        if self._truth is None or self._truth[0] is not truth:
            self._truth = truth, self._features(truth)
        pairs = zip(self._features(rgb8), self._truth[1], strict=True)
        return float(np.mean([float((ours - true).square().sum(dim=1).mean()) for ours, true in pairs]))

    @torch.inference_mode()
    def _features(self, rgb8: NDArray[np.uint8]) -> list[Tensor]:
        planes: NDArray[np.floating[Any]] = np.moveaxis(rgb8, -1, 0)[:, None].astype(np.float32) / 2.55
        height, width = rgb8.shape[:2]
        stride = self._network.stride
        padding = (0, -width % stride, 0, -height % stride)
        padded = F.pad(torch.from_numpy(planes), padding, mode="replicate")  # (3, 1, H, W)
        levels = self._network.encode(padded)[:3]
        return [F.normalize(level.float(), dim=1) for level in levels]  # (3, C, H / s, W / s)
