"""A chosen colour: its hue and chroma stay, its luminance is the photo's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.chosen_colour import ChosenColour, chroma_of, colour_at, hex_of, rgb_of_hex
from colorstudio.document.compositor import composite
from colorstudio.imaging.colorspace import srgb_to_lab

rgbs = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@given(rgbs)
def test_a_colour_looks_as_given_at_its_own_luminance(rgb: tuple[int, int, int]) -> None:
    lightness, _, _ = srgb_to_lab(np.array(rgb, np.float64) / 255)
    seen = ChosenColour.of_rgb(rgb).at(float(lightness))
    assert max(abs(s - g) for s, g in zip(seen, rgb, strict=True)) <= 1


@given(st.floats(0, 100), st.floats(-90, 90), st.floats(-90, 90))
def test_it_looks_as_the_picture_will(luminance: float, a: float, b: float) -> None:
    photo = np.full((2, 2), luminance, np.float32)
    pixels = composite(photo, np.full((2, 2, 2), (a, b), np.float32))
    assert colour_at(luminance, (a, b)) == tuple(pixels[1, 1].tolist())


def test_a_colour_keeps_its_chroma_where_it_does_not_exist() -> None:
    colour = ChosenColour.of_chroma((60.0, 45.0), 50.0)
    dark = colour.at(10.0)
    assert max(dark) < 80
    assert colour.chroma_lab == (60.0, 45.0)
    assert colour.at(50.0) == colour.rgb


def test_hue_and_chroma() -> None:
    colour = ChosenColour.of_chroma(chroma_of(250.0, 30.0), 60.0)
    assert colour.hue_degrees == pytest.approx(250.0)
    assert colour.chroma == pytest.approx(30.0)
    assert ChosenColour.of_rgb((90, 90, 90)).hue_degrees is None


@given(rgbs)
def test_codes_of_colours_round_trip(rgb: tuple[int, int, int]) -> None:
    assert rgb_of_hex(hex_of(rgb)) == rgb


@pytest.mark.parametrize(
    ("text", "rgb"),
    [
        ("#8B4513", (139, 69, 19)),
        ("  8b4513\n", (139, 69, 19)),
        ("#fa0", (255, 170, 0)),
        ("", None),
        ("#12345", None),
        ("#1234567", None),
        ("##123456", None),
        ("#12345g", None),
        ("# 12345", None),
        ("red", None),
        ("#١٢٣٤٥٦", None),  # digits, but no hexadecimal ones
    ],
)
def test_what_is_a_code_and_what_is_not(text: str, rgb: tuple[int, int, int] | None) -> None:
    assert rgb_of_hex(text) == rgb
