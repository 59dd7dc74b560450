"""What holds for both models and for both solvers of each, whatever the picture and the strokes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from colorstudio.errors import UsageError
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import (
    LAB_TOLERANCE,
    YIQ_TOLERANCE,
    Propagator,
    Solver,
    Tolerance,
    Weights,
)

Pictures = dict[str, NDArray[np.floating]]
Scribble = Callable[..., Constraints]

NAMES = (
    "photo",
    "8 bits",
    "shapes",
    "noise",
    "constant",
    "16 bits, dark",
    "16 bits, ramp",
    "checkerboard",
    "long",
    "black and white",
)


@dataclass(frozen=True)
class Model:
    """One of the two models with one of its solvers.

    Attributes
    ----------
    slack
        By how much, in units of a*b*, a result may miss the model's exact solution.
    """

    weights: Weights
    solver: Solver

    @property
    def slack(self) -> float:
        return LAB_TOLERANCE.maximum if self.solver == "fast" else 1e-3

    def propagator(self, luminance: NDArray[np.floating]) -> Propagator:
        return Propagator(luminance, weights=self.weights, solver=self.solver)

    def __call__(self, luminance: NDArray[np.floating], constraints: Constraints, **more: Any) -> np.ndarray:
        propagation = self.propagator(luminance).solve(constraints, **more)
        assert propagation.converged
        assert propagation.chroma.dtype == np.float32
        return propagation.chroma.astype(np.float64)


@pytest.fixture(params=["exact", "fast"])
def model(weights: Weights, request: pytest.FixtureRequest) -> Model:
    return Model(weights, request.param)


@pytest.fixture(scope="session")
def exact(pictures: Pictures, scribble: Scribble) -> Callable[[str, Weights], np.ndarray]:
    """The exact solution for a picture with its usual strokes."""

    @cache
    def solution(name: str, weights: Weights) -> np.ndarray:
        luminance = pictures[name]
        return Model(weights, "exact")(luminance, scribble(luminance.shape))

    return solution


def _assert_within(found: np.ndarray, expected: np.ndarray, tolerance: Tolerance) -> None:
    error = np.abs(found - expected)
    assert error.max() < tolerance.maximum
    assert np.sqrt(np.mean(error**2)) < tolerance.rms


# -- the fast solvers --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_fast_as_exact(
    pictures: Pictures, scribble: Scribble, exact: Callable[..., np.ndarray], weights: Weights, name: str
) -> None:
    luminance = pictures[name]
    found = Model(weights, "fast")(luminance, scribble(luminance.shape))
    _assert_within(found, exact(name, weights), LAB_TOLERANCE)


def test_fast_in_other_units(
    pictures: Pictures, scribble: Scribble, exact: Callable[..., np.ndarray], weights: Weights
) -> None:
    """The solution is linear in the strokes' colours, and so is what may be missed of it."""
    luminance = pictures["photo"]
    strokes = scribble(luminance.shape)
    small = Constraints(strokes.shape, strokes.indices, strokes.values / np.float32(255))
    found = Model(weights, "fast")(luminance, small, tolerance=YIQ_TOLERANCE)
    _assert_within(found, exact("photo", weights) / 255, YIQ_TOLERANCE)


def test_fast_can_be_asked_for_more(
    pictures: Pictures, scribble: Scribble, exact: Callable[..., np.ndarray], weights: Weights
) -> None:
    luminance, closer = pictures["photo"], Tolerance(0.02, 0.05)
    found = Model(weights, "fast")(luminance, scribble(luminance.shape), tolerance=closer)
    _assert_within(found, exact("photo", weights), closer)


def test_fast_with_another_stroke_from_where_it_was(
    pictures: Pictures, scribble: Scribble, weights: Weights
) -> None:
    luminance = pictures["photo"]
    few, many = scribble(luminance.shape, strokes=30), scribble(luminance.shape, strokes=31)
    recoloured = Constraints(few.shape, few.indices, -few.values)
    fast, exactly = (Model(weights, solver).propagator(luminance) for solver in ("fast", "exact"))
    fast.solve(few)
    for constraints in (many, few, recoloured):
        result = fast.solve(constraints)
        assert result.converged
        _assert_within(result.chroma, exactly.solve(constraints).chroma, LAB_TOLERANCE)
        if constraints is not recoloured:  # which is farther from where it was than from nothing
            from_nothing = Model(weights, "fast").propagator(luminance).solve(constraints)
            assert result.iterations <= from_nothing.iterations


# -- what the model promises -------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_strokes_are_kept_and_nothing_exceeds_them(
    pictures: Pictures, scribble: Scribble, model: Model, name: str
) -> None:
    luminance = pictures[name]
    strokes = scribble(luminance.shape)
    chroma = model(luminance, strokes)
    np.testing.assert_array_equal(chroma[strokes.mask()], strokes.values)
    assert (chroma >= strokes.values.min(axis=0) - model.slack).all()
    assert (chroma <= strokes.values.max(axis=0) + model.slack).all()


@pytest.mark.parametrize("name", NAMES)
def test_strokes_of_one_colour_colour_all(
    pictures: Pictures, scribble: Scribble, model: Model, name: str
) -> None:
    luminance = pictures[name]
    strokes = scribble(luminance.shape, strokes=3)
    constant = Constraints.of_mask(strokes.mask(), np.full((*luminance.shape, 2), (60.0, -35.0)))
    chroma = model(luminance, constant)
    np.testing.assert_allclose(chroma, np.broadcast_to((60, -35), chroma.shape), rtol=0, atol=model.slack)


def test_linear_in_the_colours(pictures: Pictures, scribble: Scribble, model: Model) -> None:
    luminance = pictures["shapes"]
    one, other = scribble(luminance.shape, seed=1), scribble(luminance.shape, seed=1)
    other.values[:] = np.random.default_rng(2).uniform(-40, 40, other.values.shape)
    both = Constraints(one.shape, one.indices, (one.values - other.values / 2).astype(np.float32))
    propagator = model.propagator(luminance)
    parts, whole = [propagator.solve(x).chroma for x in (one, other)], propagator.solve(both).chroma
    np.testing.assert_allclose(whole, parts[0] - 0.5 * parts[1], rtol=0, atol=2.5 * model.slack)


@pytest.mark.parametrize(
    "turn",
    [lambda a: a[::-1], lambda a: a[:, ::-1], lambda a: np.swapaxes(a, 0, 1)],
    ids=["upside down", "mirrored", "transposed"],
)
@pytest.mark.parametrize("name", ["8 bits", "shapes", "noise"])
def test_turning_picture_and_strokes_turns_the_result(
    pictures: Pictures,
    scribble: Scribble,
    model: Model,
    name: str,
    turn: Callable[[np.ndarray], np.ndarray],
) -> None:
    luminance = pictures[name]
    strokes = scribble(luminance.shape)
    planes = np.zeros((*luminance.shape, 2), np.float32)
    planes[strokes.mask()] = strokes.values
    turned = Constraints.of_mask(turn(strokes.mask()), turn(planes))
    expected = turn(model(luminance, strokes))
    np.testing.assert_allclose(model(turn(luminance), turned), expected, rtol=0, atol=2 * model.slack)


def test_a_stroke_in_the_colour_that_is_there_changes_nothing(
    pictures: Pictures, scribble: Scribble, model: Model
) -> None:
    luminance = pictures["photo"]
    strokes = scribble(luminance.shape)
    before = model(luminance, strokes)
    mask = strokes.mask()
    mask[60:66, 20:110] = True
    after = model(luminance, Constraints.of_mask(mask, before))
    np.testing.assert_allclose(after, before, rtol=0, atol=2 * model.slack)


def test_channels_know_nothing_of_each_other(pictures: Pictures, scribble: Scribble, model: Model) -> None:
    luminance = pictures["shapes"]
    strokes = scribble(luminance.shape, channels=3)
    propagator = model.propagator(luminance)
    together = propagator.solve(strokes).chroma
    for channel in range(3):
        alone = Constraints(strokes.shape, strokes.indices, strokes.values[:, [channel]])
        found = propagator.solve(alone).chroma[..., 0]
        np.testing.assert_allclose(found, together[..., channel], rtol=0, atol=2 * model.slack)


def test_edges_hold_colours_apart(model: Model) -> None:
    """A stroke on each side of a step: each side takes its own, up to the step."""
    luminance = np.full((60, 80), 0.3)
    luminance[:, 40:] = 0.7
    luminance += np.random.default_rng(0).normal(0, 0.01, luminance.shape)
    mask, chroma = np.zeros(luminance.shape, np.bool_), np.zeros((*luminance.shape, 2))
    mask[20:40, 10:13] = mask[20:40, 67:70] = True
    chroma[:, :40], chroma[:, 40:] = (50, 20), (-50, -20)
    found = model(luminance, Constraints.of_mask(mask, chroma))
    assert np.abs(found[:, 1:37] - (50, 20)).mean() < 10
    assert np.abs(found[:, 43:-1] - (-50, -20)).mean() < 10


# -- reach -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["photo", "16 bits, dark"])
def test_screened_fast_as_exact(pictures: Pictures, scribble: Scribble, weights: Weights, name: str) -> None:
    luminance = pictures[name]
    strokes = scribble(luminance.shape)
    expected = Model(weights, "exact")(luminance, strokes, screening=0.002)
    found = Model(weights, "fast")(luminance, strokes, screening=0.002)
    _assert_within(found, expected, LAB_TOLERANCE)


def test_screening_takes_colour_away(pictures: Pictures, model: Model) -> None:
    luminance = pictures["shapes"]
    mask = np.zeros(luminance.shape, np.bool_)
    mask[50:53, 20:110] = True
    strokes = Constraints.of_mask(mask, np.full((*luminance.shape, 1), 70.0))
    propagator = model.propagator(luminance)
    by_strength = [propagator.solve(strokes, screening=s).chroma for s in (0.0, 0.001, 0.01, 0.1, 10.0)]
    for more, less in pairwise(by_strength):
        assert (less <= more + 2 * model.slack).all()
        assert less.mean() < 0.8 * more.mean()
    assert by_strength[-1][~mask].max() < 70 / 10


def test_screening_of_each_pixel(pictures: Pictures, scribble: Scribble, model: Model) -> None:
    luminance = pictures["shapes"]
    strokes = scribble(luminance.shape)
    propagator = model.propagator(luminance)
    uniform = propagator.solve(strokes, screening=np.full(luminance.shape, 0.01)).chroma
    number = propagator.solve(strokes, screening=0.01).chroma
    np.testing.assert_allclose(uniform, number, rtol=0, atol=2 * model.slack)
    left = np.zeros(luminance.shape)
    left[:, :75] = 1.0
    half = propagator.solve(strokes, screening=left).chroma
    free = propagator.solve(strokes).chroma
    assert np.abs(half[:, :75]).mean() < 0.5 * np.abs(free[:, :75]).mean()
    assert np.abs(half[:, 100:]).mean() > 0.5 * np.abs(free[:, 100:]).mean()


# -- odd pictures, odd strokes -----------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 1), (1, 300), (300, 1), (2, 2), (2, 500), (3, 3)])
@pytest.mark.parametrize("strokes", ["none", "first pixel", "all"])
def test_any_shape_and_amount_of_strokes(model: Model, shape: tuple[int, int], strokes: str) -> None:
    luminance = np.linspace(0.2, 0.8, shape[0] * shape[1]).reshape(shape)
    mask = np.full(shape, strokes == "all")
    mask[0, 0] = strokes != "none"
    values = np.random.default_rng(1).uniform(-80, 80, (*shape, 2))
    chroma = model(luminance, Constraints.of_mask(mask, values))
    assert chroma.shape == (*shape, 2)
    expected = {"none": np.zeros_like(values), "first pixel": values[:1, :1], "all": values}[strokes]
    np.testing.assert_allclose(chroma, np.broadcast_to(expected, chroma.shape), rtol=0, atol=model.slack)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_stroke_all_stays_gray(pictures: Pictures, model: Model, name: str) -> None:
    luminance = pictures[name][:60, :60]
    none = Constraints.of_mask(np.zeros(luminance.shape, np.bool_), np.zeros((*luminance.shape, 2)))
    propagator = model.propagator(luminance)
    for screening in (0.0, 0.01):
        assert not propagator.solve(none, screening=screening).chroma.any()


def test_thousands_of_strokes(pictures: Pictures, scribble: Scribble, weights: Weights) -> None:
    luminance = pictures["photo"]
    strokes = scribble(luminance.shape, strokes=3000)
    expected = Model(weights, "exact")(luminance, strokes)
    _assert_within(Model(weights, "fast")(luminance, strokes), expected, LAB_TOLERANCE)


def test_enormous_strokes(pictures: Pictures, weights: Weights) -> None:
    """Painted nearly all over, but for a frame, a hole and single pixels in between."""
    luminance = pictures["photo"]
    mask = np.ones(luminance.shape, np.bool_)
    mask[:5], mask[-1], mask[:, :2] = False, False, False
    mask[60:100, 60:120] = False
    mask[::9, ::7] = False
    rows, cols = np.indices(luminance.shape)
    chroma = np.stack([80 * np.sin(rows / 9), 80 * np.cos(cols / 11)], axis=-1)
    strokes = Constraints.of_mask(mask, chroma)
    expected = Model(weights, "exact")(luminance, strokes)
    _assert_within(Model(weights, "fast")(luminance, strokes), expected, LAB_TOLERANCE)


@given(
    codes=arrays(np.uint16, array_shapes(min_dims=2, max_dims=2, max_side=16)),
    density=st.floats(0.02, 1),
    seed=st.integers(0, 9),
)
def test_any_picture_of_16_bits(codes: np.ndarray, density: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    mask = rng.random(codes.shape) < density
    assume(mask.any())
    strokes = Constraints.of_mask(mask, rng.uniform(-80, 80, (*codes.shape, 2)))
    models: tuple[Weights, ...] = ("levin", "symmetric")
    for weights in models:
        results = {}
        for solver in ("exact", "fast"):
            model = Model(weights, solver)
            chroma = results[solver] = model(codes / 65535, strokes)
            assert np.isfinite(chroma).all()
            assert (chroma >= strokes.values.min(axis=0) - model.slack).all()
            assert (chroma <= strokes.values.max(axis=0) + model.slack).all()
        np.testing.assert_allclose(results["fast"], results["exact"], rtol=0, atol=LAB_TOLERANCE.maximum)


def test_inputs_may_be_views_of_any_float_and_stay_as_they_are(
    pictures: Pictures, scribble: Scribble, model: Model
) -> None:
    luminance = pictures["shapes"]
    strokes = scribble(luminance.shape)
    expected = model(luminance, strokes)
    wide = np.repeat(luminance.astype(np.float32), 2, axis=1)
    view = wide[:, ::2]
    for array in (wide, strokes.indices, strokes.values):
        array.setflags(write=False)
    # Rounding 64 bits to 32 changes the picture, and with it the solution, a little.
    np.testing.assert_allclose(model(view, strokes), expected, rtol=0, atol=2 * model.slack + 0.05)


# -- what cannot be had ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["photo", "noise", "16 bits, dark"])
def test_a_tolerance_that_is_out_of_reach(
    pictures: Pictures, scribble: Scribble, exact: Callable[..., np.ndarray], model: Model, name: str
) -> None:
    """The best that was found, and as good as float32 can be or not called converged."""
    luminance = pictures[name]
    impossible = Tolerance(1e-30, 1e-30)
    propagation = model.propagator(luminance).solve(scribble(luminance.shape), tolerance=impossible)
    _assert_within(propagation.chroma, exact(name, model.weights), LAB_TOLERANCE)
    if propagation.converged:
        assert np.abs(propagation.chroma - exact(name, model.weights)).max() < 1e-2
    else:
        assert propagation.notes


def test_what_is_no_picture_is_refused(weights: Weights) -> None:
    for luminance in (np.zeros((4, 4, 3)), np.zeros(4), np.zeros((0, 4)), np.full((4, 4), np.nan)):
        with pytest.raises(UsageError):
            Propagator(luminance, weights=weights)


def test_what_does_not_belong_together_is_refused(model: Model) -> None:
    propagator = model.propagator(np.zeros((4, 5)))
    here, elsewhere = (Constraints.of_mask(np.eye(n, 5) > 0, np.zeros((n, 5, 2))) for n in (4, 3))
    with pytest.raises(UsageError, match="do not belong"):
        propagator.solve(elsewhere)
    for screening in (-0.1, np.full((4, 5), -0.1), np.nan):
        with pytest.raises(UsageError, match="negative"):
            propagator.solve(here, screening=screening)


def test_cancelling(model: Model) -> None:
    luminance = np.random.default_rng(0).random((40, 40))
    constraints = Constraints.of_mask(np.eye(40) > 0, np.zeros((40, 40, 2)))
    token = ProgressToken()
    propagator = Propagator(luminance, weights=model.weights, solver=model.solver, token=token)
    token.cancel()
    with pytest.raises(Cancelled):
        propagator.solve(constraints, token=token)
    with pytest.raises(Cancelled):
        Propagator(luminance, weights=model.weights, solver=model.solver, token=token)
    assert propagator.solve(constraints).converged
