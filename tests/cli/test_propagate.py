"""`propagate`: options, what is said, and exit statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio.propagation.propagator import Propagator

Cli = Callable[..., tuple[int, str, str]]
Gray = Callable[..., Path]


@pytest.fixture
def pair(gray: Gray, tmp_path: Path) -> tuple[Path, Path]:
    """A gray ramp, and the same with a red and a white stroke."""
    plain, marked = gray(tmp_path / "gray.png"), tmp_path / "marked.png"
    with Image.open(plain) as picture:
        codes = np.array(picture.convert("RGB"))
    codes[5:8, 5:20] = (200, 60, 50)
    codes[30:33, 30:50] = 255
    Image.fromarray(codes).save(marked)
    return plain, marked


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture).astype(int)


def test_a_pair(cli: Cli, pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out.png"
    status, text, err = cli("propagate", *pair, "-o", out)
    assert (status, err) == (0, "")
    assert text.startswith(f"{out}  (56 x 40, levin weights, fast solver, ")
    assert len(text.splitlines()) == 1
    red = _pixels(out)[6, 10]
    assert red[0] - red[2] > 80
    assert np.ptp(_pixels(out)[31, 40]) <= 1  # a white stroke is without colour


def test_json(cli: Cli, pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    options = ("--space", "lab", "--weights", "symmetric", "--solver", "exact")
    status, text, err = cli("propagate", *pair, "-o", out, *options, "--json")
    assert (status, err) == (0, "")
    report = json.loads(text)
    assert report.pop("seconds").keys() == {"read", "prepare", "propagation", "write", "total"}
    assert report.pop("peak_memory_bytes") > 0
    assert report == {
        "input": str(pair[0]),
        "marked": str(pair[1]),
        "output": str(out),
        "width": 56,
        "height": 40,
        "model": "",
        "device": "cpu",
        "space": "lab",
        "weights": "symmetric",
        "solver": "exact",
        "iterations": 0,
        "converged": True,
        "notes": [],
    }


def test_every_option_matters(cli: Cli, pair: tuple[Path, Path], tmp_path: Path) -> None:
    tinted = _pixels(pair[1]) // 2 + (60, 40, 0)
    colour, painted = tmp_path / "colour.png", tmp_path / "painted.png"
    Image.fromarray(tinted.astype(np.uint8)).save(colour)
    tinted[15:20, 10:40] = 20, 40, 200
    tinted[30:33, 5:50] = 255
    Image.fromarray(tinted.astype(np.uint8)).save(painted)
    results = []
    for number, options in enumerate(
        [(), ("--space", "lab"), ("--weights", "symmetric"), ("--recolor",), ("--recolor", "--space", "lab")]
    ):
        out = tmp_path / f"{number}.png"
        assert cli("propagate", colour, painted, "-o", out, *options)[0] == 0
        results.append(_pixels(out))
    for number, result in enumerate(results):
        for other in results[:number]:
            assert np.abs(result - other).max() > 2


def test_what_the_user_should_know_is_said_once(cli: Cli, pair: tuple[Path, Path], tmp_path: Path) -> None:
    """Here: a tint is set aside."""
    sepia = (_pixels(pair[1]) * (1.0, 0.8, 0.55)).astype(np.uint8)
    plain, marked = tmp_path / "sepia.png", tmp_path / "painted.png"
    Image.fromarray(sepia).save(plain)
    sepia[20:22, 5:50] = 20, 40, 200
    Image.fromarray(sepia).save(marked)
    status, text, err = cli("propagate", plain, marked, "-o", tmp_path / "out.png", "--json")
    assert status == 0
    (note,) = json.loads(text)["notes"]
    assert "tint is set aside" in note
    assert err == f"{plain}: {note}\n"


def test_what_fails_is_one_line_and_leaves_nothing(
    cli: Cli, gray: Gray, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    plain, marked = pair
    other = gray(tmp_path / "other.png", 30, 30)
    out = tmp_path / "out.png"
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for status, arguments, said in (
        (1, (tmp_path / "absent.png", marked, "-o", out), "absent.png"),
        (1, (plain, tmp_path / "absent.png", "-o", out), "absent.png"),
        (2, (plain, other, "-o", out), "other.png has 30 x 30 pixels"),
        (2, (plain, plain, "-o", out), "no scribbles"),
        (1, (plain, marked, "-o", marked, "--overwrite"), "a photo that was read"),
        (1, (plain, marked, "-o", plain, "--overwrite"), "a photo that was read"),
        (1, (plain, marked, "-o", other), "exists already"),
        (1, (plain, marked, "-o", tmp_path / "out.bmp"), ".bmp"),
    ):
        found, text, err = cli("propagate", *arguments)
        assert (found, text) == (status, ""), said
        assert len(err.splitlines()) == 1
        assert said in err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert cli("propagate", plain, marked, "-o", other, "--overwrite")[0] == 0


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-o", "x.png", "--space", "rgb"),
        ("-o", "x.png", "--weights", "no"),
        ("-o", "x.png", "--solver", "no"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(cli: Cli, pair: tuple[Path, Path], options: tuple[str, ...]) -> None:
    status, text, err = cli("propagate", *pair, *options)
    assert (status, text) == (2, "")
    assert err.splitlines()[-1].startswith("colorstudio: ")


def test_ctrl_c_is_130(
    cli: Cli, pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Propagator, "solve", interrupt)
    assert cli("propagate", *pair, "-o", tmp_path / "out.png") == (130, "", "colorstudio: Stopped.\n")
    assert not (tmp_path / "out.png").exists()
