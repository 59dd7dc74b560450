"""The question whether a window can be opened is answered before Qt ends the process over it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from colorstudio.gui import display
from colorstudio.gui.display import why_no_window

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS always have a display")


@pytest.fixture
def all_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_missing_library", lambda plugin: "")


def test_no_display() -> None:
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in why_no_window({})


def test_offscreen_needs_no_display() -> None:
    assert why_no_window({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_windows_and_macos_have_one() -> None:
    assert why_no_window({}, "win32") == ""
    assert why_no_window({}, "darwin") == ""


@pytest.mark.usefixtures("all_libraries")
def test_x11_display_that_does_not_answer(tmp_path: Path) -> None:
    assert (
        why_no_window({"DISPLAY": f"unix:{tmp_path}/none"})
        == f"The display unix:{tmp_path}/none does not answer."
    )
    assert why_no_window({"DISPLAY": ":4711"}) == "The display :4711 does not answer."


@pytest.mark.usefixtures("all_libraries")
def test_wayland_display(tmp_path: Path) -> None:
    import socket

    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert why_no_window(environment) == "The display wayland-0 does not answer."
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        assert why_no_window(environment) == ""
        # One of two is enough.
        assert why_no_window({**environment, "DISPLAY": ":4711"}) == ""


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(path: str) -> None:
        raise OSError("libxcb-icccm.so.4: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(display.ctypes, "CDLL", load)
    assert "libxcb-icccm.so.4" in why_no_window({"DISPLAY": ":0"})
