"""Where and how to save the coloured photo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QSignalBlocker, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSlider, QWidget

from colorstudio.gui.loading import OpenedPhoto
from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.export_form import (
    QUALITY_FORMATS,
    TITLES,
    ExportForm,
    beside_each_other,
    unusable_words,
)
from colorstudio.gui.settings import WindowSettings
from colorstudio.imaging.writing import DEEP_FORMATS, WRITABLE_FORMATS, WriteOptions

_WIDTH = 560
_FORMAT_OF_PHOTO = {"JPEG": "jpeg", "MPO": "jpeg", "HEIF": "jpeg", "WEBP": "webp", "TIFF": "tiff"}


class ExportDialog(ExportForm):
    """Asks; `export_requested` says what was answered. Writes nothing itself."""

    export_requested = Signal(object, object)  # Path, WriteOptions

    def __init__(self, opened: OpenedPhoto, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(settings, parent)
        self.setWindowTitle(self.tr("Export"))
        self.setObjectName("exportDialog")
        self._opened = opened
        self._replaces = False  # the user was told that a file is there, and the button says so
        self._build()
        suffix = opened.photo.metadata.format.upper()
        self._choose_format(settings.export_format or _FORMAT_OF_PHOTO.get(suffix, "png"))
        self.place_edit.setText(QDir.toNativeSeparators(str(self._proposal())))
        self._format_changed()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.place_edit.setMinimumWidth(240)
        self.browse_button.clicked.connect(self._browse)
        self.place_edit.setAccessibleName(self.tr("File to write"))
        self.metadata_check.setText(self.tr("&Keep the photo's data (camera, date, place, resolution)"))
        self.depth_box.setCurrentIndex(1 if self._opened.photo.bit_depth == 16 else 0)
        self.quality_slider = QSlider(Qt.Orientation.Horizontal)
        self.quality_slider.setRange(1, 100)
        self.quality_slider.setValue(self.quality_spin.value())
        for widget in (self.quality_slider, self.quality_spin):
            widget.setAccessibleName(self.tr("Quality"))
        self._quality_row = beside_each_other(self.quality_slider, self.quality_spin)
        height, width = self._opened.photo.shape
        place_row = beside_each_other(self.place_edit, self.browse_button)
        self._lay_out(
            self.tr("Export the coloured photo"),
            self.tr("{width} × {height} pixels, the photo's own size").format(width=width, height=height),
            (
                (self.tr("&Save as"), place_row, self.place_edit),
                (self.tr("&Format"), self.format_box, self.format_box),
                (self.tr("&Depth"), self.depth_box, self.depth_box),
                (self.tr("&Quality"), self._quality_row, self.quality_spin),
            ),
            _WIDTH,
        )
        self.format_box.currentIndexChanged.connect(self._format_changed)
        self.place_edit.textChanged.connect(self._path_changed)
        self.quality_slider.valueChanged.connect(self.quality_spin.setValue)
        self.quality_spin.valueChanged.connect(self.quality_slider.setValue)

    # -- answers ------------------------------------------------------------------------------------------

    @property
    def format_name(self) -> str:
        return str(self.format_box.currentData())

    @property
    def path(self) -> Path:
        """What will be written: as typed, with the suffix of the format where that is missing."""
        path = Path(self.place_edit.text().strip()).expanduser()
        suffixes = WRITABLE_FORMATS[self.format_name]
        return path if path.suffix.lower() in suffixes else path.with_name(path.name + suffixes[0])

    def options(self) -> WriteOptions:
        deep = self.format_name in DEEP_FORMATS
        return WriteOptions(
            format=self.format_name,
            quality=self.quality_spin.value(),
            bit_depth=int(self.depth_box.currentData()) if deep else 8,
            keep_metadata=self.metadata_check.isChecked(),
            overwrite=self._replaces,
        )

    def accept(self) -> None:
        told_to_replace = self._replaces
        self._path_changed()  # the disk may have changed since
        if not self.export_button.isEnabled() or self._replaces != told_to_replace:
            return
        self._settings.export_format = self.format_name
        self._remember()
        self.export_requested.emit(self.path, self.options())
        super().accept()

    # -- keeping the answers consistent ---------------------------------------------------------------------

    def _proposal(self) -> Path:
        """Beside the photo, under a name that is still free."""
        source = self._opened.source
        folder = source.path.parent if source.path is not None and not source.is_sample else None
        if folder is None:
            pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
            folder = Path(pictures) if pictures and Path(pictures).is_dir() else Path.home()
        stem = Path(source.name).stem or "photo"
        suffix = WRITABLE_FORMATS[self.format_name][0]
        path = folder / f"{stem}-colour{suffix}"
        number = 2
        while path.exists():
            path = folder / f"{stem}-colour-{number}{suffix}"
            number += 1
        return path

    def _choose_format(self, name: str) -> None:
        self.format_box.setCurrentIndex(max(self.format_box.findData(name), 0))

    def _format_changed(self) -> None:
        self._show_rows()
        name = self.format_name
        text = self.place_edit.text().strip()
        if text and Path(text).suffix.lower() not in WRITABLE_FORMATS[name]:
            known = {suffix for suffixes in WRITABLE_FORMATS.values() for suffix in suffixes}
            path = Path(text)
            stem = path.stem if path.suffix.lower() in known else path.name
            self.place_edit.setText(str(path.with_name(stem + WRITABLE_FORMATS[name][0])))
        self._path_changed()

    def _show_rows(self) -> None:
        self._form.setRowVisible(self.depth_box, self.format_name in DEEP_FORMATS)
        self._form.setRowVisible(self._quality_row, self.format_name in QUALITY_FORMATS)

    def _path_changed(self) -> None:
        text = self.place_edit.text().strip()
        by_suffix = next(
            (name for name, suffixes in WRITABLE_FORMATS.items() if Path(text).suffix.lower() in suffixes),
            None,
        )
        if by_suffix is not None and by_suffix != self.format_name:
            # What is typed decides the format, but does not get rewritten under the user's fingers.
            with QSignalBlocker(self.format_box):
                self._choose_format(by_suffix)
            self._show_rows()
        severity, words, label = self._judge(text)
        self._replaces = severity is Severity.WARNING
        self._tell(severity, words, label)

    def _judge(self, text: str) -> tuple[Severity | None, str, str]:
        """How good the path is, in words, and what the button then says."""
        export = self.tr("Export")
        if not text:
            return Severity.ERROR, self.tr("Give the file a name."), export
        typed = Path(text).expanduser()
        if not typed.name or typed.is_dir():
            return Severity.ERROR, self.tr("This is a folder. Add the name of a file."), export
        path = self.path
        source = self._opened.source.path
        try:
            if source is not None and path.exists() and path.samefile(source):
                return Severity.ERROR, self.tr("This is the photo itself. Choose another name."), export
            if not path.parent.is_dir():
                words = self.tr("There is no folder {folder}.").format(folder=path.parent)
                return Severity.ERROR, words, export
            if path.exists():
                words = self.tr("{name} is there already and will be replaced.").format(name=path.name)
                return Severity.WARNING, words, self.tr("Replace")
        except OSError as error:
            return Severity.ERROR, unusable_words(error), export
        return None, "", export

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the coloured photo"), str(self.path))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Whether to replace a file is asked here, in one place, whatever way its name came.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilters([f"{TITLES[n]} (*{' *'.join(s)})" for n, s in WRITABLE_FORMATS.items()])
        dialog.selectNameFilter(dialog.nameFilters()[self.format_box.currentIndex()])
        dialog.selectFile(self.path.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_selected)
        dialog.open()

    def _file_selected(self, chosen: str) -> None:
        if not Path(chosen).suffix:
            chosen += WRITABLE_FORMATS[self.format_name][0]
        self.place_edit.setText(QDir.toNativeSeparators(chosen))
