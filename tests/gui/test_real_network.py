"""The window with the real networks: from a file to colours, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.networks.registry import list_models

WAIT_MS = 120_000


@pytest.mark.skipif(not list_models(), reason="no network in this checkout")
def test_a_photo_is_coloured_and_exported(
    qtbot: QtBot, settings: WindowSettings, make_photo: Callable[..., Path]
) -> None:
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    window.show()
    photo = make_photo("portrait.png", 400, 300)
    window.open_paths([photo])
    qtbot.waitUntil(
        lambda: window.canvas.after is not None or bool(window.message_bar.messages), timeout=WAIT_MS
    )
    assert [message.text for message in window.message_bar.messages] == []
    assert window.session.colouring is not None
    assert window.status.time_label.text().endswith(" s")
    qtbot.waitUntil(window.export_button.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(window.export_button, Qt.MouseButton.LeftButton)
    assert window.export_dialog is not None
    with qtbot.waitSignal(window.session.exported, timeout=WAIT_MS) as exported:
        qtbot.mouseClick(window.export_dialog.export_button, Qt.MouseButton.LeftButton)
    pixels = np.asarray(Image.open(exported.args[0]))
    assert pixels.shape == (300, 400, 3)
    assert (pixels.max(axis=2) != pixels.min(axis=2)).any()
    window.close()
