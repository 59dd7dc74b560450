"""Setting a test up, opening one, its results, and where it is in the studio."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.gui import app as app_module
from colorstudio.gui import backend as backend_module
from colorstudio.gui.language import apply_language
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.theme import CONTRAST, DARK, LIGHT, apply_theme
from colorstudio.gui.turing.window import TuringWindow
from colorstudio.services.turing.answers import answer_to, append_answers
from colorstudio.services.turing.session import TuringSession, read_session
from colorstudio.services.turing.trials import trials_of

WAIT_MS = 20_000

Prepared = Callable[..., TuringSession]


def _wait_page(qtbot: QtBot, window: TuringWindow, page: QWidget) -> None:
    qtbot.waitUntil(lambda: window.stack.currentWidget() is page, timeout=WAIT_MS)


def _answer(session: TuringSession, *people: str) -> None:
    for name in people:
        trials = trials_of(session, name)
        choices = [list(range(len(trial.shown))) for trial in trials]
        append_answers(
            session,
            [
                answer_to(session, name, trial, choice, 2.0)
                for trial, choice in zip(trials, choices, strict=True)
            ],
        )


def _open(qtbot: QtBot, window: TuringWindow, session: TuringSession) -> None:
    window.open_test(session.folder)
    _wait_page(qtbot, window, window.welcome)


# -- setting up ---------------------------------------------------------------------------------------------


def test_a_test_is_set_up_with_the_keyboard_alone(
    qtbot: QtBot, test_window: TuringWindow, album: Path, backend: Any
) -> None:
    page = test_window.set_up
    page.photos_edit.setFocus()
    QTest.keyClicks(page.photos_edit, str(album))
    assert page.folder == album.with_name("album-turing-pairs")
    page.models.setFocus()
    QTest.keyClick(page.models, Qt.Key.Key_Down)
    QTest.keyClick(page.models, Qt.Key.Key_Space)
    assert [model.name for model in page.chosen_models()] == ["warm", "cool"]
    page.count_spin.setFocus()
    page.count_spin.selectAll()
    QTest.keyClicks(page.count_spin, "4")
    page.begin_button.setFocus()
    QTest.keyClick(page.begin_button, Qt.Key.Key_Space)
    _wait_page(qtbot, test_window, test_window.welcome)
    session = read_session(album.with_name("album-turing-pairs"))
    assert session.missing() == []
    assert (len(session.photos), session.kind) == (4, "pairs")
    assert [model.name for model in session.models] == ["warm", "cool"]
    assert {model for model, _ in backend.passes} == {"warm", "cool"}
    assert QApplication.focusWidget() is test_window.welcome.name_edit
    assert test_window.welcome.standing.text() == "4 questions"


def test_all_networks_or_none(qtbot: QtBot, test_window: TuringWindow) -> None:
    page = test_window.set_up
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    assert len(page.chosen_models()) == 2
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    assert page.chosen_models() == ()


def test_the_kind_decides_on_folder_and_number(test_window: TuringWindow, album: Path) -> None:
    page = test_window.set_up
    page.set_photos(album)
    page.kind_group.button(2).click()
    assert page.folder.name == "album-turing-ranking"
    assert page.count_spin.value() == 10
    page.count_spin.setValue(7)
    page.folder_edit.setText(str(album.with_name("mine")))
    page.kind_group.button(1).click()
    assert page.folder.name == "mine"
    assert page.count_spin.value() == 7


def test_what_is_wrong_is_said_at_once(test_window: TuringWindow, album: Path) -> None:
    page = test_window.set_up
    assert not page.begin_button.isEnabled()
    assert "folder with photos" in page.notice.text()
    page.photos_edit.setText(str(album / "nowhere"))
    assert "no folder of that name" in page.notice.text()
    page.set_photos(album)
    assert page.begin_button.isEnabled()
    page.models.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "at least one network" in page.notice.text()
    assert not page.begin_button.isEnabled()


def test_an_error_leads_back_to_the_page(qtbot: QtBot, test_window: TuringWindow, album: Path) -> None:
    for path in album.glob("[0-5].png"):
        path.unlink()
    page = test_window.set_up
    page.set_photos(album)
    page.begin()
    qtbot.waitUntil(lambda: bool(test_window.message_bar.items), timeout=WAIT_MS)
    assert "no photos in colour" in test_window.message_bar.messages[0].text
    assert page.fields.isEnabled()
    assert test_window.stack.currentWidget() is page


def test_preparing_is_stopped_and_goes_on(
    qtbot: QtBot, test_window: TuringWindow, album: Path, backend: Any
) -> None:
    page = test_window.set_up
    page.set_photos(album)
    backend.gate.clear()
    page.begin()
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    assert not page.fields.isEnabled()
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.fields.isEnabled, timeout=WAIT_MS)
    assert "Stopped" in test_window.message_bar.messages[0].text
    session = read_session(page.folder)
    assert session.missing()
    backend.gate.set()
    assert "there already" in page.notice.text()
    # The weights of the fake's models have no hash, nor had they when the test began.
    qtbot.mouseClick(page.begin_button, Qt.MouseButton.LeftButton)
    _wait_page(qtbot, test_window, test_window.welcome)
    assert session.missing() == []


def test_a_test_is_chosen_by_its_folder(
    qtbot: QtBot, test_window: TuringWindow, prepared: Prepared, tmp_path: Path
) -> None:
    session = prepared()
    qtbot.mouseClick(test_window.set_up.open_button, Qt.MouseButton.LeftButton)
    dialog = test_window.findChild(QFileDialog, "openChoice")
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    qtbot.waitUntil(lambda: bool(test_window.message_bar.items), timeout=WAIT_MS)
    assert "no Turing test in" in test_window.message_bar.messages[0].text
    test_window.set_up.open_requested.emit(session.folder)
    _wait_page(qtbot, test_window, test_window.welcome)
    assert test_window.message_bar.messages == []


def test_who_has_answered_is_named(qtbot: QtBot, test_window: TuringWindow, prepared: Prepared) -> None:
    session = prepared()
    _answer(session, "Anna")
    _open(qtbot, test_window, session)
    page = test_window.welcome
    assert "Anna (4 of 4)" in page.people.text()
    QTest.keyClicks(page.name_edit, "anna")
    assert "all questions already" in page.standing.text()
    assert not page.begin_button.isEnabled()
    QTest.keyClick(page.name_edit, Qt.Key.Key_Return)
    assert test_window.stack.currentWidget() is page
    QTest.keyClicks(page.name_edit, " Maria")
    assert page.begin_button.isEnabled()


# -- results ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pairs", "single", "ranking"])
def test_results_are_shown(qtbot: QtBot, test_window: TuringWindow, prepared: Prepared, kind: str) -> None:
    session = prepared(kind)
    _answer(session, "Anna", "Bert")
    _open(qtbot, test_window, session)
    qtbot.mouseClick(test_window.welcome.results_button, Qt.MouseButton.LeftButton)
    _wait_page(qtbot, test_window, test_window.results)
    page = test_window.results
    assert "2 participants" in page.summary.text()
    titles = {page.networks.item(row, 0).text() for row in range(page.networks.rowCount())}
    assert titles == {"Warm", "Cool"} | ({"True colours"} if kind != "pairs" else set())
    assert page.people.rowCount() == 2
    assert page.tabs.isTabVisible(2) == (kind == "ranking")
    qtbot.waitUntil(lambda: page.bars.image is not None and page.pie.image is not None, timeout=WAIT_MS)
    assert "Warm" in page.bars.accessibleDescription()
    qtbot.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    assert test_window.stack.currentWidget() is test_window.welcome


def test_charts_follow_the_size_and_the_theme(
    qtbot: QtBot, qapp: QApplication, test_window: TuringWindow, prepared: Prepared
) -> None:
    session = prepared()
    _answer(session, "Anna")
    _open(qtbot, test_window, session)
    test_window.show_results()
    _wait_page(qtbot, test_window, test_window.results)
    bars = test_window.results.bars

    def fits() -> bool:
        image = bars.image
        return image is not None and (image.width(), image.height()) == (bars.width(), bars.height())

    qtbot.waitUntil(fits, timeout=WAIT_MS)
    test_window.resize(1400, 860)
    qtbot.waitUntil(fits, timeout=WAIT_MS)
    try:
        for theme in (LIGHT, CONTRAST, DARK):
            apply_theme(qapp, theme)
            qtbot.waitUntil(
                lambda: (
                    bars.image.pixelColor(QPoint(1, 1)).name()
                    == test_window.palette().window().color().name()
                ),
                timeout=WAIT_MS,
            )
    finally:
        apply_theme(qapp)


def test_results_are_exported(
    qtbot: QtBot, test_window: TuringWindow, prepared: Prepared, tmp_path: Path
) -> None:
    session = prepared()
    _answer(session, "Anna")
    _open(qtbot, test_window, session)
    test_window.show_results()
    _wait_page(qtbot, test_window, test_window.results)
    for button, name, file in (
        (test_window.results.charts_button, "chartsChoice", tmp_path / "charts.pdf"),
        (test_window.results.table_button, "tableChoice", tmp_path / "table.csv"),
    ):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        dialog = test_window.findChild(QFileDialog, name)
        dialog.fileSelected.emit(str(file))
        dialog.close()
        qtbot.waitUntil(file.exists, timeout=WAIT_MS)
        qtbot.waitUntil(
            lambda file=file: any(file.name in message.text for message in test_window.message_bar.messages),
            timeout=WAIT_MS,
        )
    assert (tmp_path / "charts.pdf").read_bytes().startswith(b"%PDF")
    rows = list(csv.DictReader((tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["model"] for row in rows} == {"warm", "cool"}


def test_before_any_answer_there_is_nothing_to_export(
    qtbot: QtBot, test_window: TuringWindow, prepared: Prepared
) -> None:
    _open(qtbot, test_window, prepared())
    test_window.show_results()
    _wait_page(qtbot, test_window, test_window.results)
    assert not test_window.results.charts_button.isEnabled()


# -- in the studio ------------------------------------------------------------------------------------------


def test_it_is_in_the_menu_of_the_studio(
    qtbot: QtBot, window: MainWindow, prepared: Prepared, make_photo: Callable[..., Path]
) -> None:
    window.actions_by_name["turing_test"].trigger()
    test = window.turing.test
    assert test is not None
    assert test.isVisible()
    qtbot.waitUntil(lambda: test.set_up.models.count() == 2, timeout=WAIT_MS)
    session = prepared()
    _open(qtbot, test, session)
    window.actions_by_name["turing_test"].trigger()
    assert window.turing.test is test
    assert test.stack.currentWidget() is test.welcome
    window.close()
    assert not test.isVisible()


@pytest.mark.usefixtures("qapp")
def test_main_opens_a_test_and_ends_with_its_window(
    backend: Any, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend_module, "Services", lambda: backend)
    session = prepared()
    shown: list[str] = []

    def close_when_there() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, TuringWindow) and window.isVisible() and window.session is not None:
                shown.append(window.welcome.name_edit.text())
                window.close()

    timer = QTimer()
    timer.timeout.connect(close_when_there)
    timer.start(20)
    assert app_module.main_turing(session.folder, "Anna") == 0
    assert shown == ["Anna"]


def test_every_control_has_a_name(test_window: TuringWindow) -> None:
    for kind in (QAbstractButton, QSpinBox):
        for widget in test_window.findChildren(kind):
            if widget.parent() is not None and not widget.objectName().startswith("qt_"):
                named = widget.accessibleName() or (
                    widget.text() if isinstance(widget, QAbstractButton) else ""
                )
                assert named, widget


def test_it_has_room_in_german(
    qtbot: QtBot, qapp: QApplication, backend: Any, settings: Any, prepared: Prepared
) -> None:
    before = QLocale()
    try:
        apply_language(qapp, "de")
        window = TuringWindow(backend, settings)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        _open(qtbot, window, prepared("ranking"))
        assert "natürlichsten" in window.welcome.title.text()
        window.begin("Anna")
        for index in range(window.stack.count()):
            window.stack.setCurrentIndex(index)
            assert window.minimumSizeHint().width() <= 1280
            assert window.width() == 1280
        window.shutdown()
    finally:
        apply_language(qapp, "en")
        QLocale.setDefault(before)
