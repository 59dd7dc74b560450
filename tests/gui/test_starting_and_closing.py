"""From the command to the window, and out of it again without a trace."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from colorstudio.errors import UsageError
from colorstudio.gui import app as app_module
from colorstudio.gui.actions import ACTIONS, ActionSet
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.session import Task
from colorstudio.gui.settings import WindowSettings

WAIT_MS = 20_000


def running_threads(window: MainWindow) -> list[str]:
    session = window.session
    lanes = (*session._lanes.values(), session._catalogue_lane)
    return [lane.objectName() for lane in lanes if lane.thread_running]


@pytest.mark.parametrize("obedient", [True, False])
def test_closing_during_a_pass_is_clean(
    qtbot: QtBot, window: MainWindow, backend: Any, make_photo: Callable[..., Path], obedient: bool
) -> None:
    backend.gate.clear()
    backend.ignores_cancel = not obedient
    window.open_paths([make_photo()])
    qtbot.waitUntil(backend.started.is_set, timeout=WAIT_MS)
    if not obedient:
        threading.Timer(0.1, backend.gate.set).start()
    assert window.close()
    assert running_threads(window) == []
    painted: list[object] = []
    window.session.rendered.connect(painted.append)
    backend.gate.set()
    qtbot.wait(50)
    assert painted == []
    assert window.canvas.after is None


def test_closing_while_reading_and_rendering_is_clean(
    qtbot: QtBot, backend: Any, settings: WindowSettings, make_photo: Callable[..., Path]
) -> None:
    photo = make_photo("big.png", 2400, 1600)
    for patience_ms in (0, 30, 80, 150, 250):
        window = MainWindow(backend, settings)
        qtbot.addWidget(window)
        window.show()
        window.open_paths([photo])
        qtbot.wait(patience_ms)
        assert window.close()
        assert running_threads(window) == []


def test_the_window_comes_back_where_it_was(qtbot: QtBot, backend: Any, settings: WindowSettings) -> None:
    first = MainWindow(backend, settings)
    qtbot.addWidget(first)
    first.resize(790, 680)
    first.show()
    first.close()
    second = MainWindow(backend, settings)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (790, 680)
    second.close()


def test_broken_settings_are_no_obstacle(qtbot: QtBot, backend: Any, tmp_path: Path) -> None:
    from PySide6.QtCore import QSettings

    path = tmp_path / "broken.ini"
    path.write_text("recent=7\n[export]\nquality=many\n[window]\ngeometry=nonsense\ndevice=@Invalid()\n")
    settings = WindowSettings(QSettings(str(path), QSettings.Format.IniFormat))
    assert settings.export_quality == 95
    window = MainWindow(backend, settings)
    qtbot.addWidget(window)
    window.close()


def test_every_action_is_reachable_and_told(window: MainWindow) -> None:
    keys: dict[str, str] = {}
    in_menus = {action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    for spec in ACTIONS:
        action = window.actions_by_name[spec.name]
        assert action in in_menus, spec.name
        assert action.toolTip()
        if spec.keys:
            assert action.shortcut().toString() in action.toolTip()
        for key in spec.keys:
            assert key not in keys, f"{key} is both {spec.name} and {keys[key]}"
            keys[key] = spec.name


def test_buttons_have_names_for_screen_readers(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider, QSpinBox

    for kind in (QAbstractButton, QComboBox, QSlider, QSpinBox):
        for widget in window.findChildren(kind):
            if widget.isVisible() and not widget.objectName().startswith("qt_"):
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget
                assert widget.toolTip() or kind is QAbstractButton, widget


def test_actions_stand_alone(qapp: QApplication) -> None:
    assert {action.objectName() for action in ActionSet(qapp)} == {spec.name for spec in ACTIONS}


# -- is there a display? --------------------------------------------------------------------------


def test_without_a_display_there_is_a_sentence_not_an_abort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "why_no_window", lambda: "There is no display.")
    with pytest.raises(UsageError, match="no display"):
        app_module.main([])


def test_asking_for_a_display_loads_no_qt() -> None:
    code = (
        "import sys; from colorstudio.gui.display import why_no_window; why_no_window();"
        "sys.exit(any(name.startswith(('PySide6', 'torch')) for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_the_window_loads_no_torch_by_itself() -> None:
    code = (
        "import sys; import colorstudio.gui.main_window;"
        "sys.exit(any(name.split('.')[0] == 'torch' for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_main_opens_the_photos_and_ends_with_the_window(
    qtbot: QtBot, backend: Any, make_photo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import colorstudio.gui.main_window as module

    monkeypatch.setattr(module, "Services", lambda: backend)
    shown: list[str] = []

    def close_when_coloured() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible() and window.canvas.after is not None:
                shown.append(window.windowTitle())
                window.close()

    timer = QTimer()
    timer.timeout.connect(close_when_coloured)
    timer.start(20)
    assert app_module.main([make_photo("a.png"), make_photo("b.png")]) == 0
    assert len(shown) == 1
    assert shown[0].startswith("a.png")
    assert QGuiApplication.applicationDisplayName() == "Color Studio"
    assert QThread.currentThread().isRunning()


def test_an_exception_in_a_slot_is_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    app_module._tell_unexpected_errors(window)
    try:
        raise ValueError("secret detail")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert "unexpected" in window.message_bar.messages[0].text
    assert "secret detail" not in window.message_bar.messages[0].text


def test_nothing_is_busy_at_rest(window: MainWindow) -> None:
    assert not any(window.session.is_busy(task) for task in Task)


def test_qt_does_not_use_up_none(qapp: QApplication) -> None:
    # PySide6 6.12.0 took a reference of None with every call that returns nothing. Before Python 3.12,
    # where None became immortal, that ends the process after some thousand calls.
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(500):
        timer.start(1000)
        timer.stop()
    assert sys.getrefcount(None) > before - 100
