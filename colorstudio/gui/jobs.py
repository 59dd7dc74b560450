"""Work off the GUI thread: one lane a kind of work, the latest request wins.

A `Lane` owns one worker thread. Submitting work asks the running work to stop and replaces whatever
was waiting, so a burst of requests costs at most one that finishes in vain. What a superseded
request still delivers is dropped on the GUI thread, where the decision cannot race. One exception, for live
drags: partial results of an older request may be shown while the newer one is under way if both
carry the same `group`, else a steady drag would never show anything.

The thread of a lane stays the same over its life: torch keeps a pool of threads per calling thread.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from colorstudio.progress import Cancelled, ProgressToken

_log = logging.getLogger(__name__)

Deliver = Callable[[Any], None]
Work = Callable[[ProgressToken, Deliver], Any]

_PROGRESS_INTERVAL_S = 1 / 30


class _ReportingToken(ProgressToken):
    """A token that passes progress on at most thirty times a second, and each new stage at once."""

    def __init__(self, report: Callable[[float, str], None]) -> None:
        super().__init__(self._throttled)
        self._forward = report
        self._last_time = 0.0
        self._last_stage: str | None = None

    def _throttled(self, fraction: float, stage: str) -> None:
        now = time.monotonic()
        if stage == self._last_stage and now - self._last_time < _PROGRESS_INTERVAL_S and fraction < 1.0:
            return
        self._last_time, self._last_stage = now, stage
        self._forward(fraction, stage)


class _Request:
    """One piece of work that was asked for, with the token to stop it by."""

    def __init__(self, ticket: int, work: Work, group: Hashable, worker: _Worker) -> None:
        self.ticket = ticket
        self.work = work
        self.group = group
        self.silent = False  # nobody waits to hear that it stopped
        self.token = _ReportingToken(self._report)
        self._worker = worker

    def _report(self, fraction: float, stage: str) -> None:
        self._worker.progressed.emit(self, fraction, stage)


class _Worker(QThread):
    """Runs requests one after the other; says what came of them by signals only."""

    progressed = Signal(object, float, str)  # request, fraction in [0, 1], stage
    delivered = Signal(object, object)  # request, partial result
    completed = Signal(object, object)  # request, result
    failed = Signal(object, object)  # request, exception
    stopped = Signal(object)  # request: cancelled before it had a result

    def __init__(self) -> None:
        super().__init__()
        self.requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()

    def run(self) -> None:
        while (request := self.requests.get()) is not None:
            self._work_off(request)
            del request  # else the last photo stays in memory until the next request

    def _work_off(self, request: _Request) -> None:
        def deliver(part: Any) -> None:
            self.delivered.emit(request, part)

        try:
            request.token.check()
            result = request.work(request.token, deliver)
        except Cancelled:
            self.stopped.emit(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must reach the person at the screen
            self.failed.emit(request, error)
        else:
            self.completed.emit(request, result)


class Lane(QObject):
    """One kind of work, done one request at a time on a thread of its own, latest wins."""

    progressed = Signal(float, str)
    delivered = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    idle = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._worker = _Worker()
        self._worker.setObjectName(name)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.delivered.connect(self._on_delivered)
        self._worker.completed.connect(self._on_finished)
        self._worker.failed.connect(self._on_failed)
        self._worker.stopped.connect(self._on_stopped)
        self._tickets = 0
        self._running: _Request | None = None
        self._waiting: _Request | None = None
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether a request that is still wanted runs or waits."""
        current = self._waiting or self._running
        return current is not None and not current.token.cancelled

    def submit(self, work: Work, group: Hashable = None) -> None:
        """Do `work(token, deliver)`, in place of what was asked for before.

        Parameters
        ----------
        work
            Called on the lane's thread. `deliver(part)` hands partial results out.
        group
            Partial results of superseded work are still welcome if it has the same group (not None).
        """
        if self._closed:
            return
        self._tickets += 1
        request = _Request(self._tickets, work, group, self._worker)
        if self._running is None:
            self._start(request)
        else:
            self._running.token.cancel()
            self._waiting = request

    def cancel(self) -> None:
        """Ask for everything of this lane to stop; `cancelled` follows when it has."""
        self._waiting = None
        if self._running is not None:
            self._running.token.cancel()

    def drop(self) -> None:
        """As `cancel`, for work that nobody wants any more: not a word about it."""
        self.cancel()
        if self._running is not None:
            self._running.silent = True

    def request_close(self) -> None:
        """Take no more work and ask the thread to end."""
        if not self._closed:
            self._closed = True
            self.drop()
            self._worker.requests.put(None)

    def close(self) -> None:
        """As `request_close`, and wait until the thread has ended."""
        self.request_close()
        self._worker.wait()

    @property
    def thread_running(self) -> bool:
        return self._worker.isRunning()

    def _start(self, request: _Request) -> None:
        self._running = request
        if not self._worker.isRunning():
            self._worker.start()
        self._worker.requests.put(request)

    def _is_current(self, request: _Request) -> bool:
        return not self._closed and request.ticket == self._tickets and not request.token.cancelled

    def _on_progressed(self, request: _Request, fraction: float, stage: str) -> None:
        if self._is_current(request):
            self.progressed.emit(fraction, stage)

    def _on_delivered(self, request: _Request, part: object) -> None:
        newest = self._waiting or self._running
        same_group = newest is not None and request.group is not None and request.group == newest.group
        superseded_live = same_group and newest is not request and not self._closed
        if self._is_current(request) or superseded_live:
            self.delivered.emit(part)

    def _on_finished(self, request: _Request, result: object) -> None:
        current = self._is_current(request)
        self._next(request)
        if current:
            self.finished.emit(result)

    def _on_failed(self, request: _Request, error: Exception) -> None:
        current = self._is_current(request)
        self._next(request)
        if current:
            self.failed.emit(error)
        else:
            _log.debug("%s failed after it was cancelled", self.objectName(), exc_info=error)

    def _on_stopped(self, request: _Request) -> None:
        self._next(request)

    def _next(self, done: _Request) -> None:
        """`done` has ended, in whatever way: go on with what waits."""
        self._running = None
        if self._closed:
            return
        if self._waiting is not None:
            request, self._waiting = self._waiting, None
            self._start(request)
            return
        self.idle.emit()
        if done.token.cancelled and not done.silent:
            self.cancelled.emit()
