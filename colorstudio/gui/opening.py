"""The ways in: dialog, drop, clipboard, sample, command line, recent photos."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from colorstudio.gui.desktop import files_in, picture_in
from colorstudio.gui.loading import PhotoSource
from colorstudio.gui.messages import Message
from colorstudio.gui.photo_dialog import ask_for_photos
from colorstudio.gui.session import DocumentSession
from colorstudio.gui.settings import WindowSettings
from colorstudio.imaging.reading import READABLE_SUFFIXES
from colorstudio.paths import sample_photos_dir


class PhotoOpener(QObject):
    """Turns what the user points at into a photo for the session.

    Signals
    -------
    told
        A `Message` about what was asked for.
    several
        The paths of folders, or of several photos, that are to be opened together.
    """

    told = Signal(object)
    several = Signal(object)

    def __init__(self, session: DocumentSession, settings: WindowSettings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self.open_source: Callable[[PhotoSource], None] = session.open  # the window may ask something first
        self.listed_as: Callable[[Path], Path] = Path  # what is opened again in place of a photo: its folder

    def open_path(self, path: Path) -> None:
        if path.is_dir():
            self.several.emit([path])
        else:
            self.open_source(PhotoSource.of_file(path))

    def open_paths(self, paths: list[Path]) -> None:
        """Open a photo; folders and several photos are a matter for others."""
        if len(paths) == 1:
            self.open_path(paths[0])
        elif paths:
            self.several.emit(paths)

    def choose(self) -> None:
        """Ask for a photo; the window goes on working meanwhile."""
        title, folder = self.tr("Open a photo"), self._settings.open_folder
        ask_for_photos(self._window, title, folder, self.open_paths, several=True, projects=True)

    def paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not self._take(data, self.tr("Pasted photo")):
            words = self.tr("There is no photo on the clipboard. Copy a picture or a file, then paste again.")
            self.told.emit(Message(words, topic="open"))

    def drop(self, data: QMimeData) -> None:
        if not self._take(data, self.tr("Dropped photo")):
            words = self.tr("That is no photo on this computer. Save it as a file first, then drop the file.")
            self.told.emit(Message(words, topic="open"))

    def _take(self, data: QMimeData, name: str) -> bool:
        files, picture = files_in(data), picture_in(data, name)
        if files:
            self.open_paths(files)
        elif picture is not None:
            self.open_source(picture)
        return bool(files) or picture is not None

    def open_sample(self) -> None:
        samples = self.samples()
        if samples:
            self.open_path(samples[0])

    @staticmethod
    def samples() -> list[Path]:
        """The photos that come along."""
        folder = sample_photos_dir()
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in READABLE_SUFFIXES)

    def remember(self, source: PhotoSource) -> None:
        """A photo was opened: list it under Open recent, but for the samples, which have their own button."""
        if source.file is not None and not source.is_sample:
            self._settings.add_recent(self.listed_as(source.file))
            self._settings.open_folder = str(source.file.parent)

    def forget_if_gone(self, source: PhotoSource | None) -> None:
        if source is not None and source.file is not None and not source.file.exists():
            self._settings.forget_recent(source.file)
