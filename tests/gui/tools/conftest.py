"""A photo with a brush in the hand, and real events to paint with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.view_transform import PhotoPoint
from colorstudio.gui.main_window import MainWindow

NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Studio:
    """The window, and hands."""

    window: MainWindow
    qtbot: QtBot

    @property
    def canvas(self) -> Canvas:
        return self.window.canvas

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        assert self.window.session.document is not None
        return self.window.session.document.strokes

    def take(self, name: str) -> None:
        self.window.actions_by_name[name].trigger()

    def at(self, row: float, col: float) -> QPointF:
        """Where a place of a stroke is in the view; integers are the middles of pixels."""
        return self.canvas.view.to_view(PhotoPoint(row + 0.5, col + 0.5))

    def mouse(
        self,
        kind: QEvent.Type,
        place: tuple[float, float],
        modifiers: Qt.KeyboardModifier = NO_KEYS,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        at = self.at(*place)
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        changed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        event = QMouseEvent(kind, at, self.canvas.mapToGlobal(at), changed, held, modifiers)
        QApplication.sendEvent(self.canvas, event)

    def press(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, place, modifiers)

    def move(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.mouse(QEvent.Type.MouseMove, place, modifiers)

    def hover(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.mouse(QEvent.Type.MouseMove, place, modifiers, Qt.MouseButton.NoButton)

    def release(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, place, modifiers)

    def drag(self, places: Iterable[tuple[float, float]], modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        first, *others = places
        self.press(first, modifiers)
        for place in others:
            self.move(place, modifiers)
        self.release(others[-1] if others else first, modifiers)

    def click(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.drag([place], modifiers)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.qtbot.keyClick(self.canvas, key, modifiers)

    def wheel(self, delta: int, modifiers: Qt.KeyboardModifier, *, sideways: bool = False) -> None:
        at = QPointF(self.canvas.rect().center())
        turn = QPoint(delta, 0) if sideways else QPoint(0, delta)
        event = QWheelEvent(
            at,
            self.canvas.mapToGlobal(at),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.canvas, event)

    def pen(
        self,
        kind: QEvent.Type,
        place: tuple[float, float],
        pressure: float,
        pointer: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
    ) -> QTabletEvent:
        device = QPointingDevice(
            "pen",
            1,
            QInputDevice.DeviceType.Stylus,
            pointer,
            QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
            1,
            2,
        )
        at = self.at(*place)
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
        changed = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else LEFT
        event = QTabletEvent(
            kind,
            device,
            at,
            self.canvas.mapToGlobal(at),
            pressure,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            NO_KEYS,
            changed,
            held,
        )
        QApplication.sendEvent(self.canvas, event)
        return event

    def painted(self) -> None:
        """Wait until the strokes over the photo are as they should be."""
        self.canvas.update()
        self.qtbot.waitUntil(lambda: self.window.tools.layer.is_current, timeout=20_000)

    def colour_at(self, place: tuple[float, float]) -> tuple[int, int, int]:
        ratio = self.canvas.devicePixelRatioF()
        at = self.at(*place) * ratio
        colour = self.canvas.grab().toImage().pixelColor(int(at.x()), int(at.y()))
        return colour.red(), colour.green(), colour.blue()


def near(points: Iterable[tuple[float, float]], expected: Iterable[tuple[float, float]]) -> bool:
    """Whether two paths are the same to a hundredth of a pixel."""
    one, other = np.array(list(points)), np.array(list(expected))
    return one.shape == other.shape and bool(np.allclose(one, other, atol=0.01, rtol=0))


@pytest.fixture
def studio(
    qtbot: QtBot, window: MainWindow, open_photo: Callable[[Path], None], make_photo: Callable[..., Path]
) -> Studio:
    """A photo of 800 by 500 pixels, and the brush."""
    open_photo(make_photo(width=800, height=500))
    made = Studio(window, qtbot)
    window.activateWindow()
    window.canvas.setFocus()
    made.take("tool_brush")
    window.brush.radius_px = 6.0
    window.brush.rgb = (200, 40, 30)
    return made
