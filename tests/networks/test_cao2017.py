"""The photo at every layer, noise at the first of them, and colours that keep the photo's luminance."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.cao2017 import Cao2017, Cao2017Config, gray_of, lab_of, uv_of
from colorstudio.networks.network import Prediction
from colorstudio.networks.torchcolor import lab_to_srgb, srgb_to_lab
from tests.networks.learning import assert_all_learn, settle_norms

SMALL = Cao2017Config(widths=(6, 6, 4), noise_size=5, noise_layers=2, noise_cells=3, kernel=3)


@pytest.fixture(scope="module")
def small() -> Cao2017:
    torch.manual_seed(0)
    network = Cao2017(SMALL)
    nn.init.normal_(network.chroma.weight, std=0.3)
    settle_norms(network, torch.rand(4, 1, 24, 24) * 100)
    return network


def _varied(network: Cao2017, luminance: Tensor, count: int, seed: int) -> list[Prediction]:
    generator = torch.Generator().manual_seed(seed)
    return network.variations(network.encode(luminance), luminance, count, generator)


def test_the_layers_are_those_of_the_release() -> None:
    network = Cao2017()
    convolutions = [m for m in network.modules() if isinstance(m, nn.Conv2d)]
    assert [m.out_channels for m in convolutions] == [128, 64, 64, 64, 32, 2]
    assert [m.kernel_size for m in convolutions] == [(7, 7), *[(5, 5)] * 5]
    assert {m.stride for m in convolutions} == {(1, 1)}
    # The layer before, the photo, and noise as long as it lasts.
    assert [m.in_channels for m in convolutions] == [2, 130, 66, 65, 65, 33]


@pytest.mark.parametrize("size", [(20, 28), (32, 32), (8, 100)])
def test_colours_are_as_fine_as_the_photo(small: Cao2017, size: tuple[int, int]) -> None:
    said = small(torch.rand(2, 1, *size) * 100, torch.zeros(2, 3, *size))
    assert said.chroma_lab.shape == said.chroma_uv.shape == (2, 2, *size)
    assert said.trunk is None
    assert float(said.chroma_lab.abs().max()) > 1


def test_colours_go_to_the_generators_and_back() -> None:
    rgb = torch.rand(2, 3, 16, 20, generator=torch.Generator().manual_seed(1))
    lab = srgb_to_lab(rgb)
    uv = uv_of(lab[:, :1], lab[:, 1:])
    back = lab_of(gray_of(lab[:, :1]), uv)
    assert float((back - lab[:, 1:]).abs().max()) < 0.02
    # Blue and red less gray, by hand: sRGB (1, 0, 0) has L* 53.24, of which the gray is 0.5 (127.3 of 255).
    red = srgb_to_lab(torch.tensor([1.0, 0, 0]).view(1, 3, 1, 1))
    assert gray_of(red[:, :1]).item() == pytest.approx(0.499, abs=0.002)
    assert uv_of(red[:, :1], red[:, 1:]).flatten().tolist() == pytest.approx([-0.499, 0.501], abs=0.002)


def test_what_sRGB_does_not_have_is_as_near_as_it_comes() -> None:
    gray = torch.full((1, 1, 1, 1), 0.9)
    lab = lab_of(gray, torch.tensor([[0.9], [0.9]]).view(1, 2, 1, 1))
    rgb = lab_to_srgb(torch.cat([torch.full((1, 1, 1, 1), 91.0), lab], dim=1))
    assert torch.isfinite(lab).all()
    assert 0.95 < float(rgb[0, 0]) == pytest.approx(float(rgb[0, 2]), abs=1e-4)


def test_another_noise_is_another_colouring_and_a_seed_gives_it_again(small: Cao2017) -> None:
    luminance = torch.rand(1, 1, 24, 32, generator=torch.Generator().manual_seed(2)) * 100
    four = _varied(small, luminance, 4, seed=3)
    for one, other in pairwise(four):
        assert float((one.chroma_lab - other.chroma_lab).norm(dim=1).mean()) > 0.5
    again = _varied(small, luminance, 2, seed=3)
    assert torch.equal(again[1].chroma_lab, four[1].chroma_lab)
    assert not torch.equal(_varied(small, luminance, 1, seed=4)[0].chroma_lab, four[0].chroma_lab)


def test_without_noise_there_is_one_colouring(small: Cao2017) -> None:
    luminance = torch.rand(1, 1, 24, 24) * 100
    none = small.coloured(small.encode(luminance), torch.zeros(1, SMALL.noise_size))
    hints = torch.rand(1, 3, 24, 24)
    assert torch.equal(small(luminance, hints).chroma_lab, none.chroma_lab)


def test_every_layer_sees_the_photo(small: Cao2017) -> None:
    """With all that the layers before have to say taken away, the photo still tells."""
    luminance = torch.rand(1, 1, 16, 16, generator=torch.Generator().manual_seed(4)) * 100
    seen: list[Any] = []
    handles = [
        conv.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
        for conv in small.modules()
        if isinstance(conv, nn.Conv2d)
    ]
    try:
        small(luminance, torch.zeros(1, 3, 16, 16))
    finally:
        for handle in handles:
            handle.remove()
    gray = 2 * gray_of(luminance) - 1
    assert len(seen) == 4
    assert all((inputs - gray).abs().amax((0, 2, 3)).min() < 1e-5 for inputs in seen)


def test_every_weight_learns() -> None:
    torch.manual_seed(0)
    network = Cao2017(SMALL)
    luminance = torch.rand(4, 1, 16, 16) * 100
    said = network.coloured(network.encode(luminance), torch.rand(4, SMALL.noise_size))
    assert_all_learn(network, (said.chroma_uv * torch.randn(said.chroma_uv.shape)).sum())


@pytest.mark.parametrize(
    "config",
    [
        {"widths": ()},
        {"widths": (0,)},
        {"kernel": 4},
        {"first_kernel": 0},
        {"noise_layers": 6},
        {"noise_size": 0},
        {"noise_cells": 5000},
    ],
)
def test_settings_that_make_no_sense_are_refused(config: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        Cao2017Config(**config)
