"""Two branches on one trunk, and the weights that others have published for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.chromagan import ChromaGan, ChromaGanConfig
from tests.networks.learning import assert_all_learn, settle_norms

SMALL = ChromaGanConfig(
    trunk_widths=(4, 4, 6, 8),
    trunk_norms=True,
    global_width=6,
    class_widths=(),
    vector_widths=(8, 4),
    middle_width=8,
    colour_widths=(8, 6, 6, 4, 4),
)


@pytest.fixture(scope="module")
def small() -> ChromaGan:
    torch.manual_seed(0)
    network = ChromaGan(SMALL)
    nn.init.normal_(network.chroma.weight, std=0.3)
    settle_norms(network, torch.rand(4, 1, 64, 64) * 100)
    return network


def test_the_layers_are_those_of_the_release() -> None:
    full = ChromaGanConfig()
    eighth: dict[str, Any] = {
        key: tuple(w // 8 for w in value) for key, value in vars(full).items() if isinstance(value, tuple)
    }
    network = ChromaGan(ChromaGanConfig(**eighth, global_width=64, middle_width=64))

    def outputs(part: nn.Module) -> list[int]:
        return [8 * m.out_channels for m in part.modules() if isinstance(m, nn.Conv2d)]

    assert (full.global_width, full.middle_width) == (512, 512)
    assert outputs(network.features) == [64, 64, 128, 128, 256, 256, 256, 512, 512, 512]
    assert outputs(network.overview) == [512, 512, 512, 512]
    assert [8 * m.out_features for m in network.classes if isinstance(m, nn.Linear)] == [4096, 4096, 8000]
    assert [8 * m.out_features for m in network.vector if isinstance(m, nn.Linear)] == [1024, 512, 256]
    assert outputs(network.middle) == [512, 256]
    assert outputs(network.colour8) + outputs(network.colour4) + outputs(network.colour2) == [
        256, 128, 64, 64, 32,
    ]  # fmt: skip


@pytest.mark.parametrize("size", [(32, 32), (64, 96), (160, 32)])
def test_colours_are_at_half_the_size_whatever_that_is(small: ChromaGan, size: tuple[int, int]) -> None:
    luminance, none = torch.rand(2, 1, *size) * 100, torch.zeros(2, 3, *size)
    said = small(luminance, none)
    assert said.chroma_lab.shape == (2, 2, size[0] // 2, size[1] // 2)
    assert said.class_logits.shape == (2, 1000)
    assert said.trunk is None
    asked = small.decode(small.encode(luminance), luminance, none)
    assert torch.equal(asked.chroma_lab, said.chroma_lab)


def test_what_is_far_away_has_a_say_by_the_whole_photo(small: ChromaGan) -> None:
    """Farther away than the convolutions see."""
    luminance = torch.full((1, 1, 32, 512), 50.0)
    other = luminance.clone()
    other[..., 400:] = torch.rand(32, 112, generator=torch.Generator().manual_seed(1)) * 100
    none = torch.zeros(1, 3, 32, 512)
    change = (small(other, none).chroma_lab - small(luminance, none).chroma_lab).abs()[..., :50]
    assert float(change.max()) > 1e-3


@pytest.mark.parametrize("norms", [False, True], ids=["vgg16", "vgg16_bn"])
def test_published_weights_of_vgg16_are_taken_over(norms: bool) -> None:
    """In torchvision's numbering, by hand."""
    convolutions = (0, 3, 7, 10, 14, 17, 20, 24, 27, 30) if norms else (0, 2, 5, 7, 10, 12, 14, 17, 19, 21)
    widths = (4, 4, 4, 4, 6, 6, 6, 8, 8, 8)
    state: dict[str, torch.Tensor] = {}
    before = 3
    for index, width in zip((*convolutions, convolutions[-1] + 3 + norms), (*widths, 8), strict=True):
        state[f"features.{index}.weight"] = torch.rand(width, before, 3, 3)
        state[f"features.{index}.bias"] = torch.rand(width)
        if norms:
            for part in ("weight", "bias", "running_mean", "running_var"):
                state[f"features.{index + 1}.{part}"] = torch.rand(width) + 0.5
            state[f"features.{index + 1}.num_batches_tracked"] = torch.tensor(7)
        before = width
    state["classifier.0.weight"] = torch.rand(4, 8)
    network = ChromaGan(replace(SMALL, trunk_norms=norms))
    network.load_published(state)
    own = network.state_dict()
    assert torch.equal(
        own[f"features.{convolutions[-1]}.weight"], state[f"features.{convolutions[-1]}.weight"]
    )
    assert torch.equal(own["features.0.bias"], state["features.0.bias"])
    del state[f"features.{convolutions[4]}.weight"]
    with pytest.raises(ModelError, match="VGG-16"):
        network.load_published(state)


def test_gray_is_given_as_published_trunks_know_it(small: ChromaGan) -> None:
    """Three equal channels, each less its mean over its deviation."""
    seen: list[Any] = []
    handle = small.features.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    try:
        small.encode(torch.full((1, 1, 32, 32), 50.0))
    finally:
        handle.remove()
    expected = [(0.5 - 0.485) / 0.229, (0.5 - 0.456) / 0.224, (0.5 - 0.406) / 0.225]
    assert seen[0][0, :, 3, 4].tolist() == pytest.approx(expected)


def test_every_weight_learns() -> None:
    torch.manual_seed(0)
    network = ChromaGan(SMALL)
    nn.init.normal_(network.chroma.weight, std=0.3)
    said = network(torch.rand(8, 1, 64, 64) * 100, torch.zeros(8, 3, 64, 64))
    probe = torch.randn(said.chroma_lab.shape)
    assert_all_learn(network, (said.chroma_lab * probe).sum() + said.class_logits.square().sum())


@pytest.mark.parametrize(
    "config",
    [
        {"trunk_widths": (4, 4, 4)},
        {"colour_widths": (4, 4, 4, 4)},
        {"vector_widths": ()},
        {"global_width": 0},
        {"middle_width": 1},
        {"class_widths": (5000,)},
    ],
)
def test_settings_that_make_no_sense_are_refused(config: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        ChromaGanConfig(**config)
