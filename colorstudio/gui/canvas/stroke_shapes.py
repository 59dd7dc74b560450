"""Outlines of strokes as paths to fill, in pixels of the view with the photo's corner at (0, 0).

Safe on any thread: a path belongs to whoever made it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

from colorstudio.document.strokes import Cut, Stroke

# What is thinner on the screen could not be found or clicked.
_THINNEST = 1.0


def stroke_outline(stroke: Stroke, scale: float, wider: float = 0.0) -> QPainterPath:
    """The brush's way of a stroke, its cuts not taken off; empty for an area from a picture.

    Parameters
    ----------
    scale
        Pixels of the view a pixel of the photo.
    wider
        Pixels of the view that the outline lies farther out.
    """
    return path_outline(stroke.points, stroke.radii_px or (stroke.radius_px,), scale, wider)


def cut_outline(cut: Cut, scale: float, wider: float = 0.0) -> QPainterPath:
    return path_outline(cut.points, (cut.radius_px,), scale, wider)


def path_outline(
    points: Sequence[tuple[float, float]], radii_px: Sequence[float], scale: float, wider: float = 0.0
) -> QPainterPath:
    """The way of a round brush over (row, col), with one radius or one a point."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    places = [place_in_view(row, col, scale) for row, col in points]
    radii = [max(radius_px * scale, _THINNEST) + wider for radius_px in radii_px]
    if len(set(points)) == 1:
        path.addEllipse(places[0], max(radii), max(radii))
    elif places and len(set(radii)) == 1:
        line = QPainterPath(places[0])
        for place in places[1:]:
            line.lineTo(place)
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * radii[0])
        stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        path = stroker.createStroke(line)
        path.setFillRule(Qt.FillRule.WindingFill)
    elif places:
        for place, radius in zip(places, radii, strict=True):
            path.addEllipse(place, radius, radius)
        for (start, first), (end, last) in pairwise(zip(places, radii, strict=True)):
            flank = _flanks(start, first, end, last)
            if flank is not None:
                path.addPolygon(flank)
    return path


def place_in_view(row: float, col: float, scale: float) -> QPointF:
    """Where a place of a stroke lies: integers are the middles of pixels."""
    return QPointF((col + 0.5) * scale, (row + 0.5) * scale)


def _flanks(start: QPointF, first: float, end: QPointF, last: float) -> QPolygonF | None:
    """What lies between two discs and the tangents of both; None where one disc lies in the other."""
    along = end - start
    length = math.hypot(along.x(), along.y())
    if length <= abs(first - last):
        return None
    ahead = along / length
    aside = QPointF(-ahead.y(), ahead.x())
    lean = (first - last) / length
    upright = math.sqrt(1 - lean * lean)
    left, right = ahead * lean + aside * upright, ahead * lean - aside * upright
    # As ellipses turn, else the fill rule would take the two off each other.
    corners = [start + right * first, end + right * last, end + left * last, start + left * first]
    return QPolygonF([*corners, corners[0]])
