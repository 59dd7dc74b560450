"""Strokes as JSON: the file of `colorstudio colorize --strokes`, and the strokes of a project."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeGuard, cast

from colorstudio.document.strokes import Stroke, StrokeKind
from colorstudio.errors import StrokesReadError, UsageError
from colorstudio.imaging.atomic import atomic_write

# Far more than anyone paints, and little enough to be read and drawn in moments.
MAX_STROKES = 100_000
MAX_POINTS = 2_000_000  # of all strokes together
MAX_FILE_BYTES = 1 << 27

_KINDS = ("rgb", "neutral", "keep")
_KEYS = {"points", "radius_px", *_KINDS}


def strokes_as_json(strokes: Sequence[Stroke]) -> dict[str, Any]:
    """Strokes as `strokes_from_json` takes them."""
    return {"strokes": [_as_json(stroke) for stroke in strokes]}


def _as_json(stroke: Stroke) -> dict[str, Any]:
    colour = {stroke.kind: True} if stroke.rgb is None else {"rgb": list(stroke.rgb)}
    return {"points": [list(point) for point in stroke.points], "radius_px": stroke.radius_px, **colour}


def strokes_from_json(data: object, name: str) -> tuple[Stroke, ...]:
    """Strokes of ``{"strokes": [{"points": [[row, col], ...], "radius_px": r, "rgb": [r, g, b]}]}``.

    In place of ``"rgb"`` there may be ``"neutral": true`` or ``"keep": true``.

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
    points = 0
    for number, entry in enumerate(entries, 1):
        try:
            strokes.append(_stroke(entry))
        except UsageError as error:
            raise StrokesReadError(f"{name}, stroke {number}: {error}") from error
        points += len(strokes[-1].points)
        if points > MAX_POINTS:
            raise StrokesReadError(f"{name} holds strokes of more than {MAX_POINTS} points: leave some out.")
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
    points, radius_px = values.get("points"), values.get("radius_px")
    if not isinstance(points, list) or not all(_are_numbers(point, 2) for point in points):
        raise UsageError('"points" must be a list of [row, col].')
    if not _is_number(radius_px):
        raise UsageError('"radius_px" must be a number.')
    path = tuple((row, col) for row, col in points)
    if given == ["rgb"]:
        rgb = values["rgb"]
        if not _are_numbers(rgb, 3) or not all(isinstance(value, int) for value in rgb):
            raise UsageError('"rgb" must be three whole numbers, 0 to 255.')
        red, green, blue = cast("list[int]", rgb)
        return Stroke(path, radius_px, "colour", (red, green, blue))
    if values[given[0]] is not True:
        raise UsageError(f'"{given[0]}" must be true.')
    return Stroke(path, radius_px, cast("StrokeKind", given[0]))


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
    try:
        with path.open("rb") as file:
            text = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise StrokesReadError(f"There is no file {path}: check the name.") from None
    except OSError as error:
        raise StrokesReadError(
            f"{path} could not be read ({error.strerror}): check the name and its rights."
        ) from error
    if len(text) > MAX_FILE_BYTES:
        raise StrokesReadError(
            f"{path} is too large for a file of strokes: at most {MAX_FILE_BYTES >> 20} MB."
        )
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
