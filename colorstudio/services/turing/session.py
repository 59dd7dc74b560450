"""A Turing test on disk: what is shown, and where the pictures and the answers are.

A folder with `manifest.json`, which never changes once it is written; `pictures`, made ahead from it; and
`answers.csv`, which only grows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from colorstudio.document.small_file import read_small_file
from colorstudio.errors import TuringError, UsageError
from colorstudio.imaging.atomic import atomic_write
from colorstudio.services.exporting import make_folder_of

SCHEMA = 1
MANIFEST, ANSWERS, PICTURES = "manifest.json", "answers.csv", "pictures"

Kind = Literal["pairs", "single", "ranking"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# What else there are pictures of, beside the models: the true colours, and none at all.
REAL, GRAY = "real", "gray"
# Between sources in one cell of the answers.
SEPARATOR = "|"

DEFAULT_SIDE_PX = 960
SIDES_PX = (64, 4096)
_LARGEST_MANIFEST_BYTES = 16 << 20
_SIGNS_OF_PATHS = '<>:"/\\|?*'


@dataclass(frozen=True)
class Contestant:
    """A model that takes part.

    Attributes
    ----------
    sha256
        Of its weights: a test that was broken off goes on with the same ones only.
    """

    name: str
    title: str
    sha256: str = ""


@dataclass(frozen=True)
class ShownPhoto:
    """A photo that is shown.

    Attributes
    ----------
    path
        Where it was; needed until its pictures are made.
    sha256
        Of its file.
    in_colour
        Whether its true colours are known.
    """

    name: str
    path: str
    sha256: str
    in_colour: bool


@dataclass(frozen=True)
class TuringSession:
    """What a test consists of.

    Attributes
    ----------
    identity
        What its answers are marked with.
    seed
        Of all that is random, together with a participant's name.
    control
        Whether gray pictures are mixed in, which nobody who looks takes for real.
    side_px
        The longer side of the pictures, at most.
    """

    folder: Path
    identity: str
    kind: Kind
    seed: int
    models: tuple[Contestant, ...]
    photos: tuple[ShownPhoto, ...]
    control: bool = False
    side_px: int = DEFAULT_SIDE_PX

    @property
    def manifest_path(self) -> Path:
        return self.folder / MANIFEST

    @property
    def answers_path(self) -> Path:
        return self.folder / ANSWERS

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the models by their names."""
        return {model.name: model.title for model in self.models}

    def sources_of(self, photo: int) -> tuple[str, ...]:
        """What there are pictures of: "real" where the photo is in colour, the models, "gray"."""
        real = (REAL,) if self.photos[photo].in_colour else ()
        gray = (GRAY,) if self.control else ()
        return (*real, *(model.name for model in self.models), *gray)

    def picture_path(self, photo: int, source: str) -> Path:
        return self.folder / PICTURES / f"{photo + 1:04d}" / f"{source}.png"

    def missing(self) -> list[tuple[int, str]]:
        """Photos and sources of which there is no picture yet."""
        return [
            (photo, source)
            for photo in range(len(self.photos))
            for source in self.sources_of(photo)
            if not self.picture_path(photo, source).is_file()
        ]

    def write(self) -> None:
        """Write the manifest. Raises `PhotoWriteError`."""
        values: dict[str, Any] = {
            "schema": SCHEMA,
            "turing_test": self.identity,
            "kind": self.kind,
            "seed": self.seed,
            "control": self.control,
            "side_px": self.side_px,
            "models": [asdict(model) for model in self.models],
            "photos": [asdict(photo) for photo in self.photos],
        }
        make_folder_of(self.manifest_path)
        # A test that began there in the meantime stays.
        with atomic_write(self.manifest_path, overwrite=False) as file:
            file.write(json.dumps(values, indent=1, ensure_ascii=False).encode())


def check_models(models: Sequence[Contestant]) -> None:
    """Raise `UsageError` where models cannot take part."""
    if not models:
        raise UsageError("No model takes part: choose at least one.")
    names = [model.name for model in models]
    files = [name.casefold() for name in names]  # some disks do not tell capitals from small letters
    for name in names:
        if files.count(name.casefold()) > 1:
            raise UsageError(f"The model {name} is named twice: name each once.")
        if not _is_name(name):
            raise UsageError(f"A model named {name!r} cannot take part in a Turing test: rename its folder.")


def _is_name(name: str) -> bool:
    """Whether a model of that name can have files of its own, and be told from what is no model."""
    return (
        bool(name)
        and name.casefold() not in (REAL, GRAY)
        and not name.startswith(".")
        and not any(sign in _SIGNS_OF_PATHS or ord(sign) < 32 for sign in name)
    )


def holds_session(folder: Path) -> bool:
    """Whether a Turing test is in a folder."""
    return (folder / MANIFEST).is_file()


def read_session(folder: Path) -> TuringSession:
    """The test in a folder, which nobody has vouched for.

    Raises
    ------
    TuringError
        There is none, or its manifest is damaged or of a later version.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise TuringError(
            f"There is no Turing test in {folder}: give the folder of one, or prepare it from a folder of "
            "photos first."
        )
    damaged = TuringError(f"{path} is damaged: give the folder of another Turing test, or prepare a new one.")
    data = read_small_file(path, _LARGEST_MANIFEST_BYTES, TuringError, "the manifest of a Turing test")
    try:
        values: Any = json.loads(data)
        schema = values["schema"]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise damaged from None
    if type(schema) is int and schema > SCHEMA:
        raise TuringError(f"{path} is of a later version of Color Studio: update it.")
    try:
        return _session_of(values, folder)
    except (ValueError, TypeError, LookupError, AttributeError, UsageError):
        raise damaged from None


def _session_of(values: Mapping[str, Any], folder: Path) -> TuringSession:
    models = tuple(
        Contestant(_text(model["name"]), _text(model["title"]), _text(model["sha256"]))
        for model in values["models"]
    )
    check_models(models)
    photos = tuple(
        ShownPhoto(
            _text(photo["name"]), _text(photo["path"]), _text(photo["sha256"]), photo["in_colour"] is True
        )
        for photo in values["photos"]
    )
    kind, side_px = values["kind"], values["side_px"]
    if values["schema"] != SCHEMA or kind not in KINDS or not photos or not _text(values["turing_test"]):
        raise ValueError
    if kind == "pairs" and not all(photo.in_colour for photo in photos):
        raise ValueError
    if type(side_px) is not int or not SIDES_PX[0] <= side_px <= SIDES_PX[1]:
        raise ValueError
    return TuringSession(
        folder,
        values["turing_test"],
        kind,
        int(values["seed"]),
        models,
        photos,
        values["control"] is True,
        side_px,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\n" in value or "\0" in value:
        raise TypeError
    return value
