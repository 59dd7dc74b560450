"""Reading a photo for the window. Runs on a worker thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from colorstudio.document.document import Document, DocumentState, Settings
from colorstudio.document.journal import Stamp, stamp_of
from colorstudio.document.journal_reading import LostWork
from colorstudio.document.preparation import prepare
from colorstudio.document.project import is_project
from colorstudio.errors import PhotoReadError
from colorstudio.gui.canvas.picture import Picture, build_picture
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.kept import Kept, Origin, read_kept
from colorstudio.gui.project_lock import ProjectLock
from colorstudio.imaging.photo import Photo, Pixels
from colorstudio.imaging.writing import to_depth
from colorstudio.paths import sample_photos_dir
from colorstudio.progress import ProgressToken

# Live changes are computed at no more than this many pixels first.
PROXY_PIXELS = 1_200_000
# Above this size a JPEG is worth a quick look at a fraction of its size before it is read in full.
_PREVIEW_FROM_PIXELS = 6_000_000
_PREVIEW_SIDE = 1600


@dataclass(frozen=True)
class PhotoSource:
    """Where a photo comes from: a file, the clipboard, a project, or work that was lost.

    Attributes
    ----------
    image, data
        For a photo without a file: the picture, or the bytes of a picture file.
    project, as_copy, lock
        The project that it is in. As a copy it will not be saved there again. The lock of the project, where
        the window holds it already.
    lost
        What a process left behind that is no more.
    state
        What is to be done to the photo at once; None to begin anew.
    """

    name: str
    path: Path | None = None
    image: QImage | None = field(default=None, compare=False)
    data: bytes | None = field(default=None, compare=False, repr=False)
    project: Path | None = None
    as_copy: bool = False
    lock: ProjectLock | None = field(default=None, compare=False, repr=False)
    lost: LostWork | None = field(default=None, compare=False, repr=False)
    state: DocumentState | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of_file(cls, path: Path, state: DocumentState | None = None) -> PhotoSource:
        """A photo, or a project; what is in a project has its own state."""
        path = path.absolute()
        name = path.name or str(path)
        return cls(name, project=path) if is_project(path) else cls(name, path, state=state)

    @property
    def file(self) -> Path | None:
        """What the user opened: the photo's file or the project; None for what was pasted."""
        return self.project or self.path

    @property
    def is_sample(self) -> bool:
        """Whether it is one of the photos that come along."""
        return self.path is not None and self.path.resolve().parent == sample_photos_dir().resolve()

    def read(self) -> Photo:
        """Raises `PhotoReadError`."""
        from colorstudio.imaging.reading import photo_from_bytes, read_photo

        if self.path is not None:
            return read_photo(self.path)
        if self.data is not None:
            return photo_from_bytes(self.data, self.name)
        if self.image is None or self.image.isNull():
            words = QCoreApplication.translate(
                "PhotoOpener", "There is no picture on the clipboard: copy one and paste again."
            )
            raise PhotoReadError(words)
        stored = QByteArray()
        buffer = QBuffer(stored)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.image)
        return photo_from_bytes(bytes(stored.data()), self.name)


@dataclass(frozen=True, eq=False)
class OpenedPhoto:
    """A photo with what the window shows and computes with.

    Attributes
    ----------
    kept
        What was done to it before, if it comes out of a project.
    original
        The photo as it was read, where `photo` is prepared.
    stamp
        Of the file, before it was read.
    """

    source: PhotoSource
    photo: Photo
    gray: Picture
    kept: Kept | None = None
    original: Photo | None = None
    stamp: Stamp | None = None

    @property
    def origin(self) -> Origin:
        original = self.original if self.original is not None else self.photo
        return Origin(self.source, original, self.stamp)

    def document(self, settings: Settings) -> Document:
        """The document as it was kept, or a new one with these settings."""
        state = self.kept.state if self.kept is not None else DocumentState(settings)
        return Document(
            self.photo, state.settings, state.strokes, source=self.original, preparation=state.preparation
        )


def proxy_shape(shape: tuple[int, int]) -> tuple[int, int]:
    """Height and width at the same aspect with at most `PROXY_PIXELS` pixels."""
    height, width = shape
    factor = min(1.0, (PROXY_PIXELS / (height * width)) ** 0.5)
    return max(1, round(height * factor)), max(1, round(width * factor))


def open_photo(source: PhotoSource, token: ProgressToken, deliver: Deliver) -> OpenedPhoto:
    """Read a photo; `deliver` gets a coarse gray `Picture` on the way where that is quick to have.

    Raises
    ------
    PhotoReadError, ProjectReadError, ProjectInUseError, Cancelled
    """
    token.report(0.0, "Reading")
    preview = _quick_look(source.path) if source.path is not None else None
    if preview is not None:
        token.check()
        deliver(preview)
    stamp = stamp_of(source.path)
    source, kept = read_kept(source)
    original = source.read()
    token.report(0.5, "Preparing")
    photo = original if kept is None else prepare(original, kept.state.preparation, token.part(0.5, 0.6))
    token.report(0.6, "Preparing")
    gray = build_picture(gray_pixels(photo), photo.shape, token)
    token.report(0.9, "Preparing")
    opened = OpenedPhoto(source, photo, gray, kept, original, stamp)
    _ = opened.photo.luminance  # here, not on the GUI thread
    token.report(1.0, "Preparing")
    return opened


def gray_pixels(photo: Photo) -> NDArray[np.uint8]:
    """The photo without colour for the screen, ``(H, W)`` uint8; ``(H, W, 4)`` if it has transparency."""
    if photo.pixels.ndim == 2:
        gray = eight_bit(photo.pixels)
    else:
        from colorstudio.document.compositor import composite

        gray = np.ascontiguousarray(eight_bit(composite(photo.luminance, None)[..., 0]))
    return gray if photo.alpha is None else with_alpha(gray, photo.alpha)


def eight_bit(plane: Pixels) -> NDArray[np.uint8]:
    """Codes of 8 or 16 bit as an export at 8 bit has them."""
    return to_depth(plane, 8).astype(np.uint8, copy=False)


def with_alpha(pixels: NDArray[np.uint8], alpha: Pixels) -> NDArray[np.uint8]:
    """``(H, W)`` or ``(H, W, 3)`` and an alpha plane as ``(H, W, 4)``."""
    out = np.empty((*pixels.shape[:2], 4), np.uint8)
    out[..., :3] = pixels if pixels.ndim == 3 else pixels[..., None]
    out[..., 3] = eight_bit(alpha)
    return out


def _quick_look(path: Path) -> Picture | None:
    """A big JPEG at a fraction of its size in gray, decoded at that size. None if it is not worth it."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if reader.format() != QByteArray(b"jpeg") or size.width() * size.height() < _PREVIEW_FROM_PIXELS:
        return None
    reader.setScaledSize(size.scaled(QSize(_PREVIEW_SIDE, _PREVIEW_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None  # the real reader will find the words for what is wrong
    upright = (image.height() > image.width()) == (size.height() > size.width())
    shape = (size.height(), size.width()) if upright else (size.width(), size.height())
    return Picture(shape, (image.convertToFormat(QImage.Format.Format_Grayscale8),))
