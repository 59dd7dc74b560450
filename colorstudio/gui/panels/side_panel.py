"""The column beside the photo: what it is, how it is coloured, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from colorstudio.gui.panels.adjustments import Adjustments
from colorstudio.gui.panels.photo_info import PhotoInfo
from colorstudio.gui.theme import GRID, PANEL_WIDTH


class SidePanel(QFrame):
    """Sections below each other, scrolling where the window is low; the export button stays in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setFixedWidth(PANEL_WIDTH)
        self.photo_info = PhotoInfo()
        self.adjustments = Adjustments()
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setObjectName("primary")

        sections = QWidget()
        column = QVBoxLayout(sections)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.photo_info)
        column.addWidget(self.adjustments)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(sections)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        foot.addWidget(self.export_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)
