"""Strokes over the photo: what is painted, at any zoom and scale of the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.strokes import Cut, Stroke, rasterise
from colorstudio.gui.canvas.stroke_painting import Placement, StrokePainter, outline_colour, render
from colorstudio.progress import ProgressToken
from tests.gui.tools.conftest import Studio

RED = (200, 40, 30)
SHAPE = (60, 80)


def painted(stroke: Stroke, placement: Placement) -> np.ndarray:
    """Where the image has the stroke's own red, ``(H, W)``."""
    image = render(StrokePainter(), [stroke], placement, ProgressToken())
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return (pixels[:, : image.width(), 0] == RED[0]) & (pixels[:, : image.width(), 3] == 255)


CURVE = Stroke(((10.0, 10.0), (40.0, 30.0), (20.0, 65.0)), 5.0, "colour", RED)
TAPERED = replace(CURVE, radii_px=(2.0, 9.0, 4.0))
CUT = replace(CURVE, cuts=(Cut(((5.0, 22.0), (50.0, 22.0)), 4.0),))
AREA = Stroke(
    (), 0.0, "colour", RED, runs=tuple((row, 10 + row // 2, 70 - row // 3) for row in range(10, 50))
)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("stroke", [CURVE, TAPERED, CUT, AREA], ids=["curve", "tapered", "cut", "area"])
def test_the_picture_is_what_counts_for_the_colours(stroke: Stroke, ratio: float) -> None:
    """Each pixel of the stroke is seen as such, but for the soft edge."""
    zoom = 4  # dots of the screen a pixel of the photo
    size = (round(SHAPE[1] * zoom / ratio), round(SHAPE[0] * zoom / ratio))
    placement = Placement(0.0, 0.0, zoom / ratio, *size, ratio)
    seen = painted(stroke, placement)[zoom // 2 :: zoom, zoom // 2 :: zoom][: SHAPE[0], : SHAPE[1]]
    wanted = np.zeros(SHAPE, np.bool_)
    wanted.reshape(-1)[rasterise([stroke], SHAPE).indices] = True
    assert seen.shape == wanted.shape
    assert wanted.sum() > 200
    assert (seen != wanted).sum() < 0.12 * wanted.sum()
    inner = wanted[1:-1, 1:-1] & wanted[2:, 1:-1] & wanted[:-2, 1:-1] & wanted[1:-1, 2:] & wanted[1:-1, :-2]
    assert seen[1:-1, 1:-1][inner].mean() > 0.97


def test_each_stroke_has_an_outline_that_stands_out() -> None:
    for rgb in ((0, 0, 0), (255, 255, 255), (128, 128, 128), (250, 240, 30), (20, 20, 130)):
        edge, body = outline_colour("colour", rgb).lightness(), QColor(*rgb).lightness()
        for ground in (0, 255):
            assert max(abs(edge - ground), abs(body - ground)) > 100


def test_kinds_look_different() -> None:
    placement = Placement(0.0, 0.0, 4.0, 320, 240, 1.0)
    looks = []
    for kind in ("neutral", "keep"):
        stroke = replace(CURVE, kind=kind, rgb=None)
        image = render(StrokePainter(), [stroke], placement, ProgressToken())
        looks.append(
            {QColor(image.pixelColor(42 + x, 42 + y)).lightness() for x in range(8) for y in range(8)}
        )
    neutral, keep = looks
    assert min(len(neutral), len(keep)) > 2  # patterns
    assert min(keep) < min(neutral) < max(neutral) < max(keep)


def test_a_thin_stroke_far_away_can_be_seen() -> None:
    thin = replace(CURVE, radius_px=0.5)
    assert painted(thin, Placement(0.0, 0.0, 0.25, 20, 15, 1.0)).any()


def test_strokes_follow_zoom_and_pan(studio: Studio) -> None:
    studio.drag([(200, 200), (200, 300)])
    for zoom in (1.0, 4.0, 0.5):
        studio.canvas.set_zoom(zoom, studio.at(200, 250))
        studio.painted()
        assert studio.colour_at((200, 240)) == RED
        assert studio.colour_at((230, 240)) != RED


def test_before_the_thread_is_done_the_last_picture_is_shown_in_its_new_place(studio: Studio) -> None:
    studio.window.brush.radius_px = 20.0
    studio.drag([(200, 200), (200, 300)])
    studio.painted()
    studio.window.tools.layer._busy = True  # as if it were at something else
    studio.canvas.set_zoom(3.0, studio.at(200, 250))
    assert studio.colour_at((200, 250)) == RED
    assert studio.colour_at((250, 250)) != RED
    studio.click((260, 250))  # a stroke that the picture lacks
    assert studio.colour_at((260, 250)) == RED


def test_shown_dimmed_hidden(studio: Studio) -> None:
    fade = studio.canvas._fade
    studio.qtbot.waitUntil(lambda: fade.currentTime() >= fade.duration())
    backend: Any = studio.window.session.backend
    backend.previews = False
    backend.gate.clear()  # the photo under the stroke stays as it is
    studio.drag([(200, 200), (200, 300)])
    studio.painted()
    seen = []
    for _ in range(3):
        seen.append(studio.colour_at((200, 250)))
        studio.take("strokes_display")
    studio.window.session.undo_stack.undo()
    studio.painted()
    bare = studio.colour_at((200, 250))
    assert seen[0] == RED
    assert seen[2] == bare
    assert seen[1] not in (RED, bare)


def test_the_later_stroke_is_over_the_earlier(studio: Studio) -> None:
    studio.drag([(200, 200), (200, 300)])
    studio.window.brush.rgb = (20, 60, 220)
    studio.drag([(150, 250), (250, 250)])
    studio.painted()
    assert studio.colour_at((200, 250)) == (20, 60, 220)
    studio.window.selection.set([studio.strokes[0]])
    studio.take("bring_to_front")
    studio.painted()
    assert studio.colour_at((200, 250)) == RED


def test_selected_strokes_are_marked(studio: Studio) -> None:
    studio.drag([(200, 200), (200, 300)])
    studio.painted()
    beside = (200 - 6 - 2.5 / studio.canvas.view.scale, 250)
    before = studio.colour_at(beside)
    studio.take("select_all")
    studio.painted()
    assert studio.colour_at(beside) != before
    assert studio.colour_at((200, 250)) == RED


def test_the_growing_stroke_is_seen_as_it_grows(studio: Studio) -> None:
    studio.press((200, 200))
    studio.move((200, 300))
    assert studio.colour_at((200, 240)) == RED
    assert studio.colour_at((200, 340)) != RED
    studio.canvas.set_zoom(2.0, studio.at(200, 250))
    studio.move((200, 360))
    assert studio.colour_at((200, 240)) == RED
    assert studio.colour_at((200, 340)) == RED
    studio.release((200, 360))


def test_only_what_is_new_is_painted_while_drawing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    from colorstudio.gui.canvas import growing

    lengths: list[int] = []
    outline = growing.path_outline

    def counting(points, *others):
        lengths.append(len(points))
        return outline(points, *others)

    monkeypatch.setattr(growing, "path_outline", counting)
    studio.press((200, 200))
    for step in range(1, 60):
        studio.move((200 + step % 7, 200 + step))
        studio.canvas.grab()
    studio.release((200, 260))
    assert max(lengths) <= 3


def test_another_photo_has_none_of_the_strokes(studio: Studio) -> None:
    document = studio.window.session.document
    assert document is not None
    studio.window.session.apply(ChangeStrokes.of(document, "stroke", [CURVE]))
    studio.painted()
    studio.window.session.close_photo()
    assert studio.window.tools.layer._painted is None
    assert studio.window.tools.editor.strokes == ()
