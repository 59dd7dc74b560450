"""Progress and cancelling, handed down to everything that takes time."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Cancelled(Exception):
    """The user asked for the work to stop. Not an error: nobody needs to be told."""


class ProgressToken:
    """Carries progress upwards and the wish to cancel downwards.

    Safe to use from several threads. A token without a callback costs next to
    nothing, so engine functions always take one.

    Parameters
    ----------
    on_progress
        Called with the fraction done in [0, 1] and the name of the stage.
        Called on the thread that does the work.
    """

    def __init__(self, on_progress: Callable[[float, str], None] | None = None) -> None:
        self._on_progress = on_progress
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next `check`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the work should stop."""
        if self._cancelled.is_set():
            raise Cancelled

    def report(self, fraction: float, stage: str = "") -> None:
        """Say how far the work is, and stop here if that was asked for."""
        self.check()
        if self._on_progress is not None:
            self._on_progress(min(max(fraction, 0.0), 1.0), stage)

    def child(self, on_progress: Callable[[float, str], None] | None = None) -> ProgressToken:
        """A token that can be cancelled by itself, and is cancelled with this one.

        Parameters
        ----------
        on_progress
            As for a token; this one is told where it is None.
        """
        return _Child(self, on_progress or self.report)

    def part(self, start: float, stop: float) -> ProgressToken:
        """A token for a step of the work that covers [start, stop] of the whole."""
        return _Part(self, start, stop)


class _Child(ProgressToken):
    def __init__(self, parent: ProgressToken, on_progress: Callable[[float, str], None]) -> None:
        super().__init__(on_progress)
        self._cancelled = _OneOfTwo(parent._cancelled)


class _OneOfTwo(threading.Event):
    """Set by itself, or because another event is."""

    def __init__(self, other: threading.Event) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        return super().is_set() or self._other.is_set()


class _Part(ProgressToken):
    def __init__(self, parent: ProgressToken, start: float, stop: float) -> None:
        super().__init__()
        self._parent = parent
        self._start = start
        self._span = stop - start
        self._cancelled = parent._cancelled

    def report(self, fraction: float, stage: str = "") -> None:
        fraction = min(max(fraction, 0.0), 1.0)
        self._parent.report(self._start + self._span * fraction, stage)
