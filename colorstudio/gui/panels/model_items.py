"""Models in lists and boxes: two lines each, under the headings of their groups."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.language import shipped_words
from colorstudio.gui.models import facts_words, model_groups, year_or_size_words
from colorstudio.gui.theme import scaled_font

Index = QModelIndex | QPersistentModelIndex

_NOTE_ROLE = Qt.ItemDataRole.UserRole + 1  # the second line
_ASIDE_ROLE = Qt.ItemDataRole.UserRole + 2  # a word at the end of the first
_HEADING_ROLE = Qt.ItemDataRole.UserRole + 3
_PADDING = 4
_GAP = 8


def heading_item(title: str) -> QStandardItem:
    """A heading, which can be neither chosen nor reached by keys."""
    item = QStandardItem(title)
    item.setData(True, _HEADING_ROLE)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def two_line_item(title: str, note: str, aside: str = "") -> QStandardItem:
    """Something to choose, with a line that says more of it."""
    item = QStandardItem(title)
    item.setData(note, _NOTE_ROLE)
    item.setData(aside, _ASIDE_ROLE)
    item.setData(". ".join(word.rstrip(".") for word in (title, aside, note) if word), _accessible())
    return item


def _accessible() -> int:
    return int(Qt.ItemDataRole.AccessibleTextRole)


def model_item(model: ModelChoice) -> QStandardItem:
    """A model; its name is the item's data."""
    note = shipped_words(model.description)
    item = two_line_item(model.title, note, year_or_size_words(model))
    item.setData(model.name, Qt.ItemDataRole.UserRole)
    item.setToolTip("\n".join(words for words in (model.title, facts_words(model), note) if words))
    return item


def add_models(items: QStandardItemModel, models: tuple[ModelChoice, ...]) -> None:
    """All models, with headings where there are several groups."""
    groups = model_groups(models)
    for group in groups:
        if len(groups) > 1:
            items.appendRow(heading_item(group.title))
        for model in group.models:
            items.appendRow(model_item(model))


class TwoLineDelegate(QStyledItemDelegate):
    """Paints the items of this module."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        if index.data(_HEADING_ROLE):
            return QSize(0, line + 2 * _PADDING)
        small = line if index.data(_NOTE_ROLE) else 0
        return QSize(0, line + small + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        made = QStyleOptionViewItem(option)
        self.initStyleOption(made, index)
        view = option.widget if isinstance(option.widget, QWidget) else None  # type: ignore[attr-defined]
        style = view.style() if view is not None else QApplication.style()
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, made, view)
        title = made.text
        made.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, made, painter, view)
        painter.save()
        if index.data(_HEADING_ROLE):
            self._paint_heading(painter, made, title)
        else:
            self._paint_lines(painter, made, room, title, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, title: str) -> None:
        painter.setFont(scaled_font(option.font, 0.85, bold=True))
        painter.setPen(option.palette.color(QPalette.ColorGroup.Normal, QPalette.ColorRole.PlaceholderText))
        room = option.rect.adjusted(_PADDING, 0, -_PADDING, -_PADDING // 2)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, title)

    def _paint_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, title: str, index: Index
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role, palette = QPalette.ColorRole, option.palette
        text = palette.color(role.HighlightedText if selected else role.Text)
        dim = text if selected else palette.color(role.PlaceholderText)
        room = QRect(room.left(), option.rect.top(), option.rect.right() - room.left(), option.rect.height())
        room = room.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        first = QRect(room.topLeft(), QSize(room.width(), option.fontMetrics.height()))
        note, aside = str(index.data(_NOTE_ROLE) or ""), str(index.data(_ASIDE_ROLE) or "")
        if not note:
            first = room
        font = QFont(option.font)
        painter.setFont(font)
        painter.setPen(dim)
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)
        taken = option.fontMetrics.horizontalAdvance(aside) + _GAP if aside else 0
        painter.setPen(text)
        words = option.fontMetrics.elidedText(title, Qt.TextElideMode.ElideRight, first.width() - taken)
        painter.drawText(first, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        if note:
            painter.setFont(scaled_font(font, 0.9))
            painter.setPen(dim)
            second = QRect(room.left(), first.bottom() + 1, room.width(), room.bottom() - first.bottom())
            words = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, second.width())
            painter.drawText(second, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
