"""Hints as the published protocols draw them: small squares, each filled with its mean true colour."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from colorstudio.propagation.constraints import Constraints

_SEED = 1234  # iColoriT's
Placing = Literal["normal", "grid"]


@dataclass(frozen=True, eq=False)
class SquareHints:
    """A sequence of hints: the first n of it are what a count of n means.

    Attributes
    ----------
    shape
        Height and width of the picture.
    side_px
        Side of each square.
    corners
        ``(K, 2)`` int64 (row, col) of each square's first pixel.
    chroma_lab
        ``(K, 2)`` float32, each square's a*b*.
    """

    shape: tuple[int, int]
    side_px: int
    corners: NDArray[np.int64]
    chroma_lab: NDArray[np.float32]

    def first(self, count: int) -> Constraints:
        """The pixels of the first hints with the a*b* of the last one drawn over them."""
        owner = np.full(self.shape, -1)
        for number, (row, col) in enumerate(self.corners[:count]):
            owner[row : row + self.side_px, col : col + self.side_px] = number
        hinted = owner >= 0
        return Constraints(self.shape, np.flatnonzero(hinted), self.chroma_lab[owner[hinted]])


def generator_of(file_name: str) -> np.random.Generator:
    """What is random about a photo is drawn from its name: the same for all methods and on all machines."""
    digest = hashlib.sha256(file_name.encode()).digest()
    return np.random.default_rng([_SEED, int.from_bytes(digest)])


def place_squares(
    file_name: str, count: int, *, size_px: int, side_px: int, placing: Placing
) -> NDArray[np.int64]:
    """Corners ``(count, 2)`` of squares in a square picture, drawn from the photo's name.

    A longer sequence starts with the shorter one.

    Parameters
    ----------
    size_px, side_px
        Side of the picture, and of the squares.
    placing
        "normal": centres from N(0.5, 0.25) of each side, kept inside (Zhang et al. 2017). "grid": cells of
        a grid of squares, uniformly, with replacement (Yun et al. 2023, iColoriT).
    """
    generator = generator_of(file_name)
    if placing == "grid":
        return generator.integers(0, size_px // side_px, (count, 2)) * side_px
    centres = generator.normal(0.5, 0.25, (count, 2)) * size_px
    return np.clip(np.rint(centres - side_px / 2), 0, size_px - side_px).astype(np.int64)


def squares_with_true_colours(
    chroma_lab: NDArray[np.float32], corners: NDArray[np.int64], side_px: int
) -> SquareHints:
    """Squares at their corners, each with the mean of the true a*b* ``(H, W, 2)`` under it."""
    means = np.empty((len(corners), 2), np.float32)
    for number, (row, col) in enumerate(corners):
        means[number] = chroma_lab[row : row + side_px, col : col + side_px].mean(axis=(0, 1))
    return SquareHints((chroma_lab.shape[0], chroma_lab.shape[1]), side_px, corners, means)
