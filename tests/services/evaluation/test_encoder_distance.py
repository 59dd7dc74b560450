"""The distance orders what is wrong by how wrong it is, by the encoder of the model in the box."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.services.evaluation.encoder_distance import EncoderDistance
from colorstudio.services.evaluation.figures import psnr, to_rgb8


@pytest.fixture(scope="module")
def encoder() -> EncoderDistance:
    found = EncoderDistance.of_default_model()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    return data.astronaut()[::4, ::4].copy()


@pytest.fixture(scope="module")
def lab(truth: np.ndarray) -> np.ndarray:
    return srgb_to_lab(truth / np.float32(255)).astype(np.float32)


def _coloured(lab: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    return to_rgb8(lab[..., 0], chroma.astype(np.float32))


def test_the_same_is_no_distance_away(encoder: EncoderDistance, truth: np.ndarray) -> None:
    assert encoder(truth, truth) == 0
    assert encoder(truth.copy(), truth) == 0


def test_paler_is_further(encoder: EncoderDistance, truth: np.ndarray, lab: np.ndarray) -> None:
    distances = [encoder(_coloured(lab, lab[..., 1:] * factor), truth) for factor in (1, 0.9, 0.6, 0.3, 0)]
    assert distances == sorted(distances)
    assert distances[0] < 0.2 * distances[1]


def test_other_hues_are_further(encoder: EncoderDistance, truth: np.ndarray, lab: np.ndarray) -> None:
    distances: list[float] = []
    for degrees in (10, 30, 90):
        c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
        distances.append(encoder(_coloured(lab, lab[..., 1:] @ np.array([[c, s], [-s, c]])), truth))
    assert distances == sorted(distances)


def test_bleeding_counts_more_than_paleness_of_the_same_error(
    encoder: EncoderDistance, truth: np.ndarray, lab: np.ndarray
) -> None:
    bled = _coloured(lab, np.roll(lab[..., 1:], 6, axis=1))
    paler = _coloured(lab, lab[..., 1:] * 0.2)
    assert psnr(bled, truth) > psnr(paler, truth)
    assert encoder(bled, truth) > encoder(paler, truth)


def test_each_truth_has_its_own_features(encoder: EncoderDistance, truth: np.ndarray) -> None:
    other = np.ascontiguousarray(truth[::-1])
    assert encoder(truth, other) > 0.05
    assert encoder(other, other) == 0


def test_odd_sizes_are_padded(encoder: EncoderDistance, truth: np.ndarray) -> None:
    odd = np.ascontiguousarray(truth[:70, :45])
    assert encoder(odd, odd) == 0
