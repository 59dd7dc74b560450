"""The training loop: stages, moving average, checkpoints, log, and a clean stop inside a time budget."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from colorstudio.errors import TrainingError
from colorstudio.networks.network import ColorNetwork
from colorstudio.networks.registry import build_network
from colorstudio.progress import ProgressToken
from colorstudio.training.batches import crop, make_batch, step_generator
from colorstudio.training.contact_sheet import write_contact_sheet
from colorstudio.training.pool import PhotoPool
from colorstudio.training.provenance import LOG
from colorstudio.training.recipe import Recipe, Stage
from colorstudio.training.recipe_file import build_method
from colorstudio.training.teachers import Setting, teacher_class
from colorstudio.training.validation import validate

CHECKPOINT = "checkpoint.pt"
CONTACT_SHEET = "contact-sheet.jpg"
_FORMAT = 1


@dataclass
class Progress:
    """How far a run is. Everything else of a step follows from these and the seed."""

    step: int = 0
    stage: int = 0
    photos_in_stage: int = 0
    photos: int = 0
    minutes: float = 0.0

    @property
    def stages_begun(self) -> int:
        return self.stage + (self.photos_in_stage > 0)


_NO_PARTS = {
    "kind",
    "photos_per_second",
    "loss",
    *(field.name for field in fields(Progress)),
}  # of a log line


class MovingAverage:
    """An exponential moving average of weights and statistics: what is validated and shipped."""

    def __init__(self, network: ColorNetwork, decay: float) -> None:
        self.decay = decay
        kind: Any = type(network)
        self.network: ColorNetwork = kind(network.config)
        self.network.load_state_dict(network.state_dict())
        self.network.placed_on(next(network.parameters()).device)
        self.network.eval().requires_grad_(False)

    @torch.no_grad()
    def update(self, network: ColorNetwork, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))  # follows fast while there is little to average
        own, new = self.network.state_dict(), network.state_dict()
        for key, value in own.items():
            if value.is_floating_point():
                value.lerp_(new[key], 1 - decay)


class Trainer:
    """One training run.

    Parameters
    ----------
    recipe
        What to do.
    pool
        All photos; some are held out by `DataRecipe.held_out_share`.
    out
        Folder of the checkpoint, the log and the contact sheet; made if missing.
    encoder_state
        Published weights of the encoder to start from, or None to start from nothing.
    """

    def __init__(
        self,
        recipe: Recipe,
        pool: PhotoPool,
        out: Path,
        *,
        device: torch.device,
        encoder_state: dict[str, Tensor] | None = None,
    ) -> None:
        self.recipe = recipe
        self.out = out
        self.device = device
        self.progress = Progress()
        torch.manual_seed(recipe.seed)
        self.network = build_network(recipe.architecture, recipe.network)
        if encoder_state is not None:
            self.network.start_from(encoder_state)
        self.network.placed_on(device)
        self.average = MovingAverage(self.network, recipe.ema)
        self.learn, self.held_out = pool.split(recipe.data.held_out_share)
        if not len(self.learn) or not len(self.held_out):
            raise TrainingError(
                f"{len(pool)} photos are too few for a share of {recipe.data.held_out_share:g} held out: "
                "add photos, or raise held_out_share in the recipe."
            )
        setting = Setting(recipe, self.learn, device, encoder_state, build_method(recipe))
        self.teacher = teacher_class(recipe.architecture)(self.network, setting)
        self._order: tuple[int, Tensor] | None = None
        self._stepping = False  # a step that was broken off leaves weights that belong to no step
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TrainingError(
                f"The folder {out} cannot be made ({error.strerror}): choose another place."
            ) from error

    # -- resuming ---------------------------------------------------------------

    def resume(self, folder: Path) -> None:
        """Go on where the run in `folder` stopped.

        Raises
        ------
        TrainingError
            There is no checkpoint, or it is of another recipe or other photos.
        """
        path = folder / CHECKPOINT
        try:
            state = torch.load(path, map_location=self.device, weights_only=True)
        except OSError as error:
            raise TrainingError(
                f"There is no checkpoint to resume in {folder} ({error.strerror})."
            ) from error
        except Exception as error:  # torch raises many kinds for a damaged file
            raise TrainingError(f"The checkpoint {path} is damaged: start the run anew.") from error
        try:
            self._take_over(state, path)
        except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
            raise TrainingError(f"The checkpoint {path} is damaged: start the run anew.") from error

    def _take_over(self, state: dict[str, Any], path: Path) -> None:
        progress = Progress(**state["progress"])
        begun = progress.stages_begun
        for key, own in (("recipe", self.recipe.fingerprint(begun)), ("photos", self.learn.fingerprint)):
            if state.get(key) != own:
                raise TrainingError(
                    f"The checkpoint {path} belongs to a run with another {key} "
                    f"({state.get(key)} instead of {own}): "
                    "resume with the same one, or start a new run in another folder."
                )
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        self.teacher.load_state_dict(state)
        self.progress = progress

    # -- the loop -----------------------------------------------------------------

    @property
    def finished(self) -> bool:
        return self.progress.stage >= len(self.recipe.stages)

    def run(
        self,
        *,
        max_minutes: float = math.inf,
        token: ProgressToken | None = None,
        on_log: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        """Train until the recipe is done or the time is up, then save.

        A cancelled run saves too, and raises `Cancelled`. One that ends in the middle of a step, by an
        error, leaves the checkpoint before.
        """
        token = token or ProgressToken()
        started, before = time.monotonic(), self.progress.minutes
        saved = started
        spent_on_validation = longest_step = 0.0
        last_validated = self.progress.photos
        window_start, window_photos = started, self.progress.photos
        try:
            while not self.finished:
                stage = self.recipe.stages[self.progress.stage]
                step_started = time.monotonic()
                self._stepping = True
                parts = self._step(stage)
                self._stepping = False
                now = time.monotonic()
                longest_step = max(longest_step, now - step_started)
                self.progress.minutes = before + (now - started) / 60
                token.check()
                if self.progress.step % 20 == 0:
                    rate = (self.progress.photos - window_photos) / max(now - window_start, 1e-9)
                    window_start, window_photos = now, self.progress.photos
                    line = self._log("train", photos_per_second=round(rate, 2), **_rounded(parts))
                    if on_log:
                        on_log(line)
                    token.report(self.progress.photos / self.recipe.photos, _status(line, self.recipe))
                due = self.progress.photos - last_validated >= self.recipe.validate_every_photos
                if due or self.finished:
                    last_validated = self.progress.photos
                    line = self.validate()
                    window_start = time.monotonic()
                    spent_on_validation = window_start - now
                    if on_log:
                        on_log(line)
                if now - saved > self.recipe.checkpoint_every_minutes * 60:
                    self.save()
                    saved = now
                # The budget covers what is still to come: a step, a validation and the save.
                still = longest_step + spent_on_validation + 2
                if time.monotonic() - started + still > max_minutes * 60:
                    break
        finally:
            self.progress.minutes = before + (time.monotonic() - started) / 60
            if not self._stepping:
                self.save()

    def try_step(self, stage: Stage) -> None:
        """Take a step as in this stage, wherever the run is: to see how long that takes."""
        self._step(stage)

    def _step(self, stage: Stage) -> dict[str, Tensor]:
        progress = self.progress
        generator = step_generator(self.recipe.seed, progress.step, self.device)
        torch.manual_seed(generator.initial_seed())  # for layers that draw by themselves, as dropout does
        batch = make_batch(
            self.learn,
            self._next_photos(stage.batch),
            stage.size_px,
            smallest_crop=self.recipe.data.smallest_crop,
            rotation_degrees=self.recipe.data.rotation_degrees,
            aging=self.recipe.aging_in(stage),
            generator=generator,
        )
        try:
            parts = self.teacher.step(batch, stage, _rate(stage, progress.photos_in_stage), generator)
        except TrainingError as error:
            raise TrainingError(
                f"At step {progress.step}: {error} The checkpoint is still that of before."
            ) from error
        self.average.update(self.network, progress.step)
        progress.step += 1
        progress.photos += stage.batch
        progress.photos_in_stage += stage.batch
        if progress.photos_in_stage >= stage.photos:
            progress.stage += 1
            progress.photos_in_stage = 0
        return {name: part.detach() for name, part in parts.items()}

    def _next_photos(self, count: int) -> Tensor:
        """Numbers of the next photos: each epoch is a new shuffle, set by the seed and the epoch."""
        total = len(self.learn)
        at = torch.arange(self.progress.photos, self.progress.photos + count)
        numbers = torch.empty(count, dtype=torch.int64)
        for epoch in range(int(at[0]) // total, int(at[-1]) // total + 1):
            if self._order is None or self._order[0] != epoch:
                generator = step_generator(self.recipe.seed, -1 - epoch, torch.device("cpu"))
                self._order = (epoch, torch.randperm(total, generator=generator))
            here = at // total == epoch
            numbers[here] = self._order[1][at[here] % total]
        return numbers.to(self.device)

    # -- what it leaves behind ----------------------------------------------------

    def validate(self) -> dict[str, Any]:
        """Measure the averaged weights on held-out photos and draw the contact sheet."""
        size_px = self.recipe.working_size_px
        figures = validate(self.average.network, self.held_out, self.recipe.seed, size_px)
        shown = torch.arange(min(24, len(self.held_out)), device=self.device)
        rgb = crop(self.held_out, shown, min(192, size_px), smallest=1.0, generator=None)
        write_contact_sheet(self.out / CONTACT_SHEET, self.average.network, rgb)
        return self._log("validation", **_rounded(figures))

    def _log(self, kind: str, **values: float) -> dict[str, Any]:
        progress = {**asdict(self.progress), "minutes": round(self.progress.minutes, 2)}
        line = {"kind": kind, **progress, **values}
        with (self.out / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        return line

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {
            "format": _FORMAT,
            "recipe": self.recipe.fingerprint(self.progress.stages_begun),
            "photos": self.learn.fingerprint,
            "progress": asdict(self.progress),
            "network": self.network.state_dict(),
            "average": self.average.network.state_dict(),
            **self.teacher.state_dict(),
        }
        partial = self.out / (CHECKPOINT + ".partial")
        try:
            torch.save(state, partial)
            partial.replace(self.out / CHECKPOINT)
        except (OSError, RuntimeError) as error:
            partial.unlink(missing_ok=True)
            raise TrainingError(
                f"The checkpoint in {self.out} cannot be written ({error}): free some space."
            ) from error


def _rate(stage: Stage, photos: int) -> float:
    """Share of the stage's learning rate: a linear rise, then a cosine to `final_rate`."""
    done = min(photos / stage.photos, 1.0)
    if done < stage.warm_up:
        return (done + stage.batch / stage.photos) / (stage.warm_up + stage.batch / stage.photos)
    falling = (done - stage.warm_up) / max(1 - stage.warm_up, 1e-9)
    return stage.final_rate + (1 - stage.final_rate) * 0.5 * (1 + math.cos(math.pi * falling))


def _rounded(values: dict[str, Any]) -> dict[str, float]:
    return {key: round(float(value), 4) for key, value in values.items()}


def _status(line: dict[str, Any], recipe: Recipe) -> str:
    left = (recipe.photos - line["photos"]) / max(line["photos_per_second"], 1e-9) / 60
    parts = ", ".join(f"{name} {line[name]:.3f}" for name in line if name not in _NO_PARTS)
    return f"loss {line['loss']:.3f} ({parts}), {line['photos_per_second']:.0f} photos/s, {left:.0f} min left"
