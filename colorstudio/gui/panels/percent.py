"""A share of something to set: a slider with a number beside its name."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QSpinBox, QVBoxLayout, QWidget

from colorstudio.gui.theme import GRID

# Changes by wheel or key that follow each other within this time are one step of the history.
BURST_MS = 700


class ResettingSlider(QSlider):
    """A slider with a mark at its default, where a double click takes it back to."""

    reset_requested = Signal()

    def __init__(self, default: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._default = default

    @property
    def default(self) -> int:
        return self._default

    def set_default(self, default: int) -> None:
        if default != self._default:
            self._default = default
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_requested.emit()
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        span = self.maximum() - self.minimum()
        handle = 16
        x = handle / 2 + (self._default - self.minimum()) / span * (self.width() - handle)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1))
        middle = self.height() / 2
        painter.drawLine(round(x), round(middle - 8), round(x), round(middle + 8))
        painter.end()
        super().paintEvent(event)


class PercentSetting(QWidget):
    """Shows a percentage and says what the user wants it to be.

    Signals
    -------
    changed
        The percentage, and the number of the gesture: the steps of one gesture are one step of the history.

    Parameters
    ----------
    label
        Short, over the slider; may have a mnemonic.
    name
        For those who do not see it.
    """

    changed = Signal(int, int)

    def __init__(self, label: str, name: str, tip: str, *, maximum: int, default: int) -> None:
        super().__init__()
        self._gesture = 0
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(BURST_MS)
        self._burst.timeout.connect(self._next_gesture)
        words = QLabel(label)
        self.slider = ResettingSlider(default)
        self.slider.setRange(0, maximum)
        self.slider.setPageStep(10)
        self.spin = QSpinBox()
        self.spin.setRange(0, maximum)
        self.spin.setSuffix(" %")
        self.spin.setFixedWidth(72)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setKeyboardTracking(False)
        for widget in (self.slider, self.spin):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words.setBuddy(self.slider)
        head = QHBoxLayout()
        head.addWidget(words)
        head.addStretch()
        head.addWidget(self.spin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.slider)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.sliderPressed.connect(self._next_gesture)
        self.slider.sliderReleased.connect(self._next_gesture)
        self.slider.reset_requested.connect(self.reset)
        self.spin.valueChanged.connect(self._on_spin)

    def show_percent(self, percent: int) -> None:
        for widget in (self.slider, self.spin):
            with QSignalBlocker(widget):
                widget.setValue(percent)

    def reset(self) -> None:
        """Back to the default, as a step of its own."""
        self._next_gesture()
        self.slider.setValue(self.slider.default)
        self._next_gesture()

    def _on_slider(self, percent: int) -> None:
        with QSignalBlocker(self.spin):
            self.spin.setValue(percent)
        self._say(percent)

    def _on_spin(self, percent: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(percent)
        self._say(percent)

    def _say(self, percent: int) -> None:
        if not self.slider.isSliderDown():
            self._burst.start()
        self.changed.emit(percent, self._gesture)

    def _next_gesture(self) -> None:
        self._burst.stop()
        self._gesture += 1
