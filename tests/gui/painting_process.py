"""A window that somebody paints in until its process is killed. Run by `test_kill.py`, not a test itself.

Reads paths of photos from standard input. For each it forks a process that opens the photo in a real window
and makes the steps of `steps`, one every few milliseconds, each told on standard output when the window is
done with it. What takes long to import is imported once, before the forks.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from colorstudio.document.document import (
    ChangeSettings,
    ChangeStrokes,
    Document,
    DocumentState,
    Edit,
)
from colorstudio.document.strokes import Stroke
from colorstudio.gui.app import make_application
from colorstudio.gui.backend import Catalogue
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.imaging.reading import read_photo
from colorstudio.progress import Cancelled

PAUSE_MS = 3


def steps(document: Document) -> Iterator[Edit | str]:
    """What the user does, without end: each time the same."""
    number = 0
    while True:
        number += 1
        point = (float(number % 50), float(number * 7 % 60))
        new = Stroke((point, (point[0] + 3.5, point[1])), 2.0, "colour", (number % 256, 30, 90))
        if number % 7 == 0:
            yield "undo"
        elif number % 7 == 1 and number > 7:
            yield "redo"
        elif number % 11 == 0:
            yield ChangeStrokes.of(document, "erase", document.strokes[1:])
        elif number % 13 == 0:
            yield ChangeSettings.of(document, "intensity", saturation=(number % 20) / 10)
        else:
            yield ChangeStrokes.of(document, "stroke", (*document.strokes, new))


def states(photo: Path, count: int) -> list[DocumentState]:
    """The document after 0, 1, 2, ... of these steps, made without a window."""
    document = Document(read_photo(photo))
    done: list[Edit] = []
    undone: list[Edit] = []
    found = [document.state]
    makes = steps(document)
    for _ in range(count):
        step = next(makes)
        if step == "undo":
            undone.append(done.pop())
            undone[-1].revert(document)
        elif step == "redo":
            done.append(undone.pop())
            done[-1].apply(document)
        elif not isinstance(step, str):
            undone.clear()
            done.append(step)
            step.apply(document)
        found.append(document.state)
    return found


class _Uncoloured:
    """A backend that only has what is needed to paint."""

    def __getattr__(self, name: str) -> Any:
        def nothing(*_: object, **__: object) -> Any:
            if name == "catalogue":
                return Catalogue((), ())
            raise Cancelled

        return nothing


def _paint(photo: Path) -> None:
    from PySide6.QtCore import QSettings, QTimer

    app = make_application()
    # Of its own: settings that a process was just writing when it was killed, Qt locks for half a minute.
    store = QSettings(f"{photo}-{os.getpid()}.ini", QSettings.Format.IniFormat)
    window = MainWindow(_Uncoloured(), WindowSettings(store))  # type: ignore[arg-type]
    window.show()
    timer = QTimer()
    made = 0

    def step() -> None:
        nonlocal made
        what = next(makes)
        if isinstance(what, str):
            getattr(window.session.undo_stack, what)()
        else:
            window.session.apply(what)
        made += 1
        os.write(1, b"%d\n" % made)

    def begin() -> None:
        nonlocal makes
        makes = steps(window.session.document)  # type: ignore[arg-type]
        os.write(1, b"0\n")
        timer.timeout.connect(step)
        timer.start(PAUSE_MS)

    makes: Iterator[Edit | str] = iter(())
    window.session.opened.connect(begin)
    window.open_paths([photo])
    app.exec()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that are killed leave nothing behind
    os.write(1, b"ready\n")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _paint(Path(line.strip()))
            os._exit(0)
        os.write(1, b"pid %d\n" % child)


if __name__ == "__main__":
    main()
