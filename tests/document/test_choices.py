"""A reference and a variation are settings like any other: undone, turned with the photo, kept with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from colorstudio.document.document import (
    ChangePreparation,
    ChangeSettings,
    Document,
    DocumentState,
    Settings,
)
from colorstudio.document.journal import About, Journal, JournalThread
from colorstudio.document.journal_reading import find_lost_work
from colorstudio.document.preparation import Crop, Preparation, prepare
from colorstudio.document.project import Project, SourceFile, read_project, write_project
from colorstudio.document.state_json import state_as_json, state_from_json
from colorstudio.imaging.photo import Photo, PhotoKind
from tests.document.choices import reference, variation

CHOICES: dict[str, Any] = {"reference": reference(), "variation": variation()}
OTHERS: dict[str, Any] = {"reference": reference(strength=0.25), "variation": variation(number=3)}
pytestmark = pytest.mark.parametrize("name", CHOICES)


def document(name: str) -> Document:
    pixels = np.arange(40 * 60, dtype=np.uint16).reshape(40, 60)
    settings = replace(Settings(saturation=0.5), **{name: CHOICES[name]})
    return Document(Photo(pixels, PhotoKind.GRAY), settings)


def test_it_turns_and_is_cropped_with_the_photo(name: str) -> None:
    made = document(name)
    preparation = Preparation(1, crop=Crop(4, 5, 30, 20))
    step = ChangePreparation.of(made, "Turn", preparation, prepare(made.source, preparation))
    step.apply(made)
    moved = getattr(made.settings, name)
    # A quarter turn takes (row, col) to (col, 39 - row); the crop begins at (4, 5).
    rows, cols = CHOICES[name].positions.T
    np.testing.assert_allclose(moved.positions, np.stack([cols - 4, 39 - rows - 5], axis=-1), atol=0.01)
    assert made.settings == replace(Settings(saturation=0.5), **{name: moved})
    step.revert(made)
    assert made.state == document(name).state


def test_it_is_one_step_and_taken_back(name: str) -> None:
    made = Document(document(name).photo)
    step = ChangeSettings.of(made, "another colouring", **{name: CHOICES[name]})
    step.apply(made)
    assert getattr(made.settings, name) == CHOICES[name]
    step.revert(made)
    assert getattr(made.settings, name) is None


def test_a_project_keeps_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / "family.colorstudio"
    state = document(name).state
    write_project(path, Project(state, SourceFile("a.png", b"photo")))
    assert read_project(path).state == state


def test_what_was_kept_before_there_were_any_has_none(name: str) -> None:
    data = state_as_json(document(name).state)
    kept_in = data if name in data else data["settings"]
    del kept_in[name]
    assert state_from_json(data, "old").settings == Settings(saturation=0.5)


@pytest.mark.parametrize(
    "changes",
    [
        lambda name: {},
        lambda name: {"saturation": 1.5},
        lambda name: {name: OTHERS[name]},
        lambda name: {name: None},
    ],
    ids=["nothing", "something else", "another", "none"],
)
def test_the_crash_journal_keeps_it(
    tmp_path: Path, name: str, changes: Callable[[str], dict[str, Any]]
) -> None:
    thread = JournalThread()
    about = About("a.png", "a.png")
    journal = Journal(tmp_path, thread, about, DocumentState(), lambda: SourceFile("a.png", b"x"), print)
    first = document(name).state
    last = replace(first, settings=replace(first.settings, **changes(name)))
    journal.record(first)
    journal.record(last)
    journal.abandon()
    thread.close()
    (work,) = find_lost_work(tmp_path)
    work.release()
    assert work.state == last
