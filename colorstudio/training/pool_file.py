"""Decoded photos in a file: several runs share one copy in memory, and only the first has to decode them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from pathlib import Path

import torch

from colorstudio.errors import TrainingError
from colorstudio.progress import ProgressToken
from colorstudio.training.pool import PhotoPool, PhotoSource, load_pool
from colorstudio.training.recipe import DataRecipe


def kept_pool(
    folder: Path,
    recipe: DataRecipe,
    keep: Path,
    *,
    limit: int | None = None,
    token: ProgressToken | None = None,
) -> PhotoPool:
    """As `load_pool`, from a file in the folder `keep`; made if it is not there, or if the data has changed.

    Raises
    ------
    TrainingError
        As `load_pool`, or the file cannot be written.
    """
    path = keep / f"photos-{_key(folder, recipe, limit)}.pt"
    if not path.exists():
        pool = load_pool(folder, recipe, limit=limit, token=token)
        values = {setting.name: getattr(pool, setting.name) for setting in fields(pool)}
        values |= {"sources": [asdict(source) for source in pool.sources]}
        partial = path.with_suffix(".partial")
        try:
            keep.mkdir(parents=True, exist_ok=True)
            torch.save(values, partial)
            partial.replace(path)
        except (OSError, RuntimeError) as error:
            partial.unlink(missing_ok=True)
            raise TrainingError(f"The photos cannot be kept in {keep} ({error}): free some space.") from error
    values = torch.load(path, mmap=True, weights_only=True)
    values["sources"] = tuple(PhotoSource(**source) for source in values["sources"])
    return PhotoPool(**values)


def _key(folder: Path, recipe: DataRecipe, limit: int | None) -> str:
    """Changes with every file in the folder, and with what is taken of them."""
    files = [
        (path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    taken = [asdict(recipe) | {"held_out_share": 0}, limit, files]  # who is held out is decided later
    return hashlib.sha256(json.dumps(taken).encode()).hexdigest()[:16]
