"""The path that is being drawn: only what is new of it is painted with each move of the pen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath

from colorstudio.document.strokes import Point, StrokeKind
from colorstudio.gui.canvas.stroke_painting import OUTLINE, Placement, body_brush, outline_colour
from colorstudio.gui.canvas.stroke_shapes import path_outline


class GrowingPath:
    """Points that become more, and what they look like so far.

    Parameters
    ----------
    kind, rgb
        Of the stroke; None for the eraser, which shows nothing itself.
    """

    def __init__(self, kind: StrokeKind | None, rgb: tuple[int, int, int] | None = None) -> None:
        self.kind: StrokeKind | None = kind
        self.rgb = rgb
        self.points: Sequence[Point] = ()
        self.radii_px: Sequence[float] = ()
        self._placement: Placement | None = None
        self._body = self._outline = QImage()
        self._painted = 0  # of the points

    @property
    def erases(self) -> bool:
        return self.kind is None

    def show(
        self, points: Sequence[Point], radii_px: Sequence[float], placement: Placement, *, anew: bool
    ) -> QRectF:
        """Take the points that there are now; what of the view looks different for it.

        Parameters
        ----------
        radii_px
            One for all points, or one each.
        anew
            The points are others than before, not only more.
        """
        dirty = QRectF()
        if anew:
            dirty = self._extent(0, placement)
            self._painted, self._placement = 0, None
        self.points, self.radii_px = points, radii_px
        return dirty.united(self._extent(max(self._painted - 1, 0), placement))

    def paint(self, painter: QPainter, placement: Placement) -> None:
        """Paint the path as it is, in view coordinates."""
        if self.kind is None:
            return
        if placement != self._placement:
            self._placement, self._painted = placement, 0
            self._outline, self._body = placement.image(), placement.image()
        if self._painted < len(self.points):
            # Bodies over all outlines, or each part's outline would cross the part before.
            edge = QBrush(outline_colour(self.kind, self.rgb))
            self._paint_on(self._outline, placement, edge, OUTLINE)
            self._paint_on(self._body, placement, body_brush(self.kind, self.rgb, placement.ratio), 0.0)
            self._painted = len(self.points)
        painter.drawImage(0, 0, self._outline)
        painter.drawImage(0, 0, self._body)

    def cut_out_of(self, image: QImage, placement: Placement, *, all_of_it: bool) -> None:
        """Make an image transparent under the path, as the eraser will."""
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.translate(placement.corner)
        path = self._outline_of(0 if all_of_it else max(self._painted - 1, 0), placement.scale, 0.0)
        painter.fillPath(path, Qt.GlobalColor.black)
        painter.end()
        self._painted = len(self.points)

    def _paint_on(self, image: QImage, placement: Placement, fill: QBrush, wider: float) -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(placement.corner)
        painter.fillPath(self._outline_of(max(self._painted - 1, 0), placement.scale, wider), fill)
        painter.end()

    def _outline_of(self, first: int, scale: float, wider: float) -> QPainterPath:
        radii = self.radii_px if len(self.radii_px) == 1 else self.radii_px[first:]
        return path_outline(self.points[first:], radii, scale, wider)

    def _extent(self, first: int, placement: Placement) -> QRectF:
        if not self.points:
            return QRectF()
        rect = self._outline_of(first, placement.scale, OUTLINE).controlPointRect()
        return rect.translated(placement.corner)
