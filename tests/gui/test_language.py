"""The window in another language, and that no text was left out."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.gui.backend import Backend
from colorstudio.gui.language import apply_language, language_title, languages
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.paths import resources_dir

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = sorted((resources_dir() / "translations").glob("*.ts"))


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
    ts.write_text('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="sv"></TS>\n')
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
    assert [action.text() for action in window.menuBar().actions()][0] == "&Datei"


@pytest.mark.usefixtures("english_again")
def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    assert apply_language(qapp, "tlh") == "en"


def test_languages_have_their_own_names() -> None:
    assert languages()[0] == "en"
    assert language_title("de") == "Deutsch"
