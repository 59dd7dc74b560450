"""Tables of evaluations and of an ablation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from colorstudio.training.card import figures
from colorstudio.training.card.facts import read_facts

Put = Callable[..., None]
Make = Callable[..., dict[str, Any]]


def _lines(model: Path) -> list[str]:
    return figures.figures(read_facts(model)).splitlines()


def test_automatic_has_a_row_a_set_and_one_for_all(model: Path, evaluated: Put, record: Make) -> None:
    evaluated("few", record("auto", "network", "ab", 23.0))
    evaluated("one", record("auto", "network", "c", 26.0))
    lines = _lines(model)
    assert "| few | 2 | 20.00 | 23.00 | +3.00 | 0.9000 | 30.0 | 40.0 | 10.0 |" in lines
    assert "| one | 1 | 20.00 | 26.00 | +6.00 | 0.9000 | 30.0 | 40.0 | 10.0 |" in lines
    assert "| together | 3 | 20.00 | 24.00 | +4.00 | 0.9000 | 30.0 | 40.0 | 10.0 |" in lines
    assert not any("All with" in line or "Measured with" in line for line in lines)


def test_settings_that_differ_name_the_row_and_those_that_do_not_are_said_once(
    model: Path, evaluated: Put, record: Make
) -> None:
    evaluated("few", record("auto", "network", "ab", 23.0, vividness=0.5, saturation=1.0))
    evaluated("few-mean", record("auto", "network", "ab", 24.0, vividness=0.0, saturation=1.0))
    lines = _lines(model)
    assert any(line.startswith("| few, vividness 0 | 2 | 20.00 | 24.00 |") for line in lines)
    assert any(line.startswith("| few, vividness 0.5 | 2 | 20.00 | 23.00 |") for line in lines)
    evaluated("few-mean", record("auto", "network", "ab", 24.0, vividness=0.5, saturation=1.0))
    lines = _lines(model)
    assert "All with vividness 0.5." in lines
    assert not any("vividness" in line for line in lines if line.startswith("|"))


def test_what_was_measured_at_the_networks_default_has_a_row_too(
    model: Path, evaluated: Put, record: Make
) -> None:
    values = record("auto", "network", "ab", 24.0, vividness=0.0, vividness_default=0.5)
    for row in (*values["photos"], values["mean"]):
        row |= {"psnr_default": 23.0, "ssim_default": 0.875, "colourfulness_default": 38.0}
    evaluated("few", values)
    lines = _lines(model)
    assert "| few, vividness 0 | 2 | 20.00 | 24.00 | +4.00 | 0.9000 | 30.0 | 40.0 | 10.0 |" in lines
    assert "| few, vividness 0.5 | 2 | 20.00 | 23.00 | +3.00 | 0.8750 | 38.0 | 40.0 | 2.0 |" in lines


def test_a_default_at_which_it_was_measured_anyway_has_no_row_of_its_own(
    model: Path, evaluated: Put, record: Make
) -> None:
    values = record("auto", "network", "ab", 24.0, vividness=0.0, vividness_default=0.0)
    for row in (*values["photos"], values["mean"]):
        row |= {"psnr_default": 24.0}
    evaluated("few", values)
    lines = _lines(model)
    assert len([line for line in lines if line.startswith("| few")]) == 1
    assert "All with vividness 0." in lines


def test_every_figure_that_was_measured_is_shown(model: Path, evaluated: Put, record: Make) -> None:
    values = record("auto", "network", "abc", 24.0, vividness=0.0, vividness_default=0.5)
    values |= {
        "parameters": 6_250_000,
        "multiply_adds": 2_500_000_000,
        "encoder": "mine",
        "machine": "2 cores",
    }
    for number, row in enumerate(values["photos"]):
        row |= {"rmse": 16.0, "auc": 0.9, "auc_gray": 0.875, "auc_balanced": 0.75, "encoder_distance": 0.125}
        row |= {"seconds": (9.0, 1.0, 2.0)[number], "accuracy": [0.5, 1.0]}
        row |= {
            "psnr_default": 23.0,
            "ssim_default": 0.875,
            "colourfulness_default": 38.0,
            "auc_default": 0.8,
        }
    evaluated("few", values)
    lines = _lines(model)
    assert (
        "| set | photos | gray | PSNR | gain | RMSE | SSIM | colourfulness | true | dCF | seconds |" in lines
    )
    assert (
        "| few, vividness 0 | 3 | 20.00 | 24.00 | +4.00 | 16.00 | 0.9000 | 30.0 | 40.0 | 10.0 | 2.000 |"
        in lines
    )
    assert "| few, vividness 0.5 | 3 | 20.00 | 23.00 | +3.00 | | 0.8750 | 38.0 | 40.0 | 2.0 | |" in lines
    assert (
        "6.25 million parameters, 2.50 billion multiply-adds a photo. Seconds: the median photo, on 2 cores."
        in lines
    )
    assert "| set | AuC | gray | balanced | encoder distance |" in lines
    assert "| few, vividness 0 | 90.0 % | 87.5 % | 75.0 % | 0.125 |" in lines
    assert "| few, vividness 0.5 | 80.0 % | 87.5 % | | |" in lines


def test_hints_make_a_curve_a_method_and_the_gain_of_both(model: Path, evaluated: Put, record: Make) -> None:
    counts = [0, 5]
    for protocol in ("icolorit", "zhang2017"):
        for method, psnr in (("hybrid", [23, 27.5]), ("network", [23, 26]), ("scribbles", [20, 27])):
            settings = {} if method == "network" else {"weights": "symmetric"}
            values = record(protocol, method, "ab", psnr, counts=counts, **settings)
            evaluated(f"few-{protocol}-{method}", values)
    levin = record("zhang2017", "scribbles", "ab", [20, 28], counts=counts, weights="levin")
    evaluated("few-zhang2017-scribbles-levin", levin)
    lines = _lines(model)
    assert lines.index("### Hints as in `zhang2017`") < lines.index("### Hints as in `icolorit`")
    start = lines.index("| few, 2 photos, gray 20.00 | 0 | 5 |")
    assert lines[start + 2 : start + 7] == [
        "| network | 23.00 | 26.00 |",
        "| scribbles | 20.00 | 27.00 |",
        "| scribbles, weights levin | 20.00 | 28.00 |",
        "| hybrid | 23.00 | 27.50 |",
        "| hybrid, over the better of the two | +0.00 | +0.50 |",
    ]


def test_other_protocols_have_a_row_a_record(model: Path, evaluated: Put, record: Make) -> None:
    values = record("locality", "network", "ab", 0)
    values["mean"] = {"edits": 4.0, "at_hint": 3.125, "outside_visible": 0.0625}
    evaluated("few-locality", values)
    lines = _lines(model)
    assert "### Locality" in lines
    assert "| set | method | photos | edits | at hint | outside visible |" in lines
    assert "| few | network | 2 | 4.00 | 3.12 | 6.2 % |" in lines


def test_unfinished_and_foreign_evaluations_are_not_passed_off(
    model: Path, evaluated: Put, record: Make
) -> None:
    unfinished = record("auto", "network", "ab", 23.0)
    del unfinished["mean"]
    evaluated("few", unfinished)
    assert _lines(model) == []
    other = record("auto", "network", "ab", 23.0)
    other["model_sha256"] = "d" * 64
    evaluated("few", other)
    assert _lines(model)[-1] == "Measured with other weights than those here: few."


def test_an_ablation_is_a_table(model: Path) -> None:
    runs = [
        {
            "name": "base",
            "change": "",
            "photos": 2000,
            "figures": {"g": 1.0, "psnr": 24.0, "psnr_ten_hints": 28.0},
        },
        {"name": "mse", "change": "squared error", "photos": 2000, "figures": {"g": 1.0, "psnr": 23.5}},
    ]
    assert figures.ablation(read_facts(model)) == ""
    (model / "ablation.json").write_text(json.dumps(runs), encoding="utf-8")
    lines = figures.ablation(read_facts(model)).splitlines()
    assert lines[0] == "### What each choice is worth"
    assert lines[2].startswith("Short runs of 2,000 photos, ")
    assert lines[-4:] == [
        "| run | change | PSNR | PSNR, ten hints |",
        "| --- | --- | --- | --- |",
        "| base | | 24.00 | 28.00 |",
        "| mse | squared error | 23.50 | |",
    ]
