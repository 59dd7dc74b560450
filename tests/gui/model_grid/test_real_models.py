"""Comparing models that are really there: small ones, in the folders where models are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.settings import WindowSettings
from colorstudio.networks import registry
from colorstudio.networks.architectures.eccv16 import Eccv16, Eccv16Config
from colorstudio.networks.architectures.siggraph17 import Siggraph17, Siggraph17Config
from colorstudio.paths import user_models_dir
from colorstudio.training.publishing import publish

WAIT_MS = 60_000


def test_models_of_the_user_side_by_side(
    qtbot: QtBot,
    settings: WindowSettings,
    make_photo: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: tmp_path)  # the real ones take their time
    folder = user_models_dir()
    publish(Siggraph17(Siggraph17Config(width=4)).eval(), "zhang-2017", folder / "zhang-2017")
    for name in ("zhang-2016", "damaged"):
        publish(Eccv16(Eccv16Config(width=2)).eval(), name, folder / name)
    (folder / "damaged" / "weights.safetensors").write_bytes(b"no weights")
    window = MainWindow(settings=settings)
    qtbot.addWidget(window, before_close_func=lambda made: made.keeping.close())
    window.show()
    qtbot.waitUntil(lambda: len(window.model_grid.models) == 3, timeout=WAIT_MS)
    window.session.choose_model("", "zhang-2017")
    window.open_paths([make_photo()])
    qtbot.waitUntil(lambda: window.session.colouring is not None, timeout=WAIT_MS)
    qtbot.keyClick(window.canvas, Qt.Key.Key_M)
    grid = window.model_grid.grid
    qtbot.waitUntil(lambda: all(tile.picture or tile.error for tile in grid.tiles), timeout=WAIT_MS)
    tiles = {tile.title: tile for tile in grid.tiles}
    assert tiles["Zhang 2017"].mark == "in use"
    assert tiles["Zhang 2016"].facts.startswith("2016 · ")
    assert tiles["Zhang 2016"].picture is not None
    assert "damaged" in tiles["Damaged"].error
    assert window.model_grid.chooser.progress.text() == "2 of 3 coloured · 1 failed"
    window.session.shutdown()
