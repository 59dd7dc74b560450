"""The photo at hand: opening, colouring, rendering, exporting, all off the GUI thread.

The session knows no widget. The window shows what its signals say and calls its methods; the painting
tools to come push their edits through `DocumentSession.apply` like everything else.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QUndoStack

from colorstudio.document.document import ChangePreparation, ChangeSettings, Document, Edit, Settings
from colorstudio.document.preparation import UNPREPARED, Preparation, mapping
from colorstudio.document.strokes import Stroke
from colorstudio.gui import live
from colorstudio.gui.backend import Backend, Catalogue, ColouringResult, Machine
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.commands import EditCommand
from colorstudio.gui.jobs import Deliver, Lane, Work
from colorstudio.gui.loading import OpenedPhoto, PhotoSource, open_photo
from colorstudio.gui.prepared import Prepared, prepared, view_of
from colorstudio.gui.rendering import Rendered, View, render
from colorstudio.gui.results import Coloured, ResultCache, ResultKey
from colorstudio.gui.showing import Showing
from colorstudio.progress import ProgressToken
from colorstudio.services.turns import Turns

if TYPE_CHECKING:
    from colorstudio.imaging.photo import Photo
    from colorstudio.imaging.writing import WriteOptions

_log = logging.getLogger(__name__)

# Photos before and after a crop and the like whose pictures are kept, so that undoing one is immediate.
_KEPT_VIEWS = 4


class Task(Enum):
    """What can be under way."""

    OPEN = "open"
    COLOUR = "colour"
    RENDER = "render"
    EXPORT = "export"
    PREPARE = "prepare"
    REFER = "reference"


@dataclass(frozen=True)
class Activity:
    """What is under way, for whoever shows progress. `fraction` is None while it is unknown."""

    task: Task
    subject: str
    stage: str = ""
    fraction: float | None = None


def _catalogue(backend: Backend, _token: ProgressToken, _deliver: Deliver) -> Catalogue:
    return backend.catalogue()


class DocumentSession(QObject):
    """One document and the work on it.

    Signals
    -------
    previewed
        A coarse gray `Picture` of the photo that is being read.
    opened
        The `OpenedPhoto` that is the document now. Its colouring is under way.
    closed
        There is no document any more.
    prepared
        The document's photo is another, by an edit, an undo or a redo: the `OpenedPhoto` that shows it, and
        the `Affine` that carries places there. `edited` follows.
    edited
        Settings are others now, by an edit, an undo, or a redo.
    rendered
        The coloured `Picture` to show, or None for gray. Coarse ones come first, in the end the right one.
    coloured
        The `ColouringResult` that belongs to the settings, or None while there is none.
    referred
        The `Reference` that was found for the photo at hand.
    suggested
        A place (row, col) and the list of `Suggestion` for it, the likeliest first.
    activity_changed
        `Activity` or None.
    drawing
        The pen is down, or it is up again.
    catalogued
        The `Catalogue` of this machine.
    failed, stopped
        A `Task` ended with an exception; a `Task` was cancelled by the user.
    exported
        The path that was written.
    """

    previewed = Signal(object)
    opened = Signal(object)
    closed = Signal()
    prepared = Signal(object, object)
    edited = Signal()
    rendered = Signal(object)
    coloured = Signal(object)
    referred = Signal(object)
    suggested = Signal(float, float, object)
    activity_changed = Signal(object)
    drawing = Signal(bool)
    catalogued = Signal(object)
    failed = Signal(object, object)
    stopped = Signal(object)
    exported = Signal(object)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.undo_stack = QUndoStack(self)
        self.view_provider: Callable[[], View] = _no_view
        self.machine = Machine()
        self._document: Document | None = None
        self._opened: OpenedPhoto | None = None
        self._coloured: Coloured | None = None
        self.results = ResultCache()
        self._showing = Showing()
        self._turns = Turns()
        self._warmed: OpenedPhoto | None = None
        self._asked: ResultKey | None = None  # the colours that were asked for last
        self._preparation = UNPREPARED  # of the photo that is shown
        self._awaited: Preparation | None = None  # that is being computed
        self._views: OrderedDict[Photo, OpenedPhoto] = OrderedDict()
        self._model = ""  # the user's choice, which outlives the photo
        self._opening: PhotoSource | None = None
        self._referring: PhotoSource | None = None
        self._activities: dict[Task, Activity] = {}

        self._lanes = {task: Lane(task.value, self) for task in Task}
        self._catalogue_lane = Lane("catalogue", self)
        self._view_lane = Lane("view", self)
        self._preview_lane = Lane("preview", self)
        self._warm_lane = Lane("warm-up", self)
        self._suggest_lane = Lane("suggestions", self)
        self._other_lanes: list[Lane] = []
        for task, lane in self._lanes.items():
            lane.progressed.connect(partial(self._on_progressed, task))
            lane.idle.connect(partial(self._on_idle, task))
            lane.failed.connect(partial(self._on_failed, task))
            lane.cancelled.connect(partial(self._on_cancelled, task))
        self._lanes[Task.OPEN].delivered.connect(self.previewed)
        self._lanes[Task.OPEN].finished.connect(self._on_opened)
        self._lanes[Task.COLOUR].finished.connect(self._on_coloured)
        self._lanes[Task.COLOUR].delivered.connect(self._on_region)
        self._lanes[Task.RENDER].delivered.connect(self._show)
        self._lanes[Task.RENDER].finished.connect(self._on_rendered)
        self._preview_lane.delivered.connect(self._on_previewed)
        self._suggest_lane.delivered.connect(self._on_suggested)
        for lane in (self._preview_lane, self._warm_lane, self._suggest_lane):
            lane.failed.connect(self._on_extra_failed)
        self._lanes[Task.EXPORT].finished.connect(self.exported)
        self._lanes[Task.PREPARE].finished.connect(self._on_prepared)
        self._lanes[Task.REFER].finished.connect(self._on_referred)
        self._view_lane.finished.connect(self._on_viewed)
        self._catalogue_lane.finished.connect(self.catalogued)
        self._catalogue_lane.failed.connect(self._on_catalogue_failed)

    # -- state --------------------------------------------------------------------------------------------

    @property
    def backend(self) -> Backend:
        return self._backend

    @property
    def model(self) -> str:
        """The network of the next photo, as chosen last; empty for the default one."""
        return self._model

    @property
    def document(self) -> Document | None:
        return self._document

    @property
    def photo(self) -> OpenedPhoto | None:
        return self._opened

    @property
    def opening(self) -> PhotoSource | None:
        """The photo that is being read, or was tried last."""
        return self._opening

    @property
    def colouring(self) -> ColouringResult | None:
        """The colouring that belongs to the settings; None while it is not there."""
        if self._coloured is None or self._coloured.key != self._wanted_key():
            return None
        return self._coloured.photo.colouring

    @property
    def can_export(self) -> bool:
        """Whether there are colours of the photo, be they those before the last stroke."""
        is_coming = self._coloured is not None and self.is_busy(Task.COLOUR)
        return (self.colouring is not None or is_coming) and not self.is_busy(Task.EXPORT)

    @property
    def activity(self) -> Activity | None:
        """What is under way; what the user waits for first."""
        for task in (Task.EXPORT, Task.OPEN, Task.PREPARE, Task.REFER, Task.COLOUR, Task.RENDER):
            if task in self._activities:
                return self._activities[task]
        return None

    def is_busy(self, task: Task) -> bool:
        return self._lanes[task].busy

    def _wanted_key(self) -> ResultKey | None:
        return ResultKey(self._document, self.machine) if self._document is not None else None

    # -- what can be asked for ----------------------------------------------------------------------------

    def look_up_catalogue(self) -> None:
        self._catalogue_lane.submit(partial(_catalogue, self._backend))

    def open(self, source: PhotoSource) -> None:
        """Read a photo; the one at hand stays until the new one is there."""
        self._opening = source
        self._submit(Task.OPEN, partial(open_photo, source))

    def close_photo(self) -> None:
        for task in (Task.OPEN, Task.PREPARE):  # an export goes on to its end
            self._drop(task)
        self._forget_colours()
        self._views.clear()
        self._view_lane.drop()
        if self._opened is not None:
            self._warm_lane.submit(partial(live.forget, self._backend, self._opened.photo))
        self._document = self._opened = self._warmed = None
        self.results.clear()
        self.undo_stack.clear()
        self.closed.emit()

    def apply(self, edit: Edit) -> None:
        """Change the document in one step of the history."""
        if self._document is not None:
            self.undo_stack.push(EditCommand(self._document, edit, self._on_edited))

    def change_settings(self, name: str, *, merge_key: str = "", **changes: object) -> None:
        """`apply` for settings. Changes with the same `merge_key` in a row become one step."""
        if self._document is None:
            return
        edit = ChangeSettings.of(self._document, name, merge_key=merge_key, **changes)
        if edit.before != edit.after:
            self.apply(edit)

    def prepare(self, name: str, preparation: Preparation) -> None:
        """Turn, crop or level the photo in one step called `name`, as soon as that is computed.

        What is asked for while another is being computed takes its place: see `preparation`.
        """
        if self._document is None or self._opened is None:
            return
        self._awaited = preparation
        before = self._document.preparation
        work = partial(prepared, self._document, self._opened, before, name, preparation)
        self._submit(Task.PREPARE, work)

    def refer(self, source: PhotoSource) -> None:
        """Find what of the photo has its like in another; `referred` follows."""
        if self._document is None or self._opened is None:
            return
        self._referring = source
        snapshot = Document(self._opened.photo, self._document.settings)
        self._submit(
            Task.REFER, partial(live.refer, self._backend, self._opened, snapshot, self.machine, source)
        )

    @property
    def referring(self) -> PhotoSource | None:
        """The photo that is being compared with, or was last."""
        return self._referring

    @property
    def preparation(self) -> Preparation:
        """Of the photo as it is, or as it is about to be."""
        if self._awaited is not None:
            return self._awaited
        return self._document.preparation if self._document is not None else UNPREPARED

    def choose_model(self, name: str, model: str) -> None:
        """A step called `name` of the history; without a photo, the choice for the next one."""
        if self._document is None:
            self._model = model
        else:
            self.change_settings(name, model=model)

    def set_device(self, device: str) -> None:
        """Not a step of the history: the device is of the machine, not of the picture."""
        self._set_machine(replace(self.machine, device=device))

    def set_working_size(self, size_px: int) -> None:
        """The size at which networks see the photo, its short side in pixels; 0 for each network's own."""
        self._set_machine(replace(self.machine, working_size_px=size_px))

    def _set_machine(self, machine: Machine) -> None:
        if machine != self.machine:
            self.machine = machine
            if self._document is not None:
                self.colorize()

    def colorize(self) -> None:
        """Have the photo coloured as its settings say, unless that is there already."""
        if self._opened is None or self._document is None:
            return
        key = ResultKey(self._document, self.machine)
        self._asked = key
        kept = self.results.get(key)
        if kept is not None:
            self._drop(Task.COLOUR)
            self._use(kept)
            return
        self.coloured.emit(None)
        settings, view = self._document.settings, self.view_provider()
        previewed = self._preview(key.strokes)
        work = partial(
            live.colour,
            self._backend,
            self._opened,
            settings,
            self.machine,
            key,
            view,
            previewed,
            self._turns,
        )
        self._submit(Task.COLOUR, work)

    def warm_up(self) -> None:
        """Do what strokes will need; again, where work on other photos took its place."""
        if self._coloured is None or self._document is None:
            return
        self._warmed = self._opened
        snapshot = Document(self._coloured.photo.opened.photo, self._document.settings)
        self._warm_lane.submit(partial(live.warm_up, self._backend, snapshot))

    def export(self, path: Path, options: WriteOptions) -> None:
        """Write the photo as the document is now, coloured first where it must be. Call if `can_export`."""
        if not self.can_export or self._opened is None or self._document is None:
            return
        snapshot = Document(self._opened.photo, self._document.settings, self._document.strokes)
        work = partial(live.export, self._backend, snapshot, self.machine, self.colouring, path, options)
        self._submit(Task.EXPORT, work)

    def cancel(self, task: Task) -> None:
        self._lanes[task].cancel()

    def render(self) -> None:
        """Paint the colouring with the settings as they are."""
        if self._coloured is None or self._document is None:
            return
        saturation, view = self._document.settings.saturation, self.view_provider()
        work = partial(render, self._coloured.photo, saturation, view, self._showing.rendered, self._turns)
        self._submit(Task.RENDER, work, group=self._coloured)

    def draw_live(self, strokes: tuple[Stroke, ...]) -> None:
        """Show what the photo would look like with these strokes, while one of them is being drawn."""
        if self._document is not None:
            if self._showing.live is None:
                self.drawing.emit(True)
            self._showing.live = strokes
            self._preview(strokes)

    def end_live(self) -> None:
        """Nothing is being drawn any more: what is shown will be the document, as `apply` has left it."""
        if self._showing.live is not None:
            self._showing.live = None
            self.drawing.emit(False)
            QTimer.singleShot(0, self, self._settle)  # after the edit that a release brings

    def suggest(self, row: float, col: float) -> None:
        """Ask for likely colours at a place of the photo; `suggested` follows, unless asked for another."""
        if self._document is not None and self._opened is not None:
            snapshot = Document(self._opened.photo, self._document.settings)
            work = partial(live.suggest, self._backend, self._opened, snapshot, self.machine, row, col)
            self._suggest_lane.submit(work, group=self._opened)

    def know(self, opened: OpenedPhoto) -> None:
        """Keep what shows a photo for when the document has it: of the last few only."""
        self._views[opened.photo] = opened
        self._views.move_to_end(opened.photo)
        while len(self._views) > _KEPT_VIEWS:
            self._views.popitem(last=False)

    def new_lane(self, name: str) -> Lane:
        """A lane for work around the document that is not the session's own; `shutdown` ends it too."""
        lane = Lane(name, self)
        self._other_lanes.append(lane)
        return lane

    def shutdown(self) -> None:
        """Cancel everything and wait for the threads. The session is of no use afterwards."""
        extra = (self._preview_lane, self._warm_lane, self._suggest_lane)
        lanes = (*self._lanes.values(), self._catalogue_lane, self._view_lane, *extra, *self._other_lanes)
        for lane in lanes:
            lane.request_close()
        for lane in lanes:
            lane.close()

    def _submit(self, task: Task, work: Work, group: object = None) -> None:
        self._lanes[task].submit(work, group)
        # Afterwards: who is told of the activity asks whether the task is busy.
        self._set_activity(task, Activity(task, self._subject(task)))

    def _drop(self, task: Task) -> None:
        self._lanes[task].drop()
        self._set_activity(task, None)

    # -- what the lanes say -------------------------------------------------------------------------------

    def _on_opened(self, opened: OpenedPhoto) -> None:
        self._drop(Task.PREPARE)
        self._forget_colours()
        self._opened, self._warmed = opened, None
        # The choice of a network is the user's, not this photo's; the intensity starts anew.
        self._document = opened.document(Settings(model=self._model))
        self._preparation = self._document.preparation
        self._views.clear()
        self._view_lane.drop()
        self.know(opened)
        self.results.clear()
        self.undo_stack.clear()
        self.opened.emit(opened)
        self.colorize()

    def _forget_colours(self) -> None:
        """None of the colours belong to the photo any more."""
        for task in (Task.COLOUR, Task.RENDER, Task.REFER):
            self._drop(task)
        for lane in (self._preview_lane, self._warm_lane, self._suggest_lane):
            lane.drop()
        self._asked = self._coloured = None
        self._showing = Showing()

    def _on_coloured(self, coloured: Coloured) -> None:
        # The lane has dropped what is stale already; colours of another photo would be the worst of faults.
        if coloured.photo.opened is not self._opened or coloured.key != self._wanted_key():
            return
        self.results.put(coloured)
        self._use(coloured)
        if self._warmed is not self._opened:
            self.warm_up()

    def _use(self, coloured: Coloured) -> None:
        self._coloured = coloured
        self.coloured.emit(coloured.photo.colouring)
        self.render()

    def _on_edited(self) -> None:
        if self._document is None:
            return
        self._model = self._document.settings.model
        is_shown = self._follow_photo()
        self.edited.emit()
        if not is_shown:
            return
        if self._wanted_key() != self._asked:
            self.colorize()
        elif self.colouring is not None:
            self.render()

    def _follow_photo(self) -> bool:
        """Show the document's photo where it is another now; whether it is shown already."""
        assert self._document is not None
        assert self._opened is not None
        photo = self._document.photo
        if photo is self._opened.photo:
            return True
        if photo in self._views:
            self._take_up(self._views[photo])
            return True
        self._view_lane.submit(partial(view_of, photo, self._opened))
        return False

    def _take_up(self, opened: OpenedPhoto) -> None:
        assert self._document is not None
        self._forget_colours()
        before, self._preparation = self._preparation, self._document.preparation
        where = mapping(self._document.source.shape, before, self._preparation)
        self._opened = opened
        self.know(opened)
        self.prepared.emit(opened, where)

    def _on_prepared(self, result: Prepared) -> None:
        document = self._document
        if document is None or document is not result.document:
            return  # another photo
        if result.before != document.preparation:
            return  # a step back in the meantime
        if result.preparation != document.preparation:
            self.know(result.view)
            edit = ChangePreparation.of(document, result.name, result.preparation, result.view.photo)
            self._awaited = None
            self.apply(edit)

    def _on_referred(self, referred: live.Referred) -> None:
        # Its places are those of the photo that was looked at.
        if self._document is not None and referred.opened.photo is self._document.photo:
            self.referred.emit(referred.reference)

    def _on_viewed(self, opened: OpenedPhoto) -> None:
        if self._document is not None and opened.photo is self._document.photo:
            self._take_up(opened)
            self.colorize()

    # -- what is shown ------------------------------------------------------------------------------------

    def _preview(self, strokes: tuple[Stroke, ...]) -> Event:
        """Have a coarse picture made with these strokes, unless that is what is shown; set when it is."""
        assert self._document is not None
        assert self._opened is not None
        done = Event()
        settings = self._document.settings
        if self._coloured is None or self._showing.is_preview_of(strokes, settings):
            done.set()
            return done
        snapshot = Document(self._opened.photo, settings, strokes)
        work = partial(
            live.preview,
            self._backend,
            self._opened,
            snapshot,
            self.machine,
            self._coloured.photo,
            self._showing.finished,
            self.view_provider(),
            self._showing.live is not None,
            done,
            self._turns,
        )
        self._preview_lane.submit(work, group=self._opened)
        return done

    def _on_previewed(self, preview: live.Preview) -> None:
        key = self._wanted_key()
        if preview.opened is not self._opened or self._document is None or key is None:
            return
        if self._showing.take_preview(preview, self._document, key, self.colouring is not None):
            self.rendered.emit(preview.picture)

    def _on_region(self, region: live.RegionPatch) -> None:
        picture = self._showing.with_region(region, self._wanted_key())
        if picture is not None:
            self.rendered.emit(picture)

    def _on_rendered(self, rendered: Rendered) -> None:
        self._showing.rendered = rendered
        self._show(rendered.picture)

    def _show(self, picture: Picture) -> None:
        """Show a picture of the last colouring, where nothing newer is shown."""
        if self._showing.take_finished(self.colouring is not None):
            self.rendered.emit(picture)

    def _settle(self) -> None:
        """Show what the document says, after something else was drawn."""
        showing = self._showing
        if showing.live is not None or self._document is None or showing.preview is None:
            return
        if self.colouring is None:
            showing.release(self._wanted_key())
            if not self._preview_lane.busy:
                self._preview(self._document.strokes)
        else:
            self.render()

    def _on_suggested(self, suggested: live.Suggested) -> None:
        if suggested.opened is self._opened:
            self.suggested.emit(suggested.row, suggested.col, suggested.colours)

    def _on_extra_failed(self, error: Exception) -> None:
        """Nobody waits for these; what the colouring itself cannot do is told."""
        _log.warning("%s failed", self.sender().objectName(), exc_info=error)

    # -- what is under way --------------------------------------------------------------------------------

    def _on_progressed(self, task: Task, fraction: float, stage: str) -> None:
        known = self._activities.get(task)
        subject = known.subject if known is not None else self._subject(task)
        self._set_activity(task, Activity(task, subject, stage, fraction))

    def _on_idle(self, task: Task) -> None:
        if task is Task.PREPARE:
            self._awaited = None
        self._set_activity(task, None)

    def _on_cancelled(self, task: Task) -> None:
        if task is Task.COLOUR:
            self._give_up_colour()
        self.stopped.emit(task)

    def _on_catalogue_failed(self, error: Exception) -> None:
        self.catalogued.emit(Catalogue((), ()))
        self.failed.emit(Task.COLOUR, error)

    def _on_failed(self, task: Task, error: Exception) -> None:
        if task is Task.COLOUR:
            self._give_up_colour()
        self.failed.emit(task, error)

    def _give_up_colour(self) -> None:
        """The colours asked for will not come: gray is honest, those of another network are not."""
        key = self._wanted_key()
        same_network = (
            key is not None and self._coloured is not None and self._coloured.key.is_same_but_strokes(key)
        )
        if self.colouring is None and not same_network:
            self._drop(Task.RENDER)
            self._coloured = None
            self.coloured.emit(None)
            self.rendered.emit(None)

    def _subject(self, task: Task) -> str:
        if task is Task.OPEN and self._opening is not None:
            return self._opening.name
        if task is Task.REFER and self._referring is not None:
            return self._referring.name
        return self._opened.source.name if self._opened is not None else ""

    def _set_activity(self, task: Task, activity: Activity | None) -> None:
        if activity is None:
            self._activities.pop(task, None)
        else:
            self._activities[task] = activity
        self.activity_changed.emit(self.activity)


def _no_view() -> View:
    return View(QRectF(), 0.0)
