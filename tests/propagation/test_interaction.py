"""A propagator while somebody paints: previews, regions, recolouring, several threads, cancelling."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import color, data

from colorstudio.compiled import _safe_from_several_threads
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation import fast, propagator
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import LAB_TOLERANCE, Propagation, Propagator, Tolerance, Weights

Pictures = dict[str, NDArray[np.floating]]
Scribble = Callable[..., Constraints]

PREVIEWED = 12.0  # root mean square error of a preview, of colours from -80 to 80
PATIENCE = 60.0  # seconds


@pytest.fixture
def pyramid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pictures too are guessed, and previewed, from smaller ones."""
    for module in (fast, propagator):
        monkeypatch.setattr(module, "SMALLEST", 2_000)


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return color.rgb2gray(data.astronaut())[20:140, 130:290].astype(np.float32)


def _exactly(
    luminance: np.ndarray, constraints: Constraints, weights: Weights = "symmetric", screening: float = 0.0
) -> np.ndarray:
    exact = Propagator(luminance, weights=weights, solver="exact")
    return exact.solve(constraints, screening=screening).chroma


def _rms(difference: np.ndarray) -> float:
    return float(np.sqrt(np.mean(difference.astype(np.float64) ** 2)))


def _assert_found(propagation: Propagation, exact: np.ndarray) -> None:
    assert propagation.converged
    error = propagation.chroma - exact
    assert np.abs(error).max() < LAB_TOLERANCE.maximum
    assert _rms(error) < LAB_TOLERANCE.rms


def _assert_previewed(preview: np.ndarray, constraints: Constraints, exact: np.ndarray) -> None:
    assert (preview.dtype, preview.shape) == (np.float32, exact.shape)
    np.testing.assert_array_equal(preview[constraints.mask()], constraints.values)
    assert _rms(preview - exact) < min(PREVIEWED, 0.5 * _rms(exact))


# -- previews ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("screening", [0.0, 0.002])
def test_previews_before_and_after_preparing(
    photo: np.ndarray, scribble: Scribble, pyramid: None, screening: float
) -> None:
    constraints, more = (scribble(photo.shape, n, seed=2) for n in (40, 41))
    exact, of_more = (_exactly(photo, c, screening=screening) for c in (constraints, more))
    painted = Propagator(photo, prepare=False)
    _assert_previewed(painted.preview(constraints, screening=screening), constraints, exact)
    assert painted._fast is None  # or it would have taken as long as a solve
    painted.prepare()
    _assert_previewed(painted.preview(constraints, screening=screening), constraints, exact)
    _assert_found(painted.solve(constraints, screening=screening), exact)
    # On top of a solution a preview knows more.
    again = painted.preview(constraints, screening=screening)
    assert _rms(again - exact) < 1
    further = painted.preview(more, screening=screening)
    _assert_previewed(further, more, of_more)
    assert _rms(further - of_more) < _rms(exact - of_more)


def test_a_preview_forgets_the_reach_of_an_earlier_one(
    photo: np.ndarray, scribble: Scribble, pyramid: None
) -> None:
    constraints = scribble(photo.shape, 40, seed=2)
    painted = Propagator(photo, prepare=False)
    painted.preview(constraints, screening=0.05)
    painted.prepare()
    _assert_previewed(painted.preview(constraints), constraints, _exactly(photo, constraints))


def test_preview_on_a_picture_of_its_own_size(scribble: Scribble) -> None:
    luminance = color.rgb2gray(data.astronaut())[:240, :250].astype(np.float32)
    assert luminance.size > fast.SMALLEST
    constraints = scribble(luminance.shape, 60)
    exact = _exactly(luminance, constraints)
    painted = Propagator(luminance, prepare=False)
    _assert_previewed(painted.preview(constraints), constraints, exact)
    painted.prepare()
    _assert_previewed(painted.preview(constraints), constraints, exact)


def test_preview_while_another_thread_prepares(photo: np.ndarray, scribble: Scribble, pyramid: None) -> None:
    constraints = scribble(photo.shape, 40, seed=2)
    exact = _exactly(photo, constraints)
    Propagator(photo, prepare=False).preview(constraints)  # the first parallel work of the process
    painted = Propagator(photo, prepare=False)
    under_way, go_on = threading.Event(), threading.Event()

    def wait(fraction: float, stage: str) -> None:
        under_way.set()
        assert go_on.wait(PATIENCE)

    with ThreadPoolExecutor(2) as threads:
        try:
            preparing = threads.submit(painted.prepare, ProgressToken(wait))
            assert under_way.wait(PATIENCE)
            previewing = threads.submit(painted.preview, constraints)
            if _safe_from_several_threads():
                preview = previewing.result(PATIENCE)
                assert painted._fast is None
            else:  # it has to wait, and must not hang
                go_on.set()
                preview = previewing.result(PATIENCE)
            _assert_previewed(preview, constraints, exact)
        finally:
            go_on.set()
        preparing.result(PATIENCE)
    _assert_found(painted.solve(constraints), exact)


def test_previews_do_not_disturb_solves(photo: np.ndarray, scribble: Scribble, pyramid: None) -> None:
    disturbed, calm = Propagator(photo), Propagator(photo)
    tight = Tolerance(0.002, 0.01)
    for strokes in (20, 21, 5):
        constraints = scribble(photo.shape, strokes)
        expected = calm.solve(constraints, tolerance=tight)
        for other in (3, 60):
            disturbed.preview(scribble(photo.shape, other, seed=9))
        disturbed.preview(constraints, screening=0.01)
        before = disturbed.solve(constraints, tolerance=tight)
        kept = before.chroma.copy()
        np.testing.assert_allclose(before.chroma, expected.chroma, rtol=0, atol=0.02)
        assert before.iterations <= expected.iterations + 4
        shown = disturbed.preview(constraints)
        shown_before = shown.copy()
        disturbed.preview(scribble(photo.shape, 60, seed=9))
        np.testing.assert_array_equal(before.chroma, kept)
        np.testing.assert_array_equal(shown, shown_before)


def test_preview_of_small_pictures_is_the_solution(
    photo: np.ndarray, scribble: Scribble, weights: Weights
) -> None:
    luminance = photo[:40, :50]
    constraints = scribble(luminance.shape, 8)
    preview = Propagator(luminance, weights=weights, prepare=False).preview(constraints)
    exact = _exactly(luminance, constraints, weights)
    np.testing.assert_allclose(preview, exact, rtol=0, atol=LAB_TOLERANCE.maximum)


@pytest.mark.parametrize("solver", ["fast", "exact"])
def test_preview_of_the_published_model_is_near_too(
    photo: np.ndarray, scribble: Scribble, pyramid: None, solver: propagator.Solver
) -> None:
    constraints = scribble(photo.shape, 40, seed=2)
    painted = Propagator(photo, weights="levin", solver=solver, prepare=False)
    exact = _exactly(photo, constraints, "levin")
    assert _rms(painted.preview(constraints) - exact) < 0.8 * _rms(exact)


def test_preview_without_strokes_is_gray(photo: np.ndarray, pyramid: None) -> None:
    painted = Propagator(photo)
    none = Constraints.of_mask(np.zeros(photo.shape, np.bool_), np.zeros((*photo.shape, 2)))
    assert not painted.preview(none).any()
    one = Constraints.of_mask(np.eye(*photo.shape) > 0, np.full((*photo.shape, 2), 9.0))
    assert painted.solve(one).chroma.any()
    assert not painted.preview(none).any()


def test_preview_without_strokes_does_not_wait_for_the_preparation(photo: np.ndarray, pyramid: None) -> None:
    painted = Propagator(photo, prepare=False)
    none = Constraints.of_mask(np.zeros(photo.shape, np.bool_), np.zeros((*photo.shape, 2)))
    assert not painted.preview(none).any()
    assert painted._fast is None


# -- regions -----------------------------------------------------------------------------------------


def test_a_region_comes_first(photo: np.ndarray, scribble: Scribble, pyramid: None) -> None:
    """After one more stroke, what is on the screen is right at once, up to what is guessed around it."""
    region = slice(30, 90), slice(40, 120)
    few, more = scribble(photo.shape, 40, seed=2), scribble(photo.shape, 41, seed=2)
    exact = _exactly(photo, more)
    painted = Propagator(photo)
    painted.solve(few)
    events: list[str] = []
    shown: list[np.ndarray] = []

    def show(part: np.ndarray) -> None:
        events.append("region")
        shown.append(part)

    token = ProgressToken(lambda fraction, stage: events.append(stage))
    found = painted.solve(more, region=region, on_region=show, token=token)
    _assert_found(found, exact)
    assert events.count("region") == 1
    assert events[-1] != "region"
    (part,) = shown
    assert (part.dtype, part.shape) == (np.float32, (60, 80, 2))
    assert _rms(part - exact[region]) < 4 * LAB_TOLERANCE.rms
    in_part = more.mask()[region]
    np.testing.assert_array_equal(part[in_part], found.chroma[region][in_part])


@pytest.mark.parametrize(
    "region",
    [
        (slice(0, 120), slice(0, 160)),
        (slice(None), slice(None)),
        (slice(0, 1), slice(0, 1)),
        (slice(100, 500), slice(-20, None)),
        (slice(50, 52), slice(3, 150)),
    ],
    ids=str,
)
def test_any_region(
    photo: np.ndarray, scribble: Scribble, pyramid: None, region: tuple[slice, slice]
) -> None:
    constraints = scribble(photo.shape, 40, seed=2)
    exact = _exactly(photo, constraints, screening=0.001)
    painted = Propagator(photo)
    for screening in (0.0, 0.001):  # of which the region's own solver hears too
        shown: list[np.ndarray] = []
        found = painted.solve(constraints, screening=screening, region=region, on_region=shown.append)
    _assert_found(found, exact)
    (part,) = shown
    assert part.shape == exact[region].shape
    assert np.isfinite(part).all()
    assert _rms(part - exact[region]) < PREVIEWED


def test_a_region_moves(photo: np.ndarray, scribble: Scribble, pyramid: None) -> None:
    constraints = scribble(photo.shape, 40, seed=2)
    exact = _exactly(photo, constraints)
    painted = Propagator(photo)
    painted.solve(constraints)
    for top in (0, 20, 20, 50):
        shown: list[np.ndarray] = []
        region = slice(top, top + 60), slice(2 * top, 2 * top + 50)
        _assert_found(painted.solve(constraints, region=region, on_region=shown.append), exact)
        assert _rms(shown[0] - exact[region]) < 2 * LAB_TOLERANCE.rms


@pytest.mark.parametrize("solver", ["fast", "exact"])
def test_a_region_of_the_published_model_does_not_come_first(
    photo: np.ndarray, scribble: Scribble, solver: propagator.Solver
) -> None:
    luminance = photo[:60, :70]
    constraints = scribble(luminance.shape, 15)
    region = slice(10, 50), slice(10, 50)
    shown: list[np.ndarray] = []
    painted = Propagator(luminance, weights="levin", solver=solver)
    found = painted.solve(constraints, region=region, on_region=shown.append)
    assert not shown
    _assert_found(found, _exactly(luminance, constraints, "levin"))


def test_progress_goes_forwards_with_a_region(photo: np.ndarray, scribble: Scribble, pyramid: None) -> None:
    heard: list[float] = []
    token = ProgressToken(lambda fraction, stage: heard.append(fraction))
    region = slice(10, 60), slice(10, 60)
    Propagator(photo).solve(scribble(photo.shape), region=region, on_region=lambda part: None, token=token)
    assert all(before <= after for before, after in pairwise(heard))


# -- recolouring -------------------------------------------------------------------------------------


def _one_stroke(constraints: Constraints) -> np.ndarray:
    return (constraints.values == constraints.values[len(constraints) // 2]).all(axis=1)


@pytest.mark.parametrize("screening", [0.0, 0.003])
def test_recolouring_without_a_solve(
    photo: np.ndarray, scribble: Scribble, pyramid: None, weights: Weights, screening: float
) -> None:
    luminance = photo[:90, :110]
    constraints = scribble(luminance.shape, 12, seed=5)
    chosen = _one_stroke(constraints)
    assert 0 < chosen.sum() < len(constraints)
    painted = Propagator(luminance, weights=weights)
    before = painted.solve(constraints, screening=screening)
    kept = before.chroma.copy()
    influence = painted.influence(constraints, chosen, screening=screening)
    slack = 0.5 / 255
    assert (influence.phi.dtype, influence.phi.shape) == (np.float32, luminance.shape)
    assert influence.phi.min() >= -slack
    assert influence.phi.max() <= 1 + slack
    np.testing.assert_array_equal(influence.phi.ravel()[constraints.indices], chosen)
    for change in np.array([[100.0, -60.0], [-3.0, 0.0], [0.0, 0.0]]):
        values = constraints.values + (chosen[:, None] * change).astype(np.float32)
        recoloured = influence.recoloured(before, change)
        exact = _exactly(
            luminance, Constraints(constraints.shape, constraints.indices, values), weights, screening
        )
        error = np.abs(recoloured.chroma - exact)
        assert error.max() < LAB_TOLERANCE.maximum + np.abs(change).max() * slack
        assert (recoloured.iterations, recoloured.converged) == (before.iterations, before.converged)
    np.testing.assert_array_equal(before.chroma, kept)


def test_the_solution_is_kept_while_an_influence_is_found(
    photo: np.ndarray, scribble: Scribble, pyramid: None
) -> None:
    constraints, more = (scribble(photo.shape, n, seed=2) for n in (20, 21))
    asked, calm = Propagator(photo), Propagator(photo)
    for painted in (asked, calm):
        painted.solve(constraints)
    asked.influence(constraints, _one_stroke(constraints))
    found, expected = asked.solve(more), calm.solve(more)
    assert found.iterations == expected.iterations
    np.testing.assert_array_equal(found.chroma, expected.chroma)


def test_the_solution_is_kept_when_an_influence_is_cancelled(
    photo: np.ndarray, scribble: Scribble, pyramid: None
) -> None:
    constraints, more = (scribble(photo.shape, n, seed=2) for n in (20, 21))
    asked, calm = Propagator(photo), Propagator(photo)
    for painted in (asked, calm):
        painted.solve(constraints)
    token = _cancelling("Spreading the colours", 2)
    with pytest.raises(Cancelled):
        asked.influence(constraints, _one_stroke(constraints), token=token)
    np.testing.assert_array_equal(asked.solve(more).chroma, calm.solve(more).chroma)


def test_influence_before_anything_else(photo: np.ndarray, scribble: Scribble, pyramid: None) -> None:
    constraints = scribble(photo.shape, 12, seed=5)
    painted = Propagator(photo, prepare=False)
    everything = painted.influence(constraints, np.ones(len(constraints), np.bool_))
    np.testing.assert_allclose(everything.phi, 1, atol=0.5 / 255)
    nothing = painted.influence(constraints, np.zeros(len(constraints), np.bool_))
    np.testing.assert_allclose(nothing.phi, 0, atol=0.5 / 255)


# -- channels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("channels", [1, 3, 4, 5])
def test_any_number_of_channels(
    photo: np.ndarray, scribble: Scribble, pyramid: None, weights: Weights, channels: int
) -> None:
    luminance = photo[:70, :80]
    painted = Propagator(luminance, weights=weights)
    for count, seed in ((channels, 0), (2, 1), (channels, 1), (6 - channels, 2), (channels, 0)):
        constraints = scribble(luminance.shape, 15, count, seed)
        found = painted.solve(constraints)
        assert found.chroma.shape == (*luminance.shape, count)
        _assert_found(found, _exactly(luminance, constraints, weights))
        np.testing.assert_array_equal(found.chroma[constraints.mask()], constraints.values)


def test_every_pair_of_channels_starts_from_its_own_solution(
    photo: np.ndarray, scribble: Scribble, pyramid: None
) -> None:
    painted = Propagator(photo)
    constraints = scribble(photo.shape, 30, 5)
    cold = painted.solve(constraints).iterations
    assert painted.solve(constraints).iterations <= min(6, cold - 1)


@pytest.mark.parametrize("value", [1e-6, 1e4, 1e8])
def test_colours_of_any_size(photo: np.ndarray, weights: Weights, value: float) -> None:
    luminance = photo[:60, :70]
    mask = np.eye(*luminance.shape) > 0
    constraints = Constraints.of_mask(mask, np.full((*luminance.shape, 2), (value, -value)))
    painted = Propagator(luminance, weights=weights)
    found = painted.solve(constraints, tolerance=Tolerance(value / 500, value / 500))
    expected = np.broadcast_to(np.array([value, -value]), found.chroma.shape)
    np.testing.assert_allclose(found.chroma, expected, rtol=0, atol=value / 250)


# -- threads -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("own", [False, True], ids=["one propagator", "two propagators"])
def test_two_threads(
    photo: np.ndarray, scribble: Scribble, pyramid: None, weights: Weights, own: bool
) -> None:
    luminance = photo[:80, :100]
    sets = [scribble(luminance.shape, 15 + seed, seed=seed) for seed in range(4)]
    exact = [_exactly(luminance, constraints, weights) for constraints in sets]
    first = Propagator(luminance, weights=weights, prepare=False)
    second = Propagator(luminance, weights=weights, prepare=False) if own else first
    started = threading.Barrier(2)

    def paint(painted: Propagator, order: list[int]) -> None:
        started.wait(PATIENCE)
        for number in order:
            painted.preview(sets[number])
            _assert_found(painted.solve(sets[number]), exact[number])
            painted.influence(sets[number], _one_stroke(sets[number]))

    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(paint, first, [0, 1, 2, 3]), threads.submit(paint, second, [3, 0, 2, 1])]
        for thread in running:
            thread.result(PATIENCE)


def test_two_threads_prepare_once(photo: np.ndarray, pyramid: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[int, int]] = []
    prepared = Propagator._prepared_symmetric

    def counted(self: Propagator, token: ProgressToken) -> fast.SymmetricSolver:
        made.append(self.shape)
        return prepared(self, token)

    monkeypatch.setattr(Propagator, "_prepared_symmetric", counted)
    painted = Propagator(photo, prepare=False)
    with ThreadPoolExecutor(2) as threads:
        for thread in [threads.submit(painted.prepare) for _ in range(4)]:
            thread.result(PATIENCE)
    assert made == [photo.shape]


# -- progress and cancelling -------------------------------------------------------------------------


def _cancelling(stage: str, report: int) -> ProgressToken:
    """A token that is cancelled at some report of a stage."""
    seen = 0

    def heard(fraction: float, name: str) -> None:
        nonlocal seen
        seen += name == stage
        if seen == report:
            token.cancel()

    token = ProgressToken(heard)
    return token


@pytest.mark.parametrize("report", [1, 3, 4])
@pytest.mark.parametrize("solving", [False, True])
def test_cancelled_while_preparing(
    photo: np.ndarray, scribble: Scribble, pyramid: None, weights: Weights, report: int, solving: bool
) -> None:
    luminance = photo[:80, :100]
    painted = Propagator(luminance, weights=weights, prepare=False)
    constraints = scribble(luminance.shape)
    token = _cancelling("Grouping pixels", report)
    with pytest.raises(Cancelled):
        if solving:
            painted.solve(constraints, token=token)
        else:
            painted.prepare(token)
    assert painted._fast is None
    _assert_found(painted.solve(constraints), _exactly(luminance, constraints, weights))


@pytest.mark.parametrize("report", [1, 4, 9])
def test_cancelled_while_solving(
    photo: np.ndarray, scribble: Scribble, pyramid: None, weights: Weights, report: int
) -> None:
    """Of four channels, in the first pair or in the second."""
    luminance = photo[:80, :100]
    painted = Propagator(luminance, weights=weights)
    first, second = (scribble(luminance.shape, 20, 4, seed) for seed in (0, 1))
    painted.solve(first)
    with pytest.raises(Cancelled):
        painted.solve(second, token=_cancelling("Spreading the colours", report))
    for constraints in (second, first):
        _assert_found(painted.solve(constraints), _exactly(luminance, constraints, weights))


def test_cancelled_in_a_preview(photo: np.ndarray, scribble: Scribble, pyramid: None) -> None:
    constraints = scribble(photo.shape, 40, seed=2)
    exact = _exactly(photo, constraints)
    painted = Propagator(photo)
    with pytest.raises(Cancelled):
        painted.preview(constraints, token=_cancelling("Spreading the colours", 2))
    _assert_previewed(painted.preview(constraints), constraints, exact)
    _assert_found(painted.solve(constraints), exact)


@pytest.mark.parametrize("channels", [2, 5])
def test_progress_goes_forwards_only(
    photo: np.ndarray, scribble: Scribble, pyramid: None, weights: Weights, channels: int
) -> None:
    luminance = photo[:80, :100]
    heard: list[float] = []
    stages: list[str] = []

    def hear(fraction: float, stage: str) -> None:
        heard.append(fraction)
        stages.append(stage)

    painted = Propagator(luminance, weights=weights, prepare=False)
    for strokes in (20, 21):
        constraints = scribble(luminance.shape, strokes, channels)
        heard.clear()
        painted.solve(constraints, token=ProgressToken(hear))
        assert len(heard) > 2
        assert all(before <= after for before, after in pairwise(heard))
        assert heard[0] >= 0
        assert 0.5 < heard[-1] <= 1
    assert {"Grouping pixels", "Spreading the colours"} <= set(stages)
