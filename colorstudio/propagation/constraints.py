"""Pixels whose chroma is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import UsageError

_LARGEST = 1e9  # far above any chroma; squares of it still add up in single precision


@dataclass(frozen=True, eq=False)
class Constraints:
    """Chroma at some pixels of a picture.

    Attributes
    ----------
    shape
        Height and width of the picture.
    indices
        ``(K,)`` int64, row * width + col, strictly increasing.
    values
        ``(K, C)`` float32: any chroma, or a residual of it, in any number of channels.
    """

    shape: tuple[int, int]
    indices: NDArray[np.int64]
    values: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.indices.ndim != 1 or self.values.ndim != 2 or len(self.indices) != len(self.values):
            raise UsageError(
                f"Constraints need one row of values for each index: "
                f"got {self.indices.shape} and {self.values.shape}."
            )
        if len(self.indices):
            if self.indices[0] < 0 or self.indices[-1] >= self.shape[0] * self.shape[1]:
                raise UsageError(f"A constraint lies outside the picture of {self.shape}.")
            if (np.diff(self.indices) <= 0).any():
                raise UsageError("The indices of constraints must be strictly increasing.")
        if not (np.abs(self.values) <= _LARGEST).all():
            raise UsageError(f"A constraint's value is not a number of at most {_LARGEST:g}.")

    def __len__(self) -> int:
        return len(self.indices)

    @property
    def channels(self) -> int:
        return self.values.shape[1]

    @classmethod
    def of_mask(cls, mask: NDArray[np.bool_], chroma: NDArray[np.floating[Any]]) -> Constraints:
        """The pixels of ``mask (H, W)`` with the values of ``chroma (H, W, C)``."""
        indices = np.flatnonzero(mask).astype(np.int64)
        values = chroma.reshape(-1, chroma.shape[-1])[indices].astype(np.float32)
        return cls((mask.shape[0], mask.shape[1]), indices, values)

    def mask(self) -> NDArray[np.bool_]:
        """``(H, W)``, True where a value is given."""
        mask = np.zeros(self.shape, np.bool_)
        mask.reshape(-1)[self.indices] = True
        return mask
