#!/usr/bin/env python3
"""Make the pictures of the window in docs/images, without a display.

python scripts/screenshot.py                      the pictures of the documentation
python scripts/screenshot.py --all --out DIR      every state, to look at
QT_SCALE_FACTOR=2 python scripts/screenshot.py    as on a screen of 200 %
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication

from colorstudio.gui.app import make_application
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Message, Remedy, Severity
from colorstudio.gui.session import Activity, Task
from colorstudio.gui.settings import WindowSettings
from colorstudio.paths import sample_photos_dir

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE_S = 120.0
_STATES = ("empty", "opened", "working", "coloured", "split", "failed", "zoomed", "export")


def wait_for(condition: Callable[[], bool]) -> None:
    """Let Qt work until the condition holds."""
    deadline = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("The window took too long.")
        pause(20)


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Studio:
    """A window in the states that are worth a picture."""

    def __init__(self, folder: Path, size: tuple[int, int], photo: Path) -> None:
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.settings = WindowSettings(store)
        self.photo = photo
        self.window = MainWindow(settings=self.settings)
        self.window.resize(*size)
        self.window.show()

    def wait_for_colour(self) -> None:
        window = self.window
        wait_for(lambda: window.canvas.after is not None and window.canvas.after.is_full)
        wait_for(window.adjustments.model_box.isEnabled)
        pause(500)  # the cross-fade

    def empty(self) -> None:
        self.window.session.close_photo()
        self.window.message_bar.clear()
        for name in ("grandmother-1931.jpg", "school-class-1925.tif", "harbour-1910.png"):
            self.settings.add_recent(Path("/home/ada/Photos") / name)
        wait_for(self.window.adjustments.model_box.isEnabled)

    def opened(self) -> None:
        self.settings.clear_recent()
        self.window.open_paths([self.photo])
        self.wait_for_colour()

    def working(self) -> None:
        self.window.canvas.set_after(None)
        self.window.export_button.setEnabled(False)
        self.window.activity_pill.show_activity(
            Activity(Task.COLOUR, self.photo.name, "Looking at the photo", 0.4)
        )
        pause(400)

    def coloured(self) -> None:
        self.window.activity_pill.show_activity(None)
        self.window.session.render()
        self.wait_for_colour()

    def split(self) -> None:
        self.window.actions_by_name["split"].setChecked(True)

    def failed(self) -> None:
        self.window.actions_by_name["split"].setChecked(False)
        self.window.tell(
            Message(
                "The photo is tinted (sepia or another single tone): the tint is set aside, the new colours "
                "are made from its lightness alone.",
                topic="photo",
            )
        )
        self.window.tell(
            Message(
                "harbour-1910.tif is damaged: it ends in the middle of the picture. Scan or copy it again.",
                Severity.ERROR,
                (Remedy("Open another…", self.window.opener.choose),),
                topic="open",
            )
        )
        self.window.tell(
            Message("Saved portrait-colour.png.", Severity.SUCCESS, (Remedy("Show in folder", print),))
        )

    def zoomed(self) -> None:
        self.window.message_bar.clear()
        self.window.canvas.set_zoom(8.0)
        self.window.adjustments.slider.setValue(140)
        self.wait_for_colour()

    def export(self) -> None:
        self.window.canvas.fit()
        self.window.adjustments.reset_intensity()
        self.wait_for_colour()
        self.window.export()

    def grab(self, path: Path) -> None:
        QApplication.sendPostedEvents()
        pause(150)
        shot = self.window.grab()
        dialog = self.window.export_dialog
        if dialog is not None:
            # Offscreen there is no window manager that would lay one over the other.
            painter = QPainter(shot)
            painter.fillRect(self.window.rect(), QColor(0, 0, 0, 90))
            place = self.window.rect().center() - dialog.rect().center()
            painter.drawPixmap(place, dialog.grab())
            painter.end()
        path.parent.mkdir(parents=True, exist_ok=True)
        shot.save(str(path))
        sys.stdout.write(f"{path}\n")

    def close(self) -> None:
        if self.window.export_dialog is not None:
            self.window.export_dialog.reject()
        self.window.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the pictures of the window in docs/images.")
    parser.add_argument("--all", action="store_true", help="every state of the window")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", metavar="DIR")
    parser.add_argument("--size", default="1280x800", metavar="WxH")
    parser.add_argument("--photo", type=Path, default=None, help="default: a sample photo")
    options = parser.parse_args()
    photo = options.photo or min(sample_photos_dir().glob("*.jpg"))
    width, height = (int(number) for number in options.size.split("x"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder), (width, height), photo)
        try:
            if options.all:
                for state in _STATES:
                    getattr(studio, state)()
                    studio.grab(options.out / f"{state}-{options.size}.png")
            else:
                studio.opened()
                studio.split()
                studio.grab(options.out / "window.png")
        finally:
            studio.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
