"""What is told of a method that obeys, of one that does not, and of one that paints the whole frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from colorstudio.propagation.constraints import Constraints
from colorstudio.services.evaluation import locality
from colorstudio.services.evaluation.evaluating import evaluate
from colorstudio.services.evaluation.locality import measure_of_locality
from colorstudio.services.evaluation.methods import Method, ScribblesMethod
from colorstudio.services.evaluation.record import Record

_GRAY = (0.0, 0.0)


class _Fake:
    """Says gray, and with hints what its rule makes of them: a* and b* of all pixels."""

    def __init__(self, rule: Callable[[Constraints], Any]) -> None:
        self._rule = rule

    def colours(self, luminance: np.ndarray, hints: Iterable[Constraints]) -> Iterator[np.ndarray]:
        for hinted in hints:
            colour = self._rule(hinted) if len(hinted) else _GRAY
            yield np.broadcast_to(np.asarray(colour, np.float32), (*luminance.shape, 2))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A red disc on gray that is too large a thing."""
    rows, cols = np.indices((256, 256))
    pixels = np.full((256, 256, 3), 128, np.uint8)
    pixels[(rows - 100) ** 2 + (cols - 120) ** 2 < 60**2] = (190, 70, 60)
    Image.fromarray(pixels).save(tmp_path / "disc.png")
    return tmp_path / "disc.png"


def _figures(photo: Path, method: Method) -> dict[str, Any]:
    record = Record({}, [photo.name])
    evaluate([photo], measure_of_locality(method), record)
    return record.as_json()["mean"]


def test_a_method_that_does_nothing(photo: Path) -> None:
    figures = _figures(photo, _Fake(lambda hinted: _GRAY))
    assert figures["edits"] == 1
    assert 25 < figures["at_hint"] < 80
    assert figures["in_region"] == figures["in_region_before"]
    assert (figures["outside"], figures["outside_visible"], figures["unlike_visible"]) == (0, 0, 0)


def test_a_method_that_paints_the_whole_frame(photo: Path) -> None:
    figures = _figures(photo, _Fake(lambda hinted: hinted.values[0]))
    assert figures["at_hint"] == pytest.approx(0, abs=0.01)
    assert figures["in_region"] == pytest.approx(0, abs=0.5)
    assert figures["outside"] > 20
    assert (figures["outside_visible"], figures["unlike_visible"]) == (1, 1)


def test_a_method_that_stays_with_the_thing(photo: Path) -> None:
    """Colours a box around the disc, which has a part of it beyond the margin: not all, and not nothing."""

    def box(hinted: Constraints) -> Any:
        chroma = np.zeros((256, 256, 2), np.float32)
        chroma[40:160, 60:180] = hinted.values[0]
        return chroma

    figures = _figures(photo, _Fake(box))
    assert figures["in_region"] < 1
    assert 0 < figures["outside_visible"] < 0.05
    assert 0 < figures["unlike_visible"] < 0.05
    faint = _figures(photo, _Fake(lambda hinted: hinted.values[0] * 2 / np.linalg.norm(hinted.values[0])))
    assert faint["outside"] == pytest.approx(2, abs=0.01)
    assert faint["outside_visible"] == 0  # 2 Delta E are not seen


def test_propagation_stays_where_the_luminance_has_edges(photo: Path) -> None:
    figures = _figures(photo, ScribblesMethod())
    assert figures["at_hint"] < 0.1
    assert figures["in_region"] < figures["in_region_before"] / 2


def test_a_photo_without_a_thing_counts_for_no_mean(photo: Path) -> None:
    flat = photo.with_name("flat.png")
    Image.fromarray(np.full((64, 64, 3), 128, np.uint8)).save(flat)
    record = Record({}, [photo.name, flat.name])
    evaluate([photo, flat], measure_of_locality(_Fake(lambda hinted: hinted.values[0])), record)
    result = record.as_json()
    assert result["photos"][1] == {"file": "flat.png", "edits": 0}
    assert result["mean"]["edits"] == 0.5
    assert result["mean"]["outside_visible"] == 1


def test_each_edit_is_measured_against_no_hints_at_all(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = np.asarray(Image.open(photo)).copy()
    pixels[180:240, 180:240] = (60, 160, 70)
    Image.fromarray(pixels).save(photo)
    given: list[Constraints] = []

    def remember(hinted: Constraints) -> Any:
        given.append(hinted)
        return hinted.values[0]

    figures = _figures(photo, _Fake(remember))
    assert figures["edits"] == 2
    assert len(given) == 2
    assert figures["at_hint"] == pytest.approx(0, abs=0.01)
    monkeypatch.setattr(locality, "EDITS", 1)
    assert _figures(photo, _Fake(remember))["edits"] == 1
