"""What is written on tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.theme import scaled_font

_SMALL = 0.92
_PADDING = 5.0
_CHIP = QColor(20, 20, 20, 190)
_ON_CHIP = QColor(238, 238, 238)
_OUTLINE = 2.0


@dataclass(frozen=True, eq=False)
class Tile:
    """A tile as it is seen.

    Attributes
    ----------
    title, facts
        The lines under it; a title that is too long for one takes two.
    mark
        Said of the one that the photo has now.
    picture
        None while there is none.
    state
        A word over the photo while it is not there.
    error
        Why it never will be.
    """

    title: str
    facts: str = ""
    mark: str = ""
    picture: Picture | None = None
    state: str = ""
    error: str = ""

    @property
    def heading(self) -> tuple[str, str]:
        """What the height of captions depends on."""
        return self.title, self.mark

    @property
    def words(self) -> str:
        """All of it, for tips and for who cannot see it."""
        return ". ".join(word for word in (self.title, self.mark, self.facts, self.state, self.error) if word)


def title_lines(title: str, metrics: QFontMetricsF, first: float, width: float) -> tuple[str, ...]:
    """A title in one line or two; what does not fit in two either is cut.

    Parameters
    ----------
    first, width
        The room in the first line, and in the second.
    """
    words = title.split()
    fitting = [number for number in range(1, len(words) + 1) if _width(words[:number], metrics) <= first]
    cut = max(fitting, default=0)
    upper, lower = words[:cut], words[cut:]
    if not lower or not upper:
        return (metrics.elidedText(title, Qt.TextElideMode.ElideRight, first),)
    return " ".join(upper), metrics.elidedText(" ".join(lower), Qt.TextElideMode.ElideRight, width)


def caption_height(widget: QWidget, tiles: Sequence[Tile], width: float) -> float:
    """What the longest title and the facts take under tiles of a width."""
    small, bold = _metrics(widget)
    inner = width - 2 * _PADDING
    lines = (len(title_lines(tile.title, bold, _beside_mark(tile, small, inner), inner)) for tile in tiles)
    return max(lines, default=1) * bold.height() + small.height() + 1.5 * _PADDING


def _metrics(widget: QWidget) -> tuple[QFontMetricsF, QFontMetricsF]:
    """Of the plain lines and of titles."""
    font = widget.font()
    return QFontMetricsF(scaled_font(font, _SMALL)), QFontMetricsF(scaled_font(font, _SMALL, bold=True))


def _width(words: Sequence[str], metrics: QFontMetricsF) -> float:
    return metrics.horizontalAdvance(" ".join(words))


def _mark_width(tile: Tile, small: QFontMetricsF) -> float:
    return small.horizontalAdvance(tile.mark) + 10


def _beside_mark(tile: Tile, small: QFontMetricsF, width: float) -> float:
    """What a mark leaves of the first line; one that takes most of it is not shown."""
    left = width - _mark_width(tile, small) - _PADDING
    return left if tile.mark and left > 0.4 * width else width


def paint_caption(painter: QPainter, widget: QWidget, room: QRectF, tile: Tile, *, chosen: bool) -> None:
    """A band with the title, the mark behind it, and the facts below."""
    role, palette = QPalette.ColorRole, widget.palette()
    painter.fillRect(room, palette.color(role.Highlight if chosen else role.Button))
    painter.setPen(palette.color(role.HighlightedText if chosen else role.ButtonText))
    inner = room.adjusted(_PADDING, _PADDING * 0.75, -_PADDING, -_PADDING * 0.75)
    small, bold = _metrics(widget)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    beside = _beside_mark(tile, small, inner.width())
    line = QRectF(inner.left(), inner.top(), inner.width(), bold.height())
    painter.setFont(scaled_font(widget.font(), _SMALL, bold=True))
    for words in title_lines(tile.title, bold, beside, inner.width()):
        painter.drawText(line, left, words)
        line.translate(0, bold.height())
    painter.setFont(scaled_font(widget.font(), _SMALL))
    line.setHeight(small.height())
    painter.drawText(line, left, small.elidedText(tile.facts, Qt.TextElideMode.ElideRight, line.width()))
    if beside < inner.width():
        width = _mark_width(tile, small)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        mark = QRectF(inner.right() - width, inner.top(), width, bold.height())
        painter.drawRoundedRect(mark.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, tile.mark)


def paint_state(painter: QPainter, widget: QWidget, room: QRectF, tile: Tile) -> None:
    """What is to be said in place of colours, in the middle of the photo's room."""
    words = tile.error or tile.state
    painter.setFont(scaled_font(widget.font(), _SMALL))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    inner = room.adjusted(16, 12, -16, -12)
    needed = painter.boundingRect(inner, flags, words).intersected(inner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_CHIP)
    painter.drawRoundedRect(needed.adjusted(-8, -5, 8, 5), 4, 4)
    painter.setPen(_ON_CHIP)
    painter.drawText(needed, flags, words)


def paint_outline(painter: QPainter, widget: QWidget, cell: QRectF, *, has_focus: bool) -> None:
    """Around the chosen tile; twice as thick while keys go there."""
    width = 2 * _OUTLINE if has_focus else _OUTLINE
    painter.setPen(QPen(widget.palette().color(QPalette.ColorRole.Highlight), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inside = width / 2
    painter.drawRect(cell.adjusted(inside, inside, -inside, -inside))
