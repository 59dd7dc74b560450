# pyright: basic
# Numba finds the types of a kernel out at its first call; its arguments carry none.
"""The stationary distribution of Levin's weights, which makes his system fit for multigrid.

The rows of his W sum to 1: it is the transition matrix of a random walk over the pixels. With its
stationary distribution pi, ``pi W = pi``, the flows ``f_rs = pi_r w_rs`` leave each pixel as they come
in, and the symmetric part of ``diag(pi) (I - W)`` is the Laplacian of a graph with the couplings
``(f_rs + f_sr) / 2``: a good preconditioner for the system, which it is not without pi.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import prange
from numpy.typing import NDArray
from scipy.linalg import get_blas_funcs

from colorstudio.compiled import compiled
from colorstudio.progress import ProgressToken
from colorstudio.propagation.stencil import DX, DY, EAST, SOUTH, SOUTH_EAST, SOUTH_WEST

Precondition = Callable[[NDArray[np.float32]], NDArray[np.float32]]

_add: Any = get_blas_funcs("axpy", dtype=np.float64)

_STEPS_OF_THE_WALK = 30
_ROUNDS = 6  # each with a hierarchy of its own, for a better distribution
_ITERATIONS = 20  # of a round
_REMEMBERED = 6  # directions that a new one is made orthogonal to
_REDUCTION = 2e-3  # of the imbalance, within a round
_BALANCED = 3e-6  # of the flow through a pixel, on the average


@compiled(parallel=True)
def levin_weights(luminance, inverse_sigma):
    """Levin's w_rs, normalised, ``(8, H + 2, W + 2)`` float32 in the order of `affinity.NEIGHBOURS`."""
    height, width = luminance.shape
    out = np.zeros((8, height + 2, width + 2), np.float32)
    for y in prange(height):
        for x in range(width):
            total = np.float32(0)
            for k in range(8):
                row, col = y + DY[k], x + DX[k]
                if 0 <= row < height and 0 <= col < width:
                    d = luminance[row, col] - luminance[y, x]
                    g = np.float32(np.exp(-d * d * inverse_sigma[y, x]))
                    out[k, y + 1, x + 1] = g
                    total += g
            if total > 0:
                for k in range(8):
                    out[k, y + 1, x + 1] /= total
    return out


@compiled(parallel=True)
def _imbalance(w, v, out):
    """out = what comes to a pixel less what leaves it, if v is there: ``v W - v``, in double precision."""
    _, rows, cols = w.shape
    for y in prange(1, rows - 1):
        for x in range(1, cols - 1):
            comes, leaves = 0.0, 0.0
            for k in range(8):
                leaves += np.float64(w[k, y, x])
                comes += np.float64(w[7 - k, y + DY[k], x + DX[k]]) * v[y + DY[k], x + DX[k]]
            out[y, x] = comes - leaves * v[y, x]


@compiled(parallel=True)
def flows(w, pi):
    """f_rs = pi_r w_rs, ``(8, H + 2, W + 2)`` float32."""
    _, rows, cols = w.shape
    out = np.zeros(w.shape, np.float32)
    for y in prange(1, rows - 1):
        for k in range(8):
            for x in range(1, cols - 1):
                out[k, y, x] = np.float32(w[k, y, x] * pi[y, x])
    return out


@compiled(parallel=True)
def symmetric_part(f):
    """(f_rs + f_sr) / 2 as ``(4, H + 2, W + 2)`` float32."""
    _, rows, cols = f.shape
    out = np.zeros((4, rows, cols), np.float32)
    half = np.float32(0.5)
    for y in prange(1, rows - 1):
        for x in range(1, cols - 1):
            out[EAST, y, x] = half * (f[4, y, x] + f[3, y, x + 1])
            out[SOUTH_WEST, y, x] = half * (f[5, y, x] + f[2, y + 1, x - 1])
            out[SOUTH, y, x] = half * (f[6, y, x] + f[1, y + 1, x])
            out[SOUTH_EAST, y, x] = half * (f[7, y, x] + f[0, y + 1, x + 1])
    return out


def stationary_distribution(
    w: NDArray[np.float32],
    preconditioner: Callable[[NDArray[np.float32]], Precondition],
    token: ProgressToken,
) -> tuple[NDArray[np.float64], bool]:
    """Find pi with ``pi W = pi`` and a mean of 1.

    Parameters
    ----------
    w
        Of `levin_weights`.
    preconditioner
        Makes, of symmetric couplings, what solves their system approximately for a plane.

    Returns
    -------
    pi
        ``(H + 2, W + 2)`` float64.
    found
        Whether it is good enough to build on.
    """
    inside = np.zeros(w.shape[1:], np.float64)
    inside[1:-1, 1:-1] = 1
    pi, out = inside.copy(), np.zeros_like(inside)
    for _ in range(_STEPS_OF_THE_WALK):
        _imbalance(w, pi, out)
        pi += 0.5 * out
    for turn in range(_ROUNDS):
        token.report(turn / _ROUNDS, "Balancing the weights")
        improved = _balanced(w, pi, preconditioner(symmetric_part(flows(w, pi))), token)
        change = improved[1:-1, 1:-1] / pi[1:-1, 1:-1]
        # A distribution is positive; what overshoots is only brought down.
        pi = np.maximum(improved, 0.05 * pi)
        pi *= inside.sum() / pi.sum()
        _imbalance(w, pi, out)
        found = float(np.mean(np.abs(out[1:-1, 1:-1]) / pi[1:-1, 1:-1])) < _BALANCED
        low, high = np.quantile(change / np.median(change), [0.001, 0.999])
        if found and low > 0.8 and high < 1.25:
            break
    return pi, found


def _balanced(
    w: NDArray[np.float32], pi: NDArray[np.float64], precondition: Precondition, token: ProgressToken
) -> NDArray[np.float64]:
    """One round: conjugate residuals of the imbalance, starting from pi."""
    scale = np.zeros_like(pi)
    scale[1:-1, 1:-1] = 1 / np.sqrt(pi[1:-1, 1:-1])
    v, change = pi.copy(), np.zeros_like(pi)
    _imbalance(w, v, change)
    left = change * scale
    start = np.linalg.norm(left)
    directions: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    plane = np.zeros((2, *pi.shape), np.float32)
    for _ in range(_ITERATIONS):
        token.check()
        plane[0] = left / np.where(scale > 0, scale, 1)
        p = precondition(plane)[0] * pi
        _imbalance(w, p, change)
        q = -change * scale
        for old_p, old_q in directions:
            _subtract(float(np.vdot(old_q, q)), (old_q, q), (old_p, p))
        length = np.linalg.norm(q)
        if length == 0:
            break
        q /= length
        p /= length
        along = float(np.vdot(q, left))
        _subtract(along, (q, left))
        _subtract(-along, (p, v))
        directions = [*directions[1 - _REMEMBERED :], (p, q)]
        if np.linalg.norm(left) <= _REDUCTION * start:
            break
    return v


def _subtract(factor: float, *pairs: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    """Of each pair, take factor times the first from the second, in place."""
    for a, b in pairs:
        _add(a.reshape(-1), b.reshape(-1), a=-factor)
