"""The window in another language, and that no text was left out."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QKeySequence, QUndoCommand
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from colorstudio.gui.backend import Backend
from colorstudio.gui.language import apply_language, language_title, languages, number_words, shipped_words
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.paths import resources_dir

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = sorted((resources_dir() / "translations").glob("*.ts"))
CODES = [ts.stem.removeprefix("colorstudio_") for ts in TRANSLATIONS]
WAIT_MS = 20_000


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    apply_language(qapp, "en")
    QLocale.setDefault(before)


@pytest.mark.parametrize("ts", TRANSLATIONS, ids=lambda ts: ts.stem)
def test_a_translation_is_complete_and_compiled(tool: ModuleType, ts: Path) -> None:
    assert tool.problems(ts) == []


@pytest.mark.parametrize("ts", TRANSLATIONS, ids=lambda ts: ts.stem)
def test_a_translation_fills_in_the_same_values(tool: ModuleType, ts: Path) -> None:
    fields = re.compile(r"\{[^}]*\}|%\d|%n")
    for (context, text), words in tool.messages(ts).items():
        assert sorted(fields.findall(words)) == sorted(fields.findall(text)), (context, text)
        assert words.count("&") - 2 * words.count("&&") <= 1, (context, words)


def test_what_is_missing_is_found(tool: ModuleType, tmp_path: Path) -> None:
    ts = tmp_path / "colorstudio_xx.ts"
    ts.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="sv"></TS>\n'
    )
    found = tool.problems(ts)
    assert any("not translated" in line and "Open a photo" in line for line in found)
    assert any("not compiled" in line for line in found)


@pytest.mark.usefixtures("english_again")
def test_the_window_speaks_german(
    qtbot: QtBot, qapp: QApplication, backend: Backend, settings: WindowSettings
) -> None:
    assert apply_language(qapp, "de") == "de"
    window = MainWindow(backend, settings)
    qtbot.addWidget(window, before_close_func=lambda made: made.session.shutdown())
    assert window.actions_by_name["open"].text() == "Ö&ffnen…"
    assert next(action.text() for action in window.menuBar().actions()) == "&Datei"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.usefixtures("english_again")
def test_a_window_of_the_least_size_has_room_for_the_words(
    qtbot: QtBot, qapp: QApplication, backend: Backend, settings: WindowSettings, code: str
) -> None:
    apply_language(qapp, code)
    window = MainWindow(backend, settings)
    qtbot.addWidget(window, before_close_func=lambda made: made.session.shutdown())
    window.resize(1280, 800)
    window.show()
    tabs = window.panel.tabs
    assert tabs.tabBar().sizeHint().width() <= tabs.width()
    for index in range(tabs.count()):
        page = tabs.widget(index)
        inner = page.widget() if isinstance(page, QScrollArea) else page
        assert inner.minimumSizeHint().width() <= tabs.width(), tabs.tabText(index)
    for index in range(window.stack.count()):
        window.stack.setCurrentIndex(index)
        assert window.minimumSizeHint().width() <= 1280
        assert window.size() == QSize(1280, 800)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.usefixtures("english_again")
def test_mnemonics_are_one_of_a_kind_in_each_menu(
    qtbot: QtBot, qapp: QApplication, backend: Backend, settings: WindowSettings, code: str
) -> None:
    apply_language(qapp, code)
    window = MainWindow(backend, settings)
    qtbot.addWidget(window, before_close_func=lambda made: made.session.shutdown())
    for menu in (window.menuBar(), *window.menuBar().findChildren(QMenu)):
        keys = [QKeySequence.mnemonic(action.text()).toString() for action in menu.actions()]
        named = [key for key, action in zip(keys, menu.actions(), strict=True) if action.text()]
        assert all(named), (code, keys)
        assert len(set(named)) == len(named), (code, [action.text() for action in menu.actions()])


@pytest.mark.usefixtures("english_again")
def test_steps_and_palettes_are_named_in_german(
    qtbot: QtBot, qapp: QApplication, backend: Backend, settings: WindowSettings
) -> None:
    apply_language(qapp, "de")
    window = MainWindow(backend, settings)
    qtbot.addWidget(window, before_close_func=lambda made: made.session.shutdown())
    stack = window.session.undo_stack
    stack.push(QUndoCommand("Strich"))
    undo = window.actions_by_name["undo"]
    assert undo.text() == "&Rückgängig: Strich"
    assert undo.toolTip() == "Rückgängig: Strich (Strg+Z)"
    stack.undo()
    assert undo.text() == "&Rückgängig"
    assert window.actions_by_name["redo"].text() == "&Wiederholen: Strich"
    palettes = window.colours.panel.palettes
    qtbot.waitUntil(lambda: palettes.palette_shown is not None, timeout=WAIT_MS)
    assert palettes.combo.currentText() == "Haut"
    with qtbot.waitSignal(palettes.palette_chosen) as chosen:
        palettes.combo.activated.emit(0)
    assert chosen.args == ["Skin"]
    assert palettes.combo.toolTip().startswith("Zehn Hauttöne")
    palettes.grid.setFocus()
    QTest.keyClick(palettes.grid, Qt.Key.Key_End)
    assert palettes.palette_shown is not None
    last = palettes.palette_shown.colours[-1].name
    assert shipped_words(last) != last
    assert palettes.grid.accessibleDescription().startswith(shipped_words(last))


@pytest.mark.usefixtures("english_again")
def test_numbers_are_written_as_the_language_does(qapp: QApplication) -> None:
    apply_language(qapp, "de")
    assert number_words(8.5, 1) == "8,5"
    apply_language(qapp, "en")
    assert number_words(8.5, 2) == "8.50"
    assert number_words(8.5, 2, shortest=True) == "8.5"
    assert number_words(10, 1, shortest=True) == "10"


@pytest.mark.usefixtures("english_again")
def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    assert apply_language(qapp, "tlh") == "en"


def test_languages_have_their_own_names() -> None:
    assert languages()[0] == "en"
    assert language_title("de") == "Deutsch"
