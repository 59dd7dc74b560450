"""The tool that takes a colour out of a picture."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QSinglePointEvent

from colorstudio.document.chosen_colour import Rgb
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.canvas.tools.base import CanvasTool
from colorstudio.gui.canvas.view_transform import PhotoPoint

if TYPE_CHECKING:
    from colorstudio.gui.canvas.canvas import Canvas

_RING_RADIUS = 26.0
_RING_WIDTH = 12.0
_REACH = 40  # of the ring from the pointer, with its rim

_gestures = count(1)


class EyedropperTool(CanvasTool):
    """Takes the colour under the pointer, from the press on for as long as the button is held.

    Parameters
    ----------
    picked
        Called with sRGB of 0 to 255 and the number of the gesture, which is the same for a whole drag and
        negative, so that it is none of those that widgets count.
    """

    def __init__(self, picked: Callable[[Rgb, int], object]) -> None:
        self._picked = picked
        self._gesture = 0
        self._pressed = False
        self._at: QPointF | None = None
        self._rgb: Rgb | None = None

    def cursor(self, canvas: Canvas) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor

    def press(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self._gesture = -next(_gestures)
        self._pressed = True
        self._pick(canvas, event.position())

    def move(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self._pick(canvas, event.position())

    def release(self, canvas: Canvas, event: QSinglePointEvent) -> None:
        self.cancel(canvas)

    def cancel(self, canvas: Canvas) -> None:
        self._pressed = False
        self._show(canvas, None, None)

    def hover(self, canvas: Canvas, at: QPointF | None, modifiers: Qt.KeyboardModifier) -> None:
        if not self._pressed:
            self._show(canvas, at, self._colour(canvas, at))

    def _pick(self, canvas: Canvas, at: QPointF) -> None:
        rgb = self._colour(canvas, at)
        self._show(canvas, at, rgb)
        if rgb is not None:
            self._picked(rgb, self._gesture)

    def _colour(self, canvas: Canvas, at: QPointF | None) -> Rgb | None:
        picture = canvas.after or canvas.before
        if picture is None or at is None:
            return None
        return colour_seen(picture, canvas.view.to_photo(at), canvas.view.zoom)

    def _show(self, canvas: Canvas, at: QPointF | None, rgb: Rgb | None) -> None:
        for place in (self._at, at):
            if place is not None:
                reach = QPoint(_REACH, _REACH)
                canvas.update(QRect(place.toPoint() - reach, place.toPoint() + reach))
        self._at, self._rgb = at, rgb

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """A ring of the colour around the pointer, big enough to be judged."""
        if self._at is None or self._rgb is None:
            return
        ring = QRectF(0, 0, 2 * _RING_RADIUS, 2 * _RING_RADIUS)
        ring.moveCenter(self._at)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        gray = QColor(119, 119, 119)
        for colour, width in ((gray, _RING_WIDTH + 6), (QColor(*self._rgb), _RING_WIDTH)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(ring)
        painter.restore()


def colour_seen(picture: Picture, place: PhotoPoint, zoom: float) -> Rgb | None:
    """The mean of three by three pixels as they are on the screen: noise and grain are no colours.

    Parameters
    ----------
    zoom
        Device pixels a photo pixel: from far, a pixel of the screen is many of the photo.

    Returns
    -------
    sRGB of 0 to 255; None where there is no picture.
    """
    height, width = picture.shape
    if not (0 <= place.row < height and 0 <= place.col < width):
        return None
    level = picture.level_for(zoom)
    row, col = int(place.row * level.height() / height), int(place.col * level.width() / width)
    around = QRect(col - 1, row - 1, 3, 3).intersected(level.rect())
    colours = [
        level.pixelColor(x, y)
        for y in range(around.top(), around.bottom() + 1)
        for x in range(around.left(), around.right() + 1)
    ]
    red, green, blue = (
        round(sum(channel) / len(colours))
        for channel in zip(*((c.red(), c.green(), c.blue()) for c in colours), strict=True)
    )
    return red, green, blue
