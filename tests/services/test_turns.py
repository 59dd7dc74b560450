"""What is short goes first; what is long goes on after it."""

from __future__ import annotations

import threading

import pytest

from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services import turns as turns_module
from colorstudio.services.turns import Turns


def test_long_work_stands_still_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "_LONGEST_WAIT_S", 30)
    turns, looked = Turns(), threading.Event()
    token = turns.courteous(ProgressToken()).part(0.2, 0.6)

    def long_work() -> None:
        token.report(0.5, "Working")
        looked.set()

    with turns.first():
        thread = threading.Thread(target=long_work)
        thread.start()
        assert not looked.wait(0.05)
    assert looked.wait(10)
    thread.join()


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "_LONGEST_WAIT_S", 0.01)
    turns = Turns()
    with turns.first():
        turns.courteous(ProgressToken()).check()


def test_it_passes_on_what_the_token_says() -> None:
    seen: list[tuple[float, str]] = []
    inner = ProgressToken(lambda *said: seen.append(said))
    token = Turns().courteous(inner)
    token.part(0.5, 1.0).report(0.5, "Working")
    assert seen == [(0.75, "Working")]
    inner.cancel()
    for part in (token, token.part(0, 1)):
        assert part.cancelled
        with pytest.raises(Cancelled):
            part.check()
        with pytest.raises(Cancelled):
            part.report(1.0)
