"""All commands of the window in one table: name, words, keys, icon.

The window connects them; menus and the tool bar pick from them by name. A place to edit shortcuts needs
nothing but this table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from colorstudio.gui.theme import set_icon

_CONTEXT = "Actions"


@dataclass(frozen=True)
class ActionSpec:
    """A command.

    Attributes
    ----------
    keys
        Shortcuts in Qt's portable notation; the first one is shown.
    """

    name: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text for the translators' tools, which know this name. Qt's own says it returns `object`."""
    return text


def _spec(
    name: str, text: str, tip: str, *keys: str, symbol: str = "", checkable: bool = False
) -> ActionSpec:
    return ActionSpec(name, text, tip, keys, symbol, checkable)


ACTIONS = (
    _spec(
        "open",
        QT_TRANSLATE_NOOP("Actions", "&Open…"),
        QT_TRANSLATE_NOOP("Actions", "Open a photo or a project"),
        "Ctrl+O",
        symbol="open",
    ),
    _spec(
        "open_folder",
        QT_TRANSLATE_NOOP("Actions", "Open &folder…"),
        QT_TRANSLATE_NOOP("Actions", "Open all photos of a folder"),
        "Ctrl+Shift+O",
        symbol="open",
    ),
    _spec(
        "paste",
        QT_TRANSLATE_NOOP("Actions", "&Paste as new photo"),
        QT_TRANSLATE_NOOP("Actions", "Open what was copied"),
        "Ctrl+V",
    ),
    _spec(
        "sample",
        QT_TRANSLATE_NOOP("Actions", "Open sa&mple photo"),
        QT_TRANSLATE_NOOP("Actions", "Open a photo that comes along"),
    ),
    _spec(
        "recover",
        QT_TRANSLATE_NOOP("Actions", "Restore &unsaved work…"),
        QT_TRANSLATE_NOOP("Actions", "What was not saved when Color Studio last ended"),
    ),
    _spec(
        "save",
        QT_TRANSLATE_NOOP("Actions", "&Save project"),
        QT_TRANSLATE_NOOP("Actions", "Save the photo with its strokes and settings, to go on later"),
        "Ctrl+S",
        symbol="save",
    ),
    _spec(
        "save_as",
        QT_TRANSLATE_NOOP("Actions", "Save project &as…"),
        QT_TRANSLATE_NOOP("Actions", "Save in another project"),
        "Ctrl+Shift+S",
    ),
    _spec(
        "export",
        QT_TRANSLATE_NOOP("Actions", "&Export…"),
        QT_TRANSLATE_NOOP("Actions", "Save the coloured photo"),
        "Ctrl+E",
        symbol="export",
    ),
    _spec(
        "import_strokes",
        QT_TRANSLATE_NOOP("Actions", "&Import strokes…"),
        QT_TRANSLATE_NOOP("Actions", "From a transparent layer, or from a copy that was painted on"),
        "Ctrl+I",
    ),
    _spec(
        "export_stroke_layer",
        QT_TRANSLATE_NOOP("Actions", "Export as a &layer…"),
        QT_TRANSLATE_NOOP("Actions", "The strokes alone, on a transparent ground"),
    ),
    _spec(
        "export_pair",
        QT_TRANSLATE_NOOP("Actions", "Export gray and &marked pair…"),
        QT_TRANSLATE_NOOP(
            "Actions", "The gray photo, and the same with strokes, as Levin's method reads them"
        ),
    ),
    _spec(
        "copy",
        QT_TRANSLATE_NOOP("Actions", "&Copy coloured photo"),
        QT_TRANSLATE_NOOP("Actions", "Copy the result at full size, to paste it in another program"),
        "Ctrl+C",
    ),
    _spec(
        "print",
        QT_TRANSLATE_NOOP("Actions", "Pri&nt…"),
        QT_TRANSLATE_NOOP("Actions", "Print the coloured photo, as large as the page has room"),
        "Ctrl+P",
    ),
    _spec(
        "save_pdf",
        QT_TRANSLATE_NOOP("Actions", "Save as P&DF…"),
        QT_TRANSLATE_NOOP("Actions", "One page with the coloured photo"),
    ),
    _spec(
        "close",
        QT_TRANSLATE_NOOP("Actions", "&Close photo"),
        QT_TRANSLATE_NOOP("Actions", "Put the photo away"),
        "Ctrl+W",
    ),
    _spec(
        "quit",
        QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Leave Color Studio"),
        "Ctrl+Q",
    ),
    _spec(
        "undo",
        QT_TRANSLATE_NOOP("Actions", "&Undo"),
        QT_TRANSLATE_NOOP("Actions", "Undo"),
        "Ctrl+Z",
        symbol="undo",
    ),
    _spec(
        "redo",
        QT_TRANSLATE_NOOP("Actions", "&Redo"),
        QT_TRANSLATE_NOOP("Actions", "Redo"),
        "Ctrl+Shift+Z",
        "Ctrl+Y",
        symbol="redo",
    ),
    _spec(
        "reset",
        QT_TRANSLATE_NOOP("Actions", "Reset &intensity"),
        QT_TRANSLATE_NOOP("Actions", "Colours as the network saw them: 100 %"),
        "Ctrl+R",
        symbol="reset",
    ),
    _spec(
        "more",
        QT_TRANSLATE_NOOP("Actions", "&More colour"),
        QT_TRANSLATE_NOOP("Actions", "Stronger colours, by 10 %"),
        "Ctrl+Up",
    ),
    _spec(
        "less",
        QT_TRANSLATE_NOOP("Actions", "&Less colour"),
        QT_TRANSLATE_NOOP("Actions", "Weaker colours, by 10 %"),
        "Ctrl+Down",
    ),
    _spec(
        "crop",
        QT_TRANSLATE_NOOP("Actions", "C&rop…"),
        QT_TRANSLATE_NOOP("Actions", "Take a part of the photo, and straighten it"),
        "C",
        symbol="crop",
    ),
    _spec(
        "straighten",
        QT_TRANSLATE_NOOP("Actions", "&Straighten…"),
        QT_TRANSLATE_NOOP("Actions", "Draw a line along a horizon, or along a wall"),
        "Shift+C",
        symbol="horizon",
    ),
    _spec(
        "rotate_left",
        QT_TRANSLATE_NOOP("Actions", "Rotate &left"),
        QT_TRANSLATE_NOOP("Actions", "A quarter turn anticlockwise"),
        "Ctrl+Shift+L",
        symbol="rotate-left",
    ),
    _spec(
        "rotate_right",
        QT_TRANSLATE_NOOP("Actions", "Rotate ri&ght"),
        QT_TRANSLATE_NOOP("Actions", "A quarter turn clockwise"),
        "Ctrl+Shift+R",
        symbol="rotate-right",
    ),
    _spec(
        "levels",
        QT_TRANSLATE_NOOP("Actions", "Le&vels…"),
        QT_TRANSLATE_NOOP("Actions", "Black, white and gamma for a faded photo"),
        "Ctrl+L",
    ),
    _spec(
        "automatic_levels",
        QT_TRANSLATE_NOOP("Actions", "&Automatic levels"),
        QT_TRANSLATE_NOOP("Actions", "Stretch a faded photo from black to white"),
        "F6",
    ),
    _spec(
        "colorize",
        QT_TRANSLATE_NOOP("Actions", "&Colour the photo"),
        QT_TRANSLATE_NOOP("Actions", "Have the network colour the photo"),
        "F5",
        symbol="colorize",
    ),
    _spec(
        "colour_like",
        QT_TRANSLATE_NOOP("Actions", "Colour li&ke another photo…"),
        QT_TRANSLATE_NOOP("Actions", "Take the colours of like things in a photo that has them"),
        "Shift+L",
        symbol="reference",
    ),
    _spec(
        "remove_reference",
        QT_TRANSLATE_NOOP("Actions", "R&emove the reference"),
        QT_TRANSLATE_NOOP("Actions", "Take no colours from another photo any more"),
    ),
    _spec(
        "variations",
        QT_TRANSLATE_NOOP("Actions", "Show me var&iations…"),
        QT_TRANSLATE_NOOP("Actions", "The photo in several other colours, all plausible, to choose from"),
        "Shift+V",
        symbol="colorize",
    ),
    _spec(
        "next_photo",
        QT_TRANSLATE_NOOP("Actions", "&Next photo"),
        QT_TRANSLATE_NOOP("Actions", "The next photo of the strip"),
        "PgDown",
    ),
    _spec(
        "previous_photo",
        QT_TRANSLATE_NOOP("Actions", "&Previous photo"),
        QT_TRANSLATE_NOOP("Actions", "The previous photo of the strip"),
        "PgUp",
    ),
    _spec(
        "colour_all",
        QT_TRANSLATE_NOOP("Actions", "Colour all p&hotos"),
        QT_TRANSLATE_NOOP("Actions", "Have the network colour all photos of the strip"),
        "Shift+F5",
        symbol="colorize",
    ),
    _spec(
        "export_all",
        QT_TRANSLATE_NOOP("Actions", "Export a&ll…"),
        QT_TRANSLATE_NOOP("Actions", "Save all photos of the strip in colour"),
        "Ctrl+Shift+E",
        symbol="export",
    ),
    _spec(
        "stop_batch",
        QT_TRANSLATE_NOOP("Actions", "Stop the &batch"),
        QT_TRANSLATE_NOOP("Actions", "Stop colouring or exporting all photos"),
        "Shift+Esc",
    ),
    _spec(
        "batch_failures",
        QT_TRANSLATE_NOOP("Actions", "&What failed…"),
        QT_TRANSLATE_NOOP("Actions", "Photos of the strip that failed, and why"),
    ),
    _spec(
        "stop",
        QT_TRANSLATE_NOOP("Actions", "S&top"),
        QT_TRANSLATE_NOOP("Actions", "Stop what is under way"),
        "Esc",
    ),
    _spec(
        "references",
        QT_TRANSLATE_NOOP("Actions", "&Reference photos"),
        QT_TRANSLATE_NOOP("Actions", "Colour photos to take colours from"),
        "Shift+R",
        symbol="reference",
    ),
    _spec(
        "hold_colours",
        QT_TRANSLATE_NOOP("Actions", "&Hold the place"),
        QT_TRANSLATE_NOOP("Actions", "Suggestions and luminance stay those of the place under the cursor"),
        "L",
        symbol="pin",
        checkable=True,
    ),
    *(
        _spec(
            f"suggestion_{number}",
            text,
            QT_TRANSLATE_NOOP("Actions", "Choose a colour that the network thinks likely"),
            f"Alt+{number}",
        )
        for number, text in enumerate(
            (
                QT_TRANSLATE_NOOP("Actions", "&1st suggested colour"),
                QT_TRANSLATE_NOOP("Actions", "&2nd suggested colour"),
                QT_TRANSLATE_NOOP("Actions", "&3rd suggested colour"),
                QT_TRANSLATE_NOOP("Actions", "&4th suggested colour"),
                QT_TRANSLATE_NOOP("Actions", "&5th suggested colour"),
            ),
            start=1,
        )
    ),
    _spec(
        "tool_brush",
        QT_TRANSLATE_NOOP("Actions", "&Brush"),
        QT_TRANSLATE_NOOP("Actions", "Paint strokes of colour"),
        "P",
        symbol="brush",
        checkable=True,
    ),
    _spec(
        "tool_eraser",
        QT_TRANSLATE_NOOP("Actions", "&Eraser"),
        QT_TRANSLATE_NOOP("Actions", "Take parts of strokes away"),
        "E",
        symbol="eraser",
        checkable=True,
    ),
    _spec(
        "tool_select",
        QT_TRANSLATE_NOOP("Actions", "&Select and move"),
        QT_TRANSLATE_NOOP("Actions", "Select strokes and move them"),
        "V",
        symbol="select",
        checkable=True,
    ),
    _spec(
        "tool_eyedropper",
        QT_TRANSLATE_NOOP("Actions", "E&yedropper"),
        QT_TRANSLATE_NOOP("Actions", "Take a colour from the photo; with the brush, hold Alt"),
        "I",
        symbol="eyedropper",
        checkable=True,
    ),
    _spec(
        "tool_hand",
        QT_TRANSLATE_NOOP("Actions", "&Hand"),
        QT_TRANSLATE_NOOP("Actions", "Move the photo; with other tools, hold Space"),
        "H",
        symbol="hand",
        checkable=True,
    ),
    _spec(
        "brush_smaller",
        QT_TRANSLATE_NOOP("Actions", "S&maller brush"),
        QT_TRANSLATE_NOOP("Actions", "Make the brush smaller; Shift and the wheel do too"),
        "[",
    ),
    _spec(
        "brush_larger",
        QT_TRANSLATE_NOOP("Actions", "&Larger brush"),
        QT_TRANSLATE_NOOP("Actions", "Make the brush larger; Shift and the wheel do too"),
        "]",
    ),
    _spec(
        "kind_colour",
        QT_TRANSLATE_NOOP("Actions", "&Colour"),
        QT_TRANSLATE_NOOP("Actions", "Paint with a colour"),
        checkable=True,
    ),
    _spec(
        "kind_neutral",
        QT_TRANSLATE_NOOP("Actions", "&Neutral"),
        QT_TRANSLATE_NOOP("Actions", "Paint what has no colour; once more: back to colour"),
        "N",
        checkable=True,
    ),
    _spec(
        "kind_keep",
        QT_TRANSLATE_NOOP("Actions", "&Keep"),
        QT_TRANSLATE_NOOP("Actions", "Paint what no stroke may change; once more: back to colour"),
        "K",
        checkable=True,
    ),
    _spec(
        "mode_hybrid",
        QT_TRANSLATE_NOOP("Actions", "&Automatic and strokes"),
        QT_TRANSLATE_NOOP("Actions", "The network colours, strokes spread along the edges of the photo"),
        checkable=True,
    ),
    _spec(
        "mode_network",
        QT_TRANSLATE_NOOP("Actions", "Net&work hints only"),
        QT_TRANSLATE_NOOP("Actions", "Strokes are hints for the network and nothing else"),
        checkable=True,
    ),
    _spec(
        "mode_scribbles",
        QT_TRANSLATE_NOOP("Actions", "Strokes &only"),
        QT_TRANSLATE_NOOP("Actions", "Only the colours of strokes spread, without a network"),
        checkable=True,
    ),
    _spec(
        "select_all",
        QT_TRANSLATE_NOOP("Actions", "Select &all strokes"),
        QT_TRANSLATE_NOOP("Actions", "Select all strokes"),
        "Ctrl+A",
    ),
    _spec(
        "deselect",
        QT_TRANSLATE_NOOP("Actions", "&Deselect"),
        QT_TRANSLATE_NOOP("Actions", "Select no stroke"),
        "Ctrl+Shift+A",
    ),
    _spec(
        "recolour_strokes",
        QT_TRANSLATE_NOOP("Actions", "&Recolour with the brush"),
        QT_TRANSLATE_NOOP("Actions", "Give the selected strokes the colour of the brush"),
        "Ctrl+Return",
    ),
    _spec(
        "make_neutral",
        QT_TRANSLATE_NOOP("Actions", "Make &neutral"),
        QT_TRANSLATE_NOOP("Actions", "Make the selected strokes say: no colour here"),
        "Ctrl+Shift+N",
    ),
    _spec(
        "make_keep",
        QT_TRANSLATE_NOOP("Actions", "Make them &keep"),
        QT_TRANSLATE_NOOP("Actions", "Make the selected strokes protect what is under them"),
        "Ctrl+Shift+K",
    ),
    _spec(
        "save_stroke_colour",
        QT_TRANSLATE_NOOP("Actions", "&Save colour"),
        QT_TRANSLATE_NOOP("Actions", "Keep the colour of the selected stroke in a palette"),
    ),
    _spec(
        "bring_to_front",
        QT_TRANSLATE_NOOP("Actions", "Bring to &front"),
        QT_TRANSLATE_NOOP("Actions", "Where strokes lie over each other, the selected ones are seen"),
        "Ctrl+Shift+]",
        symbol="to-front",
    ),
    _spec(
        "send_to_back",
        QT_TRANSLATE_NOOP("Actions", "Send to &back"),
        QT_TRANSLATE_NOOP("Actions", "Where strokes lie over each other, the others are seen"),
        "Ctrl+Shift+[",
    ),
    _spec(
        "delete_strokes",
        QT_TRANSLATE_NOOP("Actions", "De&lete strokes"),
        QT_TRANSLATE_NOOP("Actions", "Delete the selected strokes"),
        "Del",
        "Backspace",
        symbol="trash",
    ),
    _spec(
        "strokes_display",
        QT_TRANSLATE_NOOP("Actions", "Show, dim or &hide strokes"),
        QT_TRANSLATE_NOOP("Actions", "Show the strokes over the photo, dim them, hide them"),
        "O",
    ),
    _spec(
        "zoom_in",
        QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
        QT_TRANSLATE_NOOP("Actions", "Zoom in"),
        "Ctrl++",
        "Ctrl+=",
        "+",
        "=",
        symbol="zoom-in",
    ),
    _spec(
        "zoom_out",
        QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
        QT_TRANSLATE_NOOP("Actions", "Zoom out"),
        "Ctrl+-",
        "-",
        symbol="zoom-out",
    ),
    _spec(
        "fit",
        QT_TRANSLATE_NOOP("Actions", "&Fit in the window"),
        QT_TRANSLATE_NOOP("Actions", "The whole photo"),
        "Ctrl+0",
        "F",
        symbol="fit",
    ),
    _spec(
        "actual_size",
        QT_TRANSLATE_NOOP("Actions", "&100 %"),
        QT_TRANSLATE_NOOP("Actions", "One pixel of the photo on one of the screen"),
        "Ctrl+1",
        "1",
        symbol="actual-size",
    ),
    _spec(
        "gray",
        QT_TRANSLATE_NOOP("Actions", "&Gray photo"),
        QT_TRANSLATE_NOOP("Actions", "The photo before its colouring; hold B for a moment of it"),
        "Shift+B",
        checkable=True,
    ),
    _spec(
        "side_by_side",
        QT_TRANSLATE_NOOP("Actions", "Si&de by side"),
        QT_TRANSLATE_NOOP("Actions", "Gray on the left, colour on the right, at the same place"),
        "Shift+S",
        symbol="side-by-side",
        checkable=True,
    ),
    _spec(
        "split",
        QT_TRANSLATE_NOOP("Actions", "&Split before and after"),
        QT_TRANSLATE_NOOP("Actions", "Gray on the left of a line, colour on the right; drag the line"),
        "S",
        symbol="split",
        checkable=True,
    ),
    _spec(
        "compare_models",
        QT_TRANSLATE_NOOP("Actions", "Compare &models…"),
        QT_TRANSLATE_NOOP("Actions", "The photo as each of the models colours it, side by side"),
        "M",
        symbol="compare-models",
    ),
    _spec(
        "filmstrip",
        QT_TRANSLATE_NOOP("Actions", "Strip of p&hotos"),
        QT_TRANSLATE_NOOP("Actions", "Show or hide the photos of the folder"),
        "F8",
        symbol="filmstrip",
        checkable=True,
    ),
    _spec(
        "panel",
        QT_TRANSLATE_NOOP("Actions", "Side &panel"),
        QT_TRANSLATE_NOOP("Actions", "Show or hide the panel"),
        "F9",
        symbol="panel",
        checkable=True,
    ),
    _spec(
        "full_screen",
        QT_TRANSLATE_NOOP("Actions", "F&ull screen"),
        QT_TRANSLATE_NOOP("Actions", "Use the whole screen"),
        "F11",
        checkable=True,
    ),
    _spec(
        "turing_test",
        QT_TRANSLATE_NOOP("Actions", "&Turing test…"),
        QT_TRANSLATE_NOOP("Actions", "Let people judge which photos are real, and which look natural"),
    ),
    _spec(
        "preferences",
        QT_TRANSLATE_NOOP("Actions", "&Preferences…"),
        QT_TRANSLATE_NOOP("Actions", "Theme, language, device, keys"),
        "Ctrl+,",
    ),
    _spec(
        "cheat_sheet",
        QT_TRANSLATE_NOOP("Actions", "&Keys and gestures"),
        QT_TRANSLATE_NOOP("Actions", "All commands with their keys on one page"),
        "F1",
    ),
    _spec(
        "tour",
        QT_TRANSLATE_NOOP("Actions", "Show me a&round"),
        QT_TRANSLATE_NOOP("Actions", "The tour of the first start once more"),
    ),
    _spec(
        "about",
        QT_TRANSLATE_NOOP("Actions", "&About Color Studio"),
        QT_TRANSLATE_NOOP("Actions", "Version and licence"),
    ),
)


class ActionSet(QObject):
    """The actions of one window, by name: `actions["open"]`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {spec.name: self._build(spec, parent) for spec in ACTIONS}
        for spec in ACTIONS:
            self.set_keys(spec.name, spec.keys)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def set_keys(self, name: str, keys: tuple[str, ...]) -> None:
        """Other shortcuts, in Qt's portable notation; the tool tip follows."""
        action = self._actions[name]
        action.setShortcuts([QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in keys])
        spec = next(spec for spec in ACTIONS if spec.name == name)
        action.setToolTip(with_keys(QCoreApplication.translate(_CONTEXT, spec.tip), action))

    def _build(self, spec: ActionSpec, parent: QObject) -> QAction:
        action = QAction(QCoreApplication.translate(_CONTEXT, spec.text), parent)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        if spec.icon:
            set_icon(action, spec.icon)
        action.setStatusTip("")
        return action


def with_keys(tip: str, action: QAction) -> str:
    """A tool tip with the first shortcut behind it, as this system writes it."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tip} ({keys})" if keys else tip
