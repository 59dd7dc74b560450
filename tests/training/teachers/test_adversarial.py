"""Networks that learn against a critic."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from colorstudio.errors import TrainingError
from colorstudio.training.batches import make_batch, step_generator
from colorstudio.training.classifier import PublishedClassifier
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import DataRecipe, OptimizerRecipe, Recipe, Stage
from colorstudio.training.recipe_file import load_recipe
from colorstudio.training.teachers.adversarial import AdversarialTeacher, gradient_penalty
from colorstudio.training.teachers.critics import PatchCritic, PictureCritic
from colorstudio.training.trainer import Trainer
from tests.published import published_encoder

_CPU = torch.device("cpu")
_CAO: dict[str, Any] = {
    "widths": [6, 6, 4],
    "kernel": 3,
    "noise_size": 5,
    "noise_layers": 2,
    "noise_cells": 3,
}
_CHROMAGAN: dict[str, Any] = {
    "trunk_widths": [4, 4, 6, 8],
    "trunk_norms": True,
    "global_width": 6,
    "class_widths": [],
    "vector_widths": [4],
    "middle_width": 8,
    "colour_widths": [8, 6, 6, 4, 4],
}
_METHODS: dict[str, dict[str, Any]] = {
    "cao2017": {"adversarial": 0.1, "reconstruction": 50.0, "nearest": 50.0, "critic_widths": [4, 6]},
    "chromagan": {"colour": 50.0, "classes": 0.0, "critic_widths": [4, 6]},
}
BOTH = pytest.mark.parametrize("architecture", ["cao2017", "chromagan"])


def _recipe(architecture: str, **changes: Any) -> Recipe:
    recipe = Recipe(
        name="test",
        stages=(Stage(photos=24, size_px=32, batch=4, learning_rate=1e-2, warm_up=0.0, final_rate=1.0),),
        seed=5,
        precision="float32",
        architecture=architecture,
        data=DataRecipe(held_out_share=0.2),
        optimizer=OptimizerRecipe(kind="adam", weight_decay=0.0, betas=(0.5, 0.99)),
        network=_CAO if architecture == "cao2017" else _CHROMAGAN,
        method=_METHODS[architecture],
    )
    return dataclasses.replace(recipe, **changes)


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("colorstudio.training.validation._SIZE_PX", 64)
        yield


@pytest.fixture(scope="module")
def encoder() -> dict[str, Tensor]:
    return published_encoder()


def _trainer(recipe: Recipe, pool: PhotoPool, out: Path, encoder: dict[str, Tensor]) -> Trainer:
    return Trainer(recipe, pool, out, device=_CPU, encoder_state=encoder)


def _teacher(trainer: Trainer) -> AdversarialTeacher:
    assert isinstance(trainer.teacher, AdversarialTeacher)
    return trainer.teacher


def _all_weights(trainer: Trainer) -> dict[str, Tensor]:
    parts: dict[str, nn.Module] = {"network": trainer.network, "critic": _teacher(trainer).critic}
    return {f"{part}.{k}": v.clone() for part, m in parts.items() for k, v in m.state_dict().items()}


# -- the critic ----------------------------------------------------------------------------------------


class _Linear(nn.Module):
    """Scores by hand: `slope` times the sum of a picture."""

    def __init__(self, slope: float) -> None:
        super().__init__()
        self.slope = nn.Parameter(torch.tensor(slope))

    def forward(self, picture: Tensor) -> Tensor:
        return self.slope * picture.sum((1, 2, 3))[:, None]


class _Square(nn.Module):
    def forward(self, picture: Tensor) -> Tensor:
        return 0.5 * picture.square().sum((1, 2, 3))[:, None]


def test_the_penalty_is_as_by_hand() -> None:
    """The slope of k times a sum over n values is k at each, k sqrt(n) as a length."""
    pictures = torch.rand(3, 1, 2, 2)
    generator = torch.Generator().manual_seed(0)
    for slope, expected in ((0.5, 0.0), (1.0, 1.0), (-2.0, 9.0), (0.0, 1.0)):
        found = gradient_penalty(_Linear(slope), pictures, torch.rand(3, 1, 2, 2), generator)
        assert found.item() == pytest.approx(expected, abs=1e-5)


def test_the_penalty_is_taken_between_true_and_told() -> None:
    """Half a squared length has the picture itself for its slope: (0.6, 0.8) is of length 1 at all shares."""
    one = torch.tensor([0.6, 0.8]).view(1, 2, 1, 1)
    found = gradient_penalty(_Square(), one, one, torch.Generator().manual_seed(0))
    assert found.item() == pytest.approx(0.0, abs=1e-6)
    # From (0, 0) to (2, 0) at the share s the slope is 2 s.
    ends = torch.zeros(1000, 2, 1, 1), torch.zeros(1000, 2, 1, 1)
    ends[0][:, 0] = 2.0
    found = gradient_penalty(_Square(), *ends, torch.Generator().manual_seed(0))
    assert found.item() == pytest.approx(1 / 3, abs=0.03)  # the mean of (2 s - 1) squared
    shares = torch.rand(1000, 1, 1, 1, generator=torch.Generator().manual_seed(0))
    assert found.item() == pytest.approx(((2 * shares - 1) ** 2).mean().item(), rel=1e-5)


def test_the_penalty_teaches_the_critic() -> None:
    """Its derivative by k of (k sqrt(n) - 1) squared, by hand: 2 sqrt(n) (k sqrt(n) - 1)."""
    critic = _Linear(2.0)
    pictures = torch.rand(3, 1, 2, 2)
    gradient_penalty(critic, pictures, pictures, torch.Generator().manual_seed(0)).backward()
    assert critic.slope.grad is not None
    assert critic.slope.grad.item() == pytest.approx(2 * 2 * (2 * 2 - 1), rel=1e-5)


@pytest.mark.parametrize("size", [(32, 32), (40, 64)])
def test_critics_take_pictures_of_any_size(size: tuple[int, int]) -> None:
    assert PictureCritic(3, (4, 6, 8))(torch.rand(2, 3, *size)).shape == (2, 1)
    assert PatchCritic(3, (4, 6, 8))(torch.rand(2, 3, *size)).shape[:2] == (2, 1)


def test_a_patch_is_judged_by_itself() -> None:
    critic = PatchCritic(1, (4, 6, 8))
    picture = torch.zeros(1, 1, 96, 96)
    other = picture.clone()
    other[..., :8, :8] = 1.0
    change = (critic(other) - critic(picture)).detach().abs()[0, 0]
    assert float(change[0, 0]) > 1e-6
    assert float(change[10:, 10:].max()) == 0


# -- learning ------------------------------------------------------------------------------------------


@BOTH
def test_colours_come_nearer(
    architecture: str, learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    method = _METHODS[architecture] | {"adversarial": 1e-3}
    trainer = _trainer(_recipe(architecture, method=method), learnable, tmp_path, encoder)
    stage = trainer.recipe.stages[0]
    part = "reconstruction" if architecture == "cao2017" else "colour"
    found = [float(trainer._step(stage)[part]) for _ in range(16)]
    assert sum(found[-4:]) < 0.9 * sum(found[:4])


@BOTH
def test_the_critic_learns_to_tell_them_apart(
    architecture: str, learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    """Here it learns alone: the generator hardly moves."""
    method = _METHODS[architecture] | {"critic_rate": 1e4}
    recipe = _recipe(
        architecture, method=method, stages=(Stage(photos=400, size_px=32, batch=4, learning_rate=1e-6),)
    )
    trainer = _trainer(recipe, learnable, tmp_path, encoder)
    found = [trainer._step(recipe.stages[0]) for _ in range(16)]
    loss = [float(parts["critic"] + 10 * parts["penalty"]) for parts in found]
    assert sum(loss[-4:]) < 0.8 * sum(loss[:4])


@BOTH
def test_both_networks_step_and_nothing_else_learns(
    architecture: str, learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    trainer = _trainer(_recipe(architecture), learnable, tmp_path, encoder)
    before = _all_weights(trainer)
    parts = trainer._step(trainer.recipe.stages[0])
    after = _all_weights(trainer)
    unmoved = [key for key in before if torch.equal(before[key], after[key])]
    # What the last layers add to all scores alike makes no difference.
    assert not [key for key in unmoved if key.startswith("critic") and not key.endswith("bias")]
    assert len(unmoved) < len(before) / 4
    assert {"loss", "adversarial", "critic", "penalty"} <= set(parts)
    method = trainer.teacher.setting.method
    if architecture == "chromagan":  # the other has two more parts, tested below
        expected = method.colour * parts["colour"] + method.adversarial * parts["adversarial"]
        assert float(parts["loss"]) == pytest.approx(float(expected), rel=1e-4)


@BOTH
def test_the_generator_does_not_learn_to_please_a_critic_that_learns_from_it(
    architecture: str, learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    """The critic's weights get gradients of its own loss alone, though the generator's goes through it."""
    gradients: list[dict[str, Tensor]] = []
    for adversarial in (0.0, 100.0):
        method = _METHODS[architecture] | {"adversarial": adversarial}
        trainer = _trainer(
            _recipe(architecture, method=method, clip_gradient=1e9), learnable, tmp_path, encoder
        )
        trainer._step(trainer.recipe.stages[0])
        critic = _teacher(trainer).critic
        gradients.append(
            {name: p.grad.clone() for name, p in critic.named_parameters() if p.grad is not None}
        )
    assert gradients[0]
    assert all(torch.equal(gradients[0][name], gradients[1][name]) for name in gradients[0])


@BOTH
def test_stopped_and_resumed_is_as_if_never_stopped(
    architecture: str, learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    stage = Stage(photos=12, size_px=32, batch=4, learning_rate=1e-2)
    recipe = _recipe(architecture, stages=(stage,))
    whole = _trainer(recipe, learnable, tmp_path / "whole", encoder)
    whole.run()
    part = _trainer(recipe, learnable, tmp_path / "parts", encoder)
    part.run(max_minutes=0)
    for _ in range(2):
        part = _trainer(recipe, learnable, tmp_path / "parts", encoder)
        part.resume(tmp_path / "parts")
        part.run(max_minutes=0)
    assert part.finished
    one, other = _all_weights(whole), _all_weights(part)
    assert [key for key in one if not torch.equal(one[key], other[key])] == []
    for state in ("optimizer", "critic_optimizer"):
        mine, theirs = (t.teacher.state_dict()[state]["state"] for t in (whole, part))
        assert mine.keys() == theirs.keys()
        assert all(torch.equal(mine[i][key], theirs[i][key]) for i in mine for key in mine[i])


@BOTH
@pytest.mark.parametrize("broken", ["generator", "critic"])
def test_a_loss_that_is_no_number_changes_no_weight(
    architecture: str, broken: str, learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    trainer = _trainer(_recipe(architecture), learnable, tmp_path, encoder)
    trainer._step(trainer.recipe.stages[0])
    network: Any = trainer.network
    weight = network.chroma.weight if broken == "generator" else next(_teacher(trainer).critic.parameters())
    with torch.no_grad():
        weight[0, 0, 0, 0] = float("inf")
    before = {key: value for key, value in _all_weights(trainer).items() if "running" not in key}
    with pytest.raises(TrainingError, match="no longer a number"):
        trainer._step(trainer.recipe.stages[0])
    after = _all_weights(trainer)
    assert [
        key for key in before if "num_batches" not in key and not torch.equal(before[key], after[key])
    ] == []


@BOTH
def test_the_critic_is_not_shipped(
    architecture: str, learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    trainer = _trainer(_recipe(architecture), learnable, tmp_path, encoder)
    names = set(trainer.average.network.state_dict())
    assert not [name for name in names if "critic" in name or "classifier" in name]
    assert names == set(trainer.network.state_dict())


# -- diverse colourings --------------------------------------------------------------------------------


def test_the_nearer_of_two_colourings_counts(
    learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    from colorstudio.networks.architectures.cao2017 import DiversePrediction, uv_of

    teacher = _teacher(_trainer(_recipe("cao2017"), learnable, tmp_path, encoder))
    batch = make_batch(learnable, torch.arange(2), 32)
    truth = uv_of(batch.true_luminance, batch.chroma_lab)
    answers: list[Any] = [
        DiversePrediction(batch.chroma_lab, None, truth + off) for off in (0.1, torch.tensor(-0.3))
    ]
    parts = teacher.loss(answers, batch)
    assert parts["nearest"].item() == pytest.approx(0.01, rel=1e-4)
    assert parts["reconstruction"].item() == pytest.approx(0.01, rel=1e-4)  # of the mean, off by 0.1
    assert parts["spread"].item() == pytest.approx(0.4, rel=1e-4)
    assert parts["loss"].item() == pytest.approx(50 * 0.01 + 50 * 0.01, rel=1e-4)


def test_the_critic_sees_the_photo_with_its_colours(
    learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor]
) -> None:
    for architecture in ("cao2017", "chromagan"):
        teacher = _teacher(_trainer(_recipe(architecture), learnable, tmp_path, encoder))
        batch = make_batch(learnable, torch.arange(2), 32)
        (first, *_) = teacher.answers(batch, step_generator(1, 0, _CPU))
        told, true = teacher.shown(batch, first), teacher.shown_truth(batch, first)
        assert told.shape == true.shape
        assert torch.equal(told[:, :1], true[:, :1])
        assert not torch.equal(told[:, 1:], true[:, 1:])
        assert float(true[:, :1].amax()) <= 1


# -- classes -------------------------------------------------------------------------------------------


def test_the_classifier_is_the_published_one(encoder: dict[str, Tensor]) -> None:
    classifier = PublishedClassifier(encoder)
    assert torch.equal(classifier.head.weight, encoder["_conv_head.weight"])
    assert torch.equal(classifier.norm.running_mean, encoder["_bn1.running_mean"])  # type: ignore[arg-type]
    assert torch.equal(classifier.classes.bias, encoder["_fc.bias"])
    assert not any(p.requires_grad for p in classifier.parameters())
    assert not classifier.training


def test_classes_need_a_classifier(learnable: PhotoPool, tmp_path: Path) -> None:
    recipe = _recipe("chromagan", method=_METHODS["chromagan"] | {"classes": 0.003})
    with pytest.raises(TrainingError, match="EfficientNet-Lite2"):
        Trainer(recipe, learnable, tmp_path, device=_CPU)


def test_classes_are_learnt_from_it(
    learnable: PhotoPool, tmp_path: Path, encoder: dict[str, Tensor], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = torch.full((4, 1000), -20.0)
    wanted[:, 7] = 0.0
    method = _METHODS["chromagan"] | {"classes": 1.0, "adversarial": 0.0}
    trainer = _trainer(_recipe("chromagan", method=method), learnable, tmp_path, encoder)
    teacher: Any = trainer.teacher
    monkeypatch.setattr(teacher.classifier, "forward", lambda _: wanted.log_softmax(1))
    found = [float(trainer._step(trainer.recipe.stages[0])["classes"]) for _ in range(20)]
    assert found[0] == pytest.approx(6.9, abs=1.0)  # ln 1000
    assert found[-1] < 0.9 * found[0]


# -- recipes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cao-2017", "chromagan-2020"])
def test_the_recipes_are_small(name: str) -> None:
    from colorstudio.networks.registry import build_network

    recipe = load_recipe(name)
    network = build_network(recipe.architecture, recipe.network)
    assert 2 * sum(p.numel() for p in network.parameters()) < 1_400_000


@pytest.mark.parametrize(
    ("architecture", "method"),
    [
        ("cao2017", {"nearest": -1.0}),
        ("cao2017", {"critic_widths": [0]}),
        ("chromagan", {"adversarial": -0.1}),
        ("chromagan", {"classes": -1.0}),
        ("chromagan", {"reconstruction": 1.0}),
    ],
)
def test_settings_that_make_no_sense_are_refused(architecture: str, method: dict[str, Any]) -> None:
    from colorstudio.training.recipe_file import build_method

    with pytest.raises(TrainingError):
        build_method(_recipe(architecture, method=method))
