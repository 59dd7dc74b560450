"""Who goes first: what follows the pen before what takes longer."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

from colorstudio.progress import ProgressToken

# Bounded, so that nobody waits for ever for somebody who waits for what he holds.
_LONGEST_WAIT_S = 0.1


class Turns:
    """Long work stands still at its next look at the token while something short is under way."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._short = 0

    @contextmanager
    def first(self) -> Generator[None]:
        """Around what is short and must be there at once."""
        with self._changed:
            self._short += 1
        try:
            yield
        finally:
            with self._changed:
                self._short -= 1
                self._changed.notify_all()

    def courteous(self, token: ProgressToken) -> ProgressToken:
        """A token for long work, in place of the given one."""
        return _CourteousToken(token, self)

    def give_way(self) -> None:
        """Wait for what is short, but not for long."""
        with self._changed:
            self._changed.wait_for(lambda: self._short == 0, _LONGEST_WAIT_S)


class _CourteousToken(ProgressToken):
    def __init__(self, token: ProgressToken, turns: Turns) -> None:
        super().__init__()
        self._token, self._turns = token, turns

    def cancel(self) -> None:
        self._token.cancel()

    @property
    def cancelled(self) -> bool:
        return self._token.cancelled

    def check(self) -> None:
        self._token.check()
        self._turns.give_way()
        self._token.check()

    def report(self, fraction: float, stage: str = "") -> None:
        self._turns.give_way()
        self._token.report(fraction, stage)

    def part(self, start: float, stop: float) -> ProgressToken:
        return _CourteousToken(self._token.part(start, stop), self._turns)
