"""The coloured photo onto the clipboard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from colorstudio.gui.finished import FinishedPhoto
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.messages import Message, Severity, words_for
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_TOPIC = "copy"
# Qt's scale, on which 100 is no compression at all: a paste waits for the bytes, nobody keeps them.
_PNG_QUALITY = 90


@dataclass(frozen=True, eq=False)
class _Copy:
    image: QImage
    png: QByteArray


def _copy(result: FinishedPhoto, token: ProgressToken, _deliver: Deliver) -> _Copy:
    image = result.image(token)
    # Other programs ask for PNG: made here, else Qt makes it on the GUI thread while they wait.
    png = QByteArray()
    buffer = QBuffer(png)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(_PNG_QUALITY)
    writer.write(image)
    buffer.close()
    return _Copy(image, png)


class CopyingController(QObject):
    """Copies the result at full size, as any program pastes it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._lane = window.session.new_lane("copy")
        self._lane.finished.connect(self._on_copied)
        self._lane.failed.connect(self._on_failed)
        self._action = window.actions_by_name["copy"]
        self._action.triggered.connect(self.copy)
        for changed in (window.session.coloured, window.session.edited, window.session.closed):
            changed.connect(self._update_action)
        self._update_action()

    def copy(self) -> None:
        result = FinishedPhoto.at_hand(self._window.session)
        if result is not None:
            self._lane.submit(partial(_copy, result))

    def _on_copied(self, copy: _Copy) -> None:
        data = QMimeData()
        data.setImageData(copy.image)
        data.setData("image/png", copy.png)
        QGuiApplication.clipboard().setMimeData(data)
        size = copy.image.size()
        words = self.tr("Copied the coloured photo, {width} × {height} pixels.")
        words = words.format(width=size.width(), height=size.height())
        self._window.tell(Message(words, Severity.SUCCESS, topic=_TOPIC))

    def _on_failed(self, error: Exception) -> None:
        self._window.tell(Message(words_for(error, self.tr("copying")), Severity.ERROR, topic=_TOPIC))

    def _update_action(self) -> None:
        self._action.setEnabled(FinishedPhoto.at_hand(self._window.session) is not None)
