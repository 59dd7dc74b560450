"""The eraser by real events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from colorstudio.document.stroke_geometry import hits
from tests.gui.tools.conftest import Studio, near


@pytest.fixture
def crossed(studio: Studio) -> Studio:
    """A stroke from left to right, and the eraser."""
    studio.drag([(200, 200), (200, 400)])
    studio.take("tool_eraser")
    return studio


def test_the_eraser_takes_a_part_out(crossed: Studio) -> None:
    crossed.drag([(180, 300), (220, 300)])
    [stroke] = crossed.strokes
    assert near(stroke.points, [(200, 200), (200, 400)])
    assert not hits(stroke, 200, 300)
    assert hits(stroke, 200, 280)
    assert hits(stroke, 200, 320)
    assert crossed.window.session.undo_stack.undoText() == "eraser"
    crossed.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hits(crossed.strokes[0], 200, 300)


def test_a_stroke_with_nothing_left_is_gone(crossed: Studio) -> None:
    crossed.window.brush.radius_px = 20.0
    crossed.drag([(200, 190), (200, 410)])
    assert crossed.strokes == ()


def test_erasing_nothing_is_no_step(crossed: Studio) -> None:
    crossed.drag([(50, 50), (60, 60)])
    assert crossed.window.session.undo_stack.count() == 1


def test_what_is_erased_is_seen_at_once_and_comes_back_with_escape(crossed: Studio) -> None:
    crossed.painted()
    stroke = crossed.colour_at((200, 300))
    assert stroke == (200, 40, 30)
    crossed.press((180, 300))
    crossed.move((220, 300))
    assert crossed.colour_at((200, 300)) != stroke
    assert crossed.colour_at((200, 250)) == stroke
    crossed.key(Qt.Key.Key_Escape)
    crossed.painted()
    assert crossed.colour_at((200, 300)) == stroke
    assert crossed.strokes[0].cuts == ()


def test_the_photo_changes_while_erasing(crossed: Studio) -> None:
    shown: list[int] = []
    session = crossed.window.session
    session.draw_live = lambda strokes: shown.append(len(strokes[0].cuts))  # type: ignore[method-assign]
    crossed.press((180, 300))
    crossed.move((220, 300))
    crossed.qtbot.waitUntil(lambda: shown == [1])
    crossed.release((220, 300))
