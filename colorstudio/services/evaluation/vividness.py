"""What vividness costs and gives, and the one for a network to come with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import UsageError
from colorstudio.imaging.colorspace import luminance_of_srgb, srgb_to_lab
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.resample import resize
from colorstudio.networks.colorizer import Colorizer
from colorstudio.progress import ProgressToken
from colorstudio.services.evaluation.figures import colourfulness, psnr, to_rgb8
from colorstudio.services.evaluation.methods import at_full_size
from colorstudio.services.evaluation.photos import stretched

STEPS = tuple(round(0.1 * step, 1) for step in range(11))
# A mean within this share of the true one is as colourful as photos are.
_NEAR_ENOUGH = 0.9
_SIZE_PX = 256
_CELL_PX = 8
_FLAT = 4.0  # L*, and a*b*: what changes by less from cell to cell is one thing


@dataclass(frozen=True)
class Figures:
    """Means over photos.

    Attributes
    ----------
    unevenness
        By how much chroma changes from cell to cell (8 px of 256) of what is one thing, `unevenness`.
    """

    psnr: float
    colourfulness: float
    unevenness: float


@dataclass(frozen=True)
class Sweep:
    """Figures at each vividness, of gray pictures, and of the photos themselves."""

    steps: dict[float, Figures]
    gray: Figures
    truth: Figures


def sweep(photos: Sequence[Path], colorizer: Colorizer, token: ProgressToken | None = None) -> Sweep:
    """Measure a network at every vividness, by the protocol auto.

    Raises
    ------
    UsageError
        The network has no distribution to take more vivid colours of.
    PhotoReadError, Cancelled
    """
    if not colorizer.network.has_distribution:
        raise UsageError(f"The network {colorizer.name} says one colour for each place: all are as vivid.")
    token = token or ProgressToken()
    rows: list[list[tuple[float, float, float]]] = []
    for number, path in enumerate(photos):
        token.report(number / len(photos), path.name)
        token.check()
        truth = stretched(read_photo(path), _SIZE_PX)
        rgb = truth / np.float32(255)
        luminance = luminance_of_srgb(rgb)
        true_chroma = srgb_to_lab(rgb)[..., 1:].astype(np.float32)
        prediction = colorizer.predict(colorizer.prepare(luminance))
        pictures = [true_chroma, np.zeros_like(true_chroma)]
        pictures += [at_full_size(prediction.with_vividness(step), luminance) for step in STEPS]
        row: list[tuple[float, float, float]] = []
        for chroma in pictures:
            coloured = to_rgb8(luminance, chroma)
            uneven = unevenness(chroma, luminance, true_chroma)
            row.append((psnr(coloured, truth), colourfulness(coloured), uneven))
        rows.append(row)
    means = np.nanmean(np.array(rows), axis=0).tolist()  # photos without anything flat have no unevenness
    truth_figures, gray, *steps = (Figures(*mean) for mean in means)
    return Sweep(dict(zip(STEPS, steps, strict=True)), gray, truth_figures)


def default_vividness(measured: Sweep) -> float:
    """The least vividness that is about as colourful as the photos, in hundredths: more only costs PSNR.

    1 where none is.
    """
    wanted = _NEAR_ENOUGH * measured.truth.colourfulness
    vividness = list(measured.steps)
    colours = [figures.colourfulness for figures in measured.steps.values()]
    for number, reached in enumerate(colours):
        if reached >= wanted:
            if number == 0:
                return 0.0
            below = colours[number - 1]
            share = (wanted - below) / (reached - below)
            step = vividness[number - 1] + share * (vividness[number] - vividness[number - 1])
            return math.ceil(step * 100 - 1e-9) / 100
    return 1.0


def unevenness(
    chroma_lab: NDArray[np.float32], luminance: NDArray[np.float32], true_chroma_lab: NDArray[np.float32]
) -> float:
    """How blotched things are: the mean change of a*b* between cells where nothing changes in truth.

    Parameters
    ----------
    chroma_lab, true_chroma_lab
        ``(H, W, 2)``.
    luminance
        ``(H, W)`` L*.

    Returns
    -------
    float
        nan where there is no such place.
    """
    cells = max(luminance.shape[0] // _CELL_PX, 1), max(luminance.shape[1] // _CELL_PX, 1)
    flat = np.maximum(_changes(resize(luminance, cells)[..., None]), _changes(resize(true_chroma_lab, cells)))
    changes = _changes(resize(chroma_lab, cells))[flat < _FLAT]
    return float(changes.mean()) if changes.size else math.nan


def _changes(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """By how much each cell ``(h, w, c)`` differs from those to its right and below, ``(h - 1, w - 1)``."""
    across, down = cells[:-1, 1:] - cells[:-1, :-1], cells[1:, :-1] - cells[:-1, :-1]
    return np.sqrt((across**2 + down**2).sum(axis=-1))
