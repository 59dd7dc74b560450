"""The networks there are, as lists of them show them: in groups, and with what is worth knowing of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.language import number_words

translate = QCoreApplication.translate


class ModelGroup(NamedTuple):
    """Models under a heading."""

    title: str
    models: tuple[ModelChoice, ...]


def model_groups(models: Sequence[ModelChoice]) -> tuple[ModelGroup, ...]:
    """Our own, then the methods of others by their year, then what the user added; groups that have any.

    A model that follows a published method is of the lineage, whoever brought it.
    """
    ours = [model for model in models if not model.year and model.is_shipped]
    lineage = sorted(
        (model for model in models if model.year), key=lambda model: (model.year, model.title.casefold())
    )
    added = [model for model in models if not model.year and not model.is_shipped]
    groups = (
        ModelGroup(translate("Models", "Color Studio"), tuple(ours)),
        ModelGroup(translate("Models", "The lineage"), tuple(lineage)),
        ModelGroup(translate("Models", "Added by you"), tuple(added)),
    )
    return tuple(group for group in groups if group.models)


def is_chosen(model: ModelChoice, name: str, models: Sequence[ModelChoice]) -> bool:
    """Whether settings that name a model, or none, mean this one; a name that is no more is none."""
    known = any(other.name == name for other in models)
    return model.name == name if known else model == models[0]


def name_in_settings(model: ModelChoice, models: Sequence[ModelChoice]) -> str:
    """What settings say for a model: nothing for the default one."""
    return "" if model == models[0] else model.name


def size_words(model: ModelChoice) -> str:
    """How many weights a model has: "0.7 M"."""
    if not model.parameters:
        return ""
    return translate("Models", "{millions} M").format(millions=number_words(model.parameters / 1e6, 1))


def year_or_size_words(model: ModelChoice) -> str:
    return str(model.year) if model.year else size_words(model)


def facts_words(model: ModelChoice) -> str:
    """Year, size and abilities of a model in a line."""
    facts = [str(model.year)] if model.year else []
    if model.parameters:
        millions = number_words(model.parameters / 1e6, 1)
        facts.append(translate("Models", "{millions} million weights").format(millions=millions))
    facts.append(
        translate("Models", "takes strokes as hints")
        if model.takes_hints
        else translate("Models", "takes no hints")
    )
    return " · ".join(facts)
