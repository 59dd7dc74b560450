"""A real process is killed in the middle of painting, many times: only the stroke under the pen is lost."""

from __future__ import annotations

import importlib.util
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from colorstudio.document.document import DocumentState
from colorstudio.document.journal import journals_dir
from colorstudio.document.journal_reading import LostWork, find_lost_work
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings

WAIT_MS = 60_000
KILLS = 12
MOST_STEPS = 25
LONGEST_WAIT_S = 0.006  # two steps, so that it ends anywhere within one

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork and no SIGKILL")


class Painters:
    """Processes that paint, one after the other, from a parent that has imported everything already."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("painting_process.py")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self._parent = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self._rest = b""
        self._child = 0
        self.wait_for(b"ready")

    def _read(self, seconds: float) -> bool:
        assert self._parent.stdout is not None
        if not select.select([self._parent.stdout], [], [], seconds)[0]:
            return False
        data = os.read(self._parent.stdout.fileno(), 1 << 16)
        assert data, "the painting process has ended"
        self._rest += data
        return True

    def wait_for(self, start: bytes) -> bytes:
        """The first line that begins so; those before it are dropped."""
        deadline = time.monotonic() + WAIT_MS / 1000
        while time.monotonic() < deadline:
            while b"\n" in self._rest:
                line, self._rest = self._rest.split(b"\n", 1)
                if line.startswith(start):
                    return line
            self._read(0.5)
        raise AssertionError(f"{start!r} did not come")

    def paint_until_killed(self, photo: Path, steps: int, wait_s: float) -> int:
        """End it so long after a step. Gives the number of steps that the window was done with."""
        assert self._parent.stdin is not None
        self._parent.stdin.write(f"{photo}\n".encode())
        self._parent.stdin.flush()
        self._child = int(self.wait_for(b"pid").split()[1])
        self.wait_for(b"%d" % steps)
        time.sleep(wait_s)
        self._kill()
        while self._read(0.0):
            pass
        lines, self._rest = self._rest.split(b"\n"), b""
        return int(lines[-2]) if len(lines) > 1 else steps

    def _kill(self) -> None:
        child, self._child = self._child, 0
        if child:
            os.kill(child, signal.SIGKILL)
            while _is_there(child):
                time.sleep(0.001)

    def end(self) -> None:
        if _is_there(self._child):  # the test did not get as far as that
            self._kill()
        assert self._parent.stdin is not None
        self._parent.stdin.close()
        self._parent.wait(WAIT_MS / 1000)


def _is_there(process: int) -> bool:
    if not process:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def painters() -> Iterator[Painters]:
    made = Painters()
    yield made
    made.end()


@pytest.fixture(scope="module")
def states() -> Callable[[Path, int], list[DocumentState]]:
    script = Path(__file__).with_name("painting_process.py")
    spec = importlib.util.spec_from_file_location("painting_process", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.states


def found() -> LostWork | None:
    works = find_lost_work(journals_dir())
    assert len(works) <= 1
    return works[0] if works else None


def test_killed_while_painting(
    painters: Painters,
    make_photo: Callable[..., Path],
    states: Callable[[Path, int], list[DocumentState]],
) -> None:
    photo = make_photo("Oma.png")
    chance = random.Random(4)
    known = states(photo, 1000)
    for _ in range(KILLS):
        steps = chance.randrange(MOST_STEPS)
        done = painters.paint_until_killed(photo, steps, chance.uniform(0.0, LONGEST_WAIT_S))
        assert done >= steps
        work = found()
        if work is None:
            assert known[0] in known[done : done + 2]
            continue
        assert work.state in known[done : done + 2]
        assert work.name == "Oma.png"
        assert work.source().data == photo.read_bytes()
        work.delete()
        assert found() is None


def test_the_next_start_gives_it_back(
    qtbot: QtBot,
    painters: Painters,
    make_photo: Callable[..., Path],
    states: Callable[[Path, int], list[DocumentState]],
    backend: Any,
    settings: WindowSettings,
) -> None:
    photo = make_photo("Oma.png")
    done = painters.paint_until_killed(photo, MOST_STEPS, 0.0)
    known = states(photo, 1000)
    photo.unlink()  # the memory card is out
    window = MainWindow(backend, settings)
    qtbot.addWidget(window, before_close_func=_end)
    window.show()
    qtbot.waitUntil(lambda: window.recovery.dialog is not None, timeout=WAIT_MS)
    dialog = window.recovery.dialog
    assert dialog.list.count() == 1
    assert "Oma.png" in dialog.list.item(0).text()
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert window.session.document.state in known[done : done + 2]
    assert window.isWindowModified()


def _end(window: MainWindow) -> None:
    window.session.shutdown()
    window.keeping.close()
