"""Gray photo, split and side by side, by real events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QSinglePointEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.comparison import Comparison
from colorstudio.gui.canvas.photo_view import PhotoView
from colorstudio.gui.canvas.tools.base import CanvasTool
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings

Opener = Callable[[Path], None]


@pytest.fixture
def canvas(window: MainWindow, open_photo: Opener, make_photo: Callable[..., Path], qtbot: QtBot) -> Canvas:
    open_photo(make_photo(width=1600, height=1000))
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: not window.canvas._fade.currentTime() or window.canvas._fade.currentTime() >= 280)
    return window.canvas


def is_gray(canvas: Canvas, at: QPoint) -> bool:
    colour = canvas.grab().toImage().pixelColor(at * canvas.devicePixelRatio())
    channels = (colour.red(), colour.green(), colour.blue())
    return max(channels) - min(channels) <= 2


def sides(canvas: Canvas) -> tuple[QPoint, QPoint]:
    """The same place of the photo on the gray and on the coloured side."""
    area = canvas.view.area
    coloured = QPoint(round(area.left() + area.width() / 2) - 40, round(area.height() / 2) + 30)
    return coloured - QPoint(round(area.left()), 0), coloured


def hover(canvas: Canvas, at: QPoint) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        canvas.mapToGlobal(QPointF(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(canvas, event)


def test_the_gray_photo_stays_until_it_is_put_away(qtbot: QtBot, window: MainWindow, canvas: Canvas) -> None:
    middle = canvas.rect().center()
    qtbot.keyClick(canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert window.actions_by_name["gray"].isChecked()
    assert not canvas.holding_before
    assert is_gray(canvas, middle)
    qtbot.keyClick(canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert not is_gray(canvas, middle)


def test_one_way_of_comparing_at_a_time(qtbot: QtBot, window: MainWindow, canvas: Canvas) -> None:
    checked = []
    for key, modifier in (
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier),
    ):
        qtbot.keyClick(canvas, key, modifier)
        names = ("gray", "split", "side_by_side")
        checked.append([name for name in names if window.actions_by_name[name].isChecked()])
    assert checked == [["split"], ["side_by_side"], ["gray"], []]
    assert canvas.comparison is Comparison.COLOUR


def test_side_by_side_shows_both_at_the_same_place(qtbot: QtBot, canvas: Canvas) -> None:
    whole = canvas.view.zoom
    qtbot.keyClick(canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    gray, coloured = sides(canvas)
    assert canvas.view.fitted
    assert canvas.view.zoom < whole
    assert canvas.view.area.contains(canvas.view.photo_rect())
    assert is_gray(canvas, gray)
    assert not is_gray(canvas, coloured)
    qtbot.keyClick(canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.zoom == whole


def luminances(canvas: Canvas, at: QPoint) -> list[float]:
    image = canvas.grab().toImage()
    colours = [image.pixelColor((at + QPoint(dx, 0)) * canvas.devicePixelRatio()) for dx in range(0, 60, 4)]
    return [
        0.2126 * c.redF() ** 2.2 + 0.7152 * c.greenF() ** 2.2 + 0.0722 * c.blueF() ** 2.2 for c in colours
    ]


@pytest.mark.parametrize("side", ["gray", "coloured"])
def test_zoom_and_pan_are_of_both_sides(qtbot: QtBot, canvas: Canvas, side: str) -> None:
    canvas.set_comparison(Comparison.SIDE_BY_SIDE)
    gray, coloured = sides(canvas)
    at = gray if side == "gray" else coloured
    canvas.set_zoom(1.0)
    place = canvas.view.to_photo(QPointF(coloured))
    for _ in range(4):
        event = QWheelEvent(
            QPointF(at),
            canvas.mapToGlobal(QPointF(at)),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, event)
    after = canvas.view.to_photo(QPointF(coloured))
    assert (after.row, after.col) == pytest.approx((place.row, place.col), abs=1.0)
    before = canvas.view.photo_rect().topLeft()
    button = Qt.MouseButton.LeftButton if side == "gray" else Qt.MouseButton.MiddleButton
    qtbot.mousePress(canvas, button, pos=at)
    qtbot.mouseMove(canvas, at + QPoint(-30, -20))
    qtbot.mouseRelease(canvas, button, pos=at + QPoint(-30, -20))
    assert canvas.view.photo_rect().topLeft() == before + QPointF(-30, -20)
    # The same structure lies on both sides: their luminance is the photo's.
    assert luminances(canvas, gray) == pytest.approx(luminances(canvas, coloured), abs=0.03)
    assert max(luminances(canvas, gray)) - min(luminances(canvas, gray)) > 0.01


def test_the_cursor_is_shown_on_the_other_side(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_comparison(Comparison.SIDE_BY_SIDE)
    gray, coloured = sides(canvas)
    places: list[Any] = []
    canvas.hovered.connect(places.append)
    plain = canvas.grab().toImage()
    ratio = canvas.devicePixelRatio()
    for here, there in ((gray, coloured), (coloured, gray)):
        hover(canvas, here)
        image = canvas.grab().toImage()
        changed = [
            image.pixelColor((spot + QPoint(5, 0)) * ratio) != plain.pixelColor((spot + QPoint(5, 0)) * ratio)
            for spot in (here, there)
        ]
        assert changed == [False, True]
        hover(canvas, QPoint(1, 1))
    wanted = canvas.view.to_photo(QPointF(coloured))
    assert places[0] == places[2] == pytest.approx((wanted.row, wanted.col), abs=1.5)


class _Pen(CanvasTool):
    """A tool that notes where it is used."""

    def __init__(self) -> None:
        self.places: list[tuple[float, float]] = []

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor

    def press(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        place = canvas.view.to_photo(event.position())
        self.places.append((place.row, place.col))


class _Blob:
    """An overlay around a place of the photo, as strokes are."""

    def paint(self, painter: QPainter, canvas: PhotoView) -> None:
        painter.fillRect(canvas.view.photo_rect(), QColor(0, 255, 0))


def test_tools_work_on_the_coloured_side_only(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.set_comparison(Comparison.SIDE_BY_SIDE)
    canvas.tool = pen = _Pen()
    gray, coloured = sides(canvas)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=coloured)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=gray)
    place = canvas.view.to_photo(QPointF(coloured))
    assert pen.places == [pytest.approx((place.row, place.col))]


@pytest.mark.parametrize("comparison", [Comparison.SIDE_BY_SIDE, Comparison.SPLIT])
def test_overlays_lie_over_the_coloured_side(canvas: Canvas, comparison: Comparison) -> None:
    canvas.overlays.append(_Blob())
    canvas.set_comparison(comparison)
    gray, coloured = sides(canvas)
    seen = canvas.grab().toImage()
    ratio = canvas.devicePixelRatio()
    assert seen.pixelColor(coloured * ratio) == QColor(0, 255, 0)
    # Side by side leaves the gray photo free; the split cuts through one photo with its strokes.
    if comparison is Comparison.SIDE_BY_SIDE:
        assert seen.pixelColor(gray * ratio) != QColor(0, 255, 0)


def test_the_way_is_remembered(qtbot: QtBot, canvas: Canvas, settings: WindowSettings, backend: Any) -> None:
    canvas.set_comparison(Comparison.SPLIT)
    y = canvas.height() // 2
    x = round(canvas.split.x(canvas.width()))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    qtbot.mouseMove(canvas, QPoint(x + 100, y))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(x + 100, y))
    second = MainWindow(backend, settings)
    qtbot.addWidget(second, before_close_func=lambda window: window.session.shutdown())
    assert second.canvas.comparison is Comparison.SPLIT
    assert second.actions_by_name["split"].isChecked()
    assert second.canvas.split.position == pytest.approx(canvas.split.position)
    canvas.set_comparison(Comparison.GRAY)
    assert settings.comparison is Comparison.SPLIT  # a gray start would look like a fault
