"""The tools of the canvas: which is in the hand, the brush's size and kind, the strokes over the photo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorstudio.document.path_simplifying import warm_up
from colorstudio.document.strokes import StrokeKind
from colorstudio.gui.canvas.display import Display
from colorstudio.gui.canvas.stroke_layer import StrokeLayer
from colorstudio.gui.canvas.tools.base import CanvasTool
from colorstudio.gui.canvas.tools.brush import BrushTool, EraserTool
from colorstudio.gui.canvas.tools.hand import HandTool
from colorstudio.gui.canvas.tools.path import PathTool
from colorstudio.gui.canvas.tools.select import SelectTool
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.painting import rounded_radius
from colorstudio.gui.panels.tool_options import ToolOptions
from colorstudio.gui.stroke_editing import StrokeEditor
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

KINDS: dict[str, StrokeKind] = {"kind_colour": "colour", "kind_neutral": "neutral", "kind_keep": "keep"}


class ToolsController(QObject):
    """Puts the tools into the window.

    Attributes
    ----------
    editor, layer
        What changes strokes, and what shows them.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._canvas = window.canvas
        self._settings = window.settings
        self._brush = window.brush
        self._actions = window.actions_by_name
        session = window.session
        self.editor = StrokeEditor(session, window.brush, window.selection, self)
        self.layer = StrokeLayer(window.canvas, session.new_lane("strokes"))
        self.brush_tool = BrushTool(self.editor, self.layer)
        self.eraser_tool = EraserTool(self.editor, self.layer)
        self.select_tool = SelectTool(self.editor, self.layer)
        self._tools: dict[str, CanvasTool | None] = {
            "tool_brush": self.brush_tool,
            "tool_eraser": self.eraser_tool,
            "tool_select": self.select_tool,
            "tool_eyedropper": None,  # the canvas's own, whoever brings it
            "tool_hand": HandTool(),
        }
        self._warming = session.new_lane("warming")
        self._canvas.eraser = self.eraser_tool
        self.options = ToolOptions(window.brush, tuple(self._actions[name] for name in KINDS))
        window.set_tool_options(self.options)
        for name in self._tools:
            action = self._actions[name]
            window.tool_palette.add_tool(action)
            action.toggled.connect(partial(self._take, name))
        self._connect()
        stored = self._settings.tool
        self._actions[stored if stored in self._tools else "tool_brush"].setChecked(True)
        self.set_display(self._settings.stroke_display)
        self._show_kind(self._brush.kind)
        self._on_page()

    def _connect(self) -> None:
        session = self._window.session
        for name, steps in (("brush_smaller", -1.0), ("brush_larger", 1.0)):
            self._actions[name].triggered.connect(partial(self._resize, steps))
        for name in KINDS:
            self._actions[name].triggered.connect(partial(self._choose_kind, name))
        self._actions["strokes_display"].triggered.connect(self._next_display)
        self._brush.kind_changed.connect(self._show_kind)
        self._brush.radius_changed.connect(self._on_radius)
        self._window.selection.changed.connect(self._on_selection)
        self.editor.strokes_changed.connect(self._on_strokes)
        self._window.stack.currentChanged.connect(self._on_page)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)

    # -- tools --------------------------------------------------------------------------------------------

    def _take(self, name: str, taken: bool) -> None:
        if not taken:
            return
        tool = self._tools[name] or self._canvas.picker
        if tool is None:
            return
        self._canvas.tool = tool
        if tool is not self._canvas.picker:
            self._settings.tool = name
        self.options.show_tool(
            paints=tool is self.brush_tool, has_size=isinstance(tool, PathTool), hint=self._hint(name)
        )

    def _hint(self, name: str) -> str:
        return {
            "tool_brush": self.tr("Shift draws a straight line, Alt takes a colour"),
            "tool_eraser": self.tr("Drag over strokes to take parts of them away"),
            "tool_select": self.tr("Click or drag around strokes to select them, drag them to move them"),
            "tool_eyedropper": self.tr("Click to take a colour from the photo"),
            "tool_hand": self.tr("Drag to move the photo; with other tools hold Space"),
        }[name]

    def escape(self) -> bool:
        """Give up what is being drawn, else the selection; whether there was anything."""
        if self._canvas.cancel_tool():
            return True
        if len(self._window.selection):
            self._window.selection.clear()
            return True
        return False

    # -- brush --------------------------------------------------------------------------------------------

    def _resize(self, steps: float, _checked: bool = False) -> None:
        self._brush.resize(steps)

    def _on_radius(self, radius_px: float) -> None:
        longer = max(self.editor.shape)
        if longer:
            self._settings.brush_size = radius_px / longer
        self._canvas.update()

    def _choose_kind(self, name: str, _checked: bool = False) -> None:
        """A kind that is chosen already goes back to colour: one key there and back."""
        again = self._brush.kind == KINDS[name]
        self._brush.kind = "colour" if again else KINDS[name]
        self._show_kind(self._brush.kind)

    def _show_kind(self, kind: StrokeKind) -> None:
        for name, other in KINDS.items():
            self._actions[name].setChecked(other == kind)

    # -- strokes over the photo ---------------------------------------------------------------------------

    def set_display(self, display: Display) -> None:
        """Show, dim or hide the strokes over the photo."""
        self.layer.display = display
        self._settings.stroke_display = display

    def _next_display(self) -> None:
        displays = list(Display)
        self.set_display(displays[(displays.index(self.layer.display) + 1) % len(displays)])

    def _on_strokes(self) -> None:
        self.layer.set_strokes(self.editor.strokes)

    def _on_selection(self) -> None:
        self.layer.set_selected(self._window.selection.strokes)

    def _on_page(self) -> None:
        """The tools are for the canvas, not for what else takes its place."""
        page = self._window.stack.currentWidget()
        self._window.tool_palette.setEnabled(page is not self._window.empty_state)
        self.options.setVisible(page is self._canvas)

    # -- photos -------------------------------------------------------------------------------------------

    def _on_opened(self, _opened: object) -> None:
        """Another photo: a brush of the same size on the screen, and nothing of the last photo's strokes."""
        self._forget_paths()
        self._brush.radius_px = rounded_radius(self._settings.brush_size * max(self.editor.shape))
        self._warming.submit(_warm_up)

    def _on_closed(self) -> None:
        self._forget_paths()

    def _forget_paths(self) -> None:
        self.layer.clear()
        self.layer.set_strokes(self.editor.strokes)
        for tool in (self.brush_tool, self.eraser_tool):
            tool.last_point = None


def _warm_up(_token: ProgressToken, _deliver: Deliver) -> None:
    warm_up()
