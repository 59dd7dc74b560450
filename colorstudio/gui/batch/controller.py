"""Many photos in the window: opens folders, keeps what was done to each photo, colours and exports all."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from colorstudio.document.document import DocumentState
from colorstudio.gui.batch.folders import FolderOpener
from colorstudio.gui.batch.model import PhotosModel
from colorstudio.gui.batch.photos import Batch, Status
from colorstudio.gui.batch.running import RunsController
from colorstudio.gui.batch.strip import Filmstrip
from colorstudio.gui.batch.thumbnails import Thumbnails, scaled_down
from colorstudio.gui.batch.words import batch_words
from colorstudio.gui.loading import OpenedPhoto, PhotoSource
from colorstudio.gui.messages import Message, Remedy, Severity, words_for
from colorstudio.gui.session import Activity, Task

if TYPE_CHECKING:
    from colorstudio.gui.backend import ColouringResult
    from colorstudio.gui.canvas.picture import Picture
    from colorstudio.gui.main_window import MainWindow

# The batch goes on when the person at the screen has been waiting for nothing this long: who paints
# stroke after stroke never waits for it.
QUIET_MS = 1500
# A held key runs through the strip; the photo that it stops at is opened.
_OPEN_AFTER_MS = 100
_THUMBNAIL_AFTER_MS = 300
_ACTIONS = ("next_photo", "previous_photo", "colour_all", "export_all", "stop_batch", "batch_failures")


class BatchController(QObject):
    """The strip of one window and what is done with its photos."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._batch: Batch | None = None
        self._untouched: DocumentState | None = None  # the photo in the window as nobody has changed it
        self._picture: Picture | None = None
        self._drawing = False
        self.thumbnails = Thumbnails(self._session.new_lane("thumbnails"), self)
        self.thumbnails.failed.connect(self._on_thumbnail_failed)
        self._folders = FolderOpener(window)
        self._folders.found.connect(self._set_batch)
        self.model = PhotosModel(self)
        actions = window.actions_by_name
        self.strip = Filmstrip(
            self.model, self.thumbnails, actions["colour_all"], actions["export_all"], actions["filmstrip"]
        )
        window.set_filmstrip(self.strip)
        self.runs = RunsController(self, window)
        self._timers()
        self._connect()
        self.show()

    def _timers(self) -> None:
        self.quiet_timer = self._timer(QUIET_MS, self.runs.runner.courtesy.go_on)
        self._open_timer = self._timer(_OPEN_AFTER_MS, self._open_current)
        self._thumbnail_timer = self._timer(_THUMBNAIL_AFTER_MS, self._take_thumbnail)

    def _timer(self, after_ms: int, call: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(call)
        return timer

    def _connect(self) -> None:
        actions, settings = self._window.actions_by_name, self._window.settings
        for name, method in (
            ("open_folder", self._folders.choose),
            ("next_photo", partial(self.strip.step, 1)),
            ("previous_photo", partial(self.strip.step, -1)),
        ):
            actions[name].triggered.connect(partial(_call, method))
        actions["filmstrip"].setChecked(settings.filmstrip_shown)
        actions["filmstrip"].toggled.connect(self._on_strip_toggled)
        if settings.filmstrip_height:
            self.strip.set_row_height(settings.filmstrip_height)
        self.strip.photo_chosen.connect(self._open_timer.start)
        self.strip.left.connect(self._window.canvas.setFocus)
        self.strip.row_height_changed.connect(self._on_height_changed)
        self._window.opener.several.connect(self.open_paths)
        self._window.opener.listed_as = self._listed_as
        session = self._session
        session.opened.connect(self._on_opened)
        session.edited.connect(self._on_edited)
        session.coloured.connect(self._on_coloured)
        session.rendered.connect(self._on_rendered)
        session.failed.connect(self._on_failed)
        session.closed.connect(self._on_closed)
        session.activity_changed.connect(self._on_activity)
        session.drawing.connect(self._on_drawing)

    # -- state --------------------------------------------------------------------------------------------

    @property
    def batch(self) -> Batch | None:
        return self._batch

    @property
    def running(self) -> bool:
        """Whether photos are being coloured or exported."""
        return self.runs.runner.run is not None

    @property
    def shown_row(self) -> int | None:
        """Row of the photo in the window."""
        photo = self._session.photo
        return (
            self._batch.row_of(photo.source.path) if self._batch is not None and photo is not None else None
        )

    # -- opening ------------------------------------------------------------------------------------------

    def open_paths(self, paths: list[Path]) -> None:
        """Open folders, or several photos, as a strip."""
        if not self.running:
            self._folders.look_through(paths)
            return
        words = self.tr("Photos are being worked on. Stop that before opening others.")
        remedy = Remedy(self.tr("Stop it and open"), partial(self._stop_and_open, paths))
        self._window.tell(Message(words, Severity.WARNING, (remedy,), topic="open"))

    def _stop_and_open(self, paths: list[Path]) -> None:
        if self.running:
            self.runs.stop(partial(self._folders.look_through, paths))
        else:
            self._folders.look_through(paths)

    def _set_batch(self, batch: Batch | None) -> None:
        """Show the photos of a batch, the first of them in the window; or no strip any more."""
        self._batch = batch
        self.thumbnails.clear()
        self.runs.forget()
        if batch is not None:
            self._take_up_states(batch)
        self.model.set_batch(batch)
        self.show()
        if batch is not None:
            shown = self.shown_row
            self.model.set_shown(shown)
            self.strip.select(shown or 0)
            self._open_current()

    def _take_up_states(self, batch: Batch) -> None:
        """What was done to photos of the batch before it was opened."""
        states = self._window.keeping.set_aside
        document, photo = self._session.document, self._session.photo
        self._untouched = None
        if document is not None and photo is not None and photo.source.path is not None:
            if self._window.keeping.unsaved:
                states[photo.source.path] = document.state
            else:
                self._untouched = document.state
        for path, state in states.items():
            row = batch.row_of(path)
            if row is not None:
                batch.change(row, state=state)

    def show_photo(self, row: int) -> None:
        """Have a photo in the window."""
        self.strip.select(row)
        self._open_current()

    def _open_current(self) -> None:
        row = self.strip.current_row
        already_there = row == self.shown_row and not self._session.is_busy(Task.OPEN)
        if self._batch is None or row is None or already_there:
            return
        photo = self._batch.photos[row]
        source = replace(PhotoSource.of_file(photo.path), state=photo.state)
        if self.shown_row is None:
            self._window.opener.open_source(source)  # which may ask what becomes of the photo at hand
        else:
            self._session.open(source)

    def _listed_as(self, path: Path) -> Path:
        batch = self._batch
        return (
            batch.folder
            if batch is not None and batch.from_folder and batch.row_of(path) is not None
            else path
        )

    # -- what the session says ----------------------------------------------------------------------------

    def _on_opened(self, opened: OpenedPhoto) -> None:
        self._picture = None
        if self._batch is None:
            return
        row = self._batch.row_of(opened.source.path)
        if row is None and not self.running:
            self._set_batch(None)  # a photo opened by itself
            return
        self.model.set_shown(row)
        document = self._session.document
        if row is None or document is None:
            return
        self._untouched = document.state if self._batch.photos[row].state is None else None
        self.model.change(row, failure="")
        if self.strip.current_row != row and not self._open_timer.isActive():
            self.strip.select(row)
        self.show()

    def _on_edited(self) -> None:
        row, document = self.shown_row, self._session.document
        if row is not None and document is not None:
            state = None if document.state == self._untouched else document.state
            self.model.change(row, state=state)
            self.show()

    def _on_coloured(self, colouring: ColouringResult | None) -> None:
        row = self.shown_row
        if row is not None and colouring is not None:
            self.model.change(row, coloured=True, failure="")
            self.show()

    def _on_rendered(self, picture: Picture | None) -> None:
        self._picture = picture
        if picture is not None and self.shown_row is not None:
            self._thumbnail_timer.start()

    def _take_thumbnail(self) -> None:
        """What the canvas shows is the best thumbnail there is."""
        row = self.shown_row
        if self._batch is not None and row is not None and self._picture is not None:
            self.thumbnails.put(self._batch.photos[row].path, scaled_down(self._picture.levels[-1]))

    def _on_failed(self, task: Task, error: Exception) -> None:
        path = None
        if task is Task.OPEN and self._session.opening is not None:
            path = self._session.opening.path
        elif task is Task.COLOUR and self._session.photo is not None:
            path = self._session.photo.source.path
        row = self._batch.row_of(path) if self._batch is not None else None
        if row is not None:
            self.model.change(row, failure=words_for(error, self.tr("opening the photo")))
            self.show()

    def _on_closed(self) -> None:
        self._picture = None
        if not self.running:
            self._set_batch(None)
        else:
            self.model.set_shown(None)

    def _on_activity(self, activity: Activity | None) -> None:
        self._step_back(activity is not None or self._drawing)

    def _on_drawing(self, drawing: bool) -> None:
        self._drawing = drawing
        self._step_back(drawing or self._session.activity is not None)

    def _step_back(self, others_first: bool) -> None:
        """The photo in the window comes before the batch."""
        if others_first:
            self.quiet_timer.stop()
            self.runs.runner.courtesy.hold_back()
        else:
            self.quiet_timer.start()

    def _on_thumbnail_failed(self, path: Path, error: Exception) -> None:
        row = self._batch.row_of(path) if self._batch is not None else None
        if row is not None:
            self.model.change(row, failure=words_for(error, self.tr("reading the photo")))
            self.show()

    # -- what the window shows ----------------------------------------------------------------------------

    def _on_strip_toggled(self, shown: bool) -> None:
        self._window.settings.filmstrip_shown = shown
        self.show()

    def _on_height_changed(self, height: int) -> None:
        self._window.settings.filmstrip_height = height

    def show(self) -> None:
        """Strip and commands as the batch is."""
        batch, actions, running = self._batch, self._window.actions_by_name, self.running
        for name in _ACTIONS:
            actions[name].setEnabled(batch is not None)
        actions["filmstrip"].setEnabled(batch is not None)
        if batch is not None:
            failed = batch.counts[Status.FAILED]
            actions["batch_failures"].setEnabled(failed > 0)
            actions["stop_batch"].setEnabled(running)
            for name in ("colour_all", "export_all"):
                actions[name].setEnabled(not running)
            self.strip.show_batch(batch.title, batch_words(batch), failed)
            self.runs.failures_changed()
        if not running:
            self.strip.show_run("", None)
        self.strip.setVisible(batch is not None and actions["filmstrip"].isChecked())


def _call(method: object, _checked: bool = False) -> None:
    """`triggered` carries a flag that most methods have no use for."""
    method()  # type: ignore[operator]
