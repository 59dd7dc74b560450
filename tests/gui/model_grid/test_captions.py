"""What is written on tiles is not cut where there is room for it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.gui.model_grid.captions import Tile, caption_height, title_lines

TITLE = "Zhang et al. 2017, the original"


@pytest.mark.parametrize(("part", "lines"), [(1.01, 1), (0.7, 2), (0.3, 2)])
def test_a_long_title_takes_two_lines(qapp: QApplication, part: float, lines: int) -> None:
    metrics = QFontMetricsF(qapp.font())
    room = part * metrics.horizontalAdvance(TITLE)
    found = title_lines(TITLE, metrics, room, room)
    assert len(found) == lines
    assert all(metrics.horizontalAdvance(line) <= room for line in found)
    assert (" ".join(found) == TITLE) is (part > 0.5)


def test_captions_are_as_high_as_the_longest_title_needs(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    short, long, marked = Tile("Warm"), Tile(TITLE), Tile("Studio 2 of us", mark="in use")
    narrow = 0.7 * QFontMetricsF(widget.font()).horizontalAdvance(TITLE)
    one = caption_height(widget, [short], narrow)
    assert caption_height(widget, [short, long], narrow) > one + 5
    assert caption_height(widget, [short, long], 1000.0) == one
    assert caption_height(widget, [marked], narrow) > one + 5
