"""The controls under a photo that is being cropped: aspect, angle, and the ways out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.document.preparation import MAX_STRAIGHTEN_DEGREES
from colorstudio.gui.canvas.crop_frame import CropFrame
from colorstudio.gui.panels.elided_label import ElidedLabel
from colorstudio.gui.panels.percent import ResettingSlider
from colorstudio.gui.theme import GRID, dim, set_icon

_SLIDER_DEGREES = 15  # beyond it there is the number
_STEPS = 20  # of the slider, a degree

_FREE, _ORIGINAL = 0.0, -1.0


class CropBar(QFrame):
    """Shows a frame and changes it; says when it is done with.

    Signals
    -------
    applied, left
        The frame is as it should be; nothing is to be done.
    line_wanted
        Whether the next drag is to draw a line along a horizon.
    straightening
        The angle is being changed, or no longer.
    """

    applied = Signal()
    left = Signal()
    line_wanted = Signal(bool)
    straightening = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropBar")
        self._frame: CropFrame | None = None
        self._build_aspect()
        self._build_angle()
        self._build_ways_out()
        self.hint = ElidedLabel(
            self.tr("Enter applies · Esc leaves · arrows move, with Shift they resize · X swaps the sides")
        )
        # Before it is too wide for the window, it ends in dots.
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        dim(self.hint)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.aspect_box)
        row.addWidget(self.swap_button)
        row.addSpacing(2 * GRID)
        row.addWidget(self._angle_label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        row.addWidget(self.line_button)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.size_label)
        foot.addSpacing(GRID)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.reset_button)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addLayout(foot)

    def _build_aspect(self) -> None:
        self.aspect_box = QComboBox()
        self.aspect_box.setAccessibleName(self.tr("Aspect"))
        self.aspect_box.setToolTip(self.tr("The proportions that the frame is held to"))
        for words, aspect in (
            (self.tr("Free"), _FREE),
            (self.tr("As the photo"), _ORIGINAL),
            ("1 : 1", 1.0),
            ("3 : 2", 3 / 2),
            ("4 : 3", 4 / 3),
            ("5 : 4", 5 / 4),
            ("16 : 9", 16 / 9),
        ):
            self.aspect_box.addItem(words, aspect)
        self.aspect_box.activated.connect(self._choose_aspect)
        self.swap_button = QToolButton()
        self.swap_button.setObjectName("flat")
        set_icon(self.swap_button, "swap")
        self.swap_button.setToolTip(self.tr("Swap upright and lying (X)"))
        self.swap_button.setAccessibleName(self.tr("Swap upright and lying"))
        self.swap_button.clicked.connect(self.swap)

    def _build_angle(self) -> None:
        self._angle_label = QLabel(self.tr("Straighten"))
        self.slider = ResettingSlider(default=0)
        self.slider.setRange(-_SLIDER_DEGREES * _STEPS, _SLIDER_DEGREES * _STEPS)
        self.slider.setPageStep(_STEPS)
        self.slider.setMinimumWidth(120)
        self.spin = QDoubleSpinBox()
        self.spin.setRange(-MAX_STRAIGHTEN_DEGREES, MAX_STRAIGHTEN_DEGREES)
        self.spin.setDecimals(2)
        self.spin.setSingleStep(0.1)
        self.spin.setSuffix("°")
        self.spin.setFixedWidth(84)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._angle_label.setBuddy(self.slider)
        for widget in (self.slider, self.spin):
            widget.setAccessibleName(self.tr("Angle in degrees, clockwise"))
            widget.setToolTip(self.tr("Turns the photo under the frame. Double click: 0°"))
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(partial(self.straightening.emit, True))
        self.slider.sliderReleased.connect(partial(self.straightening.emit, False))
        self.slider.reset_requested.connect(partial(self.slider.setValue, 0))
        self.spin.valueChanged.connect(self._turn)
        self.line_button = QToolButton()
        self.line_button.setObjectName("flat")
        self.line_button.setCheckable(True)
        set_icon(self.line_button, "horizon")
        self.line_button.setToolTip(self.tr("Draw a line along something level or upright (L)"))
        self.line_button.setAccessibleName(self.tr("Draw a line along something level or upright"))
        self.line_button.toggled.connect(self.line_wanted)

    def _build_ways_out(self) -> None:
        self.size_label = QLabel()
        self.size_label.setAccessibleName(self.tr("Size after the crop"))
        self.reset_button = QPushButton(self.tr("&Whole photo"))
        self.reset_button.setToolTip(self.tr("No crop and no angle"))
        self.reset_button.clicked.connect(self._reset)
        self.leave_button = QPushButton(self.tr("Leave"))
        self.leave_button.setToolTip(self.tr("Leave the photo as it was (Esc)"))
        self.leave_button.clicked.connect(self.left)
        self.apply_button = QPushButton(self.tr("Apply"))
        self.apply_button.setObjectName("primary")
        self.apply_button.setToolTip(self.tr("Crop and straighten (Enter)"))
        self.apply_button.clicked.connect(self.applied)

    # -- the frame ----------------------------------------------------------------------------------------

    def show_frame(self, frame: CropFrame) -> None:
        """Take hold of another frame."""
        self._frame = frame
        self.aspect_box.setCurrentIndex(0)
        self.line_button.setChecked(False)
        frame.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        frame = self._frame
        if frame is None:
            return
        height, width = frame.size()
        self.size_label.setText(self.tr("{width} × {height} px").format(width=width, height=height))
        for widget, value in ((self.slider, round(frame.degrees * _STEPS)), (self.spin, frame.degrees)):
            with QSignalBlocker(widget):
                widget.setValue(value)  # type: ignore[arg-type]
        self.swap_button.setEnabled(frame.aspect not in (None, 1.0))

    def swap(self) -> None:
        """An upright frame for a lying one."""
        if self._frame is not None and self._frame.aspect is not None:
            self._frame.set_aspect(1 / self._frame.aspect)

    def _choose_aspect(self) -> None:
        frame, aspect = self._frame, float(self.aspect_box.currentData())
        if frame is None:
            return
        own = frame.photo.width() / frame.photo.height()
        if aspect == _FREE:
            frame.set_aspect(None)
        elif aspect == _ORIGINAL:
            frame.set_aspect(own)
        else:
            frame.set_aspect(aspect if own >= 1 else 1 / aspect)  # lying or upright as the photo is

    def _slid(self, value: int) -> None:
        self._turn(value / _STEPS)

    def _turn(self, degrees: float) -> None:
        if self._frame is not None:
            self._frame.set_degrees(degrees)

    def _reset(self) -> None:
        if self._frame is not None:
            self.aspect_box.setCurrentIndex(0)
            self._frame.set_aspect(None)
            self._frame.set_degrees(0.0)
            self._frame.reset()
