"""`gui`, and what happens where there is no display."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Cli = Callable[..., tuple[int, str, str]]
Gray = Callable[..., Path]


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)


pytest_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")


@pytest_linux
@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize("arguments", [(), ("gui",), ("a.png",)], ids=str)
def test_no_display_is_one_line(cli: Cli, arguments: tuple[str, ...]) -> None:
    status, out, err = cli(*arguments)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "display" in err


@pytest_linux
@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_pictures_are_written(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    photos = [gray(tmp_path / folder / "a.png") for folder in "xy"]
    out_dir = tmp_path / "out" / "deep"
    status, out, err = cli("gui", *photos, "--headless-output", out_dir)
    assert (status, err) == (0, "")
    said, *paths = out.splitlines()
    assert "no display" in said
    assert len(set(paths)) == 4
    sizes = []
    for path in paths:
        assert Path(path).parent == out_dir
        with Image.open(path) as picture:
            sizes.append(picture.size)
    assert sizes[0] == sizes[2] == (56, 40)
    assert sizes[1] == sizes[3]
    assert sizes[1][0] > 2 * 56
    assert cli("gui", tmp_path / "absent.png", "--headless-output", out_dir)[0] == 1
    assert cli("gui", photos[0], "--headless-output", photos[0])[0] == 1


def test_with_a_display_the_window_opens(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = pytest.importorskip("colorstudio.gui.app")
    opened: list[list[Path]] = []
    monkeypatch.setattr(app, "main", lambda paths: opened.append(paths) or 0)
    assert cli()[0] == 0
    assert cli("gui", "a.png")[0] == 0
    assert cli("b.png", "c.png")[0] == 0
    assert opened == [[], [Path("a.png")], [Path("b.png"), Path("c.png")]]
