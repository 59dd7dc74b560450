"""Chroma at a photo's full size, computed by rectangles as they are asked for."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.resample import resize


class Chroma(Protocol):
    """Full-size a*b* of a photo, as `imaging.resample.GuidedUpsampler` gives it."""

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        ...

    @property
    def nbytes(self) -> int:
        """Memory that it holds."""
        ...

    def region_planes(self, luminance: NDArray[np.float32], rows: slice, cols: slice) -> NDArray[np.float32]:
        """A rectangle as two planes ``(2, r, c)``, given all of L* ``(H, W)``; the caller may change them."""
        ...

    def resized(self, shape: tuple[int, int]) -> Chroma:
        """The same colours for a copy of the photo at another size."""
        ...


_STEP = 0.01
_MOST_CODE = np.iinfo(np.int16).max


class PropagatedChroma:
    """What strokes say, spread over the photo; on top of what a network says, if there is one.

    Kept in steps of 0.01 a*b*, finer than any solution and than a code of 8 bits: half the memory of single
    precision, so that the colours of many steps of the history fit.

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
        self.network = network
        codes = np.empty((2, *self.shape), np.int16)

        def encode(band: slice) -> None:
            planes = np.moveaxis(propagated[band], -1, 0) * np.float32(1 / _STEP)
            codes[:, band] = np.clip(np.rint(planes, out=planes), -_MOST_CODE, _MOST_CODE, out=planes)

        in_bands(encode, self.shape)
        self._halvings = [codes]  # itself, and as often halved as was asked for

    @property
    def nbytes(self) -> int:
        own = sum(codes.nbytes for codes in self._halvings)
        return own + (self.network.nbytes if self.network is not None else 0)

    def region_planes(self, luminance: NDArray[np.float32], rows: slice, cols: slice) -> NDArray[np.float32]:
        planes = np.multiply(self._halvings[0][:, rows, cols], np.float32(_STEP), dtype=np.float32)
        if self.network is not None:
            planes += self.network.region_planes(luminance, rows, cols)
        return planes

    def resized(self, shape: tuple[int, int]) -> PropagatedChroma:
        """At half the size, and at halves of that, as means of pixels; what was made once is kept."""
        number, half = 0, half_shape(self.shape)
        while half[0] >= shape[0] and half[1] >= shape[1] and half != self._halvings[number].shape[1:]:
            number += 1
            if number == len(self._halvings):
                self._halvings.append(_halved(self._halvings[-1]))
            half = half_shape(half)
        codes = self._halvings[number]
        other = object.__new__(PropagatedChroma)
        other.shape = shape
        other.network = self.network.resized(shape) if self.network is not None else None
        if codes.shape[1:] != shape:
            codes = np.rint(np.moveaxis(resize(np.moveaxis(codes, 0, -1), shape), -1, 0)).astype(np.int16)
        other._halvings = [codes]
        return other


class ChangedChroma:
    """Chroma with something added to it, of the same size."""

    def __init__(self, chroma: Chroma, change: Chroma) -> None:
        if chroma.shape != change.shape:
            raise ValueError(f"chroma for {chroma.shape} and {change.shape} do not belong together")
        self.shape = chroma.shape
        self._chroma, self._change = chroma, change

    @property
    def nbytes(self) -> int:
        return self._chroma.nbytes + self._change.nbytes

    def region_planes(self, luminance: NDArray[np.float32], rows: slice, cols: slice) -> NDArray[np.float32]:
        planes = self._chroma.region_planes(luminance, rows, cols)
        planes += self._change.region_planes(luminance, rows, cols)
        return planes

    def resized(self, shape: tuple[int, int]) -> ChangedChroma:
        return ChangedChroma(self._chroma.resized(shape), self._change.resized(shape))


def half_shape(shape: tuple[int, int]) -> tuple[int, int]:
    """Height and width of half the size; an odd last row or column counts."""
    return (shape[0] + 1) // 2, (shape[1] + 1) // 2


def _halved(codes: NDArray[np.int16]) -> NDArray[np.int16]:
    """Means over 2 x 2 pixels ``(2, h, w)``; an odd last row or column is taken twice."""
    height, width = codes.shape[1:]
    shape = half_shape((height, width))
    out = np.empty((2, *shape), np.int16)

    def work(band: slice) -> None:
        upper = codes[:, 2 * band.start : 2 * band.stop : 2]
        lower = codes[:, 2 * band.start + 1 : 2 * band.stop : 2]
        if lower.shape[1] < upper.shape[1]:
            lower = np.concatenate((lower, upper[:, -1:]), axis=1)
        total = np.add(upper, lower, dtype=np.int32)
        left, right = total[..., 0::2], total[..., 1::2]
        if right.shape[2] < left.shape[2]:
            right = np.concatenate((right, left[..., -1:]), axis=2)
        out[:, band] = (left + right + 2) >> 2

    in_bands(work, shape)
    return out
