"""The trainer with networks that are not the studio's own."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.errors import TrainingError
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.descriptor import read_descriptor
from colorstudio.training.batches import Batch, make_batch
from colorstudio.training.pool import PhotoPool
from colorstudio.training.publishing import publish
from colorstudio.training.recipe import DataRecipe, OptimizerRecipe, Recipe, Stage
from colorstudio.training.running import run_recipe
from colorstudio.training.trainer import CONTACT_SHEET, LOG, Trainer
from tests.small_networks import KINDS, small_networks

_CPU = torch.device("cpu")


@pytest.fixture(autouse=True, scope="module")
def _small_and_quick() -> Iterator[None]:
    with small_networks(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("colorstudio.training.validation._SIZE_PX", 64)
        yield


def _recipe(kind: str) -> Recipe:
    return Recipe(
        name=f"small-{kind}",
        stages=(Stage(photos=12, size_px=64, batch=4, learning_rate=0.05),),
        architecture=kind,
        network={"width": 6},
        precision="float32",
        data=DataRecipe(held_out_share=0.2),
    )


def _trainer(pool: PhotoPool, out: Path, recipe: Recipe) -> Trainer:
    return Trainer(recipe, pool, out, device=_CPU)


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_of_any_network_ends_in_a_model(kind: str, learnable: PhotoPool, tmp_path: Path) -> None:
    trainer = _trainer(learnable, tmp_path, _recipe(kind))
    start = {key: value.clone() for key, value in trainer.network.state_dict().items()}
    trainer.run()
    assert trainer.finished
    assert not torch.equal(trainer.network.state_dict()["says.weight"], start["says.weight"])
    figures = json.loads((tmp_path / LOG).read_text(encoding="utf-8").splitlines()[-1])
    assert {"psnr_gray", "psnr", "colourfulness"} <= set(figures)
    assert {"psnr_vivid", "psnr_distribution"} <= set(figures) or not kind.endswith("bins")
    assert ("psnr_distribution" in figures) == kind.endswith("bins")
    assert ("psnr_ten_hints" in figures) == ("error_at_hint" in figures) == (kind == "hints")

    model = publish(trainer.average.network, "mine", tmp_path / "model", run=tmp_path)
    assert model == read_descriptor(tmp_path / "model")
    assert (model.architecture, model.config) == (kind, {"width": 6})
    able = model.takes_hints, model.has_distribution, model.follows_references
    assert able == (kind == "hints", kind.endswith("bins"), False)
    colorizer = Colorizer.load(model)
    assert np.isfinite(
        colorizer.predict(colorizer.prepare(np.full((30, 40), 60, np.float32))).chroma_lab
    ).all()


def test_it_is_validated_and_used_at_the_size_that_the_recipe_says(
    learnable: PhotoPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def noted(pool: PhotoPool, numbers: torch.Tensor, size_px: int) -> Batch:
        seen.append(size_px)
        return make_batch(pool, numbers, size_px)

    monkeypatch.setattr("colorstudio.training.validation.make_batch", noted)
    recipe = dataclasses.replace(_recipe("plain"), working_size_px=32)
    text = "[[stages]]\nphotos = 12\n"
    run = run_recipe(
        recipe, learnable, tmp_path, device=_CPU, recipe_text=text, command="", encoder_state=None
    )
    assert set(seen) == {32}
    with Image.open(tmp_path / CONTACT_SHEET) as sheet:
        assert sheet.height % 32 == 0
        assert sheet.height < 192
    assert run.model.working_size_px == read_descriptor(tmp_path / "model").working_size_px == 32
    assert recipe.fingerprint(1) == _recipe("plain").fingerprint(1)  # what was learnt is the same


def test_what_draws_by_itself_draws_the_same_in_a_resumed_run(learnable: PhotoPool, tmp_path: Path) -> None:
    """The small networks drop channels, from torch's own source of randomness."""
    recipe = _recipe("plain")
    whole = _trainer(learnable, tmp_path / "whole", recipe)
    whole.run()
    resumed = _trainer(learnable, tmp_path / "parts", recipe)
    resumed.run(max_minutes=0)
    for _ in range(2):
        resumed = _trainer(learnable, tmp_path / "parts", recipe)
        resumed.resume(tmp_path / "parts")
        torch.manual_seed(torch.seed())  # a session of its own
        resumed.run(max_minutes=0)
    assert resumed.finished
    for key, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[key])


@pytest.mark.parametrize("kind", ["adamw", "adam", "adadelta", "sgd"])
def test_every_optimizer_learns(kind: str, learnable: PhotoPool, tmp_path: Path) -> None:
    optimizer = OptimizerRecipe(kind=kind, weight_decay=0.0, momentum=0.5)  # type: ignore[arg-type]
    rate = {"adadelta": 20.0, "sgd": 0.1}.get(kind, 0.05)
    stage = Stage(photos=64, size_px=64, batch=16, learning_rate=rate, warm_up=0.0)
    recipe = dataclasses.replace(_recipe("plain"), stages=(stage,), optimizer=optimizer)
    trainer = _trainer(learnable, tmp_path, recipe)
    losses = [float(trainer._step(stage)["loss"]) for _ in range(16)]
    assert np.mean(losses[-4:]) < 0.8 * np.mean(losses[:4])


def test_the_checkpoint_of_another_architecture_is_refused(learnable: PhotoPool, tmp_path: Path) -> None:
    _trainer(learnable, tmp_path, _recipe("plain")).run(max_minutes=0)
    with pytest.raises(TrainingError, match="another recipe"):
        _trainer(learnable, tmp_path, _recipe("bins")).resume(tmp_path)


def test_a_loss_that_is_no_number_changes_no_weight(learnable: PhotoPool, tmp_path: Path) -> None:
    trainer = _trainer(learnable, tmp_path, dataclasses.replace(_recipe("plain"), method={"weight": 1e39}))
    start = {key: value.clone() for key, value in trainer.network.state_dict().items()}
    with pytest.raises(TrainingError, match="no longer a number"):
        trainer._step(trainer.recipe.stages[0])
    assert all(torch.equal(value, start[key]) for key, value in trainer.network.state_dict().items())
