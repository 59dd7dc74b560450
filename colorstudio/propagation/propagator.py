"""One photo's operator: prepared once from the luminance, solved again for each set of strokes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from colorstudio.compiled import kernels
from colorstudio.errors import UsageError
from colorstudio.progress import ProgressToken
from colorstudio.propagation.affinity import levin_affinities, published_weights, symmetric_couplings
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.exact import solve_exactly
from colorstudio.propagation.fast import (
    SMALLEST,
    GraphSolver,
    LevinSolver,
    Part,
    Solution,
    SymmetricSolver,
)
from colorstudio.propagation.resolution import add_enlarged, shrunk, shrunk_constraints
from colorstudio.propagation.stencil import copy_inside

Weights = Literal["symmetric", "levin"]
Solver = Literal["fast", "exact"]


@dataclass(frozen=True)
class Tolerance:
    """How far from its model's exact solution a result may be, in the unit of the constraints' values."""

    rms: float
    maximum: float


LAB_TOLERANCE = Tolerance(0.25, 0.5)  # a* and b* span about 0-255
YIQ_TOLERANCE = Tolerance(0.25 / 255, 0.5 / 255)
_INFLUENCE_TOLERANCE = YIQ_TOLERANCE  # times the largest change of a colour, 255

_MARGIN = 32  # pixels around a region: what is guessed there is least exact from pixel to pixel

# Above it, the flows of the published weights span too many decades for single precision.
_LEVIN_PIXELS = 1_600_000
# A factorisation takes about 1.7 GB a megapixel.
_DIRECT_PIXELS = 8_000_000
_SOLVED_DIRECTLY = (
    "The published weights are solved fast up to 1.6 megapixels; this picture was solved directly, "
    "which is slow and takes gigabytes: the symmetric weights are fast at any size."
)
_NOT_BALANCED = (
    "The published weights of this picture are too uneven for the fast solver: it was solved directly."
)
_NOT_REACHED = (
    "The propagation stopped after {} iterations, before it was as precise as asked for: "
    "its largest error may be {:.2g}."
)


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


@dataclass(frozen=True, eq=False)
class Influence:
    """What some of the constraints do to each pixel: ``phi (H, W)``, from 0 to 1."""

    phi: NDArray[np.float32]

    def recoloured(self, propagation: Propagation, change: NDArray[np.floating[Any]]) -> Propagation:
        """The propagation after the values of those constraints have all changed by ``change (C,)``.

        A solution is linear in its values: no solve is needed.
        """
        planes = np.moveaxis(propagation.chroma, -1, 0)
        chroma = np.empty(planes.shape, np.float32)
        for channel, by in enumerate(change):
            np.multiply(self.phi, np.float32(by), out=chroma[channel])
            chroma[channel] += planes[channel]
        return replace(propagation, chroma=np.moveaxis(chroma, 0, -1))


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
    prepare
        False leaves the work that depends on the luminance alone to `prepare`.

    Raises
    ------
    UsageError
        The luminance is not a finite picture, or one too large for a direct solve.
    Cancelled
    """

    def __init__(
        self,
        luminance: NDArray[np.floating[Any]],
        *,
        weights: Weights = "symmetric",
        solver: Solver = "fast",
        prepare: bool = True,
        token: ProgressToken | None = None,
    ) -> None:
        if luminance.ndim != 2 or 0 in luminance.shape:
            raise UsageError(f"A luminance has rows and columns: got the shape {luminance.shape}.")
        if not np.isfinite(luminance).all():
            raise UsageError("The luminance has values that are not finite numbers.")
        self.shape = (luminance.shape[0], luminance.shape[1])
        self.weights: Weights = weights
        self.solver: Solver = solver
        self._luminance = luminance
        self._preparing, self._solving = threading.Lock(), threading.Lock()
        self._fast: GraphSolver | None = None
        self._direct: NDArray[np.float64] | None = None
        self._notes: tuple[str, ...] = ()
        self._small: SymmetricSolver | None = None
        self._solutions: list[Solution | None] = []  # of the channels after the first two, by pairs
        if prepare:
            self.prepare(token)

    def prepare(self, token: ProgressToken | None = None) -> None:
        """Do what depends on the luminance alone, unless that is done. A preview may come in between.

        Raises
        ------
        UsageError
            The picture is too large for a direct solve.
        Cancelled
        """
        token = token or ProgressToken()
        token.check()
        with self._preparing:
            if self._fast is not None or self._direct is not None:
                return
            if self.solver == "fast":
                fast = self._prepared_symmetric(token) if self.weights == "symmetric" else self._levin(token)
                if fast is not None:
                    self._fast = fast
                    return
            if self._luminance.size > _DIRECT_PIXELS:
                raise UsageError(
                    f"A picture of {self._luminance.size / 1e6:.0f} megapixels is too large to be solved "
                    f"directly, {_DIRECT_PIXELS / 1e6:.0f} are the most: use the symmetric weights and the "
                    "fast solver."
                )
            affinities = levin_affinities(self._luminance)
            model = published_weights if self.weights == "levin" else symmetric_couplings
            self._direct = model(affinities)

    def _prepared_symmetric(self, token: ProgressToken) -> SymmetricSolver:
        small = self._prepared_small() if self._luminance.size > SMALLEST else None
        with kernels():
            return SymmetricSolver(_single(self._luminance), token, small)

    def _levin(self, token: ProgressToken) -> LevinSolver | None:
        if self._luminance.size > _LEVIN_PIXELS:
            self._notes = (_SOLVED_DIRECTLY,)
            return None
        with kernels():
            solver = LevinSolver(_single(self._luminance), token)
        if solver.balanced:
            return solver
        self._notes = (_NOT_BALANCED,)
        return None

    def _prepared_small(self) -> SymmetricSolver:
        """The solver of the smaller picture, which does not take long to prepare."""
        with self._solving, kernels():
            if self._small is None:
                self._small = SymmetricSolver(shrunk(_single(self._luminance)), ProgressToken())
            return self._small

    def solve(
        self,
        constraints: Constraints,
        *,
        screening: float | NDArray[np.floating[Any]] = 0.0,
        tolerance: Tolerance = LAB_TOLERANCE,
        region: Part | None = None,
        on_region: Callable[[NDArray[np.float32]], None] | None = None,
        token: ProgressToken | None = None,
    ) -> Propagation:
        """Propagate the constraints' values.

        Parameters
        ----------
        screening
            lambda of ``(1 + lambda) x_r = sum_s w_rs x_s``: how quickly values fade to 0 away from the
            constraints; 0 for not at all. One number, or ``(H, W)``.
        region, on_region
            Rows and columns of what is on the screen. The fast solver of the symmetric model brings them to
            the tolerance first, within what it guesses around them, and calls `on_region` with their
            ``(h, w, 2)``.

        Raises
        ------
        UsageError
            The constraints are those of another picture.
        Cancelled
        """
        self._check(constraints, screening)
        token = token or ProgressToken()
        began = time.perf_counter()
        self.prepare(token.part(0.0, 0.3))
        if not len(constraints):
            return Propagation(np.zeros((*self.shape, constraints.channels), np.float32), 0, True, 0.0, 0.0)
        with self._solving:
            if self._direct is not None:
                exact = solve_exactly(self._direct, constraints, screening).astype(np.float32)
                return Propagation(exact, 0, True, 0.0, time.perf_counter() - began, self._notes)
            assert self._fast is not None
            with kernels():
                self._fast.screen(screening)
                done = 0.3
                seen = _inside(region, self.shape)
                if seen is not None and on_region is not None and isinstance(self._fast, SymmetricSolver):
                    values = _pairs(constraints.values)[0]
                    self._fast.guess(constraints.indices, values, token.part(0.3, 0.4))
                    on_region(self._refined(self._fast, seen, tolerance, token.part(0.4, 0.6)))
                    done = 0.6
                return self._iterated(self._fast, constraints, tolerance, token.part(done, 1.0))

    def _iterated(
        self, fast: GraphSolver, constraints: Constraints, tolerance: Tolerance, token: ProgressToken
    ) -> Propagation:
        began = time.perf_counter()
        chroma = np.empty((constraints.channels, *self.shape), np.float32)
        iterations, error, notes = 0, 0.0, self._notes
        pairs = _pairs(constraints.values)
        self._solutions += [None] * (len(pairs) - 1 - len(self._solutions))
        for number, values in enumerate(pairs):
            part = token.part(number / len(pairs), (number + 1) / len(pairs))
            with _exchanged(fast, self._solutions, number - 1):
                outcome = fast.solve(constraints.indices, values, tolerance.rms, tolerance.maximum, part)
                first = 2 * number
                copy_inside(fast.chroma, chroma[first : first + 2])
            iterations, error = max(iterations, outcome.iterations), max(error, outcome.error_max)
            if not outcome.converged:
                notes = (_NOT_REACHED.format(iterations, error),)
        seconds = time.perf_counter() - began
        return Propagation(np.moveaxis(chroma, 0, -1), iterations, not notes, error, seconds, notes)

    def _refined(
        self, fast: SymmetricSolver, region: Part, tolerance: Tolerance, token: ProgressToken
    ) -> NDArray[np.float32]:
        rows, cols = (
            slice(max(0, part.start - _MARGIN), min(length, part.stop + _MARGIN))
            for part, length in zip(region, self.shape, strict=True)
        )
        fast.refine_seen((rows, cols), tolerance.rms, tolerance.maximum, token)
        return np.moveaxis(fast.chroma[:, 1:-1, 1:-1][(slice(None), *region)], 0, -1).copy()

    def preview(
        self,
        constraints: Constraints,
        *,
        screening: float | NDArray[np.floating[Any]] = 0.0,
        token: ProgressToken | None = None,
    ) -> NDArray[np.float32]:
        """About what `solve` would give, ``(H, W, 2)``, in a small part of its time: while the pen is down.

        The last solution, and on top of it what the constraints change on a much smaller picture. Of the
        first two channels and the symmetric model, whether the picture is prepared or not.
        """
        self._check(constraints, screening)
        token = token or ProgressToken()
        if not len(constraints):
            return np.zeros((*self.shape, 2), np.float32)
        indices, values = constraints.indices, _pairs(constraints.values)[0]
        if self._luminance.size <= SMALLEST:
            pair = Constraints(self.shape, indices, values)
            return self.solve(pair, screening=screening, token=token).chroma
        if isinstance(self._fast, SymmetricSolver):
            with self._solving, kernels():
                self._fast.screen(screening)
                planes = self._fast.preview(indices, values, token)[:, 1:-1, 1:-1]
        else:
            small = self._prepared_small()
            with self._solving, kernels():
                small.screen_as_shrunk(screening)
                found = small.preview(*shrunk_constraints(indices, values, self.shape), token)
                planes = np.zeros((2, *self.shape), np.float32)
                add_enlarged(found, np.zeros_like(found), planes)
        chroma = np.moveaxis(planes, 0, -1).copy()
        chroma.reshape(-1, 2)[indices] = values
        return chroma

    def influence(
        self,
        constraints: Constraints,
        chosen: NDArray[np.bool_],
        *,
        screening: float | NDArray[np.floating[Any]] = 0.0,
        token: ProgressToken | None = None,
    ) -> Influence:
        """What the constraints ``chosen (K,)`` do to each pixel, to change their values without a solve."""
        unit = Constraints(constraints.shape, constraints.indices, chosen.astype(np.float32)[:, None])
        with self._solving:
            last = self._fast.exchange() if self._fast is not None else None
        try:
            found = self.solve(unit, screening=screening, tolerance=_INFLUENCE_TOLERANCE, token=token)
        finally:
            with self._solving:
                if self._fast is not None:
                    self._fast.exchange(last)
        return Influence(found.chroma[..., 0])

    def _check(self, constraints: Constraints, screening: float | NDArray[np.floating[Any]]) -> None:
        if constraints.shape != self.shape:
            raise UsageError(
                f"Constraints for {constraints.shape} do not belong to a picture of {self.shape}."
            )
        if np.ndim(screening) and np.shape(screening) != self.shape:
            raise UsageError(
                f"A screening of {np.shape(screening)} does not belong to a picture of {self.shape}."
            )
        if not np.isfinite(screening).all() or np.min(screening) < 0:
            raise UsageError("A screening must be a finite number that is not negative.")


@contextmanager
def _exchanged(fast: GraphSolver, solutions: list[Solution | None], number: int) -> Generator[None]:
    """Put one of the solutions in the place of the solver's own for a while; its own if the number is -1."""
    if number < 0:
        yield
        return
    own = fast.exchange(solutions[number])
    try:
        yield
    finally:
        solutions[number] = fast.exchange(own)


def _inside(region: Part | None, shape: tuple[int, int]) -> Part | None:
    """A region with starts and stops inside the picture; None where it has no pixel."""
    if region is None:
        return None
    rows, cols = (slice(*part.indices(length)[:2]) for part, length in zip(region, shape, strict=True))
    return (rows, cols) if rows.start < rows.stop and cols.start < cols.stop else None


def _pairs(values: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The channels of ``values (K, C)`` in pairs ``(K, 2)``, the last one filled up with zeros."""
    even = np.pad(values, ((0, 0), (0, values.shape[1] % 2)))
    return [np.ascontiguousarray(even[:, i : i + 2]) for i in range(0, even.shape[1], 2)]


def _single(luminance: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    return np.ascontiguousarray(luminance, np.float32)
