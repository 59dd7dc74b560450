"""After a crash: the work that is still there is offered back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from colorstudio.document.journal import journals_dir
from colorstudio.document.journal_reading import LostWork, find_lost_work
from colorstudio.errors import ColorStudioError
from colorstudio.gui.canvas.picture import image_of
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import OpenedPhoto, PhotoSource
from colorstudio.gui.messages import Message
from colorstudio.gui.panels.recovery_dialog import RecoveryDialog
from colorstudio.imaging.thumbnail import read_thumbnail
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_THUMBNAIL_SIDE = 96


@dataclass(frozen=True, eq=False)
class Offer:
    """Lost work and what its photo looks like, if that can be seen."""

    work: LostWork
    thumbnail: QImage | None


def _find(_token: ProgressToken, _deliver: Deliver) -> list[Offer]:
    return [Offer(work, _thumbnail(work)) for work in find_lost_work(journals_dir())]


def _thumbnail(work: LostWork) -> QImage | None:
    with suppress(ColorStudioError):
        return image_of(read_thumbnail(work.source_path, _THUMBNAIL_SIDE))
    return None


class RecoveryController(QObject):
    """Looks for lost work when the window opens, and when the user asks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked = False
        self.dialog: RecoveryDialog | None = None
        self._lane = window.session.new_lane("recovery")
        self._lane.finished.connect(self._on_found)
        self._restoring: LostWork | None = None
        window.session.opened.connect(self._on_opened)
        window.actions_by_name["recover"].triggered.connect(self.ask)
        self._lane.submit(_find)

    def ask(self) -> None:
        """Look again, and say so if there is nothing."""
        if self.dialog is None:
            if self._restoring is not None:  # the user thought better of it
                self._restoring.release()
                self._restoring = None
            self._asked = True
            self._lane.submit(_find)

    def _on_found(self, offers: list[Offer]) -> None:
        asked, self._asked = self._asked, False
        if not offers:
            if asked:
                words = self.tr("There is no unsaved work of an earlier time.")
                self._window.tell(Message(words, topic="recovery"))
            return
        self.dialog = RecoveryDialog([(offer.work, offer.thumbnail) for offer in offers], self._window)
        self.dialog.restore_requested.connect(self._restore)
        self.dialog.delete_requested.connect(self._delete)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _restore(self, work: LostWork) -> None:
        self._restoring = work
        self._window.keeping.open(PhotoSource(work.name, lost=work))

    def _on_opened(self, opened: OpenedPhoto) -> None:
        if opened.source.lost is self._restoring:
            self._restoring = None

    def _delete(self, work: LostWork) -> None:
        self._window.keeping.journal_thread.put(work.delete)

    def _closed(self, _result: int) -> None:
        if self.dialog is not None:
            for work in self.dialog.left:
                work.release()
            self.dialog = None
