"""The palettes of the colour panel: read at the start, saved as they change, imported and exported."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorstudio.document.palette_file import read_palette, write_palette
from colorstudio.document.palette_library import Changes, PaletteLibrary, write_changes
from colorstudio.document.palettes import Palette
from colorstudio.errors import ColorStudioError, PaletteError
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.messages import Message, Severity, words_for
from colorstudio.gui.panels.colour.palette_box import PaletteBox
from colorstudio.paths import shipped_palettes_dir, user_palettes_dir
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


def _read_library(_token: ProgressToken, _deliver: Deliver) -> PaletteLibrary:
    return PaletteLibrary.read(user_palettes_dir(), shipped_palettes_dir())


def _save(changes: Changes, _token: ProgressToken, _deliver: Deliver) -> Changes:
    return write_changes(changes)


def _import(paths: tuple[Path, ...], _token: ProgressToken, deliver: Deliver) -> None:
    for path in paths:
        try:
            deliver(read_palette(path))
        except PaletteError as error:
            deliver(error)


def _export(palette: Palette, path: Path, _token: ProgressToken, _deliver: Deliver) -> Path:
    write_palette(path, palette)
    return path


class PaletteController(QObject):
    """Keeps the files of palettes in step with the panel. Nothing is read or written on the GUI thread."""

    def __init__(self, window: MainWindow, box: PaletteBox) -> None:
        super().__init__(window)
        self._window = window
        self._box = box
        self._library: PaletteLibrary | None = None
        lanes = (
            window.session.new_lane(f"palettes: {what}") for what in ("read", "save", "import", "export")
        )
        self._read_lane, self._save_lane, self._import_lane, self._export_lane = lanes
        self._read_lane.finished.connect(self._on_read)
        self._read_lane.failed.connect(partial(self._on_failed, self.tr("reading the palettes")))
        self._save_lane.finished.connect(self._on_saved)
        self._save_lane.failed.connect(partial(self._on_failed, self.tr("saving the palettes")))
        self._import_lane.delivered.connect(self._on_imported)
        self._import_lane.failed.connect(partial(self._on_failed, self.tr("importing palettes")))
        self._export_lane.finished.connect(self._on_exported)
        self._export_lane.failed.connect(partial(self._on_failed, self.tr("exporting a palette")))
        box.changed.connect(self._on_changed)
        box.palette_chosen.connect(self._on_chosen)
        box.told.connect(window.tell)
        box.import_requested.connect(self.import_files)
        box.export_requested.connect(self._on_export)
        self._read_lane.submit(_read_library)

    @property
    def library(self) -> PaletteLibrary | None:
        """None while it is read."""
        return self._library

    def import_files(self, paths: list[Path]) -> None:
        """Take in the palettes of files."""
        self._import_lane.submit(partial(_import, tuple(paths)))

    def close(self) -> None:
        """Write what is not written yet. The lanes have ended, and the window is gone from the screen."""
        if self._library is None:
            return
        try:
            write_changes(self._library.unsaved())
        except ColorStudioError as error:
            words_for(error, "saving the palettes")

    # -- what the lanes say -------------------------------------------------------------------------------

    def _on_read(self, library: PaletteLibrary) -> None:
        self._library = library
        self._box.set_library(library, self._window.settings.palette)
        for problem in library.problems:
            self._window.tell(Message(problem, Severity.WARNING, topic="palette"))

    def _on_changed(self) -> None:
        if self._library is not None and self._library.unsaved():
            self._save_lane.submit(partial(_save, self._library.unsaved()))

    def _on_saved(self, written: Changes) -> None:
        if self._library is not None:
            self._library.saved(written)

    def _on_chosen(self, name: str) -> None:
        self._window.settings.palette = name

    def _on_imported(self, read: Palette | PaletteError) -> None:
        try:
            if isinstance(read, PaletteError):
                raise read
            self._box.add_palette(read)
        except PaletteError as error:
            self._window.tell(Message(str(error), Severity.ERROR, topic="palette"))
        else:
            words = self.tr("Took in the palette “{name}”.").format(name=read.name)
            self._window.tell(Message(words, Severity.SUCCESS, topic="palette"))

    def _on_export(self, palette: Palette, path: Path) -> None:
        self._export_lane.submit(partial(_export, palette, path))

    def _on_exported(self, path: Path) -> None:
        words = self.tr("Saved {name}.").format(name=path.name)
        self._window.tell(Message(words, Severity.SUCCESS, topic="palette"))

    def _on_failed(self, doing: str, error: Exception) -> None:
        self._window.tell(Message(words_for(error, doing), Severity.ERROR, topic="palette"))
