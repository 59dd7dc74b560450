"""Whether the true colour is among the suggestions: shares of places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.networks.colorizer import ChromaPrediction, Colorizer
from colorstudio.networks.quantization import BINS, bin_centres
from colorstudio.services.evaluation.evaluating import evaluate
from colorstudio.services.evaluation.record import Record
from colorstudio.services.evaluation.suggestions import PLACES, measure_of_suggestions


class _Knows:
    """Holds some colours likely, the first most, everywhere."""

    def __init__(self, *colours: tuple[float, float]) -> None:
        self._logits = torch.full((BINS,), -30.0)
        for rank, colour in enumerate(colours):
            self._logits[int((bin_centres() == colour).all(axis=1).argmax())] = -float(rank)

    def prepare(self, luminance: np.ndarray, _size: int | None) -> np.ndarray:
        return luminance

    def predict(self, prepared: np.ndarray) -> ChromaPrediction:
        logits = self._logits[:, None, None].expand(BINS, 64, 64)
        return ChromaPrediction(np.zeros((128, 128, 2), np.float32), prepared[::2, ::2], logits)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """The left half about (40, 30) in a*b*, the right half gray."""
    pixels = np.full((256, 256, 3), 128, np.uint8)
    pixels[:, :128] = (194, 91, 74)
    Image.fromarray(pixels).save(tmp_path / "halves.png")
    return tmp_path / "halves.png"


def _figures(photo: Path, colorizer: Any) -> dict[str, Any]:
    record = Record({}, [photo.name])
    evaluate([photo], measure_of_suggestions(colorizer), record)
    return record.as_json()["mean"]


def test_places_are_hit_by_the_best_or_by_one_of_five(photo: Path) -> None:
    red, gray, others = (40, 30), (0, 0), [(-30, 20), (-30, -20), (0, -50), (60, 60)]
    both = _figures(photo, _Knows(red, gray))
    assert 0.3 < both["hit_best"] < 0.7
    assert both["hit_5"] == 1
    assert both["hit_gray"] == pytest.approx(1 - both["hit_best"])
    fifth = _figures(photo, _Knows(*others, gray))
    assert (fifth["hit_best"], fifth["hit_5"]) == (0, both["hit_gray"])
    none = _figures(photo, _Knows(*others, (80, 0)))
    assert (none["hit_best"], none["hit_5"]) == (0, 0)


def test_ten_delta_e_are_near_enough(photo: Path) -> None:
    assert _figures(photo, _Knows((0, 10)))["hit_best"] > 0.3
    assert _figures(photo, _Knows((10, 10)))["hit_best"] == 0


def test_places_are_drawn_from_the_name(photo: Path, colorizer: Colorizer) -> None:
    other = photo.rename(photo.with_name("other.png"))
    first, again = _figures(other, colorizer), _figures(other, colorizer)
    assert first == again
    assert all((value * PLACES) % 1 == pytest.approx(0, abs=1e-6) for value in first.values())
    assert first["hit_gray"] != _figures(other.rename(photo), colorizer)["hit_gray"]
