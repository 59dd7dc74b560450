from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.shortcuts import clashes, default_keys, keep_keys, keys_in_use


def test_no_two_commands_come_with_the_same_keys() -> None:
    assert clashes(default_keys()) == {}


def test_keys_written_in_two_ways_clash() -> None:
    assert clashes({"open": ("Ctrl+Shift+A",), "quit": ("Shift+Ctrl+A", "Q")}) == {
        "Ctrl+Shift+A": ["open", "quit"]
    }


def test_only_what_differs_is_remembered(settings: WindowSettings) -> None:
    keep_keys(settings, {**default_keys(), "export": ("Ctrl+Alt+E",)})
    assert settings.shortcuts == {"export": ("Ctrl+Alt+E",)}
    assert keys_in_use(settings) == {**default_keys(), "export": ("Ctrl+Alt+E",)}


def test_damaged_shortcuts_are_those_that_come_along(settings: WindowSettings) -> None:
    store = settings._store
    assert isinstance(store, QSettings)
    for damaged in ("{", "[]", '{"open": 3}', '{"open": [4]}'):
        store.setValue("shortcuts", damaged)
        assert keys_in_use(settings)["quit"] == default_keys()["quit"]


def test_the_window_obeys_keys_of_the_users_own(
    qtbot: QtBot, settings: WindowSettings, backend: object
) -> None:
    settings.shortcuts = {"full_screen": ("Ctrl+Alt+F",)}
    window = MainWindow(backend, settings)  # type: ignore[arg-type]
    qtbot.addWidget(window, before_close_func=lambda made: made.session.shutdown())
    window.show()
    qtbot.waitExposed(window)
    action = window.actions_by_name["full_screen"]
    assert "Ctrl+Alt+F" in action.toolTip()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    qtbot.keyClick(window, Qt.Key.Key_F, both)
    assert action.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert action.isChecked()
