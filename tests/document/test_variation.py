"""A chosen colouring is a setting like any other: undone, turned with the photo, kept with it."""

from __future__ import annotations

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
from colorstudio.document.state_json import settings_as_json, settings_from_json
from colorstudio.document.variation import (
    MOST_PLACES,
    Variation,
    variation_as_json,
    variation_from_json,
)
from colorstudio.errors import StrokesReadError, UsageError
from colorstudio.imaging.photo import Photo, PhotoKind


def variation(**changes: Any) -> Variation:
    values: dict[str, Any] = {
        "number": 2,
        "seed": 7,
        "positions": np.array([[3.5, 4.25], [10, 50.125], [39, 0]], np.float32),
        "chroma_lab": np.array([[10.5, -20], [0, 33.333], [-5, 5]], np.float32),
    }
    return Variation(**(values | changes))


def document() -> Document:
    pixels = np.arange(40 * 60, dtype=np.uint16).reshape(40, 60)
    return Document(Photo(pixels, PhotoKind.GRAY), Settings(saturation=0.5, variation=variation()))


def test_equal_ones_are_equal_and_read_only() -> None:
    assert variation() == variation()
    assert hash(variation()) == hash(variation())
    for changes in (
        {"number": 3},
        {"seed": 8},
        {"positions": np.zeros((3, 2))},
        {"chroma_lab": np.zeros((3, 2))},
    ):
        assert variation() != variation(**changes)
    with pytest.raises(ValueError, match="read-only"):
        variation().positions[0] = 0


def test_it_goes_to_json_and_back() -> None:
    assert variation_from_json(variation_as_json(variation())) == variation()
    empty = variation(positions=np.zeros((0, 2)), chroma_lab=np.zeros((0, 2)))
    assert variation_from_json(variation_as_json(empty)) == empty
    assert variation_from_json(variation_as_json(None)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"positions": np.zeros((2, 2))},
        {"positions": np.zeros((3, 3)), "chroma_lab": np.zeros((3, 3))},
        {"positions": np.zeros((MOST_PLACES + 1, 2)), "chroma_lab": np.zeros((MOST_PLACES + 1, 2))},
        {"chroma_lab": np.full((3, 2), np.nan)},
        {"chroma_lab": np.full((3, 2), 300.0)},
        {"positions": np.full((3, 2), -1e7)},
        {"seed": -1},
        {"seed": 2**31},
        {"number": 0},
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        variation(**changes)


@pytest.mark.parametrize(
    "data",
    [
        7,
        {},
        {"number": "1", "seed": 1, "places": []},
        {"number": 1, "seed": 1.5, "places": []},
        {"number": 1, "seed": 10**30, "places": []},
        {"number": 1, "seed": 1, "places": [[1, 2, 3]]},
        {"number": 1, "seed": 1, "places": [[1, 2, 3, "4"]]},
        {"number": 1, "seed": 1, "places": [[1, 2, 3, 10**400]]},
        {"number": 1, "seed": 1, "places": [[1, 2, 3, 4]] * (MOST_PLACES + 1)},
    ],
)
def test_nonsense_from_a_file_is_refused(data: object) -> None:
    with pytest.raises(UsageError):
        variation_from_json(data)
    settings = settings_as_json(Settings()) | {"variation": data}
    with pytest.raises(StrokesReadError, match=r"family\.colorstudio"):
        settings_from_json(settings, "family.colorstudio")


def test_it_turns_and_is_cropped_with_the_photo() -> None:
    made = document()
    preparation = Preparation(1, crop=Crop(4, 5, 30, 20))
    step = ChangePreparation.of(made, "Turn", preparation, prepare(made.source, preparation))
    step.apply(made)
    moved = made.settings.variation
    assert moved is not None
    # A quarter turn takes (row, col) to (col, 39 - row); the crop begins at (4, 5).
    rows, cols = variation().positions.T
    np.testing.assert_allclose(moved.positions, np.stack([cols - 4, 39 - rows - 5], axis=-1), atol=0.01)
    assert made.settings == replace(Settings(saturation=0.5), variation=moved)
    step.revert(made)
    assert made.state == document().state


def test_it_is_one_step_and_taken_back() -> None:
    made = Document(document().photo)
    step = ChangeSettings.of(made, "variation 2", variation=variation())
    step.apply(made)
    assert made.settings.variation == variation()
    step.revert(made)
    assert made.settings.variation is None


def test_a_project_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "family.colorstudio"
    state = document().state
    write_project(path, Project(state, SourceFile("a.png", b"photo")))
    assert read_project(path).state == state


def test_what_was_kept_before_there_were_variations_has_none() -> None:
    data = settings_as_json(document().settings)
    del data["variation"]
    assert settings_from_json(data, "old") == Settings(saturation=0.5)


@pytest.mark.parametrize(
    "changes", [{}, {"saturation": 1.5}, {"variation": variation(number=3)}, {"variation": None}]
)
def test_the_crash_journal_keeps_it(tmp_path: Path, changes: dict[str, Any]) -> None:
    thread = JournalThread()
    about = About("a.png", "a.png")
    journal = Journal(tmp_path, thread, about, DocumentState(), lambda: SourceFile("a.png", b"x"), print)
    first = document().state
    last = replace(first, settings=replace(first.settings, **changes))
    journal.record(first)
    journal.record(last)
    journal.abandon()
    thread.close()
    (work,) = find_lost_work(tmp_path)
    work.release()
    assert work.state == last
