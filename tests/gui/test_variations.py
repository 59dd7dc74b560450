"""Several colourings to choose from: drawn as one looks on, walked by keys, used in one step, given up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeSettings
from colorstudio.errors import UsageError
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.variations import AT_ONCE, VariationsDialog

WAIT_MS = 20_000
ALL = AT_ONCE + 1  # with the likeliest


@pytest.fixture
def opened(
    window: MainWindow, open_photo: Callable[[Path], None], make_photo: Callable[..., Path]
) -> MainWindow:
    open_photo(make_photo())
    return window


def shown(window: MainWindow) -> VariationsDialog:
    window.actions_by_name["variations"].trigger()
    dialog = window.variations.dialog
    assert dialog is not None
    return dialog


def wait_drawn(qtbot: QtBot, dialog: VariationsDialog, count: int = ALL) -> None:
    def drawn() -> None:
        assert [tile.picture is not None for tile in dialog.grid.tiles] == [True] * count

    qtbot.waitUntil(drawn, timeout=WAIT_MS)


def numbers(window: MainWindow) -> list[int | None]:
    """Of the variation at hand, step by step of the history."""
    stack = window.session.undo_stack
    edits: list[Any] = [stack.command(index) for index in range(stack.count())]
    variations = [edit.edit.after.variation for edit in edits]
    return [variation.number if variation is not None else None for variation in variations]


def test_there_are_none_without_a_photo(window: MainWindow) -> None:
    assert not window.actions_by_name["variations"].isEnabled()


def test_tiles_come_up_one_by_one(qtbot: QtBot, opened: MainWindow, backend: Any) -> None:
    backend.variation_gate.clear()
    dialog = shown(opened)
    qtbot.waitUntil(lambda: dialog.grid.tiles[0].picture is not None, timeout=WAIT_MS)
    assert [tile.picture is not None for tile in dialog.grid.tiles] == [True] + [False] * AT_ONCE
    assert dialog.grid.tiles[1].title == "Variation 1"
    assert dialog.grid.tiles[1].state
    assert "1 of 6" in dialog.words.text()
    assert not dialog.more_button.isEnabled()
    assert len(backend.passes) == 1  # the likeliest one was there
    backend.variation_gate.set()
    wait_drawn(qtbot, dialog)
    qtbot.waitUntil(dialog.more_button.isEnabled, timeout=WAIT_MS)
    pictures = [tile.picture for tile in dialog.grid.tiles]
    pixels = {picture.levels[0].pixelColor(5, 5).name() for picture in pictures if picture is not None}
    assert len(pixels) == ALL
    assert threading.get_ident() not in backend.threads


def test_keys_choose_and_enter_uses_in_one_step(
    qtbot: QtBot, opened: MainWindow, wait_coloured: Callable[[], None]
) -> None:
    dialog = shown(opened)
    wait_drawn(qtbot, dialog)
    dialog.grid.setFocus()
    for _ in range(2):
        qtbot.keyClick(dialog.grid, Qt.Key.Key_Right)
    assert dialog.grid.current == 2
    assert "Variation 2" in dialog.grid.accessibleDescription()
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Return)
    assert opened.variations.dialog is None
    assert numbers(opened) == [2]
    assert opened.session.undo_stack.undoText() == "variation 2"
    wait_coloured()
    opened.session.undo_stack.undo()
    assert opened.session.document is not None
    assert opened.session.document.settings.variation is None


def test_what_is_used_is_what_is_coloured(
    qtbot: QtBot, opened: MainWindow, wait_coloured: Callable[[], None], backend: Any
) -> None:
    dialog = shown(opened)
    wait_drawn(qtbot, dialog)
    dialog.grid.choose(3)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    wait_coloured()
    assert backend.documents[-1].settings.variation.number == 3
    again = shown(opened)
    wait_drawn(qtbot, again)
    assert [bool(tile.mark) for tile in again.grid.tiles] == [number == 3 for number in range(ALL)]
    assert backend.varied[-1].settings.variation is None  # drawn without it
    again.grid.choose(0)
    again.accept()
    assert numbers(opened) == [3, None]


def test_esc_leaves_the_photo_as_it_was(qtbot: QtBot, opened: MainWindow, backend: Any) -> None:
    backend.variation_gate.clear()
    dialog = shown(opened)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert opened.variations.dialog is None
    assert numbers(opened) == []
    backend.variation_gate.set()


def test_the_one_in_use_is_no_step(qtbot: QtBot, opened: MainWindow) -> None:
    dialog = shown(opened)
    wait_drawn(qtbot, dialog)
    dialog.accept()
    assert numbers(opened) == []


def test_what_is_not_there_yet_cannot_be_used(qtbot: QtBot, opened: MainWindow, backend: Any) -> None:
    backend.variation_gate.clear()
    dialog = shown(opened)
    qtbot.waitUntil(lambda: dialog.grid.tiles[0].picture is not None, timeout=WAIT_MS)
    dialog.grid.choose(4)
    assert not dialog.use_button.isEnabled()
    dialog.grid.used.emit()
    assert opened.variations.dialog is dialog
    backend.variation_gate.set()
    qtbot.waitUntil(dialog.use_button.isEnabled, timeout=WAIT_MS)


def test_more_of_them_go_on_counting(qtbot: QtBot, opened: MainWindow) -> None:
    dialog = shown(opened)
    for count in (ALL, ALL + AT_ONCE, ALL + 2 * AT_ONCE):
        wait_drawn(qtbot, dialog, count)
        if count < ALL + 2 * AT_ONCE:
            qtbot.waitUntil(dialog.more_button.isEnabled, timeout=WAIT_MS)
            qtbot.mouseClick(dialog.more_button, Qt.MouseButton.LeftButton)
    titles = [tile.title for tile in dialog.grid.tiles]
    assert titles[1:] == [f"Variation {number}" for number in range(1, len(titles))]
    assert not dialog.more_button.isEnabled()


def test_an_error_is_said_and_what_is_there_can_be_used(
    qtbot: QtBot, opened: MainWindow, backend: Any
) -> None:
    backend.variation_error = UsageError("The network warm colours a photo in one way only.")
    dialog = shown(opened)
    qtbot.waitUntil(lambda: "one way only" in dialog.words.text(), timeout=WAIT_MS)
    assert len(dialog.grid.tiles) == 1
    assert dialog.use_button.isEnabled()


def test_tiles_of_what_has_changed_go(qtbot: QtBot, opened: MainWindow) -> None:
    dialog = shown(opened)
    wait_drawn(qtbot, dialog)
    opened.session.change_settings("intensity", saturation=0.5)
    assert opened.variations.dialog is None


def test_networks_that_colour_in_one_way_only_offer_none(opened: MainWindow, backend: Any) -> None:
    action = opened.actions_by_name["variations"]
    assert action.isEnabled()
    opened.session.change_settings("mode", mode="scribbles")
    assert not action.isEnabled()
    opened.session.change_settings("mode", mode="hybrid")
    catalogue = replace(backend.catalogue(), models=(replace(backend.models[0], has_variations=False),))
    opened.session.catalogued.emit(catalogue)
    assert not action.isEnabled()


def test_a_step_is_one_of_settings(qtbot: QtBot, opened: MainWindow) -> None:
    dialog = shown(opened)
    wait_drawn(qtbot, dialog)
    dialog.grid.choose(1)
    dialog.accept()
    command: Any = opened.session.undo_stack.command(0)
    assert isinstance(command.edit, ChangeSettings)
    assert replace(command.edit.after, variation=None) == command.edit.before
