from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from colorstudio.document.affine import shift
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
from colorstudio.document.reference import (
    MOST_PLACES,
    Reference,
    reference_as_json,
    reference_from_json,
)
from colorstudio.document.state_json import state_as_json, state_from_json
from colorstudio.errors import StrokesReadError, UsageError
from colorstudio.imaging.photo import Photo, PhotoKind


def reference(**changes: Any) -> Reference:
    values: dict[str, Any] = {
        "name": "beach.jpg",
        "positions": np.array([[3.5, 4.25], [10.123456, 0], [20, 30]]),
        "chroma_lab": np.array([[10, -30.555], [0, 0], [5, 12]]),
        "confidence": np.array([1, 0, 0.5]),
        "strength": 0.75,
    }
    return Reference(**(values | changes))


def test_it_goes_through_json_and_comes_back_the_same() -> None:
    text = json.dumps(reference_as_json(reference()), allow_nan=False)
    assert reference_from_json(json.loads(text)) == reference()
    assert reference_from_json(reference_as_json(None)) is None


def test_equal_is_what_says_the_same() -> None:
    assert reference() == reference()
    assert hash(reference()) == hash(reference())
    for field, value in (
        ("name", "sea.jpg"),
        ("strength", 0.5),
        ("positions", np.zeros((3, 2))),
        ("chroma_lab", np.zeros((3, 2))),
        ("confidence", np.zeros(3)),
    ):
        assert reference() != reference(**{field: value})


def test_what_a_photo_is_like_as_a_whole_goes_through_json_too() -> None:
    whole = reference(overall=np.array([0.123456, 0, 1]))
    assert whole.overall is not None
    assert whole.overall.tolist() == pytest.approx([0.12346, 0, 1])
    assert reference_from_json(json.loads(json.dumps(reference_as_json(whole)))) == whole
    assert whole != reference()
    assert whole != reference(overall=np.array([0.5, 0, 1]))
    assert whole.moved(shift(1, 2)).overall is not None
    assert "overall" not in (reference_as_json(reference()) or {})


@pytest.mark.parametrize("overall", [[2.0], [-0.1], [float("nan")], [[0.5]], [0.0] * 1001])
def test_a_photo_is_not_like_that_as_a_whole(overall: list[Any]) -> None:
    with pytest.raises(UsageError):
        reference(overall=np.array(overall))


@pytest.mark.parametrize("overall", ["x", {}, [None], ["0.5"], [2], [0] * 1001])
def test_nonsense_about_the_whole_is_refused(overall: object) -> None:
    with pytest.raises(UsageError):
        reference_from_json({"name": "a.jpg", "strength": 1, "matches": [], "overall": overall})


def test_matches_are_those_with_confidence() -> None:
    assert reference().matches == 2


def test_moved_takes_the_places_along_and_nothing_else() -> None:
    moved = reference().moved(shift(-3, 100))
    np.testing.assert_allclose(moved.positions, reference().positions + np.array([-3, 100]), atol=0.01)
    assert moved.moved(shift(3, -100)) == reference()


def test_nobody_changes_it() -> None:
    with pytest.raises(ValueError, match="read-only"):
        reference().positions[0] = 0


@pytest.mark.parametrize(
    "changes",
    [
        {"positions": np.zeros((2, 2))},
        {"chroma_lab": np.zeros((3, 3))},
        {"confidence": np.array([0, 1, 1.5])},
        {"confidence": np.array([0, 1, np.nan])},
        {"chroma_lab": np.full((3, 2), np.inf)},
        {"positions": np.full((3, 2), 1e7)},
        {"strength": -0.1},
        {"name": "n" * 300},
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        reference(**changes)


@pytest.mark.parametrize(
    "data",
    [
        7,
        {},
        {"name": "a", "strength": 1},
        {"name": 3, "strength": 1, "matches": []},
        {"name": "a", "strength": "1", "matches": []},
        {"name": "a", "strength": 7, "matches": []},
        {"name": "a", "strength": 1, "matches": [[1, 2, 3, 4]]},
        {"name": "a", "strength": 1, "matches": [[1, 2, 3, 4, "5"]]},
        {"name": "a", "strength": 1, "matches": [[1, 2, 3, 4, 10**400]]},
        {"name": "a", "strength": 1, "matches": [[1, 2, 3, 4, 0.5]] * (MOST_PLACES + 1)},
        {"name": "a", "strength": 1, "matches": "many"},
    ],
)
def test_nonsense_from_a_file_is_refused(data: object) -> None:
    with pytest.raises(UsageError):
        reference_from_json(data)


# -- in a document ------------------------------------------------------------------------------


def document_like_it() -> Document:
    pixels = np.arange(40 * 60, dtype=np.uint16).reshape(40, 60)
    return Document(Photo(pixels, PhotoKind.GRAY), Settings(saturation=0.5, reference=reference()))


def test_it_turns_and_is_cropped_with_the_photo() -> None:
    document = document_like_it()
    preparation = Preparation(1, crop=Crop(4, 5, 30, 20))
    step = ChangePreparation.of(document, "Turn", preparation, prepare(document.source, preparation))
    step.apply(document)
    moved = document.settings.reference
    assert moved is not None
    # A quarter turn takes (row, col) to (col, 39 - row); the crop begins at (4, 5).
    rows, cols = reference().positions.T
    np.testing.assert_allclose(moved.positions, np.stack([cols - 4, 39 - rows - 5], axis=-1), atol=0.01)
    assert document.settings == replace(Settings(saturation=0.5), reference=moved)
    step.revert(document)
    assert document.state == document_like_it().state


def test_it_is_one_step_and_taken_back() -> None:
    document = Document(document_like_it().photo)
    step = ChangeSettings.of(document, "colour like beach.jpg", reference=reference())
    step.apply(document)
    assert document.settings.reference == reference()
    step.revert(document)
    assert document.settings.reference is None


def test_a_project_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "family.colorstudio"
    state = document_like_it().state
    write_project(path, Project(state, SourceFile("a.png", b"photo")))
    assert read_project(path).state == state


def test_what_was_kept_before_there_were_references_has_none() -> None:
    data = state_as_json(document_like_it().state)
    del data["reference"]
    assert state_from_json(data, "old").settings == Settings(saturation=0.5)


def test_a_state_with_a_reference_that_is_none_is_refused() -> None:
    data: dict[str, object] = state_as_json(document_like_it().state)
    data["reference"] = {"name": "beach.jpg"}
    with pytest.raises(StrokesReadError, match=r"family\.colorstudio"):
        state_from_json(data, "family.colorstudio")


@pytest.mark.parametrize(
    "then",
    [
        lambda settings: settings,
        lambda settings: replace(settings, saturation=1.5),
        lambda settings: replace(settings, reference=replace(settings.reference, strength=0.25)),
        lambda settings: replace(settings, reference=None),
    ],
)
def test_the_crash_journal_keeps_it(tmp_path: Path, then: Callable[[Settings], Settings]) -> None:
    thread = JournalThread()
    about = About("a.png", "a.png")
    journal = Journal(tmp_path, thread, about, DocumentState(), lambda: SourceFile("a.png", b"x"), print)
    first = document_like_it().state
    last = replace(first, settings=then(first.settings))
    journal.record(first)
    journal.record(last)
    journal.abandon()
    thread.close()
    (work,) = find_lost_work(tmp_path)
    work.release()
    assert work.state == last


def test_the_journal_writes_it_down_once(tmp_path: Path) -> None:
    thread = JournalThread()
    about = About("a.png", "a.png")
    journal = Journal(tmp_path, thread, about, DocumentState(), lambda: SourceFile("a.png", b"x"), print)
    state = document_like_it().state
    for saturation in (0.5, 0.6, 0.7):
        journal.record(replace(state, settings=replace(state.settings, saturation=saturation)))
    thread.wait()
    assert (journal.folder / "changes").read_bytes().count(b"beach.jpg") == 1
    journal.discard()
    thread.close()
