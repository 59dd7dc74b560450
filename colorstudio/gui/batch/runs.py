"""A run over the photos of a batch: one after the other on a lane of its own, whatever becomes of each."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorstudio.errors import DiskFullError
from colorstudio.gui.backend import Backend
from colorstudio.gui.batch.courtesy import Courtesy
from colorstudio.gui.batch.photos import FoundPhoto
from colorstudio.gui.batch.work import JobResult, PhotoJob, Target, colour_photo, export_photo
from colorstudio.gui.jobs import Deliver, Lane
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.batch.export_all_dialog import ExportAll


class RunKind(Enum):
    COLOUR = "colour"
    EXPORT = "export"


@dataclass(frozen=True)
class Failure:
    """A photo that could not be done, and why in words."""

    path: Path
    reason: str


@dataclass
class Run:
    """What is to be done with which photos, and what has come of it.

    Attributes
    ----------
    rows
        All photos of the run, in order.
    targets
        Where they are written to, by row; empty where they are only coloured.
    done
        Those that were coloured or written.
    kept
        Files that were there already and stay as they are.
    stopped
        Whether the user stopped it before its end.
    """

    kind: RunKind
    rows: Sequence[int]
    targets: Mapping[int, Target] = field(default_factory=dict)
    done: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    failures: dict[int, Failure] = field(default_factory=dict)
    stopped: bool = False
    started_s: float = field(default_factory=time.monotonic)

    @property
    def finished_count(self) -> int:
        return len(self.done) + len(self.kept) + len(self.failures)

    def seconds_left(self, now_s: float) -> float | None:
        """About how long it still takes; None as long as nobody knows."""
        worked = len(self.done) + len(self.failures)
        if worked < 3:
            return None
        return (now_s - self.started_s) / worked * (len(self.rows) - self.finished_count)

    def again(self) -> Run:
        """A run over what failed."""
        rows = sorted(self.failures)
        return Run(self.kind, rows, {row: self.targets[row] for row in rows if row in self.targets})

    def rest(self) -> Run:
        """A run over what a stop left over."""
        seen = {*self.done, *self.kept, *self.failures}
        rows = [row for row in self.rows if row not in seen]
        return Run(self.kind, rows, {row: self.targets[row] for row in rows if row in self.targets})


def plan_export(
    found: tuple[FoundPhoto, ...],
    inputs: frozenset[Path],
    answer: ExportAll,
    token: ProgressToken,
    _deliver: Deliver,
) -> Run:
    """The run that does what was answered. Runs on a worker thread.

    Files are planned for all photos: a part of them that is exported later goes to no file of another.
    """
    from colorstudio.services.planning import plan_targets

    token.check()
    photos = [(photo.path, answer.folder / photo.folder) for photo in found]
    paths = plan_targets(photos, answer.options.format, answer.ending)
    targets = {row: Target(paths[row], answer.options, inputs) for row in answer.rows}
    return Run(RunKind.EXPORT, answer.rows, targets)


class BatchRunner(QObject):
    """Does one run at a time.

    Parameters
    ----------
    job_of
        Gives the photo of a row as it is when its turn comes.
    words_of
        An exception in words, given the row.

    Signals
    -------
    started, finished
        The `Run`.
    photo_started
        The row.
    photo_progressed
        The row, and how far it is in [0, 1].
    photo_done
        The row, and its `JobResult`.
    photo_failed
        The row, and the `Failure`.
    disk_full
        There is no space left on the disk, told once a run.
    """

    started = Signal(object)
    finished = Signal(object)
    photo_started = Signal(int)
    photo_progressed = Signal(int, float)
    photo_done = Signal(int, object)
    photo_failed = Signal(int, object)
    disk_full = Signal(str)

    def __init__(
        self,
        backend: Backend,
        lane: Lane,
        job_of: Callable[[int], PhotoJob],
        words_of: Callable[[Exception, PhotoJob], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._backend = backend
        self._job_of = job_of
        self._words_of = words_of
        self.courtesy = Courtesy()
        self.lane = lane
        self.lane.finished.connect(self._on_finished)
        self.lane.failed.connect(self._on_failed)
        self.lane.cancelled.connect(self._on_cancelled)
        self.lane.progressed.connect(self._on_progressed)
        self._run: Run | None = None
        self._waiting: deque[int] = deque()
        self._row = -1
        self._job: PhotoJob | None = None
        self._told_full = False

    @property
    def run(self) -> Run | None:
        """What is under way."""
        return self._run

    def start(self, run: Run) -> None:
        """Begin a run. Call only while there is none."""
        self._run = run
        self._waiting = deque(run.rows)
        self._told_full = False
        self.started.emit(run)
        self._next()

    def stop(self) -> None:
        """Stop after what can be broken off; `finished` follows."""
        if self._run is not None:
            self._run.stopped = True
            self._waiting.clear()
            self.lane.cancel()

    def _next(self) -> None:
        run = self._run
        if run is None:
            return
        if not self._waiting:
            self._run = None
            self.finished.emit(run)
            return
        self._row = self._waiting.popleft()
        self._job = job = self._job_of(self._row)
        self.photo_started.emit(self._row)
        if run.kind is RunKind.COLOUR:
            self.lane.submit(partial(colour_photo, self._backend, job, self.courtesy))
        else:
            self.lane.submit(partial(export_photo, self._backend, job, run.targets[self._row], self.courtesy))

    def _on_progressed(self, fraction: float, _stage: str) -> None:
        self.photo_progressed.emit(self._row, fraction)

    def _on_finished(self, result: JobResult) -> None:
        if self._run is None:
            return
        left_alone = self._run.kind is RunKind.EXPORT and result.written is None
        (self._run.kept if left_alone else self._run.done).append(self._row)
        self.photo_done.emit(self._row, result)
        self._next()

    def _on_failed(self, error: Exception) -> None:
        if self._run is None or self._job is None:
            return
        failure = Failure(self._job.path, self._words_of(error, self._job))
        self._run.failures[self._row] = failure
        self.photo_failed.emit(self._row, failure)
        if isinstance(error, DiskFullError) and not self._told_full:
            self._told_full = True
            self.disk_full.emit(failure.reason)
        self._next()

    def _on_cancelled(self) -> None:
        self._next()
