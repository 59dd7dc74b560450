"""The crash journal: every change of a document, in the operating system's hands as soon as it is made.

One folder for each document that is open, under a folder of the user's data:

- `lock`: held while the process lives;
- `changes`: a line with the document as it was, then one line a change;
- `source`: the photo's own bytes, from the first change on.

A change of strokes is what was taken out of their row and what was put in, a change of the settings, the
reference or the preparation is all of them. Each line begins with its checksum: the first one that does not
agree, such as one that was torn off by the end of the machine, ends the reading. `journal_reading` reads.

A small change is written where it is made, in some tens of microseconds, so that it survives the end of the
process in the next moment; it is forced to the disk on a thread, within about a second. What takes longer (a
large change, the copy of the photo, starting over) is done on that thread altogether, in order. When the
changes have grown past `COMPACT_BYTES`, and past twice the document itself, they are started over from the
document as it is. So a journal takes the photo's size, the larger of these two, and the last change; and
while it is started over, the document once more.
"""

from __future__ import annotations

import json
import os
import queue
import secrets
import shutil
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs

from colorstudio.document.document import DocumentState
from colorstudio.document.file_lock import FileLock
from colorstudio.document.project import SourceFile
from colorstudio.document.reference import reference_as_json
from colorstudio.document.state_json import preparation_as_json, settings_as_json, state_as_json
from colorstudio.document.stroke_file import strokes_as_json
from colorstudio.document.strokes import Stroke
from colorstudio.errors import ColorStudioError
from colorstudio.imaging.atomic import write_error

SCHEMA = 1
CHANGES, LOCK, SOURCE = "changes", "lock", "source"
COMPACT_BYTES = 1 << 24

# A change of at most so many points and runs is written where it is made: about 50 KB of text.
_SMALL_CHANGE = 2_000
_SYNC_SECONDS = 1.0
_TRY_AGAIN_SECONDS = 30.0


Stamp = tuple[int, int]
"""Size of a file and time of its last change: whether it is still the one that was read."""


def stamp_of(path: Path | None) -> Stamp | None:
    """None where there is no file."""
    try:
        facts = path.stat() if path is not None else None
    except OSError:
        return None
    return (facts.st_size, facts.st_mtime_ns) if facts is not None else None


def journals_dir() -> Path:
    """The folder of the journals. May not exist yet."""
    return Path(platformdirs.user_data_dir("colorstudio", appauthor=False)) / "journals"


@dataclass(frozen=True)
class About:
    """Whose journal it is.

    Attributes
    ----------
    name
        What the photo or the project is called.
    photo
        What the photo in it is called.
    project
        The project that it is to be saved in; None if it was never saved.
    unsaved
        Whether the document that the journal starts with is itself nowhere else.
    file, stamp
        Where the photo was read from, and how large and how old it was then: it serves until it is copied.
    """

    name: str
    photo: str
    project: Path | None = None
    unsaved: bool = False
    file: Path | None = None
    stamp: Stamp | None = None


class JournalThread:
    """The thread of all journals of a window: what is not done on the spot is done here, in order."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._unsynced: set[Journal] = set()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, job: Callable[[], None]) -> None:
        if self._thread is None:
            # A daemon: a network drive that hangs must not keep the program from ending.
            self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def sync_soon(self, journal: Journal) -> None:
        with self._guard:
            asleep = not self._unsynced
            self._unsynced.add(journal)
        if asleep:
            self.put(_nothing)

    def wait(self) -> None:
        """Until all that was put so far is done."""
        if self._thread is not None:
            done = threading.Event()
            self.put(done.set)
            done.wait()

    def close(self) -> None:
        """As `wait`, and end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        due: float | None = None
        while True:
            with self._guard:
                waiting = bool(self._unsynced)
            if not waiting:
                due = None
            elif due is None:
                due = time.monotonic() + _SYNC_SECONDS
            try:
                job = self._jobs.get(timeout=None if due is None else max(due - time.monotonic(), 0.0))
            except queue.Empty:
                self._sync()
                continue
            if job is None:
                self._sync()
                return
            job()
            del job  # else the last photo stays in memory until the next one

    def _sync(self) -> None:
        with self._guard:
            journals, self._unsynced = self._unsynced, set()
        for journal in journals:
            journal.sync()


class Journal:
    """The journal of one document. Its methods are for the thread that changes the document.

    Parameters
    ----------
    thread
        Where the slow parts are done.
    state
        The document as it is now.
    source
        Gives the photo's own bytes when they are needed, on the thread. May raise.
    on_failure
        Called with words for the user when nothing can be written; once, from any thread. The journal goes
        on trying, with all of the document, every half minute.
    """

    def __init__(
        self,
        root: Path,
        thread: JournalThread,
        about: About,
        state: DocumentState,
        source: Callable[[], SourceFile],
        on_failure: Callable[[str], None],
    ) -> None:
        self.folder = root / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}"
        self.about = about
        self._thread = thread
        self._source = source
        self._on_failure = on_failure
        self._last = state
        self._safe = None if about.unsaved else state  # what is elsewhere as well
        self._started = time.time()
        self._lock: FileLock | None = None
        self._descriptor: int | None = None
        self._written = self._limit = 0
        self._copy_wanted = self._copied = False
        self._failed_at: float | None = None
        self._told = self._ended = False
        self._pending = 0  # writes that wait on the thread; what comes later waits behind them
        self._guard = threading.Lock()
        self._defer(partial(self._start_over, state))
        if about.unsaved:
            self._keep_source()

    @property
    def complete(self) -> bool:
        """Whether all of the document is on the disk, the photo included."""
        return self._copied and self._failed_at is None

    # -- on the thread of the document --------------------------------------------------------------------

    def record(self, state: DocumentState) -> None:
        """Write down what has changed since the last time; when this returns, the system has it."""
        before, self._last = self._last, state
        if state == before or self._ended:
            return
        self._keep_source()
        if self._failed_at is not None:
            if time.monotonic() - self._failed_at > _TRY_AGAIN_SECONDS:
                self._failed_at = time.monotonic()
                self._defer(partial(self._start_over, state))
            return
        change = _Change.between(before, state)
        if self._pending or change.size > _SMALL_CHANGE:
            self._defer(partial(self._append_in_turn, change))
        else:
            self._append(change)
            if self._written > self._limit:
                self._defer(partial(self._start_over, state))

    def saved(self, about: About, state: DocumentState) -> None:
        """The document as it was in `state` is safe in a project: only what came after it counts."""
        if self._ended:
            return
        self.about, self._safe = about, state
        self._defer(partial(self._start_over, state))
        if self._last != state:
            self._defer(partial(self._append_in_turn, _Change.between(state, self._last)))

    def discard(self) -> None:
        """Nobody needs it any more: remove it."""
        self._ended = True
        self._thread.put(self._remove)

    def abandon(self) -> None:
        """Leave it behind as if the process had ended, for the next start."""
        self._ended = True
        self._thread.put(self._let_go)

    def _keep_source(self) -> None:
        if not self._copy_wanted:
            self._copy_wanted = True
            self._thread.put(self._copy_source)

    def _defer(self, job: Callable[[], None]) -> None:
        with self._guard:
            self._pending += 1
        self._thread.put(partial(self._deferred, job))

    # -- on whichever thread, one at a time ---------------------------------------------------------------

    def _append(self, change: _Change) -> None:
        if self._descriptor is None:
            return
        try:
            self._write(self._descriptor, _line(change.as_json()))
        except OSError as error:
            self._fail(error)
        else:
            self._thread.sync_soon(self)

    def _write(self, descriptor: int, line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        self._written += len(line)

    def _fail(self, error: OSError) -> None:
        self._failed_at = time.monotonic()
        self._close_changes()  # after a line that is cut off, nothing would be read
        self._tell(error)

    def _tell(self, error: OSError | ColorStudioError) -> None:
        if not self._told:
            self._told = True
            reason = write_error(self.folder, error) if isinstance(error, OSError) else error
            self._on_failure(str(reason))

    # -- on the journal's thread --------------------------------------------------------------------------

    def _deferred(self, job: Callable[[], None]) -> None:
        try:
            job()
        finally:
            with self._guard:
                self._pending -= 1

    def sync(self) -> None:
        """Force what was written to the disk."""
        # A copy: the other thread closes the journal's own after a failure.
        with suppress(OSError, TypeError):
            descriptor = os.dup(self._descriptor)  # type: ignore[arg-type]
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _append_in_turn(self, change: _Change) -> None:
        self._append(change)
        if self._written > self._limit:
            self._start_over(change.after)

    def _start_over(self, state: DocumentState) -> None:
        """Write all of the document, in place of what was there."""
        head = {
            "schema": SCHEMA,
            "name": self.about.name,
            "photo": self.about.photo,
            "project": None if self.about.project is None else str(self.about.project),
            "unsaved": state != self._safe,
            "file": None if self.about.file is None else str(self.about.file),
            "stamp": self.about.stamp,
            "started": self._started,
            **state_as_json(state),
        }
        line = _line(head)
        new = self.folder / f"{CHANGES}.new"
        try:
            if self._lock is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._lock = FileLock.take(self.folder / LOCK)
            descriptor = os.open(new, _WRITE | os.O_TRUNC, 0o600)
            try:
                self._write(descriptor, line)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            self._close_changes()
            new.replace(self.folder / CHANGES)
            self._descriptor = os.open(self.folder / CHANGES, _WRITE | os.O_APPEND)
        except OSError as error:
            self._fail(error)
            return
        self._failed_at = None
        self._written = len(line)
        self._limit = max(COMPACT_BYTES, 2 * len(line))
        if self._copy_wanted and not self._copied:
            self._copy_source()

    def _copy_source(self) -> None:
        if self._lock is None or self._copied:
            return
        part = self.folder / f"{SOURCE}.part"
        try:
            with part.open("wb") as file:
                file.write(self._source().data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.folder / SOURCE)
            self._copied = True
        except (OSError, ColorStudioError) as error:
            self._tell(error)

    def _close_changes(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):
                os.close(descriptor)

    def _let_go(self) -> None:
        self._close_changes()
        if self._lock is not None:
            self._lock.release()

    def _remove(self) -> None:
        self._close_changes()
        if self._lock is not None:
            remove_journal(self.folder, self._lock)


def remove_journal(folder: Path, lock: FileLock) -> None:
    """Delete a journal whose lock is held; whatever cannot be deleted is no journal afterwards."""
    with suppress(OSError):
        (folder / CHANGES).unlink(missing_ok=True)
    lock.release()  # before the rest: Windows deletes no file that is open
    shutil.rmtree(folder, ignore_errors=True)


_WRITE = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)


def _nothing() -> None:
    """Wakes the thread."""


def _line(data: dict[str, Any]) -> bytes:
    text = json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


@dataclass(frozen=True)
class _Change:
    """What makes one state into another."""

    start: int  # of the strokes that differ
    removed: int
    added: tuple[Stroke, ...]
    before: DocumentState
    after: DocumentState

    @classmethod
    def between(cls, before: DocumentState, after: DocumentState) -> _Change:
        old, new = before.strokes, after.strokes
        shorter = min(len(old), len(new))
        start = 0
        while start < shorter and old[start] is new[start]:
            start += 1
        same = 0
        while same < shorter - start and old[-1 - same] is new[-1 - same]:
            same += 1
        return cls(start, len(old) - start - same, new[start : len(new) - same], before, after)

    @property
    def size(self) -> int:
        """Points and runs to write down, about."""
        reference = self.after.settings.reference if self.has_new_reference else None
        places = len(reference.confidence) if reference is not None else 0
        return places + sum(
            len(stroke.points) + len(stroke.runs) + sum(len(cut.points) for cut in stroke.cuts)
            for stroke in self.added
        )

    @property
    def has_new_reference(self) -> bool:
        return self.after.settings.reference is not self.before.settings.reference

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"time": round(time.time(), 3)}
        if self.removed or self.added:
            data["strokes"] = [self.start, self.removed, strokes_as_json(self.added)["strokes"]]
        if self.after.settings != self.before.settings:
            data["settings"] = settings_as_json(self.after.settings)
        if self.has_new_reference:
            data["reference"] = reference_as_json(self.after.settings.reference)
        if self.after.preparation != self.before.preparation:
            data["preparation"] = preparation_as_json(self.after.preparation)
        return data
