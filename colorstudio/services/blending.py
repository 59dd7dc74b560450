"""What of the network's answer to hints the propagation of strokes stands on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import ChromaPrediction
    from colorstudio.networks.hints import Hints

# Tuned together with the default reach: docs/adr/0008.
_PLAIN_SHARE = 0.6  # of the prediction without hints, right at a hint
_PLAIN_STRENGTH = 0.75  # factor on its chroma
_DISTANCE = 0.15  # over which the share falls to 1/e, as a part of the picture's longer side


def blend_near_hints(
    plain: ChromaPrediction, hinted: ChromaPrediction, hints: Hints, photo_shape: tuple[int, int]
) -> ChromaPrediction:
    """The prediction with hints, near them mixed with the one without.

    Near a hint the propagation says what the colour is, and the network only how it varies around there.
    That is told better by both predictions together than by the one that has taken the hint in, and best
    with restraint: where hints are dense, the propagation knows more than any of the two.

    Parameters
    ----------
    plain, hinted
        Of one photo at one working size, without and with the hints.
    photo_shape
        Height and width of the photo that the hints lie in.
    """
    if not len(hints):
        return plain
    from scipy.ndimage import distance_transform_edt  # takes long to import

    shape = hinted.chroma_lab.shape[:2]
    cells = np.floor((hints.positions + 0.5) * np.array(shape) / np.array(photo_shape)).astype(np.int64)
    without = np.ones(shape, np.bool_)
    without[cells[:, 0], cells[:, 1]] = False
    distance = np.asarray(distance_transform_edt(without), np.float32) / max(shape)
    share = np.float32(_PLAIN_SHARE) * np.exp(-distance / np.float32(_DISTANCE))[..., None]
    chroma = (1 - share) * hinted.chroma_lab + share * (np.float32(_PLAIN_STRENGTH) * plain.chroma_lab)
    return replace(hinted, chroma_lab=chroma)
