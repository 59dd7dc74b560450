"""What leads a network to a variation that was chosen."""

from __future__ import annotations

from colorstudio.document.variation import Variation
from colorstudio.networks.hints import NO_HINTS, Hints, broadened
from colorstudio.services.reference import near_painted


def hints_of_variation(
    variation: Variation | None,
    photo_shape: tuple[int, int],
    working_shape: tuple[int, int],
    painted: Hints = NO_HINTS,
) -> Hints:
    """What a network is told to come to a variation: near strokes nothing, for what is painted is so."""
    if variation is None or not len(variation.positions):
        return NO_HINTS
    rows, cols = variation.positions.T
    inside = (rows > -0.5) & (rows < photo_shape[0] - 0.5) & (cols > -0.5) & (cols < photo_shape[1] - 0.5)
    kept = inside & ~near_painted(variation.positions, painted, photo_shape)
    places = Hints(variation.positions, variation.chroma_lab).where(kept)
    return broadened(places, photo_shape, working_shape)
