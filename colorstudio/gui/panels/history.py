"""The history as a list: every step by its name, the present one marked; a click goes there."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap, QUndoStack
from PySide6.QtWidgets import QListView, QWidget
from shiboken6 import isValid

from colorstudio.document.document import ChangeSettings, ChangeStrokes, Edit
from colorstudio.document.strokes import Stroke
from colorstudio.gui.commands import EditCommand
from colorstudio.gui.session import DocumentSession
from colorstudio.gui.theme import GRID, current_theme, icon, lie_on_panel

_ICON = 16
_ROW_HEIGHT = 26
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """The steps of an undo stack below the photo as it was opened: row n is the state after n steps."""

    def __init__(self, session: DocumentSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stack: QUndoStack = session.undo_stack
        self._rows = 0
        self._stack.indexChanged.connect(self.follow)
        session.opened.connect(self.follow)
        session.closed.connect(self.follow)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else self._rows

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if not index.isValid() or row > self._stack.count():
            return None
        undone = row > self._stack.index()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row)
            case Qt.ItemDataRole.DecorationRole:
                return self._symbol(row)
            case Qt.ItemDataRole.ForegroundRole if undone:
                return QColor(current_theme().text_disabled)
            case Qt.ItemDataRole.FontRole if row == self._stack.index():
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, _ROW_HEIGHT)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                if row == self._stack.index():
                    return self.tr("The present state")
                return self.tr("Undone") if undone else self.tr("Done")
            case _:
                return None

    def follow(self) -> None:
        """The stack has changed: steps came, went, or were merged."""
        if not isValid(self._stack):  # it says a last word when the window is taken down
            return
        rows = self._stack.count() + 1 if self._session.document is not None else 0
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()
        elif rows < self._rows:
            self.beginRemoveRows(QModelIndex(), rows, self._rows - 1)
            self._rows = rows
            self.endRemoveRows()
        if rows:
            self.dataChanged.emit(self.index(0), self.index(rows - 1))

    def _words(self, row: int) -> str:
        if row == 0:
            photo = self._session.photo
            return self.tr("Opened {name}").format(name=photo.source.name if photo is not None else "")
        name = self._stack.text(row - 1)
        return name[:1].upper() + name[1:]

    def _symbol(self, row: int) -> QIcon:
        command = self._stack.command(row - 1) if row else None
        if not isinstance(command, EditCommand):
            return icon("photo", size=_ICON)
        return symbol_of(command.edit)


def symbol_of(edit: Edit) -> QIcon:
    """A step as a small picture: the stroke in its colour, or what kind of thing was changed."""
    if isinstance(edit, ChangeStrokes):
        known = set(map(id, edit.before))
        new = [stroke for stroke in edit.after if id(stroke) not in known]
        return _dab(new[-1]) if new else icon("eraser", size=_ICON)
    if isinstance(edit, ChangeSettings):
        model = edit.before.model != edit.after.model
        return icon("colorize" if model else "adjust", size=_ICON)
    return icon("crop", size=_ICON)


def _dab(stroke: Stroke) -> QIcon:
    """A dab of the brush; a ring for a stroke without a colour, with a dot in it for one that protects."""
    made = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(QSize(_ICON, _ICON) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QColor(current_theme().text)
        painter.setPen(QPen(line, 1))
        painter.setBrush(QColor(*stroke.rgb) if stroke.rgb is not None else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(2.5, 2.5, _ICON - 5, _ICON - 5))
        if stroke.kind == "keep":
            painter.setBrush(line)
            painter.drawEllipse(QRectF(6, 6, _ICON - 12, _ICON - 12))
        painter.end()
        made.addPixmap(pixmap)
    return made


class HistoryPanel(QListView):
    """The steps; choosing one with the mouse or the keyboard goes there."""

    def __init__(self, session: DocumentSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setAccessibleName(self.tr("History"))
        self.setToolTip(self.tr("Choose a step to go back or forward to it"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setSpacing(1)
        self.setViewportMargins(GRID, GRID // 2, GRID, 0)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = session.undo_stack
        self._following = False
        self.steps = HistoryModel(session, self)
        self.setModel(self.steps)
        self._show_current()
        self._stack.indexChanged.connect(self._show_current)
        session.opened.connect(self._show_current)
        self.selectionModel().currentChanged.connect(self._on_current)
        lie_on_panel(self)

    def _show_current(self) -> None:
        if not isValid(self._stack):
            return
        self._following = True
        self.steps.follow()
        index = self.steps.index(self._stack.index())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._following = False

    def _on_current(self, index: QModelIndex, _previous: QModelIndex) -> None:
        if index.isValid() and not self._following and index.row() != self._stack.index():
            self._stack.setIndex(index.row())
