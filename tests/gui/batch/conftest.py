"""A folder of photos, and a window that has it open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.document.strokes import Stroke
from colorstudio.gui.batch.controller import BatchController
from colorstudio.gui.main_window import MainWindow

WAIT_MS = 20_000

Dropper = Callable[..., None]
Folder = Callable[..., Path]


@pytest.fixture
def make_folder(tmp_path: Path) -> Folder:
    """Write so many gray photos into a folder."""

    def make(count: int = 4, name: str = "album") -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        rows, cols = np.mgrid[0:60, 0:80]
        for number in range(count):
            plane = 90 + 60 * np.sin(cols / (7 + number % 9)) + 40 * np.cos(rows / 5)
            Image.fromarray(plane.clip(0, 255).astype(np.uint8)).save(folder / f"photo{number}.png")
        return folder

    return make


@pytest.fixture
def drop(window: MainWindow) -> Dropper:
    """Drop files and folders on the window, as the window system does it."""

    def dropped(*paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        at, copy = window.rect().center(), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at, copy, data, left, none)
        QApplication.sendEvent(window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, data, left, none))

    return dropped


@pytest.fixture
def batch(window: MainWindow) -> BatchController:
    """The controller of the window, which goes on at once when the session is idle."""
    window.batch.quiet_timer.setInterval(0)
    return window.batch


@pytest.fixture
def open_folder(
    qtbot: QtBot, window: MainWindow, batch: BatchController, drop: Dropper
) -> Callable[..., None]:
    """Drop a folder and wait until its first photo is there in colour."""

    def opened(*paths: Path) -> None:
        drop(*paths)
        qtbot.waitUntil(lambda: batch.batch is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: is_settled(window), timeout=WAIT_MS)

    return opened


def is_settled(window: MainWindow) -> bool:
    return window.session.colouring is not None and window.session.activity is None


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Callable[[int], None]:
    """Wait until the photo of a row is in the window, in colour."""

    def wait(row: int) -> None:
        qtbot.waitUntil(lambda: window.batch.shown_row == row and is_settled(window), timeout=WAIT_MS)

    return wait


@pytest.fixture
def stroke() -> Stroke:
    """On the left, in a strong blue."""
    return Stroke(points=((20.0, 10.0), (40.0, 20.0)), radius_px=4.0, rgb=(30, 60, 200))
