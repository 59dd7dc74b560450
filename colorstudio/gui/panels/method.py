"""What the strokes do: with the network, as its hints alone, or by themselves; and how far they reach."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from colorstudio.document.document import Mode, Settings
from colorstudio.gui.language import number_words
from colorstudio.gui.panels.percent import ResettingSlider
from colorstudio.gui.panels.section import Section
from colorstudio.gui.theme import GRID, dim, scaled_font
from colorstudio.services.hybrid import DEFAULT_REACH

_NEAREST, _FARTHEST = 0.01, 1.0  # parts of the photo's longer side
_STEPS = 100
_EVERYWHERE = _STEPS + 5  # the end of the slider, a step apart
_BURST_MS = 700


class Method(QWidget):
    """Shows mode and reach and says what the user wants changed; changes nothing itself.

    Signals
    -------
    mode_chosen
        One of `MODES`.
    reach_changed
        A part of the photo's longer side, `math.inf`, or None for the usual one; and the key under which
        the steps of one gesture merge.
    """

    mode_chosen = Signal(str)
    reach_changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gesture = 0
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(_BURST_MS)
        self._burst.timeout.connect(self._next_gesture)
        section = Section(self.tr("Method"), first=True)
        self.buttons: dict[Mode, QRadioButton] = {}
        self._sentences: dict[Mode, str] = {}
        self._takes_hints = True
        group = QButtonGroup(self)
        modes: tuple[tuple[Mode, str, str], ...] = (
            (
                "hybrid",
                self.tr("&Automatic + strokes"),
                self.tr("The network colours the photo, and your strokes spread along its edges."),
            ),
            (
                "network",
                self.tr("&Network hints only"),
                self.tr("The network takes your strokes as hints and decides itself how far they go."),
            ),
            (
                "scribbles",
                self.tr("Strokes &only"),
                self.tr("No network: only the colours you paint spread, everything else stays gray."),
            ),
        )
        for mode, title, sentence in modes:
            button = QRadioButton(title)
            button.setToolTip(sentence)
            button.setAccessibleDescription(sentence)
            button.clicked.connect(self._on_mode)
            group.addButton(button)
            section.column.addWidget(button)
            self.buttons[mode] = button
            self._sentences[mode] = sentence
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setFont(scaled_font(self.sentence.font(), 0.92))
        dim(self.sentence)
        section.column.addWidget(self.sentence)
        self.reach = self._build_reach()
        section.column.addWidget(self.reach)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self.show_settings(Settings())

    def _build_reach(self) -> QWidget:
        label = QLabel(self.tr("&Reach"))
        self.value = QLabel()
        self.slider = ResettingSlider(default=round(_position(DEFAULT_REACH)))
        self.slider.setRange(0, _EVERYWHERE)
        self.slider.setPageStep(10)
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.slider.setAccessibleName(self.tr("Reach of the strokes"))
        self.slider.setToolTip(
            self.tr(
                "How far a stroke is felt in an even area, as a part of the photo's longer side. "
                "Double click: as usual"
            )
        )
        label.setBuddy(self.slider)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.sliderPressed.connect(self._next_gesture)
        self.slider.sliderReleased.connect(self._next_gesture)
        self.slider.reset_requested.connect(self._reset)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch()
        head.addWidget(self.value)
        reach = QWidget()
        column = QVBoxLayout(reach)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.slider)
        return reach

    # -- showing ------------------------------------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        self.buttons[settings.mode].setChecked(True)
        self._show_sentence(settings.mode)
        self.reach.setVisible(settings.mode == "hybrid")
        reach = DEFAULT_REACH if settings.reach is None else settings.reach
        # A drag through values between two steps of the slider must not be pulled back to one.
        if reach_at(self.slider.value()) != settings.reach:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(_position(reach)))
        words = self._words(reach)
        self.value.setText(words)
        self.slider.setAccessibleDescription(words)

    def show_ability(self, takes_hints: bool) -> None:
        """Whether the network at hand heeds strokes."""
        self._takes_hints = takes_hints
        self._show_sentence(next(mode for mode, button in self.buttons.items() if button.isChecked()))

    def _show_sentence(self, mode: Mode) -> None:
        self.sentence.setText(self._sentences[mode])
        if mode == "network" and not self._takes_hints:
            self.sentence.setText(
                self.tr("This network takes no hints: strokes change nothing in this method.")
            )

    def set_usable(self, usable: bool) -> None:
        for widget in (*self.buttons.values(), self.reach):
            widget.setEnabled(usable)

    def _words(self, reach: float) -> str:
        if math.isinf(reach):
            return self.tr("everywhere")
        percent = number_words(reach * 100, 1 if reach < 0.0995 else 0, shortest=True)
        return self.tr("{percent} % of the photo").format(percent=percent)

    # -- what the user does -------------------------------------------------------------------------------

    def _on_mode(self) -> None:
        self.mode_chosen.emit(next(mode for mode, button in self.buttons.items() if button.isChecked()))

    def _on_slider(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self._burst.start()
        self.reach_changed.emit(reach_at(position), f"reach {self._gesture}")

    def _reset(self) -> None:
        self._next_gesture()
        self.reach_changed.emit(None, f"reach {self._gesture}")
        self._next_gesture()

    def _next_gesture(self) -> None:
        self._burst.stop()
        self._gesture += 1


def reach_at(position: int) -> float:
    """What a position of the slider means: each step the same factor, everywhere at its end."""
    if position > _STEPS:
        return math.inf
    return float(f"{_NEAREST * (_FARTHEST / _NEAREST) ** (position / _STEPS):.3g}")


def _position(reach: float) -> float:
    if math.isinf(reach):
        return _EVERYWHERE
    share = math.log(reach / _NEAREST) / math.log(_FARTHEST / _NEAREST)
    return min(max(share, 0.0), 1.0) * _STEPS
