# pyright: basic
# Numba finds the types of a kernel out at its first call; its arguments carry none.
"""The coarse levels: weighted graphs of aggregates, all in one numbering, and the cycle through them.

Node 0 is nobody's. The nodes of level l are `start[l]`..`start[l + 1] - 1`, and `parent` leads to the
next level. A node's edge is the sum of the couplings between the two groups of free pixels, its `loss`
the sum of their couplings to constrained pixels (what "leaks" to the constraints) and of their
screening. Edges and loss are kept apart and a node's diagonal is never stored as a rounded sum of both:
the sum of a row is then exactly its loss, on every level.

The first `NEAR` edges of node i are row i of `near_index` and `near_value`, the others are in
`far_index` and `far_value` from `far_pointer[i]` on. Where there are fewer, `near` has edges of value 0
from the node to itself: loops of a fixed length run almost three times as fast.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np
from numba import prange

from colorstudio.compiled import compiled
from colorstudio.propagation.aggregation import WINDOW, coupling
from colorstudio.propagation.stencil import DX, DY

NEAR = 8
DAMPING = np.float32(0.85)
_PARALLEL_FROM = 10_000  # nodes: below it, waking the other threads takes longer than the work
_NODES_AT_ONCE = 1024  # of a thread, with one place for what it finds
_GOOD_ENOUGH = 0.25**2  # a first correction that leaves so little needs no second one


# -- edges -------------------------------------------------------------------------


@compiled()
def _reciprocal(diagonal):
    return np.float32(1 / diagonal) if diagonal > 1e-30 else np.float32(0)


@compiled()
def _noted(found, values, count, other, g):
    """Add an edge to a node to those found, or to the one to that node; give their number."""
    for i in range(count):
        if found[i] == other:
            values[i] += g
            return count
    found[count], values[count] = other, g
    return count + 1


@compiled()
def _write_edges(node, found, values, count, edges, inverse, far):
    near_index, near_value, far_pointer, far_index, far_value = edges
    if far:
        for i in range(NEAR, count):
            far_index[far_pointer[node] + i - NEAR] = found[i]
            far_value[far_pointer[node] + i - NEAR] = values[i]
    else:
        diagonal = 0.0
        for i in range(count):
            diagonal += np.float64(values[i])
        inverse[node] = _reciprocal(diagonal)
        for i in range(NEAR):
            near_index[node, i], near_value[node, i] = (found[i], values[i]) if i < count else (node, 0)
        far_pointer[node + 1] = max(0, count - NEAR)


@compiled(parallel=True)
def edges_of_pixels(label, roots, c, edges, inverse, far):
    """The edges of the first level, while no pixel is constrained and nothing screened.

    Without `far`, writes the near ones, and the number of the others to ``far_pointer[node + 1]``;
    with it, those others.
    """
    rows, cols = label.shape
    far_pointer = edges[2]
    for block in prange((roots.shape[0] + _NODES_AT_ONCE - 1) // _NODES_AT_ONCE):
        found = np.empty(8 * (2 * WINDOW + 1) ** 2, np.uint32)
        values = np.empty(found.size, np.float32)
        for node in range(max(1, block * _NODES_AT_ONCE), min(roots.shape[0], (block + 1) * _NODES_AT_ONCE)):
            if far and far_pointer[node + 1] == far_pointer[node]:
                continue
            count = 0
            root_y, root_x = roots[node, 0], roots[node, 1]
            for y in range(max(1, root_y - WINDOW), min(rows - 1, root_y + WINDOW + 1)):
                for x in range(max(1, root_x - WINDOW), min(cols - 1, root_x + WINDOW + 1)):
                    if label[y, x] == node:
                        for k in range(8):
                            other = label[y + DY[k], x + DX[k]]
                            if other != 0 and other != node:
                                count = _noted(found, values, count, other, coupling(c, k, y, x))
            _write_edges(node, found, values, count, edges, inverse, far)


@compiled(parallel=True)
def edges_of_nodes(edges, inverse, parent, child_pointer, child, first, last, far):
    """The same for the nodes first..last - 1 of a coarser level, from their children's edges."""
    near_index, near_value, far_pointer, far_index, far_value = edges
    for node in prange(first, last):
        if far and far_pointer[node + 1] == far_pointer[node]:
            continue
        most = 0
        for m in range(child_pointer[node], child_pointer[node + 1]):
            most += NEAR + far_pointer[child[m] + 1] - far_pointer[child[m]]
        found, values = np.empty(most, np.uint32), np.empty(most, np.float32)
        count = 0
        for m in range(child_pointer[node], child_pointer[node + 1]):
            i = child[m]
            for j in range(NEAR):
                other = parent[near_index[i, j]]
                if other != node:
                    count = _noted(found, values, count, other, near_value[i, j])
            for j in range(far_pointer[i], far_pointer[i + 1]):
                other = parent[far_index[j]]
                if other != node:
                    count = _noted(found, values, count, other, far_value[j])
        _write_edges(node, found, values, count, edges, inverse, far)


# -- values ------------------------------------------------------------------------


@compiled()
def _clear_row(node, near_value, far_pointer, far_value):
    for j in range(NEAR):
        near_value[node, j] = 0
    for j in range(far_pointer[node], far_pointer[node + 1]):
        far_value[j] = 0


@compiled()
def _add_edge(node, other, g, near_index, near_value, far_pointer, far_index, far_value):
    for j in range(NEAR):
        if near_index[node, j] == other:
            near_value[node, j] += g
            return
    for j in range(far_pointer[node], far_pointer[node + 1]):
        if far_index[j] == other:
            far_value[j] += g
            return


@compiled()
def _finish_row(node, near_value, far_pointer, far_value, leak, mass, loss, inverse):
    loss[node] = leak[node] + mass[node]
    diagonal = np.float64(loss[node])
    for j in range(NEAR):
        diagonal += near_value[node, j]
    for j in range(far_pointer[node], far_pointer[node + 1]):
        diagonal += far_value[j]
    inverse[node] = _reciprocal(diagonal)


@compiled(parallel=True)
def weigh_pixels(nodes, c, screened, label, roots, edges, leak, mass, loss, inverse, left, right):
    """Edges and loss of some nodes of the first level, from the pixels that are free now.

    Pixels out of the padded columns left..right - 1 are taken as constrained.
    """
    near_index, near_value, far_pointer, far_index, far_value = edges
    rows, cols = label.shape
    for n in prange(nodes.size):
        node = nodes[n]
        _clear_row(node, near_value, far_pointer, far_value)
        leaked, screening = np.float32(0), np.float32(0)
        root_y, root_x = roots[node, 0], roots[node, 1]
        for y in range(max(1, root_y - WINDOW), min(rows - 1, root_y + WINDOW + 1)):
            for x in range(max(1, root_x - WINDOW), min(cols - 1, root_x + WINDOW + 1)):
                if label[y, x] != node or not left <= x < right:
                    continue
                screening += screened[y if screened.shape[0] > 1 else 0, x]
                for k in range(8):
                    other = label[y + DY[k], x + DX[k]]
                    if other == 0 or (other == node and left <= x + DX[k] < right):
                        continue
                    g = coupling(c, k, y, x)
                    if other < 0 or not left <= x + DX[k] < right:
                        leaked += g
                    else:
                        _add_edge(node, other, g, near_index, near_value, far_pointer, far_index, far_value)
        leak[node], mass[node] = leaked, screening
        _finish_row(node, near_value, far_pointer, far_value, leak, mass, loss, inverse)


@compiled(parallel=True)
def weigh_nodes(nodes, parent, child_pointer, child, edges, leak, mass, loss, inverse, active):
    """The same for some nodes of a coarser level, from those of their children that are active.

    What leads from these to others is a loss, as it is with a constrained pixel.
    """
    near_index, near_value, far_pointer, far_index, far_value = edges
    for n in prange(nodes.size):
        node = nodes[n]
        _clear_row(node, near_value, far_pointer, far_value)
        leaked, screening = np.float32(0), np.float32(0)
        for m in range(child_pointer[node], child_pointer[node + 1]):
            i = child[m]
            if not active[i]:
                continue
            leaked += leak[i]
            screening += mass[i]
            for j in range(NEAR + far_pointer[i + 1] - far_pointer[i]):
                e = far_pointer[i] + j - NEAR
                k, g = (near_index[i, j], near_value[i, j]) if j < NEAR else (far_index[e], far_value[e])
                other = parent[k]
                if not active[k]:
                    leaked += g
                elif other != node:
                    _add_edge(node, other, g, near_index, near_value, far_pointer, far_index, far_value)
        leak[node], mass[node] = leaked, screening
        _finish_row(node, near_value, far_pointer, far_value, leak, mass, loss, inverse)


@compiled(parallel=True)
def beside_others(nodes, edges, active):
    """Which of these nodes have an edge to one that is not active, ``(nodes,)`` bool."""
    near_index, _, far_pointer, far_index, _ = edges
    out = np.zeros(nodes.size, np.bool_)
    for n in prange(nodes.size):
        i = nodes[n]
        for j in range(NEAR):
            out[n] |= not active[near_index[i, j]]
        for j in range(far_pointer[i], far_pointer[i + 1]):
            out[n] |= not active[far_index[j]]
    return out


@compiled()
def dense(first, last, edges, loss):
    """The matrix of a level, ``(n, n)`` float64."""
    near_index, near_value, far_pointer, far_index, far_value = edges
    out = np.zeros((last - first, last - first))
    for node in range(first, last):
        i = node - first
        out[i, i] += loss[node]
        for j in range(NEAR):
            out[i, i] += near_value[node, j]
            out[i, near_index[node, j] - first] -= near_value[node, j]
        for j in range(far_pointer[node], far_pointer[node + 1]):
            out[i, i] += far_value[j]
            out[i, far_index[j] - first] -= far_value[j]
    return out


# -- the cycle ---------------------------------------------------------------------
#
# Vectors are (nodes, 2): one row a node, a column a channel. Where some nodes of a level are left out, they
# are zero in all vectors. Each kernel is compiled for one thread and
# for all of them: a level of few nodes is done before the other threads would have woken up.


def _alone(function: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel for one thread, under a name of its own: the machine code on the disk is filed by it."""
    alone = FunctionType(function.__code__, function.__globals__, f"{function.__name__}_alone")
    alone.__qualname__ = alone.__name__
    return compiled()(alone)


def _relax(nodes, far_nodes, edges, loss, inverse, rhs, y, left):
    """y = damping rhs / diagonal; left = rhs - A y."""
    near_index, near_value, far_pointer, far_index, far_value = edges
    for m in prange(nodes.size):
        i = nodes[m]
        scale = DAMPING * inverse[i]
        y[i, 0], y[i, 1] = scale * rhs[i, 0], scale * rhs[i, 1]
    for m in prange(nodes.size):
        i = nodes[m]
        own0, own1 = y[i, 0], y[i, 1]
        left0, left1 = rhs[i, 0] - loss[i] * own0, rhs[i, 1] - loss[i] * own1
        for j in range(NEAR):
            k, g = near_index[i, j], near_value[i, j]
            left0 -= g * (own0 - y[k, 0])
            left1 -= g * (own1 - y[k, 1])
        left[i, 0], left[i, 1] = left0, left1
    for n in prange(far_nodes.size):
        i = far_nodes[n]
        left0, left1 = left[i, 0], left[i, 1]
        for j in range(far_pointer[i], far_pointer[i + 1]):
            k, g = far_index[j], far_value[j]
            left0 -= g * (y[i, 0] - y[k, 0])
            left1 -= g * (y[i, 1] - y[k, 1])
        left[i, 0], left[i, 1] = left0, left1


def _restrict(nodes, child_pointer, child, left, b):
    """b of some nodes: the sum over their children."""
    for n in prange(nodes.size):
        node = nodes[n]
        sum0, sum1 = np.float32(0), np.float32(0)
        for m in range(child_pointer[node], child_pointer[node + 1]):
            i = child[m]
            sum0 += left[i, 0]
            sum1 += left[i, 1]
        b[node, 0], b[node, 1] = sum0, sum1


def _prolong(nodes, far_nodes, edges, loss, inverse, parent, x, rhs, y, z):
    """y += the parents' answers; z = y + damping (rhs - A y) / diagonal."""
    near_index, near_value, far_pointer, far_index, far_value = edges
    for m in prange(nodes.size):
        i = nodes[m]
        p = parent[i]
        y[i, 0] += x[p, 0]
        y[i, 1] += x[p, 1]
    for m in prange(nodes.size):
        i = nodes[m]
        own0, own1 = y[i, 0], y[i, 1]
        left0, left1 = rhs[i, 0] - loss[i] * own0, rhs[i, 1] - loss[i] * own1
        for j in range(NEAR):
            k, g = near_index[i, j], near_value[i, j]
            left0 -= g * (own0 - y[k, 0])
            left1 -= g * (own1 - y[k, 1])
        scale = DAMPING * inverse[i]
        z[i, 0], z[i, 1] = own0 + scale * left0, own1 + scale * left1
    for n in prange(far_nodes.size):
        i = far_nodes[n]
        left0, left1 = np.float32(0), np.float32(0)
        for j in range(far_pointer[i], far_pointer[i + 1]):
            k, g = far_index[j], far_value[j]
            left0 -= g * (y[i, 0] - y[k, 0])
            left1 -= g * (y[i, 1] - y[k, 1])
        scale = DAMPING * inverse[i]
        z[i, 0] += scale * left0
        z[i, 1] += scale * left1


def _image(nodes, far_nodes, edges, loss, z, out, one, other):
    """out = A z; gives <z, out>, <z, one> and <z, other> of both channels."""
    near_index, near_value, far_pointer, far_index, far_value = edges
    zo0 = zo1 = za0 = za1 = zb0 = zb1 = 0.0
    for m in prange(nodes.size):
        i = nodes[m]
        own0, own1 = z[i, 0], z[i, 1]
        sum0, sum1 = loss[i] * own0, loss[i] * own1
        for j in range(NEAR):
            k, g = near_index[i, j], near_value[i, j]
            sum0 += g * (own0 - z[k, 0])
            sum1 += g * (own1 - z[k, 1])
        out[i, 0], out[i, 1] = sum0, sum1
        zo0 += np.float64(own0 * sum0)
        zo1 += np.float64(own1 * sum1)
        za0 += np.float64(own0 * one[i, 0])
        za1 += np.float64(own1 * one[i, 1])
        zb0 += np.float64(own0 * other[i, 0])
        zb1 += np.float64(own1 * other[i, 1])
    for n in prange(far_nodes.size):
        i = far_nodes[n]
        own0, own1 = z[i, 0], z[i, 1]
        sum0, sum1 = np.float32(0), np.float32(0)
        for j in range(far_pointer[i], far_pointer[i + 1]):
            k, g = far_index[j], far_value[j]
            sum0 += g * (own0 - z[k, 0])
            sum1 += g * (own1 - z[k, 1])
        out[i, 0] += sum0
        out[i, 1] += sum1
        zo0 += np.float64(own0 * sum0)
        zo1 += np.float64(own1 * sum1)
    return zo0, zo1, za0, za1, zb0, zb1


def _remove(nodes, f0, f1, v, b, r):
    """r = b - f v; gives the squared norms of r and b over both channels."""
    left = given = 0.0
    for m in prange(nodes.size):
        i = nodes[m]
        b0, b1 = b[i, 0], b[i, 1]
        r0, r1 = b0 - f0 * v[i, 0], b1 - f1 * v[i, 1]
        r[i, 0], r[i, 1] = r0, r1
        left += np.float64(r0 * r0 + r1 * r1)
        given += np.float64(b0 * b0 + b1 * b1)
    return left, given


def _combine(nodes, f0, f1, s, g0, g1, z, x):
    """x = f s + g z."""
    for m in prange(nodes.size):
        i = nodes[m]
        x[i, 0] = f0 * s[i, 0] + g0 * z[i, 0]
        x[i, 1] = f1 * s[i, 1] + g1 * z[i, 1]


_relax_alone, _relax_together = _alone(_relax), compiled(parallel=True)(_relax)
_restrict_alone, _restrict_together = _alone(_restrict), compiled(parallel=True)(_restrict)
_prolong_alone, _prolong_together = _alone(_prolong), compiled(parallel=True)(_prolong)
_image_alone, _image_together = _alone(_image), compiled(parallel=True)(_image)
_remove_alone, _remove_together = _alone(_remove), compiled(parallel=True)(_remove)
_combine_alone, _combine_together = _alone(_combine), compiled(parallel=True)(_combine)


@compiled()
def _ratio(a, b):
    return a / b if b > 0 else 0.0


@compiled()
def solve_level(level, edges, loss, inverse, tree, inverse_of_last, work, worked_on):
    """An approximate answer `x` of a level for its `b`.

    A K-cycle (Notay & Vassilevski 2008): two corrections of one cycle each, combined so that the error's
    energy is least; one, where that leaves little.

    Parameters
    ----------
    edges
        near_index, near_value, far_pointer, far_index, far_value.
    tree
        start, parent, child_pointer, child.
    work
        b, x and six more vectors ``(nodes, 2)`` float32.
    worked_on
        The nodes to work on and those of them with far edges, level by level, and where each level's begin.

    Returns
    -------
    int
        How many corrections were made.
    """
    b, x, y, z, r, s, v, w = work
    start, parent, child_pointer, child = tree
    if level == start.size - 2:
        first, last = start[level], start[level + 1]
        for i in range(last - first):
            sum0, sum1 = np.float32(0), np.float32(0)
            for j in range(last - first):
                sum0 += inverse_of_last[i, j] * b[first + j, 0]
                sum1 += inverse_of_last[i, j] * b[first + j, 1]
            x[first + i, 0], x[first + i, 1] = sum0, sum1
        return 0
    of_levels, far_of_levels, node_start, far_start = worked_on
    nodes = of_levels[node_start[level] : node_start[level + 1]]
    coarser = of_levels[node_start[level + 1] : node_start[level + 2]]
    far_nodes = far_of_levels[far_start[level] : far_start[level + 1]]
    together = nodes.size >= _PARALLEL_FROM
    a0 = a1 = energy0 = energy1 = 0.0
    own0 = own1 = with0 = with1 = shared0 = shared1 = 0.0
    for turn in range(2):
        rhs, out, image = (b, s, v) if turn == 0 else (r, z, w)
        if together:
            _relax_together(nodes, far_nodes, edges, loss, inverse, rhs, y, image)
            _restrict_together(coarser, child_pointer, child, image, b)
        else:
            _relax_alone(nodes, far_nodes, edges, loss, inverse, rhs, y, image)
            _restrict_alone(coarser, child_pointer, child, image, b)
        solve_level(level + 1, edges, loss, inverse, tree, inverse_of_last, work, worked_on)
        if together:
            _prolong_together(nodes, far_nodes, edges, loss, inverse, parent, x, rhs, y, out)
            own0, own1, with0, with1, shared0, shared1 = _image_together(
                nodes, far_nodes, edges, loss, out, image, rhs, v
            )
        else:
            _prolong_alone(nodes, far_nodes, edges, loss, inverse, parent, x, rhs, y, out)
            own0, own1, with0, with1, shared0, shared1 = _image_alone(
                nodes, far_nodes, edges, loss, out, image, rhs, v
            )
        if turn == 0:
            energy0, energy1 = own0, own1
            a0, a1 = _ratio(with0, own0), _ratio(with1, own1)
            f0, f1 = np.float32(a0), np.float32(a1)
            if together:
                left, given = _remove_together(nodes, f0, f1, v, b, r)
            else:
                left, given = _remove_alone(nodes, f0, f1, v, b, r)
            if left <= _GOOD_ENOUGH * given:
                for i in nodes:
                    x[i, 0], x[i, 1] = f0 * s[i, 0], f1 * s[i, 1]
                return 1
    e0 = _ratio(with0, own0 - _ratio(shared0 * shared0, energy0))
    e1 = _ratio(with1, own1 - _ratio(shared1 * shared1, energy1))
    f0, f1 = np.float32(a0 - e0 * _ratio(shared0, energy0)), np.float32(a1 - e1 * _ratio(shared1, energy1))
    if together:
        _combine_together(nodes, f0, f1, s, np.float32(e0), np.float32(e1), z, x)
    else:
        _combine_alone(nodes, f0, f1, s, np.float32(e0), np.float32(e1), z, x)
    return 2
