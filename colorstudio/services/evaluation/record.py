"""Figures on disk, so that an evaluation that was stopped goes on where it was."""

from __future__ import annotations

import json
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np

from colorstudio.errors import PhotoReadError, UsageError
from colorstudio.imaging.atomic import atomic_write

Row = dict[str, Any]
_SECONDS_BETWEEN_WRITES = 5.0
# What may stand in a file beside settings and figures: see `Record.tell`.
FACTS = ("machine", "parameters", "weights_bytes", "multiply_adds", "encoder", "thresholds")


class Record:
    """The figures of an evaluation, photo by photo.

    Parameters
    ----------
    settings
        All that the figures depend on, but for the photos themselves. Only figures of the same settings
        go together.
    files
        The names of the photos that are to be measured.
    path
        A JSON file; None to keep none. Figures that it has already are taken over.
    overwrite
        Begin anew, whatever the file holds.
    wanted
        Figures that each photo is to have: one that lacks some in the file is measured again.

    Raises
    ------
    PhotoReadError, PhotoWriteError, UsageError
        The file cannot be read or written, or holds something else: no figures, those of other settings
        or of photos that are not to be measured.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        files: Collection[str],
        path: Path | None = None,
        *,
        overwrite: bool = False,
        wanted: Collection[str] = (),
    ) -> None:
        self._settings = settings
        self._facts: dict[str, Any] = {}
        self._wanted = frozenset(wanted)
        self._files = sorted(files)
        self._path = path
        self._rows: dict[str, Row] = {}
        self._written = 0.0
        if path is None:
            return
        if path.exists() and not overwrite:
            self._rows = {row["file"]: row for row in self._read(path)}
        self.write()  # what cannot be written is told before the work, not after it

    def __len__(self) -> int:
        return sum(map(self._is_whole, self._rows.values()))

    def __contains__(self, file: str) -> bool:
        return file in self._rows and self._is_whole(self._rows[file])

    def tell(self, facts: dict[str, Any]) -> None:
        """What is written with the figures, but does not have to be the same for them to go together."""
        self._facts |= {key: facts[key] for key in FACTS if key in facts}

    def told(self, fact: str) -> Any:
        """What was told, now or when the file was written; None if nothing was."""
        return self._facts.get(fact)

    def row(self, file: str) -> Row:
        """The figures of a photo that has been measured."""
        return self._rows[file]

    def add(self, row: Row) -> None:
        """Take the figures of a photo. They are on disk within seconds, with the next photo or `write`."""
        self._rows[row["file"]] = row
        if time.monotonic() - self._written > _SECONDS_BETWEEN_WRITES:
            self.write()

    def write(self) -> None:
        """Write what there is. Raises `PhotoWriteError`."""
        if self._path is not None:
            with atomic_write(self._path) as stream:
                stream.write(json.dumps(self.as_json(), indent=1).encode())
            self._written = time.monotonic()

    def as_json(self) -> dict[str, Any]:
        """The settings, "photos", and once all are measured their "mean"."""
        rows = [self._rows[file] for file in self._files if file in self._rows]
        mean = {"mean": mean_of(rows)} if len(self) == len(self._files) else {}
        return {**self._settings, **self._facts, "photos": rows, **mean}

    def _is_whole(self, row: Row) -> bool:
        return self._wanted <= row.keys()

    def _read(self, path: Path) -> list[Row]:
        try:
            found: Any = json.loads(path.read_bytes())
            rows: list[Row] = found.pop("photos")
            found.pop("mean", None)
            self._facts = {key: found.pop(key) for key in FACTS if key in found}
            others = sorted({row["file"] for row in rows}.difference(self._files))
        except OSError as error:
            raise PhotoReadError(
                f"{path} cannot be read ({error.strerror or error}): choose another file."
            ) from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{path} holds no figures of an evaluation: choose another file, or allow overwriting."
            ) from error
        if found != self._settings:
            differing = sorted(
                key
                for key in found.keys() | self._settings.keys()
                if key not in found or key not in self._settings or found[key] != self._settings[key]
            )
            raise UsageError(
                f"{path} holds figures of other settings (differing: {', '.join(differing)}): "
                "choose another file, or allow overwriting."
            )
        if others:
            raise UsageError(
                f"{path} holds figures of photos that are not among those to measure ({others[0]}): "
                "choose another file, or allow overwriting."
            )
        return rows


def mean_of(rows: list[Row]) -> Row:
    """The mean of each figure over the photos that have it.

    And where colourfulness was measured "dcf", and "dcf_default": by how much its mean is off. Of "seconds"
    it is the median: the first photo waits for things that the others do not.
    """
    keys = dict.fromkeys(key for row in rows for key in row if key != "file")
    mean = {key: np.mean([row[key] for row in rows if key in row], axis=0) for key in keys}
    if "seconds" in mean:
        mean["seconds"] = np.median([row["seconds"] for row in rows if "seconds" in row], axis=0)
    for ending in ("", "_default"):
        if f"colourfulness{ending}" in mean:
            mean[f"dcf{ending}"] = np.abs(mean[f"colourfulness{ending}"] - mean["colourfulness_true"])
    return {key: value.tolist() for key, value in mean.items()}
