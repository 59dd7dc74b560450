"""Tests on disk, and a window to take them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.turing.trial_page import LEAST_SECONDS
from colorstudio.gui.turing.window import TuringWindow
from colorstudio.services.turing.beginning import Wishes, begin
from colorstudio.services.turing.preparing import make_pictures
from colorstudio.services.turing.session import Contestant, Kind, TuringSession
from tests.albums import make_album

WAIT_MS = 20_000

MODELS = (Contestant("warm", "Warm"), Contestant("cool", "Cool"))


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Six photos in colour and one in gray."""
    return make_album(tmp_path / "album", colour=6, gray=1)


@pytest.fixture
def prepared(album: Path, tmp_path: Path) -> Callable[..., TuringSession]:
    """A test with its pictures."""

    def make(kind: Kind = "pairs", count: int = 4) -> TuringSession:
        if kind == "ranking":  # else the true colours would take no part
            (album / "6.png").unlink()
        session = begin(tmp_path / f"test-{kind}", album, Wishes(kind, MODELS, count, seed=1)).session
        make_pictures(
            session,
            lambda document, _: np.full(
                (*document.photo.shape, 2), 20.0 if document.settings.model == "warm" else -20.0, np.float32
            ),
        )
        return session

    return make


@pytest.fixture
def test_window(
    qtbot: QtBot, qapp: QApplication, backend: Any, settings: WindowSettings
) -> Iterator[TuringWindow]:
    made = TuringWindow(backend, settings)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: made.set_up.models.count() == 2, timeout=WAIT_MS)
    yield made
    made.shutdown()


@pytest.fixture
def taking(qtbot: QtBot, test_window: TuringWindow) -> Callable[..., TuringWindow]:
    """Opens a test, and lets somebody begin."""

    def take(session: TuringSession, name: str = "Anna") -> TuringWindow:
        test_window.open_test(session.folder, name)
        qtbot.waitUntil(lambda: test_window.stack.currentWidget() is test_window.welcome, timeout=WAIT_MS)
        qtbot.keyClick(test_window.welcome.name_edit, "\r")
        wait_question(qtbot, test_window)
        return test_window

    return take


def wait_question(qtbot: QtBot, window: TuringWindow) -> None:
    """Until the pictures are on the screen."""
    view = window.trial.view
    qtbot.waitUntil(lambda: bool(view.pictures) and view.seen_seconds > LEAST_SECONDS, timeout=WAIT_MS)
