"""Likely colours at a place: few, different, real, and the likeliest first."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.gamut import linear_planes, outside_of_gamut
from colorstudio.networks.colorizer import ChromaPrediction, Colorizer
from colorstudio.networks.hints import Hints
from colorstudio.networks.quantization import BINS, bin_centres
from colorstudio.networks.suggesting import suggestions


def _bin(a: float, b: float) -> int:
    return int((bin_centres() == (a, b)).all(axis=1).argmax())


def _distribution(weights: dict[tuple[float, float], float]) -> np.ndarray:
    out = np.zeros(BINS, np.float32)
    for place, weight in weights.items():
        out[_bin(*place)] = weight
    return out


def test_peaks_are_found_between_the_bins() -> None:
    peaks = _distribution({(40, 30): 0.25, (50, 30): 0.25, (-20, -20): 0.35, (0, 60): 0.15})
    found = suggestions(bin_centres(), peaks, 60.0, 3)
    np.testing.assert_allclose(found[0].chroma_lab, (45, 30), atol=1.5)
    np.testing.assert_allclose(found[1].chroma_lab, (-20, -20), atol=0.1)
    np.testing.assert_allclose(found[2].chroma_lab, (0, 60), atol=0.1)
    # Two bins, each 5 beside the suggestion: exp(-25 / 200) of theirs.
    assert [each.probability for each in found] == pytest.approx([0.5 * np.exp(-1 / 8), 0.35, 0.15], abs=0.01)
    assert len(suggestions(bin_centres(), peaks, 60.0, 2)) == 2


def test_no_two_are_alike_where_few_colours_exist() -> None:
    hill = np.exp(-(bin_centres() ** 2).sum(-1) / (2 * 15**2)).astype(np.float32)
    found = np.array([each.chroma_lab for each in suggestions(bin_centres(), hill / hill.sum(), 95.0, 5)])
    distances = np.hypot(*(found[:, None] - found[None]).transpose(2, 0, 1))
    assert distances[~np.eye(len(found), dtype=np.bool_)].min() > 9.9


def test_a_wide_hill_gets_several_suggestions_that_cover_it() -> None:
    centres = bin_centres()
    hill = np.exp(-(centres**2).sum(-1) / (2 * 20**2)).astype(np.float32)
    hill /= hill.sum()
    found = np.array([each.chroma_lab for each in suggestions(centres, hill, 60.0, 5)])
    assert len(found) == 5
    near = np.hypot(*(centres[:, None] - found[None]).transpose(2, 0, 1)).min(axis=1) <= 10
    alone = np.hypot(*(centres - found[0]).T) <= 10
    assert hill[near].sum() > 3 * hill[alone].sum()


def test_colours_that_do_not_exist_there_count_for_the_nearest_that_do() -> None:
    dark = suggestions(bin_centres(), _distribution({(90, 60): 0.4, (70, 50): 0.3, (0, 0): 0.3}), 10.0, 5)
    assert len(dark) == 2
    assert dark[0].probability == pytest.approx(0.7, abs=0.02)


@given(seed=st.integers(0, 2**31), luminance=st.floats(0, 100), sharpness=st.floats(0.5, 20))
def test_suggestions_are_real_different_and_sorted(seed: int, luminance: float, sharpness: float) -> None:
    logits = np.random.default_rng(seed).normal(0, sharpness, BINS)
    probabilities = np.exp(logits - logits.max())
    probabilities = (probabilities / probabilities.sum()).astype(np.float32)
    found = suggestions(bin_centres(), probabilities, luminance, 5)
    assert 1 <= len(found) <= 5
    assert [each.probability for each in found] == sorted((each.probability for each in found), reverse=True)
    assert sum(each.probability for each in found) <= 1 + 1e-5
    chroma = np.array([each.chroma_lab for each in found], np.float32).reshape(-1, 2)
    light = np.full(len(found), luminance, np.float32)
    assert not outside_of_gamut(linear_planes(light, np.ascontiguousarray(chroma.T))).any()
    if 5 < luminance < 95:
        lab = srgb_to_lab(np.array([each.rgb for each in found]).reshape(-1, 3) / 255)
        assert np.abs(lab[:, 0] - luminance).max() < 1.5
        distances = np.hypot(*(chroma[:, None] - chroma[None]).transpose(2, 0, 1)) + 99 * np.eye(len(found))
        assert distances.min() > 9.5  # 10, but for fitting the gamut


def _prediction(likely: dict[tuple[int, int], tuple[float, float]]) -> ChromaPrediction:
    """4 x 6 cells that hold gray likely, and other colours at some of them."""
    logits = torch.zeros(BINS, 4, 6)
    logits[_bin(0, 0)] = 20
    for (row, col), place in likely.items():
        logits[:, row, col] = 0
        logits[_bin(*place), row, col] = 20
    guide = np.linspace(30, 70, 8 * 12, dtype=np.float32).reshape(8, 12)
    return ChromaPrediction(np.zeros((8, 12, 2), np.float32), guide, logits)


def test_a_prediction_suggests_what_is_likely_at_the_place_and_around_it() -> None:
    prediction = _prediction({(1, 4): (40, 30), (1, 5): (-30, 20)})
    found = prediction.suggest(1.5 / 4, 4.5 / 6)
    assert [each.probability for each in found] == pytest.approx([5 / 8, 1 / 4, 1 / 8], abs=0.01)
    np.testing.assert_allclose([each.chroma_lab for each in found], [(0, 0), (40, 30), (-30, 20)], atol=0.1)
    lab = srgb_to_lab(np.array(found[0].rgb) / 255)
    assert lab[0] == pytest.approx(float(prediction.guide[3, 9]), abs=0.5)
    for share, inside in ((-1.0, 0.0), (2.0, 0.999)):
        assert prediction.suggest(share, share) == prediction.suggest(inside, inside)
    assert len(prediction.suggest(0.1, 0.1)) == 1


def test_a_colorizer_suggests_at_a_pixel_given_hints(colorizer: Colorizer) -> None:
    luminance = np.random.default_rng(0).uniform(0, 100, (60, 90)).astype(np.float32)
    prepared = colorizer.prepare(luminance)
    hints = Hints(np.array([[30, 40]]), np.array([[60.0, 40.0]], np.float32))
    plain, hinted = (colorizer.suggest(prepared, 30, 40, 4, given) for given in (Hints(*_NONE), hints))
    assert plain == colorizer.predict(prepared).suggest(30.5 / 60, 40.5 / 90, 4)
    assert hinted == colorizer.predict(prepared, hints).suggest(30.5 / 60, 40.5 / 90, 4)
    assert len(plain) == 4
    assert plain != hinted


_NONE = np.zeros((0, 2), np.int64), np.zeros((0, 2), np.float32)
