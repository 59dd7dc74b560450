"""Spreading chroma from strokes: times, errors, memory; beside direct solves, pyamg and the memory's speed.

Pictures are mosaics of photos at their own resolution, with the detail that a solver meets in a photo;
strokes are random walks with the true a*b*. Errors are in units of a*b*, held against a direct solve where
one is made in the same test, and against our own solution to a fiftieth of the tolerance elsewhere.

``BENCH_SCALE=0.02`` makes all pictures that much smaller: to try the benchmarks, not to measure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pytest
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import spsolve
from skimage import data

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.progress import ProgressToken
from colorstudio.propagation.affinity import levin_affinities, published_weights, symmetric_couplings
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.exact import _links
from colorstudio.propagation.propagator import LAB_TOLERANCE, Propagator, Tolerance, Weights
from colorstudio.propagation.warming import compile_kernels
from colorstudio.threads import usable_cores

P = ParamSpec("P")
T = TypeVar("T")
Report = Callable[..., None]
Floats = NDArray[np.floating[Any]]

_SCALE = float(os.environ.get("BENCH_SCALE", "1"))
_MEGAPIXELS = (0.25, 1, 4, 12)
_SHARES = {"sparse": 0.001, "usual": 0.02}
_REPEATS = 5
_FEWER = 3  # at 12 MP, and where a preparation takes seconds
_FRAMES = 30
_TILE = 300  # pixels: no photo is smaller
_REFERENCE = Tolerance(0.005, 0.01)
_RMS_ALONE = Tolerance(LAB_TOLERANCE.rms, 255)
_SECONDS: dict[str, dict[float, float]] = defaultdict(dict)  # by size, for the growth
_BYTES: dict[str, dict[float, float]] = defaultdict(dict)

# A session of its own: what it holds at most after each stage, in bytes.
_SESSION = """
import json, sys
from pathlib import Path
import numpy as np
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import Propagator
from colorstudio.propagation.warming import compile_kernels
from colorstudio.services.batch import peak_memory_bytes

def constraints(names):
    return Constraints(luminance.shape, *(given[name] for name in names))

def held():
    reset = Path("/proc/self/clear_refs")
    if reset.exists():  # Linux: what was held for a moment is forgotten
        reset.write_text("5")
    return peak_memory_bytes()

peaks = {"imported": held()}
compile_kernels()
peaks["warm"] = held()
given = np.load(sys.argv[1])
luminance = given["luminance"]
propagator = Propagator(luminance)
peaks["prepared"] = peak_memory_bytes()
answer = propagator.solve(constraints(("indices", "values")))
del answer
peaks["answered"] = peak_memory_bytes()
more = constraints(("more_indices", "more_values"))
top, bottom, left, right = given["window"]
chroma = propagator.preview(more)
window = slice(top, bottom), slice(left, right)
answer = propagator.solve(more, region=window, on_region=lambda chroma: None)
peaks["painted"] = peak_memory_bytes()
print(json.dumps(peaks))
"""


# -- pictures and strokes ----------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Photo:
    """A photo's L* / 100 ``(H, W)`` and a*b* ``(H, W, 2)``."""

    luminance: NDArray[np.float32]
    chroma: NDArray[np.float32]

    @property
    def shape(self) -> tuple[int, int]:
        return self.luminance.shape[0], self.luminance.shape[1]

    @property
    def window(self) -> tuple[slice, slice]:
        """What a screen shows pixel by pixel: 1080 x 1920 in the middle of 12 megapixels."""
        rows, cols = (round(share * side) for share, side in zip((0.36, 0.48), self.shape, strict=True))
        top, left = (self.shape[0] - rows) // 2, (self.shape[1] - cols) // 2
        return slice(top, top + rows), slice(left, left + cols)


@cache
def _photo(megapixels: float) -> Photo:
    """A mosaic, 4 to 3: crops of photos at their own resolution, turned and mirrored."""
    height = round((_SCALE * megapixels * 1e6 * 3 / 4) ** 0.5)
    shape = (height, round(height * 4 / 3))
    photos = [data.astronaut(), data.coffee(), data.chelsea(), data.rocket(), data.stereo_motorcycle()[0]]
    photos += [data.retina(), data.hubble_deep_field(), data.immunohistochemistry()]
    rng = np.random.default_rng(0)
    rgb = np.zeros((*shape, 3), np.uint8)
    number = 0
    for top in range(0, shape[0], _TILE):
        for left in range(0, shape[1], _TILE):
            photo = photos[number % len(photos)]
            number += 1
            row, col = (rng.integers(0, side - _TILE + 1) for side in photo.shape[:2])
            tile = np.rot90(photo[row : row + _TILE, col : col + _TILE], int(rng.integers(4)))
            tile = tile[:, :: rng.choice((-1, 1))]
            part = rgb[top : top + _TILE, left : left + _TILE]
            part[:] = tile[: part.shape[0], : part.shape[1]]
    lab = srgb_to_lab(rgb / np.float32(255))
    return Photo(lab[..., 0] / np.float32(100), np.ascontiguousarray(lab[..., 1:]))


def _paint(mask: NDArray[np.bool_], rng: np.random.Generator, of_pixels: int, length: int = 150) -> None:
    """Paint a random walk: at 1 MP about `length` pixels long and 5 wide."""
    size = (of_pixels / 1e6) ** 0.5
    radius = max(1.5, 2.5 * size**0.5)
    turns = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.08, max(20, round(length * size))))
    path = np.stack([np.cumsum(np.sin(turns)), np.cumsum(np.cos(turns))], axis=1)
    path = np.rint(path + rng.uniform((0, 0), mask.shape)).astype(np.int64)
    reach = np.mgrid[-int(radius) : int(radius) + 1, -int(radius) : int(radius) + 1].reshape(2, -1).T
    for step in reach[np.hypot(*reach.T) <= radius]:
        rows, cols = (path + step).T
        inside = (rows >= 0) & (cols >= 0) & (rows < mask.shape[0]) & (cols < mask.shape[1])
        mask[rows[inside], cols[inside]] = True


def _strokes(photo: Photo, share: float) -> Constraints:
    """Strokes in the true colours over this share of the photo."""
    rng = np.random.default_rng(1)
    mask = np.zeros(photo.shape, np.bool_)
    while np.count_nonzero(mask) < share * mask.size:
        _paint(mask, rng, mask.size, 150 if share > 0.005 else 60)
    return Constraints.of_mask(mask, photo.chroma)


class Canvas:
    """A photo that gets one more stroke at a time, each in one colour of its own."""

    def __init__(self, photo: Photo) -> None:
        self._photo = photo
        self._chroma = photo.chroma.copy()
        self._mask = _strokes(photo, _SHARES["usual"]).mask()
        self._rng = np.random.default_rng(2)

    def constraints(self) -> Constraints:
        return Constraints.of_mask(self._mask, self._chroma)

    def painted(self, window: tuple[slice, slice] | None = None) -> Constraints:
        """The constraints with one more stroke, within a part of the photo or anywhere."""
        stroke = np.zeros_like(self._mask)
        _paint(stroke[window] if window else stroke, self._rng, stroke.size, 200)
        self._mask |= stroke
        self._chroma[stroke] = self._rng.uniform(-60, 60, 2)
        return self.constraints()


# -- measuring ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def compiled_kernels() -> None:
    """Nothing is compiled, or read from the disk, while something is measured."""
    compile_kernels()


def _timed(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[float, T]:
    start = time.perf_counter()
    result = work(*args, **kwargs)
    return time.perf_counter() - start, result


def _error(found: Floats, expected: Floats) -> dict[str, float]:
    difference = found.astype(np.float64) - expected
    return {"error_rms": float(np.mean(difference**2) ** 0.5), "error_max": float(np.abs(difference).max())}


def _reference(propagator: Propagator, constraints: Constraints) -> NDArray[np.float32]:
    found = propagator.solve(constraints, tolerance=_REFERENCE)
    assert found.converged
    return found.chroma


def _named(megapixels: float) -> str:
    return f"{megapixels * _SCALE:g} MP"


@dataclass(frozen=True, eq=False)
class FirstAnswer:
    """Medians in seconds, and the last of the propagators with its answer."""

    preparation: float
    answer: float
    from_nothing: float
    propagator: Propagator
    chroma: NDArray[np.float32]
    iterations: int


def _first_answer(
    photo: Photo, constraints: Constraints, repeats: int, weights: Weights = "symmetric"
) -> FirstAnswer:
    """Prepare and solve, each time from nothing: a propagator starts from its last solution."""
    times: list[tuple[float, float]] = []
    for repeat in range(repeats):
        preparation, propagator = _timed(Propagator, photo.luminance, weights=weights)
        answer, found = _timed(propagator.solve, constraints)
        times.append((preparation, answer))
        if repeat == repeats - 1:
            assert found.converged
            medians = (
                median(a for a, _ in times),
                median(b for _, b in times),
                median(a + b for a, b in times),
            )
            return FirstAnswer(*medians, propagator, found.chroma, found.iterations)
        del propagator, found  # two would be more than a machine may hold
    raise AssertionError


# -- by size -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("strokes", _SHARES)
@pytest.mark.parametrize("megapixels", _MEGAPIXELS)
def test_first_answer(megapixels: float, strokes: str, report: Report) -> None:
    photo = _photo(megapixels)
    constraints = _strokes(photo, _SHARES[strokes])
    first = _first_answer(photo, constraints, _REPEATS if megapixels < 12 else _FEWER)
    error = _error(first.chroma, _reference(first.propagator, constraints))
    report(
        f"propagation, {strokes} strokes, {_named(megapixels)}",
        preparation_seconds=first.preparation,
        first_answer_ms=1000 * first.answer,
        from_nothing_seconds=first.from_nothing,
        iterations=first.iterations,
        **error,
    )
    _SECONDS["preparation"][megapixels] = first.preparation
    _SECONDS[f"first_answer_{strokes}"][megapixels] = first.answer


@pytest.mark.parametrize("megapixels", _MEGAPIXELS)
def test_memory(megapixels: float, tmp_path: Path, report: Report) -> None:
    """A session of preparing, a first answer, a preview, and a stroke on the screen and beyond."""
    photo = _photo(megapixels)
    canvas = Canvas(photo)
    given, more = canvas.constraints(), canvas.painted(photo.window)
    np.savez(
        tmp_path / "photo.npz",
        luminance=photo.luminance,
        indices=given.indices,
        values=given.values,
        more_indices=more.indices,
        more_values=more.values,
        window=np.array([[part.start, part.stop] for part in photo.window]).reshape(-1),
    )
    command = [sys.executable, "-c", _SESSION, str(tmp_path / "photo.npz")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    peaks: dict[str, int | None] = json.loads(done.stdout)
    known = {stage: peak for stage, peak in peaks.items() if peak is not None}
    if len(known) < len(peaks):
        pytest.skip("This system does not tell how much memory a process has held.")
    report(
        f"memory, {_named(megapixels)}",
        peak_gb=known["painted"] / 1e9,
        prepared_beyond_import_gb=(known["prepared"] - known["imported"]) / 1e9,
        answered_beyond_import_gb=(known["answered"] - known["imported"]) / 1e9,
        peak_beyond_import_gb=(known["painted"] - known["imported"]) / 1e9,
        bytes_a_pixel=(known["painted"] - known["warm"]) / photo.luminance.size,
    )
    _BYTES["memory"][megapixels] = known["painted"] - known["warm"]


def test_growth(report: Report) -> None:
    """The exponent of the pixels that time and memory grow with: 1 is linear."""
    series = {name: by_size for name, by_size in (_SECONDS | _BYTES).items() if len(by_size) > 1}
    if not series:
        pytest.skip("The growth is that of the tests above.")
    exponents = {
        name: float(np.polyfit(np.log(list(by_size)), np.log(list(by_size.values())), 1)[0])
        for name, by_size in series.items()
    }
    report("growth with the pixels", **exponents)


# -- beside other solvers ----------------------------------------------------------------------------


def _system(photo: Photo, constraints: Constraints, weights: Weights) -> tuple[sp.csr_array, Floats]:
    """The free pixels' equations: their matrix, and the right-hand side of both channels."""
    model = published_weights if weights == "levin" else symmetric_couplings
    links = _links(model(levin_affinities(photo.luminance)), photo.luminance.size)
    unknowns = np.setdiff1d(np.arange(photo.luminance.size), constraints.indices, assume_unique=True)
    rows = links[unknowns]
    system = sp.diags(np.asarray(rows.sum(axis=1)).reshape(-1)) - rows[:, unknowns]
    return sp.csr_array(system), rows[:, constraints.indices] @ constraints.values.astype(np.float64)


def _of_the_free(chroma: Floats, constraints: Constraints) -> Floats:
    """Those pixels' chroma, ``(N, 2)``."""
    return np.delete(chroma.reshape(-1, 2), constraints.indices, axis=0)


@pytest.mark.parametrize("weights", ["levin", "symmetric"])
@pytest.mark.parametrize("megapixels", [0.25, 1])
def test_beside_spsolve(megapixels: float, weights: Weights, report: Report) -> None:
    photo = _photo(megapixels)
    constraints = _strokes(photo, _SHARES["usual"])
    repeats = _FEWER if weights == "levin" else _REPEATS
    first = _first_answer(photo, constraints, repeats, weights)
    system, rhs = _system(photo, constraints, weights)
    direct_seconds, exact = _timed(spsolve, system.tocsc(), rhs, use_umfpack=False)
    report(
        f"beside spsolve, {weights}, {_named(megapixels)}",
        spsolve_seconds=direct_seconds,
        preparation_seconds=first.preparation,
        first_answer_ms=1000 * first.answer,
        times_faster=direct_seconds / first.answer,
        times_faster_from_nothing=direct_seconds / first.from_nothing,
        iterations=first.iterations,
        **_error(_of_the_free(first.chroma, constraints), np.asarray(exact)),
    )


@pytest.mark.parametrize("megapixels", [0.25, 1])
def test_beside_pyamg(megapixels: float, report: Report) -> None:
    """Smoothed aggregation with our threshold, and conjugate gradients to the same largest error."""
    pyamg = pytest.importorskip(
        "pyamg", reason="no pyamg to compare with: pip install '.[bench]'", exc_type=ImportError
    )
    photo = _photo(megapixels)
    constraints = _strokes(photo, _SHARES["usual"])
    first = _first_answer(photo, constraints, _REPEATS)
    exact = _of_the_free(_reference(first.propagator, constraints), constraints)
    system, rhs = _system(photo, constraints, "symmetric")
    indices = system.indices.astype(np.int32), system.indptr.astype(np.int32)  # it takes no others
    setup_seconds, levels = _timed(
        pyamg.smoothed_aggregation_solver,
        sp.csr_matrix((system.data, *indices), shape=system.shape),
        strength=("symmetric", {"theta": 0.05}),
        presmoother=("gauss_seidel", {"sweep": "symmetric"}),
        postsmoother=("gauss_seidel", {"sweep": "symmetric"}),
        improve_candidates=None,
        max_coarse=200,
    )
    solve_seconds, iterations = 0.0, 0
    for channel in range(2):
        # It is stopped by no test of its own, but as soon as its error is as small as ours has to be.
        errors: list[float] = []
        expected = exact[:, channel]
        b = rhs[:, channel]

        def note(x: Floats, errors: list[float] = errors, expected: Floats = expected) -> None:
            errors.append(float(np.abs(x - expected).max()))

        for limit in range(10, 110, 10):
            errors.clear()
            levels.solve(b, tol=1e-30, maxiter=limit, accel="cg", callback=note)
            if min(errors) < LAB_TOLERANCE.maximum:
                break
        needed = 1 + next(i for i, error in enumerate(errors) if error < LAB_TOLERANCE.maximum)
        solve_seconds += _timed(levels.solve, b, tol=1e-30, maxiter=needed, accel="cg")[0]
        iterations = max(iterations, needed)
    report(
        f"beside pyamg, {_named(megapixels)}",
        pyamg_setup_seconds=setup_seconds,
        pyamg_solve_seconds=solve_seconds,
        pyamg_iterations=iterations,
        first_answer_ms=1000 * first.answer,
        times_faster=solve_seconds / first.answer,
        times_faster_with_setup=(setup_seconds + solve_seconds) / first.answer,
        times_faster_from_nothing=(setup_seconds + solve_seconds) / first.from_nothing,
    )


# -- while somebody paints ---------------------------------------------------------------------------


@pytest.mark.parametrize("megapixels", [1, 12])
@pytest.mark.parametrize("tolerance", [_RMS_ALONE, LAB_TOLERANCE], ids=["rms", "maximum"])
def test_one_more_stroke(megapixels: float, tolerance: Tolerance, report: Report) -> None:
    """The whole frame after a stroke; the error is that after the last of several strokes."""
    canvas = Canvas(_photo(megapixels))
    propagator = Propagator(_photo(megapixels).luminance)
    propagator.solve(canvas.constraints())
    solves = [_timed(propagator.solve, canvas.painted(), tolerance=tolerance) for _ in range(_REPEATS)]
    asked_for = "maximum < 0.5" if tolerance is LAB_TOLERANCE else "RMS < 0.25"
    report(
        f"one more stroke, {asked_for}, {_named(megapixels)}",
        stroke_ms=1000 * median(seconds for seconds, _ in solves),
        iterations=median(found.iterations for _, found in solves),
        **_error(solves[-1][1].chroma, _reference(propagator, canvas.constraints())),
    )


def _shown_first(
    propagator: Propagator, constraints: Constraints, window: tuple[slice, slice]
) -> tuple[float, float, NDArray[np.float32]]:
    """Seconds until the window is there and until all is, and the window's chroma."""
    shown: list[tuple[float, NDArray[np.float32]]] = []
    start = time.perf_counter()

    def show(chroma: NDArray[np.float32]) -> None:
        shown.append((time.perf_counter() - start, chroma))

    propagator.solve(constraints, region=window, on_region=show)
    return shown[0][0], time.perf_counter() - start, shown[0][1]


def test_stroke_on_the_screen(report: Report) -> None:
    photo = _photo(12)
    canvas = Canvas(photo)
    propagator = Propagator(photo.luminance)
    propagator.solve(canvas.constraints())
    # The first stroke in a window prepares it.
    first_seconds, _, _ = _shown_first(propagator, canvas.painted(photo.window), photo.window)
    solves = [_shown_first(propagator, canvas.painted(photo.window), photo.window) for _ in range(_REPEATS)]
    shown, exact = solves[-1][2], _reference(propagator, canvas.constraints())[photo.window]
    beyond = np.abs(shown - exact).max(axis=-1) > LAB_TOLERANCE.maximum
    report(
        f"a stroke on the screen, {_named(12)}",
        window_ms=1000 * median(seconds for seconds, _, _ in solves),
        whole_frame_after_it_ms=1000 * median(seconds for _, seconds, _ in solves),
        window_first_time_ms=1000 * first_seconds,
        share_beyond_tolerance=float(beyond.mean()),
        **_error(shown, exact),
    )


@pytest.mark.parametrize("megapixels", [1, 12])
def test_preview(megapixels: float, report: Report) -> None:
    """While the pen is down on a prepared photo that was solved before, and on one not yet prepared."""
    photo = _photo(megapixels)
    canvas = Canvas(photo)
    propagator = Propagator(photo.luminance, prepare=False)
    given = canvas.constraints()
    small_seconds, early = _timed(propagator.preview, given)
    early_seconds = median(_timed(propagator.preview, given)[0] for _ in range(_REPEATS))
    early_error = _error(early, _reference(propagator, given))
    previews = [_timed(propagator.preview, canvas.painted()) for _ in range(_REPEATS)]
    report(
        f"preview of a stroke, {_named(megapixels)}",
        preview_ms=1000 * median(seconds for seconds, _ in previews),
        **_error(previews[-1][1], _reference(propagator, canvas.constraints())),
    )
    report(
        f"preview unprepared, {_named(megapixels)}",
        first_ms=1000 * small_seconds,
        again_ms=1000 * early_seconds,
        **early_error,
    )


def test_recolouring(report: Report) -> None:
    """A stroke that is there gets another colour, frame after frame, without a solve."""
    canvas = Canvas(_photo(1))
    propagator = Propagator(_photo(1).luminance)
    before, constraints = canvas.constraints(), canvas.painted()
    chosen = ~np.isin(constraints.indices, before.indices)
    found = propagator.solve(constraints)
    influence_seconds, influence = _timed(propagator.influence, constraints, chosen)
    changes = np.random.default_rng(3).uniform(-60, 60, (_FRAMES, 2))
    frames = [_timed(influence.recoloured, found, change) for change in changes]
    frame = median(seconds for seconds, _ in frames)
    values = constraints.values + chosen[:, None] * changes[-1].astype(np.float32)
    wanted = Constraints(constraints.shape, constraints.indices, values)
    report(
        f"recolouring a stroke, {_named(1)}",
        influence_ms=1000 * influence_seconds,
        frame_ms=1000 * frame,
        frames_a_second=1 / frame,
        **_error(frames[-1][1].chroma, _reference(propagator, wanted)),
    )


# -- the floor ---------------------------------------------------------------------------------------


def _bandwidth() -> float:
    """Bytes a second from and to memory, all cores together: sums of long arrays, the best of several."""
    size, cores = 40_000_000, usable_cores()
    a, b, c = (np.ones(size, np.float32) for _ in range(3))
    parts = [slice(i * size // cores, (i + 1) * size // cores) for i in range(cores)]
    with ThreadPoolExecutor(cores) as pool:

        def add(part: slice) -> None:
            np.add(a[part], b[part], out=c[part])

        seconds = min(_timed(lambda: list(pool.map(add, parts)))[0] for _ in range(7))
    return 3 * a.nbytes / seconds


# What one iteration reads and writes of each pixel, in bytes, if each plane passes once in a sweep. All
# values take 4 bytes; "2" are both channels of a vector. The three sweeps of the symmetric model:
#   prolong_and_smooth  reads 4 couplings, inverse, label, 2 r, 2 q; writes 2 z                   12 values
#   direct              reads 4 couplings, 2 z, 2 p, 2 r; writes 2 p_next, 2 q                    14 values
#   step_and_restrict   reads 4 couplings, inverse, label, 2 r, 2 q, 2 p, 2 x;
#                       writes 2 r_next, 2 x                                                      18 values
_BYTES_OF_A_PIXEL = 4 * (12 + 14 + 18)
# And of each node of the coarse levels, if every level is corrected once and nodes have near edges alone.
# Edges are 8 indices, 8 values and 1 pointer; kernels of two loops read twice:
#   _relax    reads 2 rhs, inverse; writes 2 y; reads edges, loss, 2 rhs, 2 y; writes 2 left      29 values
#   _restrict reads 2 left, child                                                                  3 values
#   _prolong  reads parent, 2 y; writes 2 y; reads edges, loss, inverse, 2 rhs, 2 y; writes 2 z   30 values
#   _image    reads edges, loss, 2 z, 2 rhs, 2 v; writes 2 image                                  26 values
#   _remove   reads 2 v, 2 b; writes 2 r                                                           6 values
# The second correction of a level, edges beyond the eighth, and what a cache has to read before it can be
# written come on top: they are part of the distance to the floor.
_BYTES_OF_A_NODE = 4 * (29 + 3 + 30 + 26 + 6)


@pytest.mark.parametrize("megapixels", [1, 12])
def test_distance_to_the_floor(megapixels: float, report: Report) -> None:
    """The time of an iteration, and of a first answer, over that of moving its bytes."""
    photo = _photo(megapixels)
    constraints = _strokes(photo, _SHARES["usual"])
    first = _first_answer(photo, constraints, repeats=2)
    solver = first.propagator._fast
    assert solver is not None
    pixels, nodes = photo.luminance.size, len(solver.levels.rhs)
    bandwidth = _bandwidth()
    floor = (pixels * _BYTES_OF_A_PIXEL + nodes * _BYTES_OF_A_NODE) / bandwidth

    def iterations(count: int) -> float:
        solver.exchange()
        solver.set(constraints.indices, constraints.values)
        return _timed(solver.refine, 1e-9, 1e-9, ProgressToken(), count)[0]

    # The difference leaves out what comes before the first iteration.
    each = [(iterations(6) - iterations(1)) / 5 for _ in range(_REPEATS)]
    report(
        f"the floor, {_named(megapixels)}",
        bandwidth_gb_s=bandwidth / 1e9,
        bytes_a_pixel=(pixels * _BYTES_OF_A_PIXEL + nodes * _BYTES_OF_A_NODE) / pixels,
        nodes_a_pixel=nodes / pixels,
        iteration_ms=1000 * median(each),
        iteration_floor_ms=1000 * floor,
        iteration_over_floor=median(each) / floor,
        first_answer_over_floor=first.answer / (first.iterations * floor),
    )
