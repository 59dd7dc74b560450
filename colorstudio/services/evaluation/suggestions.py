"""Whether the true colour is among those that a network suggests at a place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import luminance_of_srgb, srgb_to_lab
from colorstudio.imaging.photo import Photo
from colorstudio.networks.colorizer import Colorizer
from colorstudio.progress import ProgressToken
from colorstudio.services.evaluation.evaluating import Measure
from colorstudio.services.evaluation.hints import generator_of
from colorstudio.services.evaluation.photos import stretched
from colorstudio.services.evaluation.record import Row

PLACES = 50  # a photo
SUGGESTIONS = 5
NEAR_ENOUGH = 10.0  # Delta E (CIE 1976)
_SIZE_PX = 256


def measure_of_suggestions(colorizer: Colorizer, working_size_px: int | None = None) -> Measure:
    """Measures the suggestions that a network makes, without any hint, at places drawn from a photo's name.

    The figures are shares of the places in [0, 1]. "hit_best" and "hit_5": where the true colour is within
    10 Delta E of the likeliest suggestion, and of one of the best five. "hit_gray": of no colour at all,
    which tells how hard the photo is.
    """

    def measure(photo: Photo, name: str, token: ProgressToken) -> Row:
        token.check()
        rgb = stretched(photo, _SIZE_PX) / np.float32(255)
        luminance, truth = luminance_of_srgb(rgb), srgb_to_lab(rgb)[..., 1:]
        prediction = colorizer.predict(colorizer.prepare(luminance, working_size_px))
        nearest = np.full((PLACES, SUGGESTIONS), np.inf)
        places = generator_of(name).integers(0, _SIZE_PX, (PLACES, 2))
        for errors, (row, col) in zip(nearest, places, strict=True):
            share = (row + 0.5) / _SIZE_PX, (col + 0.5) / _SIZE_PX
            for rank, suggestion in enumerate(prediction.suggest(*share, SUGGESTIONS)):
                # At one luminance nothing but a*b* differs.
                errors[rank] = np.hypot(*(suggestion.chroma_lab - truth[row, col]))
        gray = np.hypot(*truth[places[:, 0], places[:, 1]].T)
        return {
            "hit_best": _share(nearest[:, 0]),
            "hit_5": _share(nearest.min(axis=1)),
            "hit_gray": _share(gray),
        }

    return measure


def _share(errors: NDArray[np.floating[Any]]) -> float:
    return float((errors <= NEAR_ENOUGH).mean())
