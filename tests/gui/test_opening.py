"""All the ways a photo comes in, and what is told when it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.settings import MAX_RECENT, WindowSettings

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]


def drop(window: MainWindow, data: QMimeData) -> None:
    """As the window system does it: enter, then drop."""
    at = window.rect().center()
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, data, left, none))


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def texts(window: MainWindow) -> list[str]:
    return [message.text for message in window.message_bar.messages]


def test_the_empty_window_invites(window: MainWindow) -> None:
    assert window.stack.currentWidget() is window.empty_state
    assert window.empty_state.open_button.isVisible()
    assert window.status.photo_label.text() == "No photo"
    for name in ("export", "close", "undo", "redo", "zoom_in", "fit", "split", "colorize"):
        assert not window.actions_by_name[name].isEnabled()
    assert not window.export_button.isEnabled()


def test_the_photo_is_there_in_gray_before_the_colours(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker, wait_coloured: Callable[[], None]
) -> None:
    backend.gate.clear()
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([make_photo()])
    assert window.stack.currentWidget() is window.canvas
    assert window.canvas.before is not None
    assert window.canvas.before.shape == (200, 320)
    assert window.canvas.after is None
    qtbot.waitUntil(window.activity_pill.isVisible, timeout=WAIT_MS)
    assert "portrait.png" in window.activity_pill.label.text()
    assert not window.export_button.isEnabled()
    backend.gate.set()
    wait_coloured()
    qtbot.waitUntil(lambda: not window.activity_pill.isVisible())
    assert window.export_button.isEnabled()
    assert window.windowTitle().startswith("portrait.png")
    assert "320 × 200" in window.status.photo_label.text()
    assert "8 bit" in window.status.photo_label.text()
    assert window.status.device_label.text() == "CPU"
    assert window.status.time_label.text() == "Coloured in 0.04 s"
    assert window.photo_info.values["kind"].text() == "Black and white"


def test_drop(qtbot: QtBot, window: MainWindow, make_photo: Maker) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS) as opened:
        drop(window, files(make_photo("dropped.png")))
    assert opened.args[0].source.name == "dropped.png"


def test_drop_shows_where(window: MainWindow, make_photo: Maker) -> None:
    data = files(make_photo())
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, enter)
    hovered = window.empty_state.grab().toImage()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert window.empty_state.grab().toImage() != hovered


def test_what_is_no_photo_is_not_accepted(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("a poem")
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_drop_of_a_web_address_says_what_to_do(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/photo.jpg")])
    drop(window, data)
    assert any("Save it as a file first" in text for text in texts(window))


def test_paste_a_picture(qtbot: QtBot, window: MainWindow) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(120, 120, 120))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS) as opened:
        qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert opened.args[0].photo.shape == (30, 40)
    assert window.settings.recent == []


def test_paste_a_file(qtbot: QtBot, window: MainWindow, make_photo: Maker) -> None:
    QGuiApplication.clipboard().setMimeData(files(make_photo("copied.png")))
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS) as opened:
        window.actions_by_name["paste"].trigger()
    assert opened.args[0].source.name == "copied.png"


def test_paste_nothing(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("no photo")
    window.actions_by_name["paste"].trigger()
    assert "no photo on the clipboard" in texts(window)[0]


def test_the_dialog_does_not_block(qtbot: QtBot, window: MainWindow, make_photo: Maker) -> None:
    path = make_photo("chosen.png")
    qtbot.mouseClick(window.empty_state.open_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None  # and we are here, so it did not block
    assert "*.jpg" in dialog.nameFilters()[0]
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        dialog.filesSelected.emit([str(path)])
    dialog.close()
    assert window.settings.open_folder == str(path.parent)


def test_the_sample(qtbot: QtBot, window: MainWindow) -> None:
    if not window.opener.samples():
        pytest.skip("no sample photo in this checkout")
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        qtbot.mouseClick(window.empty_state.sample_button, Qt.MouseButton.LeftButton)
    assert window.settings.recent == []


def test_recent_photos(qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker) -> None:
    first, second = make_photo("first.png"), make_photo("second & third.png")
    open_photo(first)
    open_photo(second)
    assert window.settings.recent == [second, first]
    window.actions_by_name["close"].trigger()
    assert [button.text() for button in window.empty_state.recent_buttons] == [second.name, first.name]
    assert window.recent_menu.actions()[0].text() == "&1  second && third.png"
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS) as opened:
        qtbot.mouseClick(window.empty_state.recent_buttons[1], Qt.MouseButton.LeftButton)
    assert opened.args[0].source.path == first
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS) as opened:
        window.recent_menu.actions()[1].trigger()
    assert opened.args[0].source.path == second
    window.recent_menu.actions()[-1].trigger()
    assert window.settings.recent == []
    assert not window.recent_menu.isEnabled()


def test_recent_is_kept_and_bounded(settings: WindowSettings, tmp_path: Path) -> None:
    for number in range(MAX_RECENT + 5):
        settings.add_recent(tmp_path / f"{number}.png")
    settings.add_recent(tmp_path / "12.png")
    settings.sync()
    again = WindowSettings(settings._store)
    assert len(again.recent) == MAX_RECENT
    assert again.recent[0] == tmp_path / "12.png"
    assert len(set(again.recent)) == MAX_RECENT


@pytest.mark.parametrize("name", ["missing.jpg", "empty.jpg", "text.jpg"])
def test_errors_are_told_in_words(qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "empty.jpg":
        path.touch()
    elif name == "text.jpg":
        path.write_text("This was never a photo.")
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.open_paths([path])
    message = window.message_bar.messages[0]
    assert message.severity is Severity.ERROR
    assert name in message.text
    assert "Traceback" not in message.text
    assert "Error" not in message.text
    assert window.stack.currentWidget() is window.empty_state
    item = window.message_bar.items[0]
    assert [button.text() for button in item.buttons] == ["Open another…"]
    qtbot.mouseClick(item.close_button, Qt.MouseButton.LeftButton)
    assert window.message_bar.messages == []
    assert not window.message_bar.isVisible()


def test_a_missing_recent_photo_is_forgotten(
    qtbot: QtBot, window: MainWindow, settings: WindowSettings, tmp_path: Path
) -> None:
    settings.add_recent(tmp_path / "gone.jpg")
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.recent_menu.actions()[0].trigger()
    assert settings.recent == []


def test_a_failed_opening_leaves_the_photo_at_hand(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker, tmp_path: Path
) -> None:
    open_photo(make_photo("good.png"))
    before, after = window.canvas.before, window.canvas.after
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.open_paths([tmp_path / "missing.jpg"])
    assert window.canvas.before is before
    assert window.canvas.after is after
    assert window.windowTitle().startswith("good.png")
    assert window.export_button.isEnabled()


def big_jpeg(path: Path, *, damaged: bool = False) -> Path:
    plane = np.linspace(0, 255, 3000 * 2400).reshape(2400, 3000).astype(np.uint8)
    Image.fromarray(plane).save(path, quality=90)
    if damaged:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 3])
    return path


def test_a_big_photo_is_seen_before_it_is_read(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, wait_coloured: Callable[[], None]
) -> None:
    previews: list[Picture] = []
    with qtbot.waitSignals(
        [window.session.previewed, window.session.opened], timeout=WAIT_MS, order="strict"
    ):
        window.session.previewed.connect(previews.append)
        window.open_paths([big_jpeg(tmp_path / "big.jpg")])
    (preview,) = previews
    assert preview.shape == (2400, 3000)
    assert preview.levels[0].width() <= 1600
    wait_coloured()
    assert window.canvas.after.levels[0].width() == 3000


def test_a_big_photo_that_turns_out_damaged(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker, tmp_path: Path
) -> None:
    open_photo(make_photo("good.png"))
    before, after = window.canvas.before, window.canvas.after
    with qtbot.waitSignal(window.session.failed, timeout=WAIT_MS):
        window.open_paths([big_jpeg(tmp_path / "cut.jpg", damaged=True)])
    assert window.canvas.before is before
    assert window.canvas.after is after
    assert window.canvas.view.photo_shape == (200, 320)


def test_a_new_photo_is_fitted(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker
) -> None:
    open_photo(make_photo("a.png"))
    window.canvas.set_zoom(8.0)
    open_photo(make_photo("b.png"))
    assert window.canvas.view.fitted


def test_notes_of_the_photo_are_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, open_photo: Opener
) -> None:
    path = tmp_path / "colour.png"
    rows, cols = np.mgrid[0:64, 0:64]
    pixels = np.stack([rows * 4, cols * 4, 255 - rows * 4], -1).astype(np.uint8)
    Image.fromarray(pixels).save(path)
    open_photo(path)
    assert any("colour" in text for text in texts(window))
    assert window.photo_info.values["kind"].text() == "Colour"
    window.actions_by_name["close"].trigger()
    assert texts(window) == []


def test_transparency_is_kept_on_the_screen(window: MainWindow, tmp_path: Path, open_photo: Opener) -> None:
    pixels = np.full((40, 60, 2), 120, np.uint8)
    pixels[:, :30, 1] = 0
    path = tmp_path / "cut-out.png"
    Image.fromarray(pixels, "LA").save(path)
    open_photo(path)
    for picture in (window.canvas.before, window.canvas.after):
        assert picture is not None
        assert picture.levels[0].pixelColor(5, 5).alpha() == 0
        assert picture.levels[0].pixelColor(50, 5).alpha() == 120


def test_closing_the_photo_empties_the_window(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker
) -> None:
    open_photo(make_photo())
    window.adjustments.intensity.slider.setValue(150)
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    window.findChild(QMessageBox, "unsaved").button(QMessageBox.StandardButton.Discard).click()
    assert window.stack.currentWidget() is window.empty_state
    assert window.canvas.before is None
    assert not window.actions_by_name["undo"].isEnabled()
    assert window.windowTitle() == "Color Studio"


def test_an_event_of_another_kind_is_left_alone(window: MainWindow) -> None:
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    assert window.stack.currentWidget() is window.empty_state
