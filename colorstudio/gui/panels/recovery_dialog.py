"""Offers lost work back: what, from when, how much, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTime, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.document.journal_reading import LostWork
from colorstudio.gui.theme import GRID, dim, icon, scaled_font

_ICON = QSize(72, 54)
_WIDTH = 480


class RecoveryDialog(QDialog):
    """Asks what is to become of lost work. Does nothing itself.

    Signals
    -------
    restore_requested, delete_requested
        `LostWork`. It is no longer among what is `left`.
    """

    restore_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(
        self, offers: Sequence[tuple[LostWork, QImage | None]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unsaved work"))
        self.setObjectName("recoveryDialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.left = [work for work, _thumbnail in offers]
        self._sure = False  # the user was asked about deleting

        title = QLabel(self.tr("Some work was not saved"))
        title.setFont(scaled_font(title.font(), 1.25))
        told = QLabel(
            self.tr("Color Studio ended before these were saved. They can be opened as they were then.")
        )
        told.setWordWrap(True)
        dim(told)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Unsaved work"))
        self.list.setIconSize(_ICON)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.setMinimumHeight(3 * (_ICON.height() + 2 * GRID))
        for work, thumbnail in offers:
            item = QListWidgetItem(_icon_of(thumbnail), self._words(work))
            item.setSizeHint(QSize(0, _ICON.height() + GRID))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._be_unsure)
        self.list.itemActivated.connect(self._restore)

        self.restore_button = QPushButton(self.tr("&Restore"))
        self.restore_button.setToolTip(self.tr("Open it as it was"))
        self.restore_button.setDefault(True)
        self.restore_button.clicked.connect(self._restore)
        self.delete_button = QPushButton(self.tr("&Delete"))
        self.delete_button.setToolTip(self.tr("Nobody needs it any more"))
        self.delete_button.setAutoDefault(False)
        self.delete_button.clicked.connect(self._delete)
        self.later_button = QPushButton(self.tr("&Later"))
        self.later_button.setToolTip(self.tr("Leave it: it is in File > Restore unsaved work"))
        self.later_button.setAutoDefault(False)
        self.later_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.delete_button)
        buttons.addStretch()
        buttons.addWidget(self.later_button)
        buttons.addWidget(self.restore_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(told)
        column.addSpacing(GRID)
        column.addWidget(self.list)
        column.addSpacing(GRID)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self.list.setFocus()

    def _words(self, work: LostWork) -> str:
        count = len(work.state.strokes)
        strokes = (
            self.tr("no strokes")
            if count == 0
            else self.tr("1 stroke")
            if count == 1
            else self.tr("{count} strokes").format(count=count)
        )
        return f"{work.name}\n{self._when(work.when)} · {strokes}"

    def _when(self, when: datetime) -> str:
        locale = QLocale()
        time = locale.toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)
        days = (datetime.now().astimezone().date() - when.date()).days
        if days == 0:
            return self.tr("Today, {time}").format(time=time)
        if days == 1:
            return self.tr("Yesterday, {time}").format(time=time)
        day = locale.toString(QDate(when.year, when.month, when.day), QLocale.FormatType.ShortFormat)
        return f"{day}, {time}"

    def _take(self) -> LostWork | None:
        row = self.list.currentRow()
        return self.left[row] if 0 <= row < len(self.left) else None

    def _restore(self) -> None:
        work = self._take()
        if work is not None:
            self.left.remove(work)
            self.accept()
            self.restore_requested.emit(work)

    def _delete(self) -> None:
        """At the second press: there is no way back from it."""
        work = self._take()
        if work is None:
            return
        if not self._sure:
            self._sure = True
            self.delete_button.setText(self.tr("&Delete for good"))
            return
        row = self.list.currentRow()
        del self.left[row]
        self.list.takeItem(row)
        self._be_unsure()
        self.delete_requested.emit(work)
        if not self.left:
            self.reject()

    def _be_unsure(self) -> None:
        self._sure = False
        self.delete_button.setText(self.tr("&Delete"))


def _icon_of(thumbnail: QImage | None) -> QIcon:
    if thumbnail is None:
        return icon("photo", size=_ICON.height())
    return QIcon(QPixmap.fromImage(thumbnail))
