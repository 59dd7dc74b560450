"""The line at the bottom: the photo, the zoom, the device, and how long the last pass took."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from colorstudio.gui.backend import ColouringResult
from colorstudio.gui.language import number_words
from colorstudio.gui.loading import OpenedPhoto
from colorstudio.gui.panels.adjustments import device_words
from colorstudio.gui.panels.photo_info import kind_words, size_words
from colorstudio.gui.theme import dim


class StatusBar(QStatusBar):
    """Four facts, each with its own label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.photo_label = QLabel()
        self.zoom_label = QLabel()
        self.device_label = QLabel()
        self.time_label = QLabel()
        for label, name, tip in (
            (self.photo_label, self.tr("Photo"), self.tr("Size, depth and kind of the photo")),
            (self.time_label, self.tr("Time"), self.tr("Duration of the last colouring")),
            (self.device_label, self.tr("Device"), self.tr("What the photo was coloured on")),
            (self.zoom_label, self.tr("Zoom"), self.tr("Pixels of the screen a pixel of the photo")),
        ):
            label.setAccessibleName(name)
            label.setToolTip(tip)
            dim(label)
        self.addWidget(self.photo_label, 1)
        for label in (self.time_label, self.device_label, self.zoom_label):
            self.addPermanentWidget(label)

    def show_photo(self, opened: OpenedPhoto | None) -> None:
        if opened is None:
            self.photo_label.setText(self.tr("No photo"))
            return
        depth = self.tr("{bits} bit").format(bits=opened.photo.bit_depth)
        facts = (size_words(opened.photo.shape), depth, kind_words(opened.photo.kind))
        self.photo_label.setText("   ·   ".join(facts))

    def show_zoom(self, zoom: float | None) -> None:
        self.zoom_label.setText("" if zoom is None else zoom_words(zoom))

    def show_colouring(self, colouring: ColouringResult | None) -> None:
        if colouring is None:
            self.device_label.setText("")
            self.time_label.setText("")
            return
        self.device_label.setText(device_words(colouring.device))
        total = sum(colouring.seconds.values())
        self.time_label.setText(self.tr("Coloured in {seconds} s").format(seconds=number_words(total, 2)))
        stages = "\n".join(
            f"{stage_words(stage)}: {seconds * 1000:.0f} ms" for stage, seconds in colouring.seconds.items()
        )
        self.time_label.setToolTip(self.tr("Duration of the last colouring") + "\n" + stages)


def stage_words(stage: str) -> str:
    """What a stage of the colouring is for."""
    translate = QCoreApplication.translate
    return {
        "luminance": translate("StatusBar", "Lightness"),
        "load": translate("StatusBar", "Loading the network"),
        "prepare": translate("StatusBar", "Seeing the photo"),
        "predict": translate("StatusBar", "Choosing colours"),
        "guide": translate("StatusBar", "Finding edges"),
        "propagation": translate("StatusBar", "Spreading strokes"),
    }.get(stage, stage)


def zoom_words(zoom: float) -> str:
    """As people write it: 33 %, 8.5 %."""
    percent = zoom * 100
    return f"{number_words(percent, 1 if percent < 9.95 else 0)} %"
