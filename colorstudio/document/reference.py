"""Places of a photo, with the colours that the like of them have in another: what it is coloured like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.affine import Affine, applied
from colorstudio.errors import UsageError

MOST_PLACES = 2_000
LONGEST_NAME = 255
_FARTHEST_PX = 1_000_000
_LARGEST_CHROMA = 200.0
MOST_NUMBERS = 1_000
_DECIMALS = 2  # what is kept of a number: files say the same as memory
_OVERALL_DECIMALS = 5  # shares of hundreds of colours are small


@dataclass(frozen=True, eq=False)
class Reference:
    """Places of a photo and the colours that the like of them have in another photo, its reference.

    Found once; the other photo is not needed any more. These are not strokes: the network takes them as
    hints, each as strongly as it is sure, and nothing spreads from them.

    Attributes
    ----------
    name
        What the other photo is called.
    positions
        ``(K, 2)`` float32 (row, col) in pixels of the photo as it is prepared, integers being the centres of
        pixels. They may lie outside of a crop.
    chroma_lab
        ``(K, 2)`` float32 a*b*.
    confidence
        ``(K,)`` float32 in [0, 1]. 0: nothing in the other photo is like this place, and its colour is
        to stay what it is without a reference.
    strength
        How much of it is wanted: 0 nothing, 1 all.
    overall
        What the other photo is like as a whole, for networks that take that and tell no places apart: numbers
        in [0, 1] as they have them, ``(M,)`` float32. None with the others, which go by places.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    name: str
    positions: NDArray[np.float32]
    chroma_lab: NDArray[np.float32]
    confidence: NDArray[np.float32]
    strength: float = 1.0
    overall: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        count = len(self.confidence)
        if self.positions.shape != (count, 2) or self.chroma_lab.shape != (count, 2):
            raise UsageError("A reference needs a place, an a*b* and a confidence for each match.")
        if count > MOST_PLACES or len(self.name) > LONGEST_NAME:
            raise UsageError(f"A reference has at most {MOST_PLACES} places, this one {count}.")
        for values, low, high in (
            (self.positions, -_FARTHEST_PX, _FARTHEST_PX),
            (self.chroma_lab, -_LARGEST_CHROMA, _LARGEST_CHROMA),
            (self.confidence, 0, 1),
            (np.array([self.strength]), 0, 1),
        ):
            if not np.all((values >= low) & (values <= high)):  # not of NaN, either
                raise UsageError("A reference has numbers out of range: find it anew.")
        for field in ("positions", "chroma_lab", "confidence"):
            rounded = np.round(getattr(self, field), _DECIMALS).astype(np.float32)
            rounded.setflags(write=False)
            object.__setattr__(self, field, rounded)
        if self.overall is not None:
            if self.overall.ndim != 1 or len(self.overall) > MOST_NUMBERS:
                raise UsageError(f"A photo as a whole is described by at most {MOST_NUMBERS} numbers.")
            if not np.all((self.overall >= 0) & (self.overall <= 1)):
                raise UsageError("A reference has numbers out of range: find it anew.")
            rounded = np.round(self.overall, _OVERALL_DECIMALS).astype(np.float32)
            rounded.setflags(write=False)
            object.__setattr__(self, "overall", rounded)

    @property
    def matches(self) -> int:
        """At how many places something like them was found."""
        return int((self.confidence > 0).sum())

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Reference) or (self.name, self.strength) != (other.name, other.strength):
            return False
        if len(self._arrays) != len(other._arrays):
            return False
        return all(map(np.array_equal, self._arrays, other._arrays))

    def __hash__(self) -> int:
        return hash((self.name, self.strength, *(array.tobytes() for array in self._arrays)))

    @property
    def _arrays(self) -> tuple[NDArray[Any], ...]:
        overall = () if self.overall is None else (self.overall,)
        return self.positions, self.chroma_lab, self.confidence, *overall

    def moved(self, where: Affine) -> Reference:
        """The same on the photo after a map of its places."""
        positions = np.clip(applied(where, self.positions), -_FARTHEST_PX, _FARTHEST_PX)
        return replace(self, positions=positions.astype(np.float32))


def reference_as_json(reference: Reference | None) -> dict[str, Any] | None:
    """As `reference_from_json` takes it: each match is a list of row, col, a*, b* and confidence.

    What the other photo is like as a whole is written where there is something to say of that.
    """
    if reference is None:
        return None
    confidence = reference.confidence[:, None]
    rows = np.concatenate([reference.positions, reference.chroma_lab, confidence], axis=1, dtype=np.float64)
    written = {
        "name": reference.name,
        "strength": reference.strength,
        "matches": np.round(rows, _DECIMALS).tolist(),
    }
    if reference.overall is not None:
        written["overall"] = np.round(reference.overall.astype(np.float64), _OVERALL_DECIMALS).tolist()
    return written


def reference_from_json(data: object) -> Reference | None:
    """A reference from what a JSON parser gives, of any origin; None where there is none.

    Raises
    ------
    UsageError
    """
    match data:
        case None:
            return None
        case {"name": str(name), "strength": int(strength) | float(strength), "matches": list(rows), **rest}:
            pass
        case _:
            raise UsageError("the reference photo in it is none.")
    if len(rows) > MOST_PLACES or not all(_is_row(row) for row in rows):
        raise UsageError("the matches of its reference photo are not five numbers each.")
    overall = rest.get("overall")
    if overall is not None and not _is_numbers(overall):
        raise UsageError("what its reference photo is like as a whole is no list of numbers.")
    values = np.array(rows, np.float64).reshape(-1, 5)
    return Reference(
        name,
        values[:, :2].astype(np.float32),
        values[:, 2:4].astype(np.float32),
        values[:, 4].astype(np.float32),
        float(strength),
        None if overall is None else np.array(overall, np.float32),
    )


def _is_numbers(values: object) -> bool:
    return (
        isinstance(values, list)
        and len(values) <= MOST_NUMBERS  # pyright: ignore[reportUnknownArgumentType]
        and all(isinstance(value, int | float) and 0 <= value <= 1 for value in values)  # pyright: ignore[reportUnknownVariableType]
    )


def _is_row(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 5  # pyright: ignore[reportUnknownArgumentType]
        and all(isinstance(value, int | float) and abs(value) < 1e9 for value in row)  # pyright: ignore[reportUnknownVariableType]
    )
