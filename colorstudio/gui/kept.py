"""Documents that were kept: in a project, or in the journal of a process that is no more.

Read on a worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorstudio.document.document import DocumentState
from colorstudio.document.journal import Stamp, stamp_of
from colorstudio.document.journal_reading import LostWork
from colorstudio.document.project import SourceFile, read_project
from colorstudio.errors import PhotoWriteError, ProjectInUseError
from colorstudio.gui.project_lock import ProjectLock
from colorstudio.imaging import encoding
from colorstudio.imaging.photo import Photo

if TYPE_CHECKING:
    from colorstudio.gui.loading import PhotoSource


@dataclass(frozen=True, eq=False)
class Kept:
    """What a project or lost work brings along besides the photo.

    Attributes
    ----------
    project
        What it is to be saved in; None for a copy, and for what was never saved.
    lock
        Of the project.
    """

    state: DocumentState
    project: Path | None = None
    lock: ProjectLock | None = None


def read_kept(source: PhotoSource) -> tuple[PhotoSource, Kept | None]:
    """The document behind a source, and the source of the photo in it; the source itself if it is a photo.

    Raises
    ------
    ProjectReadError
        The project is damaged or gone.
    ProjectInUseError
        Another window has it open.
    """
    if source.lost is not None:
        return _read_lost(source, source.lost)
    if source.project is None:
        return source, Kept(source.state) if source.state is not None else None
    lock = source.lock
    if lock is None and not source.as_copy:
        lock = ProjectLock.take(source.project)
        if lock is None:
            words = QCoreApplication.translate(
                "KeepingController",
                "{path} is open in another window: go on there, or open a copy of it here.",
            )
            raise ProjectInUseError(words.format(path=source.project))
    try:
        project = read_project(source.project)
    except BaseException:
        if lock is not None and lock is not source.lock:
            lock.release()
        raise
    where = None if source.as_copy else source.project
    photo = replace(source, name=project.source.name, data=project.source.data, lock=None)
    return photo, Kept(project.state, where, lock)


def _read_lost(source: PhotoSource, lost: LostWork) -> tuple[PhotoSource, Kept]:
    lock = None
    if lost.project is not None and lost.project.parent.is_dir():
        lock = ProjectLock.take(lost.project)
    project = lost.project if lock is not None else None
    photo = replace(source, name=lost.photo, data=lost.source().data, project=project)
    return photo, Kept(lost.state, project, lock)


@dataclass(frozen=True, eq=False)
class Origin:
    """What the photo of a document came from.

    Attributes
    ----------
    photo
        As it was read.
    stamp
        Of its file, before it was read.
    """

    source: PhotoSource
    photo: Photo
    stamp: Stamp | None

    def file(self) -> SourceFile:
        """The photo's own bytes; its pixels as a PNG where the file has changed since, or has gone.

        Raises
        ------
        PhotoWriteError
            There is not enough memory for it.
        """
        try:
            return self._own_file() or self._as_png()
        except MemoryError as error:
            words = QCoreApplication.translate(
                "KeepingController",
                "There is not enough memory for a copy of {name}: close other programs.",
            )
            raise PhotoWriteError(words.format(name=self.source.name)) from error

    def _own_file(self) -> SourceFile | None:
        source = self.source
        if source.data is not None:
            return SourceFile(source.name, source.data)
        if source.path is None or self.stamp is None:
            return None
        try:
            data = source.path.read_bytes()
        except OSError:
            return None  # a memory card that was pulled out; the pixels are here
        return SourceFile(source.name, data) if stamp_of(source.path) == self.stamp else None

    def _as_png(self) -> SourceFile:
        photo = self.photo
        data = encoding.encode(
            "png",
            photo.pixels,
            photo.alpha,
            quality=100,
            icc_profile=None,  # the pixels are in sRGB by now
            exif=photo.metadata.exif,
            dpi=photo.metadata.dpi,
        )
        return SourceFile(f"{Path(self.source.name).stem or 'photo'}.png", data)
