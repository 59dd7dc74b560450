"""What makes the network's colours even within things: one of a few ways, with a sentence about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from colorstudio.gui.theme import GRID
from colorstudio.imaging.smoothing import Smoothing


class SmoothingBox(QWidget):
    """Shows a smoothing and says which one the user wants.

    Signals
    -------
    chosen
        The name of a `Smoothing`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self._add("none", self.tr("None"), self.tr("The colours as the network says them"))
        self._add(
            "crf",
            self.tr("Along likeness"),
            self.tr(
                "Each place hears those that are near and as light or dark as it is: blotches go and edges "
                "stay (a fully connected CRF)"
            ),
        )
        self._add(
            "tv",
            self.tr("Flat areas"),
            self.tr("Colours become flat areas with sharp borders (least total variation)"),
        )
        words = QLabel(self.tr("Smoothin&g"))
        words.setBuddy(self.box)
        self.box.setAccessibleName(self.tr("Smoothing of the network's colours"))
        self.box.setToolTip(
            self.tr("Makes blotched colours even. Strokes stay as they are; colours get a little paler")
        )
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # With the focus after a click, it would take letters such as B and S for a search.
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(words)
        row.addWidget(self.box, 1)
        self.box.activated.connect(self._on_activated)

    def show_smoothing(self, smoothing: Smoothing) -> None:
        self.box.setCurrentIndex(self.box.findData(smoothing))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A turn of the wheel on the way over it must not choose another one.
        if watched is self.box and event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False

    def _add(self, smoothing: Smoothing, label: str, tip: str) -> None:
        self.box.addItem(label, smoothing)
        self.box.setItemData(self.box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self.box.itemData(index))
