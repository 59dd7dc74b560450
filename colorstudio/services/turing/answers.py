"""The answers of a Turing test: one CSV, one line an answer, appended as they are given.

The last column has one of a few words, so that a line that a crash cut off is never taken for a whole one: it
is read over, and what comes after it begins a new line. Several programs may append at once: a lock in a file
beside it lets one after the other.
"""

from __future__ import annotations

import csv
import errno
import io
import math
import os
import queue
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from colorstudio.document.file_lock import FileLock
from colorstudio.errors import ColorStudioError, TuringError
from colorstudio.imaging.atomic import write_error
from colorstudio.services.turing.session import REAL, SEPARATOR, TuringSession
from colorstudio.services.turing.trials import Trial

COLUMNS = (
    "session",
    "participant",
    "trial",
    "kind",
    "photo",
    "model",
    "shown",
    "answer",
    "seconds",
    "timestamp",
    "outcome",
)
RIGHT, FOOLED, RANKED = "right", "fooled", "ranked"
LEFT_IS_REAL, RIGHT_IS_REAL = "left", "right"
NATURAL, WRONG = "natural", "wrong"

_HEADER = ",".join(COLUMNS) + "\n"
_WAIT_S = 5.0  # for others who write


@dataclass(frozen=True)
class Answer:
    """One answer.

    Attributes
    ----------
    model
        See `Trial.model`.
    shown
        Sources from left to right.
    answer
        "left" or "right" is real; "natural" or "wrong"; for rankings the sources, the most natural first.
    seconds
        For which the pictures were on the screen.
    outcome
        "right" or "fooled"; "ranked".
    """

    participant: str
    trial: int
    photo: str
    model: str
    shown: tuple[str, ...]
    answer: str
    seconds: float
    timestamp: str
    outcome: str

    @property
    def order(self) -> tuple[str, ...]:
        """Of a ranking: the sources, the most natural first."""
        return tuple(self.answer.split(SEPARATOR))

    @property
    def taken_for_real(self) -> bool:
        """Whether what `model` showed was."""
        return (self.outcome == FOOLED) != (self.model == REAL)


@dataclass(frozen=True)
class Answers:
    """What was answered so far.

    Attributes
    ----------
    rows
        One for each participant and trial: the first.
    damaged
        How many lines were read over.
    """

    rows: tuple[Answer, ...]
    damaged: int = 0

    @property
    def participants(self) -> tuple[str, ...]:
        """In the order in which they came."""
        return tuple(dict.fromkeys(row.participant for row in self.rows))

    def of(self, participant: str) -> tuple[Answer, ...]:
        return tuple(row for row in self.rows if row.participant == participant)

    def known_as(self, name: str) -> str:
        """The name as it was written when the participant came first."""
        return next((known for known in self.participants if known.casefold() == name.casefold()), name)


# -- what was meant -----------------------------------------------------------------------------------------


def answer_to(
    session: TuringSession,
    participant: str,
    trial: Trial,
    choice: Sequence[int],
    seconds: float,
    when: datetime | None = None,
) -> Answer:
    """What a choice means.

    Parameters
    ----------
    choice
        Pairs: the picture that is held for real, 0 or 1. Single photos: 0 for "looks natural", 1 for "looks
        wrong". Ranking: the pictures, the most natural first.
    """
    model = trial.model
    if session.kind == "pairs":
        answer = (LEFT_IS_REAL, RIGHT_IS_REAL)[choice[0]]
        outcome = RIGHT if trial.shown[choice[0]] == REAL else FOOLED
    elif session.kind == "single":
        answer = (NATURAL, WRONG)[choice[0]]
        outcome = RIGHT if (answer == NATURAL) == (model == REAL) else FOOLED
    else:
        if sorted(choice) != list(range(len(trial.shown))):
            raise ValueError(f"{choice} is no order of {len(trial.shown)} pictures")
        answer, outcome, model = SEPARATOR.join(trial.shown[place] for place in choice), RANKED, ""
    return Answer(
        participant,
        trial.number,
        session.photos[trial.photo].name,
        model,
        trial.shown,
        answer,
        round(seconds, 3),
        (when or datetime.now(UTC)).isoformat(timespec="seconds"),
        outcome,
    )


# -- on disk ------------------------------------------------------------------------------------------------


def read_answers(session: TuringSession) -> Answers:
    """The answers so far; none where there is no file yet.

    Raises
    ------
    TuringError
        The file cannot be read, is none of ours, or belongs to another test.
    """
    path = session.answers_path
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Answers(())
    except OSError as error:
        raise TuringError(f"{path} could not be read ({error.strerror}): check its rights.") from error
    if _is_begun_header(data):
        return Answers(())
    header, *lines = data.split(b"\n")
    if header.rstrip(b"\r").decode(errors="replace") != _HEADER.strip():
        raise TuringError(
            f"{path} does not begin as the answers of a Turing test do: put the file back that was there, or "
            "move this one away."
        )
    lines, unfinished = lines[:-1], lines[-1]
    known = {source for photo in range(len(session.photos)) for source in session.sources_of(photo)}
    rows: dict[tuple[str, int], Answer] = {}
    damaged = int(bool(unfinished.strip()))
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        row = _answer_in(line, session, known, number)
        if row is None:
            damaged += 1
        else:
            rows.setdefault((row.participant, row.trial), row)
    return Answers(tuple(rows.values()), damaged)


def _is_begun_header(data: bytes) -> bool:
    """Whether no more than a part of the first line was ever written."""
    return _HEADER.encode().startswith(data)


def _answer_in(line: bytes, session: TuringSession, known: set[str], number: int) -> Answer | None:
    """None for a line that is damaged."""
    try:
        (cells,) = csv.reader([line.decode().rstrip("\r")], strict=True)
        row: dict[str, str] = dict(zip(COLUMNS, cells, strict=True))
        seconds, trial = float(row["seconds"]), int(row["trial"])
        datetime.fromisoformat(row["timestamp"])
    except (ValueError, csv.Error):
        return None
    if row["session"] != session.identity or row["kind"] != session.kind:
        raise TuringError(
            f"{session.answers_path} has answers of another Turing test (line {number}): put the file back "
            "that was there, or move this one away."
        )
    shown = tuple(row["shown"].split(SEPARATOR))
    if not _fits(session, row, shown, known) or not (math.isfinite(seconds) and seconds >= 0 and trial > 0):
        return None
    return Answer(
        row["participant"],
        trial,
        row["photo"],
        row["model"],
        shown,
        row["answer"],
        seconds,
        row["timestamp"],
        row["outcome"],
    )


def _fits(session: TuringSession, row: dict[str, str], shown: tuple[str, ...], known: set[str]) -> bool:
    if not row["participant"] or not known.issuperset(shown):
        return False
    if session.kind == "ranking":
        ordered = row["answer"].split(SEPARATOR)
        return row["outcome"] == RANKED and sorted(ordered) == sorted(shown) and len(set(shown)) > 1
    return row["outcome"] in (RIGHT, FOOLED) and row["model"] in shown


def append_answers(session: TuringSession, answers: Sequence[Answer]) -> None:
    """Write answers behind those that are there, to the disk itself.

    Raises
    ------
    PhotoWriteError
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in answers:
        writer.writerow(
            (
                session.identity,
                row.participant,
                row.trial,
                session.kind,
                row.photo,
                row.model,
                SEPARATOR.join(row.shown),
                row.answer,
                f"{row.seconds:.3f}",
                row.timestamp,
                row.outcome,
            )
        )
    path = session.answers_path
    try:
        with _alone(path):
            _append(path, text.getvalue().encode())
    except OSError as error:
        raise write_error(path, error) from error


@contextmanager
def _alone(path: Path) -> Generator[None]:
    """Nobody else appends meanwhile: the first one writes the header, and cuts off what is left of one."""
    try:
        lock = FileLock.take_within(path.with_name(f".{path.name}.lock"), _WAIT_S)
    except TimeoutError:
        raise
    except OSError:  # no folder, which the file itself will say, or one on a disk that knows no locks
        lock = None
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _append(path: Path, lines: bytes) -> None:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        data = _before(descriptor) + lines
        size = os.lseek(descriptor, 0, os.SEEK_END)
        written = os.write(descriptor, data)
        if written != len(data):  # the disk is full: nothing rather than a part
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _before(descriptor: int) -> bytes:
    """What has to come before new lines: the header, or the end of a line that was cut off."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    os.lseek(descriptor, max(0, size - len(_HEADER)), os.SEEK_SET)
    end = os.read(descriptor, len(_HEADER))
    if size < len(_HEADER) and _is_begun_header(end):
        os.ftruncate(descriptor, 0)
        return _HEADER.encode()
    return b"" if end.endswith(b"\n") else b"\n"


class AnswerWriter:
    """Writes answers on a thread of its own, in the order in which they came, and keeps what cannot be.

    Parameters
    ----------
    on_failure
        Called with the error on that thread. What was not written is tried again with the next answer, and
        by `try_again`.
    """

    def __init__(self, session: TuringSession, on_failure: Callable[[ColorStudioError], None]) -> None:
        self._session = session
        self._on_failure = on_failure
        self._queue: queue.SimpleQueue[Answer | threading.Event | None] = queue.SimpleQueue()
        self._unwritten: list[Answer] = []
        self._thread = threading.Thread(target=self._run, name="answers", daemon=True)
        self._thread.start()

    def put(self, answer: Answer) -> None:
        self._queue.put(answer)

    @property
    def unwritten(self) -> int:
        """How many answers could not be written so far."""
        return len(self._unwritten)

    def try_again(self) -> None:
        """Write what could not be written, without a wait for it."""
        self._queue.put(threading.Event())

    def wait(self) -> None:
        """Until what was put so far is written, or was tried again."""
        if self._thread.is_alive():
            tried = threading.Event()
            self._queue.put(tried)
            tried.wait()

    def close(self) -> int:
        """Write what waits, and end; how many answers could not be written."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        return self.unwritten

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            if isinstance(item, Answer):
                self._unwritten.append(item)
            self._write()
            if isinstance(item, threading.Event):
                item.set()
        self._write()

    def _write(self) -> None:
        if not self._unwritten:
            return
        try:
            append_answers(self._session, self._unwritten)
        except ColorStudioError as error:
            self._on_failure(error)
        else:
            self._unwritten = []
