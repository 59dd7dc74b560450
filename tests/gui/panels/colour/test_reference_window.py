"""Reference photos: opened, dropped, and a source of colours that is never changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.view_transform import PhotoPoint
from colorstudio.gui.jobs import Lane
from colorstudio.gui.loading import PhotoSource
from colorstudio.gui.panels.colour import reference_photo
from colorstudio.gui.panels.colour.reference_window import MOST_REFERENCES, ReferenceWindow
from colorstudio.gui.settings import WindowSettings

WAIT_MS = 20_000
LEFT = Qt.MouseButton.LeftButton
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
Listen = Callable[[Any], list[tuple[Any, ...]]]
RED, GREEN = (180, 40, 30), (40, 120, 60)


@pytest.fixture
def references(qtbot: QtBot, settings: WindowSettings) -> Iterator[ReferenceWindow]:
    parent = QWidget()
    qtbot.addWidget(parent)
    lane = Lane("references")
    window = ReferenceWindow(lane, settings, parent)
    window.show()
    qtbot.waitExposed(window)
    yield window
    lane.close()


@pytest.fixture
def flag(tmp_path: Path) -> Path:
    """Red on the left, green on the right."""
    pixels = np.empty((60, 80, 3), np.uint8)
    pixels[:, :40], pixels[:, 40:] = RED, GREEN
    path = tmp_path / "flag.png"
    Image.fromarray(pixels).save(path)
    return path


def drop(window: QWidget, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = window.rect().center()
    actions = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, actions, data, LEFT, NO_KEY)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), actions, data, LEFT, NO_KEY))


def shown_canvas(window: ReferenceWindow) -> Canvas:
    canvas = window.tabs.currentWidget()
    assert isinstance(canvas, Canvas)
    return canvas


def at(canvas: Canvas, row: float, col: float) -> QPoint:
    return canvas.view.to_view(PhotoPoint(row, col)).toPoint()


def test_a_dropped_photo_gives_its_colours(
    qtbot: QtBot, references: ReferenceWindow, flag: Path, told: Listen
) -> None:
    heard = told(references.picked)
    before = flag.read_bytes()
    drop(references, [flag])
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    canvas = shown_canvas(references)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 30, 20))
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 30, 60))
    assert [rgb for rgb, _ in heard] == [RED, GREEN]
    assert heard[0][1] != heard[1][1]
    assert flag.read_bytes() == before


def test_a_drag_follows_the_pointer_and_is_one_gesture(
    qtbot: QtBot, references: ReferenceWindow, flag: Path, told: Listen
) -> None:
    heard = told(references.picked)
    drop(references, [flag])
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    canvas = shown_canvas(references)
    qtbot.mousePress(canvas, LEFT, pos=at(canvas, 30, 20))
    qtbot.mouseMove(canvas, at(canvas, 30, 60))
    qtbot.mouseRelease(canvas, LEFT, pos=at(canvas, 30, 60))
    assert [rgb for rgb, _ in heard] == [RED, GREEN]
    assert heard[0][1] == heard[1][1]
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(1, 1))  # beside the photo
    assert len(heard) == 2


def test_it_can_be_looked_at_closely(qtbot: QtBot, references: ReferenceWindow, flag: Path) -> None:
    drop(references, [flag])
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    canvas = shown_canvas(references)
    canvas.set_zoom(8.0)
    before = canvas.view.photo_rect().topLeft()
    qtbot.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(80, 90))
    qtbot.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(80, 90))
    assert canvas.view.photo_rect().topLeft() - before == QPointF(-20, -10)


def test_several_photos_each_get_a_page(
    qtbot: QtBot, references: ReferenceWindow, flag: Path, tmp_path: Path
) -> None:
    drop(references, [flag])
    other = tmp_path / "other.png"
    Image.fromarray(np.full((30, 30, 3), GREEN, np.uint8)).save(other)
    drop(references, [other])  # while the first may still be read
    qtbot.waitUntil(lambda: references.tabs.count() == 2, timeout=WAIT_MS)
    assert {references.tabs.widget(i).accessibleName() for i in range(2)} == {"flag.png", "other.png"}
    references.close_photo(0)
    references.close_photo(0)
    assert references.stack.currentWidget() is references.invitation


def test_what_cannot_be_read_is_told_and_the_others_come(
    qtbot: QtBot, references: ReferenceWindow, flag: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.png"
    damaged.write_bytes(flag.read_bytes()[:60])
    drop(references, [damaged, flag])
    qtbot.waitUntil(lambda: "damaged.png" in references.words.text() and not references._awaited)
    assert references.tabs.count() == 1
    drop(references, [tmp_path / "none.png"])
    qtbot.waitUntil(lambda: "none.png" in references.words.text() and not references._awaited)
    drop(references, [flag])
    qtbot.waitUntil(lambda: references.tabs.count() == 2, timeout=WAIT_MS)
    assert "png" not in references.words.text()


def test_a_copied_picture_is_pasted(qtbot: QtBot, references: ReferenceWindow, told: Listen) -> None:
    heard = told(references.picked)
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(references, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    canvas = shown_canvas(references)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 10, 10))
    assert heard[0][0] == (0, 0, 255)


def test_photos_are_read_on_another_thread(
    qtbot: QtBot, references: ReferenceWindow, flag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    read = PhotoSource.read

    def noted(source: PhotoSource) -> Any:
        threads.append(threading.get_ident())
        return read(source)

    monkeypatch.setattr(PhotoSource, "read", noted)
    drop(references, [flag])
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    assert threads
    assert threading.get_ident() not in threads


def test_a_large_photo_is_kept_small(
    qtbot: QtBot, references: ReferenceWindow, flag: Path, monkeypatch: pytest.MonkeyPatch, told: Listen
) -> None:
    heard = told(references.picked)
    monkeypatch.setattr(reference_photo, "_MOST_PIXELS", 1200)
    drop(references, [flag])
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    canvas = shown_canvas(references)
    assert canvas.before is not None
    assert canvas.before.shape == (30, 40)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 15, 10))
    assert heard[0][0] == RED


def test_there_is_an_end_to_references(qtbot: QtBot, references: ReferenceWindow, flag: Path) -> None:
    drop(references, [flag] * (MOST_REFERENCES + 2))
    qtbot.waitUntil(lambda: references.tabs.count() == MOST_REFERENCES, timeout=WAIT_MS)
    qtbot.wait(50)
    assert references.tabs.count() == MOST_REFERENCES


def test_keys_close_a_photo_and_then_the_window(
    qtbot: QtBot, references: ReferenceWindow, flag: Path
) -> None:
    drop(references, [flag])
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    qtbot.keyClick(references, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert references.tabs.count() == 0
    qtbot.keyClick(references, Qt.Key.Key_Escape)
    assert not references.isVisible()
