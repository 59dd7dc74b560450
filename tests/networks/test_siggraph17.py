"""The yardstick: its size, its published layout, and what it sees."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from colorstudio.networks.architectures.siggraph17 import Siggraph17


@pytest.fixture(scope="module")
def network() -> Siggraph17:
    torch.manual_seed(0)
    return Siggraph17().eval().requires_grad_(False)


def test_it_has_the_published_number_of_parameters(network: Siggraph17) -> None:
    assert sum(parameter.numel() for parameter in network.parameters()) / 1e6 == pytest.approx(34.1, abs=0.1)


def test_a_published_state_dict_fits(network: Siggraph17) -> None:
    """By block: numbers of the convolutions in it, their input and output channels, number of the norm."""
    plain, joined = (0, 2), (1, 3)
    layout = {
        "model1": (plain, (4, 64, 64), 4),
        "model2": (plain, (64, 128, 128), 4),
        "model3": ((0, 2, 4), (128, 256, 256, 256), 6),
        "model4": ((0, 2, 4), (256, 512, 512, 512), 6),
        "model5": ((0, 2, 4), (512, 512, 512, 512), 6),
        "model6": ((0, 2, 4), (512, 512, 512, 512), 6),
        "model7": ((0, 2, 4), (512, 512, 512, 512), 6),
        "model8": (joined, (256, 256, 256), 5),
        "model9": (joined[:1], (128, 128), 3),
        "model10": (joined[:1], (128, 128), None),
        "model3short8": ((0,), (256, 256), None),
        "model2short9": ((0,), (128, 128), None),
        "model1short10": ((0,), (64, 128), None),
    }
    shapes: dict[str, tuple[int, ...]] = {
        "model8up.0.weight": (512, 256, 4, 4),
        "model8up.0.bias": (256,),
        "model9up.0.weight": (256, 128, 4, 4),
        "model9up.0.bias": (128,),
        "model10up.0.weight": (128, 128, 4, 4),
        "model10up.0.bias": (128,),
        "model_class.0.weight": (529, 256, 1, 1),
        "model_class.0.bias": (529,),
        "model_out.0.weight": (2, 128, 1, 1),
        "model_out.0.bias": (2,),
    }
    for block, (numbers, widths, norm) in layout.items():
        for number, inputs, outputs in zip(numbers, widths, widths[1:], strict=False):
            shapes[f"{block}.{number}.weight"] = (outputs, inputs, 3, 3)
            shapes[f"{block}.{number}.bias"] = (outputs,)
        if norm is not None:
            for part in ("weight", "bias", "running_mean", "running_var"):
                shapes[f"{block}.{norm}.{part}"] = (widths[-1],)
            shapes[f"{block}.{norm}.num_batches_tracked"] = ()
    assert {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()} == shapes
    dilated = [
        name for name, m in network.named_modules() if isinstance(m, nn.Conv2d) and m.dilation == (2, 2)
    ]
    assert dilated == [f"model{block}.{number}" for block in (5, 6) for number in (0, 2, 4)]


def test_colours_are_full_size_and_the_distribution_a_quarter(network: Siggraph17) -> None:
    luminance, hints = torch.rand(1, 1, 32, 48) * 100, torch.zeros(1, 3, 32, 48)
    plain = network(luminance, hints)
    assert plain.chroma_lab.shape == (1, 2, 32, 48)
    assert plain.logits.shape == (1, 529, 8, 12)
    assert float(plain.chroma_lab.abs().max()) <= 110
    hints[0, :, 4:8, 4:8] = torch.tensor([0.5, -0.5, 1.0])[:, None, None]
    hinted = network(luminance, hints)
    assert not torch.equal(hinted.chroma_lab, plain.chroma_lab)
    assert not torch.equal(hinted.logits, plain.logits)


def test_fine_detail_reaches_the_output_by_the_shortcuts(network: Siggraph17) -> None:
    """Every other step of the way down drops pixels: only the first block's shortcut sees them all."""
    luminance, hints = torch.full((1, 1, 32, 32), 50.0), torch.zeros(1, 3, 32, 32)
    dotted = luminance.clone()
    dotted[0, 0, 13, 13] = 90
    change = (network(dotted, hints).chroma_lab - network(luminance, hints).chroma_lab)[0].abs().amax(0)
    assert int(change.argmax()) // 32 in range(11, 16)
    assert int(change.argmax()) % 32 in range(11, 16)
