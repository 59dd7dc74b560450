"""Zoom, pan, before and after, by real events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPainter, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.comparison import Comparison
from colorstudio.gui.canvas.photo_view import PhotoView
from colorstudio.gui.main_window import MainWindow

Opener = Callable[[Path], None]


@pytest.fixture
def canvas(window: MainWindow, open_photo: Opener, make_photo: Callable[..., Path], qtbot: QtBot) -> Canvas:
    open_photo(make_photo(width=1600, height=1000))
    window.activateWindow()
    window.canvas.setFocus()
    window.actions_by_name["tool_hand"].trigger()
    qtbot.waitUntil(lambda: not window.canvas._fade.currentTime() or window.canvas._fade.currentTime() >= 280)
    return window.canvas


def colour_at(canvas: Canvas, point: QPoint) -> QColor:
    return canvas.grab().toImage().pixelColor(point * canvas.devicePixelRatio())


def is_gray(colour: QColor) -> bool:
    return (
        max(colour.red(), colour.green(), colour.blue()) - min(colour.red(), colour.green(), colour.blue())
        <= 2
    )


def wheel(canvas: Canvas, at: QPoint, delta: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        canvas.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def drag(qtbot: QtBot, canvas: Canvas, start: QPoint, end: QPoint, button: Qt.MouseButton) -> None:
    qtbot.mousePress(canvas, button, pos=start)
    qtbot.mouseMove(canvas, (start + end) / 2)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, button, pos=end)


def test_the_photo_is_shown_in_colour_on_neutral_gray(canvas: Canvas) -> None:
    assert not is_gray(colour_at(canvas, canvas.rect().center()))
    assert is_gray(colour_at(canvas, QPoint(3, 3)))


def test_the_wheel_zooms_at_the_cursor(canvas: Canvas) -> None:
    at = QPoint(400, 300)
    canvas.set_zoom(1.5)  # larger than the view: it is not held in the middle
    before, place = canvas.view.zoom, canvas.view.to_photo(QPointF(at))
    for _ in range(6):
        wheel(canvas, at, 120)
    assert canvas.view.zoom == pytest.approx(before * 1.25**6)
    after = canvas.view.to_photo(QPointF(at))
    assert (after.row, after.col) == pytest.approx((place.row, place.col), abs=1.5)
    for _ in range(6):
        wheel(canvas, at, -120)
    assert canvas.view.zoom == pytest.approx(before)


def test_pinching_zooms(canvas: Canvas) -> None:
    before = canvas.view.zoom
    at = QPointF(300, 200)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        canvas.mapToGlobal(at),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.view.zoom == pytest.approx(before * 1.5)


def test_keys_and_buttons_zoom(qtbot: QtBot, window: MainWindow, canvas: Canvas) -> None:
    fitted = canvas.view.zoom
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.view.zoom == 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.zoom == 1.5
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.view.zoom == 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.view.zoom == fitted
    assert canvas.view.fitted
    button = window.tool_bar.widgetForAction(window.actions_by_name["actual_size"])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert canvas.view.zoom == 1.0
    assert window.status.zoom_label.text() == "100 %"
    assert window.tool_bar.zoom_button.text() == "100 %"
    window.tool_bar.zoom_menu.actions()[-1].trigger()
    assert canvas.view.zoom == 8.0


def test_double_click_goes_between_whole_and_pixels(qtbot: QtBot, canvas: Canvas) -> None:
    place = canvas.view.to_photo(QPointF(500, 400))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(500, 400))
    assert canvas.view.zoom == 1.0
    after = canvas.view.to_photo(QPointF(500, 400))
    assert (after.row, after.col) == pytest.approx((place.row, place.col), abs=1.5)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(500, 400))
    assert canvas.view.fitted


@pytest.mark.parametrize("way", ["middle", "space", "hand"])
def test_dragging_pans(qtbot: QtBot, canvas: Canvas, way: str) -> None:
    canvas.set_zoom(2.0)
    before = canvas.view.photo_rect().topLeft()
    if way == "space":
        qtbot.keyPress(canvas, Qt.Key.Key_Space)
        assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    button = Qt.MouseButton.MiddleButton if way == "middle" else Qt.MouseButton.LeftButton
    drag(qtbot, canvas, QPoint(400, 300), QPoint(340, 270), button)
    assert canvas.view.photo_rect().topLeft() == before + QPointF(-60, -30)
    if way == "space":
        qtbot.keyRelease(canvas, Qt.Key.Key_Space)


def test_arrows_pan(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.set_zoom(2.0)
    before = canvas.view.photo_rect().topLeft()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    moved = canvas.view.photo_rect().topLeft()
    assert moved.x() < before.x()
    assert moved.y() < before.y()


def test_a_fitted_photo_cannot_be_dragged_away(qtbot: QtBot, canvas: Canvas) -> None:
    before = canvas.view.photo_rect()
    drag(qtbot, canvas, QPoint(400, 300), QPoint(100, 100), Qt.MouseButton.LeftButton)
    assert canvas.view.photo_rect() == before
    assert canvas.view.fitted


@pytest.mark.parametrize("focus", ["canvas", "slider"])
def test_holding_b_shows_the_gray_photo(qtbot: QtBot, window: MainWindow, canvas: Canvas, focus: str) -> None:
    holder = canvas if focus == "canvas" else window.adjustments.intensity.slider
    holder.setFocus()
    qtbot.keyPress(holder, Qt.Key.Key_B)
    assert is_gray(colour_at(canvas, canvas.rect().center()))
    qtbot.keyRelease(holder, Qt.Key.Key_B)
    assert not is_gray(colour_at(canvas, canvas.rect().center()))


def test_holding_the_before_button_shows_the_gray_photo(
    qtbot: QtBot, window: MainWindow, canvas: Canvas
) -> None:
    button = window.tool_bar.before_button
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert is_gray(colour_at(canvas, canvas.rect().center()))
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert not is_gray(colour_at(canvas, canvas.rect().center()))


def test_b_is_let_go_when_the_focus_goes(qtbot: QtBot, window: MainWindow, canvas: Canvas) -> None:
    qtbot.keyPress(canvas, Qt.Key.Key_B)
    assert canvas.holding_before
    window.adjustments.intensity.spin.setFocus()
    assert not canvas.holding_before


def test_the_split_is_toggled_and_dragged(qtbot: QtBot, window: MainWindow, canvas: Canvas) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    assert window.actions_by_name["split"].isChecked()
    middle = canvas.rect().center()
    left, right = middle - QPoint(200, 100), middle + QPoint(200, 100)
    assert is_gray(colour_at(canvas, left))
    assert not is_gray(colour_at(canvas, right))
    line = QPoint(round(canvas.split.x(canvas.width())), middle.y())
    drag(qtbot, canvas, line, line + QPoint(280, 0), Qt.MouseButton.LeftButton)
    assert is_gray(colour_at(canvas, right))
    position = canvas.split.position
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.split.position < position
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    assert not is_gray(colour_at(canvas, left))


def test_the_cursor_tells_of_the_split_line(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.set_comparison(Comparison.SPLIT)
    x = round(canvas.split.x(canvas.width()))
    qtbot.mouseMove(canvas, QPoint(x + 2, 300))
    assert canvas.cursor().shape() == Qt.CursorShape.SplitHCursor
    qtbot.mouseMove(canvas, QPoint(x + 60, 300))
    assert canvas.cursor().shape() != Qt.CursorShape.SplitHCursor


def test_the_split_line_stays_in_the_view(canvas: Canvas) -> None:
    for x in (-500.0, 1e6):
        canvas.split.move_to(x, canvas.width())
        assert 0.0 <= canvas.split.position <= 1.0


def test_resizing_keeps_a_fitted_photo_fitted(qtbot: QtBot, window: MainWindow, canvas: Canvas) -> None:
    zoom = canvas.view.zoom
    window.resize(900, 600)
    qtbot.waitUntil(lambda: canvas.view.zoom < zoom)
    assert canvas.view.fitted
    assert canvas.rect().toRectF().contains(canvas.view.photo_rect())


def test_an_empty_canvas_takes_events(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 200)
    canvas.show()
    wheel(canvas, QPoint(10, 10), 120)
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    drag(qtbot, canvas, QPoint(10, 10), QPoint(50, 50), Qt.MouseButton.MiddleButton)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert canvas.before is None
    assert not canvas.holding_before


def test_what_fails_to_paint_leaves_the_rest(qtbot: QtBot, canvas: Canvas) -> None:
    class Broken:
        def paint(self, painter: QPainter, canvas: PhotoView) -> None:
            painter.save()
            raise RuntimeError("this cannot be painted")

    broken = Broken()
    canvas.overlays.append(broken)
    with qtbot.captureExceptions() as exceptions:
        canvas.update()
        qtbot.waitUntil(lambda: len(exceptions) > 0)
    assert "this cannot be painted" in str(exceptions[0][1])
    canvas.overlays.remove(broken)
    canvas.repaint()
    assert not is_gray(colour_at(canvas, canvas.rect().center()))
