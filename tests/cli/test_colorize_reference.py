"""`colorize --reference`, with the shipped network: one that has learnt nothing sees no likeness."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from colorstudio import paths
from colorstudio.networks import registry
from colorstudio.services import reference as references

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _shipped_model(_only_small_models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "shipped_models_dir", paths.shipped_models_dir)


def picture(name: str) -> Image.Image:
    return Image.fromarray(getattr(data, name)()).resize((128, 128), Image.Resampling.BOX)


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    picture("coffee").convert("L").save(tmp_path / "coffee.png")
    return tmp_path / "coffee.png"


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    picture("coffee").transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(tmp_path / "mirror.png")
    return tmp_path / "mirror.png"


def error_of(path: Path) -> float:
    with Image.open(path) as written:
        pixels = np.asarray(written.convert("RGB")).astype(float)
    return float(np.abs(pixels - np.asarray(picture("coffee"))).mean())


def test_colours_come_from_the_reference(cli: Cli, coffee: Path, mirror: Path, tmp_path: Path) -> None:
    plain, like = tmp_path / "plain.png", tmp_path / "like.png"
    status, out, _ = cli("colorize", coffee, "-o", plain, "--vividness", 0, "--json", "--device", "cpu")
    assert (status, json.loads(out)["reference"], json.loads(out)["matches"]) == (0, None, 0)
    status, out, _ = cli(
        "colorize", coffee, "-o", like, "--reference", mirror, "--vividness", 0, "--json", "--device", "cpu"
    )
    report = json.loads(out)
    assert (status, report["reference"]) == (0, "mirror.png")
    assert report["matches"] > 50
    assert error_of(like) < 0.7 * error_of(plain)


def test_one_reference_for_many_is_read_once_and_said_where_it_does_not_fit(
    cli: Cli, coffee: Path, mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture("astronaut").convert("L").save(tmp_path / "astronaut.png")
    reads: list[Path] = []
    read = references.read_photo
    monkeypatch.setattr(references, "read_photo", lambda path: reads.append(path) or read(path))
    status, out, err = cli(
        "colorize", coffee, tmp_path / "astronaut.png", "--out-dir", tmp_path / "out",
        "--reference", mirror, "--json", "--device", "cpu",
    )  # fmt: skip
    assert status == 0
    first, second = map(json.loads, out.splitlines())
    assert first["matches"] > 50
    assert second["matches"] == 0
    assert "mirror.png" in err
    assert "coloured without it" in err
    assert Path(second["output"]).is_file()
    assert reads == [mirror]


def test_a_reference_without_colours_says_what_to_do(cli: Cli, coffee: Path, tmp_path: Path) -> None:
    status, out, err = cli("colorize", coffee, "--reference", coffee, "--device", "cpu")
    assert (status, out) == (2, "")
    assert "black and white" in err
    assert "choose a photo in colour" in err
    assert not (tmp_path / "coffee-colour.png").exists()


def test_a_reference_that_cannot_be_read(cli: Cli, coffee: Path, tmp_path: Path) -> None:
    (tmp_path / "torn.jpg").write_bytes(b"nothing")
    for name in ("torn.jpg", "missing.jpg"):
        status, _, err = cli("colorize", coffee, "--reference", tmp_path / name, "--device", "cpu")
        assert status == 1
        assert name in err
    assert not (tmp_path / "coffee-colour.png").exists()


def test_it_is_never_written_over(cli: Cli, coffee: Path, mirror: Path) -> None:
    before = mirror.read_bytes()
    status, _, err = cli(
        "colorize", coffee, "-o", mirror, "--overwrite", "--reference", mirror, "--device", "cpu"
    )
    assert status != 0
    assert "mirror.png" in err
    assert mirror.read_bytes() == before


def test_strokes_alone_have_no_reference(cli: Cli, coffee: Path, mirror: Path) -> None:
    marked = coffee.with_name("marked.png")
    picture("coffee").save(marked)
    status, _, err = cli("colorize", coffee, "--mode", "scribbles", "--marked", marked, "--reference", mirror)
    assert status == 2
    assert "--reference" in err
