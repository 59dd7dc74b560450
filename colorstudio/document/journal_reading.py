"""Crash journals that were left behind: finding them, and reading the document back."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast

from colorstudio.document.document import DocumentState
from colorstudio.document.file_lock import FileLock
from colorstudio.document.journal import (
    CHANGES,
    COMPACT_BYTES,
    LOCK,
    SCHEMA,
    SOURCE,
    Stamp,
    remove_journal,
    stamp_of,
)
from colorstudio.document.project import MAX_SOURCE_BYTES, SourceFile
from colorstudio.document.state_json import (
    named_reference_from_json,
    preparation_from_json,
    settings_from_json,
    state_from_json,
)
from colorstudio.document.stroke_file import MAX_FILE_BYTES, MAX_STROKES, strokes_from_json
from colorstudio.errors import ColorStudioError, ProjectReadError

# A folder without a journal in it is rubbish, unless somebody is just about to begin one there.
_SETTLED_SECONDS = 60.0
_LONGEST_LINE = MAX_FILE_BYTES
_MAX_BYTES = 3 * (MAX_FILE_BYTES + COMPACT_BYTES)


@dataclass(frozen=True, eq=False)
class LostWork:
    """Work of a process that is no more. While it is held, no other process is offered it.

    Attributes
    ----------
    name
        What the photo or the project was called.
    photo
        What the photo was called.
    project
        The project that it was to be saved in, if any.
    when
        Of the last change, local time.
    state
        The document as it was.
    file, stamp
        Where the photo was read from.
    """

    folder: Path
    name: str
    photo: str
    project: Path | None
    when: datetime
    state: DocumentState
    lock: FileLock
    file: Path | None = None
    stamp: Stamp | None = None

    @property
    def source_path(self) -> Path:
        """A file with the photo's own bytes: the copy of it, or the photo that was not yet copied."""
        copy = self.folder / SOURCE
        if not copy.is_file() and self.file is not None and stamp_of(self.file) == self.stamp:
            return self.file
        return copy

    def source(self) -> SourceFile:
        """The photo's own bytes.

        Raises
        ------
        ProjectReadError
            They cannot be read, or the process ended before they were copied and the photo has gone.
        """
        try:
            with self.source_path.open("rb") as file:
                data = file.read(MAX_SOURCE_BYTES + 1)
        except OSError as error:
            raise ProjectReadError(
                f"There is no copy of {self.photo} that can be read ({error.strerror}): "
                "put the photo back where it was, and try again."
            ) from error
        return SourceFile(self.photo, data)

    def delete(self) -> None:
        """Nobody wants it back."""
        remove_journal(self.folder, self.lock)

    def release(self) -> None:
        """Leave it where it is, to be offered again."""
        self.lock.release()


def find_lost_work(root: Path) -> list[LostWork]:
    """What processes that are no more left behind in the folder of the journals, the newest first.

    Journals with nothing in them that is not saved elsewhere are removed on the way.
    """
    found: list[LostWork] = []
    try:
        folders = [folder for folder in root.iterdir() if folder.is_dir()]
    except OSError:
        return []
    for folder in folders:
        try:
            work = _claim(folder)
        except OSError:
            continue  # of another user, or gone meanwhile
        if work is not None:
            found.append(work)
    return sorted(found, key=lambda work: work.when, reverse=True)


def _claim(folder: Path) -> LostWork | None:
    if not (folder / CHANGES).is_file():
        if time.time() - folder.stat().st_mtime > _SETTLED_SECONDS:
            lock = FileLock.take(folder / LOCK)
            if lock is not None:
                remove_journal(folder, lock)
        return None
    lock = FileLock.take(folder / LOCK)
    if lock is None:
        return None
    try:
        return _read(folder, lock)
    except _NewerError:
        lock.release()
    except (ColorStudioError, ValueError):
        # Not even its first line is whole: there is nothing to give back.
        remove_journal(folder, lock)
    except BaseException:
        lock.release()
        raise
    return None


class _NewerError(Exception):
    """It was written by a version that is to come; that one will want it."""


def _read(folder: Path, lock: FileLock) -> LostWork | None:
    lines = _lines(folder / CHANGES)
    head = next(lines, None)
    if head is None:
        raise ValueError("no first line")
    schema = head.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise _NewerError
    name, photo, project = head.get("name"), head.get("photo"), head.get("project")
    if not isinstance(name, str) or not isinstance(photo, str):
        raise ValueError("no name")
    first = state = state_from_json(head, name)
    when = _time(head.get("started"), 0.0)
    with suppress(ColorStudioError, ValueError):  # what came before the first odd change is good
        for change in lines:
            state = _changed(state, change, name)
            when = _time(change.get("time"), when)
    if state == first and head.get("unsaved") is not True:
        remove_journal(folder, lock)
        return None
    where = Path(project) if isinstance(project, str) else None
    moment = datetime.fromtimestamp(when).astimezone()
    file = head.get("file")
    stamp: Stamp | None = None
    match head.get("stamp"):
        case [int(size), int(changed)]:
            stamp = size, changed
        case _:
            pass
    return LostWork(
        folder, name, photo, where, moment, state, lock, Path(file) if isinstance(file, str) else None, stamp
    )


def _lines(path: Path) -> Iterator[dict[str, object]]:
    """Lines up to the first that is not whole."""
    with path.open("rb") as file:
        read = 0
        while line := file.readline(_LONGEST_LINE):
            read += len(line)
            checksum, _, text = line.rstrip(b"\n").partition(b" ")
            if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(text) or read > _MAX_BYTES:
                return
            try:
                data: object = json.loads(text)
            except (ValueError, RecursionError):
                return
            if not isinstance(data, dict):
                return
            yield cast("dict[str, object]", data)


def _changed(state: DocumentState, change: dict[str, object], name: str) -> DocumentState:
    """The state after one line of the journal; raises for one that does not fit."""
    if "settings" in change:
        settings = settings_from_json(change["settings"], name)
        state = replace(state, settings=replace(settings, reference=state.settings.reference))
    if "reference" in change:
        reference = named_reference_from_json(change["reference"], name)
        state = replace(state, settings=replace(state.settings, reference=reference))
    if "preparation" in change:
        state = replace(state, preparation=preparation_from_json(change["preparation"], name))
    if "strokes" in change:
        match change["strokes"]:
            case [int(start), int(removed), list(added)] if start >= 0 and removed >= 0:
                pass
            case _:
                raise ValueError("not a change of strokes")
        strokes = state.strokes
        if start + removed > len(strokes) or len(strokes) - removed + len(added) > MAX_STROKES:
            raise ValueError("strokes that are not there")
        new = strokes_from_json({"strokes": added}, name)
        state = replace(state, strokes=(*strokes[:start], *new, *strokes[start + removed :]))
    return state


def _time(value: object, otherwise: float) -> float:
    """Seconds since 1970 that a calendar has."""
    if isinstance(value, int | float) and 0 <= value < 4e9:
        return float(value)
    return otherwise
