"""The lightnesses of a photo, with handles for what becomes black, middle gray and white."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorstudio.document.levels import MAX_GAMMA, Levels
from colorstudio.gui.theme import GRID

BINS = 256
LEAST_RANGE = 1.0  # L* between black and white
_HANDLE = 6.0  # half of its width
_BLACK, _MIDDLE, _WHITE = range(3)
_SHADES = (QColor(0, 0, 0), QColor(128, 128, 128), QColor(255, 255, 255))


def histogram(luminance: NDArray[np.float32]) -> NDArray[np.float64]:
    """How many pixels have which L*, of 0 to 100 in `BINS` steps; the fullest is 1."""
    counts = np.histogram(luminance, BINS, (0.0, 100.0))[0].astype(np.float64)
    # A border of one tone would press all others flat.
    ceiling = max(float(np.sort(counts)[-BINS // 32]), 1.0)
    return np.minimum(counts / ceiling, 1.0)


class HistogramView(QWidget):
    """Shows levels over a histogram and lets them be dragged.

    Signals
    -------
    moved
        The `Levels` as a handle is dragged or moved by keys.
    released
        A handle was let go.
    """

    moved = Signal(object)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Histogram with handles for black, middle gray and white"))
        self.setToolTip(
            self.tr("Drag black, middle and white. With keys: Up and Down choose one, Left and Right move it")
        )
        self._counts: NDArray[np.float64] = np.zeros(BINS)
        self._levels = Levels()
        self._handle = _BLACK
        self._dragging = False

    def sizeHint(self) -> QSize:
        return QSize(200, 72)

    def show_histogram(self, counts: NDArray[np.float64] | None) -> None:
        self._counts = counts if counts is not None else np.zeros(BINS)
        self.update()

    def show_levels(self, levels: Levels) -> None:
        self._levels = levels
        self.update()

    # -- places -------------------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_HANDLE + 1, 1, -_HANDLE - 1, -1.75 * GRID)

    def handle_x(self, handle: int) -> float:
        """Where a handle is, in the view: 0 black, 1 middle gray, 2 white."""
        levels = self._levels
        middle = levels.black + (levels.white - levels.black) * 0.5**levels.gamma
        return self._x((levels.black, middle, levels.white)[handle])

    def _x(self, lightness: float) -> float:
        area = self._area()
        return area.left() + area.width() * lightness / 100

    def _lightness(self, x: float) -> float:
        area = self._area()
        return min(max((x - area.left()) / max(area.width(), 1.0), 0.0), 1.0) * 100

    # -- the pointer and the keys ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            x = event.position().x()
            # Of handles at one place, the one that can move away from there.
            self._handle = min(
                (_BLACK, _MIDDLE, _WHITE),
                key=lambda handle: (
                    abs(self.handle_x(handle) - x),
                    -handle if x < self._area().center().x() else handle,
                ),
            )
            self._dragging = True
            self._move_to(self._lightness(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(self._lightness(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._handle = (self._handle + (1 if key == Qt.Key.Key_Up else -1)) % 3
            self.update()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1.0 if key == Qt.Key.Key_Right else -1.0
            self._move_to(self._lightness(self.handle_x(self._handle)) + step)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.isAutoRepeat():
            self.released.emit()
        else:
            super().keyReleaseEvent(event)

    def _move_to(self, lightness: float) -> None:
        levels = self._levels
        if self._handle == _BLACK:
            black = min(max(lightness, 0.0), levels.white - LEAST_RANGE)
            moved = replace(levels, black=round(black, 1))
        elif self._handle == _WHITE:
            white = max(min(lightness, 100.0), levels.black + LEAST_RANGE)
            moved = replace(levels, white=round(white, 1))
        else:
            share = (lightness - levels.black) / (levels.white - levels.black)
            share = min(max(share, 0.5**MAX_GAMMA), 0.5 ** (1 / MAX_GAMMA))
            moved = replace(levels, gamma=round(math.log(share) / math.log(0.5), 2))
        if moved != levels:
            self.show_levels(moved)
            self.moved.emit(moved)

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, palette = self._area(), self.palette()
        enabled = self.isEnabled()
        painter.fillRect(area, palette.color(QPalette.ColorRole.Base))
        outline = QPainterPath(area.bottomLeft())
        for number, count in enumerate(self._counts if enabled else ()):
            x = area.left() + area.width() * (number + 0.5) / BINS
            outline.lineTo(x, area.bottom() - count * (area.height() - 2))
        outline.lineTo(area.bottomRight())
        painter.fillPath(outline, palette.color(QPalette.ColorRole.Dark))
        if enabled:
            self._paint_curve(painter, area)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        for handle in (_MIDDLE, _BLACK, _WHITE):
            self._paint_handle(painter, handle, area, palette)

    def _paint_curve(self, painter: QPainter, area: QRectF) -> None:
        lightness = np.linspace(0, 100, 64, dtype=np.float32)
        path = QPainterPath()
        for x, y in zip(lightness.tolist(), self._levels.of(lightness).tolist(), strict=True):
            point = QPointF(self._x(x), area.bottom() - area.height() * y / 100)
            if path.elementCount():
                path.lineTo(point)
            else:
                path.moveTo(point)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_handle(self, painter: QPainter, handle: int, area: QRectF, palette: QPalette) -> None:
        x, top = self.handle_x(handle), area.bottom() + 1
        shape = QPainterPath(QPointF(x, top))
        shape.lineTo(x + _HANDLE, top + 1.6 * _HANDLE)
        shape.lineTo(x - _HANDLE, top + 1.6 * _HANDLE)
        shape.closeSubpath()
        chosen = self.hasFocus() and handle == self._handle
        role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Text
        painter.setPen(QPen(palette.color(role), 2 if chosen else 1))
        painter.setBrush(_SHADES[handle] if self.isEnabled() else palette.color(QPalette.ColorRole.Window))
        painter.drawPath(shape)
