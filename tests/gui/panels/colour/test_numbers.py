"""The colour in numbers: typing, pasting, and what is no colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from colorstudio.document.chosen_colour import ChosenColour
from colorstudio.gui.panels.colour.numbers import ColourNumbers

Listen = Callable[[Any], list[tuple[Any, ...]]]
TAN = ChosenColour.of_rgb((176, 122, 92))


@pytest.fixture
def numbers(shown: Callable[[ColourNumbers], ColourNumbers]) -> ColourNumbers:
    made = shown(ColourNumbers())
    show(made, TAN)
    made.chosen.connect(lambda colour, _: show(made, colour))  # as the panel does
    return made


def show(numbers: ColourNumbers, colour: ChosenColour, luminance: float = 40.0) -> None:
    numbers.show_colour(colour, luminance, colour.at(luminance))


def type_in(qtbot: QtBot, field: QLineEdit | QSpinBox, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, end)


def values(numbers: ColourNumbers) -> tuple[int, ...]:
    return tuple(field.value() for field in numbers.rgb)


def test_they_show_the_colour_as_it_looks_here(numbers: ColourNumbers) -> None:
    assert values(numbers) == TAN.at(40.0)
    assert numbers.hex.text() == "#{:02x}{:02x}{:02x}".format(*TAN.at(40.0))
    assert (numbers.a.value(), numbers.b.value()) == tuple(round(value) for value in TAN.chroma_lab)
    assert numbers.lightness.value() == 40


def test_the_luminance_is_the_photos(qtbot: QtBot, numbers: ColourNumbers, told: Listen) -> None:
    heard = told(numbers.chosen)
    type_in(qtbot, numbers.lightness, "80")
    qtbot.keyClick(numbers.lightness, Qt.Key.Key_Up)
    assert numbers.lightness.value() == 40
    assert heard == []
    assert "photo" in numbers.lightness.toolTip()


@pytest.mark.parametrize("copied", ["#1e5a32", "1e5a32", "  #1E5A32\n"])
def test_a_code_is_pasted_over_the_old_one(
    qtbot: QtBot, numbers: ColourNumbers, told: Listen, copied: str
) -> None:
    heard = told(numbers.chosen)
    QGuiApplication.clipboard().setText(copied)
    numbers.hex.setFocus()
    numbers.hex.setCursorPosition(3)
    qtbot.keyClick(numbers.hex, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    ((colour, _),) = heard
    assert colour == ChosenColour.of_rgb((0x1E, 0x5A, 0x32))
    qtbot.keyClick(numbers.hex, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: numbers.hex.text() == "#{:02x}{:02x}{:02x}".format(*colour.at(40.0)))


def test_a_code_that_was_entered_gives_way_when_its_field_is_left(
    qtbot: QtBot, numbers: ColourNumbers
) -> None:
    type_in(qtbot, numbers.hex, "1e5a32", Qt.Key.Key_Return)
    qtbot.wait(10)
    assert numbers.hex.text() == "1e5a32"
    numbers.a.setFocus()
    here = ChosenColour.of_rgb((0x1E, 0x5A, 0x32)).at(40.0)
    qtbot.waitUntil(lambda: numbers.hex.text() == "#{:02x}{:02x}{:02x}".format(*here))


@pytest.mark.parametrize("copied", ["red", "#12", "rgb(1,2,3)", "#1234567"])
def test_what_is_no_code_changes_nothing(
    qtbot: QtBot, numbers: ColourNumbers, told: Listen, copied: str
) -> None:
    before, heard = numbers.hex.text(), told(numbers.chosen)
    QGuiApplication.clipboard().setText(copied)
    numbers.hex.setFocus()
    numbers.hex.end(False)
    assert QKeySequence(QKeySequence.StandardKey.Paste).count()
    qtbot.keyClick(numbers.hex, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(numbers.hex, Qt.Key.Key_Return)
    assert heard == []
    assert numbers.hex.text() == before


def test_half_a_code_is_put_back(qtbot: QtBot, numbers: ColourNumbers, told: Listen) -> None:
    before, heard = numbers.hex.text(), told(numbers.chosen)
    type_in(qtbot, numbers.hex, "#12", Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: numbers.hex.text() == before)
    assert heard == []


def test_three_digits_count_when_they_are_all(qtbot: QtBot, numbers: ColourNumbers, told: Listen) -> None:
    heard = told(numbers.chosen)
    numbers.hex.setFocus()
    numbers.hex.selectAll()
    qtbot.keyClicks(numbers.hex, "#c84")
    assert heard == []
    qtbot.keyClick(numbers.hex, Qt.Key.Key_Return)
    assert heard[-1][0].rgb == (0xCC, 0x88, 0x44)


def test_red_green_and_blue_are_typed_one_after_the_other(
    qtbot: QtBot, numbers: ColourNumbers, told: Listen
) -> None:
    heard = told(numbers.chosen)
    for field, text in zip(numbers.rgb, ("30", "90", "50"), strict=True):
        type_in(qtbot, field, text, Qt.Key.Key_Tab)
        QApplication.processEvents()
    assert heard[-1][0] == ChosenColour.of_rgb((30, 90, 50))
    # The group is left: now they show what comes of it at this luminance.
    qtbot.waitUntil(lambda: values(numbers) == ChosenColour.of_rgb((30, 90, 50)).at(40.0))


def test_a_and_b_are_typed(qtbot: QtBot, numbers: ColourNumbers, told: Listen) -> None:
    heard = told(numbers.chosen)
    type_in(qtbot, numbers.a, "-12")
    assert heard[-1][0].chroma_lab == (-12.0, TAN.chroma_lab[1])
    qtbot.keyClick(numbers.b, Qt.Key.Key_Up)
    assert heard[-1][0].chroma_lab == (-12.0, round(TAN.chroma_lab[1]) + 1)


@pytest.mark.parametrize(("text", "kept"), [("300", 30), ("-5", 5), ("abc", None)])
def test_fields_take_nothing_out_of_range(
    qtbot: QtBot, numbers: ColourNumbers, text: str, kept: int | None
) -> None:
    red = numbers.rgb[0]
    before = red.value()
    type_in(qtbot, red, text)
    assert red.value() == (before if kept is None else kept)


def test_a_field_that_is_typed_in_stays_while_the_cursor_moves(qtbot: QtBot, numbers: ColourNumbers) -> None:
    type_in(qtbot, numbers.rgb[0], "200")
    show(numbers, numbers._colour, 75.0)
    assert numbers.rgb[0].value() == 200
    assert numbers.lightness.value() == 75
    show(numbers, ChosenColour.of_rgb((10, 20, 200)), 75.0)  # chosen somewhere else
    assert values(numbers) == ChosenColour.of_rgb((10, 20, 200)).at(75.0)


def test_the_wheel_passes_over_fields(qtbot: QtBot, numbers: ColourNumbers, told: Listen) -> None:
    heard = told(numbers.chosen)
    numbers.hex.setFocus()
    at = QPointF(5, 5)
    turn = QWheelEvent(
        at,
        numbers.a.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(numbers.a, turn)
    assert heard == []


def test_every_field_has_a_name(numbers: ColourNumbers) -> None:
    fields = (numbers.hex, *numbers.rgb, numbers.lightness, numbers.a, numbers.b)
    assert len({field.accessibleName() for field in fields}) == len(fields)
