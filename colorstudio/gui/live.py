"""What follows the pen and the cursor, off the GUI thread: coarse pictures, likely colours, getting ready."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colorstudio.document.document import Document, Settings
from colorstudio.errors import NothingAlikeError, UsageError
from colorstudio.gui.backend import Backend, ColouringResult, Machine
from colorstudio.gui.canvas.picture import Patch, Picture
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import PROXY_PIXELS, OpenedPhoto, PhotoSource
from colorstudio.gui.rendering import ColouredPhoto, View, quick_picture, region_patch, visible_region
from colorstudio.gui.results import Coloured, ResultKey
from colorstudio.progress import ProgressToken
from colorstudio.services.turns import Turns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorstudio.document.reference import Reference
    from colorstudio.imaging.photo import Photo
    from colorstudio.imaging.writing import WriteOptions
    from colorstudio.networks.suggesting import Suggestion

_SUGGESTIONS = 5
_LONGEST_WAIT_S = 0.3
# Where more of the photo is on the screen, the whole is there nearly as soon.
_REGION_PART = 0.5


@dataclass(frozen=True, eq=False)
class Preview:
    """About what a document will look like; `drawn` if it was asked for while the pen was down."""

    opened: OpenedPhoto
    document: Document
    picture: Picture
    drawn: bool


@dataclass(frozen=True, eq=False)
class RegionPatch:
    """What is on the screen, as it will be for a key."""

    key: ResultKey
    patch: Patch


def preview(
    backend: Backend,
    opened: OpenedPhoto,
    document: Document,
    machine: Machine,
    base: ColouredPhoto,
    below: Picture | None,
    view: View,
    drawn: bool,
    done: Event,
    turns: Turns,
    _token: ProgressToken,
    deliver: Deliver,
) -> None:
    """Deliver a `Preview`, unless there is no telling; `done` is set at the end.

    It is delivered, and the token not looked at: while the pen moves each point cancels the one before.
    """
    try:
        with turns.first():
            colouring = backend.preview(
                document,
                base.colouring,
                device=machine.device,
                working_size_px=machine.working_size_px,
            )
            if colouring is not None:
                coloured = ColouredPhoto(opened, colouring)
                picture = quick_picture(coloured, document.settings.saturation, view, below)
                deliver(Preview(opened, document, picture, drawn))
    finally:
        done.set()


def colour(
    backend: Backend,
    opened: OpenedPhoto,
    settings: Settings,
    machine: Machine,
    key: ResultKey,
    view: View,
    previewed: Event,
    turns: Turns,
    token: ProgressToken,
    deliver: Deliver,
) -> Coloured:
    """The colours for a key; a `RegionPatch` is delivered before where that comes much sooner.

    Begins when the preview is there: both at once would have both come later.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    previewed.wait(_LONGEST_WAIT_S)
    token = turns.courteous(token)
    token.check()

    def show(rows: slice, cols: slice, chroma: NDArray[np.float32]) -> None:
        deliver(RegionPatch(key, region_patch(opened, rows, cols, chroma, settings.saturation)))

    # A document of its own: the one at hand may change while this runs.
    snapshot = Document(opened.photo, settings, key.strokes)
    height, width = opened.photo.shape
    region = visible_region(view, (height, width), _REGION_PART) if height * width > PROXY_PIXELS else None
    colouring = backend.colorize(
        snapshot,
        device=machine.device,
        working_size_px=machine.working_size_px,
        region=region,
        on_region=show if region is not None else None,
        token=token,
    )
    return Coloured(key, ColouredPhoto(opened, colouring))


def export(
    backend: Backend,
    document: Document,
    machine: Machine,
    colouring: ColouringResult | None,
    path: Path,
    options: WriteOptions,
    token: ProgressToken,
    _deliver: Deliver,
) -> Path:
    """Write a document; where its colours are not there yet, it is coloured before.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    if colouring is None:
        colouring = backend.colorize(
            document,
            device=machine.device,
            working_size_px=machine.working_size_px,
            token=token.part(0.0, 0.5),
        )
        token = token.part(0.5, 1.0)
    return backend.export(document, colouring, path, options, token)


def warm_up(backend: Backend, document: Document, token: ProgressToken, _deliver: Deliver) -> None:
    """Do what strokes will need. Raises `ColorStudioError`, `Cancelled`."""
    backend.warm_up(document, token=token)


def forget(backend: Backend, photo: Photo, _token: ProgressToken, _deliver: Deliver) -> None:
    """Give the memory back that work on a photo has taken."""
    backend.forget(photo)


@dataclass(frozen=True, eq=False)
class Referred:
    """What of a photo has its like in another, by the network of some settings."""

    opened: OpenedPhoto
    reference: Reference


def refer(
    backend: Backend,
    opened: OpenedPhoto,
    document: Document,
    machine: Machine,
    source: PhotoSource,
    token: ProgressToken,
    _deliver: Deliver,
) -> Referred:
    """Read another photo and compare. Raises `ColorStudioError`, `Cancelled`."""
    token.report(0.0, "Reading")
    other = source.read()
    rest = token.part(0.3, 1.0)
    try:
        found = backend.refer(document, other, source.name, device=machine.device, token=rest)
    except NothingAlikeError as error:
        words = QCoreApplication.translate(
            "Referring",
            "Too little of the photo looks like something in {name}, and nothing was changed: "
            "choose one that shows the same kinds of things.",
        )
        raise NothingAlikeError(words.format(name=source.name)) from error
    except UsageError as error:
        words = QCoreApplication.translate(
            "Referring", "{name} has no colours to take: choose a photo in colour."
        )
        raise UsageError(words.format(name=source.name)) from error
    return Referred(opened, found)


@dataclass(frozen=True)
class Suggested:
    """Likely colours at a place of a photo."""

    opened: OpenedPhoto
    row: float
    col: float
    colours: list[Suggestion]


def suggest(
    backend: Backend,
    opened: OpenedPhoto,
    document: Document,
    machine: Machine,
    row: float,
    col: float,
    _token: ProgressToken,
    deliver: Deliver,
) -> None:
    """Deliver `Suggested`. Raises `ColorStudioError`."""
    colours = backend.suggest(
        document,
        row,
        col,
        _SUGGESTIONS,
        device=machine.device,
        working_size_px=machine.working_size_px,
    )
    deliver(Suggested(opened, row, col, colours))
