"""Strokes and the settings that they obey: the picture follows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.strokes import Stroke
from colorstudio.errors import DeviceError
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.main_window import MainWindow

WAIT_MS = 20_000
BLUE = Stroke(((100.0, 40.0), (120.0, 60.0)), 4, "colour", (40, 60, 220))
RED = Stroke(((100.0, 240.0),), 4, "colour", (220, 60, 40))


def colour_at(picture: Picture | None, row: int, col: int) -> tuple[int, int, int]:
    assert picture is not None
    first = picture.levels[0]
    colour = first.pixelColor(
        col * first.width() // picture.shape[1], row * first.height() // picture.shape[0]
    )
    return colour.red(), colour.green(), colour.blue()


@pytest.fixture
def coloured(
    window: MainWindow, open_photo: Callable[[Path], None], make_photo: Callable[..., Path]
) -> MainWindow:
    open_photo(make_photo())
    return window


def paint(window: MainWindow, *strokes: Stroke) -> None:
    document = window.session.document
    assert document is not None
    window.session.apply(ChangeStrokes.of(document, "brush stroke", (*document.strokes, *strokes)))


def test_a_stroke_recolours_and_its_undo_needs_no_pass(
    coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    before = colour_at(coloured.canvas.after, 50, 40)
    paint(coloured, BLUE)
    wait_coloured()
    after = colour_at(coloured.canvas.after, 50, 40)
    assert after[2] > after[0]
    assert [document.strokes for document in backend.documents] == [(), (BLUE,)]
    coloured.session.undo_stack.undo()
    wait_coloured()
    assert colour_at(coloured.canvas.after, 50, 40) == before
    coloured.session.undo_stack.redo()
    wait_coloured()
    assert colour_at(coloured.canvas.after, 50, 40) == after
    assert len(backend.passes) == 2


def test_mode_and_reach_recolour_where_they_matter(
    coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    coloured.session.change_settings("reach", reach=0.1)  # nothing to reach from
    coloured.session.change_settings("intensity", saturation=0.5)
    wait_coloured()
    assert len(backend.passes) == 1
    paint(coloured, BLUE)
    wait_coloured()
    for change in ({"reach": 0.2}, {"mode": "scribbles"}):
        coloured.session.change_settings("change", **change)
        wait_coloured()
    coloured.session.change_settings("reach", reach=0.3)  # which scribbles have none of
    wait_coloured()
    settings = [(document.settings.mode, document.settings.reach) for document in backend.documents]
    assert settings == [("hybrid", None), ("hybrid", 0.1), ("hybrid", 0.2), ("scribbles", 0.2)]


def test_a_stroke_that_fails_leaves_the_picture_and_says_so(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    before = colour_at(coloured.canvas.after, 50, 240)
    backend.error = DeviceError("There is not enough memory.")
    with qtbot.waitSignal(coloured.session.failed, timeout=WAIT_MS):
        paint(coloured, RED)
    assert colour_at(coloured.canvas.after, 50, 240) == before
    assert coloured.message_bar.messages[0].text == "There is not enough memory."
    assert not coloured.export_button.isEnabled()
    backend.error = None
    qtbot.mouseClick(coloured.message_bar.items[0].buttons[0], Qt.MouseButton.LeftButton)
    wait_coloured()
    assert colour_at(coloured.canvas.after, 50, 240) != before
