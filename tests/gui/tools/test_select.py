"""Selecting, moving and changing strokes by real events."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from colorstudio.document.strokes import Stroke
from tests.gui.tools.conftest import SHIFT, Studio, near

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def three(studio: Studio) -> Studio:
    """Strokes in the rows 100, 200 and 300, and the tool to select them."""
    for row in (100, 200, 300):
        studio.drag([(row, 100), (row, 300)])
    studio.take("tool_select")
    return studio


def selected(studio: Studio) -> list[int]:
    """Positions of the selected strokes."""
    return [k for k, stroke in enumerate(studio.strokes) if stroke in studio.window.selection]


def test_clicks_select(three: Studio) -> None:
    three.click((200, 150))
    assert selected(three) == [1]
    three.click((100, 150))
    assert selected(three) == [0]
    three.click((300, 150), SHIFT)
    assert selected(three) == [0, 2]
    three.click((100, 150), SHIFT)
    assert selected(three) == [2]
    three.click((400, 600))
    assert selected(three) == []


def test_a_near_miss_is_a_hit(three: Studio) -> None:
    beside = 6.0 + 3.0 / three.canvas.view.scale
    three.click((200 + beside, 150))
    assert selected(three) == [1]
    three.click((200 + beside + 8.0 / three.canvas.view.scale, 150))
    assert selected(three) == []


def test_the_stroke_on_top_is_meant(three: Studio) -> None:
    three.take("tool_brush")
    three.drag([(50, 200), (350, 200)])
    three.take("tool_select")
    three.click((200, 200))
    assert selected(three) == [3]


def test_a_marquee_selects_what_it_touches(three: Studio) -> None:
    three.drag([(150, 50), (240, 110), (320, 130)])
    assert selected(three) == [1, 2]
    three.drag([(80, 250), (120, 350)], SHIFT)
    assert selected(three) == [0, 1, 2]
    three.drag([(400, 400), (450, 450)])
    assert selected(three) == []


def test_keys_select_all_and_none(three: Studio) -> None:
    three.key(Qt.Key.Key_A, CONTROL)
    assert selected(three) == [0, 1, 2]
    three.key(Qt.Key.Key_Escape)
    assert selected(three) == []


def test_dragging_moves_and_is_one_step(three: Studio) -> None:
    before = three.strokes
    three.drag([(200, 150), (210, 160), (250, 190)])
    assert near(three.strokes[1].points, [(250, 140), (250, 340)])
    assert three.strokes[0] is before[0]
    assert selected(three) == [1]
    assert three.window.session.undo_stack.undoText() == "moved strokes"
    three.key(Qt.Key.Key_Z, CONTROL)
    assert three.strokes == before
    assert selected(three) == [1]


def test_all_that_is_selected_moves_together(three: Studio) -> None:
    three.key(Qt.Key.Key_A, CONTROL)
    three.drag([(200, 150), (220, 150)])
    assert [round(stroke.points[0][0]) for stroke in three.strokes] == [120, 220, 320]


def test_escape_puts_moved_strokes_back(three: Studio) -> None:
    before = three.strokes
    three.press((200, 150))
    three.move((250, 150))
    three.key(Qt.Key.Key_Escape)
    three.release((250, 150))
    assert three.strokes is before
    assert selected(three) == [1]


def test_moved_strokes_are_seen_where_they_are(three: Studio) -> None:
    three.painted()
    red = three.colour_at((200, 150))
    three.press((200, 150))
    three.move((250, 150))
    three.painted()
    assert three.colour_at((250, 200)) == red
    assert three.colour_at((200, 200)) != red
    three.release((250, 150))
    three.painted()
    assert three.colour_at((250, 200)) == red


def test_arrows_nudge_and_a_row_of_them_is_one_step(three: Studio) -> None:
    steps = three.window.session.undo_stack.count()
    three.click((200, 150))
    corner = three.canvas.view.photo_rect().topLeft()
    for _ in range(3):
        three.key(Qt.Key.Key_Right)
    three.key(Qt.Key.Key_Down, SHIFT)
    assert near(three.strokes[1].points, [(210, 103), (210, 303)])
    assert three.window.session.undo_stack.count() == steps + 1
    assert three.canvas.view.photo_rect().topLeft() == corner
    assert selected(three) == [1]


def test_arrows_move_the_photo_when_nothing_is_selected(three: Studio) -> None:
    three.canvas.set_zoom(4.0)
    corner = three.canvas.view.photo_rect().topLeft()
    three.key(Qt.Key.Key_Right)
    assert three.canvas.view.photo_rect().topLeft() != corner


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete(three: Studio, key: Qt.Key) -> None:
    first, _, last = three.strokes
    three.click((200, 150))
    three.key(key)
    assert three.strokes == (first, last)
    assert selected(three) == []


def open_menu(studio: Studio, place: tuple[float, float]) -> None:
    at = studio.at(*place).toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, studio.canvas.mapToGlobal(at))
    QApplication.sendEvent(studio.canvas, event)


def choose(studio: Studio, name: str) -> None:
    """Click on an entry of the menu that is open."""
    menu = studio.window.strokes.menu
    assert menu.isVisible()
    at = menu.actionGeometry(studio.window.actions_by_name[name]).center()
    studio.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
    studio.qtbot.waitUntil(lambda: not menu.isVisible())


@pytest.mark.parametrize(
    ("command", "changed"),
    [
        ("recolour_strokes", lambda s: (s.kind, s.rgb) == ("colour", (10, 20, 200))),
        ("make_neutral", lambda s: (s.kind, s.rgb) == ("neutral", None)),
        ("make_keep", lambda s: (s.kind, s.rgb) == ("keep", None)),
    ],
)
def test_the_menu_over_a_stroke_changes_it(
    three: Studio, command: str, changed: Callable[[Stroke], bool]
) -> None:
    before = three.strokes
    three.window.brush.rgb = (10, 20, 200)
    open_menu(three, (200, 150))
    assert selected(three) == [1]
    choose(three, command)
    assert changed(three.strokes[1])
    assert (three.strokes[0], three.strokes[2]) == (before[0], before[2])
    assert selected(three) == [1]


def test_the_menu_orders_deletes_and_saves(three: Studio) -> None:
    one, two, last = three.strokes
    open_menu(three, (100, 150))
    choose(three, "bring_to_front")
    assert three.strokes == (two, last, one)
    open_menu(three, (100, 150))
    choose(three, "send_to_back")
    assert three.strokes == (one, two, last)
    saved: list[object] = []
    three.window.strokes.colour_save_requested.connect(saved.append)
    open_menu(three, (300, 150))
    choose(three, "save_stroke_colour")
    assert saved == [(200, 40, 30)]
    open_menu(three, (300, 150))
    choose(three, "delete_strokes")
    assert three.strokes == (one, two)


def test_the_menu_means_all_that_is_selected(three: Studio) -> None:
    three.key(Qt.Key.Key_A, CONTROL)
    open_menu(three, (200, 150))
    choose(three, "make_neutral")
    assert [stroke.kind for stroke in three.strokes] == ["neutral"] * 3


def test_there_is_no_menu_beside_strokes(three: Studio) -> None:
    open_menu(three, (400, 600))
    assert not three.window.strokes.menu.isVisible()


def test_the_brush_has_the_menu_too(three: Studio) -> None:
    three.take("tool_brush")
    open_menu(three, (200, 150))
    choose(three, "delete_strokes")
    assert len(three.strokes) == 2


def test_hidden_strokes_cannot_be_hit(three: Studio) -> None:
    three.key(Qt.Key.Key_O)
    three.click((200, 150))
    assert selected(three) == [1]  # dimmed
    three.key(Qt.Key.Key_Escape)
    three.key(Qt.Key.Key_O)
    three.click((200, 150))
    open_menu(three, (200, 150))
    assert selected(three) == []
    assert not three.window.strokes.menu.isVisible()


def test_the_cursor_tells_what_can_be_moved(three: Studio) -> None:
    three.hover((200, 150))
    assert three.canvas.cursor().shape() == Qt.CursorShape.SizeAllCursor
    three.hover((400, 600))
    assert three.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_selection_outlives_what_others_change(three: Studio) -> None:
    three.click((200, 150))
    three.take("tool_brush")
    three.click((400, 600))
    assert selected(three) == [1]
    three.window.session.undo_stack.undo()
    assert selected(three) == [1]
    three.window.session.close_photo()
    assert three.window.selection.strokes == []
