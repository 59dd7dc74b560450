"""What failed and why, to read, to copy and to try again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.batch.photos import BatchPhoto
from colorstudio.gui.theme import GRID, scaled_font

_WIDTH, _HEIGHT = 720, 380
_NAME_WIDTH = 200


class FailuresDialog(QDialog):
    """A list of photos with the reasons; stands beside the window.

    Signals
    -------
    retry_requested
        All of them are to be tried again.
    photo_chosen
        The row in the batch of a photo that the user wants to see.
    """

    retry_requested = Signal()
    photo_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What failed"))
        self.setObjectName("failuresDialog")
        self._rows: list[int] = []
        self.title = QLabel()
        self.title.setFont(scaled_font(self.title.font(), 1.25))
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([self.tr("Photo"), self.tr("What happened")])
        self.table.setAccessibleName(self.tr("Photos that failed, with the reasons"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setColumnWidth(0, _NAME_WIDTH)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.sectionResized.connect(self.table.resizeRowsToContents)
        self.table.cellActivated.connect(self._on_activated)
        self.copy_button = QPushButton(self.tr("&Copy the list"))
        self.copy_button.clicked.connect(self.copy)
        self.retry_button = QPushButton(self.tr("&Try again"))
        self.retry_button.clicked.connect(self._on_retry)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.close)
        self.retry_button.setObjectName("primary")
        # No default one: Enter belongs to the list, where it leads to the photo.
        for button in (self.copy_button, self.close_button, self.retry_button):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.copy_button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.retry_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(int(1.5 * GRID))
        column.addWidget(self.title)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(_WIDTH, _HEIGHT)

    def show_failures(self, photos: Sequence[tuple[int, BatchPhoto]], *, may_retry: bool) -> None:
        """Fill the list with photos and their rows in the batch."""
        self._rows = [row for row, _ in photos]
        count = len(photos)
        words = self.tr("1 photo failed") if count == 1 else self.tr("{count} photos failed")
        self.title.setText(words.format(count=count))
        self.table.setRowCount(count)
        for line, (_, photo) in enumerate(photos):
            name, reason = QTableWidgetItem(photo.name), QTableWidgetItem(photo.reason)
            name.setToolTip(str(photo.path))
            for column, item in enumerate((name, reason)):
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.table.setItem(line, column, item)
        self.table.resizeRowsToContents()
        self.table.selectRow(0)
        self.retry_button.setEnabled(may_retry and count > 0)
        self.copy_button.setEnabled(count > 0)

    def copy(self) -> None:
        """One line a photo onto the clipboard, as a spreadsheet takes it."""
        lines = [
            "\t".join(self._text(line, column) for column in range(2))
            for line in range(self.table.rowCount())
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _text(self, line: int, column: int) -> str:
        item = self.table.item(line, column)
        return (item.toolTip() or item.text()) if item is not None else ""

    def _on_activated(self, line: int, _column: int) -> None:
        self.photo_chosen.emit(self._rows[line])

    def _on_retry(self) -> None:
        self.close()
        self.retry_requested.emit()
