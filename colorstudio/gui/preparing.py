"""What is done to a photo before it is coloured: turning, cropping, straightening, levels."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorstudio.document.preparation import Crop, Preparation, turned_shape
from colorstudio.gui.cropping import CroppingController
from colorstudio.gui.language import number_words
from colorstudio.gui.levelling import LevellingController
from colorstudio.gui.panels.preparing.page import PreparingPage
from colorstudio.gui.panels.side_panel import scrolling

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


_GEOMETRY = ("rotate_left", "rotate_right", "straighten", "crop")
_LEVELS = ("levels", "automatic_levels")


def turned(preparation: Preparation, source_shape: tuple[int, int], quarter_turns: int) -> Preparation:
    """The preparation with more quarter turns, clockwise; what is cropped stays cropped."""
    crop = preparation.crop
    height, width = turned_shape(source_shape, preparation.quarter_turns)
    for _ in range(quarter_turns % 4):
        if crop is not None:
            crop = Crop(crop.left, height - crop.top - crop.height, crop.width, crop.height)
        height, width = width, height
    return replace(preparation, quarter_turns=(preparation.quarter_turns + quarter_turns) % 4, crop=crop)


class PreparingController(QObject):
    """The actions of preparing; each is one step of the history."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._actions = {name: window.actions_by_name[name] for name in (*_GEOMETRY, *_LEVELS)}
        self.cropping = CroppingController(window)
        self.page = PreparingPage([self._actions[name] for name in _GEOMETRY])
        self.levelling = LevellingController(window, self.page)
        self.page.original_wanted.connect(self.restore)
        self._tab = scrolling(self.page)
        window.panel.add_tab(self._tab, self.tr("Prepare"))
        for name, method in (
            ("crop", self.cropping.begin),
            ("straighten", partial(self.cropping.begin, draws_line=True)),
            ("rotate_left", partial(self.rotate, -1)),
            ("rotate_right", partial(self.rotate, 1)),
            ("levels", self.show_levels),
            ("automatic_levels", self.levelling.set_automatically),
        ):
            self._actions[name].triggered.connect(partial(_call, method))
        window.tool_palette.addSeparator()
        window.tool_palette.add_command(self._actions["crop"])
        for changed in (self._session.opened, self._session.closed, self._session.edited):
            changed.connect(self._follow)
        self._follow()

    def rotate(self, quarter_turns: int) -> None:
        """Clockwise."""
        document = self._session.document
        if document is not None:
            self.cropping.leave()
            wanted = turned(self._session.preparation, document.source.shape, quarter_turns)
            self._session.prepare(self.tr("rotation"), wanted)

    def restore(self) -> None:
        """The photo as it was read, but for its levels."""
        self.cropping.leave()
        wanted = Preparation(levels=self._session.preparation.levels)
        if wanted != self._session.preparation:
            self._session.prepare(self.tr("original photo"), wanted)

    def show_levels(self) -> None:
        """Bring the page with the levels to the front."""
        self._window.actions_by_name["panel"].setChecked(True)
        self._window.panel.tabs.setCurrentWidget(self._tab)
        self.page.histogram.setFocus()

    def _follow(self, *_: object) -> None:
        document = self._session.document
        for action in self._actions.values():
            action.setEnabled(document is not None)
        preparation = self._session.preparation
        changed = preparation != Preparation(levels=preparation.levels)
        self.page.show_geometry(self._words() if changed else "", changed=changed)

    def _words(self) -> str:
        """What was done to the photo, for the page."""
        document = self._session.document
        if document is None:
            return ""
        preparation = document.preparation
        height, width = document.photo.shape
        words = [self.tr("{width} × {height} pixels").format(width=width, height=height)]
        if preparation.crop is not None:
            words.append(self.tr("cropped"))
        if preparation.straighten_degrees:
            degrees = number_words(preparation.straighten_degrees, 2)
            words.append(self.tr("straightened by {degrees}°").format(degrees=degrees))
        if preparation.quarter_turns:
            words.append(self.tr("turned by {degrees}°").format(degrees=90 * preparation.quarter_turns))
        return ", ".join(words)


def _call(method: object, _checked: bool = False) -> None:
    """`triggered` carries a flag that most methods have no use for."""
    method()  # type: ignore[operator]
