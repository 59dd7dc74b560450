"""What is written on tiles."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
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
        The two lines under it.
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
    def words(self) -> str:
        """All of it, for tips and for who cannot see it."""
        return ". ".join(word for word in (self.title, self.mark, self.facts, self.state, self.error) if word)


def caption_height(widget: QWidget) -> float:
    """What two lines take."""
    first = QFontMetricsF(scaled_font(widget.font(), _SMALL, bold=True)).height()
    return first + QFontMetricsF(scaled_font(widget.font(), _SMALL)).height() + 1.5 * _PADDING


def paint_caption(painter: QPainter, widget: QWidget, room: QRectF, tile: Tile, *, chosen: bool) -> None:
    """A band with the title, the mark behind it, and the facts below."""
    role, palette = QPalette.ColorRole, widget.palette()
    painter.fillRect(room, palette.color(role.Highlight if chosen else role.Button))
    text = palette.color(role.HighlightedText if chosen else role.ButtonText)
    painter.setPen(text)
    inner = room.adjusted(_PADDING, _PADDING * 0.75, -_PADDING, -_PADDING * 0.75)
    small, bold = scaled_font(widget.font(), _SMALL), scaled_font(widget.font(), _SMALL, bold=True)
    first = QRectF(inner.topLeft(), inner.topRight() + QPointF(0, QFontMetricsF(bold).height()))
    if tile.mark:
        metrics = QFontMetricsF(small)
        chip = QRectF(0, 0, metrics.horizontalAdvance(tile.mark) + 10, first.height())
        chip.moveTopRight(first.topRight())
        if chip.width() < 0.6 * first.width():
            painter.setFont(small)
            painter.setPen(QPen(text, 1))
            painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, tile.mark)
            first.setRight(chip.left() - _PADDING)
    painter.setFont(bold)
    elide, left = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(first, left, QFontMetricsF(bold).elidedText(tile.title, elide, first.width()))
    painter.setFont(small)
    second = QRectF(QPointF(inner.left(), first.bottom()), inner.bottomRight())
    painter.drawText(second, left, QFontMetricsF(small).elidedText(tile.facts, elide, second.width()))


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
