#!/usr/bin/env python3
"""See that the system libraries that come with no Python package are there; install them where allowed.

    python3 scripts/system_packages.py venv        what making a virtual environment needs
    python3 scripts/system_packages.py offscreen   what Qt needs to draw without a display (tests)
    python3 scripts/system_packages.py window      what Qt needs to show a window on the present display

Where apt-get may be used (as root, or with a sudo that asks no password) missing packages are
installed; else the line to run is printed. Never asks. Without a virtual environment nothing can go
on, so `venv` fails then; the other two never do: what needs the libraries will say so itself. Several
may be named, to be told of all that is missing at once.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Shared library -> Debian's package, read off `ldd` of QtGui, QtWidgets and the platform plug-ins.
OFFSCREEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libzstd.so.1": "libzstd1",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONT_PACKAGES = ("fontconfig", "fonts-dejavu-core")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_fonts() -> bool:
    return any(
        next(folder.rglob(pattern), None) is not None
        for folder in FONT_FOLDERS
        if folder.is_dir()
        for pattern in ("*.ttf", "*.otf", "*.ttc")
    )


def _can_make_environments() -> bool:
    return all(importlib.util.find_spec(module) is not None for module in ("ensurepip", "venv"))


def missing_packages(needs: set[str]) -> list[str]:
    """Names of the Debian packages without which `needs` do not work, in a fixed order."""
    packages: set[str] = set()
    if "venv" in needs and not _can_make_environments():
        packages.add(f"python3.{sys.version_info.minor}-venv")
    if needs & {"offscreen", "window"}:
        libraries = dict(OFFSCREEN_LIBRARIES)
        if "window" in needs:
            libraries |= X11_LIBRARIES
            if os.environ.get("WAYLAND_DISPLAY"):
                libraries |= WAYLAND_LIBRARIES
        packages.update(package for library, package in libraries.items() if not _loads(library))
        if not _has_fonts():
            packages.update(FONT_PACKAGES)
    return sorted(packages)


def _administrator() -> list[str] | None:
    """The words before a command that make it run as root; None where that would need a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def _install(administrator: list[str], packages: list[str]) -> None:
    apt = [*administrator, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    first = subprocess.run(install, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if first.returncode:  # most often the package lists are missing or old
        subprocess.run([*apt, "update"], stdin=subprocess.DEVNULL, check=False)
        subprocess.run(install, stdin=subprocess.DEVNULL, check=False)


def _explain(missing: list[str]) -> str:
    names = " ".join(missing)
    if shutil.which("apt-get"):
        return f"System packages are missing. Run: sudo apt-get update && sudo apt-get install -y {names}"
    return f"System libraries are missing; these are their packages on Debian: {names}"


def main(arguments: list[str]) -> int:
    needs = set(arguments)
    if not needs or needs - {"venv", "offscreen", "window"}:
        print("usage: system_packages.py [venv] [offscreen] [window]", file=sys.stderr)
        return 2
    if sys.platform != "linux":
        return 0
    missing = missing_packages(needs)
    if missing and shutil.which("apt-get") and (administrator := _administrator()) is not None:
        _install(administrator, missing)
        importlib.invalidate_caches()
        missing = missing_packages(needs)
    if missing:
        print(_explain(missing), file=sys.stderr)
    return int("venv" in needs and not _can_make_environments())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
