"""The fast solvers: conjugate directions, preconditioned by one multigrid cycle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from colorstudio.propagation.stencil import BAND_ROWS

MAX_ITERATIONS = 100
Part = tuple[slice, slice]  # rows and columns of a picture

SMALLEST = 40_000  # pixels: below it there is no use in a smaller picture to guess from
_GUESS_RMS, _GUESS_MAXIMUM = 0.25, 1.0  # of the smaller picture's solution
# What is left after an iteration, of what it and those that would follow it change: never seen to be more.
_ERROR_OF_STEP, _RMS_OF_STEP = 1.9, 1.0
_ERROR_OF_LEVIN_STEP = 2.8
_CHANGED = 0.25  # on the smaller picture: what changes less is left to the iterations on all of the picture
_AROUND = 4  # pixels of the smaller picture around that
_MOST = 0.6  # of the picture: where more changes, all of it is iterated
_LOOKED_BACK = 4  # iterations, to see how fast the steps fall
_SLOWEST = 0.95
_FEWEST_ITERATIONS = 2  # a first step after a good guess says little about what is left
_SCREENING_OF_THE_WALK = 1e-6  # makes the couplings of a picture without constraints regular


@dataclass(frozen=True, eq=False)
class Solution:
    """What a solver keeps of a solve: its chroma, and that of the smaller pictures it was guessed from.

    What is `left` is the estimated error; what has `changed` is the part that was not solved since.
    """

    chroma: NDArray[np.float32]
    left: float
    seen: NDArray[np.float32] | None = None
    smaller: Solution | None = None
    changed: Part | None = None


@dataclass(frozen=True)
class Outcome:
    """How a solve ended; the estimated error is in the unit of the values."""

    steps: tuple[float, ...]  # the largest of each iteration
    converged: bool
    error_max: float

    @property
    def iterations(self) -> int:
        return len(self.steps)


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
        self.levels = Hierarchy(couplings, self._inverse, token)
        self._label, self._starts = self.levels.label, self.levels.bands
        bands = len(self._starts) - 1
        self._steps = np.zeros((bands, 2, 2), np.float32)
        self._dots = np.zeros((bands, 2, 2), np.float32)
        self._constrained = np.zeros(0, np.int64)
        self.chroma = self._plane()
        self._r, self._r_next, self._z, self._p, self._p_next, self._q = (self._plane() for _ in range(6))
        self._energy = np.zeros(2)
        self._left = math.inf  # the estimated error of the last solution

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
        last = Solution(self.chroma, self._left)
        self.chroma = self._plane() if solution is None else solution.chroma
        self._left = math.inf if solution is None else solution.left
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
        self,
        rms: float,
        maximum: float,
        token: ProgressToken,
        max_iterations: int = MAX_ITERATIONS,
        earlier: Sequence[float] = (),
    ) -> Outcome:
        """Iterate from what is there, on top of earlier steps in a part of it."""
        left, self._left = self._left, math.inf
        self._start()
        steps = list(earlier)
        worst, done, error = 0.0, 0.0, math.inf
        for _ in range(max_iterations):
            step_max, step_rms = self._iterate()
            steps.append(step_max)
            error = self.error_of_step * _error_after(steps)
            if earlier and len(steps) < len(earlier) + _FEWEST_ITERATIONS:
                error = max(error, left)  # elsewhere it is what it was
            self._left = error
            if len(steps) >= _FEWEST_ITERATIONS and error <= maximum and _RMS_OF_STEP * step_rms <= rms:
                return Outcome(tuple(steps), True, error)
            worst = max(worst, step_max)
            # The steps get smaller by about the same factor each time.
            fallen = math.log((worst + maximum) / (step_max + maximum))
            done = max(done, fallen / math.log((worst + maximum) / maximum)) if worst else 0.0
            token.report(min(done, 0.99), "Spreading the colours")
        return Outcome(tuple(steps), False, error)

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
            self.couplings, self._leak, self._inverse, self._label, self.levels.answer,
            self._r, self._q, self._z, self._dots,
        )  # fmt: skip
        return self._dots[:, :, 1].sum(axis=0, dtype=np.float64)

    def _step(self, alpha: NDArray[np.float64]) -> tuple[float, float]:
        stencil.step_and_restrict(
            self.couplings, self._leak, self._inverse, self._label, self._starts,
            alpha.astype(np.float32), self.chroma, self._p, self._q, self._r, self._r_next,
            self.levels.rhs, self._steps,
        )  # fmt: skip
        self._r, self._r_next = self._r_next, self._r
        squares = float(self._steps[:, :, 1].sum(dtype=np.float64))
        return float(self._steps[:, :, 0].max()), (squares / (2 * self.shape[0] * self.shape[1])) ** 0.5


class Patch(GraphSolver):
    """A part of a picture inside the solution of the whole: what is around it is taken as it is.

    Its planes are copies, its vectors lie in the whole's, and its coarse levels are a part of the whole's:
    nothing else of the whole may be used until `improve` has ended.

    Parameters
    ----------
    part
        Rows and columns inside the picture; the rows are taken to whole bands.
    """

    def __init__(self, whole: GraphSolver, part: Part) -> None:
        rows, cols = part
        self.shape, self.levels, self._whole = whole.shape, whole.levels, whole
        self._bands = slice(rows.start // BAND_ROWS, -(-rows.stop // BAND_ROWS))
        self._cols = slice(cols.start + 1, cols.stop + 1)
        # With one pixel around it in the place of a border.
        self._place = (
            slice(self._bands.start * BAND_ROWS, min(self._bands.stop * BAND_ROWS, whole.shape[0]) + 2),
            slice(cols.start, cols.stop + 2),
        )
        planes = (slice(None), *self._place)
        self.couplings, self.chroma = whole.couplings[planes].copy(), whole.chroma[planes].copy()
        self._leak = whole._leak[self._place if len(whole._leak) > 1 else planes[::2]]
        self._leak = np.ascontiguousarray(self._leak)
        self._inverse, self._label = whole._inverse[self._place].copy(), whole._label[self._place].copy()
        self._starts = whole._starts[self._bands.start : self._bands.stop + 1]
        self._steps, self._dots = np.zeros((2, len(self._starts) - 1, 2, 2), np.float32)
        self._energy, self._left = np.zeros(2), math.inf
        self._lent = whole._r, whole._r_next, whole._z, whole._p, whole._p_next, whole._q
        size, shape = self.chroma.size, self.chroma.shape
        own = [plane.reshape(-1)[:size].reshape(shape) for plane in self._lent]
        self._r, self._r_next, self._z, self._p, self._p_next, self._q = own
        _clear_border(self._inverse, self._label, *own)

    def improve(self, rms: float, maximum: float, token: ProgressToken) -> Outcome:
        """Bring this part of the whole's solution nearer to what it is given around it."""
        try:
            with self.levels.only(self._bands, self._cols, self._whole._leak):
                return self.refine(rms, maximum, token)
        finally:
            self._whole.chroma[(slice(None), *self._place)][:, 1:-1, 1:-1] = self.chroma[:, 1:-1, 1:-1]
            _clear_border(*self._lent)


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
        self._changed: Part | None = None  # where the solution has changed since it was last found
        if smaller is None and luminance.size > SMALLEST:
            self.smaller = SymmetricSolver(shrunk(luminance), token.part(0.0, 0.1))
        if self.smaller is not None:
            self._seen = np.zeros_like(self.smaller.chroma)  # its solution that `chroma` goes with
        token.report(0.1, "Preparing the photo")
        couplings = stencil.couplings(luminance, stencil.inverse_sigmas(luminance))
        super().__init__(couplings, token.part(0.2, 1.0))

    @property
    def _everywhere(self) -> Part:
        return slice(0, self.shape[0]), slice(0, self.shape[1])

    def screen(self, screening: NDArray[np.floating[Any]] | float) -> bool:
        changed = super().screen(screening)
        if changed:
            self._asked, self._changed = None, self._everywhere
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
        last = replace(super().exchange(solution), changed=self._changed)
        self._asked, self._changed = None, None if solution is None else solution.changed
        if self.smaller is None:
            return last
        smaller = self.smaller.exchange(None if solution is None else solution.smaller)
        last = replace(last, seen=self._seen, smaller=smaller)
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
            self.smaller.solve_about(*shrunk_ones, token)
            self._changed = _around(self._changed, self._where(self.smaller.chroma - self._seen))
            add_enlarged(self.smaller.chroma, self._seen, self.chroma[:, 1:-1, 1:-1])
            self._seen[:] = self.smaller.chroma
        self.set(indices, values)
        self._asked = indices, values

    def _where(self, change: NDArray[np.float32]) -> Part | None:
        """Around what has changed on the smaller picture."""
        changed = np.abs(change[:, 1:-1, 1:-1]).max(axis=0) > _CHANGED
        part = []
        for axis, length in ((1, self.shape[0]), (0, self.shape[1])):
            at = np.flatnonzero(changed.any(axis=axis))
            if not len(at):
                return None
            start, stop = FACTOR * (int(at[0]) - _AROUND), FACTOR * (int(at[-1]) + 1 + _AROUND)
            part.append(slice(max(0, start), min(length, stop)))
        return part[0], part[1]

    def solve(
        self,
        indices: NDArray[np.int64],
        values: NDArray[np.float32],
        rms: float,
        maximum: float,
        token: ProgressToken,
    ) -> Outcome:
        self.guess(indices, values, token.part(0.0, 0.2))
        found = self._refine_changed(rms, maximum, token.part(0.2, 0.6))
        earlier = found.steps if found is not None else ()
        found = self.refine(rms, maximum, token.part(0.6 if earlier else 0.2, 1.0), earlier=earlier)
        self._changed = None
        return found

    def solve_about(
        self, indices: NDArray[np.int64], values: NDArray[np.float32], token: ProgressToken
    ) -> None:
        """`solve` for a guess: what lies far from the change is left as it is."""
        self.guess(indices, values, token.part(0.0, 0.5))
        accuracy = _GUESS_RMS, _GUESS_MAXIMUM, token.part(0.5, 1.0)
        if self._refine_changed(*accuracy) is None:
            self.refine(*accuracy)
        self._changed = None

    def _refine_changed(self, rms: float, maximum: float, token: ProgressToken) -> Outcome | None:
        """Iterate where guesses have changed the solution, if that is a part only."""
        if self._changed is None:
            return None
        rows, cols = self._changed
        if (rows.stop - rows.start) * (cols.stop - cols.start) > _MOST * self.shape[0] * self.shape[1]:
            return None
        return Patch(self, self._changed).improve(rms, maximum, token)

    def refine_seen(self, seen: Part, rms: float, maximum: float, token: ProgressToken) -> None:
        """Iterate where guesses have changed the solution within a part."""
        if self._changed is not None:
            rows, cols = (
                slice(max(a.start, b.start), min(a.stop, b.stop))
                for a, b in zip(seen, self._changed, strict=True)
            )
            if rows.start < rows.stop and cols.start < cols.stop:
                Patch(self, (rows, cols)).improve(rms, maximum, token)

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


def _around(one: Part | None, other: Part | None) -> Part | None:
    """The smallest part that both lie in."""
    if one is None or other is None:
        return one or other
    rows, cols = (slice(min(a.start, b.start), max(a.stop, b.stop)) for a, b in zip(one, other, strict=True))
    return rows, cols


def _clear_border(*planes: NDArray[Any]) -> None:
    for plane in planes:
        plane[..., [0, -1], :] = 0
        plane[..., [0, -1]] = 0


def _reciprocal(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.divide(1, plane, out=np.zeros_like(plane), where=plane > 0)


def _quotient(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(a, b, out=np.zeros_like(a), where=b > 0)
