"""The strokes as a list: the one over all others first, as lists of layers have it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from colorstudio.document.chosen_colour import hex_of
from colorstudio.document.strokes import Stroke, StrokeKind
from colorstudio.gui.canvas.stroke_painting import body_brush, outline_colour
from colorstudio.gui.language import number_words
from colorstudio.gui.theme import GRID

SWATCH = 20
_RATIOS = (1, 2, 3)

Index = QModelIndex | QPersistentModelIndex
Form = Literal["point", "path", "area"]


class StrokeModel(QAbstractListModel):
    """Row 0 is the last stroke of the document."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strokes: tuple[Stroke, ...] = ()

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """In the order of the document."""
        return self._strokes

    def set_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Show other strokes. One more or fewer at the end keeps the list where it is."""
        former = self._strokes
        if len(strokes) == len(former) + 1 and strokes[:-1] == former:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._strokes = strokes
            self.endInsertRows()
        elif len(strokes) == len(former) - 1 and former[:-1] == strokes:
            self.beginRemoveRows(QModelIndex(), 0, 0)
            self._strokes = strokes
            self.endRemoveRows()
        elif len(strokes) == len(former):
            self._strokes = strokes
            if strokes:
                self.dataChanged.emit(self.index(0), self.index(len(strokes) - 1))
        else:
            self.beginResetModel()
            self._strokes = strokes
            self.endResetModel()

    def stroke(self, row: int) -> Stroke:
        return self._strokes[len(self._strokes) - 1 - row]

    def row_of(self, position: int) -> int:
        """The row of the stroke at a position of the document's order."""
        return len(self._strokes) - 1 - position

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._strokes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._strokes):
            return None
        stroke = self.stroke(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            number = len(self._strokes) - index.row()
            return f"{number}   {self.kind_words(stroke)}   ·   {self.size_words(stroke)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return swatch(stroke.kind, stroke.rgb, _form(stroke))
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, SWATCH + GRID + 2)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.tr("Stroke {number} of {count}: {kind}, {size}").format(
                number=len(self._strokes) - index.row(),
                count=len(self._strokes),
                kind=self.kind_words(stroke),
                size=self.size_words(stroke),
            )
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def kind_words(self, stroke: Stroke) -> str:
        if stroke.rgb is not None:
            return hex_of(stroke.rgb)
        return self.tr("Neutral") if stroke.kind == "neutral" else self.tr("Keep")

    def size_words(self, stroke: Stroke) -> str:
        if stroke.runs:
            pixels = int((stroke.area[:, 2] - stroke.area[:, 1]).sum())
            return self.tr("area of {pixels} px").format(pixels=pixels)
        radius = max(stroke.radii_px, default=stroke.radius_px)
        return self.tr("radius {radius} px").format(radius=number_words(radius, 1, shortest=True))


def _form(stroke: Stroke) -> Form:
    if stroke.runs:
        return "area"
    return "path" if len(stroke.points) > 1 else "point"


@lru_cache(maxsize=512)
def swatch(kind: StrokeKind, rgb: tuple[int, int, int] | None, form: Form) -> QIcon:
    """What a stroke is painted with: a dab for a point, a bar for a path, a square for an area."""
    made = QIcon()
    for ratio in _RATIOS:
        pixmap = QPixmap(QSize(SWATCH, SWATCH) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(body_brush(kind, rgb, ratio))
        painter.setPen(QPen(outline_colour(kind, rgb), 1.2))
        width, height, corner = {
            "point": (11.0, 11.0, 5.5),
            "path": (18.0, 9.0, 4.5),
            "area": (15.0, 15.0, 2.0),
        }[form]
        painter.translate(SWATCH / 2, SWATCH / 2)
        if form == "path":
            painter.rotate(-30)
        painter.drawRoundedRect(QRectF(-width / 2, -height / 2, width, height), corner, corner)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else a selected colour would be tinted
            made.addPixmap(pixmap, mode)
    return made
