"""A slider whose groove shows what each of its places stands for: the hues, or the chromas of a hue."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSlider, QWidget

from colorstudio.document.chosen_colour import Rgb
from colorstudio.gui.panels.colour.gesture import Gesture
from colorstudio.gui.panels.colour.painting import paint_focus

_HEIGHT = 18
_GROOVE = 10.0
_HANDLE = 5.0  # half of its width


class RampSlider(QSlider):
    """Keys, wheel and screen readers as any slider; a click goes right where it is.

    Signals
    -------
    chosen
        The value that the user set, and the number of the gesture. `valueChanged` comes with others too.
    """

    chosen = Signal(int, int)

    def __init__(self, largest: int, *, wraps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, largest)
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._wraps = wraps
        self._ramp: tuple[Rgb, ...] = ()
        self._reach = 1.0
        self._gesture = Gesture(self)
        self.valueChanged.connect(self._on_value)

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, _HEIGHT)

    def show_value(self, value: float) -> None:
        """As somebody else set it; `chosen` does not tell."""
        with QSignalBlocker(self):
            self.setValue(round(value))
        self.update()

    def show_ramp(self, ramp: Sequence[Rgb], reach: float = 1.0) -> None:
        """The colours along the groove, evenly spaced up to `reach`, a part of it; beyond there are none."""
        if tuple(ramp) != self._ramp or reach != self._reach:
            self._ramp, self._reach = tuple(ramp), reach
            self.update()

    def _on_value(self, value: int) -> None:
        self.chosen.emit(value, self._gesture.change())

    # -- painting -----------------------------------------------------------------------------------------

    def _groove(self) -> QRectF:
        return QRectF(_HANDLE, (self.height() - _GROOVE) / 2, self.width() - 2 * _HANDLE, _GROOVE)

    def _x(self, value: int) -> float:
        groove = self._groove()
        return groove.left() + groove.width() * value / max(self.maximum(), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, groove = self.palette(), self._groove()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(groove, 3, 3)
        if self._ramp and self.isEnabled():
            alive = QRectF(groove.topLeft(), QPointF(self._x(self.maximum()), groove.bottom()))
            alive.setWidth(groove.width() * self._reach)
            gradient = QLinearGradient(alive.topLeft(), alive.topRight())
            last = max(len(self._ramp) - 1, 1)
            for number, rgb in enumerate(self._ramp):
                gradient.setColorAt(number / last, QColor(*rgb))
            painter.setBrush(gradient)
            painter.drawRoundedRect(alive, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 70), 1))
        painter.drawRoundedRect(groove.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        self._paint_handle(painter)
        if self.hasFocus():
            paint_focus(painter, self, QRectF(self.rect()))

    def _paint_handle(self, painter: QPainter) -> None:
        x, groove = self._x(self.value()), self._groove()
        handle = QRectF(x - _HANDLE + 1, groove.top() - 3, 2 * _HANDLE - 2, groove.height() + 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 150), 3.5), (QColor(255, 255, 255), 1.8)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(handle.adjusted(1, 1, -1, -1), 3, 3)

    # -- choosing -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture.press()
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture.release()

    def _go_to(self, x: float) -> None:
        groove = self._groove()
        self.setValue(round((x - groove.left()) / groove.width() * self.maximum()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A wheel of hues has no end: the arrow keys go around it."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_PageDown: -self.pageStep(),
            Qt.Key.Key_PageUp: self.pageStep(),
        }
        if self._wraps and event.key() in steps:
            self.setValue((self.value() + steps[Qt.Key(event.key())]) % (self.maximum() + 1))
        else:
            super().keyPressEvent(event)
