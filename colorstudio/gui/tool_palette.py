"""The buttons of the canvas tools."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QToolBar, QWidget

from colorstudio.gui.theme import ICON_SIZE


class ToolPalette(QToolBar):
    """The column of canvas tools at the left edge, of which one is in the hand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Canvas tools"))
        self.setObjectName("toolPalette")
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._group = QActionGroup(self)

    def add_tool(self, action: QAction) -> None:
        """A checkable action that is one of the tools."""
        self._group.addAction(action)
        self.add_command(action)

    def add_command(self, action: QAction) -> None:
        """An action that is done at once."""
        self.addAction(action)
        button = self.widgetForAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().replace("&", "").rstrip("…"))
