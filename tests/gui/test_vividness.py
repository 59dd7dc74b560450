"""The slider of vividness: live, one step a gesture, and back to what the network comes with."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.panels.percent import ResettingSlider

WAIT_MS = 20_000
Waiter = Callable[[], None]


@pytest.fixture
def coloured(
    window: MainWindow, open_photo: Callable[[Path], None], make_photo: Callable[..., Path]
) -> MainWindow:
    open_photo(make_photo())
    return window


def _vividness(window: MainWindow) -> float | None:
    assert window.session.document is not None
    return window.session.document.settings.vividness


def _colour(window: MainWindow) -> float:
    """How much more red than blue there is."""
    picture = window.canvas.after
    assert picture is not None
    seen = picture.patches[-1].image if picture.patches else picture.levels[0]
    pixel = seen.pixelColor(seen.rect().center())
    return pixel.redF() - pixel.blueF()


def _handle(slider: ResettingSlider) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style = slider.style()
    rect = style.subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    return rect.center()


def test_it_stands_at_what_the_network_comes_with(coloured: MainWindow) -> None:
    setting = coloured.adjustments.vividness
    assert (setting.slider.value(), setting.spin.value(), setting.slider.default) == (40, 40, 40)
    assert _vividness(coloured) is None
    coloured.session.choose_model("model", "cool")
    assert (setting.slider.value(), setting.slider.default) == (60, 60)
    assert _vividness(coloured) is None


def test_a_drag_is_live_and_one_step(qtbot: QtBot, coloured: MainWindow, wait_coloured: Waiter) -> None:
    slider = coloured.adjustments.vividness.slider
    before, start = _colour(coloured), _handle(slider)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for distance in range(10, 61, 10):
        with qtbot.waitSignal(coloured.session.rendered, timeout=WAIT_MS):  # while the button is down
            qtbot.mouseMove(slider, start + QPoint(distance, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    wait_coloured()
    assert _vividness(coloured) == slider.value() / 100 > 0.5
    assert _colour(coloured) > before + 0.02
    assert coloured.session.undo_stack.count() == 1
    assert coloured.actions_by_name["undo"].text() == "&Undo vividness"
    coloured.session.undo_stack.undo()
    wait_coloured()
    assert (_vividness(coloured), slider.value()) == (None, 40)
    assert _colour(coloured) == before


def test_previews_follow_while_the_pass_takes_its_time(
    qtbot: QtBot, coloured: MainWindow, backend: Any
) -> None:
    before = _colour(coloured)
    backend.gate.clear()
    with qtbot.waitSignal(coloured.session.rendered, timeout=WAIT_MS):
        coloured.adjustments.vividness.slider.setValue(100)
    assert [document.settings.vividness for document in backend.previewed] == [1.0]
    assert _colour(coloured) > before + 0.02
    assert threading.get_ident() not in backend.threads
    backend.gate.set()


def test_undo_finds_the_colours_again(coloured: MainWindow, backend: Any, wait_coloured: Waiter) -> None:
    for percent in (90, 20):
        coloured.adjustments.vividness.reset()
        coloured.adjustments.vividness.slider.setValue(percent)
        wait_coloured()
    passes = len(backend.passes)
    while coloured.session.undo_stack.canUndo():
        coloured.session.undo_stack.undo()
        wait_coloured()
    assert len(backend.passes) == passes


def test_a_double_click_takes_it_back_to_the_networks_own(qtbot: QtBot, coloured: MainWindow) -> None:
    slider = coloured.adjustments.vividness.slider
    slider.setValue(90)
    assert _vividness(coloured) == 0.9
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, slider.height() // 2))
    assert (slider.value(), _vividness(coloured)) == (40, None)
    assert coloured.session.undo_stack.count() == 2


def test_dragged_away_and_back_is_no_step(qtbot: QtBot, coloured: MainWindow) -> None:
    slider = coloured.adjustments.vividness.slider
    start = _handle(slider)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, start + QPoint(40, 0))
    qtbot.mouseMove(slider, start)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start)
    assert _vividness(coloured) is None
    assert coloured.session.undo_stack.count() == 0


def test_the_number_can_be_typed(qtbot: QtBot, coloured: MainWindow, wait_coloured: Waiter) -> None:
    spin = coloured.adjustments.vividness.spin
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "75")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert coloured.adjustments.vividness.slider.value() == 75
    assert _vividness(coloured) == 0.75
    wait_coloured()


def test_without_a_network_there_is_nothing_to_choose(window: MainWindow, coloured: MainWindow) -> None:
    setting = coloured.adjustments.vividness
    assert setting.isEnabled()
    coloured.session.change_settings("method", mode="scribbles")
    assert not setting.isEnabled()
    assert coloured.adjustments.intensity.isEnabled()
    coloured.session.change_settings("method", mode="network")
    assert setting.isEnabled()
    coloured.session.close_photo()
    assert not setting.isEnabled()


def test_scribbles_are_not_coloured_again_for_it(
    coloured: MainWindow, backend: Any, wait_coloured: Waiter
) -> None:
    coloured.session.change_settings("method", mode="scribbles")
    wait_coloured()
    passes = len(backend.passes)
    coloured.session.change_settings("vividness", vividness=0.9)
    wait_coloured()
    assert len(backend.passes) == passes
