"""The automatic pass, the adjustments and their history, as the user meets them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from colorstudio.errors import ModelError
from colorstudio.gui import session as session_module
from colorstudio.gui.backend import Catalogue
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.session import Task

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]
Waiter = Callable[[], None]


def mean_colour(picture: Picture | None) -> tuple[float, float, float]:
    assert picture is not None
    small = picture.levels[-1].scaled(1, 1)
    colour = small.pixelColor(0, 0)
    return colour.redF(), colour.greenF(), colour.blueF()


def is_warm(picture: Picture | None) -> bool:
    red, _, blue = mean_colour(picture)
    return red > blue


@pytest.fixture
def coloured(window: MainWindow, open_photo: Opener, make_photo: Maker) -> MainWindow:
    open_photo(make_photo())
    return window


def handle_of(window: MainWindow) -> QPoint:
    slider = window.adjustments.intensity.slider
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style = slider.style()
    rect = style.subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    return rect.center()


# -- off the GUI thread -----------------------------------------------------------------------------


def test_nothing_slow_runs_on_the_gui_thread(coloured: MainWindow, backend: Any) -> None:
    assert threading.get_ident() not in backend.threads
    assert backend.passes == [("", "auto")]


def test_a_slow_pass_does_not_hold_up_the_window(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Waiter
) -> None:
    backend.gate.clear()
    backend.ignores_cancel = True
    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    window.open_paths([make_photo()])
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) >= 30, timeout=WAIT_MS)
    # Meanwhile everything else goes on.
    window.canvas.zoom_in()
    window.adjustments.intensity.slider.setValue(120)
    assert window.session.document is not None
    assert window.session.document.settings.saturation == 1.2
    assert window.session.is_busy(Task.COLOUR)
    backend.gate.set()
    wait_coloured()


def test_progress_is_shown_and_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Waiter
) -> None:
    backend.gate.clear()
    window.open_paths([make_photo()])
    qtbot.waitUntil(window.activity_pill.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.activity_pill.bar.value() == 100, timeout=WAIT_MS)
    assert "Looking at the photo" in window.activity_pill.label.text()
    with qtbot.waitSignal(window.session.stopped, timeout=WAIT_MS):
        qtbot.mouseClick(window.activity_pill.cancel_button, Qt.MouseButton.LeftButton)
    assert window.canvas.after is None
    assert not window.activity_pill.isVisible()
    item = window.message_bar.items[0]
    assert "Stopped" in item.message.text
    backend.gate.set()
    qtbot.mouseClick(item.buttons[0], Qt.MouseButton.LeftButton)
    wait_coloured()
    assert window.message_bar.messages == []


def test_escape_stops_the_pass_and_f5_starts_it_again(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Waiter
) -> None:
    backend.gate.clear()
    window.open_paths([make_photo()])
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    with qtbot.waitSignal(window.session.stopped, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    backend.gate.set()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    wait_coloured()


def test_quick_work_shows_no_progress(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bool] = []
    monkeypatch.setattr(window.activity_pill, "_appear", lambda: shown.append(True))
    window.activity_pill._delay.setInterval(60_000)
    open_photo(make_photo())
    assert shown == []
    assert not window.activity_pill._delay.isActive()


# -- latest wins ------------------------------------------------------------------------------------


def test_no_colours_of_the_photo_before(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Waiter
) -> None:
    painted: list[Picture | None] = []
    window.session.rendered.connect(painted.append)
    backend.gate.clear()
    backend.ignores_cancel = True
    window.open_paths([make_photo("first.png", 320, 200)])
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([make_photo("second.png", 240, 240)])
    backend.gate.set()  # the first photo's colours come now, too late
    wait_coloured()
    assert {picture.shape for picture in painted if picture is not None} == {(240, 240)}
    assert len(backend.passes) == 2


def test_no_colours_of_the_model_before(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Waiter
) -> None:
    painted: list[Picture | None] = []
    window.session.rendered.connect(painted.append)
    backend.gate.clear()
    backend.ignores_cancel = True
    window.open_paths([make_photo()])
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    choose_model(window, 1)
    backend.gate.set()
    wait_coloured()
    assert [is_warm(picture) for picture in painted if picture is not None] == [False]


def test_a_late_picture_of_the_photo_before_is_not_painted(
    qtbot: QtBot,
    window: MainWindow,
    backend: Any,
    make_photo: Maker,
    wait_coloured: Waiter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rendering, gate = threading.Event(), threading.Event()
    real = session_module.render

    def slow_for_the_first(coloured: Any, *args: Any) -> Any:
        picture = real(coloured, *args)
        if coloured.opened.source.name == "first.png":
            rendering.set()
            gate.wait(10)
        return picture

    monkeypatch.setattr(session_module, "render", slow_for_the_first)
    painted: list[Picture | None] = []
    window.session.rendered.connect(painted.append)
    window.open_paths([make_photo("first.png", 320, 200)])
    qtbot.waitUntil(rendering.is_set, timeout=WAIT_MS)
    backend.gate.clear()  # so that no newer picture takes the place of the late one
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([make_photo("second.png", 240, 240)])
    with qtbot.waitSignal(window.session._lanes[Task.RENDER].idle, timeout=WAIT_MS):
        gate.set()
    backend.gate.set()
    wait_coloured()
    assert [picture.shape for picture in painted if picture is not None] == [(240, 240)]


def test_the_last_of_many_photos_wins(
    qtbot: QtBot, window: MainWindow, make_photo: Maker, wait_coloured: Waiter
) -> None:
    paths = [make_photo(f"{number}.png", 200 + number, 100) for number in range(8)]
    opened: list[str] = []
    window.session.opened.connect(lambda photo: opened.append(photo.source.name))
    for path in paths:
        window.open_paths([path])
    qtbot.waitUntil(lambda: opened[-1:] == ["7.png"], timeout=WAIT_MS)
    wait_coloured()
    assert len(opened) <= 2
    assert window.canvas.after is not None
    assert window.canvas.after.shape == (100, 207)


def test_a_burst_of_changes_ends_with_the_last(
    qtbot: QtBot, coloured: MainWindow, wait_coloured: Waiter
) -> None:
    for percent in [*range(100, 201, 5), 0]:
        coloured.adjustments.intensity.slider.setValue(percent)
    wait_coloured()
    red, green, blue = mean_colour(coloured.canvas.after)
    assert red == pytest.approx(green, abs=0.01)
    assert green == pytest.approx(blue, abs=0.01)


# -- intensity and history --------------------------------------------------------------------------


def test_a_drag_of_the_slider_is_live_and_one_step(
    qtbot: QtBot, coloured: MainWindow, wait_coloured: Waiter
) -> None:
    slider = coloured.adjustments.intensity.slider
    before = coloured.canvas.after
    start = handle_of(coloured)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for distance in range(10, 61, 10):
        with qtbot.waitSignal(coloured.session.rendered, timeout=WAIT_MS):  # while the button is down
            qtbot.mouseMove(slider, start + QPoint(distance, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    wait_coloured()
    assert slider.value() > 120
    assert coloured.adjustments.intensity.spin.value() == slider.value()
    assert coloured.session.undo_stack.count() == 1
    assert mean_colour(coloured.canvas.after)[0] > mean_colour(before)[0]
    assert coloured.actions_by_name["undo"].text() == "&Undo colour intensity"
    qtbot.keyClick(coloured, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_coloured()
    assert slider.value() == 100
    assert mean_colour(coloured.canvas.after) == mean_colour(before)
    redo = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(coloured, Qt.Key.Key_Z, redo)
    assert slider.value() > 120


def test_two_drags_are_two_steps(qtbot: QtBot, coloured: MainWindow) -> None:
    slider = coloured.adjustments.intensity.slider
    for distance in (30, -50):
        start = handle_of(coloured)
        qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(slider, start + QPoint(distance // 2, 0))
        qtbot.mouseMove(slider, start + QPoint(distance, 0))
        qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(distance, 0))
    assert coloured.session.undo_stack.count() == 2


@pytest.mark.parametrize("drag_first", [True, False])
def test_a_drag_and_a_key_are_two_steps(qtbot: QtBot, coloured: MainWindow, drag_first: bool) -> None:
    slider = coloured.adjustments.intensity.slider

    def drag() -> None:
        start = handle_of(coloured)
        qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(slider, start + QPoint(20, 0))
        qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 0))

    def key() -> None:
        qtbot.keyClick(slider, Qt.Key.Key_Right)

    for step in (drag, key) if drag_first else (key, drag):
        step()
    assert coloured.session.undo_stack.count() == 2


def test_a_drag_there_and_back_is_no_step(qtbot: QtBot, coloured: MainWindow) -> None:
    slider = coloured.adjustments.intensity.slider
    start = handle_of(coloured)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, start + QPoint(40, 0))
    qtbot.mouseMove(slider, start)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start)
    assert slider.value() == 100
    assert coloured.session.undo_stack.count() == 0


def test_the_number_can_be_typed(qtbot: QtBot, coloured: MainWindow, wait_coloured: Waiter) -> None:
    spin = coloured.adjustments.intensity.spin
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "150")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert coloured.adjustments.intensity.slider.value() == 150
    assert coloured.session.document is not None
    assert coloured.session.document.settings.saturation == 1.5
    assert coloured.session.undo_stack.count() == 1
    wait_coloured()


def test_double_click_resets(qtbot: QtBot, coloured: MainWindow) -> None:
    slider = coloured.adjustments.intensity.slider
    slider.setValue(160)
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, slider.height() // 2))
    assert slider.value() == 100
    assert coloured.session.undo_stack.count() == 2


def test_keys_change_the_intensity(qtbot: QtBot, coloured: MainWindow) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(3):
        qtbot.keyClick(coloured, Qt.Key.Key_Up, control)
    assert coloured.adjustments.intensity.slider.value() == 130
    qtbot.keyClick(coloured, Qt.Key.Key_Down, control)
    assert coloured.adjustments.intensity.slider.value() == 120
    assert coloured.session.undo_stack.count() == 1  # one burst
    qtbot.keyClick(coloured, Qt.Key.Key_R, control)
    assert coloured.adjustments.intensity.slider.value() == 100


def test_changes_of_the_intensity_need_no_new_pass(coloured: MainWindow, backend: Any) -> None:
    for percent in (50, 150, 80):
        coloured.adjustments.intensity.slider.setValue(percent)
    assert len(backend.passes) == 1


@pytest.mark.parametrize("zoomed", [False, True])
def test_of_big_photos_what_is_seen_comes_first(
    qtbot: QtBot,
    window: MainWindow,
    open_photo: Opener,
    make_photo: Maker,
    wait_coloured: Waiter,
    zoomed: bool,
) -> None:
    open_photo(make_photo("big.png", 2400, 1600))
    if zoomed:
        window.canvas.set_zoom(2.0)
    before = window.canvas.after
    pictures: list[Picture] = []
    window.session.rendered.connect(pictures.append)
    window.adjustments.intensity.slider.setValue(130)
    wait_coloured()
    assert before is not None
    assert [len(picture.patches) for picture in pictures] == [1, 0]
    assert pictures[0].levels == before.levels
    patch = pictures[0].patches[0]
    assert patch.rect.contains(window.canvas.view.visible_photo())
    part = pictures[1].levels[0].copy(patch.rect.toRect())
    if zoomed:  # the patch is what the whole then has in the same place
        assert part.convertToFormat(patch.image.format()) == patch.image
    else:  # at the size of the screen
        assert part.width() / 2 >= patch.image.width() >= 0.9 * window.canvas.view.photo_rect().width()
        assert mean_colour(Picture((1, 1), (patch.image,))) == pytest.approx(
            mean_colour(pictures[1]), abs=0.01
        )


# -- model and device -------------------------------------------------------------------------------


def choose_model(window: MainWindow, index: int) -> None:
    box = window.adjustments.model_box
    if not box.isEnabled():
        raise AssertionError("the catalogue is not there")
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_the_catalogue_fills_the_boxes(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.adjustments.model_box.isEnabled, timeout=WAIT_MS)
    adjustments = window.adjustments
    assert [adjustments.model_box.itemText(i) for i in range(2)] == ["Warm", "Cool"]
    devices = [adjustments.device_box.itemText(i) for i in range(adjustments.device_box.count())]
    assert devices == ["Automatic", "NVIDIA GPU (CUDA)", "CPU"]
    assert adjustments.description.text() == "Everything in orange."


def test_no_model_installed_is_said(qtbot: QtBot, window: MainWindow) -> None:
    window.adjustments.set_catalogue(Catalogue((), ("cpu",)))
    assert window.adjustments.model_box.currentText() == "None installed"
    assert not window.adjustments.model_box.isEnabled()


def test_a_choice_of_model_can_be_undone_at_once(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Waiter
) -> None:
    qtbot.waitUntil(coloured.adjustments.model_box.isEnabled, timeout=WAIT_MS)
    assert is_warm(coloured.canvas.after)
    # By keys, as a person without a mouse does.
    coloured.adjustments.model_box.setFocus()
    qtbot.keyClick(coloured.adjustments.model_box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(backend.passes) == 2, timeout=WAIT_MS)
    wait_coloured()
    assert not is_warm(coloured.canvas.after)
    assert coloured.session.undo_stack.undoText() == "choice of model"
    coloured.actions_by_name["undo"].trigger()
    wait_coloured()
    assert is_warm(coloured.canvas.after)
    assert coloured.adjustments.model_box.currentIndex() == 0
    assert len(backend.passes) == 2  # from what was kept
    coloured.actions_by_name["redo"].trigger()
    wait_coloured()
    assert not is_warm(coloured.canvas.after)


def test_the_model_stays_for_the_next_photo(
    qtbot: QtBot, coloured: MainWindow, backend: Any, open_photo: Opener, make_photo: Maker
) -> None:
    qtbot.waitUntil(coloured.adjustments.model_box.isEnabled, timeout=WAIT_MS)
    choose_model(coloured, 1)
    coloured.adjustments.intensity.slider.setValue(150)
    open_photo(make_photo("next.png"))
    assert backend.passes[-1] == ("cool", "auto")
    assert coloured.adjustments.intensity.slider.value() == 100
    assert coloured.session.undo_stack.count() == 0


def test_a_model_chosen_before_there_is_a_photo(
    qtbot: QtBot, window: MainWindow, backend: Any, open_photo: Opener, make_photo: Maker
) -> None:
    qtbot.waitUntil(window.adjustments.model_box.isEnabled, timeout=WAIT_MS)
    choose_model(window, 1)
    open_photo(make_photo())
    assert backend.passes == [("cool", "auto")]
    assert window.adjustments.model_box.currentIndex() == 1
    window.actions_by_name["close"].trigger()
    open_photo(make_photo("another.png"))
    assert backend.passes[-1] == ("cool", "auto")


def test_the_wheel_over_a_box_chooses_nothing(qtbot: QtBot, coloured: MainWindow) -> None:
    box = coloured.adjustments.model_box
    qtbot.waitUntil(box.isEnabled, timeout=WAIT_MS)
    at = QPointF(box.rect().center())
    event = QWheelEvent(
        at,
        box.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == 0
    assert coloured.session.undo_stack.count() == 0


def test_a_catalogue_that_fails_is_told(
    qtbot: QtBot, backend: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Catalogue:
        raise ModelError("The folder of the models cannot be read.")

    settings.device = "cuda"
    monkeypatch.setattr(backend, "catalogue", fail)
    window = MainWindow(backend, settings)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(window.message_bar.messages), timeout=WAIT_MS)
    assert window.message_bar.messages[0].text == "The folder of the models cannot be read."
    assert window.adjustments.model_box.currentText() == "None installed"
    assert settings.device == "cuda"
    window.close()


def test_the_device_is_no_step_but_remembered(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Waiter
) -> None:
    qtbot.waitUntil(coloured.adjustments.device_box.isEnabled, timeout=WAIT_MS)
    box = coloured.adjustments.device_box
    box.setCurrentIndex(1)
    box.activated.emit(1)
    qtbot.waitUntil(lambda: len(backend.passes) == 2, timeout=WAIT_MS)
    wait_coloured()
    assert backend.passes[-1] == ("", "cuda")
    assert coloured.status.device_label.text() == "NVIDIA GPU (CUDA)"
    assert coloured.session.undo_stack.count() == 0
    assert coloured.settings.device == "cuda"


def test_a_device_that_is_gone_is_forgotten(qtbot: QtBot, backend: Any, settings: Any) -> None:
    settings.device = "mps"
    window = MainWindow(backend, settings)
    qtbot.addWidget(window)
    qtbot.waitUntil(window.adjustments.model_box.isEnabled, timeout=WAIT_MS)
    assert window.session.machine.device == "auto"
    assert settings.device == "auto"
    window.close()


# -- errors -----------------------------------------------------------------------------------------


def test_an_error_of_the_network_is_told_with_a_remedy(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Waiter
) -> None:
    backend.error = ModelError("The weights of warm are damaged: install Color Studio again.")
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.open_paths([make_photo()])
    item = window.message_bar.items[0]
    assert item.message.severity is Severity.ERROR
    assert item.message.text == "The weights of warm are damaged: install Color Studio again."
    assert window.canvas.before is not None
    assert not window.export_button.isEnabled()
    backend.error = None
    qtbot.mouseClick(item.buttons[0], Qt.MouseButton.LeftButton)
    wait_coloured()
    assert window.message_bar.messages == []


def test_an_unexpected_error_is_logged_and_told_without_its_traceback(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, caplog: pytest.LogCaptureFixture
) -> None:
    backend.error = RuntimeError("mat1 and mat2 shapes cannot be multiplied")
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.open_paths([make_photo()])
    text = window.message_bar.messages[0].text
    assert "unexpected" in text
    assert "colouring portrait.png" in text
    assert "mat1" not in text
    assert "mat1" in caplog.text


def test_a_failed_model_shows_gray_not_the_colours_of_another(
    qtbot: QtBot, coloured: MainWindow, backend: Any
) -> None:
    qtbot.waitUntil(coloured.adjustments.model_box.isEnabled, timeout=WAIT_MS)
    backend.error = ModelError("No.")
    with qtbot.waitSignal(coloured.session.failed, timeout=WAIT_MS):
        choose_model(coloured, 1)
    assert coloured.canvas.after is None
    assert not coloured.export_button.isEnabled()
    coloured.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: coloured.canvas.after is not None, timeout=WAIT_MS)
    assert is_warm(coloured.canvas.after)


def test_notes_of_the_pass_are_told(
    qtbot: QtBot, window: MainWindow, backend: Any, open_photo: Opener, make_photo: Maker
) -> None:
    backend.notes = ("Memory ran out on cuda: used the CPU instead.",)
    open_photo(make_photo())
    assert [message.text for message in window.message_bar.messages] == list(backend.notes)
