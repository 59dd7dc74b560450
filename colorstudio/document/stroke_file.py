"""Strokes as JSON: the file of `colorstudio colorize --strokes`, and the strokes of a project."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard, cast

from colorstudio.document.small_file import read_small_file
from colorstudio.document.strokes import Cut, Point, Stroke, StrokeKind
from colorstudio.errors import StrokesReadError, UsageError
from colorstudio.imaging.atomic import atomic_write

# Far more than anyone paints, and little enough to be read and drawn in moments.
MAX_STROKES = 100_000
MAX_POINTS = 2_000_000  # of all strokes and their cuts together
MAX_RUNS = 2_000_000  # of all strokes together
MAX_FILE_BYTES = 1 << 27

_KINDS = ("rgb", "neutral", "keep")
_KEYS = {"points", "radius_px", "radii_px", "cuts", "runs", *_KINDS}


def strokes_as_json(strokes: Sequence[Stroke]) -> dict[str, Any]:
    """Strokes as `strokes_from_json` takes them."""
    return {"strokes": [_as_json(stroke) for stroke in strokes]}


def _as_json(stroke: Stroke) -> dict[str, Any]:
    colour = {stroke.kind: True} if stroke.rgb is None else {"rgb": list(stroke.rgb)}
    more: dict[str, Any] = {}
    if stroke.radii_px:
        more["radii_px"] = list(stroke.radii_px)
    if stroke.cuts:
        more["cuts"] = [_path_as_json(cut) for cut in stroke.cuts]
    path = {"runs": [list(run) for run in stroke.runs]} if stroke.runs else _path_as_json(stroke)
    return {**path, **more, **colour}


def _path_as_json(path: Stroke | Cut) -> dict[str, Any]:
    return {"points": [list(point) for point in path.points], "radius_px": path.radius_px}


def strokes_from_json(data: object, name: str) -> tuple[Stroke, ...]:
    """Strokes of ``{"strokes": [{"points": [[row, col], ...], "radius_px": r, "rgb": [r, g, b]}]}``.

    In place of ``"rgb"`` there may be ``"neutral": true`` or ``"keep": true``. ``"radii_px": [r, ...]`` is
    the radius at each point, ``"cuts": [{"points": ..., "radius_px": ...}]`` what the eraser took out. An
    area from a picture has ``"runs": [[row, first column, one past the last], ...]`` in place of points and
    radius.

    Parameters
    ----------
    data
        What a JSON parser gives, of any origin.
    name
        What to call the source in messages to the user.

    Raises
    ------
    StrokesReadError
        Names the source, and the stroke counted from 1.
    """
    if not isinstance(data, dict) or not isinstance(data.get("strokes"), list):
        raise StrokesReadError(f'{name} holds no strokes: it must read {{"strokes": [...]}}.')
    entries = cast("list[object]", data["strokes"])
    if len(entries) > MAX_STROKES:
        raise StrokesReadError(f"{name} holds {len(entries)} strokes, at most {MAX_STROKES} are read.")
    strokes: list[Stroke] = []
    points = runs = 0
    for number, entry in enumerate(entries, 1):
        try:
            strokes.append(_stroke(entry))
        except UsageError as error:
            raise StrokesReadError(f"{name}, stroke {number}: {error}") from error
        points += sum(len(path.points) for path in (strokes[-1], *strokes[-1].cuts))
        runs += len(strokes[-1].runs)
        if points > MAX_POINTS:
            raise StrokesReadError(f"{name} holds strokes of more than {MAX_POINTS} points: leave some out.")
        if runs > MAX_RUNS:
            raise StrokesReadError(f"{name} holds strokes of more than {MAX_RUNS} runs: leave some out.")
    return tuple(strokes)


def _stroke(entry: object) -> Stroke:
    if not isinstance(entry, dict):
        raise UsageError('A stroke must read {"points": [...], "radius_px": ..., "rgb": [...]}.')
    values = cast("dict[str, object]", entry)
    unknown = sorted(values.keys() - _KEYS)
    if unknown:
        raise UsageError(f'There is no "{unknown[0]}" in a stroke: give {", ".join(sorted(_KEYS))}.')
    given = [key for key in _KINDS if key in values]
    if len(given) != 1:
        raise UsageError('Give exactly one of "rgb": [r, g, b], "neutral": true and "keep": true.')
    stroke = partial(_area if "runs" in values else _path, values, cuts=_cuts(values.get("cuts", [])))
    if given == ["rgb"]:
        rgb = values["rgb"]
        if not _are_numbers(rgb, 3) or not all(isinstance(value, int) for value in rgb):
            raise UsageError('"rgb" must be three whole numbers, 0 to 255.')
        red, green, blue = cast("list[int]", rgb)
        return stroke(kind="colour", rgb=(red, green, blue))
    if values[given[0]] is not True:
        raise UsageError(f'"{given[0]}" must be true.')
    return stroke(kind=cast("StrokeKind", given[0]))


def _path(values: dict[str, object], **more: Any) -> Stroke:
    points, radius_px = _points_and_radius(values)
    radii_px = values.get("radii_px", [])
    if not isinstance(radii_px, list) or not all(_is_number(radius) for radius in radii_px):
        raise UsageError('"radii_px" must be a list of numbers.')
    return Stroke(points, radius_px, radii_px=tuple(radii_px), **more)


def _area(values: dict[str, object], **more: Any) -> Stroke:
    unwanted = sorted(values.keys() & {"points", "radius_px", "radii_px"})
    if unwanted:
        raise UsageError(f'A stroke with "runs" has no "{unwanted[0]}": leave it out.')
    runs = values["runs"]
    if not isinstance(runs, list) or not all(
        _are_numbers(run, 3) and all(isinstance(value, int) for value in run) for run in runs
    ):
        raise UsageError('"runs" must be a list of [row, first column, one past the last], whole numbers.')
    return Stroke((), 0.0, runs=tuple((row, first, last) for row, first, last in runs), **more)


def _cuts(entries: object) -> tuple[Cut, ...]:
    if not isinstance(entries, list):
        raise UsageError('"cuts" must be a list of {"points": [...], "radius_px": ...}.')
    cuts: list[Cut] = []
    for entry in cast("list[object]", entries):
        if not isinstance(entry, dict) or entry.keys() != {"points", "radius_px"}:
            raise UsageError('A cut must read {"points": [...], "radius_px": ...}.')
        cuts.append(Cut(*_points_and_radius(cast("dict[str, object]", entry))))
    return tuple(cuts)


def _points_and_radius(values: dict[str, object]) -> tuple[tuple[Point, ...], float]:
    points, radius_px = values.get("points"), values.get("radius_px")
    if not isinstance(points, list) or not all(_are_numbers(point, 2) for point in points):
        raise UsageError('"points" must be a list of [row, col].')
    if not _is_number(radius_px):
        raise UsageError('"radius_px" must be a number.')
    return tuple((row, col) for row, col in points), radius_px


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_numbers(value: object, count: int) -> TypeGuard[list[float]]:
    return isinstance(value, list) and len(value) == count and all(_is_number(entry) for entry in value)


def read_strokes(path: Path) -> tuple[Stroke, ...]:
    """Strokes from a JSON file; see `strokes_from_json`.

    Raises
    ------
    StrokesReadError
        The file cannot be read, is no JSON, or does not hold strokes.
    """
    text = read_small_file(path, MAX_FILE_BYTES, StrokesReadError, "a file of strokes")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: not JSON, not UTF-8, a number without end
        raise StrokesReadError(f"{path} is not valid JSON ({error}): write the strokes again.") from error
    return strokes_from_json(data, str(path))


def write_strokes(path: Path, strokes: Sequence[Stroke], *, overwrite: bool = False) -> None:
    """Write strokes for `read_strokes`, whole or not at all.

    Raises
    ------
    PhotoWriteError
    """
    with atomic_write(path, overwrite=overwrite) as file:
        file.write(json.dumps(strokes_as_json(strokes)).encode())
