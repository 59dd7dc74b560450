"""Each of the methods of 2016 and 2017 learns by the loss of its paper."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
import torch

from colorstudio.errors import TrainingError
from colorstudio.networks.registry import build_network
from colorstudio.training.batches import make_batch, step_generator
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import LossRecipe, OptimizerRecipe, Recipe, Stage
from colorstudio.training.recipe_file import build_method
from colorstudio.training.teachers import Setting, Teacher, teacher_class

NETWORKS: dict[str, dict[str, Any]] = {
    "iizuka2016": {"width": 4, "global_width": 8, "global_size_px": 32, "classes": 3},
    "eccv16": {"width": 4},
    "larsson2016": {
        "widths": [6, 8, 8, 8, 8],
        "full_width": 8,
        "full_kernel": 1,
        "hidden": 24,
        "norms": True,
    },
    "siggraph17": {"width": 4},
}
_STAGE = Stage(photos=1000, size_px=32, batch=8, learning_rate=5e-3)


def recipe_of(architecture: str, **method: Any) -> Recipe:
    return Recipe(
        name="test",
        stages=(_STAGE,),
        architecture=architecture,
        network=NETWORKS[architecture],
        optimizer=OptimizerRecipe(kind="adam", weight_decay=0.0),
        loss=LossRecipe(rebalancing_uniform=0.5, rebalancing_exponent=1.0),
        method=method,
        precision="float32",
    )


def teacher_of(recipe: Recipe, pool: PhotoPool) -> Teacher:
    torch.manual_seed(0)
    network = build_network(recipe.architecture, recipe.network)
    setting = Setting(recipe, pool, torch.device("cpu"), None, build_method(recipe))
    return teacher_class(recipe.architecture)(network, setting)


def lesson(teacher: Teacher, pool: PhotoPool, step: int) -> dict[str, float]:
    generator = step_generator(1, step, torch.device("cpu"))
    torch.manual_seed(step)
    batch = make_batch(pool, torch.arange(8), 32, generator=generator)
    return {name: float(part.detach()) for name, part in teacher.step(batch, _STAGE, 1.0, generator).items()}


@pytest.mark.parametrize("architecture", NETWORKS)
def test_it_learns(architecture: str, learnable: PhotoPool) -> None:
    teacher = teacher_of(recipe_of(architecture), learnable)
    heard = [lesson(teacher, learnable, step)["loss"] for step in range(16)]
    assert all(math.isfinite(loss) for loss in heard)
    assert sum(heard[-4:]) < 0.8 * sum(heard[:4])


@pytest.mark.parametrize("architecture", NETWORKS)
def test_a_step_can_be_told_again(architecture: str, learnable: PhotoPool) -> None:
    """Nothing is drawn but from the step's own source: a run that goes on goes on as it would have."""
    one, other = (teacher_of(recipe_of(architecture), learnable) for _ in range(2))
    lesson(one, learnable, 0)
    other.network.load_state_dict(one.network.state_dict())
    other.load_state_dict(one.state_dict())
    assert lesson(one, learnable, 1) == lesson(other, learnable, 1)


@pytest.mark.parametrize(
    ("architecture", "method"),
    [
        ("iizuka2016", {"label_weight": -1.0}),
        ("larsson2016", {"places": 0}),
        ("larsson2016", {"window_px": 4}),
        ("larsson2016", {"hue_weight": -1.0}),
        ("siggraph17", {"stop": 0.0}),
        ("siggraph17", {"histogram": 1.5}),
        ("siggraph17", {"classification": -0.1}),
    ],
)
def test_settings_that_make_no_sense_are_refused(architecture: str, method: dict[str, Any]) -> None:
    with pytest.raises(TrainingError):
        build_method(recipe_of(architecture, **method))


def test_the_weight_of_the_kind_of_photo_is_that_of_the_recipe(learnable: PhotoPool) -> None:
    parts = lesson(teacher_of(recipe_of("iizuka2016"), learnable), learnable, 0)
    assert parts["loss"] == pytest.approx(parts["regression"] + parts["classification"] / 300)
    parts = lesson(teacher_of(recipe_of("iizuka2016", label_weight=0.5), learnable), learnable, 0)
    assert parts["loss"] == pytest.approx(parts["regression"] + parts["classification"] / 2)


def test_more_kinds_of_photos_than_the_network_tells_apart_are_refused(learnable: PhotoPool) -> None:
    pool = replace(learnable, label_names=("a", "b", "c", "d"))
    with pytest.raises(TrainingError, match="4 kinds and the network tells 3 apart"):
        teacher_of(recipe_of("iizuka2016"), pool)
