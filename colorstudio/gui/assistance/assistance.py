"""Preferences, cheat sheet and tour, on the window's commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog

from colorstudio.gui.assistance.cheat_sheet import CheatSheet
from colorstudio.gui.assistance.preferences import PreferencesDialog
from colorstudio.gui.assistance.tour import Tour, TourStep
from colorstudio.gui.shortcuts import Keys, apply_keys, keep_keys, keys_in_use
from colorstudio.gui.theme import ThemeChoice, apply_theme, chosen_theme

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


class AssistanceController(QObject):
    """Opens what helps, and carries out what is preferred."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: QDialog | None = None  # the one that is open
        self.tour: Tour | None = None
        apply_keys(window.actions_by_name, keys_in_use(window.settings))
        for name, method in (
            ("preferences", self.show_preferences),
            ("cheat_sheet", self.show_cheat_sheet),
            ("tour", self.show_tour),
        ):
            window.actions_by_name[name].triggered.connect(method)

    def show_preferences(self) -> None:
        """Open the preferences beside the photo, so that a change is seen at once."""
        if self.dialog is not None:
            return
        window = self._window
        dialog = PreferencesDialog(window.settings, window.devices, window)
        dialog.theme_chosen.connect(self._change_theme)
        dialog.device_chosen.connect(window.choose_device)
        dialog.working_size_chosen.connect(window.session.set_working_size)
        dialog.keys_changed.connect(self._change_keys)
        self._open(dialog)

    def show_cheat_sheet(self) -> None:
        if self.dialog is None:
            self._open(CheatSheet(self._window))

    def show_tour(self) -> None:
        """Lead around; what a step speaks of is told once more by the tool tips."""
        if self.tour is None:
            self.tour = Tour(self._steps(), self._window)
            self.tour.finished.connect(self._tour_finished)

    def show_first_tour(self) -> None:
        """`show_tour`, for those who have not seen it."""
        if not self._window.settings.tour_seen:
            self.show_tour()

    def _steps(self) -> tuple[TourStep, ...]:
        window = self._window
        return (
            TourStep(
                self.tr("Open a photo"),
                self.tr(
                    "Drop a photo here, or open one: it gets its first colours by itself. "
                    "Everything stays on this computer."
                ),
                lambda: [window.stack],
            ),
            TourStep(
                self.tr("Paint what should be different"),
                self.tr(
                    "Choose a colour, draw a stroke on the coat or the sky, and the photo follows along "
                    "its own edges. A few strokes are enough; neutral strokes keep a thing gray."
                ),
                lambda: [window.panel, window.tool_palette],
            ),
            TourStep(
                self.tr("Nothing is lost"),
                self.tr(
                    "Every step can be undone and is kept, even after a crash. "
                    "Export writes a new file and never touches yours. F1 shows all keys."
                ),
                lambda: [window.tool_bar],
            ),
        )

    def _tour_finished(self) -> None:
        self.tour = None
        self._window.settings.tour_seen = True

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._dialog_closed)
        dialog.show()

    def _dialog_closed(self, _result: int) -> None:
        self.dialog = None

    def _change_theme(self, choice: ThemeChoice) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, chosen_theme(app, choice))

    def _change_keys(self, keys: dict[str, Keys]) -> None:
        keep_keys(self._window.settings, keys)
        apply_keys(self._window.actions_by_name, keys)
