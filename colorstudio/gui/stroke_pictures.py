"""Strokes as pictures, for other programs: a transparent layer, and the pair that Levin's method reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from colorstudio.document.document import ChangeStrokes, Document
from colorstudio.document.strokes import Stroke
from colorstudio.gui.desktop import show_in_folder
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.messages import Message, Remedy, Severity, words_for
from colorstudio.gui.panels.import_strokes_dialog import ImportRequest, ImportStrokesDialog
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.writing import WriteOptions
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_TOPIC = "strokes"


@dataclass(frozen=True, eq=False)
class _Written:
    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Found:
    document: Document
    photo: Photo
    strokes: tuple[Stroke, ...]
    notes: tuple[str, ...]
    request: ImportRequest


def marked_beside(gray: Path) -> Path:
    """The name of the picture with strokes beside the one without, as Levin names them."""
    return gray.with_name(f"{gray.stem}_marked{gray.suffix}")


def _write_layer(document: Document, path: Path, token: ProgressToken, _deliver: Deliver) -> _Written:
    from colorstudio.services.stroke_layers import export_stroke_layer

    export_stroke_layer(document, path, WriteOptions(overwrite=True), token)
    return _Written((path,))


def _write_pair(document: Document, gray: Path, token: ProgressToken, _deliver: Deliver) -> _Written:
    from colorstudio.services.stroke_layers import export_levin_pair

    marked = marked_beside(gray)
    notes = export_levin_pair(document, gray, marked, WriteOptions(overwrite=True), token)
    return _Written((gray, marked), tuple(notes))


def _read(document: Document, request: ImportRequest, token: ProgressToken, _deliver: Deliver) -> _Found:
    from colorstudio.imaging.reading import read_photo
    from colorstudio.services.stroke_layers import import_levin_pair, import_stroke_layer

    photo = document.photo
    is_layer = request.gray is None and read_photo(request.picture).alpha is not None
    token.check()
    if is_layer:
        found = import_stroke_layer(request.picture, photo, token)
    else:
        found = import_levin_pair(request.picture, photo, request.gray, token)
    return _Found(document, photo, found.strokes, tuple(found.notes), request)


class StrokePicturesController(QObject):
    """The commands for strokes as pictures.

    Signals
    -------
    ended
        An export or import has ended, well or not.
    """

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.dialog: ImportStrokesDialog | None = None
        self._writing = self._session.new_lane("strokes out")
        self._reading = self._session.new_lane("strokes in")
        self._writing.finished.connect(self._on_written)
        self._reading.finished.connect(self._on_found)
        self._writing.failed.connect(partial(self._on_failed, self.tr("exporting strokes")))
        self._reading.failed.connect(partial(self._on_failed, self.tr("importing strokes")))
        self._exports = [window.actions_by_name[name] for name in ("export_stroke_layer", "export_pair")]
        self._import = window.actions_by_name["import_strokes"]
        for action, method in zip(
            (*self._exports, self._import), (self.ask_layer, self.ask_pair, self.ask_import), strict=True
        ):
            action.triggered.connect(method)
        for changed in (self._session.opened, self._session.closed, self._session.edited):
            changed.connect(self._update_actions)
        self._update_actions()

    # -- out ----------------------------------------------------------------------------------------------

    def ask_layer(self) -> None:
        """Where the strokes alone are to go."""
        self._ask_file(
            self.tr("Export the strokes as a layer"), "-strokes", ["PNG (*.png)"], self._write_layer
        )

    def ask_pair(self) -> None:
        """Where the gray picture is to go; that with strokes goes beside it."""
        filters = ["PNG (*.png)", "TIFF (*.tif *.tiff)"]
        self._ask_file(
            self.tr("Export the gray photo, and beside it the same with strokes"),
            "-gray",
            filters,
            self._check_pair,
        )

    def _ask_file(self, title: str, suffix: str, filters: list[str], chosen: object) -> None:
        photo = self._session.photo
        if photo is None:
            return
        folder = photo.photo.path.parent if photo.photo.path is not None else Path.home()
        proposal = folder / f"{Path(photo.source.name).stem}{suffix}.png"
        dialog = QFileDialog(self._window, title, str(proposal))
        dialog.setObjectName("strokesDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.setNameFilters(filters)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def _write_layer(self, name: str) -> None:
        self._write(partial(_write_layer, self._snapshot(), Path(name)))

    def _check_pair(self, name: str) -> None:
        """The dialog has asked about the one file, this does about the other."""
        gray = Path(name)
        marked = marked_beside(gray)
        if not marked.exists():
            self._write_pair(gray)
            return
        box = QMessageBox(self._window)
        box.setObjectName("replaceMarked")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self.tr("{name} is there already.").format(name=marked.name))
        box.setInformativeText(
            self.tr("It is the picture with strokes that goes beside {name}.").format(name=gray.name)
        )
        replace = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        replace.clicked.connect(partial(self._write_pair, gray))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _write_pair(self, gray: Path, _checked: bool = False) -> None:
        self._write(partial(_write_pair, self._snapshot(), gray))

    def _write(self, work: object) -> None:
        self._window.message_bar.clear_topic(_TOPIC)
        self._writing.submit(work)  # type: ignore[arg-type]

    def _snapshot(self) -> Document:
        """The document as it is now, which later edits do not change."""
        document = self._session.document
        assert document is not None
        return Document(
            document.photo,
            document.settings,
            document.strokes,
            source=document.source,
            preparation=document.preparation,
        )

    def _on_written(self, written: _Written) -> None:
        names = self.tr(" and ").join(path.name for path in written.paths)
        words = " ".join([self.tr("Saved {names}.").format(names=names), *written.notes])
        remedy = Remedy(self.tr("Show in folder"), partial(show_in_folder, written.paths[0]))
        severity = Severity.WARNING if written.notes else Severity.SUCCESS
        self._window.tell(Message(words, severity, (remedy,), _TOPIC))
        self.ended.emit()

    # -- in -----------------------------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Which picture, and what to do with what is found."""
        document = self._session.document
        if document is None:
            return
        folder = str(document.source.path.parent) if document.source.path is not None else ""
        self.dialog = ImportStrokesDialog(folder, bool(document.strokes), self._window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.import_requested.connect(self._start_import)
        self.dialog.finished.connect(self._on_dialog_finished)
        self.dialog.open()

    def _on_dialog_finished(self, _result: int) -> None:
        self.dialog = None

    def _start_import(self, request: ImportRequest) -> None:
        document = self._session.document
        if document is not None:
            self._window.message_bar.clear_topic(_TOPIC)
            self._reading.submit(partial(_read, document, request))

    def _on_found(self, found: _Found) -> None:
        document = self._session.document
        if document is None or found.document is not document or found.photo is not document.photo:
            words = self.tr("The strokes were not imported: the photo has changed meanwhile.")
            self._window.tell(Message(words, Severity.WARNING, topic=_TOPIC))
        else:
            there = () if found.request.replaces else document.strokes
            name = self.tr("imported strokes")
            self._session.apply(ChangeStrokes.of(document, name, (*there, *found.strokes)))
            count = len(found.strokes)
            words = (
                self.tr("Imported one stroke from {name}.")
                if count == 1
                else self.tr("Imported {count} strokes from {name}.")
            )
            words = words.format(count=count, name=found.request.picture.name)
            severity = Severity.WARNING if found.notes else Severity.SUCCESS
            self._window.tell(Message(" ".join([words, *found.notes]), severity, topic=_TOPIC))
        self.ended.emit()

    def _on_failed(self, doing: str, error: Exception) -> None:
        self._window.tell(Message(words_for(error, doing), Severity.ERROR, topic=_TOPIC))
        self.ended.emit()

    def _update_actions(self, *_: object) -> None:
        document = self._session.document
        self._import.setEnabled(document is not None)
        for action in self._exports:
            action.setEnabled(document is not None and bool(document.strokes))
