"""The photos of a batch and how far each of them is. Knows no Qt.

Changed on the GUI thread only; what works on a photo elsewhere gets a copy of what it needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colorstudio.document.document import DocumentState


class Status(Enum):
    """How far a photo is, in one word: the one that says most."""

    UNTOUCHED = "untouched"
    WAITING = "waiting"
    WORKING = "working"
    COLOURED = "coloured"
    PAINTED = "painted"
    EXPORTED = "exported"
    FAILED = "failed"


class Work(Enum):
    """What a run has to do with a photo now."""

    NONE = "none"
    WAITING = "waiting"
    WORKING = "working"


@dataclass(frozen=True)
class FoundPhoto:
    """A file that belongs into a batch.

    Attributes
    ----------
    folder
        Where it lies below the folder that was opened; empty right in it.
    resolved
        The file itself, whatever links lead to it.
    """

    path: Path
    folder: Path
    resolved: Path


@dataclass
class BatchPhoto:
    """One photo of a batch.

    Attributes
    ----------
    state
        Settings, strokes and preparation; None as long as nobody changed any.
    exported, exported_state
        The file it was written to last, and the state that it has there.
    failure
        Why it could not be read or coloured when that was last tried; empty if it could.
    export_failure
        Why it could not be written when that was last tried.
    fraction
        How far the work on it is, in [0, 1].
    """

    found: FoundPhoto
    state: DocumentState | None = None
    coloured: bool = False
    exported: Path | None = None
    exported_state: DocumentState | None = None
    failure: str = ""
    export_failure: str = ""
    work: Work = Work.NONE
    fraction: float = 0.0

    @property
    def path(self) -> Path:
        return self.found.path

    @property
    def name(self) -> str:
        return self.found.path.name

    @property
    def stroke_count(self) -> int:
        return len(self.state.strokes) if self.state is not None else 0

    @property
    def reason(self) -> str:
        """Why it failed; empty if it did not."""
        return self.failure or self.export_failure

    @property
    def changed_since_export(self) -> bool:
        return self.exported is not None and self.exported_state != self.state

    @property
    def status(self) -> Status:
        if self.work is not Work.NONE:
            return Status.WORKING if self.work is Work.WORKING else Status.WAITING
        if self.reason:
            return Status.FAILED
        if self.exported is not None and not self.changed_since_export:
            return Status.EXPORTED
        if self.stroke_count:
            return Status.PAINTED
        return Status.COLOURED if self.coloured else Status.UNTOUCHED


class Batch:
    """The photos of a folder, or several that were opened together.

    Parameters
    ----------
    title
        What to call it: the name of the folder.
    folder
        The folder that was opened; the first photo's own where they were named one by one.
    from_folder
        Whether the folder was named, not the photos.
    """

    def __init__(self, title: str, folder: Path, found: Sequence[FoundPhoto], *, from_folder: bool) -> None:
        self.title = title
        self.folder = folder
        self.from_folder = from_folder
        self.photos = [BatchPhoto(item) for item in found]
        self.resolved = frozenset(item.resolved for item in found)
        self._rows = {item.path: row for row, item in enumerate(found)}
        self.counts: Counter[Status] = Counter(photo.status for photo in self.photos)

    def __len__(self) -> int:
        return len(self.photos)

    def row_of(self, path: Path | None) -> int | None:
        return self._rows.get(path) if path is not None else None

    def change(self, row: int, **changes: object) -> None:
        """Set attributes of a photo, and keep the counts right."""
        photo = self.photos[row]
        self.counts[photo.status] -= 1
        for name, value in changes.items():
            setattr(photo, name, value)
        self.counts[photo.status] += 1

    def set_work(self, rows: Iterable[int], work: Work) -> None:
        """As `change` for the work of many photos."""
        for row in rows:
            self.photos[row].work = work
        self.counts = Counter(photo.status for photo in self.photos)

    def rows(self, *statuses: Status) -> list[int]:
        """Photos of these states."""
        return [row for row, photo in enumerate(self.photos) if photo.status in statuses]

    def to_colour(self) -> list[int]:
        """Photos whose colours have not been seen yet."""
        return [row for row, photo in enumerate(self.photos) if not photo.coloured or photo.failure]

    def to_export(self) -> list[int]:
        """Photos that have not been written as they are now."""
        return [row for row, photo in enumerate(self.photos) if photo.status is not Status.EXPORTED]

    def painted(self) -> list[int]:
        """Photos with strokes."""
        return [row for row, photo in enumerate(self.photos) if photo.stroke_count]
