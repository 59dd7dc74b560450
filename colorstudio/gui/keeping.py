"""Nothing that was done is lost: projects, journals, and the question before leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from colorstudio.document.document import DocumentState
from colorstudio.document.journal import Journal, JournalThread, journals_dir
from colorstudio.document.journal_reading import LostWork
from colorstudio.errors import ProjectInUseError
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.loading import OpenedPhoto, PhotoSource
from colorstudio.gui.messages import Message, Remedy, Severity, words_for
from colorstudio.gui.project_lock import ProjectLock
from colorstudio.gui.saving import KeptDocument, ProjectSaver, Saving, ask_for_place
from colorstudio.gui.session import Task

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_TOLD_MS = 4_000

_Button = QMessageBox.StandardButton


class KeepingController(QObject):
    """Saves the document of a window, keeps its journal, and lets nobody leave unasked.

    A photo that makes room for another one without anybody having been asked, as in a strip of photos, is set
    aside with its journal: it is asked about when the window closes, and comes back as it was when it is
    opened again.

    Signals
    -------
    changed
        Whether there is unsaved work, or where it is saved, may be otherwise now.
    saved
        The path of the project that was written.
    """

    changed = Signal()
    saved = Signal(object)
    _journal_failed = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._kept: KeptDocument | None = None
        self._aside: dict[Path, KeptDocument] = {}  # by the file of the photo
        self._picture: Picture | None = None
        self._then: Callable[[], None] | None = None  # what waits for the document to be saved
        self._question: QMessageBox | None = None
        self._discarded = False  # the user said so, and has changed nothing since
        self.journal_thread = JournalThread()
        self._saver = ProjectSaver(self._session.new_lane("save"), self)
        self._saver.saved.connect(self._on_saved)
        self._saver.done.connect(self._on_all_saved)
        self._saver.failed.connect(self._on_save_failed)
        self._journal_failed.connect(self._tell_journal_failed)
        self._session.opened.connect(self._on_opened)
        self._session.closed.connect(self._on_closed)
        self._session.edited.connect(self._on_edited)
        self._session.rendered.connect(self._on_rendered)
        self._session.failed.connect(self._on_failed)
        window.opener.open_source = self.open
        for name, method in (("save", self.save), ("save_as", self.save_as), ("close", self.close_photo)):
            window.actions_by_name[name].triggered.connect(method)
        self._show()

    # -- state ----------------------------------------------------------------------------------------------

    @property
    def project(self) -> Path | None:
        """Where the document is saved; None for a photo that was never saved."""
        return self._kept.project if self._kept is not None else None

    @property
    def unsaved(self) -> bool:
        """Whether the document has changes that are in no project."""
        return self._kept is not None and self._kept.unsaved

    @property
    def set_aside(self) -> dict[Path, DocumentState]:
        """The unsaved states of photos that are not in the window, by their files."""
        return {path: kept.state for path, kept in self._aside.items()}

    def _all_unsaved(self) -> list[KeptDocument]:
        """Of all documents, the one in the window first."""
        every = ([self._kept] if self._kept is not None else []) + list(self._aside.values())
        return [kept for kept in every if kept.unsaved]

    # -- leaving --------------------------------------------------------------------------------------------

    def open(self, source: PhotoSource) -> None:
        """Open a photo or a project; asks first if there is unsaved work."""
        self.leave(partial(self._open, source))

    def _open(self, source: PhotoSource) -> None:
        lock = self._kept.lock if self._kept is not None else None
        aside = self._aside.get(source.path) if source.path is not None else None
        if aside is not None and source.state is None:
            source = replace(source, state=aside.state)
        elif source.project is not None and lock is not None and lock.is_for(source.project):
            source = replace(source, lock=lock)  # again, to begin anew from what was saved
        self._session.open(source)

    def close_photo(self) -> None:
        self.leave(self._session.close_photo)

    def may_close(self) -> bool:
        """Whether the window may close now. If not, the user is asked, and it closes by itself if it may."""
        unsaved = self._all_unsaved()
        if not unsaved or self._discarded:
            return True
        self._leave(unsaved, self._close_window)
        return False

    def _close_window(self) -> None:
        self._window.close()

    def leave(self, then: Callable[[], None]) -> None:
        """Do what puts the document away, once it is saved or the user does without it."""
        self._leave([self._kept] if self._kept is not None and self._kept.unsaved else [], then)

    def _leave(self, unsaved: list[KeptDocument], then: Callable[[], None]) -> None:
        self._then = None
        if not unsaved:
            then()
        elif all(self._saver.is_saving(kept) for kept in unsaved):
            self._then = then  # it is on its way to the disk already
        else:
            self._ask(unsaved, then)

    def _ask(self, unsaved: list[KeptDocument], then: Callable[[], None]) -> None:
        if self._question is not None:
            self._question.finished.disconnect()  # what is asked now counts
            self._question.close()
        box = self._question = QMessageBox(self._window)
        box.setObjectName("unsaved")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a name of a file is not markup
        if len(unsaved) > 1:
            box.setText(self.tr("Save the changes to {count} photos?").format(count=len(unsaved)))
            box.setInformativeText(self.tr("Each is saved as a project, beside the photo if it is new."))
        else:
            box.setText(self.tr("Save the changes to {name}?").format(name=unsaved[0].name))
            box.setInformativeText(
                self.tr("Strokes and settings that are not saved in a project cannot be brought back.")
                if unsaved[0].project is None
                else self.tr("What was changed since the last saving cannot be brought back.")
            )
        box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
        box.setDefaultButton(_Button.Save)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(partial(self._answered, unsaved, then))
        box.open()

    def _answered(self, unsaved: list[KeptDocument], then: Callable[[], None], answer: int) -> None:
        self._question = None
        if answer == _Button.Discard.value:
            self._discarded = True
            then()
        elif answer == _Button.Save.value:
            if len(unsaved) == 1 and unsaved[0] is self._kept:
                self._save(then)
            else:
                self._save_all(unsaved, then)

    # -- saving ---------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save in the project that it is from; ask for a place if there is none yet."""
        self._save(None)

    def _save(self, then: Callable[[], None] | None) -> None:
        self._then = then
        if self._kept is None:
            return
        if self._kept.project is None:
            self._ask_for_place()
        else:
            self._write(self._kept, self._kept.project, self._kept.lock)

    def save_as(self) -> None:
        """Save in another project, and go on there."""
        self._then = None
        if self._kept is not None:
            self._ask_for_place()

    def _save_all(self, unsaved: list[KeptDocument], then: Callable[[], None]) -> None:
        """Without a question for each: those without a project get a new one beside the photo."""
        self._then = then
        savings: list[Saving] = []
        for kept in unsaved:
            place = kept.place()
            lock = kept.lock or ProjectLock.take(place)
            if lock is None:
                self._tell_in_use(place)
                return
            picture = self._picture if kept is self._kept else None
            savings.append(Saving(kept, place, kept.state, lock, kept.project is None, picture))
        self._saver.save(savings)

    def _ask_for_place(self) -> None:
        if self._kept is not None:
            ask_for_place(
                self._kept.place(), self._window, partial(self._place_chosen, self._kept), self._give_up
            )

    def _give_up(self) -> None:
        self._then = None

    def _place_chosen(self, kept: KeptDocument, path: Path, new: bool) -> None:
        lock = kept.lock if kept.lock is not None and kept.lock.is_for(path) else ProjectLock.take(path)
        if lock is None:
            self._tell_in_use(path)
        else:
            self._write(kept, path, lock, new=new)

    def _tell_in_use(self, path: Path) -> None:
        self._then = None
        words = self.tr("{name} is open in another window: choose another name.").format(name=path.name)
        remedy = Remedy(self.tr("Save as…"), self.save_as)
        self._window.tell(Message(words, Severity.ERROR, (remedy,), topic="save"))

    def _write(self, kept: KeptDocument, path: Path, lock: ProjectLock | None, *, new: bool = False) -> None:
        self._window.message_bar.clear_topic("save")
        self._saver.save([Saving(kept, path, kept.state, lock, new, self._picture)])

    def _on_saved(self, saving: Saving) -> None:
        kept = saving.kept
        if kept.lock is not None and kept.lock is not saving.lock:
            kept.lock.release()
        kept.project, kept.lock, kept.saved = saving.project, saving.lock, saving.state
        kept.name = saving.project.name
        if kept.journal is not None:
            kept.journal.saved(kept.about, saving.state)
        self._forget_lost(kept)
        self._window.settings.add_recent(saving.project)
        self._window.status.showMessage(self.tr("Saved {name}").format(name=kept.name), _TOLD_MS)
        self._show()
        self.saved.emit(saving.project)

    def _on_all_saved(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()  # where something was changed meanwhile, it asks again

    def _on_save_failed(self, saving: Saving, error: Exception) -> None:
        self._then = None
        if saving.lock is not None and saving.lock is not saving.kept.lock:
            saving.lock.release()
        words = words_for(error, self.tr("saving {name}").format(name=saving.project.name))
        again = partial(self._write, saving.kept, saving.project, saving.kept.lock, new=saving.new)
        remedies = (Remedy(self.tr("Try again"), again), Remedy(self.tr("Save as…"), self.save_as))
        self._window.tell(Message(words, Severity.ERROR, remedies, topic="save"))

    # -- what the session says ------------------------------------------------------------------------------

    def _on_opened(self, opened: OpenedPhoto) -> None:
        former, self._kept = self._kept, self._taken_up(opened)
        self._put_away(former)
        self._keep_journal()
        self._show()

    def _taken_up(self, opened: OpenedPhoto) -> KeptDocument:
        document = self._session.document
        assert document is not None
        source, kept = opened.source, opened.kept
        aside = self._aside.pop(source.path, None) if source.path is not None else None
        if aside is not None:
            aside.state = document.state
            return aside
        name = source.name
        if source.lost is not None:
            name = source.lost.name
        elif source.project is not None:
            words = self.tr("Copy of {name}") if source.as_copy else "{name}"
            name = words.format(name=source.project.name)
        return KeptDocument(
            name,
            opened.origin,
            document.state,
            document.state if source.lost is None else None,
            kept.project if kept is not None else None,
            kept.lock if kept is not None else None,
            lost=source.lost,
        )

    def _on_closed(self) -> None:
        former, self._kept = self._kept, None
        self._put_away(former)
        self._show()

    def _put_away(self, kept: KeptDocument | None) -> None:
        """Another document, or none, is in the window now."""
        if kept is not None:
            path = kept.origin.source.path
            if kept.unsaved and not self._discarded and path is not None:
                self._aside[path] = kept
            else:
                self._end(kept)
        self._picture = None
        self._discarded = False
        self._then = None

    def _end(self, kept: KeptDocument) -> None:
        """It is saved, or not wanted."""
        if kept.journal is not None:
            kept.journal.discard()
        self._forget_lost(kept)
        if kept.lock is not None and (self._kept is None or kept.lock is not self._kept.lock):
            kept.lock.release()

    def _on_edited(self) -> None:
        document = self._session.document
        if self._kept is not None and document is not None:
            self._discarded = False
            self._kept.state = document.state
            self._keep_journal()
            self._show()

    def _on_rendered(self, picture: Picture | None) -> None:
        self._picture = picture

    def _on_failed(self, task: Task, error: Exception) -> None:
        opening = self._session.opening
        if task is not Task.OPEN or opening is None:
            return
        self._discarded = False
        if opening.lost is not None:
            opening.lost.release()
        if isinstance(error, ProjectInUseError):
            remedy = Remedy(self.tr("Open a copy"), partial(self.open, replace(opening, as_copy=True)))
            self._window.tell(Message(str(error), Severity.WARNING, (remedy,), topic="open"))

    # -- the journal ----------------------------------------------------------------------------------------

    def _keep_journal(self) -> None:
        """Write down the present state, if the user wants that."""
        kept = self._kept
        if kept is None:
            return
        if not self._window.settings.autosave:
            if kept.journal is not None:
                kept.journal.discard()
                kept.journal = None
        elif kept.journal is not None:
            kept.journal.record(kept.state)
        else:
            kept.journal = Journal(
                journals_dir(),
                self.journal_thread,
                replace(kept.about, unsaved=kept.unsaved),
                kept.state,
                kept.origin.file,
                self._journal_failed.emit,
            )
            if kept.lost is not None:
                self.journal_thread.put(partial(_delete_when_safe, kept.lost, kept.journal))
                kept.lost = None

    def _forget_lost(self, kept: KeptDocument) -> None:
        if kept.lost is not None:
            self.journal_thread.put(kept.lost.delete)
            kept.lost = None

    def _tell_journal_failed(self, reason: str) -> None:
        words = self.tr("Unsaved work is not safe from a crash at the moment. {reason}").format(reason=reason)
        remedy = Remedy(self.tr("Save…"), self.save)
        self._window.tell(Message(words, Severity.WARNING, (remedy,), topic="journal"))

    def close(self) -> None:
        """The window closes, and the user knows: nothing that is unsaved is wanted any more."""
        every = ([self._kept] if self._kept is not None else []) + list(self._aside.values())
        self._kept = None
        self._aside = {}
        for kept in every:
            self._end(kept)
        self.journal_thread.close()

    # -- what the window shows ------------------------------------------------------------------------------

    def _show(self) -> None:
        kept = self._kept
        if kept is None:
            self._window.setWindowModified(False)  # first: a title without the mark cannot show it
            self._window.setWindowTitle("Color Studio")
        else:
            self._window.setWindowTitle(f"{kept.name.replace('[*]', '[*][*]')}[*] — Color Studio")
            self._window.setWindowModified(kept.unsaved)
        for name in ("save", "save_as"):
            self._window.actions_by_name[name].setEnabled(kept is not None)
        self.changed.emit()


def _delete_when_safe(lost: LostWork, journal: Journal) -> None:
    """What was restored is in the new journal: the old one has done its work."""
    if journal.complete:
        lost.delete()
    else:
        lost.release()
