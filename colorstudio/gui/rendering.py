"""From a colouring to what the canvas paints. Runs on worker threads.

What is on the screen comes first, composed at the screen's size as a patch over the picture before; then
everything at full size, where the chroma has changed by more than can be seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from colorstudio.document.chroma import Chroma
from colorstudio.document.compositor import composite
from colorstudio.gui.backend import ColouringResult
from colorstudio.gui.canvas.picture import Patch, Picture, build_picture, image_of
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.levels import level_for_pixels, level_for_zoom, luminance_levels
from colorstudio.gui.loading import PROXY_PIXELS, OpenedPhoto, eight_bit, with_alpha
from colorstudio.imaging.photo import Pixels
from colorstudio.imaging.resample import resize
from colorstudio.progress import ProgressToken
from colorstudio.services.turns import Turns

# More than this is not worth computing ahead of the whole.
_PATCH_PIXELS = 2_500_000
_COMPARED_PIXELS = 200_000
_TILE = 32  # side of what is composed again as one piece, at the size that is compared
_VISIBLE = 0.25  # a*b*: a code of 8 bits is more
_MOST_DIRTY = 0.6  # of the picture: then all of it is composed


@dataclass(frozen=True, eq=False)
class ColouredPhoto:
    """A photo and its colouring, with what is computed once for both."""

    opened: OpenedPhoto
    colouring: ColouringResult
    _levels: dict[int, Chroma] = field(default_factory=dict)

    @property
    def luminances(self) -> tuple[NDArray[np.float32], ...]:
        return luminance_levels(self.opened.photo)

    def chroma(self, level: int) -> Chroma:
        """Chroma for the photo at half the size, at half of that, and so on; 0 is the photo's own."""
        if level == 0:
            return self.colouring.chroma
        if level not in self._levels:
            shape = self.luminances[level].shape
            self._levels[level] = self.colouring.chroma.resized((shape[0], shape[1]))
        return self._levels[level]

    @property
    def nbytes(self) -> int:
        """Memory of the colours."""
        levels = list(self._levels.values())  # another thread may add one meanwhile
        return self.colouring.chroma.nbytes + sum(chroma.nbytes for chroma in levels)

    def alpha(self, level: int) -> Pixels | None:
        alpha = self.opened.photo.alpha
        if alpha is None or level == 0:
            return alpha
        small = resize(alpha.astype(np.float32), self.luminances[level].shape)
        return np.clip(small + 0.5, 0, np.iinfo(alpha.dtype).max).astype(alpha.dtype)

    def pixels(
        self,
        level: int,
        saturation: float,
        rows: slice = slice(None),
        cols: slice = slice(None),
        token: ProgressToken | None = None,
    ) -> NDArray[np.uint8]:
        """A rectangle of it as it is shown, ``(r, c, 3)``, or ``(r, c, 4)`` with transparency."""
        luminance, chroma = self.luminances[level], self.chroma(level)
        pixels = composite(luminance, chroma, saturation=saturation, rows=rows, cols=cols, token=token)
        alpha = self.alpha(level)
        shown = eight_bit(pixels)
        return shown if alpha is None else with_alpha(shown, alpha[rows, cols])


@dataclass(frozen=True)
class View:
    """What the canvas looks at: the visible part in photo pixels (x = col, y = row), and its zoom."""

    visible: QRectF
    zoom: float


@dataclass(frozen=True, eq=False)
class Rendered:
    """A picture at full size, and what of."""

    picture: Picture
    coloured: ColouredPhoto
    saturation: float


def render(
    coloured: ColouredPhoto,
    saturation: float,
    view: View,
    former: Rendered | None,
    turns: Turns,
    token: ProgressToken,
    deliver: Deliver,
) -> Rendered:
    """The coloured photo at full size; `deliver` gets a `Picture` that shows the visible part at once.

    The first step does not look at the token: during a drag of the slider each new position
    cancels the one before, and nothing at all would be seen before the mouse is let go.

    Parameters
    ----------
    former
        What was rendered before: of the same photo what did not change is taken from there.
    turns
        Those of previews, which go first.

    Raises
    ------
    Cancelled
    """
    if former is not None and former.coloured.opened is not coloured.opened:
        former = None
    shape = coloured.opened.photo.shape
    if shape[0] * shape[1] > PROXY_PIXELS:
        deliver(quick_picture(coloured, saturation, view, former.picture if former is not None else None))
        token = turns.courteous(token)
        token.check()
        pixels = _all_pixels(coloured, saturation, former, token.part(0.0, 0.8))
    else:
        pixels = coloured.pixels(0, saturation)
        if token.cancelled:  # fast enough to be shown on the way all the same
            deliver(Picture(shape, (image_of(pixels),)))
    return Rendered(build_picture(pixels, shape, token), coloured, saturation)


def quick_picture(coloured: ColouredPhoto, saturation: float, view: View, below: Picture | None) -> Picture:
    """The visible part at the size of the screen, over another picture of the photo, or over a coarse one."""
    shape = coloured.opened.photo.shape
    patch = visible_patch(coloured, saturation, view)
    if below is not None:
        levels = below.levels
    elif patch is not None and patch.rect == QRectF(0, 0, shape[1], shape[0]):
        return Picture(shape, (patch.image,))
    else:
        level = level_for_pixels(coloured.luminances, PROXY_PIXELS)
        levels = build_picture(coloured.pixels(level, saturation), shape).levels
    return Picture(shape, levels, (patch,) if patch is not None else ())


def _width_height(coloured: ColouredPhoto) -> tuple[int, int]:
    height, width = coloured.opened.photo.shape
    return width, height


def visible_patch(coloured: ColouredPhoto, saturation: float, view: View) -> Patch | None:
    """What is on the screen, with a pixel for each of the screen's; None where nothing is."""
    levels = coloured.luminances
    level = level_for_zoom(view.zoom, len(levels))
    area = _pixels_of(view.visible, coloured, level)
    while area is not None and _size(area) > _PATCH_PIXELS and level + 1 < len(levels):
        level += 1
        area = _pixels_of(view.visible, coloured, level)
    if area is None:
        return None
    pixels = coloured.pixels(level, saturation, *area)
    return Patch(_place_of(area, coloured, level), image_of(pixels))


def region_patch(
    opened: OpenedPhoto, rows: slice, cols: slice, chroma: NDArray[np.float32], saturation: float
) -> Patch:
    """A rectangle of the photo whose chroma ``(h, w, 2)`` is known before the rest."""
    pixels = eight_bit(
        composite(np.ascontiguousarray(opened.photo.luminance[rows, cols]), chroma, saturation=saturation)
    )
    alpha = opened.photo.alpha
    shown = pixels if alpha is None else with_alpha(pixels, alpha[rows, cols])
    rect = QRectF(cols.start, rows.start, cols.stop - cols.start, rows.stop - rows.start)
    return Patch(rect, image_of(shown))


def visible_region(view: View, shape: tuple[int, int], most: float) -> tuple[slice, slice] | None:
    """Rows and columns on the screen; None where they are more than a part `most` of the photo."""
    photo = QRectF(0, 0, shape[1], shape[0])
    seen = view.visible.intersected(photo)
    if seen.isEmpty() or seen.width() * seen.height() > most * photo.width() * photo.height():
        return None
    rows = slice(math.floor(seen.top()), min(math.ceil(seen.bottom()), shape[0]))
    return rows, slice(math.floor(seen.left()), min(math.ceil(seen.right()), shape[1]))


def _pixels_of(visible: QRectF, coloured: ColouredPhoto, level: int) -> tuple[slice, slice] | None:
    shape = coloured.luminances[level].shape
    width, height = _width_height(coloured)
    down, across = shape[0] / height, shape[1] / width
    top, bottom = max(math.floor(visible.top() * down), 0), min(math.ceil(visible.bottom() * down), shape[0])
    left = max(math.floor(visible.left() * across), 0)
    right = min(math.ceil(visible.right() * across), shape[1])
    return (slice(top, bottom), slice(left, right)) if top < bottom and left < right else None


def _place_of(area: tuple[slice, slice], coloured: ColouredPhoto, level: int) -> QRectF:
    rows, cols = area
    shape = coloured.luminances[level].shape
    width, height = _width_height(coloured)
    down, across = height / shape[0], width / shape[1]
    return QRectF(
        cols.start * across,
        rows.start * down,
        (cols.stop - cols.start) * across,
        (rows.stop - rows.start) * down,
    )


def _size(area: tuple[slice, slice]) -> int:
    rows, cols = area
    return (rows.stop - rows.start) * (cols.stop - cols.start)


# -- all of it ----------------------------------------------------------------------------------------------


def _all_pixels(
    coloured: ColouredPhoto, saturation: float, former: Rendered | None, token: ProgressToken
) -> NDArray[np.uint8]:
    if former is None or former.saturation != saturation or not former.picture.is_full:
        return coloured.pixels(0, saturation, token=token)
    dirty = _dirty_tiles(former.coloured, coloured, saturation)
    if dirty.mean() > _MOST_DIRTY:
        return coloured.pixels(0, saturation, token=token)
    pixels = _pixels_in(former.picture.levels[0])
    height, width = coloured.opened.photo.shape
    areas = _areas(dirty, height, width, _tile_side(coloured))
    for number, (rows, cols) in enumerate(areas):
        part = token.part(number / len(areas), (number + 1) / len(areas))
        pixels[rows, cols] = coloured.pixels(0, saturation, rows, cols, part)
    return pixels


def _tile_side(coloured: ColouredPhoto) -> int:
    return _TILE << level_for_pixels(coloured.luminances, _COMPARED_PIXELS)


def _dirty_tiles(before: ColouredPhoto, after: ColouredPhoto, saturation: float) -> NDArray[np.bool_]:
    """Which squares of the photo look different; means over many pixels still show what one of them does."""
    level = level_for_pixels(after.luminances, _COMPARED_PIXELS)
    luminance = after.luminances[level]
    change = after.chroma(level).region_planes(luminance, slice(None), slice(None))
    change -= before.chroma(level).region_planes(luminance, slice(None), slice(None))
    changed = np.abs(change).max(axis=0) * saturation > _VISIBLE
    changed[1:] |= changed[:-1].copy()  # bilinear coefficients reach into the next
    changed[:-1] |= changed[1:].copy()
    changed[:, 1:] |= changed[:, :-1].copy()
    changed[:, :-1] |= changed[:, 1:].copy()
    down, across = -changed.shape[0] % _TILE, -changed.shape[1] % _TILE
    tiles = np.pad(changed, ((0, down), (0, across)))
    rows, cols = tiles.shape[0] // _TILE, tiles.shape[1] // _TILE
    return np.asarray(tiles.reshape(rows, _TILE, cols, _TILE).any(axis=(1, 3)))


def _areas(dirty: NDArray[np.bool_], height: int, width: int, side: int) -> list[tuple[slice, slice]]:
    """Squares beside each other as one."""
    areas: list[tuple[slice, slice]] = []
    for number, row in enumerate(dirty):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
        rows = slice(number * side, min((number + 1) * side, height))
        areas += [
            (rows, slice(first * side, min(last * side, width)))
            for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        ]
    return areas


def _pixels_in(image: QImage) -> NDArray[np.uint8]:
    """A copy of the pixels of an image that `image_of` made of colours."""
    channels = 4 if image.hasAlphaChannel() else 3
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : image.width() * channels].reshape(image.height(), image.width(), channels).copy()
