"""The desktop around the window: the file manager, files that are dropped or pasted."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QImage

from colorstudio.gui.loading import PhotoSource


def show_in_folder(path: Path) -> None:
    """Open the file manager where a file is, with the file selected where the system can do that."""
    if sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    elif sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(path)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def files_in(data: QMimeData) -> list[Path]:
    """Local files among what is dropped or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def can_take(data: QMimeData) -> bool:
    """Whether there may be a photo in it. Web addresses are taken too, to say what to do with them."""
    return bool(data.urls()) or data.hasImage()


def picture_in(data: QMimeData, name: str) -> PhotoSource | None:
    """A picture without a file, such as one copied in another program."""
    if not data.hasImage():
        return None
    image = data.imageData()
    return PhotoSource(name, image=image) if isinstance(image, QImage) and not image.isNull() else None
