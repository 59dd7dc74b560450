"""Undo and redo: their names in the menu, and what they mean while something is being drawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorstudio.gui.actions import with_keys

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


class SteppingController(QObject):
    """The two actions on the history of the session."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._canvas = window.canvas
        self._stack = stack = window.session.undo_stack
        self._actions = {name: window.actions_by_name[name] for name in ("undo", "redo")}
        for name, method, changed, text_changed in (
            ("undo", self.undo, stack.canUndoChanged, stack.undoTextChanged),
            ("redo", self.redo, stack.canRedoChanged, stack.redoTextChanged),
        ):
            self._actions[name].triggered.connect(method)
            changed.connect(self._actions[name].setEnabled)
            text_changed.connect(partial(self._name_step, name))
            self._actions[name].setEnabled(False)

    def undo(self) -> None:
        """Take the last step back; while something is drawn, give that up."""
        if not self._canvas.cancel_tool():
            self._stack.undo()

    def redo(self) -> None:
        """Take a step again, unless something is being drawn."""
        if not self._canvas.tool_pressed:
            self._stack.redo()

    def _name_step(self, name: str, step: str) -> None:
        if name == "undo":
            words = self.tr("&Undo {step}") if step else self.tr("&Undo")
        else:
            words = self.tr("&Redo {step}") if step else self.tr("&Redo")
        words = words.format(step=step)
        action = self._actions[name]
        action.setText(words)
        action.setToolTip(with_keys(words.replace("&", ""), action))
