"""The fast solvers: conjugate directions, preconditioned by one multigrid cycle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.progress import ProgressToken
from colorstudio.propagation import stencil
from colorstudio.propagation.hierarchy import Hierarchy
from colorstudio.propagation.resolution import FACTOR, add_enlarged, shrunk, shrunk_constraints
from colorstudio.propagation.stationary import (
    flows,
    levin_weights,
    stationary_distribution,
    symmetric_part,
)

MAX_ITERATIONS = 100
SMALLEST = 40_000  # pixels: below it there is no use in a smaller picture to guess from
_GUESS_RMS, _GUESS_MAXIMUM = 1.0, 8.0  # of the smaller picture's solution
# What is left after an iteration, of what it and those that would follow it change: never seen to be more.
_ERROR_OF_STEP, _RMS_OF_STEP = 1.9, 1.0
_ERROR_OF_LEVIN_STEP = 2.8
_LOOKED_BACK = 4  # iterations, to see how fast the steps fall
_SLOWEST = 0.95
_FEWEST_ITERATIONS = 2  # a first step after a good guess says little about what is left
_SCREENING_OF_THE_WALK = 1e-6  # makes the couplings of a picture without constraints regular


@dataclass(frozen=True, eq=False)
class Solution:
    """What a solver keeps of a solve: its chroma, and that of the smaller pictures it was guessed from."""

    chroma: NDArray[np.float32]
    seen: NDArray[np.float32] | None = None
    smaller: Solution | None = None


@dataclass(frozen=True)
class Outcome:
    """How a solve ended; the estimated error is in the unit of the values."""

    iterations: int
    converged: bool
    error_max: float


class GraphSolver:
    """Solves for chroma, two channels at a time, on symmetric couplings of the 8 neighbours.

    Keeps its last solution, so that the next solve starts from there.

    Parameters
    ----------
    couplings
        ``(4, H + 2, W + 2)`` float32: see `stencil`.

    Attributes
    ----------
    chroma
        ``(2, H + 2, W + 2)`` float32: the solution, with a border of zeros.
    """

    error_of_step = _ERROR_OF_STEP

    def __init__(self, couplings: NDArray[np.float32], token: ProgressToken) -> None:
        self.shape = (couplings.shape[1] - 2, couplings.shape[2] - 2)
        self.couplings = couplings
        self._degree = stencil.degrees(couplings)
        self._inverse = _reciprocal(self._degree)
        self.screening: NDArray[np.float32] | float = 0.0
        self._leak = np.zeros((1, couplings.shape[2]), np.float32)
        self.levels = Hierarchy(couplings, self._inverse, self._leak, token)
        bands = len(self.levels.bands) - 1
        self._steps = np.zeros((bands, 2, 2), np.float32)
        self._dots = np.zeros((bands, 2, 2), np.float32)
        self._constrained = np.zeros(0, np.int64)
        self.chroma = self._plane()
        self._r, self._r_next, self._z, self._p, self._p_next, self._q = (self._plane() for _ in range(6))
        self._energy = np.zeros(2)

    def _plane(self) -> NDArray[np.float32]:
        return stencil.zeros((2, self.shape[0] + 2, self.shape[1] + 2))

    # -- the problem ---------------------------------------------------------------

    def screen(self, screening: NDArray[np.floating[Any]] | float) -> bool:
        """Set lambda, one for all pixels or ``(H, W)``. Gives whether it is another."""
        if isinstance(screening, np.ndarray):
            screening = screening.astype(np.float32)
        if np.array_equal(screening, self.screening):
            return False
        self.screening = screening
        height, width = self.shape
        if np.any(screening):
            self._leak = np.zeros((height + 2, width + 2), np.float32)
            self._leak[1:-1, 1:-1] = self._degree[1:-1, 1:-1] * self.screening
        else:
            self._leak = np.zeros((1, width + 2), np.float32)
        self._inverse = _reciprocal(self._degree + self._leak)
        self._inverse.reshape(-1)[self._padded(self._constrained)] = 0
        self.levels.weigh_all(self._leak)
        return True

    def constrain(self, indices: NDArray[np.int64]) -> None:
        """Constrain the pixels ``indices (K,)``, and free all others."""
        freed = self._padded(np.setdiff1d(self._constrained, indices, assume_unique=True))
        added = self._padded(np.setdiff1d(indices, self._constrained, assume_unique=True))
        label, inverse = self.levels.label.reshape(-1), self._inverse.reshape(-1)
        changed = np.concatenate([freed, added])
        label[changed] = -label[changed]
        leak = self._leak.reshape(-1)[freed] if len(self._leak) > 1 else np.float32(0)
        inverse[freed] = _reciprocal(self._degree.reshape(-1)[freed] + leak)
        inverse[added] = 0
        if len(changed):
            self.levels.constrained(changed, self._leak)
        self._constrained = indices

    def set(self, indices: NDArray[np.int64], values: NDArray[np.float32]) -> None:
        """Set the chroma of the pixels ``indices (K,)`` to ``values (K, 2)``."""
        _set(self.chroma, self._padded(indices), values)

    def exchange(self, solution: Solution | None = None) -> Solution:
        """Put another solution, or none, in the place of the last one, and give that."""
        last = Solution(self.chroma)
        self.chroma = self._plane() if solution is None else solution.chroma
        return last

    def _padded(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        width = self.shape[1]
        return indices + 2 * (indices // width) + width + 3

    # -- the solve -----------------------------------------------------------------

    def solve(
        self,
        indices: NDArray[np.int64],
        values: NDArray[np.float32],
        rms: float,
        maximum: float,
        token: ProgressToken,
    ) -> Outcome:
        """Constrain, guess, and iterate until the solution is within a root mean square and a largest error.

        Raises
        ------
        Cancelled
            The solution so far is kept, and the next solve starts from it.
        """
        self.guess(indices, values, token.part(0.0, 0.2))
        return self.refine(rms, maximum, token.part(0.2, 1.0))

    def guess(self, indices: NDArray[np.int64], values: NDArray[np.float32], token: ProgressToken) -> None:
        """Constrain, and start from the last solution."""
        token.check()
        self.constrain(indices)
        self.set(indices, values)

    def refine(
        self, rms: float, maximum: float, token: ProgressToken, max_iterations: int = MAX_ITERATIONS
    ) -> Outcome:
        """Iterate from what is there."""
        self._start()
        steps: list[float] = []
        worst, done, error = 0.0, 0.0, math.inf
        for iteration in range(1, max_iterations + 1):
            step_max, step_rms = self._iterate()
            steps.append(step_max)
            error = self.error_of_step * _error_after(steps)
            if iteration >= _FEWEST_ITERATIONS and error <= maximum and _RMS_OF_STEP * step_rms <= rms:
                return Outcome(iteration, True, error)
            worst = max(worst, step_max)
            # The steps get smaller by about the same factor each time.
            fallen = math.log((worst + maximum) / (step_max + maximum))
            done = max(done, fallen / math.log((worst + maximum) / maximum)) if worst else 0.0
            token.report(min(done, 0.99), "Spreading the colours")
        return Outcome(max_iterations, False, error)

    def _start(self) -> None:
        self._find_residual()
        self._energy[:] = 0  # of no direction: whatever is in p and q counts for nothing
        self._step(np.zeros(2))

    def _find_residual(self) -> None:
        stencil.residual(self.couplings, self._leak, self.chroma, self._r)

    def _iterate(self) -> tuple[float, float]:
        """One iteration. Gives the largest and the root mean square change of the chroma."""
        with_q = self._precondition()
        dots = self._dots
        beta = (-_quotient(with_q, self._energy)).astype(np.float32)
        stencil.direct(
            self.couplings, self._leak, beta, self._z, self._p, self._p_next, self._q, self._r, dots
        )
        self._p, self._p_next = self._p_next, self._p
        self._energy = dots[:, :, 0].sum(axis=0, dtype=np.float64)
        return self._step(_quotient(dots[:, :, 1].sum(axis=0, dtype=np.float64), self._energy))

    def _precondition(self) -> NDArray[np.float64]:
        """z from what the last step has left for the coarse levels. Gives <z, q> of both channels."""
        self.levels.solve()
        stencil.prolong_and_smooth(
            self.couplings, self._leak, self._inverse, self.levels.label, self.levels.answer,
            self._r, self._q, self._z, self._dots,
        )  # fmt: skip
        return self._dots[:, :, 1].sum(axis=0, dtype=np.float64)

    def _step(self, alpha: NDArray[np.float64]) -> tuple[float, float]:
        stencil.step_and_restrict(
            self.couplings, self._leak, self._inverse, self.levels.label, self.levels.bands,
            alpha.astype(np.float32), self.chroma, self._p, self._q, self._r, self._r_next,
            self.levels.rhs, self._steps,
        )  # fmt: skip
        self._r, self._r_next = self._r_next, self._r
        squares = float(self._steps[:, :, 1].sum(dtype=np.float64))
        return float(self._steps[:, :, 0].max()), (squares / (2 * self.shape[0] * self.shape[1])) ** 0.5


class Window:
    """A part of a picture inside the solution of the whole: its frame of one pixel is taken as it is.

    Where the part ends with the picture there is no frame.

    Parameters
    ----------
    rows, cols
        The part, with starts and stops inside the picture.
    """

    def __init__(self, whole: SymmetricSolver, rows: slice, cols: slice) -> None:
        self.rows, self.cols = rows, cols
        self._whole = whole
        # With the padding: the pixels around the frame, to which nothing of the frame's matters.
        self._padded = (slice(None), slice(rows.start, rows.stop + 2), slice(cols.start, cols.stop + 2))
        self._solver = GraphSolver(whole.couplings[self._padded].copy(), ProgressToken())
        height, width = whole.shape
        self._frame = np.zeros(self._solver.shape, np.bool_)
        self._frame[0] |= rows.start > 0
        self._frame[-1] |= rows.stop < height
        self._frame[:, 0] |= cols.start > 0
        self._frame[:, -1] |= cols.stop < width

    def refine(self, rms: float, maximum: float, token: ProgressToken) -> Outcome:
        """Bring this part of the whole's solution nearer to what it is given around it."""
        whole, solver, (_, rows, cols) = self._whole, self._solver, self._padded
        screening = whole.screening
        if isinstance(screening, np.ndarray):
            screening = screening[self.rows, self.cols]
        solver.screen(screening)
        constrained = whole.levels.label[rows, cols][1:-1, 1:-1] < 0
        solver.constrain(np.flatnonzero(constrained | self._frame))
        solver.chroma[:, 1:-1, 1:-1] = whole.chroma[self._padded][:, 1:-1, 1:-1]
        outcome = solver.refine(rms, maximum, token)
        whole.chroma[self._padded][:, 1:-1, 1:-1] = solver.chroma[:, 1:-1, 1:-1]
        return outcome


class SymmetricSolver(GraphSolver):
    """The symmetric model of a picture.

    A picture of a quarter of the size, and so on down, gives the first guess of what a change of the
    constraints does.

    Parameters
    ----------
    luminance
        ``(H, W)`` float32 in [0, 1].
    smaller
        The solver of the `shrunk` picture, if there is one already.
    """

    def __init__(
        self,
        luminance: NDArray[np.float32],
        token: ProgressToken,
        smaller: SymmetricSolver | None = None,
    ) -> None:
        self.smaller = smaller
        self._asked: tuple[NDArray[np.int64], NDArray[np.float32]] | None = None  # what was guessed last
        if smaller is None and luminance.size > SMALLEST:
            self.smaller = SymmetricSolver(shrunk(luminance), token.part(0.0, 0.1))
        if self.smaller is not None:
            self._seen = np.zeros_like(self.smaller.chroma)  # its solution that `chroma` goes with
        token.report(0.1, "Preparing the photo")
        couplings = stencil.couplings(luminance, stencil.inverse_sigmas(luminance))
        super().__init__(couplings, token.part(0.2, 1.0))

    def screen(self, screening: NDArray[np.floating[Any]] | float) -> bool:
        changed = super().screen(screening)
        if changed:
            self._asked = None
        if self.smaller is not None:  # which may have had another one before this picture was prepared
            self.smaller.screen_as_shrunk(screening)
        return changed

    def screen_as_shrunk(self, screening: NDArray[np.floating[Any]] | float) -> None:
        """`screen` with the lambda of the picture that this is the `shrunk` one of."""
        if isinstance(screening, np.ndarray):
            screening = shrunk(np.asarray(screening, np.float32))
        # A pixel's step is that much longer here, and lambda goes with its square.
        self.screen(screening * FACTOR**2)

    def exchange(self, solution: Solution | None = None) -> Solution:
        last = super().exchange(solution)
        self._asked = None
        if self.smaller is None:
            return last
        smaller = self.smaller.exchange(None if solution is None else solution.smaller)
        last = Solution(last.chroma, self._seen, smaller)
        seen = None if solution is None else solution.seen
        self._seen = np.zeros_like(self._seen) if seen is None else seen
        return last

    def guess(self, indices: NDArray[np.int64], values: NDArray[np.float32], token: ProgressToken) -> None:
        """Constrain, and move the last solution by what the constraints change on the smaller picture."""
        if self._asked is not None and all(map(np.array_equal, self._asked, (indices, values))):
            return
        self._asked = None
        self.constrain(indices)
        if self.smaller is not None:
            shrunk_ones = shrunk_constraints(indices, values, self.shape)
            self.smaller.solve(*shrunk_ones, _GUESS_RMS, _GUESS_MAXIMUM, token)
            add_enlarged(self.smaller.chroma, self._seen, self.chroma[:, 1:-1, 1:-1])
            self._seen[:] = self.smaller.chroma
        self.set(indices, values)
        self._asked = indices, values

    def preview(
        self, indices: NDArray[np.int64], values: NDArray[np.float32], token: ProgressToken
    ) -> NDArray[np.float32]:
        """About what `solve` would give, as `chroma`, in a small part of its time; the solution stays.

        The last solution, and on top of it what the constraints change on a much smaller picture.
        """
        if self.smaller is None:
            self.solve(indices, values, _GUESS_RMS, _GUESS_MAXIMUM, token)
            return self.chroma
        small = self.smaller.preview(*shrunk_constraints(indices, values, self.shape), token)
        out = self.chroma.copy()
        add_enlarged(small, self._seen, out[:, 1:-1, 1:-1])
        _set(out, self._padded(indices), values)
        return out


class LevinSolver(GraphSolver):
    """The published system of a picture: not symmetric, preconditioned by the symmetric part of its flows.

    Parameters
    ----------
    luminance
        ``(H, W)`` float32 in [0, 1].

    Attributes
    ----------
    balanced
        False where the walk's distribution was not found well enough to rely on the solver.
    """

    error_of_step = _ERROR_OF_LEVIN_STEP

    def __init__(self, luminance: NDArray[np.float32], token: ProgressToken) -> None:
        weights = levin_weights(luminance, stencil.inverse_sigmas(luminance))
        pi, self.balanced = stationary_distribution(weights, _preconditioner, token.part(0.0, 0.8))
        self._flows = flows(weights, pi)
        del weights
        super().__init__(symmetric_part(self._flows), token.part(0.8, 1.0))
        self._image = self._plane()

    def _find_residual(self) -> None:
        stencil.flow(self._flows, self._leak, self.chroma, self._r, self._inverse, self._q, self._dots)
        np.negative(self._r, out=self._r)

    def _iterate(self) -> tuple[float, float]:
        self._precondition()
        dots, image = self._dots, self._image
        stencil.flow(self._flows, self._leak, self._z, image, self._inverse, self._q, dots)
        along = dots[:, :, 0].sum(axis=0, dtype=np.float64)
        beta = (-_quotient(along, self._energy)).astype(np.float32)
        stencil.turn(beta, self._z, self._p, image, self._q, self._inverse, self._r, dots)
        self._energy = dots[:, :, 0].sum(axis=0, dtype=np.float64)
        return self._step(_quotient(dots[:, :, 1].sum(axis=0, dtype=np.float64), self._energy))


class _Preconditioner(GraphSolver):
    """One cycle for a plane, without constraints."""

    def __call__(self, plane: NDArray[np.float32]) -> NDArray[np.float32]:
        self._r[:] = plane
        self._step(np.zeros(2))
        self._precondition()
        return self._z


def _preconditioner(couplings: NDArray[np.float32]) -> _Preconditioner:
    cycle = _Preconditioner(couplings, ProgressToken())
    cycle.screen(_SCREENING_OF_THE_WALK)
    return cycle


def _error_after(steps: list[float]) -> float:
    """What may be left after steps of the chroma: as much as they, if they go on to fall as they did."""
    earlier = steps[-min(len(steps), _LOOKED_BACK + 1)]
    count = min(len(steps) - 1, _LOOKED_BACK)
    ratio = (steps[-1] / earlier) ** (1 / count) if count and earlier > 0 else 0.0
    ratio = min(ratio, _SLOWEST)
    return steps[-1] * max(1.0, ratio / (1 - ratio))


def _set(planes: NDArray[np.float32], padded: NDArray[np.int64], values: NDArray[np.float32]) -> None:
    for channel in range(2):
        planes[channel].reshape(-1)[padded] = values[:, channel]


def _reciprocal(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.divide(1, plane, out=np.zeros_like(plane), where=plane > 0)


def _quotient(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(a, b, out=np.zeros_like(a), where=b > 0)
