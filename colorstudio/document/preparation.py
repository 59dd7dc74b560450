"""What is done to a photo before it is coloured: turned, straightened, cropped, its levels set.

The order is always this one, in whatever order the user came to it:

1. quarter turns, which move pixels and change none;
2. straightening, which turns the photo about its centre and computes its pixels anew;
3. the crop, which takes a rectangle of what is there then;
4. levels, which change the lightness of each pixel by one curve. **The luminance that colouring keeps is the
   one after them**: what comes out has the lightness that the levels give, at the photo's own bit depth.

All starts from the photo as it was read, so nothing is lost by trying.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from colorstudio.document.affine import Affine, applied, composed, inverted, shift
from colorstudio.document.levels import Levels, levelled
from colorstudio.errors import UsageError
from colorstudio.imaging.exif import with_size
from colorstudio.imaging.kind import recognise
from colorstudio.imaging.on_disk import on_disk
from colorstudio.imaging.photo import Photo, Pixels
from colorstudio.imaging.reading import KIND_NOTES, MAX_PIXELS
from colorstudio.imaging.turning import resample
from colorstudio.progress import ProgressToken

MAX_STRAIGHTEN_DEGREES = 45.0
_FARTHEST_PX = 1_000_000

# Clockwise, as (row, col) of (row, col): a cosine of a quarter turn is not quite 0.
_QUARTER_TURNS = (
    ((1.0, 0.0), (0.0, 1.0)),
    ((0.0, 1.0), (-1.0, 0.0)),
    ((-1.0, 0.0), (0.0, -1.0)),
    ((0.0, -1.0), (1.0, 0.0)),
)
Shape = tuple[int, int]


@dataclass(frozen=True)
class Crop:
    """A rectangle of whole pixels.

    `top` and `left` are counted from the upper left corner of the photo after its quarter turns and before it
    is straightened: straightening turns the photo about its centre, under the rectangle. They may be
    negative, for a straightened photo reaches beyond where its corners were.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    top: int
    left: int
    height: int
    width: int

    def __post_init__(self) -> None:
        sides = (self.top, self.left, self.height, self.width)
        if min(self.height, self.width) < 1 or not all(abs(side) <= _FARTHEST_PX for side in sides):
            raise UsageError(
                f"The crop {sides} is out of range: give top, left, height and width in pixels of the photo."
            )


@dataclass(frozen=True)
class Preparation:
    """What is done to a photo before it is coloured; by default nothing.

    Attributes
    ----------
    quarter_turns
        Clockwise, 0 to 3.
    straighten_degrees
        Clockwise, at most `MAX_STRAIGHTEN_DEGREES` to either side.
    crop
        None for all of the photo; where it is straightened, for the largest rectangle of the photo's own
        proportions that lies in it. What a crop has outside of the photo repeats the photo's edge.
    levels
        None for the lightness that the photo has.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    quarter_turns: int = 0
    straighten_degrees: float = 0.0
    crop: Crop | None = None
    levels: Levels | None = None

    def __post_init__(self) -> None:
        if self.quarter_turns not in range(4):
            raise UsageError(f"{self.quarter_turns} quarter turns are out of range: give 0 to 3.")
        if not abs(self.straighten_degrees) <= MAX_STRAIGHTEN_DEGREES:
            raise UsageError(
                f"The angle {self.straighten_degrees:g} is out of range: "
                f"give at most {MAX_STRAIGHTEN_DEGREES:g} degrees to either side."
            )


UNPREPARED = Preparation()


# -- where things go ----------------------------------------------------------------


def turned_shape(shape: Shape, quarter_turns: int) -> Shape:
    """Height and width after quarter turns."""
    height, width = shape
    return (width, height) if quarter_turns % 2 else (height, width)


def frame(source_shape: Shape, preparation: Preparation) -> Crop:
    """The rectangle that is taken of a photo: the crop, or what there is without one."""
    if preparation.crop is not None:
        return preparation.crop
    height, width = turned_shape(source_shape, preparation.quarter_turns)
    return _inscribed(height, width, preparation.straighten_degrees)


def _inscribed(height: int, width: int, degrees: float) -> Crop:
    """The largest centred rectangle of the same proportions inside of a photo turned by an angle."""
    sine, cosine = abs(math.sin(math.radians(degrees))), math.cos(math.radians(degrees))
    # Of the centres of pixels: there what is computed lies between pixels that there are.
    tall, wide = max(height - 1, 0), max(width - 1, 0)
    scale = min(
        (
            side / turned
            for side, turned in ((tall, tall * cosine + wide * sine), (wide, wide * cosine + tall * sine))
            if turned > 0
        ),
        default=1.0,
    )
    # As many pixels taken away at one side as at the other.
    top, left = (math.ceil(side * (1 - scale) / 2 - 1e-9) for side in (tall, wide))
    return Crop(top, left, max(1, height - 2 * top), max(1, width - 2 * left))


def to_prepared(source_shape: Shape, preparation: Preparation) -> Affine:
    """Where the places (row, col) of a photo are after its preparation."""
    height, width = turned_shape(source_shape, preparation.quarter_turns)
    middle, centre = (height - 1) / 2, (width - 1) / 2
    (a, b), (c, d) = _QUARTER_TURNS[preparation.quarter_turns]
    turned = composed(
        shift(-(source_shape[0] - 1) / 2, -(source_shape[1] - 1) / 2),
        ((a, b, middle), (c, d, centre)),
    )
    if preparation.straighten_degrees:
        angle = math.radians(preparation.straighten_degrees)
        sine, cosine = math.sin(angle), math.cos(angle)
        about = composed(shift(-middle, -centre), ((cosine, sine, middle), (-sine, cosine, centre)))
        turned = composed(turned, about)
    taken = frame(source_shape, preparation)
    return composed(turned, shift(-taken.top, -taken.left))


def mapping(source_shape: Shape, before: Preparation, after: Preparation) -> Affine:
    """What carries places in a photo as one preparation made it to the same places after another."""
    return composed(inverted(to_prepared(source_shape, before)), to_prepared(source_shape, after))


# -- done ---------------------------------------------------------------------------

_LEVELS_NOTE = "Levels were set: the new colours are put on the lightness that they give."


def prepare(source: Photo, preparation: Preparation, token: ProgressToken | None = None) -> Photo:
    """The photo as a preparation makes it; the same object where that changes nothing.

    The result is a photo like one that was read: at the same bit depth, with its transparency turned and
    cropped alike, with the same metadata.

    Raises
    ------
    UsageError
        The crop does not lie in the photo, or is larger than any photo.
    Cancelled
    """
    token = token or ProgressToken()
    levels = preparation.levels or Levels()
    if levels.change_nothing and replace(preparation, levels=None) == UNPREPARED:
        return source
    check_crop(source.shape, preparation)
    pixels = _arranged(source.pixels, preparation, token.part(0.0, 0.7))
    alpha = source.alpha
    if alpha is not None:
        alpha = _arranged(alpha, preparation, token.part(0.7, 0.8))
    pixels = levelled(pixels, levels, token.part(0.8, 1.0))
    kind = recognise(pixels)
    notes = [note for note in source.notes if note not in KIND_NOTES.values()]
    notes += [KIND_NOTES[kind]] if kind in KIND_NOTES else []
    notes += [] if levels.change_nothing else [_LEVELS_NOTE]
    metadata = source.metadata
    if metadata.dpi is not None and preparation.quarter_turns % 2:
        metadata = replace(metadata, dpi=metadata.dpi[::-1])
    if metadata.exif is not None:
        metadata = replace(metadata, exif=with_size(metadata.exif, (pixels.shape[0], pixels.shape[1])))
    if not np.may_share_memory(pixels, source.pixels):  # a step of the history keeps it
        pixels = on_disk(pixels)
    for array in (pixels, alpha):
        if array is not None:
            array.setflags(write=False)
    token.report(1.0, "Done")
    return Photo(pixels, kind, alpha, metadata, source.path, tuple(notes))


def check_crop(source_shape: Shape, preparation: Preparation) -> None:
    """Refuse a crop that takes nothing of the photo, or more than there can be.

    Raises
    ------
    UsageError
    """
    taken = frame(source_shape, preparation)
    there = to_prepared(source_shape, preparation)
    corners = applied(
        there, np.array([(r, c) for r in (0, source_shape[0] - 1) for c in (0, source_shape[1] - 1)])
    )
    (top, left), (bottom, right) = corners.min(axis=0), corners.max(axis=0)
    if top > taken.height - 1 or left > taken.width - 1 or bottom < 0 or right < 0:
        raise UsageError("The crop lies outside of the photo: choose a part of it.")
    if taken.height * taken.width > MAX_PIXELS:
        raise UsageError(f"The crop is larger than any photo that can be read: at most {MAX_PIXELS} pixels.")


def _arranged(pixels: Pixels, preparation: Preparation, token: ProgressToken) -> Pixels:
    token.report(0.0, "Preparing the photo")
    shape = (pixels.shape[0], pixels.shape[1])
    taken = frame(shape, preparation)
    if preparation.straighten_degrees:
        (a, b, row), (c, d, col) = inverted(to_prepared(shape, preparation))
        places = np.array([[a, b], [c, d]]), np.array([row, col])
        return resample(pixels, places, (taken.height, taken.width), token)
    turned = np.rot90(pixels, -preparation.quarter_turns)
    top, left, bottom, right = taken.top, taken.left, taken.top + taken.height, taken.left + taken.width
    inside = turned[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    height, width = turned.shape[:2]
    beyond = [(max(-top, 0), max(bottom - height, 0)), (max(-left, 0), max(right - width, 0))]
    if any(map(any, beyond)):
        return np.pad(inside, beyond + [(0, 0)] * (pixels.ndim - 2), mode="edge")
    return np.ascontiguousarray(inside)
