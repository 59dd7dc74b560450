"""Evaluations side by side: of the same protocol, over the photos that all of them have measured."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from colorstudio.errors import PhotoReadError, UsageError
from colorstudio.services.evaluation.record import Row, mean_of


@dataclass(frozen=True)
class Result:
    """An evaluation with a name to call it by."""

    name: str
    record: dict[str, Any]

    @property
    def counts(self) -> list[int]:
        """Numbers of hints; empty where the protocol gives none."""
        return self.record.get("counts", [])

    @property
    def photos(self) -> list[Row]:
        return self.record["photos"]

    @property
    def mean(self) -> Row:
        return self.record["mean"]


def read_result(path: Path) -> Result:
    """Read what `colorstudio evaluate --json` has written.

    Raises
    ------
    PhotoReadError, UsageError
        It cannot be read, holds no figures of pictures, or not yet those of all photos.
    """
    try:
        record: Any = json.loads(path.read_bytes())
        name = name_of(record)
        pictures = "psnr" in record["photos"][0] and "protocol" in record
        whole = "mean" in record
    except OSError as error:
        raise PhotoReadError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UsageError(f"{path} holds no figures of an evaluation: choose another file.") from error
    if not pictures:
        raise UsageError(f"{path} compares no pictures (its protocol is {record.get('protocol')}).")
    if not whole:
        raise UsageError(f"{path} does not have all of its photos yet: evaluate them first.")
    return Result(name, record)


def name_of(record: dict[str, Any]) -> str:
    """The model or the method, and what is unusual about it."""
    words = [record["model"] or record["method"]]
    if record["model"] and record["method"] != "network":
        words.append(record["method"])
    if record.get("weights") == "levin":
        words.append("weights levin")
    if record.get("smoothing", "none") != "none":
        words.append(f"smoothed by {record['smoothing']}")
    if record.get("vividness"):
        words.append(f"vividness {record['vividness']:g}")
    if record.get("saturation", 1.0) != 1.0:
        words.append(f"saturation {record['saturation']:g}")
    return ", ".join(words)


def comparable(results: Sequence[Result], files: Sequence[str] = ()) -> list[Result]:
    """The same over the photos that all have, with names that differ.

    Parameters
    ----------
    files
        What the results are called where two have one name.

    Raises
    ------
    UsageError
        They are of different protocols, or have no photo in common.
    """
    protocols = sorted({result.record["protocol"] for result in results})
    if len(protocols) > 1:
        raise UsageError(f"Figures of different protocols cannot be compared: {', '.join(protocols)}.")
    shared = set.intersection(*({row["file"] for row in result.photos} for result in results))
    if not shared:
        raise UsageError("These evaluations have no photo in common, so nothing can be compared.")
    names = Counter(result.name for result in results)
    made: list[Result] = []
    for number, result in enumerate(results):
        rows = [row for row in result.photos if row["file"] in shared]
        record = {**result.record, "photos": rows, "mean": mean_of(rows)}
        twice = names[result.name] > 1 and number < len(files)
        made.append(replace(result, name=files[number] if twice else result.name, record=record))
    return made


def table_of(results: Sequence[Result]) -> tuple[list[str], list[list[str]]]:
    """Means in words: the titles of columns, and a row a result. What nobody measured has no column."""
    counts = next((result.counts for result in results if result.counts), [])
    columns = _columns_with_hints(counts) if counts else _COLUMNS
    cells = [[read(result) for _, read in columns] for result in results]
    kept = [number for number in range(len(columns)) if any(row[number] for row in cells)]
    header = ["", *(columns[number][0] for number in kept)]
    rows = [
        [result.name, *(row[number] for number in kept)] for result, row in zip(results, cells, strict=True)
    ]
    return header, rows


def _figure(key: str, form: str, scale: float = 1.0) -> Callable[[Result], str]:
    def read(result: Result) -> str:
        value = result.mean.get(key)
        return "" if value is None else format(value * scale, form)

    return read


def _gain(result: Result) -> str:
    return format(result.mean["psnr"] - result.mean["psnr_gray"], "+.2f")


def _fact(key: str, form: str, scale: float) -> Callable[[Result], str]:
    def read(result: Result) -> str:
        value = result.record.get(key)
        return "" if value is None else format(value * scale, form)

    return read


_COSTS: list[tuple[str, Callable[[Result], str]]] = [
    ("parameters M", _fact("parameters", ".2f", 1e-6)),
    ("MB", _fact("weights_bytes", ".1f", 1e-6)),
    ("GFLOPs", _fact("multiply_adds", ".2f", 1e-9)),
]
_COLUMNS: list[tuple[str, Callable[[Result], str]]] = [
    ("PSNR", _figure("psnr", ".2f")),
    ("over gray", _gain),
    ("RMSE", _figure("rmse", ".2f")),
    ("SSIM", _figure("ssim", ".4f")),
    ("AuC %", _figure("auc", ".2f", 100)),
    ("balanced %", _figure("auc_balanced", ".2f", 100)),
    ("encoder", _figure("encoder_distance", ".3f")),
    ("colourfulness", _figure("colourfulness", ".1f")),
    ("dCF", _figure("dcf", ".1f")),
    *_COSTS,
    ("seconds", _figure("seconds", ".3f")),
]


def _columns_with_hints(counts: Sequence[int]) -> list[tuple[str, Callable[[Result], str]]]:
    """PSNR at each count."""

    def at(count: int) -> Callable[[Result], str]:
        def read(result: Result) -> str:
            if count not in result.counts:
                return ""
            return format(result.mean["psnr"][result.counts.index(count)], ".2f")

        return read

    return [*((str(count), at(count)) for count in counts), *_COSTS]


def gains_over_gray(result: Result, count: int | None = None) -> list[float]:
    """PSNR over that without colour, photo by photo; at a number of hints where there are any."""
    at = result.counts.index(count) if count is not None else None
    return [
        float(np.subtract(row["psnr"] if at is None else row["psnr"][at], row["psnr_gray"]))
        for row in result.photos
    ]
