"""What there is to know about the photo at hand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from colorstudio.gui.language import number_words
from colorstudio.gui.loading import OpenedPhoto
from colorstudio.gui.panels.section import Section
from colorstudio.gui.theme import GRID, dim
from colorstudio.imaging.photo import PhotoKind


def size_words(shape: tuple[int, int]) -> str:
    """Width and height as people write them, with the megapixels."""
    height, width = shape
    megapixels = height * width / 1e6
    digits = 1 if megapixels < 10 else 0
    return f"{width} × {height} ({number_words(megapixels, digits)} MP)"


def kind_words(kind: PhotoKind) -> str:
    translate = QCoreApplication.translate
    return {
        PhotoKind.GRAY: translate("PhotoInfo", "Black and white"),
        PhotoKind.TINTED: translate("PhotoInfo", "Toned (sepia or alike)"),
        PhotoKind.COLOUR: translate("PhotoInfo", "Colour"),
    }[kind]


class PhotoInfo(Section):
    """Name, size, depth and kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("PhotoInfo", "Photo"), parent=parent)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID // 2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.values: dict[str, QLabel] = {}
        for key, words in (
            ("name", self.tr("File")),
            ("size", self.tr("Size")),
            ("depth", self.tr("Depth")),
            ("kind", self.tr("Kind")),
        ):
            name = QLabel(words)
            dim(name)
            value = QLabel("–")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, value)
            self.values[key] = value
        self.column.addLayout(form)

    def show_photo(self, opened: OpenedPhoto | None) -> None:
        self.setVisible(opened is not None)
        if opened is None:
            for value in self.values.values():
                value.setText("–")
                value.setToolTip("")
            return
        photo, source = opened.photo, opened.source
        name = self.values["name"]
        name.setText(name.fontMetrics().elidedText(source.name, Qt.TextElideMode.ElideMiddle, 170))
        name.setToolTip(str(source.path) if source.path is not None else source.name)
        self.values["size"].setText(size_words(photo.shape))
        form = photo.metadata.format
        depth = self.tr("{bits} bit").format(bits=photo.bit_depth)
        self.values["depth"].setText(f"{depth} {form}".strip())
        self.values["kind"].setText(kind_words(photo.kind))
