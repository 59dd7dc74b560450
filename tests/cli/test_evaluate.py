"""`evaluate`: the table and the file of figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

Cli = Callable[..., tuple[int, str, str]]

_SMALL = ("--working-size", 32, "--device", "cpu")


def _coloured_set(folder: Path) -> Path:
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(3):
        blocks = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(blocks).resize((64, 48), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    return folder


def test_evaluate_prints_a_table_and_writes_json(cli: Cli, tmp_path: Path) -> None:
    folder, file = _coloured_set(tmp_path / "set"), tmp_path / "figures.json"
    status, out, err = cli("evaluate", folder, "--limit", 2, "--json", file, *_SMALL)
    assert (status, err) == (0, "")
    assert "alpha on 2 photos" in out
    assert "PSNR" in out
    result = json.loads(file.read_text(encoding="utf-8"))
    assert [photo["file"] for photo in result["photos"]] == ["0.png", "1.png"]
    assert set(result["photos"][0]) <= set(result["mean"]) | {"file"}
    assert f"{result['mean']['psnr']:.2f}" in out


def test_evaluate_says_what_is_wrong(cli: Cli, tmp_path: Path) -> None:
    status, _, err = cli("evaluate", tmp_path / "absent")
    assert (status, len(err.splitlines())) == (1, 1)
    assert "absent" in err
    folder = _coloured_set(tmp_path / "set")
    status, _, err = cli("evaluate", folder, "--limit", 1, "--json", folder / "0.png" / "x.json", *_SMALL)
    assert status == 1
    assert "x.json" in err
    assert cli("evaluate", folder, "--limit", 0)[0] == 2
    assert cli("evaluate", folder, "--protocol", "none")[0] == 2
