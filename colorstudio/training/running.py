"""A training run from its beginning, or from where it stopped, to a model: with all that it leaves behind."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from colorstudio.networks.descriptor import ModelDescriptor
from colorstudio.networks.registry import ARCHITECTURES
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.training.arithmetic import uses_bfloat16
from colorstudio.training.pool import PhotoPool
from colorstudio.training.provenance import Session, describe_hardware, record_session, write_data_list
from colorstudio.training.publishing import publish
from colorstudio.training.recipe import Recipe
from colorstudio.training.teachers import teacher_class
from colorstudio.training.trainer import Trainer


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes
    ----------
    done
        The part of the recipe that is done, 0 to 1.
    cancelled
        Whether it was ended from outside.
    model
        What came of it, in the folder ``model`` of the run.
    """

    trainer: Trainer
    done: float
    cancelled: bool
    model: ModelDescriptor


def needs_encoder(recipe: Recipe, *, resumed: bool) -> bool:
    """Whether a run needs the published weights of the encoder: to begin with, or all along."""
    begins_with_it = ARCHITECTURES[recipe.architecture].network_class().starts_published
    return teacher_class(recipe.architecture).needs_encoder(recipe) or (begins_with_it and not resumed)


def run_recipe(
    recipe: Recipe,
    pool: PhotoPool,
    out: Path,
    *,
    device: torch.device,
    recipe_text: str,
    command: str,
    encoder_state: dict[str, Tensor] | None,
    resume: Path | None = None,
    max_minutes: float = math.inf,
    token: ProgressToken | None = None,
    on_log: Callable[[dict[str, Any]], None] | None = None,
) -> Outcome:
    """Train by a recipe and publish what came of it, also where the run was cut short.

    Parameters
    ----------
    recipe_text
        The file of the recipe, which goes with the model.
    command
        What repeats the run.
    encoder_state
        Must be there where `needs_encoder` says so.
    resume
        The folder of a run that is to go on.

    Raises
    ------
    TrainingError, ModelError, PhotoWriteError
    """
    trainer = Trainer(recipe, pool.to(device), out, device=device, encoder_state=encoder_state)
    if resume is not None:
        trainer.resume(resume)
    write_data_list(out, pool, recipe.data)
    session = Session(
        photos=trainer.progress.photos,
        minutes=trainer.progress.minutes,
        hardware=describe_hardware(device),
        precision="bfloat16" if uses_bfloat16(recipe, device) else "float32",
        budget_minutes=None if math.isinf(max_minutes) else max_minutes,
    )
    record_session(out, session, command=command, recipe_text=recipe_text, resumed=resume)
    cancelled = False
    try:
        trainer.run(max_minutes=max_minutes, token=token, on_log=on_log)
    except Cancelled:
        cancelled = True
    model = publish(
        trainer.average.network,
        recipe.name,
        out / "model",
        run=out,
        working_size_px=recipe.working_size_px,
    )
    return Outcome(trainer, trainer.progress.photos / recipe.photos, cancelled, model)
