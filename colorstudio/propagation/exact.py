"""The reference: one sparse direct factorisation of each model's system, in double precision."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from colorstudio.propagation.affinity import NEIGHBOURS
from colorstudio.propagation.constraints import Constraints


def solve_exactly(
    weights: NDArray[np.float64],
    constraints: Constraints,
    screening: float | NDArray[np.floating[Any]] = 0.0,
) -> NDArray[np.float64]:
    """Solve ``(1 + screening) d_r x_r = sum_s w_rs x_s`` with ``d_r = sum_s w_rs`` at the free pixels.

    Parameters
    ----------
    weights
        ``(8, H, W)``: `published_weights` (then d is 1 and this is Levin's system to the letter)
        or `symmetric_couplings`.
    screening
        lambda, one for all pixels or ``(H, W)``; not negative.

    Returns
    -------
    ndarray
        ``(H, W, C)``; the constraints' own values at their pixels; 0 where nothing leads to a constraint.
    """
    height, width = constraints.shape
    pixels = height * width
    x = np.zeros((pixels, constraints.channels))
    x[constraints.indices] = constraints.values
    free = np.ones(pixels, np.bool_)
    free[constraints.indices] = False
    links = _links(weights, pixels)
    screening_of_pixels = np.broadcast_to(screening, constraints.shape).reshape(-1)
    if not (screening_of_pixels > 0).all():
        free &= _reached(links, constraints, pixels)
    unknowns, known = np.flatnonzero(free), constraints.indices
    if len(unknowns) and len(known):
        degree = np.asarray(links.sum(axis=1)).reshape(-1)[unknowns]
        rows = links[unknowns]
        # A pixel without any neighbour has no equation of its own: it stays 0.
        diagonal = np.where(degree > 0, (1 + screening_of_pixels[unknowns]) * degree, 1.0)
        system = sp.diags(diagonal) - rows[:, unknowns]
        # The pattern is symmetric and each row is diagonally dominant: no pivoting is needed.
        factors = splu(
            system.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )
        x[unknowns] = factors.solve(rows[:, known] @ x[known])
    return x.reshape(height, width, -1)


def _links(weights: NDArray[np.float64], pixels: int) -> sp.csr_array:
    height, width = weights.shape[1:]
    index = np.arange(pixels).reshape(height, width)
    rows: list[NDArray[np.int64]] = []
    offsets: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float64]] = []
    for plane, (dy, dx) in zip(weights, NEIGHBOURS, strict=True):
        inside = slice(max(0, -dy), height - max(0, dy)), slice(max(0, -dx), width - max(0, dx))
        source = index[inside].reshape(-1)
        rows.append(source)
        offsets.append(source + dy * width + dx)
        values.append(plane[inside].reshape(-1))
    coordinates = np.concatenate(rows), np.concatenate(offsets)
    return sp.csr_array((np.concatenate(values), coordinates), shape=(pixels, pixels))


def _reached(links: sp.csr_array, constraints: Constraints, pixels: int) -> NDArray[np.bool_]:
    """Pixels from which a chain of links leads to a constraint."""
    linked = links.copy()
    linked.eliminate_zeros()
    _, component = connected_components(linked, directed=False)
    constrained = np.zeros(pixels, np.bool_)
    constrained[component[constraints.indices]] = True
    return constrained[component]
