"""The a*b* plane at one luminance: all colours that exist there, and no others."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPixmapCache,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorstudio.gui.canvas.picture import image_of
from colorstudio.gui.panels.colour.gesture import Gesture
from colorstudio.gui.panels.colour.painting import paint_focus, paint_ring
from colorstudio.gui.theme import set_surround
from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.imaging.gamut_slice import EXTENT, gamut_slice

_SIDE = 144
_MARGIN = 4.0
_STEP, _LONG_STEP = 1.0, 5.0  # a*b* a key
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class GamutPicker(QWidget):
    """A click, a drag or the arrow keys choose; a colour outside becomes the nearest of its hue.

    The chosen colour may not exist at the luminance at hand: then a ring is where it would be, and the
    cross-hair where it comes to lie.

    Signals
    -------
    chosen
        a*, b*, and the number of the gesture.
    """

    chosen = Signal(float, float, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._luminance = 50.0
        self._chroma = (0.0, 0.0)
        self._fitted = (0.0, 0.0)
        self._marks: tuple[tuple[float, float], ...] = ()
        self._gesture = Gesture(self)
        self.setObjectName("gamutPicker")
        set_surround(self)  # colours are judged on the same gray as the photo
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Colours that exist at this luminance"))
        self.setToolTip(
            self.tr(
                "All colours that exist at this luminance: green to red across, blue to yellow upwards.\n"
                "Drag, or use the arrow keys (with Shift in larger steps); Home is gray."
            )
        )
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    @property
    def luminance(self) -> float:
        return self._luminance

    @property
    def fitted(self) -> tuple[float, float]:
        """a*b* of the cross-hair: what the chosen colour comes to at this luminance."""
        return self._fitted

    def set_luminance(self, luminance: float) -> None:
        # Whole steps: nobody sees smaller ones, and the slices are soon all there.
        luminance = float(round(luminance))
        if luminance != self._luminance:
            self._luminance = luminance
            self._fit()

    def set_chroma(self, chroma_lab: tuple[float, float]) -> None:
        if chroma_lab != self._chroma:
            self._chroma = chroma_lab
            self._fit()

    def set_marks(self, marks: Sequence[tuple[float, float]]) -> None:
        """Small rings at some a*b*, such as the suggestions."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    def _fit(self) -> None:
        a, b = fit_to_gamut(np.array([self._luminance]), np.array([self._chroma]))[0].tolist()
        self._fitted = (a, b)
        self._describe()
        self.update()

    def _describe(self) -> None:
        words = self.tr("a* {a}, b* {b}, at L* {luminance}")
        a, b = self._fitted
        self.setAccessibleDescription(
            words.format(a=f"{a:.0f}", b=f"{b:.0f}", luminance=f"{self._luminance:.0f}")
        )

    # -- painting -----------------------------------------------------------------------------------------

    def _plane(self) -> QRectF:
        side = min(self.width(), self.height()) - 2 * _MARGIN
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _place(self, chroma_lab: tuple[float, float]) -> QPointF:
        plane, (a, b) = self._plane(), chroma_lab
        scale = plane.width() / (2 * EXTENT)
        return QPointF(plane.center().x() + a * scale, plane.center().y() - b * scale)

    def _chroma_at(self, place: QPointF) -> tuple[float, float]:
        plane = self._plane()
        scale = 2 * EXTENT / plane.width()
        return (place.x() - plane.center().x()) * scale, (plane.center().y() - place.y()) * scale

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ground = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(ground, 4, 4)
        self._paint_axes(painter)
        self._paint_colours(painter)
        for mark in self._marks:
            at = self._place(mark)
            paint_ring(painter, at.x(), at.y(), 2.0, 1.0)
        self._paint_cross_hair(painter)
        if self.hasFocus():
            paint_focus(painter, self, ground)

    def _paint_axes(self, painter: QPainter) -> None:
        line = QColor(self.palette().color(QPalette.ColorRole.PlaceholderText))
        line.setAlpha(70)
        plane = self._plane()
        painter.setPen(QPen(line, 1))
        painter.drawLine(
            QPointF(plane.left(), plane.center().y()), QPointF(plane.right(), plane.center().y())
        )
        painter.drawLine(
            QPointF(plane.center().x(), plane.top()), QPointF(plane.center().x(), plane.bottom())
        )

    def _paint_colours(self, painter: QPainter) -> None:
        plane, ratio = self._plane(), self.devicePixelRatioF()
        key = f"gamut {self._luminance} {plane.width()} {ratio}"
        picture = QPixmap()
        if not QPixmapCache.find(key, picture):
            dots = math.ceil((plane.width() + 2 * _MARGIN) * ratio)
            picture = QPixmap(dots, dots)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            _paint_slice(picture, self._luminance, QRectF(_MARGIN, _MARGIN, plane.width(), plane.width()))
            QPixmapCache.insert(key, picture)
        painter.drawPixmap(plane.topLeft() - QPointF(_MARGIN, _MARGIN), picture)

    def _paint_cross_hair(self, painter: QPainter) -> None:
        wanted, at = self._place(self._chroma), self._place(self._fitted)
        if (wanted - at).manhattanLength() > 2:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawLine(at, wanted)
            painter.drawEllipse(wanted, 3.0, 3.0)
        for colour, width in ((QColor(0, 0, 0, 170), 3.0), (QColor(255, 255, 255), 1.2)):
            painter.setPen(QPen(colour, width))
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(at + QPointF(6 * dx, 6 * dy), at + QPointF(10 * dx, 10 * dy))
        paint_ring(painter, at.x(), at.y(), 5.0)

    # -- choosing -----------------------------------------------------------------------------------------

    def _choose(self, chroma_lab: tuple[float, float]) -> None:
        a, b = fit_to_gamut(np.array([self._luminance]), np.array([chroma_lab]))[0].tolist()
        self.chosen.emit(a, b, self._gesture.change())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture.press()
            self._choose(self._chroma_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(self._chroma_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ARROWS:
            step = _LONG_STEP if shift else _STEP
            da, db = _ARROWS[Qt.Key(event.key())]
            a, b = self._fitted
            self._choose((a + step * da, b + step * db))
        elif event.key() == Qt.Key.Key_Home:
            self._choose((0.0, 0.0))
        else:
            super().keyPressEvent(event)


def _paint_slice(picture: QPixmap, luminance: float, plane: QRectF) -> None:
    """The colours at a luminance, cut out along the edge of the gamut."""
    colours = gamut_slice(luminance)
    scale = plane.width() / (2 * EXTENT)
    outline = QPolygonF(
        [plane.center() + QPointF(a * scale, -b * scale) for a, b in colours.outline.tolist()]
    )
    image = image_of(colours.rgb)
    brush = QBrush(image)
    step = plane.width() / image.width()
    brush.setTransform(QTransform.fromTranslate(plane.left(), plane.top()).scale(step, step))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setBrush(brush)
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
    painter.drawPolygon(outline)
    painter.end()
