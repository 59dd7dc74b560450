"""What the dialogs of exporting have in common: how files are written, what is said of it, the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.answers import Answers
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.theme import GRID, dim, scaled_font, set_icon
from colorstudio.imaging.writing import WRITABLE_FORMATS

QUALITY_FORMATS = frozenset({"jpeg", "webp"})
TITLES = {"png": "PNG", "tiff": "TIFF", "jpeg": "JPEG", "webp": "WebP"}

translate = QCoreApplication.translate


class ExportForm(QDialog):
    """Fields for place, format, depth, quality and metadata; subclasses add theirs and lay all of them out.

    Attributes
    ----------
    place_edit, browse_button
        Where to write, typed or chosen; what the button opens is each subclass's own.
    notice
        How good the answers are, in words.
    """

    def __init__(self, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._settings = settings
        self.place_edit = QLineEdit()
        self.browse_button = QPushButton(translate("ExportForm", "&Browse…"))
        self.browse_button.setAutoDefault(False)
        self.format_box = QComboBox()
        for name in WRITABLE_FORMATS:
            self.format_box.addItem(TITLES.get(name, name.upper()), name)
        self.depth_box = QComboBox()
        self.depth_box.addItem(translate("ExportForm", "8 bit"), 8)
        self.depth_box.addItem(translate("ExportForm", "16 bit"), 16)
        self.quality_spin = QSpinBox()
        self.quality_spin.setRange(1, 100)
        self.quality_spin.setFixedWidth(72)
        self.quality_spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.quality_spin.setValue(settings.export_quality)
        self.metadata_check = QCheckBox()
        self.metadata_check.setChecked(settings.keep_metadata)
        self._form = QFormLayout()
        self._symbol = QLabel()
        self._symbol.setFixedWidth(18)
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)  # names of files are not markup
        answers = Answers(self, translate("ExportForm", "Export"))
        self.cancel_button, self.export_button = answers.cancel_button, answers.accept_button
        self._answers = answers

    def _lay_out(
        self, title: str, subtitle: str, rows: Sequence[tuple[str, QWidget, QWidget]], width: int
    ) -> None:
        """Put everything in its place.

        Parameters
        ----------
        rows
            Of the form: a label, what is beside it, and what in it the label's key leads to.
        """
        heading, below = QLabel(title), QLabel(subtitle)
        heading.setFont(scaled_font(heading.font(), 1.25))
        dim(below)
        form = self._form
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID + 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field, buddy in rows:
            label = QLabel(words)
            label.setBuddy(buddy)
            # In the middle of a field that is higher than a line of text.
            label.setMinimumHeight(self.place_edit.sizeHint().height())
            form.addRow(label, field)
        form.addRow("", self.metadata_check)
        told = QHBoxLayout()
        told.setSpacing(GRID)
        told.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.notice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, int(2.5 * GRID), 3 * GRID, int(2.5 * GRID))
        column.setSpacing(GRID)
        column.addWidget(heading)
        column.addWidget(below)
        column.addSpacing(GRID)
        column.addLayout(form)
        column.addSpacing(GRID)
        column.addLayout(told)
        column.addSpacing(GRID)
        column.addLayout(self._answers)
        self.setFixedWidth(width)

    def _tell(self, severity: Severity | None, words: str, export_words: str) -> None:
        """Say how good the answers are, and what the button does; with an error it does nothing."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
        self._symbol.setVisible(bool(words))
        if severity is None:
            self._symbol.clear()
        else:
            set_icon(self._symbol, severity.value, 18, severity.value)
        self.export_button.setText(export_words)
        self.export_button.setEnabled(severity is not Severity.ERROR)
        self.adjustSize()

    def _remember(self) -> None:
        """For the next time, whichever of the dialogs it is."""
        self._settings.export_quality = self.quality_spin.value()
        self._settings.keep_metadata = self.metadata_check.isChecked()


def unusable_words(error: OSError) -> str:
    return translate("ExportForm", "This place cannot be used: {why}.").format(why=error.strerror)


def beside_each_other(*widgets: QWidget) -> QWidget:
    """Buttons and numbers take what they need, the others share the room that is left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, (QPushButton, QSpinBox)) else 1)
    return holder
