"""The pyramid that the canvas paints from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from colorstudio.gui.canvas.picture import Patch, Picture, build_picture, halved, image_of
from colorstudio.progress import Cancelled, ProgressToken


def array_of(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def random_pixels(*shape: int) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, shape, np.uint8)


def painted(picture: Picture, source: QRectF, zoom: float) -> np.ndarray:
    width, height = round(source.width() * zoom), round(source.height() * zoom)
    target = QImage(width, height, QImage.Format.Format_RGB32)
    target.fill(0)
    painter = QPainter(target)
    picture.paint(painter, QRectF(0, 0, width, height), source, zoom)
    painter.end()
    return array_of(target)


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (5, 7, 4), (1, 1), (1, 301, 3)])
def test_an_image_has_the_pixels_and_owns_them(shape: tuple[int, ...]) -> None:
    pixels = random_pixels(*shape)
    if pixels.ndim == 3 and shape[2] == 4:
        pixels[..., 3] = 255
    expected = np.repeat(pixels[..., None], 3, 2) if pixels.ndim == 2 else pixels[..., :3].copy()
    image = image_of(pixels)
    pixels[:] = 0
    np.testing.assert_array_equal(array_of(image), expected)


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([None, 3, 4]))
def test_halving_averages(height: int, width: int, channels: int | None) -> None:
    shape = (height, width) if channels is None else (height, width, channels)
    pixels = random_pixels(*shape)
    small = halved(pixels)
    assert small.shape[:2] == ((height + 1) // 2, (width + 1) // 2)
    block = pixels[: min(2, height), : min(2, width)].astype(float)
    np.testing.assert_allclose(small[0, 0], block.mean(axis=(0, 1)), atol=0.51)
    constant = np.full(shape, 200, np.uint8)
    assert (halved(constant) == 200).all()


def test_levels_go_down_to_a_small_one() -> None:
    picture = build_picture(random_pixels(1300, 2100, 3), (1300, 2100))
    sizes = [(level.height(), level.width()) for level in picture.levels]
    assert sizes == [(1300, 2100), (650, 1050), (325, 525)]
    assert picture.is_full


def test_a_level_has_a_pixel_for_each_dot() -> None:
    picture = build_picture(random_pixels(1000, 2000, 3), (1000, 2000))
    for zoom in (4.0, 1.0, 0.9, 0.5, 0.49, 0.26, 0.1):
        assert picture.level_for(zoom).width() >= min(zoom, 0.5**2) * 2000 * 0.99
    assert picture.level_for(1.0).width() == 2000
    assert picture.level_for(0.5).width() == 1000
    assert picture.level_for(0.51).width() == 2000


def test_hundred_percent_is_exact() -> None:
    pixels = random_pixels(60, 80, 3)
    shown = painted(build_picture(pixels, (60, 80)), QRectF(10, 20, 30, 25), 1.0)
    np.testing.assert_array_equal(shown, pixels[20:45, 10:40])


def test_high_zoom_shows_squares() -> None:
    pixels = random_pixels(6, 8, 3)
    shown = painted(build_picture(pixels, (6, 8)), QRectF(0, 0, 8, 6), 10.0)
    np.testing.assert_array_equal(shown, pixels.repeat(10, 0).repeat(10, 1))


def test_small_views_do_not_alias() -> None:
    # A checkerboard of single pixels is plain gray from afar; sampling it would give black and white.
    board = (np.indices((1024, 1024)).sum(0) % 2 * 255).astype(np.uint8)
    shown = painted(build_picture(board, (1024, 1024)), QRectF(0, 0, 1024, 1024), 0.3)
    assert shown.min() > 110
    assert shown.max() < 145


def test_a_patch_lies_where_it_belongs() -> None:
    shape = (400, 600)
    coarse = build_picture(np.full((40, 60, 3), 50, np.uint8), shape)
    sharp = random_pixels(20, 30, 3)
    picture = Picture(shape, coarse.levels, (Patch(QRectF(100, 200, 30, 20), image_of(sharp)),))
    assert not picture.is_full
    shown = painted(picture, QRectF(90, 190, 60, 60), 1.0)
    np.testing.assert_array_equal(shown[10:30, 10:40], sharp)
    assert (shown[40:, :] == 50).all()
    assert (painted(picture, QRectF(0, 0, 50, 50), 1.0) == 50).all()


def test_transparency_shows_a_checkerboard() -> None:
    pixels = np.zeros((32, 32, 4), np.uint8)
    shown = painted(build_picture(pixels, (32, 32)), QRectF(0, 0, 32, 32), 1.0)
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) == 2


def test_building_can_be_cancelled() -> None:
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        build_picture(random_pixels(4, 4), (4, 4), token)
