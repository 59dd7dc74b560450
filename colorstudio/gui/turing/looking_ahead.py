"""The pictures of the next questions, decoded while the one at hand is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.jobs import Lane
from colorstudio.gui.turing.work import Decoded, decode
from colorstudio.services.turing.session import TuringSession
from colorstudio.services.turing.trials import Trial

_AHEAD = 3


class LookingAhead(QObject):
    """Keeps the pictures of the next few questions.

    Signals
    -------
    ready
        The number of a trial whose pictures are there now.
    failed
        The exception that ended it.
    """

    ready = Signal(int)
    failed = Signal(object)

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._lane.delivered.connect(self._on_decoded)
        self._lane.failed.connect(self.failed)
        self._decoded: dict[int, tuple[Picture, ...]] = {}
        self._wanted: tuple[int, ...] = ()
        self._group = object()  # of the participant: questions of others have the same numbers

    def want(self, session: TuringSession, trials: Sequence[Trial]) -> None:
        """Decode the first of these, and no others any more."""
        some = trials[:_AHEAD]
        wanted = tuple(trial.number for trial in some)
        self._decoded = {number: self._decoded[number] for number in wanted if number in self._decoded}
        missing = [trial for trial in some if trial.number not in self._decoded]
        self._wanted = wanted
        if missing:
            work = [(trial.number, trial.pictures(session)) for trial in missing]
            self._lane.submit(partial(decode, work), group=self._group)

    def pictures(self, trial: Trial) -> tuple[Picture, ...] | None:
        """None while they are not there yet."""
        return self._decoded.get(trial.number)

    def clear(self) -> None:
        """Forget all: another test, or another participant."""
        self._lane.drop()
        self._decoded, self._wanted, self._group = {}, (), object()

    def _on_decoded(self, decoded: Decoded) -> None:
        # Of a question that is answered, or asked for twice: the lane may have begun with it before.
        if decoded.trial in self._wanted and decoded.trial not in self._decoded:
            self._decoded[decoded.trial] = decoded.pictures
            self.ready.emit(decoded.trial)
