"""Chroma at a photo's full size, computed by rectangles as they are asked for."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.bands import bands
from colorstudio.imaging.resample import resize


class Chroma(Protocol):
    """Full-size a*b* of a photo, as `imaging.resample.GuidedUpsampler` gives it."""

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        ...

    def region_planes(self, luminance: NDArray[np.float32], rows: slice, cols: slice) -> NDArray[np.float32]:
        """A rectangle as two planes ``(2, r, c)``, given all of L* ``(H, W)``; the caller may change them."""
        ...

    def resized(self, shape: tuple[int, int]) -> Chroma:
        """The same colours for a copy of the photo at another size."""
        ...


class PropagatedChroma:
    """What strokes say, spread over the photo; on top of what a network says, if there is one.

    Parameters
    ----------
    propagated
        ``(H, W, 2)`` float32 a*b*.
    network
        What it is added to, of the same size.
    """

    def __init__(self, propagated: NDArray[np.float32], network: Chroma | None = None) -> None:
        self.shape = (propagated.shape[0], propagated.shape[1])
        if network is not None and network.shape != self.shape:
            raise ValueError(f"chroma for {network.shape} and {self.shape} do not belong together")
        self._propagated = propagated
        self._network = network

    def region_planes(self, luminance: NDArray[np.float32], rows: slice, cols: slice) -> NDArray[np.float32]:
        planes = np.moveaxis(self._propagated[rows, cols], -1, 0)
        if self._network is None:
            return planes.copy(order="C")
        out = self._network.region_planes(luminance, rows, cols)
        out += planes
        return out

    def resized(self, shape: tuple[int, int]) -> PropagatedChroma:
        network = self._network.resized(shape) if self._network is not None else None
        return PropagatedChroma(resize(self._propagated, shape), network)


def chroma_at(
    chroma: Chroma, luminance: NDArray[np.float32], indices: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Chroma of some pixels, without computing that of all.

    Parameters
    ----------
    luminance
        ``(H, W)`` L*.
    indices
        ``(K,)``, row * width + col, increasing.

    Returns
    -------
    ``(K, 2)`` float32 a*b*.
    """
    width = chroma.shape[1]
    out = np.empty((len(indices), 2), np.float32)
    for band in bands(chroma.shape):
        first, last = np.searchsorted(indices, (band.start * width, band.stop * width))
        if first == last:
            continue
        rows, cols = np.divmod(indices[first:last], width)
        top, left = int(rows[0]), int(cols.min())
        planes = chroma.region_planes(
            luminance, slice(top, int(rows[-1]) + 1), slice(left, int(cols.max()) + 1)
        )
        out[first:last] = planes[:, rows - top, cols - left].T
    return out
