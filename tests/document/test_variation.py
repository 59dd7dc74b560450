"""A chosen colouring: what it may hold, and what a file may say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from colorstudio.document.document import Settings
from colorstudio.document.state_json import settings_as_json, settings_from_json
from colorstudio.document.variation import MOST_PLACES, variation_as_json, variation_from_json
from colorstudio.errors import StrokesReadError, UsageError
from tests.document.choices import variation


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
