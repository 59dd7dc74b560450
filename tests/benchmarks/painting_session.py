"""A painting session in a real window with the real network, in a process of its own.

    python painting_session.py MEGAPIXELS STROKES [--memory]

Prints its figures as JSON. The strokes are the same in each run, each drawn with press, moves and release of
the mouse at the pace of a hand. Times are of the window as it paints itself, from the release of the button.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from skimage import data

from colorstudio.gui.app import make_application
from colorstudio.gui.canvas.photo_view import PhotoView
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.threads import configure_threads

_SIZE = (1280, 800)
_MOVES = 24
_MOVE_S = 0.008  # between two moves: a mouse of 125 Hz
_REST_S = 0.25  # between two strokes
_BEAT_MS = 2
_PATIENCE_S = 60.0
_COLOURS = ((176, 60, 50), (60, 90, 170), (90, 140, 70), (215, 165, 135), (150, 110, 70), (120, 80, 140))


def photo(megapixels: float, folder: Path) -> Path:
    """Real structure at any size: a gray mosaic of photos, with grain."""
    height = round((megapixels * 1e6 * 2 / 3) ** 0.5)
    shape = (height, round(height * 1.5))
    tiles = [
        each.mean(axis=2)
        for each in (data.astronaut(), data.coffee()[:400, :400], data.chelsea()[:300, :300])
    ]
    side = max(shape) // 3 + 1
    large = [np.asarray(Image.fromarray(tile.astype(np.uint8)).resize((side, side))) for tile in tiles]
    mosaic = np.vstack([np.hstack([large[(row + col) % 3] for col in range(3)]) for row in range(3)])
    noise = np.random.default_rng(0).normal(0, 2, shape)
    pixels = np.clip(mosaic[: shape[0], : shape[1]] + noise, 0, 255).astype(np.uint8)
    path = folder / "photo.png"
    Image.fromarray(pixels).save(path, compress_level=1)
    return path


def resident_bytes() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


class Watch(QObject):
    """When the canvas has painted what, and how long the window did not answer.

    A timer beats every two milliseconds: what it is late by, whoever asks for the window waits.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.late_ms: list[float] = []
        self.preview_at = self.full_at = 0.0
        self._pending = ""
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        window.session.rendered.connect(self._on_rendered)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def released(self) -> None:
        self.preview_at = self.full_at = 0.0
        self._pending = ""

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - _BEAT_MS))
        self._last = now

    def _on_rendered(self, picture: object) -> None:
        session = self._window.session
        if picture is None or session.document is None:
            return
        shown = session._showing.preview
        if session.colouring is not None:
            self._pending = "full"
        elif shown is not None and shown.document.strokes == session.document.strokes:
            self._pending = "preview"  # one of the stroke as it was a moment before does not count

    def painted(self) -> None:
        now = time.perf_counter()
        if self._pending:
            self.preview_at = self.preview_at or now
        if self._pending == "full":
            self.full_at = self.full_at or now


def run(until: Callable[[], bool], seconds: float = _PATIENCE_S) -> bool:
    """Let the window live until something is so. (`QTest.qWait` would not let other threads run.)"""
    end = time.perf_counter() + seconds
    loop, timer = QEventLoop(), QTimer()

    def look() -> None:
        if until() or time.perf_counter() >= end:
            loop.quit()

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(look)
    timer.start(1)
    loop.exec()
    return until()


def pause(seconds: float) -> None:
    run(lambda: False, seconds)


class Hand:
    """Draws the strokes of the script."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._random = random.Random(7)

    def stroke(self, moves: int = _MOVES, move_s: float = _MOVE_S) -> float:
        """Draw the next one. Gives when the button was released."""
        canvas, rng = self._window.canvas, self._random
        self._window.brush.rgb = rng.choice(_COLOURS)
        area = canvas.view.photo_rect().intersected(canvas.rect().toRectF())
        x = area.x() + area.width() * rng.uniform(0.1, 0.9)
        y = area.y() + area.height() * rng.uniform(0.1, 0.9)
        turn, angle = rng.uniform(-0.15, 0.15), rng.uniform(0, 2 * math.pi)
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(round(x), round(y)))
        for _ in range(moves):
            angle += turn
            x = min(max(x + 5 * math.cos(angle), area.left() + 2), area.right() - 2)
            y = min(max(y + 5 * math.sin(angle), area.top() + 2), area.bottom() - 2)
            QTest.mouseMove(canvas, QPoint(round(x), round(y)))
            pause(move_s)
        at = time.perf_counter()
        QTest.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(round(x), round(y)))
        return at


def idle(window: MainWindow) -> bool:
    session = window.session
    after = window.canvas.after
    return (
        session.colouring is not None and session.activity is None and after is not None and not after.patches
    )


def percentile(values: list[float], part: float) -> float:
    return float(np.percentile(values, part)) if values else 0.0


def paint(window: MainWindow, watch: Watch, strokes: int) -> dict[str, float]:
    hand = Hand(window)
    previews: list[float] = []
    fulls: list[float] = []
    watch.start()
    for _ in range(strokes):
        watch.released()
        released = hand.stroke()
        watch.released()
        run(lambda: watch.full_at > 0)
        previews.append((watch.preview_at - released) * 1000)
        fulls.append((watch.full_at - released) * 1000)
        pause(_REST_S)
    watch.stop()
    return {
        "preview_ms": median(previews),
        "preview_p90_ms": percentile(previews, 90),
        "full_ms": median(fulls),
        "full_p90_ms": percentile(fulls, 90),
        "late_p99_ms": percentile(watch.late_ms, 99),
        "late_max_ms": max(watch.late_ms),
    }


def remember(window: MainWindow, count: int) -> dict[str, float]:
    """Memory after many strokes, and after as many undos."""
    figures = {"opened_GB": resident_bytes() / 1e9}
    hand = Hand(window)
    for number in range(count):
        hand.stroke(moves=6, move_s=0.001)
        if number % 10 == 9:
            run(lambda: idle(window))
    run(lambda: idle(window))
    figures["strokes_GB"] = resident_bytes() / 1e9
    figures["kept_GB"] = window.session.results.nbytes / 1e9
    undo = window.session.undo_stack
    while undo.canUndo():
        undo.undo()
        pause(0.005)
        if undo.index() % 50 == 0:
            run(lambda: idle(window))
    run(lambda: idle(window))
    figures["undos_GB"] = resident_bytes() / 1e9
    return figures


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    configure_threads()
    megapixels, strokes = float(sys.argv[1]), int(sys.argv[2])
    paint_event = PhotoView.paintEvent

    def timed(self: PhotoView, event: QEvent) -> None:
        paint_event(self, event)  # type: ignore[arg-type]
        if self is window.canvas:
            watch.painted()

    PhotoView.paintEvent = timed  # type: ignore[method-assign, assignment]
    _application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        settings = WindowSettings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window = MainWindow(settings=settings)
        watch = Watch(window)
        window.resize(*_SIZE)
        window.show()
        window.open_paths([photo(megapixels, Path(folder))])
        run(lambda: idle(window))
        run(lambda: not window.session._warm_lane.busy)
        window.actions_by_name["tool_brush"].trigger()
        Hand(window).stroke()  # compiles, loads and fills what the first one needs
        run(lambda: idle(window))
        figures = remember(window, strokes) if "--memory" in sys.argv else paint(window, watch, strokes)
        print(json.dumps(figures), flush=True)
        os._exit(0)  # nobody is there to be asked about unsaved work


if __name__ == "__main__":
    main()
