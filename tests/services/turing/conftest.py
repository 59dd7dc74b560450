"""Folders of small photos, and colours without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from colorstudio.document.document import Document
from colorstudio.progress import ProgressToken
from colorstudio.services.turing.beginning import Wishes, begin
from colorstudio.services.turing.preparing import Colour, make_pictures
from colorstudio.services.turing.session import Contestant, Kind, ShownPhoto, TuringSession
from tests.albums import make_album

CHROMA = {"warm": (30.0, 20.0), "cool": (-10.0, -30.0), "dull": (2.0, 2.0)}
MODELS = tuple(Contestant(name, name.title()) for name in CHROMA)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Eight photos in colour, two in gray, and two files that are none."""
    folder = make_album(tmp_path / "album", colour=8, gray=2)
    (folder / "notes.txt").write_text("no photo", encoding="utf-8")
    (folder / "broken.png").write_bytes(b"\x89PNG no more")
    return folder


@pytest.fixture
def coloured() -> list[tuple[str, tuple[int, int]]]:
    """The model and the size of each picture that was coloured."""
    return []


@pytest.fixture
def colour(coloured: list[tuple[str, tuple[int, int]]]) -> Colour:
    def paint(document: Document, _token: ProgressToken) -> np.ndarray:
        coloured.append((document.settings.model, document.photo.shape))
        chroma = np.empty((*document.photo.shape, 2), np.float32)
        chroma[:] = CHROMA[document.settings.model]
        return chroma

    return paint


@pytest.fixture
def begun(tmp_path: Path, photos: Path, colour: Colour) -> Callable[..., TuringSession]:
    """Makes a test with its pictures."""

    def make(
        kind: Kind = "pairs", count: int = 6, *, models: int = 2, control: bool = False
    ) -> TuringSession:
        wishes = Wishes(kind, MODELS[:models], count, control, seed=3, side_px=64)
        session = begin(tmp_path / f"test-{kind}", photos, wishes).session
        make_pictures(session, colour)
        return session

    return make


@pytest.fixture
def unseen(tmp_path: Path) -> Callable[..., TuringSession]:
    """A test of which there is nothing on disk."""

    def make(
        kind: Kind = "pairs", photos: int = 12, *, models: int = 2, control: bool = False, gray: int = 0
    ) -> TuringSession:
        shown = tuple(ShownPhoto(f"{n}.png", f"{n}.png", "", n >= gray) for n in range(photos))
        many = tuple(Contestant(f"m{n}", f"M {n}") for n in range(models))
        return TuringSession(tmp_path / "unseen", "abc", kind, 5, many, shown, control)

    return make
