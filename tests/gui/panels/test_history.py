"""The history as a list: its steps by name, the present one marked, and jumping by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.strokes import Stroke
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.panels.history import HistoryPanel

Opener = Callable[[Path], None]
Maker = Callable[..., Path]
RED = Stroke(((10.0, 20.0), (30.0, 40.0)), 5.0, "colour", (200, 40, 30))
BLUE = Stroke(((60.0, 70.0),), 5.0, "colour", (30, 60, 200))


def paint(window: MainWindow, stroke: Stroke) -> None:
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeStrokes.of(document, "stroke", (*document.strokes, stroke)))


@pytest.fixture
def panel(window: MainWindow, open_photo: Opener, make_photo: Maker) -> HistoryPanel:
    """With three steps: a red stroke, the intensity, a blue stroke."""
    panel = window.findChild(HistoryPanel)
    assert panel is not None
    window.panel.tabs.setCurrentWidget(panel)
    open_photo(make_photo("Oma.png"))
    paint(window, RED)
    window.session.change_settings("colour intensity", saturation=0.5)
    paint(window, BLUE)
    return panel


def rows(panel: HistoryPanel) -> list[str]:
    model = panel.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def role(panel: HistoryPanel, row: int, role: Qt.ItemDataRole) -> object:
    return panel.model().index(row, 0).data(role)


def click(qtbot: QtBot, panel: HistoryPanel, row: int) -> None:
    index = panel.model().index(row, 0)
    place = panel.visualRect(index).center()
    qtbot.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_empty_window_has_no_history(window: MainWindow) -> None:
    panel = window.findChild(HistoryPanel)
    assert panel is not None
    assert rows(panel) == []


def test_steps_have_names_and_pictures(panel: HistoryPanel) -> None:
    assert rows(panel) == ["Opened Oma.png", "Stroke", "Colour intensity", "Stroke"]
    images = [role(panel, row, Qt.ItemDataRole.DecorationRole) for row in range(4)]
    colours = [icon.pixmap(16, 16).toImage().pixelColor(8, 8).getRgb()[:3] for icon in images]  # type: ignore[attr-defined]
    assert colours[1] == RED.rgb
    assert colours[3] == BLUE.rgb
    assert panel.accessibleName() == "History"


def test_the_present_step_is_marked(qtbot: QtBot, window: MainWindow, panel: HistoryPanel) -> None:
    assert panel.currentIndex().row() == 3
    window.session.undo_stack.undo()
    assert panel.currentIndex().row() == 2
    font = role(panel, 2, Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont)
    assert font.bold() or font.weight() >= QFont.Weight.DemiBold
    assert role(panel, 1, Qt.ItemDataRole.ForegroundRole) is None
    assert role(panel, 3, Qt.ItemDataRole.ForegroundRole) is not None  # undone: dimmed
    assert role(panel, 3, Qt.ItemDataRole.AccessibleDescriptionRole) == "Undone"
    assert role(panel, 2, Qt.ItemDataRole.AccessibleDescriptionRole) == "The present state"


def test_a_click_goes_there(qtbot: QtBot, window: MainWindow, panel: HistoryPanel) -> None:
    document = window.session.document
    assert document is not None
    last = document.state
    click(qtbot, panel, 0)
    assert window.session.undo_stack.index() == 0
    assert document.strokes == ()
    click(qtbot, panel, 1)
    assert document.strokes == (RED,)
    click(qtbot, panel, 3)
    assert document.state == last


def test_the_keyboard_goes_there(qtbot: QtBot, window: MainWindow, panel: HistoryPanel) -> None:
    document = window.session.document
    assert document is not None
    panel.setFocus()
    qtbot.keyClick(panel, Qt.Key.Key_Up)
    assert document.strokes == (RED,)
    assert document.settings.saturation == 0.5
    qtbot.keyClick(panel, Qt.Key.Key_Home)
    assert document.strokes == ()
    qtbot.keyClick(panel, Qt.Key.Key_Down)
    assert document.strokes == (RED,)
    qtbot.keyClick(panel, Qt.Key.Key_End)
    assert document.strokes == (RED, BLUE)


def test_a_new_step_takes_the_place_of_what_was_undone(window: MainWindow, panel: HistoryPanel) -> None:
    window.session.undo_stack.setIndex(1)
    window.session.change_settings("reach", reach=0.2)
    assert rows(panel) == ["Opened Oma.png", "Stroke", "Reach"]
    assert panel.currentIndex().row() == 2


def test_steps_that_merge_are_one(window: MainWindow, panel: HistoryPanel) -> None:
    for percent in (60, 70, 80):
        window.session.change_settings("colour intensity", merge_key="drag", saturation=percent / 100)
    assert len(rows(panel)) == 5
    assert panel.currentIndex().row() == 4


def test_another_photo_has_its_own(
    window: MainWindow, panel: HistoryPanel, open_photo: Opener, make_photo: Maker
) -> None:
    open_photo(make_photo("Opa.png"))
    assert rows(panel) == ["Opened Opa.png"]
    window.session.close_photo()
    assert rows(panel) == []
