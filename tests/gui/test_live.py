"""Strokes and the settings that they obey: the picture follows them."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from colorstudio.document.document import ChangeStrokes, Document, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.errors import DeviceError
from colorstudio.gui.assistance.preferences import PreferencesDialog
from colorstudio.gui.backend import Machine
from colorstudio.gui.canvas.picture import Picture, image_of
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.rendering import ColouredPhoto
from colorstudio.gui.results import Coloured, ResultCache, ResultKey
from colorstudio.gui.settings import WORKING_SIZES, WindowSettings
from colorstudio.imaging.photo import Photo, PhotoKind

WAIT_MS = 20_000
CPU = Machine("cpu")
BLUE = Stroke(((100.0, 40.0), (120.0, 60.0)), 4, "colour", (40, 60, 220))
RED = Stroke(((100.0, 240.0),), 4, "colour", (220, 60, 40))


def colour_at(picture: Picture | None, row: int, col: int) -> tuple[int, int, int]:
    assert picture is not None
    first = picture.levels[0]
    colour = first.pixelColor(
        col * first.width() // picture.shape[1], row * first.height() // picture.shape[0]
    )
    return colour.red(), colour.green(), colour.blue()


def colour_at_seen(picture: Picture | None, row: int, col: int) -> tuple[int, int, int]:
    """With what lies over the picture."""
    assert picture is not None
    for patch in reversed(picture.patches):
        if patch.rect.contains(QPointF(col, row)):
            at = (QPointF(col, row) - patch.rect.topLeft()) * (patch.image.width() / patch.rect.width())
            colour = patch.image.pixelColor(int(at.x()), int(at.y()))
            return colour.red(), colour.green(), colour.blue()
    return colour_at(picture, row, col)


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
    changes: list[dict[str, Any]] = [{"reach": 0.2}, {"mode": "scribbles"}]
    for change in changes:
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


def test_another_working_size_colours_again_and_holds(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    coloured.actions_by_name["preferences"].trigger()
    dialog = coloured.assistance.dialog
    assert isinstance(dialog, PreferencesDialog)
    dialog.size_box.setCurrentIndex(2)
    wait_coloured()
    size = dialog.size_box.currentData()
    assert backend.sizes == [0, size]
    assert size > 0
    paint(coloured, BLUE)
    wait_coloured()
    assert backend.sizes == [0, size, size]
    coloured.session.undo_stack.undo()
    dialog.size_box.setCurrentIndex(0)  # those colours are known
    wait_coloured()
    assert len(backend.sizes) == 3
    dialog.reject()


def test_the_preferred_working_size_holds_from_the_start(
    qtbot: QtBot, backend: Any, settings: WindowSettings
) -> None:
    settings.working_size_px = WORKING_SIZES[1]
    settings.device = "cuda"
    window = MainWindow(backend, settings)
    assert window.session.machine == Machine("cuda", WORKING_SIZES[1])
    window.session.shutdown()
    window.keeping.close()


# -- while the pen is down ------------------------------------------------------------------------------


def test_the_picture_follows_the_pen_and_ends_with_the_document(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    session = coloured.session
    before = colour_at(coloured.canvas.after, 50, 40)
    with qtbot.waitSignal(session.rendered, timeout=WAIT_MS):
        session.draw_live((BLUE,))
    drawn = colour_at_seen(coloured.canvas.after, 50, 40)
    assert drawn[2] > drawn[0]
    assert session.document.strokes == ()
    assert len(backend.passes) == 1
    paint(coloured, BLUE)
    session.end_live()
    wait_coloured()
    assert [document.strokes for document in backend.previewed] == [(BLUE,)], "it was shown already"
    assert len(backend.passes) == 2
    assert colour_at(coloured.canvas.after, 50, 40) != before


def test_what_was_drawn_and_let_go_without_an_edit_is_not_shown(
    qtbot: QtBot, coloured: MainWindow, wait_coloured: Callable[[], None]
) -> None:
    before = colour_at(coloured.canvas.after, 50, 40)
    with qtbot.waitSignal(coloured.session.rendered, timeout=WAIT_MS):
        coloured.session.draw_live((BLUE,))
    assert colour_at_seen(coloured.canvas.after, 50, 40) != before
    coloured.session.end_live()
    qtbot.waitUntil(lambda: not coloured.canvas.after.patches, timeout=WAIT_MS)
    wait_coloured()
    assert colour_at(coloured.canvas.after, 50, 40) == before


def test_a_preview_that_comes_after_the_right_colours_is_dropped(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    gate, inside = threading.Event(), threading.Event()
    preview = backend.preview

    def held(*args: Any, **kwargs: Any) -> Any:
        inside.set()
        assert gate.wait(20)
        return preview(*args, **kwargs)

    backend.preview = held
    coloured.session.draw_live((RED,))
    qtbot.waitUntil(inside.is_set, timeout=WAIT_MS)
    paint(coloured, BLUE)
    coloured.session.end_live()
    wait_coloured()
    with qtbot.waitSignal(coloured.session._preview_lane.idle, timeout=WAIT_MS):
        gate.set()
    assert coloured.canvas.after.patches == ()
    assert colour_at(coloured.canvas.after, 50, 40)[2] > 100


def test_a_burst_of_points_costs_few_previews_and_the_last_is_shown(
    qtbot: QtBot, coloured: MainWindow, backend: Any
) -> None:
    strokes = [
        Stroke(((100.0, 40.0), (100.0, 41.0 + k)), 4, "colour", (255 - 5 * k, 60, 5 * k)) for k in range(40)
    ]
    for stroke in strokes:
        coloured.session.draw_live((stroke,))
    qtbot.waitUntil(
        lambda: [document.strokes for document in backend.previewed[-1:]] == [(strokes[-1],)],
        timeout=WAIT_MS,
    )
    assert len(backend.previewed) <= 3
    qtbot.waitUntil(lambda: colour_at_seen(coloured.canvas.after, 50, 40)[2] > 150, timeout=WAIT_MS)


def test_a_finished_picture_does_not_wipe_out_what_is_being_drawn(
    qtbot: QtBot, coloured: MainWindow, backend: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint(coloured, BLUE)
    with qtbot.waitSignal(coloured.session.rendered, timeout=WAIT_MS):
        coloured.session.draw_live((BLUE, RED))
    shown: list[Picture] = []
    coloured.session.rendered.connect(shown.append)
    qtbot.waitUntil(lambda: coloured.session.colouring is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: coloured.session.activity is None, timeout=WAIT_MS)
    assert all(picture.patches for picture in shown)
    assert colour_at_seen(coloured.canvas.after, 50, 240)[0] > 150


def test_undo_of_a_stroke_is_previewed_until_its_colours_are_there(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    before = colour_at(coloured.canvas.after, 50, 40)
    paint(coloured, BLUE)
    wait_coloured()
    coloured.session.results.clear()  # as when the budget is used up
    backend.gate.clear()
    with qtbot.waitSignal(coloured.session.rendered, timeout=WAIT_MS):
        coloured.session.undo_stack.undo()
    assert colour_at_seen(coloured.canvas.after, 50, 40) == pytest.approx(before, abs=3)
    assert coloured.session.colouring is None
    backend.gate.set()
    wait_coloured()


def test_zoomed_in_what_is_on_the_screen_comes_first(
    qtbot: QtBot,
    window: MainWindow,
    backend: Any,
    open_photo: Callable[[Path], None],
    make_photo: Callable[..., Path],
    wait_coloured: Callable[[], None],
) -> None:
    backend.previews = False
    open_photo(make_photo("big.png", 1600, 1200))
    window.canvas.set_zoom(2.0)
    seen: list[Picture] = []
    window.session.rendered.connect(seen.append)
    paint(window, Stroke(((600.0, 300.0),), 4, "colour", (40, 60, 220)))
    wait_coloured()
    visible = window.canvas.view.visible_photo()
    assert [len(picture.patches) for picture in seen] == [1, 1, 0]
    assert seen[0].patches[0].rect.contains(visible)
    assert seen[0].patches[0].image == seen[1].patches[0].image


def test_only_what_changed_is_composed_again(
    window: MainWindow,
    open_photo: Callable[[Path], None],
    make_photo: Callable[..., Path],
    wait_coloured: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_photo(make_photo("big.png", 2400, 1600))
    areas: list[tuple[slice, slice]] = []
    pixels = ColouredPhoto.pixels

    def counted(self: ColouredPhoto, level: int, saturation: float, *area: Any, **kwargs: Any) -> Any:
        if level == 0:
            areas.append(area[:2])
        return pixels(self, level, saturation, *area, **kwargs)

    monkeypatch.setattr(ColouredPhoto, "pixels", counted)
    before = window.canvas.after.levels[0]
    paint(window, Stroke(((600.0, 300.0),), 4, "colour", (40, 60, 220)))
    wait_coloured()
    assert areas
    assert all(cols.stop <= 1536 for _, cols in areas), "the right half has its colours"
    after = window.canvas.after.levels[0]
    whole = pixels(window.session._coloured.photo, 0, 1.0)
    assert after == image_of(whole)
    assert after.copy(1600, 0, 800, 1600) == before.copy(1600, 0, 800, 1600)


# -- what is kept ---------------------------------------------------------------------------------------


def test_a_photo_is_warmed_up_once_it_has_colours(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    qtbot.waitUntil(lambda: len(backend.warmed) == 1, timeout=WAIT_MS)
    assert backend.warmed[0].photo is coloured.session.photo.photo
    paint(coloured, BLUE)
    wait_coloured()
    assert len(backend.warmed) == 1


def test_a_closed_photo_is_gone(
    qtbot: QtBot,
    window: MainWindow,
    backend: Any,
    open_photo: Callable[[Path], None],
    make_photo: Callable[..., Path],
    wait_coloured: Callable[[], None],
) -> None:
    open_photo(make_photo())
    window.session.draw_live((BLUE,))
    qtbot.waitUntil(lambda: bool(backend.previewed), timeout=WAIT_MS)
    window.session.end_live()
    wait_coloured()
    gone = [weakref.ref(window.session.document.photo), weakref.ref(window.session.colouring)]
    qtbot.waitUntil(lambda: bool(backend.warmed), timeout=WAIT_MS)
    window.session.close_photo()
    qtbot.waitUntil(lambda: backend.forgotten == [gone[0]()], timeout=WAIT_MS)
    for seen in (backend.forgotten, backend.documents, backend.previewed, backend.warmed):
        seen.clear()
    open_photo(make_photo("other.png"))  # which takes the places of what the lanes held last
    paint(window, RED)
    wait_coloured()

    def is_gone() -> bool:
        gc.collect()
        return [ref() for ref in gone] == [None, None]

    qtbot.waitUntil(is_gone, timeout=WAIT_MS)


def test_results_are_kept_within_their_budget() -> None:
    class Photo:
        nbytes = 100

    cache = ResultCache(250)
    document = Document(gray())
    keys = []
    for number in range(4):
        document.set_strokes((replace(BLUE, radius_px=number + 1.0),))
        keys.append(ResultKey(document, CPU))
        cache.put(Coloured(keys[-1], Photo()))  # type: ignore[arg-type]
        cache.get(keys[0])
    assert [cache.get(key) is not None for key in keys] == [True, False, False, True]
    assert cache.nbytes == 200
    cache.budget_bytes = 0
    cache.put(Coloured(keys[1], Photo()))  # type: ignore[arg-type]
    assert len(cache) == 1


def test_equal_inputs_have_equal_keys() -> None:
    document = Document(gray(), strokes=[BLUE])

    def key(device: str = "cpu", size: int = 0, **changes: Any) -> ResultKey:
        changed = Document(document.photo, replace(document.settings, **changes), [BLUE])
        return ResultKey(changed, Machine(device, size))

    assert key() == key(saturation=0.5)
    several = {
        key(),
        key(),
        key(reach=0.1),
        key(mode="network"),
        key(model="cool"),
        key("cuda"),
        key(size=320),
    }
    assert len(several) == 6
    assert key(mode="network") == key(mode="network", reach=0.1)
    assert key(mode="scribbles") == key("cuda", 320, mode="scribbles", reach=0.1, model="cool")
    bare = Document(document.photo)
    assert ResultKey(bare, CPU) == ResultKey(Document(bare.photo, Settings(mode="network")), CPU)
    assert ResultKey(bare, CPU) != ResultKey(Document(gray()), CPU)


def gray() -> Photo:
    return Photo(np.zeros((4, 6), np.uint8), PhotoKind.GRAY)


# -- suggestions ----------------------------------------------------------------------------------------


def test_suggestions_follow_the_cursor(qtbot: QtBot, coloured: MainWindow, backend: Any) -> None:
    seen: list[tuple[float, float, list[Any]]] = []
    coloured.session.suggested.connect(lambda *place: seen.append(place))
    for col in range(30):
        coloured.session.suggest(10.0, float(col))
    qtbot.waitUntil(lambda: bool(seen) and seen[-1][1] == 29, timeout=WAIT_MS)
    assert [round(each.probability, 1) for each in seen[-1][2]] == [0.6, 0.3]
    assert len(backend.places) <= 3
    assert threading.get_ident() not in backend.threads
    coloured.session.close_photo()
    coloured.session.suggest(1.0, 1.0)
    assert not coloured.session._suggest_lane.busy


def test_help_that_fails_disturbs_nobody(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise DeviceError("There is not enough memory.")

    backend.suggest = backend.preview = fail
    with qtbot.waitSignal(coloured.session._suggest_lane.failed, timeout=WAIT_MS):
        coloured.session.suggest(1.0, 1.0)
    paint(coloured, BLUE)
    wait_coloured()
    assert coloured.message_bar.messages == []
