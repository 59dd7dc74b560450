"""Strokes painted over the photo: in their own colour, with a thin outline that tells them from any ground.

Safe on any thread, a `StrokePainter` on one at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from colorstudio.document.strokes import Stroke, StrokeKind
from colorstudio.gui.canvas.stroke_shapes import cut_outline, stroke_outline
from colorstudio.gui.canvas.view_transform import PhotoPoint, ViewTransform
from colorstudio.progress import ProgressToken

OUTLINE = 1.25  # width of the outline, in pixels of the view
MARK = 4.0  # how far the mark of a selected stroke reaches

_BRIGHT = QColor(250, 250, 250, 235)
_DARK = QColor(18, 18, 18, 225)
_PATTERN = 8  # pixels of the view after which a pattern comes again


@dataclass(frozen=True)
class Placement:
    """Where the photo lies in the view.

    Attributes
    ----------
    x, y
        Of its upper left corner.
    scale
        Pixels of the view a pixel of the photo.
    width, height, ratio
        Of the view, and dots of the screen a pixel of it.
    """

    x: float
    y: float
    scale: float
    width: int
    height: int
    ratio: float

    @classmethod
    def of(cls, view: ViewTransform, size: QSize, ratio: float) -> Placement:
        corner = view.to_view(PhotoPoint(0, 0))
        return cls(corner.x(), corner.y(), view.scale, size.width(), size.height(), ratio)

    @property
    def corner(self) -> QPointF:
        return QPointF(self.x, self.y)

    @property
    def rect(self) -> QRectF:
        return QRectF(0, 0, self.width, self.height)

    def image(self) -> QImage:
        """An empty one of the view's size."""
        size = QSize(round(self.width * self.ratio), round(self.height * self.ratio))
        made = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
        made.setDevicePixelRatio(self.ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def part(self, rect: QRectF) -> tuple[QPointF, Placement]:
        """The part of the view that a rectangle reaches into: its corner, and the photo as it lies there."""
        # Multiples of four are whole dots at 125, 150 and 175 % too.
        left, top = math.floor(max(rect.left(), 0) / 4) * 4, math.floor(max(rect.top(), 0) / 4) * 4
        right, bottom = min(math.ceil(rect.right()), self.width), min(math.ceil(rect.bottom()), self.height)
        width, height = max(right - left, 0), max(bottom - top, 0)
        return QPointF(left, top), Placement(
            self.x - left, self.y - top, self.scale, width, height, self.ratio
        )

    def seen_from(self, other: Placement) -> QRectF:
        """Where in this view lies what filled the other one."""
        factor = self.scale / other.scale
        corner = self.corner - other.corner * factor
        return QRectF(corner, other.rect.size() * factor)


# -- looks ---------------------------------------------------------------------------------------------


def body_brush(kind: StrokeKind, rgb: tuple[int, int, int] | None, ratio: float = 1.0) -> QBrush:
    """What a stroke is filled with: its colour, stripes for "neutral", a dark mesh for "keep"."""
    if rgb is not None:
        return QBrush(QColor(*rgb))
    brush = QBrush(_pattern(kind, ratio))
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    return brush


def outline_colour(kind: StrokeKind, rgb: tuple[int, int, int] | None) -> QColor:
    """Bright around what is dark, dark around what is bright: one of both stands out from any ground."""
    if rgb is None:
        return _BRIGHT if kind == "keep" else _DARK
    return _BRIGHT if QColor(*rgb).lightnessF() < 0.45 else _DARK


@cache
def _pattern(kind: StrokeKind, ratio: float) -> QImage:
    dots = max(round(_PATTERN * ratio), 4)
    image = QImage(dots, dots, QImage.Format.Format_ARGB32_Premultiplied)
    ground, lines = (QColor(52, 52, 52), QColor(225, 225, 225))
    if kind == "neutral":
        ground, lines = QColor(168, 168, 168), QColor(96, 96, 96)
    image.fill(ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(lines, dots / (4 if kind == "neutral" else 7)))
    for shift in (-dots, 0, dots):  # the neighbours' lines reach over the corners
        painter.drawLine(QPointF(shift, dots), QPointF(shift + dots, 0))
        if kind == "keep":
            painter.drawLine(QPointF(shift, 0), QPointF(shift + dots, dots))
    painter.end()
    return image


# -- painting ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shape:
    stroke: Stroke
    body: QPainterPath
    outline: QPainterPath


class StrokePainter:
    """Paints strokes, and keeps their outlines for the zoom at hand."""

    def __init__(self) -> None:
        self._scale = 0.0
        self._shapes: dict[int, _Shape] = {}

    def paint(self, painter: QPainter, strokes: Iterable[Stroke], placement: Placement) -> None:
        """Paint strokes in the order they are given, in view coordinates."""
        self._use_scale(placement.scale)
        for stroke in strokes:
            if self.extent(stroke, placement, OUTLINE).intersects(placement.rect):
                self._paint_one(painter, stroke, placement)

    def paint_marks(self, strokes: Sequence[Stroke], placement: Placement, colour: QColor) -> QImage:
        """Rings around strokes, on an image of the view's size."""
        self._use_scale(placement.scale)
        image = placement.image()
        painter = _painter_on(image)
        for stroke in strokes:
            if not self.extent(stroke, placement, MARK).intersects(placement.rect):
                continue
            if stroke.runs:
                corner, part = placement.part(self.extent(stroke, placement, MARK))
                ring = _area_mask(stroke, part, MARK) & ~_area_mask(stroke, part, OUTLINE)
                painter.drawImage(corner, _filled(part, ring, QBrush(colour)))
                continue
            painter.translate(placement.corner)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.fillPath(stroke_outline(stroke, placement.scale, MARK), colour)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillPath(self._shape(stroke).outline, Qt.GlobalColor.black)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.resetTransform()
        painter.end()
        return image

    def keep_only(self, strokes: Iterable[Stroke]) -> None:
        """Forget all outlines but theirs."""
        wanted = {id(stroke) for stroke in strokes}
        self._shapes = {key: shape for key, shape in self._shapes.items() if key in wanted}

    def extent(self, stroke: Stroke, placement: Placement, wider: float) -> QRectF:
        """The rectangle of the view that a stroke is painted in."""
        if stroke.runs:
            scale = placement.scale
            (top, left, _), (bottom, _, right) = stroke.area.min(axis=0), stroke.area.max(axis=0)
            rect = QRectF(left * scale, top * scale, (right - left) * scale, (bottom + 1 - top) * scale)
            return rect.adjusted(-wider, -wider, wider, wider).translated(placement.corner)
        self._use_scale(placement.scale)
        rect = self._shape(stroke).outline.controlPointRect()
        more = max(wider - OUTLINE, 0.0)
        return rect.adjusted(-more, -more, more, more).translated(placement.corner)

    def _use_scale(self, scale: float) -> None:
        if scale != self._scale:
            self._scale = scale
            self._shapes.clear()

    def _shape(self, stroke: Stroke) -> _Shape:
        shape = self._shapes.get(id(stroke))
        if shape is None or shape.stroke is not stroke:
            body = stroke_outline(stroke, self._scale)
            shape = _Shape(stroke, body, stroke_outline(stroke, self._scale, OUTLINE))
            self._shapes[id(stroke)] = shape
        return shape

    def _paint_one(self, painter: QPainter, stroke: Stroke, placement: Placement) -> None:
        brush = body_brush(stroke.kind, stroke.rgb, placement.ratio)
        edge = QBrush(outline_colour(stroke.kind, stroke.rgb))
        if stroke.runs or stroke.cuts:
            corner, part = placement.part(self.extent(stroke, placement, OUTLINE))
            for fill, wider in ((edge, OUTLINE), (brush, 0.0)):
                painter.drawImage(corner, self._layer_of(stroke, part, fill, wider))
            return
        shape = self._shape(stroke)
        painter.translate(placement.corner)
        painter.fillPath(shape.outline, edge)
        painter.fillPath(shape.body, brush)
        painter.translate(-placement.corner)

    def _layer_of(self, stroke: Stroke, part: Placement, fill: QBrush, wider: float) -> QImage:
        """One stroke or its outline by itself, without what the eraser took."""
        if stroke.runs:
            layer = _filled(part, _area_mask(stroke, part, wider), fill)
            painter = _painter_on(layer)
            painter.translate(part.corner)
        else:
            layer = part.image()
            painter = _painter_on(layer)
            painter.translate(part.corner)
            shape = self._shape(stroke)
            painter.fillPath(shape.outline if wider else shape.body, fill)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        for cut in stroke.cuts:
            # The outline follows into the gap.
            painter.fillPath(cut_outline(cut, part.scale, -wider), Qt.GlobalColor.black)
        painter.end()
        return layer


def render(
    painter: StrokePainter, strokes: Sequence[Stroke], placement: Placement, token: ProgressToken
) -> QImage:
    """All of `strokes` on an image of the view's size."""
    image = placement.image()
    canvas = _painter_on(image)
    try:
        for stroke in strokes:
            token.check()
            painter.paint(canvas, (stroke,), placement)
    finally:
        canvas.end()
    return image


def _painter_on(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    return painter


# -- areas from pictures -------------------------------------------------------------------------------


def _area_mask(stroke: Stroke, placement: Placement, wider: float) -> NDArray[np.bool_]:
    """The dots of the view that an area covers, ``(H, W)``, made wider by so many pixels of the view."""
    height, width = round(placement.height * placement.ratio), round(placement.width * placement.ratio)
    dots = placement.scale * placement.ratio
    area = stroke.area
    # The row of the photo that each row of dots shows, and its runs.
    rows = np.floor((np.arange(height) + 0.5 - placement.y * placement.ratio) / dots).astype(np.int64)
    order = np.argsort(area[:, 0], kind="stable")
    begins = np.searchsorted(area[order, 0], rows, "left")
    counts = np.searchsorted(area[order, 0], rows, "right") - begins
    line = np.repeat(np.arange(height), counts)
    within = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
    run = area[order[np.repeat(begins, counts) + within]]
    left, right = (
        np.clip(np.round(run[:, column] * dots + placement.x * placement.ratio), 0, width).astype(np.int64)
        for column in (1, 2)
    )
    edges = np.zeros((height, width + 1), np.int32)
    np.add.at(edges, (line, left), 1)
    # A dot at least, so that what is thinner than one can still be seen.
    np.add.at(edges, (line, np.clip(right, left + (left < width), None)), -1)
    mask = np.cumsum(edges[:, :width], axis=1) > 0
    for _ in range(round(wider * placement.ratio)):
        grown = mask.copy()
        grown[1:] |= mask[:-1]
        grown[:-1] |= mask[1:]
        grown[:, 1:] |= mask[:, :-1]
        grown[:, :-1] |= mask[:, 1:]
        mask = grown
    return mask


def _filled(placement: Placement, mask: NDArray[np.bool_], brush: QBrush) -> QImage:
    image = placement.image()
    painter = _painter_on(image)
    painter.setBrushOrigin(placement.corner)
    painter.fillRect(placement.rect, brush)
    painter.end()
    height, width = mask.shape
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    pixels[:height, :width][~mask] = 0
    return image


def dirty_rect(extent: QRectF) -> QRect:
    """Whole pixels that cover what was painted with soft edges."""
    return extent.adjusted(-2, -2, 2, 2).toAlignedRect()
