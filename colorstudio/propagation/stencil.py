# pyright: basic
# Numba finds the types of a kernel out at its first call; its arguments carry none.
"""The pixel level: couplings of the 8 neighbours as four planes, and the sweeps of one iteration.

All planes have a border of one zero pixel, so that a sweep needs no special case at the edges of the
picture: the coupling to what lies outside is 0. A picture's pixel (row, col) is at [row + 1, col + 1].
Rows are worked on in bands; whatever a band needs of its neighbours it reads and never writes, so the
bands run side by side.

Differences are taken before they are weighted, c (x_r - x_s): the sum of a row is then exactly zero
for a constant picture, which single precision does not give any other way.
"""

from __future__ import annotations

import math

import numpy as np
from numba import prange
from numpy.typing import NDArray

from colorstudio.compiled import compiled
from colorstudio.propagation import affinity
from colorstudio.propagation.affinity import NEIGHBOURS

BAND_ROWS = 32
EAST, SOUTH_WEST, SOUTH, SOUTH_EAST = range(4)  # the other four neighbours hold the plane's other end
DAMPING = np.float32(0.85)  # of the Jacobi smoother on the pixels

# Steps to the neighbours, as kernels take them.
DY, DX = np.array([dy for dy, _ in NEIGHBOURS]), np.array([dx for _, dx in NEIGHBOURS])

_VARIANCE_FACTOR = np.float32(affinity.VARIANCE_FACTOR)
_NEAREST = np.float32(1 / -math.log(affinity.SMALLEST_AFFINITY_OF_NEAREST))
_SMALLEST_SIGMA = np.float32(affinity.SMALLEST_SIGMA)


# -- the couplings -----------------------------------------------------------------


@compiled()
def _inverse_sigma(luminance, y, x):
    """1 / Levin's sigma, by the truncated window."""
    height, width = luminance.shape
    here = luminance[y, x]
    count = np.float32(1)
    total = np.float32(0)
    squares = np.float32(0)
    nearest = np.float32(1e30)
    for row in range(max(0, y - 1), min(height, y + 2)):
        for col in range(max(0, x - 1), min(width, x + 2)):
            if row != y or col != x:
                d = luminance[row, col] - here
                count += np.float32(1)
                total += d
                squares += d * d
                nearest = min(nearest, d * d)
    if count == 1:
        return np.float32(1) / _SMALLEST_SIGMA
    variance = (squares - total * total / count) / count
    sigma = max(_VARIANCE_FACTOR * variance, nearest * _NEAREST, _SMALLEST_SIGMA)
    return np.float32(1) / sigma


@compiled(parallel=True)
def inverse_sigmas(luminance):
    """1 / sigma of every pixel, ``(H, W)`` float32, of a luminance ``(H, W)`` float32 in [0, 1]."""
    height, width = luminance.shape
    out = np.empty((height, width), np.float32)
    ninth = np.float32(1 / 9)
    for y in prange(height):
        if y == 0 or y == height - 1 or width < 3:
            for x in range(width):
                out[y, x] = _inverse_sigma(luminance, y, x)
            continue
        out[y, 0] = _inverse_sigma(luminance, y, 0)
        out[y, width - 1] = _inverse_sigma(luminance, y, width - 1)
        above, here, below, row = luminance[y - 1], luminance[y], luminance[y + 1], out[y]
        for x in range(1, width - 1):
            m = here[x]
            d0, d1, d2 = above[x - 1] - m, above[x] - m, above[x + 1] - m
            d3, d4 = here[x - 1] - m, here[x + 1] - m
            d5, d6, d7 = below[x - 1] - m, below[x] - m, below[x + 1] - m
            total = ((d0 + d1) + (d2 + d3)) + ((d4 + d5) + (d6 + d7))
            d0, d1, d2, d3, d4, d5, d6, d7 = (
                d0 * d0,
                d1 * d1,
                d2 * d2,
                d3 * d3,
                d4 * d4,
                d5 * d5,
                d6 * d6,
                d7 * d7,
            )
            squares = ((d0 + d1) + (d2 + d3)) + ((d4 + d5) + (d6 + d7))
            nearest = min(d0, d1, d2, d3, d4, d5, d6, d7)
            variance = (squares - total * total * ninth) * ninth
            sigma = max(_VARIANCE_FACTOR * variance, nearest * _NEAREST, _SMALLEST_SIGMA)
            row[x] = np.float32(1) / sigma
    return out


@compiled(parallel=True)
def couplings(luminance, inverse_sigma):
    """The symmetric model's edges, c_rs = (g_rs + g_sr) / 2, as ``(4, H + 2, W + 2)`` float32."""
    height, width = luminance.shape
    out = np.zeros((4, height + 2, width + 2), np.float32)
    half = np.float32(0.5)
    for y in prange(height):
        here, sharp = luminance[y], inverse_sigma[y]
        east = out[EAST, y + 1]
        for x in range(width - 1):
            d = here[x + 1] - here[x]
            d = -d * d
            east[x + 1] = half * (math.exp(d * sharp[x]) + math.exp(d * sharp[x + 1]))
        if y + 1 < height:
            below, sharp_below = luminance[y + 1], inverse_sigma[y + 1]
            south_west, south, south_east = out[SOUTH_WEST, y + 1], out[SOUTH, y + 1], out[SOUTH_EAST, y + 1]
            for x in range(width):
                d = below[x] - here[x]
                d = -d * d
                south[x + 1] = half * (math.exp(d * sharp[x]) + math.exp(d * sharp_below[x]))
            for x in range(width - 1):
                d = below[x + 1] - here[x]
                d = -d * d
                south_east[x + 1] = half * (math.exp(d * sharp[x]) + math.exp(d * sharp_below[x + 1]))
            for x in range(1, width):
                d = below[x - 1] - here[x]
                d = -d * d
                south_west[x + 1] = half * (math.exp(d * sharp[x]) + math.exp(d * sharp_below[x - 1]))
    return out


@compiled()
def degree(c, y, x):
    """Sum of the couplings of the pixel at padded (y, x)."""
    return ((c[EAST, y, x] + c[EAST, y, x - 1]) + (c[SOUTH, y, x] + c[SOUTH, y - 1, x])) + (
        (c[SOUTH_WEST, y, x] + c[SOUTH_WEST, y - 1, x + 1])
        + (c[SOUTH_EAST, y, x] + c[SOUTH_EAST, y - 1, x - 1])
    )


@compiled(parallel=True)
def degrees(c):
    """Sum of the couplings of every pixel, padded ``(H + 2, W + 2)`` float32."""
    _, rows, cols = c.shape
    out = np.zeros((rows, cols), np.float32)
    for y in prange(1, rows - 1):
        for x in range(1, cols - 1):
            out[y, x] = degree(c, y, x)
    return out


@compiled(parallel=True)
def _clear(lines):
    for y in prange(lines.shape[0]):
        lines[y] = 0


def zeros(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Zeros whose memory is there: numpy's come when they are first written to, in the middle of a solve."""
    out = np.empty(shape, np.float32)
    _clear(out.reshape(-1, shape[-1]))
    return out


@compiled(parallel=True)
def copy_inside(planes, out):
    """The planes without their border, as many as out has; new memory is there sooner by all threads."""
    for y in prange(out.shape[1]):
        for channel in range(out.shape[0]):
            out[channel, y] = planes[channel, y + 1, 1:-1]


# -- the sweeps --------------------------------------------------------------------
#
# Names: r residual, z preconditioned residual, p direction, q = A p, x chroma; each of shape
# (2, H + 2, W + 2). `leak` (H + 2, W + 2) is lambda d_r, or one row of zeros for lambda = 0.
# `inverse` is 1 / ((1 + lambda) d_r), and 0 at constrained pixels: there z, and so p, stay zero, and x
# its value. `label` is the node of the first coarse level that a free pixel belongs to; not positive
# where constrained: node 0 is nobody's and always zero.


@compiled()
def _apply_row(c, leak, y, above, here, below, out):
    """Row y (padded) of A times a plane of which three rows are given."""
    east, south_west, south, south_east = c[EAST, y], c[SOUTH_WEST, y], c[SOUTH, y], c[SOUTH_EAST, y]
    north_east, north, north_west = c[SOUTH_WEST, y - 1], c[SOUTH, y - 1], c[SOUTH_EAST, y - 1]
    loss = leak[y if leak.shape[0] > 1 else 0]
    for x in range(1, here.size - 1):
        m = here[x]
        out[x] = (
            (east[x] * (m - here[x + 1]) + east[x - 1] * (m - here[x - 1]))
            + (south_west[x] * (m - below[x - 1]) + north_east[x + 1] * (m - above[x + 1]))
            + (south[x] * (m - below[x]) + north[x] * (m - above[x]))
            + (south_east[x] * (m - below[x + 1]) + north_west[x - 1] * (m - above[x - 1]))
            + loss[x] * m
        )


@compiled(parallel=True)
def residual(c, leak, x, r):
    """r = -A x. At constrained pixels it is of no meaning and never used."""
    rows = x.shape[1] - 2
    for band in prange((rows + BAND_ROWS - 1) // BAND_ROWS):
        line = np.empty(x.shape[2], np.float32)
        for y in range(band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS) + 1):
            for channel in range(2):
                _apply_row(c, leak, y, x[channel, y - 1], x[channel, y], x[channel, y + 1], line)
                out = r[channel, y]
                for col in range(1, out.size - 1):
                    out[col] = -line[col]


@compiled(parallel=True)
def step_and_restrict(c, leak, inverse, label, bands, alpha, x, p, q, r, r_next, b, steps):
    """Take a step, smooth once, and sum what is left over the first coarse level's nodes.

    x += alpha p; r_next = r - alpha q; b = sum of (r_next - A s) with s = damping r_next / diagonal.
    `steps` gets the largest and the summed squared change of x, a row a band: (2 channels, 2).
    """
    rows, cols = x.shape[1] - 2, x.shape[2]
    for band in prange((rows + BAND_ROWS - 1) // BAND_ROWS):
        first, last = band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS)
        b[bands[band] : bands[band + 1]] = 0
        smooth = np.zeros((3, 2, cols), np.float32)
        line = np.empty((2, cols), np.float32)
        steps[band] = 0
        for y in range(first - 1, last + 2):
            own = first <= y <= last
            scale = inverse[y]
            for channel in range(2):
                a = alpha[channel]
                old, change, out = r[channel, y], q[channel, y], smooth[y % 3, channel]
                if own:
                    new, move, colour = r_next[channel, y], p[channel, y], x[channel, y]
                    largest, squares = np.float32(0), np.float32(0)
                    for col in range(1, cols - 1):
                        value = old[col] - a * change[col]
                        new[col] = value
                        out[col] = DAMPING * scale[col] * value
                        d = a * move[col]
                        colour[col] += d
                        largest = max(largest, abs(d))
                        squares += d * d
                    steps[band, channel, 0] = max(steps[band, channel, 0], largest)
                    steps[band, channel, 1] += squares
                else:
                    for col in range(1, cols - 1):
                        out[col] = DAMPING * scale[col] * (old[col] - a * change[col])
            row = y - 1
            if row < first:
                continue
            for channel in range(2):
                _apply_row(
                    c, leak, row, smooth[(row - 1) % 3, channel], smooth[row % 3, channel],
                    smooth[(row + 1) % 3, channel], line[channel],
                )  # fmt: skip
            node = label[row]
            new0, new1 = r_next[0, row], r_next[1, row]
            line0, line1 = line[0], line[1]
            for col in range(1, cols - 1):
                n = node[col]
                if n > 0:
                    b[n, 0] += new0[col] - line0[col]
                    b[n, 1] += new1[col] - line1[col]


@compiled(parallel=True)
def prolong_and_smooth(c, leak, inverse, label, coarse, r, q, z, dots):
    """z = the coarse level's answer, smoothed once before and once after.

    `dots` gets <z, r> and <z, q>, a row a band: (2 channels, 2).
    """
    rows, cols = r.shape[1] - 2, r.shape[2]
    for band in prange((rows + BAND_ROWS - 1) // BAND_ROWS):
        first, last = band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS)
        guess = np.zeros((3, 2, cols), np.float32)
        line = np.empty(cols, np.float32)
        dots[band] = 0
        for y in range(first - 1, last + 2):
            scale, node = inverse[y], label[y]
            guess0, guess1, r0, r1 = guess[y % 3, 0], guess[y % 3, 1], r[0, y], r[1, y]
            for col in range(1, cols - 1):
                n = max(node[col], 0)
                guess0[col] = coarse[n, 0] + DAMPING * scale[col] * r0[col]
                guess1[col] = coarse[n, 1] + DAMPING * scale[col] * r1[col]
            row = y - 1
            if row < first:
                continue
            scale = inverse[row]
            for channel in range(2):
                here = guess[row % 3, channel]
                _apply_row(
                    c, leak, row, guess[(row - 1) % 3, channel], here, guess[(row + 1) % 3, channel], line
                )
                left, change, out = r[channel, row], q[channel, row], z[channel, row]
                with_r, with_q = np.float32(0), np.float32(0)
                for col in range(1, cols - 1):
                    value = here[col] + DAMPING * scale[col] * (left[col] - line[col])
                    out[col] = value
                    with_r += value * left[col]
                    with_q += value * change[col]
                dots[band, channel, 0] += with_r
                dots[band, channel, 1] += with_q


@compiled(parallel=True)
def direct(c, leak, beta, z, p, p_next, q, r, dots):
    """p_next = z + beta p; q = A p_next. `dots` gets <p, q> and <p, r>, a row a band: (2 channels, 2)."""
    rows, cols = z.shape[1] - 2, z.shape[2]
    for band in prange((rows + BAND_ROWS - 1) // BAND_ROWS):
        first, last = band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS)
        lines = np.zeros((3, 2, cols), np.float32)
        dots[band] = 0
        for y in range(first - 1, last + 2):
            for channel in range(2):
                step, before, now, out = beta[channel], p[channel, y], z[channel, y], lines[y % 3, channel]
                for col in range(1, cols - 1):
                    out[col] = now[col] + step * before[col]
            row = y - 1
            if row < first:
                continue
            for channel in range(2):
                here, change = lines[row % 3, channel], q[channel, row]
                _apply_row(
                    c, leak, row, lines[(row - 1) % 3, channel], here, lines[(row + 1) % 3, channel], change
                )
                out, left = p_next[channel, row], r[channel, row]
                with_q, with_r = np.float32(0), np.float32(0)
                for col in range(1, cols - 1):
                    value = here[col]
                    out[col] = value
                    with_q += value * change[col]
                    with_r += value * left[col]
                dots[band, channel, 0] += with_q
                dots[band, channel, 1] += with_r


# -- the published system ----------------------------------------------------------
#
# `f` (8, H + 2, W + 2) are the flows pi_r w_rs, in the order of `affinity.NEIGHBOURS`. Inner products
# are weighted with `inverse`: that leaves out the constrained pixels, whose q and r mean nothing.


@compiled(parallel=True)
def flow(f, leak, z, image, inverse, q, dots):
    """Image = diag(pi) (I - W) z. `dots` gets <image, q>, a row a band: (2 channels, 2)."""
    rows, cols = z.shape[1] - 2, z.shape[2]
    for band in prange((rows + BAND_ROWS - 1) // BAND_ROWS):
        dots[band] = 0
        for y in range(band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS) + 1):
            loss = leak[y if leak.shape[0] > 1 else 0]
            f0, f1, f2, f3 = f[0, y], f[1, y], f[2, y], f[3, y]
            f4, f5, f6, f7 = f[4, y], f[5, y], f[6, y], f[7, y]
            scale = inverse[y]
            for channel in range(2):
                above, here, below = z[channel, y - 1], z[channel, y], z[channel, y + 1]
                out, change = image[channel, y], q[channel, y]
                with_q = np.float32(0)
                for x in range(1, cols - 1):
                    m = here[x]
                    value = (
                        (f0[x] * (m - above[x - 1]) + f1[x] * (m - above[x]))
                        + (f2[x] * (m - above[x + 1]) + f3[x] * (m - here[x - 1]))
                        + (f4[x] * (m - here[x + 1]) + f5[x] * (m - below[x - 1]))
                        + (f6[x] * (m - below[x]) + f7[x] * (m - below[x + 1]))
                        + loss[x] * m
                    )
                    out[x] = value
                    with_q += scale[x] * value * change[x]
                dots[band, channel, 0] += with_q


@compiled(parallel=True)
def turn(beta, z, p, image, q, inverse, r, dots):
    """p = z + beta p; q = image + beta q. `dots` gets <q, q> and <q, r>, a row a band: (2 channels, 2)."""
    rows, cols = z.shape[1] - 2, z.shape[2]
    for band in prange((rows + BAND_ROWS - 1) // BAND_ROWS):
        dots[band] = 0
        for y in range(band * BAND_ROWS + 1, min(rows, (band + 1) * BAND_ROWS) + 1):
            scale = inverse[y]
            for channel in range(2):
                step = beta[channel]
                move, now = p[channel, y], z[channel, y]
                change, fresh, left = q[channel, y], image[channel, y], r[channel, y]
                with_q, with_r = np.float32(0), np.float32(0)
                for x in range(1, cols - 1):
                    move[x] = now[x] + step * move[x]
                    value = fresh[x] + step * change[x]
                    change[x] = value
                    with_q += scale[x] * value * value
                    with_r += scale[x] * value * left[x]
                dots[band, channel, 0] += with_q
                dots[band, channel, 1] += with_r
