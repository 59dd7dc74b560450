"""Against cases that were computed by hand or are in the literature."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.services.turing.statistics import (
    bradley_terry,
    mean_ranks,
    preferences,
    ranks_of,
    share,
    strengths,
)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_shares_have_wilsons_interval(hits: int, count: int, low: float, high: float) -> None:
    found = share(hits, count)
    assert found is not None
    assert found.value == hits / count
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_no_answers_are_no_share() -> None:
    assert share(0, 0) is None


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval(answers: tuple[int, int]) -> None:
    hits, count = answers
    found, mirrored = share(hits, count), share(count - hits, count)
    assert found is not None
    assert mirrored is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high)


RANKINGS = [("a", "b", "c"), ("a", "c", "b"), ("b", "a", "c"), ("a", "b")]


def test_ranks_and_preferences() -> None:
    ranks = ranks_of(RANKINGS, ["a", "b", "c"])
    np.testing.assert_array_equal(ranks[1], [1, 3, 2])
    assert np.isnan(ranks[3, 2])
    np.testing.assert_array_equal(preferences(ranks), [[0, 3, 3], [1, 0, 2], [0, 1, 0]])


def test_mean_ranks() -> None:
    a, b, c = mean_ranks(ranks_of(RANKINGS, ["a", "b", "c"]))
    assert (a.value, b.value, c.value) == pytest.approx((5 / 4, 2.0, 8 / 3))
    assert a.low == 1.0
    assert a.low < a.value < a.high <= 2.0


def test_the_bootstrap_has_the_width_of_the_standard_error() -> None:
    # One of two is first in 60 of 100: its mean rank 1.4 has the standard error sqrt(0.6 * 0.4 / 100).
    rankings = [("a", "b")] * 60 + [("b", "a")] * 40
    first, second = mean_ranks(ranks_of(rankings, ["a", "b"]))
    assert (first.value, second.value) == pytest.approx((1.4, 1.6))
    assert first.high - first.low == pytest.approx(2 * 1.96 * 0.049, rel=0.1)


def test_who_was_never_ranked_has_no_rank() -> None:
    ranks = ranks_of(RANKINGS, ["a", "b", "c", "d"])
    assert mean_ranks(ranks)[3] is None
    assert strengths(ranks)[3] is None
    assert mean_ranks(ranks_of([], ["a", "b"])) == [None, None]


def test_bradley_terry_of_two() -> None:
    # 3 to 1 and one more that is drawn: 3.5 to 1.5, whose logit is shared between the two.
    found = bradley_terry(np.array([[0, 3], [1, 0]]))
    np.testing.assert_allclose(found, np.array([1, -1]) * np.log(3.5 / 1.5) / 2, atol=1e-6)


def test_bradley_terry_finds_the_strengths_that_preferences_were_made_from() -> None:
    logits = np.array([1.0, 0.3, -0.2, -1.1])
    probability = 1 / (1 + np.exp(logits[None] - logits[:, None]))
    wins = 1e6 * probability * (1 - np.eye(4))
    np.testing.assert_allclose(bradley_terry(np.stack([wins, wins.T])), [logits, -logits], atol=1e-4)


def test_bradley_terry_of_one_that_always_wins_is_finite() -> None:
    found = bradley_terry(np.array([[0, 9, 9], [0, 0, 5], [0, 4, 0]]))
    assert np.isfinite(found).all()
    assert found[0] > found[1] > found[2]
    assert found.sum() == pytest.approx(0, abs=1e-6)


def test_strengths_are_chances_against_an_average_one() -> None:
    best, middle, last = strengths(ranks_of([("a", "b", "c")] * 10, ["a", "b", "c"]))
    assert middle.value == pytest.approx(0.5, abs=1e-4)
    assert best.value == pytest.approx(1 - last.value, abs=1e-4)
    assert best.value > 0.8
