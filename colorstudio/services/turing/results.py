"""The results of a Turing test, for a report, a table and charts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from colorstudio.imaging.atomic import atomic_write
from colorstudio.services.turing.answers import FOOLED, RIGHT, Answer, Answers
from colorstudio.services.turing.session import GRAY, REAL, Kind, TuringSession
from colorstudio.services.turing.statistics import (
    Estimate,
    mean_ranks,
    preferences,
    ranks_of,
    share,
    strengths,
)
from colorstudio.services.turing.trials import candidates_of

TITLES = {REAL: "True colours", GRAY: "Gray (control)"}


@dataclass(frozen=True)
class SourceResult:
    """What became of a model, of the true colours, or of the gray control.

    Attributes
    ----------
    answers
        To how many questions it was shown.
    real
        The share in which it was taken for real: the fooling rate of a model. None for rankings.
    rank, strength
        Of rankings: its mean rank, 1 the best, and how probably it is preferred to an average one. Else None.
    first
        Of rankings: how often it was put first.
    seconds
        The median time of its answers; None where there are none, or several are ranked at once.
    """

    source: str
    title: str
    answers: int
    taken_for_real: int = 0
    real: Estimate | None = None
    rank: Estimate | None = None
    strength: Estimate | None = None
    first: int = 0
    seconds: float | None = None


@dataclass(frozen=True)
class ParticipantResult:
    """What a participant answered.

    Attributes
    ----------
    answers
        Of so many questions as there are photos.
    fooled
        The share of coloured pictures, the control left aside, that they took for real. None for rankings.
    """

    name: str
    answers: int
    fooled: Estimate | None
    seconds: float


@dataclass(frozen=True)
class Results:
    """All figures of a test.

    Attributes
    ----------
    sources
        The models, then the true colours where they are judged on their own, then the control. Of rankings
        the best first.
    preferred
        Of rankings: how often the source of the row was put before that of the column.
    outcomes
        How many answers were of each sort, for a pie: "right", "fooled", and of single photos "doubted",
        where true colours were taken for wrong ones.
    damaged
        Lines of the answers that were read over.
    """

    kind: Kind
    questions: int
    answers: int
    sources: tuple[SourceResult, ...]
    participants: tuple[ParticipantResult, ...]
    preferred: tuple[tuple[int, ...], ...]
    outcomes: dict[str, int]
    damaged: int = 0

    def as_json(self) -> dict[str, Any]:
        ranking = self.kind == "ranking"
        return {
            "kind": self.kind,
            "questions": self.questions,
            "answers": self.answers,
            "damaged_lines": self.damaged,
            "models": [
                {"model": row.source, "title": row.title, "answers": row.answers}
                | (
                    {
                        "mean_rank": _json(row.rank),
                        "preferred_to_average": _json(row.strength),
                        "put_first": row.first,
                    }
                    if ranking
                    else {"taken_for_real": _json(row.real), "median_seconds": row.seconds}
                )
                for row in self.sources
            ],
            **({"preferred": self.preferred} if ranking else {"outcomes": self.outcomes}),
            "participants": [
                {"name": row.name, "answers": row.answers, "median_seconds": row.seconds}
                | ({} if ranking else {"fooled": _json(row.fooled)})
                for row in self.participants
            ],
        }

    def write_table(self, path: Path) -> Path:
        """Write the figures of the sources as CSV, shares and ranks with their intervals.

        Raises
        ------
        PhotoWriteError
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        figure = "mean_rank" if self.kind == "ranking" else "taken_for_real"
        writer.writerow(("model", "title", "answers", figure, "low", "high", "median_seconds"))
        for row in self.sources:
            estimate = row.rank if self.kind == "ranking" else row.real
            numbers = ("", "", "") if estimate is None else tuple(estimate.as_json().values())
            seconds = "" if row.seconds is None else row.seconds
            writer.writerow((row.source, row.title, row.answers, *numbers, seconds))
        with atomic_write(path) as file:
            file.write(text.getvalue().encode())
        return path


def results_of(session: TuringSession, answers: Answers) -> Results:
    """The figures of all answers so far."""
    rows = answers.rows
    sources, preferred = _ranked(session, rows) if session.kind == "ranking" else (_judged(session, rows), ())
    coloured = [row for row in rows if row.model != REAL]
    outcomes = {
        RIGHT: sum(row.outcome == RIGHT for row in rows),
        FOOLED: sum(row.outcome == FOOLED for row in coloured),
        "doubted": sum(row.outcome == FOOLED for row in rows)
        - sum(row.outcome == FOOLED for row in coloured),
    }
    return Results(
        session.kind,
        len(session.photos),
        len(rows),
        sources,
        tuple(_participant(session, name, answers.of(name)) for name in answers.participants),
        preferred,
        outcomes,
        answers.damaged,
    )


def _judged(session: TuringSession, rows: Sequence[Answer]) -> tuple[SourceResult, ...]:
    """Models by how often they were taken for real, whoever that was more often first."""

    def result(source: str) -> SourceResult:
        own = [row for row in rows if row.model == source]
        hits = sum(row.taken_for_real for row in own)
        return SourceResult(
            source,
            _title(session, source),
            len(own),
            hits,
            share(hits, len(own)),
            seconds=_median_seconds(own),
        )

    models = [result(model.name) for model in session.models]
    models.sort(key=lambda row: -row.real.value if row.real is not None else 1.0)
    others: list[str] = []
    if session.kind == "single" and any(photo.in_colour for photo in session.photos):
        others.append(REAL)
    if session.control:
        others.append(GRAY)
    return (*models, *map(result, others))


def _ranked(
    session: TuringSession, rows: Sequence[Answer]
) -> tuple[tuple[SourceResult, ...], tuple[tuple[int, ...], ...]]:
    names = candidates_of(session)
    ranks = ranks_of([row.order for row in rows], names)
    found = [
        SourceResult(
            name,
            _title(session, name),
            sum(name in row.shown for row in rows),
            rank=rank,
            strength=strength,
            first=sum(row.order[0] == name for row in rows),
        )
        for name, rank, strength in zip(names, mean_ranks(ranks), strengths(ranks), strict=True)
    ]
    order = sorted(range(len(names)), key=lambda place: _rank_or_last(found[place]))
    before = preferences(ranks)[order][:, order]
    return tuple(found[place] for place in order), tuple(tuple(map(int, line)) for line in before)


def _rank_or_last(row: SourceResult) -> float:
    return row.rank.value if row.rank is not None else float("inf")


def _participant(session: TuringSession, name: str, rows: Sequence[Answer]) -> ParticipantResult:
    coloured = [row for row in rows if row.model not in (REAL, GRAY)]
    fooled = None
    if session.kind != "ranking":
        fooled = share(sum(row.outcome == FOOLED for row in coloured), len(coloured))
    return ParticipantResult(name, len(rows), fooled, _median_seconds(rows) or 0.0)


def _median_seconds(rows: Sequence[Answer]) -> float | None:
    return round(median(row.seconds for row in rows), 2) if rows else None


def _title(session: TuringSession, source: str) -> str:
    return TITLES.get(source) or session.titles[source]


def _json(estimate: Estimate | None) -> dict[str, float] | None:
    return estimate.as_json() if estimate is not None else None
