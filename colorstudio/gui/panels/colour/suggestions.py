"""The network's most likely colours at a place, each with its probability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from colorstudio.document.chosen_colour import Rgb, hex_of
from colorstudio.gui.panels.colour.painting import CORNER, paint_focus, paint_swatch
from colorstudio.gui.theme import scaled_font

MOST_SUGGESTIONS = 5

_HEIGHT = 36
_GAP = 4.0
_BAR = 3.0


class SuggestedColour(Protocol):
    """As `networks.suggesting.Suggestion`."""

    @property
    def chroma_lab(self) -> tuple[float, float]: ...
    @property
    def rgb(self) -> Rgb: ...
    @property
    def probability(self) -> float: ...


class SuggestionStrip(QWidget):
    """A row of colours with their percentages under them, the likeliest first.

    Signals
    -------
    chosen
        The number of a suggestion.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggestions: tuple[SuggestedColour, ...] = ()
        self._is_able = True
        self._current = 0
        self._held: int | None = None
        self.setObjectName("suggestions")
        self.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(scaled_font(self.font(), 0.82))
        self.setAccessibleName(self.tr("Suggested colours"))
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    @property
    def suggestions(self) -> tuple[SuggestedColour, ...]:
        return self._suggestions

    def set_suggestions(self, suggestions: Sequence[SuggestedColour]) -> None:
        """The likeliest first; at most `MOST_SUGGESTIONS` are shown."""
        self._suggestions = tuple(suggestions)[:MOST_SUGGESTIONS]
        self._current = min(self._current, max(len(self._suggestions) - 1, 0))
        self._describe()
        self.update()

    def set_able(self, able: bool) -> None:
        """Whether the network at hand suggests colours at all."""
        self._is_able = able
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self._suggestions:
            words = self.tr("{percent} likely, {code}, {number} of {count}")
            current = self._suggestions[self._current]
            words = words.format(
                percent=percent(current.probability),
                code=hex_of(current.rgb),
                number=self._current + 1,
                count=len(self._suggestions),
            )
        else:
            words = self.tr("None yet") if self._is_able else self._not_able()
        self.setAccessibleDescription(words)

    def _go_to(self, index: int) -> None:
        self._current = index
        self._describe()
        self.update()

    def rect_of(self, index: int) -> QRectF:
        width = (self.width() + _GAP) / MOST_SUGGESTIONS
        return QRectF(index * width, 0, width - _GAP, self.height())

    def index_at(self, at: QPointF) -> int | None:
        index = int(at.x() * MOST_SUGGESTIONS // (self.width() + _GAP))
        return index if 0 <= index < len(self._suggestions) and self.rect().contains(at.toPoint()) else None

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = QRectF(0, self.height() - self.fontMetrics().height(), 0, self.fontMetrics().height())
        if not self._suggestions:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            words.setWidth(self.width())
            invitation = self.tr("Rest the cursor on the photo") if self._is_able else self._not_able()
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft, invitation)
        for index in range(MOST_SUGGESTIONS):
            rect = self.rect_of(index)
            patch = QRectF(rect.topLeft(), QPointF(rect.right(), words.top() - _BAR - 2))
            if index >= len(self._suggestions):
                pen = QPen(self.palette().color(QPalette.ColorRole.Dark), 1, Qt.PenStyle.DotLine)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(patch.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
                continue
            suggestion = self._suggestions[index]
            paint_swatch(painter, patch, suggestion.rgb)
            self._paint_bar(painter, patch, suggestion.probability)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            words.setLeft(rect.left())
            words.setWidth(rect.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, percent(suggestion.probability))
            if self.hasFocus() and index == self._current:
                paint_focus(painter, self, patch)

    def _not_able(self) -> str:
        return self.tr("This network suggests no colours")

    def _paint_bar(self, painter: QPainter, patch: QRectF, share: float) -> None:
        bar = QRectF(patch.left(), patch.bottom() + 2, patch.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        bar.setWidth(max(bar.width() * min(share, 1.0), 2.0))
        painter.setBrush(QColor(self.palette().color(QPalette.ColorRole.PlaceholderText)))
        painter.drawRoundedRect(bar, 1.5, 1.5)

    # -- choosing -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `event`: an exception in a handler that runs below an `event` of ours ends the process.
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tip(index), self)
            return True
        return False

    def _tip(self, index: int | None) -> str:
        if index is None and not self._is_able:
            return self._not_able()
        if index is None:
            return self.tr("Colours that the network thinks likely where the cursor rested")
        words = self.tr("{percent} likely (Alt+{number})")
        return words.format(percent=percent(self._suggestions[index].probability), number=index + 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self.index_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index, self._held = self._held, None
        if index is not None and self.index_at(event.position()) == index:
            self.choose(index)

    def choose(self, index: int) -> None:
        """As a click on it; nothing where there is none."""
        if index < len(self._suggestions):
            self._go_to(index)
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._suggestions:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._go_to(min(max(self._current + step, 0), len(self._suggestions) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(self._current)
        else:
            super().keyPressEvent(event)


def percent(share: float) -> str:
    """A probability as people read it."""
    return f"{share * 100:.0f} %" if share >= 0.01 else "< 1 %"
