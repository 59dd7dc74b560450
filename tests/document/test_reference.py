from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from colorstudio.document.affine import shift
from colorstudio.document.document import DocumentState, Settings
from colorstudio.document.journal import About, Journal, JournalThread
from colorstudio.document.project import SourceFile
from colorstudio.document.reference import MOST_PLACES, reference_as_json, reference_from_json
from colorstudio.document.state_json import state_as_json, state_from_json
from colorstudio.errors import StrokesReadError, UsageError
from tests.document.choices import reference


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


def test_a_state_with_a_reference_that_is_none_is_refused() -> None:
    data: dict[str, object] = state_as_json(DocumentState(Settings(reference=reference())))
    data["reference"] = {"name": "beach.jpg"}
    with pytest.raises(StrokesReadError, match=r"family\.colorstudio"):
        state_from_json(data, "family.colorstudio")


def test_the_journal_writes_it_down_once(tmp_path: Path) -> None:
    thread = JournalThread()
    about = About("a.png", "a.png")
    journal = Journal(tmp_path, thread, about, DocumentState(), lambda: SourceFile("a.png", b"x"), print)
    state = DocumentState(Settings(reference=reference()))
    for saturation in (0.5, 0.6, 0.7):
        journal.record(replace(state, settings=replace(state.settings, saturation=saturation)))
    thread.wait()
    assert (journal.folder / "changes").read_bytes().count(b"beach.jpg") == 1
    journal.discard()
    thread.close()
