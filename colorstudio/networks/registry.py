"""Which models there are: those that ship, and those that the user added."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from colorstudio.errors import ModelError
from colorstudio.networks.descriptor import DESCRIPTION_FILE, ModelDescriptor, read_descriptor
from colorstudio.paths import shipped_models_dir, user_models_dir

if TYPE_CHECKING:
    from colorstudio.networks.architectures.hinted import HintedColorizer


def _hinted(config: Mapping[str, Any]) -> HintedColorizer:
    from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig

    known = {field.name for field in dataclasses.fields(HintedConfig)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in config.items()
    }
    if set(values) - known:
        raise ModelError(f"unknown: {', '.join(sorted(set(values) - known))}")
    settings = HintedConfig(**values)
    sizes = (*settings.widths, settings.attention_blocks, settings.heads)
    if len(settings.widths) != 4 or not all(type(size) is int and size > 0 for size in sizes):
        raise ModelError("widths are four whole numbers, attention_blocks and heads are one each")
    if settings.widths[0] % settings.heads:
        raise ModelError("the first width is not a multiple of heads")
    return HintedColorizer(settings)


# torch is imported by the builders, so that the list of models is there at once.
ARCHITECTURES: dict[str, Callable[[Mapping[str, Any]], HintedColorizer]] = {"hinted": _hinted}


def list_models() -> list[ModelDescriptor]:
    """All models, the default one first, then by name.

    A folder that cannot be read is left out; `find_model` says what is wrong with it.
    A model of the user hides a shipped one of the same name.
    """
    found: dict[str, ModelDescriptor] = {}
    for root in (shipped_models_dir(), user_models_dir()):
        if not root.is_dir():
            continue
        for folder in sorted(root.iterdir()):
            if (folder / DESCRIPTION_FILE).is_file():
                try:
                    descriptor = read_descriptor(folder)
                except ModelError:
                    continue
                found[descriptor.name] = descriptor
    return sorted(found.values(), key=lambda model: (not model.default, model.name))


def find_model(name: str = "") -> ModelDescriptor:
    """The model of that name, or the default one for an empty name.

    Raises
    ------
    ModelError
        There is none, or its description is damaged.
    """
    models = list_models()
    for model in models:
        if not name or model.name == name:
            return model
    if name:
        for root in (user_models_dir(), shipped_models_dir()):
            if (root / name / DESCRIPTION_FILE).is_file():
                read_descriptor(root / name)  # raises, with what is wrong
        known = ", ".join(model.name for model in models) or "none"
        raise ModelError(
            f"There is no model named {name}. Known models: {known}. See: colorstudio models list"
        )
    raise ModelError(f"No model is installed in {shipped_models_dir()}: install Color Studio again.")
