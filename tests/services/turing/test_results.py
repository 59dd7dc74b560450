"""The figures of a test, against answers that were counted by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from colorstudio.services.turing.answers import Answer, Answers, answer_to
from colorstudio.services.turing.results import results_of
from colorstudio.services.turing.session import GRAY, REAL, TuringSession
from colorstudio.services.turing.statistics import share
from colorstudio.services.turing.trials import Trial, trials_of

Unseen = Callable[..., TuringSession]


def _all(session: TuringSession, participant: str, choose: Callable[[Trial], list[int]]) -> list[Answer]:
    return [
        answer_to(session, participant, trial, choose(trial), 2.0 + trial.number)
        for trial in trials_of(session, participant)
    ]


def test_pairs(unseen: Unseen) -> None:
    session = unseen("pairs", 20, models=2, control=True)  # nine each, and two gray ones
    fooled_by_m1 = _all(session, "Anna", lambda t: [t.shown.index(REAL if t.model != "m1" else "m1")])
    never = _all(session, "Bert", lambda t: [t.shown.index(REAL)])[:10]
    results = results_of(session, Answers((*fooled_by_m1, *never), damaged=1))
    by_m1 = sum(answer.model == "m1" for answer in never)
    first, second, control = results.sources
    assert [row.source for row in results.sources] == ["m1", "m0", GRAY]
    assert (first.title, first.taken_for_real, first.answers) == ("M 1", 9, 9 + by_m1)
    assert first.real == share(9, 9 + by_m1)
    assert second.real.value == control.real.value == 0
    assert results.outcomes == {"right": 21, "fooled": 9, "doubted": 0}
    anna, bert = results.participants
    assert (anna.name, anna.answers, anna.fooled, anna.seconds) == ("Anna", 20, share(9, 18), 12.5)
    assert bert.fooled.value == 0
    assert results.as_json()["damaged_lines"] == 1


def test_single_photos_are_seen_beside_the_true_ones(unseen: Unseen) -> None:
    session = unseen("single", 12, models=1)
    suspicious = _all(session, "Anna", lambda _: [1])
    results = results_of(session, Answers(tuple(suspicious)))
    model, real = results.sources
    assert (model.source, real.source) == ("m0", REAL)
    assert model.real == real.real == share(0, 6)
    assert results.outcomes == {"right": 6, "fooled": 0, "doubted": 6}
    assert results.participants[0].fooled == share(0, 6)


def test_rankings(unseen: Unseen) -> None:
    session = unseen("ranking", 10, models=2)
    order = ["m1", REAL, "m0"]
    ranked = _all(session, "Anna", lambda t: [t.shown.index(source) for source in order])
    results = results_of(session, Answers(tuple(ranked)))
    assert [row.source for row in results.sources] == order
    assert [row.rank.value for row in results.sources] == [1, 2, 3]
    assert [row.first for row in results.sources] == [10, 0, 0]
    assert results.preferred == ((0, 10, 10), (0, 0, 10), (0, 0, 0))
    assert results.participants[0].fooled is None
    values = results.as_json()
    assert values["models"][0]["mean_rank"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert "outcomes" not in values


@pytest.mark.parametrize("kind", ["pairs", "single", "ranking"])
def test_before_the_first_answer(unseen: Unseen, kind: str) -> None:
    results = results_of(unseen(kind, control=True), Answers(()))
    assert results.answers == 0
    assert all(row.real is None and row.rank is None for row in results.sources)
    assert results.participants == ()


def test_the_table_as_a_file(unseen: Unseen, tmp_path: Path) -> None:
    session = unseen("pairs", 4, models=2)
    results = results_of(session, Answers(tuple(_all(session, "Anna", lambda t: [t.shown.index(REAL)]))))
    path = results.write_table(tmp_path / "table.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [row["model"] for row in rows] == ["m0", "m1"]
    assert float(rows[0]["taken_for_real"]) == 0
    assert float(rows[0]["high"]) == pytest.approx(share(0, 2).high, abs=1e-4)
