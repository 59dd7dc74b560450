"""Passes of networks over documents, with less where memory runs out."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from colorstudio.document.document import Document, Settings
from colorstudio.document.reference import Reference
from colorstudio.errors import DeviceError
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.imaging.smoothing import Smoothing
from colorstudio.networks.hints import NO_HINTS, Hints
from colorstudio.networks.registry import find_model
from colorstudio.progress import ProgressToken
from colorstudio.services.answering import Answer, Asked, Guides
from colorstudio.services.devices import is_out_of_memory, release_memory, resolve_device
from colorstudio.services.predicting import Predictor
from colorstudio.services.reference import ReferencePhoto

if TYPE_CHECKING:
    from colorstudio.networks.descriptor import ModelDescriptor

_SMALLER = 0.625  # of the working size, on each try after memory ran out
_SMALLEST_WORKING_SIZE_PX = 96


def vividness_of(settings: Settings, model: ModelDescriptor) -> float:
    return model.vividness if settings.vividness is None else settings.vividness


@dataclass
class Pass:
    """Where a pass runs, and what it has to tell afterwards."""

    model: str
    device: str
    working_size_px: int
    vividness: float = 0.0
    smoothing: Smoothing = "none"
    seconds: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, settings: Settings, device: str, working_size_px: int | None) -> Pass:
        """Raises `ModelError` and `DeviceError`."""
        model = find_model(settings.model)
        return cls(
            model.name,
            resolve_device(device),
            working_size_px or model.working_size_px,
            vividness_of(settings, model),
            settings.smoothing,
        )

    @contextmanager
    def timed(self, stage: str) -> Generator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


class Asker:
    """Asks networks about documents. For one thread at a time.

    Attributes
    ----------
    latest
        By photo, what a network said last. Any thread may look.
    """

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self.latest: WeakKeyDictionary[Photo, Answer] = WeakKeyDictionary()

    def ask(self, document: Document, hints: Hints, run: Pass, token: ProgressToken) -> GuidedUpsampler:
        """What a network says to hints, as vivid and as even as is wanted.

        Raises
        ------
        ModelError, DeviceError, Cancelled
        """
        wanted_size_px = run.working_size_px
        while True:
            try:
                answer = self.latest[document.photo] = self._answer(document, hints, run, token)
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

    def find_alike(
        self, document: Document, other: ReferencePhoto, device: str, token: ProgressToken
    ) -> Reference:
        """What of the document's photo has its like in another.

        Raises
        ------
        NothingAlikeError, ModelError, DeviceError, Cancelled
        """
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

    def _answer(self, document: Document, hints: Hints, run: Pass, token: ProgressToken) -> Answer:
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

    def _take_less(self, run: Pass, full_size_px: int, error: BaseException) -> None:
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
