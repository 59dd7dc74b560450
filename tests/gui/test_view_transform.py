"""Zoom, pan, and the conversion between (x, y) and (row, col)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from colorstudio.gui.canvas.view_transform import MAX_ZOOM, MIN_ZOOM, PhotoPoint, ViewTransform


def looking_at(
    shape: tuple[int, int] = (3000, 4000), view: tuple[float, float] = (1000, 700), ratio: float = 1.0
) -> ViewTransform:
    transform = ViewTransform()
    transform.set_view(QSizeF(*view), ratio)
    transform.set_photo_shape(shape)
    return transform


coordinates = st.floats(-500, 1500)
zooms = st.floats(MIN_ZOOM, MAX_ZOOM)
ratios = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])


@given(x=coordinates, y=coordinates, zoom=zooms, ratio=ratios)
def test_there_and_back_is_the_identity(x: float, y: float, zoom: float, ratio: float) -> None:
    transform = looking_at(ratio=ratio)
    transform.zoom_at(QPointF(300, 200), zoom)
    back = transform.to_view(transform.to_photo(QPointF(x, y)))
    assert back.x() == pytest.approx(x, abs=1e-6)
    assert back.y() == pytest.approx(y, abs=1e-6)


def test_x_is_the_column_and_y_the_row() -> None:
    transform = looking_at()
    transform.zoom_at(QPointF(0, 0), 2.0)
    here = transform.to_photo(QPointF(100, 100))
    right = transform.to_photo(QPointF(110, 100))
    below = transform.to_photo(QPointF(100, 120))
    assert (right.row - here.row, right.col - here.col) == pytest.approx((0, 5))
    assert (below.row - here.row, below.col - here.col) == pytest.approx((10, 0))


@given(x=st.floats(200, 800), y=st.floats(200, 500), zoom=st.floats(1.0, 20.0), ratio=ratios)
def test_zooming_keeps_what_is_under_the_cursor(x: float, y: float, zoom: float, ratio: float) -> None:
    transform = looking_at(ratio=ratio)
    transform.zoom_at(QPointF(500, 350), 1.0)
    place = transform.to_photo(QPointF(x, y))
    transform.zoom_at(QPointF(x, y), zoom)
    after = transform.to_view(place)
    # Within the dot of the screen that the photo is snapped to.
    assert after.x() == pytest.approx(x, abs=1.0 / ratio)
    assert after.y() == pytest.approx(y, abs=1.0 / ratio)


@given(st.integers(1, 20000), st.integers(1, 20000), ratios)
def test_a_fitted_photo_is_wholly_in_the_middle(height: int, width: int, ratio: float) -> None:
    transform = looking_at((height, width), ratio=ratio)
    rect, view = transform.photo_rect(), QRectF(0, 0, 1000, 700)
    if transform.zoom > MIN_ZOOM:
        assert view.adjusted(-1, -1, 1, 1).contains(rect)
    assert rect.center().x() == pytest.approx(500, abs=1)
    assert rect.center().y() == pytest.approx(350, abs=1)


def test_a_small_photo_is_not_blown_up_to_fit() -> None:
    assert looking_at((20, 30)).zoom == 2.0


def test_hundred_percent_is_a_dot_of_the_screen() -> None:
    transform = looking_at(ratio=2.0)
    transform.zoom_at(QPointF(0, 0), 1.0)
    assert transform.scale == 0.5
    origin = transform.photo_rect().topLeft() * 2.0
    assert origin.x() == pytest.approx(round(origin.x()), abs=1e-9)
    assert origin.y() == pytest.approx(round(origin.y()), abs=1e-9)


def test_panning_ends_at_the_edge() -> None:
    transform = looking_at()
    transform.zoom_at(QPointF(500, 350), 1.0)
    transform.pan_by(QPointF(1e6, -1e6))
    rect = transform.photo_rect()
    assert 0 <= rect.left() < 100
    assert 600 < rect.bottom() <= 700


def test_resizing_refits_only_a_fitted_photo() -> None:
    transform = looking_at()
    fitted = transform.zoom
    transform.set_view(QSizeF(500, 350), 1.0)
    assert transform.zoom < fitted
    transform.zoom_at(QPointF(250, 175), 1.0)
    middle = transform.to_photo(QPointF(250, 175))
    transform.set_view(QSizeF(800, 600), 1.0)
    after = transform.to_photo(QPointF(400, 300))
    assert transform.zoom == 1.0
    assert (after.row, after.col) == pytest.approx((middle.row, middle.col), abs=1.0)


def test_the_ladder_goes_through_a_hundred_percent() -> None:
    transform = looking_at()
    steps = []
    for _ in range(40):
        transform.zoom_at(QPointF(0, 0), transform.next_zoom(inwards=True))
        steps.append(transform.zoom)
    assert 1.0 in steps
    assert steps[-1] == MAX_ZOOM
    assert sorted(steps) == steps
    for _ in range(60):
        transform.zoom_at(QPointF(0, 0), transform.next_zoom(inwards=False))
    assert transform.zoom == MIN_ZOOM


def test_the_visible_part_is_in_photo_pixels() -> None:
    transform = looking_at((1000, 2000), (500, 400))
    transform.zoom_at(QPointF(0, 0), 2.0)
    seen = transform.visible_photo()
    assert seen.width() <= 250
    assert QRectF(0, 0, 2000, 1000).contains(seen)
    middle = seen.center()
    shown = transform.to_view(PhotoPoint(middle.y(), middle.x()))
    assert QRectF(0, 0, 500, 400).contains(shown)


def test_nothing_to_look_at_is_no_error() -> None:
    transform = ViewTransform()
    transform.fit()
    transform.set_view(QSizeF(100, 100), 1.0)
    assert transform.visible_photo().isEmpty()


@given(x=coordinates, y=coordinates, zoom=zooms, ratio=ratios)
def test_a_view_that_is_a_part_of_a_widget_is_the_same_view_elsewhere(
    x: float, y: float, zoom: float, ratio: float
) -> None:
    whole, part = looking_at(ratio=ratio), looking_at(ratio=ratio)
    corner = QPointF(600, 0)
    part.set_view(QSizeF(1000, 700), ratio, corner)
    assert part.area == QRectF(600, 0, 1000, 700)
    assert part.photo_rect() == whole.photo_rect().translated(corner)
    for transform, shift in ((whole, QPointF()), (part, corner)):
        transform.zoom_at(QPointF(300, 200) + shift, zoom)
        transform.pan_by(QPointF(-31, 17))
    here, there = whole.to_photo(QPointF(x, y)), part.to_photo(QPointF(x, y) + corner)
    assert (there.row, there.col) == pytest.approx((here.row, here.col), abs=1 / ratio / whole.scale + 1e-6)
    seen, seen_there = whole.visible_photo(), part.visible_photo()
    assert seen_there.width() == pytest.approx(seen.width(), abs=1 / ratio / whole.scale + 1e-6)
