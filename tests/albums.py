"""Folders of small photos that are no two alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def make_album(folder: Path, colour: int, gray: int) -> Path:
    """Photos in colour, and behind them some in gray: 0.png and so on."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(colour + gray):
        blobs = Image.fromarray(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8))
        blobs = blobs.resize((90, 60), Image.Resampling.BICUBIC)
        (blobs if number < colour else blobs.convert("L")).save(folder / f"{number}.png")
    return folder
