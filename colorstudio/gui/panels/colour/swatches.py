"""A grid of colours to choose from, such as those of a palette."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from colorstudio.document.chosen_colour import Rgb, hex_of
from colorstudio.document.palettes import PaletteColour
from colorstudio.gui.language import shipped_words
from colorstudio.gui.panels.colour.painting import paint_focus, paint_swatch

_SIDE = 18
_GAP = 2
_PITCH = _SIDE + _GAP


class SwatchGrid(QWidget):
    """Colours in rows, as many in each as fit; each can be clicked, and reached by the arrow keys.

    Signals
    -------
    chosen
        The number of a colour that was clicked, or Return pressed on.
    menu_requested
        The number of a colour and where on the screen, for a menu about it.
    moved
        A colour was dragged: its number, and the one that it is to have. Only where `can_move`.
    removal_requested
        Delete was pressed on a colour.
    went_to
        The rectangle of the colour that the keyboard is on now.
    """

    chosen = Signal(int)
    menu_requested = Signal(int, QPoint)
    moved = Signal(int, int)
    removal_requested = Signal(int)
    went_to = Signal(QRect)

    def __init__(self, name: str, *, can_move: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._can_move = can_move
        self._colours: tuple[PaletteColour, ...] = ()
        self._current = 0
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._drop_to: int | None = None
        self.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._describe()

    @property
    def colours(self) -> tuple[PaletteColour, ...]:
        return self._colours

    @property
    def current(self) -> int:
        """The number of the colour that the keyboard is on."""
        return self._current

    def set_colours(self, colours: Sequence[PaletteColour]) -> None:
        self._colours = tuple(colours)
        self._current = min(self._current, max(len(self._colours) - 1, 0))
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(self._name)
        if self._colours:
            words = self.tr("{name}, {number} of {count}")
            colour = self._colours[self._current]
            words = words.format(
                name=shipped_words(colour.words), number=self._current + 1, count=len(self._colours)
            )
        else:
            words = self.tr("No colours")
        self.setAccessibleDescription(words)

    # -- layout -------------------------------------------------------------------------------------------

    def _columns(self, width: int | None = None) -> int:
        return max(((self.width() if width is None else width) + _GAP) // _PITCH, 1)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        return self.rows_height(max(-(-len(self._colours) // columns), 1))

    @staticmethod
    def rows_height(rows: int) -> int:
        """How high so many rows are."""
        return rows * _PITCH - _GAP

    def sizeHint(self) -> QSize:
        return QSize(12 * _PITCH, self.heightForWidth(self.width() or 12 * _PITCH))

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def rect_of(self, index: int) -> QRect:
        row, column = divmod(index, self._columns())
        return QRect(column * _PITCH, row * _PITCH, _SIDE, _SIDE)

    def index_at(self, at: QPointF) -> int | None:
        """The number of the colour at a place; the gap belongs to the one before it."""
        column, row = int(at.x() // _PITCH), int(at.y() // _PITCH)
        index = row * self._columns() + column
        inside = 0 <= column < self._columns() and 0 <= index < len(self._colours)
        return index if inside else None

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, colour in enumerate(self._colours):
            rect = self.rect_of(index)
            if rect.intersects(event.rect()):
                paint_swatch(painter, QRectF(rect), colour.rgb)
        if not self._colours:
            self._paint_empty(painter)
        elif self.hasFocus():
            paint_focus(painter, self, QRectF(self.rect_of(self._current)))
        if self._drop_to is not None:
            edge = self.rect_of(self._drop_to)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 2))
            x = edge.left() - _GAP / 2 if self._drop_to <= self._current else edge.right() + _GAP
            painter.drawLine(QPointF(x, edge.top()), QPointF(x, edge.bottom()))

    def _paint_empty(self, painter: QPainter) -> None:
        pen = QPen(self.palette().color(QPalette.ColorRole.Dark), 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for column in range(self._columns()):
            painter.drawRoundedRect(QRectF(column * _PITCH + 0.5, 0.5, _SIDE - 1, _SIDE - 1), 3, 3)

    # -- events -------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `event`: an exception in a handler that runs below an `event` of ours ends the process.
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(QPointF(event.pos()))
            if index is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), _words(self._colours[index]), self, self.rect_of(index))
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position())
        if index is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._go_to(index)
        self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not self._can_move:
            return
        way = (event.position() - self._pressed_at).manhattanLength()
        self._dragging = self._dragging or way >= QApplication.startDragDistance()
        if self._dragging:
            self._drop_to = self.index_at(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        dragged, to = self._dragging, self._drop_to
        self._pressed_at, self._dragging, self._drop_to = None, False, None
        self.update()
        if not dragged and self.index_at(event.position()) == self._current:
            self.chosen.emit(self._current)
        elif dragged and to is not None and to != self._current:
            source, self._current = self._current, to
            self.moved.emit(source, to)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self._current if by_key and self._colours else self.index_at(QPointF(event.pos()))
        if index is not None:
            self._go_to(index)
            at = self.mapToGlobal(self.rect_of(index).center()) if by_key else event.globalPos()
            self.menu_requested.emit(index, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, last = self._columns(), len(self._colours) - 1
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Home: -self._current,
            Qt.Key.Key_End: last - self._current,
        }
        key = event.key()
        if last < 0:
            super().keyPressEvent(event)
        elif key in steps:
            to = self._current + steps[Qt.Key(key)]
            if not 0 <= to <= last:
                return
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._can_move:
                source = self._current
                self._go_to(to)
                self.moved.emit(source, to)
            else:
                self._go_to(to)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._current)
        elif key == Qt.Key.Key_Delete:
            self.removal_requested.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _go_to(self, index: int) -> None:
        self._current = index
        self._describe()
        self.update()
        self.went_to.emit(self.rect_of(index))


def _words(colour: PaletteColour) -> str:
    code = hex_of(colour.rgb)
    return f"{shipped_words(colour.name)}\n{code}" if colour.name else code


def unnamed(colours: Sequence[Rgb]) -> tuple[PaletteColour, ...]:
    """Colours without names for a grid."""
    return tuple(PaletteColour(rgb) for rgb in colours)
