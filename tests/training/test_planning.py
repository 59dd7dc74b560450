from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from colorstudio.training import planning, pool_file
from colorstudio.training.batches import make_batch
from colorstudio.training.planning import VALIDATIONS, Pace, measure_pace, photos_in, with_photos
from colorstudio.training.pool import PhotoPool, load_pool
from colorstudio.training.pool_file import kept_pool
from colorstudio.training.recipe import DataRecipe, Recipe, Stage
from colorstudio.training.recipe_file import load_recipe, recipe_path
from tests.small_networks import small_networks

_CPU = torch.device("cpu")
_STAGES = (Stage(photos=100, batch=10), Stage(photos=300, batch=4))


@pytest.fixture(autouse=True, scope="module")
def _small_and_quick() -> Iterator[None]:
    with small_networks(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("colorstudio.training.validation._SIZE_PX", 64)
        yield


@pytest.mark.parametrize("minutes", [1.0, 8.0, 60.0])
def test_stages_fill_the_time_in_their_proportions(minutes: float) -> None:
    pace = Pace((0.01, 0.03), 1.5)
    first, second = photos_in(_STAGES, pace, minutes)
    spent = first * 0.01 + second * 0.03 + VALIDATIONS * 1.5
    assert 0.9 * minutes * 60 < spent <= minutes * 60 + 10 * 0.01 + 4 * 0.03
    assert first % 10 == 0
    assert second % 4 == 0
    assert second / first == pytest.approx(3, rel=0.02)


def test_a_time_that_is_too_short_leaves_a_step_of_each_stage() -> None:
    assert photos_in(_STAGES, Pace((1.0, 1.0), 60.0), 1.0) == [10, 4]


@pytest.mark.parametrize("name", ["studio-2", "smoke"])
def test_a_planned_recipe_is_the_same_but_for_its_photos(name: str, tmp_path: Path) -> None:
    recipe = load_recipe(name)
    photos = [64 + number for number in range(len(recipe.stages))]
    path = tmp_path / f"{name}.toml"
    path.write_text(with_photos(recipe_path(name).read_text(encoding="utf-8"), photos), encoding="utf-8")
    planned = load_recipe(str(path))
    assert [stage.photos for stage in planned.stages] == photos
    every = planned.validate_every_photos
    assert (VALIDATIONS - 1) * every < sum(photos) <= VALIDATIONS * every
    stages = tuple(
        dataclasses.replace(stage, photos=old.photos)
        for stage, old in zip(planned.stages, recipe.stages, strict=True)
    )
    back = dataclasses.replace(planned, stages=stages, validate_every_photos=recipe.validate_every_photos)
    assert back == recipe


def test_a_recipe_that_says_nothing_of_validation_gets_it() -> None:
    text = "seed = 3\n[[stages]]\n# photos = 5\nphotos = 1_000\n[[stages]]\n  photos=7 # few\n"
    values = tomllib.loads(with_photos(text, [80, 40]))
    assert values["validate_every_photos"] == 120 / VALIDATIONS
    assert [stage["photos"] for stage in values["stages"]] == [80, 40]


def test_the_pace_is_that_of_the_steps(
    learnable: PhotoPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a clock where a step of the first stage takes 2 s, of the second 6 s, and a validation 5 s."""
    now = [0.0]
    trainer = planning.Trainer
    stages = (Stage(photos=16, size_px=32, batch=4), Stage(photos=16, size_px=64, batch=8))
    recipe = Recipe("x", stages, architecture="plain", data=DataRecipe(held_out_share=0.2))
    step = trainer.try_step

    def try_step(self: planning.Trainer, stage: Stage) -> None:
        step(self, stage)
        now[0] += 2 if stage == stages[0] else 6

    def validate(self: planning.Trainer) -> None:
        now[0] += 5

    monkeypatch.setattr(trainer, "try_step", try_step)
    monkeypatch.setattr(trainer, "validate", validate)
    pace = measure_pace(
        recipe, learnable, tmp_path, device=_CPU, encoder_state=None, seconds=24, clock=lambda: now[0]
    )
    assert pace == Pace((0.5, 0.75), 5.0)
    assert now[0] == (2 + 6) * 2 + (2 * 6 + 6 * 2) + 5  # two to warm up, then twelve seconds of each


# -- photos that are kept -------------------------------------------------------------------------------


def test_photos_are_decoded_once(
    photos_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = load_pool(photos_folder, DataRecipe())
    kept_pool(photos_folder, DataRecipe(), tmp_path)
    monkeypatch.setattr(pool_file, "load_pool", None)
    again = kept_pool(photos_folder, DataRecipe(held_out_share=0.5), tmp_path)
    assert (again.names, again.label_names, again.fingerprint, again.sources) == (
        fresh.names, fresh.label_names, fresh.fingerprint, fresh.sources,
    )  # fmt: skip
    numbers = torch.tensor([3, 7])
    assert torch.equal(make_batch(again, numbers, 32).chroma_lab, make_batch(fresh, numbers, 32).chroma_lab)
    assert [path.suffix for path in tmp_path.iterdir()] == [".pt"]


def test_other_photos_are_decoded_anew(photos_folder: Path, tmp_path: Path) -> None:
    assert len(kept_pool(photos_folder, DataRecipe(), tmp_path)) == 24
    assert len(kept_pool(photos_folder, DataRecipe(), tmp_path, limit=5)) == 5
    small = kept_pool(photos_folder, DataRecipe(short_side_px=40), tmp_path)
    assert int(torch.minimum(small.heights, small.widths).max()) == 40
    folder = tmp_path / "photos"
    folder.mkdir()
    for path in sorted(photos_folder.iterdir())[:3]:
        (folder / path.name).write_bytes(path.read_bytes())
        count = len(kept_pool(folder, DataRecipe(), tmp_path))
        assert count == len(list(folder.iterdir()))
