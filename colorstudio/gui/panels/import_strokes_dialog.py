"""Which picture has strokes, what it was painted on, and whether they come beside those there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.panels.answers import Answers
from colorstudio.gui.photo_dialog import ask_for_photos
from colorstudio.gui.theme import GRID, dim, scaled_font


@dataclass(frozen=True)
class ImportRequest:
    """What was answered.

    Attributes
    ----------
    picture
        A layer of strokes, transparent where there are none, or a copy of the photo with strokes on it.
    gray
        What the copy was painted on; None for the photo itself.
    replaces
        The strokes there are go; else these come on top of them.
    """

    picture: Path
    gray: Path | None
    replaces: bool


class ImportStrokesDialog(QDialog):
    """Asks; reads nothing itself."""

    import_requested = Signal(object)

    def __init__(self, folder: str, has_strokes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importStrokesDialog")
        self.setWindowTitle(self.tr("Import strokes"))
        self.setModal(True)
        self._folder = folder
        self._build(has_strokes)
        self._check()

    def _build(self, has_strokes: bool) -> None:
        title = QLabel(self.tr("Import strokes from a picture"))
        title.setFont(scaled_font(title.font(), 1.25))
        explained = QLabel(
            self.tr(
                "A layer of strokes that is transparent around them, or a copy of the photo that strokes "
                "were painted on. It has the photo's size as it is turned and cropped now."
            )
        )
        explained.setWordWrap(True)
        dim(explained)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID + 2)
        self.picture_edit, self.picture_button = self._add_file(form, self.tr("&Picture"))
        self.gray_edit, self.gray_button = self._add_file(form, self.tr("Painted &on"))
        self.gray_edit.setPlaceholderText(self.tr("the photo itself"))
        self.gray_edit.setToolTip(self.tr("Only for a copy that was painted on: the picture without strokes"))
        self.add_radio = QRadioButton(self.tr("&Add them to the strokes there are"))
        self.replace_radio = QRadioButton(self.tr("&Replace the strokes there are"))
        self._choice = QButtonGroup(self)
        ways = QVBoxLayout()
        for radio in (self.add_radio, self.replace_radio):
            self._choice.addButton(radio)
            radio.setVisible(has_strokes)
            ways.addWidget(radio)
        self.add_radio.setChecked(True)
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        answers = Answers(self, self.tr("Import"))
        self.cancel_button, self.import_button = answers.cancel_button, answers.accept_button
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, int(2.5 * GRID), 3 * GRID, int(2.5 * GRID))
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(explained)
        column.addSpacing(GRID)
        column.addLayout(form)
        column.addLayout(ways)
        column.addWidget(self.notice)
        column.addSpacing(GRID)
        column.addLayout(answers)
        self.setFixedWidth(560)

    def _add_file(self, form: QFormLayout, words: str) -> tuple[QLineEdit, QPushButton]:
        edit = QLineEdit()
        edit.setAccessibleName(words.replace("&", ""))
        edit.textChanged.connect(self._check)
        button = QPushButton(self.tr("Browse…"))
        button.setAutoDefault(False)
        button.setAccessibleName(self.tr("Browse for: {what}").format(what=words.replace("&", "")))
        button.clicked.connect(lambda: self._browse(edit))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(edit, 1)
        row.addWidget(button)
        label = QLabel(words)
        label.setBuddy(edit)
        label.setMinimumHeight(edit.sizeHint().height())  # in the middle of its field
        form.addRow(label, row)
        return edit, button

    # -- answers ------------------------------------------------------------------------------------------

    def request(self) -> ImportRequest:
        gray = self.gray_edit.text().strip()
        picture = Path(self.picture_edit.text().strip()).expanduser()
        return ImportRequest(
            picture, Path(gray).expanduser() if gray else None, self.replace_radio.isChecked()
        )

    def accept(self) -> None:
        self._check()  # the disk may have changed since
        if self.import_button.isEnabled():
            self.import_requested.emit(self.request())
            super().accept()

    def _check(self) -> None:
        missing = ""
        for edit in (self.picture_edit, self.gray_edit):
            text = edit.text().strip()
            if text and not Path(text).expanduser().is_file():
                missing = text
        words = self.tr("There is no file {name}.").format(name=missing) if missing else ""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
        self.import_button.setEnabled(not missing and bool(self.picture_edit.text().strip()))

    def _browse(self, edit: QLineEdit) -> None:
        def chosen(paths: list[Path]) -> None:
            edit.setText(QDir.toNativeSeparators(str(paths[0])))

        ask_for_photos(self, self.tr("Choose a picture"), edit.text() or self._folder, chosen)
