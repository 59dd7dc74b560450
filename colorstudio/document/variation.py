"""One of several colourings of a photo, chosen by the user: what leads to it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.affine import Affine, applied
from colorstudio.errors import UsageError

MOST_PLACES = 200
LARGEST_SEED = 2**31 - 1
_FARTHEST_PX = 1_000_000
_LARGEST_CHROMA = 200.0
_DECIMALS = 2  # what is kept of a number: files say the same as memory


@dataclass(frozen=True, eq=False)
class Variation:
    """A colouring other than the one that the network would choose.

    Kept as what it was drawn by, not as a picture: strokes, vividness and crops go on to work on it.

    Attributes
    ----------
    number
        What it is called by, from 1.
    seed
        What a network that draws its colours by itself draws these by.
    positions
        ``(K, 2)`` float32 (row, col) in pixels of the photo as it is prepared, integers being the centres of
        pixels; they may lie outside of a crop. Places where a network that takes hints is told the colour.
    chroma_lab
        ``(K, 2)`` float32 a*b* there.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    number: int
    seed: int
    positions: NDArray[np.float32]
    chroma_lab: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.positions.shape != self.chroma_lab.shape or self.positions.shape[1:] != (2,):
            raise UsageError("A variation needs a place and an a*b* for each of its hints.")
        if len(self.positions) > MOST_PLACES:
            raise UsageError(f"A variation has at most {MOST_PLACES} places, this one {len(self.positions)}.")
        if not (1 <= self.number <= LARGEST_SEED and 0 <= self.seed <= LARGEST_SEED):
            raise UsageError("A variation has a number out of range: choose another one.")
        for values, most in ((self.positions, _FARTHEST_PX), (self.chroma_lab, _LARGEST_CHROMA)):
            if not np.all(np.abs(values) <= most):  # not of NaN, either
                raise UsageError("A variation has numbers out of range: choose another one.")
        for field in ("positions", "chroma_lab"):
            rounded = np.round(getattr(self, field), _DECIMALS).astype(np.float32)
            rounded.setflags(write=False)
            object.__setattr__(self, field, rounded)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Variation) or (self.number, self.seed) != (other.number, other.seed):
            return False
        return np.array_equal(self.positions, other.positions) and np.array_equal(
            self.chroma_lab, other.chroma_lab
        )

    def __hash__(self) -> int:
        return hash((self.number, self.seed, self.positions.tobytes(), self.chroma_lab.tobytes()))

    def moved(self, where: Affine) -> Variation:
        """The same on the photo after a map of its places."""
        positions = np.clip(applied(where, self.positions), -_FARTHEST_PX, _FARTHEST_PX)
        return replace(self, positions=positions.astype(np.float32))


def variation_as_json(variation: Variation | None) -> dict[str, Any] | None:
    """As `variation_from_json` takes it: each place is a list of row, col, a* and b*."""
    if variation is None:
        return None
    rows = np.concatenate([variation.positions, variation.chroma_lab], axis=1, dtype=np.float64)
    return {
        "number": variation.number,
        "seed": variation.seed,
        "places": np.round(rows, _DECIMALS).tolist(),
    }


def variation_from_json(data: object) -> Variation | None:
    """A variation from what a JSON parser gives, of any origin; None where there is none.

    Raises
    ------
    UsageError
    """
    match data:
        case None:
            return None
        case {"number": int(number), "seed": int(seed), "places": list(rows)}:
            pass
        case _:
            raise UsageError("the variation in it is none.")
    if len(rows) > MOST_PLACES or not all(_is_row(row) for row in rows):
        raise UsageError("the places of its variation are not four numbers each.")
    values = np.array(rows, np.float64).reshape(-1, 4)
    return Variation(number, seed, values[:, :2].astype(np.float32), values[:, 2:].astype(np.float32))


def _is_row(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 4  # pyright: ignore[reportUnknownArgumentType]
        and all(isinstance(value, int | float) and abs(value) < 1e9 for value in row)  # pyright: ignore[reportUnknownVariableType]
    )
