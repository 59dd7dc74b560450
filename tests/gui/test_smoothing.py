"""The choice of a smoothing: a step of the history, and nothing to choose without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.gui.main_window import MainWindow

Waiter = Callable[[], None]


@pytest.fixture
def coloured(
    window: MainWindow, open_photo: Callable[[Path], None], make_photo: Callable[..., Path]
) -> MainWindow:
    open_photo(make_photo())
    return window


def _choose(qtbot: QtBot, window: MainWindow, row: int) -> None:
    """By the keyboard, as the list is worked with."""
    box = window.adjustments.smoothing.box
    box.setFocus()
    for _ in range(box.count()):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    for _ in range(row):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def _smoothing(window: MainWindow) -> str:
    assert window.session.document is not None
    return window.session.document.settings.smoothing


def test_it_is_a_step_that_colours_anew(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Waiter
) -> None:
    box = coloured.adjustments.smoothing.box
    assert (box.currentData(), _smoothing(coloured)) == ("none", "none")
    passes = len(backend.passes)
    _choose(qtbot, coloured, 1)
    wait_coloured()
    assert (box.currentData(), _smoothing(coloured)) == ("crf", "crf")
    assert backend.documents[-1].settings.smoothing == "crf"
    assert len(backend.passes) == passes + 1
    assert coloured.session.undo_stack.count() == 1
    assert coloured.actions_by_name["undo"].text() == "&Undo smoothing"
    coloured.session.undo_stack.undo()
    wait_coloured()
    assert (box.currentData(), _smoothing(coloured)) == ("none", "none")
    assert len(backend.passes) == passes + 1  # what was there before is found again


def test_each_way_has_words(coloured: MainWindow) -> None:
    box = coloured.adjustments.smoothing.box
    assert [box.itemData(row) for row in range(box.count())] == ["none", "crf", "tv"]
    assert all(box.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in range(box.count()))
    assert box.accessibleName()


def test_without_a_network_there_is_nothing_to_smooth(window: MainWindow, coloured: MainWindow) -> None:
    setting = coloured.adjustments.smoothing
    assert setting.isEnabled()
    coloured.session.change_settings("method", mode="scribbles")
    assert not setting.isEnabled()
    coloured.session.change_settings("method", mode="network")
    assert setting.isEnabled()
    coloured.session.close_photo()
    assert not setting.isEnabled()


def test_the_wheel_chooses_nothing(coloured: MainWindow) -> None:
    box = coloured.adjustments.smoothing.box
    middle = QPointF(box.rect().center())
    turn = QWheelEvent(
        middle,
        box.mapToGlobal(middle),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert (box.currentData(), coloured.session.undo_stack.count()) == ("none", 0)
