"""Strokes found in a picture that somebody painted: one for each connected area of one colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse
from scipy.sparse import csgraph

from colorstudio.document.stroke_file import MAX_RUNS
from colorstudio.document.strokes import Stroke, StrokeKind
from colorstudio.errors import UsageError
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.progress import ProgressToken

# More areas of exactly one colour than anyone paints: grain, a soft brush, or JPEG.
MOST_AREAS = 2000
_MOST_COLOURS = 64
_ALIKE = 12.0  # distance in a*b* and half of L* that passes for one colour
_EVEN = 24  # codes, between neighbours inside of a stroke; at its edge there is more
_LEAST_SHARE = 0.003  # of the pixels painted: below it a colour is a mixture of two others
_NEUTRAL = 4.0  # a*b* length of what was meant to be gray
_LEAST_AREA_PX = 12
_NEAR_PX = 8.0  # what is farther from any sure colour is no stroke

RGB8 = NDArray[np.uint8]


@dataclass(frozen=True)
class FoundStrokes:
    """Strokes found in a picture, with sentences for the user about what was done to find them."""

    strokes: tuple[Stroke, ...]
    notes: tuple[str, ...] = ()


def strokes_of_pixels(
    painted: NDArray[np.bool_],
    rgb8: RGB8,
    name: str,
    *,
    white_keeps: bool = False,
    token: ProgressToken | None = None,
) -> FoundStrokes:
    """One stroke for each connected area of one colour; gray is neutral.

    Where there are thousands of areas, colours that look alike become one first, and specks are left out;
    all areas of a colour become one stroke if that does not help. The notes say so.

    Parameters
    ----------
    painted
        ``(H, W)``, True where somebody painted; somewhere.
    rgb8
        ``(H, W, 3)`` sRGB.
    name
        What to call the picture in messages to the user.
    white_keeps
        Pure white is a stroke of the kind "keep".

    Raises
    ------
    UsageError
        There are more pieces than a document can hold.
    Cancelled
    """
    token = token or ProgressToken()
    token.report(0.0, "Looking for strokes")
    colours, index = np.unique(_codes(rgb8[painted]), return_inverse=True)
    palette = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.uint8)
    numbers = np.full(painted.shape, -1, np.int32)
    numbers[painted] = index
    kinds = _kinds(palette, 0.0, white_keeps)
    runs = _Runs.of(_as_one_gray(numbers, kinds))
    areas = runs.connected()
    notes: list[str] = []
    if areas.max() + 1 > MOST_AREAS:
        palette, numbers = _merged_colours(painted, rgb8, palette, numbers, token.part(0.2, 0.8))
        kinds = _kinds(palette, _NEUTRAL, white_keeps)
        runs = _Runs.of(_as_one_gray(numbers, kinds)).without_specks()
        areas = runs.connected()
        notes.append(
            f"{name} has {len(colours)} colours in its strokes, as JPEG or a soft brush leaves them: those "
            f"that look alike were joined to {len(palette)}, and specks were left out. Strokes painted with "
            "a hard brush and saved as PNG keep their own colours."
        )
    if areas.max() + 1 > MOST_AREAS:
        notes.append(f"{name} has {areas.max() + 1} painted spots: all of one colour became one stroke each.")
        areas = np.unique(runs.number, return_inverse=True)[1]
    token.report(0.9, "Looking for strokes")
    if len(runs.row) > MAX_RUNS:
        raise UsageError(
            f"{name} has too many painted pieces for strokes: paint on a copy of the photo with a hard "
            "brush and save it as PNG."
        )
    return FoundStrokes(_strokes(runs, areas, palette, kinds), tuple(notes))


def _kinds(palette: RGB8, neutral_chroma: float, white_keeps: bool) -> list[StrokeKind]:
    """Of strokes in each colour ``(N, 3)``; up to a chroma it was meant to be none."""
    chroma = np.hypot(*srgb_to_lab(palette / 255.0)[:, 1:].T)
    gray = (np.ptp(palette, axis=1) == 0) | (chroma < neutral_chroma)
    white = (palette == 255).all(axis=1) & white_keeps
    return [
        "keep" if keeps else "neutral" if none else "colour" for keeps, none in zip(white, gray, strict=True)
    ]


def _as_one_gray(numbers: NDArray[np.int32], kinds: list[StrokeKind]) -> NDArray[np.int32]:
    """Numbers of colours where all neutral ones are the same: it does not matter which gray it was."""
    if kinds.count("neutral") < 2:
        return numbers
    neutral = np.array([kind == "neutral" for kind in kinds])
    # The last entry is for the pixels of no colour, whose number is -1.
    same = np.append(np.where(neutral, np.argmax(neutral), np.arange(len(kinds))), -1).astype(np.int32)
    return same[numbers]


def _codes(rgb8: RGB8) -> NDArray[np.int32]:
    wide = rgb8.astype(np.int32)
    return wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]


@dataclass(frozen=True, eq=False)
class _Runs:
    """Pixels of one number beside each other in a row; `last` is one past the last."""

    row: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    number: NDArray[np.int32]

    @classmethod
    def of(cls, numbers: NDArray[np.int32]) -> _Runs:
        """Of ``(H, W)``, where negative numbers are nothing."""
        changes = np.ones(numbers.shape, np.bool_)
        changes[:, 1:] = numbers[:, 1:] != numbers[:, :-1]
        starts = np.flatnonzero(changes)
        stops = np.append(starts[1:], numbers.size)
        number = numbers.reshape(-1)[starts]
        starts, stops, number = starts[number >= 0], stops[number >= 0], number[number >= 0]
        row, first = np.divmod(starts, numbers.shape[1])
        return cls(row, first, first + stops - starts, number)

    def without_specks(self) -> _Runs:
        """Those of areas that are large enough to have been meant, if there are any such."""
        areas = self.connected()
        large = np.bincount(areas, self.last - self.first) >= _LEAST_AREA_PX
        kept = large[areas] if large.any() else slice(None)
        return _Runs(self.row[kept], self.first[kept], self.last[kept], self.number[kept])

    def connected(self) -> NDArray[np.int64]:
        """The number of the area of each, from 0 in the order of their first rows; corners connect."""
        stride = int(self.last.max()) + 2
        begins, ends = self.row * stride + self.first, self.row * stride + self.last
        # Of each run, those in the next row that touch it.
        low = np.searchsorted(ends, begins + stride, side="left")
        high = np.searchsorted(begins, ends + stride, side="right")
        counts = np.maximum(high - low, 0)
        upper = np.repeat(np.arange(len(counts)), counts)
        lower = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
        same = self.number[upper] == self.number[lower]
        edges = (np.ones(same.sum(), np.bool_), (upper[same], lower[same]))
        graph = sparse.coo_array(edges, shape=(len(counts), len(counts)))
        labels = csgraph.connected_components(graph, directed=False)[1]
        _, first_run, label = np.unique(labels, return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first_run))[label]


def _strokes(
    runs: _Runs, areas: NDArray[np.int64], palette: RGB8, kinds: list[StrokeKind]
) -> tuple[Stroke, ...]:
    order = np.argsort(areas, kind="stable")
    parts = np.split(order, np.searchsorted(areas[order], np.arange(1, areas.max() + 1)))
    triples = list(zip(runs.row.tolist(), runs.first.tolist(), runs.last.tolist(), strict=True))
    strokes: list[Stroke] = []
    for part in parts:
        number = int(runs.number[part[0]])
        red, green, blue = palette[number].tolist()
        rgb = (red, green, blue) if kinds[number] == "colour" else None
        strokes.append(Stroke((), 0.0, kinds[number], rgb, runs=tuple(triples[k] for k in part.tolist())))
    return tuple(strokes)


# -- colours that look alike --------------------------------------------------------


def _merged_colours(
    painted: NDArray[np.bool_],
    rgb8: RGB8,
    palette: RGB8,
    numbers: NDArray[np.int32],
    token: ProgressToken,
) -> tuple[RGB8, NDArray[np.int32]]:
    """Few colours, and which of them each pixel has.

    The colours are those that the insides of strokes have. What is none of them, at the edges, takes that of
    the nearest pixel that is.
    """
    even = painted & _is_even(rgb8)
    counts = np.bincount(numbers[even], minlength=len(palette))
    if not counts.any():  # only thin lines
        counts = np.bincount(numbers[painted], minlength=len(palette))
    token.report(0.3, "Joining colours")
    lab = srgb_to_lab(palette / 255.0) * (0.5, 1.0, 1.0)
    nearest = np.full(len(palette), -1, np.int32)
    centres: list[int] = []
    left = counts.astype(np.float64)
    while len(centres) < _MOST_COLOURS:
        token.check()
        centre = int(np.argmax(left))
        alike = (np.linalg.norm(lab - lab[centre], axis=1) <= _ALIKE) & (nearest < 0)
        if centres and counts[alike].sum() < _LEAST_SHARE * counts.sum():
            break
        nearest[alike] = len(centres)
        left[alike] = -1
        centres.append(centre)
        if left.max() <= 0:
            break
    token.report(0.5, "Joining colours")
    sure = np.where(painted, nearest[numbers], -1)
    found: Any = ndimage.distance_transform_edt(sure < 0, return_indices=True)
    distance, (rows, cols) = found
    merged = np.where(painted & (distance <= _NEAR_PX), sure[rows, cols], -1).astype(np.int32)
    return palette[centres], merged


def _is_even(rgb8: RGB8) -> NDArray[np.bool_]:
    """Where the 3 x 3 pixels around have nearly one colour."""
    window = (3, 3, 1)
    span = ndimage.maximum_filter(rgb8, window) - ndimage.minimum_filter(rgb8, window)
    return span.max(axis=2) <= _EVEN
