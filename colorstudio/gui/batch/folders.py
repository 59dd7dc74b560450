"""Folders, and several photos together: chosen, looked through, and made into a batch."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from colorstudio.gui.batch.photos import Batch, FoundPhoto
from colorstudio.gui.batch.words import count_words
from colorstudio.gui.batch.work import find_photos
from colorstudio.gui.messages import Message, Remedy, Severity, words_for

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_TOLD_AFTER_MS = 400


class FolderOpener(QObject):
    """Looks for photos off the GUI thread and says what it found.

    Signals
    -------
    found
        A `Batch` of two photos or more.
    """

    found = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._paths: list[Path] = []
        self._lane = window.session.new_lane("folder")
        self._lane.finished.connect(self._on_found)
        self._lane.failed.connect(self._on_failed)
        self._told = QTimer(self)
        self._told.setSingleShot(True)
        self._told.setInterval(_TOLD_AFTER_MS)
        self._told.timeout.connect(self._tell_looking)

    def choose(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self._window, self.tr("Open a folder"), self._window.settings.open_folder)
        dialog.setObjectName("openFolder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, name: str) -> None:
        self._window.opener.open_paths([Path(name)])

    def look_through(self, paths: list[Path]) -> None:
        """Look for the photos of folders; photos that are named one by one are taken as they are."""
        self._paths = [path.absolute() for path in paths]
        self._lane.submit(partial(find_photos, tuple(self._paths)))
        self._told.start()

    def _tell_looking(self) -> None:
        if self._lane.busy:
            words = self.tr("Looking through {name}…").format(name=self._title())
            remedy = Remedy(self.tr("Stop"), self._lane.cancel)
            self._window.tell(Message(words, remedies=(remedy,), topic="open"))

    def _title(self) -> str:
        if len(self._paths) > 1:
            return ""
        return self._paths[0].name or str(self._paths[0])

    def _on_found(self, found: list[FoundPhoto]) -> None:
        self._told.stop()
        self._window.message_bar.clear_topic("open")
        folder = self._paths[0] if self._paths[0].is_dir() else None
        if not found:
            words = self.tr("There are no photos in {folder} that can be opened.")
            remedy = Remedy(self.tr("Open another folder…"), self.choose)
            words = words.format(folder=self._title() or self.tr("these folders"))
            self._window.tell(Message(words, Severity.WARNING, (remedy,), topic="open"))
        elif len(found) == 1:
            self._window.opener.open_path(found[0].path)
        else:
            if folder is not None:
                self._window.settings.open_folder = str(folder)
            place = folder if folder is not None else found[0].path.parent
            one_folder = folder is not None and len(self._paths) == 1
            self.found.emit(Batch(self._title(), place, found, from_folder=one_folder))

    def _on_failed(self, error: Exception) -> None:
        self._told.stop()
        name = self._title() or count_words(len(self._paths))
        words = words_for(error, self.tr("looking through {name}").format(name=name))
        self._window.tell(Message(words, Severity.ERROR, topic="open"))
