"""Spreading what is painted over a photo, with what is already computed for it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from colorstudio.errors import DeviceError
from colorstudio.imaging.photo import Photo
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints

if TYPE_CHECKING:
    from colorstudio.propagation.propagator import Propagation, Propagator


class Spreader:
    """Propagates chroma over photos; keeps one photo prepared.

    For one thread at a time.
    """

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Photo, Propagator] = WeakKeyDictionary()

    def spread(
        self, photo: Photo, constraints: Constraints, screening: float, token: ProgressToken
    ) -> Propagation:
        """Propagate values given at some pixels of a photo to all of it.

        Raises
        ------
        DeviceError
            There is not enough memory.
        Cancelled
        """
        from colorstudio.propagation.propagator import Propagator  # numba: only once there is a stroke

        try:
            token.report(0.0, "Looking at the edges")
            propagator = self._kept.get(photo)
            if propagator is None:
                self._kept.clear()  # first: two photos would need twice the memory
                propagator = Propagator(photo.luminance / 100, token=token.part(0.0, 0.5))
                self._kept[photo] = propagator
            token.report(0.5, "Spreading the strokes")
            return propagator.solve(constraints, screening=screening, token=token.part(0.5, 1.0))
        except MemoryError as error:
            self._kept.clear()
            raise DeviceError(
                "There is not enough memory to spread the strokes over this photo: close other programs and "
                "try again, or let them be hints for the network alone (mode network)."
            ) from error
