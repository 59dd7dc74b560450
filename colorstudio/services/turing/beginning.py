"""Beginning a Turing test: which photos of a folder are shown."""

from __future__ import annotations

import hashlib
import random
import secrets
from dataclasses import dataclass
from pathlib import Path

from colorstudio.errors import PhotoReadError, TuringError, UsageError
from colorstudio.imaging.photo import PhotoKind
from colorstudio.imaging.reading import read_photo
from colorstudio.progress import ProgressToken
from colorstudio.services.evaluation.photos import photos_of
from colorstudio.services.planning import folder_beside
from colorstudio.services.turing.session import (
    DEFAULT_SIDE_PX,
    Contestant,
    Kind,
    ShownPhoto,
    TuringSession,
    check_models,
    holds_session,
)

# As many as somebody looks at in a few minutes.
USUAL_PHOTOS: dict[Kind, int] = {"pairs": 20, "single": 20, "ranking": 10}
_ENDING = "-turing"


@dataclass(frozen=True)
class Wishes:
    """What a test should be.

    Attributes
    ----------
    photos
        How many; None for `USUAL_PHOTOS`.
    seed
        None for one by chance.
    """

    kind: Kind
    models: tuple[Contestant, ...]
    photos: int | None = None
    control: bool = False
    seed: int | None = None
    side_px: int = DEFAULT_SIDE_PX


@dataclass(frozen=True)
class Begun:
    """A new test, and sentences for the user about what is not as it was wished."""

    session: TuringSession
    notes: tuple[str, ...]


def usual_folder(photos: Path, kind: Kind) -> Path:
    """Where the test of a folder of photos goes unless told otherwise: beside it.

    Raises
    ------
    UsageError
        There is no place beside it.
    """
    beside = folder_beside(photos)
    name = photos.name if photos.name not in ("", "..") else photos.resolve().name
    return beside.with_name(f"{name}{_ENDING}-{kind}")


def begin(folder: Path, photos: Path, wishes: Wishes, token: ProgressToken | None = None) -> Begun:
    """Choose photos by chance and write the manifest; `preparing.make_pictures` makes the pictures.

    Parameters
    ----------
    folder
        Of the new test.
    photos
        A folder with photos right in it.

    Raises
    ------
    PhotoReadError
        There is no such folder, or there are no photos in it.
    TuringError
        None of them will do, or a test is in the folder already.
    UsageError
        The wishes contradict each other.
    PhotoWriteError, Cancelled
    """
    check_models(wishes.models)
    if holds_session(folder):
        raise TuringError(f"A Turing test is in {folder} already: go on with it, or choose another folder.")
    seed = secrets.randbelow(1 << 31) if wishes.seed is None else wishes.seed
    wanted = USUAL_PHOTOS[wishes.kind] if wishes.photos is None else wishes.photos
    chosen, notes = _choose(photos, wishes.kind, wanted, seed, token or ProgressToken())
    all_in_colour = all(photo.in_colour for photo in chosen)
    if wishes.kind == "ranking" and len(wishes.models) + wishes.control + all_in_colour < 2:
        raise UsageError(
            "There is nothing to rank: choose two models or more, a gray control, or photos in colour, whose "
            "true colours take part."
        )
    if wishes.kind == "ranking" and not all_in_colour and any(photo.in_colour for photo in chosen):
        notes += ("Some of the photos have no colours of their own: the true ones take no part.",)
    session = TuringSession(
        folder.absolute(),
        secrets.token_hex(8),
        wishes.kind,
        seed,
        wishes.models,
        chosen,
        wishes.control,
        wishes.side_px,
    )
    session.write()
    return Begun(session, notes)


def _choose(
    folder: Path, kind: Kind, wanted: int, seed: int, token: ProgressToken
) -> tuple[tuple[ShownPhoto, ...], tuple[str, ...]]:
    paths = photos_of(folder)
    random.Random(seed).shuffle(paths)  # noqa: S311 - to be repeated from the seed
    chosen: list[ShownPhoto] = []
    unread = 0
    for path in paths:
        if len(chosen) == wanted:
            break
        token.report(len(chosen) / wanted, path.name)
        try:
            photo = read_photo(path)
            digest = file_digest(path)
        except PhotoReadError:
            unread += 1
            continue
        in_colour = photo.kind is PhotoKind.COLOUR
        if in_colour or kind != "pairs":
            name = " ".join(path.name.split())  # of one line, as the answers are
            chosen.append(ShownPhoto(name, str(path.absolute()), digest, in_colour))
    if not chosen:
        raise TuringError(
            f"The folder {folder} has no photos in colour, and pairs need the true colours: give another "
            "folder, or show single photos or rankings (--kind single, --kind ranking)."
            if unread < len(paths)
            else f"None of the photos in {folder} can be read: give another folder."
        )
    notes: list[str] = []
    if len(chosen) < wanted:
        photo_words = f"photo{'s' if len(chosen) > 1 else ''}{' in colour' if kind == 'pairs' else ''}"
        notes.append(f"{folder} has {len(chosen)} {photo_words}, not {wanted}: all of them are shown.")
    if unread:
        notes.append(f"{unread} of the photos in {folder} could not be read and are left out.")
    return tuple(chosen), tuple(notes)


def file_digest(path: Path) -> str:
    """SHA-256 of a photo's file. Raises `PhotoReadError`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PhotoReadError(f"{path} could not be read ({error.strerror}): check the disk.") from error
