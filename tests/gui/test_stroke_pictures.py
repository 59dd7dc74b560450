"""Strokes out as a layer or a pair, and in again, by the menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.preparation import Crop, Preparation
from colorstudio.document.strokes import Stroke, rasterise
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.import_strokes_dialog import ImportStrokesDialog
from colorstudio.gui.stroke_pictures import marked_beside

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]
RED = Stroke(((60.0, 90.0), (80.0, 130.0)), 4.0, "colour", (200, 40, 40))
NEUTRAL = Stroke(((150.0, 250.0),), 6.0, "neutral")


@pytest.fixture
def painted(window: MainWindow, open_photo: Opener, make_photo: Maker) -> MainWindow:
    open_photo(make_photo())
    paint(window, RED, NEUTRAL)
    return window


def paint(window: MainWindow, *strokes: Stroke) -> None:
    assert window.session.document is not None
    window.session.apply(ChangeStrokes.of(window.session.document, "stroke", strokes))


def strokes_of(window: MainWindow) -> tuple[Stroke, ...]:
    assert window.session.document is not None
    return window.session.document.strokes


def export(qtbot: QtBot, window: MainWindow, action: str, path: Path) -> None:
    window.actions_by_name[action].trigger()
    choose(window, path)


def choose(window: MainWindow, path: Path) -> None:
    dialog = window.findChild(QFileDialog, "strokesDialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.setObjectName("")
    dialog.close()


def ask(qtbot: QtBot, window: MainWindow) -> ImportStrokesDialog:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)  # a dialog may just have been closed
    qtbot.keyClick(window.canvas, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = window.stroke_pictures.dialog
    assert dialog is not None
    return dialog


def check(qtbot: QtBot, radio: object) -> None:
    qtbot.mouseClick(radio, Qt.MouseButton.LeftButton, pos=QPoint(8, radio.height() // 2))  # type: ignore[attr-defined]


def bring(qtbot: QtBot, window: MainWindow, picture: Path, *, replaces: bool = False) -> None:
    dialog = ask(qtbot, window)
    qtbot.keyClicks(dialog.picture_edit, str(picture))
    if replaces:
        check(qtbot, dialog.replace_radio)
    with qtbot.waitSignal(window.stroke_pictures.ended, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)


def test_a_layer_goes_out_and_comes_in_again(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "layer.png"
    with qtbot.waitSignal(painted.stroke_pictures.ended, timeout=WAIT_MS):
        export(qtbot, painted, "export_stroke_layer", path)
    assert painted.message_bar.messages[0].text == "Saved layer.png."
    layer = np.asarray(Image.open(path))
    assert layer.shape == (200, 320, 4)
    raster = rasterise(strokes_of(painted), (200, 320))
    assert set(np.flatnonzero(layer[..., 3])) == set(raster.indices.tolist())
    assert tuple(layer[60, 90]) == (200, 40, 40, 255)
    steps = painted.session.undo_stack.count()
    bring(qtbot, painted, path, replaces=True)
    found = strokes_of(painted)
    assert {stroke.rgb for stroke in found} == {(200, 40, 40), None}
    np.testing.assert_array_equal(rasterise(found, (200, 320)).indices, raster.indices)
    assert painted.session.undo_stack.count() == steps + 1
    assert painted.session.undo_stack.undoText() == "imported strokes"
    painted.session.undo_stack.undo()
    assert strokes_of(painted) == (RED, NEUTRAL)


def test_a_pair_goes_out_and_its_strokes_are_added(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    gray = tmp_path / "pair.png"
    marked = tmp_path / "pair_marked.png"
    assert marked_beside(gray) == marked
    with qtbot.waitSignal(painted.stroke_pictures.ended, timeout=WAIT_MS):
        export(qtbot, painted, "export_pair", gray)
    assert painted.message_bar.messages[0].text == "Saved pair.png and pair_marked.png."
    assert np.asarray(Image.open(gray)).shape == (200, 320)
    bring(qtbot, painted, marked)
    found = strokes_of(painted)
    assert found[:2] == (RED, NEUTRAL)
    assert any(stroke.rgb is not None and stroke.rgb[0] > stroke.rgb[2] + 80 for stroke in found[2:])
    assert "Imported 2 strokes" in painted.message_bar.messages[0].text


def test_a_pair_does_not_replace_a_file_unasked(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    marked = tmp_path / "pair_marked.png"
    marked.write_bytes(b"somebody else's")
    export(qtbot, painted, "export_pair", tmp_path / "pair.png")
    box = painted.findChild(QMessageBox, "replaceMarked")
    assert box is not None
    assert "pair_marked.png" in box.text()
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert marked.read_bytes() == b"somebody else's"
    assert not (tmp_path / "pair.png").exists()
    box.setObjectName("")
    export(qtbot, painted, "export_pair", tmp_path / "pair.png")
    box = painted.findChild(QMessageBox, "replaceMarked")
    assert box is not None
    replace = next(button for button in box.buttons() if button.text() == "Replace")
    with qtbot.waitSignal(painted.stroke_pictures.ended, timeout=WAIT_MS):
        qtbot.mouseClick(replace, Qt.MouseButton.LeftButton)
    assert Image.open(marked).size == (320, 200)


@pytest.mark.parametrize("action", ["export_stroke_layer", "export_pair"])
def test_the_photo_is_never_replaced(qtbot: QtBot, painted: MainWindow, tmp_path: Path, action: str) -> None:
    photo = tmp_path / "portrait.png"
    stored = photo.read_bytes()
    with qtbot.waitSignal(painted.stroke_pictures.ended, timeout=WAIT_MS):
        export(qtbot, painted, action, photo)
    assert painted.message_bar.messages[0].severity is Severity.ERROR
    assert photo.read_bytes() == stored
    assert not (tmp_path / "portrait_marked.png").exists()


def test_the_proposal_is_beside_the_photo(painted: MainWindow, tmp_path: Path) -> None:
    painted.actions_by_name["export_stroke_layer"].trigger()
    dialog = painted.findChild(QFileDialog, "strokesDialog")
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "portrait-strokes.png"
    dialog.close()


def test_a_picture_of_another_size_is_refused_in_words(
    qtbot: QtBot, painted: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "other.png"
    Image.new("RGBA", (50, 40), (255, 0, 0, 255)).save(path)
    bring(qtbot, painted, path)
    message = painted.message_bar.messages[0]
    assert message.severity is Severity.ERROR
    assert "50 x 40" in message.text
    assert strokes_of(painted) == (RED, NEUTRAL)


def test_strokes_come_on_the_photo_as_it_is_cropped(
    qtbot: QtBot, painted: MainWindow, tmp_path: Path
) -> None:
    session = painted.session
    with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
        session.prepare("crop", Preparation(crop=Crop(50, 80, 100, 150)))
    layer = np.zeros((100, 150, 4), np.uint8)
    layer[10:20, 30:60] = (0, 120, 200, 255)
    path = tmp_path / "layer.png"
    Image.fromarray(layer).save(path)
    bring(qtbot, painted, path, replaces=True)
    raster = rasterise(strokes_of(painted), (100, 150))
    assert set(raster.indices.tolist()) == set(np.flatnonzero(layer[..., 3]))


def test_the_dialog_asks_only_what_it_must(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker
) -> None:
    assert not window.actions_by_name["import_strokes"].isEnabled()
    open_photo(make_photo())
    assert not window.actions_by_name["export_stroke_layer"].isEnabled()
    dialog = ask(qtbot, window)
    assert not dialog.replace_radio.isVisible()  # there are none to replace
    assert not dialog.import_button.isEnabled()
    qtbot.keyClicks(dialog.picture_edit, "/nowhere/x.png")
    assert "There is no file" in dialog.notice.text()
    assert not dialog.import_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.stroke_pictures.dialog is None
    paint(window, RED)
    assert window.actions_by_name["export_pair"].isEnabled()


def test_another_gray_picture(qtbot: QtBot, painted: MainWindow, tmp_path: Path) -> None:
    gray = np.full((200, 320), 100, np.uint8)
    marked = np.repeat(gray[..., None], 3, axis=2)
    marked[40:50, 60:90] = (30, 160, 60)
    Image.fromarray(gray).save(tmp_path / "plain.png")
    Image.fromarray(marked).save(tmp_path / "marked.png")
    dialog = ask(qtbot, painted)
    qtbot.keyClicks(dialog.picture_edit, str(tmp_path / "marked.png"))
    qtbot.keyClicks(dialog.gray_edit, str(tmp_path / "plain.png"))
    check(qtbot, dialog.replace_radio)
    with qtbot.waitSignal(painted.stroke_pictures.ended, timeout=WAIT_MS):
        qtbot.keyClick(dialog.gray_edit, Qt.Key.Key_Return)
    raster = rasterise(strokes_of(painted), (200, 320))
    assert len(raster.indices) == 300
