"""Everything by keyboard and for screen readers: names, mnemonics, the way of Tab, keys of a control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from colorstudio.gui.main_window import MainWindow

Maker = Callable[..., Path]


@pytest.fixture
def opened(window: MainWindow, open_photo: Callable[[Path], None], make_photo: Maker) -> MainWindow:
    open_photo(make_photo())
    window.activateWindow()
    return window


@pytest.fixture
def two_photos(
    qtbot: QtBot, window: MainWindow, make_photo: Maker, wait_coloured: Callable[[], None]
) -> MainWindow:
    """A strip of two photos, the first in the window."""
    paths = [make_photo("one.png"), make_photo("two.png")]
    window.open_paths(paths)
    qtbot.waitUntil(
        lambda: window.batch.batch is not None and window.session.photo is not None, timeout=20_000
    )
    wait_coloured()
    return window


def menus_of(window: MainWindow) -> Iterator[QMenu]:
    for menu in window.menuBar().findChildren(QMenu):
        if menu.actions():
            yield menu


def mnemonic(words: str) -> str:
    return QKeySequence.mnemonic(words).toString()


def by_tab(window: QWidget) -> list[QWidget]:
    """What Tab goes to, in its order."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if takes and widget.isVisible() and widget.isEnabled() and widget.window() is window:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it: its own name, or that of its label."""
    seen = QAccessible.queryAccessibleInterface(widget)
    labels = [label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    known = seen.text(QAccessible.Text.Name) if not hasattr(widget, "currentText") else ""
    return widget.accessibleName() or known or "".join(labels)


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()}" for widget in by_tab(window) if not name_of(widget)
    ]


# -- mnemonics ---------------------------------------------------------------------------------------------


def test_each_letter_opens_one_command_of_a_menu(opened: MainWindow) -> None:
    for menu in menus_of(opened):
        letters = Counter(mnemonic(action.text()) for action in menu.actions() if not action.isSeparator())
        letters.pop("", None)
        assert [letter for letter, count in letters.items() if count > 1] == [], menu.title()
        without = [
            action.text()
            for action in menu.actions()
            if not action.isSeparator() and not mnemonic(action.text())
        ]
        assert without == [], menu.title()


def test_menus_are_of_a_size_to_be_read(opened: MainWindow) -> None:
    for menu in menus_of(opened):
        assert len([action for action in menu.actions() if not action.isSeparator()]) <= 16, menu.title()


def test_every_command_is_in_a_menu(opened: MainWindow) -> None:
    shown = {action for menu in menus_of(opened) for action in menu.actions()}
    for action in opened.actions_by_name:
        # Kinds of the brush and such are in menus too: nothing is for the mouse alone.
        assert action in shown, action.text()


@pytest.mark.parametrize("page", range(4))
def test_letters_of_the_window_do_not_clash(opened: MainWindow, page: int) -> None:
    opened.panel.tabs.setCurrentIndex(page)
    texts = [action.text() for action in opened.menuBar().actions()]
    for widget in opened.findChildren(QWidget):
        labels = isinstance(widget, QLabel) and bool(widget.buddy())
        presses = isinstance(widget, QAbstractButton) and widget.shortcut() == QKeySequence.mnemonic(
            widget.text()
        )
        if widget.isVisible() and widget.isEnabled() and (labels or presses):
            texts.append(widget.text())  # type: ignore[union-attr]
    letters = Counter(filter(None, map(mnemonic, texts)))
    assert {letter: count for letter, count in letters.items() if count > 1} == {}


# -- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", range(4))
def test_what_takes_the_focus_has_a_name(two_photos: MainWindow, page: int) -> None:
    two_photos.panel.tabs.setCurrentIndex(page)
    assert len(by_tab(two_photos)) > 40
    assert nameless(two_photos) == []


def test_the_empty_window_has_names(window: MainWindow) -> None:
    assert nameless(window) == []


def test_the_page_of_cropping_has_names(qtbot: QtBot, opened: MainWindow) -> None:
    opened.actions_by_name["crop"].trigger()
    qtbot.waitUntil(lambda: opened.preparing.cropping.active)
    assert nameless(opened) == []


@pytest.mark.parametrize(
    "command",
    ["export", "export_all", "preferences", "cheat_sheet", "references", "import_strokes", "about"],
)
def test_dialogs_have_names(qtbot: QtBot, two_photos: MainWindow, command: str) -> None:
    before = set(QApplication.topLevelWidgets())
    two_photos.actions_by_name[command].trigger()
    made = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget not in before and widget.isVisible() and widget.isWindow() and not isinstance(widget, QMenu)
    ]
    assert len(made) == 1
    assert not isinstance(made[0], QFileDialog)
    assert made[0].windowTitle()
    assert by_tab(made[0])
    assert nameless(made[0]) == []
    if isinstance(made[0], QDialog):
        made[0].activateWindow()
        qtbot.waitUntil(made[0].isActiveWindow)
        qtbot.keyClick(made[0], Qt.Key.Key_Escape)
        assert not made[0].isVisible()
    else:
        made[0].close()


# -- the way of Tab ----------------------------------------------------------------------------------------


def test_tab_goes_through_the_window_as_it_is_read(two_photos: MainWindow) -> None:
    parts: list[QWidget] = [
        two_photos.tool_bar,
        two_photos.tool_palette,
        two_photos.tools.options,
        two_photos.canvas,
        two_photos.batch.strip,
        two_photos.colours.panel,
        two_photos.adjusting.method,
        two_photos.adjustments,
        two_photos.export_button,
    ]
    order: list[QWidget] = []
    for widget in by_tab(two_photos):
        part = next((part for part in parts if part is widget or part.isAncestorOf(widget)), None)
        if part is not None and (not order or order[-1] is not part):
            order.append(part)
    start = order.index(two_photos.tool_bar)
    assert order[start:] + order[:start] == parts


# -- keys that belong to what has the focus ----------------------------------------------------------------


def test_page_keys_move_a_slider_that_has_the_focus(qtbot: QtBot, two_photos: MainWindow) -> None:
    slider = two_photos.adjustments.intensity.slider
    slider.setFocus()
    before = two_photos.session.photo
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert slider.value() == 90
    qtbot.wait(200)
    assert two_photos.session.photo is before


def test_page_keys_still_go_through_the_photos(qtbot: QtBot, two_photos: MainWindow) -> None:
    before = two_photos.session.photo
    two_photos.canvas.setFocus()
    qtbot.keyClick(two_photos.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: two_photos.session.photo is not before, timeout=20_000)


def test_letters_typed_in_a_field_are_not_commands(qtbot: QtBot, opened: MainWindow) -> None:
    field = opened.colours.panel.numbers.hex
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "e0b")
    assert opened.actions_by_name["tool_brush"].isChecked()
    assert "e0b" in field.text().lower()


# -- a stroke by keyboard alone ----------------------------------------------------------------------------


def test_a_stroke_is_selected_moved_and_deleted_with_keys(qtbot: QtBot, opened: MainWindow) -> None:
    qtbot.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=opened.canvas.rect().center())
    document = opened.session.document
    assert document is not None
    assert len(document.strokes) == 1
    painted = document.strokes[0]
    key = lambda name, *modifiers: qtbot.keyClick(opened.canvas, name, *modifiers)  # noqa: E731
    key(Qt.Key.Key_V)
    key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(opened.selection) == 1
    key(Qt.Key.Key_Right)
    assert document.strokes[0].points[0][1] > painted.points[0][1]
    key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert document.strokes[0].kind == "neutral"
    key(Qt.Key.Key_Delete)
    assert document.strokes == ()
