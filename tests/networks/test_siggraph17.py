"""Zhang et al. 2017: its size, its published layout, and what it sees."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.siggraph17 import Siggraph17, Siggraph17Config, classes_of_bins
from colorstudio.networks.globalhints import GLOBAL_HINTS, global_hints
from colorstudio.networks.quantization import BINS, bin_centres
from tests.networks.learning import assert_all_learn, settle_norms


@pytest.fixture(scope="module")
def small() -> Siggraph17:
    torch.manual_seed(0)
    network = Siggraph17(Siggraph17Config(width=4))
    settle_norms(network, torch.rand(4, 1, 32, 32) * 100)
    return network


def _published_shapes() -> dict[str, tuple[int, ...]]:
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
    return shapes


def test_a_published_state_dict_is_taken_over_and_says_nothing_of_global_hints() -> None:
    network = Siggraph17().eval()
    local = [p for name, p in network.named_parameters() if not name.startswith("global_hints")]
    assert sum(p.numel() for p in local) / 1e6 == pytest.approx(34.1, abs=0.1)
    state = {name: torch.full(shape, 0.01) for name, shape in _published_shapes().items()}
    network.load_published(state)
    own = network.state_dict()
    assert {name for name in own if not name.startswith("global_hints")} == set(state)
    assert all(torch.equal(own[name], value.to(own[name].dtype)) for name, value in state.items())
    with torch.inference_mode():
        assert not network.global_hints(torch.rand(1, GLOBAL_HINTS, 1, 1)).any()


def test_a_state_dict_of_another_network_is_refused(small: Siggraph17) -> None:
    state = {name: torch.zeros(shape) for name, shape in _published_shapes().items()}
    with pytest.raises(ModelError, match=r"siggraph17 .* 64 x 4 x 3 x 3 instead of 4 x 4 x 3 x 3"):
        small.load_published(state)


def test_the_middle_blocks_are_dilated(small: Siggraph17) -> None:
    dilated = [name for name, m in small.named_modules() if isinstance(m, nn.Conv2d) and m.dilation == (2, 2)]
    assert dilated == [f"model{block}.{number}" for block in (5, 6) for number in (0, 2, 4)]


def test_colours_are_full_size_and_the_distribution_a_quarter(small: Siggraph17) -> None:
    luminance, hints = torch.rand(1, 1, 32, 48) * 100, torch.zeros(1, 3, 32, 48)
    plain = small(luminance, hints)
    assert plain.chroma_lab.shape == (1, 2, 32, 48)
    assert small.distribution(plain.trunk).shape == (1, 313, 8, 12)
    assert float(plain.chroma_lab.abs().max()) <= 110
    hints[0, :, 4:8, 4:8] = torch.tensor([0.5, -0.5, 1.0])[:, None, None]
    hinted = small(luminance, hints)
    assert not torch.equal(hinted.chroma_lab, plain.chroma_lab)
    assert not torch.equal(hinted.trunk, plain.trunk)


def test_the_bins_are_found_among_the_classes(small: Siggraph17) -> None:
    """Class 23 i + j of the square grid is the colour a* = 10 i - 110, b* = 10 j - 110."""
    axis = torch.arange(-110, 111, 10).float()
    grid = torch.cartesian_prod(axis, axis)
    assert torch.equal(grid[classes_of_bins()], torch.from_numpy(bin_centres().copy()))
    trunk = torch.rand(1, 16, 2, 2)
    at = int(classes_of_bins()[40])
    assert torch.equal(small.distribution(trunk)[:, 40], small.model_class(trunk)[:, at])


def test_fine_detail_reaches_the_output_by_the_shortcuts(small: Siggraph17) -> None:
    """Every other step of the way down drops pixels: only the first block's shortcut sees them all."""
    luminance, hints = torch.full((1, 1, 32, 32), 50.0), torch.zeros(1, 3, 32, 32)
    dotted = luminance.clone()
    dotted[0, 0, 13, 13] = 90
    change = (small(dotted, hints).chroma_lab - small(luminance, hints).chroma_lab)[0].abs().amax(0)
    assert int(change.argmax()) // 32 in range(11, 16)
    assert int(change.argmax()) % 32 in range(11, 16)


def test_global_hints_are_heeded_all_over_and_none_are_zeros(small: Siggraph17) -> None:
    luminance, hints = torch.full((1, 1, 32, 32), 50.0), torch.zeros(1, 3, 32, 32)
    plain = small(luminance, hints).chroma_lab
    assert torch.equal(small(luminance, hints, torch.zeros(1, GLOBAL_HINTS)).chroma_lab, plain)
    histogram = torch.zeros(1, BINS)
    histogram[0, 200] = 1

    def change(told: Tensor) -> Tensor:
        return (small.decode([told], luminance, hints).chroma_lab - plain).abs().amax(1)

    for told in (global_hints(histogram, None), global_hints(None, torch.tensor([0.7]))):
        assert float(change(told).min()) > 0


def test_histograms_are_heard_from_the_start() -> None:
    torch.manual_seed(0)
    network = Siggraph17(Siggraph17Config(width=8))
    shares = torch.softmax(4 * torch.randn(16, BINS), dim=1)
    with torch.inference_mode():
        heard = network.global_hints(global_hints(shares, None)[:, :, None, None])
    assert float(heard.std(0).mean()) > 0.1  # beside features of deviation 1
    assert not network.global_hints(torch.zeros(1, GLOBAL_HINTS, 1, 1)).any()


def test_every_weight_learns() -> None:
    torch.manual_seed(0)
    network = Siggraph17(Siggraph17Config(width=4))
    told = global_hints(torch.rand(2, BINS), torch.rand(2))
    said = network(torch.rand(2, 1, 32, 32) * 100, torch.rand(2, 3, 32, 32), told)
    probe = torch.randn(said.chroma_lab.shape)
    assert_all_learn(
        network, (said.chroma_lab * probe).sum() + network.model_class(said.trunk).square().sum()
    )


def test_a_width_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ModelError):
        Siggraph17Config(width=0)
