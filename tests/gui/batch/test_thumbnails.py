"""Thumbnails off the GUI thread, within a bound."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from colorstudio.gui.batch import thumbnails as thumbnails_module
from colorstudio.gui.batch.thumbnails import SIDE_PX, Thumbnails, compressed, scaled_down
from colorstudio.gui.jobs import Lane
from colorstudio.imaging import thumbnail as reading

WAIT_MS = 20_000


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    lane = Lane("thumbnails")
    yield Thumbnails(lane)
    lane.close()


def plain(colour: str, width: int = 100, height: int = 60) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_they_are_made_on_another_thread_in_the_order_asked_for(
    qtbot: QtBot, thumbnails: Thumbnails, make_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[int] = set()
    read = reading.read_thumbnail

    def spied(path: Path, side_px: int) -> object:
        threads.add(threading.get_ident())
        return read(path, side_px)

    monkeypatch.setattr(reading, "read_thumbnail", spied)
    paths = sorted(make_folder(4).iterdir(), reverse=True)
    made: list[Path] = []
    thumbnails.made.connect(made.append)
    thumbnails.want(paths)
    qtbot.waitUntil(lambda: len(made) == 4, timeout=WAIT_MS)
    assert made == paths
    assert threading.get_ident() not in threads
    pixmap = thumbnails.pixmap(paths[0])
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (80, 60)


def test_what_is_out_of_sight_is_not_made(
    qtbot: QtBot, thumbnails: Thumbnails, make_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, begun = threading.Event(), threading.Event()
    read = reading.read_thumbnail
    asked: list[str] = []

    def held(path: Path, side_px: int) -> object:
        asked.append(path.name)
        begun.set()
        gate.wait(10)
        return read(path, side_px)

    monkeypatch.setattr(reading, "read_thumbnail", held)
    paths = sorted(make_folder(30).iterdir())
    thumbnails.want(paths[:20])
    assert begun.wait(10)
    thumbnails.want(paths[25:26])
    gate.set()
    qtbot.waitUntil(lambda: thumbnails.pixmap(paths[25]) is not None, timeout=WAIT_MS)
    assert len(asked) == 2
    assert asked[1] == paths[25].name


def test_a_photo_that_cannot_be_read_is_told_once(
    qtbot: QtBot, thumbnails: Thumbnails, make_folder: Callable[..., Path]
) -> None:
    folder = make_folder(1)
    bad = folder / "bad.jpg"
    bad.write_bytes(b"no photo")
    told: list[tuple[Path, Exception]] = []
    thumbnails.failed.connect(lambda path, error: told.append((path, error)))
    thumbnails.want([bad, folder / "photo0.png"])
    qtbot.waitUntil(lambda: thumbnails.pixmap(folder / "photo0.png") is not None, timeout=WAIT_MS)
    assert [path for path, _ in told] == [bad]
    assert "bad.jpg" in str(told[0][1])
    thumbnails.want([bad])
    qtbot.wait(50)
    assert len(told) == 1
    thumbnails.forget(bad)
    thumbnails.want([bad])
    qtbot.waitUntil(lambda: len(told) == 2, timeout=WAIT_MS)


def test_they_stay_within_their_bound(thumbnails: Thumbnails, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(compressed(plain("red")))
    monkeypatch.setattr(thumbnails_module, "_KEPT_BYTES", 5 * size)
    for number in range(20):
        thumbnails.put(Path(f"/{number}.png"), plain("red"))
    assert thumbnails.kept_bytes <= 5 * size
    thumbnails._pixmaps.clear()
    assert thumbnails.pixmap(Path("/19.png")) is not None
    assert thumbnails.pixmap(Path("/0.png")) is None


def test_painted_ones_stay_within_their_bound(thumbnails: Thumbnails) -> None:
    for number in range(300):
        thumbnails.put(Path(f"/{number}.png"), plain("red"))
    assert len(thumbnails._pixmaps) <= 200
    assert thumbnails.pixmap(Path("/0.png")) is not None  # from its compressed form


def test_gray_does_not_replace_colour(
    qtbot: QtBot, thumbnails: Thumbnails, make_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    read = reading.read_thumbnail

    def held(path: Path, side_px: int) -> object:
        gate.wait(10)
        return read(path, side_px)

    monkeypatch.setattr(reading, "read_thumbnail", held)
    first, second = sorted(make_folder(2).iterdir())
    thumbnails.want([first, second])
    thumbnails.put(first, plain("red"))
    gate.set()
    qtbot.waitUntil(lambda: thumbnails.pixmap(second) is not None, timeout=WAIT_MS)
    shown = thumbnails.pixmap(first)
    assert shown is not None
    assert shown.toImage().pixelColor(5, 5).red() > 200
    assert shown.toImage().pixelColor(5, 5).green() < 50


def test_large_pictures_are_scaled_down() -> None:
    small = scaled_down(plain("blue", 2000, 500))
    assert (small.width(), small.height()) == (SIDE_PX, SIDE_PX // 4)
    assert scaled_down(plain("blue", 50, 40)).size() == plain("blue", 50, 40).size()
    assert small.pixelColor(3, 3) == QColor(Qt.GlobalColor.blue)
