"""Is there a screen to open a window on? Asked before Qt, which ends the process where there is none."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

# Platform plug-ins of Qt that need no display server.
_HEADLESS_PLATFORMS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def why_no_window(environment: Mapping[str, str] | None = None, platform: str | None = None) -> str:
    """One sentence that says why no window can be opened here; empty if one can.

    Parameters
    ----------
    environment, platform
        For tests; by default this process's environment variables and `sys.platform`.
    """
    environment = os.environ if environment is None else environment
    platform = sys.platform if platform is None else platform
    if importlib.util.find_spec("PySide6") is None:
        return "The window needs PySide6, which is not installed: pip install PySide6-Essentials."
    if platform in ("win32", "cygwin", "darwin"):
        return ""
    asked_for = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if asked_for in _HEADLESS_PLATFORMS:
        return _missing_library(asked_for)

    reasons: list[str] = []
    if wayland := environment.get("WAYLAND_DISPLAY"):
        reasons.append(_why_no_wayland(wayland, environment) or _missing_library("wayland"))
    if display := environment.get("DISPLAY"):
        reasons.append(_missing_library("xcb") or _why_no_x11(display))
    if not reasons:
        return "There is no display here to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    return "" if "" in reasons else reasons[-1]


def _missing_library(plugin: str) -> str:
    """Load Qt's plug-in as Qt will, and with it every library that it needs."""
    spec = importlib.util.find_spec("PySide6")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / "Qt" / "plugins" / "platforms" / f"libq{plugin}.so"
        if path.exists():
            try:
                ctypes.CDLL(str(path))
            except OSError as error:
                library = str(error).split(":")[0]
                return f"The window needs the system library {library}, which is missing: see the README."
    return ""


def _why_no_x11(display: str) -> str:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"The display {display} does not answer." if failed else ""


def _why_no_wayland(name: str, environment: Mapping[str, str]) -> str:
    path = Path(environment.get("XDG_RUNTIME_DIR", "")) / name  # an absolute name stays as it is
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return f"The display {name} does not answer."
    return ""
