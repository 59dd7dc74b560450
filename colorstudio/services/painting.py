"""What the user painted, as pixels with the colour they are to have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.strokes import Stroke, rasterise
from colorstudio.errors import UsageError
from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.photo import Photo, Pixels, unit_rgb
from colorstudio.imaging.reading import KIND_NOTES
from colorstudio.networks.hints import Hints
from colorstudio.propagation.constraints import Constraints

# Over the sum of the three channels, of 0 to 1 each: Levin's own, three codes of 8 bits.
_LEAST_DIFFERENCE = 0.01
_MANY = 0.25  # of the pixels: more of them differ after a JPEG or another edit than by strokes


@dataclass(frozen=True, eq=False)
class PaintedColours:
    """Pixels that the user painted.

    Attributes
    ----------
    constraints
        The wanted a*b*; 0 at kept pixels.
    kept
        ``(K,)`` bool: pixels that nothing spreads to.
    """

    constraints: Constraints
    kept: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.constraints)

    @property
    def shape(self) -> tuple[int, int]:
        return self.constraints.shape

    def hinted(self) -> Constraints:
        """Those that tell a network something: the kept ones do not."""
        indices, values = self.constraints.indices[~self.kept], self.constraints.values[~self.kept]
        return Constraints(self.shape, indices, values)

    def wanted(self, network_values: NDArray[np.float32]) -> Constraints:
        """C of ``D = C - N``: what was painted, and the network's own ``(K, 2)`` a*b* where it is kept."""
        values = np.where(self.kept[:, None], network_values, self.constraints.values)
        return Constraints(self.shape, self.constraints.indices, values)


def hints_of(colours: Constraints) -> Hints:
    """Pixels with the a*b* that they are to have, as the network takes them."""
    return Hints(np.stack(np.unravel_index(colours.indices, colours.shape), axis=-1), colours.values)


def painted_by_strokes(strokes: Sequence[Stroke], shape: tuple[int, int]) -> PaintedColours:
    """The pixels of strokes on a photo of this height and width."""
    raster = rasterise(strokes, shape)
    chroma = np.array([stroke.chroma_lab or (0.0, 0.0) for stroke in strokes], np.float32).reshape(-1, 2)
    keeps = np.array([stroke.kind == "keep" for stroke in strokes], np.bool_)
    constraints = Constraints(shape, raster.indices, chroma[raster.stroke])
    return PaintedColours(constraints, keeps[raster.stroke])


def painted_on_copy(photo: Photo, marked: Photo) -> PaintedColours:
    """The scribbles on a copy of the photo: the pixels that differ, with their a*b*.

    Raises
    ------
    UsageError
        The copy has another size, or no scribbles.
    """
    indices, rgb = scribbles_on_copy(photo, marked)
    chroma = srgb_to_lab(rgb)[:, 1:].astype(np.float32)
    return PaintedColours(Constraints(photo.shape, indices, chroma), np.zeros(len(indices), np.bool_))


def scribbles_on_copy(photo: Photo, marked: Photo) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Where a copy of the photo was scribbled on, and the colours that it has there.

    Returns
    -------
    indices
        ``(K,)``, row * width + col, strictly increasing; K > 0.
    rgb
        ``(K, 3)`` in [0, 1], sRGB-encoded.

    Raises
    ------
    UsageError
        The copy has another size, or no scribbles.
    """
    if marked.shape != photo.shape:
        (rows, cols), (marked_rows, marked_cols) = photo.shape, marked.shape
        raise UsageError(
            f"{marked.path} has {marked_cols} x {marked_rows} pixels, the photo has {cols} x {rows}: "
            "paint the scribbles on a copy of the photo at its own size."
        )
    mask = scribble_mask(photo.pixels, marked.pixels)
    if not mask.any():
        raise UsageError(f"{marked.path} has no scribbles, it is the photo itself: paint some on it.")
    return np.flatnonzero(mask), unit_rgb(marked.pixels[mask][None])[0]


def notes_on_copy(marked: Photo, painted_pixels: int) -> tuple[str, ...]:
    """Sentences for the user about a copy with scribbles, given how many of its pixels they are."""
    name = marked.path.name if marked.path is not None else "The marked picture"
    # That it has colours is what it is for.
    notes = [f"{name}: {note}" for note in marked.notes if note not in KIND_NOTES.values()]
    height, width = marked.shape
    part = painted_pixels / (height * width)
    if part > _MANY:
        notes.append(
            f"{name} differs from the photo at {part:.0%} of its pixels, and all of them were taken for "
            "strokes: if it has fewer, paint on a copy of the photo and save it as PNG or TIFF."
        )
    return tuple(notes)


def scribble_mask(plain: Pixels, marked: Pixels) -> NDArray[np.bool_]:
    """Where a marked picture differs from the plain one, as Levin, Lischinski & Weiss (2004) find it.

    Parameters
    ----------
    plain, marked
        ``(H, W)`` or ``(H, W, 3)`` of the same size, each uint8 or uint16.

    Returns
    -------
    ``(H, W)``, True where the sum over the channels of the difference, of values in [0, 1], is above 0.01.
    """
    shape = (plain.shape[0], plain.shape[1])
    mask = np.empty(shape, np.bool_)

    def compare(band: slice) -> None:
        difference = np.abs(unit_rgb(plain[band]) - unit_rgb(marked[band])).sum(axis=-1)
        np.greater(difference, _LEAST_DIFFERENCE, out=mask[band])

    in_bands(compare, shape)
    return mask
