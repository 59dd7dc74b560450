from __future__ import annotations

import numpy as np
import pytest

from colorstudio.errors import UsageError
from colorstudio.networks.hints import NO_HINTS, Hints, encode_hints


def _hints(*rows: tuple[int, int, float, float]) -> Hints:
    table = np.array(rows, np.float64).reshape(-1, 4)
    return Hints(table[:, :2].astype(np.int64), table[:, 2:].astype(np.float32))


def test_no_hints_encode_to_zeros() -> None:
    assert len(NO_HINTS) == 0
    encoded = encode_hints(NO_HINTS, (10, 10), (8, 8), (32, 32), 110)
    assert encoded.shape == (3, 32, 32)
    assert not encoded.any()


def test_a_hint_lands_in_its_cell_and_nowhere_else() -> None:
    encoded = encode_hints(_hints((50, 25, 22.0, -11.0)), (100, 100), (20, 20), (32, 32), 110)
    assert encoded[:, 10, 5] == pytest.approx([0.2, -0.1, 1.0])
    encoded[:, 10, 5] = 0
    assert not encoded.any()


def test_hints_of_one_cell_are_averaged() -> None:
    encoded = encode_hints(
        _hints((0, 0, 10.0, 0.0), (1, 1, 30.0, -20.0), (9, 9, 50.0, 50.0)), (10, 10), (5, 5), (32, 32), 100
    )
    assert encoded[:, 0, 0] == pytest.approx([0.2, -0.1, 1.0])
    assert encoded[:, 4, 4] == pytest.approx([0.5, 0.5, 1.0])
    assert encoded[2].sum() == 2


def test_hints_outside_the_photo_go_to_its_border_never_to_the_padding() -> None:
    encoded = encode_hints(
        _hints((-5, -1, 10.0, 0.0), (7, 900, 20.0, 0.0), (36, 52, 30.0, 0.0), (999, 0, 40.0, 0.0)),
        (37, 53),
        (20, 28),
        (32, 32),
        10,
    )
    assert encoded[0, 0, 0] == 1
    assert encoded[0, 4, 27] == 2
    assert encoded[0, 19, 27] == 3
    assert encoded[0, 19, 0] == 4
    assert encoded[2].sum() == 4
    assert not encoded[:, 20:].any()
    assert not encoded[:, :, 28:].any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (37, 53), (3, 2)])
def test_corners_of_odd_photos_hit_the_corners_of_the_working_size(shape: tuple[int, int]) -> None:
    rows, cols = shape
    encoded = encode_hints(
        _hints((0, 0, 1.0, 1.0), (rows - 1, cols - 1, 1.0, 1.0)), shape, shape, (64, 5024), 1
    )
    assert encoded[2, 0, 0] == 1
    assert encoded[2, rows - 1, cols - 1] == 1
    assert encoded[2].sum() == (1 if shape == (1, 1) else 2)


def test_a_color_without_its_place_is_refused() -> None:
    with pytest.raises(UsageError, match=r"\(2, 2\) and \(3, 2\)"):
        Hints(np.zeros((2, 2), np.int64), np.zeros((3, 2), np.float32))
    with pytest.raises(UsageError):
        Hints(np.zeros((2, 3), np.int64), np.zeros((2, 3), np.float32))
