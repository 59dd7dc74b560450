"""A fully connected conditional random field over chroma, solved by mean field.

Krähenbühl & Koltun 2011, "Efficient inference in fully connected CRFs with Gaussian edge potentials": every
cell of a picture is joined to every other, the more the nearer they are (the smoothness kernel of their
eq. 3) and the more alike they look (the appearance kernel, here of position and luminance). Theirs gives
each pixel one of some labels. Here what is sought is a number, a* or b*, so potentials are quadratic,

    E(x) = sum_i (x_i - c_i)^2 + sum_m w_m / 2 sum_ij k_m(i, j) (x_i - x_j)^2,

with c as the network said, and the field is Gaussian: its mean is its most likely state, and the mean-field
update, each cell at the weighted mean of what was said there and of all that it is joined to, arrives at it
exactly. Kernels are normalised by D^-1/2 k D^-1/2 (as in their paper of 2013), so that a cell in a large
thing is joined to no more than one in a small thing. docs/adr/0018 says why there are no labels.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.ndimage import gaussian_filter1d

# Chosen on photos held out from training: docs/adr/0018.
_SMOOTHNESS, _SMOOTHNESS_REACH = 1.0, 0.01  # weight; standard deviation, as a part of the longer side
_APPEARANCE, _APPEARANCE_REACH = 2.0, 0.04
_LIKENESS = 5.0  # L*: standard deviation within which luminances are alike
_HELD = 1e4  # how much more than others a cell insists on what was said there
_BLUR = (2 / 3) ** 0.5  # standard deviation, in points of the grid
_UPDATES = 30
_SETTLED = 0.02  # a*b*: no cell moved further in the last update


def most_likely_chroma(
    chroma_lab: NDArray[np.float32], guide: NDArray[np.float32], held: NDArray[np.bool_] | None = None
) -> NDArray[np.float32]:
    """The mean of the field, given what was said of each cell: see `smoothing.smoothed`."""
    height, width = guide.shape
    place = np.indices(guide.shape).reshape(2, -1).T / max(height, width)  # (h * w, 2)
    appearance = np.column_stack([place / _APPEARANCE_REACH, guide.reshape(-1) / _LIKENESS])
    kernels = [
        (_SMOOTHNESS, NormalisedKernel(place / _SMOOTHNESS_REACH)),
        (_APPEARANCE, NormalisedKernel(appearance)),
    ]
    said = chroma_lab.reshape(-1, 2).astype(np.float32)
    insistence = np.ones((len(said), 1), np.float32)
    if held is not None:
        insistence[held.reshape(-1)] = _HELD
    total = insistence + sum(weight * kernel(np.ones_like(insistence)) for weight, kernel in kernels)
    mean = said
    for _ in range(_UPDATES):
        before = mean
        heard = sum(weight * kernel(mean) for weight, kernel in kernels)
        mean = (insistence * said + heard) / total
        if np.abs(mean - before).max() < _SETTLED:
            break
    return mean.reshape(height, width, 2).astype(np.float32, copy=False)


class NormalisedKernel:
    """Sums over all cells with Gaussian weights by the distance of their features.

    On a grid in the space of features (Chen, Paris & Durand 2007, "Real-time edge-aware image processing
    with the bilateral grid"), whose points are a standard deviation apart: values are spread to the points
    around them, the grid is blurred along each axis, and values are read off linearly. The variances of the
    three steps, 1/6, 2/3 and 1/6, add up to 1.

    Parameters
    ----------
    features
        ``(N, d)``, in standard deviations.
    """

    def __init__(self, features: NDArray[np.floating[Any]]) -> None:
        position = features - features.min(axis=0)
        low = np.floor(position).astype(np.int64)
        part = (position - low).astype(np.float32)
        count, axes = position.shape
        self._shape = tuple(int(side) + 2 for side in low.max(axis=0))
        corners = np.stack(list(np.ndindex(*(2,) * axes)))  # (2 ^ d, d)
        weights = np.stack([np.where(corner, part, 1 - part).prod(axis=1) for corner in corners], axis=1)
        points = np.stack([np.ravel_multi_index((low + corner).T, self._shape) for corner in corners], axis=1)
        row_ends = np.arange(0, points.size + 1, len(corners))
        self._read = sparse.csr_array(
            (weights.reshape(-1).astype(np.float32), points.reshape(-1), row_ends),
            shape=(count, int(np.prod(self._shape))),
        )
        self._spread = self._read.T.tocsr()
        self._scale = np.ones((count, 1), np.float32)
        self._scale = (1 / np.sqrt(self(self._scale))).astype(np.float32)

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sums for values ``(N, c)``."""
        grid = np.asarray(self._spread @ (self._scale * values), np.float32).reshape(*self._shape, -1)
        for axis in range(len(self._shape)):
            grid = gaussian_filter1d(grid, _BLUR, axis=axis, mode="constant", radius=2)
        return np.asarray(self._scale * (self._read @ grid.reshape(-1, values.shape[1])), np.float32)
