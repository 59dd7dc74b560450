"""The commands of zooming, and where the zoom is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from colorstudio.gui.canvas.photo_view import PhotoView
from colorstudio.gui.panels.status import zoom_words

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


class ZoomController(QObject):
    """Menus, keys and buttons for the zoom of the canvas that is seen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._status = window.status
        self._button = window.tool_bar.zoom_button
        self._canvases: list[PhotoView] = []
        self._actions: list[QAction] = []
        for name, method in (
            ("zoom_in", PhotoView.zoom_in),
            ("zoom_out", PhotoView.zoom_out),
            ("fit", PhotoView.fit),
            ("actual_size", PhotoView.zoom_to_actual_size),
        ):
            action = window.actions_by_name[name]
            action.triggered.connect(partial(self._zoom, method))
            self._actions.append(action)
        window.tool_bar.zoom_menu.triggered.connect(self._preset)
        window.stack.currentChanged.connect(self.show)
        self.follow(window.canvas)
        self.show()

    def follow(self, canvas: PhotoView) -> None:
        """Zoom this canvas, too, while it is the one that is seen."""
        self._canvases.append(canvas)
        canvas.view_changed.connect(self.show)

    @property
    def canvas(self) -> PhotoView:
        """The one that is seen; before any is, the first."""
        return next((canvas for canvas in self._canvases if canvas.isVisible()), self._canvases[0])

    def _zoom(self, method: Callable[[PhotoView], None], _checked: bool = False) -> None:
        method(self.canvas)

    def _preset(self, action: QAction) -> None:
        if action.data() is not None:
            self.canvas.set_zoom(float(action.data()))

    def show(self, _what: object = None) -> None:
        """Tell the zoom in the status bar and on the button."""
        has_photo = self.canvas.before is not None
        for control in (*self._actions, self._button):
            control.setEnabled(has_photo)
        zoom = self.canvas.view.zoom
        self._status.show_zoom(zoom if has_photo else None)
        self._button.setText(zoom_words(zoom) if has_photo else "–")
