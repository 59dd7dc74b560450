from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from colorstudio.document.affine import shift
from colorstudio.document.reference import (
    MOST_PLACES,
    Reference,
    reference_as_json,
    reference_from_json,
)
from colorstudio.errors import UsageError


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
