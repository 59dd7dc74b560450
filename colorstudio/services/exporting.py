"""A coloured document into a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection
from pathlib import Path

import numpy as np

from colorstudio.document.compositor import composite
from colorstudio.document.document import Document
from colorstudio.errors import PhotoWriteError
from colorstudio.imaging.atomic import write_error
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.writing import WriteOptions, depth_to_give, format_of, write_photo
from colorstudio.progress import ProgressToken
from colorstudio.services.colouring import Colouring

_BEFORE_AFTER_GAP_PX = 8


def export_document(
    document: Document,
    colouring: Colouring,
    path: Path,
    options: WriteOptions | None = None,
    token: ProgressToken | None = None,
) -> Path:
    """Write the document in colour at the photo's own size, never over the photo itself.

    Raises
    ------
    PhotoWriteError, Cancelled
        In either case nothing is left at `path` that was not there before.
    """
    options = options or WriteOptions()
    token = token or ProgressToken()
    pixels = composite(
        document.luminance,
        colouring.chroma,
        saturation=document.settings.saturation,
        bit_depth=depth_to_give(path, document.photo, options),
        token=token.part(0.0, 0.7),
    )
    token.report(0.7, "Writing the file")
    return write_photo(path, pixels, like=document.photo, options=options, inputs=_inputs(document.photo))


def export_before_after(
    document: Document, colouring: Colouring, path: Path, *, overwrite: bool = False
) -> Path:
    """Write the photo in gray and in colour side by side, 8 bit."""
    saturation = document.settings.saturation
    before = composite(document.luminance, None)
    after = composite(document.luminance, colouring.chroma, saturation=saturation)
    gap = np.full((before.shape[0], _BEFORE_AFTER_GAP_PX, 3), 255, np.uint8)
    pixels = np.concatenate([before, gap, after], axis=1)
    options = WriteOptions(overwrite=overwrite)
    return write_photo(path, pixels, like=None, options=options, inputs=_inputs(document.photo))


def check_target(path: Path, inputs: Collection[Path], options: WriteOptions) -> None:
    """Refuse before the work what `write_photo` would refuse after it.

    Parameters
    ----------
    inputs
        Photos that were read, resolved. They are compared by name: a batch has thousands, and
        `write_photo` looks closer at one.

    Raises
    ------
    PhotoWriteError
    """
    format_of(path, options)
    if path.resolve() in inputs:
        raise PhotoWriteError(f"{path} was not written, it is a photo that was read: choose another name.")
    if not options.overwrite and os.path.lexists(path):
        raise PhotoWriteError(f"{path} exists already: allow overwriting or choose another name.")


def make_folder_of(path: Path) -> None:
    """Make the folder that a file is to be written in, and those above it.

    Raises
    ------
    PhotoWriteError
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # a file stands there
        raise write_error(path, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))) from error
    except OSError as error:
        raise write_error(path, error) from error


def _inputs(photo: Photo) -> tuple[Path, ...]:
    return (photo.path,) if photo.path is not None else ()
