"""Work that steps back while the person at the screen waits for something else.

The batch shares two cores, and the engine's lock, with the photo that is being painted. It waits between its
steps while that one is at work; a pass that holds the lock is broken off and done again later.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from colorstudio.progress import Cancelled, ProgressToken

_LOOK_EVERY_S = 0.05

_Result = TypeVar("_Result")


class Courtesy:
    """Told on one thread that others come first; asked on another."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        self._lock = threading.Lock()
        self._pass: ProgressToken | None = None

    @property
    def held_back(self) -> bool:
        return not self._free.is_set()

    def hold_back(self) -> None:
        """Others come first from now on; a pass under way is broken off."""
        self._free.clear()
        with self._lock:
            if self._pass is not None:
                self._pass.cancel()

    def go_on(self) -> None:
        self._free.set()

    def wait(self, token: ProgressToken) -> None:
        """Return when nobody else comes first.

        Raises
        ------
        Cancelled
        """
        while not self._free.wait(_LOOK_EVERY_S):
            token.check()
        token.check()

    def waiting(self, token: ProgressToken) -> ProgressToken:
        """A token that also waits at each report: for steps that hold nothing that others need."""

        def report(fraction: float, stage: str) -> None:
            self.wait(token)
            token.report(fraction, stage)

        return token.child(report)

    def run(self, work: Callable[[ProgressToken], _Result], token: ProgressToken) -> _Result:
        """Do `work` when nobody else comes first, again and again until it was left in peace.

        Raises
        ------
        Cancelled
            `token` says so.
        """
        while True:
            self.wait(token)
            with self._lock:
                self._pass = attempt = token.child()
            try:
                if not self.held_back:
                    return work(attempt)
            except Cancelled:
                token.check()
                if not attempt.cancelled:
                    raise
            finally:
                with self._lock:
                    self._pass = None
