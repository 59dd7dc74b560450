"""The state of a document as JSON: in projects and in the crash journal."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import Any, TypeGuard, cast

from colorstudio.document.document import DocumentState, Mode, Settings
from colorstudio.document.preparation import Crop, Levels, Preparation
from colorstudio.document.reference import Reference, reference_as_json, reference_from_json
from colorstudio.document.stroke_file import strokes_as_json, strokes_from_json
from colorstudio.document.variation import variation_as_json, variation_from_json
from colorstudio.errors import StrokesReadError, UsageError
from colorstudio.imaging.smoothing import Smoothing

_LONGEST_MODEL_NAME = 200
_CROP = ("top", "left", "height", "width")
_LEVELS = ("black", "white", "gamma")


def state_as_json(state: DocumentState) -> dict[str, Any]:
    """A state as `state_from_json` takes it."""
    return {
        "settings": settings_as_json(state.settings),
        "reference": reference_as_json(state.settings.reference),
        "preparation": preparation_as_json(state.preparation),
        **strokes_as_json(state.strokes),
    }


def state_from_json(data: dict[str, object], name: str) -> DocumentState:
    """A state from what a JSON parser gives, of any origin.

    Parameters
    ----------
    name
        What to call the source in messages to the user.

    Raises
    ------
    StrokesReadError
    """
    settings = settings_from_json(data.get("settings"), name)
    return DocumentState(
        replace(settings, reference=named_reference_from_json(data.get("reference"), name)),
        strokes_from_json(data, name),
        preparation_from_json(data.get("preparation"), name),
    )


def named_reference_from_json(data: object, name: str) -> Reference | None:
    """Raises `StrokesReadError`. None where there is none, as in all files of before there were any."""
    try:
        return reference_from_json(data)
    except UsageError as error:
        raise StrokesReadError(f"{name}: {error}") from error


def settings_as_json(settings: Settings) -> dict[str, Any]:
    """All but the reference, which is large and changes seldom."""
    reach = settings.reach
    return {
        "model": settings.model,
        "saturation": settings.saturation,
        "mode": settings.mode,
        "reach": "inf" if reach is not None and math.isinf(reach) else reach,  # JSON has no infinity
        "vividness": settings.vividness,
        "smoothing": settings.smoothing,
        "variation": variation_as_json(settings.variation),
    }


def settings_from_json(data: object, name: str) -> Settings:
    """Raises `StrokesReadError`. What is left out is as usual; what is not known is passed over."""
    if not isinstance(data, dict):
        raise StrokesReadError(f"{name} holds no settings.")
    values = cast("dict[str, object]", data)
    usual = Settings()
    model, saturation = values.get("model", usual.model), values.get("saturation", usual.saturation)
    mode, reach = values.get("mode", usual.mode), values.get("reach")
    reach = math.inf if reach == "inf" else reach
    # What was kept before there was a choice was coloured with the mean, and is to look as it did.
    vividness = values.get("vividness", 0.0)
    smoothing = values.get("smoothing", usual.smoothing)
    if not isinstance(model, str) or len(model) > _LONGEST_MODEL_NAME:
        raise StrokesReadError(f"{name} holds settings that are none.")
    if not isinstance(mode, str) or not isinstance(smoothing, str):
        raise StrokesReadError(f"{name} holds settings that are none.")
    if not (_is_number(saturation) and _is_number_or_none(reach) and _is_number_or_none(vividness)):
        raise StrokesReadError(f"{name} holds settings that are no numbers.")
    try:
        return Settings(
            model,
            saturation,
            cast("Mode", mode),
            reach,
            vividness,
            smoothing=cast("Smoothing", smoothing),
            variation=variation_from_json(values.get("variation")),
        )
    except UsageError as error:
        raise StrokesReadError(f"{name}: {error}") from error


def preparation_as_json(preparation: Preparation) -> dict[str, Any]:
    """Nothing of it but what was done."""
    data: dict[str, Any] = {}
    if preparation.quarter_turns:
        data["quarter_turns"] = preparation.quarter_turns
    if preparation.straighten_degrees:
        data["straighten_degrees"] = preparation.straighten_degrees
    if preparation.crop is not None:
        data["crop"] = asdict(preparation.crop)
    if preparation.levels is not None:
        data["levels"] = asdict(preparation.levels)
    return data


def preparation_from_json(data: object, name: str) -> Preparation:
    """Raises `StrokesReadError`. What is left out was not done."""
    values = _numbers({} if data is None else data, name, ("quarter_turns", "straighten_degrees"))
    crop, levels = (cast("dict[str, object]", data or {}).get(key) for key in ("crop", "levels"))
    try:
        return Preparation(
            _whole(values.get("quarter_turns", 0)),
            values.get("straighten_degrees", 0.0),
            None
            if crop is None
            else Crop(*(_whole(value) for value in _numbers(crop, name, _CROP, needed=True).values())),
            None if levels is None else Levels(*_numbers(levels, name, _LEVELS, needed=True).values()),
        )
    except UsageError as error:
        raise StrokesReadError(f"{name}: {error}") from error


def _numbers(data: object, name: str, keys: tuple[str, ...], *, needed: bool = False) -> dict[str, float]:
    """Those of the keys that are there, in their order."""
    if not isinstance(data, dict):
        raise StrokesReadError(f"{name} holds a preparation that is none.")
    values = cast("dict[str, object]", data)
    found: dict[str, float] = {}
    for key in keys:
        value = values.get(key)
        if not _is_number(value):
            if key in values or needed:
                raise StrokesReadError(f'{name} holds a preparation whose "{key}" is no number.')
            continue
        found[key] = value
    return found


def _whole(value: float) -> int:
    if isinstance(value, float):
        raise UsageError(f"{value:g} is no whole number of pixels or turns.")
    return value


def _is_number_or_none(value: object) -> TypeGuard[float | None]:
    return value is None or _is_number(value)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
