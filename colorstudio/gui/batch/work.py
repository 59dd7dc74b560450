"""What a run does with one photo. Runs on a worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from colorstudio.gui.backend import Backend, ColouringResult, Machine
from colorstudio.gui.batch.courtesy import Courtesy
from colorstudio.gui.batch.photos import FoundPhoto
from colorstudio.gui.batch.thumbnails import SIDE_PX, compressed
from colorstudio.gui.canvas.picture import image_of
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import eight_bit
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.document.document import Document, DocumentState
    from colorstudio.imaging.writing import WriteOptions


@dataclass(frozen=True)
class PhotoJob:
    """A photo as it was when its turn came.

    Attributes
    ----------
    state
        None for one that nobody changed: then it is coloured with the network `model`.
    document
        A copy of the document of the photo in the window, which need not be read again.
    """

    path: Path
    state: DocumentState | None
    model: str
    machine: Machine
    document: Document | None = None


@dataclass(frozen=True)
class Target:
    """Where a photo is written to, and how.

    Attributes
    ----------
    inputs
        All photos of the batch, resolved: none of them is written over.
    """

    path: Path
    options: WriteOptions
    inputs: frozenset[Path]


@dataclass(frozen=True)
class JobResult:
    """What came of a job.

    Attributes
    ----------
    image, data
        The thumbnail in colour, as it is and as it is kept; None where the photo was left alone.
    written
        The file it is in now; None if it was only coloured, or left alone.
    """

    job: PhotoJob
    image: QImage | None = None
    data: bytes = b""
    written: Path | None = None


def find_photos(paths: tuple[Path, ...], token: ProgressToken, _deliver: Deliver) -> list[FoundPhoto]:
    """The photos of folders and their folders, and files that were named one by one, whatever they are.

    Raises
    ------
    PhotoReadError
        A folder cannot be looked through.
    Cancelled
    """
    from colorstudio.errors import PhotoReadError
    from colorstudio.services.planning import folder_beside, photos_in

    found: dict[Path, FoundPhoto] = {}
    for path in paths:
        path = path.absolute()
        if not path.is_dir():
            found[path] = FoundPhoto(path, Path(), path.resolve())
            continue
        try:
            # Before the root of a disk there is no other folder.
            outputs = folder_beside(path) if path.name else path / "-colour"
            photos = photos_in(path, outputs, token=token)
        except OSError as error:
            reason = error.strerror or str(error)
            words = QCoreApplication.translate(
                "FolderOpener",
                "The folder {path} could not be looked through ({reason}): check its rights and the disk.",
            )
            raise PhotoReadError(words.format(path=path, reason=reason)) from error
        for photo in photos:
            token.check()
            found[photo] = FoundPhoto(photo, photo.parent.relative_to(path), photo.resolve())
    return list(found.values())


def colour_photo(
    backend: Backend, job: PhotoJob, courtesy: Courtesy, token: ProgressToken, _deliver: Deliver
) -> JobResult:
    """Have a look at a photo in colour.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    document = _document(job, courtesy.waiting(token.part(0.0, 0.3)))
    colouring = _colour(backend, job, document, courtesy, token.part(0.3, 0.95))
    image = _thumbnail(document, colouring)
    return JobResult(job, image, compressed(image))


def export_photo(
    backend: Backend,
    job: PhotoJob,
    target: Target,
    courtesy: Courtesy,
    token: ProgressToken,
    _deliver: Deliver,
) -> JobResult:
    """Colour a photo and write it; leave it alone if its file is there and must not be replaced.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    from colorstudio.services.exporting import check_target, make_folder_of

    if target.path.exists() and not target.options.overwrite:
        return JobResult(job)
    check_target(target.path, target.inputs, target.options)  # now, not after the work
    document = _document(job, courtesy.waiting(token.part(0.0, 0.2)))
    colouring = _colour(backend, job, document, courtesy, token.part(0.2, 0.5))
    make_folder_of(target.path)
    writing = courtesy.waiting(token.part(0.5, 1.0))
    written = backend.export(document, colouring, target.path, target.options, writing)
    image = _thumbnail(document, colouring)
    return JobResult(job, image, compressed(image), written)


def _document(job: PhotoJob, token: ProgressToken) -> Document:
    from colorstudio.document.document import Document, Settings
    from colorstudio.imaging.reading import read_photo

    if job.document is not None:
        return job.document
    token.report(0.0, "Reading")
    source = read_photo(job.path)
    if job.state is None:
        return Document(source, Settings(model=job.model))
    return Document.from_state(source, job.state, token.part(0.7, 1.0))


def _colour(
    backend: Backend, job: PhotoJob, document: Document, courtesy: Courtesy, token: ProgressToken
) -> ColouringResult:
    device, size = job.machine.device, job.machine.working_size_px
    return courtesy.run(
        lambda attempt: backend.colorize(document, device=device, working_size_px=size, token=attempt), token
    )


def _thumbnail(document: Document, colouring: ColouringResult) -> QImage:
    from colorstudio.document.compositor import composite
    from colorstudio.imaging.resample import resize

    height, width = document.photo.shape
    factor = min(1.0, SIDE_PX / max(height, width))
    shape = max(1, round(height * factor)), max(1, round(width * factor))
    luminance = resize(document.luminance, shape)
    small = colouring.chroma.resized(shape)
    planes = small.region_planes(luminance, slice(0, shape[0]), slice(0, shape[1]))
    chroma = np.ascontiguousarray(np.moveaxis(planes, 0, -1))
    return image_of(eight_bit(composite(luminance, chroma, saturation=document.settings.saturation)))
