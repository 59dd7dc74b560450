"""What is done with strokes that are there: commands, the menu over them, their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Signal
from PySide6.QtWidgets import QMenu

from colorstudio.gui.panels.stroke_list import StrokeList

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

# On the selected strokes; None is a line in the menu.
_COMMANDS = (
    "recolour_strokes",
    "make_neutral",
    "make_keep",
    "save_stroke_colour",
    None,
    "bring_to_front",
    "send_to_back",
    None,
    "delete_strokes",
)


class StrokesController(QObject):
    """Commands for the selected strokes.

    Signals
    -------
    colour_save_requested
        sRGB of 0 to 255: the user wants to keep the colour of a stroke.
    """

    colour_save_requested = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_by_name
        self._selection = window.selection
        self._tools = window.tools
        self._editor = editor = window.tools.editor
        self.menu = self._build_menu()
        foot = tuple(self._actions[name] for name in ("bring_to_front", "delete_strokes"))
        self.list = StrokeList(window.selection, foot)
        window.panel.add_tab(self.list, self.tr("Strokes"))
        for name, method in (
            ("select_all", editor.select_all),
            ("deselect", self._selection.clear),
            ("recolour_strokes", self._recolour),
            ("make_neutral", self._make_neutral),
            ("make_keep", self._make_keep),
            ("bring_to_front", editor.bring_to_front),
            ("send_to_back", editor.send_to_back),
            ("delete_strokes", editor.delete),
            ("save_stroke_colour", self._save_colour),
        ):
            self._actions[name].triggered.connect(method)
        self.list.reordered.connect(editor.reorder)
        self.list.menu_requested.connect(self.menu.popup)
        self.list.display_chosen.connect(self._tools.set_display)
        self._tools.layer.display_changed.connect(self.list.set_display)
        self.list.set_display(self._tools.layer.display)
        window.canvas.menu_requested.connect(self._open_menu)
        editor.strokes_changed.connect(self._on_strokes)
        self._selection.changed.connect(self._update_actions)
        self._update_actions()

    def _build_menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.setAccessibleName(self.tr("Selected strokes"))
        for name in _COMMANDS:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])
        return menu

    def _open_menu(self, at: QPointF, on_screen: QPoint) -> None:
        """Over a stroke its menu, which means it alone unless it is one of those selected."""
        stroke = self._tools.select_tool.stroke_at(self._window.canvas, at)
        if stroke is None:
            return
        if stroke not in self._selection:
            self._selection.set([stroke])
        self.menu.popup(on_screen)

    # -- commands -----------------------------------------------------------------------------------------

    def _recolour(self) -> None:
        self._editor.recolour(self._window.brush.rgb)

    def _make_neutral(self) -> None:
        self._editor.set_kind("neutral")

    def _make_keep(self) -> None:
        self._editor.set_kind("keep")

    def _save_colour(self) -> None:
        colours = [stroke.rgb for stroke in self._selection.strokes if stroke.rgb is not None]
        for rgb in dict.fromkeys(colours):
            self.colour_save_requested.emit(rgb)

    # -- staying in step ----------------------------------------------------------------------------------

    def _on_strokes(self) -> None:
        self.list.set_strokes(self._editor.strokes)
        self._update_actions()

    def _update_actions(self) -> None:
        chosen = self._selection.strokes
        for name in _COMMANDS:
            if name is not None:
                self._actions[name].setEnabled(bool(chosen))
        self._actions["save_stroke_colour"].setEnabled(any(stroke.rgb for stroke in chosen))
        self._actions["deselect"].setEnabled(bool(chosen))
        self._actions["select_all"].setEnabled(bool(self._editor.strokes))
