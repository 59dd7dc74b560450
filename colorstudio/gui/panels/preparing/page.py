"""The page of the side panel for what is done to a photo before it is coloured."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.document.levels import MAX_GAMMA, Levels
from colorstudio.gui.panels.preparing.histogram import LEAST_RANGE, HistogramView
from colorstudio.gui.panels.section import Section
from colorstudio.gui.theme import GRID, ICON_SIZE, dim, scaled_font

# Changes of a number that follow each other within this time are one step of the history.
_BURST_MS = 700


class PreparingPage(QWidget):
    """Geometry and levels. Shows and asks; changes nothing itself.

    Signals
    -------
    levels_moved
        `Levels` to be seen while they are dragged.
    levels_chosen
        `Levels` to be set, or None to set none.
    automatic_wanted
        Levels that fit the photo are to be found.
    original_wanted
        The photo is to be as it was read, but for its levels.
    """

    levels_moved = Signal(object)
    levels_chosen = Signal(object)
    automatic_wanted = Signal()
    original_wanted = Signal()

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = Levels()
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(_BURST_MS)
        self._burst.timeout.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_geometry(actions))
        column.addWidget(self._build_levels())
        column.addStretch()

    def _build_geometry(self, actions: list[QAction]) -> QWidget:
        section = Section(self.tr("Crop and turn"), first=True)
        for action in actions:
            button = QToolButton()
            button.setObjectName("flat")
            button.setDefaultAction(action)
            button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
            button.setAccessibleName(action.text().replace("&", "").rstrip("…"))
            section.head.addWidget(button)
        self.original_button = QPushButton(self.tr("Original"))
        self.original_button.setToolTip(self.tr("The photo as it was read: not turned, whole"))
        self.original_button.clicked.connect(self.original_wanted)
        self.original_button.setProperty("compact", True)
        self.geometry_label = QLabel()
        self.geometry_label.setWordWrap(True)
        dim(self.geometry_label)
        row = QHBoxLayout()
        row.addWidget(self.geometry_label, 1)
        row.addWidget(self.original_button)
        section.column.addLayout(row)
        return section

    def _build_levels(self) -> QWidget:
        section = Section(self.tr("Levels"))
        self.note = QLabel(self.tr("They change the lightness that is kept."))
        self.note.setToolTip(
            self.tr(
                "Colouring keeps the photo's lightness. Levels change that lightness itself, "
                "in what is shown and in what is exported. The photo's file stays as it is."
            )
        )
        self.note.setWordWrap(True)
        self.note.setFont(scaled_font(self.note.font(), 0.92))
        dim(self.note)
        section.column.addWidget(self.note)
        self.automatic_button = QPushButton(self.tr("&Automatic"))
        self.automatic_button.setToolTip(
            self.tr("Stretch a faded photo from black to white; borders do not count")
        )
        self.automatic_button.clicked.connect(self.automatic_wanted)
        self.off_button = QPushButton(self.tr("&Off"))
        self.off_button.setToolTip(self.tr("The lightness that the photo has"))
        self.off_button.clicked.connect(partial(self.levels_chosen.emit, None))
        for button in (self.automatic_button, self.off_button):
            button.setProperty("compact", True)
            section.head.addWidget(button)
        self.histogram = HistogramView()
        self.histogram.moved.connect(self._on_moved)
        self.histogram.released.connect(self._choose)
        section.column.addWidget(self.histogram)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        self.black_spin = self._spin(self.tr("&Black"), 0.0, 100.0 - LEAST_RANGE, 0.5, grid, 0)
        self.gamma_spin = self._spin(self.tr("&Gamma"), 1 / MAX_GAMMA, MAX_GAMMA, 0.05, grid, 1)
        self.white_spin = self._spin(self.tr("&White"), LEAST_RANGE, 100.0, 0.5, grid, 2)
        section.column.addLayout(grid)
        self.levels_section = section
        return section

    def _spin(
        self, words: str, least: float, most: float, step: float, grid: QGridLayout, column: int
    ) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setRange(least, most)
        spin.setSingleStep(step)
        spin.setDecimals(2 if step < 0.1 else 1)
        spin.setKeyboardTracking(False)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        # Three in a row share the panel's width, whatever they would like to have.
        spin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.setColumnStretch(column, 1)
        spin.setAccessibleName(words.replace("&", ""))
        label = QLabel(words)
        label.setBuddy(spin)
        grid.addWidget(label, 0, column)
        grid.addWidget(spin, 1, column)
        spin.valueChanged.connect(self._on_spin)
        return spin

    # -- showing ------------------------------------------------------------------------------------------

    def show_geometry(self, words: str, *, changed: bool) -> None:
        """What was done to the photo, in words; whether that can be taken back."""
        self.geometry_label.setText(words)
        self.geometry_label.setVisible(bool(words))
        self.original_button.setVisible(changed)

    def show_levels(self, levels: Levels | None) -> None:
        """None: they are off."""
        self._burst.stop()
        self._levels = levels or Levels()
        self.off_button.setEnabled(levels is not None)
        self._show()

    def show_histogram(self, counts: NDArray[np.float64] | None) -> None:
        self.histogram.show_histogram(counts)

    def _show(self) -> None:
        levels = self._levels
        self.histogram.show_levels(levels)
        for spin, value in (
            (self.black_spin, levels.black),
            (self.gamma_spin, levels.gamma),
            (self.white_spin, levels.white),
        ):
            with QSignalBlocker(spin):
                spin.setValue(value)

    # -- what the user does -------------------------------------------------------------------------------

    def _on_moved(self, levels: Levels) -> None:
        self._levels = levels
        self._show()
        self.levels_moved.emit(levels)

    def _on_spin(self, _value: float) -> None:
        black, white = self.black_spin.value(), self.white_spin.value()
        if white - black < LEAST_RANGE:  # the number that was changed pushes the other
            if self.sender() is self.black_spin:
                white = min(black + LEAST_RANGE, 100.0)
            black = min(black, white - LEAST_RANGE)
        self._burst.start()
        self._on_moved(Levels(round(black, 1), round(white, 1), round(self.gamma_spin.value(), 2)))

    def _choose(self) -> None:
        self._burst.stop()
        self.levels_chosen.emit(None if self._levels.change_nothing else self._levels)
