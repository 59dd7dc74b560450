"""Fewer points for the same path: a pen tells its place hundreds of times a second."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.strokes import Point

TOLERANCE_PX = 0.25


def simplified(
    points: Sequence[Point], radii_px: Sequence[float] = (), tolerance_px: float = TOLERANCE_PX
) -> tuple[tuple[Point, ...], tuple[float, ...]]:
    """Leave points out so that the path, and the radius along it, stay within a tolerance (Douglas-Peucker).

    The first and the last point stay. The first call imports scikit-image, which takes about a second.

    Parameters
    ----------
    radii_px
        One a point, or none.
    """
    path = np.array(points, np.float64).reshape(-1, 2)
    # A pen that rests tells the same place again; as steps of no length they would mislead what follows.
    moves = np.ones(len(path), np.bool_)
    moves[1:] = (np.diff(path, axis=0) != 0).any(axis=1)
    kept = np.flatnonzero(moves)
    radii = np.array(radii_px, np.float64)
    if len(kept) > 2:
        chosen = _chosen(path[kept], tolerance_px)
        if len(radii):
            steps = np.hypot(*np.diff(path[kept], axis=0).T)
            along = np.append(0.0, np.cumsum(steps))
            chosen = chosen | _chosen(np.stack([along, radii[kept]], axis=1), tolerance_px)
        kept = kept[chosen]
    return (
        tuple((row, col) for row, col in path[kept].tolist()),
        tuple(radii[kept].tolist()) if len(radii) else (),
    )


def _chosen(path: NDArray[np.float64], tolerance: float) -> NDArray[np.bool_]:
    """Which points of a path ``(N, 2)`` stay."""
    from skimage.measure import approximate_polygon

    # It gives points, not their numbers; they come in the order of the path.
    fewer = approximate_polygon(path, tolerance)
    chosen = np.zeros(len(path), np.bool_)
    at = 0
    for point in fewer:
        at += int(np.flatnonzero((path[at:] == point).all(axis=1))[0])
        chosen[at] = True
        at += 1
    return chosen


def warm_up() -> None:
    """Import what `simplified` needs, so that the first stroke does not wait for it."""
    simplified(((0, 0), (1, 1), (0, 2)))
