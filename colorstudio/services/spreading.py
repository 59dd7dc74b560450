"""Spreading what is painted over a photo, with what is already computed for it kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import DeviceError
from colorstudio.imaging.photo import Photo
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints

if TYPE_CHECKING:
    from colorstudio.propagation.propagator import Propagation, Propagator

_LOOK_UP_S = 0.05  # while somebody else prepares the photo


@dataclass(frozen=True)
class Region:
    """What is on the screen.

    Attributes
    ----------
    rows, cols
        In pixels of the photo.
    show
        Called with what is spread there, ``(h, w, 2)``, as soon as that is known.
    """

    rows: slice
    cols: slice
    show: Callable[[NDArray[np.float32]], None]


class Spreader:
    """Propagates chroma over photos; keeps one photo prepared. Safe to call from several threads."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Photo, Propagator] = WeakKeyDictionary()
        self._preparing = threading.Lock()

    def prepare(self, photo: Photo, token: ProgressToken) -> Propagator:
        """Do what depends on the photo alone, unless that is done.

        Raises
        ------
        DeviceError
            There is not enough memory.
        Cancelled
        """
        from colorstudio.propagation.propagator import Propagator  # numba: only once there is a stroke

        token.report(0.0, "Looking at the edges")
        while not self._preparing.acquire(timeout=_LOOK_UP_S):
            token.check()
        try:
            propagator = self._kept.get(photo)
            if propagator is None:
                self._kept.clear()  # first: two photos would need twice the memory
                propagator = Propagator(photo.luminance / 100, token=token)
                self._kept[photo] = propagator
            return propagator
        except MemoryError as error:
            raise _out_of_memory() from error
        finally:
            self._preparing.release()

    def spread(
        self,
        photo: Photo,
        constraints: Constraints,
        screening: float,
        token: ProgressToken,
        region: Region | None = None,
    ) -> Propagation:
        """Propagate values given at some pixels of a photo to all of it.

        Raises
        ------
        DeviceError
            There is not enough memory.
        Cancelled
        """
        propagator = self.prepare(photo, token.part(0.0, 0.5))
        token.report(0.5, "Spreading the strokes")
        try:
            return propagator.solve(
                constraints,
                screening=screening,
                region=(region.rows, region.cols) if region is not None else None,
                on_region=region.show if region is not None else None,
                token=token.part(0.5, 1.0),
            )
        except MemoryError as error:
            self._kept.clear()
            raise _out_of_memory() from error

    def forget(self, photo: Photo) -> None:
        """Give the memory of a photo back."""
        self._kept.pop(photo, None)


def _out_of_memory() -> DeviceError:
    return DeviceError(
        "There is not enough memory to spread the strokes over this photo: close other programs and "
        "try again, or let them be hints for the network alone (mode network)."
    )
