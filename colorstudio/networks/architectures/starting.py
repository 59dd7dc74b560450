"""Weights to start from for networks without norms."""

from __future__ import annotations

from torch import nn

_ALMOST_NOTHING = 1e-3


def draw_weights(network: nn.Module, last: nn.Conv2d) -> None:
    """He et al. 2015 for all convolutions that learn: there is no norm to forgive those that torch draws.

    The last one starts close to nothing: the first answer is gray, where the slope of a tanh is steepest.
    """
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and module.weight.requires_grad:
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    nn.init.normal_(last.weight, std=_ALMOST_NOTHING)
