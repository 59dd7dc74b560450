"""Whether the inner loops of making pixels are at hand in compiled form."""

from __future__ import annotations

from types import ModuleType

import numpy as np

_loaded: list[ModuleType] = []


def load_kernels() -> None:
    """Have pixels made by compiled loops from now on: the same ones, in a part of the time.

    Takes half a second where the machine code is on the disk, most of it for numba, and seconds where it is
    not. So this is called when somebody is about to paint, and before a picture that is worth it.
    """
    if _loaded:
        return
    from colorstudio.imaging import kernels

    light, planes, codes = (
        np.zeros((2, 2), np.float32),
        np.zeros((4, 2, 2), np.float32),
        np.zeros(2, np.uint8),
    )
    pixels = np.zeros((2, 2, 3), np.uint8)
    kernels.interpolated(light, planes, np.zeros(2, np.intp), light[0], 0, planes[:2])
    double, steps = planes.astype(np.float64), np.zeros(2, np.intp)
    kernels.widened(double, steps, light[0], planes)
    kernels.box_mean(double[0], 1, double[1])
    kernels.fitted_linear(light, planes[:2], planes[:3])
    kernels.encoded(light, planes[:2], codes, pixels)
    kernels.halved(pixels, pixels[:1, :1].copy())
    _loaded.append(kernels)


def kernels_at_hand() -> ModuleType | None:
    """`imaging.kernels`, once it is loaded."""
    return _loaded[0] if _loaded else None
