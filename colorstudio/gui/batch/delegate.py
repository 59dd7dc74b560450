"""How a photo of the strip looks: its thumbnail, its name, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from colorstudio.gui.batch.model import PHOTO_ROLE, SHOWN_ROLE
from colorstudio.gui.batch.photos import BatchPhoto, Status
from colorstudio.gui.batch.thumbnails import Thumbnails
from colorstudio.gui.theme import GRID, current_theme, pixmap, scaled_font

_MARGIN = 4  # between photos
_PADDING = 4  # around a thumbnail
_BADGE = 18
_BAR = 3
_ASPECT = 4 / 3  # of the room for a thumbnail

_Index = QModelIndex | QPersistentModelIndex


class PhotoDelegate(QStyledItemDelegate):
    """Paints the photos of a strip as high as the strip is."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._height = 120

    def set_height(self, height: int) -> None:
        """Height of the row, in device-independent pixels."""
        self._height = height

    def size(self, metrics: QFontMetrics) -> QSize:
        """Of a photo with its name."""
        picture = max(self._height - self._name_height(metrics) - 2 * (_MARGIN + _PADDING), 16)
        return QSize(round(picture * _ASPECT) + 2 * (_MARGIN + _PADDING), self._height)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.size(option.fontMetrics)  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        photo: BatchPhoto | None = index.data(PHOTO_ROLE)
        if photo is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette: QPalette = option.palette  # type: ignore[attr-defined]
        area: QRect = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        shown = bool(index.data(SHOWN_ROLE))
        self._paint_ground(painter, palette, area, state, shown=shown)
        metrics = QFontMetrics(scaled_font(option.font, 0.9))  # type: ignore[attr-defined]
        name_height = self._name_height(metrics)
        picture = area.adjusted(_PADDING, _PADDING, -_PADDING, -name_height)
        self._paint_picture(painter, palette, picture, photo)
        self._paint_badges(painter, palette, picture, photo)
        painter.setFont(scaled_font(option.font, 0.9))  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.Text if selected or shown else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        line = QRect(
            area.left() + _PADDING, area.bottom() - name_height + 1, area.width() - 2 * _PADDING, name_height
        )
        words = metrics.elidedText(photo.name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def _name_height(self, metrics: QFontMetrics) -> int:
        return metrics.height() + 4

    def _paint_ground(
        self, painter: QPainter, palette: QPalette, area: QRect, state: QStyle.StateFlag, *, shown: bool
    ) -> None:
        role = QPalette.ColorRole
        ground = None
        if state & QStyle.StateFlag.State_Selected:
            ground = palette.color(role.Button)
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = palette.color(role.Midlight)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        frame = palette.color(role.Text if focused else role.Highlight) if focused or shown else None
        painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(frame, 2) if frame is not None else Qt.PenStyle.NoPen)
        if ground is not None or frame is not None:
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_picture(self, painter: QPainter, palette: QPalette, area: QRect, photo: BatchPhoto) -> None:
        thumbnail = self._thumbnails.pixmap(photo.path)
        if thumbnail is None or thumbnail.isNull():
            name = "error" if photo.status is Status.FAILED else "photo"
            colour = palette.color(QPalette.ColorRole.Dark).name()
            size = min(32, area.height(), area.width())
            symbol = pixmap(name, colour, size, _ratio(painter))
            painter.drawPixmap(area.center().x() - size // 2, area.center().y() - size // 2, symbol)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.45 if photo.status in (Status.WAITING, Status.FAILED) else 1.0)
        painter.drawPixmap(_fitted(thumbnail, area), thumbnail, QRectF(thumbnail.rect()))
        painter.setOpacity(1.0)

    def _paint_badges(self, painter: QPainter, palette: QPalette, area: QRect, photo: BatchPhoto) -> None:
        symbol = _SYMBOLS.get(photo.status)
        if symbol is not None:
            name, colour = symbol
            self._paint_badge(painter, palette, area.right() - _BADGE + 1, area.top(), name, colour)
        if photo.stroke_count:
            self._paint_count(painter, palette, area, photo.stroke_count)
        if photo.status is Status.WORKING:
            whole = QRectF(area.left(), area.bottom() - _BAR + 1, area.width(), _BAR)
            painter.fillRect(whole, palette.color(QPalette.ColorRole.Base))
            whole.setWidth(whole.width() * photo.fraction)
            painter.fillRect(whole, palette.color(QPalette.ColorRole.Highlight))

    def _paint_badge(
        self, painter: QPainter, palette: QPalette, left: int, top: int, name: str, colour: str
    ) -> None:
        self._paint_chip(painter, palette, QRectF(left, top, _BADGE, _BADGE))
        inner = _BADGE - 4
        shade = str(getattr(current_theme(), colour))
        painter.drawPixmap(left + 2, top + 2, pixmap(name, shade, inner, _ratio(painter)))

    def _paint_count(self, painter: QPainter, palette: QPalette, area: QRect, count: int) -> None:
        """Number of strokes, behind a dab of paint."""
        words = str(count) if count < 1000 else "999+"
        width = painter.fontMetrics().horizontalAdvance(words)
        chip = QRectF(area.left(), area.top(), width + 2.5 * GRID + 2, _BADGE)
        self._paint_chip(painter, palette, chip)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(chip.left() + GRID, chip.center().y()), 3.5, 3.5)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(chip.adjusted(GRID + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_chip(self, painter: QPainter, palette: QPalette, area: QRectF) -> None:
        ground = QColor(palette.color(QPalette.ColorRole.Base))
        ground.setAlpha(220)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 4, 4)


# Icon and colour of the theme by which a state is told.
_SYMBOLS = {
    Status.EXPORTED: ("success", "success"),
    Status.FAILED: ("error", "error"),
    Status.WAITING: ("waiting", "text_dim"),
    Status.COLOURED: ("colorize", "text"),
    Status.PAINTED: ("colorize", "text"),
}


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()


def _fitted(thumbnail: QPixmap, area: QRect) -> QRectF:
    """In the middle of the area, as large as fits, never enlarged."""
    factor = min(area.width() / thumbnail.width(), area.height() / thumbnail.height(), 1.0)
    width, height = thumbnail.width() * factor, thumbnail.height() * factor
    centre = QRectF(area).center()
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
