"""Hints: colours that the user says are right, at pixels of the photo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import UsageError


@dataclass(frozen=True, eq=False)
class Hints:
    """Colours at pixels.

    Attributes
    ----------
    positions
        ``(K, 2)`` (row, col) in pixels of the photo, integers being the centres of pixels.
    chroma_lab
        ``(K, 2)`` float32 a*b*.
    """

    positions: NDArray[np.integer | np.floating]
    chroma_lab: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.positions.shape != self.chroma_lab.shape or self.positions.shape[1:] != (2,):
            raise UsageError(
                f"Hints need one a*b* for each (row, col): "
                f"got {self.positions.shape} and {self.chroma_lab.shape}."
            )

    def __len__(self) -> int:
        return len(self.positions)

    def cells(self, photo_shape: tuple[int, int], grid: tuple[int, int]) -> NDArray[np.int64]:
        """The cells that they lie in, ``(K, 2)`` (row, col), of a grid laid over the photo."""
        at = np.floor((self.positions + 0.5) * (np.array(grid) / np.array(photo_shape)))
        return np.clip(at.astype(np.int64), 0, np.array(grid) - 1)

    def where(self, chosen: NDArray[np.bool_]) -> Hints:
        """Some of them."""
        return Hints(self.positions[chosen], self.chroma_lab[chosen])


NO_HINTS = Hints(np.zeros((0, 2), np.int64), np.zeros((0, 2), np.float32))


def joined(one: Hints, other: Hints) -> Hints:
    """All of both."""
    return Hints(
        np.concatenate([one.positions, other.positions]), np.concatenate([one.chroma_lab, other.chroma_lab])
    )


def broadened(hints: Hints, photo_shape: tuple[int, int], working_shape: tuple[int, int]) -> Hints:
    """Each as three by three pixels of what the network sees: a dab, and not a dot."""
    step = np.array(photo_shape) / np.array(working_shape)
    offsets = np.array([(row, col) for row in (-1, 0, 1) for col in (-1, 0, 1)]) * step
    around = (hints.positions[:, None] + offsets[None]).reshape(-1, 2).astype(np.float32)
    return Hints(around, np.repeat(hints.chroma_lab, len(offsets), axis=0))


def encode_hints(
    hints: Hints,
    photo_shape: tuple[int, int],
    working_shape: tuple[int, int],
    padded_shape: tuple[int, int],
    scale: float,
) -> NDArray[np.float32]:
    """Hints as the decoder takes them.

    Several hints that fall into one pixel of the working size are averaged.

    Parameters
    ----------
    photo_shape, working_shape, padded_shape
        Height and width of the photo, of what the network sees of it, and of that with its padding.
    scale
        a*b* are divided by it.

    Returns
    -------
    ndarray
        ``(3, h, w)`` float32 of the padded shape: a, b and the mask of 0 and 1.
    """
    encoded = np.zeros((3, *padded_shape), np.float32)
    if not len(hints):
        return encoded
    cell = hints.cells(photo_shape, working_shape)
    flat = cell[:, 0] * padded_shape[1] + cell[:, 1]
    size = padded_shape[0] * padded_shape[1]
    count = np.bincount(flat, minlength=size)
    hinted = count > 0
    for channel in (0, 1):
        total = np.bincount(flat, weights=hints.chroma_lab[:, channel], minlength=size)
        encoded[channel].reshape(-1)[hinted] = total[hinted] / count[hinted] / scale
    encoded[2].reshape(-1)[hinted] = 1.0
    return encoded
