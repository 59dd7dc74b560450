"""A photo's multigrid hierarchy: aggregates from the luminance alone, values that follow the constraints."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.progress import ProgressToken
from colorstudio.propagation import graph
from colorstudio.propagation.aggregation import WINDOW, aggregate_nodes, aggregate_pixels
from colorstudio.propagation.stencil import zeros

_SOLVED_DIRECTLY = 200  # nodes of the last level, at most
_REGULARISATION = 1e-11  # of the diagonal there: a group of pixels that leads to no constraint gets 0


class Hierarchy:
    """Coarse levels over a picture's pixels.

    Parameters
    ----------
    couplings
        ``(4, H + 2, W + 2)`` float32.
    inverse
        1 / the sum of each pixel's couplings, ``(H + 2, W + 2)`` float32.

    Attributes
    ----------
    label
        ``(H + 2, W + 2)`` int32: the node of each pixel, its negative where the pixel is constrained.
    bands
        First node of each band of rows, and one more than the last node.
    """

    def __init__(
        self,
        couplings: NDArray[np.float32],
        inverse: NDArray[np.float32],
        token: ProgressToken,
    ) -> None:
        self._couplings = couplings
        self._columns = slice(1, couplings.shape[2] - 1)
        token.report(0.0, "Grouping pixels")
        self.label, self._roots, self.bands = aggregate_pixels(couplings, inverse)
        token.report(0.3, "Grouping pixels")
        nodes = len(self._roots)
        self._start = [1, nodes]
        room = nodes + nodes // 4 + 1  # the coarser levels together are about a fifth
        self._parent = np.zeros(room, np.uint32)
        self._child_pointer = np.zeros(nodes + 1, np.uint32)
        self._child = np.zeros(0, np.uint32)
        self._leak, self._mass, self._loss, self._inverse = (np.zeros(room, np.float32) for _ in range(4))
        near = np.zeros((room, graph.NEAR), np.uint32)
        none = np.zeros(0, np.uint32), np.zeros(0, np.float32)
        self._edges = near, np.zeros(near.shape, np.float32), np.zeros(room + 1, np.uint32), *none
        level = self.label, self._roots, couplings
        graph.edges_of_pixels(*level, self._edges, self._inverse, False)
        token.report(0.5, "Grouping pixels")
        self._make_room_for_far_edges(0)
        graph.edges_of_pixels(*level, self._edges, self._inverse, True)
        self._active = np.ones(room, np.bool_)
        while self._start[-1] - self._start[-2] > _SOLVED_DIRECTLY:
            token.report(0.8, "Grouping pixels")
            self._coarsen()
        self._stamp = np.zeros(len(self._parent), np.bool_)
        self._work = tuple(zeros((len(self._parent), 2)) for _ in range(8))
        self._tree = (np.array(self._start), self._parent, self._child_pointer, self._child)
        self._worked_on = self._everything = self._above(self._nodes_of(0))
        self._invert_last()

    @property
    def rhs(self) -> NDArray[np.float32]:
        """``(nodes, 2)``: the first level's right-hand side, to be filled before `solve`."""
        return self._work[0]

    @property
    def answer(self) -> NDArray[np.float32]:
        """``(nodes, 2)``: what `solve` found for the first level."""
        return self._work[1]

    def solve(self) -> None:
        """Solve the first coarse level approximately."""
        graph.solve_level(
            0, self._edges, self._loss, self._inverse, self._tree, self._inverse_of_last, self._work,
            self._worked_on,
        )  # fmt: skip

    @contextmanager
    def only(self, bands: slice, cols: slice, screened: NDArray[np.float32]) -> Generator[None]:
        """Solve for what lies in these bands and padded columns alone: all else is held at 0."""
        first, last = self.bands[bands.start], self.bands[bands.stop]
        at = self._roots[first:last, 1]
        inside = (at >= cols.start - WINDOW) & (at < cols.stop + WINDOW)
        self._worked_on = nodes, _, of_levels, _ = self._above(
            np.uint32(first) + np.flatnonzero(inside).astype(np.uint32)
        )
        self._active[:] = False
        self._active[nodes] = True
        above, below = max(0, bands.start - 1), min(bands.stop + 1, len(self.bands) - 1)
        for vector in self._work:
            vector[self.bands[above] : self.bands[below]] = 0
            vector[self._start[1] :] = 0
        columns, self._columns = self._columns, cols
        at = self._roots[nodes[: of_levels[1]], 1]
        cut = np.minimum(np.abs(at - cols.start), np.abs(at - cols.stop)) <= WINDOW + 1
        touched = [nodes[: of_levels[1]][cut]]
        graph.weigh_pixels(touched[0], *self._pixel_rows(screened))
        for level in range(1, len(self._start) - 1):
            finer = nodes[of_levels[level - 1] : of_levels[level]]
            finer = finer[graph.beside_others(finer, self._edges, self._active)]
            touched.append(self._parents_of(np.concatenate([finer, touched[-1]])))
            graph.weigh_nodes(touched[-1], *self._node_rows())
        inverse_of_last = self._inverse_of_last
        self._invert_last()
        try:
            yield
        finally:
            self._active[:] = True
            self._columns = columns
            graph.weigh_pixels(touched[0], *self._pixel_rows(screened))
            for nodes in touched[1:]:
                graph.weigh_nodes(nodes, *self._node_rows())
            self._inverse_of_last, self._worked_on = inverse_of_last, self._everything

    def _above(self, nodes: NDArray[np.uint32]) -> tuple[NDArray[Any], ...]:
        """These nodes of the first level and all that they lead to, as `graph.solve_level` takes them."""
        pointer = self._edges[2]
        levels, far = [], []
        for _ in range(len(self._start) - 1):
            levels.append(nodes)
            far.append(nodes[pointer[nodes + 1] > pointer[nodes]])
            nodes = self._parents_of(nodes)
        counts, far_counts = (np.cumsum([0, *map(len, parts)]) for parts in (levels, far))
        return np.concatenate(levels), np.concatenate(far), counts, far_counts

    def constrained(self, changed: NDArray[np.int64], screened: NDArray[np.float32]) -> None:
        """Follow a change of constraints: the labels of these padded flat pixels have changed their sign."""
        touched = self._nodes_around(changed)
        graph.weigh_pixels(touched, *self._pixel_rows(screened))
        for _ in range(len(self._start) - 2):
            touched = self._parents_of(touched)
            graph.weigh_nodes(touched, *self._node_rows())
        self._invert_last()

    def weigh_all(self, screened: NDArray[np.float32]) -> None:
        """Follow a change of the screening."""
        graph.weigh_pixels(self._nodes_of(0), *self._pixel_rows(screened))
        for level in range(1, len(self._start) - 1):
            graph.weigh_nodes(self._nodes_of(level), *self._node_rows())
        self._invert_last()

    def _nodes_of(self, level: int) -> NDArray[np.uint32]:
        return np.arange(self._start[level], self._start[level + 1], dtype=np.uint32)

    def _pixel_rows(self, screened: NDArray[np.float32]) -> tuple[Any, ...]:
        values = self._leak, self._mass, self._loss, self._inverse
        columns = self._columns.start, self._columns.stop
        return self._couplings, screened, self.label, self._roots, self._edges, *values, *columns

    def _node_rows(self) -> tuple[Any, ...]:
        values = self._leak, self._mass, self._loss, self._inverse
        return self._parent, self._child_pointer, self._child, self._edges, *values, self._active

    def _coarsen(self) -> None:
        """Add one more level."""
        first, last = self._start[-2], self._start[-1]
        parent = np.zeros(last, np.int32)
        end = aggregate_nodes(self._edges, self._inverse, first, last, parent)
        self._parent[first:last] = parent[first:last]
        more = end - last
        # A stable order keeps siblings in the order of the picture.
        children = np.argsort(parent[first:last], kind="stable").astype(np.uint32) + np.uint32(first)
        counts = np.bincount(parent[first:last] - last, minlength=more)
        child_pointer = len(self._child) + np.cumsum(counts)
        self._child_pointer = np.concatenate([self._child_pointer, child_pointer.astype(np.uint32)])
        self._child = np.concatenate([self._child, children])
        near, near_value, pointer, *far = self._edges
        self._edges = _with_room(near, end), _with_room(near_value, end), _with_room(pointer, end + 1), *far
        self._parent, self._leak, self._mass, self._loss, self._inverse = (
            _with_room(a, end) for a in (self._parent, self._leak, self._mass, self._loss, self._inverse)
        )
        self._active = np.ones(len(self._parent), np.bool_)
        self._start.append(end)
        arguments = (self._parent, self._child_pointer, self._child, last, end)
        graph.edges_of_nodes(self._edges, self._inverse, *arguments, False)
        self._make_room_for_far_edges(len(self._start) - 2)
        graph.edges_of_nodes(self._edges, self._inverse, *arguments, True)

    def _make_room_for_far_edges(self, level: int) -> None:
        """Turn the numbers of far edges of a new level's nodes into where they begin."""
        near, near_value, pointer, far, far_value = self._edges
        first, last = self._start[level], self._start[level + 1]
        pointer[first : last + 1] = np.cumsum(pointer[first : last + 1], dtype=np.uint32)
        far, far_value = (_with_room(a, int(pointer[last])) for a in (far, far_value))
        self._edges = near, near_value, pointer, far, far_value

    def _invert_last(self) -> None:
        matrix = graph.dense(self._start[-2], self._start[-1], self._edges, self._loss)
        diagonal = np.diagonal(matrix).copy()
        matrix[np.diag_indices_from(matrix)] += np.where(diagonal > 0, _REGULARISATION * diagonal, 1.0)
        self._inverse_of_last = np.linalg.inv(matrix).astype(np.float32)

    def _nodes_around(self, changed: NDArray[np.int64]) -> NDArray[np.uint32]:
        flat, width = self.label.reshape(-1), self.label.shape[1]
        for step in (-width - 1, -width, -width + 1, -1, 0, 1, width - 1, width, width + 1):
            self._stamp[np.abs(flat[changed + step])] = True
        return self._stamped()

    def _parents_of(self, nodes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        self._stamp[self._parent[nodes]] = True
        return self._stamped()

    def _stamped(self) -> NDArray[np.uint32]:
        self._stamp[0] = False
        nodes = np.flatnonzero(self._stamp).astype(np.uint32)
        self._stamp[nodes] = False
        return nodes


def _with_room(array: NDArray[Any], length: int) -> NDArray[Any]:
    """The array, made longer with zeros if it is not as long."""
    more = length - len(array)
    if more <= 0:
        return array
    return np.concatenate([array, np.zeros((more + length // 4, *array.shape[1:]), array.dtype)])
