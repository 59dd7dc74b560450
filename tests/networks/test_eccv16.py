"""CIC: its published layout, its stages, and the annealed mean that it colours with."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.eccv16 import Eccv16, Eccv16Config
from colorstudio.networks.quantization import annealed_mean, bin_centres
from tests.networks.learning import assert_all_learn

PLAIN, TRIPLE = (0, 2), (0, 2, 4)
# By block: numbers of the convolutions in it, their input and output channels, number of the norm.
BLOCKS = {
    "model1": (PLAIN, (1, 64, 64), 4),
    "model2": (PLAIN, (64, 128, 128), 4),
    "model3": (TRIPLE, (128, 256, 256, 256), 6),
    "model4": (TRIPLE, (256, 512, 512, 512), 6),
    "model5": (TRIPLE, (512, 512, 512, 512), 6),
    "model6": (TRIPLE, (512, 512, 512, 512), 6),
    "model7": (TRIPLE, (512, 512, 512, 512), 6),
}


def published_state() -> dict[str, Tensor]:
    """Of random values, in the layout of the authors' release."""
    shapes: dict[str, tuple[int, ...]] = {
        "model8.0.weight": (512, 256, 4, 4),
        "model8.0.bias": (256,),
        "model8.2.weight": (256, 256, 3, 3),
        "model8.2.bias": (256,),
        "model8.4.weight": (256, 256, 3, 3),
        "model8.4.bias": (256,),
        "model8.6.weight": (313, 256, 1, 1),
        "model8.6.bias": (313,),
        "model_out.weight": (2, 313, 1, 1),
    }
    for block, (numbers, widths, norm) in BLOCKS.items():
        for number, inputs, outputs in zip(numbers, widths, widths[1:], strict=False):
            shapes[f"{block}.{number}.weight"] = (outputs, inputs, 3, 3)
            shapes[f"{block}.{number}.bias"] = (outputs,)
        for part in ("weight", "bias", "running_mean", "running_var"):
            shapes[f"{block}.{norm}.{part}"] = (widths[-1],)
    generator = torch.Generator().manual_seed(0)
    state = {key: torch.rand(shape, generator=generator) * 0.01 for key, shape in shapes.items()}
    return {
        **state,
        **{f"{block}.{norm}.num_batches_tracked": torch.tensor(7) for block, (_, _, norm) in BLOCKS.items()},
    }


@pytest.fixture(scope="module")
def small() -> Eccv16:
    torch.manual_seed(0)
    return Eccv16(Eccv16Config(width=4)).eval()


def test_a_published_state_dict_is_taken_over_whole() -> None:
    network, state = Eccv16(), published_state()
    assert set(state) == set(network.state_dict())
    network.load_published(state)
    for key, value in network.state_dict().items():
        assert torch.equal(value, state[key]), key


def test_one_without_counts_of_batches_is_taken_over_too() -> None:
    state = {key: value for key, value in published_state().items() if "num_batches" not in key}
    Eccv16().load_published(state)


def test_a_state_dict_of_another_network_is_refused(small: Eccv16) -> None:
    before = small.state_dict()["model1.0.weight"].clone()
    with pytest.raises(
        ModelError, match=r"model1.0.weight is 64 x 1 x 3 x 3 instead of 4 x 1 x 3 x 3.* more"
    ):
        small.load_published(published_state())
    state = {key: value.clone() for key, value in small.state_dict().items()}
    state["model1.0.weight"] += 1
    del state["model8.6.bias"]
    with pytest.raises(ModelError, match=r"model8.6.bias is missing"):
        small.load_published(state)
    assert torch.equal(small.state_dict()["model1.0.weight"], before)
    with pytest.raises(ModelError, match=r"classifier.0.weight is unknown"):
        small.load_published({**small.state_dict(), "classifier.0.weight": torch.zeros(1)})


@pytest.mark.parametrize("size", [(32, 48), (8, 8), (40, 16)])
def test_all_is_at_a_quarter_of_the_size(small: Eccv16, size: tuple[int, int]) -> None:
    rows, cols = size
    with torch.inference_mode():
        said = small(torch.rand(2, 1, rows, cols) * 100, torch.zeros(2, 3, rows, cols))
        assert said.chroma_lab.shape == (2, 2, rows // 4, cols // 4)
        assert said.trunk is not None
        assert small.distribution(said.trunk).shape == (2, 313, rows // 4, cols // 4)


def test_the_colour_is_the_annealed_mean_of_the_distribution(small: Eccv16) -> None:
    with torch.inference_mode():
        said = small(torch.rand(1, 1, 16, 16) * 100, torch.zeros(1, 3, 16, 16))
        assert torch.equal(said.chroma_lab, annealed_mean(small.distribution(said.trunk), 0.38))


def test_the_last_layer_holds_the_colours_of_the_bins(small: Eccv16) -> None:
    colours = small.model_out.weight[:, :, 0, 0].T * 110
    assert torch.allclose(colours, torch.from_numpy(bin_centres().copy()), atol=1e-4)
    assert not small.model_out.weight.requires_grad


def test_strides_are_in_the_first_blocks_and_dilation_in_the_middle(small: Eccv16) -> None:
    convolutions = {name: m for name, m in small.named_modules() if isinstance(m, nn.Conv2d)}
    assert [name for name, m in convolutions.items() if m.stride == (2, 2)] == [
        "model1.2",
        "model2.2",
        "model3.4",
    ]
    assert [name for name, m in convolutions.items() if m.dilation == (2, 2)] == [
        f"model{block}.{number}" for block in (5, 6) for number in TRIPLE
    ]


def test_hints_are_not_heeded(small: Eccv16) -> None:
    luminance = torch.rand(1, 1, 16, 16) * 100
    with torch.inference_mode():
        plain = small(luminance, torch.zeros(1, 3, 16, 16)).chroma_lab
        assert torch.equal(small(luminance, torch.ones(1, 3, 16, 16)).chroma_lab, plain)
    assert not small.takes_hints


def test_every_weight_learns() -> None:
    network = Eccv16(Eccv16Config(width=4))
    said = network(torch.rand(2, 1, 32, 32) * 100, torch.zeros(2, 3, 32, 32))
    assert_all_learn(network, said.logits.square().sum())


@pytest.mark.parametrize("config", [{"width": 0}, {"width": 8, "temperature": 0.0}, {"temperature": 2.0}])
def test_settings_that_make_no_sense_are_refused(config: dict[str, float]) -> None:
    with pytest.raises(ModelError):
        Eccv16Config(**config)  # type: ignore[arg-type]
