"""Affine maps of places (row, col) in a picture."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Affine = tuple[tuple[float, float, float], tuple[float, float, float]]
"""What gives the new row, then the new column: factor of the row, of the column, and what is added."""

IDENTITY: Affine = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def shift(rows: float, cols: float) -> Affine:
    """Moves every place by so much."""
    return (1.0, 0.0, rows), (0.0, 1.0, cols)


def composed(first: Affine, then: Affine) -> Affine:
    """The one map that does both in turn."""
    return _from_matrix(_matrix(then) @ _matrix(first))


def inverted(affine: Affine) -> Affine:
    """What takes every place back."""
    (a, b, rows), (c, d, cols) = affine
    det = a * d - b * c
    # Written out: a quarter turn has an inverse of whole numbers.
    inverse = ((d / det, -b / det), (-c / det, a / det))
    back = tuple((p, q, -(p * rows + q * cols)) for p, q in inverse)
    return back[0], back[1]


def applied(affine: Affine, places: NDArray[Any]) -> NDArray[np.float64]:
    """Where places ``(N, 2)`` go."""
    matrix = np.array(affine, np.float64)
    return places @ matrix[:, :2].T + matrix[:, 2]


def scale(affine: Affine) -> float:
    """The factor on lengths, or its geometric mean where directions differ."""
    (a, b, _), (c, d, _) = affine
    return math.sqrt(abs(a * d - b * c))


def _matrix(affine: Affine) -> NDArray[np.float64]:
    return np.array([*affine, (0, 0, 1)], np.float64)


def _from_matrix(matrix: NDArray[np.float64]) -> Affine:
    (a, b, rows), (c, d, cols) = matrix[:2].tolist()
    return (a, b, rows), (c, d, cols)
