"""The photos of a batch for Qt's views."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from colorstudio.gui.batch.photos import Batch, BatchPhoto
from colorstudio.gui.batch.words import photo_words, tip_words

PHOTO_ROLE = Qt.ItemDataRole.UserRole
SHOWN_ROLE = Qt.ItemDataRole.UserRole + 1  # whether it is the photo in the window

_Index = QModelIndex | QPersistentModelIndex


class PhotosModel(QAbstractListModel):
    """A `Batch` as a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch: Batch | None = None
        self._shown: int | None = None

    @property
    def batch(self) -> Batch | None:
        return self._batch

    @property
    def shown_row(self) -> int | None:
        return self._shown

    def set_batch(self, batch: Batch | None) -> None:
        self.beginResetModel()
        self._batch = batch
        self._shown = None
        self.endResetModel()

    def set_shown(self, row: int | None) -> None:
        """Mark the photo that is in the window."""
        former, self._shown = self._shown, row
        for changed in {former, row} - {None}:
            self.tell_changed(changed)  # type: ignore[arg-type]

    def change(self, row: int, **changes: object) -> None:
        """As `Batch.change`, and the views follow."""
        if self._batch is not None:
            self._batch.change(row, **changes)
            self.tell_changed(row)

    def tell_changed(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def tell_all_changed(self) -> None:
        """Many photos are in another state."""
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def photo(self, row: int) -> BatchPhoto | None:
        if self._batch is None or not 0 <= row < len(self._batch):
            return None
        return self._batch.photos[row]

    # -- as Qt asks -----------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if self._batch is None or parent.isValid() else len(self._batch)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        photo = self.photo(index.row()) if index.isValid() else None
        if photo is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return photo.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_words(photo)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return photo_words(photo, shown=index.row() == self._shown)
        if role == PHOTO_ROLE:
            return photo
        if role == SHOWN_ROLE:
            return index.row() == self._shown
        return None
