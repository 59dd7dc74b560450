"""The table of all methods: a row each, oldest first, and never stale."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from colorstudio.errors import TrainingError
from colorstudio.networks.descriptor import DESCRIPTION_FILE
from colorstudio.paths import shipped_models_dir
from colorstudio.training.card.facts import read_facts
from colorstudio.training.card.overview import METHODS, OVERVIEW, overview, write_overview

Put = Callable[..., None]
Make = Callable[..., dict[str, Any]]
_PLACE = "Before.\n<!-- generated: methods -->\nold\n<!-- end -->\nAfter.\n"


def _cells(model: Path) -> dict[str, dict[str, str]]:
    """The rows by the beginning of their titles, and their cells by the titles of the columns."""
    lines = [line for line in overview([read_facts(model)]).splitlines() if line.startswith("| ")]
    header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].split("]")[0].strip("["): dict(zip(header, row, strict=True)) for row in rows}


def test_a_model_has_a_row_of_what_was_measured(model: Path, evaluated: Put, record: Make) -> None:
    values = record("auto", "network", "ab", 23.0, multiply_adds=2_400_000_000, parameters=1, machine="M")
    values["mean"] |= {"auc": 0.9, "auc_balanced": 0.71, "seconds": 0.25}
    evaluated("imagenet-sample", values)
    row = _cells(model)["Mine"]
    assert row["PSNR"] == "23.00"
    assert row["over gray"] == "+3.00"
    assert (row["AuC"], row["balanced"]) == ("90.0", "71.0")
    assert (row["parameters"], row["MB"], row["GFLOPs"]) == ("6.25 M", "1.2", "2.40")
    assert (row["seconds"], row["dCF"]) == ("0.250", "10.0")
    assert row["what it taught"] == "Said of it."
    assert "Seconds: the median photo, on M." in overview([read_facts(model)])
    assert "1 hint" not in row


def test_hints_have_columns_and_levin_a_row_before_all(model: Path, evaluated: Put, record: Make) -> None:
    counts = [0, 1, 10]
    evaluated("imagenet-sample", record("auto", "network", "ab", 23.0))
    for method, psnr, settings in (
        ("network", [23, 24, 27], {}),
        ("hybrid", [23, 24.5, 28], {}),
        ("scribbles", [20, 22, 26], {"weights": "levin"}),
    ):
        values = record("zhang2017", method, "ab", psnr, counts=counts, **settings)
        evaluated(f"imagenet-sample-zhang2017-{method}", values)
    rows = _cells(model)
    assert next(iter(rows)) == "Levin et al."
    assert (rows["Levin et al."]["1, spread"], rows["Levin et al."]["10, spread"]) == ("22.00", "26.00")
    assert rows["Levin et al."]["year"] == "2004"
    assert {rows["Levin et al."][column] for column in ("PSNR", "MB", "10 hints")} == {""}
    assert (rows["Mine"]["1 hint"], rows["Mine"]["10 hints"]) == ("24.00", "27.00")
    assert (rows["Mine"]["1, spread"], rows["Mine"]["10, spread"]) == ("24.50", "28.00")


def test_a_method_that_heeds_no_hints_has_no_figures_of_them(
    model: Path, evaluated: Put, record: Make
) -> None:
    evaluated("imagenet-sample", record("auto", "network", "ab", 23.0))
    hints = record("zhang2017", "network", "ab", [23.0, 23.0, 23.0], counts=[0, 1, 10])
    evaluated("imagenet-sample-zhang2017-network", hints)
    assert "10 hints" not in _cells(model)["Mine"]


def test_foreign_weights_and_photos_are_told(model: Path, evaluated: Put, record: Make) -> None:
    evaluated("imagenet-sample", record("auto", "network", "ab", 23.0) | {"model_sha256": "d" * 64})
    levin = record("zhang2017", "scribbles", "abc", [20, 22], counts=[0, 1], weights="levin")
    evaluated("imagenet-sample-zhang2017-scribbles-levin", levin)
    words = overview([read_facts(model)])
    assert "Measured with other weights than those here: mine." in words
    assert "Measured on other photos: levin-2004." in words


def test_what_is_unfinished_or_missing_leaves_its_cells_empty(
    model: Path, evaluated: Put, record: Make
) -> None:
    unfinished = record("auto", "network", "ab", 23.0)
    del unfinished["mean"]
    evaluated("imagenet-sample", unfinished)
    assert _cells(model)["Mine"].keys() == {"method", "parameters", "MB", "what it taught"}


def test_what_stands_around_the_table_stays(model: Path, evaluated: Put, record: Make) -> None:
    evaluated("imagenet-sample", record("auto", "network", "ab", 23.0))
    path = model.parent / OVERVIEW
    path.write_text(_PLACE, encoding="utf-8")
    assert write_overview(model.parent) == path
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Before.\n<!-- generated: methods -->\n2 photos of `imagenet-sample`")
    assert text.endswith("|\n<!-- end -->\nAfter.\n")
    path.write_text("No place.", encoding="utf-8")
    with pytest.raises(TrainingError, match="no place for the table"):
        write_overview(model.parent)


def test_the_shipped_table_is_up_to_date(tmp_path: Path) -> None:
    """If this fails: python scripts/models_table.py."""
    models = tmp_path / "models"
    shutil.copytree(shipped_models_dir(), models)
    shipped = (shipped_models_dir() / OVERVIEW).read_text(encoding="utf-8")
    assert write_overview(models).read_text(encoding="utf-8") == shipped


def test_every_shipped_model_says_what_it_taught() -> None:
    assert {path.parent.name for path in shipped_models_dir().glob(f"*/{DESCRIPTION_FILE}")} <= METHODS.keys()


def test_a_new_figure_makes_the_shipped_table_stale(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(shipped_models_dir(), models)
    file = next(models.glob("*/evaluation/imagenet-sample.json"))
    record = json.loads(file.read_text(encoding="utf-8"))
    record["mean"]["psnr"] += 1
    file.write_text(json.dumps(record), encoding="utf-8")
    shipped = (shipped_models_dir() / OVERVIEW).read_text(encoding="utf-8")
    assert write_overview(models).read_text(encoding="utf-8") != shipped
