"""What a network said to a photo and the strokes on it, as vivid as is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.services.blending import blend_near_hints

if TYPE_CHECKING:
    from colorstudio.document.reference import Reference
    from colorstudio.document.strokes import Stroke
    from colorstudio.networks.colorizer import ChromaPrediction
    from colorstudio.networks.hints import Hints


class Asked(NamedTuple):
    """What an answer depends on, beside the photo."""

    model: str
    strokes: tuple[Stroke, ...]
    reference: Reference | None


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer, from which colours of any vividness come without the network.

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

    def chroma(self, vividness: float) -> GuidedUpsampler:
        """Its colours for the whole photo, see `ChromaPrediction.with_vividness`."""
        prediction = self.prediction.with_vividness(vividness)
        if self.plain is not None:
            plain = self.plain.with_vividness(vividness)
            prediction = blend_near_hints(plain, prediction, self.hints, self.photo_shape)
        return GuidedUpsampler(prediction.chroma_lab, prediction.guide, self.photo_shape)
