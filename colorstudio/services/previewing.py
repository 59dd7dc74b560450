"""What strokes change, at once: found on a small copy of the photo, while the pen is down."""

from __future__ import annotations

import math
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.chroma import ChangedChroma, Chroma
from colorstudio.document.document import Document, Settings
from colorstudio.document.stroke_geometry import transformed
from colorstudio.document.strokes import Stroke
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.resample import GuidedUpsampler, resize
from colorstudio.services.colouring import Colouring
from colorstudio.services.hybrid import DEFAULT_REACH, residual, screening_of_reach
from colorstudio.services.painting import painted_by_strokes

if TYPE_CHECKING:
    from colorstudio.propagation.propagator import Propagator

# A solve takes about 10 ms here, and edges are still where they are.
PREVIEW_PIXELS = 100_000
_TOLERANCE = 0.5, 2.0  # RMS and largest error, a*b*: the upsampling adds more


class Previewer:
    """Answers strokes about as the whole would, in a small part of its time.

    The network is not asked again: its answer stays that of the last colouring. What the strokes change is
    spread on the small copy, brought up along the edges, and added. Safe to call from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: WeakKeyDictionary[Photo, _SmallPhoto] = WeakKeyDictionary()

    def prepare(self, photo: Photo) -> None:
        """Do what depends on the photo alone."""
        with self._lock:
            self._small(photo)

    def preview(self, document: Document, base: Colouring | None) -> Colouring | None:
        """About what the colours of a document will be; None where that cannot be told without a network.

        Parameters
        ----------
        base
            The last colouring of the same photo, by whatever strokes, mode and reach.
        """
        settings = document.settings
        if settings.mode == "network":
            return None
        network = None
        if settings.mode == "hybrid":
            if base is None or base.network is None or not _same_network(base.settings, settings):
                return None
            network = base.network
        with self._lock:
            small = self._small(document.photo)
            below = small.sampled(network) if network is not None else np.zeros((*small.shape, 2), np.float32)
            change = small.spread(document.strokes, settings, below)
            chroma = network
            if base is not None and base.settings.mode == settings.mode:
                chroma = base.chroma
                change = change - small.spread_of(base, below)
        added = GuidedUpsampler(change, small.luminance, document.photo.shape)
        whole: Chroma = ChangedChroma(chroma, added) if chroma is not None else added
        if base is not None:
            return replace(
                base,
                chroma=whole,
                network=network,
                settings=settings,
                strokes=document.strokes,
                painted_pixels=0,
                seconds={},
                notes=(),
            )
        return Colouring(whole, network, settings, document.strokes, "", "cpu", 0, 0.0, 0, {})

    def forget(self, photo: Photo) -> None:
        """Give the memory of a photo back."""
        with self._lock:
            self._kept.pop(photo, None)

    def _small(self, photo: Photo) -> _SmallPhoto:
        from colorstudio.propagation.propagator import Propagator

        if photo not in self._kept:
            shape = preview_shape(photo.shape)
            luminance = resize(photo.luminance, shape)
            self._kept.clear()
            self._kept[photo] = _SmallPhoto(luminance, Propagator(luminance / 100), photo.shape)
        return self._kept[photo]


def preview_shape(shape: tuple[int, int]) -> tuple[int, int]:
    """Height and width at the same aspect with at most about `PREVIEW_PIXELS` pixels."""
    factor = min(1.0, (PREVIEW_PIXELS / (shape[0] * shape[1])) ** 0.5)
    return max(1, round(shape[0] * factor)), max(1, round(shape[1] * factor))


def _same_network(one: Settings, other: Settings) -> bool:
    return (one.model, one.reference, one.variation) == (other.model, other.reference, other.variation)


@dataclass(eq=False)
class _SmallPhoto:
    """A photo at the preview's size.

    Attributes
    ----------
    luminance
        ``(h, w)`` L*.
    photo_shape
        Height and width of the photo itself.
    """

    luminance: NDArray[np.float32]
    propagator: Propagator
    photo_shape: tuple[int, int]
    _strokes: dict[int, tuple[Stroke, Stroke]] = field(default_factory=dict)  # by identity: itself, and small
    _network: tuple[weakref.ref[Chroma], NDArray[np.float32]] | None = None
    _base: tuple[weakref.ref[Colouring], NDArray[np.float32]] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return self.propagator.shape

    def sampled(self, network: Chroma) -> NDArray[np.float32]:
        """The network's chroma here, ``(h, w, 2)``."""
        if self._network is None or self._network[0]() is not network:
            planes = network.resized(self.shape).region_planes(self.luminance, slice(None), slice(None))
            self._network = weakref.ref(network), np.ascontiguousarray(np.moveaxis(planes, 0, -1))
        return self._network[1]

    def spread_of(self, base: Colouring, below: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the strokes of the last colouring did."""
        if self._base is None or self._base[0]() is not base:
            self._base = weakref.ref(base), self.spread(base.strokes, base.settings, below)
        return self._base[1]

    def spread(
        self, strokes: Sequence[Stroke], settings: Settings, below: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """What strokes add to the chroma below them, ``(h, w, 2)``."""
        painted = painted_by_strokes(self._shrunk(strokes), self.shape)
        at = below.reshape(-1, 2)[painted.constraints.indices]
        beyond = residual(painted.wanted(at), at)
        from colorstudio.propagation.propagator import Tolerance

        tolerance = Tolerance(*_TOLERANCE)
        if not beyond.values.any():
            return np.zeros((*self.shape, 2), np.float32)
        reach = math.inf
        if settings.mode == "hybrid":
            reach = DEFAULT_REACH if settings.reach is None else settings.reach
        screening = screening_of_reach(reach, self.shape)
        return self.propagator.solve(beyond, screening=screening, tolerance=tolerance).chroma

    def _shrunk(self, strokes: Sequence[Stroke]) -> list[Stroke]:
        # Centres of pixels are whole numbers: the corner between them is at -0.5.
        down, across = self.shape[0] / self.photo_shape[0], self.shape[1] / self.photo_shape[1]
        affine = ((down, 0.0, (down - 1) / 2), (0.0, across, (across - 1) / 2))
        known = self._strokes
        self._strokes = {
            id(stroke): known.get(id(stroke)) or (stroke, transformed(stroke, affine)) for stroke in strokes
        }
        return [small for _, small in self._strokes.values()]
