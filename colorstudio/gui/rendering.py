"""From a colouring to what the canvas paints. Runs on a worker thread.

A change of the intensity is shown in two steps: the whole photo at proxy size, with the visible part at full
size where the view is closer than the proxy; then everything at full size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from colorstudio.document.chroma import Chroma
from colorstudio.document.compositor import composite
from colorstudio.gui.backend import ColouringResult
from colorstudio.gui.canvas.picture import Patch, Picture, build_picture, image_of
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import OpenedPhoto, eight_bit, with_alpha
from colorstudio.imaging.photo import Pixels
from colorstudio.imaging.resample import resize
from colorstudio.progress import ProgressToken

# More than this is not worth computing ahead of the whole.
_PATCH_PIXELS = 2_500_000


@dataclass(frozen=True, eq=False)
class ColouredPhoto:
    """A photo and its colouring, with what is computed once for both."""

    opened: OpenedPhoto
    colouring: ColouringResult

    @cached_property
    def proxy_chroma(self) -> NDArray[np.float32]:
        """Chroma at the size of the proxy, ``(h, w, 2)``: with it a change of intensity is one product."""
        luminance = self.opened.proxy_luminance
        height, width = luminance.shape
        chroma: Chroma = self.colouring.chroma
        planes = chroma.resized((height, width)).region_planes(luminance, slice(0, height), slice(0, width))
        return np.ascontiguousarray(np.moveaxis(planes, 0, -1))

    @cached_property
    def proxy_alpha(self) -> NDArray[np.uint8] | None:
        alpha = self.opened.photo.alpha
        if alpha is None:
            return None
        small = resize(alpha.astype(np.float32), self.opened.proxy_luminance.shape)
        return np.clip(small / (1 if alpha.dtype == np.uint8 else 257) + 0.5, 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class View:
    """What the canvas looks at: the visible part in photo pixels (x = col, y = row), and its zoom."""

    visible: QRectF
    zoom: float


def render(
    coloured: ColouredPhoto, saturation: float, view: View, token: ProgressToken, deliver: Deliver
) -> Picture:
    """The coloured photo at full size; `deliver` gets the coarse one first.

    The coarse step does not look at the token: during a drag of the slider each new position
    cancels the one before, and nothing at all would be seen before the mouse is let go.

    Raises
    ------
    Cancelled
    """
    shape = coloured.opened.photo.shape
    if coloured.opened.proxy_luminance.shape != shape:
        deliver(_coarse(coloured, saturation, view))
        token.check()
        pixels = composite(
            coloured.opened.photo.luminance,
            coloured.colouring.chroma,
            saturation=saturation,
            token=token.part(0.0, 0.8),
        )
    else:
        pixels = composite(
            coloured.opened.proxy_luminance,
            coloured.proxy_chroma,
            saturation=saturation,
        )
        if token.cancelled:  # fast enough to be shown on the way all the same
            deliver(Picture(shape, (image_of(_shown(pixels, coloured.proxy_alpha)),)))
    return build_picture(_shown(pixels, coloured.opened.photo.alpha), shape, token)


def _coarse(coloured: ColouredPhoto, saturation: float, view: View) -> Picture:
    proxy = composite(coloured.opened.proxy_luminance, coloured.proxy_chroma, saturation=saturation)
    picture = build_picture(_shown(proxy, coloured.proxy_alpha), coloured.opened.photo.shape)
    patch = _visible_patch(coloured, saturation, view)
    return Picture(picture.shape, picture.levels, (patch,) if patch is not None else ())


def _visible_patch(coloured: ColouredPhoto, saturation: float, view: View) -> Patch | None:
    height, width = coloured.opened.photo.shape
    proxy_step = coloured.opened.proxy_luminance.shape[1] / width
    if view.zoom <= proxy_step or view.visible.isEmpty():
        return None
    top, left = max(math.floor(view.visible.top()), 0), max(math.floor(view.visible.left()), 0)
    bottom = min(math.ceil(view.visible.bottom()), height)
    right = min(math.ceil(view.visible.right()), width)
    if bottom <= top or right <= left or (bottom - top) * (right - left) > _PATCH_PIXELS:
        return None
    rows, cols = slice(top, bottom), slice(left, right)
    pixels = composite(
        coloured.opened.photo.luminance,
        coloured.colouring.chroma,
        saturation=saturation,
        rows=rows,
        cols=cols,
    )
    alpha = coloured.opened.photo.alpha
    pixels = _shown(pixels, alpha[rows, cols] if alpha is not None else None)
    return Patch(QRectF(left, top, right - left, bottom - top), image_of(pixels))


def _shown(pixels: Pixels, alpha: Pixels | None) -> NDArray[np.uint8]:
    shown = eight_bit(pixels)
    return shown if alpha is None else with_alpha(shown, alpha)
