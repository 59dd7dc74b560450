"""Which architectures there are, and which models: those that ship, and those that the user added."""

from __future__ import annotations

import dataclasses
import importlib
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colorstudio.errors import ModelError
from colorstudio.networks.descriptor import DESCRIPTION_FILE, ModelDescriptor, read_descriptor
from colorstudio.paths import shipped_models_dir, user_models_dir

if TYPE_CHECKING:
    from colorstudio.networks.network import ColorNetwork


@dataclass(frozen=True)
class Architecture:
    """Where the code of an architecture is: a module of `architectures`, and two classes in it."""

    module: str
    config: str
    network: str

    def config_class(self) -> type[Any]:
        return getattr(self._imported(), self.config)

    def network_class(self) -> type[ColorNetwork]:
        return getattr(self._imported(), self.network)

    def _imported(self) -> Any:
        return importlib.import_module(f"colorstudio.networks.architectures.{self.module}")


# Imported when they are needed, so that the list of models is there at once: they need torch.
ARCHITECTURES: dict[str, Architecture] = {
    "hinted": Architecture("hinted", "HintedConfig", "HintedColorizer"),
    "iizuka2016": Architecture("iizuka2016", "Iizuka2016Config", "Iizuka2016"),
    "eccv16": Architecture("eccv16", "Eccv16Config", "Eccv16"),
    "larsson2016": Architecture("larsson2016", "Larsson2016Config", "Larsson2016"),
    "siggraph17": Architecture("siggraph17", "Siggraph17Config", "Siggraph17"),
    "encoder_decoder": Architecture("encoder_decoder", "EncoderDecoderConfig", "EncoderDecoder"),
    "mleu": Architecture("mleu", "MleuConfig", "Mleu"),
    "zaman2020": Architecture("zaman2020", "Zaman2020Config", "Zaman2020"),
    "koalarization": Architecture("koalarization", "KoalarizationConfig", "Koalarization"),
    "cao2017": Architecture("cao2017", "Cao2017Config", "Cao2017"),
    "chromagan": Architecture("chromagan", "ChromaGanConfig", "ChromaGan"),
}


def build_network(architecture: str, config: Mapping[str, Any]) -> ColorNetwork:
    """A network with weights of chance.

    Parameters
    ----------
    architecture
        A key of `ARCHITECTURES`.
    config
        Values of its config as TOML has them; what is missing is at its default.

    Raises
    ------
    ModelError
        There is no such architecture, or a value is not one that it takes.
    """
    known = ARCHITECTURES.get(architecture)
    if known is None:
        raise ModelError(f"there is no architecture {architecture!r}: {', '.join(sorted(ARCHITECTURES))}")
    network: Any = known.network_class()
    return network(build_config(architecture, config))


def build_config(architecture: str, config: Mapping[str, Any]) -> Any:
    """The config of an architecture, checked. Raises `ModelError`."""
    known = ARCHITECTURES[architecture].config_class()
    kinds = typing.get_type_hints(known)
    settings = [setting.name for setting in dataclasses.fields(known)]
    unknown = sorted(set(config) - set(settings))
    if unknown:
        raise ModelError(f"unknown: {', '.join(unknown)}; known are {', '.join(settings)}")
    return known(**{key: _checked(key, value, kinds[key]) for key, value in config.items()})


def _checked(key: str, value: Any, kind: Any) -> Any:
    """A value as its annotation has it: int, float, bool, str, a Literal, or a tuple of one of them."""
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise ModelError(f"{key} is {value!r}: a list is needed")
        return tuple(_checked(key, item, typing.get_args(kind)[0]) for item in value)
    if kind is float and type(value) is int:
        return float(value)
    if typing.get_origin(kind) is typing.Literal:
        if value not in typing.get_args(kind):
            raise ModelError(
                f"{key} is {value!r}: one of {', '.join(map(str, typing.get_args(kind)))} is needed"
            )
    elif type(value) is not kind:
        raise ModelError(f"{key} is {value!r}: a value of type {kind.__name__} is needed")
    return value


def architecture_of(network: ColorNetwork) -> str:
    """The name of a network's architecture."""
    for name, known in ARCHITECTURES.items():
        if type(network).__name__ == known.network and type(network) is known.network_class():
            return name
    raise ModelError(f"{type(network).__name__} is not among the architectures")


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
