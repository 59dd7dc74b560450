"""The coloured photo on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from colorstudio.document.compositor import composite
from colorstudio.gui import copying
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]


def pixels_of(image: QImage) -> np.ndarray[Any, Any]:
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return data[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()


def copy(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(window.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.message_bar.messages), timeout=WAIT_MS)


def test_the_whole_result_is_copied(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker
) -> None:
    open_photo(make_photo(bits=16))
    window.activateWindow()
    window.canvas.setFocus()
    window.canvas.set_zoom(8.0)  # what is seen does not matter
    copy(qtbot, window)
    document, colouring = window.session.document, window.session.colouring
    assert document is not None
    assert colouring is not None
    wanted = composite(document.luminance, colouring.chroma)
    data = QGuiApplication.clipboard().mimeData()
    np.testing.assert_array_equal(pixels_of(QGuiApplication.clipboard().image())[..., :3], wanted)
    # Other programs take these bytes as they are.
    np.testing.assert_array_equal(
        pixels_of(QImage.fromData(data.data("image/png"), "PNG"))[..., :3],  # type: ignore[call-overload]
        wanted,
    )
    message = window.message_bar.messages[0]
    assert message.severity is Severity.SUCCESS
    assert "320 × 200" in message.text


def test_transparency_goes_along(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, tmp_path: Path
) -> None:
    alpha = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (48, 1))
    path = tmp_path / "cut out.png"
    Image.merge("LA", (Image.new("L", (64, 48), 128), Image.fromarray(alpha))).save(path)
    open_photo(path)
    window.canvas.setFocus()
    copy(qtbot, window)
    np.testing.assert_array_equal(pixels_of(QGuiApplication.clipboard().image())[..., 3], alpha)


def test_what_was_copied_can_be_pasted_as_a_photo(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker, wait_coloured: Callable[[], None]
) -> None:
    open_photo(make_photo())
    window.canvas.setFocus()
    copy(qtbot, window)
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.actions_by_name["paste"].trigger()
    wait_coloured()
    assert window.session.document is not None
    assert window.session.document.photo.pixels.ndim == 3  # it came back in colour


def test_without_colours_there_is_nothing_to_copy(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Maker
) -> None:
    assert not window.actions_by_name["copy"].isEnabled()
    backend.gate.clear()
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open_paths([make_photo()])
    assert not window.actions_by_name["copy"].isEnabled()
    with qtbot.waitSignal(window.session.rendered, timeout=WAIT_MS):
        backend.gate.set()
    assert window.actions_by_name["copy"].isEnabled()
    window.actions_by_name["close"].trigger()
    assert not window.actions_by_name["copy"].isEnabled()


def test_a_failure_is_told(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, make_photo: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    open_photo(make_photo())
    window.canvas.setFocus()
    monkeypatch.setattr(copying.FinishedPhoto, "image", fail)
    copy(qtbot, window)
    message = window.message_bar.messages[0]
    assert message.severity is Severity.ERROR
    assert "not enough memory" in message.text
