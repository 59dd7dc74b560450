"""Which photo the colours are like, how strongly, and the ways to choose and to drop it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from colorstudio.document.document import Settings
from colorstudio.document.reference import Reference
from colorstudio.gui.desktop import can_take
from colorstudio.gui.panels.elided_label import ElidedLabel
from colorstudio.gui.panels.percent import PercentSetting
from colorstudio.gui.panels.section import Section
from colorstudio.gui.theme import GRID, dim, scaled_font, set_icon


class ReferenceSection(QWidget):
    """Shows the reference of the settings and says what the user wants changed; changes nothing itself.

    Signals
    -------
    strength_changed
        In [0, 1], and the key under which the steps of one gesture merge.
    dropped
        The `QMimeData` of a photo to colour like.
    """

    strength_changed = Signal(float, str)
    dropped = Signal(object)

    def __init__(self, choose: QAction, remove: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self.setAcceptDrops(True)
        section = Section(self.tr("Like another photo"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setFont(scaled_font(self.words.font(), 0.92))
        dim(self.words)
        self.name = ElidedLabel()
        self.remove_button = QToolButton()
        self.remove_button.setObjectName("flat")
        set_icon(self.remove_button, "close", 14)
        self.remove_button.setIconSize(QSize(14, 14))
        self.remove_button.setToolTip(remove.toolTip())
        self.remove_button.setAccessibleName(remove.text().replace("&", ""))
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove_button.clicked.connect(remove.trigger)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(self.remove_button)
        self.strength = PercentSetting(
            self.tr("Strength"),
            self.tr("Strength of the reference in percent"),
            self.tr("How much of its colours is taken. Double click: all"),
            maximum=100,
            default=100,
        )
        self.strength.changed.connect(self._on_strength)
        self.chosen = QWidget()
        column = QVBoxLayout(self.chosen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.strength)
        self.choose_button = QPushButton(self.tr("Choose a photo…"))
        self.choose_button.setToolTip(choose.toolTip())
        self.choose_button.clicked.connect(choose.trigger)
        section.column.addWidget(self.chosen)
        section.column.addWidget(self.words)
        section.column.addWidget(self.choose_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(section)
        self.show_settings(None)

    def show_settings(self, settings: Settings | None, *, able: bool = True) -> None:
        """None where there is no photo; and whether the network at hand takes photos for examples."""
        reference = settings.reference if settings is not None else None
        usable = settings is not None and settings.mode != "scribbles" and able
        self.chosen.setVisible(reference is not None)
        self.choose_button.setEnabled(usable)
        self.strength.setEnabled(usable)
        if reference is not None:
            self.name.setText(reference.name)
            # A drag through values between two percents must not be pulled back to one.
            if self.strength.slider.value() / 100 != reference.strength:
                self.strength.show_percent(round(reference.strength * 100))
        self.choose_button.setText(
            self.tr("Choose a photo…") if reference is None else self.tr("Choose another…")
        )
        words = self._sentence(settings, reference)
        self.words.setText(words if able else self.tr("This network takes no other photo for an example."))

    def _sentence(self, settings: Settings | None, reference: Reference | None) -> str:
        if settings is not None and settings.mode == "scribbles":
            return self.tr("Strokes only: without the network, no photos are compared.")
        if reference is None:
            return self.tr("Sky gets the colour of sky, skin that of skin. Choose or drop a photo in colour.")
        if reference.overall is not None:
            return self.tr("All of the photo gets colours as there are in that one, whatever is where.")
        return self.tr("Places that are alike in both: {count}").format(count=reference.matches)

    def _on_strength(self, percent: int, gesture: int) -> None:
        self.strength_changed.emit(percent / 100, f"reference {gesture}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.choose_button.isEnabled() and can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(event.mimeData())
        event.acceptProposedAction()
