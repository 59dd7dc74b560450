"""Cropping, turning, straightening and levels, by real events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from colorstudio.document.affine import applied
from colorstudio.document.document import ChangePreparation, ChangeStrokes
from colorstudio.document.preparation import Crop, Preparation, prepare
from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.view_transform import PhotoPoint
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.session import Task

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]
STROKE = Stroke(((60.0, 90.0), (80.0, 130.0)), 4.0, "colour", (200, 40, 40))


@pytest.fixture
def opened(window: MainWindow, open_photo: Opener, make_photo: Maker) -> MainWindow:
    open_photo(make_photo())
    window.activateWindow()
    window.canvas.setFocus()
    return window


def apply(window: MainWindow, name: str, preparation: Preparation) -> None:
    document = window.session.document
    assert document is not None
    photo = prepare(document.source, preparation)
    window.session.apply(ChangePreparation.of(document, name, preparation, photo))


class TestTheWindowFollows:
    """The document's photo, by whatever edit it became another."""

    def test_there_and_back(
        self, qtbot: QtBot, opened: MainWindow, backend: Any, wait_coloured: Callable[[], None]
    ) -> None:
        session = opened.session
        assert session.document is not None
        first, passes = session.document.photo, len(backend.passes)
        with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
            apply(opened, "crop", Preparation(crop=Crop(20, 30, 100, 150)))
        assert session.photo is not None
        assert session.photo.photo is session.document.photo
        wait_coloured()
        assert len(backend.passes) == passes + 1
        assert opened.canvas.before is not None
        assert opened.canvas.after is not None
        assert opened.canvas.before.shape == opened.canvas.after.shape == (100, 150)
        assert "150" in opened.status.photo_label.text()
        session.undo_stack.undo()
        assert session.photo.photo is first  # at once
        assert opened.canvas.before.shape == (200, 320)
        wait_coloured()
        assert len(backend.passes) == passes + 1  # nor was it coloured again

    def test_far_back_in_the_history(
        self, qtbot: QtBot, opened: MainWindow, wait_coloured: Callable[[], None]
    ) -> None:
        session = opened.session
        for turns in (1, 2, 3, 0, 1, 2):
            with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
                apply(opened, "turn", Preparation(quarter_turns=turns, crop=Crop(0, 0, 90 + turns, 80)))
        for step in (1, 6, 0):
            session.undo_stack.setIndex(step)
            qtbot.waitUntil(
                lambda: session.photo.photo is session.document.photo,  # type: ignore[union-attr]
                timeout=WAIT_MS,
            )
            wait_coloured()
            assert opened.canvas.after is not None
            assert opened.canvas.after.shape == session.document.photo.shape  # type: ignore[union-attr]

    def test_what_is_looked_at_stays(self, qtbot: QtBot, opened: MainWindow) -> None:
        canvas, session = opened.canvas, opened.session
        canvas.look_at(PhotoPoint(90.0, 140.0), 12.0)
        with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
            apply(opened, "crop", Preparation(quarter_turns=1, crop=Crop(40, 20, 220, 160)))
        middle = canvas.view.to_photo(canvas.view.area.center())
        assert canvas.view.zoom == 12.0
        # (row, col) turned clockwise is (col, 200 - row), and the crop begins at (40, 20).
        assert (middle.row, middle.col) == pytest.approx((140 - 40, 200 - 90 - 20), abs=0.2)
        session.undo_stack.undo()
        middle = canvas.view.to_photo(canvas.view.area.center())
        assert (middle.row, middle.col) == pytest.approx((90, 140), abs=0.2)

    def test_a_fitted_photo_is_fitted_again(self, qtbot: QtBot, opened: MainWindow) -> None:
        with qtbot.waitSignal(opened.session.prepared, timeout=WAIT_MS):
            apply(opened, "turn", Preparation(quarter_turns=1))
        assert opened.canvas.view.fitted
        assert opened.canvas.view.area.contains(opened.canvas.view.photo_rect())

    def test_strokes_go_along_and_come_back(self, qtbot: QtBot, opened: MainWindow) -> None:
        session = opened.session
        assert session.document is not None
        session.apply(ChangeStrokes.of(session.document, "stroke", [STROKE]))
        state = session.document.state
        with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
            apply(opened, "crop", Preparation(crop=Crop(20, 30, 100, 150)))
        assert session.document.strokes[0].points == ((40.0, 60.0), (60.0, 100.0))
        session.undo_stack.undo()
        assert session.document.state == state
        assert session.document.strokes[0] is STROKE

    def test_until_the_colours_come_those_there_were_are_shown(
        self, qtbot: QtBot, opened: MainWindow, backend: Any
    ) -> None:
        backend.gate.clear()
        with qtbot.waitSignal(opened.session.prepared, timeout=WAIT_MS) as seen:
            apply(opened, "turn", Preparation(quarter_turns=1))
        after = opened.canvas.after
        assert after is not None
        assert after.shape == (320, 200)
        assert opened.actions_by_name["split"].isEnabled()  # there is something to compare
        colour = after.levels[0].pixelColor(100, 160)
        assert colour.red() > colour.blue() + 20  # not gray
        np.testing.assert_allclose(applied(seen.args[1], np.array([[10.0, 20.0]])), [[20.0, 189.0]])


class TestTheSessionPrepares:
    """Off the GUI thread, then one step of the history."""

    def test_one_named_step(self, qtbot: QtBot, opened: MainWindow) -> None:
        session = opened.session
        assert session.document is not None
        pixels = session.document.photo.pixels
        with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
            session.prepare("crop", Preparation(crop=Crop(20, 30, 100, 150)))
        assert session.undo_stack.count() == 1
        assert session.undo_stack.undoText() == "crop"
        np.testing.assert_array_equal(session.document.photo.pixels, pixels[20:120, 30:180])
        session.undo_stack.undo()
        assert session.document.photo.pixels is pixels

    def test_the_latest_wins(self, qtbot: QtBot, opened: MainWindow) -> None:
        session = opened.session
        with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
            for _ in range(3):
                turns = (session.preparation.quarter_turns + 1) % 4
                session.prepare("rotation", Preparation(quarter_turns=turns))
        assert session.document is not None
        assert session.document.preparation == session.preparation == Preparation(quarter_turns=3)
        assert session.undo_stack.count() == 1

    def test_a_step_back_in_the_meantime_counts(self, qtbot: QtBot, opened: MainWindow) -> None:
        session = opened.session
        with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
            session.prepare("rotation", Preparation(quarter_turns=1))
        session.prepare("rotation", Preparation(quarter_turns=2))
        session.undo_stack.undo()
        qtbot.waitUntil(lambda: not session.is_busy(Task.PREPARE), timeout=WAIT_MS)
        assert session.document is not None
        assert session.document.preparation == Preparation()

    def test_what_cannot_be_is_told(self, qtbot: QtBot, opened: MainWindow) -> None:
        session = opened.session
        with qtbot.waitSignal(session.failed, timeout=WAIT_MS):
            session.prepare("crop", Preparation(crop=Crop(5000, 5000, 10, 10)))
        assert opened.message_bar.messages[0].severity is Severity.ERROR
        assert "outside of the photo" in opened.message_bar.messages[0].text
        assert session.preparation == Preparation()
        assert session.undo_stack.count() == 0
