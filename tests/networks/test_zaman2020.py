"""VGG-16 on the way down, residual connections on the way up."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.zaman2020 import Zaman2020, Zaman2020Config
from colorstudio.networks.colorizer import Colorizer
from tests.networks.learning import assert_all_learn

SMALL = Zaman2020Config(widths=(4, 4, 6, 6, 8))
# torchvision's `vgg16`: numbers of the convolutions in `features`, and their channels.
LAYOUT = {
    0: (3, 64), 2: (64, 64), 5: (64, 128), 7: (128, 128), 10: (128, 256), 12: (256, 256), 14: (256, 256),
    17: (256, 512), 19: (512, 512), 21: (512, 512), 24: (512, 512), 26: (512, 512), 28: (512, 512),
}  # fmt: skip


def published_vgg16() -> dict[str, Tensor]:
    """Of random values, in the layout of torchvision; of its classifier one layer."""
    generator = torch.Generator().manual_seed(0)
    state: dict[str, Tensor] = {"classifier.6.bias": torch.zeros(1000)}
    for number, (inputs, outputs) in LAYOUT.items():
        state[f"features.{number}.weight"] = torch.rand(outputs, inputs, 3, 3, generator=generator)
        state[f"features.{number}.bias"] = torch.rand(outputs, generator=generator)
    return state


@pytest.fixture(scope="module")
def network() -> Zaman2020:
    torch.manual_seed(0)
    made = Zaman2020(SMALL).eval().requires_grad_(False)
    nn.init.normal_(made.chroma.weight, std=0.03)
    return made


def test_the_encoder_is_the_convolutional_part_of_vgg16() -> None:
    network, state = Zaman2020(), published_vgg16()
    network.load_published(state)
    own = {f"features.{key}": value for key, value in network.features.state_dict().items()}
    assert own.keys() == {key for key in state if key.startswith("features")}
    assert all(torch.equal(value, state[key]) for key, value in own.items())
    layers = [layer for layer in network.features if not isinstance(layer, nn.ReLU)]
    assert len(layers) == 18


def test_weights_of_another_network_are_refused(network: Zaman2020) -> None:
    first = network.features[0]
    assert isinstance(first, nn.Conv2d)
    before = first.weight.clone()
    with pytest.raises(ModelError, match=r"VGG-16.*0.weight is 64 x 3 x 3 x 3 instead of 4 x 3 x 3 x 3"):
        network.load_published(published_vgg16())
    with pytest.raises(ModelError, match=r"0.weight is missing"):
        network.load_published({"conv1.weight": torch.zeros(1)})
    assert torch.equal(first.weight, before)


@pytest.mark.parametrize("size", [(32, 32), (64, 96), (32, 160)])
def test_colours_are_at_full_size_and_within_128(network: Zaman2020, size: tuple[int, int]) -> None:
    said = network(torch.rand(2, 1, *size) * 100, torch.zeros(2, 3, *size))
    assert said.chroma_lab.shape == (2, 2, *size)
    assert said.trunk is None
    assert 1 < float(said.chroma_lab.abs().max()) <= 128


def test_a_photo_of_any_size_is_coloured(network: Zaman2020) -> None:
    colorizer = Colorizer("vgg", network, "cpu", 40)
    prepared = colorizer.prepare(torch.rand(45, 101).numpy() * 100)
    assert colorizer.predict(prepared).chroma_lab.shape == (*prepared.working_shape, 2)


@pytest.mark.parametrize("level", range(5))
def test_what_the_encoder_has_is_merged_at_each_size(level: int) -> None:
    """The gradient of the answer by what comes before a pooling arrives also past the pooling."""
    torch.manual_seed(0)
    network = Zaman2020(SMALL)
    nn.init.normal_(network.chroma.weight, std=0.3)
    pools = [layer for layer in network.features if isinstance(layer, nn.MaxPool2d)]
    pools[level].register_forward_hook(lambda _module, _seen, out: out.detach())
    said = network(torch.rand(1, 1, 64, 64) * 100, torch.zeros(1, 3, 64, 64))
    said.chroma_lab.square().sum().backward()
    blocks = list(LAYOUT)
    last_of_block = blocks[(1, 3, 6, 9, 12)[level]]
    assert float(network.features[last_of_block].weight.grad.abs().max()) > 0  # type: ignore[union-attr]


def test_the_first_answer_is_gray_and_every_weight_learns() -> None:
    torch.manual_seed(0)
    network = Zaman2020(SMALL)
    said = network(torch.rand(4, 1, 64, 64) * 100, torch.zeros(4, 3, 64, 64))
    assert float(said.chroma_lab.detach().abs().mean()) < 2
    assert_all_learn(network, (said.chroma_lab * torch.randn(said.chroma_lab.shape)).sum())


@pytest.mark.parametrize("widths", [(4, 4), (4, 4, 4, 4, 0)])
def test_settings_that_make_no_network_are_refused(widths: tuple[int, ...]) -> None:
    with pytest.raises(ModelError):
        Zaman2020Config(widths)
