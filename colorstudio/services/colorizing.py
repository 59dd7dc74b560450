"""Colouring a document: network and strokes together, with what is already computed kept."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.chroma import Chroma, PropagatedChroma
from colorstudio.document.document import Document, Settings
from colorstudio.document.reference import Reference
from colorstudio.document.variation import Variation
from colorstudio.errors import DeviceError, UsageError
from colorstudio.imaging.loops import load_kernels
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.imaging.smoothing import Smoothing
from colorstudio.networks.hints import NO_HINTS, Hints
from colorstudio.networks.registry import find_model
from colorstudio.networks.suggesting import Suggestion
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services.answering import Answer, Asked, Guides
from colorstudio.services.colouring import Colouring
from colorstudio.services.devices import AUTO, is_out_of_memory, release_memory, resolve_device
from colorstudio.services.hybrid import DEFAULT_REACH, residual, screening_of_reach
from colorstudio.services.painting import PaintedColours, hints_of, painted_by_strokes
from colorstudio.services.predicting import Predictor
from colorstudio.services.previewing import Previewer
from colorstudio.services.reference import ReferencePhoto
from colorstudio.services.spreading import Region, Spreader
from colorstudio.services.turns import Turns
from colorstudio.services.varying import Varied

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import ChromaPrediction
    from colorstudio.networks.descriptor import ModelDescriptor

_SMALLER = 0.625  # of the working size, on each try after memory ran out
_SMALLEST_WORKING_SIZE_PX = 96

# Rows, columns, and their chroma ``(h, w, 2)``.
OnRegion = Callable[[slice, slice, NDArray[np.float32]], None]


class ColorizingService:
    """Colours documents; keeps networks loaded and photos prepared. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # one pass at a time: a pass uses all cores by itself
        self._turns = Turns()
        self._predictor = Predictor()
        self._spreader = Spreader()
        self._previewer = Previewer()
        # By photo, what a network said last.
        self._latest: WeakKeyDictionary[Photo, Answer] = WeakKeyDictionary()

    def colorize(
        self,
        document: Document,
        *,
        painted: PaintedColours | None = None,
        device: str = AUTO,
        working_size_px: int | None = None,
        region: tuple[slice, slice] | None = None,
        on_region: OnRegion | None = None,
        token: ProgressToken | None = None,
    ) -> Colouring:
        """Colours of the whole photo, as its settings and strokes say.

        Where the device's memory runs out, the network is tried again at a smaller working size, then on
        the CPU; the colouring's notes say so.

        Parameters
        ----------
        painted
            What is painted on the photo; None for the document's strokes.
        region, on_region
            Rows and columns of what is on the screen. Where strokes spread, `on_region` is called with their
            chroma as soon as it is known, before the rest of the photo is.

        Raises
        ------
        ModelError, DeviceError, Cancelled
        """
        token = token or ProgressToken()
        token.report(0.0, "Waiting")
        with self._lock:
            token = self._turns.courteous(token)
            token.check()
            if painted is None:
                painted = painted_by_strokes(document.strokes, document.photo.shape)
            seen = (*region, on_region) if region is not None and on_region is not None else None
            return self._colorize(document, painted, device, working_size_px, seen, token)

    def warm_up(self, document: Document, *, token: ProgressToken | None = None) -> None:
        """Do what strokes on this photo will need, before there is one: the small copy of it, then the whole.

        Raises
        ------
        DeviceError, Cancelled
        """
        token = self._turns.courteous(token or ProgressToken())
        token.check()
        load_kernels()
        self._previewer.prepare(document.photo)
        token.check()
        self._spreader.prepare(document.photo, token)

    def forget(self, photo: Photo) -> None:
        """Give the memory of what is kept for a photo back; somebody may hold on to the photo itself."""
        self._previewer.forget(photo)
        self._spreader.forget(photo)
        self._predictor.forget(photo)
        self._latest.pop(photo, None)

    def refer(
        self,
        document: Document,
        other: ReferencePhoto,
        *,
        device: str = AUTO,
        token: ProgressToken | None = None,
    ) -> Reference:
        """What of the document's photo has its like in another, for `Settings.reference`.

        Raises
        ------
        NothingAlikeError
            Too little has.
        ModelError, DeviceError, Cancelled
        """
        token = token or ProgressToken()
        token.report(0.0, "Waiting")
        with self._lock:
            token = self._turns.courteous(token)
            model = find_model(document.settings.model)
            where = resolve_device(device)
            try:
                return self._find_alike(document, other, model, where, token)
            except Exception as error:
                if where == "cpu" or not is_out_of_memory(error):
                    raise
            self._predictor.forget_photos()
            release_memory(where)
            return self._find_alike(document, other, model, "cpu", token)

    def variations(
        self,
        document: Document,
        count: int,
        *,
        first: int = 1,
        painted: PaintedColours | None = None,
        device: str = AUTO,
        working_size_px: int | None = None,
        token: ProgressToken | None = None,
    ) -> Iterator[Varied]:
        """Several colourings of the photo to choose from, as soon as each is known; none like another.

        Strokes, the reference and all other settings are heeded, but not the variation that is chosen now.

        Parameters
        ----------
        first
            Number of the first of them; the same numbers give the same colourings.

        Raises
        ------
        UsageError
            There is only one colouring: the network takes no hints and draws no colours, or there is none.
        ModelError, DeviceError, Cancelled
        """
        settings = replace(document.settings, variation=None)
        if settings.mode == "scribbles":
            raise UsageError("Without the network there is one colouring only: choose another mode.")
        token = token or ProgressToken()
        model = find_model(settings.model)
        run = _Pass(model.name, resolve_device(device), working_size_px or model.working_size_px)
        run.vividness = _vividness(settings, model)
        if painted is None:
            painted = painted_by_strokes(document.strokes, document.photo.shape)
        hints = hints_of(painted.hinted())
        token.report(0.0, "Waiting")
        token = self._turns.courteous(token)
        with self._lock:
            token.check()
            token.report(0.05, "Loading the network")
            colorizer = self._predictor.network(run.model, run.device)
            seen = self._predictor.see(document.photo, colorizer, document.luminance, run.working_size_px)
            drawn = seen.variations(count, first, hints, settings.reference)
        for number in range(count):
            token.report(0.1 + 0.9 * number / count, "Choosing colours")
            with self._lock:  # strokes come in between
                token.check()
                variant = next(drawn)
            positions = variant.hints.positions.astype(np.float32)
            variation = Variation(first + number, variant.seed, positions, variant.hints.chroma_lab)
            yield Varied(variation, self._about(document, settings, variation, variant.prediction, run))
        token.report(1.0, "Done")

    def _about(
        self,
        document: Document,
        settings: Settings,
        variation: Variation,
        prediction: ChromaPrediction,
        run: _Pass,
    ) -> Colouring:
        """What a variation looks like: without a pass of its own."""
        settings = replace(settings, variation=variation)
        asked = Asked(run.model, (), Guides.of(settings))
        answer = Answer(asked, prediction, None, NO_HINTS, document.photo.shape)
        network = answer.chroma(run.vividness, settings.smoothing)
        base = Colouring(
            network,
            network,
            settings,
            (),
            run.model,
            run.device,
            run.working_size_px,
            run.vividness,
            0,
            {},
            smoothing=settings.smoothing,
        )
        if settings.mode == "network" or not document.strokes:
            return base
        varied = Document(document.photo, settings, document.strokes)
        return self._previewer.preview(varied, base) or base

    def preview(
        self,
        document: Document,
        base: Colouring | None,
        *,
        device: str = AUTO,
        working_size_px: int | None = None,
    ) -> Colouring | None:
        """About what `colorize` would give, while the pen is down. Does not wait for a pass in the two modes
        that spread strokes; the third has nothing quicker than the pass itself.

        Parameters
        ----------
        base
            The last colouring of the same photo.

        Returns
        -------
        None where strokes cannot be told without a pass: the base is of another network.
        """
        with self._turns.first():
            if document.settings.mode != "network":
                return self._previewer.preview(document, self._as_vivid_as(document, base))
        if base is not None and base.settings.model == document.settings.model:
            return self.colorize(document, device=device, working_size_px=working_size_px)
        return None

    def suggest(
        self,
        document: Document,
        row: float,
        col: float,
        count: int = 5,
        *,
        device: str = AUTO,
        working_size_px: int | None = None,
    ) -> list[Suggestion]:
        """The colours that the network holds most likely at a place, given the document's strokes.

        Parameters
        ----------
        row, col
            In pixels of the photo; the nearest one inside is taken.

        Raises
        ------
        ModelError, DeviceError
        """
        photo = document.photo
        height, width = photo.shape
        descriptor = find_model(document.settings.model)
        asked = Asked(descriptor.name, document.strokes, Guides.of(document.settings))
        answer = self._latest.get(photo)
        if answer is None or answer.asked != asked:
            with self._lock:
                answer = self._latest.get(photo)  # a pass may have asked the same meanwhile
                if answer is None or answer.asked != asked:
                    size = working_size_px or descriptor.working_size_px
                    hints = hints_of(painted_by_strokes(document.strokes, photo.shape).hinted())
                    run = _Pass(descriptor.name, resolve_device(device), size)
                    self._guided(document, hints, run, ProgressToken())
                    answer = self._latest[photo]
        return answer.prediction.suggest((row + 0.5) / height, (col + 0.5) / width, count)

    def _colorize(
        self,
        document: Document,
        painted: PaintedColours,
        device: str,
        working_size_px: int | None,
        seen: tuple[slice, slice, OnRegion] | None,
        token: ProgressToken,
    ) -> Colouring:
        settings = document.settings
        network: GuidedUpsampler | None = None
        if settings.mode == "scribbles":
            run = _Pass("", "cpu", 0)
            spread = self._spread(document, painted.constraints, math.inf, None, seen, run, token)
            chroma: Chroma = PropagatedChroma(spread)
        else:
            descriptor = find_model(settings.model)
            run = _Pass(
                descriptor.name, resolve_device(device), working_size_px or descriptor.working_size_px
            )
            spreads = settings.mode == "hybrid" and len(painted) > 0
            hints = hints_of(painted.hinted())
            run.notes += _unable(descriptor, settings, hints)
            run.vividness, run.smoothing = _vividness(settings, descriptor), settings.smoothing
            chroma = network = self._guided(document, hints, run, token.part(0.0, 0.6) if spreads else token)
            if spreads:
                predicted = network.at(document.luminance, painted.constraints.indices)
                beyond = residual(painted.wanted(predicted), predicted)
                reach = DEFAULT_REACH if settings.reach is None else settings.reach
                spread = self._spread(document, beyond, reach, network, seen, run, token.part(0.6, 1))
                chroma = PropagatedChroma(spread, network)
        if document.strokes and not len(painted):
            run.notes.append("None of the strokes lies in the photo.")
        token.report(1.0, "Done")
        return Colouring(
            chroma,
            network,
            settings,
            document.strokes,
            run.model,
            run.device,
            run.working_size_px,
            run.vividness,
            len(painted),
            run.seconds,
            tuple(run.notes),
            run.smoothing,
        )

    def _guided(self, document: Document, hints: Hints, run: _Pass, token: ProgressToken) -> GuidedUpsampler:
        """The network's answer to hints."""
        wanted_size_px = run.working_size_px
        while True:
            try:
                answer = self._latest[document.photo] = self._ask(document, hints, run, token)
                token.report(0.9, "Following the edges")
                with run.timed("guide"):
                    return answer.chroma(run.vividness, run.smoothing)
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                # The frames of its traceback hold on to the memory that the next try needs.
                out_of_memory = error.with_traceback(None)
            self._take_less(run, wanted_size_px, out_of_memory)
            token.check()

    def _spread(
        self,
        document: Document,
        constraints: Constraints,
        reach: float,
        network: Chroma | None,
        seen: tuple[slice, slice, OnRegion] | None,
        run: _Pass,
        token: ProgressToken,
    ) -> NDArray[np.float32]:
        """What is given at some pixels, at all of them: ``(H, W, 2)``."""
        photo = document.photo
        if not constraints.values.any():  # no strokes, or only such as keep what is there
            return np.zeros((*photo.shape, 2), np.float32)
        region = None
        if seen is not None:
            rows, cols, on_region = seen

            def show(spread: NDArray[np.float32]) -> None:
                if network is not None:
                    spread += np.moveaxis(network.region_planes(document.luminance, rows, cols), 0, -1)
                on_region(rows, cols, spread)

            region = Region(rows, cols, show)
        screening = screening_of_reach(reach, photo.shape)
        with run.timed("propagation"):
            propagation = self._spreader.spread(photo, constraints, screening, token, region)
        run.notes += propagation.notes
        return propagation.chroma

    def _as_vivid_as(self, document: Document, base: Colouring | None) -> Colouring | None:
        """The last colouring; where the network is wanted more vivid or even, that without its strokes."""
        settings = document.settings
        if base is None or base.network is None:
            return base
        before = base.settings
        if (before.vividness, before.smoothing) == (settings.vividness, settings.smoothing):
            return base
        answer = self._latest.get(document.photo)
        if answer is None or answer.asked != Asked(base.model, base.strokes, Guides.of(settings)):
            return base  # the pass behind this one will tell
        vividness = _vividness(settings, find_model(base.model))
        network = answer.chroma(vividness, settings.smoothing)
        return replace(
            base,
            chroma=network,
            network=network,
            strokes=(),
            vividness=vividness,
            smoothing=settings.smoothing,
        )

    def _ask(self, document: Document, hints: Hints, run: _Pass, token: ProgressToken) -> Answer:
        token.report(0.05, "Loading the network")
        with run.timed("load"):
            colorizer = self._predictor.network(run.model, run.device)
        token.report(0.4, "Looking at the photo")
        with run.timed("luminance"):
            luminance = document.luminance
        with run.timed("prepare"):
            seen = self._predictor.see(document.photo, colorizer, luminance, run.working_size_px)
        token.report(0.75, "Choosing colours")
        with run.timed("predict"):
            guides = Guides.of(document.settings)
            prediction = seen.predict(hints, guides)
            is_blended = len(hints) > 0 and document.settings.mode == "hybrid"
            plain = seen.predict(NO_HINTS, guides) if is_blended else None
        asked = Asked(run.model, document.strokes, guides)
        return Answer(asked, prediction, plain, hints, document.photo.shape)

    def _find_alike(
        self,
        document: Document,
        other: ReferencePhoto,
        model: ModelDescriptor,
        device: str,
        token: ProgressToken,
    ) -> Reference:
        token.report(0.1, "Loading the network")
        colorizer = self._predictor.network(model.name, device)
        token.report(0.3, "Looking at the photo")
        # At the network's own size, whatever the photo is coloured at: what is alike was measured there.
        seen = self._predictor.see(document.photo, colorizer, document.luminance, model.working_size_px)
        token.report(0.6, "Comparing the photos")
        reference = seen.find(other)
        token.report(1.0, "Done")
        return reference

    def _take_less(self, run: _Pass, full_size_px: int, error: BaseException) -> None:
        """Choose device and working size of the next try, or give up."""
        self._predictor.forget_photos()
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
            self._predictor.forget_networks()
            release_memory(run.device)
            run.device, run.working_size_px = "cpu", full_size_px
        else:
            raise DeviceError(
                "There is not enough memory to colour this photo, even at the smallest working size: "
                "close other programs and try again."
            ) from error


def _unable(model: ModelDescriptor, settings: Settings, hints: Hints) -> list[str]:
    """What is asked of a network that it cannot do."""
    notes: list[str] = []
    if settings.mode == "network" and len(hints) and not model.takes_hints:
        notes.append(
            f"The network {model.name} takes no hints, so the strokes change nothing: choose the mode "
            "hybrid, which spreads them, or another network."
        )
    if settings.reference is not None and not model.follows_references:
        notes.append(
            f"The network {model.name} cannot colour a photo like another one: "
            f"{settings.reference.name} is left out."
        )
    return notes


def _vividness(settings: Settings, model: ModelDescriptor) -> float:
    return model.vividness if settings.vividness is None else settings.vividness


@dataclass
class _Pass:
    """Where a pass runs, and what it has to tell afterwards."""

    model: str
    device: str
    working_size_px: int
    vividness: float = 0.0
    smoothing: Smoothing = "none"
    seconds: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, stage: str) -> Generator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
