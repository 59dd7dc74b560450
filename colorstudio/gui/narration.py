"""What the window says about how things went."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from colorstudio.errors import NothingAlikeError
from colorstudio.gui.backend import ColouringResult
from colorstudio.gui.desktop import show_in_folder
from colorstudio.gui.loading import OpenedPhoto
from colorstudio.gui.messages import Message, Remedy, Severity, words_for
from colorstudio.gui.panels.message_bar import MessageBar
from colorstudio.gui.session import DocumentSession, Task

_TOPICS = {
    Task.OPEN: "open",
    Task.COLOUR: "colour",
    Task.RENDER: "colour",
    Task.EXPORT: "export",
    Task.PREPARE: "prepare",
    Task.REFER: "reference",
}


class Narrator(QObject):
    """Listens to the session and fills the message bar.

    Parameters
    ----------
    choose_photo, export
        What the window does when the user picks these remedies.

    Attributes
    ----------
    remedies
        What to offer when a task has failed.
    """

    def __init__(
        self,
        session: DocumentSession,
        bar: MessageBar,
        choose_photo: Callable[[], object],
        export: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = bar
        self.remedies = {
            Task.OPEN: Remedy(self.tr("Open another…"), choose_photo),
            Task.COLOUR: Remedy(self.tr("Try again"), session.colorize),
            Task.RENDER: Remedy(self.tr("Try again"), session.render),
            Task.EXPORT: Remedy(self.tr("Export again…"), export),
        }
        session.previewed.connect(self._on_previewed)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.coloured.connect(self._on_coloured)
        session.failed.connect(self._on_failed)
        session.stopped.connect(self._on_stopped)
        session.exported.connect(self._on_exported)

    def _on_previewed(self, _picture: object) -> None:
        self._bar.clear_topic("open", "photo", "colour")

    def _on_opened(self, opened: OpenedPhoto) -> None:
        self._bar.clear_topic("open", "photo", "colour", "export", "reference")
        if opened.photo.notes:
            self._bar.show_message(Message(" ".join(opened.photo.notes), topic="photo"))

    def _on_closed(self) -> None:
        self._bar.clear_topic("photo", "colour", "reference")

    def _on_coloured(self, colouring: ColouringResult | None) -> None:
        self._bar.clear_topic("colour")
        if colouring is not None and colouring.notes:
            self._bar.show_message(Message(" ".join(colouring.notes), Severity.WARNING, topic="colour"))

    def _on_failed(self, task: Task, error: Exception) -> None:
        words = words_for(error, self._doing(task))
        remedies = (self.remedies[task],) if task in self.remedies else ()
        severity = Severity.WARNING if isinstance(error, NothingAlikeError) else Severity.ERROR
        self._bar.show_message(Message(words, severity, remedies, _TOPICS[task]))

    def _on_stopped(self, task: Task) -> None:
        if task is Task.COLOUR and self._session.colouring is None:
            remedy = Remedy(self.tr("Colour it"), self._session.colorize)
            words = self.tr("Stopped before the colours were there.")
            self._bar.show_message(Message(words, remedies=(remedy,), topic="colour"))
        elif task is Task.EXPORT:
            words = self.tr("The export was stopped. Nothing was written.")
            self._bar.show_message(Message(words, topic="export"))

    def _on_exported(self, path: Path) -> None:
        remedy = Remedy(self.tr("Show in folder"), partial(show_in_folder, path))
        words = self.tr("Saved {name}.").format(name=path.name)
        self._bar.show_message(Message(words, Severity.SUCCESS, (remedy,), topic="export"))

    def _doing(self, task: Task) -> str:
        source = self._session.opening if task is Task.OPEN else None
        if task is Task.REFER:
            source = self._session.referring
        if source is None and self._session.photo is not None:
            source = self._session.photo.source
        name = source.name if source is not None else self.tr("the photo")
        return {
            Task.OPEN: self.tr("opening {name}"),
            Task.COLOUR: self.tr("colouring {name}"),
            Task.RENDER: self.tr("showing {name}"),
            Task.EXPORT: self.tr("exporting {name}"),
            Task.PREPARE: self.tr("preparing {name}"),
            Task.REFER: self.tr("comparing the photo with {name}"),
        }[task].format(name=name)
