"""The colouring's controls: vividness, intensity, smoothing, network, device."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from colorstudio.document.document import MAX_SATURATION, Settings
from colorstudio.gui.backend import Catalogue
from colorstudio.gui.language import shipped_words
from colorstudio.gui.panels.model_items import TwoLineDelegate, add_models
from colorstudio.gui.panels.percent import PercentSetting
from colorstudio.gui.panels.section import Section
from colorstudio.gui.panels.smoothing_box import SmoothingBox
from colorstudio.gui.theme import GRID, dim, scaled_font

# The list of models is wider than its box, for a line about each; with all of the lineage it scrolls.
_LIST_WIDTH = 380
_MOST_VISIBLE = 14


class Adjustments(QWidget):
    """Shows settings and says what the user wants changed; changes nothing itself."""

    # With the key under which the steps of one gesture merge; a vividness of None is the network's own.
    vividness_changed = Signal(object, str)
    intensity_changed = Signal(float, str)
    smoothing_chosen = Signal(str)
    model_chosen = Signal(str)
    device_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue: Catalogue | None = None
        self._usable = self._can_be_vivid = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_colour())
        column.addWidget(self._build_network())
        self.set_catalogue(None)
        self.show_device("auto")

    def _build_colour(self) -> QWidget:
        section = Section(self.tr("Colour"))
        self.vividness = PercentSetting(
            self.tr("Vividness"),
            self.tr("Vividness of the colours in percent"),
            self.tr(
                "Which of the colours that the network finds likely are taken: 0 % is their mean, muted and "
                "the safest, 100 % the most colourful. Double click: as the network comes"
            ),
            maximum=100,
            default=0,
        )
        self.intensity = PercentSetting(
            self.tr("&Intensity"),
            self.tr("Colour intensity in percent"),
            self.tr(
                "How strong the colours are: 0 % is gray, 100 % as the network saw them. Double click: 100 %"
            ),
            maximum=round(MAX_SATURATION * 100),
            default=100,
        )
        self.not_vivid = QLabel(
            self.tr("This network says one colour for each place: there is none more vivid to take.")
        )
        self.not_vivid.setWordWrap(True)
        self.not_vivid.setFont(scaled_font(self.not_vivid.font(), 0.92))
        dim(self.not_vivid)
        self.not_vivid.hide()
        self.smoothing = SmoothingBox()
        for widget in (self.vividness, self.not_vivid, self.intensity, self.smoothing):
            section.column.addWidget(widget)
        self.vividness.changed.connect(self._on_vividness)
        self.intensity.changed.connect(self._on_intensity)
        self.smoothing.chosen.connect(self.smoothing_chosen)
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
        self.model_box.setItemDelegate(TwoLineDelegate(self.model_box))
        self.model_box.setMaxVisibleItems(_MOST_VISIBLE)
        self.model_box.view().setMinimumWidth(_LIST_WIDTH)
        self.model_box.view().viewport().installEventFilter(self)
        self.model_box.activated.connect(self._on_model)
        self.device_box.activated.connect(self._on_device)
        return section

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A turn of the wheel on the way over a box must not choose another network.
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox):
            event.ignore()
            return True
        # A click on a heading would choose what the pointer was over before.
        released = event.type() == QEvent.Type.MouseButtonRelease and not isinstance(watched, QComboBox)
        if released and isinstance(event, QMouseEvent):
            index = self.model_box.view().indexAt(event.position().toPoint())
            return index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEnabled
        return False

    # -- showing ------------------------------------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        self.intensity.show_percent(round(settings.saturation * 100))
        self.smoothing.show_smoothing(settings.smoothing)
        default = self._default_vividness(settings.model)
        self.vividness.slider.set_default(default)
        self.vividness.show_percent(
            default if settings.vividness is None else round(settings.vividness * 100)
        )
        if self._catalogue is not None:
            index = self.model_box.findData(settings.model) if settings.model else -1
            self.model_box.setCurrentIndex(index if index >= 0 else self._default_index())
            self._describe()

    def set_catalogue(self, catalogue: Catalogue | None) -> None:
        """What can be chosen; None while that is not known yet."""
        chosen_device = self.device_box.currentData() or "auto"
        self._catalogue = catalogue
        self.model_box.clear()
        self.device_box.clear()
        items = self.model_box.model()
        assert isinstance(items, QStandardItemModel)
        add_models(items, catalogue.models if catalogue else ())
        if catalogue is None:
            self.model_box.addItem(self.tr("Looking…"), "")
        elif not catalogue.models:
            self.model_box.addItem(self.tr("None installed"), "")
        self.model_box.setCurrentIndex(self._default_index())
        self.device_box.addItem(self.tr("Automatic"), "auto")
        for device in catalogue.devices if catalogue else ():
            self.device_box.addItem(device_words(device), device)
        self.model_box.setEnabled(catalogue is not None and bool(catalogue.models))
        self.device_box.setEnabled(catalogue is not None)
        self.show_device(chosen_device)
        self._describe()

    def show_device(self, device: str) -> None:
        self.device_box.setCurrentIndex(max(self.device_box.findData(device), 0))

    def set_usable(self, *, photo: bool, network: bool) -> None:
        """Whether there is a photo to colour, and whether by a network."""
        self.intensity.setEnabled(photo)
        self.smoothing.setEnabled(photo and network)
        # How vivid a network is by itself must be known.
        self._usable = photo and network and self._catalogue is not None
        self.vividness.setEnabled(self._usable and self._can_be_vivid)

    def show_ability(self, can_be_vivid: bool) -> None:
        """Whether the network at hand holds several colours likely, of which more vivid ones can be taken."""
        self._can_be_vivid = can_be_vivid
        self.vividness.setEnabled(self._usable and can_be_vivid)
        self.not_vivid.setVisible(not can_be_vivid)

    def _default_index(self) -> int:
        """Where the default network is in its box."""
        models = self._catalogue.models if self._catalogue else ()
        return self.model_box.findData(models[0].name) if models else 0

    def _default_vividness(self, name: str) -> int:
        models = self._catalogue.models if self._catalogue else ()
        chosen = next((model for model in models if model.name == name), models[0] if models else None)
        return round(chosen.vividness * 100) if chosen else 0

    def _describe(self) -> None:
        name = self.model_box.currentData()
        models = self._catalogue.models if self._catalogue else ()
        words = next((model.description for model in models if model.name == name), "")
        self.description.setText(shipped_words(words))
        self.description.setVisible(bool(words))

    # -- what the user does -------------------------------------------------------------------------------

    def _on_vividness(self, percent: int, gesture: int) -> None:
        vividness = None if percent == self.vividness.slider.default else percent / 100
        self.vividness_changed.emit(vividness, f"vividness {gesture}")

    def _on_intensity(self, percent: int, gesture: int) -> None:
        self.intensity_changed.emit(percent / 100, f"intensity {gesture}")

    def _on_model(self, index: int) -> None:
        self._describe()
        name = self.model_box.itemData(index) or ""
        # A document without a choice uses the default one anyway.
        self.model_chosen.emit("" if index == self._default_index() else name)

    def _on_device(self, index: int) -> None:
        self.device_chosen.emit(self.device_box.itemData(index) or "auto")


def device_words(device: str) -> str:
    """A device as people call it."""
    name, _, number = device.partition(":")
    known = {"cpu": "CPU", "cuda": "NVIDIA GPU (CUDA)", "mps": "Apple GPU (MPS)"}
    return f"{known.get(name, device)} {number}".strip() if name in known else device
