"""What answers of people say: shares, ranks and preferences, with how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

CONFIDENCE = 0.95
_RESAMPLES = 2000
_SEED = 0
_MOST_STEPS, _SETTLED = 2000, 1e-7  # of the logits


@dataclass(frozen=True)
class Estimate:
    """A figure and the interval that it lies in with 95 % confidence."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


def share(hits: int, count: int) -> Estimate | None:
    """A share of answers with its interval after Wilson (1927); None of no answers.

    Wald's, the usual one, is a point where all answers are alike, and too narrow for few of them.
    """
    if count == 0:
        return None
    z = float(ndtri((1 + CONFIDENCE) / 2))
    part = hits / count
    middle = (part + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(part * (1 - part) / count + z * z / (4 * count * count))
    return Estimate(
        part, float(max(0.0, min(part, middle - half))), float(min(1.0, max(part, middle + half)))
    )


def ranks_of(rankings: Sequence[Sequence[str]], names: Sequence[str]) -> NDArray[np.float64]:
    """Each name's rank in each ranking, 1 the first: ``(R, K)``, NaN where it was not among those ranked."""
    ranks = np.full((len(rankings), len(names)), np.nan)
    for row, ranking in enumerate(rankings):
        for rank, name in enumerate(ranking, start=1):
            ranks[row, names.index(name)] = rank
    return ranks


def preferences(ranks: NDArray[np.float64]) -> NDArray[np.int64]:
    """How often the one of the row was before the one of the column: ``(K, K)``, from `ranks_of`."""
    return np.count_nonzero(_before(ranks), axis=0)


def mean_ranks(ranks: NDArray[np.float64]) -> list[Estimate | None]:
    """Mean ranks, with percentile bootstrap intervals over the rankings."""
    known = np.isfinite(ranks)
    filled = np.where(known, ranks, 0.0)

    def means(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        counts = weights @ known
        return np.where(counts > 0, weights @ filled / np.maximum(counts, 1), np.nan)

    return _bootstrapped(ranks, means)


def strengths(ranks: NDArray[np.float64]) -> list[Estimate | None]:
    """How probably each is preferred to an average one, by `bradley_terry`, bootstrapped in the same way."""
    count = ranks.shape[1]
    before = _before(ranks).reshape(-1, count * count).astype(np.float64)  # (R, K * K)

    def probabilities(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return expit(bradley_terry((weights @ before).reshape(-1, count, count)))

    return _bootstrapped(ranks, probabilities)


def bradley_terry(wins: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Strengths that explain pairwise preferences best (Bradley and Terry 1952), as logits with mean 0.

    Name i is preferred to name j with the probability ``expit(s_i - s_j)``. Found by the minorisation of
    Hunter (2004, "MM algorithms for generalized Bradley-Terry models", eq. 3). Each pair that was compared
    counts as drawn once more, without which one that always wins would be infinitely strong.

    Parameters
    ----------
    wins
        ``(..., K, K)``: how often the one of the row was preferred to the one of the column.

    Returns
    -------
    ``(..., K)``; NaN for who was compared with nobody.
    """
    games = wins + np.swapaxes(wins, -1, -2)
    prior = np.where(games > 0, 0.5, 0.0)
    won = (wins + prior).sum(axis=-1)
    games = games + 2 * prior
    known = won > 0
    count = np.maximum(known.sum(axis=-1, keepdims=True), 1)
    logit = np.zeros(known.shape)
    for _ in range(_MOST_STEPS):
        power = np.exp(logit)
        shared = (games / (power[..., :, None] + power[..., None, :])).sum(axis=-1)
        new = np.log(np.where(known, won / np.where(known, shared, 1.0), 1.0))
        new = np.where(known, new - new.sum(axis=-1, keepdims=True) / count, 0.0)
        change, logit = np.abs(new - logit).max(initial=0.0), new
        if change < _SETTLED:
            break
    return np.where(known, logit, np.nan)


def _before(ranks: NDArray[np.float64]) -> NDArray[np.bool_]:
    """``(R, K, K)``: whether the one of the row was before that of the column; false beside NaN."""
    return ranks[:, :, None] < ranks[:, None, :]


def _bootstrapped(
    ranks: NDArray[np.float64], figures: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> list[Estimate | None]:
    """A figure a column, and its percentiles where rankings are drawn anew with replacement (Efron 1979).

    Parameters
    ----------
    figures
        Takes how often each ranking was drawn ``(B, R)``, and gives ``(B, K)``.
    """
    count = len(ranks)
    if not count:
        return [None] * ranks.shape[1]
    drawn = np.random.default_rng(_SEED).multinomial(count, np.full(count, 1 / count), _RESAMPLES)
    resampled = figures(drawn.astype(np.float64))
    edges = (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2
    found: list[Estimate | None] = []
    for value, column in zip(figures(np.ones((1, count)))[0], resampled.T, strict=True):
        values = column[np.isfinite(column)]
        if np.isnan(value):
            found.append(None)
        else:
            low, high = np.quantile(values, edges)
            found.append(Estimate(float(value), float(low), float(high)))
    return found
