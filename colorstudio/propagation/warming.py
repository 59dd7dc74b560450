"""Compiling the solver's kernels before they are needed."""

from __future__ import annotations

import numpy as np

from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.fast import SMALLEST
from colorstudio.propagation.propagator import Propagator


def compile_kernels() -> None:
    """Go each way through the solver once, on noise.

    Where the machine code of an earlier run is on the disk this takes a second, else about half a minute.
    """
    side = int(SMALLEST**0.5) + 1
    luminance = np.random.default_rng(0).random((side, side))
    mask = np.zeros(luminance.shape, np.bool_)
    mask[40:44, 20:60] = True
    strokes = Constraints.of_mask(mask, np.ones((*luminance.shape, 2)))
    propagator = Propagator(luminance, prepare=False)
    propagator.preview(strokes)
    propagator.solve(strokes, region=(slice(0, 90), slice(0, 90)), on_region=lambda _: None)
    propagator.solve(strokes, screening=0.01)
    propagator.preview(strokes)
    Propagator(luminance, weights="levin").solve(strokes)
