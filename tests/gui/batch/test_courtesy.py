"""Work that steps back while others come first."""

from __future__ import annotations

import threading

import pytest

from colorstudio.gui.batch.courtesy import Courtesy
from colorstudio.progress import Cancelled, ProgressToken

WAIT_S = 10


class Pass:
    """A pass that a test ends, told from the thread that runs it."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.gate = threading.Event()
        self.count = 0

    def __call__(self, token: ProgressToken) -> str:
        self.count += 1
        self.begun.release()
        while not self.gate.wait(0.002):
            token.check()
        return "done"


def in_thread(work: object) -> tuple[threading.Thread, list[object]]:
    came: list[object] = []

    def run() -> None:
        try:
            came.append(work())  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001
            came.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came


def test_a_pass_does_not_begin_while_others_come_first() -> None:
    courtesy, token, work = Courtesy(), ProgressToken(), Pass()
    work.gate.set()
    courtesy.hold_back()
    thread, came = in_thread(lambda: courtesy.run(work, token))
    assert not work.begun.acquire(timeout=0.2)
    courtesy.go_on()
    thread.join(WAIT_S)
    assert came == ["done"]


def test_holding_back_ends_the_pass_under_way() -> None:
    courtesy, token, work = Courtesy(), ProgressToken(), Pass()
    thread, came = in_thread(lambda: courtesy.run(work, token))
    assert work.begun.acquire(timeout=WAIT_S)
    courtesy.hold_back()
    courtesy.go_on()
    assert work.begun.acquire(timeout=WAIT_S)  # begun anew, though nobody opened the gate
    assert work.count == 2
    work.gate.set()
    thread.join(WAIT_S)
    assert came == ["done"]


@pytest.mark.parametrize("held_back", [True, False])
def test_cancelling_ends_it_for_good(held_back: bool) -> None:
    courtesy, token, work = Courtesy(), ProgressToken(), Pass()
    if held_back:
        courtesy.hold_back()
    thread, came = in_thread(lambda: courtesy.run(work, token))
    if not held_back:
        assert work.begun.acquire(timeout=WAIT_S)
    token.cancel()
    thread.join(WAIT_S)
    assert isinstance(came[0], Cancelled)


def test_a_step_waits_at_its_reports_and_goes_on_where_it_was() -> None:
    courtesy = Courtesy()
    heard: list[float] = []
    token = ProgressToken(lambda fraction, _stage: heard.append(fraction))
    courtesy.hold_back()
    thread, _ = in_thread(lambda: courtesy.waiting(token.part(0.5, 1.0)).report(0.5))
    thread.join(0.2)
    assert heard == []
    courtesy.go_on()
    thread.join(WAIT_S)
    assert heard == [0.75]


def test_somebody_elses_cancelling_is_not_swallowed() -> None:
    def gives_up(_token: ProgressToken) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Courtesy().run(gives_up, ProgressToken())
