"""The strip of photos under the canvas: a line about the batch with its buttons, and the thumbnails."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.batch.delegate import PhotoDelegate
from colorstudio.gui.batch.model import PhotosModel
from colorstudio.gui.batch.thumbnails import Thumbnails
from colorstudio.gui.panels.elided_label import ElidedLabel
from colorstudio.gui.theme import GRID, dim, scaled_font, set_icon

MIN_ROW, MAX_ROW, USUAL_ROW = 72, 240, 108
_GRIP = 5
_PROGRESS_STEPS = 1000
# Thumbnails this many times the sight to either side are made as well.
_MARGIN = 1.0


class PhotoList(QListView):
    """The thumbnails, one beside the other.

    Signals
    -------
    seen_changed
        Other photos are in sight.
    left
        The user is done here and wants to go on with the photo.
    """

    seen_changed = Signal()
    left = Signal()

    def __init__(self, model: PhotosModel, delegate: PhotoDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photos"))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self.seen_changed)
        self.horizontalScrollBar().valueChanged.connect(self._look)
        self.horizontalScrollBar().rangeChanged.connect(self._look)

    def seen_rows(self) -> range:
        """Rows in sight, with those around them."""
        count = self.model().rowCount()
        width = max(self._delegate.size(self.fontMetrics()).width(), 1)
        # The view lays its items out when it paints; where they will be is known before.
        left, room = self.horizontalScrollBar().value(), self.viewport().width()
        first = int((left - room * _MARGIN) // width)
        last = int((left + room * (1 + _MARGIN)) // width) + 1
        return range(max(first, 0), min(max(last, 0), count))

    def set_row_height(self, height: int) -> None:
        self._delegate.set_height(height)
        self.setGridSize(self._delegate.size(self.fontMetrics()))
        self.setFixedHeight(height + self.horizontalScrollBar().sizeHint().height())
        step = self._delegate.size(self.fontMetrics()).width()
        self.horizontalScrollBar().setSingleStep(step)
        self._look()

    def set_current_row(self, row: int) -> None:
        """Select a photo and bring it in sight."""
        index = self.model().index(row, 0)
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _look(self, *_: object) -> None:
        self._settle.start()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # there is but one row
        else:
            super().keyPressEvent(event)


class _Grip(QWidget):
    """The upper edge, by which the strip is made higher and lower."""

    dragged = Signal(int)  # pixels upwards since the last

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_GRIP)
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self._held: int | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.globalPosition().toPoint().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            now = event.globalPosition().toPoint().y()
            self.dragged.emit(self._held - now)
            self._held = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None


class Filmstrip(QFrame):
    """The strip.

    Parameters
    ----------
    colour_all, export_all, hide_strip
        Commands of the window that have a button here.

    Signals
    -------
    photo_chosen
        The row of a photo that the user wants to see.
    stop_requested, failures_requested
        A button was pressed.
    row_height_changed
        The user made the strip higher or lower.
    """

    photo_chosen = Signal(int)
    stop_requested = Signal()
    failures_requested = Signal()
    row_height_changed = Signal(int)
    left = Signal()

    def __init__(
        self,
        model: PhotosModel,
        thumbnails: Thumbnails,
        colour_all: QAction,
        export_all: QAction,
        hide_strip: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setAccessibleName(self.tr("Strip of photos"))
        self._model = model
        self._thumbnails = thumbnails
        self._row_height = USUAL_ROW
        self._choosing = False
        self.list = PhotoList(model, PhotoDelegate(thumbnails, self))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.seen_changed.connect(self.make_thumbnails)
        self.list.left.connect(self.left)
        thumbnails.made.connect(self._on_thumbnail)
        model.modelReset.connect(self._on_reset)
        self.grip = _Grip()
        self.grip.dragged.connect(self._on_dragged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grip)
        column.addLayout(self._header(colour_all, export_all, hide_strip))
        column.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_row_height(USUAL_ROW)
        self.show_run("", None)
        self.hide()

    def _header(self, colour_all: QAction, export_all: QAction, hide_strip: QAction) -> QHBoxLayout:
        self.title = ElidedLabel()
        self.title.setFont(scaled_font(self.title.font(), 1.0, bold=True))
        self.summary = ElidedLabel()
        self.summary.setAccessibleName(self.tr("How far the photos are"))
        dim(self.summary)
        self.run_label = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("Progress of the batch"))
        self.stop_button = _button(self.tr("Stop"), "close")
        self.stop_button.clicked.connect(self.stop_requested)
        self.failures_button = _button(self.tr("Show what failed, and why"), "error", "error")
        self.failures_button.clicked.connect(self.failures_requested)
        self.colour_button, self.export_button = QToolButton(), QToolButton()
        for button, action in ((self.colour_button, colour_all), (self.export_button, export_all)):
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.hide_button = QToolButton()
        self.hide_button.setIconSize(QSize(14, 14))
        set_icon(self.hide_button, "chevron-down", 14)
        self.hide_button.setToolTip(hide_strip.toolTip())
        self.hide_button.setAccessibleName(self.tr("Hide the strip"))
        self.hide_button.clicked.connect(hide_strip.trigger)
        row = QHBoxLayout()
        row.setContentsMargins(2 * GRID, 0, GRID, 2)
        row.setSpacing(GRID)
        row.addWidget(self.title)
        row.addWidget(self.summary)
        row.addWidget(self.failures_button)
        row.addStretch()
        row.addWidget(self.run_label)
        row.addWidget(self.bar)
        for button in (self.stop_button, self.colour_button, self.export_button, self.hide_button):
            row.addWidget(button)
        for button in (self.colour_button, self.export_button, self.hide_button):
            button.setObjectName("flat")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return row

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def row_height(self) -> int:
        return self._row_height

    def set_row_height(self, height: int) -> None:
        self._row_height = min(max(height, MIN_ROW), MAX_ROW)
        self.list.set_row_height(self._row_height)

    def show_batch(self, title: str, summary: str, failures: int) -> None:
        """Words about the batch."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.summary.setText(summary)
        self.failures_button.setText(self.tr("{count} failed…").format(count=failures))
        self.failures_button.setVisible(failures > 0)

    def show_run(self, words: str, fraction: float | None) -> None:
        """What is under way and how far it is; nothing without words."""
        under_way = bool(words)
        self.run_label.setText(words)
        for widget in (self.run_label, self.bar, self.stop_button):
            widget.setVisible(under_way)
        for widget in (self.colour_button, self.export_button):
            widget.setVisible(not under_way)
        self.stop_button.setEnabled(True)
        if fraction is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, _PROGRESS_STEPS)
            self.bar.setValue(round(fraction * _PROGRESS_STEPS))

    def show_stopping(self) -> None:
        self.run_label.setText(self.tr("Stopping…"))
        self.stop_button.setEnabled(False)

    def select(self, row: int) -> None:
        """Show which photo is meant, without asking for it."""
        self._choosing = True
        self.list.set_current_row(row)
        self._choosing = False

    @property
    def current_row(self) -> int | None:
        index = self.list.currentIndex()
        return index.row() if index.isValid() else None

    def step(self, steps: int) -> None:
        """Choose the photo so many places further on; at the end it stays."""
        count = self._model.rowCount()
        if count:
            here = self.current_row
            wanted = 0 if here is None else min(max(here + steps, 0), count - 1)
            self.list.set_current_row(wanted)

    def make_thumbnails(self) -> None:
        """Have the thumbnails made that are in sight, those in the middle first."""
        if not self.isVisible():
            return
        rows = self.list.seen_rows()
        middle = (rows.start + rows.stop - 1) / 2
        nearest = sorted(rows, key=lambda row: abs(row - middle))
        photos = [self._model.photo(row) for row in nearest]
        self._thumbnails.want([photo.path for photo in photos if photo is not None])

    # -- what happens to it -------------------------------------------------------------------------------

    def _on_current_changed(self, current: QModelIndex, _former: QModelIndex) -> None:
        if current.isValid() and not self._choosing:
            self.photo_chosen.emit(current.row())

    def _on_thumbnail(self, path: object) -> None:
        batch = self._model.batch
        row = batch.row_of(path) if batch is not None else None  # type: ignore[arg-type]
        if row is not None:
            self._model.tell_changed(row)

    def _on_reset(self) -> None:
        self.list.horizontalScrollBar().setValue(0)
        self.make_thumbnails()

    def _on_dragged(self, upwards: int) -> None:
        self.set_row_height(self._row_height + upwards)
        self.row_height_changed.emit(self._row_height)

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.make_thumbnails()


def _button(words: str, icon: str, role: str = "text") -> QToolButton:
    button = QToolButton()
    button.setObjectName("flat")
    button.setText(words)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(14, 14))
    set_icon(button, icon, 14, role)  # type: ignore[arg-type]
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(words)
    return button
