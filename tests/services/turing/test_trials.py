"""Order, sides and models: drawn from the seed and the name, fair, and each time the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from colorstudio.errors import UsageError
from colorstudio.services.turing.session import GRAY, REAL, TuringSession
from colorstudio.services.turing.trials import MOST_RANKED, tidy_name, trials_of

Unseen = Callable[..., TuringSession]
KINDS = ("pairs", "single", "ranking")


@pytest.mark.parametrize("kind", KINDS)
def test_each_time_the_same_and_for_each_participant_another(unseen: Unseen, kind: str) -> None:
    session = unseen(kind, models=3)
    trials = trials_of(session, "Anna")
    assert trials == trials_of(session, "Anna")
    assert trials != trials_of(session, "Bert")
    assert trials != trials_of(replace(session, seed=6), "Anna")


@pytest.mark.parametrize("kind", KINDS)
def test_each_photo_is_seen_once(unseen: Unseen, kind: str) -> None:
    trials = trials_of(unseen(kind, models=3, control=True), "Anna")
    assert [trial.number for trial in trials] == list(range(1, 13))
    assert sorted(trial.photo for trial in trials) == list(range(12))
    assert [trial.photo for trial in trials] != list(range(12))


def test_pairs_have_all_models_and_sides_equally_often(unseen: Unseen) -> None:
    trials = trials_of(unseen("pairs", models=3), "Anna")
    assert all(sorted(trial.shown) == sorted((REAL, trial.model)) for trial in trials)
    assert Counter(trial.model for trial in trials) == {"m0": 4, "m1": 4, "m2": 4}
    assert Counter(trial.shown.index(REAL) for trial in trials) == {0: 6, 1: 6}


def test_over_participants_each_photo_meets_each_model(unseen: Unseen) -> None:
    session = unseen("pairs", models=3)
    met = Counter((t.photo, t.model) for n in range(300) for t in trials_of(session, f"P{n}"))
    assert len(met) == 36
    assert min(met.values()) > 60


def test_some_pairs_are_gray(unseen: Unseen) -> None:
    trials = trials_of(unseen("pairs", 20, models=2, control=True), "Anna")
    assert Counter(trial.model for trial in trials) == {"m0": 9, "m1": 9, GRAY: 2}


@pytest.mark.parametrize(("models", "real"), [(1, 6), (2, 4), (5, 4)])
def test_real_ones_are_mixed_in(unseen: Unseen, models: int, real: int) -> None:
    trials = trials_of(unseen("single", models=models), "Anna")
    assert Counter(trial.model for trial in trials)[REAL] == real
    assert all(len(trial.shown) == 1 for trial in trials)


def test_photos_without_truth_are_never_shown_as_real(unseen: Unseen) -> None:
    session = unseen("single", models=1, gray=10)
    for number in range(20):
        trials = trials_of(session, f"P{number}")
        assert all(trial.photo >= 10 for trial in trials if trial.model == REAL)
        assert sum(trial.model == REAL for trial in trials) == 2


def test_rankings_have_all_of_few(unseen: Unseen) -> None:
    trials = trials_of(unseen("ranking", models=3, control=True), "Anna")
    assert all(sorted(trial.shown) == [GRAY, "m0", "m1", "m2", REAL] for trial in trials)
    assert len({trial.shown for trial in trials}) > 5
    assert {trial.model for trial in trials} == {""}


def test_rankings_have_some_of_many_each_equally_often(unseen: Unseen) -> None:
    trials = trials_of(unseen("ranking", 32, models=15), "Anna")
    assert all(len(set(trial.shown)) == MOST_RANKED for trial in trials)
    shown = Counter(source for trial in trials for source in trial.shown)
    assert set(shown.values()) == {32 * MOST_RANKED // 16}


def test_the_true_colours_are_ranked_only_where_all_photos_have_them(unseen: Unseen) -> None:
    trials = trials_of(unseen("ranking", models=2, gray=1), "Anna")
    assert all(sorted(trial.shown) == ["m0", "m1"] for trial in trials)


def test_names_are_tidied() -> None:
    assert tidy_name("  Anna \t Maria ") == "Anna Maria"
    assert tidy_name("A\u0308nne") == "Änne"
    for name in ("", " \n ", "x" * 81, "a\x07b"):
        with pytest.raises(UsageError):
            tidy_name(name)
