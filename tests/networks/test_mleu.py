"""The U-Net that embeds what an ImageNet network knows at every level."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.eccv16 import BinPrediction
from colorstudio.networks.architectures.efficientnet_lite import EfficientNetLite2Encoder
from colorstudio.networks.architectures.mleu import Mleu, MleuConfig
from colorstudio.networks.architectures.unet import Head
from colorstudio.networks.colorizer import Colorizer
from tests.networks.learning import assert_all_learn, settle_norms
from tests.published import published_encoder


def _config(head: Head = "classes") -> MleuConfig:
    return MleuConfig(widths=(4, 6, 8, 10), embedded=(3, 4, 5, 6), head=head)


@pytest.fixture(scope="module")
def network() -> Mleu:
    torch.manual_seed(0)
    made = Mleu(_config())
    settle_norms(made, torch.rand(8, 1, 32, 32) * 100)
    return made


@pytest.mark.parametrize("size", [(16, 16), (48, 80)])
def test_classes_are_at_a_quarter_of_the_size(network: Mleu, size: tuple[int, int]) -> None:
    said = network(torch.rand(2, 1, *size) * 100, torch.zeros(2, 3, *size))
    assert isinstance(said, BinPrediction)
    assert said.chroma_lab.shape == (2, 2, size[0] // 4, size[1] // 4)
    assert said.logits.shape == (2, 313, size[0] // 4, size[1] // 4)


def test_a_photo_of_any_size_is_coloured(network: Mleu) -> None:
    colorizer = Colorizer("mleu", network, "cpu", 32)
    prepared = colorizer.prepare(torch.rand(45, 101).numpy() * 100)
    shape = tuple(side // 2 for side in prepared.working_shape)
    assert colorizer.predict(prepared).chroma_lab.shape == (*shape, 2)


@pytest.mark.parametrize("level", range(4))
def test_each_level_sees_the_pretrained_features(network: Mleu, level: int) -> None:
    luminance, none = torch.rand(1, 1, 32, 32) * 100, torch.zeros(1, 3, 32, 32)
    before = network(luminance, none).chroma_lab

    def put_out(_module: object, _seen: object, features: list[Tensor]) -> list[Tensor]:
        return [torch.zeros_like(f) if index == level else f for index, f in enumerate(features)]

    hook = network.pretrained.register_forward_hook(put_out)
    after = network(luminance, none).chroma_lab
    hook.remove()
    assert float((after - before).abs().max()) > 1e-4


@pytest.mark.parametrize("head", ["regression", "classes"])
def test_all_learns_but_the_pretrained_stages(head: Head) -> None:
    torch.manual_seed(0)
    network = Mleu(_config(head))
    network.train()
    frozen = {key: value.clone() for key, value in network.pretrained.state_dict().items()}
    said = network(torch.rand(4, 1, 32, 32) * 100, torch.zeros(4, 3, 32, 32))
    answer = said.logits if isinstance(said, BinPrediction) else said.chroma_lab
    assert_all_learn(network, (answer * torch.randn(answer.shape)).sum())
    assert not any(p.requires_grad or p.grad is not None for p in network.pretrained.parameters())
    for key, value in network.pretrained.state_dict().items():
        assert torch.equal(value, frozen[key]), key  # nor do the statistics of its norms change


def test_the_pretrained_stages_are_the_first_of_the_published_encoder() -> None:
    network, whole = Mleu(_config()), EfficientNetLite2Encoder()
    network.start_from(published_encoder())
    whole.load_published(published_encoder())
    full = whole.state_dict()
    own = network.pretrained.state_dict()
    assert {key.split(".")[1] for key in own if key.startswith("stages")} == {"0", "1", "2", "3"}
    assert all(torch.equal(value, full[key]) for key, value in own.items())
    with pytest.raises(KeyError):
        network.start_from({})


@pytest.mark.parametrize("settings", [{"widths": (4, 4)}, {"embedded": (4, 4, 0, 4)}, {"temperature": 2.0}])
def test_settings_that_make_no_network_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        MleuConfig(**settings)  # type: ignore[arg-type]
