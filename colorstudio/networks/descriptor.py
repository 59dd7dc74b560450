"""What is known of a model without loading it: the `model.toml` beside its weights."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colorstudio.errors import ModelError

DESCRIPTION_FILE = "model.toml"
_SCHEMA = 1
_REQUIRED: dict[str, type] = {
    "name": str,
    "title": str,
    "description": str,
    "architecture": str,
    "working_size_px": int,
    "parameters": int,
    "weights": dict,
}


# What a model can do, and whether it can where its description says nothing of it.
_ABILITIES = {
    "takes_hints": True,
    "has_distribution": True,
    "follows_references": True,
    "draws_colours": False,
}


@dataclass(frozen=True)
class ModelDescriptor:
    """One model on disk.

    Attributes
    ----------
    name
        Name of its folder, and what `--model` takes.
    architecture
        Key in `registry.ARCHITECTURES`.
    working_size_px
        Short side at which it looks at a photo unless told otherwise.
    weights_file, weights_sha256
        File name in `folder`, and the hash that it must have.
    config
        Widths and depths, as the architecture takes them.
    licence
        Terms of the weights, one sentence.
    default
        Whether it is the one to take when none is named.
    normalisation
        Offsets and scales of what goes in and comes out; must be those of the architecture.
    vividness
        At which its colours are taken unless the user says otherwise, in [0, 1].
    year
        In which the method that it follows was published; 0 for a model that follows none.
    takes_hints, has_distribution, follows_references, draws_colours
        What it can do, without loading it: see `ColorNetwork`. To follow a reference it must take hints, and
        tell places apart. One that draws colours has variations by itself.
    """

    name: str
    title: str
    description: str
    architecture: str
    working_size_px: int
    parameters: int
    weights_file: str
    weights_sha256: str
    folder: Path
    config: dict[str, Any] = field(default_factory=dict)
    licence: str = ""
    default: bool = False
    normalisation: dict[str, float] = field(default_factory=dict)
    vividness: float = 0.0
    year: int = 0
    takes_hints: bool = True
    has_distribution: bool = True
    follows_references: bool = True
    draws_colours: bool = False

    @property
    def has_variations(self) -> bool:
        """Whether it colours a photo in more ways than one: see `Colorizer.variations`."""
        return self.draws_colours or (self.takes_hints and self.has_distribution)

    @property
    def weights_path(self) -> Path:
        return self.folder / self.weights_file


def read_descriptor(folder: Path) -> ModelDescriptor:
    """Read `model.toml` of a folder.

    Raises
    ------
    ModelError
        It is missing, not TOML, of a later schema, or lacks something.
    """
    path = folder / DESCRIPTION_FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            f"The model in {folder} has no readable {DESCRIPTION_FILE} ({error.strerror})."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{path} is not valid TOML ({error}): add the model again.") from error
    if values.get("schema") != _SCHEMA:
        raise ModelError(
            f"{path} has schema {values.get('schema')!r}, this version of Color Studio reads {_SCHEMA}: "
            "update it."
        )
    for key, kind in _REQUIRED.items():
        value = values.get(key)
        count_wrong = kind is int and (isinstance(value, bool) or not isinstance(value, int) or value < 1)
        if count_wrong or not isinstance(value, kind):
            raise ModelError(f"{path} lacks a valid {key!r}: add the model again.")
    for key in ("config", "normalisation"):
        if not isinstance(values.get(key, {}), dict):
            raise ModelError(f"{path} lacks a valid {key!r}: add the model again.")
    vividness = values.get("vividness", 0.0)
    if isinstance(vividness, bool) or not isinstance(vividness, int | float) or not 0 <= vividness <= 1:
        raise ModelError(f"{path} has a 'vividness' that is no number from 0 to 1: add the model again.")
    year = values.get("year", 0)
    if isinstance(year, bool) or not isinstance(year, int) or year < 0:
        raise ModelError(f"{path} has a 'year' that is none: add the model again.")
    abilities = {key: values.get(key, usual) for key, usual in _ABILITIES.items()}
    for key, able in abilities.items():
        if not isinstance(able, bool):
            raise ModelError(f"{path} has a {key!r} that is neither true nor false: add the model again.")
    weights = values["weights"]
    file, sha256 = weights.get("file"), weights.get("sha256")
    if not isinstance(file, str) or not isinstance(sha256, str) or Path(file).name != file:
        raise ModelError(f"{path} lacks a valid file name and sha256 under [weights]: add the model again.")
    return ModelDescriptor(
        name=values["name"],
        title=values["title"],
        description=values["description"],
        architecture=values["architecture"],
        working_size_px=values["working_size_px"],
        parameters=values["parameters"],
        weights_file=file,
        weights_sha256=sha256,
        folder=folder,
        config=dict(values.get("config", {})),
        normalisation=dict(values.get("normalisation", {})),
        licence=str(values.get("licence", "")),
        default=bool(values.get("default", False)),
        vividness=float(vividness),
        year=year,
        **abilities,
    )


def _quote(value: object) -> str:
    """A value in TOML: its strings, numbers, booleans and flat lists are JSON's, but for two details."""
    # TOML has no surrogate pairs, and wants DEL escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def format_descriptor(descriptor: ModelDescriptor) -> str:
    """The text of `model.toml` for a descriptor."""
    lines = [
        f"schema = {_SCHEMA}",
        f"name = {_quote(descriptor.name)}",
        f"title = {_quote(descriptor.title)}",
        f"description = {_quote(descriptor.description)}",
        f"licence = {_quote(descriptor.licence)}",
        f"architecture = {_quote(descriptor.architecture)}",
        f"working_size_px = {descriptor.working_size_px}",
        f"parameters = {descriptor.parameters}",
        f"default = {_quote(descriptor.default)}",
        f"vividness = {_quote(descriptor.vividness)}",
        *([f"year = {descriptor.year}"] if descriptor.year else []),
        *(
            f"{key} = {_quote(getattr(descriptor, key))}"
            for key, usual in _ABILITIES.items()
            if usual or getattr(descriptor, key)
        ),
        "",
        "[weights]",
        f"file = {_quote(descriptor.weights_file)}",
        f"sha256 = {_quote(descriptor.weights_sha256)}",
        "",
        "[config]",
        *(f"{key} = {_quote(value)}" for key, value in descriptor.config.items()),
        "",
        "[normalisation]",
        *(f"{key} = {_quote(value)}" for key, value in descriptor.normalisation.items()),
    ]
    return "\n".join(lines) + "\n"
