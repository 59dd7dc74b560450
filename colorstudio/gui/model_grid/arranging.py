"""Where tiles go: in the rows and columns that show the photo largest."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF

GAP = 6.0


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
        Height of what is under each photo.
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


def arranged(count: int, room: QSizeF, aspect: float, caption: float, device_ratio: float) -> Arrangement:
    """The arrangement of so many cells that shows the photo largest; of equals the one with fewest gaps.

    Parameters
    ----------
    aspect
        Width of the photo over its height.
    device_ratio
        Dots of the screen a pixel of Qt's.
    """
    best: tuple[float, int] = (-math.inf, 0)
    columns = 1
    for candidate in range(1, count + 1):
        width, height = _cell(candidate, count, room)
        shown = min(width, (height - caption) * aspect)
        empty = -count % candidate
        if (round(shown), -empty) > best:
            best, columns = (round(shown), -empty), candidate
    width, height = _cell(columns, count, room)

    def whole(length: float) -> float:
        return math.floor(length * device_ratio) / device_ratio

    cells = tuple(
        QRectF(
            whole(number % columns * (width + GAP)),
            whole(number // columns * (height + GAP)),
            max(whole(width), 1.0),
            max(whole(height), caption + 1.0),
        )
        for number in range(count)
    )
    return Arrangement(columns, cells, caption)


def _cell(columns: int, count: int, room: QSizeF) -> tuple[float, float]:
    rows = -(-count // columns)
    return (room.width() - GAP * (columns - 1)) / columns, (room.height() - GAP * (rows - 1)) / rows
