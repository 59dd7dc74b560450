"""What the keyboard reaches, in which order, and which keys belong to what has the focus."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QWidget

_PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_PAGED = (QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox)


class PageKeys(QObject):
    """Leaves PgUp and PgDn to sliders, lists and numbers that have the focus.

    Elsewhere they are shortcuts of the window, which would come first.
    """

    def look_after(self, window: QWidget, *, but: Iterable[QWidget] = ()) -> None:
        """All widgets of a window that page through something, as they are now.

        `but` are those that pass the keys on to the window.
        """
        passing = set(map(id, but))
        for widget in window.findChildren(QWidget):
            if isinstance(widget, _PAGED) and id(widget) not in passing:
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _PAGE_KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        return False


def order_focus(window: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab go through the parts of a window one after the other, within each as it does now."""
    chain: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    ordered = [widget for part in parts for widget in chain if widget is part or part.isAncestorOf(widget)]
    for first, second in pairwise(dict.fromkeys(ordered)):
        QWidget.setTabOrder(first, second)
