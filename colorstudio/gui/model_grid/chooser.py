"""The column beside the tiles: what is compared, what is known of the chosen one, and the ways out."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.model_grid.subjects import Subject, subjects_for
from colorstudio.gui.models import model_groups, year_or_size_words
from colorstudio.gui.panels.model_items import TwoLineDelegate, heading_item, two_line_item
from colorstudio.gui.theme import GRID, PANEL_WIDTH, dim, lie_on_panel, scaled_font

_ID_ROLE = Qt.ItemDataRole.UserRole


class Chooser(QFrame):
    """Shows subjects with check boxes and says what the user wants; decides nothing itself.

    Signals
    -------
    choice_changed
        The ids of the subjects that are checked.
    gone_to
        The id of the subject that the list is on now.
    strokes_toggled
        Whether strokes are taken along.
    applied, left
        The chosen one is to be used; nothing is to be done.
    """

    choice_changed = Signal(object)
    gone_to = Signal(str)
    strokes_toggled = Signal(bool)
    applied = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")  # as the style sheet has it
        self.setFixedWidth(PANEL_WIDTH)
        self._showing = False
        heading = QLabel(self.tr("Compare models"))
        heading.setFont(scaled_font(heading.font(), 1.1, bold=True))
        self.all_button, self.none_button = QPushButton(self.tr("&All")), QPushButton(self.tr("N&one"))
        for button, tip, check in (
            (self.all_button, self.tr("Compare all models"), True),
            (self.none_button, self.tr("Compare none of them"), False),
        ):
            button.setProperty("compact", True)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            button.clicked.connect(self._check_all if check else self._check_none)
        head = QHBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(heading, 1)
        head.addWidget(self.all_button)
        head.addWidget(self.none_button)
        self._build_list()
        self.strokes_box = QCheckBox(self.tr("Ta&ke the strokes along"))
        self.strokes_box.setToolTip(self.tr("As hints, for the models that take hints"))
        self.strokes_box.setChecked(True)
        self.strokes_box.toggled.connect(self.strokes_toggled)
        self.progress = QLabel()
        self.progress.setAccessibleName(self.tr("How far the comparison is"))
        dim(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, int(1.5 * GRID), 2 * GRID, int(1.5 * GRID))
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.strokes_box)
        column.addWidget(self.progress)
        self._build_details(column)
        self._build_ways_out(column)

    def _build_list(self) -> None:
        self._items = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._items)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setAccessibleName(self.tr("What is compared"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(80)
        lie_on_panel(self.list)
        self._items.itemChanged.connect(self._on_item_changed)
        self.list.selectionModel().currentChanged.connect(self._on_current)

    def _build_details(self, column: QVBoxLayout) -> None:
        line = QFrame()
        line.setFixedHeight(1)
        line.setStyleSheet("background: palette(mid);")
        column.addWidget(line)
        self.title, self.details = QLabel(), QLabel()
        self.title.setFont(scaled_font(self.title.font(), 1.0, bold=True))
        self.details.setFont(scaled_font(self.details.font(), 0.92))
        dim(self.details)
        for label in (self.title, self.details):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.title.setAccessibleName(self.tr("Chosen"))

    def _build_ways_out(self, column: QVBoxLayout) -> None:
        self.use_button = QPushButton(self.tr("&Use this one as the first pass"))
        self.use_button.setObjectName("primary")
        self.use_button.setToolTip(self.tr("Colour the photo with the chosen one (Enter)"))
        self.use_button.clicked.connect(self.applied)
        self.leave_button = QPushButton(self.tr("Back to the photo"))
        self.leave_button.setToolTip(self.tr("Leave the photo as it was (Esc)"))
        self.leave_button.clicked.connect(self.left)
        column.addWidget(self.use_button)
        column.addWidget(self.leave_button)

    # -- what is compared ---------------------------------------------------------------------------------

    def set_subjects(
        self,
        models: Sequence[ModelChoice],
        titles: dict[str, str],
        checked: Collection[str],
        *,
        strokes: bool,
    ) -> None:
        """Show all that there is to compare.

        Parameters
        ----------
        titles, checked
            By the ids of subjects.
        strokes
            Whether there are any.
        """
        by_model = {subject.model: subject for subject in subjects_for(models, strokes=strokes)}
        alone = subjects_for((), strokes=strokes)
        groups = model_groups(models)
        with self._told_nothing():
            self._items.clear()
            for subject in alone:
                self._items.appendRow(self._item(subject, titles[subject.id], checked))
            for group in groups:
                self._items.appendRow(heading_item(group.title))
                for model in group.models:
                    subject = by_model[model]
                    self._items.appendRow(self._item(subject, titles[subject.id], checked))
        self.strokes_box.setVisible(strokes)

    def _item(self, subject: Subject, title: str, checked: Collection[str]) -> QStandardItem:
        item = two_line_item(title, "", year_or_size_words(subject.model) if subject.model else "")
        item.setData(subject.id, _ID_ROLE)
        item.setCheckable(True)
        item.setCheckState(Qt.CheckState.Checked if subject.id in checked else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, self.fontMetrics().height() + GRID))
        return item

    @contextmanager
    def _told_nothing(self) -> Generator[None]:
        """What is changed now the user has not changed."""
        self._showing = True
        try:
            yield
        finally:
            self._showing = False

    def _rows(self) -> list[QStandardItem]:
        items = (self._items.item(row) for row in range(self._items.rowCount()))
        return [item for item in items if item.isCheckable()]

    @property
    def checked(self) -> frozenset[str]:
        """Ids of what is to be compared."""
        return frozenset(
            str(item.data(_ID_ROLE)) for item in self._rows() if item.checkState() == Qt.CheckState.Checked
        )

    def go_to(self, subject_id: str) -> None:
        """Put the list on a subject."""
        item = next((item for item in self._rows() if item.data(_ID_ROLE) == subject_id), None)
        if item is not None:
            with self._told_nothing():
                self.list.setCurrentIndex(item.index())

    def _check_all(self) -> None:
        self._set_all(Qt.CheckState.Checked)

    def _check_none(self) -> None:
        self._set_all(Qt.CheckState.Unchecked)

    def _set_all(self, state: Qt.CheckState) -> None:
        with self._told_nothing():
            for item in self._rows():
                item.setCheckState(state)
        self.choice_changed.emit(self.checked)

    def _on_item_changed(self, _item: QStandardItem) -> None:
        if not self._showing:
            self.choice_changed.emit(self.checked)

    def _on_current(self) -> None:
        subject_id = self.list.currentIndex().data(_ID_ROLE)
        if subject_id and not self._showing:
            self.gone_to.emit(str(subject_id))

    # -- what is known ------------------------------------------------------------------------------------

    def show_chosen(self, title: str, details: str, *, can_be_used: bool) -> None:
        self.title.setText(title)
        self.details.setText(details)
        self.details.setVisible(bool(details))
        self.use_button.setEnabled(can_be_used)

    def show_progress(self, done: int, count: int, failed: int) -> None:
        """How many of the tiles that need colours have them."""
        words = self.tr("{done} of {count} coloured").format(done=done, count=count) if count else ""
        if failed:
            words += " · " + self.tr("{failed} failed").format(failed=failed)
        self.progress.setText(words)
