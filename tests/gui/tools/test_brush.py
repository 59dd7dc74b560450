"""The brush by real events: mouse, keys, wheel and pen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPointingDevice

from colorstudio.gui.canvas.canvas import Canvas
from tests.gui.tools.conftest import SHIFT, Studio, near

RED = (200, 40, 30)


def test_a_drag_is_a_stroke(studio: Studio) -> None:
    places = [(100.0, 100.0), (120.0, 180.0), (200.0, 220.0), (210.0, 300.0)]
    studio.drag(places)
    [stroke] = studio.strokes
    assert near(stroke.points, places)
    assert (stroke.radius_px, stroke.rgb, stroke.kind, stroke.radii_px) == (6.0, RED, "colour", ())
    assert studio.window.session.undo_stack.undoText() == "stroke"


def test_a_click_is_a_point(studio: Studio) -> None:
    studio.click((50, 60))
    assert near(studio.strokes[0].points, [(50, 60)])


def test_two_quick_clicks_are_two_points(studio: Studio) -> None:
    studio.click((50, 60))
    studio.mouse(QEvent.Type.MouseButtonDblClick, (50, 60))
    studio.release((50, 60))
    assert len(studio.strokes) == 2
    assert studio.canvas.view.fitted


def test_points_that_say_nothing_are_left_out(studio: Studio) -> None:
    studio.drag([(100.0, 100.0 + step) for step in range(80)])
    assert len(studio.strokes[0].points) == 2


def test_shift_draws_straight_lines(studio: Studio) -> None:
    studio.drag([(100, 100), (180, 140), (150, 300)], SHIFT)
    assert near(studio.strokes[0].points, [(100, 100), (150, 300)])


def test_shift_and_a_click_go_on_from_the_last_point(studio: Studio) -> None:
    studio.click((100, 100))
    studio.click((200, 300), SHIFT)
    studio.click((220, 100), SHIFT)
    assert near(studio.strokes[1].points, [(100, 100), (200, 300)])
    assert near(studio.strokes[2].points, [(200, 300), (220, 100)])


def test_a_first_click_with_shift_is_a_point(studio: Studio) -> None:
    studio.click((100, 100), SHIFT)
    assert len(studio.strokes[0].points) == 1


@pytest.mark.parametrize("kind", ["neutral", "keep"])
def test_kinds_are_chosen_by_key_and_have_no_colour(studio: Studio, kind: str) -> None:
    key = Qt.Key.Key_N if kind == "neutral" else Qt.Key.Key_K
    studio.key(key)
    assert studio.window.actions_by_name[f"kind_{kind}"].isChecked()
    studio.click((50, 50))
    studio.key(key)
    studio.click((50, 150))
    assert [(stroke.kind, stroke.rgb) for stroke in studio.strokes] == [(kind, None), ("colour", RED)]


def test_brackets_and_the_wheel_change_the_radius(studio: Studio) -> None:
    brush, zoom = studio.window.brush, studio.canvas.view.zoom
    studio.key(Qt.Key.Key_BracketRight)
    larger = brush.radius_px
    studio.key(Qt.Key.Key_BracketLeft)
    assert larger > 6.0 == brush.radius_px
    for sideways in (False, True):  # as some systems turn it
        studio.wheel(240, SHIFT, sideways=sideways)
        assert brush.radius_px > larger
        studio.wheel(-240, SHIFT, sideways=sideways)
    assert brush.radius_px == 6.0
    assert studio.canvas.view.zoom == zoom
    studio.wheel(120, Qt.KeyboardModifier.NoModifier)
    assert studio.canvas.view.zoom > zoom


def test_the_radius_of_a_stroke_is_that_of_its_beginning(studio: Studio) -> None:
    studio.press((100, 100))
    studio.move((100, 150))
    studio.wheel(240, SHIFT)
    studio.key(Qt.Key.Key_BracketRight)
    studio.release((100, 200))
    assert studio.strokes[0].radius_px == 6.0


def test_a_pen_presses(studio: Studio) -> None:
    assert studio.pen(QEvent.Type.TabletPress, (100, 100), 0.0).isAccepted()
    for step in range(1, 11):
        studio.pen(QEvent.Type.TabletMove, (100, 100 + 10 * step), step / 10)
    studio.pen(QEvent.Type.TabletRelease, (100, 200), 0.0)
    [stroke] = studio.strokes
    assert len(stroke.radii_px) == len(stroke.points)
    assert stroke.radii_px[0] == pytest.approx(0.6)
    assert stroke.radii_px[-1] == pytest.approx(6.0)


def test_the_other_end_of_a_pen_erases(studio: Studio) -> None:
    studio.drag([(100, 100), (100, 200)])
    end = QPointingDevice.PointerType.Eraser
    studio.pen(QEvent.Type.TabletPress, (80, 150), 1.0, end)
    studio.pen(QEvent.Type.TabletMove, (120, 150), 1.0, end)
    studio.pen(QEvent.Type.TabletRelease, (120, 150), 0.0, end)
    assert len(studio.strokes) == 1
    assert len(studio.strokes[0].cuts) == 1


def test_a_pen_that_hovers_is_left_to_the_mouse(studio: Studio) -> None:
    assert not studio.pen(QEvent.Type.TabletMove, (100, 100), 0.0).isAccepted()


def test_strokes_lie_where_they_are_drawn_however_the_view_is(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda canvas: 2.0)
    studio.canvas._view_resized()
    studio.canvas.set_zoom(6.0)
    studio.canvas.pan_by(studio.at(0, 0) - studio.at(30, 40))
    studio.drag([(230.25, 400.5), (240.0, 410.0)])
    assert near(studio.strokes[0].points, [(230.25, 400.5), (240.0, 410.0)])


def test_escape_gives_a_stroke_up(studio: Studio) -> None:
    studio.press((100, 100))
    studio.move((100, 200))
    studio.key(Qt.Key.Key_Escape)
    studio.move((100, 250))
    studio.release((100, 250))
    assert studio.strokes == ()
    studio.click((30, 30))
    assert len(studio.strokes) == 1


@pytest.mark.parametrize("earlier", [0, 1])
def test_undo_while_drawing_gives_the_stroke_up_and_nothing_else(studio: Studio, earlier: int) -> None:
    for _ in range(earlier):
        studio.click((30, 30))
    studio.press((100, 100))
    studio.move((100, 200))
    studio.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    studio.release((100, 200))
    assert len(studio.strokes) == earlier
    studio.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert studio.strokes == ()


def test_a_stroke_is_kept_when_the_focus_goes(studio: Studio) -> None:
    studio.press((100, 100))
    studio.move((100, 200))
    studio.window.adjustments.intensity.spin.setFocus()
    assert near(studio.strokes[0].points, [(100, 100), (100, 200)])
    studio.move((100, 250))
    studio.release((100, 250))
    assert len(studio.strokes) == 1


def test_a_stroke_beside_the_photo_is_none(studio: Studio) -> None:
    studio.drag([(-40, 100), (-40, 200)])
    assert studio.strokes == ()
    studio.drag([(-5, 100), (-5, 200)])  # its edge reaches in
    assert len(studio.strokes) == 1


def test_the_photo_changes_while_drawing(studio: Studio) -> None:
    """Only so much is shown while the button is held; the step of the history comes with its release."""
    shown: list[int] = []
    studio.window.session.draw_live = lambda strokes: shown.append(len(strokes[-1].points))  # type: ignore[method-assign]
    studio.press((100, 100))
    studio.move((120, 150))
    studio.qtbot.waitUntil(lambda: shown == [2])
    studio.move((100, 200))
    studio.qtbot.waitUntil(lambda: shown == [2, 3])
    assert studio.strokes == ()
    studio.release((100, 200))
    assert len(studio.strokes) == 1


def test_tools_leave_a_first_look_at_another_photo_alone(studio: Studio) -> None:
    studio.window._on_previewed(studio.window.session.photo.gray)  # type: ignore[union-attr]
    studio.drag([(100, 100), (100, 200)])
    assert studio.strokes == ()


def lightness(image: QImage, at: QPoint) -> int:
    return QColor(image.pixelColor(at)).lightness()


def test_the_ring_shows_the_size_of_the_brush(studio: Studio) -> None:
    studio.window.brush.radius_px = 40.0
    studio.hover((250, 400))
    assert studio.canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    ring = studio.canvas.grab().toImage()
    studio.hover((-50, 400))
    bare = studio.canvas.grab().toImage()
    for row, col in ((250, 440), (250, 360), (210, 400), (290, 400)):
        at = studio.at(row, col).toPoint()
        around = [at + QPoint(x, y) for x in range(-2, 3) for y in range(-2, 3)]
        assert max(abs(lightness(ring, place) - lightness(bare, place)) for place in around) > 40
    studio.window.brush.radius_px = 1.0
    studio.hover((251, 400))
    assert studio.canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_alt_takes_a_colour(studio: Studio) -> None:
    studio.click((250, 400), Qt.KeyboardModifier.AltModifier)
    assert studio.strokes == ()
    assert studio.window.brush.rgb != RED


def test_space_moves_the_photo(studio: Studio) -> None:
    studio.canvas.set_zoom(3.0)
    corner = studio.canvas.view.photo_rect().topLeft()
    start = studio.at(250, 400)
    studio.qtbot.keyPress(studio.canvas, Qt.Key.Key_Space)
    studio.qtbot.mousePress(studio.canvas, Qt.MouseButton.LeftButton, pos=start.toPoint())
    studio.qtbot.mouseMove(studio.canvas, start.toPoint() / 2)
    studio.qtbot.mouseRelease(studio.canvas, Qt.MouseButton.LeftButton, pos=start.toPoint() / 2)
    studio.qtbot.keyRelease(studio.canvas, Qt.Key.Key_Space)
    assert studio.strokes == ()
    assert studio.canvas.view.photo_rect().topLeft() != corner


def test_the_tool_and_the_size_are_remembered(studio: Studio) -> None:
    studio.take("tool_eraser")
    studio.window.brush.radius_px = 16.0
    assert studio.window.settings.tool == "tool_eraser"
    assert studio.window.settings.brush_size == pytest.approx(16 / 800)
