"""The window: puts the photo, the panels and the session together."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from colorstudio import __version__
from colorstudio.document.affine import Affine
from colorstudio.gui.abilities import AbilitiesController
from colorstudio.gui.actions import ActionSet
from colorstudio.gui.adjusting import AdjustingController
from colorstudio.gui.assistance.assistance import AssistanceController
from colorstudio.gui.backend import Backend, Catalogue, ColouringResult, Machine, Services
from colorstudio.gui.batch.controller import BatchController
from colorstudio.gui.canvas.canvas import Canvas
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.colours import ColourController
from colorstudio.gui.comparing import ComparingController
from colorstudio.gui.copying import CopyingController
from colorstudio.gui.desktop import can_take
from colorstudio.gui.keeping import KeepingController
from colorstudio.gui.keyboard import PageKeys, order_focus
from colorstudio.gui.loading import OpenedPhoto, PhotoSource
from colorstudio.gui.menus import RecentMenu, ToolBar, build_menus
from colorstudio.gui.messages import Message, Remedy, Severity
from colorstudio.gui.model_grid.controller import ModelGridController
from colorstudio.gui.narration import Narrator
from colorstudio.gui.opening import PhotoOpener
from colorstudio.gui.painting import Brush, Selection
from colorstudio.gui.panels.activity_pill import ActivityPill
from colorstudio.gui.panels.empty_state import EmptyState
from colorstudio.gui.panels.export_dialog import ExportDialog
from colorstudio.gui.panels.history import HistoryPanel
from colorstudio.gui.panels.message_bar import MessageBar
from colorstudio.gui.panels.pages import Pages
from colorstudio.gui.panels.side_panel import SidePanel
from colorstudio.gui.panels.status import StatusBar
from colorstudio.gui.prepared import carried
from colorstudio.gui.preparing import PreparingController
from colorstudio.gui.printing import PrintingController
from colorstudio.gui.recovery import RecoveryController
from colorstudio.gui.referring import ReferringController
from colorstudio.gui.rendering import View
from colorstudio.gui.session import DocumentSession, Task
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.stepping import SteppingController
from colorstudio.gui.stroke_pictures import StrokePicturesController
from colorstudio.gui.strokes_control import StrokesController
from colorstudio.gui.theme import application_icon, set_surround
from colorstudio.gui.tool_palette import ToolPalette
from colorstudio.gui.tools_control import ToolsController
from colorstudio.gui.turing.controller import TuringController
from colorstudio.gui.variations import VariationsController
from colorstudio.gui.zooming import ZoomController


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
        self.session.machine = Machine(self.settings.device, self.settings.working_size_px)
        self.opener = PhotoOpener(self.session, self.settings, self)
        self.actions_by_name = ActionSet(self)
        self.brush = Brush(self)
        self.selection = Selection(self)
        self._picture: Picture | None = None  # the coloured one that belongs to the photo at hand
        self._previewing: PhotoSource | None = None
        self._close_anyway = False
        self.devices: tuple[str, ...] = ()
        self.export_dialog: ExportDialog | None = None
        self._build()
        self._connect_actions()
        self._connect_session()
        self._build_features()
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
        self.empty_state.set_sample_available(bool(self.opener.samples()))
        self.stack = Pages()
        self.stack.addWidget(self.empty_state)
        self.stack.addWidget(self.canvas)
        self.message_bar = MessageBar()
        self.activity_pill = ActivityPill(self.stack)

        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.stack, 1)
        self._column = column
        self.panel = SidePanel()
        self.photo_info = self.panel.photo_info
        self.adjustments = self.panel.adjustments
        self.export_button = self.panel.export_button
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.panel)
        self.setCentralWidget(central)

        self.recent_menu = RecentMenu(self.opener.open_path, self.settings.clear_recent, self)
        build_menus(self, self.actions_by_name, self.recent_menu)
        self.tool_bar = ToolBar(self.actions_by_name, self)
        self.addToolBar(self.tool_bar)
        self.tool_palette = ToolPalette(self)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.tool_palette)
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self._restore_geometry()

    def set_filmstrip(self, widget: QWidget) -> None:
        """Put the strip of photos under the canvas; there is one."""
        self._column.addWidget(widget)

    def set_tool_options(self, widget: QWidget) -> None:
        """Put what can be set for the tool in the hand over the canvas; there is one."""
        self._column.insertWidget(1, widget)

    def _build_features(self) -> None:
        """One line each: a controller adds its widgets, connects its actions and listens to the session."""
        self.zooming = ZoomController(self)
        self.stepping = SteppingController(self)
        self.adjusting = AdjustingController(self)
        self.tools = ToolsController(self)
        self.stroke_editor = self.tools.editor
        self.strokes = StrokesController(self)
        self.colours = ColourController(self)
        self.comparing = ComparingController(self)
        self.copying = CopyingController(self)
        self.printing = PrintingController(self)
        self.stroke_pictures = StrokePicturesController(self)
        self.referring = ReferringController(self)
        self.variations = VariationsController(self)
        self.abilities = AbilitiesController(self)
        self.preparing = PreparingController(self)
        self.model_grid = ModelGridController(self)
        self.keeping = KeepingController(self)
        self.recovery = RecoveryController(self)
        self.panel.add_tab(HistoryPanel(self.session), self.tr("History"))
        self.assistance = AssistanceController(self)
        self.batch = BatchController(self)
        self.turing = TuringController(self)
        self.page_keys = PageKeys(self)
        self.page_keys.look_after(self, but=[self.batch.strip.list])
        order_focus(
            self,
            (
                self.message_bar,
                self.tool_bar,
                self.tool_palette,
                self.tools.options,
                self.stack,
                self.batch.strip,
                self.colours.panel,
                self.panel.tabs.tabBar(),
                self.adjusting.method,
                self.panel.tabs,
                self.export_button,
            ),
        )

    def _restore_geometry(self) -> None:
        if not self.settings.geometry.isEmpty() and self.restoreGeometry(self.settings.geometry):
            return
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry() if screen is not None else None
        width, height = (1280, 800) if room is None else (min(1280, room.width()), min(800, room.height()))
        self.resize(width, height)

    def _connect_actions(self) -> None:
        for name, method in (
            ("open", self.opener.choose),
            ("paste", self.opener.paste),
            ("sample", self.opener.open_sample),
            ("export", self.export),
            ("quit", self.close),
            ("colorize", self.session.colorize),
            ("stop", self.stop),
            ("about", self._about),
        ):
            self.actions_by_name[name].triggered.connect(partial(_call, method))
        self.actions_by_name["panel"].setChecked(True)
        self.actions_by_name["panel"].toggled.connect(self.panel.setVisible)
        self.actions_by_name["full_screen"].toggled.connect(self._full_screen)
        self.actions_by_name["sample"].setVisible(bool(self.opener.samples()))
        self.addActions(list(self.actions_by_name))
        self.empty_state.open_requested.connect(self.opener.choose)
        self.empty_state.sample_requested.connect(self.opener.open_sample)
        self.empty_state.photo_requested.connect(self.opener.open_path)
        self.export_button.clicked.connect(partial(_call, self.export))
        self.export_button.setToolTip(self.actions_by_name["export"].toolTip())
        self.adjustments.device_chosen.connect(self.choose_device)
        self.activity_pill.cancel_requested.connect(self.session.cancel)
        self.tool_bar.before_button.pressed.connect(partial(self.canvas.hold_before, True))
        self.tool_bar.before_button.released.connect(partial(self.canvas.hold_before, False))
        self.settings.recent_changed.connect(self._show_recent)

    def _connect_session(self) -> None:
        session = self.session
        session.view_provider = self._view
        session.previewed.connect(self._on_previewed)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._show_nothing)
        session.prepared.connect(self._on_prepared)
        session.edited.connect(self._update_actions)
        session.rendered.connect(self._on_rendered)
        session.coloured.connect(self._on_coloured)
        session.activity_changed.connect(self.activity_pill.show_activity)
        session.activity_changed.connect(self._update_actions)
        session.catalogued.connect(self._on_catalogued)
        session.failed.connect(self._on_failed)
        session.stopped.connect(self._on_stopped)
        self.narrator = Narrator(session, self.message_bar, self.opener.choose, self.export, self)
        self.opener.told.connect(self.tell)

    # -- what the session says ----------------------------------------------------------------------------

    def _on_previewed(self, picture: Picture) -> None:
        self._previewing = self.session.opening
        self.canvas.finish_tool()  # what is being drawn belongs to the photo at hand
        self.canvas.shows_document = False
        self.canvas.set_after(None)
        self.canvas.set_before(picture)
        self.canvas.fit()
        self.stack.setCurrentWidget(self.canvas)

    def _on_opened(self, opened: OpenedPhoto) -> None:
        self._picture = None
        self.canvas.cancel_tool()
        self.canvas.shows_document = True
        self.canvas.set_after(None)
        self.canvas.set_before(opened.gray)
        if self._previewing != opened.source:
            self.canvas.fit()
        self._previewing = None
        self.stack.setCurrentWidget(self.canvas)
        if not self.batch.strip.list.hasFocus():  # who goes through the strip with keys stays there
            self.canvas.setFocus()
        self.canvas.setAccessibleDescription(opened.source.name)
        self.photo_info.show_photo(opened)
        self.status.show_photo(opened)
        self.opener.remember(opened.source)
        self._update_actions()

    def _on_prepared(self, opened: OpenedPhoto, where: Affine) -> None:
        self._picture = None
        if self._previewing is None:
            shown = self.canvas.after  # levels that are being dragged, too
            self._picture = carried(shown, where, opened.photo.shape) if shown is not None else None
            self.canvas.exchange(opened.gray, self._picture, where)
        self.photo_info.show_photo(opened)
        self.status.show_photo(opened)

    def _on_rendered(self, picture: Picture | None) -> None:
        self._picture = picture
        if self._previewing is None:
            self.canvas.set_after(picture)
        self._update_actions()

    def _on_coloured(self, colouring: ColouringResult | None) -> None:
        self.status.show_colouring(colouring)
        self._update_actions()

    def _on_catalogued(self, catalogue: Catalogue) -> None:
        self.devices = catalogue.devices
        self.adjustments.set_catalogue(catalogue)
        if catalogue.devices and self.session.machine.device not in ("auto", *catalogue.devices):
            self.choose_device("auto")  # a graphics card that is no more
        self.adjustments.show_device(self.session.machine.device)
        self._update_actions()

    def _on_failed(self, task: Task, _error: Exception) -> None:
        if task is Task.OPEN:
            self._back_to_photo_at_hand()
            self.opener.forget_if_gone(self.session.opening)
        self._update_actions()

    def _on_stopped(self, task: Task) -> None:
        if task is Task.OPEN:
            self._back_to_photo_at_hand()
        self._update_actions()

    def _back_to_photo_at_hand(self) -> None:
        """Opening came to nothing; a coarse look at the other photo may already be on the canvas."""
        if self._previewing is None:
            return
        self._previewing = None
        if self.session.photo is None:
            self._show_nothing()
        else:
            self.canvas.shows_document = True
            self.canvas.set_before(self.session.photo.gray)
            self.canvas.set_after(self._picture)
            self.canvas.fit()

    def _show_nothing(self) -> None:
        self._picture = None
        self._previewing = None
        self.canvas.clear()
        self.stack.setCurrentWidget(self.empty_state)
        self.empty_state.open_button.setFocus()
        self.photo_info.show_photo(None)
        self.status.show_photo(None)
        self.status.show_colouring(None)
        self._update_actions()

    # -- what the user changes ----------------------------------------------------------------------------

    def choose_device(self, device: str) -> None:
        """Colour on another device, from now on."""
        self.settings.device = device
        self.session.set_device(device)
        self.adjustments.show_device(device)

    def stop(self) -> None:
        """Give up what is drawn or selected, else stop what is under way, else put a message away."""
        activity = self.session.activity
        if self.tools.escape():
            return
        if activity is not None and activity.task is not Task.RENDER:
            self.activity_pill.cancel()
        elif self.message_bar.items:
            self.message_bar.items[0].dismiss()
        elif self.isFullScreen():
            self.actions_by_name["full_screen"].setChecked(False)

    def export(self) -> None:
        """Ask where and how; the writing itself goes on behind the window."""
        photo = self.session.photo
        if photo is None or not self.session.can_export:
            return
        self.export_dialog = ExportDialog(photo, self.settings, self)
        self.export_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.export_dialog.export_requested.connect(self.session.export)
        self.export_dialog.finished.connect(self._export_dialog_closed)
        self.message_bar.clear_topic("export")
        self.export_dialog.open()

    def _export_dialog_closed(self, _result: int) -> None:
        self.export_dialog = None

    def open_paths(self, paths: list[Path]) -> None:
        """Open the first photo; the others wait under Open recent."""
        self.opener.open_paths(paths)

    def tell(self, message: Message) -> None:
        """Say something in the message bar."""
        self.message_bar.show_message(message)

    # -- keeping the window in step -----------------------------------------------------------------------

    def _update_actions(self) -> None:
        has_photo = self.session.document is not None
        coloured = self.session.colouring is not None
        self.actions_by_name["close"].setEnabled(has_photo)
        shown = has_photo and self._picture is not None
        for name in ("gray", "split", "side_by_side"):
            self.actions_by_name[name].setEnabled(shown)
        self.tool_bar.before_button.setEnabled(shown)
        busy = self.session.is_busy(Task.COLOUR)
        self.actions_by_name["colorize"].setEnabled(has_photo and not coloured and not busy)
        self.actions_by_name["export"].setEnabled(self.session.can_export)
        self.export_button.setEnabled(self.session.can_export)

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
        self.opener.drop(event.mimeData())
        event.acceptProposedAction()

    def _end_drop_hover(self) -> None:
        self.empty_state.set_drop_hover(False)
        self.canvas.set_drop_hover(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        if (self.session.is_busy(Task.EXPORT) or self.batch.running) and not self._close_anyway:
            remedy = Remedy(self.tr("Stop it and close"), self._stop_and_close)
            words = self.tr("The photo is still being saved.")
            if self.batch.running:
                words = self.tr("Photos of the strip are still being worked on.")
            self.tell(Message(words, Severity.WARNING, (remedy,), topic="close"))
            event.ignore()
            return
        if not self.keeping.may_close():
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.sync()
        self.hide()  # at once, though the threads may take a moment
        self.session.shutdown()
        self.turing.close()
        self.colours.close()
        self.keeping.close()
        event.accept()

    def _stop_and_close(self) -> None:
        self._close_anyway = True
        self.close()


def _call(method: object, _checked: bool = False) -> None:
    """`triggered` carries a flag that most methods have no use for."""
    method()  # type: ignore[operator]
