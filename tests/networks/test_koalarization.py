"""An encoder, a vector of what the photo shows, their fusion, and a decoder."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.koalarization import Koalarization, KoalarizationConfig
from colorstudio.networks.colorizer import Colorizer
from tests.networks.learning import assert_all_learn
from tests.published import published_encoder

SMALL = KoalarizationConfig(width=4, encoded=6, stages=3)


@pytest.fixture(scope="module")
def network() -> Koalarization:
    torch.manual_seed(0)
    made = Koalarization(SMALL).eval().requires_grad_(False)
    nn.init.normal_(made.chroma.weight, std=0.3)
    return made


def test_the_layers_are_those_of_the_paper() -> None:
    """Table 1, by output channels; the encoder's last is 256 there and 512 in the text."""
    network = Koalarization()

    def outputs(part: nn.Module) -> list[int]:
        return [m.out_channels for m in part.modules() if isinstance(m, nn.Conv2d)]

    assert outputs(network.encoder) == [64, 128, 128, 256, 256, 512, 512, 512]
    strides = [m.stride[0] for m in network.encoder.modules() if isinstance(m, nn.Conv2d)]
    assert strides == [2, 1, 2, 1, 2, 1, 1, 1]
    assert outputs(network.fusion) == [256]
    assert network.fusion[0].weight.shape == (256, 512 + 88, 1, 1)  # type: ignore[union-attr]
    assert [*outputs(network.decoder), *outputs(network.chroma)] == [128, 64, 64, 32, 2]
    assert KoalarizationConfig(encoded=256).width == 64


@pytest.mark.parametrize("size", [(16, 16), (48, 80)])
def test_colours_are_at_half_the_size_and_within_128(network: Koalarization, size: tuple[int, int]) -> None:
    said = network(torch.rand(2, 1, *size) * 100, torch.zeros(2, 3, *size))
    assert said.chroma_lab.shape == (2, 2, size[0] // 2, size[1] // 2)
    assert said.trunk is None
    assert 1 < float(said.chroma_lab.abs().max()) <= 128


def test_a_photo_of_any_size_is_coloured(network: Koalarization) -> None:
    colorizer = Colorizer("koala", network, "cpu", 40)
    prepared = colorizer.prepare(torch.rand(45, 101).numpy() * 100)
    shape = tuple(side // 2 for side in prepared.working_shape)
    assert colorizer.predict(prepared).chroma_lab.shape == (*shape, 2)


def test_the_vector_of_the_whole_photo_is_heard_everywhere(network: Koalarization) -> None:
    """Farther away than the encoder sees, and by the same amount wherever the photo is the same."""
    luminance = torch.full((1, 1, 32, 480), 50.0)
    other = luminance.clone()
    other[..., 352:] = torch.rand(32, 128, generator=torch.Generator().manual_seed(1)) * 100
    none = torch.zeros(1, 3, 32, 480)
    change = (network(other, none).chroma_lab - network(luminance, none).chroma_lab)[..., :100]
    assert float(change.abs().max()) > 1e-4
    assert torch.allclose(change[..., 8, 40:44], change[..., 8, 60:64], atol=1e-4)


def test_all_learns_but_the_classifier() -> None:
    torch.manual_seed(0)
    network = Koalarization(SMALL)
    network.train()
    frozen = {key: value.clone() for key, value in network.classifier.state_dict().items()}
    said = network(torch.rand(4, 1, 32, 32) * 100, torch.zeros(4, 3, 32, 32))
    assert_all_learn(network, (said.chroma_lab * torch.randn(said.chroma_lab.shape)).sum())
    assert not any(p.requires_grad for p in network.classifier.parameters())
    assert all(torch.equal(value, frozen[key]) for key, value in network.classifier.state_dict().items())


def test_the_classifier_takes_the_published_weights() -> None:
    network, state = Koalarization(SMALL), published_encoder()
    network.start_from(state)
    own = network.classifier.state_dict()
    assert torch.equal(own["stages.2.0.project.0.weight"], state["_blocks.4._project_conv.weight"])
    with pytest.raises(KeyError):
        network.start_from({})


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"width": 1}, "width"),
        ({"encoded": 0}, "encoded"),
        ({"classifier": "inception-resnet-v2"}, "efficientnet-lite2 is needed"),
        ({"stages": 0}, "stages"),
        ({"stages": 5}, "stages"),
    ],
)
def test_settings_that_make_no_network_are_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        KoalarizationConfig(**settings)  # type: ignore[arg-type]
