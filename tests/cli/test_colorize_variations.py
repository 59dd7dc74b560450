"""`colorize --variations`: a file each, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.networks import registry
from colorstudio.networks.architectures.chromagan import ChromaGan, ChromaGanConfig
from colorstudio.training.publishing import publish

Cli = Callable[..., tuple[int, str, str]]
Gray = Callable[..., Path]

_SMALL = ("--working-size", 64, "--device", "cpu")


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as written:
        return np.asarray(written).astype(float)


def test_each_goes_to_a_file_of_its_own(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source = gray(tmp_path / "a.png")
    status, out, err = cli("colorize", source, "--variations", 3, "--json", *_SMALL)
    assert (status, err) == (0, "")
    reports = [json.loads(line) for line in out.splitlines()]
    files = [tmp_path / f"a-colour-{number}.png" for number in (1, 2, 3)]
    assert [report["output"] for report in reports] == [str(file) for file in files]
    assert [report["variation"] for report in reports] == [1, 2, 3]
    assert not (tmp_path / "a-colour.png").exists()
    pictures = [_pixels(file) for file in files]
    assert all(np.abs(pictures[i] - pictures[j]).mean() > 0.2 for i in range(3) for j in range(i))
    # The same again, and one alone has no number.
    status, out, _ = cli("colorize", source, "--variations", 1, "--json", "-o", tmp_path / "b.png", *_SMALL)
    assert np.array_equal(_pixels(tmp_path / "b-1.png"), pictures[0])
    status, out, _ = cli("colorize", source, "-o", tmp_path / "c.png", "--json", *_SMALL)
    assert json.loads(out)["variation"] is None


def test_a_folder_done_before_is_passed_over(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    gray(tmp_path / "scans" / "a.png")
    for skipped in (False, True):
        status, out, err = cli("colorize", tmp_path / "scans", "--variations", 2, *_SMALL)
        assert status == 0
        assert ("were coloured before" in err) == skipped
        assert len(out.splitlines()) == (0 if skipped else 2)
    found = sorted(path.name for path in (tmp_path / "scans-colour").iterdir())
    assert found == ["a-1.png", "a-2.png"] or found == ["a-colour-1.png", "a-colour-2.png"]


def test_outputs_are_no_inputs_of_the_next_run(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    gray(tmp_path / "a.png")
    for _ in range(2):
        cli("colorize", tmp_path, "--out-dir", tmp_path, "--variations", 2, *_SMALL)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-colour-1.png", "a-colour-2.png", "a.png"]


def test_nothing_is_written_over(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source, other = gray(tmp_path / "a.png"), gray(tmp_path / "b-2.png")
    before = other.read_bytes()
    status, _, err = cli("colorize", source, "-o", tmp_path / "b.png", "--variations", 2, *_SMALL)
    assert status == 1
    assert "b-2.png exists already" in err
    assert other.read_bytes() == before
    assert not (tmp_path / "b-1.png").exists()


def test_networks_with_one_colouring_say_so(
    cli: Cli, gray: Gray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    config = ChromaGanConfig((4, 4, 4, 4), True, 4, (), (4,), 4, (4, 4, 4, 4, 4))
    publish(ChromaGan(config).eval(), "one-way", tmp_path / "models" / "one-way")
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: tmp_path / "models")
    status, out, err = cli("colorize", gray(tmp_path / "a.png"), "--variations", 2, *_SMALL)
    assert (status, out) == (2, "")
    assert "one-way colours a photo in one way only" in err


@pytest.mark.parametrize("count", ["0", "25", "many", "1.5"])
def test_counts_that_make_no_sense(cli: Cli, gray: Gray, tmp_path: Path, count: str) -> None:
    status, _, err = cli("colorize", gray(tmp_path / "a.png"), "--variations", count)
    assert status == 2
    assert "--variations" in err


def test_strokes_alone_have_no_variations(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source = gray(tmp_path / "a.png")
    marked = gray(tmp_path / "marked.png")
    status, _, err = cli(
        "colorize", source, "--mode", "scribbles", "--marked", marked, "--variations", 2, "--device", "cpu"
    )
    assert status == 2
    assert "--variations" in err
