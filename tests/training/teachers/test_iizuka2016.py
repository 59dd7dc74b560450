"""The loss of Iizuka et al., by hand."""

from __future__ import annotations

import math

import pytest
import torch

from colorstudio.networks.architectures.iizuka2016 import Iizuka2016, Iizuka2016Config, LabelledPrediction
from colorstudio.training.batches import Batch
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import Recipe, Stage
from colorstudio.training.teachers.iizuka2016 import Iizuka2016Method, Iizuka2016Teacher
from colorstudio.training.teachers.teacher import Setting


def test_it_is_the_squared_error_from_0_to_1_and_the_cross_entropy(learnable: PhotoPool) -> None:
    stage = Stage(photos=8)
    recipe = Recipe("test", (stage,), architecture="iizuka2016")
    network = Iizuka2016(Iizuka2016Config(width=2, global_width=2, global_size_px=32, classes=2))
    setting = Setting(recipe, learnable, torch.device("cpu"), None, Iizuka2016Method())
    teacher = Iizuka2016Teacher(network, setting)
    truth = torch.zeros(1, 2, 4, 4)
    truth[:, 0, :2] = 44.0  # 22 on average over a cell of 2 x 4 pixels: a cell has its mean colour
    said = torch.zeros(1, 2, 1, 1)
    batch = Batch(torch.zeros(1, 1, 4, 4), truth, torch.zeros(1, 1, 4, 4), torch.tensor([1]))
    prediction = LabelledPrediction(said, None, torch.tensor([[0.0, math.log(3)]]))
    none = torch.zeros(1, 3, 4, 4)
    parts = teacher.loss(prediction, batch, none, stage, torch.Generator())
    assert float(parts["regression"]) == pytest.approx((22 / 220) ** 2 / 2)  # b* is right
    assert float(parts["classification"]) == pytest.approx(-math.log(0.75))
    assert float(parts["loss"]) == pytest.approx((22 / 220) ** 2 / 2 - math.log(0.75) / 300)
