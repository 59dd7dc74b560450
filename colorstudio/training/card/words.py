"""What architectures and teachers say of themselves: the first paragraphs of their docstrings."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from colorstudio.networks.registry import ARCHITECTURES
from colorstudio.training.recipe import LossRecipe, Recipe
from colorstudio.training.teachers import TEACHERS, teacher_class


def architecture_in_words(name: str, config: Mapping[str, Any]) -> str:
    """What an architecture is, and with which settings; its name alone where nothing is known of it."""
    if name not in ARCHITECTURES:
        return f"`{name}`"
    said = _first_paragraph(sys.modules[ARCHITECTURES[name].network_class().__module__])
    settings = settings_in_words(config)
    return f"`{name}`: {said}" + (f" Here with {settings}." if settings else "")


def teaching_in_words(recipe: Recipe) -> str:
    """What an architecture learns by, and which settings of that are not the usual ones."""
    if recipe.architecture not in TEACHERS:
        return ""
    teacher = teacher_class(recipe.architecture)
    _, _, behind = _first_paragraph(sys.modules[teacher.__module__]).partition(": ")
    about = behind[:1].upper() + behind[1:]
    usual = asdict(LossRecipe())
    losses = {key: value for key, value in asdict(recipe.loss).items() if value != usual[key]}
    settings = settings_in_words({**losses, **recipe.method})
    parts = (about, _first_paragraph(teacher), f"Here with {settings}." if settings else "")
    return " ".join(part for part in parts if part)


def settings_in_words(settings: Mapping[str, Any]) -> str:
    """Such as "widths 16, 32 and skips on"."""

    def value_in_words(value: Any) -> str:
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(value, list | tuple):
            return ", ".join(map(value_in_words, value)) or "none"  # pyright: ignore[reportUnknownVariableType]
        return f"{value:g}" if isinstance(value, float) else str(value)

    return "; ".join(f"{key.replace('_', ' ')} {value_in_words(value)}" for key, value in settings.items())


def _first_paragraph(thing: Any) -> str:
    text = inspect.getdoc(thing) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("a*b*", "a\\*b\\*").replace("|", "\\|")
