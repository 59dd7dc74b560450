"""U-Net and plain CNN, with colours or classes at the end."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import Tensor

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.eccv16 import BinPrediction
from colorstudio.networks.architectures.encoder_decoder import EncoderDecoder, EncoderDecoderConfig
from colorstudio.networks.architectures.unet import Head
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.quantization import annealed_mean
from tests.networks.learning import assert_all_learn, settle_norms

SMALL = EncoderDecoderConfig(widths=(4, 6, 8, 10, 12))


def _network(*, skips: bool = True, head: Head = "classes") -> EncoderDecoder:
    torch.manual_seed(0)
    network = EncoderDecoder(dataclasses.replace(SMALL, skips=skips, head=head))
    settle_norms(network, torch.rand(8, 1, 32, 32) * 100)
    return network


def test_full_size_by_default() -> None:
    with torch.device("meta"):
        unet, plain = EncoderDecoder(), EncoderDecoder(EncoderDecoderConfig(skips=False))
    assert [down.second[0].weight.shape[0] for down in unet.down] == [64, 128, 256, 512, 512]  # type: ignore[union-attr]
    # Between the two there is nothing but what comes in by the skip connections.
    more = sum(p.numel() for p in unet.parameters()) - sum(p.numel() for p in plain.parameters())
    assert more == 512 * 512 * 9 + 256 * 256 * 9


@pytest.mark.parametrize("head", ["regression", "classes"])
@pytest.mark.parametrize("skips", [True, False])
@pytest.mark.parametrize("size", [(16, 16), (48, 80), (160, 16)])
def test_colours_are_at_a_quarter_of_the_size(skips: bool, head: Head, size: tuple[int, int]) -> None:
    network = _network(skips=skips, head=head)
    said = network(torch.rand(2, 1, *size) * 100, torch.zeros(2, 3, *size))
    assert said.chroma_lab.shape == (2, 2, size[0] // 4, size[1] // 4)
    assert network.has_distribution == (head == "classes") == isinstance(said, BinPrediction)
    assert (said.trunk is None) == (head == "regression")


def test_classes_give_the_annealed_mean_of_the_distribution() -> None:
    network = _network()
    said = network(torch.rand(1, 1, 32, 32) * 100, torch.zeros(1, 3, 32, 32))
    assert said.trunk is not None
    logits = network.distribution(said.trunk)
    assert logits.shape == (1, 313, 8, 8)
    assert torch.equal(said.chroma_lab, annealed_mean(logits, 0.38))
    assert not torch.allclose(said.chroma_lab, annealed_mean(logits, 1.0), atol=1e-3)


@pytest.mark.parametrize(("skips", "reaches"), [(True, True), (False, False)])
def test_detail_reaches_the_answer_by_the_skip_connections_alone(skips: bool, reaches: bool) -> None:
    """With the features of stride 16 put out, all that is left of the photo is what skips past them."""
    network = _network(skips=skips)

    def put_out(_module: object, _seen: object, deep: Tensor) -> Tensor:
        return torch.zeros_like(deep)

    network.down[-1].register_forward_hook(put_out)
    luminance = torch.rand(2, 1, 32, 32, generator=torch.Generator().manual_seed(2)) * 100
    one, other = network(luminance, torch.zeros(2, 3, 32, 32)).chroma_lab
    assert (not torch.allclose(one, other)) == reaches


@pytest.mark.parametrize("head", ["regression", "classes"])
@pytest.mark.parametrize("skips", [True, False])
def test_every_weight_learns(skips: bool, head: Head) -> None:
    torch.manual_seed(0)
    network = EncoderDecoder(dataclasses.replace(SMALL, skips=skips, head=head))
    said = network(torch.rand(4, 1, 32, 32) * 100, torch.zeros(4, 3, 32, 32))
    answer = said.logits if isinstance(said, BinPrediction) else said.chroma_lab
    assert_all_learn(network, (answer * torch.randn(answer.shape)).sum())


@pytest.mark.parametrize("head", ["regression", "classes"])
def test_a_photo_of_any_size_is_coloured(head: Head) -> None:
    colorizer = Colorizer("unet", _network(head=head), "cpu", 32)
    prepared = colorizer.prepare(torch.rand(45, 101).numpy() * 100)
    said = colorizer.predict(prepared)
    rows, cols = prepared.working_shape
    assert said.chroma_lab.shape == (rows // 2, cols // 2, 2)
    assert (said.logits is None) == (head == "regression")
    assert said.logits is None or said.logits.shape == (313, rows // 4, cols // 4)


@pytest.mark.parametrize("settings", [{"widths": (4, 4)}, {"widths": (0, 4, 4, 4, 4)}, {"temperature": 0.0}])
def test_settings_that_make_no_network_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        EncoderDecoderConfig(**settings)  # type: ignore[arg-type]
