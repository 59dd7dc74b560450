"""Lists of models: groups, what is said of each, and the box to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from colorstudio.document.document import Settings
from colorstudio.gui.backend import Catalogue, ModelChoice, Services
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.models import facts_words, model_groups, year_or_size_words
from colorstudio.networks.architectures.eccv16 import Eccv16, Eccv16Config
from colorstudio.paths import user_models_dir
from colorstudio.training.publishing import publish

OURS = ModelChoice("studio", "Studio", "Natural colours.", vividness=0.5, parameters=6_271_611)
OLD = ModelChoice("studio-1", "Studio 1", parameters=5_000_000)
ZHANG = ModelChoice("zhang-2016", "Zhang 2016", "Rare colours count.", year=2016, takes_hints=False)
CAO = ModelChoice("cao-2017", "Cao 2017", year=2017, is_shipped=False)
IIZUKA = ModelChoice("iizuka-2016", "Iizuka 2016", year=2016)
MINE = ModelChoice("mine", "Mine", parameters=700_000, is_shipped=False)
ALL = (OURS, CAO, IIZUKA, MINE, OLD, ZHANG)


def test_ours_then_the_lineage_by_year_then_what_was_added() -> None:
    assert [(group.title, [model.name for model in group.models]) for group in model_groups(ALL)] == [
        ("Color Studio", ["studio", "studio-1"]),
        ("The lineage", ["iizuka-2016", "zhang-2016", "cao-2017"]),
        ("Added by you", ["mine"]),
    ]
    assert [group.title for group in model_groups((OURS, OLD))] == ["Color Studio"]
    assert model_groups(()) == ()


def test_a_year_or_a_size() -> None:
    assert [year_or_size_words(model) for model in (ZHANG, OURS, MINE)] == ["2016", "6.3 M", "0.7 M"]
    assert year_or_size_words(ModelChoice("x", "X")) == ""
    assert facts_words(ZHANG) == "2016 · takes no hints"
    assert facts_words(MINE) == "0.7 million weights · takes strokes as hints"


@pytest.fixture
def many(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.waitUntil(window.adjustments.model_box.isEnabled)
    window.adjustments.set_catalogue(Catalogue(ALL, ("cpu",)))
    return window


def texts(box: Any) -> list[str]:
    return [box.itemText(index) for index in range(box.count())]


def test_the_box_has_headings_that_cannot_be_chosen(qtbot: QtBot, many: MainWindow) -> None:
    box = many.adjustments.model_box
    assert texts(box) == [
        "Color Studio", "Studio", "Studio 1", "The lineage", "Iizuka 2016", "Zhang 2016", "Cao 2017",
        "Added by you", "Mine",
    ]  # fmt: skip
    assert box.currentText() == "Studio"
    many.adjustments.show_settings(Settings(model="zhang-2016"))
    assert box.currentText() == "Zhang 2016"
    assert many.adjustments.description.text() == "Rare colours count."
    many.adjustments.show_settings(Settings(model="gone"))
    assert box.currentText() == "Studio"
    chosen: list[str] = []
    many.adjustments.model_chosen.connect(chosen.append)
    box.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(box, key)
    assert chosen == ["studio-1", "iizuka-2016", "studio-1", ""]  # the default one is no choice


def test_the_list_has_two_lines_for_each_and_chooses_by_click(qtbot: QtBot, many: MainWindow) -> None:
    box = many.adjustments.model_box
    box.showPopup()
    view = box.view()
    heights = [view.visualRect(box.model().index(row, 0)).height() for row in range(box.count())]
    line = view.fontMetrics().height()
    assert heights[1] >= 2 * line > heights[0]
    assert view.width() > box.width()
    spoken = box.itemData(5, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Zhang 2016. 2016. Rare colours count"
    chosen: list[str] = []
    many.adjustments.model_chosen.connect(chosen.append)
    heading = view.visualRect(box.model().index(3, 0)).center()
    zhang = view.visualRect(box.model().index(5, 0)).center()
    for at in (heading, zhang):
        qtbot.mouseMove(view.viewport(), at)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen == ["zhang-2016"]
    box.hidePopup()


def test_the_catalogue_tells_what_a_model_that_was_added_can_do(user_folders: Path) -> None:
    network = Eccv16(Eccv16Config(width=2)).eval()
    publish(network, "zhang-2016", user_models_dir() / "zhang-2016")
    added = next(model for model in Services().catalogue().models if model.name == "zhang-2016")
    assert (added.year, added.takes_hints, added.is_shipped) == (2016, False, False)
    assert added.parameters == sum(parameter.numel() for parameter in network.parameters())
