"""Likely colours at a place: few, different, real, and the likeliest first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.document import Document, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.gamut import linear_planes, outside_of_gamut
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.quantization import BINS, bin_centres
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.suggesting import suggestions


def _distribution(**weights: float) -> np.ndarray:
    """By "a_b" of a bin, "m" for minus."""
    out = np.zeros(BINS, np.float32)
    for name, weight in weights.items():
        at = [float(part.replace("m", "-")) for part in name[1:].split("_")]
        out[(bin_centres() == at).all(axis=1).argmax()] = weight
    return out


def test_peaks_are_found_with_what_is_around_them() -> None:
    probabilities = _distribution(c40_30=0.3, c50_30=0.1, c40_40=0.1, cm20_m20=0.35, c0_60=0.15)
    found = suggestions(bin_centres(), probabilities, 60.0, 5)
    assert [round(each.probability, 2) for each in found] == [0.5, 0.35, 0.15]
    np.testing.assert_allclose(found[0].chroma_lab, (42, 32), atol=0.01)
    np.testing.assert_allclose(found[1].chroma_lab, (-20, -20), atol=0.01)
    assert len(suggestions(bin_centres(), probabilities, 60.0, 2)) == 2


def test_colours_that_do_not_exist_there_count_for_the_nearest_that_do() -> None:
    probabilities = _distribution(c90_60=0.4, c70_50=0.3, c0_0=0.3)
    dark = suggestions(bin_centres(), probabilities, 10.0, 5)
    assert [round(each.probability, 2) for each in dark] == [0.7, 0.3]


@given(seed=st.integers(0, 2**31), luminance=st.floats(0, 100), sharpness=st.floats(0.5, 20))
def test_suggestions_are_real_different_and_sorted(seed: int, luminance: float, sharpness: float) -> None:
    logits = np.random.default_rng(seed).normal(0, sharpness, BINS)
    probabilities = np.exp(logits - logits.max())
    probabilities = (probabilities / probabilities.sum()).astype(np.float32)
    found = suggestions(bin_centres(), probabilities, luminance, 5)
    assert len(found) <= 5
    assert [each.probability for each in found] == sorted((each.probability for each in found), reverse=True)
    assert sum(each.probability for each in found) <= 1 + 1e-5
    chroma = np.array([each.chroma_lab for each in found], np.float32).reshape(-1, 2)
    light = np.full(len(found), luminance, np.float32)
    assert not outside_of_gamut(linear_planes(light, np.ascontiguousarray(chroma.T))).any()
    if 5 < luminance < 95:
        lab = srgb_to_lab(np.array([each.rgb for each in found]).reshape(-1, 3) / 255)
        assert np.abs(lab[:, 0] - luminance).max() < 1.5
        distances = np.hypot(*(chroma[:, None] - chroma[None]).transpose(2, 0, 1)) + 99 * np.eye(len(found))
        assert distances.min() > 6


@pytest.mark.usefixtures("small_model")
def test_they_are_of_the_networks_last_answer_at_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, cols = np.indices((64, 96))
    photo = Photo((60 + rows + cols).astype(np.uint8), PhotoKind.GRAY)
    service = ColorizingService()
    asked: list[int] = []
    predict = Colorizer.predict

    def counted(self: Colorizer, prepared: object, *hints: object) -> object:
        asked.append(len(hints))
        return predict(self, prepared, *hints)  # type: ignore[arg-type]

    monkeypatch.setattr(Colorizer, "predict", counted)
    first = service.suggest(Document(photo), 10, 10)  # before there is any answer
    assert asked == [0]
    assert first == service.suggest(Document(photo), 10, 10)
    assert service.suggest(Document(photo), -50, 1000)  # the nearest place inside
    stroke = Stroke(((10, 5), (10, 40)), 3, "colour", (200, 40, 30))
    service.colorize(Document(photo, strokes=[stroke]), device="cpu")
    assert service.suggest(Document(photo, strokes=[stroke]), 10, 10) != first
    assert asked == [0, 1]
    service.suggest(Document(photo, Settings(model="tiny")), 10, 10)
    assert asked == [0, 1, 0]
