"""`train`: start, stop, go on."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

Cli = Callable[..., tuple[int, str, str]]
Gray = Callable[..., Path]

_SMALL = ("--working-size", 32, "--device", "cpu")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of photos to learn from; the encoder starts from what it happens to be."""
    monkeypatch.setattr("colorstudio.training.pretrained.published_encoder_state", lambda path: None)
    monkeypatch.setattr("colorstudio.training.validation._SIZE_PX", 64)
    folder = tmp_path / "data"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(24):
        blocks = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(blocks).resize((80, 72), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    return folder


def test_train_stop_and_resume(cli: Cli, gray: Gray, tmp_path: Path, data: Path) -> None:
    out = tmp_path / "run"
    status, text, err = cli(
        "train", "smoke", "--data", data, "--out", out, "--max-minutes", 0, "--device", "cpu"
    )
    assert (status, err) == (0, "")
    assert "24 photos, recipe smoke" in text
    assert "Stopped at 12%" in text
    status, text, _ = cli("train", "smoke", "--data", data, "--out", out, "--resume", out, "--device", "cpu")
    assert status == 0
    assert "psnr_gray" in text
    assert f"Done: weights in {out / 'model'}" in text
    lines = [json.loads(line) for line in (out / "metrics.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["kind"] == "validation"
    assert lines[-1]["photos"] == 64
    assert {"checkpoint.pt", "contact-sheet.jpg", "metrics.jsonl", "model"} <= {p.name for p in out.iterdir()}
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["command"] == "colorstudio train smoke --data photos/ --out run/"
    assert [(session["photos"], session["budget_minutes"]) for session in run["sessions"]] == [
        (0, 0),
        (8, None),
    ]
    assert json.loads((out / "model" / "data.json").read_text(encoding="utf-8"))["photos"] == 24
    card = (out / "model" / "README.md").read_text(encoding="utf-8")
    assert all(fact in card for fact in ("| `./` | 24 |", "seed 1", "| 64 | 2 |", "resumed | after 8 photos"))
    assert cli("models", "add", out / "model")[0] == 0
    photo = gray(tmp_path / "a.png")
    assert cli("colorize", photo, "--model", "smoke", "-o", tmp_path / "b.png", *_SMALL)[0] == 0


def test_train_says_what_is_wrong(cli: Cli, tmp_path: Path, data: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "none").mkdir()
    for arguments, said in (
        (("absent", "--data", data, "--out", tmp_path / "o"), "absent"),
        (("smoke", "--data", tmp_path / "none", "--out", tmp_path / "o"), "No photos found"),
        (("smoke", "--data", data, "--out", tmp_path / "file"), "cannot be made"),
        (("smoke", "--data", data, "--out", tmp_path / "o", "--resume", tmp_path / "none"), "no checkpoint"),
        (("smoke", "--data", data, "--out", tmp_path / "o", "--limit", 1), "too few"),
    ):
        status, _, err = cli("train", *arguments, "--device", "cpu")
        assert status == 1
        assert len(err.splitlines()) == 1
        assert said in err
    assert cli("train", "smoke", "--data", data)[0] == 2
    assert cli("train", "smoke", "--data", data, "--out", "o", "--max-minutes", "-1")[0] == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_training_saves(cli: Cli, tmp_path: Path, data: Path, number: signal.Signals) -> None:
    out = tmp_path / "run"
    before = signal.getsignal(signal.SIGINT)
    stop = threading.Event()

    def interrupt() -> None:
        # As soon as training has begun to handle it itself.
        while signal.getsignal(signal.SIGINT) is before and not stop.wait(0.01):
            pass
        if not stop.is_set():
            os.kill(os.getpid(), number)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        status, text, _ = cli("train", "smoke", "--data", data, "--out", out, "--device", "cpu")
    finally:
        stop.set()
        thread.join()
    assert status == 130
    assert "Stopped at" in text
    assert (out / "model").is_dir()
    assert signal.getsignal(signal.SIGINT) is before
    again = ("train", "smoke", "--data", data, "--out", out, "--resume", out, "--max-minutes", 0)
    assert cli(*again, "--device", "cpu")[0] == 0
