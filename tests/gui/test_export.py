"""Saving the coloured photo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.strokes import Stroke
from colorstudio.errors import PhotoWriteError
from colorstudio.gui import desktop
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.export_dialog import ExportDialog
from colorstudio.gui.session import Task

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]


def ask(qtbot: QtBot, window: MainWindow) -> ExportDialog:
    qtbot.mouseClick(window.export_button, Qt.MouseButton.LeftButton)
    assert window.export_dialog is not None
    return window.export_dialog


def choose_format(dialog: ExportDialog, name: str) -> None:
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(name))


def press_export(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def coloured(window: MainWindow, open_photo: Opener, make_photo: Maker) -> MainWindow:
    open_photo(make_photo("portrait.png", bits=16))
    return window


def test_export_writes_what_was_asked_for(
    qtbot: QtBot, coloured: MainWindow, backend: Any, tmp_path: Path
) -> None:
    coloured.adjustments.intensity.slider.setValue(150)
    dialog = ask(qtbot, coloured)
    assert dialog.path == tmp_path / "portrait-colour.png"
    assert dialog.options().bit_depth == 16
    with qtbot.waitSignal(coloured.session.exported, timeout=WAIT_MS):
        press_export(qtbot, dialog)
    path, options, saturation = backend.exports[0]
    assert path == tmp_path / "portrait-colour.png"
    assert (options.format, options.bit_depth, options.keep_metadata) == ("png", 16, True)
    assert saturation == 1.5
    assert path.stat().st_size > 0
    message = coloured.message_bar.messages[0]
    assert message.severity is Severity.SUCCESS
    assert message.text == "Saved portrait-colour.png."
    assert coloured.export_dialog is None


def test_show_in_folder(
    qtbot: QtBot, coloured: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(desktop.sys, "platform", "linux")
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    with qtbot.waitSignal(coloured.session.exported, timeout=WAIT_MS):
        press_export(qtbot, ask(qtbot, coloured))
    qtbot.mouseClick(coloured.message_bar.items[0].buttons[0], Qt.MouseButton.LeftButton)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


@pytest.mark.parametrize(
    ("name", "suffix", "depth", "quality"),
    [("png", ".png", True, False), ("tiff", ".tif", True, False), ("jpeg", ".jpg", False, True)],
)
def test_only_what_applies_is_asked(
    qtbot: QtBot, coloured: MainWindow, name: str, suffix: str, depth: bool, quality: bool
) -> None:
    dialog = ask(qtbot, coloured)
    choose_format(dialog, name)
    assert dialog.depth_box.isVisible() is depth
    assert dialog.quality_spin.isVisible() is quality
    assert dialog.path.suffix == suffix
    if not depth:
        assert dialog.options().bit_depth == 8
    dialog.reject()


def test_a_typed_suffix_chooses_the_format(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    dialog = ask(qtbot, coloured)
    dialog.place_edit.clear()
    qtbot.keyClicks(dialog.place_edit, str(tmp_path / "aunt.webp"))
    assert dialog.format_name == "webp"
    assert dialog.path == tmp_path / "aunt.webp"
    assert dialog.quality_spin.isVisible()
    dialog.reject()


def test_the_answers_are_remembered(qtbot: QtBot, coloured: MainWindow) -> None:
    dialog = ask(qtbot, coloured)
    choose_format(dialog, "jpeg")
    dialog.quality_spin.setValue(81)
    check = dialog.metadata_check
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=QPoint(8, check.height() // 2))
    with qtbot.waitSignal(coloured.session.exported, timeout=WAIT_MS):
        press_export(qtbot, dialog)
    again = ask(qtbot, coloured)
    assert again.format_name == "jpeg"
    assert again.quality_spin.value() == again.quality_slider.value() == 81
    assert not again.metadata_check.isChecked()
    assert again.path.name == "portrait-colour-2.jpg"  # the first name is taken now
    again.reject()


def test_replacing_is_asked_for_in_words(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "old.png"
    Image.fromarray(np.zeros((4, 4), np.uint8)).save(target)
    dialog = ask(qtbot, coloured)
    dialog.place_edit.setText(str(target))
    assert "will be replaced" in dialog.notice.text()
    assert dialog.export_button.text() == "Replace"
    with qtbot.waitSignal(coloured.session.exported, timeout=WAIT_MS):
        press_export(qtbot, dialog)
    assert Image.open(target).size == (320, 200)


def test_a_file_that_appears_meanwhile_is_not_replaced_unasked(
    qtbot: QtBot, coloured: MainWindow, backend: Any, tmp_path: Path
) -> None:
    dialog = ask(qtbot, coloured)
    dialog.path.write_bytes(b"somebody else's")
    press_export(qtbot, dialog)
    assert coloured.export_dialog is dialog  # still asking
    assert dialog.export_button.text() == "Replace"
    assert backend.exports == []
    dialog.reject()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Give the file a name"),
        ("{folder}/portrait.png", "This is the photo itself"),
        ("{folder}", "This is a folder"),
        ("{folder}/nowhere/x.png", "There is no folder"),
    ],
)
def test_places_that_cannot_be(
    qtbot: QtBot, coloured: MainWindow, tmp_path: Path, text: str, words: str
) -> None:
    dialog = ask(qtbot, coloured)
    dialog.place_edit.setText(text.format(folder=tmp_path))
    assert words in dialog.notice.text()
    assert not dialog.export_button.isEnabled()
    qtbot.keyClick(dialog.place_edit, Qt.Key.Key_Return)
    assert coloured.export_dialog is dialog
    dialog.reject()


def test_browse_does_not_block(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    dialog = ask(qtbot, coloured)
    browse = next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Browse…")
    qtbot.mouseClick(browse, Qt.MouseButton.LeftButton)
    files = dialog.findChild(QFileDialog)
    assert files is not None
    files.fileSelected.emit(str(tmp_path / "elsewhere"))
    files.close()
    assert dialog.path == tmp_path / "elsewhere.png"
    dialog.reject()


def test_cancelling_the_dialog_changes_nothing(qtbot: QtBot, coloured: MainWindow, backend: Any) -> None:
    dialog = ask(qtbot, coloured)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert coloured.export_dialog is None
    assert backend.exports == []


def test_a_running_export_can_be_stopped(
    qtbot: QtBot, coloured: MainWindow, backend: Any, tmp_path: Path
) -> None:
    backend.export_gate.clear()
    press_export(qtbot, ask(qtbot, coloured))
    qtbot.waitUntil(coloured.activity_pill.isVisible, timeout=WAIT_MS)
    assert "Exporting" in coloured.activity_pill.label.text()
    assert not coloured.export_button.isEnabled()
    coloured.canvas.zoom_in()  # the window is free meanwhile
    with qtbot.waitSignal(coloured.session.stopped, timeout=WAIT_MS):
        qtbot.mouseClick(coloured.activity_pill.cancel_button, Qt.MouseButton.LeftButton)
    assert "stopped" in coloured.message_bar.messages[0].text
    assert not (tmp_path / "portrait-colour.png").exists()
    assert coloured.export_button.isEnabled()


def test_a_failed_export_is_told_and_can_be_tried_again(
    qtbot: QtBot, coloured: MainWindow, backend: Any
) -> None:
    backend.export_error = PhotoWriteError("portrait-colour.png cannot be written: the disk is full.")
    with qtbot.waitSignal(coloured.session.failed, timeout=WAIT_MS):
        press_export(qtbot, ask(qtbot, coloured))
    item = coloured.message_bar.items[0]
    assert item.message.text == str(backend.export_error)
    backend.export_error = None
    qtbot.mouseClick(item.buttons[0], Qt.MouseButton.LeftButton)
    assert coloured.export_dialog is not None
    coloured.export_dialog.reject()


def test_an_export_survives_the_closing_of_its_photo(
    qtbot: QtBot, coloured: MainWindow, backend: Any, tmp_path: Path
) -> None:
    backend.export_gate.clear()
    press_export(qtbot, ask(qtbot, coloured))
    coloured.actions_by_name["close"].trigger()
    with qtbot.waitSignal(coloured.session.exported, timeout=WAIT_MS):
        backend.export_gate.set()
    assert (tmp_path / "portrait-colour.png").exists()


def test_a_name_without_a_suffix_gets_one(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    dialog = ask(qtbot, coloured)
    for typed, written in (
        ("aunt", "aunt.png"),
        ("aunt.1931", "aunt.1931.png"),
        ("aunt.gif", "aunt.gif.png"),
    ):
        dialog.place_edit.setText(str(tmp_path / typed))
        assert dialog.path == tmp_path / written
    dialog.reject()


def test_closing_during_an_export_asks(qtbot: QtBot, coloured: MainWindow, backend: Any) -> None:
    backend.export_gate.clear()
    press_export(qtbot, ask(qtbot, coloured))
    qtbot.waitUntil(lambda: coloured.session.is_busy(Task.EXPORT), timeout=WAIT_MS)
    assert not coloured.close()
    assert coloured.isVisible()
    item = coloured.message_bar.items[0]
    assert "still being saved" in item.message.text
    qtbot.mouseClick(item.buttons[0], Qt.MouseButton.LeftButton)
    assert not coloured.isVisible()
    assert backend.exports == []


def test_what_was_just_painted_is_exported_without_a_wait_for_its_colours(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    document = coloured.session.document
    assert document is not None
    stroke = Stroke(((50.0, 60.0),), 8, "colour", (40, 60, 220))
    backend.gate.clear()
    backend.started.clear()
    coloured.session.apply(ChangeStrokes.of(document, "brush stroke", (stroke,)))
    assert coloured.export_button.isEnabled()  # at once, not only when there is progress to tell
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    assert coloured.session.colouring is None
    press_export(qtbot, ask(qtbot, coloured))
    coloured.session.apply(ChangeStrokes.of(document, "delete", ()))  # too late for this export
    assert not backend.exports
    with qtbot.waitSignal(coloured.session.exported, timeout=WAIT_MS):
        backend.gate.set()
    assert [document.strokes for document in backend.exported] == [(stroke,)]
    with Image.open(backend.exports[0][0]) as image:
        red, _, blue = np.asarray(image.convert("RGB"))[50, 30].astype(int)
    assert blue > red
    wait_coloured()


def test_there_is_nothing_to_export_before_the_first_colours(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Callable[[], None]
) -> None:
    backend.gate.clear()
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([make_photo()])
    assert not window.export_button.isEnabled()
    backend.gate.set()
    wait_coloured()
    assert window.export_button.isEnabled()
