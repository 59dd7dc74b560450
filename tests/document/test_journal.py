"""The crash journal: what was written down comes back, whatever ended the process, and nothing else does."""

from __future__ import annotations

import errno
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document import journal as module
from colorstudio.document.document import DocumentState, Settings
from colorstudio.document.file_lock import FileLock
from colorstudio.document.journal import About, Journal, JournalThread, journals_dir, stamp_of
from colorstudio.document.journal_reading import LostWork, find_lost_work
from colorstudio.document.preparation import Crop, Levels, Preparation
from colorstudio.document.project import SourceFile
from colorstudio.document.strokes import Cut, Stroke
from colorstudio.errors import ColorStudioError

UNTOUCHED = DocumentState()
NEW = About("portrait.jpg", "portrait.jpg")
PHOTO = SourceFile("portrait.jpg", b"the photo's own bytes" * 100)


def stroke(number: int, kind: str = "colour") -> Stroke:
    rgb = (number % 256, 10, 20) if kind == "colour" else None
    return Stroke(((number, 2.5), (3.0, -4.25)), 3.0, kind, rgb)  # type: ignore[arg-type]


@dataclass
class Desk:
    """A folder of journals and a thread to write them on."""

    root: Path
    thread: JournalThread
    told: list[str] = field(default_factory=list)

    def journal(
        self,
        state: DocumentState = UNTOUCHED,
        about: About = NEW,
        source: Callable[[], SourceFile] = lambda: PHOTO,
    ) -> Journal:
        journal = Journal(self.root, self.thread, about, state, source, self.told.append)
        self.thread.wait()
        return journal

    def lost(self) -> list[LostWork]:
        self.thread.wait()
        return find_lost_work(self.root)

    def after_a_crash(self, journal: Journal) -> LostWork | None:
        """What the next process finds if this one ended now."""
        journal.abandon()
        found = self.lost()
        assert len(found) <= 1
        for work in found:
            work.release()
        return found[0] if found else None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    thread = JournalThread()
    yield Desk(tmp_path / "journals", thread)
    thread.close()


def test_where_they_are(user_folders: Path) -> None:
    assert journals_dir().is_relative_to(user_folders)


def test_what_was_done_comes_back(desk: Desk) -> None:
    journal = desk.journal()
    first = DocumentState(strokes=(stroke(1),))
    journal.record(first)
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.state == first
    assert (work.name, work.photo, work.project) == ("portrait.jpg", "portrait.jpg", None)
    assert abs(work.when.timestamp() - time.time()) < 60
    assert work.source() == PHOTO


def test_a_change_is_with_the_system_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only when the thread gets to it: the process may end in the next moment."""
    journal = desk.journal()
    monkeypatch.setattr(desk.thread, "put", lambda job: None)
    journal.record(DocumentState(strokes=(stroke(77),)))
    assert b"[77" in (journal.folder / module.CHANGES).read_bytes()


STATES = st.builds(
    DocumentState,
    st.builds(
        Settings,
        model=st.sampled_from(["", "studio-2"]),
        saturation=st.floats(0, 2),
        mode=st.sampled_from(["hybrid", "network", "scribbles"]),
        reach=st.none() | st.floats(0.01, 5) | st.just(math.inf),
    ),
    st.just(()),
    st.builds(
        Preparation,
        quarter_turns=st.integers(0, 3),
        straighten_degrees=st.floats(-45, 45),
        crop=st.none() | st.just(Crop(-2, 3, 40, 50)),
        levels=st.none() | st.just(Levels(1.5, 98.0, 1.1)),
    ),
)
POOL = (
    *(stroke(number) for number in range(5)),
    stroke(5, "neutral"),
    stroke(6, "keep"),
    Stroke(((0.1, 0.2),), 2.0, "keep", cuts=(Cut(((1.0, 2.0),), 3.0),)),
    Stroke(((0.0, 0.0), (9.0, 9.0)), 5.0, "colour", (1, 2, 3), radii_px=(1.0, 5.0)),
    Stroke((), 0.0, "colour", (9, 9, 9), runs=((1, 0, 7), (2, 3, 4))),
)
STROKES = st.lists(st.sampled_from(POOL), max_size=7).map(tuple)


@given(st.lists(st.tuples(STATES, STROKES), min_size=2, max_size=8), st.floats(0, 1), st.booleans())
def test_any_history_comes_back_up_to_where_it_was_cut(
    tmp_path_factory: pytest.TempPathFactory,
    history: list[tuple[DocumentState, Any]],
    where: float,
    cut: bool,
) -> None:
    states = [replace(state, strokes=strokes) for state, strokes in history]
    thread = JournalThread()
    desk = Desk(tmp_path_factory.mktemp("journals"), thread)
    try:
        journal = desk.journal(states[0], About("a", "a", unsaved=True))
        for state in states[1:]:
            journal.record(state)
        work = desk.after_a_crash(journal)
        assert work is not None
        assert work.state == states[-1]
        # The machine ends while a line is written, or the disk loses some of it.
        path = journal.folder / module.CHANGES
        text = bytearray(path.read_bytes())
        first = text.index(b"\n") + 1
        at = first + int(where * (len(text) - first))
        if cut or at == len(text):
            del text[at:]
        else:
            text[at] ^= 0x15
        path.write_bytes(text)
        complete = text[:at].count(b"\n")
        work = desk.after_a_crash(journal)
        assert work is not None
        # Where nothing changed from one state to the next there is no line.
        lines = [states[0]]
        for state in states[1:]:
            if state != lines[-1]:
                lines.append(state)
        assert work.state == lines[complete - 1]
    finally:
        thread.close()


def test_a_journal_whose_first_line_is_gone_is_nothing(desk: Desk) -> None:
    journal = desk.journal()
    journal.record(DocumentState(strokes=(stroke(1),)))
    desk.thread.wait()
    for text in (b"", b"\0" * 500, (journal.folder / module.CHANGES).read_bytes()[:40]):
        (journal.folder / module.CHANGES).write_bytes(text)
        assert desk.after_a_crash(journal) is None
        assert not journal.folder.exists()
        journal.folder.mkdir()


# -- what is not offered --------------------------------------------------------------------------------


def test_nothing_done_nothing_left(desk: Desk) -> None:
    journal = desk.journal()
    assert not (journal.folder / module.SOURCE).exists()
    assert desk.after_a_crash(journal) is None
    assert not journal.folder.exists()


def test_all_undone_is_nothing_done(desk: Desk) -> None:
    journal = desk.journal()
    journal.record(DocumentState(strokes=(stroke(1),)))
    journal.record(DocumentState())
    assert desk.after_a_crash(journal) is None


def test_discarded_is_gone(desk: Desk) -> None:
    journal = desk.journal()
    journal.record(DocumentState(strokes=(stroke(1),)))
    journal.discard()
    assert desk.lost() == []
    assert list(desk.root.iterdir()) == []
    journal.record(DocumentState(strokes=(stroke(1), stroke(2))))
    desk.thread.wait()
    assert list(desk.root.iterdir()) == []


def test_what_is_saved_is_not_lost(desk: Desk) -> None:
    journal = desk.journal(about=About("portrait.jpg", "portrait.jpg", unsaved=True))
    first = DocumentState(strokes=(stroke(1),))
    settings = Settings(saturation=0.5, vividness=0.25, smoothing="tv")
    second = DocumentState(settings, (stroke(1), stroke(2)))
    journal.record(first)
    project = Path("/photos/Oma.colorstudio")
    about = About("Oma.colorstudio", "portrait.jpg", project)
    journal.saved(about, first)
    journal.abandon()
    assert desk.lost() == []

    journal = desk.journal(first, about)
    journal.record(second)
    journal.saved(about, first)  # the save took its time, the user went on
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.state == second
    assert (work.name, work.project) == ("Oma.colorstudio", project)


def test_the_living_keep_theirs(desk: Desk) -> None:
    journal = desk.journal()
    journal.record(DocumentState(strokes=(stroke(1),)))
    assert desk.lost() == []
    journal.abandon()
    (work,) = desk.lost()
    assert desk.lost() == []  # offered to one at a time
    work.release()
    (again,) = desk.lost()
    again.delete()
    assert desk.lost() == []
    assert list(desk.root.iterdir()) == []


def test_the_newest_comes_first(desk: Desk) -> None:
    for number in range(3):
        about = About(f"{number}.jpg", f"{number}.jpg")
        journal = desk.journal(about=about)
        journal._started = 1000.0 + number
        journal.record(DocumentState(strokes=(stroke(number),)))
        journal.abandon()
        time.sleep(0.002)
    found = desk.lost()
    assert [work.name for work in found] == ["2.jpg", "1.jpg", "0.jpg"]
    for work in found:
        work.release()


def test_rubbish_is_cleared_away_but_not_at_once(desk: Desk) -> None:
    desk.journal()
    rubbish = desk.root / "rubbish"
    rubbish.mkdir()
    (desk.root / "a file").touch()
    assert desk.lost() == []
    assert rubbish.exists()  # somebody may be about to begin a journal in it
    os.utime(rubbish, (1, 1))
    assert desk.lost() == []
    assert not rubbish.exists()
    assert (desk.root / "a file").exists()


def test_that_of_a_newer_version_is_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "SCHEMA", module.SCHEMA + 1)
        journal = desk.journal()
    journal.record(DocumentState(strokes=(stroke(1),)))
    assert desk.after_a_crash(journal) is None
    assert (journal.folder / module.CHANGES).exists()


# -- the photo in it ------------------------------------------------------------------------------------


def test_before_it_is_copied_the_photo_itself_serves(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "portrait.jpg"
    path.write_bytes(PHOTO.data)
    about = About("portrait.jpg", "portrait.jpg", file=path, stamp=stamp_of(path))
    journal = desk.journal(about=about)
    journal.record(DocumentState(strokes=(stroke(1),)))
    desk.thread.wait()
    (journal.folder / module.SOURCE).unlink()
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.source() == PHOTO
    path.write_bytes(b"another photo by now")
    with pytest.raises(ColorStudioError, match=r"portrait\.jpg"):
        work.source()


def test_a_photo_that_cannot_be_copied_is_told_and_tried_again(desk: Desk) -> None:
    answers: list[SourceFile | Exception] = [ColorStudioError("no memory"), PHOTO]

    def source() -> SourceFile:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    journal = desk.journal(source=source)
    journal.record(DocumentState(strokes=(stroke(1),)))
    desk.thread.wait()
    assert desk.told == ["no memory"]
    assert not journal.complete
    journal.saved(About("b", "b"), DocumentState())
    desk.thread.wait()
    assert journal.complete
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.source().data == PHOTO.data


# -- size and slowness ----------------------------------------------------------------------------------


def test_it_does_not_grow_without_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COMPACT_BYTES", 5_000)
    journal = desk.journal()
    largest = 0
    state = DocumentState()
    for number in range(400):
        state = replace(state, strokes=(*state.strokes[-9:], stroke(number)))
        journal.record(state)
        largest = max(largest, (journal.folder / module.CHANGES).stat().st_size)
    desk.thread.wait()
    whole = len(json.dumps(module.state_as_json(state)))
    assert largest > 5_000
    assert whole < 5_000
    assert largest < 5_000 + whole + 200  # one line more
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.state == state


def test_a_large_change_is_not_written_on_the_spot(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = desk.journal()
    area = Stroke((), 0.0, "keep", runs=tuple((row, 0, 5) for row in range(module._SMALL_CHANGE + 1)))
    waiting: list[Callable[[], None]] = []
    with monkeypatch.context() as patch:
        patch.setattr(desk.thread, "put", waiting.append)
        journal.record(DocumentState(strokes=(area,)))
        journal.record(DocumentState(strokes=(area, stroke(1))))  # waits behind it
        assert (journal.folder / module.CHANGES).read_bytes().count(b"\n") == 1
    for job in waiting:
        desk.thread.put(job)
    desk.thread.wait()
    journal.record(DocumentState(strokes=(area, stroke(1), stroke(2))))
    assert (journal.folder / module.CHANGES).read_bytes().count(b"\n") == 4
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.state.strokes == (area, stroke(1), stroke(2))


def test_it_reaches_the_disk_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SYNC_SECONDS", 0.01)
    journal = desk.journal()
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (synced.append(descriptor), fsync(descriptor)))
    for number in range(3):
        journal.record(DocumentState(strokes=(stroke(number),)))
    deadline = time.monotonic() + 10
    while not synced and time.monotonic() < deadline:
        time.sleep(0.005)
    assert synced


# -- nothing can be written -----------------------------------------------------------------------------


def test_a_full_disk_is_told_once_and_stops_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = desk.journal()
    journal.record(DocumentState(strokes=(stroke(1),)))
    desk.thread.wait()
    write = os.write

    def full(descriptor: int, data: Any) -> int:
        if len(data) > 10:
            return write(descriptor, data[:10])  # what still found room
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for number in range(2, 6):
            journal.record(DocumentState(strokes=(stroke(1), stroke(number))))
        desk.thread.wait()
    assert len(desk.told) == 1
    assert "disk is full" in desk.told[0]
    # There is room again: everything is written down anew, not only what comes after.
    monkeypatch.setattr(module, "_TRY_AGAIN_SECONDS", 0.0)
    last = DocumentState(strokes=tuple(stroke(number) for number in range(9)))
    journal.record(last)
    desk.thread.wait()
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.state == last
    assert len(desk.told) == 1


def test_what_was_there_before_the_disk_was_full_is_still_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = desk.journal()
    first = DocumentState(strokes=(stroke(1),))
    journal.record(first)
    desk.thread.wait()

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        journal.record(DocumentState(strokes=(stroke(2),)))
    journal.record(DocumentState(strokes=(stroke(3),)))
    work = desk.after_a_crash(journal)
    assert work is not None
    assert work.state == first


def test_a_home_that_cannot_be_written_is_told_once(desk: Desk) -> None:
    desk.root = desk.root.parent / "file" / "journals"
    desk.root.parent.write_text("not a folder")
    journal = desk.journal()
    for number in range(3):
        journal.record(DocumentState(strokes=(stroke(number),)))
    desk.thread.wait()
    assert len(desk.told) == 1
    assert "not a folder" in desk.told[0]
    journal.discard()
    assert desk.lost() == []


# -- locks ----------------------------------------------------------------------------------------------


def test_a_lock_has_one_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = FileLock.take(path)
    assert first is not None
    assert FileLock.take(path) is None
    first.release()
    first.release()
    second = FileLock.take(path)
    assert second is not None
    second.release()


def test_a_lock_where_none_can_be(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        FileLock.take(tmp_path / "absent" / "lock")
