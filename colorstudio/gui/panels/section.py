"""A titled part of the side panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from colorstudio.gui.theme import GRID, dim, scaled_font


class Section(QWidget):
    """A small title over a column of widgets, and a hairline above it.

    Attributes
    ----------
    column
        For its widgets.
    head
        The row of the title, with room for a few buttons behind it.
    """

    def __init__(self, title: str, *, first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if not first:
            line = QFrame()
            line.setFixedHeight(1)
            line.setStyleSheet("background: palette(mid);")
            outer.addWidget(line)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(2 * GRID, int(1.5 * GRID), 2 * GRID, int(1.5 * GRID))
        self.column.setSpacing(GRID)
        heading = QLabel(title.upper())
        font = scaled_font(heading.font(), 0.82, bold=True)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
        heading.setFont(font)
        heading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        dim(heading)
        self.head = QHBoxLayout()
        self.head.setSpacing(GRID // 2)
        self.head.addWidget(heading)
        self.head.addStretch()
        self.column.addLayout(self.head)
        outer.addLayout(self.column)
