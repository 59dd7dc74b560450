"""`colorize` with strokes: where they may come from, what they do in each mode, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from skimage import color

from colorstudio.document.stroke_file import write_strokes
from colorstudio.document.strokes import Stroke

Cli = Callable[..., tuple[int, str, str]]
Gray = Callable[..., Path]

_SMALL = ("--working-size", 32, "--device", "cpu", "--json")
_RGB = (150, 90, 70)
_STROKE = Stroke(((20, 10), (20, 40)), 2, "colour", _RGB)
_ON_STROKE, _ELSEWHERE = (20, 25), (5, 25)


@pytest.fixture
def photo(gray: Gray, tmp_path: Path) -> Path:
    return gray(tmp_path / "photo.png")


@pytest.fixture
def strokes(tmp_path: Path) -> Path:
    path = tmp_path / "strokes.json"
    write_strokes(path, (_STROKE, Stroke(((36, 30),), 1, "keep")))
    return path


@pytest.fixture
def marked(photo: Path, tmp_path: Path) -> Path:
    with Image.open(photo) as image:
        pixels = np.array(image.convert("RGB"))
    pixels[19:22, 10:40] = _RGB
    path = tmp_path / "marked.png"
    Image.fromarray(pixels).save(path)
    return path


def _report(cli: Cli, *arguments: object) -> tuple[dict[str, Any], np.ndarray]:
    """What the command says of its photo, and the a*b* of what it wrote."""
    status, out, err = cli("colorize", *arguments, *_SMALL, "--overwrite")
    assert (status, err) == (0, "")
    report = json.loads(out)
    with Image.open(report["output"]) as written:
        return report, color.rgb2lab(np.asarray(written))[..., 1:]


def _chroma(rgb: tuple[int, int, int]) -> np.ndarray:
    return color.rgb2lab(np.array(rgb) / 255)[1:]


def test_strokes_from_a_file(cli: Cli, photo: Path, strokes: Path) -> None:
    report, chroma = _report(cli, photo, "--strokes", strokes)
    assert (report["mode"], report["strokes"], report["marked"]) == ("hybrid", 2, None)
    assert report["painted_pixels"] > 100
    assert "propagation" in report["seconds"]
    np.testing.assert_allclose(chroma[_ON_STROKE], _chroma(_RGB), atol=1.5)
    _, automatic = _report(cli, photo)
    assert np.abs(chroma - automatic)[_ELSEWHERE].max() > 3


def test_scribbles_on_a_copy(cli: Cli, photo: Path, marked: Path) -> None:
    report, chroma = _report(cli, photo, "--marked", marked)
    assert (report["mode"], report["strokes"], report["marked"]) == ("hybrid", 0, str(marked))
    assert report["painted_pixels"] == 90
    np.testing.assert_allclose(chroma[_ON_STROKE], _chroma(_RGB), atol=1.5)


def test_a_copy_that_differs_all_over_is_told(cli: Cli, photo: Path, marked: Path) -> None:
    with Image.open(marked) as image:
        Image.fromarray(np.asarray(image) ^ 8).save(marked)
    status, _, err = cli("colorize", photo, "--marked", marked, *_SMALL)
    assert status == 0
    assert "marked.png differs from the photo at 100% of its pixels" in err


@pytest.mark.parametrize("source", ["--strokes", "--marked"])
def test_scribbles_alone_give_the_whole_photo_their_colour(
    cli: Cli, photo: Path, strokes: Path, marked: Path, source: str
) -> None:
    """And the model is not even looked for."""
    write_strokes(strokes, (_STROKE,), overwrite=True)
    path = strokes if source == "--strokes" else marked
    report, chroma = _report(cli, photo, source, path, "--mode", "scribbles", "--model", "absent")
    assert (report["mode"], report["model"], report["device"]) == ("scribbles", "", "cpu")
    np.testing.assert_allclose(chroma[_ELSEWHERE], _chroma(_RGB), atol=1.5)
    status, out, _ = cli("colorize", photo, source, path, "--mode", "scribbles", "--overwrite")
    assert status == 0
    assert "56 x 40, strokes alone" in out


def test_the_network_alone_takes_strokes_as_hints(cli: Cli, photo: Path, strokes: Path) -> None:
    report, chroma = _report(cli, photo, "--strokes", strokes, "--mode", "network")
    assert "propagation" not in report["seconds"]
    _, hybrid = _report(cli, photo, "--strokes", strokes)
    _, automatic = _report(cli, photo)
    assert np.abs(chroma - hybrid).max() > 3
    assert np.abs(chroma - automatic).max() > 1


def test_reach(cli: Cli, photo: Path, strokes: Path) -> None:
    far, near = (
        np.abs(
            _report(cli, photo, "--strokes", strokes, "--reach", reach)[1]
            - _report(cli, photo, "--strokes", strokes, "--mode", "network")[1]
        )[_ELSEWHERE].max()
        for reach in ("inf", 0.02)
    )
    assert far > 3 > near


def test_no_strokes_in_the_report(cli: Cli, photo: Path) -> None:
    report, _ = _report(cli, photo)
    expected = {"mode": "hybrid", "strokes": 0, "marked": None, "painted_pixels": 0}
    assert {key: report[key] for key in expected} == expected


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--strokes", "s.json", "--marked", "m.png"), "not allowed with"),
        (("--mode", "scribbles"), "give --strokes or --marked"),
        (("--mode", "other"), "invalid choice"),
        (("--mode", "network", "--reach", 0.1), "mode network has no reach"),
        (("--reach", 0), "reach 0 is out of range"),
        (("--vividness", 1.5), "1.5 is out of range: give 0 to 1"),
        (("--mode", "scribbles", "--vividness", 0.5, "--marked", "m.png"), "no network to be vivid"),
        (("--smooth", "soft"), "invalid choice"),
        (("--mode", "scribbles", "--smooth", "tv", "--marked", "m.png"), "no network's colours to smooth"),
        (("--reach", "nan"), "reach nan is out of range"),
        (("--reach", "far"), "invalid float"),
    ],
)
def test_what_does_not_go_together(
    cli: Cli, photo: Path, arguments: tuple[object, ...], message: str
) -> None:
    status, out, err = cli("colorize", photo, *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert list(photo.parent.iterdir()) == [photo]


@pytest.mark.parametrize("option", ["--strokes", "--marked"])
def test_strokes_belong_to_one_photo(cli: Cli, gray: Gray, photo: Path, strokes: Path, option: str) -> None:
    other = gray(photo.parent / "album" / "other.png")
    for inputs in ((photo, other), (other.parent,)):
        status, _, err = cli("colorize", *inputs, option, strokes, "--out-dir", photo.parent / "out")
        assert status == 2
        assert f"{strokes} belong to one photo" in err
    assert not (photo.parent / "out").exists()


def test_strokes_that_cannot_be_read(cli: Cli, photo: Path, strokes: Path) -> None:
    strokes.write_text('{"strokes": [{"points": [[1, 2]], "radius_px": -3, "keep": true}]}', encoding="utf-8")
    status, _, err = cli("colorize", photo, "--strokes", strokes)
    assert status == 1
    assert err.startswith(f"colorstudio: {strokes}, stroke 1: The radius -3")
    status, _, err = cli("colorize", photo, "--strokes", photo.parent / "absent.json")
    assert status == 1
    assert "There is no file" in err
    assert "absent.json" in err


def test_a_copy_that_does_not_fit(cli: Cli, gray: Gray, photo: Path) -> None:
    small = gray(photo.parent / "small.png", 20, 28)
    status, _, err = cli("colorize", photo, "--marked", small)
    assert status == 2
    assert "small.png has 28 x 20 pixels, the photo has 56 x 40" in err
    status, _, err = cli("colorize", photo, "--marked", photo)
    assert status == 2
    assert "has no scribbles" in err
    status, _, err = cli("colorize", photo, "--marked", photo.parent / "absent.png")
    assert status == 1
    assert "absent.png" in err


@pytest.mark.parametrize("option", ["--strokes", "--marked"])
def test_strokes_are_not_written_over(
    cli: Cli, photo: Path, strokes: Path, marked: Path, option: str
) -> None:
    read = strokes.rename(photo.parent / "strokes.png") if option == "--strokes" else marked
    before = read.read_bytes()
    status, _, err = cli("colorize", photo, option, read, "-o", read, "--overwrite")
    assert status == 1
    assert "was read" in err
    assert read.read_bytes() == before
    named_so = photo.parent / "photo-colour.png"
    read.rename(named_so)
    status, _, err = cli("colorize", photo, option, named_so, "--overwrite")
    assert status == 1
    assert "was read" in err
    assert named_so.read_bytes() == before
