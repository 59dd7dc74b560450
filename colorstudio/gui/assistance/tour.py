"""Three steps that show a newcomer around, over the window itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from colorstudio.gui.theme import GRID, dim, scaled_font

_CARD_WIDTH = 340
_MARGIN = 6
_SHADE = QColor(0, 0, 0, 150)


@dataclass(frozen=True)
class TourStep:
    """What is pointed at, and what is said about it.

    Attributes
    ----------
    targets
        Gives the widgets that stay bright; the card is put beside them.
    """

    title: str
    text: str
    targets: Callable[[], Sequence[QWidget]]


class Tour(QWidget):
    """Covers a window, but for what the step at hand is about.

    Signals
    -------
    finished
        It was seen to its end, or skipped.
    """

    finished = Signal()

    def __init__(self, steps: Sequence[TourStep], window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self.setAccessibleName(self.tr("Tour"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._steps = tuple(steps)
        self._number = 0
        self._window = window

        self.card = QFrame(self)
        self.card.setObjectName("tourCard")
        self.card.setAutoFillBackground(True)
        self.card.setFixedWidth(_CARD_WIDTH)
        self.title = QLabel()
        self.title.setFont(scaled_font(self.title.font(), 1.25, bold=True))
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.count = QLabel()
        dim(self.count)
        self.skip_button = QPushButton(self.tr("Skip"))
        self.back_button = QPushButton(self.tr("Back"))
        self.next_button = QPushButton()
        self.next_button.setObjectName("primary")
        self.skip_button.clicked.connect(self.finish)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.count, 1)
        for button in (self.skip_button, self.back_button, self.next_button):
            row.addWidget(button)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + 2)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addLayout(row)

        window.installEventFilter(self)
        self._show_step()
        self.show()
        self.raise_()
        self.next_button.setFocus()

    @property
    def number(self) -> int:
        """Of the step at hand, from 0."""
        return self._number

    def next(self) -> None:
        if self._number + 1 == len(self._steps):
            self.finish()
        else:
            self._number += 1
            self._show_step()

    def back(self) -> None:
        self._number = max(0, self._number - 1)
        self._show_step()

    def finish(self) -> None:
        self._window.removeEventFilter(self)
        self.hide()
        self.finished.emit()
        self.deleteLater()

    def _show_step(self) -> None:
        step = self._steps[self._number]
        last = self._number + 1 == len(self._steps)
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.card.setAccessibleName(f"{step.title}. {step.text}")
        words = self.tr("{number} of {count}")
        self.count.setText(words.format(number=self._number + 1, count=len(self._steps)))
        self.back_button.setVisible(self._number > 0)
        self.skip_button.setVisible(not last)
        self.next_button.setText(self.tr("Begin") if last else self.tr("Next"))
        self._place()

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        self.card.adjustSize()
        bright = self._bright()
        room = self.rect().adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        size = self.card.size()
        middle = bright.center() - QPoint(size.width() // 2, size.height() // 2)
        # Beside what it speaks of: on the side with the most room, or over its middle if it fills the window.
        sides = {
            QPoint(bright.left() - size.width() - 2 * GRID, middle.y()): bright.left() - size.width(),
            QPoint(bright.right() + 2 * GRID, middle.y()): room.right() - bright.right() - size.width(),
            QPoint(middle.x(), bright.bottom() + 2 * GRID): room.bottom() - bright.bottom() - size.height(),
        }
        place, most = max(sides.items(), key=lambda side: side[1])
        if most < 2 * GRID:
            place = middle
        place.setX(min(max(place.x(), room.left()), room.right() - size.width()))
        place.setY(min(max(place.y(), room.top()), room.bottom() - size.height()))
        self.card.move(place)
        self.update()

    def _bright(self) -> QRect:
        bright = QRect()
        for target in self._steps[self._number].targets():
            if target.isVisible():
                bright |= QRect(target.mapTo(self._window, QPoint()), target.size())
        return bright.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) if bright.isValid() else self.rect()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade, hole = QPainterPath(), QPainterPath()
        shade.addRect(self.rect().toRectF())
        hole.addRoundedRect(self._bright().toRectF(), 6, 6)
        painter.fillPath(shade.subtracted(hole), _SHADE)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawPath(hole)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies under it waits

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window's shortcuts wait
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next()
        elif event.key() == Qt.Key.Key_Left:
            self.back()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)
