"""The fast solver of the symmetric model: conjugate directions, preconditioned by one multigrid cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.progress import ProgressToken
from colorstudio.propagation import stencil
from colorstudio.propagation.hierarchy import Hierarchy
from colorstudio.propagation.resolution import FACTOR, add_enlarged, shrunk, shrunk_constraints

MAX_ITERATIONS = 100
_SMALLEST = 40_000  # pixels: below it there is no use in a smaller picture to guess from
# What is left after an iteration, of what it changed: on no picture tried was it more.
_ERROR_OF_STEP, _RMS_OF_STEP = 2.0, 1.0
_GUESS_RMS, _GUESS_MAXIMUM = 0.5, 2.0  # of the smaller picture's solution
_FEWEST_ITERATIONS = 2  # a first step after a good guess says little about what is left
_EVERYTHING_FREE = np.zeros(0, np.int64)


@dataclass
class Outcome:
    """How a solve ended: the estimated errors are in the unit of the values."""

    iterations: int
    converged: bool
    error_max: float


class FastSolver:
    """Chroma over one picture, two channels at a time; what depends on the luminance is computed once.

    Keeps its last solution, so that it starts from there. A picture of a quarter of the size, and so
    on down, gives the first guess of what a change of the constraints does.

    Parameters
    ----------
    luminance
        ``(H, W)`` float32 in [0, 1].

    Attributes
    ----------
    chroma
        ``(2, H + 2, W + 2)`` float32: the solution, with a border of zeros.
    """

    def __init__(self, luminance: NDArray[np.float32], token: ProgressToken) -> None:
        self.shape = luminance.shape
        height, width = luminance.shape
        self.smaller: FastSolver | None = None
        if height * width > _SMALLEST:
            self.smaller = FastSolver(shrunk(luminance), token.part(0.0, 0.1))
            self._seen = np.zeros_like(self.smaller.chroma)  # its solution that `chroma` goes with
        token.report(0.1, "Preparing the photo")
        self._couplings = stencil.couplings(luminance, stencil.inverse_sigmas(luminance))
        token.report(0.2, "Preparing the photo")
        self._inverse = _reciprocal(stencil.degrees(self._couplings))
        self._screening: NDArray[np.float32] | float = 0.0
        self._leak = np.zeros((1, width + 2), np.float32)
        self._levels = Hierarchy(self._couplings, self._inverse, self._leak, token.part(0.2, 0.9))
        bands = len(self._levels.bands) - 1
        self._steps = np.zeros((bands, 2, 2), np.float32)
        self._dots = np.zeros((bands, 2, 2), np.float32)
        self._constrained = _EVERYTHING_FREE
        self.chroma = self._plane()
        self._r, self._r_next, self._z, self._p, self._p_next, self._q = (self._plane() for _ in range(6))
        token.report(1.0, "Preparing the photo")

    def _plane(self) -> NDArray[np.float32]:
        return np.zeros((2, self.shape[0] + 2, self.shape[1] + 2), np.float32)

    # -- the problem ---------------------------------------------------------------

    def screen(self, screening: NDArray[np.floating[Any]] | float) -> None:
        """Set lambda, one for all pixels or ``(H, W)``."""
        if np.array_equal(screening, self._screening):
            return
        self._screening = np.array(screening, np.float32) if isinstance(screening, np.ndarray) else screening
        height, width = self.shape
        degree = stencil.degrees(self._couplings)
        if np.any(screening):
            self._leak = np.zeros((height + 2, width + 2), np.float32)
            self._leak[1:-1, 1:-1] = degree[1:-1, 1:-1] * self._screening
        else:
            self._leak = np.zeros((1, width + 2), np.float32)
        self._inverse = _reciprocal(degree + self._leak)
        self._inverse.reshape(-1)[self._padded(self._constrained)] = 0
        self._levels.weigh_all(self._leak)
        if self.smaller is not None:
            small = screening
            if isinstance(screening, np.ndarray):
                small = shrunk(np.asarray(screening, np.float32))
            # The step from pixel to pixel is longer there.
            self.smaller.screen(small * FACTOR**2)

    def constrain(self, indices: NDArray[np.int64]) -> None:
        """Constrain the pixels ``indices (K,)``, and free all others."""
        freed = self._padded(np.setdiff1d(self._constrained, indices, assume_unique=True))
        added = self._padded(np.setdiff1d(indices, self._constrained, assume_unique=True))
        label = self._levels.label.reshape(-1)
        label[freed] = -label[freed]
        label[added] = -label[added]
        stencil.restore(self._couplings, self._leak, freed, self._inverse.reshape(-1))
        self._inverse.reshape(-1)[added] = 0
        changed = np.concatenate([freed, added])
        if len(changed):
            self._levels.constrained(changed, self._leak)
        self._constrained = indices

    def guess(self, indices: NDArray[np.int64], values: NDArray[np.float32], token: ProgressToken) -> None:
        """Constrain, and move the solution by what the constraints change on the smaller picture."""
        self.constrain(indices)
        if self.smaller is not None:
            shrunk_ones = shrunk_constraints(indices, values, self.shape)
            self.smaller.solve(*shrunk_ones, _GUESS_RMS, _GUESS_MAXIMUM, token)
            add_enlarged(self.smaller.chroma, self._seen, self.chroma[:, 1:-1, 1:-1], 0, 0)
            self._seen[:] = self.smaller.chroma
        _set(self.chroma, self._padded(indices), values)

    def preview(
        self, indices: NDArray[np.int64], values: NDArray[np.float32], token: ProgressToken
    ) -> NDArray[np.float32]:
        """About what `solve` would give, as ``chroma``, in a small part of its time; the solution stays.

        The last solution, and on top what the constraints change on a much smaller picture.
        """
        if self.smaller is None:
            self.solve(indices, values, _GUESS_RMS, _GUESS_MAXIMUM, token)
            return self.chroma
        small = self.smaller.preview(*shrunk_constraints(indices, values, self.shape), token)
        out = self.chroma.copy()
        add_enlarged(small, self._seen, out[:, 1:-1, 1:-1], 0, 0)
        _set(out, self._padded(indices), values)
        return out

    def _padded(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        width = self.shape[1]
        return indices + 2 * (indices // width) + width + 3

    def forget(self) -> None:
        """Start the next solve from nothing."""
        self.chroma[:] = 0
        if self.smaller is not None:
            self._seen[:] = 0
            self.smaller.forget()

    # -- the solve -----------------------------------------------------------------

    def solve(
        self,
        indices: NDArray[np.int64],
        values: NDArray[np.float32],
        rms: float,
        maximum: float,
        token: ProgressToken,
        max_iterations: int = MAX_ITERATIONS,
    ) -> Outcome:
        """Guess, then iterate until the solution is within a root mean square and a largest error.

        Raises
        ------
        Cancelled
            The solution so far is kept, and the next solve starts from it.
        """
        self.guess(indices, values, token)
        return self.refine(rms, maximum, token, max_iterations)

    def refine(
        self, rms: float, maximum: float, token: ProgressToken, max_iterations: int = MAX_ITERATIONS
    ) -> Outcome:
        """Iterate from what is there."""
        self._start()
        error = np.inf
        for iteration in range(1, max_iterations + 1):
            token.check()
            step_max, step_rms = self._iterate()
            error = _ERROR_OF_STEP * step_max
            if iteration < _FEWEST_ITERATIONS:
                continue
            if error <= maximum and _RMS_OF_STEP * step_rms <= rms:
                return Outcome(iteration, True, error)
        return Outcome(max_iterations, False, float(error))

    def _start(self) -> None:
        stencil.residual(self._couplings, self._leak, self.chroma, self._r)
        self._p[:] = 0
        self._q[:] = 0
        self._energy = np.zeros(2)
        self._step(np.zeros(2))

    def _iterate(self) -> tuple[float, float]:
        """One iteration. Gives the largest and the root mean square change of the chroma."""
        levels, dots = self._levels, self._dots
        levels.solve()
        stencil.prolong_and_smooth(
            self._couplings, self._leak, self._inverse, levels.label, levels.answer,
            self._r, self._q, self._z, dots,
        )  # fmt: skip
        with_q = dots[:, :, 1].sum(axis=0, dtype=np.float64)
        beta = (-_quotient(with_q, self._energy)).astype(np.float32)
        stencil.direct(
            self._couplings, self._leak, beta, self._z, self._p, self._p_next, self._q, self._r, dots
        )
        self._p, self._p_next = self._p_next, self._p
        self._energy = dots[:, :, 0].sum(axis=0, dtype=np.float64)
        self._step(_quotient(dots[:, :, 1].sum(axis=0, dtype=np.float64), self._energy))
        pixels = self.shape[0] * self.shape[1]
        squares = float(self._steps[:, :, 1].sum(dtype=np.float64))
        return float(self._steps[:, :, 0].max()), (squares / (2 * pixels)) ** 0.5

    def _step(self, alpha: NDArray[np.float64]) -> None:
        stencil.step_and_restrict(
            self._couplings, self._leak, self._inverse, self._levels.label, self._levels.bands,
            alpha.astype(np.float32), self.chroma, self._p, self._q, self._r, self._r_next,
            self._levels.rhs, self._steps,
        )  # fmt: skip
        self._r, self._r_next = self._r_next, self._r


def _set(
    planes: NDArray[np.float32], padded: NDArray[np.int64], values: NDArray[np.float32]
) -> None:
    for channel in range(2):
        planes[channel].reshape(-1)[padded] = values[:, channel]


def _reciprocal(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.divide(1, plane, out=np.zeros_like(plane), where=plane > 0)


def _quotient(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(a, b, out=np.zeros_like(a), where=b > 0)
