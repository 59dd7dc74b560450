"""What a network said to a photo and the strokes on it, as vivid and as even as is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.imaging.smoothing import Smoothing, smoothed
from colorstudio.services.blending import blend_near_hints

if TYPE_CHECKING:
    from colorstudio.document.document import Settings
    from colorstudio.document.reference import Reference
    from colorstudio.document.strokes import Stroke
    from colorstudio.document.variation import Variation
    from colorstudio.networks.colorizer import ChromaPrediction
    from colorstudio.networks.hints import Hints


class Guides(NamedTuple):
    """What a network is led by beside strokes."""

    reference: Reference | None
    variation: Variation | None

    @classmethod
    def of(cls, settings: Settings) -> Guides:
        return cls(settings.reference, settings.variation)


NO_GUIDES = Guides(None, None)


class Asked(NamedTuple):
    """What an answer depends on, beside the photo."""

    model: str
    strokes: tuple[Stroke, ...]
    guides: Guides


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer, from which colours of any vividness and smoothing come without the network.

    Attributes
    ----------
    asked
        What it depends on.
    prediction
        What the network said to that.
    plain
        What it said without the strokes, where that counts near them; None where it does not.
    hints
        The strokes as the network took them.
    photo_shape
        Height and width of the photo that they lie in.
    """

    asked: Asked
    prediction: ChromaPrediction
    plain: ChromaPrediction | None
    hints: Hints
    photo_shape: tuple[int, int]

    def chroma(self, vividness: float, smoothing: Smoothing = "none") -> GuidedUpsampler:
        """Its colours for the whole photo: see `ChromaPrediction.with_vividness`, and `imaging.smoothing`."""
        prediction = self.prediction.with_vividness(vividness)
        if self.plain is not None:
            # What the strokes want beyond these colours is spread later, so they need not be held here.
            plain = self.plain.with_vividness(vividness)
            prediction = blend_near_hints(plain, prediction, self.hints, self.photo_shape)
            prediction = made_even(prediction, smoothing)
        else:
            prediction = made_even(prediction, smoothing, self.hints, self.photo_shape)
        return GuidedUpsampler(prediction.chroma_lab, prediction.guide, self.photo_shape)


def made_even(
    prediction: ChromaPrediction,
    smoothing: Smoothing,
    hints: Hints | None = None,
    photo_shape: tuple[int, int] | None = None,
) -> ChromaPrediction:
    """A prediction smoothed, but for the cells that hold hints: see `imaging.smoothing`.

    Parameters
    ----------
    hints, photo_shape
        Where the network was told what the colour is, and height and width of the photo that they lie in.
    """
    if smoothing == "none":
        return prediction
    held = None
    if hints is not None and photo_shape is not None and len(hints):
        held = np.zeros(prediction.guide.shape, np.bool_)
        at = hints.cells(photo_shape, prediction.guide.shape)
        held[at[:, 0], at[:, 1]] = True
    return replace(
        prediction, chroma_lab=smoothed(prediction.chroma_lab, prediction.guide, smoothing, held=held)
    )
