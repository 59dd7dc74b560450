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

_STEPS_OF_THE_WALK = 60
_ROUNDS = 10  # each with a hierarchy of its own, for a better distribution
_ITERATIONS = 8  # of a round; all of its directions are kept
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


@compiled(parallel=True)
def _products(planes, other):
    """The inner product of each of the planes with the other, a row of the picture a row."""
    count, rows, cols = planes.shape
    out = np.zeros((rows, count))
    for y in prange(rows):
        for n in range(count):
            total = 0.0
            for x in range(cols):
                total += planes[n, y, x] * other[y, x]
            out[y, n] = total
    return out


@compiled(parallel=True)
def _less(planes, factors, other, out):
    """out = other less each of the planes times its factor."""
    count, rows, cols = planes.shape
    for y in prange(rows):
        out[y] = other[y]
        for n in range(count):
            for x in range(cols):
                out[y, x] -= factors[n] * planes[n, y, x]


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
    # The imbalance is measured after division by the root of pi.
    root, scale = np.sqrt(pi), np.zeros_like(pi)
    scale[1:-1, 1:-1] = 1 / root[1:-1, 1:-1]
    v, change, fresh = pi.copy(), np.zeros_like(pi), np.zeros_like(pi)
    _imbalance(w, v, change)
    left = change * scale
    start = np.linalg.norm(left)
    directions, images = np.zeros((2, _ITERATIONS, *pi.shape))
    squares = np.zeros(_ITERATIONS)
    plane = np.zeros((2, *pi.shape), np.float32)
    for number in range(_ITERATIONS):
        token.check()
        np.multiply(left, root, out=plane[0], casting="same_kind")
        p, q = directions[number], images[number]
        np.multiply(precondition(plane)[0], pi, out=fresh)
        _imbalance(w, fresh, change)
        change *= -scale
        factors = _products(images[:number], change).sum(axis=0) / squares[:number]
        _less(directions[:number], factors, fresh, p)
        _less(images[:number], factors, change, q)
        squares[number] = np.vdot(q, q)
        if squares[number] == 0:
            break
        along = float(np.vdot(q, left)) / squares[number]
        _add(q.reshape(-1), left.reshape(-1), a=-along)
        _add(p.reshape(-1), v.reshape(-1), a=along)
        if np.linalg.norm(left) <= _REDUCTION * start:
            break
    return v
