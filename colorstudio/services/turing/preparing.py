"""The pictures of a Turing test, made ahead so that nobody waits in it.

All pictures of a photo have one luminance and come out of one compositor, the true colours too, reduced to
the same size and written without loss: nothing but colour tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.chroma import Chroma
from colorstudio.document.compositor import composite
from colorstudio.document.document import Document, Settings
from colorstudio.errors import PhotoReadError, TuringError
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.photo import Photo, PhotoKind, unit_rgb
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.resample import resize
from colorstudio.imaging.writing import WriteOptions, write_photo
from colorstudio.progress import ProgressToken
from colorstudio.services.exporting import make_folder_of
from colorstudio.services.turing.beginning import file_digest
from colorstudio.services.turing.session import GRAY, REAL, ShownPhoto, TuringSession

# Chroma of a document as its settings say, ``(H, W, 2)`` a*b* or what computes it by rectangles.
Colour = Callable[[Document, ProgressToken], Chroma | NDArray[np.float32]]

# Each network is loaded once for so many photos, which are in memory together.
_AT_ONCE = 16
_OPTIONS = WriteOptions(format="png", overwrite=True)


def make_pictures(session: TuringSession, colour: Colour, token: ProgressToken | None = None) -> None:
    """Make the pictures that are missing. What is made stays, however it ends.

    Raises
    ------
    TuringError
        A photo is not the one any more that the test began with.
    ColorStudioError, Cancelled
    """
    token = token or ProgressToken()
    missing = dict.fromkeys(session.missing())
    photos = sorted({photo for photo, _ in missing})
    done = 0
    for start in range(0, len(photos), _AT_ONCE):
        some = photos[start : start + _AT_ONCE]
        reduced: dict[int, Photo] = {}
        for photo in some:
            token.report(done / len(missing), session.photos[photo].name)
            reduced[photo] = _reduced(session.photos[photo], session.side_px)
        sources = dict.fromkeys(source for photo, source in missing if photo in reduced)
        for source in sources:
            for photo in some:
                if (photo, source) not in missing:
                    continue
                token.report(done / len(missing), f"{session.photos[photo].name}, {source}")
                _write(session.picture_path(photo, source), reduced[photo], source, colour, token)
                done += 1
    token.report(1.0, "Done")


def check_weights(session: TuringSession, at_hand: Mapping[str, str]) -> None:
    """Refuse to make the pictures that are missing with other models than those before.

    Parameters
    ----------
    at_hand
        SHA-256 of the weights of the models that there are now, by name.

    Raises
    ------
    TuringError
    """
    for model in session.models:
        if at_hand.get(model.name) != model.sha256:
            raise TuringError(
                f"The model {model.name} is not the one any more that the test in {session.folder} began "
                "with: begin a new test."
            )


def _write(path: Path, photo: Photo, source: str, colour: Colour, token: ProgressToken) -> None:
    document = Document(photo, Settings(model="" if source in (REAL, GRAY) else source))
    chroma: Chroma | NDArray[np.float32] | None = None
    if source == REAL:
        chroma = srgb_to_lab(unit_rgb(photo.pixels).astype(np.float32))[..., 1:].astype(np.float32)
    elif source != GRAY:
        chroma = colour(document, token.child())
    pixels = composite(document.luminance, chroma)
    make_folder_of(path)
    write_photo(path, pixels, like=None, options=_OPTIONS)


def _reduced(shown: ShownPhoto, side_px: int) -> Photo:
    """The photo at the size of the test, 16 bits a channel."""
    path = Path(shown.path)
    photo = read_photo(path)
    if file_digest(path) != shown.sha256:
        raise TuringError(f"{path} was changed since the test began: bring it back, or begin a new test.")
    if shown.in_colour != (photo.kind is PhotoKind.COLOUR):
        raise PhotoReadError(f"{path} is not read as it was when the test began: begin a new test.")
    height, width = photo.shape
    factor = min(1.0, side_px / max(height, width))
    shape = max(1, round(height * factor)), max(1, round(width * factor))
    most = np.iinfo(photo.pixels.dtype).max
    small = np.clip(resize(photo.pixels, shape) / np.float32(most), 0, 1)
    return Photo(np.rint(small * np.float32(65535)).astype(np.uint16), photo.kind)
