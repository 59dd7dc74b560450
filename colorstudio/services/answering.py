"""What a network said to a photo and the strokes on it, as vivid as is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.services.blending import blend_near_hints

if TYPE_CHECKING:
    from colorstudio.document.strokes import Stroke
    from colorstudio.networks.colorizer import ChromaPrediction
    from colorstudio.networks.hints import Hints


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer, from which colours of any vividness come without the network.

    Attributes
    ----------
    asked
        The name of the model, and the strokes.
    prediction
        What it said to them.
    plain
        What it said without hints, where that counts near them; None where it does not.
    hints
        The strokes as the network took them.
    photo_shape
        Height and width of the photo that they lie in.
    """

    asked: tuple[str, tuple[Stroke, ...]]
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
