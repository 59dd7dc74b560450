"""Where tiles go: in the rows and columns that show the photo largest."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF

GAP = 6.0
MARGIN = 4.0  # around a fitted photo


@dataclass(frozen=True)
class Arrangement:
    """Equal cells row by row, each with a photo's room and a caption under it; all on whole dots.

    Attributes
    ----------
    columns
        Cells in a row; the last row may have fewer.
    cells
        Each with its caption.
    caption
        Height of what is right under each photo.
    """

    columns: int
    cells: tuple[QRectF, ...]
    caption: float

    def photo_room(self, number: int) -> QRectF:
        """Where the photo is in a cell."""
        return self.cells[number].adjusted(0, 0, 0, -self.caption)

    def caption_room(self, number: int) -> QRectF:
        cell = self.cells[number]
        return QRectF(cell.left(), cell.bottom() - self.caption, cell.width(), self.caption)

    def at(self, x: float, y: float) -> int | None:
        """The number of the cell at a place."""
        return next((number for number, cell in enumerate(self.cells) if cell.contains(x, y)), None)


def arranged(
    count: int, room: QSizeF, photo: QSizeF, caption: Callable[[float], float], device_ratio: float
) -> Arrangement:
    """The arrangement of so many cells that shows the photo largest; of equals the one with fewest gaps.

    No cell is higher than its photo needs: the caption is right under it.

    Parameters
    ----------
    photo
        The largest size that it is shown in.
    caption
        The height that captions need in cells of a width.
    device_ratio
        Dots of the screen a pixel of Qt's.
    """
    aspect = photo.width() / photo.height()

    def whole(length: float) -> float:
        return math.floor(length * device_ratio) / device_ratio

    def cell(columns: int) -> tuple[float, float]:
        rows = -(-count // columns)
        width = (room.width() - GAP * (columns - 1)) / columns
        return max(whole(width), 1.0), whole((room.height() - GAP * (rows - 1)) / rows)

    def shown_in(columns: int) -> float:
        """Width of the photo."""
        width, height = cell(columns)
        fitting = (height - caption(width) - 2 * MARGIN) * aspect
        return min(width - 2 * MARGIN, fitting, photo.width())

    columns = max(range(1, count + 1), key=lambda number: (round(shown_in(number)), -(-count % number)))
    width, height = cell(columns)
    rows, below = -(-count // columns), caption(width)
    needed = max(shown_in(columns), 1.0) / aspect + 2 * MARGIN + below
    height = max(min(height, whole(needed + 1 / device_ratio)), below + 1.0)
    left = (room.width() - columns * width - (columns - 1) * GAP) / 2
    top = (room.height() - rows * height - (rows - 1) * GAP) / 2
    cells = tuple(
        QRectF(
            whole(max(left, 0.0) + number % columns * (width + GAP)),
            whole(max(top, 0.0) + number // columns * (height + GAP)),
            width,
            height,
        )
        for number in range(count)
    )
    return Arrangement(columns, cells, below)
