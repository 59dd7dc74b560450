"""The file of figures: what goes on, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from colorstudio.errors import ColorStudioError, PhotoReadError, PhotoWriteError, UsageError
from colorstudio.services.evaluation import record as record_module
from colorstudio.services.evaluation.record import Record

_SETTINGS: dict[str, Any] = {"protocol": "zhang2017", "model": None, "counts": [0, 5]}
_FILES = ("a.png", "b.png")


def _row(file: str, *, psnr: list[float] | float = 20.0, colourfulness: list[float] | float = 30.0) -> Any:
    return {"file": file, "psnr": psnr, "colourfulness": colourfulness, "colourfulness_true": 40.0}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_means_are_taken_count_by_count_once_all_photos_are_measured() -> None:
    record = Record(_SETTINGS, _FILES)
    record.add(_row("b.png", psnr=[20, 24], colourfulness=[10, 50]))
    assert "mean" not in record.as_json()
    record.add(_row("a.png", psnr=[21, 28], colourfulness=[30, 70]))
    result = record.as_json()
    assert [row["file"] for row in result["photos"]] == ["a.png", "b.png"]
    assert {key: result[key] for key in _SETTINGS} == _SETTINGS
    assert result["mean"] == {
        "psnr": [20.5, 26],
        "colourfulness": [20, 60],
        "colourfulness_true": 40,
        "dcf": [20, 20],
    }


def test_means_of_single_figures_are_single_figures() -> None:
    record = Record(_SETTINGS, ["a.png"])
    record.add(_row("a.png"))
    assert record.as_json()["mean"] == {
        "psnr": 20, "colourfulness": 30, "colourfulness_true": 40, "dcf": 10
    }  # fmt: skip


def test_means_are_of_the_photos_that_have_a_figure() -> None:
    record = Record(_SETTINGS, _FILES)
    record.add({"file": "a.png", "edits": 0})
    record.add({"file": "b.png", "edits": 3, "outside": 1.5})
    assert record.as_json()["mean"] == {"edits": 1.5, "outside": 1.5}


def test_figures_are_taken_over_and_more_photos_may_follow(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    record = Record(_SETTINGS, _FILES[:1], path)
    record.add(_row("a.png"))
    record.write()
    assert "mean" in _read(path)
    again = Record(_SETTINGS, _FILES, path)
    assert (len(again), "a.png" in again, "b.png" in again) == (1, True, False)
    assert _read(path) == {**_SETTINGS, "photos": [_row("a.png")]}  # no mean: it would be one of a part


def test_the_file_is_written_every_few_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "figures.json"
    record = Record(_SETTINGS, _FILES, path)
    record.add(_row("a.png"))
    assert _read(path)["photos"] == []
    monkeypatch.setattr(record_module, "_SECONDS_BETWEEN_WRITES", -1.0)
    record.add(_row("b.png"))
    assert len(_read(path)["photos"]) == 2


@pytest.mark.parametrize(
    ("settings", "files", "told"),
    [
        ({**_SETTINGS, "model": "studio-2"}, _FILES, "model"),
        ({**_SETTINGS, "counts": [0]}, _FILES, "counts"),
        ({"protocol": "zhang2017", "counts": [0, 5]}, _FILES, "model"),
        ({**_SETTINGS, "reach": 0.3}, _FILES, "reach"),
        (_SETTINGS, ("b.png",), "a.png"),
    ],
)
def test_figures_that_do_not_belong_together_are_refused_and_kept(
    settings: dict[str, Any], files: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "figures.json"
    record = Record(_SETTINGS, _FILES, path)
    record.add(_row("a.png"))
    record.write()
    before = path.read_bytes()
    with pytest.raises(UsageError) as caught:
        Record(settings, files, path)
    assert str(path) in str(caught.value)
    assert f"({told})" in str(caught.value) or f"differing: {told})" in str(caught.value)
    assert path.read_bytes() == before
    assert len(Record(settings, files, path, overwrite=True)) == 0
    assert _read(path)["photos"] == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "3",
        "{}",
        '{"photos": 3}',
        '{"photos": [3]}',
        '{"photos": [{}]}',
        '{"photos": {"a": 1}}',
    ],
)
def test_a_file_of_something_else_is_refused_and_kept(content: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="holds no figures") as caught:
        Record(_SETTINGS, _FILES, path)
    assert str(path) in str(caught.value)
    assert path.read_text(encoding="utf-8") == content


def test_what_cannot_be_read_or_written_is_told_at_once(tmp_path: Path) -> None:
    cases: list[tuple[Path, type[ColorStudioError]]] = [
        (tmp_path / "absent" / "x.json", PhotoWriteError),
        (tmp_path, PhotoReadError),
    ]
    for path, kind in cases:
        with pytest.raises(kind) as caught:
            Record(_SETTINGS, _FILES, path)
        assert str(path) in str(caught.value)
