"""Colouring a document: network and strokes together, with what is already computed kept."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.chroma import Chroma, PropagatedChroma
from colorstudio.document.document import Document, Settings
from colorstudio.document.reference import Reference
from colorstudio.imaging.loops import load_kernels
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.networks.hints import Hints
from colorstudio.networks.registry import find_model
from colorstudio.networks.suggesting import Suggestion
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services.answering import Asked, Guides
from colorstudio.services.asking import Asker, Pass, vividness_of
from colorstudio.services.colouring import Colouring
from colorstudio.services.devices import AUTO
from colorstudio.services.hybrid import DEFAULT_REACH, residual, screening_of_reach
from colorstudio.services.painting import PaintedColours, hints_of, painted_by_strokes
from colorstudio.services.predicting import Predictor
from colorstudio.services.previewing import Previewer
from colorstudio.services.reference import ReferencePhoto
from colorstudio.services.spreading import Region, Spreader
from colorstudio.services.turns import Turns
from colorstudio.services.varying import Varier

if TYPE_CHECKING:
    from colorstudio.networks.descriptor import ModelDescriptor

# Rows, columns, and their chroma ``(h, w, 2)``.
OnRegion = Callable[[slice, slice, NDArray[np.float32]], None]


class ColorizingService:
    """Colours documents; keeps networks loaded and photos prepared. Safe to call from several threads.

    Attributes
    ----------
    variations
        Several colourings of one photo to choose from: see `Varier.variations`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()  # one pass at a time: a pass uses all cores by itself
        self._turns = Turns()
        self._predictor = Predictor()
        self._spreader = Spreader()
        self._previewer = Previewer()
        self._asker = Asker(self._predictor)
        self.variations = Varier(self._predictor, self._previewer, self._turns, self._lock).variations

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
        self._asker.latest.pop(photo, None)

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
            return self._asker.find_alike(document, other, device, self._turns.courteous(token))

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
        answer = self._asker.latest.get(photo)
        if answer is None or answer.asked != asked:
            with self._lock:
                answer = self._asker.latest.get(photo)  # a pass may have asked the same meanwhile
                if answer is None or answer.asked != asked:
                    hints = hints_of(painted_by_strokes(document.strokes, photo.shape).hinted())
                    # What the whole photo would look like is not asked for.
                    settings = replace(document.settings, vividness=0.0, smoothing="none")
                    run = Pass.of(settings, device, working_size_px)
                    self._asker.ask(document, hints, run, ProgressToken())
                    answer = self._asker.latest[photo]
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
            run = Pass("", "cpu", 0)
            spread = self._spread(document, painted.constraints, math.inf, None, seen, run, token)
            chroma: Chroma = PropagatedChroma(spread)
        else:
            run = Pass.of(settings, device, working_size_px)
            spreads = settings.mode == "hybrid" and len(painted) > 0
            hints = hints_of(painted.hinted())
            run.notes += _unable(find_model(settings.model), settings, hints)
            asking = token.part(0.0, 0.6) if spreads else token
            chroma = network = self._asker.ask(document, hints, run, asking)
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

    def _spread(
        self,
        document: Document,
        constraints: Constraints,
        reach: float,
        network: Chroma | None,
        seen: tuple[slice, slice, OnRegion] | None,
        run: Pass,
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
        answer = self._asker.latest.get(document.photo)
        if answer is None or answer.asked != Asked(base.model, base.strokes, Guides.of(settings)):
            return base  # the pass behind this one will tell
        vividness = vividness_of(settings, find_model(base.model))
        network = answer.chroma(vividness, settings.smoothing)
        return replace(
            base,
            chroma=network,
            network=network,
            strokes=(),
            vividness=vividness,
            smoothing=settings.smoothing,
        )


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
