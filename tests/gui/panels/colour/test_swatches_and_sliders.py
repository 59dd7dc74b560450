"""Grids of colours, the suggestions, and the sliders of hue and chroma."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from colorstudio.document.palettes import PaletteColour
from colorstudio.gui.panels.colour.ramp_slider import RampSlider
from colorstudio.gui.panels.colour.suggestions import SuggestionStrip, percent
from colorstudio.gui.panels.colour.swatches import SwatchGrid

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Listen = Callable[[Any], list[tuple[Any, ...]]]
COLOURS = tuple(PaletteColour((20 * i, 100, 200 - 10 * i), f"number {i}") for i in range(10))


def rgb_of(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


@dataclass(frozen=True)
class Suggestion:
    chroma_lab: tuple[float, float]
    rgb: tuple[int, int, int]
    probability: float


@pytest.fixture
def grid(shown: Callable[[SwatchGrid], SwatchGrid]) -> SwatchGrid:
    made = shown(SwatchGrid("Colours", can_move=True))
    made.resize(80, 80)  # four in a row
    made.set_colours(COLOURS)
    return made


def test_a_click_chooses(qtbot: QtBot, grid: SwatchGrid, told: Listen) -> None:
    heard = told(grid.chosen)
    qtbot.mouseClick(grid, LEFT, pos=grid.rect_of(6).center())
    assert heard == [(6,)]
    qtbot.mouseClick(grid, LEFT, pos=grid.rect_of(11).center())  # none there
    assert heard == [(6,)]


def test_the_colours_are_painted(grid: SwatchGrid) -> None:
    image = grid.grab().toImage()
    for index, colour in enumerate(COLOURS):
        assert rgb_of(image.pixelColor(grid.rect_of(index).center())) == colour.rgb


def test_keys_reach_every_colour(qtbot: QtBot, grid: SwatchGrid, told: Listen) -> None:
    heard = told(grid.chosen)
    for key, expected in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_End, 9),
        (Qt.Key.Key_Right, 9),
        (Qt.Key.Key_Up, 5),
        (Qt.Key.Key_Left, 4),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Up, 0),
    ):
        qtbot.keyClick(grid, key)
        assert grid.current == expected
        assert f"number {expected}" in grid.accessibleDescription()
    assert heard == []
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert heard == [(1,)]


def test_a_drag_moves_a_colour(qtbot: QtBot, grid: SwatchGrid, told: Listen) -> None:
    moved, chosen = told(grid.moved), told(grid.chosen)
    start = grid.rect_of(1).center()
    qtbot.mousePress(grid, LEFT, pos=start)
    qtbot.mouseMove(grid, start + QPoint(QApplication.startDragDistance() + 1, 0))
    qtbot.mouseMove(grid, grid.rect_of(7).center())
    qtbot.mouseRelease(grid, LEFT, pos=grid.rect_of(7).center())
    assert moved == [(1, 7)]
    assert chosen == []


def test_control_and_an_arrow_move_a_colour(qtbot: QtBot, grid: SwatchGrid, told: Listen) -> None:
    moved = told(grid.moved)
    qtbot.keyClick(grid, Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Down, CONTROL)
    assert moved == [(0, 1), (1, 5)]


def test_the_menu_is_for_the_colour_under_the_mouse_or_the_current_one(
    grid: SwatchGrid, told: Listen
) -> None:
    heard = told(grid.menu_requested)
    at = grid.rect_of(2).center()
    reason = QContextMenuEvent.Reason
    QApplication.sendEvent(grid, QContextMenuEvent(reason.Mouse, at, grid.mapToGlobal(at)))
    QApplication.sendEvent(grid, QContextMenuEvent(reason.Keyboard, QPoint(), QPoint()))
    assert [index for index, _ in heard] == [2, 2]


def test_colours_tell_their_names(grid: SwatchGrid) -> None:
    at = grid.rect_of(3).center()
    QApplication.sendEvent(grid, QHelpEvent(QEvent.Type.ToolTip, at, grid.mapToGlobal(at)))
    assert QToolTip.text() == "number 3\n#3c64aa"


def test_fewer_colours_leave_the_keyboard_on_one_of_them(qtbot: QtBot, grid: SwatchGrid) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_End)
    grid.set_colours(COLOURS[:3])
    assert grid.current == 2
    grid.set_colours(())
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert grid.accessibleDescription()


# -- suggestions ----------------------------------------------------------------------------------------


@pytest.fixture
def strip(shown: Callable[[SuggestionStrip], SuggestionStrip]) -> SuggestionStrip:
    made = shown(SuggestionStrip())
    made.resize(250, 40)
    made.set_suggestions([Suggestion((0.0, 0.0), (40 * i, 90, 90), 0.5 / (i + 1)) for i in range(7)])
    return made


def test_five_suggestions_can_be_clicked(qtbot: QtBot, strip: SuggestionStrip, told: Listen) -> None:
    heard = told(strip.chosen)
    assert len(strip.suggestions) == 5
    for index in range(5):
        qtbot.mouseClick(strip, LEFT, pos=strip.rect_of(index).center().toPoint())
    assert heard == [(0,), (1,), (2,), (3,), (4,)]


def test_a_press_that_slides_off_chooses_nothing(qtbot: QtBot, strip: SuggestionStrip, told: Listen) -> None:
    heard = told(strip.chosen)
    qtbot.mousePress(strip, LEFT, pos=strip.rect_of(0).center().toPoint())
    qtbot.mouseRelease(strip, LEFT, pos=strip.rect_of(3).center().toPoint())
    assert heard == []


def test_suggestions_by_keyboard(qtbot: QtBot, strip: SuggestionStrip, told: Listen) -> None:
    heard = told(strip.chosen)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert heard == [(1,)]
    strip.choose(6)
    assert heard == [(1,)]


def test_suggestions_tell_their_keys(strip: SuggestionStrip) -> None:
    at = strip.rect_of(1).center().toPoint()
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, at, strip.mapToGlobal(at)))
    assert "25 %" in QToolTip.text()
    assert "Alt+2" in QToolTip.text()


def test_suggestions_say_how_likely_they_are(qtbot: QtBot, strip: SuggestionStrip) -> None:
    assert strip.accessibleDescription() == "50 % likely, #005a5a, 1 of 5"
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleDescription() == "25 % likely, #285a5a, 2 of 5"
    assert percent(0.004) == "< 1 %"
    image = strip.grab().toImage()
    place = strip.rect_of(2).topLeft().toPoint() + QPoint(10, 8)
    assert rgb_of(image.pixelColor(place)) == (80, 90, 90)


# -- sliders --------------------------------------------------------------------------------------------


@pytest.fixture
def slider(shown: Callable[[RampSlider], RampSlider]) -> RampSlider:
    made = shown(RampSlider(359, wraps=True))
    made.resize(370, 20)  # the groove is 360 wide
    return made


def test_a_click_goes_where_it_is_and_a_drag_is_one_gesture(
    qtbot: QtBot, slider: RampSlider, told: Listen
) -> None:
    heard = told(slider.chosen)
    qtbot.mousePress(slider, LEFT, pos=QPoint(95, 10))
    assert heard[0][0] == pytest.approx(90, abs=1)
    for x in (120, 150, 500):
        qtbot.mouseMove(slider, QPoint(x, 10))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(500, 10))
    assert heard[-1][0] == 359
    assert len({gesture for _, gesture in heard}) == 1
    qtbot.mouseClick(slider, LEFT, pos=QPoint(5, 10))
    assert heard[-1] != heard[0]
    assert heard[-1][0] == 0


def test_hues_have_no_end(qtbot: QtBot, slider: RampSlider) -> None:
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == 359
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.value() == 9


def test_showing_a_value_is_no_choice(slider: RampSlider, told: Listen) -> None:
    heard = told(slider.chosen)
    slider.show_value(123.4)
    assert slider.value() == 123
    assert heard == []


def test_the_groove_ends_where_colours_do(slider: RampSlider) -> None:
    slider.show_ramp([(200, 0, 0), (200, 0, 0)], reach=0.5)
    slider.show_value(0)
    image = slider.grab().toImage()
    assert rgb_of(image.pixelColor(150, 10)) == (200, 0, 0)
    assert rgb_of(image.pixelColor(250, 10)) != (200, 0, 0)
