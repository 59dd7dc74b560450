"""The column beside the photo: colour on top, then the pages, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from colorstudio.gui.panels.adjustments import Adjustments
from colorstudio.gui.panels.photo_info import PhotoInfo
from colorstudio.gui.theme import GRID, PANEL_WIDTH


class SidePanel(QFrame):
    """The colour panel, pages behind tabs that scroll where the window is low, and the export button.

    The colour panel and the export button stay in sight whatever page is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setFixedWidth(PANEL_WIDTH)
        self.photo_info = PhotoInfo()
        self.adjustments = Adjustments()
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setObjectName("primary")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Pages of the side panel"))

        self._adjust = QVBoxLayout()
        self._adjust.setContentsMargins(0, 0, 0, 0)
        self._adjust.setSpacing(0)
        self._adjust.addWidget(self.adjustments)
        self._adjust.addWidget(self.photo_info)
        self._adjust.addStretch()
        page = QWidget()
        page.setLayout(self._adjust)
        self.add_tab(scrolling(page), self.tr("Adjust"))

        self._colour = QVBoxLayout()
        self._colour.setContentsMargins(0, 0, 0, 0)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        foot.addWidget(self.export_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._colour)
        outer.addWidget(self.tabs, 1)
        outer.addLayout(foot)

    def set_colour_panel(self, widget: QWidget) -> None:
        """Put the colour panel on top; there is one."""
        self._colour.addWidget(widget)

    def add_tab(self, widget: QWidget, title: str) -> None:
        """A page of its own. One that can be higher than the window goes through `scrolling`."""
        self.tabs.addTab(widget, title)

    def add_adjustment(self, section: QWidget, *, first: bool = False) -> None:
        """A section of the page "Adjust": the first, or the last before what the photo is."""
        self._adjust.insertWidget(0 if first else self._adjust.indexOf(self.photo_info), section)


def scrolling(widget: QWidget) -> QScrollArea:
    """The widget in an area that scrolls it up and down, and has no frame."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
