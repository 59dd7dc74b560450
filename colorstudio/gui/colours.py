"""Choosing colours: the panel, the eyedropper and the references, for the brush and the selected strokes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from colorstudio.document.chosen_colour import ChosenColour, Rgb
from colorstudio.document.document import Settings
from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.tools.eyedropper import EyedropperTool
from colorstudio.gui.colour_place import ColourPlace
from colorstudio.gui.palettes import PaletteController
from colorstudio.gui.panels.colour.colour_panel import RECENT_COLOURS, ColourPanel
from colorstudio.gui.panels.colour.reference_window import ReferenceWindow
from colorstudio.gui.panels.colour.suggestions import MOST_SUGGESTIONS, SuggestedColour

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

# A colour that strokes have had for so long is one that was meant, and no step of a drag.
_MEANT_MS = 1000


class ColourController(QObject):
    """Brings the panel's colour to the brush, or to the selected strokes, and theirs to the panel.

    Signals
    -------
    like_wanted
        The `PhotoSource` of a reference photo that the photo at hand is to be coloured like.
    """

    like_wanted = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._brush = window.brush
        self._selection = window.selection
        self._strokes: tuple[Stroke, ...] = ()  # as they were before the last edit
        actions = window.actions_by_name
        self.panel = ColourPanel(actions["references"], actions["hold_colours"])
        self.place = ColourPlace(window)
        self.palettes = PaletteController(window, self.panel.palettes)
        self.eyedropper = EyedropperTool(self._on_picked)
        self._references: ReferenceWindow | None = None
        self._meant = QTimer(self)
        self._meant.setSingleShot(True)
        self._meant.setInterval(_MEANT_MS)
        self._meant.timeout.connect(self._remember_selected)
        window.canvas.picker = self.eyedropper
        window.panel.set_colour_panel(self.panel)
        self._connect()
        self.panel.show_recent(window.settings.recent_colours)
        self._show_colour()
        self._on_document()

    def _connect(self) -> None:
        actions = self._window.actions_by_name
        actions["references"].triggered.connect(self._show_references)
        actions["hold_colours"].toggled.connect(self.place.hold)
        for number in range(MOST_SUGGESTIONS):
            actions[f"suggestion_{number + 1}"].triggered.connect(partial(self._use_suggestion, number))
        self._window.strokes.colour_save_requested.connect(self.save_colour)
        self.panel.chosen.connect(self.choose)
        self.place.luminance_changed.connect(self.panel.show_luminance)
        self.place.rested.connect(self._session.suggest)
        self._brush.colour_changed.connect(self._show_colour)
        self._selection.changed.connect(self._show_colour)
        self._session.coloured.connect(self._on_coloured)
        self._session.suggested.connect(self._on_suggested)
        self._session.edited.connect(self._on_edited)
        for signal in (self._session.opened, self._session.closed, self._session.edited):
            signal.connect(self._on_document)

    # -- choosing -----------------------------------------------------------------------------------------

    def choose(self, colour: ChosenColour, gesture: int) -> None:
        """Recolour the selected strokes, else take the colour up with the brush.

        Parameters
        ----------
        gesture
            Changes of one gesture are one step of the history.
        """
        self.panel.show_colour(colour)
        if self._selection.strokes:
            self._window.stroke_editor.recolour(colour.rgb, merge_key=f"colour {gesture}")
            self._meant.start()
        else:
            self._brush.kind = "colour"
            self._brush.rgb = colour.rgb

    def _use_suggestion(self, index: int, _checked: bool = False) -> None:
        self.panel.suggestions.choose(index)

    def _on_picked(self, rgb: Rgb, gesture: int) -> None:
        """Taken from the result: what is seen there has gone through the intensity, and will again."""
        colour, document = ChosenColour.of_rgb(rgb), self._session.document
        intensity = document.settings.saturation if document is not None else 1.0
        if self._window.canvas.after is not None and intensity not in (0.0, 1.0):
            a, b = colour.chroma_lab
            colour = ChosenColour.of_chroma((a / intensity, b / intensity), self.panel.luminance)
        self.choose(colour, gesture)

    def _on_reference_picked(self, rgb: Rgb, gesture: int) -> None:
        self.choose(ChosenColour.of_rgb(rgb), gesture)

    # -- showing ------------------------------------------------------------------------------------------

    def _show_colour(self, _what: object = None) -> None:
        """The colour of the selected strokes, else the brush's; one that is shown already stays exact."""
        colours = [stroke.rgb for stroke in self._selection.strokes if stroke.rgb is not None]
        rgb = colours[0] if colours else self._brush.rgb
        if rgb != self.panel.colour.rgb:
            self.panel.show_colour(ChosenColour.of_rgb(rgb))

    def _on_coloured(self, colouring: object) -> None:
        """Given another stroke, or by another network, other colours are likely."""
        if colouring is not None and self.place.place is not None:
            self._session.suggest(*self.place.place)

    def _on_suggested(self, row: float, col: float, suggestions: list[SuggestedColour]) -> None:
        if (row, col) == self.place.place:
            self.panel.show_suggestions(suggestions)

    def _on_document(self, _what: object = None) -> None:
        document = self._session.document
        self._strokes = document.strokes if document is not None else ()
        if self.place.place is None:
            self.panel.show_suggestions(())
        settings = document.settings if document is not None else Settings()
        self.panel.show_intensity(settings.saturation)

    def _on_edited(self) -> None:
        document = self._session.document
        strokes = document.strokes if document is not None else ()
        newest = strokes[-1].rgb if strokes else None
        if newest is not None and strokes[:-1] == self._strokes:
            self._remember(newest)

    # -- recent colours -----------------------------------------------------------------------------------

    def _remember_selected(self) -> None:
        for stroke in self._selection.strokes[:1]:
            if stroke.rgb is not None:
                self._remember(stroke.rgb)

    def _remember(self, rgb: Rgb) -> None:
        """A colour was used: it comes first among the recent ones."""
        settings = self._window.settings
        others = (other for other in settings.recent_colours if other != rgb)
        settings.recent_colours = [rgb, *others][:RECENT_COLOURS]
        self.panel.show_recent(settings.recent_colours)

    def save_colour(self, rgb: Rgb) -> None:
        """Keep a colour in the palette that is shown."""
        self.panel.palettes.add_colour(rgb)

    # -- references ---------------------------------------------------------------------------------------

    @property
    def references(self) -> ReferenceWindow:
        """The window of reference photos; made when it is first asked for."""
        if self._references is None:
            lane = self._session.new_lane("references")
            self._references = ReferenceWindow(lane, self._window.settings, self._window)
            self._references.picked.connect(self._on_reference_picked)
            self._references.like_wanted.connect(self.like_wanted)
        return self._references

    def _show_references(self) -> None:
        self.references.show()
        self.references.raise_()
        self.references.activateWindow()

    def close(self) -> None:
        """Put the references away and save what is not saved yet. The session has ended."""
        if self._references is not None:
            self._references.close()
        self.palettes.close()
