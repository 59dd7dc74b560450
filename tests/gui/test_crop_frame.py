"""The frame of a crop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from colorstudio.document.affine import applied, inverted
from colorstudio.document.preparation import Crop, Preparation, to_prepared
from colorstudio.document.preparation import frame as taken_frame
from colorstudio.gui.canvas.crop_frame import HANDLES, INSIDE, SMALLEST_SIDE_PX, CropFrame, Handle

places = st.tuples(st.floats(-200, 900), st.floats(-200, 700)).map(lambda xy: QPointF(*xy))
aspects = st.sampled_from([None, 1.0, 1.5, 2 / 3, 16 / 9, 5 / 4])
START = QRectF(100, 80, 240, 160)


def frame(shape: tuple[int, int] = (400, 600), rect: QRectF | None = START) -> CropFrame:
    return CropFrame(shape, rect)


@given(st.sampled_from(HANDLES), places, aspects)
def test_pulling_keeps_the_frame_in_the_photo_and_its_aspect(
    handle: Handle, to: QPointF, aspect: float | None
) -> None:
    crop = frame()
    crop.set_aspect(aspect)
    start = crop.rect
    crop.pull(start, handle, to)
    rect = crop.rect
    assert crop.photo.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(rect)
    assert min(rect.width(), rect.height()) >= SMALLEST_SIDE_PX - 1e-6
    if aspect is not None:
        assert rect.width() / rect.height() == pytest.approx(aspect)
    # What is opposite the handle stays where it was.
    if handle.across:
        edge = (rect.left(), start.left()) if handle.across > 0 else (rect.right(), start.right())
        assert edge[0] == pytest.approx(edge[1])
    if handle.down:
        edge = (rect.top(), start.top()) if handle.down > 0 else (rect.bottom(), start.bottom())
        assert edge[0] == pytest.approx(edge[1])


@given(st.sampled_from([handle for handle in HANDLES if all(handle)]), st.floats(20, 500), st.floats(20, 380))
def test_a_free_corner_goes_where_it_is_pulled(handle: Handle, x: float, y: float) -> None:
    crop = frame(rect=QRectF(300, 200, 0, 0))
    crop.pull(QRectF(250, 190, 40, 40), handle, QPointF(x, y))
    rect = crop.rect
    corner = QPointF(
        rect.right() if handle.across > 0 else rect.left(), rect.bottom() if handle.down > 0 else rect.top()
    )
    if x >= 266 or handle.across < 0:  # beyond the opposite edge it stays the smallest there may be
        assert corner.x() == pytest.approx(x) or rect.width() == pytest.approx(SMALLEST_SIDE_PX)
    if y >= 206 or handle.down < 0:
        assert corner.y() == pytest.approx(y) or rect.height() == pytest.approx(SMALLEST_SIDE_PX)


@given(places)
def test_moving_keeps_the_size(delta: QPointF) -> None:
    crop = frame()
    crop.move(START, delta)
    assert crop.rect.size() == START.size()
    assert crop.photo.contains(crop.rect)


@given(st.integers(1, 60), st.integers(1, 60), places, places, aspects)
def test_whole_pixels_of_any_photo(
    height: int, width: int, first: QPointF, last: QPointF, aspect: float | None
) -> None:
    crop = CropFrame((height, width))
    crop.set_aspect(aspect)
    crop.draw(first, last)
    taken = crop.crop() or Crop(0, 0, height, width)
    assert taken.height >= 1
    assert taken.width >= 1
    assert 0 <= taken.top <= height - taken.height
    assert 0 <= taken.left <= width - taken.width


def test_the_place_says_what_is_taken_hold_of() -> None:
    crop = frame()
    assert crop.handle_at(QPointF(101, 79), 8) == Handle(-1, -1)
    assert crop.handle_at(QPointF(346, 150), 8) == Handle(1, 0)
    assert crop.handle_at(QPointF(220, 236), 8) == Handle(0, 1)
    assert crop.handle_at(QPointF(220, 150), 8) == INSIDE
    assert crop.handle_at(QPointF(20, 20), 8) is None
    small = frame(rect=QRectF(100, 100, 16, 16))
    assert small.handle_at(QPointF(108, 108), 20) == INSIDE


def test_an_aspect_takes_about_the_place_and_size_there_was() -> None:
    crop = frame()
    crop.set_aspect(1.0)
    assert crop.rect.center() == START.center()
    assert crop.rect.width() ** 2 == pytest.approx(240 * 160)
    crop.reset()
    assert crop.rect == QRectF(100, 0, 400, 400)
    crop.set_aspect(None)
    crop.reset()
    assert crop.crop() is None


def test_all_is_no_crop() -> None:
    assert CropFrame((400, 600)).crop() is None
    assert frame().crop() == Crop(80, 100, 160, 240)
    assert frame(rect=QRectF(0.2, 0.1, 599.6, 399.7)).crop() is None  # in whole pixels
    assert CropFrame((400, 600), degrees=7.5).crop() is None


@given(st.floats(-45, 45), st.sampled_from([*HANDLES, INSIDE]), places, aspects)
def test_there_is_photo_under_all_of_the_frame(
    degrees: float, handle: Handle, to: QPointF, aspect: float | None
) -> None:
    crop = frame()
    crop.set_degrees(degrees)
    crop.set_aspect(aspect)
    if handle == INSIDE:
        crop.move(crop.rect, to)
    else:
        crop.pull(crop.rect, handle, to)
    taken = crop.crop()
    preparation = Preparation(straighten_degrees=degrees, crop=taken)
    for corner in lacking(preparation):
        assert corner <= 1.0  # of rounding to whole pixels


def lacking(preparation: Preparation) -> list[float]:
    """How far beyond the edge of the photo the corners are, in pixels."""
    taken = taken_frame((400, 600), preparation)
    corners = [(row, col) for row in (0, taken.height - 1) for col in (0, taken.width - 1)]
    places = applied(inverted(to_prepared((400, 600), preparation)), np.array(corners, float))
    return [max(-row, row - 399, -col, col - 599) for row, col in places]


@given(st.floats(-45, 45))
def test_turning_back_brings_the_frame_back(degrees: float) -> None:
    crop = frame()
    crop.set_degrees(degrees)
    assert crop.rect.width() <= 240 + 1e-6
    crop.set_degrees(0.0)
    assert crop.rect == START
    whole = frame(rect=None)
    whole.set_degrees(degrees)
    assert whole.crop() is None
    whole.set_degrees(0.0)
    assert whole.rect == whole.photo


def test_a_frame_slides_along_the_edge_of_a_turned_photo() -> None:
    crop = frame(rect=QRectF(250, 150, 60, 60))
    crop.set_degrees(20.0)
    start = crop.rect
    crop.move(start, QPointF(60, -400))
    assert crop.rect.left() == pytest.approx(310)
    assert crop.rect.top() < 100
