"""Colouring and exporting all photos of the strip: begun, shown, stopped, told, tried again."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from colorstudio.document.document import Document
from colorstudio.gui.batch.export_all_dialog import ExportAll, ExportAllDialog
from colorstudio.gui.batch.failures import FailuresDialog
from colorstudio.gui.batch.photos import Status, Work
from colorstudio.gui.batch.runs import BatchRunner, Failure, Run, RunKind, plan_export
from colorstudio.gui.batch.words import outcome_words, run_words
from colorstudio.gui.batch.work import JobResult, PhotoJob
from colorstudio.gui.desktop import show_in_folder
from colorstudio.gui.messages import Message, Remedy, Severity, words_for

if TYPE_CHECKING:
    from colorstudio.gui.batch.controller import BatchController
    from colorstudio.gui.main_window import MainWindow

_TOPIC, _DISK_TOPIC = "batch", "batch-disk"


class RunsController(QObject):
    """Runs over the photos of the strip that a `BatchController` has.

    Attributes
    ----------
    failures_dialog, export_dialog
        While they are there.
    """

    def __init__(self, studio: BatchController, window: MainWindow) -> None:
        super().__init__(studio)
        self._studio = studio
        self._window = window
        self._session = window.session
        self._then: Callable[[], object] | None = None  # to be done when the run has stopped
        self._last_run: Run | None = None
        self.failures_dialog: FailuresDialog | None = None
        self.export_dialog: ExportAllDialog | None = None
        self.runner = BatchRunner(
            self._session.backend, self._session.new_lane("batch"), self._job, self._words, self
        )
        self._plan_lane = self._session.new_lane("plan")
        self._plan_lane.finished.connect(self._start)
        self.runner.started.connect(self._on_started)
        self.runner.finished.connect(self._on_finished)
        self.runner.photo_started.connect(self._on_photo_started)
        self.runner.photo_progressed.connect(self._on_photo_progressed)
        self.runner.photo_done.connect(self._on_photo_done)
        self.runner.photo_failed.connect(self._on_photo_failed)
        self.runner.disk_full.connect(self._on_disk_full)
        studio.strip.stop_requested.connect(self._on_stop)
        studio.strip.failures_requested.connect(self.show_failures)
        actions = window.actions_by_name
        actions["colour_all"].triggered.connect(self.colour_all)
        actions["export_all"].triggered.connect(self.ask_export)
        actions["stop_batch"].triggered.connect(self._on_stop)
        actions["batch_failures"].triggered.connect(self.show_failures)

    @property
    def running(self) -> bool:
        return self.runner.run is not None

    def forget(self) -> None:
        """Other photos are in the strip: what was told and planned belongs to none of them."""
        self._last_run = None
        self._plan_lane.drop()
        self._window.message_bar.clear_topic(_TOPIC, _DISK_TOPIC)
        if self.failures_dialog is not None:
            self.failures_dialog.close()
        if self.export_dialog is not None:
            self.export_dialog.reject()

    def colour_all(self) -> None:
        """Colour all photos that were not yet; all of them if there is none left."""
        if self._studio.batch is not None and not self.running:
            rows = self._studio.batch.to_colour() or list(range(len(self._studio.batch)))
            self._start(Run(RunKind.COLOUR, rows))

    def ask_export(self) -> None:
        """Ask where to and how all are to be exported."""
        if self._studio.batch is None or self.running or self.export_dialog is not None:
            return
        self.export_dialog = ExportAllDialog(self._studio.batch, self._window.settings, self._window)
        self.export_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.export_dialog.export_requested.connect(self.export_all)
        self.export_dialog.finished.connect(self._on_export_dialog_closed)
        self.export_dialog.open()

    def _on_export_dialog_closed(self, _result: int) -> None:
        self.export_dialog = None

    def export_all(self, answer: ExportAll) -> None:
        """Write photos as they are when their turn comes."""
        if self._studio.batch is not None and not self.running:
            found = tuple(photo.found for photo in self._studio.batch.photos)
            self._plan_lane.submit(partial(plan_export, found, self._studio.batch.resolved, answer))

    def _start(self, run: Run) -> None:
        if self._studio.batch is None or self.running:
            return
        self._window.message_bar.clear_topic(_TOPIC, _DISK_TOPIC)
        self.runner.start(run)

    def stop(self, then: Callable[[], None] | None = None) -> None:
        """Stop the run, and do something when it has stopped."""
        if self.running:
            self._then = then
            self._studio.strip.show_stopping()
            self.runner.stop()

    def _on_stop(self) -> None:
        self.stop()

    def _job(self, row: int) -> PhotoJob:
        assert self._studio.batch is not None
        photo, document = self._studio.batch.photos[row], self._session.document
        copy = None
        if row == self._studio.shown_row and document is not None:
            copy = Document(
                document.photo,
                document.settings,
                document.strokes,
                source=document.source,
                preparation=document.preparation,
            )
        return PhotoJob(photo.path, photo.state, self._session.model, self._session.machine, copy)

    def _words(self, error: Exception, job: PhotoJob) -> str:
        return words_for(error, self.tr("working on {name}").format(name=job.path.name))

    def _on_started(self, run: Run) -> None:
        self._last_run = run
        assert self._studio.batch is not None
        self._studio.batch.set_work(run.rows, Work.WAITING)
        self._studio.model.tell_all_changed()
        self._studio.show()

    def _on_photo_started(self, row: int) -> None:
        self._studio.model.change(row, work=Work.WORKING, fraction=0.0)
        self._show_run()

    def _on_photo_progressed(self, row: int, fraction: float) -> None:
        self._studio.model.change(row, fraction=fraction)
        self._show_run(fraction)

    def _on_photo_done(self, row: int, result: JobResult) -> None:
        if self._studio.batch is None:
            return
        changes: dict[str, object] = {"work": Work.NONE}
        if result.image is not None:
            changes |= {"coloured": True, "failure": ""}
            self._studio.thumbnails.put(result.job.path, result.image, result.data)
        if result.written is not None:
            changes |= {"exported": result.written, "exported_state": result.job.state, "export_failure": ""}
        self._studio.model.change(row, **changes)
        self._studio.show()

    def _on_photo_failed(self, row: int, failure: Failure) -> None:
        exporting = self.runner.run is not None and self.runner.run.kind is RunKind.EXPORT
        kind = "export_failure" if exporting else "failure"
        self._studio.model.change(row, work=Work.NONE, **{kind: failure.reason})
        self._studio.show()

    def _on_disk_full(self, reason: str) -> None:
        remedy = Remedy(self.tr("Stop the export"), self.stop)
        self._window.tell(Message(reason, Severity.ERROR, (remedy,), topic=_DISK_TOPIC))

    def _on_finished(self, run: Run) -> None:
        batch = self._studio.batch
        assert batch is not None
        batch.set_work(run.rows, Work.NONE)
        self._studio.model.tell_all_changed()
        self._studio.show()
        self._tell_outcome(run)
        others = [batch.photos[row] for row in run.done if row != self._studio.shown_row]
        if any(photo.stroke_count for photo in others):
            self._session.warm_up()  # the solver keeps one photo, and that was another one by now
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
        if self._studio.batch is None:
            return
        if self.failures_dialog is None:
            self.failures_dialog = FailuresDialog(self._window)
            self.failures_dialog.retry_requested.connect(self.try_again)
            self.failures_dialog.photo_chosen.connect(self._studio.show_photo)
        self._fill_failures()
        self.failures_dialog.show()
        self.failures_dialog.raise_()
        self.failures_dialog.activateWindow()

    def failures_changed(self) -> None:
        """Have the list follow, if it is open."""
        if self.failures_dialog is not None and self.failures_dialog.isVisible():
            self._fill_failures()

    def _fill_failures(self) -> None:
        if self.failures_dialog is not None and self._studio.batch is not None:
            photos = [(row, self._studio.batch.photos[row]) for row in self._studio.batch.rows(Status.FAILED)]
            self.failures_dialog.show_failures(photos, may_retry=not self.running)

    def try_again(self) -> None:
        """Do again what failed: the export where it was that, else the colouring."""
        if self._studio.batch is None or self.running:
            return
        rows = self._studio.batch.rows(Status.FAILED)
        for row in rows:
            self._studio.thumbnails.forget(self._studio.batch.photos[row].path)
        last = self._last_run
        if last is not None and last.failures:
            self._start(last.again())
        elif rows:
            self._start(Run(RunKind.COLOUR, rows))
        self._studio.strip.make_thumbnails()

    # -- progress -----------------------------------------------------------------------------------------

    def _show_run(self, fraction: float = 0.0) -> None:
        run = self.runner.run
        if run is not None and not run.stopped:
            part = (run.finished_count + fraction) / len(run.rows)
            self._studio.strip.show_run(run_words(run, time.monotonic()), part)
