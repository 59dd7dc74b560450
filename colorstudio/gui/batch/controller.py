"""Many photos in the window: opens folders, keeps what was done to each photo, colours and exports all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from colorstudio.document.document import Document, DocumentState
from colorstudio.gui.batch.export_all_dialog import ExportAll, ExportAllDialog
from colorstudio.gui.batch.failures import FailuresDialog
from colorstudio.gui.batch.folders import FolderOpener
from colorstudio.gui.batch.model import PhotosModel
from colorstudio.gui.batch.photos import Batch, Status, Work
from colorstudio.gui.batch.runs import BatchRunner, Failure, Run, RunKind, plan_export
from colorstudio.gui.batch.strip import Filmstrip
from colorstudio.gui.batch.thumbnails import Thumbnails, scaled_down
from colorstudio.gui.batch.words import batch_words, outcome_words, run_words
from colorstudio.gui.batch.work import JobResult, PhotoJob
from colorstudio.gui.desktop import show_in_folder
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
_TOPIC = "batch"
_ACTIONS = ("next_photo", "previous_photo", "colour_all", "export_all", "stop_batch", "batch_failures")


class BatchController(QObject):
    """The strip of one window and what is done with its photos."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._batch: Batch | None = None
        self._untouched: DocumentState | None = None  # the photo in the window as nobody has changed it
        self._then: Callable[[], None] | None = None  # to be done when a run has stopped
        self._last_run: Run | None = None
        self._picture: Picture | None = None
        self.failures_dialog: FailuresDialog | None = None
        self.export_dialog: ExportAllDialog | None = None

        self.thumbnails = Thumbnails(self._session.new_lane("thumbnails"), self)
        self.thumbnails.failed.connect(self._on_thumbnail_failed)
        self.runner = BatchRunner(
            self._session.backend, self._session.new_lane("batch"), self._job, self._words, self
        )
        self._folders = FolderOpener(window)
        self._folders.found.connect(self._set_batch)
        self._plan_lane = self._session.new_lane("plan")
        self.model = PhotosModel(self)
        actions = window.actions_by_name
        self.strip = Filmstrip(
            self.model, self.thumbnails, actions["colour_all"], actions["export_all"], actions["filmstrip"]
        )
        window.set_filmstrip(self.strip)
        self._timers()
        self._connect()
        self._show()

    def _timers(self) -> None:
        self.quiet_timer = self._timer(QUIET_MS, self.runner.courtesy.go_on)
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
            ("colour_all", self.colour_all),
            ("export_all", self.ask_export),
            ("stop_batch", self.stop),
            ("batch_failures", self.show_failures),
        ):
            actions[name].triggered.connect(partial(_call, method))
        actions["filmstrip"].setChecked(settings.filmstrip_shown)
        actions["filmstrip"].toggled.connect(self._on_strip_toggled)
        if settings.filmstrip_height:
            self.strip.set_row_height(settings.filmstrip_height)
        self.strip.photo_chosen.connect(self._open_timer.start)
        self.strip.stop_requested.connect(self.stop)
        self.strip.failures_requested.connect(self.show_failures)
        self.strip.left.connect(self._window.canvas.setFocus)
        self.strip.row_height_changed.connect(self._on_height_changed)
        self._window.opener.several.connect(self.open_paths)
        self._window.opener.listed_as = self._listed_as
        self._plan_lane.finished.connect(self._start)
        runner, session = self.runner, self._session
        runner.started.connect(self._on_run_started)
        runner.finished.connect(self._on_run_finished)
        runner.photo_started.connect(self._on_photo_started)
        runner.photo_progressed.connect(self._on_photo_progressed)
        runner.photo_done.connect(self._on_photo_done)
        runner.photo_failed.connect(self._on_photo_failed)
        runner.disk_full.connect(self._on_disk_full)
        session.opened.connect(self._on_opened)
        session.edited.connect(self._on_edited)
        session.coloured.connect(self._on_coloured)
        session.rendered.connect(self._on_rendered)
        session.failed.connect(self._on_failed)
        session.closed.connect(self._on_closed)
        session.activity_changed.connect(self._on_activity)

    # -- state --------------------------------------------------------------------------------------------

    @property
    def batch(self) -> Batch | None:
        return self._batch

    @property
    def running(self) -> bool:
        """Whether photos are being coloured or exported."""
        return self.runner.run is not None

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
            self._then = partial(self._folders.look_through, paths)
            self.stop()
        else:
            self._folders.look_through(paths)

    def _set_batch(self, batch: Batch | None) -> None:
        """Show the photos of a batch, the first of them in the window; or no strip any more."""
        self._batch = batch
        self._last_run = None
        self.thumbnails.clear()
        if self.failures_dialog is not None:
            self.failures_dialog.close()
        if batch is not None:
            self._take_up_states(batch)
        self.model.set_batch(batch)
        self._show()
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
        self._show()

    def _on_edited(self) -> None:
        row, document = self.shown_row, self._session.document
        if row is not None and document is not None:
            state = None if document.state == self._untouched else document.state
            self.model.change(row, state=state)
            self._show()

    def _on_coloured(self, colouring: ColouringResult | None) -> None:
        row = self.shown_row
        if row is not None and colouring is not None:
            self.model.change(row, coloured=True, failure="")
            self._show()

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
            self._show()

    def _on_closed(self) -> None:
        self._picture = None
        if not self.running:
            self._set_batch(None)
        else:
            self.model.set_shown(None)

    def _on_activity(self, activity: Activity | None) -> None:
        if activity is not None:
            self.quiet_timer.stop()
            self.runner.courtesy.hold_back()
        else:
            self.quiet_timer.start()

    def _on_thumbnail_failed(self, path: Path, error: Exception) -> None:
        row = self._batch.row_of(path) if self._batch is not None else None
        if row is not None:
            self.model.change(row, failure=words_for(error, self.tr("reading the photo")))
            self._show()

    # -- runs ---------------------------------------------------------------------------------------------

    def colour_all(self) -> None:
        """Colour all photos that were not yet; all of them if there is none left."""
        if self._batch is not None and not self.running:
            rows = self._batch.to_colour() or list(range(len(self._batch)))
            self._start(Run(RunKind.COLOUR, rows))

    def ask_export(self) -> None:
        """Ask where to and how all are to be exported."""
        if self._batch is None or self.running or self.export_dialog is not None:
            return
        self.export_dialog = ExportAllDialog(self._batch, self._window.settings, self._window)
        self.export_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.export_dialog.export_requested.connect(self.export_all)
        self.export_dialog.finished.connect(self._on_export_dialog_closed)
        self.export_dialog.open()

    def _on_export_dialog_closed(self, _result: int) -> None:
        self.export_dialog = None

    def export_all(self, answer: ExportAll) -> None:
        """Write photos as they are when their turn comes."""
        if self._batch is not None and not self.running:
            found = tuple(photo.found for photo in self._batch.photos)
            self._plan_lane.submit(partial(plan_export, found, self._batch.resolved, answer))

    def _start(self, run: Run) -> None:
        if self._batch is None or self.running:
            return
        self._window.message_bar.clear_topic(_TOPIC, "batch-disk")
        self.runner.start(run)

    def stop(self) -> None:
        if self.running:
            self.strip.show_stopping()
            self.runner.stop()

    def _job(self, row: int) -> PhotoJob:
        assert self._batch is not None
        photo, document = self._batch.photos[row], self._session.document
        copy = None
        if row == self.shown_row and document is not None:
            copy = Document(
                document.photo,
                document.settings,
                document.strokes,
                source=document.source,
                preparation=document.preparation,
            )
        return PhotoJob(photo.path, photo.state, self._session.model, self._session.device, copy)

    def _words(self, error: Exception, job: PhotoJob) -> str:
        return words_for(error, self.tr("working on {name}").format(name=job.path.name))

    def _on_run_started(self, run: Run) -> None:
        self._last_run = run
        assert self._batch is not None
        for row in run.rows:
            self._batch.change(row, work=Work.WAITING)
        self._repaint()
        self._show()

    def _on_photo_started(self, row: int) -> None:
        self.model.change(row, work=Work.WORKING, fraction=0.0)
        self._show_run()

    def _on_photo_progressed(self, row: int, fraction: float) -> None:
        self.model.change(row, fraction=fraction)
        self._show_run(fraction)

    def _on_photo_done(self, row: int, result: JobResult) -> None:
        if self._batch is None:
            return
        changes: dict[str, object] = {"work": Work.NONE}
        if result.image is not None:
            changes |= {"coloured": True, "failure": ""}
            self.thumbnails.put(result.job.path, result.image, result.data)
        if result.written is not None:
            changes |= {"exported": result.written, "exported_state": result.job.state, "export_failure": ""}
        self.model.change(row, **changes)
        self._show()

    def _on_photo_failed(self, row: int, failure: Failure) -> None:
        exporting = self.runner.run is not None and self.runner.run.kind is RunKind.EXPORT
        kind = "export_failure" if exporting else "failure"
        self.model.change(row, work=Work.NONE, **{kind: failure.reason})
        self._show()

    def _on_disk_full(self, reason: str) -> None:
        remedy = Remedy(self.tr("Stop the export"), self.stop)
        self._window.tell(Message(reason, Severity.ERROR, (remedy,), topic="batch-disk"))

    def _on_run_finished(self, run: Run) -> None:
        assert self._batch is not None
        for row in run.rows:
            self._batch.change(row, work=Work.NONE)
        self._repaint()
        self._show()
        self._tell_outcome(run)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _tell_outcome(self, run: Run) -> None:
        remedies: list[Remedy] = []
        severity = Severity.INFO if run.stopped else Severity.SUCCESS
        if run.stopped:
            remedies.append(Remedy(self.tr("Go on"), partial(self._start, run.rest())))
        if run.failures:
            severity = Severity.WARNING
            remedies += [
                Remedy(self.tr("What failed…"), self.show_failures),
                Remedy(self.tr("Try again"), self.try_again),
            ]
        elif run.targets and run.done and not run.stopped:
            written = run.targets[run.done[-1]].path
            remedies.append(Remedy(self.tr("Show in folder"), partial(show_in_folder, written)))
        self._window.tell(Message(outcome_words(run), severity, tuple(remedies), topic=_TOPIC))

    # -- failures -----------------------------------------------------------------------------------------

    def show_failures(self) -> None:
        """Open the list of what failed."""
        if self._batch is None:
            return
        if self.failures_dialog is None:
            self.failures_dialog = FailuresDialog(self._window)
            self.failures_dialog.retry_requested.connect(self.try_again)
            self.failures_dialog.photo_chosen.connect(self._show_photo)
        self._fill_failures()
        self.failures_dialog.show()
        self.failures_dialog.raise_()
        self.failures_dialog.activateWindow()

    def _fill_failures(self) -> None:
        if self.failures_dialog is not None and self._batch is not None:
            photos = [(row, self._batch.photos[row]) for row in self._batch.rows(Status.FAILED)]
            self.failures_dialog.show_failures(photos, may_retry=not self.running)

    def _show_photo(self, row: int) -> None:
        self.strip.select(row)
        self._open_current()

    def try_again(self) -> None:
        """Do again what failed: the export where it was that, else the colouring."""
        if self._batch is None or self.running:
            return
        rows = self._batch.rows(Status.FAILED)
        for row in rows:
            self.thumbnails.forget(self._batch.photos[row].path)
        last = self._last_run
        if last is not None and last.failures:
            self._start(last.again())
        elif rows:
            self._start(Run(RunKind.COLOUR, rows))
        self.strip.make_thumbnails()

    # -- what the window shows ----------------------------------------------------------------------------

    def _on_strip_toggled(self, shown: bool) -> None:
        self._window.settings.filmstrip_shown = shown
        self._show()

    def _on_height_changed(self, height: int) -> None:
        self._window.settings.filmstrip_height = height

    def _repaint(self) -> None:
        """Many photos are in another state."""
        last = self.model.rowCount() - 1
        self.model.dataChanged.emit(self.model.index(0), self.model.index(last))

    def _show(self) -> None:
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
            if self.failures_dialog is not None and self.failures_dialog.isVisible():
                self._fill_failures()
        if not running:
            self.strip.show_run("", None)
        self.strip.setVisible(batch is not None and actions["filmstrip"].isChecked())

    def _show_run(self, fraction: float = 0.0) -> None:
        run = self.runner.run
        if run is not None and not run.stopped:
            part = (run.finished_count + fraction) / len(run.rows)
            self.strip.show_run(run_words(run, time.monotonic()), part)


def _call(method: object, _checked: bool = False) -> None:
    """`triggered` carries a flag that most methods have no use for."""
    method()  # type: ignore[operator]
