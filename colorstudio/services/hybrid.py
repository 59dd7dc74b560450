"""The model of colour that joins both sources of it: what the network sees, and what the strokes say.

``U = N + D``: the network's chroma plus the propagated residual of the strokes, ``D = C - N`` where the
user painted C. Without a network (N = 0) and without screening this is plain propagation of strokes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import UsageError
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints

if TYPE_CHECKING:
    from colorstudio.propagation.propagator import Propagation, Propagator

# What is used where the user sets none.
DEFAULT_REACH = 0.3


def screening_of_reach(reach: float, shape: tuple[int, int]) -> float:
    r"""The screening lambda that gives strokes their reach.

    In a flat area all affinities are equal, and ``(1 + lambda) D = mean of the 8 neighbours`` has the
    solution ``exp(-x / l)`` with ``1 + lambda = (1 + 3 cosh(1 / l)) / 4``, which is ``3 / (8 l^2)`` for all
    but the shortest l.

    Parameters
    ----------
    reach
        Distance at which the influence of a stroke's straight edge has fallen to 1/e in a flat area, as a
        part of the picture's longer side; `math.inf` for influence that does not fade (lambda is 0).
    shape
        Height and width of the picture.

    Raises
    ------
    UsageError
        The reach is not above 0.
    """
    if not reach > 0:
        raise UsageError(f"The reach {reach:g} is out of range: give a number above 0, or inf.")
    if math.isinf(reach):
        return 0.0
    return 3 / (8 * (reach * max(shape)) ** 2)


def residual(constraints: Constraints, network_values: NDArray[np.floating[Any]]) -> Constraints:
    """What the strokes want beyond the network: the same pixels with ``D = C - N``.

    Parameters
    ----------
    constraints
        K pixels with the wanted a*b*.
    network_values
        ``(K, 2)``, the network's a*b* at the same pixels.
    """
    values = (constraints.values - network_values).astype(np.float32)
    return Constraints(constraints.shape, constraints.indices, values)


def hybrid_chroma(
    network_chroma: NDArray[np.floating[Any]],
    propagator: Propagator,
    constraints: Constraints,
    screening: float | NDArray[np.floating[Any]],
    *,
    token: ProgressToken | None = None,
) -> tuple[NDArray[np.float32], Propagation]:
    """``U = N + D`` for all pixels.

    Parameters
    ----------
    network_chroma
        N: ``(H, W, 2)`` a*b* of the network, given the strokes as hints.
    propagator
        For ``L* / 100`` of the same picture.
    constraints
        C: the a*b* wanted at the strokes' pixels.
    screening
        lambda, one number or ``(H, W)``: see `screening_of_reach`.

    Returns
    -------
    ndarray, Propagation
        U, ``(H, W, 2)`` float32 a*b*, and the propagation of D.

    Raises
    ------
    UsageError, Cancelled
    """
    network_values = network_chroma.reshape(-1, 2)[constraints.indices]
    propagation = propagator.solve(residual(constraints, network_values), screening=screening, token=token)
    return (network_chroma + propagation.chroma).astype(np.float32, copy=False), propagation
