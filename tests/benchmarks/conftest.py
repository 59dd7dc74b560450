"""Figures of the benchmarks: printed as they come, and kept together in output/benchmarks.json."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from colorstudio.threads import usable_cores

_RESULTS = Path("output") / "benchmarks.json"
Report = Callable[..., None]


@pytest.fixture(scope="session")
def _figures() -> Iterator[dict[str, dict[str, float]]]:
    figures: dict[str, dict[str, float]] = {}
    yield figures
    _RESULTS.parent.mkdir(exist_ok=True)
    machine = {"cores": usable_cores(), "python": platform.python_version(), "system": platform.system()}
    _RESULTS.write_text(json.dumps({"machine": machine, "figures": figures}, indent=1), encoding="utf-8")


@pytest.fixture
def report(_figures: dict[str, dict[str, float]]) -> Report:
    """Take a name and its figures; a figure's unit is the end of its name."""

    def take(name: str, **values: float) -> None:
        _figures[name] = values
        shown = "   ".join(f"{key} {value:.4g}" for key, value in values.items())
        print(f"\n{name:28} {shown}", flush=True)

    return take
