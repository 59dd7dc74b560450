"""A window of colour photos to take colours from, each on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.document.chosen_colour import Rgb
from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.tools.eyedropper import EyedropperTool
from colorstudio.gui.desktop import can_take, files_in, picture_in
from colorstudio.gui.jobs import Lane
from colorstudio.gui.loading import PhotoSource
from colorstudio.gui.messages import words_for
from colorstudio.gui.panels.colour.reference_photo import ReferencePhoto, UnreadPhoto, read_references
from colorstudio.gui.photo_dialog import ask_for_photos
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.theme import GRID, dim, set_icon, set_surround

MOST_REFERENCES = 12
_LONGEST_TITLE = 18


class ReferenceWindow(QWidget):
    """Photos are opened, dropped or pasted here; a click takes a colour. They are never coloured or changed.

    Signals
    -------
    picked
        sRGB of 0 to 255, and the number of the gesture.
    like_wanted
        The `PhotoSource` of the one that is shown: the photo at hand is to be coloured like it.
    """

    picked = Signal(object, int)
    like_wanted = Signal(object)

    def __init__(self, lane: Lane, settings: WindowSettings, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._lane = lane
        self._settings = settings
        self._awaited: list[PhotoSource] = []
        self._sources: dict[QWidget | None, PhotoSource] = {}  # of the pages
        self._problems: list[str] = []  # since something was opened last
        self.setObjectName("referenceWindow")
        self.setWindowTitle(self.tr("Reference photos"))
        self.setAcceptDrops(True)
        self.resize(560, 480)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setMovable(True)
        self.tabs.setAccessibleName(self.tr("Reference photos"))
        self.invitation = QLabel(
            self.tr("Open or drop colour photos here, and take colours from them: a click is enough.")
        )
        self.invitation.setWordWrap(True)
        self.invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.invitation.setMargin(4 * GRID)
        dim(self.invitation)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.invitation)
        self.stack.addWidget(self.tabs)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)  # names of files are not markup
        self.words.setWordWrap(True)
        dim(self.words)
        self.open_button = QPushButton(self.tr("&Open…"))
        self.open_button.clicked.connect(self._choose)
        foot = QHBoxLayout()
        foot.setContentsMargins(GRID, GRID, GRID, GRID)
        self.like_button = QPushButton(self.tr("Colour &like this"))
        self.like_button.setToolTip(
            self.tr("Give the things in your photo the colours that like things have in this one")
        )
        self.like_button.clicked.connect(self._on_like)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.like_button)
        foot.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
        lane.delivered.connect(self._on_read)
        lane.failed.connect(self._on_failed)
        self._show_words()

    # -- opening ------------------------------------------------------------------------------------------

    def open_photos(self, sources: Iterable[PhotoSource]) -> None:
        """Read photos on another thread; each comes up as soon as it is there."""
        self._problems.clear()
        for source in sources:
            if len(self._awaited) + self.tabs.count() >= MOST_REFERENCES:
                words = self.tr("Only {count} reference photos fit: close some first.")
                self._problems.append(words.format(count=MOST_REFERENCES))
                break
            self._awaited.append(source)
        self._show_words()
        if self._awaited:
            # What is being read is read anew if need be: what the lane had delivered of it is shown already.
            self._lane.submit(partial(read_references, tuple(self._awaited)))

    def _choose(self) -> None:
        title, folder = self.tr("Open reference photos"), self._settings.open_folder
        ask_for_photos(self, title, folder, self._chosen, several=True)

    def _chosen(self, paths: list[Path]) -> None:
        self.open_photos([PhotoSource.of_file(path) for path in paths])

    def take(self, data: QMimeData) -> None:
        """What was dropped or pasted."""
        picture = picture_in(data, self.tr("Pasted photo"))
        sources = [PhotoSource.of_file(path) for path in files_in(data)]
        if not sources and picture is not None:
            sources = [picture]
        if sources:
            self.open_photos(sources)
        else:
            self._problems = [self.tr("That is no photo on this computer: save it as a file first.")]
            self._show_words()

    def _on_read(self, read: ReferencePhoto | UnreadPhoto) -> None:
        if read.source in self._awaited:
            self._awaited.remove(read.source)
        if isinstance(read, UnreadPhoto):
            doing = self.tr("opening {name}").format(name=read.source.name)
            self._problems.append(words_for(read.error, doing))
            self._show_words()
            return
        canvas = Canvas()
        set_surround(canvas)
        canvas.setAccessibleName(read.source.name)
        canvas.tool = EyedropperTool(self._on_picked)
        canvas.set_before(read.picture)
        title = self.fontMetrics().elidedText(
            read.source.name,
            Qt.TextElideMode.ElideMiddle,
            self.fontMetrics().averageCharWidth() * _LONGEST_TITLE,
        )
        self._sources[canvas] = read.source
        index = self.tabs.addTab(canvas, title.replace("&", "&&"))
        self.tabs.tabBar().setTabButton(index, QTabBar.ButtonPosition.RightSide, self._close_button(canvas))
        self.tabs.setTabToolTip(index, str(read.source.path or read.source.name))
        self.tabs.setCurrentIndex(index)
        self.stack.setCurrentWidget(self.tabs)
        self._show_words()
        canvas.setFocus()

    def _on_like(self) -> None:
        source = self._sources.get(self.tabs.currentWidget())
        if source is not None:
            self.like_wanted.emit(source)

    def _on_failed(self, error: Exception) -> None:
        self._awaited.clear()
        self._problems.append(words_for(error, self.tr("opening reference photos")))
        self._show_words()

    def _on_picked(self, rgb: Rgb, gesture: int) -> None:
        self.picked.emit(rgb, gesture)

    def _close_button(self, canvas: Canvas) -> QToolButton:
        button = QToolButton()
        button.setObjectName("flat")
        set_icon(button, "close", 12)
        button.setIconSize(QSize(12, 12))
        words = self.tr("Close {name}").format(name=canvas.accessibleName())
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._close_canvas, canvas))
        return button

    def _close_canvas(self, canvas: Canvas, _checked: bool = False) -> None:
        self.close_photo(self.tabs.indexOf(canvas))

    def close_photo(self, index: int) -> None:
        canvas = self.tabs.widget(index)
        self.tabs.removeTab(index)
        self._sources.pop(canvas, None)
        if canvas is not None:
            canvas.deleteLater()
        if not self.tabs.count():
            self.stack.setCurrentWidget(self.invitation)
        self._show_words()

    def _show_words(self) -> None:
        self.like_button.setEnabled(self.tabs.count() > 0)
        if self._problems:
            self.words.setText("\n".join(self._problems))
        elif self._awaited:
            names = ", ".join(source.name for source in self._awaited)
            self.words.setText(self.tr("Reading {names}…").format(names=names))
        elif self.tabs.count():
            self.words.setText(
                self.tr("Click or drag to take a colour; the wheel zooms, Space and drag moves.")
            )
        else:
            self.words.setText("")

    # -- events -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        if event.matches(keys.Open):
            self._choose()
        elif event.matches(keys.Paste):
            self.take(QGuiApplication.clipboard().mimeData())
        elif event.matches(keys.Close) and self.tabs.count():
            self.close_photo(self.tabs.currentIndex())
        elif event.matches(keys.Close) or event.matches(keys.Cancel):
            self.close()
        else:
            super().keyPressEvent(event)
