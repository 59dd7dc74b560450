"""Colours between the mean of what a network holds plausible and the most colourful of it.

The mean of plausible colours is less colourful than each of them: a coat that is red or blue comes out a
grayish brown. Zhang, Isola & Efros 2016 (eq. 5) sharpen the distribution by a temperature before they take
its mean, which leads from the mean to the mode. But the mode of an honest distribution is hardly more
colourful: most of the world is nearly gray. So while the temperature falls, colours gain weight by how far
they go the way that the mean points: what their rebalancing of rare colours does, at the time of choosing,
as much as the user wants, and without another hue for each neighbour.

Where the distribution is narrow nothing moves: at a hint, in a gray street, in a green meadow.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from colorstudio.imaging.resample import GuidedUpsampler, resize
from colorstudio.networks.quantization import bin_centres

# Chosen on photos held out from training: docs/adr/0012.
_COLDEST = 0.15  # temperature at the vivid end; falls fast at first, for that costs the least
_LEANING = 0.08  # at the vivid end, what each unit of chroma adds to the logarithm of a colour's weight
_ENOUGH = 50.0  # chroma beyond which more of it adds ever less
_GRAY = 5.0  # chroma of a mean that points nowhere much
_REACH = 2  # over how many cells to each side distributions are averaged
_REACH_OF_HUE = 8  # and over how many the way that means point
_UNLIKE = 8.0  # L*: a neighbour that differs by it counts 0.6
_LEAST_PROBABILITY = 1e-7


class PlausibleColours:
    """What a network holds plausible at each place of a photo, to take colours of any vividness from.

    Distributions are averaged over neighbours of like luminance before anything is chosen: each by itself
    would come to a choice of its own, and a wall would be blotched.

    Parameters
    ----------
    logits
        Of the distribution over the 313 bins, ``(313, h, w)`` on any device.
    guide
        L* of the photo at twice the size, ``(2 h, 2 w)``.
    """

    @torch.inference_mode()
    def __init__(self, logits: Tensor, guide: NDArray[np.float32]) -> None:
        self._shape = guide.shape
        odd_rows, odd_cols = logits.shape[1] % 2, logits.shape[2] % 2
        self._guide = np.pad(guide, ((0, 2 * odd_rows), (0, 2 * odd_cols)), mode="edge")
        probabilities = torch.softmax(logits.float().permute(1, 2, 0), dim=-1)  # (h, w, 313)
        pooled = _pooled(_pooled(probabilities, 0), 1)  # (h / 2, w / 2, 313), odd sizes rounded up
        self._small_guide = resize(self._guide, (pooled.shape[0], pooled.shape[1]))
        like = torch.from_numpy(self._small_guide).to(logits.device)
        pooled = _averaged_over_like(pooled, like, _REACH)
        self._log_probabilities = pooled.clamp_min(_LEAST_PROBABILITY).log()
        self._centres = torch.from_numpy(bin_centres().copy()).to(logits.device)
        self._mean = pooled @ self._centres  # (h / 2, w / 2, 2)
        # Shorter where means of like things point different ways: no hue is worth leaning to there.
        strength = self._mean.square().sum(-1, keepdim=True)
        around = _averaged_over_like(torch.cat([self._mean, strength], dim=-1), like, _REACH_OF_HUE)
        pointing = around[..., :2] / (around[..., 2:] + _GRAY**2).sqrt()
        self._favour = _ENOUGH * torch.tanh(pointing @ self._centres.T / _ENOUGH)
        self._last = 0.0, np.zeros((*self._shape, 2), np.float32)

    @torch.inference_mode()
    def shift(self, vividness: float) -> NDArray[np.float32]:
        """What makes the mean of the plausible colours as vivid as this, ``(2 h, 2 w, 2)`` a*b*.

        The last one is remembered: stroke after stroke is asked about the same photo without any.

        Parameters
        ----------
        vividness
            From 0, which shifts nothing, to 1.
        """
        last, shift = self._last
        if vividness != last:
            shift = self._shifted(vividness) if vividness else np.zeros((*self._shape, 2), np.float32)
            self._last = vividness, shift
        return shift

    def _shifted(self, vividness: float) -> NDArray[np.float32]:
        weighted = self._log_probabilities + (_LEANING * vividness) * self._favour
        chosen = torch.softmax(weighted / _COLDEST**vividness**0.5, dim=-1) @ self._centres
        shift = (chosen - self._mean).cpu().numpy()
        shape = (self._guide.shape[0], self._guide.shape[1])
        whole = GuidedUpsampler(shift, self._small_guide, shape).region(self._guide, slice(None), slice(None))
        return whole[: self._shape[0], : self._shape[1]]


def _pooled(values: Tensor, axis: int) -> Tensor:
    """Means of two along an axis; an odd last one counts twice. (`avg_pool2d` takes fifty times as long.)"""
    length = values.shape[axis]
    if length % 2:
        values = torch.cat([values, values.narrow(axis, length - 1, 1)], dim=axis)
    first, second = values.unflatten(axis, (-1, 2)).unbind(axis + 1)
    return (first + second) / 2


def _averaged_over_like(values: Tensor, luminance: Tensor, reach: int) -> Tensor:
    """Bilateral means ``(h, w, n)``, along rows and columns by turns, given L* ``(h, w)``."""
    return _averaged_along(_averaged_along(values, luminance, reach, 0), luminance, reach, 1)


def _averaged_along(values: Tensor, luminance: Tensor, reach: int, axis: int) -> Tensor:
    length = values.shape[axis]
    total, weights = values.clone(), torch.ones_like(luminance)[..., None]
    for step in range(1, min(reach, length - 1) + 1):
        before, after = (0, length - step), (step, length - step)
        difference = luminance.narrow(axis, *before) - luminance.narrow(axis, *after)
        alike = torch.exp(-0.5 * ((difference / _UNLIKE) ** 2 + (step / reach) ** 2))[..., None]
        for here, there in ((before, after), (after, before)):
            total.narrow(axis, *here).addcmul_(values.narrow(axis, *there), alike)
            weights.narrow(axis, *here).add_(alike)
    return total.div_(weights)
