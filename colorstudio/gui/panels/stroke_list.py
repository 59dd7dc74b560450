"""The page "Strokes": all of them in their order, to select, reorder and delete."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.display import Display
from colorstudio.gui.painting import Selection
from colorstudio.gui.panels.stroke_model import SWATCH, StrokeModel
from colorstudio.gui.theme import GRID, dim, lie_on_panel


class _List(QListView):
    """A list whose rows are dragged to another place by its owner."""

    dropped = Signal(int)  # before which row

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is not self:
            event.ignore()
            return
        index = self.indexAt(event.position().toPoint())
        row = index.row() if index.isValid() else self.model().rowCount()
        if self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem:
            row += 1
        # A copy: the view would delete the rows of a move by itself.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(row)
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()


class StrokeList(QWidget):
    """Shows strokes and a `Selection`, and sets the selection.

    Signals
    -------
    reordered
        The strokes in the order that was dragged, the last one over all others.
    display_chosen
        A `Display`.
    menu_requested
        A place on the screen.
    """

    reordered = Signal(object)
    display_chosen = Signal(object)
    menu_requested = Signal(object)

    def __init__(
        self, selection: Selection, commands: tuple[QAction, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._following = False
        self.model = StrokeModel(self)
        self.view = self._build_view()
        self.empty = QLabel(
            self.tr(
                "No strokes yet.\n\nTake the brush (P), choose a colour and draw on the photo: "
                "it follows along its own edges. A few strokes are enough."
            )
        )
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        dim(self.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.view)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addLayout(self._build_foot(commands))
        selection.changed.connect(self._show_selection)

    def _build_view(self) -> _List:
        view = _List()
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Strokes, the one over all others first"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setSpacing(1)
        view.setViewportMargins(GRID, GRID // 2, GRID, 0)
        lie_on_panel(view)
        view.setIconSize(QSize(SWATCH, SWATCH))
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._ask_for_menu)
        view.selectionModel().selectionChanged.connect(self._on_selected)
        view.dropped.connect(self._on_dropped)
        return view

    def _build_foot(self, commands: tuple[QAction, ...]) -> QHBoxLayout:
        self.display_box = QComboBox()
        for words, display in (
            (self.tr("Strokes shown"), Display.SHOWN),
            (self.tr("Strokes dimmed"), Display.DIMMED),
            (self.tr("Strokes hidden"), Display.HIDDEN),
        ):
            self.display_box.addItem(words, display)
        self.display_box.setAccessibleName(self.tr("Strokes over the photo"))
        self.display_box.setToolTip(self.tr("How much of the strokes is seen over the photo (O)"))
        self.display_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.display_box.activated.connect(self._on_display)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        foot.addWidget(self.display_box, 1)
        for action in commands:
            button = QToolButton()
            button.setObjectName("flat")
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            foot.addWidget(button)
        return foot

    # -- showing ------------------------------------------------------------------------------------------

    def set_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        self._following = True
        self.model.set_strokes(strokes)
        self._following = False
        self.stack.setCurrentWidget(self.view if strokes else self.empty)
        self._show_selection()

    def set_display(self, display: Display) -> None:
        with QSignalBlocker(self.display_box):
            self.display_box.setCurrentIndex(self.display_box.findData(display))

    def _show_selection(self) -> None:
        """Mark the selected strokes' rows, a run of them at a time."""
        if self._following:
            return
        chosen = {id(stroke) for stroke in self._selection.strokes}
        rows = [row for row in range(self.model.rowCount()) if id(self.model.stroke(row)) in chosen]
        marked = QItemSelection()
        first = last = None
        for row in [*rows, None]:
            if first is not None and last is not None and row != last + 1:
                marked.select(self.model.index(first), self.model.index(last))
                first = row
            first = row if first is None else first
            last = row
        self._following = True
        picked = self.view.selectionModel()
        picked.select(marked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows and picked.currentIndex().row() not in rows:
            picked.setCurrentIndex(self.model.index(rows[0]), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(self.model.index(rows[0]))
        self._following = False

    # -- what the user does -------------------------------------------------------------------------------

    def _on_selected(self) -> None:
        if self._following:
            return
        rows = sorted((index.row() for index in self.view.selectedIndexes()), reverse=True)
        self._following = True
        self._selection.set(self.model.stroke(row) for row in rows)
        self._following = False

    def _on_dropped(self, before: int) -> None:
        rows = sorted(index.row() for index in self.view.selectedIndexes())
        dragged = [self.model.stroke(row) for row in rows]
        order = [self.model.stroke(row) for row in range(self.model.rowCount()) if row not in set(rows)]
        place = before - sum(row < before for row in rows)
        order[place:place] = dragged
        self.reordered.emit(tuple(reversed(order)))

    def _on_display(self, _index: int) -> None:
        self.display_chosen.emit(self.display_box.currentData())

    def _ask_for_menu(self, at: QPoint) -> None:
        if self.view.indexAt(at).isValid():
            self.menu_requested.emit(self.view.viewport().mapToGlobal(at))
