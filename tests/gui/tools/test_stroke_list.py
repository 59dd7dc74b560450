"""The page of strokes by real events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QIcon

from colorstudio.document.document import ChangeStrokes
from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.display import Display
from colorstudio.gui.panels.stroke_list import StrokeList
from tests.gui.tools.conftest import Studio


@pytest.fixture
def page(studio: Studio) -> StrokeList:
    """The page in front, with a red, a neutral and a keep stroke."""
    studio.click((100, 100))
    studio.key(Qt.Key.Key_N)
    studio.click((100, 200))
    studio.key(Qt.Key.Key_K)
    studio.click((100, 300))
    page = studio.window.strokes.list
    studio.window.panel.tabs.setCurrentWidget(page)
    return page


def words(page: StrokeList, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[str]:
    return [page.model.index(row).data(role) for row in range(page.model.rowCount())]


def click(studio: Studio, page: StrokeList, row: int, modifiers: Qt.KeyboardModifier) -> None:
    at = page.view.visualRect(page.model.index(row)).center()
    studio.qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, modifiers, at)


def test_it_says_how_to_begin(studio: Studio) -> None:
    page = studio.window.strokes.list
    assert page.stack.currentWidget() is page.empty
    assert "(P)" in page.empty.text()
    studio.click((100, 100))
    assert page.stack.currentWidget() is page.view
    studio.window.session.undo_stack.undo()
    assert page.stack.currentWidget() is page.empty


def test_the_last_stroke_comes_first(page: StrokeList) -> None:
    assert [text.split() for text in words(page)] == [
        ["3", "Keep", "·", "radius", "6", "px"],
        ["2", "Neutral", "·", "radius", "6", "px"],
        ["1", "#c8281e", "·", "radius", "6", "px"],
    ]
    assert words(page, Qt.ItemDataRole.AccessibleTextRole)[2] == "Stroke 1 of 3: #c8281e, radius 6 px"
    swatches = [page.model.index(row).data(Qt.ItemDataRole.DecorationRole) for row in range(3)]
    assert len({swatch.cacheKey() for swatch in swatches}) == 3
    assert page.view.accessibleName()
    red = swatches[2].pixmap(18, QIcon.Mode.Selected).toImage().pixelColor(9, 9)
    assert red.getRgb()[:3] == (200, 40, 30)  # not tinted when its row is selected


def test_selecting_works_both_ways(studio: Studio, page: StrokeList) -> None:
    click(studio, page, 2, Qt.KeyboardModifier.NoModifier)
    assert studio.window.selection.strokes == [studio.strokes[0]]
    click(studio, page, 0, Qt.KeyboardModifier.ControlModifier)
    assert studio.window.selection.strokes == [studio.strokes[0], studio.strokes[2]]
    studio.take("tool_select")
    studio.click((100, 200))
    assert [index.row() for index in page.view.selectedIndexes()] == [1]
    studio.take("select_all")
    assert len(page.view.selectedIndexes()) == 3


def test_delete_in_the_list(studio: Studio, page: StrokeList) -> None:
    click(studio, page, 1, Qt.KeyboardModifier.NoModifier)
    studio.qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert [stroke.kind for stroke in studio.strokes] == ["colour", "keep"]


@pytest.mark.parametrize(
    ("dragged", "above", "kinds"),
    [
        (2, 0, ["neutral", "keep", "colour"]),
        (0, 3, ["keep", "colour", "neutral"]),
        (1, 1, ["colour", "neutral", "keep"]),
    ],
)
def test_dragging_a_row_changes_the_order(
    studio: Studio,
    page: StrokeList,
    dragged: int,
    above: int,
    kinds: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    click(studio, page, dragged, Qt.KeyboardModifier.NoModifier)
    last = above == page.model.rowCount()
    rect = page.view.visualRect(page.model.index(above - 1 if last else above))
    at = QPointF(rect.center().x(), rect.bottom() - 1 if last else rect.top() + 1)
    monkeypatch.setattr(QDropEvent, "source", lambda event: page.view)  # a drag needs a platform's own loop
    monkeypatch.setattr(
        type(page.view),
        "dropIndicatorPosition",
        lambda view: view.DropIndicatorPosition.BelowItem if last else view.DropIndicatorPosition.AboveItem,
    )
    event = QDropEvent(
        at, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.view.dropEvent(event)
    assert [stroke.kind for stroke in studio.strokes] == kinds


def test_the_box_and_the_key_show_dim_and_hide(studio: Studio, page: StrokeList) -> None:
    layer = studio.window.tools.layer
    studio.key(Qt.Key.Key_O)
    assert layer.display is Display.DIMMED
    assert page.display_box.currentData() is Display.DIMMED
    page.display_box.setFocus()
    studio.qtbot.keyClick(page.display_box, Qt.Key.Key_Down)
    assert layer.display is Display.HIDDEN
    assert studio.window.settings.stroke_display is Display.HIDDEN


def test_a_thousand_strokes_are_a_list(studio: Studio) -> None:
    many = tuple(
        Stroke(((float(k % 490), float(k % 790)),), 3.0, "colour", (k % 256, 90, 60)) for k in range(1000)
    )
    document = studio.window.session.document
    assert document is not None
    studio.window.session.apply(ChangeStrokes.of(document, "many", many))
    page = studio.window.strokes.list
    assert page.model.rowCount(QModelIndex()) == 1000
    studio.take("select_all")
    # Rows that lie side by side are one range: a thousand of them would take seconds.
    assert page.view.selectionModel().selection().count() == 1
    assert page.view.indexAt(QPoint(5, 5)).row() == 0
