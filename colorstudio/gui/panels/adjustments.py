"""The colouring's controls: network, intensity, device."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from colorstudio.document.document import MAX_SATURATION, Settings
from colorstudio.gui.backend import Catalogue
from colorstudio.gui.language import shipped_words
from colorstudio.gui.panels.section import Section
from colorstudio.gui.theme import GRID, dim, scaled_font

# Changes by wheel or key that follow each other within this time are one step of the history.
_BURST_MS = 700


class ResettingSlider(QSlider):
    """A slider with a mark at its default, where a double click takes it back to."""

    reset_requested = Signal()

    def __init__(self, default: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._default = default

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


class Adjustments(QWidget):
    """Shows settings and says what the user wants changed; changes nothing itself."""

    intensity_changed = Signal(float, str)  # saturation, key under which steps of one gesture merge
    model_chosen = Signal(str)
    device_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gesture = 0
        self._catalogue: Catalogue | None = None
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(_BURST_MS)
        self._burst.timeout.connect(self._next_gesture)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_intensity())
        column.addWidget(self._build_network())
        self.set_catalogue(None)
        self.show_device("auto")

    def _build_intensity(self) -> QWidget:
        section = Section(self.tr("Colour"))
        self._intensity_label = QLabel(self.tr("&Intensity"))
        self.slider = ResettingSlider(default=100)
        self.slider.setRange(0, round(MAX_SATURATION * 100))
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("Colour intensity in percent"))
        self.spin = QSpinBox()
        self.spin.setRange(0, round(MAX_SATURATION * 100))
        self.spin.setSuffix(" %")
        self.spin.setFixedWidth(72)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setKeyboardTracking(False)
        self.spin.setAccessibleName(self.tr("Colour intensity in percent"))
        tip = self.tr(
            "How strong the colours are: 0 % is gray, 100 % as the network saw them. Double click: 100 %"
        )
        for widget in (self.slider, self.spin):
            widget.setToolTip(tip)
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._intensity_label.setBuddy(self.slider)
        head = QHBoxLayout()
        head.addWidget(self._intensity_label)
        head.addStretch()
        head.addWidget(self.spin)
        section.column.addLayout(head)
        section.column.addWidget(self.slider)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.sliderPressed.connect(self._next_gesture)
        self.slider.sliderReleased.connect(self._next_gesture)
        self.slider.reset_requested.connect(self.reset_intensity)
        self.spin.valueChanged.connect(self._on_spin)
        self.show_settings(Settings())
        return section

    def _build_network(self) -> QWidget:
        section = Section(self.tr("Network"))
        self.description = QLabel()
        self.description.setWordWrap(True)
        self.description.setTextFormat(Qt.TextFormat.PlainText)
        self.description.setFont(scaled_font(self.description.font(), 0.92))
        dim(self.description)
        self.model_box = QComboBox()
        self.device_box = QComboBox()
        for label, box, name, tip in (
            (
                self.tr("&Model"),
                self.model_box,
                self.tr("Model"),
                self.tr("The network that colours the photo"),
            ),
            (
                self.tr("&Device"),
                self.device_box,
                self.tr("Device"),
                self.tr("What computes: the graphics card where there is one is the fastest"),
            ),
        ):
            words = QLabel(label)
            words.setFixedWidth(56)
            words.setBuddy(box)
            box.setAccessibleName(name)
            box.setToolTip(tip)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            # With the focus after a click, it would take letters such as B and S for a search.
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.installEventFilter(self)
            row = QHBoxLayout()
            row.setSpacing(GRID)
            row.addWidget(words)
            row.addWidget(box, 1)
            section.column.addLayout(row)
            if box is self.model_box:
                section.column.addWidget(self.description)
        self.model_box.activated.connect(self._on_model)
        self.device_box.activated.connect(self._on_device)
        return section

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A turn of the wheel on the way over a box must not choose another network.
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox):
            event.ignore()
            return True
        return False

    # -- showing ------------------------------------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        percent = round(settings.saturation * 100)
        for widget in (self.slider, self.spin):
            with QSignalBlocker(widget):
                widget.setValue(percent)
        if self._catalogue is not None:
            index = max(self.model_box.findData(settings.model), 0) if settings.model else 0
            self.model_box.setCurrentIndex(index)
            self._describe()

    def set_catalogue(self, catalogue: Catalogue | None) -> None:
        """What can be chosen; None while that is not known yet."""
        chosen_device = self.device_box.currentData() or "auto"
        self._catalogue = catalogue
        self.model_box.clear()
        self.device_box.clear()
        for model in catalogue.models if catalogue else ():
            self.model_box.addItem(model.title, model.name)
        if catalogue is None:
            self.model_box.addItem(self.tr("Looking…"), "")
        elif not catalogue.models:
            self.model_box.addItem(self.tr("None installed"), "")
        self.device_box.addItem(self.tr("Automatic"), "auto")
        for device in catalogue.devices if catalogue else ():
            self.device_box.addItem(device_words(device), device)
        self.model_box.setEnabled(catalogue is not None and bool(catalogue.models))
        self.device_box.setEnabled(catalogue is not None)
        self.show_device(chosen_device)
        self._describe()

    def show_device(self, device: str) -> None:
        self.device_box.setCurrentIndex(max(self.device_box.findData(device), 0))

    def set_intensity_enabled(self, enabled: bool) -> None:
        for widget in (self.slider, self.spin, self._intensity_label):
            widget.setEnabled(enabled)

    def _describe(self) -> None:
        name = self.model_box.currentData()
        models = self._catalogue.models if self._catalogue else ()
        words = next((model.description for model in models if model.name == name), "")
        self.description.setText(shipped_words(words))
        self.description.setVisible(bool(words))

    # -- what the user does -------------------------------------------------------------------------------

    def reset_intensity(self) -> None:
        self._next_gesture()
        self.slider.setValue(100)
        self._next_gesture()

    def _on_slider(self, percent: int) -> None:
        with QSignalBlocker(self.spin):
            self.spin.setValue(percent)
        self._say_intensity(percent)

    def _on_spin(self, percent: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(percent)
        self._say_intensity(percent)

    def _say_intensity(self, percent: int) -> None:
        if not self.slider.isSliderDown():
            self._burst.start()
        self.intensity_changed.emit(percent / 100, f"intensity {self._gesture}")

    def _next_gesture(self) -> None:
        self._burst.stop()
        self._gesture += 1

    def _on_model(self, index: int) -> None:
        self._describe()
        self.model_chosen.emit(self.model_box.itemData(index) or "")

    def _on_device(self, index: int) -> None:
        self.device_chosen.emit(self.device_box.itemData(index) or "auto")


def device_words(device: str) -> str:
    """A device as people call it."""
    name, _, number = device.partition(":")
    known = {"cpu": "CPU", "cuda": "NVIDIA GPU (CUDA)", "mps": "Apple GPU (MPS)"}
    return f"{known.get(name, device)} {number}".strip() if name in known else device
