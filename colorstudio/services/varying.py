"""Several colourings of one photo to choose from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from colorstudio.document.document import Document, Settings
from colorstudio.document.variation import Variation
from colorstudio.errors import UsageError
from colorstudio.networks.hints import NO_HINTS
from colorstudio.progress import ProgressToken
from colorstudio.services.answering import Answer, Asked, Guides
from colorstudio.services.asking import Pass
from colorstudio.services.colouring import Colouring
from colorstudio.services.devices import AUTO
from colorstudio.services.painting import PaintedColours, hints_of, painted_by_strokes
from colorstudio.services.predicting import Predictor
from colorstudio.services.previewing import Previewer
from colorstudio.services.turns import Turns

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import ChromaPrediction


@dataclass(frozen=True, eq=False)
class Varied:
    """One of several colourings.

    Attributes
    ----------
    variation
        For `Settings.variation`.
    colouring
        About what `ColorizingService.colorize` gives with it: strokes are spread on a small copy.
    """

    variation: Variation
    colouring: Colouring


class Varier:
    """Draws colourings with the networks of a service; between two of them its passes have their turn.

    Parameters
    ----------
    lock
        Held while a network runs.
    """

    def __init__(
        self, predictor: Predictor, previewer: Previewer, turns: Turns, lock: threading.Lock
    ) -> None:
        self._predictor = predictor
        self._previewer = previewer
        self._turns = turns
        self._lock = lock

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
        run = Pass.of(settings, device, working_size_px)
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
        run: Pass,
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
