"""Fusion of what a photo is as a whole with what is at each place of it."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.iizuka2016 import Iizuka2016, Iizuka2016Config
from tests.networks.learning import assert_all_learn, settle_norms

SMALL = Iizuka2016Config(width=4, global_width=8, global_size_px=32, classes=5)


@pytest.fixture(scope="module")
def small() -> Iizuka2016:
    torch.manual_seed(0)
    network = Iizuka2016(SMALL)
    settle_norms(network, torch.rand(8, 1, 32, 32) * 100)
    return network


def test_the_layers_are_those_of_the_paper() -> None:
    """Table 1, by output channels: convolutions, fully connected layers of 1024, 512 and 256, and outputs."""
    with torch.device("meta"):
        network = Iizuka2016()

    def outputs(part: nn.Module) -> list[int]:
        return [m.out_channels for m in part.modules() if isinstance(m, nn.Conv2d)]

    assert outputs(network.low_level) == [64, 128, 128, 256, 256, 512]
    assert outputs(network.global_level) == [512, 512, 512, 512, 1024, 512]
    assert outputs(network.global_vector) == [256]
    assert outputs(network.classifier) == [256, 205]
    assert outputs(network.mid_level) == [512, 256]
    assert outputs(network.fusion) == [256]
    assert outputs(network.colour) == [128, 64, 64, 32, 2]
    assert not [m for m in network.modules() if isinstance(m, nn.MaxPool2d | nn.AvgPool2d)]
    assert sum(m.stride == (2, 2) for m in network.low_level.modules() if isinstance(m, nn.Conv2d)) == 3


@pytest.mark.parametrize("size", [(32, 32), (40, 72), (104, 16)])
def test_colours_are_at_half_the_size_whatever_that_is(small: Iizuka2016, size: tuple[int, int]) -> None:
    rows, cols = size
    said = small(torch.rand(2, 1, rows, cols) * 100, torch.zeros(2, 3, rows, cols))
    assert said.chroma_lab.shape == (2, 2, rows // 2, cols // 2)
    assert float(said.chroma_lab.abs().max()) <= 110
    assert said.labels.shape == (2, 5)
    assert said.trunk is None


def test_what_is_far_away_has_a_say_by_the_whole_photo(small: Iizuka2016) -> None:
    """Farther away than the convolutions see."""
    luminance = torch.full((1, 1, 32, 400), 50.0)
    other = luminance.clone()
    other[..., 300:] = torch.rand(32, 100, generator=torch.Generator().manual_seed(1)) * 100
    none = torch.zeros(1, 3, 32, 400)
    change = (small(other, none).chroma_lab - small(luminance, none).chroma_lab).abs()[..., :50]
    assert float(change.max()) > 1e-3


def test_the_same_low_level_features_serve_both_ways(small: Iizuka2016) -> None:
    """At the size of the whole photo they are made once, at any other twice, by the same weights."""
    calls: list[tuple[int, ...]] = []
    handle = small.low_level.register_forward_pre_hook(
        lambda _, seen: calls.append(tuple(seen[0].shape[-2:]))
    )
    try:
        small.encode(torch.rand(1, 1, 32, 32))
        small.encode(torch.rand(1, 1, 48, 64))
    finally:
        handle.remove()
    assert calls == [(32, 32), (48, 64), (32, 32)]


def test_every_weight_learns() -> None:
    torch.manual_seed(0)
    network = Iizuka2016(SMALL)
    said = network(torch.rand(8, 1, 32, 32) * 100, torch.zeros(8, 3, 32, 32))
    probe = torch.randn(said.chroma_lab.shape)
    assert_all_learn(network, (said.chroma_lab * probe).sum() + said.labels[:, 0].square().sum())


@pytest.mark.parametrize(
    "config", [{"width": 0}, {"width": 5}, {"global_width": 7}, {"global_size_px": 100}, {"classes": 0}]
)
def test_settings_that_make_no_sense_are_refused(config: dict[str, int]) -> None:
    with pytest.raises(ModelError):
        Iizuka2016Config(**config)
