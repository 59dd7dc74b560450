"""All commands of the window in one table: name, words, keys, icon.

The window connects them; menus and the tool bar pick from them by name. A place to edit shortcuts needs
nothing but this table.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from colorstudio.gui.theme import icon

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


def _spec(
    name: str, text: str, tip: str, *keys: str, symbol: str = "", checkable: bool = False
) -> ActionSpec:
    return ActionSpec(name, text, tip, keys, symbol, checkable)


_T = QT_TRANSLATE_NOOP

ACTIONS = (
    _spec("open", _T("Actions", "&Open…"), _T("Actions", "Open a photo"), "Ctrl+O", symbol="open"),
    _spec("paste", _T("Actions", "&Paste as new photo"), _T("Actions", "Open what was copied"), "Ctrl+V"),
    _spec("sample", _T("Actions", "Open &sample photo"), _T("Actions", "Open a photo that comes along")),
    _spec(
        "export",
        _T("Actions", "&Export…"),
        _T("Actions", "Save the coloured photo"),
        "Ctrl+E",
        symbol="export",
    ),
    _spec("close", _T("Actions", "&Close photo"), _T("Actions", "Put the photo away"), "Ctrl+W"),
    _spec("quit", _T("Actions", "&Quit"), _T("Actions", "Leave Color Studio"), "Ctrl+Q"),
    _spec("undo", _T("Actions", "&Undo"), _T("Actions", "Undo"), "Ctrl+Z", symbol="undo"),
    _spec("redo", _T("Actions", "&Redo"), _T("Actions", "Redo"), "Ctrl+Shift+Z", "Ctrl+Y", symbol="redo"),
    _spec(
        "reset",
        _T("Actions", "Reset &intensity"),
        _T("Actions", "Colours as the network saw them: 100 %"),
        "Ctrl+R",
        symbol="reset",
    ),
    _spec(
        "more",
        _T("Actions", "&More colour"),
        _T("Actions", "Stronger colours, by 10 %"),
        "Ctrl+Up",
    ),
    _spec("less", _T("Actions", "&Less colour"), _T("Actions", "Weaker colours, by 10 %"), "Ctrl+Down"),
    _spec(
        "colorize",
        _T("Actions", "&Colour the photo"),
        _T("Actions", "Have the network colour the photo"),
        "F5",
        symbol="colorize",
    ),
    _spec("stop", _T("Actions", "S&top"), _T("Actions", "Stop what is under way"), "Esc"),
    _spec(
        "zoom_in",
        _T("Actions", "Zoom &in"),
        _T("Actions", "Zoom in"),
        "Ctrl++",
        "Ctrl+=",
        "+",
        "=",
        symbol="zoom-in",
    ),
    _spec(
        "zoom_out", _T("Actions", "Zoom &out"), _T("Actions", "Zoom out"), "Ctrl+-", "-", symbol="zoom-out"
    ),
    _spec(
        "fit",
        _T("Actions", "&Fit in the window"),
        _T("Actions", "The whole photo"),
        "Ctrl+0",
        "F",
        symbol="fit",
    ),
    _spec(
        "actual_size",
        _T("Actions", "&100 %"),
        _T("Actions", "One pixel of the photo on one of the screen"),
        "Ctrl+1",
        "1",
        symbol="actual-size",
    ),
    _spec(
        "split",
        _T("Actions", "&Split before and after"),
        _T("Actions", "Gray on the left of a line, colour on the right; drag the line"),
        "S",
        symbol="split",
        checkable=True,
    ),
    _spec(
        "panel",
        _T("Actions", "Side &panel"),
        _T("Actions", "Show or hide the panel"),
        "F9",
        symbol="panel",
        checkable=True,
    ),
    _spec(
        "full_screen",
        _T("Actions", "F&ull screen"),
        _T("Actions", "Use the whole screen"),
        "F11",
        checkable=True,
    ),
    _spec("about", _T("Actions", "&About Color Studio"), _T("Actions", "Version and licence")),
)


class ActionSet(QObject):
    """The actions of one window, by name: `actions["open"]`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {spec.name: self._build(spec, parent) for spec in ACTIONS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self):
        return iter(self._actions.values())

    def _build(self, spec: ActionSpec, parent: QObject) -> QAction:
        action = QAction(QCoreApplication.translate(_CONTEXT, spec.text), parent)
        action.setObjectName(spec.name)
        action.setShortcuts(
            [QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in spec.keys]
        )
        action.setCheckable(spec.checkable)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        tip = QCoreApplication.translate(_CONTEXT, spec.tip)
        action.setStatusTip("")
        action.setToolTip(with_keys(tip, action))
        return action


def with_keys(tip: str, action: QAction) -> str:
    """A tool tip with the first shortcut behind it, as this system writes it."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tip} ({keys})" if keys else tip
