"""Comparing models: shows the page, has its tiles coloured, and uses the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

from colorstudio.document.document import Document
from colorstudio.gui.backend import Catalogue, ModelChoice
from colorstudio.gui.model_grid.captions import Tile
from colorstudio.gui.model_grid.page import ModelGridPage
from colorstudio.gui.model_grid.subjects import Subject, subjects_for
from colorstudio.gui.model_grid.words import details_words, facts_of_tile, title_words
from colorstudio.gui.model_grid.working import TileWorker
from colorstudio.gui.results import ResultKey
from colorstudio.gui.temporary_page import TemporaryPage

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_SHARPEN_AFTER_MS = 80
# Commands whose effect is seen on the canvas or beside it.
_OF_CANVAS = ("gray", "split", "side_by_side", "levels")


class ModelGridController(TemporaryPage):
    """Everything that the tiles show follows from the document, what is checked, and the results so far.

    Results outlive the page until there is another photo: back from the canvas, all tiles are there at once.
    """

    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)

    def __init__(self, window: MainWindow) -> None:
        page = ModelGridPage()
        super().__init__(window, page, page.grid)
        self._action = window.actions_by_name["compare_models"]
        self.grid, self.chooser = page.grid, page.chooser
        self._worker = TileWorker(window.session, self)
        self.models: tuple[ModelChoice, ...] = ()
        self._unchecked = set(window.settings.not_compared)
        self._shown: list[Subject] = []
        self._current = ""  # the id of the chosen subject
        self.active = False
        self._sharpening = QTimer(self)
        self._sharpening.setSingleShot(True)
        self._sharpening.setInterval(_SHARPEN_AFTER_MS)
        self._sharpening.timeout.connect(self._sharpen)
        self._connect()
        self._update_action()

    def _connect(self) -> None:
        window, session = self._window, self._session
        self._action.triggered.connect(self._toggle)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.used.connect(self.use)
        self.grid.view_changed.connect(self._sharpening.start)
        self.chooser.choice_changed.connect(self._on_choice)
        self.chooser.gone_to.connect(self._go_to)
        self.chooser.strokes_toggled.connect(self._refresh)
        self.chooser.applied.connect(self.use)
        self.chooser.left.connect(self.leave)
        self._worker.coloured.connect(self._refresh)
        self._worker.sharpened.connect(self._show_tiles)
        session.catalogued.connect(self._on_catalogued)
        session.edited.connect(self._on_edited)
        session.coloured.connect(self._refresh)
        for changed in (session.opened, session.closed, session.prepared):
            changed.connect(self._on_other_photo)
        window.stack.currentChanged.connect(self._on_page)
        window.tool_palette.actionTriggered.connect(self._on_command)
        window.tool_bar.before_button.pressed.connect(partial(self.grid.hold_before, True))
        window.tool_bar.before_button.released.connect(partial(self.grid.hold_before, False))
        for name in _OF_CANVAS:
            window.actions_by_name[name].triggered.connect(self.leave)

    # -- in and out ---------------------------------------------------------------------------------------

    def _toggle(self, _checked: bool = False) -> None:
        if self.active:
            self.leave()
        else:
            self.begin()

    def begin(self) -> None:
        """Show the page."""
        document, opened = self._session.document, self._session.photo
        if document is None or opened is None or self.active:
            return
        self._window.preparing.cropping.leave()
        self._window.canvas.finish_tool()
        self.active = True
        self._worker.retry()
        if all(subject.id in self._unchecked for subject in self._all()):
            self._unchecked.clear()
        present = (subject.id for subject in self._all() if subject.is_present(document, self.models))
        self._current = next(present, "")
        self.grid.set_before(opened.gray)
        self._set_subjects()
        self._show_surroundings(False)
        self._take_place()
        self._refresh()

    def leave(self, _what: object = None) -> None:
        """Back to the canvas, with the photo as it was."""
        if not self.active:
            return
        self._end()
        self._give_place()

    def use(self) -> None:
        """Have the photo coloured by the chosen one, in one step of the history."""
        document, subject = self._session.document, self._chosen()
        if not self.active or document is None or subject is None or not subject.can_be_used:
            return
        self.leave()
        if subject.is_present(document, self.models):
            return
        self._hand_over(document, subject)
        name = self.tr("strokes alone") if subject.spreads_strokes else self.tr("choice of model")
        self._session.change_settings(name, **subject.choice(document))

    def _hand_over(self, document: Document, subject: Subject) -> None:
        """Colours that are here already need not be worked out again for the canvas."""
        asked = subject.asked(document, with_strokes=self._with_strokes)
        tile = self._worker.result(asked) if asked is not None else None
        if asked is None or tile is None or tile.coloured is None:
            return
        wanted = Document(document.photo, asked.settings, document.strokes)
        if ResultKey(wanted, self._session.machine) == tile.coloured.key:
            self._session.results.put(tile.coloured)

    def _end(self) -> None:
        self.active = False
        self._let_keys_go()
        self._worker.stop()
        self._sharpening.stop()
        self.grid.clear()
        self._show_surroundings(True)
        self._window.zooming.show()

    def _show_surroundings(self, shown: bool) -> None:
        """The side panel and the tools are for the canvas; what they take is room for tiles."""
        panel = self._window.actions_by_name["panel"]
        panel.setEnabled(shown)
        self._window.panel.setVisible(shown and panel.isChecked())
        self._window.tool_palette.setVisible(shown)

    def _on_page(self, _index: int) -> None:
        if self.active and self._window.stack.currentWidget() is not self._page:
            self._end()  # something else has taken its place

    def _on_command(self, _action: QAction) -> None:
        self.leave()  # a tool of the canvas is wanted

    def _on_other_photo(self, *_: object) -> None:
        self.leave()
        self._worker.clear()
        self._update_action()

    def _update_action(self) -> None:
        self._action.setEnabled(self._session.document is not None)

    # -- what is compared ---------------------------------------------------------------------------------

    def _on_catalogued(self, catalogue: Catalogue) -> None:
        self.models = catalogue.models
        if self.active:
            self._set_subjects()
            self._refresh()

    def _on_edited(self) -> None:
        if self.active:
            self._set_subjects()
            self._refresh()

    def _all(self) -> tuple[Subject, ...]:
        document = self._session.document
        return subjects_for(self.models, strokes=document is not None and bool(document.strokes))

    def _set_subjects(self) -> None:
        document = self._session.document
        subjects = self._all()
        titles = {subject.id: title_words(subject) for subject in subjects}
        checked = titles.keys() - self._unchecked
        strokes = document is not None and bool(document.strokes)
        self.chooser.set_subjects(self.models, titles, checked, strokes=strokes)

    def _on_choice(self, checked: frozenset[str]) -> None:
        for subject in self._all():
            if subject.id in checked:
                self._unchecked.discard(subject.id)
            else:
                self._unchecked.add(subject.id)
        self._window.settings.not_compared = frozenset(self._unchecked)
        self._refresh()

    def _chosen(self) -> Subject | None:
        return next((subject for subject in self._shown if subject.id == self._current), None)

    def _on_chosen(self, number: int) -> None:
        self._current = self._shown[number].id
        self.chooser.go_to(self._current)
        self._show_chosen()

    def _go_to(self, subject_id: str) -> None:
        ids = [subject.id for subject in self._shown]
        if subject_id in ids:
            self.grid.choose(ids.index(subject_id))

    # -- what is seen -------------------------------------------------------------------------------------

    def _refresh(self, _what: object = None) -> None:
        """Show the tiles as they are now, and have those coloured that are not."""
        document = self._session.document
        if not self.active or document is None:
            return
        self._shown = [subject for subject in self._all() if subject.id not in self._unchecked]
        ids = [subject.id for subject in self._shown]
        if ids and self._current not in ids:
            self._current = ids[min(self.grid.current, len(ids) - 1)]
        # The chosen one first; strokes alone may take longer than all models together.
        ordered = sorted(self._shown, key=lambda one: (one.id != self._current, one.spreads_strokes))
        self._worker.colour(self._asked_of(ordered))
        self._show_tiles()
        if not self.chooser.list.hasFocus():  # who checks boxes by keys stays where they are
            self.chooser.go_to(self._current)
        self._sharpening.start()

    def _show_tiles(self) -> None:
        document = self._session.document
        if not self.active or document is None:
            return
        ids = [subject.id for subject in self._shown]
        tiles = [self._tile(subject, document) for subject in self._shown]
        self.grid.set_tiles(tiles, ids.index(self._current) if self._current in ids else 0)
        asked = self._asked_of(self._shown)
        done = sum(self._worker.result(one) is not None for one in asked)
        self.chooser.show_progress(done, len(asked), sum(bool(tile.error) for tile in tiles))
        self._show_chosen()

    def _show_chosen(self) -> None:
        subject = self._chosen()
        error = self.grid.tiles[self.grid.current].error if self.grid.tiles else ""
        details = (*details_words(subject), error) if subject is not None else ()
        self.chooser.show_chosen(
            title_words(subject) if subject is not None else "",
            "\n".join(line for line in details if line),
            can_be_used=subject is not None and subject.can_be_used and not error,
        )

    def _tile(self, subject: Subject, document: Document) -> Tile:
        asked = subject.asked(document, with_strokes=self._with_strokes)
        mark = self.tr("in use") if subject.is_present(document, self.models) else ""
        if asked is None:
            return Tile(title_words(subject), self.tr("as it is"), mark, self.grid.before)
        result, error = self._worker.result(asked), self._worker.error(asked)
        waiting = result is None and not error
        state = self.tr("Colouring…") if self._worker.is_under_way(asked) else self.tr("Waiting")
        facts = facts_of_tile(
            subject,
            self._worker.seconds(result) if result is not None else None,
            takes_strokes=bool(asked.strokes) if document.strokes else None,
        )
        picture = result.picture if result is not None else None
        return Tile(title_words(subject), facts, mark, picture, state if waiting else "", error)

    @property
    def _with_strokes(self) -> bool:
        return self.chooser.strokes_box.isChecked()

    def _asked_of(self, subjects: Sequence[Subject]) -> list[Document]:
        """What is to be coloured for them."""
        document = self._session.document
        if document is None:
            return []
        asked = (subject.asked(document, with_strokes=self._with_strokes) for subject in subjects)
        return [one for one in asked if one is not None]

    def _sharpen(self) -> None:
        if self.active:
            self._worker.sharpen(self._asked_of(self._shown), self.grid.view)

    # -- keys ---------------------------------------------------------------------------------------------

    def press(self, key: Qt.Key) -> None:
        focus = self._window.focusWidget()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif isinstance(focus, QAbstractButton):
            focus.click()
        else:
            self.use()
