"""Choosing colours in the window: the place under the cursor, strokes, eyedropper, suggestions, palettes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.document.chosen_colour import ChosenColour, colour_at
from colorstudio.document.palette_file import read_palette, write_palette
from colorstudio.document.palettes import Palette, PaletteColour
from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.view_transform import PhotoPoint
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.settings import WindowSettings
from colorstudio.paths import user_palettes_dir

WAIT_MS = 20_000
LEFT = Qt.MouseButton.LeftButton
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
Opener = Callable[[Path], None]
Maker = Callable[..., Path]


@pytest.fixture
def coloured(window: MainWindow, open_photo: Opener, tmp_path: Path) -> MainWindow:
    """A photo that is dark on the left and light on the right."""
    pixels = np.full((200, 320), 60, np.uint8)
    pixels[:, 160:] = 190
    path = tmp_path / "halves.png"
    Image.fromarray(pixels).save(path)
    open_photo(path)
    window.settings.recent_colours = []
    return window


def place(window: MainWindow, row: float, col: float) -> QPoint:
    return window.canvas.view.to_view(PhotoPoint(row, col)).toPoint()


def hover(window: MainWindow, row: float, col: float, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    at = window.canvas.view.to_view(PhotoPoint(row, col))
    move = QMouseEvent(
        QEvent.Type.MouseMove, at, window.canvas.mapToGlobal(at), NO_BUTTON, NO_BUTTON, modifiers
    )
    QApplication.sendEvent(window.canvas, move)


def leave(window: MainWindow) -> None:
    QApplication.sendEvent(window.canvas, QEvent(QEvent.Type.Leave))


def luminance_at(window: MainWindow, row: int, col: int) -> float:
    assert window.session.document is not None
    return float(window.session.document.luminance[row, col])


def add_stroke(window: MainWindow, rgb: tuple[int, int, int], col: int = 100) -> Stroke:
    stroke = Stroke(((50.0, float(col)), (120.0, float(col))), 4.0, "colour", rgb)
    window.stroke_editor.add(stroke)
    return stroke


def strokes(window: MainWindow) -> tuple[Stroke, ...]:
    assert window.session.document is not None
    return window.session.document.strokes


# -- the place -------------------------------------------------------------------------------------------


def test_the_luminance_follows_the_cursor(qtbot: QtBot, coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    hover(coloured, 100, 40)
    qtbot.waitUntil(lambda: panel.luminance == pytest.approx(luminance_at(coloured, 100, 40), abs=0.01))
    dark = panel.swatch.here
    hover(coloured, 100, 280)
    qtbot.waitUntil(lambda: panel.luminance == pytest.approx(luminance_at(coloured, 100, 280), abs=0.01))
    assert panel.picker.luminance == round(luminance_at(coloured, 100, 280))
    assert min(panel.swatch.here) > min(dark)
    assert panel.numbers.lightness.value() == round(panel.luminance)


def test_a_chosen_colour_keeps_its_chroma_and_is_shown_as_it_will_look(
    qtbot: QtBot, coloured: MainWindow
) -> None:
    panel = coloured.colours.panel
    panel.picker.setFocus()
    hover(coloured, 100, 280)
    qtbot.waitUntil(lambda: panel.luminance > 50)
    coloured.colours.choose(ChosenColour.of_chroma((40.0, 30.0), panel.luminance), 1)
    hover(coloured, 100, 40)
    qtbot.waitUntil(lambda: panel.luminance < 50)
    assert panel.colour.chroma_lab == (40.0, 30.0)
    assert panel.swatch.here == colour_at(panel.luminance, (40.0, 30.0))
    assert coloured.brush.rgb == panel.colour.rgb != panel.swatch.here


def test_the_swatch_shows_what_the_intensity_makes_of_it(coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    coloured.colours.choose(ChosenColour.of_chroma((20.0, 10.0), panel.luminance), 1)
    coloured.session.change_settings("intensity", saturation=0.5)
    assert panel.swatch.here == colour_at(panel.luminance, (10.0, 5.0))


def test_the_way_to_the_panel_changes_nothing(qtbot: QtBot, coloured: MainWindow, backend: Any) -> None:
    panel, colours = coloured.colours.panel, coloured.colours
    hover(coloured, 30, 40)
    qtbot.waitUntil(lambda: colours.place.place == (30, 40) and len(panel.suggestions.suggestions) == 2)
    colours.place._rest.setInterval(5000)  # a busy machine makes pauses that nobody's hand made
    for col in range(60, 310, 10):  # straight over the photo, towards the panel
        hover(coloured, 100, col)
        qtbot.wait(5)
    qtbot.waitUntil(lambda: panel.luminance > 50)  # it follows on the way
    leave(coloured)
    assert panel.luminance == pytest.approx(luminance_at(coloured, 30, 40), abs=0.01)
    assert not colours.place._rest.isActive()
    assert colours.place.place == (30, 40)
    assert backend.places == [(30, 40)]


def test_a_cursor_on_its_way_means_no_place(qtbot: QtBot, coloured: MainWindow) -> None:
    timer = coloured.colours.place._rest
    timer.setInterval(5000)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    hover(coloured, 100, 40)
    qtbot.wait(50)
    left = timer.remainingTime()
    hover(coloured, 100, 90)
    assert timer.remainingTime() > left


def test_a_cursor_that_trembles_rests_all_the_same(qtbot: QtBot, coloured: MainWindow) -> None:
    rest = coloured.colours.place._rest
    rest.setInterval(5000)
    rest.setTimerType(Qt.TimerType.PreciseTimer)
    hover(coloured, 100, 150)
    qtbot.wait(50)
    left = rest.remainingTime()
    hover(coloured, 100.5, 150.5)
    assert rest.remainingTime() <= left
    rest.setInterval(0)
    qtbot.waitUntil(lambda: coloured.colours.place.place == (100, 150))


def test_the_place_is_held(qtbot: QtBot, coloured: MainWindow, backend: Any) -> None:
    colours = coloured.colours
    hover(coloured, 30, 40)
    qtbot.keyClick(coloured, Qt.Key.Key_L)
    assert coloured.actions_by_name["hold_colours"].isChecked()
    assert colours.place.place == (30, 40)
    hover(coloured, 100, 280)
    qtbot.wait(300)
    assert colours.place.place == (30, 40)
    assert colours.panel.luminance < 50
    qtbot.keyClick(coloured, Qt.Key.Key_L)
    hover(coloured, 101, 280)
    qtbot.waitUntil(lambda: colours.place.place == (101, 280))


def test_the_place_stays_while_a_stroke_is_drawn(qtbot: QtBot, coloured: MainWindow) -> None:
    colours = coloured.colours
    hover(coloured, 30, 40)
    qtbot.waitUntil(lambda: colours.place.place == (30, 40))
    qtbot.mousePress(coloured.canvas, LEFT, pos=place(coloured, 30, 40))
    hover(coloured, 100, 280)
    qtbot.wait(300)
    assert colours.place.place == (30, 40)
    qtbot.mouseRelease(coloured.canvas, LEFT, pos=place(coloured, 100, 280))


def test_the_place_is_marked_when_the_cursor_is_elsewhere(qtbot: QtBot, coloured: MainWindow) -> None:
    hover(coloured, 30, 240)
    qtbot.waitUntil(lambda: coloured.colours.place.place == (30, 240))
    ring = place(coloured, 30.5, 240.5) + QPoint(5, 0)
    before = coloured.canvas.grab().toImage().pixelColor(ring)
    leave(coloured)
    assert coloured.canvas.grab().toImage().pixelColor(ring) != before


@pytest.mark.parametrize("size", [(100, 90), (320, 200)])
def test_another_photo_has_places_of_its_own(
    qtbot: QtBot, coloured: MainWindow, open_photo: Opener, make_photo: Maker, size: tuple[int, int]
) -> None:
    hover(coloured, 30, 40)
    qtbot.waitUntil(lambda: len(coloured.colours.panel.suggestions.suggestions) == 2)
    open_photo(make_photo("other.png", *size))
    assert coloured.colours.place.place is None
    assert coloured.colours.panel.suggestions.suggestions == ()


def test_a_cursor_about_to_rest_means_nothing_on_the_next_photo(
    qtbot: QtBot, coloured: MainWindow, make_photo: Maker
) -> None:
    with qtbot.waitSignal(coloured.session.opened):
        coloured.open_paths([make_photo("other.png")])
        hover(coloured, 30, 40)
    qtbot.wait(300)
    assert coloured.colours.place.place is None


# -- suggestions -----------------------------------------------------------------------------------------


def test_suggestions_are_chosen_by_click_and_by_key(qtbot: QtBot, coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    coloured.brush.kind = "neutral"
    hover(coloured, 30, 40)
    qtbot.waitUntil(lambda: len(panel.suggestions.suggestions) == 2)
    qtbot.mouseClick(panel.suggestions, LEFT, pos=panel.suggestions.rect_of(0).center().toPoint())
    assert coloured.brush.rgb == (180, 120, 90)
    assert coloured.brush.kind == "colour"
    assert panel.colour.chroma_lab == (30.0, 20.0)
    qtbot.keyClick(coloured, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert coloured.brush.rgb == (80, 130, 190)
    qtbot.keyClick(coloured, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)  # there is none
    assert coloured.brush.rgb == (80, 130, 190)


def test_another_network_is_asked_anew(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    hover(coloured, 30, 40)
    qtbot.waitUntil(lambda: len(backend.places) == 1)
    coloured.session.choose_model("model", "cool")
    qtbot.waitUntil(lambda: len(backend.places) == 2)
    assert backend.places[1] == (30, 40)
    wait_coloured()


def test_a_stroke_changes_what_is_likely(
    qtbot: QtBot, coloured: MainWindow, backend: Any, wait_coloured: Callable[[], None]
) -> None:
    add_stroke(coloured, (200, 40, 30))
    wait_coloured()
    assert backend.places == []  # nobody wants to know yet
    hover(coloured, 30, 40)
    qtbot.waitUntil(lambda: len(backend.places) == 1)
    coloured.session.undo_stack.undo()
    qtbot.waitUntil(lambda: len(backend.places) == 2)
    assert backend.places[1] == (30, 40)
    wait_coloured()


# -- strokes ---------------------------------------------------------------------------------------------


def test_without_a_selection_the_brush_is_coloured(qtbot: QtBot, coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    add_stroke(coloured, (200, 60, 50))
    picker = panel.picker
    qtbot.mouseClick(picker, LEFT, pos=picker.rect().center() + QPoint(8, -12))
    assert coloured.brush.rgb == panel.colour.rgb != (200, 60, 50)
    assert strokes(coloured)[0].rgb == (200, 60, 50)


def test_a_selected_stroke_is_shown_and_recoloured_in_one_step(qtbot: QtBot, coloured: MainWindow) -> None:
    panel, stack = coloured.colours.panel, coloured.session.undo_stack
    other = add_stroke(coloured, (20, 60, 150), col=30)
    stroke = add_stroke(coloured, (200, 60, 50), col=250)
    coloured.selection.set([stroke])
    assert panel.colour.rgb == (200, 60, 50)
    assert panel.luminance == pytest.approx(luminance_at(coloured, 120, 250), abs=0.01)
    steps, brush = stack.count(), coloured.brush.rgb
    slider = panel.hue
    qtbot.mousePress(slider, LEFT, pos=QPoint(100, 9))
    for x in (110, 125, 140):
        qtbot.mouseMove(slider, QPoint(x, 9))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(140, 9))
    assert stack.count() == steps + 1
    assert strokes(coloured)[1].rgb == panel.colour.rgb != (200, 60, 50)
    assert strokes(coloured)[0] is other
    assert coloured.brush.rgb == brush
    stack.undo()
    assert strokes(coloured)[1].rgb == (200, 60, 50)
    assert panel.colour.rgb == (200, 60, 50)
    coloured.selection.clear()
    assert panel.colour.rgb == brush


def test_the_luminance_is_the_selected_strokes(qtbot: QtBot, coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    hover(coloured, 30, 40)
    qtbot.waitUntil(lambda: coloured.colours.place.place == (30, 40))
    coloured.selection.set([add_stroke(coloured, (200, 60, 50), col=250)])
    hover(coloured, 31, 40)
    qtbot.wait(250)
    assert panel.luminance == pytest.approx(luminance_at(coloured, 120, 250), abs=0.01)
    assert coloured.colours.place.place == (120, 250)


def test_neutral_strokes_take_a_colour(coloured: MainWindow) -> None:
    neutral = Stroke(((50.0, 100.0),), 4.0, "neutral")
    coloured.stroke_editor.add(neutral)
    coloured.selection.set([neutral])
    coloured.colours.choose(ChosenColour.of_rgb((10, 90, 60)), 7)
    assert strokes(coloured)[0].kind == "colour"
    assert strokes(coloured)[0].rgb == (10, 90, 60)


def test_a_gray_can_be_given_a_hue_and_then_a_chroma(qtbot: QtBot, coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    coloured.colours.choose(ChosenColour.of_chroma((0.0, 0.0), panel.luminance), 1)
    panel.hue.setFocus()
    panel.hue.setValue(270)
    assert panel.colour.chroma_lab == pytest.approx((0.0, 0.0))
    panel.chroma.setValue(20)
    assert panel.colour.chroma_lab == pytest.approx((0.0, -20.0), abs=1e-4)
    assert panel.hue.value() == 270
    panel.chroma.setValue(134)  # more than there is
    assert panel.chroma.value() < 100
    assert panel.colour.at(panel.luminance) == panel.colour.rgb


def test_tools_that_change_the_brush_are_shown(coloured: MainWindow) -> None:
    coloured.brush.rgb = (12, 90, 160)
    assert coloured.colours.panel.colour.rgb == (12, 90, 160)


# -- recent colours --------------------------------------------------------------------------------------


def test_colours_that_were_used_are_remembered(coloured: MainWindow, settings: WindowSettings) -> None:
    for rgb in ((200, 60, 50), (20, 60, 150), (200, 60, 50)):
        add_stroke(coloured, rgb)
    assert [colour.rgb for colour in coloured.colours.panel.recent.colours] == [(200, 60, 50), (20, 60, 150)]
    assert settings.recent_colours == [(200, 60, 50), (20, 60, 150)]
    coloured.session.undo_stack.undo()
    coloured.colours.choose(ChosenColour.of_rgb((1, 2, 3)), 1)  # chosen, not used
    assert settings.recent_colours[0] == (200, 60, 50)


def test_taking_strokes_back_uses_no_colour(coloured: MainWindow, settings: WindowSettings) -> None:
    add_stroke(coloured, (200, 60, 50))
    add_stroke(coloured, (20, 60, 150))
    coloured.session.undo_stack.undo()
    assert settings.recent_colours == [(20, 60, 150), (200, 60, 50)]


def test_a_colour_that_selected_strokes_are_given_is_remembered(
    qtbot: QtBot, coloured: MainWindow, settings: WindowSettings
) -> None:
    coloured.selection.set([add_stroke(coloured, (200, 60, 50))])
    for red in (10, 20, 30):  # a drag
        coloured.colours.choose(ChosenColour.of_rgb((red, 90, 60)), 7)
    qtbot.waitUntil(lambda: settings.recent_colours == [(30, 90, 60), (200, 60, 50)])


def test_a_recent_colour_is_chosen_again(qtbot: QtBot, coloured: MainWindow) -> None:
    add_stroke(coloured, (200, 60, 50))
    recent = coloured.colours.panel.recent
    qtbot.mouseClick(recent, LEFT, pos=recent.rect_of(0).center())
    assert coloured.brush.rgb == (200, 60, 50)


# -- the eyedropper --------------------------------------------------------------------------------------


def test_alt_takes_a_colour_from_the_result(qtbot: QtBot, coloured: MainWindow) -> None:
    after = coloured.canvas.after
    assert after is not None
    pixel = after.levels[0].pixelColor(280, 100)
    qtbot.mouseClick(
        coloured.canvas, LEFT, Qt.KeyboardModifier.AltModifier, pos=place(coloured, 100.5, 280.5)
    )
    assert coloured.brush.rgb == (pixel.red(), pixel.green(), pixel.blue())
    assert strokes(coloured) == ()


def test_the_eyedropper_allows_for_the_intensity(
    qtbot: QtBot, coloured: MainWindow, wait_coloured: Callable[[], None]
) -> None:
    coloured.session.change_settings("intensity", saturation=0.5)
    wait_coloured()
    hover(coloured, 100, 280)
    coloured.actions_by_name["tool_eyedropper"].trigger()
    qtbot.mouseClick(coloured.canvas, LEFT, pos=place(coloured, 100.5, 280.5))
    # The fake's colour, which the photo shows half of.
    assert coloured.colours.panel.colour.chroma_lab == pytest.approx((30.0, 20.0), abs=1.5)


def test_a_colour_from_a_reference_photo(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "reference.png"
    Image.fromarray(np.full((40, 40, 3), (150, 80, 60), np.uint8)).save(path)
    qtbot.keyClick(coloured, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    references = coloured.colours.references
    assert references.isVisible()
    references._chosen([path])
    qtbot.waitUntil(lambda: references.tabs.count() == 1, timeout=WAIT_MS)
    canvas = references.tabs.currentWidget()
    assert canvas is not None
    qtbot.mouseClick(canvas, LEFT, pos=canvas.rect().center())
    assert coloured.brush.rgb == (150, 80, 60)
    assert coloured.session.photo is not None
    assert coloured.session.photo.source.name == "halves.png"
    coloured.close()
    assert not references.isVisible()


# -- palettes --------------------------------------------------------------------------------------------


@pytest.fixture
def palettes(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.waitUntil(lambda: window.colours.palettes.library is not None, timeout=WAIT_MS)
    return window


def test_changed_palettes_are_saved_at_once(qtbot: QtBot, palettes: MainWindow) -> None:
    box = palettes.colours.panel.palettes
    assert box.combo.currentText() == "Skin"
    qtbot.mouseClick(box.add_button, LEFT)
    path = user_palettes_dir() / "1-skin.gpl"
    qtbot.waitUntil(path.exists, timeout=WAIT_MS)
    assert read_palette(path).colours[-1].rgb == palettes.brush.rgb
    library = palettes.colours.palettes.library
    assert library is not None
    qtbot.waitUntil(lambda: not library.unsaved(), timeout=WAIT_MS)


def test_the_colour_of_a_stroke_is_kept_in_the_palette(coloured: MainWindow, palettes: MainWindow) -> None:
    coloured.selection.set([add_stroke(coloured, (11, 22, 33))])
    coloured.actions_by_name["save_stroke_colour"].trigger()
    shown = palettes.colours.panel.palettes.palette_shown
    assert shown is not None
    assert shown.colours[-1].rgb == (11, 22, 33)


def test_what_is_not_saved_is_saved_on_closing(qtbot: QtBot, palettes: MainWindow) -> None:
    palettes.colours.palettes._save_lane.request_close()  # as if it were busy to the end
    palettes.colours.save_colour((9, 8, 7))
    palettes.close()
    assert read_palette(user_palettes_dir() / "1-skin.gpl").colours[-1].rgb == (9, 8, 7)


def test_palettes_are_there_again_in_the_next_window(
    qtbot: QtBot, palettes: MainWindow, backend: Any, settings: WindowSettings
) -> None:
    palettes.colours.panel.palettes.add_palette(Palette("Coats", (PaletteColour((1, 2, 3), "ink"),)))
    palettes.close()
    again = MainWindow(backend, settings)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.colours.palettes.library is not None, timeout=WAIT_MS)
    assert again.colours.panel.palettes.combo.currentText() == "Coats"
    again.close()


def test_files_are_imported_and_exported(qtbot: QtBot, palettes: MainWindow, tmp_path: Path) -> None:
    colours, box = palettes.colours, palettes.colours.panel.palettes
    good, bad = tmp_path / "good.gpl", tmp_path / "bad.gpl"
    write_palette(good, Palette("Coats", (PaletteColour((1, 2, 3), "ink"),)))
    bad.write_text("no palette")
    box.import_requested.emit([bad])
    qtbot.waitUntil(lambda: any("bad.gpl" in item.text for item in palettes.message_bar.messages))
    assert palettes.message_bar.messages[0].severity is Severity.ERROR
    box.import_requested.emit([good])
    qtbot.waitUntil(lambda: box.combo.currentText() == "Coats", timeout=WAIT_MS)
    assert colours.panel.palettes.grid.colours == (PaletteColour((1, 2, 3), "ink"),)
    out = tmp_path / "out.gpl"
    box.export_requested.emit(Palette("Coats", (PaletteColour((4, 5, 6)),)), out)
    qtbot.waitUntil(out.exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: any("out.gpl" in item.text for item in palettes.message_bar.messages))
    box.export_requested.emit(Palette("Coats"), tmp_path / "nowhere" / "out.gpl")
    qtbot.waitUntil(lambda: any("no folder" in item.text for item in palettes.message_bar.messages))


# -- the panel -------------------------------------------------------------------------------------------


def test_it_fits_beside_everything_else(coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    assert coloured.size().width() == 1280
    assert panel.height() <= 345
    assert panel.width() <= 304
    for child in panel.findChildren(QWidget):
        if child.isVisibleTo(panel) and not panel.palettes.area.isAncestorOf(child):
            assert panel.rect().contains(
                child.geometry().translated(child.parentWidget().mapTo(panel, QPoint()))
            )
            assert child.height() >= min(child.minimumSizeHint().height(), 16)


def test_the_keyboard_reaches_everything(qtbot: QtBot, coloured: MainWindow) -> None:
    panel = coloured.colours.panel
    panel.picker.setFocus()
    reached: list[QWidget] = []
    while len(reached) < 40:
        focus = QApplication.focusWidget()
        assert focus is not None
        if not panel.isAncestorOf(focus):
            break
        reached.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    wanted = (panel.picker, panel.hue, panel.chroma, panel.suggestions, panel.recent)
    for widget in (*wanted, panel.numbers.hex, panel.numbers.a, panel.palettes.combo, panel.palettes.grid):
        assert widget in reached
    for widget in reached:
        assert widget.accessibleName(), widget
