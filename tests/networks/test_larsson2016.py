"""Hypercolumns and histograms: dense and sparse agree, histograms become the right colours, VGG-16 loads."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.larsson2016 import (
    Histograms,
    Larsson2016,
    Larsson2016Config,
    colour_of,
    histogram_to_bins,
)
from colorstudio.networks.quantization import bin_centres
from tests.networks.learning import assert_all_learn, settle_norms

SMALL = Larsson2016Config(widths=(4, 6, 8, 8, 8), full_width=12, full_kernel=3, hidden=16, norms=True)
_LIKE_VGG = Larsson2016Config(widths=(4, 6, 8, 10, 10), full_width=12, full_kernel=7, hidden=8)
_VGG_NUMBERS = (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)


def _vgg(widths: tuple[int, ...], full: int) -> dict[str, Tensor]:
    """Of random values, in the layout of torchvision's VGG-16 at other widths."""
    generator = torch.Generator().manual_seed(0)
    outputs = [w for w, count in zip(widths, (2, 2, 3, 3, 3), strict=True) for _ in range(count)]
    state: dict[str, Tensor] = {}
    for number, inputs, width in zip(_VGG_NUMBERS, [3, *outputs], outputs, strict=False):
        state[f"features.{number}.weight"] = torch.randn(width, inputs, 3, 3, generator=generator)
        state[f"features.{number}.bias"] = torch.randn(width, generator=generator)
    shapes = {0: (full, widths[-1] * 49), 3: (full, full), 6: (1000, full)}
    for number, shape in shapes.items():
        state[f"classifier.{number}.weight"] = torch.randn(shape, generator=generator)
        state[f"classifier.{number}.bias"] = torch.randn(shape[0], generator=generator)
    return state


@pytest.fixture(scope="module")
def small() -> Larsson2016:
    torch.manual_seed(0)
    network = Larsson2016(SMALL)
    settle_norms(network, torch.rand(4, 1, 64, 64) * 100)
    return network


def _one_hot(index: int) -> Tensor:
    logits = torch.full((1, 32, 1, 1), -50.0)
    logits[0, index] = 50
    return logits


def test_hypercolumns_are_as_long_as_in_the_paper() -> None:
    histogram_to_bins()  # made here, not on the device that has no values
    with torch.device("meta"):
        network = Larsson2016()
    assert network.join.weight.shape == (1024, 12_417, 1, 1)


@pytest.mark.parametrize("size", [(32, 96), (64, 32)])
def test_all_is_at_a_quarter_of_the_size(small: Larsson2016, size: tuple[int, int]) -> None:
    rows, cols = size
    said = small(torch.rand(2, 1, rows, cols) * 100, torch.zeros(2, 3, rows, cols))
    assert said.chroma_lab.shape == (2, 2, rows // 4, cols // 4)
    assert said.trunk is not None
    logits = small.distribution(said.trunk)
    assert logits.shape == (2, 313, rows // 4, cols // 4)
    assert torch.allclose(logits.exp().sum(1), torch.ones(()), atol=1e-4)


def test_places_one_by_one_say_what_the_dense_answer_says(small: Larsson2016) -> None:
    luminance = torch.rand(2, 1, 32, 64, generator=torch.Generator().manual_seed(3)) * 100
    dense = small.decode(small.encode(luminance), luminance, torch.zeros(2, 3, 32, 64)).chroma_lab
    cells = torch.tensor([[0, 0], [7, 15], [3, 8], [5, 1]])
    places = ((cells + 0.5) / torch.tensor([8, 16])).expand(2, -1, -1)
    sparse = colour_of(small.at(small.levels(luminance), places))[..., 0]
    assert torch.allclose(sparse, dense[:, :, cells[:, 0], cells[:, 1]], atol=1e-3)
    assert float(dense.std()) > 1e-3


def test_in_half_precision_places_are_where_they_were(small: Larsson2016) -> None:
    """The first layer's features, of noise: half a pixel away they are others."""
    generator = torch.Generator().manual_seed(4)
    luminance, places = (torch.rand(shape, generator=generator) for shape in ((1, 1, 32, 512), (1, 80, 2)))
    seen: list[Tensor] = []
    handle = small.join.register_forward_pre_hook(lambda _, given: seen.append(given[0][:, 1:5].float()))
    for halved in (False, True):
        with torch.autocast("cpu", torch.bfloat16, enabled=halved):
            small.at(small.levels(luminance * 100), places)
    handle.remove()
    full, half = seen
    assert float((half - full).abs().mean()) < 0.02 * float(full.std())


@pytest.mark.parametrize(("hue", "chroma"), [(0, 5), (9, 20), (31, 0)])
def test_a_sure_histogram_is_the_middle_of_its_bins(hue: int, chroma: int) -> None:
    a, b = colour_of(Histograms(_one_hot(hue), _one_hot(chroma))).flatten().tolist()
    angle, length = 2 * math.pi * (hue + 0.5) / 32, 4 * (chroma + 0.5)
    assert a == pytest.approx(length * math.cos(angle), abs=1e-3)
    assert b == pytest.approx(length * math.sin(angle), abs=1e-3)


def test_the_mean_of_hues_goes_around_the_circle() -> None:
    """Of the first bin and the last it is red, between them, and not the cyan of their mean number."""
    hue = torch.maximum(_one_hot(0), _one_hot(31))
    a, b = colour_of(Histograms(hue, _one_hot(10))).flatten().tolist()
    assert b == pytest.approx(0, abs=1e-3)
    assert a > 30


def test_where_hues_disagree_the_chroma_fades() -> None:
    chroma = _one_hot(10)
    assert float(colour_of(Histograms(torch.zeros(1, 32, 1, 1), chroma)).norm()) < 1e-3
    quarter = torch.maximum(_one_hot(0), _one_hot(8))  # at right angles: a mean of length sqrt(1/2)
    assert float(colour_of(Histograms(quarter, chroma)).norm()) == pytest.approx(
        42 * math.sqrt(0.5) / 32 / 0.03, rel=1e-3
    )


def test_the_chroma_is_the_median_not_the_mean() -> None:
    shares = torch.full((32,), 1e-9)
    shares[2], shares[3], shares[30] = 0.4, 0.2, 0.4
    said = colour_of(Histograms(_one_hot(4), shares.log().view(1, 32, 1, 1)))
    assert float(said.norm()) == pytest.approx(3.5 * 4, abs=0.01)  # the middle of bin 3


def test_each_pair_of_hue_and_chroma_is_spread_over_its_bins() -> None:
    spread = histogram_to_bins()
    assert torch.allclose(spread.sum(0), torch.ones(32 * 32), atol=1e-5)
    centres = torch.from_numpy(bin_centres().copy())
    for hue, chroma in ((0, 3), (5, 12), (17, 6)):
        mean = spread[:, hue * 32 + chroma] @ centres
        angle, length = 2 * math.pi * (hue + 0.5) / 32, 4 * (chroma + 0.5)
        assert torch.allclose(
            mean, torch.tensor([length * math.cos(angle), length * math.sin(angle)]), atol=0.5
        )


def test_vgg16_becomes_the_trunk() -> None:
    network, state = Larsson2016(_LIKE_VGG), _vgg(_LIKE_VGG.widths, _LIKE_VGG.full_width)
    network.load_published(state)
    own = network.state_dict()
    for number in _VGG_NUMBERS[1:]:
        assert torch.equal(own[f"features.{number}.weight"], state[f"features.{number}.weight"])
    assert torch.equal(own["full1.0.weight"], state["classifier.0.weight"].view(12, 10, 7, 7))
    assert torch.equal(own["full2.0.weight"][:, :, 0, 0], state["classifier.3.weight"])


def test_its_first_layer_sees_a_grey_photo_as_vgg16_does() -> None:
    network, state = Larsson2016(_LIKE_VGG), _vgg(_LIKE_VGG.widths, _LIKE_VGG.full_width)
    network.load_published(state)
    gray = torch.rand(1, 1, 9, 9)
    mean, scale = (torch.tensor(v).view(1, 3, 1, 1) for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    theirs = torch.conv2d((gray - mean) / scale, state["features.0.weight"], state["features.0.bias"])
    ours = network.features[0]((gray - 0.449) / 0.226)[..., 1:-1, 1:-1]
    assert torch.allclose(ours, theirs, atol=1e-4)


def test_vgg16_is_refused_by_a_trunk_of_another_width(small: Larsson2016) -> None:
    with pytest.raises(ModelError, match="VGG-16"):
        small.load_published(_vgg((4, 6, 8, 8, 8), 12))  # no norms in it
    with pytest.raises(ModelError, match=r"full1\.0\.weight is missing"):
        state = _vgg(_LIKE_VGG.widths, _LIKE_VGG.full_width)
        Larsson2016(_LIKE_VGG).load_published({k: v for k, v in state.items() if k.startswith("features")})


def test_every_weight_learns() -> None:
    torch.manual_seed(0)
    network = Larsson2016(SMALL)
    said = network.at(network.levels(torch.rand(4, 1, 64, 64) * 100), torch.rand(4, 50, 2))
    probes = torch.randn(2, *said.hue.shape)
    assert_all_learn(network, (said.hue * probes[0]).sum() + (said.chroma * probes[1]).sum())


@pytest.mark.parametrize("config", [{"widths": (4, 4)}, {"hidden": 0}, {"full_kernel": 4}])
def test_settings_that_make_no_sense_are_refused(config: dict[str, int]) -> None:
    with pytest.raises(ModelError):
        Larsson2016Config(**config)  # type: ignore[arg-type]
