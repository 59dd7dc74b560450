"""How much of a recipe fits into a time: measured, then written into a copy of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import Recipe, Stage
from colorstudio.training.trainer import Trainer

VALIDATIONS = 4  # in the course of a planned run, the last at its end
_WARM_UP_STEPS = 2  # the first ones take longer
_MARGIN = 0.97  # of the time; the rest goes for checkpoints and for what was measured too fast


@dataclass(frozen=True)
class Pace:
    """Seconds that a photo takes in each stage, and that a validation takes."""

    per_photo: tuple[float, ...]
    validation: float


def measure_pace(
    recipe: Recipe,
    pool: PhotoPool,
    scratch: Path,
    *,
    device: torch.device,
    encoder_state: dict[str, Tensor] | None,
    seconds: float = 60.0,
    clock: Callable[[], float] = time.monotonic,
) -> Pace:
    """Train for some seconds by the stages of a recipe, in a folder that is of no use afterwards."""
    trainer = Trainer(recipe, pool.to(device), scratch, device=device, encoder_state=encoder_state)
    per_photo: list[float] = []
    for stage in recipe.stages:
        started, photos = clock(), 0
        for _ in range(_WARM_UP_STEPS):
            trainer.try_step(stage)
        _wait_for(device)
        started = clock()
        while not photos or clock() - started < seconds / len(recipe.stages):
            trainer.try_step(stage)
            _wait_for(device)
            photos += stage.batch
        per_photo.append((clock() - started) / photos)
    started = clock()
    trainer.validate()
    return Pace(tuple(per_photo), clock() - started)


def _wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def photos_in(stages: tuple[Stage, ...], pace: Pace, minutes: float) -> list[int]:
    """Photos of each stage, in the same proportions, that together take so many minutes; whole batches."""
    usual = sum(stage.photos * cost for stage, cost in zip(stages, pace.per_photo, strict=True))
    left = max(minutes * 60 * _MARGIN - VALIDATIONS * pace.validation, 0.0)
    return [max(1, round(stage.photos * left / usual / stage.batch)) * stage.batch for stage in stages]


def with_photos(recipe_text: str, photos: list[int]) -> str:
    """The text of a recipe with other numbers of photos in its stages, validated as often as is planned."""
    numbers = iter(photos)
    text, count = re.subn(
        r"^(\s*photos\s*=\s*)[\d_]+",
        lambda found: f"{found[1]}{next(numbers)}",
        recipe_text,
        flags=re.MULTILINE,
    )
    assert count == len(photos)
    every = f"validate_every_photos = {-(-sum(photos) // VALIDATIONS)}"
    text, count = re.subn(r"^\s*validate_every_photos\s*=\s*[\d_]+", every, text, flags=re.MULTILINE)
    return text if count else f"{every}\n{text}"
