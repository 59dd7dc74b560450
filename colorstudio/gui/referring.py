"""Colouring like another photo: choosing it, and the steps of the history that come of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject

from colorstudio.document.reference import Reference
from colorstudio.gui.desktop import files_in, picture_in
from colorstudio.gui.loading import PhotoSource
from colorstudio.gui.messages import Message, Remedy, Severity
from colorstudio.gui.panels.reference_section import ReferenceSection
from colorstudio.gui.photo_dialog import ask_for_photos
from colorstudio.gui.session import Task

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

TOPIC = "reference"


class ReferringController(QObject):
    """Has photos compared, and makes what is found a step of the history."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        actions = window.actions_by_name
        self._is_able = True
        self._choose, self._remove = actions["colour_like"], actions["remove_reference"]
        self.section = ReferenceSection(self._choose, self._remove)
        window.panel.add_adjustment(self.section)
        window.narrator.remedies[Task.REFER] = Remedy(self.tr("Choose another…"), self.choose)
        self._choose.triggered.connect(partial(_call, self.choose))
        self._remove.triggered.connect(partial(_call, self.remove))
        self.section.strength_changed.connect(self._change_strength)
        self.section.dropped.connect(self._take)
        window.colours.like_wanted.connect(self.colour_like)
        self._session.referred.connect(self._on_referred)
        for signal in (self._session.opened, self._session.closed, self._session.edited):
            signal.connect(self._show)
        self._show()

    # -- choosing -----------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a photo in colour; the window goes on working meanwhile."""
        folder = self._window.settings.open_folder
        ask_for_photos(self._window, self.tr("Colour like another photo"), folder, self._chosen)

    def _chosen(self, paths: list[Path]) -> None:
        self.colour_like(PhotoSource.of_file(paths[0]))

    def _take(self, data: QMimeData) -> None:
        """What was dropped."""
        files, picture = files_in(data), picture_in(data, self.tr("Dropped photo"))
        if files:
            self.colour_like(PhotoSource.of_file(files[0]))
        elif picture is not None:
            self.colour_like(picture)
        else:
            words = self.tr("That is no photo on this computer: save it as a file first.")
            self._window.tell(Message(words, Severity.WARNING, topic=TOPIC))

    def colour_like(self, source: PhotoSource) -> None:
        """Compare the photo at hand with another, off the GUI thread; a step of the history follows."""
        if self._session.document is None:
            words = self.tr("Open the photo first that is to be coloured like {name}.")
            self._window.tell(Message(words.format(name=source.name), topic=TOPIC))
            return
        self._window.message_bar.clear_topic(TOPIC)
        self._session.refer(source)

    # -- steps of the history -----------------------------------------------------------------------------

    def _on_referred(self, reference: Reference) -> None:
        name = self.tr("colour like {name}").format(name=reference.name)
        self._session.change_settings(name, reference=reference)

    def remove(self) -> None:
        """Have the photo coloured without a reference."""
        self._session.change_settings(self.tr("remove reference"), reference=None)

    def _change_strength(self, strength: float, merge_key: str) -> None:
        document = self._session.document
        if document is not None and document.settings.reference is not None:
            changed = replace(document.settings.reference, strength=strength)
            name = self.tr("strength of the reference")
            self._session.change_settings(name, merge_key=merge_key, reference=changed)

    def set_able(self, able: bool) -> None:
        """Whether the network at hand takes photos for examples."""
        if able != self._is_able:
            self._is_able = able
            self._show()

    def _show(self, _what: object = None) -> None:
        document = self._session.document
        settings = document.settings if document is not None else None
        self._choose.setEnabled(settings is not None and settings.mode != "scribbles" and self._is_able)
        self._remove.setEnabled(settings is not None and settings.reference is not None)
        self.section.show_settings(settings, able=self._is_able)


def _call(method: object, _checked: bool = False) -> None:
    method()  # type: ignore[operator]
