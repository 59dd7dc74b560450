"""Exporting all photos: where to, under what names, what is never written over, what is told."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeSettings, ChangeStrokes
from colorstudio.document.strokes import Stroke
from colorstudio.gui.batch.controller import BatchController
from colorstudio.gui.batch.export_all_dialog import ExportAllDialog
from colorstudio.gui.batch.photos import Status
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.imaging.atomic import write_error

WAIT_MS = 20_000
Opener = Callable[..., None]
Folder = Callable[..., Path]
Settled = Callable[[int], None]


@pytest.fixture
def strip(batch: BatchController, make_folder: Folder, open_folder: Opener) -> BatchController:
    """A window with three photos."""
    open_folder(make_folder(3))
    return batch


def ask(qtbot: QtBot, window: MainWindow) -> ExportAllDialog:
    qtbot.mouseClick(window.batch.strip.export_button, Qt.MouseButton.LeftButton)
    assert window.batch.runs.export_dialog is not None
    return window.batch.runs.export_dialog


def choose(box: Any, data: object) -> None:
    box.setCurrentIndex(box.findData(data))


def press_export(qtbot: QtBot, batch: BatchController, dialog: ExportAllDialog) -> None:
    """Export, and wait until that is over."""
    over: list[object] = []
    batch.runs.runner.finished.connect(over.append)
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(over), timeout=WAIT_MS)


def last_message(window: MainWindow) -> Any:
    return next(message for message in window.message_bar.messages if message.topic == "batch")


def test_all_are_written_beside_their_folder(
    qtbot: QtBot, window: MainWindow, strip: BatchController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_E, both)
    dialog = strip.runs.export_dialog
    assert dialog is not None
    assert dialog.folder == tmp_path / "album-colour"
    assert dialog.notice.text() == "The folder will be made."
    assert dialog.example.text() == "photo0.png → photo0-colour.png"
    press_export(qtbot, strip, dialog)
    written = sorted(path.name for path in (tmp_path / "album-colour").iterdir())
    assert written == ["photo0-colour.png", "photo1-colour.png", "photo2-colour.png"]
    assert {photo.status for photo in strip.batch.photos} == {Status.EXPORTED}  # type: ignore[union-attr]
    message = last_message(window)
    assert (message.text, message.severity) == ("Exported 3 photos.", Severity.SUCCESS)
    shown: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(Path(url.toLocalFile())))
    qtbot.mouseClick(window.message_bar.items[0].buttons[0], Qt.MouseButton.LeftButton)
    assert shown == [tmp_path / "album-colour"]


def test_strokes_and_settings_of_each_photo_are_honoured(
    qtbot: QtBot, window: MainWindow, strip: BatchController, tmp_path: Path, settled: Settled, stroke: Stroke
) -> None:
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeStrokes.of(document, "stroke", (stroke,)))
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    settled(1)
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeSettings.of(document, "intensity", saturation=0.0))
    press_export(qtbot, strip, ask(qtbot, window))
    first, second, third = (
        np.asarray(Image.open(tmp_path / "album-colour" / f"photo{number}-colour.png")).astype(int)
        for number in range(3)
    )
    assert (first[30, 5, 2] - first[30, 5, 0]) > 20  # blue on the left, where the stroke is
    assert (first[30, 75, 2] - first[30, 75, 0]) < -20
    assert abs(second[30, 5] - second[30, 5, 0]).max() <= 1  # the one in the window, as it is now
    assert (third[30, 5, 2] - third[30, 5, 0]) < -20


def test_the_photo_in_the_window_is_written_from_there(
    qtbot: QtBot, window: MainWindow, strip: BatchController, tmp_path: Path
) -> None:
    (tmp_path / "album" / "photo0.png").unlink()  # a memory card that was pulled out
    press_export(qtbot, strip, ask(qtbot, window))
    assert (tmp_path / "album-colour" / "photo0-colour.png").is_file()
    assert last_message(window).text == "Exported 3 photos."


def test_what_is_there_is_left_alone_unless_chosen_otherwise(
    qtbot: QtBot, window: MainWindow, strip: BatchController, tmp_path: Path
) -> None:
    (tmp_path / "album-colour").mkdir()
    there = tmp_path / "album-colour" / "photo1-colour.png"
    there.write_text("precious")
    dialog = ask(qtbot, window)
    assert dialog.existing_box.currentData() is False
    press_export(qtbot, strip, dialog)
    assert there.read_text() == "precious"
    assert last_message(window).text == "Exported 2 photos. 1 file was there already and was left as it is."
    assert strip.batch.photos[1].status is not Status.EXPORTED  # type: ignore[union-attr]

    dialog = ask(qtbot, window)
    assert dialog.rows == [1]  # what is left
    choose(dialog.existing_box, True)
    assert dialog.export_button.text() == "Export and replace (1 photo)"
    assert "replaced" in dialog.notice.text()
    press_export(qtbot, strip, dialog)
    assert Image.open(there).size == (80, 60)


def test_no_input_is_ever_written_over(
    qtbot: QtBot, window: MainWindow, strip: BatchController, make_folder: Folder
) -> None:
    folder = strip.batch.folder  # type: ignore[union-attr]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    dialog = ask(qtbot, window)
    dialog.place_edit.setText(str(folder))
    dialog.ending_edit.clear()
    choose(dialog.existing_box, True)
    assert not dialog.export_button.isEnabled()
    assert "photos themselves" in dialog.notice.text()
    # A photo that another photo of the strip would be written to, by its name alone.
    dialog.ending_edit.setText("-colour")
    assert dialog.export_button.isEnabled()
    (folder / "photo0-colour.png").write_bytes(before["photo2.png"])
    dialog.close()
    strip.open_paths([folder])
    qtbot.waitUntil(lambda: len(strip.batch or ()) == 4, timeout=WAIT_MS)
    dialog = ask(qtbot, window)
    dialog.place_edit.setText(str(folder))
    choose(dialog.existing_box, True)
    press_export(qtbot, strip, dialog)
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert (folder / "photo0-colour.png").read_bytes() == before["photo2.png"]
    failed = strip.batch.rows(Status.FAILED)  # type: ignore[union-attr]
    assert [strip.batch.photos[row].name for row in failed] == ["photo0.png"]  # type: ignore[union-attr]
    assert "photo that was read" in strip.batch.photos[failed[0]].reason  # type: ignore[union-attr]


def test_format_depth_quality_and_names(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, tmp_path: Path
) -> None:
    dialog = ask(qtbot, window)
    choose(dialog.format_box, "tiff")
    choose(dialog.depth_box, 16)
    dialog.ending_edit.setText("")
    dialog.place_edit.setText(str(tmp_path / "deep" / "down"))
    dialog.metadata_check.setChecked(False)
    assert not dialog.quality_spin.isVisible()
    press_export(qtbot, strip, dialog)
    path, options, _ = backend.exports[0]
    assert path == tmp_path / "deep" / "down" / "photo0.tif"
    assert path.is_file()
    assert (options.format, options.bit_depth, options.keep_metadata) == ("tiff", 16, False)
    dialog = ask(qtbot, window)
    assert dialog.format_box.currentData() == "tiff"  # as it was last time
    assert dialog.ending == ""
    choose(dialog.format_box, "jpeg")
    assert dialog.quality_spin.isVisible()
    assert not dialog.depth_box.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("folder", "ending", "words"),
    [
        ("", "-colour", "Give the folder"),
        ("file.txt", "-colour", "This is a file"),
        ("new", "a/b", "cannot have any"),
    ],
)
def test_answers_that_make_no_sense_are_told(
    qtbot: QtBot,
    window: MainWindow,
    strip: BatchController,
    tmp_path: Path,
    folder: str,
    ending: str,
    words: str,
) -> None:
    (tmp_path / "file.txt").touch()
    dialog = ask(qtbot, window)
    dialog.place_edit.setText(str(tmp_path / folder) if folder else "")
    dialog.ending_edit.setText(ending)
    assert words in dialog.notice.text()
    assert not dialog.export_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.batch.runs.export_dialog is None


def test_the_folder_is_chosen(
    qtbot: QtBot, window: MainWindow, strip: BatchController, tmp_path: Path
) -> None:
    dialog = ask(qtbot, window)
    qtbot.mouseClick(dialog.browse_button, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog, "folderChoice")
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    assert dialog.folder == tmp_path


def test_the_tree_of_folders_is_kept(
    qtbot: QtBot,
    window: MainWindow,
    batch: BatchController,
    make_folder: Folder,
    open_folder: Opener,
    tmp_path: Path,
) -> None:
    folder = make_folder(1)
    make_folder(1, "album/summer")
    open_folder(folder)
    press_export(qtbot, batch, ask(qtbot, window))
    written = sorted(
        path.relative_to(tmp_path / "album-colour").as_posix()
        for path in (tmp_path / "album-colour").rglob("*.png")
    )
    assert written == ["photo0-colour.png", "summer/photo0-colour.png"]


def test_a_full_disk_is_told_and_the_others_are_tried(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, tmp_path: Path
) -> None:
    backend.export_error = write_error(tmp_path / "out.png", OSError(errno.ENOSPC, "No space"))
    press_export(qtbot, strip, ask(qtbot, window))
    texts = [message.text for message in window.message_bar.messages]
    assert sum(text.startswith("The disk is full") for text in texts) == 1
    assert last_message(window).text == "Exported 0 photos. 3 photos failed."
    assert all("disk is full" in photo.reason for photo in strip.batch.photos)  # type: ignore[union-attr]
    backend.export_error = None
    buttons = {button.text(): button for item in window.message_bar.items for button in item.buttons}
    qtbot.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not strip.running, timeout=WAIT_MS)
    assert len(list((tmp_path / "album-colour").iterdir())) == 3
    assert last_message(window).text == "Exported 3 photos."


def test_an_export_is_stopped_and_leaves_no_half_files(
    qtbot: QtBot, window: MainWindow, strip: BatchController, backend: Any, tmp_path: Path
) -> None:
    dialog = ask(qtbot, window)
    backend.export_gate.clear()
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: strip.strip.run_label.text() == "Exporting 1 of 3", timeout=WAIT_MS)
    qtbot.mouseClick(strip.strip.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not strip.running, timeout=WAIT_MS)
    assert list(tmp_path.glob("album-colour/*")) == []
    assert last_message(window).text == "Stopped. Exported 0 photos."


def test_a_photo_painted_on_after_its_export_is_told_as_changed(
    qtbot: QtBot, window: MainWindow, strip: BatchController, stroke: Stroke
) -> None:
    press_export(qtbot, strip, ask(qtbot, window))
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeStrokes.of(document, "stroke", (stroke,)))
    assert strip.batch.photos[0].status is Status.PAINTED  # type: ignore[union-attr]
    told = strip.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "changed since it was exported" in told
    dialog = ask(qtbot, window)
    assert dialog.rows == [0]
    dialog.close()
