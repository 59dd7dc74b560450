"""How long a person waits: from the start of the program to the window, the photo, and its colours."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from colorstudio.paths import sample_photos_dir

_REPEATS = 3
# As `colorstudio PHOTO` does it, with a watch on what is painted.
_SCRIPT = """
import json, sys, time
from pathlib import Path
from colorstudio.threads import configure_threads

configure_threads()
started, photo = float(sys.argv[1]), Path(sys.argv[2])
from PySide6.QtCore import QEvent, QObject
from colorstudio.gui.app import make_application
from colorstudio.gui.main_window import MainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            seen.setdefault("window_s", time.time() - started)
            if window.canvas.before is not None:
                seen.setdefault("photo_s", time.time() - started)
            if window.canvas.after is not None:
                seen.setdefault("colour_s", time.time() - started)
                application.quit()
        return False

seen = {}
application = make_application()
window = MainWindow()
watch = Watch()
window.canvas.installEventFilter(watch)
window.installEventFilter(watch)
window.show()
window.open_paths([photo])
application.exec()
window.close()
print(json.dumps(seen))
"""


def test_start_of_the_window(report: Callable[..., None]) -> None:
    photo = sample_photos_dir() / "astronaut.jpg"
    runs: list[dict[str, float]] = []
    for _ in range(_REPEATS):
        command = [sys.executable, "-c", _SCRIPT, str(time.time()), str(photo)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        runs.append(json.loads(done.stdout))
    report("start of the window", **{key: median(run[key] for run in runs) for key in runs[0]})
