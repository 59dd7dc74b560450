"""The published ways to draw hints."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.services.evaluation.hints import (
    Placing,
    SquareHints,
    place_squares,
    squares_with_true_colours,
)
from colorstudio.services.evaluation.protocols import PROTOCOLS


@pytest.mark.parametrize("placing", ["normal", "grid"])
def test_the_photos_name_decides_and_longer_sequences_start_with_shorter(placing: Placing) -> None:
    def placed(name: str, count: int) -> np.ndarray:
        return place_squares(name, count, size_px=64, side_px=4, placing=placing)

    long = placed("a.jpg", 300)
    for count in (0, 1, 2, 7, 100):
        np.testing.assert_array_equal(placed("a.jpg", count), long[:count])
    assert not np.array_equal(placed("b.jpg", 300), long)


def test_hints_are_the_same_on_every_machine() -> None:
    # Published figures rest on them: a change of the drawing must not go unseen.
    normal = place_squares("photo.jpg", 3, size_px=256, side_px=6, placing="normal")
    grid = place_squares("photo.jpg", 3, size_px=224, side_px=2, placing="grid")
    assert normal.tolist() == [[44, 243], [201, 96], [120, 118]]
    assert grid.tolist() == [[122, 102], [100, 104], [40, 162]]


def test_normal_centres_have_the_mean_and_deviation_of_the_protocol() -> None:
    # Wide enough that few are moved to the edge: 2 deviations.
    corners = place_squares("photo.jpg", 20_000, size_px=1000, side_px=6, placing="normal")
    centres = corners + 3
    inner = centres[(centres > 3) & (centres < 997)]
    assert corners.min() == 0
    assert corners.max() == 994
    assert centres.mean() == pytest.approx(500, abs=5)
    # Half of a normal distribution lies within 0.6745 deviations of its centre.
    assert (np.abs(centres - 500) < 0.6745 * 250).mean() == pytest.approx(0.5, abs=0.01)
    # What lies beyond the edge was moved to it, not drawn again: 2.3 % on each side.
    assert 1 - len(inner) / centres.size == pytest.approx(0.0466, abs=0.005)


def test_grid_squares_are_uniform_over_all_cells_with_replacement() -> None:
    corners = place_squares("photo.jpg", 9000, size_px=12, side_px=4, placing="grid")
    cells, counts = np.unique(corners, axis=0, return_counts=True)
    assert cells.tolist() == [[row, col] for row in (0, 4, 8) for col in (0, 4, 8)]
    assert counts.min() > 850
    assert counts.max() < 1150


def test_a_square_has_its_mean_true_colour() -> None:
    chroma = np.zeros((8, 8, 2), np.float32)
    chroma[2:4, 3:5, 0] = [[1, 2], [3, 6]]
    chroma[2:4, 3:5, 1] = -8
    squares = squares_with_true_colours(chroma, np.array([[2, 3], [0, 0]]), 2)
    np.testing.assert_allclose(squares.chroma_lab, [[3, -8], [0, 0]])
    assert squares.shape == (8, 8)


def test_the_first_hints_cover_their_squares_and_the_later_wins() -> None:
    corners, chroma = np.array([[1, 1], [2, 2], [0, 5]]), np.array([[1, 10], [2, 20], [3, 30]], np.float32)
    squares = SquareHints((4, 8), 2, corners, chroma)
    assert len(squares.first(0)) == 0
    one = squares.first(1)
    assert one.indices.tolist() == [9, 10, 17, 18]
    assert one.values.tolist() == [[1, 10]] * 4
    two = squares.first(2)
    assert dict(zip(two.indices.tolist(), two.values[:, 0].tolist(), strict=True)) == {
        9: 1, 10: 1, 17: 1, 18: 2, 19: 2, 26: 2, 27: 2
    }  # fmt: skip
    assert len(squares.first(3)) == 11


def test_the_protocols_are_the_published_ones() -> None:
    assert set(PROTOCOLS) == {"auto", "zhang2017", "icolorit"}
    assert (PROTOCOLS["auto"].size_px, PROTOCOLS["auto"].hints) == (256, None)
    zhang, icolorit = PROTOCOLS["zhang2017"], PROTOCOLS["icolorit"]
    assert (zhang.size_px, zhang.hints.side_px, zhang.hints.placing) == (256, 6, "normal")
    assert zhang.hints.counts == (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)
    assert (icolorit.size_px, icolorit.hints.side_px, icolorit.hints.placing) == (224, 2, "grid")
    assert icolorit.hints.counts == (0, 1, 2, 5, 10, 20, 50, 100, 200)
    assert icolorit.smallest_error == 1e-5
