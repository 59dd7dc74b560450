"""Colouring like another photo: by dialog, drop and reference window; steps, messages, stopping."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangePreparation, Document
from colorstudio.document.preparation import Crop, Preparation, prepare
from colorstudio.document.reference import Reference
from colorstudio.errors import NothingAlikeError, UsageError
from colorstudio.gui.loading import PhotoSource
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.session import Task
from colorstudio.imaging.photo import Photo
from colorstudio.progress import ProgressToken

WAIT_MS = 20_000
LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Comparing:
    """The backend's `refer`, faked.

    Attributes
    ----------
    gate
        While cleared, it waits, and looks whether it is to stop.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.calls: list[tuple[Document, Photo, str]] = []
        self.threads: set[int] = set()

    def refer(
        self, document: Document, other: Photo, name: str, *, device: str, token: ProgressToken
    ) -> Reference:
        self.threads.add(threading.get_ident())
        self.calls.append((document, other, name))
        while not self.gate.wait(0.01):
            token.check()
        if self.error is not None:
            raise self.error
        return Reference(
            name, np.array([[50.0, 60.0], [100, 200]]), np.array([[30.0, 10], [0, 0]]), np.array([1.0, 0])
        )


@pytest.fixture
def comparing(backend: Any, monkeypatch: pytest.MonkeyPatch) -> Comparing:
    fake = Comparing()
    monkeypatch.setattr(backend, "refer", fake.refer)
    return fake


@pytest.fixture
def opened(
    window: MainWindow,
    comparing: Comparing,
    open_photo: Callable[[Path], None],
    make_photo: Callable[..., Path],
) -> MainWindow:
    open_photo(make_photo())
    return window


@pytest.fixture
def beach(tmp_path: Path) -> Path:
    path = tmp_path / "beach.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (30, 40, 3), np.uint8)).save(path)
    return path


def reference_of(window: MainWindow) -> Reference | None:
    assert window.session.document is not None
    return window.session.document.settings.reference


@pytest.fixture
def like(
    qtbot: QtBot, opened: MainWindow, beach: Path, wait_coloured: Callable[[], None]
) -> Callable[[], MainWindow]:
    """Have the photo coloured like the beach, and wait until it is."""

    def colour() -> MainWindow:
        with qtbot.waitSignal(opened.session.referred, timeout=WAIT_MS):
            opened.referring.colour_like(PhotoSource.of_file(beach))
        wait_coloured()
        return opened

    return colour


def test_the_dialog_leads_to_a_step_of_the_history(
    qtbot: QtBot,
    opened: MainWindow,
    comparing: Comparing,
    backend: Any,
    beach: Path,
    wait_coloured: Callable[[], None],
) -> None:
    before = opened.session.undo_stack.count()
    opened.actions_by_name["colour_like"].trigger()
    dialog = opened.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    with qtbot.waitSignal(opened.session.referred, timeout=WAIT_MS):
        dialog.filesSelected.emit([str(beach)])
        dialog.close()
    wait_coloured()
    reference = reference_of(opened)
    assert reference is not None
    assert reference.name == "beach.png"
    assert backend.documents[-1].settings.reference is reference
    assert opened.session.undo_stack.count() == before + 1
    assert opened.session.undo_stack.undoText() == "colour like beach.png"
    (_, other, _) = comparing.calls[0]
    assert other.shape == (30, 40)
    assert threading.get_ident() not in comparing.threads


def test_undone_and_redone_nothing_is_computed_again(
    like: Callable[[], MainWindow], comparing: Comparing, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    window = like()
    passes = len(backend.passes)
    window.session.undo_stack.undo()
    wait_coloured()
    assert reference_of(window) is None
    window.session.undo_stack.redo()
    wait_coloured()
    assert reference_of(window) is not None
    assert len(backend.passes) == passes
    assert len(comparing.calls) == 1


def test_the_section_shows_it_and_removes_it(
    qtbot: QtBot, like: Callable[[], MainWindow], wait_coloured: Callable[[], None]
) -> None:
    window = like()
    section = window.referring.section
    window.panel.tabs.setCurrentIndex(0)
    assert section.name.text() == "beach.png"
    assert section.words.text().endswith(": 1")
    assert not section.chosen.isHidden()
    assert window.actions_by_name["remove_reference"].isEnabled()
    section.remove_button.click()
    wait_coloured()
    assert reference_of(window) is None
    assert section.chosen.isHidden()
    assert not window.actions_by_name["remove_reference"].isEnabled()
    assert window.session.undo_stack.undoText() == "remove reference"


def test_a_drag_of_the_strength_is_one_step(
    like: Callable[[], MainWindow], backend: Any, wait_coloured: Callable[[], None]
) -> None:
    window = like()
    steps = window.session.undo_stack.count()
    slider = window.referring.section.strength.slider
    slider.setSliderDown(True)
    for percent in (90, 70, 40):
        slider.setValue(percent)
    slider.setSliderDown(False)
    wait_coloured()
    reference = reference_of(window)
    assert reference is not None
    assert reference.strength == 0.4
    assert backend.documents[-1].settings.reference.strength == 0.4
    assert window.session.undo_stack.count() == steps + 1
    window.session.undo_stack.undo()
    assert slider.value() == 100


def test_a_crop_takes_its_places_along(like: Callable[[], MainWindow]) -> None:
    window = like()
    document, before = window.session.document, reference_of(window)
    assert document is not None
    assert before is not None
    crop = Preparation(crop=Crop(20, 30, 100, 150))
    window.session.apply(ChangePreparation.of(document, "crop", crop, prepare(document.source, crop)))
    moved = reference_of(window)
    assert moved is not None
    np.testing.assert_allclose(moved.positions, before.positions - np.array([20, 30]))
    window.session.undo_stack.undo()
    assert reference_of(window) is before


def test_what_is_too_unlike_changes_nothing_and_says_so(
    qtbot: QtBot, opened: MainWindow, comparing: Comparing, beach: Path
) -> None:
    comparing.error = NothingAlikeError("nothing")
    with qtbot.waitSignal(opened.session.failed, timeout=WAIT_MS):
        opened.referring.colour_like(PhotoSource.of_file(beach))
    message = opened.message_bar.items[0].message
    assert message.severity is Severity.WARNING
    assert "beach.png" in message.text
    assert [remedy.label for remedy in message.remedies] == ["Choose another…"]
    assert reference_of(opened) is None
    assert opened.session.undo_stack.count() == 0
    comparing.error = None
    with qtbot.waitSignal(opened.session.referred, timeout=WAIT_MS):
        opened.referring.colour_like(PhotoSource.of_file(beach))
    assert not opened.message_bar.items


@pytest.mark.parametrize("kind", ["gray", "torn", "missing"])
def test_a_reference_that_is_none_is_told(
    qtbot: QtBot, opened: MainWindow, comparing: Comparing, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"{kind}.png"
    if kind == "gray":
        Image.new("L", (20, 20), 90).save(path)
        comparing.error = UsageError("gray")
    elif kind == "torn":
        path.write_bytes(b"nothing")
    with qtbot.waitSignal(opened.session.failed, timeout=WAIT_MS):
        opened.referring.colour_like(PhotoSource.of_file(path))
    message = opened.message_bar.items[0].message
    assert message.severity is Severity.ERROR
    assert path.name in message.text
    assert reference_of(opened) is None


def test_comparing_can_be_stopped(
    qtbot: QtBot, opened: MainWindow, comparing: Comparing, beach: Path
) -> None:
    comparing.gate.clear()
    opened.referring.colour_like(PhotoSource.of_file(beach))
    qtbot.waitUntil(opened.activity_pill.isVisible, timeout=WAIT_MS)
    assert "beach.png" in opened.activity_pill.label.text()
    with qtbot.waitSignal(opened.session.stopped, timeout=WAIT_MS) as stopped:
        opened.stop()
    assert stopped.args == [Task.REFER]
    assert reference_of(opened) is None
    assert opened.session.activity is None


def test_what_was_found_for_another_photo_is_dropped(
    qtbot: QtBot,
    opened: MainWindow,
    comparing: Comparing,
    beach: Path,
    open_photo: Callable[[Path], None],
    make_photo: Callable[..., Path],
) -> None:
    comparing.gate.clear()
    opened.referring.colour_like(PhotoSource.of_file(beach))
    qtbot.waitUntil(lambda: len(comparing.calls) == 1, timeout=WAIT_MS)
    open_photo(make_photo("other.png"))
    comparing.gate.set()
    qtbot.wait(50)
    assert reference_of(opened) is None


def test_a_photo_dropped_on_the_section_is_the_reference(
    qtbot: QtBot, opened: MainWindow, beach: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(beach))])
    section, copy = opened.referring.section, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, LEFT, NO_KEY)
    QApplication.sendEvent(section, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(opened.session.referred, timeout=WAIT_MS):
        QApplication.sendEvent(section, QDropEvent(QPointF(5, 5), copy, data, LEFT, NO_KEY))
    assert reference_of(opened) is not None


def test_an_open_reference_photo_can_be_taken(
    qtbot: QtBot, opened: MainWindow, comparing: Comparing, beach: Path
) -> None:
    references = opened.colours.references
    references.show()
    assert not references.like_button.isEnabled()
    references.open_photos([PhotoSource.of_file(beach)])
    qtbot.waitUntil(references.like_button.isEnabled, timeout=WAIT_MS)
    with qtbot.waitSignal(opened.session.referred, timeout=WAIT_MS):
        qtbot.mouseClick(references.like_button, LEFT)
    assert comparing.calls[0][2] == "beach.png"
    references.close_photo(0)
    assert not references.like_button.isEnabled()


def test_without_a_photo_there_is_nothing_to_colour(
    window: MainWindow, comparing: Comparing, beach: Path
) -> None:
    assert not window.actions_by_name["colour_like"].isEnabled()
    window.referring.colour_like(PhotoSource.of_file(beach))
    assert "beach.png" in window.message_bar.items[0].message.text
    assert comparing.calls == []


def test_strokes_alone_have_no_reference(like: Callable[[], MainWindow]) -> None:
    window = like()
    window.session.change_settings("method", mode="scribbles")
    assert not window.actions_by_name["colour_like"].isEnabled()
    assert "without the network" in window.referring.section.words.text()
    assert window.actions_by_name["remove_reference"].isEnabled()
