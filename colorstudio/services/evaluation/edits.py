"""Edits as a user makes them: by a few dabs of the brush a thing gets another colour than it has."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.propagation.constraints import Constraints

MARGIN_PX = 8  # around a thing, where a colour may fade out
_TOLERANCE = 15.0  # Delta E (CIE 1976) to the place, within which pixels belong to one thing
_UNLIKE = 30.0  # beyond this one nobody would take them for the same thing
_SMOOTHING_PX = 2.0
_AREA = (0.01, 0.3)  # of the picture
_DABS, _DAB_RADIUS_PX = 4, 3
_CHROMA = 40.0  # of the new colour, or as much as the thing has, if that is more
_LEAST_CHROMA = 20.0  # of what the gamut leaves of it
_TRIES = 40
_HUES_TRIED = 8


@dataclass(frozen=True, eq=False)
class Edit:
    """One thing that gets another colour.

    Attributes
    ----------
    region
        ``(H, W)`` bool, the thing.
    outside
        What is further from it than the margin.
    unlike
        What of that has nothing of its colour either: there is no reason to change it.
    hints
        The dabs, with the colour that they say.
    """

    region: NDArray[np.bool_]
    outside: NDArray[np.bool_]
    unlike: NDArray[np.bool_]
    hints: Constraints

    @property
    def wanted(self) -> NDArray[np.float32]:
        """The a*b* that the dabs say, ``(2,)``."""
        return self.hints.values[0]


def draw_edits(lab: NDArray[np.floating], count: int, generator: np.random.Generator) -> list[Edit]:
    """Edits of different things in a photo; fewer than asked for where it has no more that are fit for it.

    A thing is what is connected to a place drawn at random and has about its colour, of 1 to 30 % of the
    picture. Its new colour is at least a quarter of the circle of hues away from its true one, clearly
    visible, and exists in sRGB under all the dabs.

    Parameters
    ----------
    lab
        ``(H, W, 3)``, the true colours.
    """
    smooth = ndimage.gaussian_filter(lab, (_SMOOTHING_PX, _SMOOTHING_PX, 0))
    edits: list[Edit] = []
    taken = np.zeros(lab.shape[:2], np.bool_)
    for _ in range(_TRIES):
        if len(edits) == count:
            break
        place = generator.integers(0, lab.shape[0]), generator.integers(0, lab.shape[1])
        if taken[place]:
            continue
        region = _region_around(place, smooth)
        hints = None if (region & taken).any() else _dabs(region, lab, generator)
        if hints is None:
            continue
        outside = np.asarray(ndimage.distance_transform_edt(~region)) > MARGIN_PX
        unlike = outside & (np.linalg.norm(smooth - smooth[region].mean(axis=0), axis=-1) > _UNLIKE)
        edits.append(Edit(region, outside, unlike, hints))
        taken |= region
    return edits


def _region_around(place: tuple[int, int], smooth: NDArray[np.floating]) -> NDArray[np.bool_]:
    alike = np.linalg.norm(smooth - smooth[place], axis=-1) < _TOLERANCE
    labelled: Any = ndimage.label(alike)
    parts: NDArray[np.int32] = labelled[0]
    return parts == parts[place]


def _dabs(
    region: NDArray[np.bool_], lab: NDArray[np.floating], generator: np.random.Generator
) -> Constraints | None:
    """Dabs inside of a region that is large and small enough, with a colour that it can have."""
    area = region.mean()
    inner = np.argwhere(_inside_by(region, _DAB_RADIUS_PX + 1))
    if not _AREA[0] <= area <= _AREA[1] or not len(inner):
        return None
    dabs = np.zeros(region.shape, np.bool_)
    rows, cols = np.ogrid[: region.shape[0], : region.shape[1]]
    for row, col in inner[generator.integers(0, len(inner), _DABS)]:
        dabs |= (rows - row) ** 2 + (cols - col) ** 2 <= _DAB_RADIUS_PX**2
    wanted = _another_colour(lab[region][:, 1:].mean(axis=0), lab[dabs][:, 0], generator)
    if wanted is None:
        return None
    return Constraints.of_mask(dabs, np.broadcast_to(wanted, (*region.shape, 2)))


def _inside_by(region: NDArray[np.bool_], distance_px: float) -> NDArray[np.bool_]:
    framed = np.pad(region, 1)
    return np.asarray(ndimage.distance_transform_edt(framed))[1:-1, 1:-1] > distance_px


def _another_colour(
    true_chroma: NDArray[np.floating], luminances: NDArray[np.floating], generator: np.random.Generator
) -> NDArray[np.float32] | None:
    """A visible a*b* of another hue that exists at all these luminances; None where there is none."""
    hue = math.atan2(true_chroma[1], true_chroma[0])
    chroma = max(_CHROMA, math.hypot(*true_chroma))
    for turn in generator.uniform(0.5 * math.pi, 1.5 * math.pi, _HUES_TRIED):
        colour = chroma * np.array([math.cos(hue + turn), math.sin(hue + turn)], np.float32)
        fitted = fit_to_gamut(luminances, np.broadcast_to(colour, (len(luminances), 2)))
        weakest = fitted[np.linalg.norm(fitted, axis=-1).argmin()]
        if math.hypot(*weakest) >= _LEAST_CHROMA:
            return weakest
    return None
