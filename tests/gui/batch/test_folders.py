"""Folders and several photos: dropped, chosen, empty, full of other things."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from colorstudio.gui.batch import folders
from colorstudio.gui.batch.controller import BatchController
from colorstudio.gui.batch.photos import Status
from colorstudio.gui.main_window import MainWindow
from colorstudio.progress import ProgressToken

WAIT_MS = 20_000
Opener = Callable[..., None]
Folder = Callable[..., Path]


def texts(window: MainWindow) -> list[str]:
    return [message.text for message in window.message_bar.messages]


def names(batch: BatchController) -> list[str]:
    return [photo.name for photo in batch.batch.photos] if batch.batch is not None else []


def test_a_dropped_folder_is_a_strip_and_its_first_photo_is_opened(
    window: MainWindow, batch: BatchController, make_folder: Folder, open_folder: Opener
) -> None:
    folder = make_folder(3)
    open_folder(folder)
    assert names(batch) == ["photo0.png", "photo1.png", "photo2.png"]
    assert batch.strip.isVisible()
    assert batch.shown_row == 0
    assert batch.strip.current_row == 0
    assert window.session.photo is not None
    assert window.session.photo.source.path == folder / "photo0.png"
    assert batch.strip.title.text() == "album"
    assert "3 photos" in batch.strip.summary.text()
    assert window.settings.open_folder == str(folder)


def test_several_dropped_photos_are_a_strip(
    batch: BatchController, make_photo: Callable[..., Path], open_folder: Opener
) -> None:
    paths = [make_photo(f"{name}.png", 60, 40) for name in "cab"]
    open_folder(*paths)
    assert names(batch) == ["c.png", "a.png", "b.png"]  # as they were named
    assert batch.strip.title.text() == ""


def test_one_photo_shows_no_strip(
    batch: BatchController, make_folder: Folder, open_photo: Callable[[Path], None], open_folder: Opener
) -> None:
    assert not batch.strip.isVisible()
    folder = make_folder(2)
    open_photo(folder / "photo0.png")
    assert not batch.strip.isVisible()
    open_folder(folder)
    assert batch.strip.isVisible()
    alone = make_folder(1, "alone")
    open_photo(alone / "photo0.png")
    assert not batch.strip.isVisible()
    assert batch.batch is None


def test_a_folder_with_one_photo_is_that_photo(
    qtbot: QtBot, window: MainWindow, batch: BatchController, make_folder: Folder, drop: Opener
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        drop(make_folder(1))
    assert batch.batch is None
    assert not batch.strip.isVisible()


def test_other_files_are_left_out_and_folders_in_it_are_looked_through(
    batch: BatchController, make_folder: Folder, open_folder: Opener
) -> None:
    folder = make_folder(2)
    make_folder(1, "album/inside")
    make_folder(1, "album/.hidden")
    make_folder(1, "album-colour")  # where the photos of this one go
    (folder / "notes.txt").write_text("Who is who")
    open_folder(folder)
    assert names(batch) == ["photo0.png", "photo0.png", "photo1.png"]
    assert batch.batch is not None
    assert {photo.found.folder for photo in batch.batch.photos} == {Path(), Path("inside")}


def test_an_empty_folder_says_so(
    qtbot: QtBot, window: MainWindow, batch: BatchController, tmp_path: Path, drop: Opener
) -> None:
    (tmp_path / "empty").mkdir()
    drop(tmp_path / "empty")
    qtbot.waitUntil(lambda: bool(texts(window)), timeout=WAIT_MS)
    assert texts(window) == ["There are no photos in empty that can be opened."]
    assert window.message_bar.items[0].buttons[0].text() == "Open another folder…"
    assert batch.batch is None


def test_a_damaged_photo_is_shown_as_failed_with_the_reason(
    qtbot: QtBot, batch: BatchController, make_folder: Folder, open_folder: Opener
) -> None:
    folder = make_folder(2)
    (folder / "photo1.png").write_bytes(b"\x89PNG\r\n\x1a\n nothing else")
    open_folder(folder)
    qtbot.waitUntil(lambda: batch.batch.photos[1].status is Status.FAILED, timeout=WAIT_MS)  # type: ignore[union-attr]
    index = batch.model.index(1)
    assert "damaged" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("photo1.png, failed: ")
    assert batch.strip.failures_button.isVisible()
    assert batch.strip.failures_button.text() == "1 failed…"


def test_a_first_photo_that_is_damaged_does_not_keep_the_others_away(
    qtbot: QtBot,
    window: MainWindow,
    batch: BatchController,
    make_folder: Folder,
    drop: Opener,
    settled: Opener,
) -> None:
    folder = make_folder(2)
    (folder / "photo0.png").write_bytes(b"nothing")
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        drop(folder)
    assert batch.batch is not None
    assert batch.batch.photos[0].status is Status.FAILED
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    settled(1)


def test_a_folder_is_chosen_with_keys(
    qtbot: QtBot, window: MainWindow, batch: BatchController, make_folder: Folder
) -> None:
    folder = make_folder(2)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_O, both)
    dialog = window.findChild(QFileDialog, "openFolder")
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    qtbot.waitUntil(lambda: batch.batch is not None, timeout=WAIT_MS)


def test_a_folder_is_opened_again_from_the_recent_ones(
    qtbot: QtBot, window: MainWindow, batch: BatchController, make_folder: Folder, open_folder: Opener
) -> None:
    folder = make_folder(2)
    open_folder(folder)
    assert window.settings.recent == [folder]
    window.session.close_photo()
    assert batch.batch is None
    window.recent_menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: batch.batch is not None, timeout=WAIT_MS)


def test_a_search_that_takes_long_is_told_and_can_be_stopped(
    qtbot: QtBot,
    window: MainWindow,
    batch: BatchController,
    make_folder: Folder,
    drop: Opener,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = threading.Event()

    def endless(_paths: object, token: ProgressToken, _deliver: object) -> list[Any]:
        begun.set()
        while True:
            token.check()

    monkeypatch.setattr(folders, "find_photos", endless)
    drop(make_folder(2))
    qtbot.waitUntil(lambda: texts(window) == ["Looking through album…"], timeout=WAIT_MS)
    assert begun.is_set()
    qtbot.mouseClick(window.message_bar.items[0].buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not batch._folders._lane.busy, timeout=WAIT_MS)
    assert batch.batch is None


def test_five_thousand_photos(
    qtbot: QtBot, window: MainWindow, batch: BatchController, tmp_path: Path, drop: Opener
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(5000):
        (folder / f"scan{number:04}.jpg").touch()
    drop(folder)
    qtbot.waitUntil(lambda: batch.batch is not None, timeout=WAIT_MS)
    assert len(names(batch)) == 5000
    asked: list[int] = []
    want = batch.thumbnails.want
    batch.thumbnails.want = lambda paths: (asked.append(len(paths)), want(paths))  # type: ignore[method-assign]
    batch.strip.list.set_current_row(4000)
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT_MS)
    assert max(asked) < 60  # what is in sight and around it, not all
    assert 4000 in batch.strip.list.seen_rows()
    assert len(batch.strip.list.seen_rows()) < 60
