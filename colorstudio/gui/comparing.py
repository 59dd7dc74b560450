"""Comparing before and after: one way at a time, chosen in the menu, remembered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup

from colorstudio.gui.canvas.comparison import Comparison

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

# Without one of them the photo is seen in colour.
_ACTIONS = {
    "gray": Comparison.GRAY,
    "split": Comparison.SPLIT,
    "side_by_side": Comparison.SIDE_BY_SIDE,
}


class ComparingController(QObject):
    """The actions of comparing, in step with the canvas."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._canvas = window.canvas
        self._settings = window.settings
        self._actions = {name: window.actions_by_name[name] for name in _ACTIONS}
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for name, action in self._actions.items():
            group.addAction(action)
            action.toggled.connect(partial(self._toggled, name))
        self._canvas.split.position = self._settings.split_position
        self._canvas.comparison_changed.connect(self._on_changed)
        self._canvas.set_comparison(self._settings.comparison)

    def _toggled(self, name: str, checked: bool) -> None:
        if checked:
            self._canvas.set_comparison(_ACTIONS[name])
        elif self._canvas.comparison is _ACTIONS[name]:
            self._canvas.set_comparison(Comparison.COLOUR)

    def _on_changed(self, comparison: Comparison) -> None:
        for name, action in self._actions.items():
            action.setChecked(_ACTIONS[name] is comparison)
        self._settings.split_position = self._canvas.split.position
        # A gray photo at the next start would look as if the colours were missing.
        if comparison is not Comparison.GRAY:
            self._settings.comparison = comparison
