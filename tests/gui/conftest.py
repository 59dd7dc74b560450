"""A window with a fake backend, and photos to open in it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from colorstudio.document.document import Document
from colorstudio.document.reference import Reference
from colorstudio.document.variation import Variation
from colorstudio.gui.app import make_application
from colorstudio.gui.backend import Catalogue, ModelChoice
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.resample import GuidedUpsampler, resize
from colorstudio.imaging.writing import WriteOptions
from colorstudio.networks.suggesting import Suggestion
from colorstudio.progress import ProgressToken

WAIT_MS = 20_000

# a*b* that each model of the fake gives to every pixel; others that a test adds are green.
CHROMA = {"": (30.0, 20.0), "warm": (30.0, 20.0), "cool": (-10.0, -30.0)}
GREEN = (-40.0, 30.0)


@dataclass(frozen=True, eq=False)
class FakeColouring:
    chroma: GuidedUpsampler
    model: str
    device: str
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class FakeVaried:
    variation: Variation
    colouring: FakeColouring


@dataclass
class FakeBackend:
    """Colours everything in one tone.

    Attributes
    ----------
    gate
        While cleared, `colorize` waits for it (and for a cancel), so that a test decides when it ends.
    errors
        Of single models.
    ignores_cancel
        As a network that is in the middle of a pass: it does not look at the token.
    """

    gate: threading.Event = field(default_factory=threading.Event)
    export_gate: threading.Event = field(default_factory=threading.Event)
    started: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    errors: dict[str, Exception] = field(default_factory=dict)
    export_error: Exception | None = None
    notes: tuple[str, ...] = ()
    ignores_cancel: bool = False
    previews: bool = True
    variation_gate: threading.Event = field(default_factory=threading.Event)
    variation_error: Exception | None = None
    models: tuple[ModelChoice, ...] = (
        ModelChoice("warm", "Warm", "Everything in orange.", vividness=0.4),
        ModelChoice("cool", "Cool", "Everything in blue.", vividness=0.6),
    )
    devices: tuple[str, ...] = ("cuda", "cpu")

    def __post_init__(self) -> None:
        self.gate.set()
        self.export_gate.set()
        self.variation_gate.set()
        self.passes: list[tuple[str, str]] = []  # model and device of each
        self.documents: list[Document] = []  # as each pass saw it
        self.sizes: list[int] = []  # that each pass was asked to work at
        self.previewed: list[Document] = []
        self.warmed: list[Document] = []
        self.forgotten: list[Photo] = []
        self.varied: list[Document] = []
        self.places: list[tuple[float, float]] = []  # that suggestions were asked for
        self.exported: list[Document] = []
        self.exports: list[tuple[Path, WriteOptions, float]] = []
        self.threads: set[int] = set()

    def catalogue(self) -> Catalogue:
        self.threads.add(threading.get_ident())
        return Catalogue(self.models, self.devices)

    def colorize(
        self,
        document: Document,
        *,
        device: str,
        working_size_px: int = 0,
        region: tuple[slice, slice] | None = None,
        on_region: Callable[[slice, slice, np.ndarray], None] | None = None,
        token: ProgressToken,
    ) -> FakeColouring:
        self.threads.add(threading.get_ident())
        self.passes.append((document.settings.model, device))
        self.documents.append(document)
        self.sizes.append(working_size_px)
        token.report(0.1, "Looking at the photo")
        self.started.set()
        self._wait(self.gate, token)
        error = self.errors.get(document.settings.model, self.error)
        if error is not None:
            raise error
        if not self.ignores_cancel:
            token.check()
        if region is not None and on_region is not None and document.strokes:
            rows, cols = region
            on_region(
                rows, cols, self._colours(document, device).chroma.region(document.luminance, rows, cols)
            )
        return self._colours(document, device)

    def _colours(self, document: Document, device: str) -> FakeColouring:
        shape = document.photo.shape
        small = (max(shape[0] // 4, 1), max(shape[1] // 4, 1))
        chroma = np.empty((*small, 2), np.float32)
        given = CHROMA.get(document.settings.model, GREEN)
        chroma[:] = given if document.settings.mode != "scribbles" else (0, 0)
        if document.settings.variation is not None:
            chroma[:] = document.settings.variation.chroma_lab[0]
        if document.settings.vividness is not None:
            chroma *= 0.6 + document.settings.vividness
        for stroke in document.strokes:  # the half of the photo that a stroke begins in takes its colour
            left = stroke.points[0][1] < shape[1] / 2
            half = slice(None, small[1] // 2) if left else slice(small[1] // 2, None)
            if stroke.chroma_lab is not None:
                chroma[:, half] = stroke.chroma_lab
        used = "cpu" if device == "auto" else device
        guided = GuidedUpsampler(chroma, resize(document.luminance, small), shape)
        return FakeColouring(guided, document.settings.model or "warm", used, {"predict": 0.042}, self.notes)

    def warm_up(self, document: Document, *, token: ProgressToken) -> None:
        self.threads.add(threading.get_ident())
        self.warmed.append(document)

    def forget(self, photo: Photo) -> None:
        self.threads.add(threading.get_ident())
        self.forgotten.append(photo)

    def preview(
        self, document: Document, base: Any, *, device: str, working_size_px: int = 0
    ) -> FakeColouring | None:
        self.threads.add(threading.get_ident())
        if not self.previews or base is None or base.model != (document.settings.model or "warm"):
            return None
        self.previewed.append(document)
        return self._colours(document, device)

    def suggest(
        self,
        document: Document,
        row: float,
        col: float,
        count: int,
        *,
        device: str,
        working_size_px: int = 0,
    ) -> list[Suggestion]:
        self.threads.add(threading.get_ident())
        self.places.append((row, col))
        return [
            Suggestion((30.0, 20.0), (180, 120, 90), 0.6),
            Suggestion((-10.0, -30.0), (80, 130, 190), 0.3),
        ][:count]

    def refer(
        self, document: Document, other: Photo, name: str, *, device: str, token: ProgressToken
    ) -> Reference:
        self.threads.add(threading.get_ident())
        place, colour, sure = (np.array(values, np.float32) for values in ([[20, 30]], [[30, 10]], [1]))
        return Reference(name, place, colour, sure)

    def variations(
        self,
        document: Document,
        count: int,
        first: int,
        *,
        device: str,
        working_size_px: int = 0,
        token: ProgressToken,
    ) -> Iterator[FakeVaried]:
        """In one tone each, more and more blue."""
        self.threads.add(threading.get_ident())
        self.varied.append(document)
        for number in range(first, first + count):
            self._wait(self.variation_gate, token)
            if self.variation_error is not None:
                raise self.variation_error
            place, colour = np.array([[20, 30]], np.float32), np.array([[0, -10 * number]], np.float32)
            variation = Variation(number, number, place, colour)
            asked = Document(
                document.photo, replace(document.settings, variation=variation), document.strokes
            )
            yield FakeVaried(variation, self._colours(asked, device))

    def export(
        self,
        document: Document,
        colouring: Any,
        path: Path,
        options: WriteOptions,
        token: ProgressToken,
    ) -> Path:
        from colorstudio.document.compositor import composite
        from colorstudio.imaging.writing import write_photo

        self.threads.add(threading.get_ident())
        token.report(0.2, "composite")
        self.started.set()
        self._wait(self.export_gate, token)
        if self.export_error is not None:
            raise self.export_error
        self.exported.append(document)
        self.exports.append((path, options, document.settings.saturation))
        pixels = composite(
            document.luminance,
            colouring.chroma,
            saturation=document.settings.saturation,
            bit_depth=options.bit_depth or 8,
        )
        return write_photo(path, pixels, like=document.photo, options=options)

    def _wait(self, gate: threading.Event, token: ProgressToken) -> None:
        while not gate.wait(0.01):
            if not self.ignores_cancel:
                token.check()


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The application with its real theme."""
    yield make_application()
    # Without a screen Qt lets go of what was copied when Python is gone already, and crashes.
    QApplication.clipboard().clear()


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def settings(tmp_path: Path) -> WindowSettings:
    return WindowSettings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window(qtbot: QtBot, backend: FakeBackend, settings: WindowSettings) -> Iterator[MainWindow]:
    made = MainWindow(backend, settings)
    made.resize(1280, 800)
    qtbot.addWidget(made, before_close_func=_release(backend))
    made.show()
    qtbot.waitExposed(made)
    # Qt remembers where the last test clicked, and makes a move there of its own when widgets come and go.
    qtbot.mouseMove(made, QPoint(0, 0))
    yield made
    backend.gate.set()
    backend.export_gate.set()
    backend.variation_gate.set()


def _release(backend: FakeBackend) -> Callable[[MainWindow], None]:
    def release(window: MainWindow) -> None:
        backend.gate.set()
        backend.export_gate.set()
        backend.variation_gate.set()
        window.session.shutdown()
        window.keeping.close()  # nobody is there to be asked about unsaved work

    return release


def discard_unsaved(window: MainWindow) -> None:
    """Say so where the window asks about unsaved work."""
    box = window.findChild(QMessageBox, "unsaved")
    if box is not None:
        box.button(QMessageBox.StandardButton.Discard).click()


@pytest.fixture
def make_photo(tmp_path: Path) -> Callable[..., Path]:
    """Write a gray photo with some structure and return its path."""

    def make(name: str = "portrait.png", width: int = 320, height: int = 200, *, bits: int = 8) -> Path:
        rows, cols = np.mgrid[0:height, 0:width]
        plane = (90 + 60 * np.sin(cols / 17) + 40 * np.cos(rows / 11)).clip(0, 255)
        path = tmp_path / name
        if bits == 16:
            Image.fromarray((plane * 257).astype(np.uint16)).save(path)
        else:
            Image.fromarray(plane.astype(np.uint8)).save(path)
        return path

    return make


@pytest.fixture
def open_photo(qtbot: QtBot, window: MainWindow, wait_coloured: Callable[[], None]) -> Callable[[Path], None]:
    """Open a photo and wait until it is there in full colour."""

    def open_and_wait(path: Path) -> None:
        with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
            window.open_paths([path])
            discard_unsaved(window)
        wait_coloured()

    return open_and_wait


@pytest.fixture
def wait_coloured(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Wait until what is shown is what the settings say, at full size."""

    def settled() -> bool:
        after = window.canvas.after
        return (
            after is not None
            and after.is_full
            and not after.patches
            and window.session.activity is None
            and window.session.colouring is not None
        )

    return lambda: qtbot.waitUntil(settled, timeout=WAIT_MS)
