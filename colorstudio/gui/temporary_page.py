"""Pages that take the canvas's place for a while, and hold keys meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from colorstudio.gui.canvas.photo_view import PhotoView

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_KINDS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class TemporaryPage(QObject):
    """What the controllers of such pages have in common.

    Attributes
    ----------
    keys
        Those that are the page's as long as it is shown, where nothing that has the focus has a use for them.
    """

    keys: ClassVar[tuple[Qt.Key, ...]]

    def __init__(self, window: MainWindow, page: QWidget, view: PhotoView) -> None:
        """`view` is what shows the photo on the page."""
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._page = page
        self._view = view
        window.stack.addWidget(page)
        window.zooming.follow(view)

    def press(self, key: Qt.Key) -> None:
        """One of the `keys` was pressed."""
        raise NotImplementedError

    def _take_place(self) -> None:
        """Show the page instead of the canvas."""
        self._window.stack.setCurrentWidget(self._page)
        self._view.fit()
        self._view.setFocus()
        self._window.zooming.show()
        self._window.installEventFilter(self)

    def _let_keys_go(self) -> None:
        self._window.removeEventFilter(self)

    def _give_place(self) -> None:
        """Show the canvas again; the focus goes with it where it was on the page."""
        self._let_keys_go()
        had_focus = self._page.isAncestorOf(self._window.focusWidget() or self._window)
        has_photo = self._session.document is not None
        self._window.stack.setCurrentWidget(self._window.canvas if has_photo else self._window.empty_state)
        self._window.zooming.show()
        if had_focus:
            self._window.canvas.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that nothing in the window has a use for, before they are taken for a shortcut."""
        if event.type() not in _KINDS or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.key() not in self.keys or not plain:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.press(Qt.Key(event.key()))
        return True
