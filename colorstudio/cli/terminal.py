"""Exit statuses, messages, the progress bar, and the signals that end a command."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.services.batch import PhotoReport

EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_CANCELLED = 0, 1, 2, 130


def complain(text: str) -> None:
    print(f"colorstudio: {text}", file=sys.stderr)


def print_report(report: PhotoReport, how: str, *, as_json: bool) -> None:
    """What came of a photo and `how` it was made; what the user should know goes to standard error."""
    for note in report.notes:
        print(f"{report.input}: {note}", file=sys.stderr)
    if as_json:
        print(json.dumps(report.as_json()), flush=True)
    else:
        size = f"{report.width} x {report.height}"
        print(f"{report.output}  ({size}, {how}, {report.seconds['total']:.1f} s)", flush=True)


@contextmanager
def bar(total: int, unit: str, *, shown: bool = True) -> Generator[Callable[..., None]]:
    """A progress bar on standard error, where that is a terminal.

    Gives a function that takes what to say and, by `to`, where the bar stands (else one step on).
    """
    from tqdm import tqdm

    hidden = not shown or not sys.stderr.isatty()
    with tqdm(total=total, unit=unit, disable=hidden, file=sys.stderr, dynamic_ncols=True) as shown_bar:

        def advance(text: str, to: float | None = None) -> None:
            shown_bar.set_postfix_str(text, refresh=False)
            shown_bar.update(1 if to is None else to - shown_bar.n)

        yield advance


@contextmanager
def cancelled_by_signals(token: ProgressToken) -> Generator[None]:
    """Ctrl-C, or the system's wish to end, stops the work at its next check; a second one at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def cancel(*_: object) -> None:
        token.cancel()
        restore()

    before = {number: signal.signal(number, cancel) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        restore()


def percent_token(advance: Callable[..., None]) -> ProgressToken:
    return ProgressToken(lambda fraction, stage: advance(stage, to=round(fraction * 100, 1)))
