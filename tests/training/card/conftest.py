"""A published model with everything that a run and its evaluations leave beside the weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from colorstudio.networks.descriptor import DESCRIPTION_FILE, ModelDescriptor, format_descriptor

_RECIPE = """seed = 7
[aging]
film = 0.25
[hints]
none = 0.3
[[stages]]
photos = 64
size_px = 64
[[stages]]
photos = 128
encoder = "tail"
[stages.hints]
near_edges = 0.125
"""
_DATA = {
    "photos": 100,
    "held_out": 4,
    "held_out_share": 0.04,
    "short_side_px": 144,
    "sha256": "f" * 64,
    "sources": [
        {"file": "a.zip", "sha256": "a" * 64, "photos": 90, "held_out": 3},
        {"file": "./", "sha256": "b" * 64, "photos": 10, "held_out": 1},
    ],
}
_RUN = {
    "command": "colorstudio train mine --data photos/ --out run/",
    "versions": {"torch": "9.9"},
    "sessions": [
        {"photos": 0, "minutes": 0, "hardware": "3 CPU cores", "precision": "float32", "budget_minutes": 20},
        {"photos": 96, "minutes": 5, "hardware": "A card", "precision": "bfloat16", "budget_minutes": None},
    ],
}


def _line(kind: str, step: int, **figures: float) -> dict[str, Any]:
    stage = min(step // 2, 2)
    return {"kind": kind, "step": step, "stage": stage, "photos": 32 * step, "minutes": step * 2.0, **figures}


def _log() -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for step in range(1, 7):
        lines.append(_line("train", step, loss=1.0))
        lines.append(_line("validation", step, psnr_gray=20.0, psnr=20 + step / 8, error_at_hint=9.5))
    return lines


def _record(protocol: str, method: str, files: str, psnr: Any, **settings: Any) -> dict[str, Any]:
    """A record of an evaluation; each photo's name is a letter."""
    figures = {
        "psnr": psnr,
        "psnr_gray": 20.0,
        "ssim": 0.9,
        "colourfulness": 30.0,
        "colourfulness_true": 40.0,
    }
    return {
        "protocol": protocol,
        "method": method,
        "model": None if method == "scribbles" else "mine",
        **({} if method == "scribbles" else {"model_sha256": "c" * 64, "working_size_px": 256}),
        **settings,
        "photos": [{"file": file, **figures} for file in files],
        "mean": {**figures, "dcf": 10.0},
    }


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    return _record


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model's folder: recipe, data list, run and log, no evaluation yet."""
    folder = tmp_path / "mine"
    (folder / "evaluation").mkdir(parents=True)
    descriptor = ModelDescriptor(
        "mine", "Mine", "Said of it.", "hinted", 256, 6_250_000, "w.safetensors", "c" * 64, folder,
        {"widths": [24, 16, 16, 8], "attention_blocks": 1}, "For all.", vividness=0.375,
    )  # fmt: skip
    (folder / DESCRIPTION_FILE).write_text(format_descriptor(descriptor), encoding="utf-8")
    (folder / "w.safetensors").write_bytes(bytes(1_250_000))
    (folder / "recipe.toml").write_text(_RECIPE, encoding="utf-8")
    (folder / "data.json").write_text(json.dumps(_DATA), encoding="utf-8")
    (folder / "run.json").write_text(json.dumps(_RUN), encoding="utf-8")
    (folder / "metrics.jsonl").write_text("\n".join(map(json.dumps, _log())), encoding="utf-8")
    return folder


@pytest.fixture
def evaluated(model: Path) -> Callable[..., None]:
    """Puts a record beside the model: ``(name, record)``."""

    def put(name: str, values: dict[str, Any]) -> None:
        (model / "evaluation" / f"{name}.json").write_text(json.dumps(values), encoding="utf-8")

    return put
