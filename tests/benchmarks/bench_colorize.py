"""The whole command on photos of 1, 12 and 24 megapixels: seconds, memory, and both beside Pillow's."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from PIL import Image
from skimage import data

_REPEATS = 3
_MEGAPIXELS = (1, 12, 24)


def _photo(path: Path, megapixels: int) -> Path:
    """A gray JPEG of 3 to 2 with the detail and the grain of a scan."""
    height = round((megapixels * 1e6 / 1.5) ** 0.5)
    shape = (round(height * 1.5), height)
    gray = Image.fromarray(data.astronaut()).convert("L").resize(shape, Image.Resampling.BICUBIC)
    grain = np.random.default_rng(0).normal(0, 4, gray.size[::-1])
    Image.fromarray(np.clip(np.asarray(gray) + grain, 0, 255).astype(np.uint8)).save(path, quality=92)
    return path


def _run(arguments: list[str]) -> tuple[float, str]:
    """Seconds and output of a Python process of its own."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout


def _memory_after_import_of_torch() -> int:
    script = (
        "import torch; from colorstudio.services.batch import peak_memory_bytes; print(peak_memory_bytes())"
    )
    return int(_run(["-c", script])[1])


@pytest.mark.parametrize("megapixels", _MEGAPIXELS)
def test_colorize_command(megapixels: int, tmp_path: Path, report: Callable[..., None]) -> None:
    photo = _photo(tmp_path / "scan.jpg", megapixels)
    target = tmp_path / "colour.jpg"
    command = ["-m", "colorstudio", "colorize", str(photo), "-o", str(target)]
    runs = [_run([*command, "--overwrite", "--device", "cpu", "--json"]) for _ in range(_REPEATS)]
    with Image.open(target) as written, Image.open(photo) as source:
        assert written.size == source.size
        assert written.mode == "RGB"

    pillow: list[float] = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        with Image.open(photo) as source:
            source.convert("RGB").save(tmp_path / "again.jpg", quality=95, subsampling=0)
        pillow.append(time.perf_counter() - start)

    seconds = median(run[0] for run in runs)
    memory = median(json.loads(run[1])["peak_memory_bytes"] for run in runs)
    report(
        f"colorize {megapixels} MP",
        seconds=seconds,
        peak_gb=memory / 1e9,
        beyond_torch_gb=(memory - _memory_after_import_of_torch()) / 1e9,
        pillow_seconds=median(pillow),
        ratio_to_pillow=seconds / median(pillow),
    )
