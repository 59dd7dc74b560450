"""One photo's operator: prepared once from the luminance, solved again for each set of strokes."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import UsageError
from colorstudio.progress import ProgressToken
from colorstudio.propagation.affinity import levin_affinities, published_weights, symmetric_couplings
from colorstudio.propagation.compiled import kernels
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.exact import solve_exactly
from colorstudio.propagation.fast import FastSolver

Weights = Literal["symmetric", "levin"]
Solver = Literal["fast", "exact"]


@dataclass(frozen=True)
class Tolerance:
    """How far from its model's exact solution a result may be, in the unit of the constraints' values."""

    rms: float
    maximum: float


LAB_TOLERANCE = Tolerance(0.25, 0.5)  # a* and b* span about 0-255
YIQ_TOLERANCE = Tolerance(0.25 / 255, 0.5 / 255)


@dataclass(frozen=True, eq=False)
class Propagation:
    """What a solve gives.

    Attributes
    ----------
    chroma
        ``(H, W, C)`` float32.
    iterations
        0 for a direct solve.
    converged
        False if the tolerance was not reached: `chroma` is then the best that was found.
    estimated_error
        Of the largest difference to the exact solution; 0 for a direct solve.
    seconds
        Spent in this solve.
    notes
        Sentences for the user about what had to be done differently.
    """

    chroma: NDArray[np.float32]
    iterations: int
    converged: bool
    estimated_error: float
    seconds: float
    notes: tuple[str, ...] = ()


class Propagator:
    """Propagates chroma over one picture. Safe to call from several threads.

    The fast solver keeps its last solution and starts the next one from it.

    Parameters
    ----------
    luminance
        ``(H, W)`` in [0, 1]: Y of YIQ, or L* / 100.
    weights
        "symmetric" (the studio's) or "levin" (as published).
    solver
        "fast", or "exact" for a direct factorisation.

    Raises
    ------
    UsageError
        The luminance is not a finite picture.
    Cancelled
    """

    def __init__(
        self,
        luminance: NDArray[np.floating[Any]],
        *,
        weights: Weights = "symmetric",
        solver: Solver = "fast",
        token: ProgressToken | None = None,
    ) -> None:
        if luminance.ndim != 2 or 0 in luminance.shape:
            raise UsageError(f"A luminance has rows and columns: got the shape {luminance.shape}.")
        if not np.isfinite(luminance).all():
            raise UsageError("The luminance has values that are not finite numbers.")
        token = token or ProgressToken()
        token.check()
        self.shape = (luminance.shape[0], luminance.shape[1])
        self.weights: Weights = weights
        self.solver: Solver = solver
        self._lock = threading.Lock()
        self._fast: FastSolver | None = None
        if solver == "fast" and weights == "symmetric":
            with kernels():
                self._fast = FastSolver(np.ascontiguousarray(luminance, np.float32), token)
        else:
            affinities = levin_affinities(luminance)
            model = published_weights if weights == "levin" else symmetric_couplings
            self._weights = model(affinities)

    def solve(
        self,
        constraints: Constraints,
        *,
        screening: float | NDArray[np.floating[Any]] = 0.0,
        start: Propagation | None = None,
        tolerance: Tolerance = LAB_TOLERANCE,
        token: ProgressToken | None = None,
    ) -> Propagation:
        """Propagate the constraints' values.

        Parameters
        ----------
        screening
            lambda of ``(1 + lambda) x_r = sum_s w_rs x_s``: how quickly values fade to 0 away from the
            constraints; 0 for not at all. One number, or ``(H, W)``.
        """
        self._check(constraints, screening)
        token = token or ProgressToken()
        token.check()
        began = time.perf_counter()
        with self._lock:
            if self._fast is None:
                chroma = solve_exactly(self._weights, constraints, screening).astype(np.float32)
                return Propagation(chroma, 0, True, 0.0, time.perf_counter() - began)
            return self._solve_fast(self._fast, constraints, screening, tolerance, token)

    def _solve_fast(
        self,
        solver: FastSolver,
        constraints: Constraints,
        screening: float | NDArray[np.floating[Any]],
        tolerance: Tolerance,
        token: ProgressToken,
    ) -> Propagation:
        began = time.perf_counter()
        chroma = np.zeros((constraints.channels, *self.shape), np.float32)
        iterations, converged, error = 0, True, 0.0
        if len(constraints):
            with kernels():
                solver.screen(screening)
                for first in range(0, constraints.channels, 2):
                    if first:
                        solver.forget()
                    pair = np.zeros((len(constraints), 2), np.float32)
                    given = constraints.values[:, first : first + 2]
                    pair[:, : given.shape[1]] = given
                    outcome = solver.solve(
                        constraints.indices, pair, tolerance.rms, tolerance.maximum, token
                    )
                    chroma[first : first + 2] = solver.chroma[: given.shape[1], 1:-1, 1:-1]
                    iterations = max(iterations, outcome.iterations)
                    converged &= outcome.converged
                    error = max(error, outcome.error_max)
        seconds = time.perf_counter() - began
        return Propagation(np.moveaxis(chroma, 0, -1), iterations, converged, error, seconds)

    def _check(self, constraints: Constraints, screening: float | NDArray[np.floating[Any]]) -> None:
        if constraints.shape != self.shape:
            raise UsageError(
                f"Constraints for {constraints.shape} do not belong to a picture of {self.shape}."
            )
        if not np.isfinite(screening).all() or np.min(screening) < 0:
            raise UsageError("A screening must be a finite number that is not negative.")
