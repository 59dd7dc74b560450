"""Writing projects: what is written, on which thread, and where the user is asked for a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QObject,
    QSize,
    QStandardPaths,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from colorstudio.document.document import DocumentState
from colorstudio.document.journal import About, Journal
from colorstudio.document.journal_reading import LostWork
from colorstudio.document.project import PREVIEW_SIDE, PROJECT_SUFFIX, Project, is_project, write_project
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.jobs import Deliver, Lane
from colorstudio.gui.kept import Origin
from colorstudio.gui.project_lock import ProjectLock
from colorstudio.progress import ProgressToken


@dataclass(eq=False)
class KeptDocument:
    """A document of the window with where it is kept.

    Attributes
    ----------
    state
        As it is now.
    saved
        What the project holds, or what the photo began as; None while it is nowhere but here.
    project, lock
        Where it is saved; None for a photo that was never saved.
    lost
        The work of a crash that this is, as long as no journal of this process has it.
    """

    name: str
    origin: Origin
    state: DocumentState
    saved: DocumentState | None
    project: Path | None = None
    lock: ProjectLock | None = None
    journal: Journal | None = None
    lost: LostWork | None = None

    @property
    def unsaved(self) -> bool:
        return self.state != self.saved

    @property
    def about(self) -> About:
        source = self.origin.source
        return About(self.name, source.name, self.project, self.saved is None, source.path, self.origin.stamp)

    def place(self) -> Path:
        """Where it is saved, or where it might be: beside the photo, by its name."""
        if self.project is not None:
            return self.project
        source = self.origin.source
        file = source.file
        if file is None or source.is_sample:
            documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            folder = Path(documents) if documents and Path(documents).is_dir() else Path.home()
            file = folder / source.name
        return file.with_name((file.stem or "photo") + PROJECT_SUFFIX)


@dataclass(frozen=True, eq=False)
class Saving:
    """A project that is to be written.

    Attributes
    ----------
    lock
        Of the project; None where it is still to be taken.
    new
        Whether nothing may be replaced.
    picture
        What it looks like, if that is known.
    """

    kept: KeptDocument
    project: Path
    state: DocumentState
    lock: ProjectLock | None
    new: bool = False
    picture: Picture | None = None


def _save(savings: Sequence[Saving], _token: ProgressToken, deliver: Deliver) -> None:
    for saving in savings:
        project = Project(saving.state, saving.kept.origin.file(), preview_png(saving.picture))
        write_project(saving.project, project, overwrite=not saving.new)
        deliver(saving)


def preview_png(picture: Picture | None) -> bytes:
    """What the canvas shows, small, as a PNG; empty where there is nothing."""
    if picture is None:
        return b""
    image = picture.levels[0]
    for level in picture.levels[1:]:
        if max(level.width(), level.height()) >= PREVIEW_SIDE:
            image = level
    if max(image.width(), image.height()) > PREVIEW_SIDE:
        image = image.scaled(
            QSize(PREVIEW_SIDE, PREVIEW_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    stored = QByteArray()
    buffer = QBuffer(stored)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    form = QImage.Format.Format_RGBA8888 if image.hasAlphaChannel() else QImage.Format.Format_RGB888
    image.convertToFormat(form).save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(stored.data())


class ProjectSaver(QObject):
    """Writes projects, on a thread; the latest request wins.

    Signals
    -------
    saved
        A `Saving` is on the disk.
    done
        All that was asked for is.
    failed
        The `Saving` that could not be written, and why.
    """

    saved = Signal(object)
    done = Signal()
    failed = Signal(object, object)

    def __init__(self, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._waiting: list[Saving] = []
        lane.delivered.connect(self._on_delivered)
        lane.finished.connect(self._on_finished)
        lane.failed.connect(self._on_failed)

    def save(self, savings: Sequence[Saving]) -> None:
        self._waiting = list(savings)
        self._lane.submit(partial(_save, tuple(savings)))

    def is_saving(self, kept: KeptDocument) -> bool:
        """Whether the document as it is now is on its way to the disk."""
        return any(saving.kept is kept and saving.state == kept.state for saving in self._waiting)

    def _on_delivered(self, saving: Saving) -> None:
        if saving in self._waiting:
            self._waiting.remove(saving)
        self.saved.emit(saving)

    def _on_finished(self, _result: object) -> None:
        self._waiting = []
        self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.failed.emit(waiting[0], error)


def ask_for_place(
    proposal: Path, parent: QWidget, chosen: Callable[[Path, bool], None], given_up: Callable[[], None]
) -> None:
    """Ask where a project is to be; the window goes on working meanwhile.

    Parameters
    ----------
    chosen
        Called with the path, and whether nothing may be replaced there: the user was asked about another one.
    """
    translate = QCoreApplication.translate
    dialog = QFileDialog(parent, translate("Saving", "Save the project"), str(proposal.parent))
    dialog.setObjectName("saveProject")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([translate("Saving", "Color Studio projects") + f" (*{PROJECT_SUFFIX})"])
    dialog.setDefaultSuffix(PROJECT_SUFFIX.removeprefix("."))
    dialog.selectFile(proposal.name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def on_chosen(name: str) -> None:
        path = Path(name).absolute()
        if is_project(path):
            chosen(path, False)
        else:  # under another ending the photo itself could be replaced
            chosen(path.with_name(path.name + PROJECT_SUFFIX), True)

    dialog.fileSelected.connect(on_chosen)
    dialog.rejected.connect(given_up)
    dialog.open()
