"""Evaluations side by side, and their charts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from colorstudio.errors import PhotoReadError, UsageError
from colorstudio.services.evaluation.accuracy import THRESHOLDS
from colorstudio.services.evaluation.charts import chart_of, write_chart
from colorstudio.services.evaluation.comparing import (
    Result,
    comparable,
    gains_over_gray,
    name_of,
    read_result,
    table_of,
)
from colorstudio.services.evaluation.record import mean_of


def _result(files: dict[str, float], **settings: Any) -> Result:
    """A result whose photos have these PSNR, 20 of them gray's."""
    rows = [
        {"file": file, "psnr": psnr, "psnr_gray": 20.0, "ssim": 0.9, "colourfulness": 30.0,
         "colourfulness_true": 40.0}
        for file, psnr in files.items()
    ]  # fmt: skip
    record = {"protocol": "auto", "method": "network", "model": "m", **settings, "photos": rows}
    record["mean"] = mean_of(rows)
    return Result(name_of(record), record)


def _with_hints(method: str, *psnr: float) -> Result:
    row = {"file": "a", "psnr": list(psnr), "psnr_gray": 20.0, "ssim": [0.9] * len(psnr)}
    model = None if method == "scribbles" else "m"
    counts = [0, 1, 10][: len(psnr)]
    record: dict[str, Any] = {
        "protocol": "zhang2017",
        "method": method,
        "model": model,
        "counts": counts,
        "photos": [row],
    }
    record["mean"] = mean_of([row])
    return Result(name_of(record), record)


def test_names_say_what_is_unusual() -> None:
    assert _result({"a": 1}).name == "m"
    assert _result({"a": 1}, smoothing="crf", vividness=0.5).name == "m, smoothed by crf, vividness 0.5"
    assert _result({"a": 1}, method="hybrid", saturation=0.9).name == "m, hybrid, saturation 0.9"
    assert (
        _result({"a": 1}, method="scribbles", model=None, weights="levin").name == "scribbles, weights levin"
    )


def test_only_photos_that_all_have_count() -> None:
    one, other = comparable([_result({"a": 22, "b": 30}), _result({"b": 24, "c": 40}, vividness=1.0)])
    assert [row["file"] for row in one.photos] == ["b"]
    assert (one.mean["psnr"], other.mean["psnr"]) == (30, 24)
    assert gains_over_gray(one) == [10]


def test_what_has_one_name_is_called_by_its_file() -> None:
    results = [_result({"a": 22}), _result({"a": 23}), _result({"a": 23}, vividness=1.0)]
    assert [result.name for result in comparable(results, ["x", "y", "z"])] == ["x", "y", "m, vividness 1"]


def test_nothing_in_common_is_refused() -> None:
    with pytest.raises(UsageError, match="no photo in common"):
        comparable([_result({"a": 22}), _result({"b": 22})])
    with pytest.raises(UsageError, match="different protocols cannot be compared: auto, zhang2017"):
        comparable([_result({"a": 22}), _with_hints("network", 22)])


def test_the_table_has_a_column_for_what_somebody_measured() -> None:
    rich = _result({"a": 22}, multiply_adds=2_500_000_000)
    header, rows = table_of([_result({"a": 23}), rich])
    assert header == ["", "PSNR", "over gray", "SSIM", "colourfulness", "dCF", "GFLOPs"]
    assert rows[0] == ["m", "23.00", "+3.00", "0.9000", "30.0", "10.0", ""]
    assert rows[1][-1] == "2.50"
    header, rows = table_of([_with_hints("network", 22, 23, 27), _with_hints("hybrid", 22, 24, 28)])
    assert header == ["", "0", "1", "10"]
    assert rows[1] == ["m, hybrid", "22.00", "24.00", "28.00"]


def test_files_that_are_none_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    with pytest.raises(PhotoReadError, match=r"x\.json"):
        read_result(path)
    whole = _result({"a": 22}).record
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert read_result(path).mean["psnr"] == 22
    locality = {**whole, "protocol": "locality", "photos": [{"file": "a", "edits": 1}]}
    damaged: tuple[tuple[Any, str], ...] = (
        ([], "no figures"),
        (locality, "compares no pictures"),
        ({key: value for key, value in whole.items() if key != "mean"}, "not have all of its photos"),
    )
    for record, message in damaged:
        path.write_text(json.dumps(record), encoding="utf-8")
        with pytest.raises(UsageError, match=message):
            read_result(path)


def test_evaluations_of_before_can_be_drawn() -> None:
    """Those without the newer figures: their panels are left out."""
    results = comparable([_with_hints("network", 22, 23, 27), _with_hints("scribbles", 20, 24, 28)])
    titles = [axes.get_title() for axes in chart_of(results).axes]
    assert titles == ["PSNR, dB", "SSIM", "Each photo, 10 hints", "Gain over gray, 10 hints", ""]


def test_curves_are_drawn_where_there_are_any(tmp_path: Path) -> None:
    plain, curved = _result({"a": 22, "b": 25}), _result({"a": 23, "b": 24}, vividness=1.0)
    curve = [0.5] * (len(THRESHOLDS) - 1) + [1.0]
    for row in (*curved.photos, curved.mean):
        row |= {"accuracy": curve, "accuracy_balanced": curve}
    figure = chart_of([plain, curved])
    accuracy, balanced, each, spread, _ = figure.axes
    assert [line.get_label() for line in accuracy.lines] == ["m, vividness 1"]
    assert accuracy.lines[0].get_ydata()[-1] == 100  # type: ignore[index]
    assert balanced.get_title() == "Class-balanced accuracy"
    assert len(each.collections) == 2
    assert list(spread.lines[0].get_xdata()) == [2, 2, 5]  # type: ignore[arg-type]
    for suffix, magic in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        path = tmp_path / f"chart{suffix}"
        write_chart(path, [plain, curved])
        assert path.read_bytes().startswith(magic)
    with pytest.raises(UsageError, match=r"\.png, \.pdf, \.svg"):
        write_chart(tmp_path / "chart.gif", [plain])
