"""Menus and tool bar of the window, made from its actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from colorstudio.gui.actions import ActionSet
from colorstudio.gui.theme import ICON_SIZE, set_icon

_ZOOM_PRESETS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)

translate = QCoreApplication.translate


class RecentMenu(QMenu):
    """The photos opened lately."""

    def __init__(self, open_path: Callable[[Path], None], clear: Callable[[], None], parent: QWidget) -> None:
        super().__init__(translate("Menus", "Open &recent"), parent)
        self._open_path = open_path
        self._clear = clear

    def set_paths(self, paths: list[Path]) -> None:
        self.clear()
        for number, path in enumerate(paths, start=1):
            label = path.name.replace("&", "&&")
            action = self.addAction(f"&{number}  {label}" if number < 10 else f"{number}  {label}")
            action.setToolTip(str(path))
            action.setData(str(path))
            action.triggered.connect(partial(self._chosen, path))
        if paths:
            self.addSeparator()
            self.addAction(translate("Menus", "&Clear this list")).triggered.connect(self._clear)
        self.setToolTipsVisible(True)
        self.setEnabled(bool(paths))

    def _chosen(self, path: Path, _checked: bool = False) -> None:
        self._open_path(path)


def build_menus(window: QMainWindow, actions: ActionSet, recent: RecentMenu) -> None:
    bar = window.menuBar()
    separator = None
    for title, names in (
        (
            translate("Menus", "&File"),
            (
                "open",
                "open_folder",
                recent,
                "sample",
                "paste",
                "recover",
                separator,
                "save",
                "save_as",
                separator,
                "export",
                "export_all",
                "save_pdf",
                "print",
                separator,
                (
                    translate("Menus", "S&trokes"),
                    ("import_strokes", "export_stroke_layer", "export_pair"),
                ),
                separator,
                "close",
                "quit",
            ),
        ),
        (
            translate("Menus", "&Edit"),
            ("undo", "redo", separator, "copy", separator, "preferences"),
        ),
        (
            translate("Menus", "&Photo"),
            (
                "colorize",
                "colour_like",
                "remove_reference",
                "variations",
                "stop",
                separator,
                "crop",
                "straighten",
                "rotate_left",
                "rotate_right",
                "levels",
                "automatic_levels",
                separator,
                "previous_photo",
                "next_photo",
                separator,
                "colour_all",
                "stop_batch",
                "batch_failures",
            ),
        ),
        (
            translate("Menus", "&Colour"),
            (
                "mode_hybrid",
                "mode_network",
                "mode_scribbles",
                separator,
                "more",
                "less",
                "reset",
                separator,
                *(f"suggestion_{number}" for number in range(1, 6)),
                "hold_colours",
                separator,
                "references",
            ),
        ),
        (
            translate("Menus", "&Tools"),
            (
                "tool_brush",
                "tool_eraser",
                "tool_select",
                "tool_eyedropper",
                "tool_hand",
                separator,
                "brush_smaller",
                "brush_larger",
                separator,
                "kind_colour",
                "kind_neutral",
                "kind_keep",
                separator,
                "turing_test",
            ),
        ),
        (
            translate("Menus", "&Strokes"),
            (
                "select_all",
                "deselect",
                separator,
                "recolour_strokes",
                "make_neutral",
                "make_keep",
                "save_stroke_colour",
                separator,
                "bring_to_front",
                "send_to_back",
                separator,
                "delete_strokes",
                separator,
                "strokes_display",
            ),
        ),
        (
            translate("Menus", "&View"),
            (
                "zoom_in",
                "zoom_out",
                "fit",
                "actual_size",
                separator,
                "gray",
                "split",
                "side_by_side",
                "compare_models",
                separator,
                "filmstrip",
                "panel",
                "full_screen",
            ),
        ),
        (translate("Menus", "&Help"), ("cheat_sheet", "tour", separator, "about")),
    ):
        menu = bar.addMenu(title)
        for item in names:
            if item is separator:
                menu.addSeparator()
            elif isinstance(item, QMenu):
                menu.addMenu(item)
            elif isinstance(item, tuple):
                heading, within = item
                menu.addMenu(heading).addActions([actions[name] for name in within])
            else:
                menu.addAction(actions[str(item)])


class ToolBar(QToolBar):
    """The row of buttons under the menus."""

    def __init__(self, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(translate("Menus", "Tools"), parent)
        self.setObjectName("toolBar")
        self.setMovable(False)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in ("open", "save", "export"):
            self.addAction(actions[name])
        self.addSeparator()
        for name in ("undo", "redo"):
            self.addAction(actions[name])
        self._add_space()
        self.before_button = QToolButton()
        set_icon(self.before_button, "before")
        self.before_button.setText(translate("Menus", "Before"))
        self.before_button.setToolTip(translate("Menus", "Hold to see the gray photo (B)"))
        self.addWidget(self.before_button)
        for name in ("split", "side_by_side", "compare_models"):
            self.addAction(actions[name])
        self._add_space()
        self.addAction(actions["zoom_out"])
        self.zoom_button = QToolButton()
        self.zoom_button.setText("–")
        self.zoom_button.setToolTip(translate("Menus", "Zoom"))
        self.zoom_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom_button.setMinimumWidth(64)
        self.zoom_menu = QMenu(self.zoom_button)
        self.zoom_menu.addAction(actions["fit"])
        self.zoom_menu.addSeparator()
        for zoom in _ZOOM_PRESETS:
            self.zoom_menu.addAction(f"{zoom * 100:.0f} %").setData(zoom)
        self.zoom_button.setMenu(self.zoom_menu)
        self.addWidget(self.zoom_button)
        for name in ("zoom_in", "fit", "actual_size"):
            self.addAction(actions[name])
        self.addSeparator()
        self.addAction(actions["panel"])
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(button.text().replace("&", "").rstrip("…"))
        self.zoom_button.setAccessibleName(self.zoom_button.toolTip())

    def _add_space(self) -> None:
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
