"""Cropping and straightening: a page of the window with a stage, a frame and a bar below it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from colorstudio.document.affine import IDENTITY
from colorstudio.document.document import Document
from colorstudio.document.preparation import Preparation, mapping, prepare
from colorstudio.gui.canvas.crop_frame import CropFrame
from colorstudio.gui.canvas.picture import Picture, build_picture
from colorstudio.gui.canvas.stage import Stage
from colorstudio.gui.canvas.tools.crop import CropTool
from colorstudio.gui.canvas.tools.hand import HandTool
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import gray_pixels
from colorstudio.gui.messages import Message, Severity, words_for
from colorstudio.gui.panels.preparing.crop_bar import CropBar
from colorstudio.gui.prepared import carried
from colorstudio.gui.temporary_page import TemporaryPage
from colorstudio.gui.theme import set_surround
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


@dataclass(frozen=True, eq=False)
class _Scene:
    """What the stage shows: the photo with its quarter turns, all of it, and its colours as far as known."""

    document: Document
    preparation: Preparation  # that it had
    gray: Picture
    coloured: Picture | None
    draws_line: bool


def _scene(
    document: Document,
    preparation: Preparation,
    coloured: Picture | None,
    draws_line: bool,
    token: ProgressToken,
    _deliver: Deliver,
) -> _Scene:
    whole = replace(preparation, straighten_degrees=0.0, crop=None)
    photo = prepare(document.source, whole, token)
    gray = build_picture(gray_pixels(photo), photo.shape, token)
    if coloured is not None:
        where = mapping(document.source.shape, preparation, whole)
        coloured = carried(coloured, where, photo.shape, over=gray)
    return _Scene(document, preparation, gray, coloured, draws_line)


class CroppingPage(QWidget):
    """A stage with a bar below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage()
        set_surround(self.stage)
        self.bar = CropBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stage, 1)
        column.addWidget(self.bar)


class CroppingController(TemporaryPage):
    """Shows the page, and asks the session for what came of it.

    Attributes
    ----------
    stage, bar
        Of the page; the stage is seen only while `active`.
    """

    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_X, Qt.Key.Key_L)

    def __init__(self, window: MainWindow) -> None:
        page = CroppingPage()
        super().__init__(window, page, page.stage)
        self.stage, self.bar = page.stage, page.bar
        self.frame = CropFrame((1, 1))
        self._tool = CropTool(self.frame)
        self._scene: _Scene | None = None
        self._lane = self._session.new_lane("stage")
        self._lane.finished.connect(self._show)
        self._lane.failed.connect(self._on_failed)
        self.bar.applied.connect(self.apply)
        self.bar.left.connect(self.leave)
        self.bar.line_wanted.connect(self._want_line)
        self.bar.straightening.connect(self._set_fine_lines)
        for changed in (self._session.opened, self._session.closed, self._session.prepared):
            changed.connect(self._on_other_photo)
        window.tool_palette.actionTriggered.connect(self._on_tool)

    @property
    def active(self) -> bool:
        return self._scene is not None

    # -- in and out ---------------------------------------------------------------------------------------

    def begin(self, *, draws_line: bool = False) -> None:
        """Show the page, at once where the photo is neither cropped nor straightened yet."""
        document, opened = self._session.document, self._session.photo
        if document is None or opened is None:
            return
        if self.active:
            self.bar.line_button.setChecked(draws_line)
            return
        preparation, canvas = document.preparation, self._window.canvas
        if preparation.crop is None and not preparation.straighten_degrees:
            self._show(_Scene(document, preparation, opened.gray, canvas.after, draws_line))
        else:
            work = partial(_scene, document, preparation, canvas.after, draws_line)
            self._lane.submit(work)

    def apply(self) -> None:
        """Crop and straighten as the frame says."""
        scene = self._scene
        if scene is None:
            return
        self.leave()
        wanted = replace(
            scene.preparation, crop=self.frame.crop(), straighten_degrees=round(self.frame.degrees, 4)
        )
        if wanted != scene.preparation:
            self._session.prepare(self._name(scene.preparation, wanted), wanted)

    def leave(self) -> None:
        """Back to the canvas, with the photo as it was."""
        self._lane.drop()
        if self._scene is None:
            return
        self._scene = None
        self.stage.tool = HandTool()
        self.stage.clear()
        self._give_place()

    def _show(self, scene: _Scene) -> None:
        document = self._session.document
        if document is None or document is not scene.document:
            return
        if document.preparation != scene.preparation:
            return
        self._scene = scene
        crop = scene.preparation.crop
        rect = QRectF(crop.left, crop.top, crop.width, crop.height) if crop is not None else None
        degrees = scene.preparation.straighten_degrees
        self.frame = CropFrame(scene.gray.shape, rect, degrees, self)
        self.frame.changed.connect(self._on_frame_changed)
        self._tool = CropTool(self.frame)
        self._tool.signals.levelled.connect(self._on_levelled)
        self.stage.exchange(scene.gray, scene.coloured, IDENTITY)
        self.stage.set_degrees(degrees)
        self.stage.tool = self._tool
        self.bar.show_frame(self.frame)
        self.bar.line_button.setChecked(scene.draws_line)
        self._take_place()

    # -- while it is shown --------------------------------------------------------------------------------

    def _on_frame_changed(self) -> None:
        self.stage.set_degrees(self.frame.degrees)
        self.stage.update()

    def _on_levelled(self, degrees: float) -> None:
        limit = self.bar.spin.maximum()
        self.bar.line_button.setChecked(False)
        self.frame.set_degrees(min(max(self.frame.degrees + degrees, -limit), limit))

    def _want_line(self, wanted: bool) -> None:
        self._tool.draws_line = wanted
        self._set_fine_lines(wanted)

    def _set_fine_lines(self, fine: bool) -> None:
        self._tool.fine_lines = fine
        self.stage.update()

    def _on_tool(self, action: QAction) -> None:
        if action is not self._window.actions_by_name["crop"]:
            self.leave()  # another tool is wanted

    def _on_other_photo(self, *_: object) -> None:
        self.leave()

    def _on_failed(self, error: Exception) -> None:
        words = words_for(error, self.tr("showing the whole photo"))
        self._window.tell(Message(words, Severity.ERROR, topic="prepare"))

    def _name(self, before: Preparation, after: Preparation) -> str:
        if before.crop == after.crop:
            return self.tr("straightening")
        if before.straighten_degrees == after.straighten_degrees:
            return self.tr("crop")
        return self.tr("crop and straightening")

    def press(self, key: Qt.Key) -> None:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        elif key == Qt.Key.Key_Escape:
            if not self.stage.cancel_tool():
                self.leave()
        elif key == Qt.Key.Key_X:
            self.bar.swap()
        else:
            self.bar.line_button.toggle()
