"""A small model with random weights, installed as the only one."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from colorstudio.networks import registry
from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.training.publishing import publish


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    small = HintedConfig(widths=(24, 16, 16, 8), attention_blocks=1, heads=2)
    publish(HintedColorizer(small).eval(), "small", folder / "small")
    publish(HintedColorizer(small).eval(), "tiny", folder / "tiny")
    return folder


@pytest.fixture
def small_model(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: models_folder)
    return "small"
