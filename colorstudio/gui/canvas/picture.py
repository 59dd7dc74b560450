"""A picture made ready for painting: a pyramid of images, so that any zoom is smooth and fast.

Built on worker threads; holds no Qt object that belongs to the GUI thread (`QImage` does not).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from colorstudio.imaging.loops import kernels_at_hand
from colorstudio.progress import ProgressToken

_SMALLEST_LEVEL_SIDE = 256
# From this many device pixels a photo pixel on, its pixels are shown as squares.
NEAREST_FROM_ZOOM = 3.0


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """A `QImage` that owns its memory.

    Parameters
    ----------
    pixels
        ``(H, W)`` gray, ``(H, W, 3)`` sRGB or ``(H, W, 4)`` sRGB with alpha, uint8.
    """
    height, width = pixels.shape[:2]
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    image_format = {
        1: QImage.Format.Format_Grayscale8,
        3: QImage.Format.Format_RGB888,
        4: QImage.Format.Format_RGBA8888,
    }[channels]
    image = QImage(width, height, image_format)
    # Not by a copy of Qt's: that would hold all other threads up.
    lines = np.frombuffer(image.bits(), np.uint8).reshape(height, image.bytesPerLine())
    np.copyto(lines[:, : width * channels].reshape(pixels.shape), pixels)
    return image


@dataclass(frozen=True, eq=False)
class Patch:
    """A sharper or newer piece over a picture. `rect` is in photo pixels, x = col and y = row."""

    rect: QRectF
    image: QImage


@dataclass(frozen=True, eq=False)
class Picture:
    """What the canvas paints.

    Attributes
    ----------
    shape
        Height and width of the *photo*, whatever the size of the levels.
    levels
        The same picture at falling sizes; the first may be smaller than the photo (a proxy).
    patches
        Sharper or newer pieces, painted over it.
    """

    shape: tuple[int, int]
    levels: tuple[QImage, ...]
    patches: tuple[Patch, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether the first level has the photo's own size."""
        first = self.levels[0]
        return (first.height(), first.width()) == self.shape

    def level_for(self, zoom: float) -> QImage:
        """The smallest level that still has a pixel for each device pixel at this zoom."""
        chosen = self.levels[0]
        for level in self.levels[1:]:
            if level.width() < zoom * self.shape[1] * 0.999:
                break
            chosen = level
        return chosen

    def paint(self, painter: QPainter, target: QRectF, source: QRectF, zoom: float) -> None:
        """Paint a part of the photo.

        Parameters
        ----------
        target
            Where in the painter's coordinates.
        source
            Which part, in photo pixels, x = col and y = row.
        zoom
            Device pixels a photo pixel.
        """
        if source.isEmpty() or target.isEmpty():
            return
        patches = [patch for patch in self.patches if patch.rect.intersects(source)]
        if not any(patch.rect.contains(source) for patch in patches):
            self._paint_level(painter, target, source, zoom)
        for patch in patches:
            _paint_patch(painter, patch, target, source, zoom)

    def _paint_level(self, painter: QPainter, target: QRectF, source: QRectF, zoom: float) -> None:
        level = self.level_for(zoom)
        step_x, step_y = level.width() / self.shape[1], level.height() / self.shape[0]
        smooth = zoom < NEAREST_FROM_ZOOM * step_x
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        part = QRectF(
            source.x() * step_x, source.y() * step_y, source.width() * step_x, source.height() * step_y
        )
        if level.hasAlphaChannel():
            _paint_checkerboard(painter, target)
        painter.drawImage(target, level, part)


def _paint_patch(painter: QPainter, patch: Patch, target: QRectF, source: QRectF, zoom: float) -> None:
    seen = patch.rect.intersected(source)
    ratio_x, ratio_y = target.width() / source.width(), target.height() / source.height()
    place = QRectF(
        target.x() + (seen.x() - source.x()) * ratio_x,
        target.y() + (seen.y() - source.y()) * ratio_y,
        seen.width() * ratio_x,
        seen.height() * ratio_y,
    )
    step_x = patch.image.width() / patch.rect.width()
    step_y = patch.image.height() / patch.rect.height()
    part = seen.translated(-patch.rect.topLeft())
    part = QRectF(part.x() * step_x, part.y() * step_y, part.width() * step_x, part.height() * step_y)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < NEAREST_FROM_ZOOM * step_x)
    if patch.image.hasAlphaChannel():
        _paint_checkerboard(painter, place)
    painter.drawImage(place, patch.image, part)


def _paint_checkerboard(painter: QPainter, target: QRectF) -> None:
    tile = QImage(16, 16, QImage.Format.Format_RGB32)
    tile.fill(QColor(150, 150, 150))
    for x, y in ((0, 0), (8, 8)):
        for dx in range(8):
            for dy in range(8):
                tile.setPixelColor(x + dx, y + dy, QColor(118, 118, 118))
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(tile))
    painter.drawRect(target)
    painter.restore()


def build_picture(
    pixels: NDArray[np.uint8], shape: tuple[int, int], token: ProgressToken | None = None
) -> Picture:
    """The pyramid of a picture.

    Parameters
    ----------
    pixels
        ``(h, w[, 3|4])`` sRGB uint8, at the photo's size or smaller.
    shape
        Height and width of the photo.

    Raises
    ------
    Cancelled
        If the token says so.
    """
    token = token or ProgressToken()
    token.check()
    levels = [image_of(pixels)]
    while min(pixels.shape[:2]) >= 2 * _SMALLEST_LEVEL_SIDE:
        token.check()
        pixels = halved(pixels)
        # The full size stays at 3 bytes a pixel to save memory; the small ones paint twice as fast at 4.
        level = image_of(pixels)
        if level.format() == QImage.Format.Format_RGB888:
            level = level.convertToFormat(QImage.Format.Format_RGB32)
        levels.append(level)
    return Picture(shape, tuple(levels))


def halved(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Half the size by the mean of 2x2 pixels; an odd last row or column is averaged in pairs with itself."""
    height, width = pixels.shape[:2]
    kernels = kernels_at_hand()
    if kernels is not None:
        small = np.empty(((height + 1) // 2, (width + 1) // 2, *pixels.shape[2:]), np.uint8)
        source = np.ascontiguousarray(pixels).reshape(height, width, -1)
        kernels.halved(source, small.reshape(*small.shape[:2], -1))
        return small
    if height % 2:
        pixels = np.concatenate((pixels, pixels[-1:]), axis=0)
    if width % 2:
        pixels = np.concatenate((pixels, pixels[:, -1:]), axis=1)
    total = pixels[0::2, 0::2].astype(np.uint16)
    total += pixels[1::2, 0::2]
    total += pixels[0::2, 1::2]
    total += pixels[1::2, 1::2]
    total += 2
    total >>= 2
    return total.astype(np.uint8)
