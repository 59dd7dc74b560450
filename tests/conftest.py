"""What holds for every test: no display, no network, nothing of the user's touched."""

from __future__ import annotations

import math
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from colorstudio.threads import configure_threads

# Before anything imports Qt or torch.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
configure_threads()

# The same examples on every run; a slow machine is no failure.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("suite")

_XDG_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@pytest.fixture(autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own: settings, recent files and added models start from nothing."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(home))
    for variable in _XDG_FOLDERS:
        folder = home / variable.removeprefix("XDG_").lower()
        folder.mkdir()
        monkeypatch.setenv(variable, str(folder))
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))

    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        for settings_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
                QSettings.setPath(settings_format, scope, str(home / "config_home"))
    return home


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Connecting anywhere but to this machine fails at once."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: object) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = address[0] if isinstance(address, tuple) else address
            if host not in {"localhost", "127.0.0.1", "::1"}:
                raise OSError(f"a test tried to connect to {address}")
        connect(self, address)  # pyright: ignore[reportArgumentType]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield


@pytest.fixture(scope="session")
def dense_solution() -> Callable[..., np.ndarray]:
    """Colorization by optimization as one would write it down: loops over pixels and a dense matrix.

    Takes the luminance ``(H, W)``, the mask of marked pixels ``(H, W)`` and their chroma ``(H, W, C)``;
    gives the chroma of all pixels.
    """

    def solve(
        Y: np.ndarray,
        marked: np.ndarray,
        chroma: np.ndarray,
        weights: str = "levin",
        screening: float | np.ndarray = 0.0,
    ) -> np.ndarray:
        height, width = Y.shape
        g = np.zeros((Y.size, Y.size))
        for row in range(height):
            for col in range(width):
                window = [
                    (i, j)
                    for i in range(max(0, row - 1), min(height, row + 2))
                    for j in range(max(0, col - 1), min(width, col + 2))
                ]
                variance = np.var([Y[pixel] for pixel in window])
                window.remove((row, col))
                squared = [(Y[pixel] - Y[row, col]) ** 2 for pixel in window]
                sigma = max(0.6 * variance, -min(squared) / math.log(0.01), 2e-6)
                for (i, j), difference in zip(window, squared, strict=True):
                    g[row * width + col, i * width + j] = math.exp(-difference / sigma)
        w = g / g.sum(axis=1, keepdims=True) if weights == "levin" else (g + g.T) / 2
        fading = 1 + np.broadcast_to(screening, Y.shape).reshape(-1)
        A = np.diag(fading * w.sum(axis=1)) - w
        given = marked.reshape(-1)
        A[given] = np.eye(Y.size)[given]
        b = np.where(given[:, None], chroma.reshape(Y.size, -1), 0.0)
        return np.linalg.solve(A, b).reshape(height, width, -1)

    return solve
