"""How long a painter waits for the picture, and how much memory a long session takes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from colorstudio.gui.results import RESULT_BYTES

_SCRIPT = Path(__file__).with_name("painting_session.py")
# Beyond what is kept of the results: torch, the network, the photo prepared at all sizes, pictures.
_BUDGET_BYTES = RESULT_BYTES + 4 * 10**9


def _session(*arguments: str) -> dict[str, float]:
    command = [sys.executable, str(_SCRIPT), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=1800)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("megapixels", ["1", "4", "12"])
def test_fifty_strokes(megapixels: str, report: Callable[..., None]) -> None:
    report(f"painting at {megapixels} MP", **_session(megapixels, "50"))


def test_memory_of_five_hundred_strokes_and_undos(report: Callable[..., None]) -> None:
    figures = _session("12", "500", "--memory")
    report("memory of 500 strokes, 12 MP", budget_GB=_BUDGET_BYTES / 1e9, **figures)
    assert max(figures["strokes_GB"], figures["undos_GB"]) < _BUDGET_BYTES / 1e9
