"""Preferences, cheat sheet and tour, as they are reached and used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.gui.actions import ACTIONS
from colorstudio.gui.assistance.cheat_sheet import CheatSheet, commands_of
from colorstudio.gui.assistance.preferences import PreferencesDialog
from colorstudio.gui.assistance.tour import Tour
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.theme import CONTRAST, DARK, LIGHT, apply_theme, chosen_theme, current_theme


@pytest.fixture(autouse=True)
def dark_again(qapp: QApplication) -> object:
    yield
    apply_theme(qapp, DARK)


def _preferences(window: MainWindow) -> PreferencesDialog:
    window.actions_by_name["preferences"].trigger()
    dialog = window.assistance.dialog
    assert isinstance(dialog, PreferencesDialog)
    return dialog


# -- cheat sheet ----------------------------------------------------------------------------------------


def test_f1_shows_every_command_that_has_keys(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.assistance.dialog
    assert isinstance(sheet, CheatSheet)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    for action in window.actions_by_name:
        if action.shortcuts():
            keys = action.shortcuts()[0].toString(QKeySequence.SequenceFormat.NativeText)
            assert any(keys in text.split("   ") for text in shown), action.objectName()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow, timeout=5000)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert window.assistance.dialog is None


def test_every_command_is_in_a_menu_or_has_no_keys(window: MainWindow) -> None:
    listed = {keys for _, rows in commands_of(window) for _, keys in rows}
    for action in window.actions_by_name:
        if action.shortcuts() and action.isVisible():
            own = "   ".join(
                key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()
            )
            assert own in listed, action.objectName()


# -- preferences ----------------------------------------------------------------------------------------


def test_a_theme_holds_at_once_and_is_remembered(
    window: MainWindow, open_photo: Callable[[Path], None], make_photo: Callable[..., Path]
) -> None:
    open_photo(make_photo())
    before = window.actions_by_name["open"].icon().pixmap(20).toImage()
    dialog = _preferences(window)
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData("light"))
    assert window.settings.theme == "light"
    assert current_theme() is LIGHT
    assert window.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    assert window.canvas.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.surround)
    assert window.actions_by_name["open"].icon().pixmap(20).toImage() != before
    dialog.close()


def test_a_choice_of_high_contrast_is_obeyed(qapp: QApplication) -> None:
    assert chosen_theme(qapp, "contrast") is CONTRAST


def _luminance(colour: str) -> float:
    channels = [value / 255 for value in QColor(colour).getRgb()[:3]]  # type: ignore[operator]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_words_stand_out_as_wcag_asks(theme: object) -> None:
    for text in ("text", "text_dim", "info", "success", "warning", "error"):
        for ground in ("window", "base", "raised"):
            light, dark = sorted(
                (_luminance(getattr(theme, text)), _luminance(getattr(theme, ground))), reverse=True
            )
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_new_keys_are_taken_kept_and_given_back(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _preferences(window)
    dialog.tabs.setCurrentIndex(2)
    editor = dialog.shortcuts
    editor.list.setCurrentItem(editor.item_of("export"))
    editor.edit.setFocus()
    qtbot.keyClick(editor.edit, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.settings.shortcuts == {"export": ("Ctrl+J",)}, timeout=5000)
    assert window.actions_by_name["export"].shortcut() == QKeySequence("Ctrl+J")
    assert editor.item_of("export").text(1) == "Ctrl+J"
    editor.reset_button.click()
    assert window.settings.shortcuts == {}
    assert window.actions_by_name["export"].shortcut() == QKeySequence("Ctrl+E")
    dialog.close()


def test_keys_of_another_command_are_refused_with_its_name(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _preferences(window)
    dialog.tabs.setCurrentIndex(2)
    editor = dialog.shortcuts
    editor.list.setCurrentItem(editor.item_of("export"))
    editor.edit.setFocus()
    qtbot.keyClick(editor.edit, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(editor.notice.text()), timeout=5000)
    assert editor.item_of("open").text(0) in editor.notice.text()
    assert window.settings.shortcuts == {}
    assert window.actions_by_name["export"].shortcut() == QKeySequence("Ctrl+E")
    dialog.close()


def test_commands_are_found_by_word_and_by_key(window: MainWindow) -> None:
    dialog = _preferences(window)
    editor = dialog.shortcuts
    editor.search.setText("ctrl+e")
    shown = [spec.name for spec in ACTIONS if not editor.item_of(spec.name).isHidden()]
    assert "export" in shown
    assert "quit" not in shown
    dialog.close()


def test_language_and_journal_are_remembered(window: MainWindow) -> None:
    dialog = _preferences(window)
    dialog.language_box.setCurrentIndex(dialog.language_box.findData("en"))
    dialog.autosave_check.click()
    assert window.settings.language == "en"
    assert not window.settings.autosave
    dialog.close()


# -- tour -----------------------------------------------------------------------------------------------


def test_the_tour_has_three_steps_and_comes_once(qtbot: QtBot, window: MainWindow) -> None:
    window.assistance.show_first_tour()
    tour = window.assistance.tour
    assert isinstance(tour, Tour)
    titles = []
    for _ in range(3):
        titles.append(tour.title.text())
        assert window.rect().contains(tour.card.geometry())
        qtbot.mouseClick(tour.next_button, Qt.MouseButton.LeftButton)
    assert len(set(titles)) == 3
    assert window.assistance.tour is None
    window.assistance.show_first_tour()
    assert window.assistance.tour is None


def test_the_tour_can_be_skipped_by_button_and_by_key(qtbot: QtBot, window: MainWindow) -> None:
    window.assistance.show_first_tour()
    assert window.assistance.tour is not None
    qtbot.mouseClick(window.assistance.tour.skip_button, Qt.MouseButton.LeftButton)
    assert window.assistance.tour is None
    assert window.settings.tour_seen
    window.actions_by_name["tour"].trigger()
    assert window.assistance.tour is not None
    qtbot.keyClick(window.assistance.tour, Qt.Key.Key_Escape)
    assert window.assistance.tour is None


def test_the_tour_keeps_clicks_from_what_lies_under_it(qtbot: QtBot, window: MainWindow) -> None:
    window.assistance.show_tour()
    tour = window.assistance.tour
    assert tour is not None
    below: QWidget = window.empty_state.open_button
    place = below.mapTo(window, below.rect().center())
    assert window.childAt(place) in (tour, *tour.findChildren(QWidget))
    tour.finish()


def test_the_tour_follows_the_size_of_the_window(window: MainWindow) -> None:
    window.assistance.show_tour()
    tour = window.assistance.tour
    assert tour is not None
    window.resize(1500, 900)
    QApplication.sendPostedEvents()
    assert tour.size() == window.size()
    tour.finish()
