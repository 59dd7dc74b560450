"""With the shipped weights: those of a network that has learnt nothing see no likeness."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.correspondence import CELL_PX, Look, Matches, cell_medians, correspond, look
from colorstudio.networks.registry import find_model

SIDE_PX = 160


@cache
def network() -> Colorizer:
    shipped = find_model("")
    colorizer = Colorizer.load(shipped)
    return Colorizer(shipped.name, colorizer.network, "cpu", SIDE_PX)


@cache
def lab(name: str) -> np.ndarray:
    picture = Image.fromarray(getattr(data, name)())
    small = picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX)
    return srgb_to_lab(np.asarray(small) / 255).astype(np.float32)


def matches(photo: np.ndarray, other: np.ndarray, most: int = 400) -> Matches:
    first, second = (
        look(network(), network().prepare(np.ascontiguousarray(p[..., 0]))) for p in (photo, other)
    )
    return correspond(first, second, other[..., 1:], most)


def colours_at(photo: np.ndarray, found: Matches) -> np.ndarray:
    """The photo's own chroma in the cells of matches."""
    rows, cols = np.round(found.positions).astype(int).T
    around = [photo[rows + down, cols + across, 1:] for down in (-2, 0, 2) for across in (-2, 0, 2)]
    return np.median(around, axis=0)


@pytest.mark.parametrize("name", ["astronaut", "coffee"])
def test_colours_come_from_the_same_thing_wherever_it_is(name: str) -> None:
    photo = lab(name)
    mirrored = photo[:, ::-1][8:, :-24]
    found = matches(photo, mirrored)
    sure = found.confidence >= 0.5
    assert found.share > 0.25
    off = np.linalg.norm(found.chroma_lab - colours_at(photo, found), axis=1)[sure]
    assert np.median(off) < 4
    # By place they would be far from it.
    there = np.clip(np.round(found.positions).astype(int), 0, np.array(mirrored.shape[:2]) - 1)
    by_place = mirrored[there[:, 0], there[:, 1], 1:]
    assert np.median(np.linalg.norm(by_place - colours_at(photo, found), axis=1)[sure]) > 8


def test_a_faded_photo_is_still_recognised() -> None:
    photo = lab("coffee")
    faded = photo.copy()
    faded[..., 0] = 40 + 0.35 * faded[..., 0]
    found = matches(faded, photo)
    assert found.share > 0.2
    sure = found.confidence >= 0.5
    wanted = fit_to_gamut(faded[..., 0], photo[..., 1:])
    shown = colours_at(np.dstack([faded[..., :1], wanted]), found)
    assert np.median(np.linalg.norm(found.chroma_lab - shown, axis=1)[sure]) < 5


def test_things_that_are_not_alike_do_not_match() -> None:
    assert matches(lab("astronaut"), lab("coffee")).share < 0.02
    rng = np.random.default_rng(0)
    noise = rng.uniform(0, 100, (SIDE_PX, SIDE_PX, 3)).astype(np.float32)
    assert matches(lab("astronaut"), noise).share < 0.02


def test_every_colour_exists_at_the_lightness_of_its_place() -> None:
    photo, vivid = lab("coffee").copy(), lab("coffee").copy()
    vivid[..., 1:] *= 3
    found = matches(photo, vivid)
    rows, cols = np.round(found.positions).astype(int).T
    lightness = cell_medians(photo)[:, 0].reshape(SIDE_PX // CELL_PX, -1)[rows // CELL_PX, cols // CELL_PX]
    np.testing.assert_allclose(fit_to_gamut(lightness, found.chroma_lab), found.chroma_lab, atol=1e-3)
    assert len(found.confidence) > 50


def test_the_surest_matches_of_all_parts_are_kept() -> None:
    photo = lab("astronaut")
    every, few = matches(photo, photo), matches(photo, photo, most=30)
    kept = few.confidence > 0
    assert 8 <= kept.sum() <= 30
    assert (every.confidence > 0).sum() > 100
    assert few.share == every.share
    assert np.ptp(few.positions[kept], axis=0).min() > SIDE_PX / 2
    assert few.confidence[kept].mean() >= every.confidence[every.confidence > 0].mean()


def test_places_that_nothing_is_like_are_anchored_away_from_the_matches() -> None:
    photo = lab("astronaut")
    part = photo[:90, 30:120]  # the face
    found = matches(photo, part)
    anchors, matched = found.positions[found.confidence == 0], found.positions[found.confidence > 0]
    assert len(anchors) > 3
    apart = np.linalg.norm(anchors[:, None] - matched[None], axis=-1).min(axis=1)
    assert apart.min() > 2 * CELL_PX


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (40, 9)])
def test_odd_shapes_are_looked_at(shape: tuple[int, int]) -> None:
    small = np.full((*shape, 3), 50, np.float32)
    found = matches(small, lab("coffee"))
    assert np.isfinite(found.positions).all()
    assert (found.positions > -0.5).all()
    assert (found.positions < np.array(shape) - 0.5 + 1e-3).all()


def test_the_median_of_a_cell_that_is_cut_off_is_of_what_is_there() -> None:
    plane = np.arange(10 * 12, dtype=np.float32).reshape(10, 12, 1)
    cells = cell_medians(plane)
    assert cells.shape == (4, 1)
    assert cells[0, 0] == np.median(plane[:8, :8])


# -- without a network: each cell has a description of its own --------------------------------------


SIDE = 12  # cells


def made_look(described: torch.Tensor, lightness: np.ndarray | None = None) -> Look:
    pixels = SIDE * CELL_PX
    if lightness is None:
        lightness = np.full(SIDE**2, 50, np.float32)
    return Look((SIDE, SIDE), (pixels, pixels), (pixels, pixels), [described], lightness)


def descriptions(seed: int) -> torch.Tensor:
    return torch.randn(SIDE**2, 256, generator=torch.Generator().manual_seed(seed))


def confidence_of(found: Matches) -> np.ndarray:
    """Of each cell, ``(SIDE, SIDE)``."""
    rows, cols = (found.positions.T // CELL_PX).astype(int)
    confidence = np.zeros((SIDE, SIDE))
    confidence[rows, cols] = found.confidence
    return confidence


ONE_COLOUR = np.full((SIDE * CELL_PX, SIDE * CELL_PX, 2), (12.0, -8.0), np.float32)


def test_a_match_is_mutual() -> None:
    described, other = descriptions(0), descriptions(0)
    described[-1] = described[0] + 0.5 * described[-1]  # looks like the first cell, which looks more so
    confidence = confidence_of(correspond(made_look(described), made_look(other), ONE_COLOUR))
    assert confidence[-1, -1] == 0
    assert confidence.reshape(-1)[:-1].min() == 1


def test_a_match_by_itself_is_chance() -> None:
    described, other = descriptions(0).reshape(SIDE, SIDE, -1), descriptions(1).reshape(SIDE, SIDE, -1)
    other[1, 1] = described[1, 1]
    other[6:10, 6:10] = described[6:10, 6:10]
    found = correspond(made_look(described.flatten(0, 1)), made_look(other.flatten(0, 1)), ONE_COLOUR)
    confidence = confidence_of(found)
    assert confidence[7:9, 7:9].min() == 1
    confidence[6:10, 6:10] = 0
    assert confidence.max() == 0


def test_lightness_counts_within_the_range_of_each_photo() -> None:
    described = descriptions(0)
    ramp = np.linspace(0, 100, SIDE**2).astype(np.float32)
    other = made_look(described, ramp)
    faded = correspond(made_look(described, 70 + 0.1 * ramp), other, ONE_COLOUR)
    assert confidence_of(faded).min() == 1
    # A dark thing is not a bright one.
    turned = correspond(made_look(described, ramp[::-1].copy()), other, ONE_COLOUR)
    assert confidence_of(turned)[0].max() == 0


def test_few_matches_count_for_less() -> None:
    described, other = descriptions(0).reshape(SIDE, SIDE, -1), descriptions(1).reshape(SIDE, SIDE, -1)
    other[6:8, 6:9] = described[6:8, 6:9]
    found = correspond(made_look(described.flatten(0, 1)), made_look(other.flatten(0, 1)), ONE_COLOUR)
    assert found.share == 6 / SIDE**2
    np.testing.assert_allclose(confidence_of(found)[6:8, 6:9], found.share / 0.06, rtol=1e-5)
