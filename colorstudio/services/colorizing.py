"""Colouring a document: network and strokes together, with what is already computed kept."""

from __future__ import annotations

import math
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.chroma import Chroma, PropagatedChroma, chroma_at
from colorstudio.document.document import Document
from colorstudio.errors import DeviceError
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.networks.hints import Hints
from colorstudio.networks.registry import find_model
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services.blending import blend_near_hints
from colorstudio.services.devices import AUTO, is_out_of_memory, release_memory, resolve_device
from colorstudio.services.hybrid import DEFAULT_REACH, residual, screening_of_reach
from colorstudio.services.painting import PaintedColours, hints_of, painted_by_strokes
from colorstudio.services.spreading import Spreader

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import ChromaPrediction, Colorizer, PreparedPhoto

_KEPT_NETWORKS = 3
_KEPT_PHOTOS = 4
_SMALLER = 0.625  # of the working size, on each try after memory ran out
_SMALLEST_WORKING_SIZE_PX = 96


@dataclass(frozen=True, eq=False)
class Colouring:
    """Colours of a document, before intensity.

    Attributes
    ----------
    chroma
        For `document.compositor.composite`, at any place and size.
    model, device, working_size_px
        What was really used; "", "cpu" and 0 where there was no network.
    painted_pixels
        How many pixels of the photo have strokes.
    seconds
        Spent in each stage: "load" (the network), "prepare" (the encoder), "predict" (the decoder), "guide",
        "propagation".
    notes
        Sentences for the user about what had to be done differently.
    """

    chroma: Chroma
    model: str
    device: str
    working_size_px: int
    painted_pixels: int
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()


class ColorizingService:
    """Colours documents; keeps networks loaded and photos prepared. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # one pass at a time: a pass uses all cores by itself
        self._networks: OrderedDict[tuple[str, str], Colorizer] = OrderedDict()
        self._prepared: OrderedDict[tuple[int, str, str, int], _Prepared] = OrderedDict()
        self._spreader = Spreader()

    def colorize(
        self,
        document: Document,
        *,
        painted: PaintedColours | None = None,
        device: str = AUTO,
        working_size_px: int | None = None,
        token: ProgressToken | None = None,
    ) -> Colouring:
        """Colours of the whole photo, as its settings and strokes say.

        Where the device's memory runs out, the network is tried again at a smaller working size, then on
        the CPU; the colouring's notes say so.

        Parameters
        ----------
        painted
            What is painted on the photo; None for the document's strokes.

        Raises
        ------
        ModelError, DeviceError, Cancelled
        """
        token = token or ProgressToken()
        token.report(0.0, "Waiting")
        with self._lock:
            token.check()
            if painted is None:
                painted = painted_by_strokes(document.strokes, document.photo.shape)
            return self._colorize(document, painted, device, working_size_px, token)

    def _colorize(
        self,
        document: Document,
        painted: PaintedColours,
        device: str,
        working_size_px: int | None,
        token: ProgressToken,
    ) -> Colouring:
        settings, photo = document.settings, document.photo
        if settings.mode == "scribbles":
            run = _Pass("", "cpu", 0)
            chroma: Chroma = PropagatedChroma(self._spread(photo, painted.constraints, math.inf, run, token))
        else:
            descriptor = find_model(settings.model)
            run = _Pass(
                descriptor.name, resolve_device(device), working_size_px or descriptor.working_size_px
            )
            spreads = settings.mode == "hybrid" and len(painted) > 0
            chroma = self._guided(document, painted, run, token.part(0.0, 0.6) if spreads else token)
            if spreads:
                predicted = chroma_at(chroma, document.luminance, painted.constraints.indices)
                beyond = residual(painted.wanted(predicted), predicted)
                reach = DEFAULT_REACH if settings.reach is None else settings.reach
                chroma = PropagatedChroma(self._spread(photo, beyond, reach, run, token.part(0.6, 1)), chroma)
        if document.strokes and not len(painted):
            run.notes.append("None of the strokes lies in the photo.")
        token.report(1.0, "Done")
        return Colouring(
            chroma,
            run.model,
            run.device,
            run.working_size_px,
            len(painted),
            run.seconds,
            tuple(run.notes),
        )

    def _guided(
        self, document: Document, painted: PaintedColours, run: _Pass, token: ProgressToken
    ) -> GuidedUpsampler:
        """The network's answer to what is painted."""
        wanted_size_px = run.working_size_px
        while True:
            try:
                prediction = self._predict(document, hints_of(painted.hinted()), run, token)
                token.report(0.9, "Following the edges")
                with run.timed("guide"):
                    return GuidedUpsampler(prediction.chroma_lab, prediction.guide, document.photo.shape)
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                # The frames of its traceback hold on to the memory that the next try needs.
                out_of_memory = error.with_traceback(None)
            self._take_less(run, wanted_size_px, out_of_memory)
            token.check()

    def _spread(
        self, photo: Photo, constraints: Constraints, reach: float, run: _Pass, token: ProgressToken
    ) -> NDArray[np.float32]:
        """What is given at some pixels, at all of them: ``(H, W, 2)``."""
        if not constraints.values.any():  # no strokes, or only such as keep what is there
            return np.zeros((*photo.shape, 2), np.float32)
        with run.timed("propagation"):
            propagation = self._spreader.spread(
                photo, constraints, screening_of_reach(reach, photo.shape), token
            )
        run.notes += propagation.notes
        return propagation.chroma

    def _predict(
        self, document: Document, hints: Hints, run: _Pass, token: ProgressToken
    ) -> ChromaPrediction:
        token.report(0.05, "Loading the network")
        with run.timed("load"):
            colorizer = self._network(run.model, run.device)
        token.report(0.4, "Looking at the photo")
        with run.timed("luminance"):
            luminance = document.luminance
        with run.timed("prepare"):
            prepared = self._prepare(document.photo, colorizer, luminance, run.working_size_px)
        token.report(0.75, "Choosing colours")
        with run.timed("predict"):
            if not len(hints):
                return prepared.plain
            hinted = colorizer.predict(prepared.photo, hints)
            if document.settings.mode == "hybrid":
                return blend_near_hints(prepared.plain, hinted, hints, document.photo.shape)
            return hinted

    def _network(self, name: str, device: str) -> Colorizer:
        from colorstudio.networks.colorizer import Colorizer

        key = (name, device)
        if key not in self._networks:
            self._networks[key] = Colorizer.load(find_model(name), device)
            while len(self._networks) > _KEPT_NETWORKS:
                self._networks.popitem(last=False)
        self._networks.move_to_end(key)
        return self._networks[key]

    def _prepare(
        self, photo: Photo, colorizer: Colorizer, luminance: NDArray[np.float32], size: int
    ) -> _Prepared:
        key = (id(photo), colorizer.name, colorizer.device, size)
        if key not in self._prepared:
            self._prepared[key] = _Prepared(colorizer, colorizer.prepare(luminance, size))
            weakref.finalize(photo, self._forget_photo, id(photo))
            while len(self._prepared) > _KEPT_PHOTOS:
                self._prepared.popitem(last=False)
        self._prepared.move_to_end(key)
        return self._prepared[key]

    def _forget_photo(self, photo_id: int) -> None:
        # A new photo may get the id of one that is gone.
        # Called by the garbage collector, on any thread and with the lock held or not: hence the copy.
        for key in list(self._prepared):
            if key[0] == photo_id:
                self._prepared.pop(key, None)

    def _take_less(self, run: _Pass, full_size_px: int, error: BaseException) -> None:
        """Choose device and working size of the next try, or give up."""
        self._prepared.clear()
        release_memory(run.device)
        smaller = int(run.working_size_px * _SMALLER)
        if smaller >= _SMALLEST_WORKING_SIZE_PX:
            run.notes.append(
                f"Memory ran out on {run.device} at the working size {run.working_size_px}: "
                f"used {smaller} instead."
            )
            run.working_size_px = smaller
        elif run.device != "cpu":
            run.notes.append(f"Memory ran out on {run.device}: used the CPU instead.")
            self._networks.clear()
            release_memory(run.device)
            run.device, run.working_size_px = "cpu", full_size_px
        else:
            raise DeviceError(
                "There is not enough memory to colour this photo, even at the smallest working size: "
                "close other programs and try again."
            ) from error


class _Prepared:
    """A photo as the network sees it, and what it says to it without hints once that was asked for."""

    def __init__(self, colorizer: Colorizer, photo: PreparedPhoto) -> None:
        self.photo = photo
        self._colorizer = colorizer

    @cached_property
    def plain(self) -> ChromaPrediction:
        return self._colorizer.predict(self.photo)


@dataclass
class _Pass:
    """Where a pass runs, and what it has to tell afterwards."""

    model: str
    device: str
    working_size_px: int
    seconds: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, stage: str) -> Generator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
