"""The brush and the eraser."""

from __future__ import annotations

from collections.abc import Sequence

from colorstudio.document.strokes import Cut, Point, Stroke, StrokeKind
from colorstudio.gui.canvas.tools.path import PathTool


class BrushTool(PathTool):
    """Paints strokes of the brush's kind, colour and size."""

    def begin(self) -> None:
        brush = self.editor.brush
        self._kind: StrokeKind = brush.kind
        self._rgb = brush.rgb if brush.kind == "colour" else None
        self.layer.begin(self._kind, self._rgb)

    def show(self, points: Sequence[Point], radii_px: Sequence[float]) -> None:
        self.editor.draw_live(lambda: (*self.editor.strokes, self._stroke(points, radii_px)))

    def keep(self, points: Sequence[Point], radii_px: Sequence[float]) -> None:
        self.editor.add(self._stroke(points, radii_px))

    def _stroke(self, points: Sequence[Point], radii_px: Sequence[float]) -> Stroke:
        return Stroke(tuple(points), self.radius_px, self._kind, self._rgb, tuple(radii_px))


class EraserTool(PathTool):
    """Takes parts out of strokes."""

    def begin(self) -> None:
        self.layer.begin(None)

    def show(self, points: Sequence[Point], radii_px: Sequence[float]) -> None:
        if self.editor.strokes:
            self.editor.draw_live(lambda: self.editor.erased(self._cut(points)))

    def keep(self, points: Sequence[Point], radii_px: Sequence[float]) -> None:
        self.editor.erase(self._cut(points))

    def _cut(self, points: Sequence[Point]) -> Cut:
        return Cut(tuple(points), self.radius_px)
