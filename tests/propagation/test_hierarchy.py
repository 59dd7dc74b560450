"""The coarse levels against matrices built with SciPy, and after any change of the constraints."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from colorstudio.progress import ProgressToken
from colorstudio.propagation import graph, hierarchy, stencil
from colorstudio.propagation.fast import GraphSolver
from colorstudio.propagation.hierarchy import Hierarchy

Pictures = dict[str, NDArray[np.floating]]
Links = Callable[[NDArray[np.float32]], sp.csr_array]
Screening = float | NDArray[np.floating]

# Three bands high and with several levels; of noise the groups have many neighbours.
LUMINANCES = {
    "smooth": np.add.outer(np.sin(np.arange(70) / 5), np.cos(np.arange(64) / 3)) / 4 + 0.5,
    "noise": np.random.default_rng(8).random((70, 40)),
    "black and white": (np.random.default_rng(9).random((66, 50)) > 0.5) * 1.0,
}


def _couplings(luminance: np.ndarray) -> np.ndarray:
    single = np.ascontiguousarray(luminance, np.float32)
    return stencil.couplings(single, stencil.inverse_sigmas(single))


def _solver(luminance: np.ndarray) -> GraphSolver:
    return GraphSolver(_couplings(luminance), ProgressToken())


def _some(shape: tuple[int, int], share: float, seed: int) -> NDArray[np.int64]:
    return np.flatnonzero(np.random.default_rng(seed).random(shape) < share)


def _screening(kind: str, shape: tuple[int, int]) -> Screening:
    return {
        "no screening": 0.0,
        "screened": 0.03,
        "screened unevenly": np.random.default_rng(2).uniform(0, 0.1, shape),
    }[kind]


def _sizes(levels: Hierarchy) -> list[int]:
    return np.diff(levels._start).tolist()


def _edges(levels: Hierarchy, level: int) -> sp.csr_array:
    """The edges of a level as a matrix."""
    first, last = levels._start[level], levels._start[level + 1]
    near_index, near_value, far_pointer, far_index, far_value = levels._edges
    rows = [np.repeat(np.arange(first, last), graph.NEAR)]
    cols, values = [near_index[first:last].ravel()], [near_value[first:last].ravel()]
    far = slice(int(far_pointer[first]), int(far_pointer[last]))
    rows.append(np.repeat(np.arange(first, last), np.diff(far_pointer[first : last + 1].astype(np.int64))))
    cols.append(far_index[far])
    values.append(far_value[far])
    coordinates = np.concatenate(rows) - first, np.concatenate(cols).astype(np.int64) - first
    size = last - first
    out = sp.coo_array((np.concatenate(values).astype(np.float64), coordinates), shape=(size, size))
    return out.tocsr()


def _values(levels: Hierarchy) -> list[np.ndarray]:
    _, near, _, _, far = levels._edges
    return [
        near, far, levels._leak, levels._mass, levels._loss, levels._inverse, levels._inverse_of_last,
        levels.label,
    ]  # fmt: skip


def _afresh(
    couplings: np.ndarray, constrained: NDArray[np.int64], screening: Screening = 0.0
) -> list[np.ndarray]:
    """The values of new levels that never had other constraints, nor were told of a change."""
    solver = GraphSolver(couplings, ProgressToken())
    label = solver.levels.label[1:-1, 1:-1]
    mask = np.zeros(label.size, np.bool_)
    mask[constrained] = True
    label[mask.reshape(label.shape)] *= -1
    if not solver.screen(screening):
        solver.levels.weigh_all(solver._leak)
    return _values(solver.levels)


@pytest.fixture(params=LUMINANCES)
def luminance(request: pytest.FixtureRequest) -> np.ndarray:
    return LUMINANCES[request.param]


def test_levels_become_smaller_and_each_node_has_one_parent(luminance: np.ndarray) -> None:
    levels = _solver(luminance).levels
    sizes = _sizes(levels)
    assert len(sizes) > 1
    assert sizes[-1] <= 200
    for level, (fine, coarse) in enumerate(pairwise(sizes)):
        assert coarse < 0.6 * fine
        first, last = levels._start[level], levels._start[level + 1]
        parents = levels._parent[first:last].astype(np.int64)
        np.testing.assert_array_equal(np.unique(parents), np.arange(last, last + coarse))
        for node in range(last, last + coarse):
            children = levels._child[levels._child_pointer[node] : levels._child_pointer[node + 1]]
            np.testing.assert_array_equal(children, first + np.flatnonzero(parents == node))


@pytest.mark.parametrize("share", [0.0, 0.05, 0.9])
def test_edges_are_symmetric(luminance: np.ndarray, share: float) -> None:
    solver = _solver(luminance)
    solver.constrain(_some(luminance.shape, share, 1))
    for level in range(len(_sizes(solver.levels))):
        edges = _edges(solver.levels, level)
        assert not edges.diagonal().any()
        assert edges.data.min(initial=0) >= 0
        # The same couplings, added in another order.
        assert abs(edges - edges.T).max() <= 1e-5 * edges.max()
        assert ((edges > 0) != (edges.T > 0)).nnz == 0


@pytest.mark.parametrize("kind", ["no screening", "screened", "screened unevenly"])
def test_the_sum_of_a_row_is_exactly_its_loss(luminance: np.ndarray, kind: str) -> None:
    solver = _solver(luminance)
    solver.screen(_screening(kind, luminance.shape))
    solver.constrain(_some(luminance.shape, 0.1, 2))
    levels = solver.levels
    vectors = [np.zeros((len(levels._parent), 2), np.float32) for _ in range(4)]
    constant, image, *rest = vectors
    constant[:] = 1, -2
    for level in range(len(_sizes(levels))):
        first, last = levels._start[level], levels._start[level + 1]
        nodes = levels._nodes_of(level)
        far = nodes[np.diff(levels._edges[2])[nodes] > 0]
        graph._image_alone(nodes, far, levels._edges, levels._loss, constant, image, *rest)
        loss = levels._loss[first:last]
        np.testing.assert_array_equal(image[first:last], np.stack([loss, -2 * loss], axis=1))
        rows = graph.dense(first, last, levels._edges, levels._loss).sum(axis=1)
        np.testing.assert_allclose(rows, loss, rtol=0, atol=1e-11)


@pytest.mark.parametrize("kind", ["no screening", "screened", "screened unevenly"])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_each_level_is_the_one_below_summed_up(
    luminance: np.ndarray, links: Links, kind: str, share: float
) -> None:
    """T^T A T of the free pixels' matrix A: T says which node a free pixel belongs to."""
    couplings, screening = _couplings(luminance), _screening(kind, luminance.shape)
    solver = GraphSolver(couplings, ProgressToken())
    if kind == "screened":  # in either order
        solver.screen(screening)
    constrained = _some(luminance.shape, share, 3)
    solver.constrain(constrained)
    solver.screen(screening)
    levels = solver.levels
    edges = links(couplings)
    degree = edges.sum(axis=1)
    matrix = sp.diags_array(degree * (1 + np.broadcast_to(screening, luminance.shape).ravel())) - edges
    free = np.ones(luminance.size, np.bool_)
    free[constrained] = False
    node = np.abs(levels.label[1:-1, 1:-1]).ravel().astype(np.int64)
    for level in range(len(_sizes(levels))):
        first, last = levels._start[level], levels._start[level + 1]
        groups = sp.coo_array(
            (free.astype(np.float64), (np.arange(free.size), node - first)), shape=(free.size, last - first)
        ).tocsr()
        expected = (groups.T @ matrix @ groups).toarray()
        found = graph.dense(first, last, levels._edges, levels._loss)
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-5 * max(1, expected.max()))
        inverse = levels._inverse[first:last]
        np.testing.assert_allclose(inverse * np.diagonal(found), np.diagonal(found) > 0, rtol=0, atol=1e-5)
        node = levels._parent[node].astype(np.int64)


def test_the_last_level_is_inverted() -> None:
    solver = _solver(LUMINANCES["smooth"])
    levels = solver.levels
    first, last = levels._start[-2], levels._start[-1]
    for share, seed in ((0.05, 0), (0.4, 1)):
        solver.constrain(_some(solver.shape, share, seed))
        matrix = graph.dense(first, last, levels._edges, levels._loss)
        np.testing.assert_allclose(levels._inverse_of_last @ matrix, np.eye(last - first), atol=1e-3)


@pytest.mark.parametrize("kind", ["no screening", "screened unevenly"])
@pytest.mark.parametrize(
    ("bands", "cols"),
    [((0, 3), (1, 41)), ((1, 2), (1, 41)), ((0, 1), (9, 30)), ((1, 3), (20, 41)), ((1, 2), (17, 27))],
    ids=str,
)
def test_a_part_as_if_all_around_it_were_constrained(
    luminance: np.ndarray,
    kind: str,
    bands: tuple[int, int],
    cols: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On every level; and afterwards everything is as before, down to the last bit."""
    monkeypatch.setattr(hierarchy, "_SOLVED_DIRECTLY", 20)  # for more levels
    couplings = _couplings(luminance[:, :40])
    strokes = _some((len(luminance), 40), 0.03, 6)
    screening = _screening(kind, (len(luminance), 40))
    solver, other = (GraphSolver(couplings, ProgressToken()) for _ in range(2))
    outside = np.ones(solver.shape, np.bool_)
    outside[bands[0] * stencil.BAND_ROWS : bands[1] * stencil.BAND_ROWS, cols[0] - 1 : cols[1] - 1] = False
    for each in (solver, other):
        each.screen(screening)
        each.constrain(strokes)
    other.constrain(np.union1d(strokes, np.flatnonzero(outside)))
    levels, before = solver.levels, [values.copy() for values in _values(solver.levels)]
    for vector in levels._work:  # what an earlier solve has left
        vector[1:] = np.random.default_rng(8).normal(size=vector[1:].shape)
    with levels.only(slice(*bands), slice(*cols), solver._leak):
        nodes, _, counts, _ = levels._worked_on
        for level in range(len(_sizes(levels))):
            first, last = levels._start[level], levels._start[level + 1]
            expected, found = (
                graph.dense(first, last, each._edges, each._loss) for each in (other.levels, levels)
            )
            active = nodes[counts[level] : counts[level + 1]] - np.uint32(first)
            rest = np.setdiff1d(np.arange(last - first), active)
            assert not expected[rest].any()
            np.testing.assert_allclose(
                found[np.ix_(active, active)], expected[np.ix_(active, active)], rtol=1e-5, atol=1e-6
            )
        rhs = np.random.default_rng(7).normal(size=levels.rhs.shape).astype(np.float32)
        answers = []
        for each in (levels, other.levels):
            each.rhs[nodes[: counts[1]]] = rhs[nodes[: counts[1]]]
            each.solve()
            answers.append(each.answer[nodes[: counts[1]]])
        assert np.abs(answers[0]).max() > 0.1
        scale = np.abs(answers[1]).max()
        np.testing.assert_allclose(answers[0], answers[1], rtol=0, atol=1e-3 * scale)
    for found, expected in zip(_values(levels), before, strict=True):
        np.testing.assert_array_equal(found, expected)
    assert levels._active.all()
    assert len(levels._worked_on[0]) == sum(_sizes(levels))


CHANGES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.003, 0.05, 0.6, 1.0]), st.integers(0, 99)), min_size=1, max_size=5
)


@pytest.mark.parametrize("name", LUMINANCES)
@given(changes=CHANGES, screened=st.sampled_from(["no screening", "screened", "screened unevenly"]))
def test_after_any_changes_as_if_new(name: str, changes: list[tuple[float, int]], screened: str) -> None:
    """Constraining, freeing and constraining again leaves no trace, down to the last bit."""
    couplings = _couplings(LUMINANCES[name][:, :24])
    solver = GraphSolver(couplings, ProgressToken())
    screening = _screening(screened, solver.shape)
    solver.screen(screening)
    constrained = np.zeros(0, np.int64)
    for share, seed in changes:
        constrained = _some(solver.shape, share, seed)
        solver.constrain(constrained)
    for found, expected in zip(
        _values(solver.levels), _afresh(couplings, constrained, screening), strict=True
    ):
        np.testing.assert_array_equal(found, expected)


@given(
    strokes=st.lists(
        st.tuples(st.integers(0, 69), st.integers(0, 63), st.integers(1, 9), st.integers(1, 9)), max_size=6
    )
)
def test_strokes_one_by_one_and_back_as_if_new(strokes: list[tuple[int, int, int, int]]) -> None:
    couplings = _couplings(LUMINANCES["smooth"])
    solver = GraphSolver(couplings, ProgressToken())
    untouched = [values.copy() for values in _values(solver.levels)]
    mask = np.zeros(solver.shape, np.bool_)
    for row, col, height, width in strokes:
        mask[row : row + height, col : col + width] = True
        solver.constrain(np.flatnonzero(mask))
    for found, expected in zip(_values(solver.levels), _afresh(couplings, np.flatnonzero(mask)), strict=True):
        np.testing.assert_array_equal(found, expected)
    solver.constrain(np.zeros(0, np.int64))
    for found, expected in zip(_values(solver.levels), untouched, strict=True):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("kind", ["no screening", "screened"])
def test_a_cycle_leaves_little_of_the_error(luminance: np.ndarray, kind: str) -> None:
    """Of both channels, measured in the energy of the first coarse level's matrix."""
    solver = _solver(luminance)
    solver.screen(_screening(kind, luminance.shape))
    solver.constrain(_some(luminance.shape, 0.01, 4))
    levels = solver.levels
    first, last = levels._start[0], levels._start[1]
    assert last - first > 200  # or it would be solved directly
    matrix = graph.dense(first, last, levels._edges, levels._loss)
    used = np.diagonal(matrix) > 0
    exact = np.where(used[:, None], np.random.default_rng(5).normal(size=(last - first, 2)), 0)
    levels.rhs[first:last] = matrix @ exact
    levels.solve()
    error = levels.answer[first:last] - exact
    assert np.isfinite(error).all()
    left = np.einsum("ic,ij,jc->c", error, matrix, error) / np.einsum("ic,ij,jc->c", exact, matrix, exact)
    assert (left < 0.25**2).all()
