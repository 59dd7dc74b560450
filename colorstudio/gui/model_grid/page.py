"""The page of the window that models are compared on."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from colorstudio.gui.model_grid.chooser import Chooser
from colorstudio.gui.model_grid.grid import ModelGrid
from colorstudio.gui.panels.elided_label import ElidedLabel
from colorstudio.gui.theme import GRID, dim, set_surround


class ModelGridPage(QWidget):
    """The tiles with a line of help below them, and the column beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = ModelGrid()
        set_surround(self.grid)
        self.chooser = Chooser()
        hint = ElidedLabel(
            self.tr(
                "Enter uses the chosen one · Esc leaves · arrows choose, with Shift they move the photo · "
                "the wheel zooms · B shows the gray photo"
            )
        )
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        hint.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        dim(hint)
        column = QVBoxLayout()
        column.setContentsMargins(GRID, GRID, GRID, 0)
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        column.addWidget(hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.chooser)
