"""What a run leaves beside its log so that it can be repeated: its recipe, its data, and where it ran."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from colorstudio import __version__
from colorstudio.errors import TrainingError
from colorstudio.imaging.atomic import atomic_write
from colorstudio.threads import usable_cores
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import DataRecipe

LOG = "metrics.jsonl"
DATA_LIST = "data.json"
RECIPE_COPY = "recipe.toml"
RUN_RECORD = "run.json"


def data_list(pool: PhotoPool, recipe: DataRecipe) -> dict[str, Any]:
    """Every file that photos were taken of, with its hash, and how many of them are held out."""
    held_out = set(pool.split(recipe.held_out_share)[1].names)
    return {
        "photos": len(pool),
        "held_out": len(held_out),
        "held_out_share": recipe.held_out_share,
        "short_side_px": recipe.short_side_px,
        "sha256": pool.fingerprint,
        "sources": [
            {
                "file": source.file,
                "sha256": source.sha256,
                "photos": len(source.names),
                "held_out": sum(name in held_out for name in source.names),
            }
            for source in pool.sources
        ],
    }


def describe_hardware(device: torch.device) -> str:
    """Such as "2 CPU cores", "1 of 2 CPU cores" with fewer threads, or the name of a graphics card."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type != "cpu":
        return f"Apple GPU ({device})"
    cores, threads = usable_cores(), torch.get_num_threads()
    share = f"{threads} of " if threads < cores else ""
    return f"{share}{cores} CPU core{'s' if cores > 1 else ''}"


def write_data_list(folder: Path, pool: PhotoPool, recipe: DataRecipe) -> None:
    """Write `data.json`. Raises `PhotoWriteError`."""
    _write_json(folder / DATA_LIST, data_list(pool, recipe))


@dataclass(frozen=True)
class Session:
    """How a run begins, or goes on.

    Attributes
    ----------
    photos, minutes
        Shown and spent before.
    budget_minutes
        None where it may go on to the end of its recipe.
    """

    photos: int
    minutes: float
    hardware: str
    precision: str
    budget_minutes: float | None


def record_session(
    folder: Path, session: Session, *, command: str, recipe_text: str, resumed: Path | None = None
) -> None:
    """Write `recipe.toml`, and `run.json`: a run is one session, and one more each time it goes on.

    Parameters
    ----------
    command
        What repeats the run, with names in place of the folders.
    resumed
        The folder of the run that goes on, whose sessions are taken over.

    Raises
    ------
    PhotoWriteError, TrainingError
        They cannot be written, or what is there of the run that goes on cannot be read.
    """
    before = read_json(resumed / RUN_RECORD) if resumed else None
    run = {
        "command": command,
        "versions": {"colorstudio": __version__, "torch": torch.__version__},
        "sessions": [*(before["sessions"] if before else ()), asdict(session)],
    }
    with atomic_write(folder / RECIPE_COPY) as stream:
        stream.write(recipe_text.encode())
    _write_json(folder / RUN_RECORD, run)


def read_json(path: Path) -> Any:
    """What a file of a run or a model says; None if there is no such file.

    Raises
    ------
    TrainingError
        It is there, but not readable as JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise TrainingError(f"{path} cannot be read as JSON ({error}): restore it, or remove it.") from error


def _write_json(path: Path, values: dict[str, Any]) -> None:
    with atomic_write(path) as stream:
        stream.write((json.dumps(values, indent=1) + "\n").encode())
