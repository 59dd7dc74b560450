"""Tiles in rows and columns: all of the room used, nothing over its edges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from colorstudio.gui.model_grid.arranging import GAP, MARGIN, Arrangement, arranged

CAPTION = 36.0
NARROW = 200.0  # where captions have a line more


def caption(width: float) -> float:
    return CAPTION if width > NARROW else CAPTION + 15.0


def photo(aspect: float, height: float = 10_000.0) -> QSizeF:
    return QSizeF(aspect * height, height)


def shown_width(arrangement: Arrangement, aspect: float) -> float:
    room = arrangement.photo_room(0)
    return min(room.width() - 2 * MARGIN, (room.height() - 2 * MARGIN) * aspect)


@given(
    count=st.integers(1, 17),
    width=st.integers(600, 2500),
    height=st.integers(500, 1500),
    aspect=st.floats(0.4, 2.5),
    ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)
def test_cells_fill_the_room_and_no_arrangement_shows_more(
    count: int, width: int, height: int, aspect: float, ratio: float
) -> None:
    made = arranged(count, QSizeF(width, height), photo(aspect), caption, ratio)
    assert len(made.cells) == count
    room = QRectF(0, 0, width, height)
    for number, cell in enumerate(made.cells):
        assert room.contains(cell)
        assert not any(cell.intersects(other) for other in made.cells[:number])
        assert cell.size() == made.cells[0].size()
        for length in (cell.left(), cell.top(), cell.width(), cell.height()):
            assert length * ratio == pytest.approx(round(length * ratio), abs=1e-6)
        assert made.photo_room(number).height() + made.caption == pytest.approx(cell.height())
    assert made.caption == caption(made.cells[0].width())
    # The caption is right under the photo.
    assert made.photo_room(0).height() <= shown_width(made, aspect) / aspect + 2 * MARGIN + 2 / ratio
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        across = math.floor((width - GAP * (columns - 1)) / columns * ratio) / ratio
        down = (height - GAP * (rows - 1)) / rows - caption(across)
        most = min(across - 2 * MARGIN, (down - 2 * MARGIN) * aspect)
        assert shown_width(made, aspect) > most - 1 - max(aspect, 1.0) / ratio


@pytest.mark.parametrize(
    ("count", "aspect", "columns"), [(1, 1.5, 1), (2, 1.5, 1), (2, 0.5, 2), (6, 1.0, 3), (16, 1.0, 6)]
)
def test_columns_follow_the_photo(count: int, aspect: float, columns: int) -> None:
    room = QSizeF(960, 1000) if aspect == 1.5 else QSizeF(960, 680)
    assert arranged(count, room, photo(aspect), caption, 1.0).columns == columns


def test_a_place_is_of_one_cell_or_of_none() -> None:
    made = arranged(4, QSizeF(806, 606), photo(1.0), caption, 1.0)
    assert [made.at(cell.center().x(), cell.center().y()) for cell in made.cells] == [0, 1, 2, 3]
    assert made.at(made.cells[0].right() + GAP / 2, 10) is None


def test_a_small_photo_has_its_caption_right_under_it() -> None:
    made = arranged(1, QSizeF(900, 600), photo(1.5, 200.0), caption, 1.0)
    assert made.photo_room(0).height() == pytest.approx(200 + 2 * MARGIN, abs=1)
    assert made.cells[0].center().y() == pytest.approx(300, abs=1)
