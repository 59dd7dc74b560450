"""Ways to colour a picture from its luminance and hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.imaging.smoothing import Smoothing
from colorstudio.networks.colorizer import ChromaPrediction, Colorizer
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import Propagator, Weights
from colorstudio.services.answering import made_even
from colorstudio.services.blending import blend_near_hints
from colorstudio.services.hybrid import DEFAULT_REACH, hybrid_chroma, screening_of_reach
from colorstudio.services.painting import hints_of


class Method(Protocol):
    """Colours one picture once for each set of hints."""

    def colours(
        self, luminance: NDArray[np.float32], hints: Iterable[Constraints]
    ) -> Iterator[NDArray[np.float32]]:
        """a*b* ``(H, W, 2)`` for L* ``(H, W)`` and each set of hinted pixels with their a*b*."""
        ...


class NetworkMethod:
    """The network, given the hints."""

    def __init__(
        self,
        colorizer: Colorizer,
        working_size_px: int | None = None,
        *,
        vividness: float = 0.0,
        smoothing: Smoothing = "none",
    ) -> None:
        self._colorizer = colorizer
        self._working_size_px = working_size_px
        self._vividness = vividness
        self._smoothing: Smoothing = smoothing

    def with_vividness(self, vividness: float) -> NetworkMethod:
        return NetworkMethod(
            self._colorizer, self._working_size_px, vividness=vividness, smoothing=self._smoothing
        )

    def colours(
        self, luminance: NDArray[np.float32], hints: Iterable[Constraints]
    ) -> Iterator[NDArray[np.float32]]:
        prepared = self._colorizer.prepare(luminance, self._working_size_px)
        for hinted in hints:
            given = hints_of(hinted)
            prediction = self._colorizer.predict(prepared, given).with_vividness(self._vividness)
            yield at_full_size(made_even(prediction, self._smoothing, given, hinted.shape), luminance)


class ScribblesMethod:
    """The hints propagated (Levin et al. 2004), without a network."""

    def __init__(self, weights: Weights = "symmetric") -> None:
        self._weights: Weights = weights

    def colours(
        self, luminance: NDArray[np.float32], hints: Iterable[Constraints]
    ) -> Iterator[NDArray[np.float32]]:
        propagator = Propagator(luminance / 100, weights=self._weights)
        for hinted in hints:
            yield propagator.solve(hinted).chroma


class HybridMethod:
    """The network, given the hints, and the propagation of what they want beyond it."""

    def __init__(
        self,
        colorizer: Colorizer,
        working_size_px: int | None = None,
        weights: Weights = "symmetric",
        *,
        vividness: float = 0.0,
        smoothing: Smoothing = "none",
    ) -> None:
        self._colorizer = colorizer
        self._working_size_px = working_size_px
        self._weights: Weights = weights
        self._vividness = vividness
        self._smoothing: Smoothing = smoothing

    def colours(
        self, luminance: NDArray[np.float32], hints: Iterable[Constraints]
    ) -> Iterator[NDArray[np.float32]]:
        prepared = self._colorizer.prepare(luminance, self._working_size_px)
        plain = self._colorizer.predict(prepared).with_vividness(self._vividness)
        propagator = Propagator(luminance / 100, weights=self._weights)
        screening = screening_of_reach(DEFAULT_REACH, propagator.shape)
        for hinted in hints:
            given = hints_of(hinted)
            prediction = self._colorizer.predict(prepared, given).with_vividness(self._vividness)
            blended = blend_near_hints(plain, prediction, given, propagator.shape)
            network_chroma = at_full_size(made_even(blended, self._smoothing), luminance)
            yield hybrid_chroma(network_chroma, propagator, hinted, screening)[0]


def at_full_size(prediction: ChromaPrediction, luminance: NDArray[np.float32]) -> NDArray[np.float32]:
    """A prediction's a*b* for all of L* ``(H, W)``, along its edges: ``(H, W, 2)``."""
    shape = (luminance.shape[0], luminance.shape[1])
    upsampler = GuidedUpsampler(prediction.chroma_lab, prediction.guide, shape)
    return upsampler.region(luminance, slice(None), slice(None))
