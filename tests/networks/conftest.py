"""A network with small widths and random weights: quick, and as good as any for what is tested."""

from __future__ import annotations

import pytest
import torch

from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.networks.colorizer import Colorizer

SMALL = HintedConfig(widths=(24, 16, 16, 8), attention_blocks=1, heads=2)


def random_network(seed: int = 0) -> HintedColorizer:
    """Weights and statistics of norms as they are after some training: nothing is zero or one by design."""
    torch.manual_seed(seed)
    network = HintedColorizer(SMALL)
    generator = torch.Generator().manual_seed(seed)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            for tensor, low, high in (
                (module.weight, 0.8, 1.3),
                (module.bias, -0.1, 0.1),
                (module.running_mean, -0.1, 0.1),
                (module.running_var, 0.7, 1.4),
            ):
                assert tensor is not None
                tensor.data.uniform_(low, high, generator=generator)
    return network.eval().requires_grad_(False)


@pytest.fixture(scope="session")
def network() -> HintedColorizer:
    return random_network()


@pytest.fixture(scope="session")
def colorizer(network: HintedColorizer) -> Colorizer:
    return Colorizer("small", network, "cpu", 96)
