"""The strip under the hand: keys, mouse, wheel; and what is kept of each photo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeSettings, ChangeStrokes
from colorstudio.document.strokes import Stroke
from colorstudio.gui.batch.controller import BatchController
from colorstudio.gui.batch.photos import Status
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings

WAIT_MS = 20_000
Opener = Callable[..., None]
Folder = Callable[..., Path]
Settled = Callable[[int], None]


@pytest.fixture
def strip(batch: BatchController, make_folder: Folder, open_folder: Opener) -> BatchController:
    """A window with four photos."""
    open_folder(make_folder(4))
    return batch


def paint(window: MainWindow, stroke: Stroke) -> None:
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeStrokes.of(document, "stroke", (*document.strokes, stroke)))


def click(qtbot: QtBot, batch: BatchController, row: int) -> None:
    photos = batch.strip.list
    at = photos.visualRect(batch.model.index(row)).center()
    qtbot.mouseClick(photos.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_page_keys_go_through_the_photos(
    qtbot: QtBot, window: MainWindow, strip: BatchController, settled: Settled
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    settled(1)
    assert "photo1.png" in window.windowTitle()
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    qtbot.keyClick(window, Qt.Key.Key_PageDown)  # beyond the last
    settled(3)
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    settled(2)
    assert strip.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole).endswith("in the window")
    assert not strip.model.index(3).data(Qt.ItemDataRole.AccessibleTextRole).endswith("in the window")


def test_running_through_opens_only_where_it_stops(
    qtbot: QtBot, window: MainWindow, strip: BatchController, settled: Settled
) -> None:
    opened: list[str] = []
    window.session.opened.connect(lambda photo: opened.append(photo.source.name))
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_PageDown)
    settled(3)
    assert opened == ["photo3.png"]


def test_page_keys_are_free_without_a_strip(
    window: MainWindow, open_photo: Opener, make_photo: Folder
) -> None:
    open_photo(make_photo())
    for name in ("next_photo", "previous_photo", "colour_all", "export_all", "filmstrip", "stop_batch"):
        assert not window.actions_by_name[name].isEnabled()


def test_a_click_opens_a_photo(qtbot: QtBot, strip: BatchController, settled: Settled) -> None:
    click(qtbot, strip, 2)
    settled(2)


def test_arrows_go_through_the_photos_and_enter_goes_back_to_the_canvas(
    qtbot: QtBot, window: MainWindow, strip: BatchController, settled: Settled
) -> None:
    window.activateWindow()
    strip.strip.list.setFocus()
    qtbot.keyClick(strip.strip.list, Qt.Key.Key_Right)
    settled(1)
    qtbot.keyClick(strip.strip.list, Qt.Key.Key_End)
    settled(3)
    strip.strip.list.setFocus()
    qtbot.keyClick(strip.strip.list, Qt.Key.Key_Return)
    assert window.canvas.hasFocus()


def test_the_strip_keeps_the_keys_while_it_is_gone_through(
    qtbot: QtBot, window: MainWindow, strip: BatchController, settled: Settled
) -> None:
    window.activateWindow()
    strip.strip.list.setFocus()
    for row in (1, 2):
        qtbot.keyClick(strip.strip.list, Qt.Key.Key_Right)
        settled(row)
        assert strip.strip.list.hasFocus()


def test_strokes_and_settings_stay_with_their_photo(
    qtbot: QtBot, window: MainWindow, strip: BatchController, settled: Settled, stroke: Stroke
) -> None:
    paint(window, stroke)
    paint(window, stroke)
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeSettings.of(document, "intensity", saturation=0.5))
    assert strip.batch is not None
    assert strip.batch.photos[0].stroke_count == 2
    assert "2 strokes" in strip.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    settled(1)
    assert window.session.document is not None
    assert window.session.document.strokes == ()
    assert window.session.document.settings.saturation == 1.0
    assert strip.batch.photos[1].state is None
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    settled(0)
    assert window.session.document.strokes == (stroke, stroke)
    assert window.session.document.settings.saturation == 0.5
    assert not window.session.undo_stack.canUndo()


def test_undone_strokes_leave_the_photo_as_it_was(
    qtbot: QtBot, window: MainWindow, strip: BatchController, stroke: Stroke
) -> None:
    paint(window, stroke)
    assert strip.batch is not None
    assert strip.batch.photos[0].status is Status.PAINTED
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert strip.batch.photos[0].state is None
    assert strip.batch.photos[0].status is Status.COLOURED


def test_strokes_outlive_their_folder(
    qtbot: QtBot,
    window: MainWindow,
    strip: BatchController,
    make_folder: Folder,
    open_folder: Opener,
    settled: Settled,
    stroke: Stroke,
) -> None:
    paint(window, stroke)
    assert strip.batch is not None
    former = strip.batch
    qtbot.keyClick(window, Qt.Key.Key_PageDown)  # a photo without work of its own is left without a word
    settled(1)
    open_folder(make_folder(2, "other"))
    qtbot.waitUntil(lambda: strip.batch is not former, timeout=WAIT_MS)
    open_folder(former.folder)
    qtbot.waitUntil(lambda: strip.batch is not None and len(strip.batch) == 4, timeout=WAIT_MS)
    assert strip.batch is not None
    assert strip.batch.photos[0].stroke_count == 1
    settled(0)
    assert window.session.document is not None
    assert window.session.document.strokes == (stroke,)


def test_the_thumbnail_follows_the_painting(
    qtbot: QtBot, window: MainWindow, strip: BatchController, stroke: Stroke
) -> None:
    def left_is_blue() -> bool:
        pixmap = strip.thumbnails.pixmap(strip.batch.photos[0].path)  # type: ignore[union-attr]
        if pixmap is None:
            return False
        colour = pixmap.toImage().pixelColor(pixmap.width() // 8, pixmap.height() // 2)
        return colour.blue() > colour.red()

    paint(window, stroke)
    qtbot.waitUntil(left_is_blue, timeout=WAIT_MS)


def test_the_wheel_moves_the_strip(
    qtbot: QtBot, batch: BatchController, make_folder: Folder, open_folder: Opener
) -> None:
    open_folder(make_folder(40))
    photos = batch.strip.list
    at = QPointF(photos.viewport().rect().center())
    wheel = QWheelEvent(
        at,
        photos.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(photos.viewport(), wheel)
    assert photos.horizontalScrollBar().value() > 0


def test_the_strip_is_hidden_and_shown_with_keys_and_that_is_remembered(
    qtbot: QtBot, window: MainWindow, strip: BatchController, settings: WindowSettings
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert not strip.strip.isVisible()
    assert not settings.filmstrip_shown
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert strip.strip.isVisible()
    qtbot.mouseClick(strip.strip.hide_button, Qt.MouseButton.LeftButton)
    assert not strip.strip.isVisible()
    assert not window.actions_by_name["filmstrip"].isChecked()


def test_the_strip_is_made_higher_by_its_edge(
    qtbot: QtBot, strip: BatchController, settings: WindowSettings
) -> None:
    before = strip.strip.row_height
    grip = strip.strip.grip
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(50, 2))
    qtbot.mouseMove(grip, QPoint(50, -58))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton)
    assert strip.strip.row_height == before + 60
    assert settings.filmstrip_height == before + 60
    assert strip.strip.list.height() > before + 60
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(50, 2))
    qtbot.mouseMove(grip, QPoint(50, 2000))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton)
    assert strip.strip.row_height >= 72  # never so low that nothing can be seen


def test_a_strip_as_high_as_it_was_left(qtbot: QtBot, backend: Any, settings: WindowSettings) -> None:
    settings.filmstrip_height = 150
    window = MainWindow(backend, settings)
    qtbot.addWidget(window)
    assert window.batch.strip.row_height == 150
    window.close()


def test_everything_has_a_name_for_screen_readers(strip: BatchController) -> None:
    named = strip.strip
    assert named.accessibleName()
    assert named.list.accessibleName()
    for button in (named.stop_button, named.failures_button, named.hide_button):
        assert button.accessibleName()
    assert named.bar.accessibleName()
    assert strip.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "photo1.png, not coloured yet"
