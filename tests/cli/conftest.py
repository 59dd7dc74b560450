"""Two small models instead of the shipped ones, and a way to call the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.cli import run
from colorstudio.networks import registry
from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.training.publishing import publish


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small models with random weights; "alpha" comes first."""
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    small = HintedConfig(widths=(24, 16, 16, 8), attention_blocks=1, heads=2)
    for name in ("alpha", "beta"):
        publish(HintedColorizer(small).eval(), name, folder / name)
    return folder


@pytest.fixture(autouse=True)
def _only_small_models(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: models_folder)


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command: exit status, standard output, standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        try:
            status = run([str(argument) for argument in arguments])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return call


@pytest.fixture
def gray() -> Callable[..., Path]:
    """Makes a gray photo where it is told to."""

    def make(path: Path, rows: int = 40, cols: int = 56) -> Path:
        tone = np.linspace(20, 230, rows * cols).reshape(rows, cols)
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.rint(tone).astype(np.uint8)).save(path)
        return path

    return make
