"""Lanes: off the GUI thread, one at a time, the latest request wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from colorstudio.errors import PhotoReadError
from colorstudio.gui.jobs import Deliver, Lane
from colorstudio.progress import ProgressToken

WAIT_MS = 10_000


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("test")
    yield made
    made.close()


class Gated:
    """Work that a test holds back."""

    def __init__(self, result: object, *, obedient: bool = True) -> None:
        self.result, self.obedient = result, obedient
        self.started, self.gate = threading.Event(), threading.Event()

    def __call__(self, token: ProgressToken, deliver: Deliver) -> object:
        deliver(f"part of {self.result}")
        self.started.set()
        while not self.gate.wait(0.005):
            if self.obedient:
                token.check()
        return self.result


def record(lane: Lane) -> dict[str, list[object]]:
    heard: dict[str, list[object]] = {"finished": [], "delivered": [], "failed": [], "cancelled": []}
    lane.finished.connect(heard["finished"].append)
    lane.delivered.connect(heard["delivered"].append)
    lane.failed.connect(heard["failed"].append)
    lane.cancelled.connect(lambda: heard["cancelled"].append(True))
    return heard


def immediately(result: object) -> Callable[[ProgressToken, Deliver], object]:
    return lambda token, deliver: result


def test_works_on_another_thread(qtbot: QtBot, lane: Lane) -> None:
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS) as finished:
        lane.submit(lambda token, deliver: threading.get_ident())
    assert finished.args is not None
    assert finished.args[0] != threading.get_ident()


def test_keeps_its_thread(qtbot: QtBot, lane: Lane) -> None:
    threads = set()
    for _ in range(3):
        with qtbot.waitSignal(lane.finished, timeout=WAIT_MS) as finished:
            lane.submit(lambda token, deliver: threading.get_ident())
        threads.add(finished.args[0])
    assert len(threads) == 1


@pytest.mark.parametrize("obedient", [True, False])
def test_latest_wins(qtbot: QtBot, lane: Lane, obedient: bool) -> None:
    heard = record(lane)
    first, skipped = Gated("first", obedient=obedient), Gated("skipped")
    lane.submit(first)
    assert first.started.wait(5)
    lane.submit(skipped)
    with qtbot.waitSignal(lane.idle, timeout=WAIT_MS):
        lane.submit(immediately("last"))
        first.gate.set()
    assert heard["finished"] == ["last"]
    assert heard["cancelled"] == []
    assert not skipped.started.is_set()


def test_stale_parts_are_dropped_but_in_the_same_group(qtbot: QtBot, lane: Lane) -> None:
    heard = record(lane)
    for group_of_second, expected in ((None, []), ("photo", ["part of first"])):
        heard["delivered"].clear()
        first = Gated("first", obedient=False)
        lane.submit(first, group="photo")
        assert first.started.wait(5)  # its part is on its way and not yet seen by this thread
        with qtbot.waitSignal(lane.idle, timeout=WAIT_MS):
            lane.submit(immediately("second"), group=group_of_second)
            first.gate.set()
        assert heard["delivered"] == expected


def test_cancelling_is_told_once(qtbot: QtBot, lane: Lane) -> None:
    heard = record(lane)
    work = Gated("never")
    lane.submit(work)
    assert work.started.wait(5)
    assert lane.busy
    with qtbot.waitSignal(lane.cancelled, timeout=WAIT_MS):
        lane.cancel()
        assert not lane.busy
    assert heard["finished"] == heard["failed"] == []
    assert heard["cancelled"] == [True]


def test_dropping_is_not_told(qtbot: QtBot, lane: Lane) -> None:
    heard = record(lane)
    work = Gated("never")
    lane.submit(work)
    assert work.started.wait(5)
    with qtbot.waitSignal(lane.idle, timeout=WAIT_MS):
        lane.drop()
    assert heard["cancelled"] == heard["finished"] == heard["delivered"] == []


def test_errors_arrive_as_they_are(qtbot: QtBot, lane: Lane) -> None:
    def fail(token: ProgressToken, deliver: Deliver) -> None:
        raise PhotoReadError("This is damaged.")

    with qtbot.waitSignal(lane.failed, timeout=WAIT_MS) as failed:
        lane.submit(fail)
    assert str(failed.args[0]) == "This is damaged."
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.submit(immediately("goes on"))


def test_an_error_of_stale_work_is_not_told(qtbot: QtBot, lane: Lane) -> None:
    heard = record(lane)
    gate, started = threading.Event(), threading.Event()

    def fail_late(token: ProgressToken, deliver: Deliver) -> None:
        started.set()
        gate.wait(5)
        raise PhotoReadError("Nobody wants to know.")

    lane.submit(fail_late)
    assert started.wait(5)
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.submit(immediately("fresh"))
        gate.set()
    assert heard["failed"] == []


def test_progress_is_thinned_out(qtbot: QtBot, lane: Lane) -> None:
    seen: list[tuple[float, str]] = []
    lane.progressed.connect(lambda fraction, stage: seen.append((fraction, stage)))

    def busy(token: ProgressToken, deliver: Deliver) -> None:
        for step in range(20_000):
            token.report(step / 20_000, "a" if step < 10_000 else "b")
        token.report(1.0, "b")

    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.submit(busy)
    assert len(seen) < 500
    assert seen[0][1] == "a"
    assert seen[-1] == (1.0, "b")


def test_closing_stops_the_work_and_the_thread(qtbot: QtBot) -> None:
    lane = Lane("closing")
    heard = record(lane)
    work = Gated("never")
    lane.submit(work)
    assert work.started.wait(5)
    lane.close()
    assert not lane.thread_running
    lane.submit(immediately("too late"))
    qtbot.wait(20)
    assert heard["finished"] == heard["cancelled"] == []


def test_closing_twice_and_unused_is_fine(qtbot: QtBot) -> None:
    lane = Lane("unused")
    lane.close()
    lane.close()
    assert not lane.thread_running


def test_a_burst_costs_at_most_two_runs(qtbot: QtBot, lane: Lane) -> None:
    runs: list[int] = []

    def work(number: int) -> Callable[[ProgressToken, Deliver], int]:
        def run(token: ProgressToken, deliver: Deliver) -> int:
            runs.append(number)
            time.sleep(0.02)
            return number

        return run

    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS) as finished:
        for number in range(50):
            lane.submit(work(number))
    assert finished.args == [49]
    assert len(runs) <= 2
