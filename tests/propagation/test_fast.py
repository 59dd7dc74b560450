"""The fast solvers: how many iterations they take, how they follow a change, what they say of their error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import color, data

from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation import fast, propagator, stationary, stencil
from colorstudio.propagation.affinity import levin_affinities, published_weights, symmetric_couplings
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.exact import solve_exactly
from colorstudio.propagation.fast import GraphSolver, LevinSolver, Part, Patch, Solution, SymmetricSolver
from colorstudio.propagation.propagator import LAB_TOLERANCE, Propagator, Tolerance, Weights

Pictures = dict[str, NDArray[np.floating]]
Scribble = Callable[..., Constraints]
Screening = float | NDArray[np.floating]

CLOSE = Tolerance(0.005, 0.02)
CLOSE_ENOUGH = (CLOSE.rms, CLOSE.maximum)
ROUNDING = 1e-4  # of single precision, in units of a*b*


@pytest.fixture
def pyramid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pictures too are guessed from smaller ones."""
    for module in (fast, propagator):
        monkeypatch.setattr(module, "SMALLEST", 2_000)


def _solver(luminance: np.ndarray, weights: Weights = "symmetric") -> GraphSolver:
    kind = SymmetricSolver if weights == "symmetric" else LevinSolver
    return kind(np.ascontiguousarray(luminance, np.float32), ProgressToken())


def _solved(solver: GraphSolver, constraints: Constraints, tolerance: Tolerance = LAB_TOLERANCE) -> int:
    outcome = solver.solve(
        constraints.indices, constraints.values, tolerance.rms, tolerance.maximum, ProgressToken()
    )
    assert outcome.converged
    assert outcome.error_max <= tolerance.maximum
    return outcome.iterations


def _chroma(solver: GraphSolver) -> np.ndarray:
    return np.moveaxis(solver.chroma[:, 1:-1, 1:-1], 0, -1)


def _exactly(
    luminance: np.ndarray, constraints: Constraints, weights: Weights, screening: Screening = 0.0
) -> np.ndarray:
    model = published_weights if weights == "levin" else symmetric_couplings
    return solve_exactly(model(levin_affinities(luminance.astype(np.float32))), constraints, screening)


def _recoloured(constraints: Constraints) -> Constraints:
    """One of the strokes in another colour."""
    values = constraints.values.copy()
    values[(values == values[0]).all(axis=1)] = 30, -30
    return Constraints(constraints.shape, constraints.indices, values)


# -- iterations --------------------------------------------------------------------------------------


@pytest.mark.parametrize("strokes", [30, 200])
@pytest.mark.parametrize("seed", [0, 1])
def test_iterations_on_a_photo(scribble: Scribble, strokes: int, seed: int) -> None:
    """Few from nothing, fewer after a change; times cannot be told on a machine that others use."""
    luminance = color.rgb2gray(data.astronaut())[:400, :500]
    solver = _solver(luminance)
    constraints = scribble(luminance.shape, strokes, seed=seed)
    cold = _solved(solver, constraints)
    assert cold <= 14
    assert _solved(solver, constraints) <= min(5, cold - 1)
    _iterated(solver, _recoloured(constraints), cold - 1)
    _solved(solver, constraints)
    _iterated(solver, scribble(luminance.shape, strokes + 1, seed=seed), cold)
    _iterated(solver, constraints, cold)


def _iterated(solver: GraphSolver, constraints: Constraints, most: int) -> None:
    """Solve in at most so many iterations of the whole picture; those of a part come on top."""
    whole = 0

    def counted() -> tuple[float, float]:
        nonlocal whole
        whole += 1
        return GraphSolver._iterate(solver)

    solver._iterate = counted
    _solved(solver, constraints)
    del solver._iterate
    assert whole <= most


@pytest.mark.parametrize("name", ["photo", "8 bits", "shapes"])
def test_iterations_with_the_published_weights(pictures: Pictures, scribble: Scribble, name: str) -> None:
    luminance = pictures[name]
    solver = _solver(luminance, "levin")
    constraints = scribble(luminance.shape)
    cold = _solved(solver, constraints)
    assert cold <= 30
    assert _solved(solver, constraints) <= 4
    assert _solved(solver, scribble(luminance.shape, 31)) < cold
    assert _solved(solver, constraints) < cold
    assert _solved(solver, _recoloured(constraints)) < cold


def test_as_many_iterations_on_a_large_picture(pictures: Pictures, scribble: Scribble) -> None:
    """What multigrid is for: without the coarse levels it would be four times as many on twice the side."""
    photo = np.asarray(pictures["photo"])
    counts = []
    for repeats in (1, 3):
        luminance = np.tile(
            np.block([[photo, photo[:, ::-1]], [photo[::-1], photo[::-1, ::-1]]]), (1, repeats)
        )
        counts.append(_solved(_solver(luminance), scribble(luminance.shape, 10)))
    assert counts[1] <= counts[0] + 6


def test_a_constant_needs_nothing_more_than_to_be_found(pictures: Pictures, weights: Weights) -> None:
    luminance = pictures["photo"]
    mask = np.eye(*luminance.shape) > 0
    constraints = Constraints.of_mask(mask, np.zeros((*luminance.shape, 2)))
    assert _solved(_solver(luminance, weights), constraints) <= fast._FEWEST_ITERATIONS


# -- following changes -------------------------------------------------------------------------------


@pytest.mark.parametrize("weights", ["symmetric", "levin"])
def test_strokes_come_and_go(pictures: Pictures, scribble: Scribble, pyramid: None, weights: Weights) -> None:
    """However a set of strokes was arrived at: within the tolerance of its exact solution."""
    luminance = pictures["photo"][:80, :100]
    solver = _solver(luminance, weights)
    for strokes, seed in ((5, 0), (30, 0), (29, 0), (1, 0), (12, 3), (2, 3), (5, 0)):
        constraints = scribble(luminance.shape, strokes, seed=seed)
        _solved(solver, constraints)
        error = np.abs(_chroma(solver) - _exactly(luminance, constraints, weights))
        assert error.max() < LAB_TOLERANCE.maximum
        assert np.sqrt(np.mean(error**2)) < LAB_TOLERANCE.rms


def test_screening_of_a_living_solver(
    pictures: Pictures, scribble: Scribble, pyramid: None, weights: Weights
) -> None:
    """On, another, of each pixel, off: the operators of a new one to the last bit, and its solution."""
    luminance = pictures["shapes"][:70, :80]
    uneven = np.linspace(0, 0.1, luminance.size).reshape(luminance.shape)
    living = _solver(luminance, weights)
    first, second = (scribble(luminance.shape, 20, seed=seed) for seed in (0, 1))
    steps: list[tuple[Screening, Constraints]] = [
        (0.0, first), (0.01, first), (0.2, second), (uneven, second), (uneven[::-1], first), (0.0, second),
        (np.zeros(luminance.shape), first), (uneven, first), (0.001, first), (0.0, first),
    ]  # fmt: skip
    for screening, constraints in steps:
        new = _solver(luminance, weights)
        for solver in (living, new):
            solver.screen(screening)
            _solved(solver, constraints, CLOSE)
        np.testing.assert_array_equal(living._inverse, new._inverse)
        for values in ("_loss", "_leak", "_mass", "_inverse"):
            np.testing.assert_array_equal(getattr(living.levels, values), getattr(new.levels, values))
        expected = _exactly(luminance, constraints, weights, screening)
        for solver in (living, new):
            np.testing.assert_allclose(_chroma(solver), expected, rtol=0, atol=0.03)


def test_screening_says_whether_it_is_another(pictures: Pictures) -> None:
    solver = _solver(pictures["shapes"])
    plane = np.full(solver.shape, 0.5, np.float32)
    found = [solver.screen(screening) for screening in (0.0, 0.5, 0.5, plane, plane.copy(), 0.5, 0.0, 0.0)]
    assert found == [False, True, False, True, False, True, True, False]


def test_the_smaller_picture_is_screened_as_much(pictures: Pictures, pyramid: None) -> None:
    """It reaches as far, in terms of the picture; of arrays, the mean of what it has shrunk."""
    solver = _solver(pictures["photo"])
    assert isinstance(solver, SymmetricSolver)
    assert solver.smaller is not None
    solver.screen(0.003)
    assert solver.smaller.screening == pytest.approx(0.048)
    solver.screen(np.full(solver.shape, 0.003))
    np.testing.assert_allclose(solver.smaller.screening, 0.048, rtol=1e-5)
    solver.screen(0.0)
    assert not np.any(solver.smaller.screening)


def _flat(solution: Solution | None) -> list[np.ndarray]:
    if solution is None:
        return []
    own = [solution.chroma] if solution.seen is None else [solution.chroma, solution.seen]
    return [*own, *_flat(solution.smaller)]


def test_exchanging_solutions(
    pictures: Pictures, scribble: Scribble, pyramid: None, weights: Weights
) -> None:
    """To solve something else in between leaves no trace, down to the last bit."""
    luminance = pictures["photo"]
    first, between, last = (scribble(luminance.shape, n, seed=n) for n in (10, 20, 30))
    interrupted, undisturbed = _solver(luminance, weights), _solver(luminance, weights)
    for solver in (interrupted, undisturbed):
        _solved(solver, first)
    kept = interrupted.exchange()
    before = [plane.copy() for plane in _flat(kept)]
    assert len(before) == (1 if weights == "levin" else 3)
    assert not interrupted.chroma.any()
    cold = _solved(interrupted, between)
    assert cold == _solved(_solver(luminance, weights), between)
    other = interrupted.exchange(kept)
    assert np.abs(other.chroma - before[0]).max() > 10
    for plane, expected in zip(_flat(kept), before, strict=True):
        np.testing.assert_array_equal(plane, expected)
    assert _solved(interrupted, last) == _solved(undisturbed, last)
    np.testing.assert_array_equal(interrupted.chroma, undisturbed.chroma)


# -- in a part -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("screening", [0.0, 0.01, "uneven"])
@pytest.mark.parametrize(
    "part",
    [
        (slice(0, 144), slice(0, 160)),
        (slice(0, 144), slice(33, 90)),
        (slice(40, 70), slice(0, 160)),
        (slice(100, 144), slice(120, 160)),
        (slice(70, 71), slice(5, 6)),
    ],
    ids=str,
)
def test_a_part_within_what_is_around_it(
    pictures: Pictures, scribble: Scribble, part: Part, screening: float | str
) -> None:
    """It is as if all around it were constrained, and the solver is as fit as before."""
    luminance = pictures["photo"]
    uneven = np.linspace(0, 0.1, luminance.size).reshape(luminance.shape)
    solver, other = _solver(luminance), _solver(luminance)
    for each in (solver, other):
        each.screen(uneven if isinstance(screening, str) else screening)
    given, later = scribble(luminance.shape), scribble(luminance.shape, 10, seed=3)
    _solved(solver, given, CLOSE)
    _solved(other, given, CLOSE)
    rng = np.random.default_rng(0)
    rows, cols = part
    inside = np.zeros(luminance.shape, np.bool_)
    bands = slice(rows.start // stencil.BAND_ROWS, -(-rows.stop // stencil.BAND_ROWS))
    inside[bands.start * stencil.BAND_ROWS : bands.stop * stencil.BAND_ROWS, cols] = True
    solver.constrain(later.indices)
    solver.chroma[:, 1:-1, 1:-1] = rng.uniform(-50, 50, (2, *luminance.shape))
    solver.set(later.indices, later.values)
    before = _chroma(solver).copy()
    frozen = Constraints.of_mask(~inside | later.mask(), before)
    found = Patch(solver, part).improve(*CLOSE_ENOUGH, ProgressToken())
    assert found.converged
    np.testing.assert_array_equal(_chroma(solver)[~inside], before[~inside])
    np.testing.assert_array_equal(_chroma(solver)[later.mask()], later.values)
    other.chroma[:, 1:-1, 1:-1] = np.moveaxis(before, -1, 0)
    expected = _solved(other, frozen, CLOSE)
    np.testing.assert_allclose(_chroma(solver), _chroma(other), rtol=0, atol=2 * CLOSE.maximum)
    assert found.iterations <= expected + 2
    for each in (solver, other):
        each.exchange()
        _solved(each, given, CLOSE)
    np.testing.assert_allclose(_chroma(solver), _chroma(other), rtol=0, atol=2 * CLOSE.maximum)
    for plane in (solver._r, solver._r_next, solver._z, solver._p, solver._p_next, solver._q):
        assert not plane[:, [0, -1]].any()
        assert not plane[:, :, [0, -1]].any()


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[int, int], Part]]:
    """The pictures, by their shape, and the parts of them that were iterated by themselves."""
    noted: list[tuple[tuple[int, int], Part]] = []
    create = Patch.__init__

    def noting(self: Patch, whole: GraphSolver, part: Part) -> None:
        noted.append((whole.shape, part))
        create(self, whole, part)

    monkeypatch.setattr(Patch, "__init__", noting)
    return noted


def _walled() -> np.ndarray:
    """Six fields with walls between them; strokes lie on these too."""
    luminance = np.random.default_rng(3).normal(0.5, 0.004, (160, 240))
    luminance[:, 76:84] = luminance[:, 156:164] = luminance[76:84] = 0.0
    return luminance.astype(np.float32)


def _one_in_each_field(*colours: float) -> Constraints:
    mask, chroma = _walled() == 0, np.zeros((160, 240, 2))
    for field, colour in enumerate(colours):
        at = (
            slice(30 + 80 * (field // 3), 44 + 80 * (field // 3)),
            slice(30 + 80 * (field % 3), 50 + 80 * (field % 3)),
        )
        mask[at], chroma[at] = True, (colour, -colour)
    return Constraints.of_mask(mask, chroma)


def test_a_stroke_is_followed_where_it_changes_something(
    parts: list[tuple[tuple[int, int], Part]], pyramid: None
) -> None:
    luminance = _walled()
    solver = _solver(luminance)
    _solved(solver, _one_in_each_field(10, 20, 30, 40, 50, 60))
    parts.clear()
    constraints = _one_in_each_field(10, 20, 30, 40, 50, -60)
    solver._left = 0.45
    _iterated(solver, constraints, 1)
    assert solver._left >= 0.45  # as much may still be wrong where nothing has changed
    rows, cols = next(part for shape, part in parts if shape == luminance.shape)
    assert 40 < rows.start < 84
    assert 120 < cols.start < 164
    assert (rows.stop, cols.stop) == luminance.shape
    error = np.abs(_chroma(solver) - _exactly(luminance, constraints, "symmetric"))
    assert error.max() < LAB_TOLERANCE.maximum


def test_what_was_not_followed_to_the_end_is_followed_later(
    parts: list[tuple[tuple[int, int], Part]], pyramid: None
) -> None:
    luminance = _walled()
    solver = _solver(luminance)
    assert isinstance(solver, SymmetricSolver)
    first, second, third = (
        _one_in_each_field(*colours, 40, 50, 60) for colours in ((10, 20, 30), (-90, 20, 30), (-90, 20, 90))
    )
    _solved(solver, first)
    solver.guess(second.indices, second.values, ProgressToken())
    kept = solver.exchange()
    assert solver._changed is None
    solver.exchange(kept)
    parts.clear()
    _solved(solver, third)
    cols = [cols for shape, (_, cols) in parts if shape == luminance.shape]
    assert not cols or (cols[0].start < 40 and cols[0].stop > 200)
    assert solver._changed is None
    error = np.abs(_chroma(solver) - _exactly(luminance, third, "symmetric"))
    assert error.max() < LAB_TOLERANCE.maximum


# -- what it says of itself --------------------------------------------------------------------------


@pytest.mark.parametrize("screening", [0.0, 0.003])
@pytest.mark.parametrize(
    "name",
    ["photo", "8 bits", "shapes", "noise", "16 bits, dark", "16 bits, ramp", "checkerboard",
     "long", "black and white"],
)  # fmt: skip
def test_the_error_is_known(
    pictures: Pictures, scribble: Scribble, pyramid: None, weights: Weights, name: str, screening: float
) -> None:
    luminance = pictures[name][:80, :90]
    solver = Propagator(luminance, weights=weights)
    exactly = Propagator(luminance.astype(np.float32), weights=weights, solver="exact")
    for strokes, seed in ((3, 0), (4, 0), (30, 1), (300, 2)):
        constraints = scribble(luminance.shape, strokes, seed=seed)
        found = solver.solve(constraints, screening=screening)
        error = np.abs(found.chroma - exactly.solve(constraints, screening=screening).chroma)
        assert found.converged
        assert error.max() <= found.estimated_error + ROUNDING
        assert np.sqrt(np.mean(error**2)) < LAB_TOLERANCE.rms
        assert found.estimated_error <= LAB_TOLERANCE.maximum


def test_stopped_too_early_it_says_by_how_much(
    pictures: Pictures, scribble: Scribble, weights: Weights
) -> None:
    luminance = pictures["photo"][:80, :90]
    constraints = scribble(luminance.shape)
    exact = _exactly(luminance, constraints, weights)
    errors, needed = [], Propagator(luminance, weights=weights).solve(constraints).iterations
    solver = _solver(luminance, weights)
    for most in range(4, needed):
        solver.exchange()
        solver.guess(constraints.indices, constraints.values, ProgressToken())
        outcome = solver.refine(LAB_TOLERANCE.rms, LAB_TOLERANCE.maximum, ProgressToken(), most)
        assert (outcome.iterations, outcome.converged) == (most, False)
        errors.append(np.abs(_chroma(solver) - exact).max())
        assert errors[-1] <= outcome.error_max
    assert errors[-1] < errors[0]


def test_not_enough_iterations(
    pictures: Pictures, scribble: Scribble, monkeypatch: pytest.MonkeyPatch, weights: Weights
) -> None:
    """The best that was found, and a sentence about it."""
    refine = GraphSolver.refine

    def shortened(
        self: GraphSolver, rms: float, maximum: float, token: ProgressToken, earlier: Sequence[float] = ()
    ) -> fast.Outcome:
        assert not earlier
        return refine(self, rms, maximum, token, 3)

    luminance = pictures["photo"]
    constraints = scribble(luminance.shape)
    solver = Propagator(luminance, weights=weights)
    with monkeypatch.context() as patch:
        patch.setattr(GraphSolver, "refine", shortened)
        found = solver.solve(constraints)
    assert not found.converged
    assert found.iterations == 3
    assert found.estimated_error > LAB_TOLERANCE.maximum
    (note,) = found.notes
    assert "after 3 iterations" in note
    assert f"{found.estimated_error:.2g}" in note
    assert np.isfinite(found.chroma).all()
    np.testing.assert_array_equal(found.chroma[constraints.mask()], constraints.values)
    exact = _exactly(luminance, constraints, weights)
    assert np.sqrt(np.mean((found.chroma - exact) ** 2)) < 0.5 * np.sqrt(np.mean(exact**2))
    # It goes on from there.
    again = solver.solve(constraints)
    assert again.converged
    assert not again.notes
    assert np.abs(again.chroma - exact).max() < LAB_TOLERANCE.maximum


@pytest.mark.parametrize("why", ["too large", "not balanced"])
def test_published_weights_that_are_solved_directly(
    pictures: Pictures, scribble: Scribble, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    luminance = pictures["photo"][:50, :60]
    if why == "too large":
        monkeypatch.setattr(propagator, "_LEVIN_PIXELS", luminance.size - 1)
    else:
        monkeypatch.setattr(stationary, "_BALANCED", 0.0)
    constraints = scribble(luminance.shape, 10)
    solver = Propagator(luminance, weights="levin")
    found = solver.solve(constraints)
    assert (found.iterations, found.converged, found.estimated_error) == (0, True, 0.0)
    (note,) = found.notes
    assert "solved directly" in note
    assert ("megapixels" in note) == (why == "too large")
    exact = Propagator(luminance, weights="levin", solver="exact").solve(constraints)
    assert not exact.notes
    np.testing.assert_array_equal(found.chroma, exact.chroma)
    assert not Propagator(luminance).solve(constraints).notes


def test_published_weights_up_to_the_limit_are_solved_fast(
    pictures: Pictures, scribble: Scribble, monkeypatch: pytest.MonkeyPatch
) -> None:
    luminance = pictures["photo"][:50, :60]
    monkeypatch.setattr(propagator, "_LEVIN_PIXELS", luminance.size)
    found = Propagator(luminance, weights="levin").solve(scribble(luminance.shape, 10))
    assert found.iterations > 0
    assert not found.notes


# -- parts that nothing leads to ---------------------------------------------------------------------


@pytest.mark.parametrize("screening", [0.0, 0.01])
def test_a_part_without_a_link_to_a_constraint_stays_0(pictures: Pictures, screening: float) -> None:
    luminance = np.ascontiguousarray(pictures["noise"][:75, :60], np.float32)
    couplings = stencil.couplings(luminance, stencil.inverse_sigmas(luminance))
    cut = 30  # the couplings from columns 0-29 to column 30 on
    couplings[[stencil.EAST, stencil.SOUTH_EAST], :, cut] = 0
    couplings[stencil.SOUTH_WEST, :, cut + 1] = 0
    couplings[:, 11:14, 41:44] = 0  # and pixels with few or no links at all
    solver = GraphSolver(couplings, ProgressToken())
    solver.screen(screening)
    mask = np.zeros(luminance.shape, np.bool_)
    mask[5:8, 3:20] = True
    left = Constraints.of_mask(mask, np.full((*luminance.shape, 2), (70.0, -20.0)))
    _solved(solver, left)
    found = _chroma(solver)
    assert np.isfinite(found).all()
    assert not found[:, cut:].any()
    if not screening:
        np.testing.assert_allclose(found[:, :cut], np.broadcast_to((70, -20), (75, cut, 2)), rtol=0, atol=0.5)
    isolated = solver._degree[1:-1, 1:-1] == 0
    assert isolated.any()
    assert not found[isolated].any()


def test_no_couplings_at_all() -> None:
    solver = GraphSolver(np.zeros((4, 42, 12), np.float32), ProgressToken())
    mask = np.zeros((40, 10), np.bool_)
    mask[20, 5] = True
    constraint = Constraints.of_mask(mask, np.full((40, 10, 2), 9.0))
    _solved(solver, constraint)
    found = _chroma(solver)
    np.testing.assert_array_equal(found[mask], [[9, 9]])
    assert not found[~mask].any()


# -- stopping ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [1, 3, 5])
def test_cancelled_within_a_solve(
    pictures: Pictures, scribble: Scribble, pyramid: None, weights: Weights, after: int
) -> None:
    luminance = pictures["photo"]
    solver = _solver(luminance, weights)
    first, second = scribble(luminance.shape), scribble(luminance.shape, 20, seed=4)
    reports = 0

    def report(fraction: float, stage: str) -> None:
        nonlocal reports
        reports += 1
        if reports == after:
            token.cancel()

    for constraints in (first, second):
        reports, token = 0, ProgressToken(report)
        with pytest.raises(Cancelled):
            solver.solve(
                constraints.indices, constraints.values, LAB_TOLERANCE.rms, LAB_TOLERANCE.maximum, token
            )
        assert reports == after
    _solved(solver, second)
    error = np.abs(_chroma(solver) - _exactly(luminance, second, weights))
    assert error.max() < LAB_TOLERANCE.maximum
