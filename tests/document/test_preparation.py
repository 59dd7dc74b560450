"""Preparing a photo: what each step does, where places go, and that the result is a photo like any other."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from scipy import ndimage

from colorstudio.document.affine import IDENTITY, applied, inverted
from colorstudio.document.levels import Levels
from colorstudio.document.preparation import (
    UNPREPARED,
    Crop,
    Preparation,
    frame,
    mapping,
    prepare,
    to_prepared,
    turned_shape,
)
from colorstudio.errors import UsageError
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.photo import Photo, PhotoKind, PhotoMetadata
from colorstudio.imaging.reading import KIND_NOTES, read_photo
from colorstudio.imaging.writing import write_photo
from colorstudio.progress import Cancelled, ProgressToken

SHAPE = (30, 44)
_NOISE = ndimage.gaussian_filter(np.random.default_rng(0).random((*SHAPE, 3)), (3, 3, 0))
SMOOTH = (_NOISE - _NOISE.min()) / np.ptp(_NOISE)


def _photo(dtype: Any = np.uint8, colour: bool = False, **more: Any) -> Photo:
    pixels = (SMOOTH * np.iinfo(dtype).max).astype(dtype)
    kind = PhotoKind.COLOUR if colour else PhotoKind.GRAY
    return Photo(pixels if colour else pixels[..., 0].copy(), kind, **more)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"quarter_turns": 4}, "4 quarter turns"),
        ({"quarter_turns": -1}, "-1 quarter turns"),
        ({"straighten_degrees": 45.1}, "angle 45.1"),
        ({"straighten_degrees": float("nan")}, "angle nan"),
    ],
)
def test_values_out_of_range_are_refused(values: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Preparation(**values)


@pytest.mark.parametrize("sides", [(0, 0, 0, 5), (0, 0, 5, -1), (0, 10**7, 5, 5), (0, 0, 10**7, 5)])
def test_crops_out_of_range_are_refused(sides: Any) -> None:
    with pytest.raises(UsageError, match="out of range"):
        Crop(*sides)


# -- each step ----------------------------------------------------------------------------------


@pytest.mark.parametrize("preparation", [UNPREPARED, Preparation(levels=Levels())])
def test_nothing_to_do_gives_the_photo_itself(preparation: Preparation) -> None:
    photo = _photo()
    assert prepare(photo, preparation) is photo


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_quarter_turns_are_clockwise_and_exact(turns: int, colour: bool) -> None:
    photo = _photo(np.uint16, colour)
    turned = prepare(photo, Preparation(turns))
    np.testing.assert_array_equal(turned.pixels, np.rot90(photo.pixels, -turns))
    assert turned.shape == turned_shape(photo.shape, turns)


def test_a_crop_is_exact() -> None:
    photo = _photo(colour=True)
    np.testing.assert_array_equal(
        prepare(photo, Preparation(crop=Crop(3, 5, 20, 31))).pixels, photo.pixels[3:23, 5:36]
    )


def test_a_crop_counts_from_the_corner_of_the_turned_photo() -> None:
    photo = _photo()
    cropped = prepare(photo, Preparation(1, crop=Crop(3, 5, 40, 21)))
    np.testing.assert_array_equal(cropped.pixels, np.rot90(photo.pixels, -1)[3:43, 5:26])


def test_a_crop_beyond_the_edge_repeats_it() -> None:
    photo = _photo()
    wide = prepare(photo, Preparation(crop=Crop(-2, -3, 40, 60))).pixels
    np.testing.assert_array_equal(wide, np.pad(photo.pixels, ((2, 8), (3, 13)), mode="edge"))


@pytest.mark.parametrize("degrees", [0.0, 10.0])
@pytest.mark.parametrize("crop", [Crop(-40, 0, 20, 20), Crop(0, 60, 20, 20), Crop(50, 0, 20, 20)])
def test_a_crop_of_nothing_is_refused(crop: Crop, degrees: float) -> None:
    with pytest.raises(UsageError, match="outside of the photo"):
        prepare(_photo(), Preparation(straighten_degrees=degrees, crop=crop))


def test_a_crop_larger_than_any_photo_is_refused() -> None:
    with pytest.raises(UsageError, match="larger than any photo"):
        prepare(_photo(), Preparation(crop=Crop(0, 0, 900_000, 900_000)))


def lies_in_photo(source_shape: tuple[int, int], preparation: Preparation) -> bool:
    """Whether all pixels of the result come from inside of the photo, none from beyond its edge."""
    taken = frame(source_shape, preparation)
    back = inverted(to_prepared(source_shape, preparation))
    corners = [(row, col) for row in (0, taken.height - 1) for col in (0, taken.width - 1)]
    return all(
        -1e-6 <= a * row + b * col + added <= side - 1 + 1e-6
        for row, col in corners
        for (a, b, added), side in zip(back, source_shape, strict=True)
    )


@pytest.mark.parametrize("degrees", [-45.0, -3.0, 0.2, 12.0, 45.0])
@pytest.mark.parametrize("turns", [0, 1])
def test_straightening_leaves_the_largest_part_of_the_same_proportions(degrees: float, turns: int) -> None:
    shape = (300, 441)
    taken = frame(shape, Preparation(turns, degrees))
    assert lies_in_photo(shape, Preparation(turns, degrees))
    height, width = turned_shape(shape, turns)
    assert taken.height / taken.width == pytest.approx(height / width, rel=0.02)
    assert (taken.top * 2 + taken.height, taken.left * 2 + taken.width) == (height, width)
    larger = Crop(taken.top - 1, taken.left - 1, taken.height + 2, taken.width + 2)
    assert not lies_in_photo(shape, Preparation(turns, degrees, larger))


def test_straightening_turns_clockwise() -> None:
    picture = np.zeros((101, 101), np.uint8)
    picture[50, 70:90] = 255  # to the right of the centre
    turned = prepare(Photo(picture, PhotoKind.GRAY), Preparation(straighten_degrees=20)).pixels
    row, col = ndimage.center_of_mass(turned)
    middle = (turned.shape[0] - 1) / 2
    assert row > middle + 5  # below it
    assert col > middle


def test_straightening_and_back_is_nearly_nothing() -> None:
    photo = _photo(np.uint16)
    there = prepare(photo, Preparation(straighten_degrees=9, crop=Crop(-5, -5, 40, 54)))
    back = prepare(there, Preparation(straighten_degrees=-9, crop=Crop(13, 13, 14, 28)))
    difference = back.pixels.astype(float) - photo.pixels[8:22, 8:36]
    assert np.abs(difference).max() < 0.005 * 65535


def test_levels_come_last_and_set_the_luminance_that_is_kept() -> None:
    levels = Levels(20, 70, 1.2)
    photo = _photo(np.uint16)
    plain = prepare(photo, Preparation(1, 5.0))
    changed = prepare(photo, Preparation(1, 5.0, levels=levels))
    assert np.abs(changed.luminance - levels.of(plain.luminance)).max() < 1e-3
    assert changed.notes[-1].startswith("Levels were set")
    assert plain.notes == ()


# -- a photo like any other ---------------------------------------------------------------------

PREPARATION = Preparation(1, 4.0, Crop(5, 6, 21, 13), Levels(5, 95))


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_it_has_all_that_a_photo_has(dtype: Any, colour: bool) -> None:
    alpha = np.full(SHAPE, np.iinfo(dtype).max, dtype)
    alpha[:, :20] = 0
    metadata = PhotoMetadata("TIFF", b"profile", b"Exif\0\0data", (300.0, 150.0))
    note = KIND_NOTES[PhotoKind.COLOUR]
    photo = _photo(dtype, colour, alpha=alpha, metadata=metadata, path=Path("a.tif"), notes=("Found.", note))
    prepared = prepare(photo, PREPARATION)
    assert prepared.shape == (21, 13)
    assert prepared.pixels.dtype == prepared.alpha.dtype == dtype
    assert prepared.pixels.shape[2:] == photo.pixels.shape[2:]
    assert prepared.bit_depth == photo.bit_depth
    assert prepared.metadata == replace(metadata, dpi=(150.0, 300.0))
    assert prepared.path == photo.path
    np.testing.assert_array_equal(prepared.luminance, luminance_of_pixels(prepared.pixels))
    assert prepared.kind is (PhotoKind.COLOUR if colour else PhotoKind.GRAY)
    assert (note in prepared.notes) == colour
    assert prepared.notes[0] == "Found."
    assert not prepared.pixels.flags.writeable
    assert prepared.pixels.flags.c_contiguous


@pytest.mark.parametrize("preparation", [Preparation(3), Preparation(0, 0, Crop(2, 3, 9, 8)), PREPARATION])
def test_transparency_goes_where_the_pixels_go(preparation: Preparation) -> None:
    values = (SMOOTH[..., 0] * 255).astype(np.uint8)
    preparation = replace(preparation, levels=None)
    prepared = prepare(Photo(values, PhotoKind.GRAY, alpha=values), preparation)
    np.testing.assert_array_equal(prepared.alpha, prepared.pixels)


def test_it_is_written_with_its_own_depth(tmp_path: Path) -> None:
    prepared = prepare(_photo(np.uint16, metadata=PhotoMetadata(dpi=(300, 200))), Preparation(1, 3.0))
    write_photo(tmp_path / "a.png", prepared.pixels, like=prepared)
    again = read_photo(tmp_path / "a.png")
    np.testing.assert_array_equal(again.pixels, prepared.pixels)
    assert again.bit_depth == 16
    assert again.metadata.dpi == pytest.approx((200, 300), rel=1e-3)


def test_it_can_be_cancelled_and_tells_how_far_it_is() -> None:
    seen: list[float] = []
    prepare(_photo(colour=True), PREPARATION, ProgressToken(lambda done, _: seen.append(done)))
    assert seen == sorted(seen)
    assert seen[-1] == 1
    for reports in range(len(seen) - 1):
        with pytest.raises(Cancelled):
            prepare(_photo(colour=True), PREPARATION, _cancelled_after(reports))


def _cancelled_after(reports: int) -> ProgressToken:
    left = iter(range(reports))
    token = ProgressToken(lambda *_: token.cancel() if next(left, None) is None else None)
    return token


def test_its_metadata_tell_its_own_size() -> None:
    exif, expected = Image.Exif(), Image.Exif()
    exif[0x8769], expected[0x8769] = {0xA002: 44, 0xA003: 30}, {0xA002: 13, 0xA003: 21}
    prepared = prepare(_photo(metadata=PhotoMetadata(exif=exif.tobytes())), PREPARATION)
    assert prepared.metadata.exif == expected.tobytes()


def test_its_kind_is_that_of_what_is_left() -> None:
    pixels = np.repeat((SMOOTH[..., :1] * 255).astype(np.uint8), 3, axis=2)
    pixels[:, 22:] = (SMOOTH[:, 22:] * 255).astype(np.uint8)
    photo = Photo(pixels, PhotoKind.COLOUR, notes=(KIND_NOTES[PhotoKind.COLOUR],))
    prepared = prepare(photo, Preparation(crop=Crop(0, 0, 30, 20)))
    assert prepared.kind is PhotoKind.GRAY
    assert prepared.notes == ()


# -- where places go ----------------------------------------------------------------------------


@st.composite
def _preparations(draw: st.DrawFn) -> Preparation:
    crop = st.builds(Crop, st.integers(-5, 10), st.integers(-5, 10), st.integers(5, 20), st.integers(5, 20))
    angle = draw(st.one_of(st.just(0.0), st.floats(-45, 45)))
    return Preparation(draw(st.integers(0, 3)), angle, draw(st.one_of(st.none(), crop)))


@given(_preparations())
def test_a_place_shows_what_it_showed(preparation: Preparation) -> None:
    """A plane of even slopes has at each place of the result what it has where that came from."""
    rows, cols = np.indices(SHAPE)
    slopes = (rows * 900 + cols * 600 + 2000).astype(np.uint16)
    prepared = prepare(Photo(slopes, PhotoKind.GRAY), preparation)
    taken = frame(SHAPE, preparation)
    assert prepared.shape == (taken.height, taken.width)
    places = np.argwhere((rows > 6) & (rows < SHAPE[0] - 7) & (cols > 6) & (cols < SHAPE[1] - 7))
    there = applied(to_prepared(SHAPE, preparation), places)
    seen = ((there >= 0) & (there <= np.array(prepared.shape) - 1)).all(axis=1)
    shown = ndimage.map_coordinates(prepared.pixels.astype(float), there[seen].T, order=1)
    np.testing.assert_allclose(shown, slopes[tuple(places[seen].T)], atol=3)


@given(_preparations(), _preparations())
def test_places_are_carried_from_one_preparation_to_another(before: Preparation, after: Preparation) -> None:
    places = np.array([(0.0, 0.0), (3.5, 20.0), (29.0, 43.0)])
    first, then = to_prepared(SHAPE, before), to_prepared(SHAPE, after)
    carried = applied(mapping(SHAPE, before, after), applied(first, places))
    np.testing.assert_allclose(carried, applied(then, places), atol=1e-9)


def test_levels_carry_nothing_anywhere() -> None:
    before = Preparation(1, 0.0, Crop(2, 3, 9, 9))
    assert mapping(SHAPE, before, replace(before, levels=Levels(3, 90))) == IDENTITY


def test_quarter_turns_carry_pixels_to_pixels() -> None:
    for turns in range(4):
        places = applied(to_prepared(SHAPE, Preparation(turns)), np.argwhere(np.ones(SHAPE)))
        assert (places == np.floor(places)).all()
        assert math.prod(places.max(axis=0) + 1) == math.prod(SHAPE)
