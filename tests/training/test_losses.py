"""What the network is told about its mistakes."""

from __future__ import annotations

import pytest
import torch

from colorstudio.networks.architectures.efficientnet_lite import EfficientNetLite2Encoder
from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.networks.network import Prediction
from colorstudio.networks.quantization import BINS
from colorstudio.training.losses import FeatureMatching, losses
from colorstudio.training.recipe import LossRecipe
from tests.published import published_encoder

_SIZE = 64


@pytest.fixture(scope="module")
def matching() -> FeatureMatching:
    """Of filters around zero: all positive ones see every picture as saturated."""
    generator = torch.Generator().manual_seed(3)
    state = published_encoder()
    for name, values in state.items():
        if values.ndim == 4:
            fan_in = values[0].numel()
            state[name] = torch.randn(values.shape, generator=generator) * (2 / fan_in) ** 0.5
    return FeatureMatching(state)


@pytest.fixture(scope="module")
def network() -> HintedColorizer:
    torch.manual_seed(0)
    return HintedColorizer(HintedConfig((48, 32, 16, 16), 1, 4)).eval()


def _parts(
    network: HintedColorizer,
    predicted: torch.Tensor,
    recipe: LossRecipe,
    truth: torch.Tensor | None = None,
    hints: torch.Tensor | None = None,
    matching: FeatureMatching | None = None,
) -> dict[str, float]:
    n = len(predicted)
    truth = torch.zeros(n, 2, _SIZE, _SIZE) if truth is None else truth
    hints = torch.zeros(n, 3, _SIZE, _SIZE) if hints is None else hints
    trunk = torch.randn(n, 16, _SIZE // 4, _SIZE // 4, generator=torch.Generator().manual_seed(0))
    luminance = torch.full((n, 1, _SIZE, _SIZE), 50.0)
    parts = losses(
        network,
        Prediction(predicted, trunk),
        luminance,
        truth,
        hints,
        torch.ones(BINS),
        recipe,
        torch.Generator().manual_seed(1),
        matching,
    )
    return {key: float(value.detach()) for key, value in parts.items()}


def _off_by(*values: float) -> torch.Tensor:
    return torch.stack([torch.full((2, _SIZE // 2, _SIZE // 2), value) for value in values])


def test_the_two_regressions_agree_on_small_errors_and_not_on_large_ones(network: HintedColorizer) -> None:
    smooth, square = LossRecipe(smooth_l1_beta=30.0), LossRecipe(regression_kind="mse", smooth_l1_beta=30.0)
    small = [_parts(network, _off_by(12.0), recipe)["regression"] for recipe in (smooth, square)]
    large = [_parts(network, _off_by(90.0), recipe)["regression"] for recipe in (smooth, square)]
    assert small[0] == pytest.approx(small[1])
    assert small[0] == pytest.approx(12**2 / 60 / 10)
    assert large[0] == pytest.approx(7.5)  # 90 - 30 / 2, over 10
    assert large[1] == pytest.approx(13.5)


def test_mistakes_at_hints_count_again(network: HintedColorizer) -> None:
    hints = torch.zeros(1, 3, _SIZE, _SIZE)
    hints[:, 2, 8:12, 8:12] = 1
    wrong_there, wrong_elsewhere = torch.zeros(2, 1, 2, _SIZE // 2, _SIZE // 2)
    wrong_there[..., 4:6, 4:6] = 20
    wrong_elsewhere[..., 14:16, 14:16] = 20
    recipe = LossRecipe(hinted=0.5)
    there, elsewhere = (_parts(network, p, recipe, hints=hints) for p in (wrong_there, wrong_elsewhere))
    assert there["regression"] == pytest.approx(elsewhere["regression"])
    assert elsewhere["hinted"] == 0
    assert there["hinted"] == pytest.approx(1.75)  # 20 - 5 / 2, over 10
    assert there["loss"] - elsewhere["loss"] == pytest.approx(0.5 * 1.75, rel=1e-4)
    assert _parts(network, wrong_there, recipe)["hinted"] == 0  # no hint, and no division by zero


def test_matched_features_see_a_pattern_that_the_mean_does_not(
    network: HintedColorizer, matching: FeatureMatching
) -> None:
    truth = torch.zeros(1, 2, _SIZE, _SIZE)
    truth[..., 16:48, 16:48] = 40.0
    right = torch.nn.functional.avg_pool2d(truth, 2)
    recipe = LossRecipe(features=2.0)
    flat = right.mean((2, 3), keepdim=True).expand_as(right).contiguous()
    same, other = (_parts(network, p, recipe, truth, matching=matching) for p in (right, flat))
    assert same["features"] == pytest.approx(0, abs=1e-4)
    assert other["features"] > 0.01
    assert other["loss"] == pytest.approx(
        other["regression"] + 0.05 * other["classification"] + 2 * other["features"], rel=1e-4
    )


def test_what_matches_features_does_not_learn(matching: FeatureMatching) -> None:
    assert not any(parameter.requires_grad for parameter in matching.parameters())
    assert not matching.training
    chroma = torch.zeros(1, 2, 32, 32, requires_grad=True)
    matching(torch.full((1, 1, 32, 32), 50.0), chroma, torch.full((1, 2, 32, 32), 30.0)).backward()
    assert chroma.grad is not None
    assert float(chroma.grad.abs().max()) > 0


def test_the_encoder_that_sees_colour_is_the_published_one() -> None:
    state = published_encoder()
    coloured, gray = EfficientNetLite2Encoder(inputs=3), EfficientNetLite2Encoder()
    coloured.load_published(state)
    gray.load_published(state)
    assert torch.equal(coloured.state_dict()["stem.0.weight"], state["_conv_stem.weight"])
    assert torch.allclose(gray.state_dict()["stem.0.weight"], state["_conv_stem.weight"].sum(1, keepdim=True))
