"""All commands with their keys on one page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.theme import GRID, dim, scaled_font

_COLUMN_WIDTH = 440
_MOST_COLUMNS = 3

Group = tuple[str, list[tuple[str, str]]]


def commands_of(window: QMainWindow) -> list[Group]:
    """The menus of a window, each with its commands that have keys: (words, keys)."""
    groups: list[Group] = []
    for entry in window.menuBar().actions():
        menu = entry.menu()
        if isinstance(menu, QMenu):
            rows = [(_plain(action.text()), _keys(action)) for action in _actions(menu) if action.shortcuts()]
            if rows:
                groups.append((_plain(entry.text()), rows))
    return groups


def gestures() -> Group:
    """What the mouse and held keys do on the photo; no menu shows it."""
    translate = QCoreApplication.translate
    return translate("CheatSheet", "On the photo"), [
        (translate("CheatSheet", "Zoom"), translate("CheatSheet", "Wheel")),
        (translate("CheatSheet", "Move the photo"), translate("CheatSheet", "Space + drag, middle button")),
        (
            translate("CheatSheet", "Whole photo / 100 %"),
            translate("CheatSheet", "Double click with the hand"),
        ),
        (translate("CheatSheet", "A single point"), translate("CheatSheet", "Click")),
        (translate("CheatSheet", "A straight line"), translate("CheatSheet", "Shift + drag")),
        (translate("CheatSheet", "A line from the last point"), translate("CheatSheet", "Shift + click")),
        (translate("CheatSheet", "Size of the brush"), translate("CheatSheet", "Shift + wheel")),
        (translate("CheatSheet", "Take a colour"), translate("CheatSheet", "Alt + click")),
        (translate("CheatSheet", "Commands of a stroke"), translate("CheatSheet", "Right click")),
        (translate("CheatSheet", "Give a stroke up"), translate("CheatSheet", "Esc while drawing")),
    ]


def _actions(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _actions(inner)
        elif not action.isSeparator():
            yield action


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _keys(action: QAction) -> str:
    return "   ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())


class CheatSheet(QDialog):
    """Commands by menu, in columns, as they are set now."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("cheatSheet")
        self.setWindowTitle(self.tr("Keys and gestures"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.groups = [*commands_of(window), gestures()]
        room = window.screen().availableGeometry()
        count = min(max(room.width() // _COLUMN_WIDTH, 1), _MOST_COLUMNS)
        columns = [QVBoxLayout() for _ in range(count)]
        heights = [0] * count
        for title, rows in self.groups:
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(_group(title, rows))
            heights[shortest] += len(rows) + 2
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        row.setSpacing(4 * GRID)
        for column in columns:
            column.addStretch()
            row.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.addWidget(scroll, 1)
        outer.addWidget(buttons)
        wanted = page.sizeHint()
        self.resize(
            min(wanted.width() + 8 * GRID, room.width() - 80),
            min(wanted.height() + 10 * GRID, room.height() - 80),
        )


def _group(title: str, rows: list[tuple[str, str]]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 2 * GRID)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID // 2)
    grid.setColumnStretch(0, 1)
    heading = QLabel(title)
    heading.setFont(scaled_font(heading.font(), 1.05, bold=True))
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, (words, keys) in enumerate(rows, 1):
        pressed = QLabel(keys)
        pressed.setAlignment(Qt.AlignmentFlag.AlignRight)
        dim(pressed)
        grid.addWidget(QLabel(words), number, 0)
        grid.addWidget(pressed, number, 1)
    return group
