"""The colour panel: all ways to a colour, and how it will look on the photo."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from colorstudio.document.chosen_colour import ChosenColour, Rgb, chroma_of, colours_at
from colorstudio.gui.panels.colour.current_swatch import CurrentSwatch
from colorstudio.gui.panels.colour.gamut_picker import GamutPicker
from colorstudio.gui.panels.colour.gesture import Gesture
from colorstudio.gui.panels.colour.numbers import ColourNumbers
from colorstudio.gui.panels.colour.palette_box import PaletteBox
from colorstudio.gui.panels.colour.ramp_slider import RampSlider
from colorstudio.gui.panels.colour.suggestions import SuggestedColour, SuggestionStrip
from colorstudio.gui.panels.colour.swatches import SwatchGrid, unnamed
from colorstudio.gui.theme import GRID, dim, scaled_font
from colorstudio.imaging.gamut_slice import MOST_CHROMA, most_chroma

RECENT_COLOURS = 14  # as many as one row has room for

_GAP = 4
_RAMP_STOPS = 24
_LEAST_RAMP_CHROMA = 25.0  # the hues are to be seen even while the colour is gray


class ColourPanel(QWidget):
    """Shows a colour at a luminance and says which one the user wants; knows no document.

    Signals
    -------
    chosen
        A `ChosenColour`, and the number of the gesture: changes of one gesture are one step.
    """

    chosen = Signal(object, int)

    def __init__(self, reference: QAction, hold: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = ChosenColour.of_rgb((128, 128, 128))
        self._luminance = 50.0
        self._intensity = 1.0
        self._hue = 60.0  # stays while the colour is gray, which has none
        self._gesture = Gesture(self)
        self.setObjectName("colourPanel")
        self.setAccessibleName(self.tr("Colour"))
        self.picker = GamutPicker()
        self.swatch = CurrentSwatch()
        self.numbers = ColourNumbers()
        self.hue = RampSlider(359, wraps=True)
        self.chroma = RampSlider(round(MOST_CHROMA))
        self.suggestions = SuggestionStrip()
        self.recent = SwatchGrid(self.tr("Recent colours"))
        self.recent.setFixedHeight(self.recent.rows_height(1))
        self.palettes = PaletteBox()
        self._lay_out(_button(reference), _button(hold))
        self._connect()
        self._refresh()

    def _lay_out(self, reference: QToolButton, hold: QToolButton) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        swatch_row = QHBoxLayout()
        swatch_row.setSpacing(_GAP)
        swatch_row.addWidget(self.swatch, 1)
        swatch_row.addWidget(reference)
        right = QVBoxLayout()
        right.setSpacing(_GAP)
        right.addLayout(swatch_row, 1)
        right.addWidget(self.numbers)
        top.addWidget(self.picker)
        top.addLayout(right, 1)
        sliders = QGridLayout()
        sliders.setHorizontalSpacing(GRID)
        sliders.setVerticalSpacing(0)
        for row, (words, slider, tip) in enumerate(
            (
                (self.tr("Hue"), self.hue, self.tr("Hue in degrees: red, yellow, green, blue, and around")),
                (
                    self.tr("Chroma"),
                    self.chroma,
                    self.tr("Chroma, from gray on; it ends where no more exists at this luminance"),
                ),
            )
        ):
            label = QLabel(words)
            label.setFont(scaled_font(label.font(), 0.88))
            dim(label)
            slider.setAccessibleName(words)
            slider.setToolTip(tip)
            sliders.addWidget(label, row, 0)
            sliders.addWidget(slider, row, 1)
        suggested = QHBoxLayout()
        suggested.setSpacing(_GAP)
        suggested.addWidget(self.suggestions, 1)
        suggested.addWidget(hold, 0, Qt.AlignmentFlag.AlignTop)
        line = QFrame()
        line.setFixedHeight(1)
        line.setStyleSheet("background: palette(mid);")
        inner = QVBoxLayout()
        inner.setContentsMargins(int(1.5 * GRID), GRID, int(1.5 * GRID), GRID)
        inner.setSpacing(_GAP + 1)
        inner.addLayout(top)
        inner.addLayout(sliders)
        inner.addLayout(suggested)
        inner.addWidget(self.recent)
        inner.addWidget(self.palettes)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(inner)
        outer.addWidget(line)

    def _connect(self) -> None:
        self.picker.chosen.connect(self._on_picked)
        self.numbers.chosen.connect(self._choose)
        self.hue.chosen.connect(self._on_hue)
        self.chroma.chosen.connect(self._on_chroma)
        self.suggestions.chosen.connect(self._on_suggestion)
        self.recent.chosen.connect(self._on_recent)
        self.palettes.colour_chosen.connect(self._on_rgb)

    # -- showing ------------------------------------------------------------------------------------------

    @property
    def colour(self) -> ChosenColour:
        return self._colour

    @property
    def luminance(self) -> float:
        """L* that colours are shown at."""
        return self._luminance

    def show_colour(self, colour: ChosenColour) -> None:
        if colour != self._colour:
            self._colour = colour
            self._refresh()

    def show_luminance(self, luminance: float) -> None:
        if luminance != self._luminance:
            self._luminance = luminance
            self._refresh()

    def show_intensity(self, saturation: float) -> None:
        """The factor that the document puts on all colours; the swatch shows what comes of it."""
        if saturation != self._intensity:
            self._intensity = saturation
            self._refresh()

    def show_recent(self, colours: Sequence[Rgb]) -> None:
        self.recent.set_colours(unnamed(colours[:RECENT_COLOURS]))

    def show_suggestions(self, suggestions: Sequence[SuggestedColour]) -> None:
        self.suggestions.set_suggestions(suggestions)
        self.picker.set_marks([suggestion.chroma_lab for suggestion in self.suggestions.suggestions])

    def _refresh(self) -> None:
        colour, luminance = self._colour, self._luminance
        hue = colour.hue_degrees
        self._hue = self._hue if hue is None else hue
        a, b = colour.chroma_lab
        seen = np.array([[a, b], [a * self._intensity, b * self._intensity]], np.float32)
        plain, here = colours_at(luminance, seen)
        self.picker.set_luminance(luminance)
        self.picker.set_chroma(colour.chroma_lab)
        self.swatch.show_colours(here, colour.rgb)
        self.numbers.show_colour(colour, luminance, plain)
        self.palettes.show_colour(colour)
        # The slider has whole degrees: while it is dragged it must not be moved by what came of it.
        if round(self._hue) % 360 != self.hue.value():
            self.hue.show_value(round(self._hue) % 360)
        self.chroma.show_value(colour.chroma)
        self._show_ramps()

    def _show_ramps(self) -> None:
        part = np.linspace(0, 1, _RAMP_STOPS + 1)
        angle = 2 * np.pi * part
        around = max(self._colour.chroma, _LEAST_RAMP_CHROMA)
        hues = np.stack([np.cos(angle), np.sin(angle)], axis=-1) * around
        self.hue.show_ramp(colours_at(self._luminance, hues.astype(np.float32)))
        most = most_chroma(self._luminance, self._hue)
        outwards = part[:, None] * np.array([chroma_of(self._hue, most)])
        self.chroma.show_ramp(colours_at(self._luminance, outwards.astype(np.float32)), most / MOST_CHROMA)

    # -- choosing -----------------------------------------------------------------------------------------

    def _choose(self, colour: ChosenColour, gesture: int) -> None:
        self.show_colour(colour)
        self.chosen.emit(colour, gesture)

    def _choose_chroma(self, chroma_lab: tuple[float, float], gesture: int) -> None:
        self._choose(ChosenColour.of_chroma(chroma_lab, self._luminance), gesture)

    def _on_picked(self, a: float, b: float, gesture: int) -> None:
        self._choose_chroma((a, b), gesture)

    def _on_hue(self, degrees: int, gesture: int) -> None:
        self._hue = float(degrees)
        self._choose_chroma(chroma_of(self._hue, self._colour.chroma), gesture)
        self._show_ramps()  # a gray stays as it is, but the chromas to come are of this hue

    def _on_chroma(self, chroma: int, gesture: int) -> None:
        within = min(float(chroma), most_chroma(self._luminance, self._hue))
        self._choose_chroma(chroma_of(self._hue, within), gesture)

    def _on_suggestion(self, index: int) -> None:
        suggestion = self.suggestions.suggestions[index]
        a, b = suggestion.chroma_lab
        self._choose(ChosenColour((float(a), float(b)), suggestion.rgb), self._gesture.single())

    def _on_recent(self, index: int) -> None:
        self._on_rgb(self.recent.colours[index].rgb)

    def _on_rgb(self, rgb: Rgb) -> None:
        self._choose(ChosenColour.of_rgb(rgb), self._gesture.single())


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName("flat")
    button.setDefaultAction(action)
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text().replace("&", ""))
    return button
