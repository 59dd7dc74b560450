"""Random input, thousands of events of it: nothing is raised, lost, leaked, or left running.

`SOAK_EVENTS=10000 pytest tests/gui/test_soak.py` is the long run.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QUndoStack, QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from colorstudio.document.document import DocumentState
from colorstudio.gui.jobs import Lane
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.session import Task

EVENTS = int(os.environ.get("SOAK_EVENTS", "1200"))
GROWTH_BYTES = 150e6  # pictures of some steps are kept; a leak of one photo an event would be far more
WAIT_MS = 30_000

NONE = Qt.KeyboardModifier.NoModifier
MODIFIERS = (NONE, NONE, NONE, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
KEYS = (
    Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up,
    Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_B, Qt.Key.Key_Return, Qt.Key.Key_Tab,
)  # fmt: skip
COMMANDS = (
    "undo", "undo", "redo", "reset", "more", "less", "rotate_left", "automatic_levels", "colorize", "stop",
    "tool_brush", "tool_brush", "tool_brush", "tool_eraser", "tool_select", "tool_eyedropper", "tool_hand",
    "brush_larger", "kind_colour", "kind_neutral", "kind_keep", "mode_hybrid", "mode_network",
    "mode_scribbles", "select_all", "deselect", "recolour_strokes", "make_neutral", "make_keep",
    "bring_to_front", "send_to_back", "delete_strokes", "strokes_display", "zoom_in", "zoom_out", "fit",
    "actual_size", "gray", "side_by_side", "split", "panel", "crop", "straighten", "copy",
)  # fmt: skip


class Hands:
    """Does something at random, as a restless user would."""

    def __init__(self, window: MainWindow, photos: list[Path], seed: int) -> None:
        self.window = window
        self.photos = photos
        self.random = random.Random(seed)
        self.place = QPointF(300, 300)
        self.down = False

    def act(self) -> None:
        session = self.window.session
        if session.document is None and not session.is_busy(Task.OPEN):
            self.window.open_paths([self.random.choice(self.photos)])
        chance = self.random.random()
        if chance < 0.62:
            self._pointer()
        elif chance < 0.70:
            self._wheel()
        elif chance < 0.78:
            self._key()
        elif chance < 0.96:
            self.window.actions_by_name[self.random.choice(COMMANDS)].trigger()
        elif chance < 0.975:
            self.window.resize(self.random.randint(900, 1500), self.random.randint(600, 1000))
        elif chance < 0.985:
            self.window.open_paths([self.random.choice(self.photos)])
        elif chance < 0.99:
            self.window.actions_by_name["close"].trigger()
        else:
            self.window.brush.rgb = tuple(self.random.randrange(256) for _ in range(3))  # type: ignore[assignment]
        self._answer()

    def _answer(self) -> None:
        """Whatever is asked."""
        for dialog in self.window.findChildren(QDialog):
            discard = None
            if isinstance(dialog, QMessageBox):
                discard = dialog.button(QMessageBox.StandardButton.Discard)
            if discard is not None and self.random.random() < 0.5:
                discard.click()
            else:
                dialog.reject()

    def _pointer(self) -> None:
        canvas = self.window.canvas
        chance = self.random.random()
        if self.down and chance < 0.75:
            kind, button = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        elif self.down:
            kind, button, self.down = QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton, False
        elif chance < 0.7:
            kind, button, self.down = QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton, True
        else:
            kind, button = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        step = QPointF(self.random.gauss(0, 40), self.random.gauss(0, 40))
        self.place = self.place + step if self.random.random() < 0.9 else self._anywhere()
        held = Qt.MouseButton.LeftButton if self.down else Qt.MouseButton.NoButton
        event = QMouseEvent(
            kind,
            self.place,
            canvas.mapToGlobal(self.place),
            button,
            held,
            self.random.choice(MODIFIERS),
        )
        QApplication.sendEvent(canvas, event)

    def _anywhere(self) -> QPointF:
        canvas = self.window.canvas
        return QPointF(
            self.random.uniform(-50, canvas.width() + 50), self.random.uniform(-50, canvas.height() + 50)
        )

    def _wheel(self) -> None:
        canvas = self.window.canvas
        turn = QPointF(0, self.random.choice((-240, -120, 120, 240))).toPoint()
        event = QWheelEvent(
            self.place,
            canvas.mapToGlobal(self.place),
            QPointF().toPoint(),
            turn,
            Qt.MouseButton.NoButton,
            self.random.choice(MODIFIERS),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, event)

    def _key(self) -> None:
        target = QApplication.focusWidget() or self.window.canvas
        key = self.random.choice(KEYS)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, self.random.choice(MODIFIERS)))


def _breathe(milliseconds: int) -> None:
    """Let Qt and the other threads work. `QTest.qWait` would hold the interpreter's lock meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not any(lane.busy for lane in window.findChildren(Lane)), timeout=WAIT_MS)


@pytest.fixture
def photos(make_photo: Callable[..., Path]) -> list[Path]:
    return [
        make_photo("one.png"),
        make_photo("two.png", width=900, height=700, bits=16),
        make_photo("3.png", 40, 30),
    ]


@pytest.fixture
def threads_gone() -> Iterator[None]:
    before = {thread.name for thread in threading.enumerate()}
    yield
    left = [thread for thread in threading.enumerate() if thread.name not in before and not thread.daemon]
    assert left == []


@pytest.mark.usefixtures("threads_gone")
def test_random_input(qtbot: QtBot, window: MainWindow, photos: list[Path]) -> None:
    window.open_paths([photos[0]])
    _settle(qtbot, window)
    hands = Hands(window, photos, seed=20)
    process = psutil.Process()
    warm = most = 0
    for number in range(EVENTS):
        hands.act()
        if number % 5 == 0:
            _breathe(1)
        document = window.session.document
        most = max(most, len(document.strokes) if document is not None else 0)
        if number == EVENTS // 3:
            _settle(qtbot, window)
            warm = process.memory_info().rss
    _settle(qtbot, window)
    assert most >= 3
    assert process.memory_info().rss - warm < GROWTH_BYTES
    window.session.shutdown()
    assert [lane.objectName() for lane in window.findChildren(Lane) if lane.thread_running] == []


@pytest.mark.parametrize("seed", range(3))
def test_what_was_done_at_random_is_undone_and_redone(
    qtbot: QtBot, window: MainWindow, photos: list[Path], open_photo: Callable[[Path], None], seed: int
) -> None:
    open_photo(photos[0])
    hands = Hands(window, [photos[0]], seed)
    first = _state(window)
    for number in range(EVENTS // 6):
        if hands.random.random() < 0.5:
            hands._pointer()
        else:
            window.actions_by_name[hands.random.choice(COMMANDS)].trigger()
        if number % 5 == 0:
            _breathe(1)
    window.actions_by_name["stop"].trigger()
    _settle(qtbot, window)
    stack: QUndoStack = window.session.undo_stack
    last, steps = _state(window), stack.index()
    assert steps > 3
    while stack.canUndo():
        stack.undo()
    assert _state(window) == first
    for _ in range(steps):
        stack.redo()
    assert _state(window) == last
    _settle(qtbot, window)


def _state(window: MainWindow) -> DocumentState:
    assert window.session.document is not None
    return window.session.document.state
