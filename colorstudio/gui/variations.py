"""Several colourings of the photo at hand to choose from, and the step of the history that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from colorstudio.document.document import Document
from colorstudio.document.variation import Variation
from colorstudio.gui.backend import Backend, ColouringResult, Machine
from colorstudio.gui.canvas.picture import Picture, build_picture
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.levels import level_for_pixels
from colorstudio.gui.loading import PROXY_PIXELS, OpenedPhoto
from colorstudio.gui.messages import words_for
from colorstudio.gui.model_grid.captions import Tile
from colorstudio.gui.model_grid.grid import ModelGrid
from colorstudio.gui.rendering import ColouredPhoto
from colorstudio.gui.theme import GRID, dim
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

AT_ONCE = 5  # with the likeliest one they are six
_MOST = 15
_OF_WINDOW = 0.88  # the dialog's size as a part of the window's


@dataclass(frozen=True, eq=False)
class Drawn:
    """A colouring to choose; `variation` is None for the one that the network would choose."""

    variation: Variation | None
    picture: Picture


def draw(
    backend: Backend,
    opened: OpenedPhoto,
    document: Document,
    machine: Machine,
    first: int,
    likeliest: ColouringResult | None,
    token: ProgressToken,
    deliver: Deliver,
) -> None:
    """Deliver a `Drawn` for each of some colourings as soon as it is there. Runs on a worker thread.

    Parameters
    ----------
    first
        The number of the first. Before number 1 comes the likeliest one.
    likeliest
        Where the window has it already.

    Raises
    ------
    ColorStudioError, Cancelled
    """

    def give(variation: Variation | None, colouring: ColouringResult) -> None:
        photo = ColouredPhoto(opened, colouring)
        level = level_for_pixels(photo.luminances, PROXY_PIXELS)
        pixels = photo.pixels(level, document.settings.saturation, token=token)
        deliver(Drawn(variation, build_picture(pixels, opened.photo.shape, token)))

    if first == 1:
        if likeliest is None:
            likeliest = backend.colorize(
                document, device=machine.device, working_size_px=machine.working_size_px, token=token
            )
        give(None, likeliest)
    for varied in backend.variations(
        document,
        AT_ONCE,
        first,
        device=machine.device,
        working_size_px=machine.working_size_px,
        token=token,
    ):
        token.check()
        give(varied.variation, varied.colouring)


class VariationsDialog(QDialog):
    """Tiles that can be walked by keys, one of them chosen.

    Signals
    -------
    more_wanted
        Others are to be shown, too.
    """

    more_wanted = Signal()

    def __init__(self, gray: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("variations")
        self.setWindowTitle(self.tr("Variations"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(parent.size() * _OF_WINDOW)
        self.grid = ModelGrid()
        self.grid.setAccessibleName(self.tr("The photo in several colourings"))
        self.grid.set_before(gray)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        dim(self.words)
        self.more_button = QPushButton(self.tr("Show &more"))
        self.more_button.setToolTip(self.tr("Draw other colourings, too"))
        self.more_button.setAutoDefault(False)
        self.more_button.clicked.connect(self.more_wanted)
        self.use_button = QPushButton(self.tr("&Use this one"))
        self.use_button.setObjectName("primary")
        self.use_button.setToolTip(self.tr("Colour the photo as on the chosen tile (Enter)"))
        self.use_button.setDefault(True)
        self.use_button.clicked.connect(self.accept)
        self.leave_button = QPushButton(self.tr("Back to the photo"))
        self.leave_button.setToolTip(self.tr("Leave the photo as it was (Esc)"))
        self.leave_button.setAutoDefault(False)
        self.leave_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.more_button)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.use_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, int(1.5 * GRID))
        column.setSpacing(int(1.5 * GRID))
        column.addWidget(self.grid, 1)
        column.addLayout(foot)
        self.grid.chosen.connect(self._show_use)
        self.grid.used.connect(self._use)
        self.grid.setFocus()

    def show_tiles(self, tiles: list[Tile], current: int, words: str, *, can_have_more: bool) -> None:
        self.grid.set_tiles(tiles, current)
        self.words.setText(words)
        self.more_button.setEnabled(can_have_more)
        self._show_use()

    def _show_use(self, _number: int = 0) -> None:
        tiles = self.grid.tiles
        self.use_button.setEnabled(bool(tiles) and tiles[self.grid.current].picture is not None)

    def _use(self) -> None:
        if self.use_button.isEnabled():
            self.accept()


class VariationsController(QObject):
    """Has colourings drawn while the dialog is open, and makes the chosen one a step of the history."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = session = window.session
        self._action = window.actions_by_name["variations"]
        self._lane = session.new_lane("variations")
        self.dialog: VariationsDialog | None = None
        self._snapshot: Document | None = None
        self._drawn: list[Drawn] = []
        self._awaited = 0  # how many tiles there will be
        self._able = True
        self._action.triggered.connect(partial(_call, self.show))
        self._lane.delivered.connect(self._on_drawn)
        self._lane.finished.connect(self._on_finished)
        self._lane.failed.connect(self._on_failed)
        for changed in (session.opened, session.closed, session.edited):
            changed.connect(self._on_changed)
        session.prepared.connect(self._on_changed)
        self._show_action()

    def set_able(self, able: bool) -> None:
        """Whether the network at hand has variations."""
        self._able = able
        self._show_action()

    def _show_action(self) -> None:
        document = self._session.document
        self._action.setEnabled(document is not None and document.settings.mode != "scribbles" and self._able)

    def _on_changed(self, *_: object) -> None:
        """Tiles of another photo or of other strokes are of no use."""
        if self.dialog is not None:
            self.dialog.reject()
        self._show_action()

    # -- drawing ------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Open the dialog; tiles come up as they are drawn."""
        document, opened = self._session.document, self._session.photo
        if document is None or opened is None or self.dialog is not None:
            return
        settings = replace(document.settings, variation=None)
        self._snapshot = Document(opened.photo, settings, document.strokes)
        self._drawn, self._awaited = [], 0
        dialog = self.dialog = VariationsDialog(opened.gray, self._window)
        dialog.more_wanted.connect(self._draw_more)
        dialog.finished.connect(self._on_done)
        self._draw_more()
        dialog.open()

    def _draw_more(self) -> None:
        opened, document = self._session.photo, self._session.document
        if opened is None or document is None or self._snapshot is None:
            return
        first = max(self._awaited, 1)  # the likeliest has no number
        self._awaited = first + AT_ONCE
        likeliest = self._session.colouring if document.settings.variation is None else None
        self._lane.submit(
            partial(
                draw,
                self._session.backend,
                opened,
                self._snapshot,
                self._session.machine,
                first,
                likeliest,
            )
        )
        self._show()

    def _on_drawn(self, drawn: Drawn) -> None:
        if self.dialog is not None:
            self._drawn.append(drawn)
            self._show()

    def _on_finished(self, _nothing: object) -> None:
        self._show()

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None:
            self._awaited = len(self._drawn)
            self._show(words_for(error, self.tr("drawing variations")))

    def _show(self, problem: str = "") -> None:
        if self.dialog is None:
            return
        tiles = [self._tile(number) for number in range(self._awaited)]
        under_way = len(self._drawn) < self._awaited
        words = self.tr("Arrow keys choose, the wheel zooms, B shows the photo without colours.")
        if under_way:
            words = self.tr("{done} of {count} are there").format(done=len(self._drawn), count=self._awaited)
        self.dialog.show_tiles(
            tiles,
            self.dialog.grid.current,
            problem or words,
            can_have_more=not under_way and bool(tiles) and self._awaited <= _MOST,
        )

    def _tile(self, number: int) -> Tile:
        """What is known of one; number 0 is the likeliest."""
        title = self.tr("Variation {number}").format(number=number) if number else self.tr("The likeliest")
        facts = "" if number else self.tr("What the network would choose")
        if number >= len(self._drawn):
            waiting = self.tr("Colouring…") if number == len(self._drawn) else self.tr("Waiting")
            return Tile(title, facts, state=waiting)
        drawn = self._drawn[number]
        document = self._session.document
        in_use = document is not None and document.settings.variation == drawn.variation
        return Tile(title, facts, self.tr("in use") if in_use else "", drawn.picture)

    # -- choosing -----------------------------------------------------------------------------------------

    def _on_done(self, result: int) -> None:
        dialog, drawn = self.dialog, self._drawn
        self.dialog, self._drawn, self._snapshot = None, [], None
        self._lane.drop()
        if dialog is None or result != QDialog.DialogCode.Accepted or dialog.grid.current >= len(drawn):
            return
        variation = drawn[dialog.grid.current].variation
        name = self.tr("the likeliest colours")
        if variation is not None:
            name = self.tr("variation {number}").format(number=variation.number)
        self._session.change_settings(name, variation=variation)


def _call(method: Callable[[], None], _checked: bool = False) -> None:
    method()
