"""Networks as after some learning, and whether all of one learns."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def assert_all_learn(network: nn.Module, loss: Tensor) -> None:
    """The gradient of a loss reaches each parameter that is to learn."""
    network.zero_grad()
    loss.backward()
    learning = {name: p for name, p in network.named_parameters() if p.requires_grad}
    assert learning
    unreached = [name for name, p in learning.items() if p.grad is None or not torch.any(p.grad != 0)]
    assert not unreached


def settle_norms(network: nn.Module, luminance: Tensor) -> None:
    """Let norms take their statistics from some photos, and be as they are when a network is used."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 1.0
    n, _, rows, cols = luminance.shape
    with torch.no_grad():
        network.train()(luminance, torch.zeros(n, 3, rows, cols))
    network.eval().requires_grad_(False)
