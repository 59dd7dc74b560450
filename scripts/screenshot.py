#!/usr/bin/env python3
"""Make the pictures of the window in docs/images, without a display: the real window, the real network.

python scripts/screenshot.py                      the pictures of the documentation
python scripts/screenshot.py --all --out DIR      every state, to look at
python scripts/screenshot.py --all --theme light --size 1920x1080 --out DIR
QT_SCALE_FACTOR=2 python scripts/screenshot.py --all --out DIR
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from colorstudio.gui.app import make_application
from colorstudio.gui.assistance.preferences import PreferencesDialog
from colorstudio.gui.canvas.view_transform import PhotoPoint
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Message, Remedy, Severity
from colorstudio.gui.panels.colour.suggestions import SuggestionStrip
from colorstudio.gui.session import Activity, Task
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.theme import THEME_CHOICES, apply_theme, chosen_theme
from colorstudio.paths import sample_photos_dir

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE_S = 120.0
_COLOURS = 256  # of a picture of the documentation

# (name of a state, name of its picture) in the order in which they can follow each other.
_DOCUMENTED = (
    ("models", "models"),
    ("painted", "painting"),
    ("split", "window"),
    ("levels", "levels"),
    ("crop", "crop"),
    ("filmstrip", "filmstrip"),
    ("keys", "keys"),
)
_ALL = (
    "empty",
    "tour",
    "opened",
    "working",
    "unpainted_strokes",
    "painted",
    "selected",
    "stroke_list",
    "history",
    "split",
    "side_by_side",
    "levels",
    "crop",
    "models",
    "failed",
    "zoomed",
    "export",
    "preferences",
    "preferences_keys",
    "keys",
    "references",
    "filmstrip",
)
# Colour, size on the photo in parts of its longer side, and where on the astronaut: x, y in parts of it.
_STROKES: tuple[tuple[tuple[int, int, int], float, tuple[tuple[float, float], ...]], ...] = (
    ((44, 74, 150), 0.014, ((0.58, 0.06), (0.63, 0.12), (0.67, 0.25))),
    ((206, 92, 28), 0.012, ((0.28, 0.60), (0.24, 0.66), (0.21, 0.74))),
    ((206, 92, 28), 0.012, ((0.52, 0.57), (0.57, 0.62), (0.60, 0.67))),
    ((124, 72, 40), 0.010, ((0.42, 0.10), (0.47, 0.08), (0.52, 0.11))),
)


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
    """A window in the states that are worth a picture; each leads there from any other."""

    def __init__(self, folder: Path, size: tuple[int, int], photo: Path) -> None:
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.settings = WindowSettings(store)
        self.settings.autosave = False
        self.photo = photo
        self.window = MainWindow(settings=self.settings)
        self.window.resize(*size)
        self.window.show()
        self.actions = self.window.actions_by_name

    # -- on the way ---------------------------------------------------------------------------------------

    def wait_for_colour(self) -> None:
        window = self.window
        wait_for(lambda: window.canvas.after is not None and window.canvas.after.is_full)
        wait_for(window.adjustments.model_box.isEnabled)
        wait_for(lambda: window.session.activity is None)
        pause(700)  # the cross-fade, and the full result that follows a stroke

    def clear(self) -> None:
        """What the former state left."""
        for dialog in self.dialogs():
            dialog.reject()
        self.window.preparing.cropping.leave()
        self.window.model_grid.leave()
        for name in ("gray", "split", "side_by_side"):
            self.actions[name].setChecked(False)
        self.window.message_bar.clear()
        self.window.selection.clear()
        self.window.activity_pill.show_activity(None)
        self.actions["tool_brush"].trigger()
        self.page(0)
        if self.window.session.document is not None:
            self.window.canvas.fit()

    def dialogs(self) -> list[QDialog]:
        return [widget for widget in QApplication.topLevelWidgets() if _is_open_dialog(widget)]  # type: ignore[misc]

    def page(self, number: int) -> None:
        self.window.panel.tabs.setCurrentIndex(number)

    def at(self, x: float, y: float) -> QPoint:
        """Where in the canvas a place of the photo is, x and y in parts of its sides."""
        photo = self.window.session.photo
        assert photo is not None
        height, width = photo.photo.shape
        return self.window.canvas.view.to_view(PhotoPoint(y * height, x * width)).toPoint()

    def paint(self, rgb: tuple[int, int, int], radius: float, path: tuple[tuple[float, float], ...]) -> None:
        """A stroke with the mouse."""
        window, canvas = self.window, self.window.canvas
        assert window.session.photo is not None
        window.brush.rgb = rgb
        window.brush.radius_px = radius * max(window.session.photo.photo.shape)
        places = [self.at(x, y) for x, y in _smooth(path)]
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseMove(canvas, places[0])
        QTest.mousePress(canvas, button, none, places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
            pause(10)
        QTest.mouseRelease(canvas, button, none, places[-1])
        self.wait_for_colour()

    # -- states -------------------------------------------------------------------------------------------

    def empty(self) -> None:
        self.window.session.close_photo()
        for name in ("grandmother-1931.jpg", "school-class-1925.tif", "harbour-1910.png"):
            self.settings.add_recent(Path("/home/ada/Photos") / name)
        wait_for(self.window.adjustments.model_box.isEnabled)

    def tour(self) -> None:
        self.window.assistance.show_tour()
        assert self.window.assistance.tour is not None
        self.window.assistance.tour.next()

    def opened(self) -> None:
        if self.window.assistance.tour is not None:
            self.window.assistance.tour.finish()
        self.settings.clear_recent()
        if self.window.session.document is None:
            self.window.open_paths([self.photo])
            self.wait_for_colour()

    def working(self) -> None:
        self.window.canvas.set_after(None)
        self.window.export_button.setEnabled(False)
        self.window.activity_pill.show_activity(
            Activity(Task.COLOUR, self.photo.name, "Looking at the photo", 0.4)
        )
        pause(400)

    def unpainted_strokes(self) -> None:
        self.window.session.render()
        self.wait_for_colour()
        self.page(1)

    def painted(self) -> None:
        self.opened()
        assert self.window.session.document is not None
        if not self.window.session.document.strokes:
            for rgb, radius, path in _STROKES:
                self.paint(rgb, radius, path)
        # Rests on the suit: what the network would think likely there.
        QTest.mouseMove(self.window.canvas, self.at(0.33, 0.80))
        strip = self.window.findChild(SuggestionStrip)
        assert strip is not None
        wait_for(lambda: bool(strip.suggestions))
        pause(400)

    def selected(self) -> None:
        self.actions["tool_select"].trigger()
        self.actions["select_all"].trigger()
        self.page(1)

    def stroke_list(self) -> None:
        self.page(1)

    def history(self) -> None:
        self.page(3)
        self.window.session.undo_stack.undo()
        self.wait_for_colour()

    def split(self) -> None:
        if self.window.session.undo_stack.canRedo():
            self.window.session.undo_stack.redo()
            self.wait_for_colour()
        self.actions["split"].setChecked(True)

    def side_by_side(self) -> None:
        self.actions["side_by_side"].setChecked(True)
        self.window.canvas.fit()

    def levels(self) -> None:
        self.actions["levels"].trigger()
        wait_for(lambda: self.window.preparing.levelling.ready)
        pause(200)

    def crop(self) -> None:
        self.actions["crop"].trigger()
        wait_for(lambda: self.window.preparing.cropping.active)
        frame = self.window.preparing.cropping.frame
        frame.set_degrees(2.0)
        pause(300)

    def models(self) -> None:
        self.opened()
        grid = self.window.model_grid
        wait_for(lambda: bool(grid.models))
        self.actions["compare_models"].trigger()
        wait_for(lambda: all(tile.picture is not None for tile in grid.grid.tiles))
        pause(300)

    def failed(self) -> None:
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
        self.window.canvas.set_zoom(8.0)

    def export(self) -> None:
        self.window.export()

    def preferences(self) -> None:
        self.window.assistance.show_preferences()

    def preferences_keys(self) -> None:
        self.window.assistance.show_preferences()
        dialog = self.window.assistance.dialog
        assert isinstance(dialog, PreferencesDialog)
        dialog.tabs.setCurrentIndex(2)

    def keys(self) -> None:
        self.window.assistance.show_cheat_sheet()

    def references(self) -> None:
        self.actions["references"].trigger()

    def filmstrip(self) -> None:
        self.window.open_paths([self.photo.parent])
        wait_for(lambda: self.window.batch.batch is not None)
        self.wait_for_colour()
        self.actions["colour_all"].trigger()
        wait_for(lambda: not self.window.batch.running)
        self.window.message_bar.clear()
        pause(1500)  # the thumbnails

    # -- pictures -----------------------------------------------------------------------------------------

    def show(self, state: str) -> None:
        self.clear()
        getattr(self, state)()

    def grab(self) -> QPixmap:
        QApplication.sendPostedEvents()
        pause(200)
        shot = self.window.grab()
        for dialog in self.dialogs():
            # Offscreen there is no window manager that would lay one over the other.
            painter = QPainter(shot)
            painter.fillRect(self.window.rect(), QColor(0, 0, 0, 90))
            place = self.window.rect().center() - dialog.rect().center()
            painter.drawPixmap(place, dialog.grab())
            painter.end()
        return shot

    def end(self) -> None:
        self.clear()
        self.window.close()
        for box in self.dialogs():  # the strokes are not saved
            if isinstance(box, QMessageBox):
                box.button(QMessageBox.StandardButton.Discard).click()


def _is_open_dialog(widget: object) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible()


def _smooth(path: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """A curve from the first place to the last, drawn towards the one between, as a hand draws it."""
    (ax, ay), (bx, by), (cx, cy) = path
    steps = 16
    return [
        (
            (1 - t) ** 2 * ax + 2 * t * (1 - t) * bx + t * t * cx,
            (1 - t) ** 2 * ay + 2 * t * (1 - t) * by + t * t * cy,
        )
        for t in (step / steps for step in range(steps + 1))
    ]


def keep(shot: QPixmap, path: Path, *, small: bool) -> None:
    """Write a picture; a small one has few colours, which is too few where colours are what it shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shot.save(str(path))
    if small:
        with Image.open(path) as picture:
            colours = picture.convert("RGB")
            few = colours.quantize(palette=colours.quantize(_COLOURS), dither=Image.Dither.FLOYDSTEINBERG)
        few.save(path, optimize=True)
    sys.stdout.write(f"{path}\n")


def prepare_environment(folder: Path) -> None:
    """A screen that is large enough, and none of the user's own work and palettes."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": 2560, "height": 1440, "logicalDpi": 96, "dpr": 1}
    layout = folder / "screens.json"
    layout.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={layout}"
    os.environ["XDG_DATA_HOME"] = str(folder / "data")


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the pictures of the window in docs/images.")
    parser.add_argument("--all", action="store_true", help="every state of the window")
    parser.add_argument("--states", nargs="+", choices=_ALL, help="these states, to look at")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", metavar="DIR")
    parser.add_argument("--size", default="1280x800", metavar="WxH")
    parser.add_argument("--theme", choices=THEME_CHOICES, default="dark")
    options = parser.parse_args()
    width, height = (int(number) for number in options.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        prepare_environment(Path(folder))
        app = make_application()
        apply_theme(app, chosen_theme(app, options.theme))
        studio = Studio(Path(folder), (width, height), sample_photos_dir() / "astronaut.jpg")
        try:
            if options.all or options.states:
                for state in options.states or _ALL:
                    studio.show(state)
                    name = f"{state}-{options.theme}-{options.size}.png"
                    keep(studio.grab(), options.out / name, small=False)
            else:
                for state, name in _DOCUMENTED:
                    studio.show(state)
                    shot = studio.grab()
                    for dialog in studio.dialogs():
                        shot = dialog.grab()
                    keep(shot, options.out / f"{name}.png", small=state != "models")
        finally:
            studio.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
