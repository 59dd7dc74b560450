"""Saving, leaving with unsaved work, projects that two want, and work of a crash: with the window."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes, DocumentState, Settings
from colorstudio.document.journal import About, Journal, JournalThread, journals_dir
from colorstudio.document.journal_reading import find_lost_work
from colorstudio.document.preparation import Crop, Preparation
from colorstudio.document.project import (
    Project,
    SourceFile,
    read_preview,
    read_project,
    write_project,
)
from colorstudio.document.strokes import Stroke
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.recovery_dialog import RecoveryDialog
from colorstudio.gui.session import Task
from colorstudio.gui.settings import WindowSettings

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]
Button = QMessageBox.StandardButton
STROKE = Stroke(((10.0, 20.0), (30.0, 40.0)), 5.0, "colour", (200, 40, 30))
OTHER = Stroke(((60.0, 70.0),), 5.0, "neutral")


def paint(window: MainWindow, *strokes: Stroke) -> None:
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeStrokes.of(document, "stroke", (*document.strokes, *strokes)))


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    qtbot.keyClick(window, key, modifiers)


def question(window: MainWindow) -> QMessageBox | None:
    boxes = [box for box in window.findChildren(QMessageBox, "unsaved") if box.isVisible()]
    assert len(boxes) <= 1
    return boxes[0] if boxes else None


def answer(qtbot: QtBot, window: MainWindow, button: Button) -> None:
    box = question(window)
    assert box is not None
    assert box.windowModality() is Qt.WindowModality.WindowModal
    qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


def choose_place(window: MainWindow, path: Path | None) -> None:
    """Type a name into the dialog and press its button; None to give it up."""
    (dialog,) = [dialog for dialog in window.findChildren(QFileDialog, "saveProject") if dialog.isVisible()]
    if path is None:
        dialog.reject()
        return
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # Qt's own question
    for view in dialog.findChildren(QAbstractItemView):
        view.clearSelection()  # else the project that is there already counts, not what is typed
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()


def save_as(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    press(qtbot, window, Qt.Key.Key_S, shift=True)
    with qtbot.waitSignal(window.keeping.saved, timeout=WAIT_MS):
        choose_place(window, path)


def texts(window: MainWindow) -> list[str]:
    return [message.text for message in window.message_bar.messages]


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *how))


@pytest.fixture
def painted(window: MainWindow, open_photo: Opener, make_photo: Maker) -> MainWindow:
    """A window with a stroke on a photo that was never saved."""
    open_photo(make_photo("Oma.png"))
    paint(window, STROKE)
    return window


@pytest.fixture
def second(qtbot: QtBot, backend: Any, settings: WindowSettings) -> MainWindow:
    """Another window, as of another process."""
    made = MainWindow(backend, settings)
    qtbot.addWidget(made, before_close_func=_end)
    made.show()
    return made


def _end(window: MainWindow) -> None:
    window.session.shutdown()
    window.keeping.close()


@pytest.fixture
def project(tmp_path: Path, make_photo: Maker) -> Path:
    path = tmp_path / "family.colorstudio"
    data = make_photo("inside.png").read_bytes()
    state = DocumentState(
        Settings(saturation=0.5), (STROKE,), Preparation(quarter_turns=1, crop=Crop(20, 10, 240, 150))
    )
    write_project(path, Project(state, SourceFile("inside.png", data)))
    return path


# -- the mark and the commands --------------------------------------------------------------------------


def test_the_title_tells(qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker) -> None:
    assert window.windowTitle() == "Color Studio"
    assert not window.actions_by_name["save"].isEnabled()
    open_photo(make_photo("Oma.png"))
    assert window.windowTitle() == "Oma.png[*] — Color Studio"
    assert not window.isWindowModified()
    assert window.actions_by_name["save"].isEnabled()
    paint(window, STROKE)
    assert window.isWindowModified()
    press(qtbot, window, Qt.Key.Key_Z)
    assert not window.isWindowModified()  # as it was
    press(qtbot, window, Qt.Key.Key_Z, shift=True)
    assert window.isWindowModified()


def test_a_name_with_the_mark_in_it(window: MainWindow, open_photo: Opener, make_photo: Maker) -> None:
    open_photo(make_photo("a[*]b.png"))
    assert window.windowTitle() == "a[*][*]b.png[*] — Color Studio"


# -- saving ---------------------------------------------------------------------------------------------


def test_the_first_save_asks_where(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    press(qtbot, painted, Qt.Key.Key_S)
    (dialog,) = painted.findChildren(QFileDialog, "saveProject")
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "colorstudio"
    assert Path(dialog.directory().path()) == tmp_path
    assert dialog.selectedFiles() == [str(tmp_path / "Oma.colorstudio")]
    path = tmp_path / "Oma.colorstudio"
    with qtbot.waitSignal(painted.keeping.saved, timeout=WAIT_MS):
        choose_place(painted, path)
    assert painted.windowTitle().startswith("Oma.colorstudio[*]")
    assert not painted.isWindowModified()
    assert painted.settings.recent[0] == path
    assert painted.keeping.project == path
    saved = read_project(path)
    assert saved.state == painted.session.document.state
    assert saved.source == SourceFile("Oma.png", (tmp_path / "Oma.png").read_bytes())


def test_the_second_save_does_not_ask(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "Oma.colorstudio"
    save_as(qtbot, painted, path)
    paint(painted, OTHER)
    assert painted.isWindowModified()
    with qtbot.waitSignal(painted.keeping.saved, timeout=WAIT_MS):
        press(qtbot, painted, Qt.Key.Key_S)
    assert read_project(path).state.strokes == (STROKE, OTHER)
    assert not painted.isWindowModified()


def test_the_preview_is_the_coloured_picture(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker, tmp_path: Path
) -> None:
    open_photo(make_photo("big.png", 1400, 700))
    path = tmp_path / "big.colorstudio"
    save_as(qtbot, window, path)
    image = QImage.fromData(read_preview(path))
    assert (image.width(), image.height()) == (512, 256)
    colour = image.pixelColor(256, 128)
    assert colour.red() > colour.blue() + 20  # the fake backend colours everything in orange


def test_what_changes_during_a_save_stays_unsaved(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "Oma.colorstudio"
    press(qtbot, painted, Qt.Key.Key_S)
    with qtbot.waitSignal(painted.keeping.saved, timeout=WAIT_MS):
        choose_place(painted, path)
        paint(painted, OTHER)
    assert painted.isWindowModified()
    assert read_project(path).state.strokes == (STROKE,)


def test_save_as_goes_on_there(qtbot: QtBot, painted: MainWindow, second: MainWindow, tmp_path: Path) -> None:
    first, copy = tmp_path / "a.colorstudio", tmp_path / "b.colorstudio"
    save_as(qtbot, painted, first)
    paint(painted, OTHER)
    save_as(qtbot, painted, copy)
    assert read_project(first).state.strokes == (STROKE,)
    assert read_project(copy).state.strokes == (STROKE, OTHER)
    assert painted.windowTitle().startswith("b.colorstudio")
    with qtbot.waitSignal(second.session.opened, timeout=WAIT_MS):
        second.open_paths([first])  # nobody holds it any more
    with qtbot.waitSignal(second.session.failed, timeout=WAIT_MS):
        second.open_paths([copy])


def test_a_photo_cannot_be_saved_over(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    """Who types the name of the photo gets a project beside it, and no project is replaced unasked."""
    photo = tmp_path / "Oma.png"
    before = photo.read_bytes()
    save_as(qtbot, painted, photo)
    assert photo.read_bytes() == before
    assert painted.keeping.project == tmp_path / "Oma.png.colorstudio"
    paint(painted, OTHER)
    press(qtbot, painted, Qt.Key.Key_S, shift=True)
    choose_place(painted, photo)
    qtbot.waitUntil(lambda: any("exists already" in text for text in texts(painted)), timeout=WAIT_MS)
    assert painted.isWindowModified()


def test_a_failed_save_keeps_the_old_file_and_the_mark(
    qtbot: QtBot, painted: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Oma.colorstudio"
    save_as(qtbot, painted, path)
    before = path.read_bytes()
    paint(painted, OTHER)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("colorstudio.imaging.atomic.os.fsync", full)
        press(qtbot, painted, Qt.Key.Key_S)
        qtbot.waitUntil(lambda: any("disk is full" in text for text in texts(painted)), timeout=WAIT_MS)
    assert path.read_bytes() == before
    assert painted.isWindowModified()
    message = painted.message_bar.items[0]
    assert message.message.severity is Severity.ERROR
    assert [button.text() for button in message.buttons] == ["Try again", "Save as…"]
    with qtbot.waitSignal(painted.keeping.saved, timeout=WAIT_MS):
        qtbot.mouseClick(message.buttons[0], Qt.MouseButton.LeftButton)
    assert read_project(path).state.strokes == (STROKE, OTHER)


def test_a_photo_that_has_gone_is_saved_from_its_pixels(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker, tmp_path: Path
) -> None:
    photo = make_photo("card.png", bits=16)
    window.settings.autosave = False  # else the journal has a copy
    open_photo(photo)
    pixels = window.session.document.source.pixels
    photo.write_bytes(make_photo("another.png", 10, 10).read_bytes())
    path = tmp_path / "card.colorstudio"
    save_as(qtbot, window, path)
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([path])
    assert (window.session.document.source.pixels == pixels).all()
    assert window.session.document.source.bit_depth == 16


def test_a_pasted_picture_is_saved(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(120, 120, 120))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.actions_by_name["paste"].trigger()
    paint(window, STROKE)
    path = tmp_path / "pasted.colorstudio"
    save_as(qtbot, window, path)
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([path])
    assert window.session.document.photo.shape == (30, 40)


# -- opening --------------------------------------------------------------------------------------------


def test_a_project_comes_back_as_it_was(
    qtbot: QtBot, window: MainWindow, project: Path, wait_coloured: Callable[[], None]
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        drop(window, project)
    wait_coloured()
    assert window.session.document.state == read_project(project).state
    assert window.session.document.source.shape == (200, 320)
    assert window.session.document.photo.shape == (240, 150)
    assert window.windowTitle() == "family.colorstudio[*] — Color Studio"
    assert not window.isWindowModified()
    assert window.adjustments.intensity.slider.value() == 50
    assert not window.actions_by_name["undo"].isEnabled()
    assert window.settings.recent == [project]
    with qtbot.waitSignal(window.keeping.saved, timeout=WAIT_MS):
        press(qtbot, window, Qt.Key.Key_S)
    assert read_project(project).source.name == "inside.png"


def test_the_dialog_offers_projects(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_O)
    dialog = window.findChild(QFileDialog)
    assert "*.colorstudio" in dialog.nameFilters()[0]
    dialog.close()


def test_a_damaged_project_is_told(qtbot: QtBot, painted: MainWindow, project: Path) -> None:
    save_as(qtbot, painted, project.with_name("mine.colorstudio"))
    project.write_bytes(project.read_bytes()[:500])
    with qtbot.waitSignal(painted.session.failed, timeout=WAIT_MS):
        painted.open_paths([project])
    assert any("family.colorstudio" in text and "another copy" in text for text in texts(painted))
    assert painted.windowTitle().startswith("mine")


def test_a_project_with_a_damaged_photo(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "odd.colorstudio"
    write_project(path, Project(DocumentState(), SourceFile("a.png", b"no photo")))
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.open_paths([path])
    path.unlink()
    write_project(path, Project(DocumentState(), SourceFile("a.png", b"no photo")))
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.open_paths([path])
    assert "not a photo" in texts(window)[0]  # and not: it is open in another window


# -- two who want one project ---------------------------------------------------------------------------


def test_the_second_window_is_told_and_may_have_a_copy(
    qtbot: QtBot, window: MainWindow, second: MainWindow, project: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([project])
    with qtbot.waitSignal(second.session.failed, timeout=WAIT_MS):
        second.open_paths([project])
    (item,) = second.message_bar.items
    assert "open in another window" in item.message.text
    assert [button.text() for button in item.buttons] == ["Open a copy"]
    with qtbot.waitSignal(second.session.opened, timeout=WAIT_MS):
        qtbot.mouseClick(item.buttons[0], Qt.MouseButton.LeftButton)
    assert second.windowTitle().startswith("Copy of family.colorstudio")
    assert second.session.document.strokes == (STROKE,)
    press(qtbot, second, Qt.Key.Key_S)  # asks where, for it is not to be saved there
    choose_place(second, project)
    assert any("open in another window" in text for text in texts(second))
    save_as(qtbot, second, tmp_path / "copy.colorstudio")
    assert window.close()
    with qtbot.waitSignal(second.session.opened, timeout=WAIT_MS):
        second.open_paths([project])


def test_the_own_project_can_be_opened_again(qtbot: QtBot, window: MainWindow, project: Path) -> None:
    for _ in range(2):
        with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
            window.open_paths([project])
        paint(window, OTHER)
        assert window.session.document.strokes == (STROKE, OTHER)
        press(qtbot, window, Qt.Key.Key_Z)
    assert window.keeping.project == project


def test_a_process_that_is_no_more_holds_nothing(qtbot: QtBot, window: MainWindow, project: Path) -> None:
    lock = project.with_name(".family.colorstudio.lock")
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([project])
    text = lock.read_text()
    window.actions_by_name["close"].trigger()
    assert not lock.exists()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    # Its lock as it was, and one that it did not get to write.
    for left in (text.replace(str(os.getpid()), str(ended.pid)), ""):
        lock.write_text(left)
        with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
            window.open_paths([project])
        window.actions_by_name["close"].trigger()
        assert not lock.exists()


# -- leaving --------------------------------------------------------------------------------------------


def test_leaving_what_is_saved_asks_nothing(
    qtbot: QtBot, painted: MainWindow, tmp_path: Path, make_photo: Maker
) -> None:
    save_as(qtbot, painted, tmp_path / "Oma.colorstudio")
    with qtbot.waitSignal(painted.session.opened, timeout=WAIT_MS):
        painted.open_paths([make_photo("next.png")])
    assert painted.close()


def test_closing_asks_and_can_be_called_off(qtbot: QtBot, painted: MainWindow) -> None:
    assert not painted.close()
    assert "Oma.png" in question(painted).text()
    assert not painted.close()  # the question is there already
    answer(qtbot, painted, Button.Cancel)
    assert painted.isVisible()
    assert painted.session.document.strokes == (STROKE,)
    assert not painted.close()
    assert question(painted) is not None


def test_closing_without_saving(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    painted.close()
    answer(qtbot, painted, Button.Discard)
    assert not painted.isVisible()
    assert list(journals_dir().iterdir()) == []  # not wanted is not lost
    assert not list(tmp_path.glob("*.colorstudio"))


def test_closing_with_a_save(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "Oma.colorstudio"
    save_as(qtbot, painted, path)
    paint(painted, OTHER)
    painted.close()
    answer(qtbot, painted, Button.Save)
    qtbot.waitUntil(lambda: not painted.isVisible(), timeout=WAIT_MS)
    assert read_project(path).state.strokes == (STROKE, OTHER)
    assert list(journals_dir().iterdir()) == []


def test_closing_with_a_first_save(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    painted.close()
    answer(qtbot, painted, Button.Save)
    choose_place(painted, None)  # no place, no leaving
    assert painted.isVisible()
    painted.close()
    answer(qtbot, painted, Button.Save)
    choose_place(painted, tmp_path / "Oma.colorstudio")
    qtbot.waitUntil(lambda: not painted.isVisible(), timeout=WAIT_MS)
    assert read_project(tmp_path / "Oma.colorstudio").state.strokes == (STROKE,)


def test_a_save_that_fails_keeps_the_window(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    painted.close()
    answer(qtbot, painted, Button.Save)
    place = tmp_path / "folder" / "Oma.colorstudio"
    place.parent.mkdir()
    (dialog,) = painted.findChildren(QFileDialog, "saveProject")
    place.parent.rmdir()  # a drive that was taken out
    dialog.fileSelected.emit(str(place))
    qtbot.waitUntil(lambda: any("no folder" in text for text in texts(painted)), timeout=WAIT_MS)
    assert painted.isVisible()
    assert painted.isWindowModified()


def test_opening_another_asks(qtbot: QtBot, painted: MainWindow, make_photo: Maker) -> None:
    other = make_photo("next.png")
    drop(painted, other)
    assert question(painted) is not None
    answer(qtbot, painted, Button.Cancel)
    assert not painted.session.is_busy(Task.OPEN)
    assert painted.windowTitle().startswith("Oma.png")
    drop(painted, other)
    with qtbot.waitSignal(painted.session.opened, timeout=WAIT_MS):
        answer(qtbot, painted, Button.Discard)
    assert painted.windowTitle().startswith("next.png")
    assert not painted.isWindowModified()


def test_closing_the_photo_asks(qtbot: QtBot, painted: MainWindow) -> None:
    press(qtbot, painted, Qt.Key.Key_W)
    answer(qtbot, painted, Button.Discard)
    assert painted.session.document is None
    assert painted.windowTitle() == "Color Studio"
    assert not painted.isWindowModified()


def test_discarding_holds_for_what_was_there(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    """Another photo that then turns out to be damaged leaves the window as it was, and unsaved."""
    with qtbot.waitSignal(painted.session.failed, timeout=WAIT_MS):
        painted.open_paths([tmp_path / "missing.png"])
        answer(qtbot, painted, Button.Discard)
    assert painted.isWindowModified()
    assert not painted.close()
    assert question(painted) is not None


def test_a_photo_set_aside_is_asked_about_in_the_end(
    qtbot: QtBot, painted: MainWindow, make_photo: Maker, tmp_path: Path
) -> None:
    """As from one photo of a strip to the next: nobody is asked then, nothing is lost."""
    from colorstudio.gui.loading import PhotoSource

    with qtbot.waitSignal(painted.session.opened, timeout=WAIT_MS):
        painted.session.open(PhotoSource.of_file(make_photo("next.png")))
    assert not painted.isWindowModified()
    paint(painted, OTHER)
    with qtbot.waitSignal(painted.session.opened, timeout=WAIT_MS):
        painted.open_paths([tmp_path / "Oma.png"])
        answer(qtbot, painted, Button.Save)
        choose_place(painted, tmp_path / "next.colorstudio")
    assert painted.session.document.strokes == (STROKE,)  # as it was left
    assert painted.isWindowModified()
    with qtbot.waitSignal(painted.session.opened, timeout=WAIT_MS):
        painted.session.open(PhotoSource.of_file(make_photo("third.png")))
    paint(painted, OTHER)
    assert not painted.close()
    assert "2 photos" in question(painted).text()
    answer(qtbot, painted, Button.Save)
    qtbot.waitUntil(lambda: not painted.isVisible(), timeout=WAIT_MS)
    assert read_project(tmp_path / "Oma.colorstudio").state.strokes == (STROKE,)
    assert read_project(tmp_path / "third.colorstudio").state.strokes == (OTHER,)


# -- the journal and what it gives back -----------------------------------------------------------------


def end_as_if_killed(window: MainWindow) -> None:
    """What the system does for a process that is killed: it lets go of the locks, and nothing else."""
    kept = window.keeping._kept
    assert kept is not None
    assert kept.journal is not None
    kept.journal.abandon()
    if kept.lock is not None:
        kept.lock.release()
    window.keeping.journal_thread.wait()
    window.keeping._kept = None


@pytest.fixture
def lost(painted: MainWindow) -> Path:
    """A photo whose strokes were lost with the process."""
    path = painted.session.photo.source.path
    assert path is not None
    end_as_if_killed(painted)
    return path


def dialog_of(qtbot: QtBot, window: MainWindow) -> RecoveryDialog:
    qtbot.waitUntil(lambda: window.recovery.dialog is not None, timeout=WAIT_MS)
    dialog = window.recovery.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_undo_and_redo_are_written_down_too(qtbot: QtBot, painted: MainWindow) -> None:
    paint(painted, OTHER)
    painted.session.change_settings("intensity", saturation=0.25)
    for _ in range(2):
        press(qtbot, painted, Qt.Key.Key_Z)
    press(qtbot, painted, Qt.Key.Key_Z, shift=True)
    end_as_if_killed(painted)
    (work,) = find_lost_work(journals_dir())
    assert work.state == DocumentState(Settings(), (STROKE, OTHER))
    work.release()


def test_lost_work_is_offered_and_restored(qtbot: QtBot, lost: Path, second: MainWindow) -> None:
    dialog = dialog_of(qtbot, second)
    assert dialog.list.item(0).text().startswith("Oma.png\nToday, ")
    assert dialog.list.item(0).text().endswith("· 1 stroke")
    assert not dialog.list.item(0).icon().isNull()
    with qtbot.waitSignal(second.session.opened, timeout=WAIT_MS):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert second.session.document.strokes == (STROKE,)
    assert second.windowTitle().startswith("Oma.png")
    assert second.isWindowModified()
    # It is this window's now: one journal, of a living process.
    second.keeping.journal_thread.wait()
    assert len(list(journals_dir().iterdir())) == 1
    assert find_lost_work(journals_dir()) == []
    second.close()
    answer(qtbot, second, Button.Discard)
    assert list(journals_dir().iterdir()) == []


def test_restored_and_lost_again(qtbot: QtBot, lost: Path, second: MainWindow) -> None:
    dialog = dialog_of(qtbot, second)
    lost.unlink()
    with qtbot.waitSignal(second.session.opened, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    second.keeping.journal_thread.wait()
    end_as_if_killed(second)
    (work,) = find_lost_work(journals_dir())
    assert work.state.strokes == (STROKE,)
    assert work.source().name == "Oma.png"
    work.release()


def test_lost_work_of_a_project_goes_back_into_it(
    qtbot: QtBot, window: MainWindow, second: MainWindow, project: Path
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([project])
    paint(window, OTHER)
    end_as_if_killed(window)
    second.actions_by_name["recover"].trigger()
    dialog = dialog_of(qtbot, second)
    with qtbot.waitSignal(second.session.opened, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert second.windowTitle().startswith("family.colorstudio")
    with qtbot.waitSignal(second.keeping.saved, timeout=WAIT_MS):
        press(qtbot, second, Qt.Key.Key_S)
    assert read_project(project).state.strokes == (STROKE, OTHER)


def test_deleting_takes_two_presses(qtbot: QtBot, lost: Path, second: MainWindow) -> None:
    dialog = dialog_of(qtbot, second)
    qtbot.mouseClick(dialog.delete_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "for good" in dialog.delete_button.text()
    qtbot.mouseClick(dialog.delete_button, Qt.MouseButton.LeftButton)
    assert second.recovery.dialog is None
    second.keeping.journal_thread.wait()
    assert list(journals_dir().iterdir()) == []


def test_later_leaves_it_for_another_time(qtbot: QtBot, lost: Path, second: MainWindow) -> None:
    dialog = dialog_of(qtbot, second)
    qtbot.mouseClick(dialog.later_button, Qt.MouseButton.LeftButton)
    assert second.recovery.dialog is None
    second.actions_by_name["recover"].trigger()
    dialog = dialog_of(qtbot, second)
    dialog.reject()


def test_without_lost_work_nothing_is_asked(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.recovery._lane.busy, timeout=WAIT_MS)
    assert window.recovery.dialog is None
    assert texts(window) == []
    window.actions_by_name["recover"].trigger()
    qtbot.waitUntil(lambda: any("no unsaved work" in text for text in texts(window)), timeout=WAIT_MS)


def test_several_are_a_list(qtbot: QtBot, second: MainWindow, make_photo: Maker) -> None:
    thread = JournalThread()
    for name in ("a.png", "b.png"):
        data = make_photo(name).read_bytes()
        journal = Journal(
            journals_dir(),
            thread,
            About(name, name, unsaved=True),
            DocumentState(),
            lambda data=data: SourceFile("x", data),
            print,
        )
        journal.abandon()
    thread.close()
    second.actions_by_name["recover"].trigger()
    dialog = dialog_of(qtbot, second)
    assert dialog.list.count() == 2
    for text in (dialog.list.item(row).text() for row in range(2)):
        assert "no strokes" in text
    dialog.list.setCurrentRow(1)
    chosen = dialog.list.item(1).text().split("\n")[0]
    with qtbot.waitSignal(second.session.opened, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert second.windowTitle().startswith(chosen)
    (other,) = find_lost_work(journals_dir())  # the other one waits
    other.release()


def test_autosave_can_be_turned_off(window: MainWindow, open_photo: Opener, make_photo: Maker) -> None:
    assert window.settings.autosave
    window.settings.autosave = False
    open_photo(make_photo())
    paint(window, STROKE)
    window.keeping.journal_thread.wait()
    assert not journals_dir().exists()
    window.settings.autosave = True
    paint(window, OTHER)
    end_as_if_killed(window)
    (work,) = find_lost_work(journals_dir())
    assert work.state.strokes == (STROKE, OTHER)
    work.release()


def test_a_home_without_room_is_told_once_and_painting_goes_on(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker
) -> None:
    journals_dir().parent.parent.mkdir(parents=True, exist_ok=True)
    journals_dir().parent.write_text("not a folder")
    open_photo(make_photo())
    for _ in range(3):
        paint(window, STROKE)
    qtbot.waitUntil(lambda: any("not safe" in text for text in texts(window)), timeout=WAIT_MS)
    assert sum("not safe" in text for text in texts(window)) == 1
    assert len(window.session.document.strokes) == 3


def test_a_preview_with_transparency(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, tmp_path: Path
) -> None:
    image = Image.new("LA", (60, 40), (120, 255))
    image.putpixel((0, 0), (120, 0))
    image.save(tmp_path / "cut-out.png")
    open_photo(tmp_path / "cut-out.png")
    path = tmp_path / "cut-out.colorstudio"
    save_as(qtbot, window, path)
    preview = QImage.fromData(read_preview(path))
    assert preview.pixelColor(0, 0).alpha() == 0
    assert preview.pixelColor(30, 20).alpha() == 255
