"""The gamut picker, with a mouse and with keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPixmapCache
from pytestqt.qtbot import QtBot

from colorstudio.gui.panels.colour import gamut_picker as module
from colorstudio.gui.panels.colour.gamut_picker import GamutPicker
from colorstudio.gui.theme import current_theme
from colorstudio.imaging.colorspace import lab_to_linear, lab_to_srgb
from colorstudio.imaging.gamut_slice import EXTENT, gamut_slice

LEFT = Qt.MouseButton.LeftButton
Listen = Callable[[Any], list[tuple[Any, ...]]]


@pytest.fixture
def picker(shown: Callable[[GamutPicker], GamutPicker]) -> GamutPicker:
    made = shown(GamutPicker())
    made.resize(208, 208)  # 200 and a margin: a pixel is 1.1 units wide
    made.set_luminance(60.0)
    return made


def place(a: float, b: float) -> QPoint:
    return QPoint(round(104 + a * 100 / EXTENT), round(104 - b * 100 / EXTENT))


def exists(luminance: float, a: float, b: float) -> bool:
    linear = lab_to_linear(np.array([luminance, a, b]))
    return bool(((linear >= -1e-4) & (linear <= 1 + 1e-4)).all())


def test_a_click_takes_the_colour_under_it(qtbot: QtBot, picker: GamutPicker, told: Listen) -> None:
    heard = told(picker.chosen)
    qtbot.mouseClick(picker, LEFT, pos=place(22.0, 33.0))
    ((a, b, _),) = heard
    assert (a, b) == pytest.approx((22.0, 33.0), abs=0.6)


def test_beside_the_colours_it_is_the_nearest_of_that_hue(
    qtbot: QtBot, picker: GamutPicker, told: Listen
) -> None:
    heard = told(picker.chosen)
    qtbot.mouseClick(picker, LEFT, pos=place(-100.0, -50.0))
    ((a, b, _),) = heard
    assert np.arctan2(b, a) == pytest.approx(np.arctan2(-50.0, -100.0), abs=0.02)
    assert exists(60.0, a, b)
    assert not exists(60.0, a * 1.05, b * 1.05)


def test_a_drag_is_one_gesture_and_the_next_another(qtbot: QtBot, picker: GamutPicker, told: Listen) -> None:
    heard = told(picker.chosen)
    qtbot.mousePress(picker, LEFT, pos=place(0, 0))
    for step in range(1, 5):
        qtbot.mouseMove(picker, place(5.0 * step, 0))
    qtbot.mouseRelease(picker, LEFT, pos=place(20, 0))
    assert len(heard) == 5
    assert len({gesture for _, _, gesture in heard}) == 1
    qtbot.mouseClick(picker, LEFT, pos=place(0, 0))
    assert heard[-1][2] != heard[0][2]


def test_keys_move_in_small_and_large_steps(
    qtbot: QtBot, picker: GamutPicker, told: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = told(picker.chosen)
    picker.set_chroma((10.0, 20.0))
    for key, modifier, expected in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (11.0, 20.0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, (10.0, 25.0)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, (5.0, 20.0)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (10.0, 19.0)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, (0.0, 0.0)),
    ):
        qtbot.keyClick(picker, key, modifier)
        assert heard[-1][:2] == pytest.approx(expected, abs=1e-4)
    # In quick succession they are one gesture.
    assert len({gesture for _, _, gesture in heard}) == 1


def test_a_chosen_colour_stays_when_the_luminance_changes(picker: GamutPicker) -> None:
    picker.set_chroma((60.0, 40.0))
    assert picker.fitted == pytest.approx((60.0, 40.0))
    picker.set_luminance(20.0)
    a, b = picker.fitted
    assert exists(20.0, a, b)
    assert a < 59
    assert b / a == pytest.approx(40 / 60, abs=0.01)
    picker.set_luminance(60.0)
    assert picker.fitted == pytest.approx((60.0, 40.0))


def test_only_colours_that_exist_are_painted(picker: GamutPicker) -> None:
    picker.set_chroma((0.0, 0.0))
    image = picker.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    surround = QColor(current_theme().surround)
    seen = 0
    for a in range(-96, 97, 12):
        for b in range(-96, 97, 12):
            if abs(a) < 24 or abs(b) < 24:
                continue  # the axes and the cross-hair
            colour = image.pixelColor(place(a, b))
            if all(exists(60.0, a + da, b + db) for da in (-4, 4) for db in (-4, 4)):
                expected = lab_to_srgb(np.array([60.0, a, b])) * 255
                got = np.array([colour.red(), colour.green(), colour.blue()])
                assert np.abs(got - expected).max() < 12
                seen += 1
            elif not any(exists(60.0, a + da, b + db) for da in (-4, 0, 4) for db in (-4, 0, 4)):
                assert colour == surround
    assert seen > 20


def test_a_luminance_is_computed_once(picker: GamutPicker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def counted(luminance: float) -> object:
        asked.append(luminance)
        return gamut_slice(luminance)

    monkeypatch.setattr(module, "gamut_slice", counted)
    QPixmapCache.clear()
    for luminance in (40.2, 39.8, 40.4, 71.0, 40.0):
        picker.set_luminance(luminance)
        picker.grab()
    assert asked == [40.0, 71.0]


def test_it_says_what_it_is(picker: GamutPicker) -> None:
    picker.set_chroma((12.0, -7.0))
    assert picker.accessibleName()
    assert "12" in picker.accessibleDescription()
    assert "-7" in picker.accessibleDescription()
    assert "60" in picker.accessibleDescription()
