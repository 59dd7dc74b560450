"""What a Turing test has done off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from colorstudio.gui.backend import Backend
from colorstudio.gui.canvas.picture import Picture, build_picture, image_of
from colorstudio.gui.jobs import Deliver
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.writing import to_depth
from colorstudio.progress import ProgressToken
from colorstudio.services.turing.answers import Answers, AnswerWriter, read_answers
from colorstudio.services.turing.beginning import Wishes, begin
from colorstudio.services.turing.preparing import check_weights, make_pictures
from colorstudio.services.turing.session import TuringSession, read_session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colorstudio.document.chroma import Chroma
    from colorstudio.document.document import Document
    from colorstudio.services.turing.charts import ChartWords, Look
    from colorstudio.services.turing.results import Results

_CHOOSING = 0.1  # of the progress of a new test


@dataclass(frozen=True)
class Opened:
    """A test with all its pictures, what was answered so far, and what the user should know."""

    session: TuringSession
    answers: Answers
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Charted:
    """Results with their charts."""

    results: Results
    bars: QImage
    pie: QImage


def begin_test(
    backend: Backend,
    device: str,
    folder: Path,
    photos: Path,
    wishes: Wishes,
    token: ProgressToken,
    _deliver: Deliver,
) -> Opened:
    """A new test from a folder of photos."""
    begun = begin(folder, photos, wishes, token.part(0.0, _CHOOSING))
    _make(backend, device, begun.session, token.part(_CHOOSING, 1.0))
    return Opened(begun.session, read_answers(begun.session), begun.notes)


def open_test(backend: Backend, device: str, folder: Path, token: ProgressToken, _deliver: Deliver) -> Opened:
    """The test in a folder; pictures that are missing are made."""
    session = read_session(folder)
    answers = read_answers(session)
    if session.missing():
        models = {model.name: model.weights_sha256 for model in backend.catalogue().models}
        check_weights(session, models)
        _make(backend, device, session, token)
    return Opened(session, answers)


def _make(backend: Backend, device: str, session: TuringSession, token: ProgressToken) -> None:
    def colour(document: Document, inner: ProgressToken) -> Chroma | NDArray[np.float32]:
        return backend.colorize(document, device=device, token=inner).chroma

    make_pictures(session, colour, token)


@dataclass(frozen=True)
class Decoded:
    """The pictures of a trial, ready to be painted."""

    trial: int
    pictures: tuple[Picture, ...]


def decode(wanted: Sequence[tuple[int, tuple[Path, ...]]], token: ProgressToken, deliver: Deliver) -> None:
    """Deliver the pictures of trials, one trial after the other."""
    for number, paths in wanted:
        deliver(Decoded(number, tuple(_decoded(path, token) for path in paths)))


def _decoded(path: Path, token: ProgressToken) -> Picture:
    photo = read_photo(path)
    return build_picture(to_depth(photo.pixels, 8).astype("uint8", copy=False), photo.shape, token)


def find_results(
    session: TuringSession, writer: AnswerWriter | None, token: ProgressToken, _deliver: Deliver
) -> Results:
    """The results of all answers, those that are just being written included."""
    from colorstudio.services.turing.results import results_of

    if writer is not None:
        writer.wait()
    token.check()
    return results_of(session, read_answers(session))


def draw_charts(
    results: Results,
    sizes: Mapping[str, tuple[int, int]],
    ratio: float,
    look: Look,
    words: ChartWords,
    token: ProgressToken,
    _deliver: Deliver,
) -> Charted:
    """Both charts, at their sizes in device-independent pixels."""
    from colorstudio.services.turing.charts import paint_chart

    images: list[QImage] = []
    for part in ("bars", "pie"):
        token.check()
        image = image_of(paint_chart(results, part, sizes[part], ratio, look, words))
        image.setDevicePixelRatio(ratio)
        images.append(image)
    return Charted(results, *images)


def write_charts(
    results: Results, path: Path, words: ChartWords, _token: ProgressToken, _deliver: Deliver
) -> Path:
    from colorstudio.services.turing.charts import write_charts as write

    return write(results, path, words)


def write_table(results: Results, path: Path, _token: ProgressToken, _deliver: Deliver) -> Path:
    return results.write_table(path)
