"""Levels of a faded photo: dragged on the histogram, typed, automatic; one step each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from colorstudio.document.levels import Levels, levelled
from colorstudio.document.preparation import Preparation
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.panels.preparing.histogram import BINS, HistogramView, histogram
from colorstudio.gui.panels.preparing.page import PreparingPage

WAIT_MS = 20_000
Opener = Callable[[Path], None]


@pytest.fixture
def faded(tmp_path: Path) -> Path:
    """Gray from 90 to 170 only, larger than what previews are computed at."""
    rows, cols = np.mgrid[0:900, 0:1400]
    plane = 130 + 40 * np.sin(cols / 60) * np.cos(rows / 45)
    path = tmp_path / "faded.png"
    Image.fromarray(plane.round().astype(np.uint8)).save(path)
    return path


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, open_photo: Opener, faded: Path) -> PreparingPage:
    """In front, by the key, with the photo looked at."""
    open_photo(faded)
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    made = window.preparing.page
    assert made.histogram.isVisible()
    qtbot.waitUntil(lambda: window.preparing.levelling.ready, timeout=WAIT_MS)
    return made


def levels_of(window: MainWindow) -> Levels | None:
    assert window.session.document is not None
    return window.session.document.preparation.levels


def brightness(window: MainWindow) -> float:
    """Of the middle of what the canvas shows."""
    after = window.canvas.after
    assert after is not None
    level = after.levels[-1]
    spots = [level.pixelColor(x, level.height() // 2).lightness() for x in range(0, level.width(), 7)]
    return float(np.std(spots))


def place(view: HistogramView, lightness: float) -> QPoint:
    return QPoint(round(view._x(lightness)), view.height() - 6)


def test_they_are_off_and_it_is_said_what_they_change(window: MainWindow, page: PreparingPage) -> None:
    assert levels_of(window) is None
    assert not page.off_button.isEnabled()
    assert (page.black_spin.value(), page.gamma_spin.value(), page.white_spin.value()) == (0.0, 1.0, 100.0)
    assert "change the lightness that is kept" in page.note.text()
    assert page.note.isVisible()
    assert page.minimumSizeHint().width() <= window.panel.tabs.width()  # nothing is cut off


def test_a_drag_is_seen_at_once_and_is_one_step(
    qtbot: QtBot, window: MainWindow, page: PreparingPage, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    session, view = window.session, page.histogram
    assert session.document is not None
    before = session.document.photo
    plain = brightness(window)
    passes = len(backend.passes)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place(view, 100))
    for lightness in (90, 80, 70):
        qtbot.mouseMove(view, place(view, lightness))
    qtbot.waitUntil(lambda: brightness(window) > plain * 1.2, timeout=WAIT_MS)
    assert len(backend.passes) == passes  # not by the network
    assert session.undo_stack.count() == 0
    with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place(view, 70))
    chosen = levels_of(window)
    assert chosen is not None
    assert chosen.white == pytest.approx(70, abs=1)
    assert (chosen.black, chosen.gamma) == (0.0, 1.0)
    assert page.white_spin.value() == chosen.white
    np.testing.assert_array_equal(session.document.photo.pixels, levelled(before.pixels, chosen))
    assert session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == "levels"
    assert brightness(window) > plain * 1.2  # no flash of the old lightness
    wait_coloured()
    session.undo_stack.undo()
    assert session.document.photo is before
    assert not page.off_button.isEnabled()
    assert page.white_spin.value() == 100.0
    wait_coloured()
    assert brightness(window) == pytest.approx(plain)


def test_the_middle_is_gamma(qtbot: QtBot, window: MainWindow, page: PreparingPage) -> None:
    view = page.histogram
    with qtbot.waitSignal(window.session.prepared, timeout=WAIT_MS):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place(view, 50))
        qtbot.mouseMove(view, place(view, 25))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place(view, 25))
    chosen = levels_of(window)
    assert chosen is not None
    assert chosen.gamma == pytest.approx(2.0, abs=0.1)  # lighter: 25 becomes 50
    assert view.handle_x(1) == pytest.approx(view._x(25), abs=2)


def test_keys_move_the_handles(qtbot: QtBot, window: MainWindow, page: PreparingPage) -> None:
    view = page.histogram
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)  # from black around to white
    with qtbot.waitSignal(window.session.prepared, timeout=WAIT_MS):
        qtbot.keyPress(view, Qt.Key.Key_Left)
        qtbot.keyPress(view, Qt.Key.Key_Left)
        qtbot.keyRelease(view, Qt.Key.Key_Left)
    assert levels_of(window) == Levels(white=98.0)
    assert window.session.undo_stack.count() == 1


def test_typed_numbers_push_each_other(qtbot: QtBot, window: MainWindow, page: PreparingPage) -> None:
    with qtbot.waitSignal(window.session.prepared, timeout=WAIT_MS):
        page.white_spin.selectAll()
        qtbot.keyClicks(page.white_spin, "40")
        qtbot.keyClick(page.white_spin, Qt.Key.Key_Return)
    assert levels_of(window) == Levels(white=40.0)
    with qtbot.waitSignal(window.session.prepared, timeout=WAIT_MS):
        page.black_spin.selectAll()
        qtbot.keyClicks(page.black_spin, "60")
        qtbot.keyClick(page.black_spin, Qt.Key.Key_Return)
    assert levels_of(window) == Levels(black=60.0, white=61.0)
    assert window.session.undo_stack.count() == 2


def test_automatic_stretches_and_off_takes_it_back(
    qtbot: QtBot, window: MainWindow, page: PreparingPage
) -> None:
    session = window.session
    assert session.document is not None
    with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
        qtbot.mouseClick(page.automatic_button, Qt.MouseButton.LeftButton)
    chosen = levels_of(window)
    assert chosen is not None
    luminance = session.document.luminance
    assert luminance.min() < 3
    assert luminance.max() > 97
    with qtbot.waitSignal(session.prepared, timeout=WAIT_MS):
        qtbot.mouseClick(page.off_button, Qt.MouseButton.LeftButton)
    assert session.document.preparation == Preparation()
    assert session.document.photo is session.document.source


def test_automatic_by_its_key_waits_for_the_histogram(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, faded: Path
) -> None:
    open_photo(faded)
    window.activateWindow()
    with qtbot.waitSignal(window.session.prepared, timeout=WAIT_MS):
        qtbot.keyClick(window.canvas, Qt.Key.Key_F6)
    assert levels_of(window) is not None


def test_a_photo_of_one_tone_has_nothing_to_stretch(
    qtbot: QtBot, window: MainWindow, open_photo: Opener, tmp_path: Path
) -> None:
    path = tmp_path / "flat.png"
    Image.new("L", (300, 200), 120).save(path)
    open_photo(path)
    qtbot.waitUntil(lambda: window.preparing.levelling.ready, timeout=WAIT_MS)
    window.actions_by_name["automatic_levels"].trigger()
    assert "nothing to stretch" in window.message_bar.messages[0].text
    assert window.session.undo_stack.count() == 0


def test_a_drag_there_and_back_leaves_everything(
    qtbot: QtBot, window: MainWindow, page: PreparingPage, wait_coloured: Callable[[], None]
) -> None:
    view, plain = page.histogram, brightness(window)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place(view, 100))
    qtbot.mouseMove(view, place(view, 72))
    qtbot.waitUntil(lambda: brightness(window) > plain * 1.2, timeout=WAIT_MS)
    qtbot.mouseMove(view, place(view, 104))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place(view, 104))
    wait_coloured()
    assert window.session.undo_stack.count() == 0
    assert window.canvas.before is not None
    assert window.canvas.before.is_full
    assert brightness(window) == pytest.approx(plain)


def test_the_histogram_counts_lightness() -> None:
    luminance = np.full((100, 100), 40.0, np.float32)
    luminance[:, :30] = 80.0
    counts = histogram(luminance)
    assert len(counts) == BINS
    assert set(np.flatnonzero(counts)) == {int(40 / 100 * BINS), int(80 / 100 * BINS)}
    assert counts.max() == 1.0
