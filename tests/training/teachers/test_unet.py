"""What the encoder-decoders are told, by hand."""

from __future__ import annotations

import dataclasses
import math

import pytest
import torch
from torch import Tensor

from colorstudio.networks.architectures.eccv16 import BinPrediction
from colorstudio.networks.architectures.encoder_decoder import EncoderDecoder, EncoderDecoderConfig
from colorstudio.networks.architectures.koalarization import Koalarization, KoalarizationConfig
from colorstudio.networks.architectures.zaman2020 import Zaman2020, Zaman2020Config
from colorstudio.networks.network import Prediction
from colorstudio.networks.quantization import soft_encode_nearest
from colorstudio.training.batches import Batch
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import LossRecipe, Recipe, Stage
from colorstudio.training.teachers.squared_error import SquaredErrorTeacher
from colorstudio.training.teachers.supervised import SupervisedTeacher
from colorstudio.training.teachers.teacher import Setting
from colorstudio.training.teachers.unet import UNetTeacher
from colorstudio.training.teachers.zaman2020 import WeightPenalties, Zaman2020Teacher

_STAGE = Stage(photos=8)
_RECIPE = Recipe("test", (_STAGE,), architecture="encoder_decoder", loss=LossRecipe(rebalancing_exponent=0.0))
_WIDTHS = (2, 2, 2, 2, 2)
_BLUE = (10.0, -40.0)  # the centre of a bin


def _setting(learn: PhotoPool, recipe: Recipe = _RECIPE, method: object = None) -> Setting:
    return Setting(recipe, learn, torch.device("cpu"), None, method)


def _parts(teacher: SupervisedTeacher, prediction: Prediction, truth: Tensor) -> dict[str, float]:
    n, _, rows, cols = truth.shape
    gray = torch.full((n, 1, rows, cols), 50.0)
    batch = Batch(gray, truth, gray, torch.zeros(n, dtype=torch.int64))
    parts = teacher.loss(prediction, batch, torch.zeros(n, 3, rows, cols), _STAGE, torch.Generator())
    return {key: float(part.detach()) for key, part in parts.items()}


def _half_off() -> tuple[Tensor, Tensor]:
    """An answer of one cell and its truth: a* is 22 on average, b* is right."""
    truth = torch.zeros(1, 2, 4, 4)
    truth[:, 0, :2] = 44.0
    return torch.zeros(1, 2, 1, 1), truth


def test_regression_is_the_squared_error_in_the_networks_own_units(learnable: PhotoPool) -> None:
    said, truth = _half_off()
    unet = EncoderDecoder(EncoderDecoderConfig(_WIDTHS, head="regression"))
    error = _parts(UNetTeacher(unet, _setting(learnable)), Prediction(said, None), truth)
    assert error["loss"] == error["regression"] == pytest.approx((22 / 110) ** 2 / 2)
    koala = Koalarization(KoalarizationConfig(width=2, encoded=2, stages=1))
    error = _parts(SquaredErrorTeacher(koala, _setting(learnable)), Prediction(said, None), truth)
    assert error["loss"] == error["regression"] == pytest.approx((22 / 128) ** 2 / 2)


def test_large_weights_cost_beside_the_error(learnable: PhotoPool) -> None:
    said, truth = _half_off()
    network = Zaman2020(Zaman2020Config(_WIDTHS))
    for parameter in network.parameters():
        parameter.data.fill_(-0.5)
    count = sum(p.numel() for name, p in network.named_parameters() if name.endswith("weight"))
    teacher = Zaman2020Teacher(network, _setting(learnable, method=WeightPenalties(l1=1e-4, l2=3e-4)))
    parts = _parts(teacher, Prediction(said, None), truth)
    assert parts["weights"] == pytest.approx(count * (1e-4 * 0.5 + 3e-4 * 0.25), rel=1e-4)
    assert parts["loss"] == pytest.approx((22 / 128) ** 2 / 2 + parts["weights"])


def test_penalties_are_not_below_zero() -> None:
    from colorstudio.errors import TrainingError

    with pytest.raises(TrainingError, match="l1 and l2"):
        WeightPenalties(l1=-1e-8)


def _sure_of(bins: Tensor, share: float) -> BinPrediction:
    """An answer of one cell that gives some bins a share each, and the others nothing to speak of."""
    logits = torch.full((1, 313, 1, 1), -30.0)
    logits[0, bins, 0, 0] = math.log(share)
    return BinPrediction(torch.zeros(1, 2, 1, 1), torch.zeros(1, 2, 1, 1), logits)


def test_classes_are_told_apart_by_the_cross_entropy(learnable: PhotoPool) -> None:
    colour = torch.tensor(_BLUE)
    truth = colour[None, :, None, None].expand(1, 2, 4, 4).contiguous()
    bins, _ = soft_encode_nearest(colour)
    teacher = UNetTeacher(EncoderDecoder(EncoderDecoderConfig(_WIDTHS)), _setting(learnable))
    parts = _parts(teacher, _sure_of(bins, 0.2), truth)
    assert parts["loss"] == parts["classification"] == pytest.approx(math.log(5), rel=1e-4)


def test_class_weights_lift_what_is_rare(learnable: PhotoPool) -> None:
    """The photos are orange to blue: a green is rarer than any of their colours."""
    lifted = dataclasses.replace(_RECIPE, loss=LossRecipe(rebalancing_uniform=0.5, rebalancing_exponent=1.0))
    network = EncoderDecoder(EncoderDecoderConfig(_WIDTHS))
    losses: dict[str, list[float]] = {}
    for name, colour in (("rare", (-60.0, 50.0)), ("common", (20.0, 40.0))):
        truth = torch.tensor(colour)[None, :, None, None].expand(1, 2, 4, 4).contiguous()
        bins, _ = soft_encode_nearest(torch.tensor(colour))
        losses[name] = [
            _parts(UNetTeacher(network, _setting(learnable, recipe)), _sure_of(bins, 0.2), truth)["loss"]
            for recipe in (_RECIPE, lifted)
        ]
    assert losses["rare"][0] == pytest.approx(losses["common"][0], rel=1e-4)
    assert losses["rare"][1] > 2 * losses["common"][1]
