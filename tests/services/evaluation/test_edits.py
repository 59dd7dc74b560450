"""Edits drawn from the true colours: which thing, which colour, which dabs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.services.evaluation.edits import MARGIN_PX, Edit, draw_edits
from colorstudio.services.evaluation.hints import generator_of

_SIDE = 128
_GROUND, _THINGS = (60.0, 10.0, 40.0), ((50.0, 40.0, 20.0), (40.0, -30.0, 0.0))


@pytest.fixture(scope="module")
def lab() -> np.ndarray:
    """A ground too large to be edited with a red disc and a green one, and a speck that is too small."""
    picture = np.empty((_SIDE, _SIDE, 3), np.float32)
    picture[:] = _GROUND
    rows, cols = np.indices((_SIDE, _SIDE))
    for (row, col), colour in zip(((40, 40), (85, 90)), _THINGS, strict=True):
        picture[(rows - row) ** 2 + (cols - col) ** 2 < 20**2] = colour
    picture[110:114, 10:14] = (80, 0, -20)
    return picture


@pytest.fixture(scope="module")
def edits(lab: np.ndarray) -> list[Edit]:
    return draw_edits(lab, 4, generator_of("photo.jpg"))


def test_things_of_a_sensible_size_are_edited_once(lab: np.ndarray, edits: list[Edit]) -> None:
    assert len(edits) == 2
    assert not (edits[0].region & edits[1].region).any()
    for edit in edits:
        labelled: Any = ndimage.label(edit.region)
        assert labelled[1] == 1
        inside = lab[edit.region]
        thing = np.median(inside, axis=0)
        assert tuple(thing) in _THINGS
        disc = (lab == thing).all(axis=-1)
        assert (edit.region & disc).sum() / (edit.region | disc).sum() > 0.85
    assert len(draw_edits(lab, 1, generator_of("photo.jpg"))) == 1


def test_dabs_lie_inside_and_say_a_visible_colour_of_another_hue(lab: np.ndarray, edits: list[Edit]) -> None:
    for edit in edits:
        dabs = edit.hints.mask()
        assert not (dabs & ~edit.region).any()
        assert dabs.sum() >= 29  # of one dab of radius 3
        assert (edit.hints.values == edit.wanted).all()
        assert math.hypot(*edit.wanted) >= 20
        light = lab[dabs][:, 0]
        np.testing.assert_allclose(fit_to_gamut(light, edit.hints.values), edit.hints.values, atol=0.05)


def test_the_new_hue_is_at_least_a_quarter_of_the_circle_away(lab: np.ndarray) -> None:
    cosines: list[float] = []
    for name in "abcdefgh":
        for edit in draw_edits(lab, 2, generator_of(name)):
            true = np.median(lab[edit.region], axis=0)[1:]
            cosines.append(float(true @ edit.wanted) / (math.hypot(*true) * math.hypot(*edit.wanted)))
    assert max(cosines) < 0.05
    assert min(cosines) < -0.8


def test_outside_is_beyond_the_margin_and_unlike_is_of_another_colour(
    lab: np.ndarray, edits: list[Edit]
) -> None:
    for edit in edits:
        distance = np.asarray(ndimage.distance_transform_edt(~edit.region))
        assert not (edit.outside & edit.region).any()
        np.testing.assert_array_equal(edit.outside, distance > MARGIN_PX)
        assert not (edit.unlike & ~edit.outside).any()
        assert edit.unlike.mean() > 0.5
    near = lab.copy()
    near[85:, :60] = (52, 30, 20)  # nearly the red of a disc
    red = next(e for e in draw_edits(near, 4, generator_of("photo.jpg")) if e.region[40, 40])
    assert red.outside[110, 30]
    assert not red.unlike[110, 30]


def test_the_name_decides(lab: np.ndarray, edits: list[Edit]) -> None:
    again, other = (draw_edits(lab, 4, generator_of(name)) for name in ("photo.jpg", "another.jpg"))
    assert [edit.hints.indices.tolist() for edit in again] == [e.hints.indices.tolist() for e in edits]
    np.testing.assert_array_equal([edit.wanted for edit in again], [edit.wanted for edit in edits])
    assert not np.array_equal(other[0].wanted, edits[0].wanted)


@pytest.mark.parametrize("colour", [_GROUND, (0.5, 0, 0), (100, 0, 0)])
def test_what_has_no_thing_fit_for_it_is_not_edited(colour: tuple[float, float, float]) -> None:
    flat = np.broadcast_to(np.array(colour, np.float32), (64, 64, 3))
    assert draw_edits(flat, 4, generator_of("photo.jpg")) == []


def test_things_too_dark_for_a_visible_colour_are_left(lab: np.ndarray) -> None:
    dark = lab.copy()
    dark[(lab == _THINGS[0]).all(axis=-1)] = (3, 0, 0)
    assert all(edit.region[85, 90] for edit in draw_edits(dark, 4, generator_of("photo.jpg")))
