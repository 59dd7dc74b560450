"""Where and how to save all photos of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QWidget

from colorstudio.gui.batch.photos import Batch
from colorstudio.gui.batch.words import count_words
from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.export_form import QUALITY_FORMATS, ExportForm, beside_each_other, unusable_words
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.theme import dim
from colorstudio.imaging.writing import DEEP_FORMATS, WriteOptions
from colorstudio.services.planning import ENDING, plan_targets

_WIDTH = 600
_FORBIDDEN = '<>:"/\\|?*'  # in the name of a file, on one system or another


@dataclass(frozen=True)
class ExportAll:
    """What was answered.

    Attributes
    ----------
    rows
        Of the photos to export.
    ending
        What is put behind each photo's name.
    """

    rows: tuple[int, ...]
    folder: Path
    ending: str
    options: WriteOptions


class ExportAllDialog(ExportForm):
    """Asks; `export_requested` carries an `ExportAll`. Writes nothing itself."""

    export_requested = Signal(object)

    def __init__(self, batch: Batch, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(settings, parent)
        self.setWindowTitle(self.tr("Export all"))
        self.setObjectName("exportAllDialog")
        self._batch = batch
        self._choices = [
            (self.tr("All photos"), list(range(len(batch)))),
            (self.tr("Those not exported as they are now"), batch.to_export()),
            (self.tr("Those with strokes"), batch.painted()),
        ]
        self._build()
        # After a first export it is mostly the rest that is wanted.
        if 0 < len(batch.to_export()) < len(batch):
            self.which_box.setCurrentIndex(1)
        self.format_box.setCurrentIndex(max(self.format_box.findData(settings.batch_format), 0))
        self.ending_edit.setText(settings.batch_ending)
        self.place_edit.setText(QDir.toNativeSeparators(str(self._proposal())))
        self._changed()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.which_box = QComboBox()
        for words, rows in self._choices:
            if rows:
                self.which_box.addItem(f"{words} ({len(rows)})", rows)
        self.browse_button.clicked.connect(self._browse)
        self.place_edit.setAccessibleName(self.tr("Folder to write to"))
        self.metadata_check.setText(self.tr("&Keep the photos' data (camera, date, place, resolution)"))
        self.ending_edit = QLineEdit()
        self.ending_edit.setAccessibleName(self.tr("Ending behind the name of each photo"))
        self.ending_edit.setFixedWidth(140)
        self.example = QLabel()
        dim(self.example)
        self.format_box.insertItem(0, self.tr("As each photo is"), "")
        self.depth_box.insertItem(0, self.tr("As each photo is"), None)
        self.depth_box.setCurrentIndex(0)
        self.existing_box = QComboBox()
        self.existing_box.addItem(self.tr("Leave it as it is and go on"), False)
        self.existing_box.addItem(self.tr("Replace it"), True)
        folder_row = beside_each_other(self.place_edit, self.browse_button)
        ending_row = beside_each_other(self.ending_edit, self.example)
        self._lay_out(
            self.tr("Export the coloured photos"),
            self.tr("Each at its own size, with its own strokes and settings"),
            (
                (self.tr("&Photos"), self.which_box, self.which_box),
                (self.tr("&Folder"), folder_row, self.place_edit),
                (self.tr("&Name ends with"), ending_row, self.ending_edit),
                (self.tr("For&mat"), self.format_box, self.format_box),
                (self.tr("&Depth"), self.depth_box, self.depth_box),
                (self.tr("&Quality"), self.quality_spin, self.quality_spin),
                (self.tr("&If a file is there"), self.existing_box, self.existing_box),
            ),
            _WIDTH,
        )
        for box in (self.which_box, self.format_box, self.depth_box, self.existing_box):
            box.currentIndexChanged.connect(self._changed)
        for edit in (self.place_edit, self.ending_edit):
            edit.textChanged.connect(self._changed)

    # -- answers ------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[int]:
        return list(self.which_box.currentData() or [])

    @property
    def folder(self) -> Path:
        return Path(self.place_edit.text().strip()).expanduser()

    @property
    def ending(self) -> str:
        return self.ending_edit.text().strip()

    def options(self) -> WriteOptions:
        name = str(self.format_box.currentData())
        return WriteOptions(
            format=name or None,
            quality=self.quality_spin.value(),
            bit_depth=self.depth_box.currentData() if name in DEEP_FORMATS else None,
            keep_metadata=self.metadata_check.isChecked(),
            overwrite=bool(self.existing_box.currentData()),
        )

    def accept(self) -> None:
        self._changed()  # the disk may have changed since
        if not self.export_button.isEnabled():
            return
        self._settings.batch_format = str(self.format_box.currentData())
        self._settings.batch_ending = self.ending
        self._remember()
        self.export_requested.emit(
            ExportAll(tuple(self.rows), self.folder.absolute(), self.ending, self.options())
        )
        super().accept()

    # -- keeping the answers consistent ---------------------------------------------------------------------

    def _proposal(self) -> Path:
        folder = self._batch.folder
        # Beside the folder as the command line does; photos named one by one may lie anywhere.
        if self._batch.from_folder and folder.name:
            return folder.with_name(folder.name + ENDING)
        return folder / ENDING.removeprefix("-")

    def _changed(self) -> None:
        name = str(self.format_box.currentData())
        self._form.setRowVisible(self.depth_box, name in DEEP_FORMATS)
        self._form.setRowVisible(self.quality_spin, not name or name in QUALITY_FORMATS)
        first = self._batch.photos[self.rows[0]].path
        written = plan_targets([(first, Path())], name or None, self.ending)[0]
        self.example.setText(f"{first.name} → {written.name}")
        severity, words = self._judge()
        replace = self.tr("Export and replace") if self.existing_box.currentData() else self.tr("Export")
        self._tell(severity, words, f"{replace} ({count_words(len(self.rows))})")

    def _judge(self) -> tuple[Severity | None, str]:
        """How good the answers are, in words."""
        if not self.place_edit.text().strip():
            return Severity.ERROR, self.tr("Give the folder that the photos are to be written to.")
        if any(sign in _FORBIDDEN for sign in self.ending):
            words = self.tr("The ending cannot have any of {signs} in it.")
            return Severity.ERROR, words.format(signs=" ".join(_FORBIDDEN))
        folder = self.folder
        try:
            if folder.exists() and not folder.is_dir():
                return Severity.ERROR, self.tr("This is a file. Choose a folder.")
            if not self.ending and self._holds_photos(folder):
                words = self.tr("The photos themselves are there. Choose another folder, or give an ending.")
                return Severity.ERROR, words
            if not folder.exists():
                return Severity.INFO, self.tr("The folder will be made.")
        except OSError as error:
            return Severity.ERROR, unusable_words(error)
        if self.existing_box.currentData():
            return Severity.WARNING, self.tr(
                "Files of the same names will be replaced, but never the photos."
            )
        return None, ""

    def _holds_photos(self, folder: Path) -> bool:
        resolved = folder.resolve()
        return any(photo.found.resolved.parent == resolved for photo in self._batch.photos)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the coloured photos"), self.place_edit.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(self.folder if self.folder.is_dir() else self.folder.parent))
        dialog.setObjectName("folderChoice")
        dialog.fileSelected.connect(self._folder_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _folder_selected(self, chosen: str) -> None:
        self.place_edit.setText(QDir.toNativeSeparators(chosen))
