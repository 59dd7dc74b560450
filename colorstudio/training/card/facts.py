"""What is known of a model from the files beside its weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colorstudio.errors import TrainingError
from colorstudio.networks.descriptor import ModelDescriptor, read_descriptor
from colorstudio.training.provenance import DATA_LIST, LOG, RECIPE_COPY, RUN_RECORD, read_json
from colorstudio.training.recipe import Recipe
from colorstudio.training.recipe_file import load_recipe

EVALUATION = "evaluation"
ABLATION = "ablation.json"

Json = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """All but the descriptor may be missing.

    Attributes
    ----------
    log
        The lines of the log, without those that a resumed run went back on.
    data, run
        As `provenance` writes them.
    evaluations
        The records of `colorstudio evaluate --json` by the names of their files.
    ablation
        Runs that differ in one thing each: "name", "change" and "figures".
    """

    descriptor: ModelDescriptor
    recipe: Recipe | None
    log: tuple[Json, ...]
    data: Json | None
    run: Json | None
    evaluations: dict[str, Json]
    ablation: list[Json] | None

    def validations(self) -> list[Json]:
        return [line for line in self.log if line["kind"] == "validation"]


def read_facts(folder: Path) -> Facts:
    """Read them. Raises `ModelError` and `TrainingError`."""
    recipe = folder / RECIPE_COPY
    return Facts(
        descriptor=read_descriptor(folder),
        recipe=load_recipe(str(recipe)) if recipe.exists() else None,
        log=_log(folder / LOG),
        data=read_json(folder / DATA_LIST),
        run=read_json(folder / RUN_RECORD),
        evaluations={path.stem: read_json(path) for path in sorted((folder / EVALUATION).glob("*.json"))},
        ablation=read_json(folder / ABLATION),
    )


def _log(path: Path) -> tuple[Json, ...]:
    lines: list[Json] = []
    try:
        text = path.read_text(encoding="utf-8")
        for line in map(json.loads, text.splitlines()):
            while lines and _went_back(lines[-1], line):
                lines.pop()
            lines.append(line)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise TrainingError(f"The log {path} is damaged ({error}): restore it, or remove it.") from error
    return tuple(lines)


def _went_back(before: Json, line: Json) -> bool:
    """Whether the run was resumed between two lines, at a step that the first is later than."""
    same_step = before["step"] == line["step"]
    return before["step"] > line["step"] or (same_step and line["kind"] in ("train", before["kind"]))
