"""A new Turing test: from which photos, of which networks, with which questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.language import shipped_words
from colorstudio.gui.messages import Severity
from colorstudio.gui.panels.elided_label import ElidedLabel
from colorstudio.gui.theme import GRID, dim, scaled_font, set_icon
from colorstudio.gui.turing.words import kind_explanation, kind_words
from colorstudio.services.turing.beginning import USUAL_PHOTOS, Wishes, usual_folder
from colorstudio.services.turing.session import KINDS, Contestant, Kind, holds_session

_WIDTH = 720
_ROWS_SHOWN, _ROW_HEIGHT = 6, 26
_MOST_PHOTOS = 500


@dataclass(frozen=True)
class NewTest:
    """What was asked for: a test in a folder, of the photos in another."""

    folder: Path
    photos: Path
    wishes: Wishes


class SetUpPage(QWidget):
    """Asks what a new test should be, and shows how far it is prepared.

    Signals
    -------
    begin_requested
        A `NewTest`.
    open_requested
        The folder of a test that is there already.
    stop_requested
        Preparing is to stop; what is made stays.
    """

    begin_requested = Signal(object)
    open_requested = Signal(object)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposed = ""  # what stands in the field of the folder, as long as the user has not changed it
        self._photos_changed = False
        self._build()
        self._judge()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        title = QLabel(self.tr("A Turing test for colours"))
        title.setFont(scaled_font(title.font(), 1.5))
        subtitle = QLabel(
            self.tr("Can people tell coloured photos from true ones? They see both, in random order.")
        )
        subtitle.setWordWrap(True)
        dim(subtitle)
        self.fields = QWidget()
        form = QFormLayout(self.fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID + 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

        self.photos_edit, self.photos_button = self._folder_field(
            self.tr("Folder with photos"), "photosChoice"
        )
        self.folder_edit, self.folder_button = self._folder_field(self.tr("Folder of the test"), "testChoice")
        self.kind_group = QButtonGroup(self)
        kinds = QVBoxLayout()
        kinds.setSpacing(2)
        for number, kind in enumerate(KINDS):
            button = QRadioButton(kind_words(kind))
            button.setAccessibleDescription(kind_explanation(kind))
            explanation = QLabel(kind_explanation(kind))
            explanation.setContentsMargins(22, 0, 0, 4)
            dim(explanation)
            self.kind_group.addButton(button, number)
            kinds.addWidget(button)
            kinds.addWidget(explanation)
        self.kind_group.button(0).setChecked(True)
        self.models = QListWidget()
        self.models.setAccessibleName(self.tr("Networks that take part"))
        self.models.setUniformItemSizes(True)
        self.all_button = QPushButton(self.tr("&All or none"))
        self.all_button.clicked.connect(self._all_or_none)
        self.count_spin = QSpinBox()
        self.count_spin.setRange(1, _MOST_PHOTOS)
        self.count_spin.setFixedWidth(84)
        self.count_spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.count_spin.setValue(USUAL_PHOTOS["pairs"])
        self.count_spin.setAccessibleName(self.tr("Number of photos"))
        self.count_spin.setToolTip(self.tr("Each participant sees each photo once"))
        self.control_check = QCheckBox(self.tr("Mix &gray pictures in, as a control"))
        self.control_check.setToolTip(
            self.tr("They should fool nobody: who takes them for real does not look")
        )
        for words, field, buddy in (
            (self.tr("&Photos"), _row(self.photos_edit, self.photos_button), self.photos_edit),
            (self.tr("Question"), _holder(kinds), None),
            (self.tr("&Networks"), _row(self.models, self.all_button), self.models),
            (
                self.tr("N&umber of photos"),
                _row(self.count_spin, self.control_check, QWidget()),
                self.count_spin,
            ),
            (self.tr("&Save the test in"), _row(self.folder_edit, self.folder_button), self.folder_edit),
        ):
            label = QLabel(words)
            if buddy is not None:
                label.setBuddy(buddy)
                label.setMinimumHeight(self.photos_edit.sizeHint().height())
            form.addRow(label, field)

        self._symbol = QLabel()
        self._symbol.setFixedWidth(18)
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        notice = QHBoxLayout()
        notice.setSpacing(GRID)
        notice.addWidget(self._symbol)
        notice.addWidget(self.notice, 1)
        self.open_button = QPushButton(self.tr("&Open a test…"))
        self.open_button.setToolTip(
            self.tr("Go on with a test that is there already, or look at its results")
        )
        self.open_button.clicked.connect(self._choose_test)
        self.begin_button = QPushButton(self.tr("Prepare the &test"))
        self.begin_button.setObjectName("primary")
        self.begin_button.clicked.connect(self.begin)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.open_button)
        buttons.addStretch()
        buttons.addWidget(self.begin_button)
        self.working = self._build_progress()

        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setSpacing(GRID)
        inner.addWidget(title)
        inner.addWidget(subtitle)
        inner.addSpacing(GRID)
        inner.addWidget(self.fields)
        inner.addSpacing(GRID)
        inner.addLayout(notice)
        inner.addWidget(self.working)
        inner.addLayout(buttons)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        outer.addStretch(1)
        centred = QVBoxLayout()
        centred.addStretch(1)
        centred.addWidget(column)
        centred.addStretch(2)
        outer.addLayout(centred, 20)
        outer.addStretch(1)

        self.photos_edit.textChanged.connect(self._propose)
        self.kind_group.idToggled.connect(self._on_kind)
        self.count_spin.valueChanged.connect(self._on_count)
        self.folder_edit.textChanged.connect(self._judge)
        self.models.itemChanged.connect(self._judge)
        self.control_check.toggled.connect(self._judge)

    def _build_progress(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(int(1.5 * GRID))
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the preparation"))
        self.stage = ElidedLabel()
        dim(self.stage)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.stop_requested)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stage, 1)
        row.addWidget(self.stop_button)
        holder.hide()
        return holder

    def _folder_field(self, name: str, dialog_name: str) -> tuple[QLineEdit, QPushButton]:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        button = QPushButton(self.tr("Browse…"))
        button.setAccessibleName(self.tr("Browse: {name}").format(name=name))

        def browse() -> None:
            dialog = _folder_dialog(self, name, edit.text(), dialog_name)
            dialog.fileSelected.connect(lambda chosen: edit.setText(QDir.toNativeSeparators(chosen)))
            dialog.open()

        button.clicked.connect(browse)
        return edit, button

    # -- what it is told ----------------------------------------------------------------------------------

    def set_models(self, models: tuple[ModelChoice, ...]) -> None:
        """The networks there are; the default one, which comes first, takes part."""
        self.models.clear()
        for number, model in enumerate(models):
            item = QListWidgetItem(model.title)
            item.setData(Qt.ItemDataRole.UserRole, model)
            item.setToolTip(f"{model.name}\n{shipped_words(model.description)}".strip())
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if number == 0 else Qt.CheckState.Unchecked)
            self.models.addItem(item)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
        rows = min(max(len(models), 1), _ROWS_SHOWN)
        self.models.setFixedHeight(rows * _ROW_HEIGHT + 2 * self.models.frameWidth())
        self._judge()

    def set_photos(self, folder: Path) -> None:
        """Propose a folder of photos."""
        self.photos_edit.setText(QDir.toNativeSeparators(str(folder)))

    def show_progress(self, fraction: float, stage: str) -> None:
        self.set_busy(True)
        self.progress.setValue(round(fraction * 1000))
        self.stage.setText(stage)

    def set_busy(self, busy: bool) -> None:
        """While a test is prepared, nothing else can be asked for."""
        self.working.setVisible(busy)
        self.fields.setEnabled(not busy)
        self.open_button.setEnabled(not busy)
        self._judge()

    # -- answers ------------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_group.checkedId()]

    @property
    def photos(self) -> Path:
        return Path(self.photos_edit.text().strip()).expanduser()

    @property
    def folder(self) -> Path:
        return Path(self.folder_edit.text().strip()).expanduser()

    def chosen_models(self) -> tuple[ModelChoice, ...]:
        items = [self.models.item(row) for row in range(self.models.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def _all_or_none(self) -> None:
        count = self.models.count()
        state = Qt.CheckState.Unchecked if len(self.chosen_models()) == count else Qt.CheckState.Checked
        for row in range(count):
            self.models.item(row).setCheckState(state)

    def begin(self) -> None:
        self._judge()  # the disk may have changed since
        if not self.begin_button.isEnabled():
            return
        if holds_session(self.folder):
            self.open_requested.emit(self.folder.absolute())
            return
        models = tuple(
            Contestant(model.name, model.title, model.weights_sha256) for model in self.chosen_models()
        )
        wishes = Wishes(self.kind, models, self.count_spin.value(), self.control_check.isChecked())
        self.begin_requested.emit(NewTest(self.folder.absolute(), self.photos.absolute(), wishes))

    def _choose_test(self) -> None:
        name = self.tr("Folder of a Turing test")
        dialog = _folder_dialog(self, name, self.folder_edit.text(), "openChoice")
        dialog.fileSelected.connect(self._on_test_chosen)
        dialog.open()

    def _on_test_chosen(self, chosen: str) -> None:
        self.open_requested.emit(Path(chosen))

    # -- keeping the answers consistent ---------------------------------------------------------------------

    def _on_kind(self, _number: int, checked: bool) -> None:
        if checked:
            if not self._photos_changed:
                self.count_spin.setValue(USUAL_PHOTOS[self.kind])
                self._photos_changed = False
            self._propose()

    def _on_count(self, value: int) -> None:
        self._photos_changed = value != USUAL_PHOTOS[self.kind]

    def _propose(self) -> None:
        """A folder beside the photos, unless the user has given one."""
        if self.folder_edit.text() == self._proposed and self.photos_edit.text().strip():
            try:
                self._proposed = QDir.toNativeSeparators(str(usual_folder(self.photos, self.kind)))
            except Exception:  # noqa: BLE001 - a root has no place beside it: nothing is proposed
                self._proposed = ""
            self.folder_edit.setText(self._proposed)
        self._judge()

    def _judge(self) -> None:
        severity, words = self._judgement()
        self.notice.setText(words)
        for widget in (self.notice, self._symbol):
            widget.setVisible(bool(words))
        if severity is not None:
            set_icon(self._symbol, severity.value, 18, severity.value)
        may_begin = severity in (None, Severity.INFO) and not self.working.isVisibleTo(self)
        self.begin_button.setEnabled(may_begin and bool(self.folder_edit.text().strip()))

    def _judgement(self) -> tuple[Severity | None, str]:
        """How good the answers are, in words."""
        models = self.chosen_models()
        try:
            if self.folder_edit.text().strip() and holds_session(self.folder):
                words = self.tr(
                    "A test is there already. It goes on as it was prepared, whatever is chosen here."
                )
                return Severity.INFO, words
            if not self.photos_edit.text().strip():
                return Severity.WARNING, self.tr("Give a folder with photos.")
            if not self.photos.is_dir():
                return Severity.ERROR, self.tr("There is no folder of that name.")
        except OSError as error:
            return Severity.ERROR, self.tr("This place cannot be used: {why}.").format(why=error.strerror)
        if not models:
            return Severity.ERROR, self.tr("Choose at least one network.")
        if self.kind == "ranking":
            return None, ""
        each = self.count_spin.value() // len(models)
        if each < 5:
            words = self.tr(
                "Each participant will judge each network {count} times: more photos, or more participants, "
                "make the figures surer."
            )
            return Severity.INFO, words.format(count=each)
        return None, ""


def _folder_dialog(parent: QWidget, title: str, start: str, name: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    folder = Path(start).expanduser() if start else Path.home()
    dialog.setDirectory(str(folder if folder.is_dir() else folder.parent))
    dialog.setObjectName(name)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _row(*widgets: QWidget) -> QWidget:
    """Widgets beside each other; those that are fields or empty take the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for widget in widgets:
        if isinstance(widget, QPushButton):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(widget, 0 if isinstance(widget, QSpinBox | QCheckBox) else 1)
    return _holder(row)


def _holder(layout: QHBoxLayout | QVBoxLayout) -> QWidget:
    holder = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(layout)
    return holder
