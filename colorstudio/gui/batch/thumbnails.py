"""Thumbnails: made off the GUI thread for what is in sight, kept within a bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from colorstudio.gui.canvas.picture import image_of
from colorstudio.gui.jobs import Deliver, Lane
from colorstudio.progress import Cancelled, ProgressToken

# Enough for a strip 160 high at 200 % scale.
SIDE_PX = 320
# JPEGs of about 10 kB: some six thousand.
_KEPT_BYTES = 64_000_000
_KEPT_PIXMAPS = 200
_QUALITY = 88


@dataclass(frozen=True)
class _Made:
    path: Path
    image: QImage
    data: bytes


@dataclass(frozen=True)
class _Failed:
    path: Path
    error: Exception


def compressed(image: QImage) -> bytes:
    """A thumbnail as it is kept."""
    stored = QByteArray()
    buffer = QBuffer(stored)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "jpeg", _QUALITY)  # type: ignore[call-overload]
    return bytes(stored.data())


def scaled_down(image: QImage) -> QImage:
    """At most as large as a thumbnail."""
    if max(image.width(), image.height()) <= SIDE_PX:
        return image
    return image.scaled(
        SIDE_PX, SIDE_PX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _make(paths: Sequence[Path], token: ProgressToken, deliver: Deliver) -> None:
    from colorstudio.imaging.thumbnail import read_thumbnail

    for path in paths:
        token.check()
        try:
            image = image_of(read_thumbnail(path, SIDE_PX))
            deliver(_Made(path, image, compressed(image)))
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - one that fails must not keep the others from being made
            deliver(_Failed(path, error))


class Thumbnails(QObject):
    """The thumbnails of a batch.

    Signals
    -------
    made
        The path of a photo whose thumbnail is there or is another now.
    failed
        The path of a photo that cannot be read, and the exception that says why.
    """

    made = Signal(object)
    failed = Signal(object, object)

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Path, bytes] = OrderedDict()
        self._bytes = 0
        self._pixmaps: OrderedDict[Path, QPixmap] = OrderedDict()
        self._hopeless: set[Path] = set()
        self._wanted: list[Path] = []
        self._lane = lane
        self._lane.delivered.connect(self._on_delivered)

    def pixmap(self, path: Path) -> QPixmap | None:
        """The thumbnail, if it is there."""
        found = self._pixmaps.get(path)
        if found is not None:
            self._pixmaps.move_to_end(path)
            return found
        data = self._kept.get(path)
        if data is None:
            return None
        self._kept.move_to_end(path)
        return self._show(path, QImage.fromData(QByteArray(data)))

    def want(self, paths: Sequence[Path]) -> None:
        """Make these, in this order, in place of what was wanted before."""
        wanted = [path for path in paths if path not in self._kept and path not in self._hopeless]
        if wanted == self._wanted and self._lane.busy:
            return
        self._wanted = wanted
        if wanted:
            self._lane.submit(partial(_make, tuple(wanted)), group=self)
        else:
            self._lane.drop()

    def put(self, path: Path, image: QImage, data: bytes | None = None) -> None:
        """Take a thumbnail that was made elsewhere, of a photo in colour."""
        self._keep(path, data if data is not None else compressed(image))
        self._show(path, image)
        self.made.emit(path)

    def forget(self, path: Path) -> None:
        """Have it made again when it is wanted next."""
        self._bytes -= len(self._kept.pop(path, b""))
        self._pixmaps.pop(path, None)
        self._hopeless.discard(path)

    def clear(self) -> None:
        self._lane.drop()
        self._wanted = []
        self._kept.clear()
        self._pixmaps.clear()
        self._hopeless.clear()
        self._bytes = 0

    @property
    def kept_bytes(self) -> int:
        return self._bytes

    def _keep(self, path: Path, data: bytes) -> None:
        self.forget(path)
        self._kept[path] = data
        self._bytes += len(data)
        while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= len(dropped)

    def _show(self, path: Path, image: QImage) -> QPixmap:
        pixmap = QPixmap.fromImage(image)
        self._pixmaps[path] = pixmap
        while len(self._pixmaps) > _KEPT_PIXMAPS:
            self._pixmaps.popitem(last=False)
        return pixmap

    def _on_delivered(self, part: object) -> None:
        if isinstance(part, _Failed):
            self._hopeless.add(part.path)
            self.failed.emit(part.path, part.error)
        elif isinstance(part, _Made) and part.path not in self._kept:  # one in colour may have come meanwhile
            self.put(part.path, part.image, part.data)
