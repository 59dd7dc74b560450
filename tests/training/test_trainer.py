from __future__ import annotations

import dataclasses
import errno
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.errors import TrainingError
from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.descriptor import read_descriptor
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.training import batches
from colorstudio.training import trainer as trainer_module
from colorstudio.training.batches import Batch
from colorstudio.training.pool import PhotoPool
from colorstudio.training.publishing import publish
from colorstudio.training.recipe import (
    AgingRecipe,
    DataRecipe,
    HintRecipe,
    LossRecipe,
    Recipe,
    Stage,
)
from colorstudio.training.trainer import CHECKPOINT, CONTACT_SHEET, LOG, Trainer

_CPU = torch.device("cpu")
_RECIPE = Recipe(
    name="test",
    stages=(
        Stage(photos=8, size_px=32, batch=4, encoder="frozen"),
        Stage(photos=8, size_px=32, batch=4, encoder="full"),
    ),
    seed=5,
    precision="float32",
    data=DataRecipe(held_out_share=0.2),
    hints=HintRecipe(most=4),
    network={"widths": [24, 16, 16, 8], "attention_blocks": 1, "heads": 2},
)


@pytest.fixture(autouse=True, scope="module")
def _small_and_quick() -> Iterator[None]:
    """Validation on small crops."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("colorstudio.training.validation._SIZE_PX", 64)
        yield


def _trainer(pool: PhotoPool, out: Path, recipe: Recipe = _RECIPE) -> Trainer:
    return Trainer(recipe, pool, out, device=_CPU)


def _weights(trainer: Trainer) -> dict[str, torch.Tensor]:
    network = {f"network.{k}": v.clone() for k, v in trainer.network.state_dict().items()}
    return network | {f"average.{k}": v.clone() for k, v in trainer.average.network.state_dict().items()}


def _differing(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> list[str]:
    assert a.keys() == b.keys()
    return [key for key in a if not torch.equal(a[key], b[key])]


@pytest.fixture(scope="module")
def finished(learnable: PhotoPool, tmp_path_factory: pytest.TempPathFactory) -> Trainer:
    """A whole run of four steps, without a stop."""
    trainer = _trainer(learnable, tmp_path_factory.mktemp("run"))
    trainer.run()
    return trainer


# -- what a run gives ---------------------------------------------------------------------------------


def test_the_loss_falls_on_what_is_easily_learnt(learnable: PhotoPool, tmp_path: Path) -> None:
    recipe = dataclasses.replace(
        _RECIPE,
        stages=(Stage(photos=192, size_px=32, batch=8, learning_rate=1e-2, encoder="frozen"),),
        aging=AgingRecipe(probability=0.0),
        hints=HintRecipe(none=1.0, dense=0.0, most=1),
        loss=LossRecipe(sampled_cells=1.0),
    )
    trainer = _trainer(learnable, tmp_path, recipe)
    stage = recipe.stages[0]
    found = [{key: float(value) for key, value in trainer._step(stage).items()} for _ in range(24)]
    for part in ("loss", "regression", "classification"):
        first, last = (np.mean([step[part] for step in steps]) for steps in (found[:4], found[-4:]))
        assert last < 0.9 * first, part


def test_a_finished_run_leaves_log_pictures_and_checkpoint(finished: Trainer) -> None:
    assert finished.finished
    assert (finished.progress.step, finished.progress.photos) == (4, 16)
    lines = [json.loads(line) for line in (finished.out / LOG).read_text(encoding="utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["validation"]
    keys = {"step", "stage", "photos", "minutes", "psnr_gray", "psnr", "psnr_ten_hints", "colourfulness"}
    assert keys <= set(lines[0])
    with Image.open(finished.out / CONTACT_SHEET) as sheet:
        held = len(finished.held_out)
        assert sheet.size == (min(held, 4) * 3 * 192, -(-held // 4) * 192)
    assert not list(finished.out.glob("*.partial"))


def test_log_of_training_is_json_lines(learnable: PhotoPool, tmp_path: Path) -> None:
    stage = Stage(photos=21, size_px=64, batch=1)
    seen: list[dict[str, Any]] = []
    told: list[tuple[float, str]] = []
    _trainer(learnable, tmp_path, dataclasses.replace(_RECIPE, stages=(stage,))).run(
        on_log=seen.append, token=ProgressToken(lambda *status: told.append(status))
    )
    lines = [json.loads(line) for line in (tmp_path / LOG).read_text(encoding="utf-8").splitlines()]
    assert lines == json.loads(json.dumps(seen))
    assert [line["kind"] for line in lines] == ["train", "validation"]
    assert lines[0]["step"] == 20
    assert {"loss", "regression", "classification", "photos_per_second"} <= set(lines[0])
    assert told[0][0] == pytest.approx(20 / 21)
    assert "photos/s" in told[0][1]


def test_validation_comes_when_it_is_due(learnable: PhotoPool, tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []
    _trainer(learnable, tmp_path, dataclasses.replace(_RECIPE, validate_every_photos=8)).run(
        on_log=seen.append
    )
    assert [line["photos"] for line in seen if line["kind"] == "validation"] == [8, 16]


def test_published_weights_load_and_colour(finished: Trainer, tmp_path: Path) -> None:
    published = publish(finished.average.network, "mine", tmp_path / "model")
    colorizer = Colorizer.load(read_descriptor(tmp_path / "model"))
    assert published.name == colorizer.name == "mine"
    assert published.parameters == sum(p.numel() for p in finished.network.parameters())
    chroma = colorizer.predict(colorizer.prepare(np.full((20, 30), 50, np.float32), 32)).chroma_lab
    assert np.isfinite(chroma).all()


def test_a_frozen_encoder_stays_and_a_full_one_learns(
    finished: Trainer, learnable: PhotoPool, tmp_path: Path
) -> None:
    trainer = _trainer(learnable, tmp_path)
    start = _weights(trainer)
    trainer._step(_RECIPE.stages[0])
    after = _weights(trainer)
    changed = _differing(start, after)
    assert any(key.startswith("network.decoder") for key in changed)
    assert not any(key.startswith("network.encoder") for key in changed)  # nor its statistics
    trainer._step(Stage(photos=8, size_px=32, batch=4, encoder="tail"))
    changed = _differing(after, _weights(trainer))
    assert any(key.startswith("network.encoder.stages.6") for key in changed)
    assert not any(key.startswith(("network.encoder.stem", "network.encoder.stages.0")) for key in changed)
    assert any(k.startswith("network.encoder.stem") for k in _differing(after, _weights(finished)))


# -- determinism and resuming -------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_weights(
    finished: Trainer, learnable: PhotoPool, tmp_path: Path
) -> None:
    again = _trainer(learnable, tmp_path / "again")
    again.run()
    assert _differing(_weights(finished), _weights(again)) == []
    other = _trainer(learnable, tmp_path / "other", dataclasses.replace(_RECIPE, seed=6))
    other.run()
    assert _differing(_weights(finished), _weights(other)) != []


def test_stopped_and_resumed_is_as_if_never_stopped(
    finished: Trainer, learnable: PhotoPool, tmp_path: Path
) -> None:
    _trainer(learnable, tmp_path).run(max_minutes=0)
    for step in (2, 3, 4):
        trainer = _trainer(learnable, tmp_path)
        trainer.resume(tmp_path)
        assert trainer.progress.step == step - 1
        trainer.run(max_minutes=0)
        assert trainer.progress.step == step
    assert trainer.finished
    assert _differing(_weights(finished), _weights(trainer)) == []
    ours, whole = (
        torch.load(folder / CHECKPOINT, weights_only=True)["optimizer"]["state"]
        for folder in (tmp_path, finished.out)
    )
    assert ours.keys() == whole.keys()
    for index, state in whole.items():
        assert _differing(state, ours[index]) == []


def test_every_step_has_randomness_of_its_own(
    learnable: PhotoPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[torch.Tensor] = []

    def make_batch(*args: Any, **kwargs: Any) -> Batch:
        if generator := kwargs.get("generator"):
            drawn.append(generator.get_state())
        return batches.make_batch(*args, **kwargs)

    monkeypatch.setattr(trainer_module, "make_batch", make_batch)
    trainer = _trainer(learnable, tmp_path)
    for _ in range(2):
        trainer._step(_RECIPE.stages[0])
    assert not torch.equal(drawn[0], drawn[1])


def test_a_finished_run_resumed_does_nothing(finished: Trainer, learnable: PhotoPool, tmp_path: Path) -> None:
    trainer = _trainer(learnable, tmp_path)
    trainer.resume(finished.out)
    trainer.run()
    assert trainer.progress.step == 4
    assert _differing(_weights(finished), _weights(trainer)) == []


def test_order_of_photos_shows_each_once_an_epoch(learnable: PhotoPool, tmp_path: Path) -> None:
    trainer = _trainer(learnable, tmp_path)
    total = len(trainer.learn)
    shown: list[int] = []
    for _ in range(2 * total // 2):
        shown += trainer._next_photos(2).tolist()
        trainer.progress.photos += 2
    assert sorted(shown[:total]) == sorted(shown[total:]) == list(range(total))
    assert shown[:total] != shown[total:]


@pytest.fixture(scope="module")
def stopped(learnable: PhotoPool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was stopped after the first of two stages."""
    out = tmp_path_factory.mktemp("stopped")
    trainer = _trainer(learnable, out)
    trainer.run(max_minutes=0)
    trainer.run(max_minutes=0)
    assert (trainer.progress.stage, trainer.progress.photos_in_stage) == (1, 0)
    return out


def test_stages_to_come_may_change(stopped: Path, learnable: PhotoPool, tmp_path: Path) -> None:
    more = (*_RECIPE.stages[:1], Stage(photos=2, size_px=64, batch=2))
    trainer = _trainer(learnable, tmp_path, dataclasses.replace(_RECIPE, stages=more))
    trainer.resume(stopped)
    trainer.run(max_minutes=0)
    assert trainer.finished
    assert trainer.progress.photos == 10


@pytest.mark.parametrize(
    "changed",
    [
        {"seed": 6},
        {"stages": (dataclasses.replace(_RECIPE.stages[0], learning_rate=0.5), _RECIPE.stages[1])},
        {"hints": HintRecipe(most=5)},
    ],
    ids=["seed", "stage that is done", "hints"],
)
def test_another_recipe_is_refused(
    stopped: Path, learnable: PhotoPool, tmp_path: Path, changed: dict[str, Any]
) -> None:
    trainer = _trainer(learnable, tmp_path, dataclasses.replace(_RECIPE, **changed))
    with pytest.raises(TrainingError, match="another recipe") as caught:
        trainer.resume(stopped)
    assert str(stopped / CHECKPOINT) in str(caught.value)


def test_other_photos_are_refused(stopped: Path, learnable: PhotoPool, tmp_path: Path) -> None:
    trainer = _trainer(dataclasses.replace(learnable, fingerprint="other"), tmp_path)
    with pytest.raises(TrainingError, match="another photos"):
        trainer.resume(stopped)


@pytest.mark.parametrize("damage", ["text", "empty", "cut", "list", "keys", "weights", "optimizer"])
def test_damaged_checkpoints_are_told(
    stopped: Path, learnable: PhotoPool, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / CHECKPOINT
    whole = (stopped / CHECKPOINT).read_bytes()
    state = torch.load(stopped / CHECKPOINT, weights_only=True)
    match damage:
        case "text":
            path.write_text("nothing of use", encoding="utf-8")
        case "empty":
            path.touch()
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "list":
            torch.save([1, 2], path)
        case "keys":
            torch.save({"progress": {"steps": 3}}, path)
        case "weights":
            del state["network"]["decoder.chroma.weight"]
            torch.save(state, path)
        case _:
            state["optimizer"]["param_groups"].pop()
            torch.save(state, path)
    trainer = _trainer(learnable, tmp_path)
    with pytest.raises(TrainingError, match="damaged") as caught:
        trainer.resume(tmp_path)
    assert str(path) in str(caught.value)


def test_no_checkpoint_is_told(learnable: PhotoPool, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no checkpoint to resume"):
        _trainer(learnable, tmp_path).resume(tmp_path / "absent")


# -- stops ---------------------------------------------------------------------------------------------


def test_the_time_budget_is_kept(
    learnable: PhotoPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a clock where a step takes ten seconds, a run of one minute ends before the minute does."""
    clock = [1000.0]
    trainer = _trainer(
        learnable, tmp_path, dataclasses.replace(_RECIPE, stages=(Stage(photos=4000, batch=4),))
    )

    def step(stage: Stage) -> dict[str, torch.Tensor]:
        clock[0] += 10
        trainer.progress.step += 1
        trainer.progress.photos += stage.batch
        return {"loss": torch.tensor(1.0)}

    monkeypatch.setattr(trainer_module.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(trainer, "_step", step)
    trainer.run(max_minutes=1)
    assert 30 <= clock[0] - 1000 <= 60
    assert trainer.progress.minutes == pytest.approx((clock[0] - 1000) / 60)
    assert (tmp_path / CHECKPOINT).is_file()


def test_cancelled_run_saves_a_whole_step(learnable: PhotoPool, finished: Trainer, tmp_path: Path) -> None:
    trainer = _trainer(learnable, tmp_path)
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        trainer.run(token=token)
    resumed = _trainer(learnable, tmp_path)
    resumed.resume(tmp_path)
    assert resumed.progress.step == 1
    resumed.run()
    assert _differing(_weights(finished), _weights(resumed)) == []


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), RuntimeError("out of memory")], ids=["ctrl-c", "error"]
)
def test_a_broken_step_leaves_the_checkpoint_before(
    learnable: PhotoPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    trainer = _trainer(learnable, tmp_path)
    trainer.run(max_minutes=0)
    before = (tmp_path / CHECKPOINT).read_bytes()

    def update(*_: object) -> None:
        raise error

    monkeypatch.setattr(trainer.average, "update", update)  # the network has changed, the average has not
    with pytest.raises(type(error)):
        trainer.run()
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_a_loss_that_is_no_number_stops_the_run(learnable: PhotoPool, tmp_path: Path) -> None:
    trainer = Trainer(_RECIPE, learnable, tmp_path, device=_CPU)
    trainer.run(max_minutes=0)
    before = (tmp_path / CHECKPOINT).read_bytes()
    assert isinstance(trainer.network, HintedColorizer)
    with torch.no_grad():
        trainer.network.decoder.chroma.bias.fill_(float("nan"))
    with pytest.raises(TrainingError, match=r"step 1: .* no longer a number"):
        trainer.run(max_minutes=0)
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_full_disk_keeps_the_old_checkpoint(
    learnable: PhotoPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / CHECKPOINT).write_bytes(b"old")
    trainer = _trainer(learnable, tmp_path)

    def save(state: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(trainer_module.torch, "save", save)
    with pytest.raises(TrainingError, match="No space left"):
        trainer.save()
    assert [path.name for path in tmp_path.iterdir()] == [CHECKPOINT]
    assert (tmp_path / CHECKPOINT).read_bytes() == b"old"


def test_output_that_is_a_file_is_told(learnable: PhotoPool, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path / "file", tmp_path / "file" / "deep"):
        with pytest.raises(TrainingError, match="cannot be made"):
            _trainer(learnable, out)


def test_too_few_photos_to_hold_some_out(learnable: PhotoPool, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="too few"):
        _trainer(
            learnable.subset([0, 1]),
            tmp_path,
            dataclasses.replace(_RECIPE, data=DataRecipe(held_out_share=0.0)),
        )


def test_rate_rises_and_falls() -> None:
    stage = Stage(photos=1000, batch=10, warm_up=0.1, final_rate=0.1)
    rates = [trainer_module._rate(stage, photos) for photos in range(0, 1001, 10)]
    peak = rates.index(max(rates))
    assert 8 <= peak <= 11
    assert max(rates) == pytest.approx(1, abs=1e-6)
    assert rates[:peak] == sorted(rates[:peak])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert rates[0] > 0
    assert rates[-1] == pytest.approx(0.1)
    assert trainer_module._rate(Stage(photos=10, batch=10, warm_up=0.0), 0) == pytest.approx(1)
