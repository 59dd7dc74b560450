"""Recipes from TOML files, with what is wrong with them."""

from __future__ import annotations

import dataclasses
import math
import tomllib
import types
import typing
from pathlib import Path
from typing import Any, Literal

from colorstudio.errors import ModelError, TrainingError
from colorstudio.training.recipe import Recipe, Stage

_SHIPPED = Path(__file__).parent / "recipes"

_STRIDE = 32  # the largest of all networks: the side of a crop is a multiple of it
_AT_LEAST_ONE = {
    "photos",
    "size_px",
    "working_size_px",
    "batch",
    "short_side_px",
    "most",
    "validate_every_photos",
}
_POSITIVE = {"smooth_l1_beta", "mean_count", "sampled_cells", "smallest_crop", "clip_gradient"}
_SHARES = {
    "warm_up", "final_rate", "held_out_share", "smallest_crop", "probability", "contrast", "fading", "none",
    "film", "unevenness", "stains", "scratches", "dust", "borders", "compression",
    "strokes", "dense", "near_edges", "recoloured", "sampled_cells", "rebalancing_uniform", "ema",
    "encoder_rate_decay", "betas", "momentum",
}  # fmt: skip


def shipped_recipes() -> list[str]:
    """Names of the recipes that come with Color Studio."""
    return sorted(path.stem for path in _SHIPPED.glob("*.toml"))


def recipe_path(name_or_path: str) -> Path:
    """Where a recipe is: a shipped one by its name, or any by its path. Raises `TrainingError`."""
    path = Path(name_or_path)
    if path.suffix:
        return path
    path = _SHIPPED / f"{name_or_path}.toml"
    if not path.is_file():
        raise TrainingError(
            f"There is no recipe named {name_or_path}: give one of {', '.join(shipped_recipes())}, "
            "or the path of a .toml file."
        )
    return path


def load_recipe(name_or_path: str) -> Recipe:
    """Read a shipped recipe by its name, or any recipe by its path."""
    path = recipe_path(name_or_path)
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrainingError(f"The recipe {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingError(f"The recipe {path} is not valid TOML: {error}.") from error
    values.setdefault("name", path.stem)
    if "weight_decay" in values:  # where it used to be
        values.setdefault("optimizer", {}).setdefault("weight_decay", values.pop("weight_decay"))
    recipe = _build(Recipe, values, str(path))
    if not recipe.stages:
        raise TrainingError(f"The recipe {path} has no [[stages]]: add at least one.")
    _check_ranges(recipe, f"{path}: ")
    _check_network(recipe, path)
    build_method(recipe, str(path))
    return recipe


def _check_network(recipe: Recipe, path: Path) -> None:
    from colorstudio.networks.registry import ARCHITECTURES, build_config

    if recipe.architecture not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES))
        raise TrainingError(f"{path}: architecture is {recipe.architecture!r}: give one of {known}.")
    try:
        build_config(recipe.architecture, recipe.network)
    except ModelError as error:
        raise TrainingError(f"{path}: the settings under [network] are not right: {error}.") from error


def build_method(recipe: Recipe, where: str = "The recipe") -> Any:
    """The settings under ``[method]``, as the teacher of the recipe's architecture has them.

    Raises
    ------
    TrainingError
        One is unknown or wrong, or there are some and the teacher has none.
    """
    from colorstudio.training.teachers import teacher_class

    settings = teacher_class(recipe.architecture).method_class
    if settings is not None:
        return _build(settings, recipe.method, f"{where}: method")
    if recipe.method:
        raise TrainingError(
            f"{where}: the architecture {recipe.architecture} has no settings under [method]."
        )
    return None


def _check_ranges(part: Any, where: str) -> None:
    for setting in dataclasses.fields(part):
        value = getattr(part, setting.name)
        for item in value if isinstance(value, tuple) else (value,):
            if dataclasses.is_dataclass(item):
                _check_ranges(item, f"{where}{setting.name}.")
            else:
                _check_range(item, setting.name, f"{where}{setting.name}")


def _check_range(value: object, key: str, label: str) -> None:
    if isinstance(value, str) or not isinstance(value, int | float):
        return
    low, high = (0.0, 1.0) if key in _SHARES else (1.0 if key in _AT_LEAST_ONE else 0.0, math.inf)
    if not low <= value <= high or math.isinf(value):
        end = f" to {high:g}" if key in _SHARES else " or more"
        raise TrainingError(f"{label} is {value:g}: give {low:g}{end}.")
    if key in {"size_px", "working_size_px"} and value % _STRIDE:
        raise TrainingError(f"{label} is {value:g}: give a multiple of {_STRIDE}.")
    if key in _POSITIVE and not value:
        raise TrainingError(f"{label} is 0: give more than that.")


def _without_none(annotation: Any) -> Any:
    """X of ``X | None``."""
    kinds = [kind for kind in typing.get_args(annotation) if kind is not type(None)]
    return kinds[0] if isinstance(annotation, types.UnionType) else annotation


def _build(cls: type, values: dict[str, Any], where: str) -> Any:
    hints = typing.get_type_hints(cls)
    unknown = set(values) - set(hints)
    if unknown:
        raise TrainingError(
            f"{where}: unknown setting {', '.join(sorted(unknown))}. Known are {', '.join(sorted(hints))}."
        )
    built: dict[str, Any] = {}
    for key, value in values.items():
        target = _without_none(hints[key])
        label = f"{where}: {key}"
        if key == "stages":
            if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
                raise TrainingError(f"{label} must be a list of tables: write [[stages]].")
            built[key] = tuple(_build(Stage, item, label) for item in value)
        elif dataclasses.is_dataclass(target):
            if not isinstance(value, dict):
                raise TrainingError(f"{label} must be a table: write [{key}].")
            built[key] = _build(typing.cast(type, target), value, label)
        elif typing.get_origin(target) is tuple:
            built[key] = _built_list(value, typing.get_args(target), label)
        elif typing.get_origin(target) is dict:
            if not isinstance(value, dict):
                raise TrainingError(f"{label} must be a table: write [{key}].")
            built[key] = value
        elif typing.get_origin(target) is Literal:
            if value not in typing.get_args(target):
                raise TrainingError(
                    f"{label} is {value!r}: give one of {', '.join(typing.get_args(target))}."
                )
            built[key] = value
        elif target is float and isinstance(value, int | float) and not isinstance(value, bool):
            built[key] = float(value)
        elif type(value) is target:
            built[key] = value
        else:
            raise TrainingError(f"{label} is {value!r}: give a {getattr(target, '__name__', target)}.")
    try:
        return cls(**built)
    except TypeError as error:
        raise TrainingError(f"{where}: a required setting is missing ({error}).") from error


def _built_list(value: object, kinds: tuple[Any, ...], label: str) -> tuple[Any, ...]:
    """A list of texts or of numbers; of as many as there are kinds, or of any length: ``(kind, ...)``."""
    items: list[Any] = value if isinstance(value, list) else []
    if kinds[0] is str:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in items):
            raise TrainingError(f'{label} is {value!r}: give a list of texts, like ["*.zip"].')
        return tuple(items)
    numbers = all(isinstance(item, int | float) and not isinstance(item, bool) for item in items)
    if not items or not numbers or (kinds[-1] is not ... and len(items) != len(kinds)):
        count = "" if kinds[-1] is ... else f"{len(kinds)} "
        raise TrainingError(f"{label} is {value!r}: give a list of {count}numbers.")
    return tuple(kinds[0](item) for item in items)
