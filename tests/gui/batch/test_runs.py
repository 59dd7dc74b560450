"""Colouring all photos: progress, stopping, failures, stepping back, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.strokes import Stroke
from colorstudio.gui.batch.controller import BatchController
from colorstudio.gui.batch.photos import Status
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity

WAIT_MS = 20_000
Opener = Callable[..., None]
Folder = Callable[..., Path]
Settled = Callable[[int], None]


@pytest.fixture
def strip(batch: BatchController, make_folder: Folder, open_folder: Opener) -> BatchController:
    """A window with four photos, the third of which is no photo at all."""
    folder = make_folder(4)
    (folder / "photo2.png").write_bytes(b"This was never a photo.")
    open_folder(folder)
    return batch


def statuses(batch: BatchController) -> list[Status]:
    assert batch.batch is not None
    return [photo.status for photo in batch.batch.photos]


def wait_run(qtbot: QtBot, batch: BatchController) -> None:
    qtbot.waitUntil(lambda: not batch.running, timeout=WAIT_MS)


def last_message(window: MainWindow) -> Any:
    return next(message for message in window.message_bar.messages if message.topic == "batch")


def press_remedy(qtbot: QtBot, window: MainWindow, label: str) -> None:
    buttons = [button for item in window.message_bar.items for button in item.buttons]
    qtbot.mouseClick(next(button for button in buttons if button.text() == label), Qt.MouseButton.LeftButton)


def test_all_are_coloured_and_what_failed_is_told(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any
) -> None:
    qtbot.mouseClick(strip.strip.colour_button, Qt.MouseButton.LeftButton)
    assert strip.running
    wait_run(qtbot, strip)
    assert statuses(strip) == [Status.COLOURED, Status.COLOURED, Status.FAILED, Status.COLOURED]
    assert threading.get_ident() not in backend.threads
    message = last_message(window)
    assert message.severity is Severity.WARNING
    assert message.text == "Coloured 2 photos. 1 photo failed."  # the first was coloured on opening
    pixmap = strip.thumbnails.pixmap(strip.batch.photos[3].path)  # type: ignore[union-attr]
    assert pixmap is not None
    colour = pixmap.toImage().pixelColor(40, 30)
    assert colour.red() > colour.blue()


def test_progress_is_shown_and_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, settled: Settled
) -> None:
    backend.gate.clear()
    backend.started.clear()
    qtbot.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    assert statuses(strip)[1:] == [Status.WORKING, Status.WAITING, Status.WAITING]
    assert strip.strip.run_label.text() == "Colouring 1 of 3"
    assert strip.strip.bar.isVisible()
    assert strip.strip.stop_button.isVisible()
    assert not window.actions_by_name["colour_all"].isEnabled()
    assert not window.actions_by_name["export_all"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    backend.gate.set()
    settled(1)
    wait_run(qtbot, strip)
    assert statuses(strip) == [Status.COLOURED, Status.COLOURED, Status.FAILED, Status.COLOURED]
    assert not strip.strip.bar.isVisible()
    assert strip.strip.colour_button.isVisible()


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_run_is_stopped_and_gone_on_with(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, way: str
) -> None:
    backend.gate.clear()
    backend.started.clear()
    strip.runs.colour_all()
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    if way == "button":
        qtbot.mouseClick(strip.strip.stop_button, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    wait_run(qtbot, strip)
    assert Status.WAITING not in statuses(strip)
    assert Status.WORKING not in statuses(strip)
    assert statuses(strip)[1] is Status.UNTOUCHED
    assert last_message(window).text == "Stopped. Coloured 0 photos."
    backend.gate.set()
    press_remedy(qtbot, window, "Go on")
    wait_run(qtbot, strip)
    assert statuses(strip) == [Status.COLOURED, Status.COLOURED, Status.FAILED, Status.COLOURED]


def test_escape_alone_does_not_stop_a_run(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any
) -> None:
    backend.gate.clear()
    backend.started.clear()
    strip.runs.colour_all()
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert strip.running
    assert strip.runs.runner.run is not None
    assert not strip.runs.runner.run.stopped
    backend.gate.set()
    wait_run(qtbot, strip)


def test_the_list_of_failures_is_copied_and_tried_again(
    qtbot: QtBot, window: MainWindow, strip: BatchController, make_photo: Folder
) -> None:
    strip.runs.colour_all()
    wait_run(qtbot, strip)
    press_remedy(qtbot, window, "What failed…")
    dialog = strip.runs.failures_dialog
    assert dialog is not None
    assert dialog.title.text() == "1 photo failed"
    assert dialog.table.rowCount() == 1
    assert dialog.table.item(0, 0).text() == "photo2.png"  # type: ignore[union-attr]
    assert "is not a photo" in dialog.table.item(0, 1).text()  # type: ignore[union-attr]
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    path = strip.batch.photos[2].path  # type: ignore[union-attr]
    assert QGuiApplication.clipboard().text().startswith(f"{path}\t")
    path.write_bytes(make_photo("repaired.png").read_bytes())
    qtbot.mouseClick(dialog.retry_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    wait_run(qtbot, strip)
    assert statuses(strip) == [Status.COLOURED] * 4
    assert last_message(window).text == "Coloured 1 photo."
    assert not strip.strip.failures_button.isVisible()
    assert not window.actions_by_name["batch_failures"].isEnabled()


def test_the_list_leads_to_the_photo(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, settled: Settled
) -> None:
    backend.error = MemoryError()
    strip.runs.colour_all()
    wait_run(qtbot, strip)
    assert statuses(strip)[1:] == [Status.FAILED] * 3
    backend.error = None
    strip.runs.show_failures()
    dialog = strip.runs.failures_dialog
    assert dialog is not None
    dialog.table.setCurrentCell(2, 0)
    assert "not enough memory" in dialog.table.item(0, 1).text()  # type: ignore[union-attr]
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settled(3)
    assert statuses(strip)[3] is Status.COLOURED  # it went well this time
    assert dialog.table.rowCount() == 2


def test_strokes_painted_meanwhile_are_honoured(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, settled: Settled, stroke: Stroke
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    settled(1)
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeStrokes.of(document, "stroke", (stroke,)))
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    settled(3)
    strip.batch.change(1, coloured=False)  # type: ignore[union-attr]
    backend.documents.clear()
    qtbot.waitUntil(lambda: bool(backend.warmed), timeout=WAIT_MS)
    backend.warmed[:] = backend.warmed[:1]
    strip.runs.colour_all()
    wait_run(qtbot, strip)
    seen = {document.photo.path.name: document.strokes for document in backend.documents}
    assert seen["photo1.png"] == (stroke,)
    # The solver has had another photo in its hands: that in the window is made ready again.
    qtbot.waitUntil(lambda: backend.warmed[-1].photo.path.name == "photo3.png", timeout=WAIT_MS)


def test_photos_without_changes_take_the_network_chosen_last(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any
) -> None:
    window.session.choose_model("model", "cool")
    qtbot.waitUntil(lambda: window.session.activity is None, timeout=WAIT_MS)
    backend.passes.clear()
    strip.runs.colour_all()
    wait_run(qtbot, strip)
    assert {model for model, _ in backend.passes} == {"cool"}


def test_the_batch_steps_back_while_the_photo_in_the_window_is_worked_on(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, stroke: Stroke
) -> None:
    backend.gate.clear()
    backend.started.clear()
    strip.runs.colour_all()
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    strip.quiet_timer.setInterval(100_000)
    assert not strip.runs.runner.courtesy.held_back
    document = window.session.document
    assert document is not None
    backend.documents.clear()
    window.session.apply(ChangeStrokes.of(document, "stroke", (stroke,)))
    assert strip.runs.runner.courtesy.held_back
    backend.gate.set()
    qtbot.waitUntil(lambda: window.session.activity is None, timeout=WAIT_MS)
    qtbot.wait(100)
    assert strip.running  # it waits, though nothing else does
    assert {document.photo.path.name for document in backend.documents} == {"photo0.png"}
    strip.quiet_timer.start(0)
    wait_run(qtbot, strip)
    assert statuses(strip)[3] is Status.COLOURED


def test_the_batch_steps_back_while_the_pen_is_down(
    qtbot: QtBot, window: MainWindow, strip: BatchController, stroke: Stroke
) -> None:
    qtbot.waitUntil(lambda: not strip.runs.runner.courtesy.held_back, timeout=WAIT_MS)
    window.session.draw_live((stroke,))
    assert strip.runs.runner.courtesy.held_back
    qtbot.wait(50)
    assert strip.runs.runner.courtesy.held_back
    window.session.end_live()
    qtbot.waitUntil(lambda: not strip.runs.runner.courtesy.held_back, timeout=WAIT_MS)


def test_closing_the_window_asks_while_photos_are_worked_on(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any
) -> None:
    backend.gate.clear()
    backend.started.clear()
    strip.runs.colour_all()
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    assert not window.close()
    assert window.isVisible()
    assert any("still being worked on" in message.text for message in window.message_bar.messages)
    press_remedy(qtbot, window, "Stop it and close")
    assert not window.isVisible()
    assert not strip.runs.runner.lane.thread_running


def test_another_folder_waits_for_the_run(
    qtbot: QtBot,
    window: MainWindow,
    strip: BatchController,
    backend: Any,
    make_folder: Folder,
    drop: Opener,
) -> None:
    backend.gate.clear()
    backend.started.clear()
    strip.runs.colour_all()
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    drop(make_folder(3, "other"))
    assert strip.running
    press_remedy(qtbot, window, "Stop it and open")
    backend.gate.set()
    qtbot.waitUntil(lambda: strip.batch is not None and strip.batch.title == "other", timeout=WAIT_MS)
    assert not strip.running
    assert len(statuses(strip)) == 3


def test_a_photo_opened_alone_does_not_end_a_run(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, make_photo: Folder
) -> None:
    backend.gate.clear()
    backend.started.clear()
    strip.runs.colour_all()
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([make_photo("alone.png")])
    assert strip.strip.isVisible()
    assert strip.shown_row is None
    backend.gate.set()
    wait_run(qtbot, strip)
    assert statuses(strip)[3] is Status.COLOURED
