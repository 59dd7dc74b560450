"""The crop tool on its stage: handles, aspects, keys, a line along a horizon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLineF, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.preparation import Crop, Preparation
from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.tools.crop import level_degrees
from colorstudio.gui.canvas.view_transform import PhotoPoint
from colorstudio.gui.cropping import CroppingController
from colorstudio.gui.main_window import MainWindow

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]
STROKE = Stroke(((60.0, 90.0), (80.0, 130.0)), 4.0, "colour", (200, 40, 40))


@pytest.fixture
def opened(window: MainWindow, open_photo: Opener, make_photo: Maker) -> MainWindow:
    open_photo(make_photo())
    window.activateWindow()
    window.canvas.setFocus()
    return window


@pytest.fixture
def cropping(qtbot: QtBot, opened: MainWindow) -> CroppingController:
    """On the page, by the key."""
    qtbot.keyClick(opened.canvas, Qt.Key.Key_C)
    assert opened.preparing.cropping.active
    return opened.preparing.cropping


def at(cropping: CroppingController, row: float, col: float) -> QPoint:
    return cropping.stage.view.to_view(PhotoPoint(row, col)).toPoint()


def drag(qtbot: QtBot, cropping: CroppingController, first: QPoint, last: QPoint) -> None:
    stage = cropping.stage
    qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(stage, (first + last) / 2)
    qtbot.mouseMove(stage, last)
    qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=last)


def preparation(window: MainWindow) -> Preparation:
    assert window.session.document is not None
    return window.session.document.preparation


def test_a_corner_is_pulled_and_enter_applies(
    qtbot: QtBot, opened: MainWindow, cropping: CroppingController
) -> None:
    session = opened.session
    assert session.document is not None
    before = session.document.photo
    session.apply(ChangeStrokes.of(session.document, "stroke", [STROKE]))
    drag(qtbot, cropping, at(cropping, 0, 0), at(cropping, 40, 60))
    drag(qtbot, cropping, at(cropping, 120, 320), at(cropping, 120, 280))
    assert cropping.bar.size_label.text() == "220 × 160 px"
    with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
        qtbot.keyClick(cropping.stage, Qt.Key.Key_Return)
    assert not cropping.active
    assert opened.stack.currentWidget() is opened.canvas
    assert opened.canvas.hasFocus()
    assert preparation(opened) == Preparation(crop=Crop(40, 60, 160, 220))
    np.testing.assert_array_equal(session.document.photo.pixels, before.pixels[40:200, 60:280])
    assert session.undo_stack.undoText() == "crop"
    assert session.document.strokes[0].points == ((20.0, 30.0), (40.0, 70.0))
    session.undo_stack.undo()
    assert session.document.photo is before
    assert session.document.strokes[0] is STROKE
    session.undo_stack.redo()
    assert preparation(opened).crop == Crop(40, 60, 160, 220)


@pytest.mark.parametrize("way", ["key", "button", "tool"])
def test_leaving_changes_nothing(
    qtbot: QtBot, opened: MainWindow, cropping: CroppingController, way: str
) -> None:
    drag(qtbot, cropping, at(cropping, 0, 0), at(cropping, 40, 60))
    if way == "key":
        qtbot.keyClick(cropping.stage, Qt.Key.Key_Escape)
    elif way == "button":
        qtbot.mouseClick(cropping.bar.leave_button, Qt.MouseButton.LeftButton)
    else:
        other = QAction("Another tool", opened)
        opened.tool_palette.addAction(other)
        qtbot.mouseClick(opened.tool_palette.widgetForAction(other), Qt.MouseButton.LeftButton)
    assert not cropping.active
    assert opened.stack.currentWidget() is opened.canvas
    assert opened.session.undo_stack.count() == 0
    assert preparation(opened) == Preparation()


def test_escape_first_gives_up_the_drag(qtbot: QtBot, cropping: CroppingController) -> None:
    whole = cropping.frame.rect
    qtbot.mousePress(cropping.stage, Qt.MouseButton.LeftButton, pos=at(cropping, 0, 0))
    qtbot.mouseMove(cropping.stage, at(cropping, 50, 50))
    assert cropping.frame.rect != whole
    qtbot.keyClick(cropping.stage, Qt.Key.Key_Escape)
    assert cropping.active
    assert cropping.frame.rect == whole


def test_the_frame_is_moved_drawn_anew_and_reset(qtbot: QtBot, cropping: CroppingController) -> None:
    drag(qtbot, cropping, at(cropping, 0, 0), at(cropping, 60, 120))
    assert cropping.frame.crop() == Crop(60, 120, 140, 200)
    drag(qtbot, cropping, at(cropping, 130, 220), at(cropping, 110, 180))
    assert cropping.frame.crop() == Crop(40, 80, 140, 200)
    drag(qtbot, cropping, at(cropping, 20, 20), at(cropping, 36, 70))  # outside: a new one
    assert cropping.frame.crop() == Crop(20, 20, 16, 50)
    qtbot.mouseClick(cropping.bar.reset_button, Qt.MouseButton.LeftButton)
    assert cropping.frame.crop() is None


def test_an_aspect_is_held_and_swapped(qtbot: QtBot, cropping: CroppingController) -> None:
    bar = cropping.bar
    bar.aspect_box.setFocus()
    qtbot.keyClicks(bar.aspect_box, "3")  # 3 : 2, by typing
    bar.aspect_box.activated.emit(bar.aspect_box.currentIndex())
    assert bar.aspect_box.currentText() == "3 : 2"
    drag(qtbot, cropping, *_corner_and(cropping, QPointF(-70, -10)))
    rect = cropping.frame.rect
    assert rect.width() / rect.height() == pytest.approx(1.5)
    qtbot.keyClick(cropping.stage, Qt.Key.Key_X)
    rect = cropping.frame.rect
    assert rect.width() / rect.height() == pytest.approx(2 / 3)
    assert cropping.frame.photo.contains(rect)


def _corner_and(cropping: CroppingController, delta: QPointF) -> tuple[QPoint, QPoint]:
    """The lower right corner of the frame in the view, and a place so many pixels of the photo beside it."""
    corner = cropping.frame.rect.bottomRight()
    beside = corner + delta
    return at(cropping, corner.y(), corner.x()), at(cropping, beside.y(), beside.x())


def test_keys_move_and_resize(qtbot: QtBot, cropping: CroppingController) -> None:
    drag(qtbot, cropping, at(cropping, 0, 0), at(cropping, 60, 120))
    stage, alt, shift = cropping.stage, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    step = max(1, round(8 / stage.view.scale))
    qtbot.keyClick(stage, Qt.Key.Key_Left)
    assert cropping.frame.crop() == Crop(60, 120 - step, 140, 200)
    qtbot.keyClick(stage, Qt.Key.Key_Up, alt)
    assert cropping.frame.crop() == Crop(59, 120 - step, 140, 200)
    qtbot.keyClick(stage, Qt.Key.Key_Up, shift)
    assert cropping.frame.crop() == Crop(59, 120 - step, 140 - step, 200)


def test_a_line_along_a_horizon_levels_it(
    qtbot: QtBot, opened: MainWindow, cropping: CroppingController
) -> None:
    qtbot.keyClick(cropping.stage, Qt.Key.Key_L)
    assert cropping.bar.line_button.isChecked()
    # It falls by 1 in 10 to the right.
    drag(qtbot, cropping, at(cropping, 80, 60), at(cropping, 100, 260))
    wanted = -np.degrees(np.arctan(0.1))
    assert cropping.bar.spin.value() == pytest.approx(wanted, abs=0.15)
    assert not cropping.bar.line_button.isChecked()
    with qtbot.waitSignal(opened.session.prepared, timeout=WAIT_MS):
        qtbot.mouseClick(cropping.bar.apply_button, Qt.MouseButton.LeftButton)
    assert opened.session.undo_stack.undoText() == "straightening"
    assert preparation(opened).crop is None
    assert preparation(opened).straighten_degrees == pytest.approx(wanted, abs=0.15)


@pytest.mark.parametrize(
    ("line", "degrees"),
    [
        (QLineF(0, 0, 100, 0), 0.0),
        (QLineF(0, 0, 100, 10), -5.71),
        (QLineF(100, 10, 0, 0), -5.71),
        (QLineF(0, 0, 100, -10), 5.71),
        (QLineF(0, 0, 10, 100), 5.71),
        (QLineF(0, 100, 10, 0), -5.71),
    ],
)
def test_lines_are_level_or_upright(line: QLineF, degrees: float) -> None:
    assert level_degrees(line) == pytest.approx(degrees, abs=0.01)


def test_the_slider_turns_the_photo_at_once(qtbot: QtBot, cropping: CroppingController) -> None:
    stage, bar = cropping.stage, cropping.bar
    corner = at(cropping, 2, 2)
    plain = stage.grab().toImage().pixelColor(corner * stage.devicePixelRatio())
    whole = cropping.frame.rect
    bar.slider.setFocus()
    qtbot.keyClick(bar.slider, Qt.Key.Key_End)
    assert bar.spin.value() == pytest.approx(15.0)
    turned = stage.grab().toImage().pixelColor(corner * stage.devicePixelRatio())
    assert turned != plain  # the corner shows what is beside the photo
    assert cropping.frame.crop() is None  # the largest there is at this angle
    assert cropping.frame.rect.width() < whole.width()
    qtbot.mouseDClick(bar.slider, Qt.MouseButton.LeftButton)
    assert cropping.frame.rect == whole


def test_a_crop_is_changed_later_on_the_whole_photo(
    qtbot: QtBot, opened: MainWindow, wait_coloured: Callable[[], None]
) -> None:
    session, cropping = opened.session, opened.preparing.cropping
    wanted = Preparation(crop=Crop(40, 60, 100, 140), straighten_degrees=3.0)
    with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
        session.prepare("crop", wanted)
    wait_coloured()
    qtbot.keyClick(opened.canvas, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: cropping.active, timeout=WAIT_MS)
    stage = cropping.stage
    assert stage.before is not None
    assert stage.before.shape == (200, 320)
    assert cropping.frame.crop() == wanted.crop
    assert cropping.bar.spin.value() == 3.0
    # What is cropped is in its colours, the rest of the photo is gray.
    assert stage.after is not None
    inside = stage.after.levels[0].pixelColor(130, 90)
    outside = stage.after.levels[0].pixelColor(20, 20)
    assert inside.red() > inside.blue() + 20
    assert is_gray(outside)
    qtbot.keyClick(stage, Qt.Key.Key_Return)  # as it is: no step
    assert session.undo_stack.count() == 1
    assert not session.activity


def is_gray(colour: QColor) -> bool:
    return (
        max(colour.red(), colour.green(), colour.blue()) - min(colour.red(), colour.green(), colour.blue())
        < 3
    )


def test_zooming_is_of_what_is_seen(qtbot: QtBot, opened: MainWindow, cropping: CroppingController) -> None:
    fitted = opened.canvas.view.zoom
    qtbot.keyClick(cropping.stage, Qt.Key.Key_Plus)
    assert cropping.stage.view.zoom > 2.0
    assert opened.canvas.view.zoom == fitted
    assert opened.status.zoom_label.text() == "300 %"
    qtbot.keyClick(cropping.stage, Qt.Key.Key_Escape)
    assert opened.status.zoom_label.text() == "200 %"


def test_another_photo_ends_it(
    qtbot: QtBot, opened: MainWindow, cropping: CroppingController, open_photo: Opener, make_photo: Maker
) -> None:
    open_photo(make_photo("other.png", 100, 90))
    assert not cropping.active
    assert opened.stack.currentWidget() is opened.canvas
    qtbot.keyClick(opened.canvas, Qt.Key.Key_C)
    opened.actions_by_name["close"].trigger()
    assert not cropping.active
    assert opened.stack.currentWidget() is opened.empty_state


def test_turning_keeps_what_is_cropped(qtbot: QtBot, opened: MainWindow) -> None:
    session = opened.session
    assert session.document is not None
    source = session.document.source.pixels
    with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
        session.prepare("crop", Preparation(crop=Crop(40, 60, 100, 140)))
    part = source[40:140, 60:200]
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for key, turns in ((Qt.Key.Key_R, 1), (Qt.Key.Key_R, 2), (Qt.Key.Key_L, 1), (Qt.Key.Key_L, 0)):
        with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
            qtbot.keyClick(opened.canvas, key, control_shift)
        np.testing.assert_array_equal(session.document.photo.pixels, np.rot90(part, -turns))
        assert session.undo_stack.undoText() == "rotation"
    assert session.undo_stack.count() == 5
