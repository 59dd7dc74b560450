"""Small colour photos, and a small network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.networks.colorizer import Colorizer


@pytest.fixture(scope="session")
def colorizer() -> Colorizer:
    torch.manual_seed(0)
    network = HintedColorizer(HintedConfig(widths=(24, 16, 16, 8), attention_blocks=1, heads=2)).eval()
    return Colorizer("small", network, "cpu", 64)


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """One colour all over, soft blobs of many, and a gray one; and a file that is no photo."""
    rng = np.random.default_rng(0)
    blobs = Image.fromarray(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8))
    blobs = blobs.resize((70, 50), Image.Resampling.BICUBIC)
    Image.fromarray(np.full((40, 40, 3), (200, 100, 50), np.uint8)).save(tmp_path / "a.png")
    blobs.save(tmp_path / "b.png")
    blobs.convert("L").save(tmp_path / "c.png")
    (tmp_path / "notes.txt").write_text("no photo", encoding="utf-8")
    return sorted(tmp_path.glob("*.png"))
