"""The user's own shortcuts over those of the table of actions, and which of them clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from colorstudio.gui.actions import ACTIONS, ActionSet
from colorstudio.gui.settings import WindowSettings

PORTABLE = QKeySequence.SequenceFormat.PortableText

Keys = tuple[str, ...]


def default_keys() -> dict[str, Keys]:
    """Shortcuts of every action as they come, in Qt's portable notation."""
    return {spec.name: spec.keys for spec in ACTIONS}


def keys_in_use(settings: WindowSettings) -> dict[str, Keys]:
    """Shortcuts of every action, the user's own first."""
    own = settings.shortcuts
    return {name: own.get(name, keys) for name, keys in default_keys().items()}


def keep_keys(settings: WindowSettings, keys: Mapping[str, Keys]) -> None:
    """Remember what differs from the shortcuts as they come."""
    defaults = default_keys()
    settings.shortcuts = {name: own for name, own in keys.items() if own != defaults[name]}


def apply_keys(actions: ActionSet, keys: Mapping[str, Keys]) -> None:
    """Give the actions their shortcuts."""
    for name, own in keys.items():
        actions.set_keys(name, own)


def clashes(keys: Mapping[str, Keys]) -> dict[str, list[str]]:
    """Shortcuts that more than one action has, with the names of those actions."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for name, own in keys.items():
        for key in dict.fromkeys(QKeySequence(key, PORTABLE).toString(PORTABLE) for key in own):
            users[key].append(name)
    return {key: names for key, names in users.items() if key and len(names) > 1}
