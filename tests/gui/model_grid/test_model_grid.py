"""Comparing models in the window, by real events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.errors import ModelError
from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.language import apply_language, languages
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.model_grid.controller import ModelGridController
from colorstudio.gui.settings import WindowSettings

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]
GREEN = ModelChoice("green", "Green 2016", "Everything in green.", year=2016, takes_hints=False)
SHIFT = Qt.KeyboardModifier.ShiftModifier
STROKE = Stroke(((60.0, 90.0), (80.0, 130.0)), 4.0, "colour", (200, 40, 40))


@pytest.fixture
def opened(
    qtbot: QtBot, backend: Any, window: MainWindow, open_photo: Opener, make_photo: Maker
) -> MainWindow:
    backend.models = (*backend.models, GREEN)
    window.session.look_up_catalogue()
    qtbot.waitUntil(lambda: len(window.model_grid.models) == 3, timeout=WAIT_MS)
    open_photo(make_photo())
    window.activateWindow()
    window.canvas.setFocus()
    return window


@pytest.fixture
def page(qtbot: QtBot, opened: MainWindow) -> ModelGridController:
    """All tiles coloured, by the key."""
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    assert opened.model_grid.active
    wait_for_all(qtbot, opened.model_grid)
    return opened.model_grid


def wait_for_all(qtbot: QtBot, page: ModelGridController) -> None:
    qtbot.waitUntil(
        lambda: all(tile.picture is not None or tile.error for tile in page.grid.tiles), timeout=WAIT_MS
    )


def titles(page: ModelGridController) -> list[str]:
    return [tile.title for tile in page.grid.tiles]


def middle(page: ModelGridController, number: int) -> QPoint:
    return page.grid.arrangement.photo_room(number).center().toPoint()


def colour(page: ModelGridController, number: int) -> QColor:
    return page.grid.grab().toImage().pixelColor(middle(page, number) + QPoint(20, 12))


def is_gray(colour: QColor) -> bool:
    channels = (colour.red(), colour.green(), colour.blue())
    return max(channels) - min(channels) <= 2


def chosen(window: MainWindow) -> Settings:
    assert window.session.document is not None
    return window.session.document.settings


def test_the_photo_in_the_colours_of_all_models(
    qtbot: QtBot, opened: MainWindow, backend: Any, page: ModelGridController
) -> None:
    assert opened.stack.currentWidget().isAncestorOf(page.grid)
    assert page.grid.hasFocus()
    assert not opened.panel.isVisible()
    assert not opened.actions_by_name["panel"].isEnabled()
    assert titles(page) == ["Black-and-white photo", "Warm", "Cool", "Green 2016"]
    gray, warm, cool, green = (colour(page, number) for number in range(4))
    assert is_gray(gray)
    assert warm.red() > warm.green() > warm.blue()
    assert cool.blue() > cool.red()
    assert green.green() > max(green.red(), green.blue())
    tiles = page.grid.tiles
    assert tiles[1].mark == "in use"
    assert tiles[3].facts == "2016 · 0.04 s"
    assert page.chooser.progress.text() == "3 of 3 coloured"
    # What the window knew already is not computed again, and nothing on the GUI thread.
    assert [model for model, _ in backend.passes] == ["", "cool", "green"]
    assert all(not document.strokes for document in backend.documents)
    assert opened.session.undo_stack.count() == 0


def test_one_is_used_as_the_first_pass(
    qtbot: QtBot,
    opened: MainWindow,
    backend: Any,
    page: ModelGridController,
    wait_coloured: Callable[[], None],
) -> None:
    passes = len(backend.passes)
    for way in ("enter", "double click", "button"):
        if way == "enter":
            qtbot.keyClick(page.grid, Qt.Key.Key_Right)
            qtbot.keyClick(page.grid, Qt.Key.Key_Return)
        elif way == "double click":
            qtbot.mouseDClick(page.grid, Qt.MouseButton.LeftButton, pos=middle(page, 2))
        else:
            qtbot.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=middle(page, 2))
            assert page.chooser.title.text() == "Cool"
            qtbot.mouseClick(page.chooser.use_button, Qt.MouseButton.LeftButton)
        assert not page.active
        assert opened.stack.currentWidget() is opened.canvas
        assert opened.canvas.hasFocus()
        assert opened.panel.isVisible()
        assert opened.tool_palette.isVisible()
        assert chosen(opened) == Settings(model="cool")
        assert opened.session.undo_stack.index() == 1
        assert opened.session.undo_stack.undoText() == "choice of model"
        wait_coloured()
        assert len(backend.passes) == passes  # the tile's colours
        opened.actions_by_name["undo"].trigger()
        assert chosen(opened) == Settings()
        qtbot.keyClick(opened.canvas, Qt.Key.Key_M)


def test_leaving_changes_nothing(qtbot: QtBot, opened: MainWindow, page: ModelGridController) -> None:
    keys = {"esc": Qt.Key.Key_Escape, "same key": Qt.Key.Key_M, "tool": Qt.Key.Key_E, "split": Qt.Key.Key_S}
    for way in (*keys, "button"):
        qtbot.keyClick(page.grid, Qt.Key.Key_Right)
        if way == "button":
            page.chooser.leave_button.setFocus()
            qtbot.keyClick(page.chooser.leave_button, Qt.Key.Key_Return)  # is not "use"
        else:
            qtbot.keyClick(page.grid, keys[way])
        assert not page.active, way
        assert opened.stack.currentWidget() is opened.canvas
        assert opened.panel.isVisible()
        assert opened.actions_by_name["panel"].isEnabled()
        assert opened.session.undo_stack.count() == 0
        assert chosen(opened) == Settings()
        assert page.grid.tiles == ()
        qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
        assert page.active


def test_the_present_one_and_the_photo_itself_are_no_steps(
    qtbot: QtBot, opened: MainWindow, page: ModelGridController
) -> None:
    qtbot.keyClick(page.grid, Qt.Key.Key_Home)
    assert not page.chooser.use_button.isEnabled()
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.active  # there is nothing to colour it with
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert not page.active
    assert opened.session.undo_stack.count() == 0


def test_leaving_stops_the_colouring(qtbot: QtBot, opened: MainWindow, backend: Any) -> None:
    backend.gate.clear()
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    page = opened.model_grid
    qtbot.waitUntil(lambda: len(backend.passes) == 2, timeout=WAIT_MS)
    assert [tile.state for tile in page.grid.tiles] == ["", "", "Colouring…", "Waiting"]
    assert page.chooser.progress.text() == "1 of 3 coloured"
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    backend.gate.set()
    qtbot.wait(50)
    assert [model for model, _ in backend.passes] == ["", "cool"]
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    wait_for_all(qtbot, page)
    assert [model for model, _ in backend.passes] == ["", "cool", "cool", "green"]
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)  # once more: all of them are there
    assert all(tile.picture is not None for tile in page.grid.tiles)
    assert len(backend.passes) == 4


def test_a_model_that_fails_says_so_and_the_others_go_on(
    qtbot: QtBot, opened: MainWindow, backend: Any
) -> None:
    backend.errors["cool"] = ModelError("The weights are damaged: install the model again.")
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    page = opened.model_grid
    wait_for_all(qtbot, page)
    assert page.grid.tiles[2].error == "The weights are damaged: install the model again."
    assert page.grid.tiles[3].picture is not None
    assert page.chooser.progress.text() == "2 of 3 coloured · 1 failed"
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    assert "damaged" in page.chooser.details.text()
    assert "damaged" in page.grid.accessibleDescription()
    assert not page.chooser.use_button.isEnabled()
    del backend.errors["cool"]
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)  # tried again
    qtbot.waitUntil(lambda: page.grid.tiles[2].picture is not None, timeout=WAIT_MS)


# -- what is compared -----------------------------------------------------------------------------------


def test_check_boxes_choose_by_keys(
    qtbot: QtBot, opened: MainWindow, backend: Any, page: ModelGridController
) -> None:
    chooser = page.chooser
    chooser.list.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Space, Qt.Key.Key_End, Qt.Key.Key_Space):
        qtbot.keyClick(chooser.list, key)
    assert titles(page) == ["Warm", "Cool"]
    qtbot.keyClick(chooser.list, Qt.Key.Key_Up)
    assert page.grid.current == 1
    assert opened.settings.not_compared == {"photo", "model green"}  # also when the window opens again
    qtbot.mouseClick(chooser.none_button, Qt.MouseButton.LeftButton)
    assert titles(page) == []
    assert not chooser.use_button.isEnabled()
    assert page.grid.accessibleDescription() == "No model is chosen"
    qtbot.mouseClick(chooser.all_button, Qt.MouseButton.LeftButton)
    assert len(titles(page)) == 4
    assert len(backend.passes) == 3
    qtbot.mouseClick(chooser.none_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(chooser.list, Qt.Key.Key_Escape)
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    assert len(titles(page)) == 4  # nothing at all is no choice


def test_what_is_unchecked_need_not_be_coloured(qtbot: QtBot, opened: MainWindow, backend: Any) -> None:
    backend.gate.clear()
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    page = opened.model_grid
    qtbot.waitUntil(lambda: len(backend.passes) == 2, timeout=WAIT_MS)
    chooser = page.chooser
    chooser.list.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Space):  # the one under way
        qtbot.keyClick(chooser.list, key)
    assert titles(page) == ["Black-and-white photo", "Warm", "Green 2016"]
    qtbot.waitUntil(lambda: len(backend.passes) == 3, timeout=WAIT_MS)  # given up for the next
    backend.gate.set()
    wait_for_all(qtbot, page)
    assert [model for model, _ in backend.passes] == ["", "cool", "green"]


def test_strokes_are_taken_along_where_they_are_hints(
    qtbot: QtBot, opened: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    session = opened.session
    assert session.document is not None
    session.apply(ChangeStrokes.of(session.document, "stroke", [STROKE]))
    wait_coloured()
    backend.documents.clear()
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    page = opened.model_grid
    wait_for_all(qtbot, page)
    facts = {tile.title: tile.facts.split(" · ")[-1] for tile in page.grid.tiles[2:]}
    assert titles(page)[1] == "Strokes alone (Levin 2004)"
    assert facts == {"Warm": "with strokes", "Cool": "with strokes", "Green 2016": "without strokes"}
    asked = [(one.settings.mode, one.settings.model, len(one.strokes)) for one in backend.documents]
    assert asked == [("hybrid", "cool", 1), ("hybrid", "green", 0), ("scribbles", "", 1)]
    backend.documents.clear()
    qtbot.mouseClick(page.chooser.strokes_box, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    wait_for_all(qtbot, page)
    assert all(tile.facts.endswith("without strokes") for tile in page.grid.tiles[2:])
    assert {one.settings.model: len(one.strokes) for one in backend.documents} == {"cool": 0}
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Left)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert chosen(opened).mode == "scribbles"
    assert session.undo_stack.undoText() == "strokes alone"
    assert session.document.strokes == (STROKE,)


def test_an_undo_while_comparing_is_followed(
    qtbot: QtBot, opened: MainWindow, page: ModelGridController
) -> None:
    session = opened.session
    assert session.document is not None
    session.apply(ChangeStrokes.of(session.document, "stroke", [STROKE]))
    assert "Strokes alone (Levin 2004)" in titles(page)
    wait_for_all(qtbot, page)
    qtbot.keyClick(page.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.active
    assert titles(page) == ["Black-and-white photo", "Warm", "Cool", "Green 2016"]
    assert all(tile.picture is not None for tile in page.grid.tiles)  # of before the stroke


def test_another_photo_takes_its_place(
    qtbot: QtBot,
    opened: MainWindow,
    backend: Any,
    page: ModelGridController,
    open_photo: Opener,
    make_photo: Maker,
) -> None:
    open_photo(make_photo("next.png", 200, 320))
    assert not page.active
    assert opened.stack.currentWidget() is opened.canvas
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    wait_for_all(qtbot, page)
    assert page.grid.view.photo_shape == (320, 200)
    assert all(document.photo.shape == (320, 200) for document in backend.documents[-2:])
    opened.actions_by_name["close"].trigger()
    assert not page.active
    assert opened.stack.currentWidget() is opened.empty_state
    assert not opened.actions_by_name["compare_models"].isEnabled()


def test_cropping_and_comparing_take_turns(
    qtbot: QtBot, opened: MainWindow, page: ModelGridController
) -> None:
    qtbot.keyClick(page.grid, Qt.Key.Key_C)
    assert opened.preparing.cropping.active
    assert not page.active
    assert opened.panel.isVisible()
    qtbot.keyClick(opened.preparing.cropping.stage, Qt.Key.Key_M)
    assert page.active
    assert not opened.preparing.cropping.active
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    assert opened.stack.currentWidget() is opened.canvas


# -- zoom and pan ---------------------------------------------------------------------------------------


def wheel(page: ModelGridController, at: QPoint, notches: int) -> None:
    grid = page.grid
    event = QWheelEvent(
        QPointF(at), grid.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(grid, event)


def pinch(page: ModelGridController, at: QPoint, more: float) -> None:
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        QPointF(at), QPointF(at), page.grid.mapToGlobal(QPointF(at)), more, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(page.grid, event)


def lightness(page: ModelGridController, number: int) -> list[float]:
    image = page.grid.grab().toImage()
    corner = page.grid.arrangement.photo_room(number).topLeft().toPoint()
    colours = [image.pixelColor(corner + QPoint(40 + 5 * k, 50 + 3 * k)) for k in range(12)]
    return [
        0.2126 * c.redF() ** 2.2 + 0.7152 * c.greenF() ** 2.2 + 0.0722 * c.blueF() ** 2.2 for c in colours
    ]


def test_the_wheel_zooms_all_tiles_at_one_place(qtbot: QtBot, page: ModelGridController) -> None:
    grid = page.grid
    for number in (0, 3):
        at = middle(page, number) + QPoint(30, 20)
        first = QPointF(at) - (grid.arrangement.cells[number].topLeft() - grid.arrangement.cells[0].topLeft())
        place, zoom = grid.view.to_photo(first), grid.view.zoom
        wheel(page, at, 5)
        assert grid.view.zoom == pytest.approx(zoom * 1.25**5)
        now = grid.view.to_photo(first)
        assert (now.row, now.col) == pytest.approx((place.row, place.col), abs=1)
        gray = lightness(page, 0)
        assert max(gray) - min(gray) > 0.1
        assert lightness(page, 2) == pytest.approx(gray, abs=0.03)
        assert lightness(page, 1) == pytest.approx(gray, abs=0.03)
        zoom = grid.view.zoom
        pinch(page, at, 0.5)
        assert grid.view.zoom == pytest.approx(1.5 * zoom)
        now = grid.view.to_photo(first)
        assert (now.row, now.col) == pytest.approx((place.row, place.col), abs=1)
        grid.fit()


def test_drags_and_keys_pan_all_tiles(qtbot: QtBot, opened: MainWindow, page: ModelGridController) -> None:
    grid = page.grid
    qtbot.keyClick(grid, Qt.Key.Key_1)
    for _ in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Plus)
    assert grid.view.zoom == 3.0
    assert opened.tool_bar.zoom_button.text() == "300 %"
    before = grid.view.photo_rect().topLeft()
    start = middle(page, 3)
    qtbot.mousePress(grid, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(grid, start + QPoint(-30, -20))
    qtbot.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=start + QPoint(-30, -20))
    assert grid.view.photo_rect().topLeft() - before == QPointF(-30, -20)
    assert grid.current == 3
    qtbot.mouseMove(grid, start)  # no longer held
    assert grid.view.photo_rect().topLeft() - before == QPointF(-30, -20)
    qtbot.keyClick(grid, Qt.Key.Key_Left, SHIFT)
    assert grid.view.photo_rect().left() - before.x() == 34
    assert grid.current == 3
    qtbot.keyClick(grid, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert grid.view.fitted


def test_arrows_go_from_tile_to_tile(qtbot: QtBot, page: ModelGridController) -> None:
    grid = page.grid
    assert grid.arrangement.columns == 2
    visited = []
    for key in (
        Qt.Key.Key_Home,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
    ):
        qtbot.keyClick(grid, key)
        visited.append(grid.current)
    assert visited == [0, 0, 2, 3, 3, 1]
    assert grid.accessibleDescription() == "Warm. in use. 0.04 s, 2 of 4"
    assert page.chooser.list.currentIndex().data() == "Warm"


def test_the_pointer_is_seen_on_the_other_tiles(qtbot: QtBot, page: ModelGridController) -> None:
    grid = page.grid
    at = middle(page, 0)
    before = [grid.grab().toImage().pixel(middle(page, number) + QPoint(6, 0)) for number in range(4)]
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), grid.mapToGlobal(QPointF(at)),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(grid, move)
    after = [grid.grab().toImage().pixel(middle(page, number) + QPoint(6, 0)) for number in range(4)]
    assert [one != other for one, other in zip(before, after, strict=True)] == [False, True, True, True]


def test_the_gray_photo_while_it_is_held(qtbot: QtBot, opened: MainWindow, page: ModelGridController) -> None:
    coloured = colour(page, 3)
    qtbot.keyPress(page.grid, Qt.Key.Key_B)
    gray = colour(page, 3)
    qtbot.keyRelease(page.grid, Qt.Key.Key_B)
    assert is_gray(gray)
    assert colour(page, 3) == coloured
    button = opened.tool_bar.before_button
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert is_gray(colour(page, 3))
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert colour(page, 3) == coloured


def test_a_large_photo_is_sharp_where_it_is_looked_at(
    qtbot: QtBot, opened: MainWindow, open_photo: Opener, make_photo: Maker
) -> None:
    open_photo(make_photo("large.png", 1600, 1000))
    qtbot.keyClick(opened.canvas, Qt.Key.Key_M)
    page = opened.model_grid
    wait_for_all(qtbot, page)
    grid = page.grid
    small = grid.tiles[1].picture
    assert small is not None
    assert small.levels[0].width() * small.levels[0].height() <= 1_200_000
    qtbot.keyClick(grid, Qt.Key.Key_1)

    def patches() -> list[int]:
        return [len(tile.picture.patches) if tile.picture is not None else 0 for tile in grid.tiles[1:]]

    qtbot.waitUntil(lambda: patches() == [1, 1, 1], timeout=WAIT_MS)
    picture = grid.tiles[2].picture
    assert picture is not None
    [patch] = picture.patches
    assert patch.rect.contains(grid.view.visible_photo())
    assert patch.image.width() == patch.rect.width()  # at the photo's full size
    qtbot.keyClick(grid, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: patches() == [0, 0, 0], timeout=WAIT_MS)


@pytest.mark.parametrize("code", languages())
def test_letters_do_not_clash_with_those_of_menus(
    qtbot: QtBot, qapp: QApplication, backend: Any, settings: WindowSettings, code: str
) -> None:
    apply_language(qapp, code)
    try:
        window = MainWindow(backend, settings)
        qtbot.addWidget(window, before_close_func=lambda made: made.session.shutdown())
        chooser = window.model_grid.chooser
        buttons = chooser.findChildren(QAbstractButton)
        texts = [button.text() for button in buttons] + [one.text() for one in window.menuBar().actions()]
    finally:
        apply_language(qapp, "en")
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    named = [letter for letter in letters if letter]
    assert len(set(named)) == len(named), texts
    assert len(named) >= len(texts) - 1  # Esc is the key of the way back
