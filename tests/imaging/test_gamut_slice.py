"""The slice of the gamut at one luminance, against every pixel looked at on its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.imaging.colorspace import lab_to_linear, lab_to_srgb, srgb_to_lab
from colorstudio.imaging.gamut_slice import EXTENT, MOST_CHROMA, gamut_outline, gamut_slice, most_chroma

SIDE = 120


def lab_of_pixels(luminance: float, side: int) -> np.ndarray:
    """The colour that each pixel of a slice stands for, by a loop as one would write it down."""
    lab = np.empty((side, side, 3))
    for row in range(side):
        for col in range(side):
            a = -EXTENT + (col + 0.5) * 2 * EXTENT / side
            b = EXTENT - (row + 0.5) * 2 * EXTENT / side
            lab[row, col] = luminance, a, b
    return lab


@pytest.mark.parametrize("luminance", [3.0, 25.0, 53.0, 78.0, 90.0])
def test_the_colours_of_a_slice_are_those_that_exist(luminance: float) -> None:
    made = gamut_slice(luminance, SIDE)
    lab = lab_of_pixels(luminance, SIDE)
    linear = lab_to_linear(lab)
    exists = np.all((linear >= 0) & (linear <= 1), axis=-1)
    on_the_edge = (np.abs(linear).min(axis=-1) < 1e-5) | (np.abs(linear - 1).min(axis=-1) < 1e-5)
    assert exists.any()
    np.testing.assert_array_equal(made.inside[~on_the_edge], exists[~on_the_edge])
    expected = np.rint(lab_to_srgb(lab) * 255)
    assert np.abs(made.rgb[exists] - expected[exists]).max() <= 1


@pytest.mark.parametrize("luminance", [3.0, 25.0, 53.0, 78.0, 90.0])
def test_the_outline_goes_around_the_colours_that_exist(luminance: float) -> None:
    made = gamut_slice(luminance, SIDE)
    lab = lab_of_pixels(luminance, SIDE)
    hue = np.rad2deg(np.arctan2(lab[..., 2], lab[..., 1])) % 360
    reach = np.hypot(made.outline[:, 0], made.outline[:, 1])
    steps = np.linspace(0, 360, len(reach) + 1)
    outline = np.interp(hue, steps, np.append(reach, reach[0]))
    distance = np.hypot(lab[..., 1], lab[..., 2]) - outline
    pixel = 2 * EXTENT / SIDE
    beyond = made.inside & (distance > pixel)
    assert beyond.sum() <= (0.02 if luminance > 85 else 0) * made.inside.sum()  # the sliver of light yellows
    assert made.inside[distance < -pixel].all()


def test_black_and_white_have_one_colour() -> None:
    for luminance in (0.0, 100.0):
        assert np.hypot(*gamut_outline(luminance).T).max() < 0.1
        assert not gamut_slice(luminance, SIDE).inside.any()  # no pixel has its centre on neutral


def test_a_slice_is_made_once_and_stays_as_it_is() -> None:
    first = gamut_slice(41.0, SIDE)
    assert gamut_slice(41.0, SIDE) is first
    with pytest.raises(ValueError, match="read-only"):
        first.rgb[0, 0] = 0


@given(st.tuples(*3 * [st.integers(0, 255)]))
def test_no_colour_of_srgb_lies_outside_of_the_square(rgb: tuple[int, int, int]) -> None:
    _, a, b = srgb_to_lab(np.array(rgb) / 255)
    assert max(abs(a), abs(b)) < EXTENT
    assert np.hypot(a, b) < MOST_CHROMA


@given(st.floats(5, 90), st.floats(0, 360))
def test_most_chroma_is_the_last_that_exists(luminance: float, hue: float) -> None:
    most = most_chroma(luminance, hue)
    angle = np.deg2rad(hue)
    for chroma, expected in ((most - 0.1, True), (most + 0.1, False)):
        linear = lab_to_linear(np.array([luminance, chroma * np.cos(angle), chroma * np.sin(angle)]))
        assert bool(((linear >= -1e-6) & (linear <= 1 + 1e-6)).all()) is expected
