from __future__ import annotations

import torch
from torch import nn

from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.registry import find_model
from colorstudio.services.evaluation.complexity import complexity_of, multiply_adds


def _by_hooks(colorizer: Colorizer, size_px: int) -> int:
    """Products of convolutions and linear layers, counted layer by layer."""
    total = 0

    def convolution(layer: nn.Conv2d, _inputs: object, output: torch.Tensor) -> None:
        nonlocal total
        total += output.numel() * layer.weight[0].numel()

    def linear(layer: nn.Linear, _inputs: object, output: torch.Tensor) -> None:
        nonlocal total
        total += output.numel() * layer.in_features

    handles = [
        module.register_forward_hook(convolution if isinstance(module, nn.Conv2d) else linear)  # type: ignore[arg-type]
        for module in colorizer.network.modules()
        if isinstance(module, nn.Conv2d | nn.Linear)
    ]
    with torch.inference_mode():
        luminance = torch.full((1, 1, size_px, size_px), 50.0)
        hints = torch.zeros(1, 3, size_px, size_px)
        answer = colorizer.network.decode(colorizer.network.encode(luminance), luminance, hints)
        assert answer.trunk is not None
        colorizer.network.distribution(answer.trunk)
    for handle in handles:
        handle.remove()
    return total


def test_multiply_adds_are_those_of_the_layers_and_of_attention(colorizer: Colorizer) -> None:
    size = 64
    cells, width, blocks = (size // 16) ** 2, 24, 1
    attention = blocks * 2 * cells * cells * width  # queries by keys, and shares by values
    assert multiply_adds(colorizer, size) == _by_hooks(colorizer, size) + attention


def test_four_times_the_pixels_are_about_four_times_the_work(colorizer: Colorizer) -> None:
    ratio = multiply_adds(colorizer, 128) / multiply_adds(colorizer, 64)
    assert 4 <= ratio < 4.2


def test_a_model_says_what_it_costs(small_model: str) -> None:
    descriptor = find_model(small_model)
    costs = complexity_of(descriptor, Colorizer.load(descriptor, "cpu"), 64)
    assert costs["parameters"] == descriptor.parameters
    assert costs["weights_bytes"] == descriptor.weights_path.stat().st_size
    assert costs["multiply_adds"] > 0
