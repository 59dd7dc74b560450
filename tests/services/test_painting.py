"""From strokes and marked copies to pixels with colours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from skimage import color

from colorstudio.document.strokes import Stroke
from colorstudio.errors import UsageError
from colorstudio.imaging.photo import Photo, PhotoKind, Pixels
from colorstudio.imaging.reading import KIND_NOTES
from colorstudio.services.painting import (
    PaintedColours,
    notes_on_copy,
    painted_by_strokes,
    painted_on_copy,
    scribble_mask,
)

SHAPE = (20, 30)
RED, BLUE = (210, 40, 30), (30, 60, 200)


def _planes(painted: PaintedColours) -> tuple[np.ndarray, np.ndarray]:
    """The wanted a*b* ``(H, W, 2)``, NaN where nothing is painted, and which pixels are kept."""
    chroma = np.full((*SHAPE, 2), np.nan)
    chroma.reshape(-1, 2)[painted.constraints.indices] = painted.constraints.values
    kept = np.zeros(SHAPE, np.bool_)
    kept.reshape(-1)[painted.constraints.indices] = painted.kept
    return chroma, kept


def _lab(rgb: tuple[int, int, int]) -> np.ndarray:
    return color.rgb2lab(np.array(rgb) / 255)[1:]


STROKES = (
    Stroke(((5, 2), (5, 27)), 1, "colour", RED),
    Stroke(((12, 2), (12, 27)), 1, "neutral"),
    Stroke(((17, 2), (17, 27)), 1, "keep"),
    Stroke(((2, 15), (18, 15)), 0, "colour", BLUE),
)


def test_each_kind_of_stroke() -> None:
    chroma, kept = _planes(painted_by_strokes(STROKES, SHAPE))
    np.testing.assert_allclose(chroma[5, 10], _lab(RED), atol=1e-3)
    np.testing.assert_array_equal(chroma[12, 10], 0)
    np.testing.assert_array_equal(chroma[17, 10], 0)
    for row in (5, 9, 12, 17):
        np.testing.assert_allclose(chroma[row, 15], _lab(BLUE), atol=1e-3)
    assert kept[17, 10]
    assert not kept[17, 15]
    assert not kept[:16].any()
    assert np.isnan(chroma[9, 10]).all()


def test_kept_pixels_are_no_hints_and_want_what_the_network_says() -> None:
    painted = painted_by_strokes(STROKES, SHAPE)
    _, kept = _planes(painted)
    hinted = painted.hinted()
    assert len(hinted) == len(painted) - kept.sum() > 0
    assert not kept.reshape(-1)[hinted.indices].any()
    network = np.random.default_rng(0).normal(0, 20, (len(painted), 2)).astype(np.float32)
    wanted = painted.wanted(network)
    np.testing.assert_array_equal(wanted.values[painted.kept], network[painted.kept])
    np.testing.assert_array_equal(wanted.values[~painted.kept], hinted.values)
    np.testing.assert_array_equal(wanted.indices, painted.constraints.indices)


def test_no_strokes_are_no_pixels() -> None:
    painted = painted_by_strokes((), SHAPE)
    assert len(painted) == len(painted.hinted()) == 0
    assert painted.constraints.channels == 2


# -- marked copies ------------------------------------------------------------------------------


def _photo(pixels: Pixels) -> Photo:
    return Photo(pixels, PhotoKind.GRAY, path=Path("marked.png"))


def _gray(dtype: type = np.uint8) -> Pixels:
    most = np.iinfo(dtype).max
    return np.linspace(0.1 * most, 0.9 * most, 600).reshape(SHAPE).astype(dtype)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("marked_dtype", [np.uint8, np.uint16])
def test_scribbles_are_where_the_copy_differs(dtype: type, marked_dtype: type) -> None:
    gray = _gray(dtype)
    most = np.iinfo(marked_dtype).max
    marked = np.rint(np.repeat(gray[..., None] / np.iinfo(dtype).max, 3, axis=-1) * most).astype(marked_dtype)
    marked[4:6, 3:20] = np.array(RED) / 255 * most
    marked[10, 5] = most
    chroma, kept = _planes(painted_on_copy(_photo(gray), _photo(marked)))
    expected = np.zeros(SHAPE, np.bool_)
    expected[4:6, 3:20] = True
    expected[10, 5] = True
    np.testing.assert_array_equal(~np.isnan(chroma[..., 0]), expected)
    np.testing.assert_allclose(chroma[5, 10], _lab(RED), atol=0.2)
    np.testing.assert_allclose(chroma[10, 5], 0, atol=0.02)
    assert not kept.any()


def test_the_least_difference_is_levins() -> None:
    """A sum over the channels above 0.01: two codes of 8 bits are nothing, three are a scribble."""
    plain = np.full((1, 4, 3), 100, np.uint8)
    marked = plain.copy()
    marked[0, 1, 0] += 2
    marked[0, 2, 1] -= 3
    marked[0, 3] += 1
    np.testing.assert_array_equal(scribble_mask(plain, marked), [[False, False, True, True]])
    gray = plain[..., 0]
    np.testing.assert_array_equal(scribble_mask(gray, marked), scribble_mask(plain, marked))
    np.testing.assert_array_equal(scribble_mask(gray, gray + np.uint8(1)), np.ones((1, 4)))


def test_a_copy_of_another_size_is_refused() -> None:
    with pytest.raises(UsageError, match=r"marked\.png has 20 x 30 pixels, the photo has 30 x 20"):
        painted_on_copy(_photo(_gray()), _photo(np.ascontiguousarray(_gray().T)))


def test_a_copy_without_scribbles_is_refused() -> None:
    with pytest.raises(UsageError, match=r"marked\.png has no scribbles"):
        painted_on_copy(_photo(_gray()), _photo(np.repeat(_gray()[..., None], 3, axis=-1)))


def test_notes_name_the_copy_and_say_nothing_of_its_colours() -> None:
    notes = ("Something about the file.", KIND_NOTES[PhotoKind.COLOUR])
    copy = Photo(_gray(), PhotoKind.COLOUR, path=Path("folder/marked.png"), notes=notes)
    assert notes_on_copy(copy, 100) == ("marked.png: Something about the file.",)


def test_a_copy_that_differs_all_over_is_told() -> None:
    """As one that was saved as JPEG does."""
    assert notes_on_copy(_photo(_gray()), 150) == ()
    (note,) = notes_on_copy(_photo(_gray()), 300)
    assert "marked.png differs from the photo at 50%" in note
    assert "PNG" in note
