"""The chosen colour in numbers: hexadecimal, RGB and Lab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from colorstudio.document.chosen_colour import ChosenColour, Rgb, hex_of, rgb_of_hex
from colorstudio.gui.panels.colour.gesture import Gesture
from colorstudio.gui.theme import scaled_font

_FONT = 0.88
_GAP = 4


class HexField(QLineEdit):
    """Takes a code that is pasted whole, wherever the cursor is in the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(32)  # room for spaces that were copied along
        self.setValidator(QRegularExpressionValidator(r"\s*#?[0-9A-Fa-f]{0,6}\s*", self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        copied = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if rgb_of_hex(copied) is not None:
            self.selectAll()
        super().keyPressEvent(event)


class ColourNumbers(QWidget):
    """Fields that can be typed in, and pasted into. What is not a colour is put back.

    While red, green and blue are typed they stand as they were typed, as does a code; when another field is
    gone to, all show the colour as it looks at the luminance at hand.

    Signals
    -------
    chosen
        A `ChosenColour` and the number of the gesture.
    """

    chosen = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = ChosenColour((0.0, 0.0), (128, 128, 128))
        self._luminance = 50.0
        self._here: Rgb = (128, 128, 128)
        self._typed_in: Sequence[QWidget] = ()  # the fields that stand as they were typed
        self._gesture = Gesture(self)
        self.setFont(scaled_font(self.font(), _FONT))
        self.hex = self._hex_field()
        names = (self.tr("Red"), self.tr("Green"), self.tr("Blue"))
        tip = self.tr("{name}, 0 to 255. Hue and chroma are taken from it, the lightness stays the photo's")
        self.rgb = tuple(
            self._field(letter, name, 0, 255, tip.format(name=name))
            for letter, name in zip("RGB", names, strict=True)
        )
        self.lightness = self._field(
            "L", self.tr("Luminance"), 0, 100,
            self.tr("L*, the luminance of the photo at this place: it is the photo's own and stays as it is"),
        )  # fmt: skip
        self.lightness.setReadOnly(True)
        self.lightness.setObjectName("shown")
        self.a = self._field("a", self.tr("a*"), -128, 127, self.tr("a*: green below 0, red above"))
        self.b = self._field("b", self.tr("b*"), -128, 127, self.tr("b*: blue below 0, yellow above"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        grid.addWidget(self.hex, 0, 0, 1, 2)
        for row, (left, right) in enumerate(zip(self.rgb, (self.lightness, self.a, self.b), strict=True), 1):
            grid.addWidget(left, row, 0)
            grid.addWidget(right, row, 1)
        for field in self.rgb:
            field.valueChanged.connect(self._on_rgb)
        for field in (self.a, self.b):
            field.valueChanged.connect(self._on_lab)
        self._groups = ((self.hex,), self.rgb, (self.a, self.b))
        for group in self._groups:
            for field in group:
                field.editingFinished.connect(partial(QTimer.singleShot, 0, partial(self._settle, group)))
        self.hex.installEventFilter(self)
        order = (self.hex, *self.rgb, self.lightness, self.a, self.b)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._show()

    def _hex_field(self) -> HexField:
        field = HexField()
        field.setProperty("compact", True)
        field.setAccessibleName(self.tr("Hexadecimal code"))
        field.setToolTip(
            self.tr("The colour as #rrggbb; paste one here. Its lightness gives way to the photo's")
        )
        field.setMinimumWidth(60)
        field.textEdited.connect(self._on_hex_edited)
        field.editingFinished.connect(self._on_hex_finished)
        return field

    def _field(self, letter: str, name: str, least: int, most: int, tip: str) -> QSpinBox:
        field = QSpinBox()
        field.setProperty("compact", True)
        field.setPrefix(f"{letter} ")
        field.setRange(least, most)
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        field.setToolTip(tip)
        field.setMinimumWidth(40)
        field.lineEdit().setTextMargins(3, 0, 0, 0)
        field.installEventFilter(self)
        return field

    # -- showing ------------------------------------------------------------------------------------------

    def show_colour(self, colour: ChosenColour, luminance: float, here: Rgb) -> None:
        """The colour, the L* at hand, and how it looks there."""
        if colour.chroma_lab != self._colour.chroma_lab:
            self._typed_in = ()  # somebody else chose
        self._colour, self._luminance, self._here = colour, luminance, here
        self._show()

    def _show(self) -> None:
        values = zip(
            (*self.rgb, self.lightness, self.a, self.b),
            (*self._here, self._luminance, *self._colour.chroma_lab),
            strict=True,
        )
        for field, value in values:
            if field not in self._typed_in:
                with QSignalBlocker(field):
                    field.setValue(round(value))
        if self.hex not in self._typed_in:
            with QSignalBlocker(self.hex):
                self.hex.setText(hex_of(self._here))

    # -- choosing -----------------------------------------------------------------------------------------

    def _on_rgb(self) -> None:
        red, green, blue = (field.value() for field in self.rgb)
        self._choose(ChosenColour.of_rgb((red, green, blue)), self.rgb)

    def _on_lab(self) -> None:
        a, b = self._colour.chroma_lab
        # A field shows whole numbers: the one that was not touched keeps what is behind the point.
        a = a if round(a) == self.a.value() else float(self.a.value())
        b = b if round(b) == self.b.value() else float(self.b.value())
        self._choose(ChosenColour.of_chroma((a, b), self._luminance), (self.a, self.b))

    def _on_hex_edited(self, text: str) -> None:
        rgb = rgb_of_hex(text)
        # Three digits may be half of six.
        if rgb is not None and len(text.strip().removeprefix("#")) == 6:
            self._choose(ChosenColour.of_rgb(rgb), (self.hex,))

    def _on_hex_finished(self) -> None:
        rgb = rgb_of_hex(self.hex.text())
        if self.hex.isModified() and rgb is not None and rgb != self._colour.rgb:
            self._choose(ChosenColour.of_rgb(rgb), (self.hex,))
        elif rgb is None:
            self.hex.setText(hex_of(self._here))
        self.hex.setModified(False)

    def _choose(self, colour: ChosenColour, typed_in: Sequence[QWidget]) -> None:
        self._colour = colour
        self._typed_in = typed_in
        self.chosen.emit(colour, self._gesture.change())
        self._show()

    def _settle(self, group: Sequence[QWidget]) -> None:
        """A field was left, perhaps for another one of its group."""
        if not any(field.hasFocus() for field in group):
            self._typed_in = ()
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A turn of the wheel on the way over a field must not change the colour.
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        # A field that was finished with Return does not say so once more when it is left.
        if event.type() == QEvent.Type.FocusOut:
            for group in self._groups:
                if watched in group:
                    QTimer.singleShot(0, partial(self._settle, group))
        return False
