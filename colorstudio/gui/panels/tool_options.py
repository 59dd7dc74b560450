"""The strip over the photo: kind, size and colour of the brush, and what the tool in the hand does."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from colorstudio.document.chosen_colour import hex_of
from colorstudio.gui.canvas.stroke_painting import body_brush
from colorstudio.gui.painting import MAX_RADIUS_PX, MIN_RADIUS_PX, Brush, rounded_radius
from colorstudio.gui.panels.elided_label import ElidedLabel
from colorstudio.gui.theme import GRID, dim

_STEPS = 100  # of the slider, each the same part of the radius


class BrushSwatch(QWidget):
    """What the brush paints with: its colour, or the pattern of its kind."""

    def __init__(self, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = brush
        self.setFixedSize(QSize(28, 24))
        brush.colour_changed.connect(self._describe)
        brush.kind_changed.connect(self._describe)
        self._describe()

    def _describe(self, _what: object = None) -> None:
        words = {
            "colour": self.tr("Paints with {colour}").format(colour=hex_of(self._brush.rgb)),
            "neutral": self.tr("Paints places without colour"),
            "keep": self.tr("Paints places that no stroke changes"),
        }[self._brush.kind]
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rgb = self._brush.rgb if self._brush.kind == "colour" else None
        painter.setBrush(body_brush(self._brush.kind, rgb, self.devicePixelRatioF()))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class ToolOptions(QFrame):
    """Shows a `Brush` and sets it."""

    def __init__(self, brush: Brush, kinds: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = brush
        self.setObjectName("toolOptions")
        self.swatch = BrushSwatch(brush)
        self.kind_buttons: list[QToolButton] = []
        self._kinds = QWidget()
        row = QHBoxLayout(self._kinds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.swatch)
        row.addSpacing(GRID - 2)
        for action in kinds:
            button = QToolButton()
            button.setObjectName("flat")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
            self.kind_buttons.append(button)
        self._size = self._build_size()
        self.hint = ElidedLabel()
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        dim(self.hint)

        column = QHBoxLayout(self)
        column.setContentsMargins(2 * GRID, 4, 2 * GRID, 4)
        column.setSpacing(2 * GRID)
        column.addWidget(self._kinds)
        column.addWidget(self._size)
        column.addWidget(self.hint, 1)
        self.setFixedHeight(self.sizeHint().height())
        brush.radius_changed.connect(self._show_radius)
        self._show_radius(brush.radius_px)

    def _build_size(self) -> QWidget:
        label = QLabel(self.tr("Radi&us"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setFixedWidth(120)
        self.spin = QDoubleSpinBox()
        self.spin.setDecimals(1)
        self.spin.setRange(MIN_RADIUS_PX, MAX_RADIUS_PX)
        self.spin.setSuffix(" px")
        self.spin.setFixedWidth(88)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setKeyboardTracking(False)
        label.setBuddy(self.slider)
        for widget in (self.slider, self.spin):
            widget.setAccessibleName(self.tr("Radius of the brush in pixels of the photo"))
            widget.setToolTip(self.tr("Radius of the brush in pixels of the photo: [ and ], or Shift+wheel"))
        self.slider.valueChanged.connect(self._on_slider)
        self.spin.valueChanged.connect(self._on_spin)
        size = QWidget()
        row = QHBoxLayout(size)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for widget in (label, self.slider, self.spin):
            row.addWidget(widget)
        return size

    def show_tool(self, *, paints: bool, has_size: bool, hint: str) -> None:
        """Fit the strip to the tool in the hand."""
        self._kinds.setVisible(paints)
        self._size.setVisible(has_size)
        self.hint.setText(hint)

    def _show_radius(self, radius_px: float) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.spin):
            self.slider.setValue(round(_position(radius_px)))
            self.spin.setValue(radius_px)

    def _on_slider(self, position: int) -> None:
        radius = MIN_RADIUS_PX * (MAX_RADIUS_PX / MIN_RADIUS_PX) ** (position / _STEPS)
        self._brush.radius_px = rounded_radius(radius)

    def _on_spin(self, radius_px: float) -> None:
        self._brush.radius_px = radius_px


def _position(radius_px: float) -> float:
    return _STEPS * math.log(radius_px / MIN_RADIUS_PX) / math.log(MAX_RADIUS_PX / MIN_RADIUS_PX)
