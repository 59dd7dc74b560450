"""Which changes are one gesture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from colorstudio.gui.panels.colour import gesture as module
from colorstudio.gui.panels.colour.gesture import Gesture

BURST_MS = 30


@pytest.fixture
def gesture(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> Gesture:
    monkeypatch.setattr(module, "_BURST_MS", BURST_MS)
    return Gesture(qapp)


def test_a_drag_is_one_however_slow(qtbot: QtBot, gesture: Gesture) -> None:
    gesture.press()
    first = gesture.change()
    qtbot.wait(3 * BURST_MS)
    assert gesture.change() == first
    gesture.release()
    assert gesture.change() != first


def test_keys_in_quick_succession_are_one(qtbot: QtBot, gesture: Gesture) -> None:
    first = gesture.change()
    assert gesture.change() == first
    qtbot.wait(3 * BURST_MS)
    assert gesture.change() != first


def test_a_click_is_one_by_itself(gesture: Gesture) -> None:
    numbers = [gesture.change(), gesture.single(), gesture.single(), gesture.change()]
    assert len(set(numbers)) == 4


def test_no_two_widgets_share_one(qapp: QObject, gesture: Gesture) -> None:
    assert Gesture(qapp).change() != gesture.change()
