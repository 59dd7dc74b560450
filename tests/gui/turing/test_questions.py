"""Questions answered with real keys and clicks."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.gui.turing import pictures
from colorstudio.gui.turing.trial_page import LEAST_SECONDS
from colorstudio.gui.turing.window import TuringWindow
from colorstudio.imaging.reading import read_photo
from colorstudio.services.turing.answers import Answer, answer_to, append_answers, read_answers
from colorstudio.services.turing.session import REAL, TuringSession
from colorstudio.services.turing.trials import trials_of

WAIT_MS = 20_000

Taking = Callable[..., TuringWindow]
Prepared = Callable[..., TuringSession]


def _wait_question(qtbot: QtBot, window: TuringWindow) -> None:
    view = window.trial.view
    qtbot.waitUntil(lambda: bool(view.pictures) and view.seen_seconds > LEAST_SECONDS, timeout=WAIT_MS)


def _press(qtbot: QtBot, window: TuringWindow, *keys: Qt.Key) -> None:
    _wait_question(qtbot, window)
    for key in keys:
        QTest.keyClick(window.trial.view, key)


def _answers(window: TuringWindow) -> tuple[Answer, ...]:
    assert window._writer is not None
    assert window.session is not None
    window._writer.wait()
    return read_answers(window.session).rows


def test_pairs_by_the_arrows(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    session = prepared("pairs")
    window = taking(session)
    trials = trials_of(session, "Anna")
    keys = (Qt.Key.Key_Left, Qt.Key.Key_2, Qt.Key.Key_Right, Qt.Key.Key_1)
    for number, key in enumerate(keys, start=1):
        assert window.trial.count.text() == f"{number} of 4"
        _press(qtbot, window, key)
    assert window.stack.currentWidget() is window.welcome
    assert "Anna" in window.welcome.title.text()
    answers = _answers(window)
    assert [answer.trial for answer in answers] == [1, 2, 3, 4]
    assert [answer.answer for answer in answers] == ["left", "right", "right", "left"]
    for answer, trial, side in zip(answers, trials, (0, 1, 1, 0), strict=True):
        assert answer.outcome == ("right" if trial.shown[side] == REAL else "fooled")
    assert all(0 < answer.seconds < 10 for answer in answers)


def test_the_pictures_are_those_of_the_trial(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    session = prepared("pairs")
    window = taking(session)
    for trial in trials_of(session, "Anna"):
        _wait_question(qtbot, window)
        left, right = window.trial.view.picture_rects()
        assert left.size() == right.size()
        assert left.right() < right.left()
        for picture, path in zip(window.trial.view.pictures, trial.pictures(session), strict=True):
            image = picture.levels[0]
            truth = read_photo(path).pixels[30, 40]
            shown = image.pixelColor(40, 30)
            np.testing.assert_array_equal(truth, (shown.red(), shown.green(), shown.blue()))
        _press(qtbot, window, Qt.Key.Key_Left)


def test_nothing_says_whose_a_picture_is(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    window = taking(prepared("pairs"))
    texts: list[str] = [window.windowTitle()]
    for widget in window.trial.findChildren(QWidget):
        texts += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        texts.append(widget.text() if isinstance(widget, QLabel) else "")
    spoken = " ".join(texts).casefold()
    assert not any(word in spoken for word in ("warm", "cool", ".png"))


def test_single_photos(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    session = prepared("single", 7)
    window = taking(session)
    for _ in range(3):
        _press(qtbot, window, Qt.Key.Key_Left)
    _wait_question(qtbot, window)
    qtbot.mouseClick(window.trial.answer_buttons[1], Qt.MouseButton.LeftButton)
    assert [answer.answer for answer in _answers(window)] == ["natural"] * 3 + ["wrong"]
    assert len(window.trial.view.pictures) in (0, 1)


def test_ranking_by_numbers(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    session = prepared("ranking", 3)
    window = taking(session)
    shown = trials_of(session, "Anna")[0].shown
    trial = window.trial
    assert len(shown) == len(trial.view.pictures) == 3
    _press(qtbot, window, Qt.Key.Key_Return)  # nothing is ranked yet
    _press(qtbot, window, Qt.Key.Key_2, Qt.Key.Key_2, Qt.Key.Key_9)
    assert trial._order == [1]
    assert not trial.confirm_button.isEnabled()
    _press(qtbot, window, Qt.Key.Key_1)
    assert trial._order == [1, 0, 2]  # the last one comes by itself, and its number does no harm
    _press(qtbot, window, Qt.Key.Key_3)
    assert trial.confirm_button.isEnabled()
    _press(qtbot, window, Qt.Key.Key_Backspace)
    assert trial._order == [1]
    assert trial.count.text() == "1 of 3"
    _press(qtbot, window, Qt.Key.Key_3, Qt.Key.Key_Return)
    assert trial.count.text() == "2 of 3"
    (answer,) = _answers(window)
    assert answer.order == (shown[1], shown[2], shown[0])
    _wait_question(qtbot, window)
    assert trial._order == []
    assert not trial.confirm_button.isEnabled()


def test_ranking_by_clicks(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    window = taking(prepared("ranking", 3))
    view = window.trial.view

    def click(number: int) -> None:
        place = view.picture_rects()[number].center().toPoint()
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)

    click(2)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert window.trial._order == [2]
    click(1)
    assert window.trial._order == [2, 1, 0]
    click(1)  # it and what is behind it lose their places
    assert window.trial._order == [2]
    click(0)
    qtbot.mouseClick(window.trial.confirm_button, Qt.MouseButton.LeftButton)
    (answer,) = _answers(window)
    shown = answer.shown
    assert answer.order == (shown[2], shown[0], shown[1])


def _drag(qtbot: QtBot, window: TuringWindow, number: int, to: QPointF) -> None:
    view = window.trial.view
    begun = view.picture_rects()[number].center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=begun.toPoint())
    for part in (0.2, 0.6, 1.0):
        at = begun + (to - begun) * part
        moved = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            at,
            view.mapToGlobal(at),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view, moved)


def test_ranking_by_dragging(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    window = taking(prepared("ranking", 3))
    trial, view = window.trial, window.trial.view
    places = view.picture_rects()
    _drag(qtbot, window, 2, places[0].center())
    assert view.picture_rects()[0] == places[1]  # the others make room while it is on its way
    view.grab()
    trial.pause()
    trial.resume()
    assert (trial._order, view.picture_rects()) == ([], places)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[0].center().toPoint())
    assert trial._order == []
    _drag(qtbot, window, 2, places[0].center())
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[0].center().toPoint())
    assert trial._order == [2, 0, 1]
    assert view.picture_rects()[2] == places[0]
    _press(qtbot, window, Qt.Key.Key_Backspace, Qt.Key.Key_2)  # keys go on where the drag has led
    assert trial._order == [2, 1, 0]
    qtbot.mouseClick(trial.confirm_button, Qt.MouseButton.LeftButton)
    (answer,) = _answers(window)
    shown = answer.shown
    assert answer.order == (shown[2], shown[1], shown[0])


def test_a_pause_covers_the_pictures_and_stops_the_clock(
    qtbot: QtBot, prepared: Prepared, taking: Taking, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(pictures.time, "perf_counter", lambda: now[0])
    session = prepared("pairs")
    window = _begin(taking, session, now)
    view = window.trial.view
    now[0] += 3.0
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.trial.paused
    assert not view.isVisible()
    now[0] += 1000.0
    QTest.keyClick(window.trial.cover, Qt.Key.Key_Left)  # no answer
    assert window.trial.count.text() == "1 of 4"
    QTest.keyClick(window.trial.cover.resume_button, Qt.Key.Key_Escape)
    assert view.isVisible()
    qtbot.waitUntil(lambda: view._seen_since is not None, timeout=WAIT_MS)
    now[0] += 2.0
    QTest.keyClick(view, Qt.Key.Key_Left)
    (answer,) = _answers(window)
    assert answer.seconds == pytest.approx(5.0, abs=0.5)


def _begin(taking: Taking, session: TuringSession, now: list[float]) -> TuringWindow:
    """With a clock that hardly moves."""
    ticking = QTimer()
    ticking.timeout.connect(lambda: now.__setitem__(0, now[0] + 1e-2))
    ticking.start(1)
    window = taking(session)
    ticking.stop()
    return window


def test_who_stops_goes_on_where_they_were(
    qtbot: QtBot, prepared: Prepared, taking: Taking, test_window: TuringWindow
) -> None:
    session = prepared("pairs")
    window = taking(session)
    _press(qtbot, window, Qt.Key.Key_Left)
    _wait_question(qtbot, window)
    QTest.keyClick(window.trial.view, Qt.Key.Key_Escape)
    qtbot.mouseClick(window.trial.cover.stop_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.welcome
    assert window.welcome.name_edit.text() == "Anna"
    assert "1 of 4" in window.welcome.standing.text()
    QTest.keyClick(window.welcome.name_edit, Qt.Key.Key_Return)
    _wait_question(qtbot, window)
    assert window.trial.count.text() == "2 of 4"
    assert [answer.trial for answer in _answers(window)] == [1]


def test_after_a_crash_only_the_answer_being_given_is_lost(
    qtbot: QtBot, prepared: Prepared, taking: Taking
) -> None:
    session = prepared("pairs")
    trials = trials_of(session, "Anna")
    append_answers(session, [answer_to(session, "Anna", trial, [0], 1.0) for trial in trials[:2]])
    data = session.answers_path.read_bytes()
    session.answers_path.write_bytes(data[:-9])
    window = taking(session, "anna")
    assert window.trial.count.text() == "2 of 4"
    for _ in range(3):
        _press(qtbot, window, Qt.Key.Key_Right)
    rows = _answers(window)
    assert [(row.participant, row.trial) for row in rows] == [("Anna", number) for number in (1, 2, 3, 4)]


def test_the_next_pictures_are_there_already(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    window = taking(prepared("pairs"))
    qtbot.waitUntil(lambda: len(window._ahead._decoded) == 3, timeout=WAIT_MS)
    before = window.trial.view.pictures
    QTest.keyClick(window.trial.view, Qt.Key.Key_Left)
    assert window.trial.view.pictures  # at once, without a turn of the event loop
    assert window.trial.view.pictures != before


def test_keys_before_the_pictures_are_seen_are_no_answers(
    qtbot: QtBot, prepared: Prepared, taking: Taking
) -> None:
    window = taking(prepared("pairs"))
    qtbot.waitUntil(lambda: len(window._ahead._decoded) == 3, timeout=WAIT_MS)
    for _ in range(3):
        QTest.keyClick(window.trial.view, Qt.Key.Key_Left)
    assert window.trial.count.text() == "2 of 4"
    assert len(_answers(window)) == 1


def test_pictures_that_are_gone_are_told(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    session = prepared("pairs")
    window = taking(session)
    last = trials_of(session, "Anna")[3]
    for path in last.pictures(session):
        path.unlink()
    for _ in range(3):
        _press(qtbot, window, Qt.Key.Key_Left)
        qtbot.wait(1)
        if window.stack.currentWidget() is window.welcome:
            break
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.welcome, timeout=WAIT_MS)
    assert any(".png" in message.text for message in window.message_bar.messages)


def test_answers_that_cannot_be_written_are_kept(
    qtbot: QtBot, prepared: Prepared, taking: Taking, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = prepared("pairs")
    window = taking(session)
    write = os.write
    full = [True]

    def refuse(descriptor: int, data: bytes) -> int:
        return write(descriptor, data[:5] if full[0] and b"pairs" in data else data)

    monkeypatch.setattr(os, "write", refuse)
    _press(qtbot, window, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: bool(window.message_bar.items), timeout=WAIT_MS)
    (item,) = window.message_bar.items
    assert "full" in item.message.text
    assert window.trial.paused
    assert not window.close()
    full[0] = False
    qtbot.mouseClick(window.message_bar.items[-1].buttons[0], Qt.MouseButton.LeftButton)
    assert len(_answers(window)) == 1
    assert window.close()


def test_another_window_in_front_is_a_pause(qtbot: QtBot, prepared: Prepared, taking: Taking) -> None:
    window = taking(prepared("pairs"))
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: window.trial.paused, timeout=WAIT_MS)
