"""Where and how to save the coloured photo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QSignalBlocker, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.loading import OpenedPhoto
from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.answers import Answers
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.theme import GRID, dim, scaled_font, set_icon
from colorstudio.imaging.writing import DEEP_FORMATS, WRITABLE_FORMATS, WriteOptions

TITLES = {"png": "PNG", "tiff": "TIFF", "jpeg": "JPEG", "webp": "WebP"}
QUALITY_FORMATS = frozenset({"jpeg", "webp"})
_FORMAT_OF_PHOTO = {"JPEG": "jpeg", "MPO": "jpeg", "HEIF": "jpeg", "WEBP": "webp", "TIFF": "tiff"}


class ExportDialog(QDialog):
    """Asks; `export_requested` says what was answered. Writes nothing itself."""

    export_requested = Signal(object, object)  # Path, WriteOptions

    def __init__(self, opened: OpenedPhoto, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setObjectName("exportDialog")
        self.setModal(True)
        self._opened = opened
        self._settings = settings
        self._replaces = False  # the user was told that a file is there, and the button says so
        self._build()
        suffix = opened.photo.metadata.format.upper()
        self._choose_format(settings.export_format or _FORMAT_OF_PHOTO.get(suffix, "png"))
        self.quality_spin.setValue(settings.export_quality)
        self.metadata_check.setChecked(settings.keep_metadata)
        self.path_edit.setText(QDir.toNativeSeparators(str(self._proposal())))
        self._format_changed()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.path_edit = QLineEdit()
        self.path_edit.setMinimumWidth(240)
        self.path_edit.setAccessibleName(self.tr("File to write"))
        browse = QPushButton(self.tr("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        place = QHBoxLayout()
        place.setSpacing(GRID)
        place.addWidget(self.path_edit, 1)
        place.addWidget(browse)

        place.setContentsMargins(0, 0, 0, 0)
        self._place_row = QWidget()
        self._place_row.setLayout(place)

        self.format_box = QComboBox()
        for name in WRITABLE_FORMATS:
            self.format_box.addItem(TITLES.get(name, name.upper()), name)
        self.depth_box = QComboBox()
        self.depth_box.addItem(self.tr("8 bit"), 8)
        self.depth_box.addItem(self.tr("16 bit"), 16)
        own = 1 if self._opened.photo.bit_depth == 16 else 0
        self.depth_box.setCurrentIndex(own)
        self.quality_slider = QSlider(Qt.Orientation.Horizontal)
        self.quality_spin = QSpinBox()
        self.quality_spin.setFixedWidth(72)
        self.quality_spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        for widget in (self.quality_slider, self.quality_spin):
            widget.setRange(1, 100)
            widget.setAccessibleName(self.tr("Quality"))
        self.quality_slider.setValue(95)
        quality = QHBoxLayout()
        quality.setSpacing(GRID)
        quality.addWidget(self.quality_slider, 1)
        quality.addWidget(self.quality_spin)
        self._quality_row = QWidget()
        self._quality_row.setLayout(quality)
        quality.setContentsMargins(0, 0, 0, 0)
        self.metadata_check = QCheckBox(self.tr("&Keep the photo's data (camera, date, place, resolution)"))

        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID + 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Save as"), self._place_row)
        form.addRow(self.tr("&Format"), self.format_box)
        form.addRow(self.tr("&Depth"), self.depth_box)
        form.addRow(self.tr("&Quality"), self._quality_row)
        form.labelForField(self._place_row).setBuddy(self.path_edit)  # type: ignore[union-attr]
        form.labelForField(self._quality_row).setBuddy(self.quality_spin)  # type: ignore[union-attr]
        form.addRow("", self.metadata_check)
        # Labels in the middle of fields that are higher than a line of text.
        for row in range(form.rowCount()):
            item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            label = item.widget() if item is not None else None
            if label is not None:
                label.setMinimumHeight(self.path_edit.sizeHint().height())
        self._form = form

        self._symbol = QLabel()
        self._symbol.setFixedWidth(18)
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        told = QHBoxLayout()
        told.setSpacing(GRID)
        told.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.notice, 1)
        self._symbol.hide()
        self.notice.hide()

        answers = Answers(self, self.tr("Export"))
        self.cancel_button, self.export_button = answers.cancel_button, answers.accept_button

        title = QLabel(self.tr("Export the coloured photo"))
        title.setFont(scaled_font(title.font(), 1.25))
        height, width = self._opened.photo.shape
        subtitle = QLabel(
            self.tr("{width} × {height} pixels, the photo's own size").format(width=width, height=height)
        )
        dim(subtitle)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, int(2.5 * GRID), 3 * GRID, int(2.5 * GRID))
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(subtitle)
        column.addSpacing(GRID)
        column.addLayout(form)
        column.addSpacing(GRID)
        column.addLayout(told)
        column.addSpacing(GRID)
        column.addLayout(answers)
        self.setFixedWidth(560)

        self.format_box.currentIndexChanged.connect(self._format_changed)
        self.path_edit.textChanged.connect(self._path_changed)
        self.quality_slider.valueChanged.connect(self.quality_spin.setValue)
        self.quality_spin.valueChanged.connect(self.quality_slider.setValue)

    # -- answers ------------------------------------------------------------------------------------------

    @property
    def format_name(self) -> str:
        return str(self.format_box.currentData())

    @property
    def path(self) -> Path:
        """What will be written: as typed, with the suffix of the format where that is missing."""
        path = Path(self.path_edit.text().strip()).expanduser()
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
        self._settings.export_quality = self.quality_spin.value()
        self._settings.keep_metadata = self.metadata_check.isChecked()
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
        name = self.format_name
        self._form.setRowVisible(self.depth_box, name in DEEP_FORMATS)
        self._form.setRowVisible(self._quality_row, name in QUALITY_FORMATS)
        text = self.path_edit.text().strip()
        if text and Path(text).suffix.lower() not in WRITABLE_FORMATS[name]:
            known = {suffix for suffixes in WRITABLE_FORMATS.values() for suffix in suffixes}
            path = Path(text)
            stem = path.stem if path.suffix.lower() in known else path.name
            self.path_edit.setText(str(path.with_name(stem + WRITABLE_FORMATS[name][0])))
        self._path_changed()
        self.adjustSize()

    def _path_changed(self) -> None:
        text = self.path_edit.text().strip()
        by_suffix = next(
            (name for name, suffixes in WRITABLE_FORMATS.items() if Path(text).suffix.lower() in suffixes),
            None,
        )
        if by_suffix is not None and by_suffix != self.format_name:
            # What is typed decides the format, but does not get rewritten under the user's fingers.
            with QSignalBlocker(self.format_box):
                self._choose_format(by_suffix)
            self._form.setRowVisible(self.depth_box, by_suffix in DEEP_FORMATS)
            self._form.setRowVisible(self._quality_row, by_suffix in QUALITY_FORMATS)
        severity, words, label = self._judge(text)
        self._replaces = severity is Severity.WARNING
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
        self._symbol.setVisible(bool(words))
        if severity is None:
            self._symbol.clear()
        else:
            set_icon(self._symbol, severity.value, 18, severity.value)
        self.export_button.setText(label)
        self.export_button.setEnabled(severity is not Severity.ERROR)
        self.adjustSize()

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
            return (
                Severity.ERROR,
                self.tr("This place cannot be used: {why}.").format(why=error.strerror),
                export,
            )
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
        self.path_edit.setText(QDir.toNativeSeparators(chosen))
