"""What is painted with, and which strokes are selected: the state that tools and panels share."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from colorstudio.document.chosen_colour import Rgb
from colorstudio.document.strokes import Stroke, StrokeKind

MIN_RADIUS_PX = 0.5
MAX_RADIUS_PX = 500.0

_FIRST_RADIUS_PX = 8.0
_FIRST_RGB = (176, 122, 92)
_RADIUS_STEP = 1.15  # of a key or a notch of the wheel


class Brush(QObject):
    """Kind, colour and size of the next stroke.

    Signals
    -------
    colour_changed
        sRGB of 0 to 255, three integers.
    radius_changed
        In pixels of the photo.
    kind_changed
        "colour", "neutral" or "keep".
    """

    colour_changed = Signal(object)
    radius_changed = Signal(float)
    kind_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind: StrokeKind = "colour"
        self._rgb: Rgb = _FIRST_RGB
        self._radius_px = _FIRST_RADIUS_PX

    @property
    def kind(self) -> StrokeKind:
        return self._kind

    @kind.setter
    def kind(self, kind: StrokeKind) -> None:
        if kind != self._kind:
            self._kind = kind
            self.kind_changed.emit(kind)

    @property
    def rgb(self) -> Rgb:
        return self._rgb

    @rgb.setter
    def rgb(self, rgb: Rgb) -> None:
        if rgb != self._rgb:
            self._rgb = rgb
            self.colour_changed.emit(rgb)

    @property
    def radius_px(self) -> float:
        return self._radius_px

    @radius_px.setter
    def radius_px(self, radius_px: float) -> None:
        radius_px = min(max(radius_px, MIN_RADIUS_PX), MAX_RADIUS_PX)
        if radius_px != self._radius_px:
            self._radius_px = radius_px
            self.radius_changed.emit(radius_px)

    def resize(self, steps: float) -> None:
        """Grow by so many steps, or shrink: each is the same part of the radius, half a pixel at least."""
        wanted = rounded_radius(self.radius_px * _RADIUS_STEP**steps)
        if wanted == self.radius_px and steps:
            wanted += 0.5 if steps > 0 else -0.5
        self.radius_px = wanted


def rounded_radius(radius_px: float) -> float:
    """A radius as people would set it: whole pixels, half ones where they matter."""
    return round(radius_px * 2) / 2 if radius_px < 10 else float(round(radius_px))


class Selection(QObject):
    """The strokes that the next command means; a stroke is itself, not one that looks the same."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []

    @property
    def strokes(self) -> list[Stroke]:
        """A list of the caller's own."""
        return list(self._strokes)

    def __contains__(self, stroke: Stroke) -> bool:
        return any(stroke is other for other in self._strokes)

    def __len__(self) -> int:
        return len(self._strokes)

    def set(self, strokes: Iterable[Stroke]) -> None:
        wanted = list(strokes)
        if [id(stroke) for stroke in wanted] != [id(stroke) for stroke in self._strokes]:
            self._strokes = wanted
            self.changed.emit()

    def toggle(self, stroke: Stroke) -> None:
        """Take it in, or out if it is in."""
        if stroke in self:
            self.set(other for other in self._strokes if other is not stroke)
        else:
            self.set([*self._strokes, stroke])

    def clear(self) -> None:
        self.set(())
