"""Is there a screen to open a window on? Answered without Qt, so that the command line can ask."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping

# Platform plug-ins of Qt that need no display server.
_HEADLESS_PLATFORMS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")

# Without it Qt's plug-in for X11 does not load, and Qt ends the process. Often not installed.
_X11_LIBRARY = "libxcb-cursor.so.0"
_X11_LIBRARY_MISSING = (
    "The window needs the system library libxcb-cursor: install it (Debian, Ubuntu: "
    "sudo apt-get install libxcb-cursor0)."
)


def display_available(environment: Mapping[str, str] | None = None, platform: str | None = None) -> bool:
    """Whether a window can be opened here.

    Qt ends the whole process when its platform plug-in finds no display server, so this is asked first.

    Parameters
    ----------
    environment, platform
        For tests; by default this process's environment variables and `sys.platform`.
    """
    return why_no_window(environment, platform) == ""


def why_no_window(environment: Mapping[str, str] | None = None, platform: str | None = None) -> str:
    """One sentence that says why no window can be opened here; empty if one can."""
    environment = os.environ if environment is None else environment
    platform = sys.platform if platform is None else platform
    if importlib.util.find_spec("PySide6") is None:
        return "The window needs PySide6, which is not installed: pip install PySide6-Essentials."
    asked_for = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if asked_for in _HEADLESS_PLATFORMS:
        return ""
    if platform in ("win32", "cygwin", "darwin"):
        return ""
    if environment.get("WAYLAND_DISPLAY"):
        return ""
    if environment.get("DISPLAY"):
        return "" if _loads(_X11_LIBRARY) else _X11_LIBRARY_MISSING
    return (
        "There is no display here to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): "
        "use the colorize command instead."
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
