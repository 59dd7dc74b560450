"""The window: puts the photo, the panels and the session together."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from colorstudio import __version__
from colorstudio.gui.actions import ActionSet, with_keys
from colorstudio.gui.backend import Backend, Catalogue, ColouringResult, Services
from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.desktop import can_take, files_in, picture_in, show_in_folder
from colorstudio.gui.loading import OpenedPhoto, PhotoSource
from colorstudio.gui.menus import RecentMenu, ToolBar, build_menus
from colorstudio.gui.messages import Message, Remedy, Severity, words_for
from colorstudio.gui.panels.activity_pill import ActivityPill
from colorstudio.gui.panels.adjustments import Adjustments
from colorstudio.gui.panels.empty_state import EmptyState
from colorstudio.gui.panels.export_dialog import ExportDialog
from colorstudio.gui.panels.message_bar import MessageBar
from colorstudio.gui.panels.photo_info import PhotoInfo
from colorstudio.gui.panels.status import StatusBar, zoom_words
from colorstudio.gui.rendering import View
from colorstudio.gui.session import DocumentSession, Task
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.theme import GRID, PANEL_WIDTH, application_icon, set_surround
from colorstudio.paths import sample_photos_dir

_INTENSITY_STEP = 0.1


class MainWindow(QMainWindow):
    """One photo at a time.

    Parameters
    ----------
    backend
        What colours and writes; the networks on this machine by default.
    settings
        What is remembered; the user's own by default.
    """

    def __init__(self, backend: Backend | None = None, settings: WindowSettings | None = None) -> None:
        super().__init__()
        self.settings = settings or WindowSettings()
        self.session = DocumentSession(backend or Services(), self)
        self.session.device = self.settings.device
        self.actions_by_name = ActionSet(self)
        self._picture: Picture | None = None  # the coloured one that belongs to the photo at hand
        self._previewing: PhotoSource | None = None
        self._close_anyway = False
        self.export_dialog: ExportDialog | None = None
        self._build()
        self._connect_actions()
        self._connect_session()
        self._show_recent()
        self._show_nothing()
        self.session.look_up_catalogue()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setObjectName("mainWindow")
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.canvas = Canvas()
        set_surround(self.canvas)
        self.empty_state = EmptyState()
        self.empty_state.set_sample_available(bool(self._samples()))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty_state)
        self.stack.addWidget(self.canvas)
        self.message_bar = MessageBar()
        self.activity_pill = ActivityPill(self.stack)

        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.stack, 1)
        self.panel = self._build_panel()
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.panel)
        self.setCentralWidget(central)

        self.recent_menu = RecentMenu(self.open_path, self.settings.clear_recent, self)
        build_menus(self, self.actions_by_name, self.recent_menu)
        self.tool_bar = ToolBar(self.actions_by_name, self)
        self.addToolBar(self.tool_bar)
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self._restore_geometry()

    def _build_panel(self) -> QWidget:
        self.photo_info = PhotoInfo()
        self.adjustments = Adjustments()
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setObjectName("primary")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.photo_info)
        column.addWidget(self.adjustments)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        foot.addWidget(self.export_button)
        panel = QFrame()
        panel.setObjectName("sidePanel")
        panel.setStyleSheet("QFrame#sidePanel { border: none; border-left: 1px solid palette(mid); }")
        panel.setFixedWidth(PANEL_WIDTH)
        outer = QVBoxLayout(panel)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)
        return panel

    def _restore_geometry(self) -> None:
        if not self.settings.geometry.isEmpty() and self.restoreGeometry(self.settings.geometry):
            return
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry() if screen is not None else None
        width, height = (1280, 800) if room is None else (min(1280, room.width()), min(800, room.height()))
        self.resize(width, height)

    def _connect_actions(self) -> None:
        for name, method in (
            ("open", self.choose_photo),
            ("paste", self.paste),
            ("sample", self.open_sample),
            ("export", self.export),
            ("close", self.session.close_photo),
            ("quit", self.close),
            ("undo", self.session.undo_stack.undo),
            ("redo", self.session.undo_stack.redo),
            ("reset", self.adjustments.reset_intensity),
            ("more", partial(self._step_intensity, _INTENSITY_STEP)),
            ("less", partial(self._step_intensity, -_INTENSITY_STEP)),
            ("colorize", self.session.colorize),
            ("stop", self.stop),
            ("zoom_in", self.canvas.zoom_in),
            ("zoom_out", self.canvas.zoom_out),
            ("fit", self.canvas.fit),
            ("actual_size", partial(self.canvas.set_zoom, 1.0)),
            ("about", self._about),
        ):
            self.actions_by_name[name].triggered.connect(partial(_call, method))
        self.actions_by_name["split"].toggled.connect(self.canvas.set_split)
        self.actions_by_name["panel"].setChecked(True)
        self.actions_by_name["panel"].toggled.connect(self.panel.setVisible)
        self.actions_by_name["full_screen"].toggled.connect(self._full_screen)
        self.actions_by_name["sample"].setVisible(bool(self._samples()))
        self.addActions(list(self.actions_by_name))
        stack = self.session.undo_stack
        for name, changed, text_changed in (
            ("undo", stack.canUndoChanged, stack.undoTextChanged),
            ("redo", stack.canRedoChanged, stack.redoTextChanged),
        ):
            changed.connect(self.actions_by_name[name].setEnabled)
            text_changed.connect(partial(self._name_step, name))
            self.actions_by_name[name].setEnabled(False)

        self.empty_state.open_requested.connect(self.choose_photo)
        self.empty_state.sample_requested.connect(self.open_sample)
        self.empty_state.photo_requested.connect(self.open_path)
        self.export_button.clicked.connect(partial(_call, self.export))
        self.export_button.setToolTip(self.actions_by_name["export"].toolTip())
        self.adjustments.intensity_changed.connect(self._change_intensity)
        self.adjustments.model_chosen.connect(self._choose_model)
        self.adjustments.device_chosen.connect(self._choose_device)
        self.activity_pill.cancel_requested.connect(self.session.cancel)
        self.canvas.view_changed.connect(self._show_zoom)
        self.tool_bar.before_button.pressed.connect(partial(self.canvas.hold_before, True))
        self.tool_bar.before_button.released.connect(partial(self.canvas.hold_before, False))
        self.tool_bar.zoom_menu.triggered.connect(self._zoom_preset)
        self.settings.recent_changed.connect(self._show_recent)

    def _connect_session(self) -> None:
        session = self.session
        session.view_provider = self._view
        session.previewed.connect(self._on_previewed)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._show_nothing)
        session.edited.connect(self._on_edited)
        session.rendered.connect(self._on_rendered)
        session.coloured.connect(self._on_coloured)
        session.activity_changed.connect(self.activity_pill.show_activity)
        session.activity_changed.connect(self._update_actions)
        session.catalogued.connect(self._on_catalogued)
        session.failed.connect(self._on_failed)
        session.stopped.connect(self._on_stopped)
        session.exported.connect(self._on_exported)

    # -- opening ------------------------------------------------------------------------------------------

    def open_paths(self, paths: list[Path]) -> None:
        """Open the first photo; the others wait under Open recent."""
        if not paths:
            return
        first, *others = paths
        for path in reversed(others):
            self.settings.add_recent(path)
        self.open_path(first)
        if others:
            words = (
                self.tr("Opened {name}. The other photo is in File > Open recent.")
                if len(others) == 1
                else self.tr("Opened {name}. The other {count} photos are in File > Open recent.")
            )
            self.tell(Message(words.format(name=first.name, count=len(others)), topic="recent"))

    def open_path(self, path: Path) -> None:
        self.session.open(PhotoSource.of_file(path))

    def choose_photo(self) -> None:
        """Ask for a photo; the window goes on working meanwhile."""
        from colorstudio.imaging.reading import READABLE_SUFFIXES

        dialog = QFileDialog(self, self.tr("Open a photo"), self.settings.open_folder)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
        dialog.setNameFilters([self.tr("Photos") + f" ({patterns})", self.tr("All files") + " (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, names: list[str]) -> None:
        if names:
            self.settings.open_folder = str(Path(names[0]).parent)
            self.open_paths([Path(name) for name in names])

    def open_sample(self) -> None:
        samples = self._samples()
        if samples:
            self.open_path(samples[0])

    def paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        files = files_in(data) if data is not None else []
        picture = picture_in(data, self.tr("Pasted photo")) if data is not None else None
        if files:
            self.open_paths(files)
        elif picture is not None:
            self.session.open(picture)
        else:
            words = self.tr("There is no photo on the clipboard. Copy a picture or a file, then paste again.")
            self.tell(Message(words, topic="open"))

    @staticmethod
    def _samples() -> list[Path]:
        from colorstudio.imaging.reading import READABLE_SUFFIXES

        folder = sample_photos_dir()
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in READABLE_SUFFIXES)

    def _is_sample(self, source: PhotoSource) -> bool:
        return source.path is not None and source.path.parent == sample_photos_dir()

    # -- what the session says ----------------------------------------------------------------------------

    def _on_previewed(self, picture: Picture) -> None:
        self._previewing = self.session.opening
        self.message_bar.clear_topic("open", "photo", "colour")
        self.canvas.set_after(None)
        self.canvas.set_before(picture)
        self.canvas.fit()
        self.stack.setCurrentWidget(self.canvas)

    def _on_opened(self, opened: OpenedPhoto) -> None:
        self._picture = None
        self.message_bar.clear_topic("open", "photo", "colour", "export")
        self.canvas.set_after(None)
        self.canvas.set_before(opened.gray)
        if self._previewing != opened.source:
            self.canvas.fit()
        self._previewing = None
        self.stack.setCurrentWidget(self.canvas)
        self.canvas.setFocus()
        self.setWindowTitle(f"{opened.source.name} — Color Studio")
        self.photo_info.show_photo(opened)
        self.status.show_photo(opened)
        if opened.source.path is not None and not self._is_sample(opened.source):
            self.settings.add_recent(opened.source.path)
            self.settings.open_folder = str(opened.source.path.parent)
        if opened.photo.notes:
            self.tell(Message(" ".join(opened.photo.notes), topic="photo"))
        self._on_edited()

    def _on_edited(self) -> None:
        if self.session.document is not None:
            self.adjustments.show_settings(self.session.document.settings)
        self._update_actions()

    def _on_rendered(self, picture: Picture | None) -> None:
        self._picture = picture
        if self._previewing is None:
            self.canvas.set_after(picture)
        self._update_actions()

    def _on_coloured(self, colouring: ColouringResult | None) -> None:
        self.status.show_colouring(colouring)
        self.message_bar.clear_topic("colour")
        if colouring is not None and colouring.notes:
            self.tell(Message(" ".join(colouring.notes), Severity.WARNING, topic="colour"))
        self._update_actions()

    def _on_catalogued(self, catalogue: Catalogue) -> None:
        self.adjustments.set_catalogue(catalogue)
        if self.session.device not in ("auto", *catalogue.devices):
            self._choose_device("auto")  # a graphics card that is no more
        self.adjustments.show_device(self.session.device)
        self._on_edited()

    def _on_failed(self, task: Task, error: Exception) -> None:
        again = {
            Task.OPEN: (self.tr("Open another…"), self.choose_photo),
            Task.COLOUR: (self.tr("Try again"), self.session.colorize),
            Task.RENDER: (self.tr("Try again"), self.session.render),
            Task.EXPORT: (self.tr("Export again…"), self.export),
        }[task]
        self.tell(
            Message(
                words_for(error, self._doing(task)),
                Severity.ERROR,
                (Remedy(*again),),
                topic={Task.RENDER: "colour"}.get(task, task.value),
            )
        )
        if task is Task.OPEN:
            self._back_to_photo_at_hand()
            missing = self.session.opening.path if self.session.opening is not None else None
            if missing is not None and not missing.exists():
                self.settings.forget_recent(missing)
        self._update_actions()

    def _on_stopped(self, task: Task) -> None:
        if task is Task.OPEN:
            self._back_to_photo_at_hand()
        elif task is Task.COLOUR and self.session.colouring is None:
            remedy = Remedy(self.tr("Colour it"), self.session.colorize)
            self.tell(
                Message(self.tr("Stopped before the colours were there."), remedies=(remedy,), topic="colour")
            )
        elif task is Task.EXPORT:
            self.tell(Message(self.tr("The export was stopped. Nothing was written."), topic="export"))
        self._update_actions()

    def _on_exported(self, path: Path) -> None:
        remedy = Remedy(self.tr("Show in folder"), partial(show_in_folder, path))
        words = self.tr("Saved {name}.").format(name=path.name)
        self.tell(Message(words, Severity.SUCCESS, (remedy,), topic="export"))

    def _doing(self, task: Task) -> str:
        source = self.session.opening if task is Task.OPEN else None
        if source is None and self.session.photo is not None:
            source = self.session.photo.source
        name = source.name if source is not None else self.tr("the photo")
        return {
            Task.OPEN: self.tr("opening {name}"),
            Task.COLOUR: self.tr("colouring {name}"),
            Task.RENDER: self.tr("showing {name}"),
            Task.EXPORT: self.tr("exporting {name}"),
        }[task].format(name=name)

    def _back_to_photo_at_hand(self) -> None:
        """Opening came to nothing; a coarse look at the other photo may already be on the canvas."""
        if self._previewing is None:
            return
        self._previewing = None
        if self.session.photo is None:
            self._show_nothing()
        else:
            self.canvas.set_before(self.session.photo.gray)
            self.canvas.set_after(self._picture)
            self.canvas.fit()

    def _show_nothing(self) -> None:
        self._picture = None
        self._previewing = None
        self.canvas.clear()
        self.stack.setCurrentWidget(self.empty_state)
        self.message_bar.clear_topic("photo", "colour")
        self.setWindowTitle("Color Studio")
        self.photo_info.show_photo(None)
        self.status.show_photo(None)
        self.status.show_colouring(None)
        self._update_actions()

    # -- what the user changes ----------------------------------------------------------------------------

    def _change_intensity(self, saturation: float, merge_key: str) -> None:
        self.session.change_settings(self.tr("colour intensity"), merge_key=merge_key, saturation=saturation)

    def _step_intensity(self, step: float) -> None:
        if self.adjustments.slider.isEnabled():
            slider = self.adjustments.slider
            slider.setValue(slider.value() + round(step * 100))

    def _choose_model(self, name: str) -> None:
        # The first is the default one, which a document without a choice uses anyway.
        name = "" if self.adjustments.model_box.findData(name) == 0 else name
        self.session.change_settings(self.tr("choice of model"), model=name)
        self.canvas.setFocus()

    def _choose_device(self, device: str) -> None:
        self.settings.device = device
        self.session.set_device(device)
        self.canvas.setFocus()

    def stop(self) -> None:
        """Stop what is under way; with nothing under way, put the newest message away."""
        activity = self.session.activity
        if activity is not None and activity.task is not Task.RENDER:
            self.session.cancel(activity.task)
        elif self.message_bar.items:
            self.message_bar.items[0].dismiss()
        elif self.isFullScreen():
            self.actions_by_name["full_screen"].setChecked(False)

    def export(self) -> None:
        """Ask where and how; the writing itself goes on behind the window."""
        photo = self.session.photo
        if photo is None or self.session.colouring is None or self.session.is_busy(Task.EXPORT):
            return
        self.export_dialog = ExportDialog(photo, self.settings, self)
        self.export_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.export_dialog.export_requested.connect(self.session.export)
        self.export_dialog.finished.connect(self._export_dialog_closed)
        self.message_bar.clear_topic("export")
        self.export_dialog.open()

    def _export_dialog_closed(self, _result: int) -> None:
        self.export_dialog = None

    def tell(self, message: Message) -> None:
        """Say something in the message bar."""
        self.message_bar.show_message(message)

    # -- keeping the window in step -----------------------------------------------------------------------

    def _update_actions(self) -> None:
        has_photo = self.session.document is not None
        coloured = self.session.colouring is not None
        for name in ("close", "reset", "more", "less"):
            self.actions_by_name[name].setEnabled(has_photo)
        for name in ("zoom_in", "zoom_out", "fit", "actual_size"):
            self.actions_by_name[name].setEnabled(has_photo)
        self.tool_bar.zoom_button.setEnabled(has_photo)
        shown = has_photo and self._picture is not None
        self.actions_by_name["split"].setEnabled(shown)
        self.tool_bar.before_button.setEnabled(shown)
        busy = self.session.is_busy(Task.COLOUR)
        self.actions_by_name["colorize"].setEnabled(has_photo and not coloured and not busy)
        can_export = coloured and not self.session.is_busy(Task.EXPORT)
        self.actions_by_name["export"].setEnabled(can_export)
        self.export_button.setEnabled(can_export)
        self.adjustments.set_intensity_enabled(has_photo)

    def _name_step(self, name: str, step: str) -> None:
        words = self.tr("Undo") if name == "undo" else self.tr("Redo")
        action = self.actions_by_name[name]
        action.setText(f"&{words} {step}".strip())
        action.setToolTip(with_keys(f"{words} {step}".strip(), action))

    def _show_zoom(self) -> None:
        has_photo = self.canvas.before is not None
        self.status.show_zoom(self.canvas.view.zoom if has_photo else None)
        self.tool_bar.zoom_button.setText(zoom_words(self.canvas.view.zoom) if has_photo else "–")

    def _zoom_preset(self, action: QAction) -> None:
        if action.data() is not None:
            self.canvas.set_zoom(float(action.data()))

    def _show_recent(self) -> None:
        self.recent_menu.set_paths(self.settings.recent)
        self.empty_state.set_recent(self.settings.recent)

    def _view(self) -> View:
        return View(self.canvas.view.visible_photo(), self.canvas.view.zoom)

    def _full_screen(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def _about(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("About Color Studio"))
        box.setIconPixmap(application_icon().pixmap(64, 64))
        box.setText(f"<b>Color Studio {__version__}</b>")
        box.setInformativeText(
            self.tr("Gives black-and-white photos their colour back, on this computer and nowhere else.")
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    # -- events -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.canvas.isVisible() or not self.canvas.press_key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.canvas.isVisible() or not self.canvas.release_key(event):
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.canvas.let_go()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()
            self.empty_state.set_drop_hover(True)
            self.canvas.set_drop_hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drop_hover()

    def dropEvent(self, event: QDropEvent) -> None:
        self._end_drop_hover()
        data = event.mimeData()
        files, picture = files_in(data), picture_in(data, self.tr("Dropped photo"))
        if files:
            self.open_paths(files)
        elif picture is not None:
            self.session.open(picture)
        else:
            words = self.tr("That is a web address. Save the photo first, then drop the file here.")
            self.tell(Message(words, topic="open"))
        event.acceptProposedAction()

    def _end_drop_hover(self) -> None:
        self.empty_state.set_drop_hover(False)
        self.canvas.set_drop_hover(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.is_busy(Task.EXPORT) and not self._close_anyway:
            remedy = Remedy(self.tr("Stop it and close"), self._stop_and_close)
            words = self.tr("The photo is still being saved.")
            self.tell(Message(words, Severity.WARNING, (remedy,), topic="close"))
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.sync()
        self.hide()  # at once, though the threads may take a moment
        self.session.shutdown()
        event.accept()

    def _stop_and_close(self) -> None:
        self._close_anyway = True
        self.close()


def _call(method: object, _checked: bool = False) -> None:
    """`triggered` carries a flag that most methods have no use for."""
    method()  # type: ignore[operator]
