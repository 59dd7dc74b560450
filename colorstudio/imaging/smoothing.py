"""Chroma made even within things: what can follow any method of colouring (after Zaman 2020).

None of it touches the luminance, and all of it leaves a constant as it is.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Smoothing = Literal["none", "tv", "crf"]
SMOOTHINGS: tuple[Smoothing, ...] = get_args(Smoothing)

# Chosen on photos held out from training: docs/adr/0018.
_TV_WEIGHT = 11.0  # a*b*: a disc of r cells loses up to 2 / r times this of its contrast


def smoothed(
    chroma_lab: NDArray[np.float32],
    guide: NDArray[np.float32],
    smoothing: Smoothing,
    *,
    held: NDArray[np.bool_] | None = None,
) -> NDArray[np.float32]:
    """Small chroma, smoothed.

    Parameters
    ----------
    chroma_lab
        a*b* ``(h, w, 2)``, at a network's output size: some ten thousand cells.
    guide
        L* in [0, 100] of the same photo, ``(h, w)``; total variation does not look at it.
    smoothing
        "none"; "tv", least total variation (Rudin, Osher & Fatemi 1992), which flattens the chroma by
        itself; "crf", a fully connected CRF, which evens it out over what is near and of like luminance.
    held
        Cells ``(h, w)`` that stay as they are: there somebody has said what the colour is.

    Returns
    -------
    ``(h, w, 2)`` float32 a*b*.
    """
    if smoothing == "tv":
        return _least_variation(chroma_lab, held)
    if smoothing == "crf":
        from colorstudio.imaging.gaussian_crf import most_likely_chroma  # SciPy takes long to import

        return most_likely_chroma(chroma_lab, guide, held)
    return chroma_lab


def _least_variation(chroma_lab: NDArray[np.float32], held: NDArray[np.bool_] | None) -> NDArray[np.float32]:
    """By Chambolle's projection (2004), a* and b* together: where one has an edge, so has the other."""
    from skimage.restoration import denoise_tv_chambolle

    exact = chroma_lab.astype(np.float64)
    flat = np.array(denoise_tv_chambolle(exact, weight=_TV_WEIGHT, channel_axis=-1), np.float32)
    if held is not None:
        flat[held] = chroma_lab[held]
    return flat
