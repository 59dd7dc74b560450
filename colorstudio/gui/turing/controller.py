"""Opens the window of Turing tests from the studio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow
    from colorstudio.gui.turing.window import TuringWindow


class TuringController(QObject):
    """One such window, made when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.test: TuringWindow | None = None
        window.actions_by_name["turing_test"].triggered.connect(self.show)

    def show(self) -> None:
        """Bring it to the front, and propose the folder of the photos at hand."""
        if self.test is None:
            from colorstudio.gui.turing.window import TuringWindow

            session = self._window.session
            self.test = TuringWindow(session.backend, self._window.settings, self._window, session.new_lane)
            path = session.photo.photo.path if session.photo is not None else None
            if path is not None:
                self.test.set_up.set_photos(path.parent)
        self.test.show()
        self.test.raise_()
        self.test.activateWindow()

    def close(self) -> None:
        """Write what is not written yet, and go."""
        if self.test is not None:
            self.test.hide()
            self.test.shutdown()
