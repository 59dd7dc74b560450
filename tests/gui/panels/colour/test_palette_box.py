"""The palettes in the panel: choosing, changing, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.document.chosen_colour import ChosenColour
from colorstudio.document.palette_library import KeptPalette, PaletteLibrary
from colorstudio.document.palettes import MAX_COLOURS, Palette, PaletteColour
from colorstudio.gui.panels.colour.palette_box import PaletteBox

LEFT = Qt.MouseButton.LeftButton
Listen = Callable[[Any], list[tuple[Any, ...]]]
SKIN = Palette("Skin", tuple(PaletteColour((200 - i, 150, 120), f"skin {i}") for i in range(6)), "A note.")
HAIR = Palette("Hair", (PaletteColour((40, 30, 20), "brown"), PaletteColour((10, 10, 10))))
MINE = Palette("Mine", (PaletteColour((1, 2, 3), "ink"),))


@pytest.fixture
def library(tmp_path: Path) -> PaletteLibrary:
    kept = (
        KeptPalette(SKIN, tmp_path / "skin.gpl", SKIN),
        KeptPalette(HAIR, tmp_path / "hair.gpl", HAIR),
        KeptPalette(MINE, tmp_path / "mine.gpl"),
    )
    return PaletteLibrary(tmp_path, kept)


@pytest.fixture
def box(shown: Callable[[PaletteBox], PaletteBox], library: PaletteLibrary) -> PaletteBox:
    made = shown(PaletteBox())
    made.resize(280, made.sizeHint().height())
    made.set_library(library, "Hair")
    made.show_colour(ChosenColour.of_rgb((90, 60, 30)))
    return made


def choose_from_menu(box: PaletteBox, words: str) -> None:
    box.menu.aboutToShow.emit()
    (action,) = (action for action in box.menu.actions() if words in action.text().replace("&", ""))
    assert action.isEnabled()
    action.trigger()


def enabled(box: PaletteBox) -> set[str]:
    box.menu.aboutToShow.emit()
    return {action.text().replace("&", "") for action in box.menu.actions() if action.isEnabled()}


def answer(qtbot: QtBot, box: QWidget, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    (dialog,) = box.window().findChildren(QInputDialog)
    dialog.setTextValue(text)
    qtbot.keyClick(dialog, key)
    qtbot.waitUntil(lambda: not box.window().findChildren(QInputDialog))


def test_the_palette_of_last_time_is_shown(box: PaletteBox) -> None:
    assert box.combo.currentText() == "Hair"
    assert box.grid.colours == HAIR.colours


def test_another_palette_is_chosen_by_key(qtbot: QtBot, box: PaletteBox, told: Listen) -> None:
    heard = told(box.palette_chosen)
    qtbot.keyClick(box.combo, Qt.Key.Key_Up)
    assert heard == [("Skin",)]
    assert box.grid.colours == SKIN.colours
    assert box.combo.toolTip() == "A note."


def test_a_colour_is_taken_by_click(qtbot: QtBot, box: PaletteBox, told: Listen) -> None:
    heard = told(box.colour_chosen)
    qtbot.mouseClick(box.grid, LEFT, pos=box.grid.rect_of(1).center())
    assert heard == [((10, 10, 10),)]


def test_the_chosen_colour_is_added_once(
    qtbot: QtBot, box: PaletteBox, library: PaletteLibrary, told: Listen
) -> None:
    changed, messages = told(box.changed), told(box.told)
    qtbot.mouseClick(box.add_button, LEFT)
    assert [colour.rgb for colour in box.grid.colours] == [(40, 30, 20), (10, 10, 10), (90, 60, 30)]
    assert len(changed) == 1
    assert library.unsaved()
    qtbot.mouseClick(box.add_button, LEFT)
    assert len(box.grid.colours) == 3
    assert "already" in messages[-1][0].text


def test_a_full_palette_says_so(qtbot: QtBot, box: PaletteBox, library: PaletteLibrary, told: Listen) -> None:
    messages = told(box.told)
    many = tuple(PaletteColour((i % 256, i // 256, 7)) for i in range(MAX_COLOURS))
    box.add_palette(Palette("Full", many))
    qtbot.mouseClick(box.add_button, LEFT)
    assert "start another palette" in messages[-1][0].text
    assert len(box.grid.colours) == MAX_COLOURS


def test_a_removed_colour_can_be_had_back(
    qtbot: QtBot, box: PaletteBox, library: PaletteLibrary, told: Listen
) -> None:
    messages = told(box.told)
    box.grid.setFocus()
    qtbot.keyClick(box.grid, Qt.Key.Key_Delete)
    assert box.grid.colours == HAIR.colours[1:]
    (message,) = messages[-1]
    assert "brown" in message.text
    box.combo.setCurrentIndex(0)
    message.remedies[0].run()
    assert box.combo.currentText() == "Hair"
    assert box.grid.colours == HAIR.colours


def test_colours_are_put_in_another_order(qtbot: QtBot, box: PaletteBox, library: PaletteLibrary) -> None:
    box.grid.setFocus()
    qtbot.keyClick(box.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert box.grid.colours == HAIR.colours[::-1]
    assert library[1].palette.colours == HAIR.colours[::-1]


def test_a_colour_gets_a_name(qtbot: QtBot, box: PaletteBox) -> None:
    box.grid.menu_requested.emit(1, box.grid.mapToGlobal(box.grid.rect_of(1).center()))
    (menu,) = (menu for menu in box.findChildren(QMenu) if menu is not box.menu)
    menu.actions()[1].trigger()
    menu.close()
    answer(qtbot, box, "  jet\tblack ")
    assert box.grid.colours[1].name == "jet black"


def test_a_new_palette(qtbot: QtBot, box: PaletteBox, library: PaletteLibrary, told: Listen) -> None:
    heard = told(box.palette_chosen)
    choose_from_menu(box, "New palette")
    answer(qtbot, box, "skin")
    assert library.names[-1] == "skin 2"
    assert heard[-1] == ("skin 2",)
    assert box.grid.colours == ()
    qtbot.mouseClick(box.add_button, LEFT)
    assert len(box.grid.colours) == 1


def test_a_palette_gets_another_name(
    qtbot: QtBot, box: PaletteBox, library: PaletteLibrary, told: Listen
) -> None:
    messages = told(box.told)
    choose_from_menu(box, "Rename palette")
    answer(qtbot, box, "SKIN")
    assert "choose another name" in messages[-1][0].text
    choose_from_menu(box, "Rename palette")
    answer(qtbot, box, "Beards")
    assert box.combo.currentText() == "Beards"
    assert library.names == ["Skin", "Beards", "Mine"]


def test_a_dialog_that_is_left_changes_nothing(
    qtbot: QtBot, box: PaletteBox, library: PaletteLibrary
) -> None:
    choose_from_menu(box, "Rename palette")
    answer(qtbot, box, "Beards", Qt.Key.Key_Escape)
    assert library.unsaved() == {}


def test_own_palettes_can_be_removed_and_had_back(
    box: PaletteBox, library: PaletteLibrary, told: Listen
) -> None:
    messages = told(box.told)
    assert "As it came along" not in enabled(box)
    box.combo.setCurrentIndex(2)
    choose_from_menu(box, "Remove palette")
    assert library.names == ["Skin", "Hair"]
    messages[-1][0].remedies[0].run()
    assert library.names == ["Skin", "Hair", "Mine"]
    assert box.grid.colours == MINE.colours


def test_a_changed_one_can_be_as_it_came(
    qtbot: QtBot, box: PaletteBox, library: PaletteLibrary, told: Listen
) -> None:
    messages = told(box.told)
    qtbot.mouseClick(box.add_button, LEFT)
    choose_from_menu(box, "As it came along")
    assert box.grid.colours == HAIR.colours
    messages[-1][0].remedies[0].run()
    assert len(box.grid.colours) == 3


def test_files_are_asked_for(qtbot: QtBot, box: PaletteBox, tmp_path: Path, told: Listen) -> None:
    imports, exports = told(box.import_requested), told(box.export_requested)
    choose_from_menu(box, "Import")
    (dialog,) = box.window().findChildren(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "a.gpl"), str(tmp_path / "b.gpl")])
    dialog.reject()
    qtbot.waitUntil(lambda: not box.window().findChildren(QFileDialog))
    assert imports == [([tmp_path / "a.gpl", tmp_path / "b.gpl"],)]
    choose_from_menu(box, "Export")
    (dialog,) = box.window().findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "c.gpl"))
    dialog.reject()
    assert exports == [(HAIR, tmp_path / "c.gpl")]


def test_palette_files_can_be_dropped(qtbot: QtBot, box: PaletteBox, tmp_path: Path, told: Listen) -> None:
    imports = told(box.import_requested)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.gpl", "photo.jpg")])
    place, copy = box.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(box, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(place), copy, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(box, drop)
    assert imports == [([tmp_path / "a.gpl"],)]


def test_a_colour_out_of_sight_is_scrolled_to(qtbot: QtBot, box: PaletteBox) -> None:
    many = tuple(PaletteColour((i, 0, 0)) for i in range(100))
    box.add_palette(Palette("Reds", many))
    qtbot.waitUntil(lambda: box.area.verticalScrollBar().maximum() > 0)
    box.grid.setFocus()
    qtbot.keyClick(box.grid, Qt.Key.Key_End)
    assert box.area.verticalScrollBar().value() == box.area.verticalScrollBar().maximum()
    qtbot.keyClick(box.grid, Qt.Key.Key_Home)
    assert box.area.verticalScrollBar().value() == 0


def test_without_palettes_there_is_nothing_to_do(box: PaletteBox) -> None:
    box.set_library(None)
    assert not box.isEnabled()
    box.add_colour((1, 2, 3))
    assert box.palette_shown is None
