"""Every change of strokes that tools, menus and panels ask for, as steps of the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from colorstudio.document.chosen_colour import Rgb
from colorstudio.document.document import ChangeStrokes
from colorstudio.document.stroke_geometry import bounds, erase, hits, moved, touches_rectangle
from colorstudio.document.strokes import Cut, Stroke, StrokeKind
from colorstudio.gui.painting import Brush, Selection
from colorstudio.gui.session import DocumentSession

# At most so often is a picture asked for while something is drawn.
_LIVE_MS = 16
# Steps by key that follow each other within this time are one step of the history.
_BURST_MS = 700


class StrokeEditor(QObject):
    """The strokes of the photo at hand.

    Signals
    -------
    strokes_changed
        The strokes are others now, by whatever edit, undo or opening.
    """

    strokes_changed = Signal()

    def __init__(self, session: DocumentSession, brush: Brush, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.brush = brush
        self.selection = selection
        self._strokes: tuple[Stroke, ...] = ()
        self._bounds: dict[int, tuple[Stroke, tuple[float, float, float, float]]] = {}
        self._boxes: NDArray[np.float64] | None = None  # of `_strokes`, ``(N, 4)``
        self._live: Callable[[], tuple[Stroke, ...]] | None = None
        self._live_timer = QTimer(self)
        self._live_timer.setSingleShot(True)
        self._live_timer.setInterval(_LIVE_MS)
        self._live_timer.timeout.connect(self._draw_live)
        self._nudges = 0
        self._nudge_timer = QTimer(self)
        self._nudge_timer.setSingleShot(True)
        self._nudge_timer.setInterval(_BURST_MS)
        self._nudge_timer.timeout.connect(self._end_nudges)
        for signal in (session.opened, session.closed, session.edited):
            signal.connect(self._on_changed)

    # -- what there is ------------------------------------------------------------------------------------

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return self._strokes

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the photo; (0, 0) without one."""
        document = self.session.document
        return document.photo.shape if document is not None else (0, 0)

    def topmost_at(self, row: float, col: float, slack_px: float = 0.0) -> Stroke | None:
        """The stroke that is seen at a place of the photo, as strokes have places."""
        top, left, bottom, right = self._all_bounds().T
        reach = max(slack_px, 0.5)
        near = (top - reach <= row) & (row <= bottom + reach) & (left - reach <= col) & (col <= right + reach)
        candidates = [self._strokes[k] for k in np.flatnonzero(near)[::-1].tolist()]
        for slack in dict.fromkeys((0.0, slack_px)):  # what is hit before what is near
            for stroke in candidates:
                if hits(stroke, row, col, slack):
                    return stroke
        return None

    def within(self, top: float, left: float, bottom: float, right: float) -> list[Stroke]:
        """The strokes that a rectangle touches."""
        edges = self._all_bounds().T
        apart = (edges[0] > bottom) | (edges[2] < top) | (edges[1] > right) | (edges[3] < left)
        inside = (edges[0] >= top) & (edges[2] <= bottom) & (edges[1] >= left) & (edges[3] <= right)
        return [
            stroke
            for stroke, away, whole in zip(self._strokes, apart.tolist(), inside.tolist(), strict=True)
            if not away and (whole or touches_rectangle(stroke, top, left, bottom, right))
        ]

    def _all_bounds(self) -> NDArray[np.float64]:
        if self._boxes is None:
            known = self._bounds
            self._bounds = {
                id(stroke): known[id(stroke)] if id(stroke) in known else (stroke, bounds(stroke))
                for stroke in self._strokes
            }
            self._boxes = np.array([box for _, box in self._bounds.values()], np.float64).reshape(-1, 4)
        return self._boxes

    # -- while the button is held -------------------------------------------------------------------------

    def draw_live(self, strokes: Callable[[], tuple[Stroke, ...]]) -> None:
        """Show what the photo would look like with other strokes; of a burst, only the last is asked."""
        self._live = strokes
        if not self._live_timer.isActive():
            self._live_timer.start()

    def end_live(self) -> None:
        """Nothing is drawn any more: the picture is that of the document."""
        self._live_timer.stop()
        if self._live is not None:
            self._live = None
            self.session.end_live()

    def _draw_live(self) -> None:
        if self._live is not None and self.session.document is not None:
            self.session.draw_live(self._live())

    # -- steps of the history -----------------------------------------------------------------------------

    def add(self, stroke: Stroke) -> None:
        """Paint a stroke over all others, unless it lies beside the photo."""
        height, width = self.shape
        top, left, bottom, right = bounds(stroke)
        if bottom >= -0.5 and right >= -0.5 and top <= height - 0.5 and left <= width - 0.5:
            self._apply(self.tr("stroke"), (*self._strokes, stroke))

    def erase(self, cut: Cut) -> None:
        self._apply(self.tr("eraser"), self.erased(cut))

    def erased(self, cut: Cut) -> tuple[Stroke, ...]:
        """The strokes as they would be after `erase`."""
        return erase(self._strokes, cut, self.shape)

    def move(self, rows: float, cols: float, *, merge_key: str = "") -> None:
        """Move the selected strokes."""
        self._apply(self.tr("moved strokes"), self.moved(rows, cols), merge_key)

    def moved(self, rows: float, cols: float) -> tuple[Stroke, ...]:
        """The strokes as they would be after `move`."""
        return self._with_selected(lambda stroke: moved(stroke, rows, cols))

    def nudge(self, rows: float, cols: float) -> None:
        """Move by a key; a row of them is one step of the history."""
        self._nudge_timer.start()
        self.move(rows, cols, merge_key=f"nudge {self._nudges}")

    def recolour(self, rgb: Rgb, *, merge_key: str = "") -> None:
        """Give the selected strokes a colour, which makes strokes of colour of them."""
        strokes = self._with_selected(lambda stroke: replace(stroke, kind="colour", rgb=rgb))
        self._apply(self.tr("stroke colour"), strokes, merge_key)

    def set_kind(self, kind: StrokeKind) -> None:
        """Make the selected strokes neutral or keep ones, or give them the brush's colour."""
        rgb = self.brush.rgb if kind == "colour" else None
        name = {
            "colour": self.tr("stroke colour"),
            "neutral": self.tr("neutral strokes"),
            "keep": self.tr("protecting strokes"),
        }[kind]
        self._apply(name, self._with_selected(lambda stroke: replace(stroke, kind=kind, rgb=rgb)))

    def bring_to_front(self) -> None:
        """The selected strokes over all others, in the order they are."""
        chosen = self._chosen()
        self.reorder([*(stroke for stroke in self._strokes if id(stroke) not in chosen), *chosen.values()])

    def send_to_back(self) -> None:
        chosen = self._chosen()
        self.reorder([*chosen.values(), *(stroke for stroke in self._strokes if id(stroke) not in chosen)])

    def reorder(self, strokes: Sequence[Stroke]) -> None:
        """The same strokes in another order, the last one over all others."""
        self._apply(self.tr("order of strokes"), tuple(strokes))

    def delete(self) -> None:
        """Delete the selected strokes."""
        chosen = self._chosen()
        self._apply(
            self.tr("deleted strokes"), tuple(stroke for stroke in self._strokes if id(stroke) not in chosen)
        )

    def select_all(self) -> None:
        self.selection.set(self._strokes)

    def _chosen(self) -> dict[int, Stroke]:
        """The selected strokes by identity, in the order they were painted."""
        chosen = {id(stroke) for stroke in self.selection.strokes}
        return {id(stroke): stroke for stroke in self._strokes if id(stroke) in chosen}

    def _with_selected(self, changed: Callable[[Stroke], Stroke]) -> tuple[Stroke, ...]:
        chosen = self._chosen()
        return tuple(changed(stroke) if id(stroke) in chosen else stroke for stroke in self._strokes)

    def _apply(self, name: str, strokes: tuple[Stroke, ...], merge_key: str = "") -> None:
        document = self.session.document
        if document is not None and strokes != document.strokes:
            self.session.apply(ChangeStrokes.of(document, name, strokes, merge_key=merge_key))

    def _end_nudges(self) -> None:
        self._nudges += 1

    # -- staying in step ----------------------------------------------------------------------------------

    def _on_changed(self, _what: object = None) -> None:
        document = self.session.document
        strokes = document.strokes if document is not None else ()
        if strokes is self._strokes:
            return
        former, self._strokes = self._strokes, strokes
        self._boxes = None
        self.selection.set(self._still_selected(former))
        self.strokes_changed.emit()

    def _still_selected(self, former: Iterable[Stroke]) -> list[Stroke]:
        """The selected strokes that are there yet, or what became of them in the same place of the order."""
        there = {id(stroke) for stroke in self._strokes}
        former = tuple(former)
        kept: list[Stroke] = []
        positions = {id(stroke): k for k, stroke in enumerate(former)}
        same_length = len(former) == len(self._strokes)
        for stroke in self.selection.strokes:
            if id(stroke) in there:
                kept.append(stroke)
            elif same_length and id(stroke) in positions:
                kept.append(self._strokes[positions[id(stroke)]])
        return kept
