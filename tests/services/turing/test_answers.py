"""Answers on disk: there and back, after a crash, and none of another test."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from colorstudio.errors import ColorStudioError, PhotoWriteError, TuringError
from colorstudio.services.turing.answers import (
    COLUMNS,
    Answer,
    AnswerWriter,
    answer_to,
    append_answers,
    read_answers,
)
from colorstudio.services.turing.session import REAL, TuringSession
from colorstudio.services.turing.trials import trials_of

Unseen = Callable[..., TuringSession]
WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def _session(unseen: Unseen, kind: str = "pairs", **more: int) -> TuringSession:
    session = unseen(kind, **more)
    session.folder.mkdir(exist_ok=True)
    return session


def _answers(session: TuringSession, participant: str = "Anna") -> list[Answer]:
    rng = random.Random(participant)
    answers: list[Answer] = []
    for trial in trials_of(session, participant):
        choice = [rng.randrange(2)]
        if session.kind == "ranking":
            choice = rng.sample(range(len(trial.shown)), len(trial.shown))
        answers.append(answer_to(session, participant, trial, choice, rng.uniform(1, 9), WHEN))
    return answers


@pytest.mark.parametrize("kind", ["pairs", "single", "ranking"])
def test_there_and_back(unseen: Unseen, kind: str) -> None:
    session = _session(unseen, kind)
    assert read_answers(session).rows == ()
    given = [*_answers(session, 'Anna, "die Ältere"'), *_answers(session, "Bert")]
    for answer in given:
        append_answers(session, [answer])
    read = read_answers(session)
    assert list(read.rows) == given
    assert read.damaged == 0
    assert read.participants == ('Anna, "die Ältere"', "Bert")
    assert list(read.of("Bert")) == given[12:]
    assert read.known_as("BERT") == "Bert"
    lines = session.answers_path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 25


def test_what_answers_to_pairs_mean(unseen: Unseen) -> None:
    session = _session(unseen)
    trial = next(trial for trial in trials_of(session, "Anna") if trial.shown[0] == REAL)
    right = answer_to(session, "Anna", trial, [0], 1.23456, WHEN)
    assert (right.answer, right.outcome, right.taken_for_real) == ("left", "right", False)
    fooled = answer_to(session, "Anna", trial, [1], 1.0, WHEN)
    assert (fooled.answer, fooled.outcome, fooled.taken_for_real) == ("right", "fooled", True)
    assert right.model == trial.shown[1]
    assert right.seconds == 1.235
    assert right.timestamp == "2026-03-04T05:06:07+00:00"


def test_what_answers_to_single_photos_mean(unseen: Unseen) -> None:
    session = _session(unseen, "single")
    trials = trials_of(session, "Anna")
    real = next(trial for trial in trials if trial.model == REAL)
    made = next(trial for trial in trials if trial.model != REAL)
    found = [
        (answer.answer, answer.outcome, answer.taken_for_real)
        for answer in (
            answer_to(session, "Anna", trial, [choice], 1.0) for trial in (real, made) for choice in (0, 1)
        )
    ]
    assert found == [
        ("natural", "right", True),
        ("wrong", "fooled", False),
        ("natural", "fooled", True),
        ("wrong", "right", False),
    ]


def test_what_rankings_mean(unseen: Unseen) -> None:
    session = _session(unseen, "ranking")
    trial = trials_of(session, "Anna")[0]
    answer = answer_to(session, "Anna", trial, [2, 0, 1], 1.0)
    assert answer.order == (trial.shown[2], trial.shown[0], trial.shown[1])
    assert (answer.outcome, answer.model) == ("ranked", "")
    with pytest.raises(ValueError, match="no order"):
        answer_to(session, "Anna", trial, [2, 0, 0], 1.0)


def test_cut_off_anywhere_no_other_answer_is_lost(unseen: Unseen, monkeypatch: pytest.MonkeyPatch) -> None:
    session = _session(unseen)
    given = _answers(session)
    append_answers(session, given[:2])
    whole = session.answers_path.read_bytes()
    starts = [0] + [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]
    monkeypatch.setattr(os, "fsync", lambda _: None)  # hundreds of files
    for cut in range(len(whole)):
        session.answers_path.write_bytes(whole[:cut])
        complete = sum(start <= cut for start in starts[2:])
        assert list(read_answers(session).rows) == given[:complete], cut
        append_answers(session, [given[5]])
        read = read_answers(session)
        assert list(read.rows) in ([*given[:complete], given[5]], [*given[: complete + 1], given[5]]), cut
        # Only a line that lacks nothing but its end counts once it has one.
        if len(read.rows) == complete + 2:
            assert whole[cut : cut + 1] == b"\n"


def test_lines_that_are_damaged_are_read_over(unseen: Unseen) -> None:
    session = _session(unseen)
    given = _answers(session)
    append_answers(session, given[:1])
    with session.answers_path.open("ab") as file:
        file.write(b"\n\xff\xfe,\nabc,Anna\n")
        good = session.answers_path.read_text(encoding="utf-8").splitlines()[1]
        for old, new in (
            (",pairs,", ",pairs,x,"),
            ("right", "rihgt"),
            (",1,", ",one,"),
            ("m", "q"),
            (REAL, "r"),
        ):
            file.write(good.replace(old, new).encode() + b"\r\n")
    append_answers(session, given[1:2])
    read = read_answers(session)
    assert list(read.rows) == given[:2]
    assert read.damaged >= 6


def test_the_first_answer_to_a_question_counts(unseen: Unseen) -> None:
    session = _session(unseen)
    first = _answers(session)[0]
    append_answers(session, [first, replace(first, seconds=99.0)])
    assert read_answers(session).rows == (first,)


def test_answers_of_another_test(unseen: Unseen) -> None:
    session = _session(unseen)
    append_answers(session, _answers(session)[:2])
    with pytest.raises(TuringError, match="another Turing test"):
        read_answers(replace(session, identity="def"))
    session.answers_path.write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    with pytest.raises(TuringError, match="does not begin as"):
        read_answers(session)


def test_the_writer_keeps_what_cannot_be_written(unseen: Unseen) -> None:
    session = unseen()  # there is no folder yet
    failures: list[ColorStudioError] = []
    writer = AnswerWriter(session, failures.append)
    given = _answers(session)
    writer.put(given[0])
    assert writer.close() == 1
    assert isinstance(failures[0], PhotoWriteError)
    writer = AnswerWriter(session, failures.append)
    for answer in given[:3]:
        writer.put(answer)
    session.folder.mkdir()
    writer.wait()
    assert list(read_answers(session).rows) == given[:3]
    assert writer.close() == 0


def test_many_write_at_once(unseen: Unseen) -> None:
    session = _session(unseen)
    failures: list[ColorStudioError] = []
    writers = [AnswerWriter(session, failures.append) for _ in range(4)]
    given = [_answers(session, f"P{number}") for number in range(4)]
    for answers in zip(*given, strict=True):
        for writer, answer in zip(writers, answers, strict=True):
            writer.put(answer)
    assert [writer.close() for writer in writers] == [0] * 4
    assert failures == []
    read = read_answers(session)
    assert read.damaged == 0
    assert sorted(read.rows, key=lambda row: (row.participant, row.trial)) == [
        row for some in given for row in some
    ]


def test_a_disk_that_is_full_leaves_no_half_line(unseen: Unseen, monkeypatch: pytest.MonkeyPatch) -> None:
    session = _session(unseen)
    given = _answers(session)
    append_answers(session, given[:1])
    before = session.answers_path.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:10]))
    with pytest.raises(PhotoWriteError, match="full"):
        append_answers(session, given[1:2])
    monkeypatch.undo()
    assert session.answers_path.read_bytes() == before
