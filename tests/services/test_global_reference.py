"""A photo in colour, as a network sees it that takes hints on a photo as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.networks.quantization import BINS, bin_centres
from colorstudio.services.global_reference import global_hints_of_reference
from colorstudio.services.reference import ReferencePhoto


def _reference(rgb: np.ndarray) -> ReferencePhoto:
    return ReferencePhoto("other.png", srgb_to_lab(rgb).astype(np.float32))


def test_it_says_which_colours_there_are_and_how_saturated_they_are() -> None:
    rgb = np.full((20, 33, 3), (0.8, 0.4, 0.4), np.float32)
    said = global_hints_of_reference(_reference(rgb))
    assert said.shape == (BINS + 3,)
    assert said.dtype == np.float32
    mean = said[:BINS] @ bin_centres()
    assert np.allclose(mean, srgb_to_lab(rgb)[0, 0, 1:], atol=0.1)
    assert said[BINS:].tolist() == pytest.approx([1, 0.5, 1], abs=0.01)


def test_where_things_are_does_not_count() -> None:
    rgb = np.zeros((16, 16, 3), np.float32)
    rgb[:8], rgb[8:] = (0.8, 0.4, 0.4), (0.2, 0.3, 0.7)
    assert np.allclose(
        global_hints_of_reference(_reference(rgb)),
        global_hints_of_reference(_reference(rgb[::-1].copy())),
        atol=1e-5,
    )
