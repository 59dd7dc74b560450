"""Strokes as JSON: what is written is read, and what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document import stroke_file
from colorstudio.document.stroke_file import read_strokes, strokes_as_json, strokes_from_json, write_strokes
from colorstudio.document.strokes import Stroke
from colorstudio.errors import PhotoWriteError, StrokesReadError

GOOD: dict[str, Any] = {"points": [[1, 2], [3.5, 4]], "radius_px": 2, "rgb": [10, 20, 30]}
POINTS = st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=4).map(tuple)
RADIUS = st.floats(0, 1e5)
STROKES = st.one_of(
    st.builds(Stroke, POINTS, RADIUS, st.just("colour"), st.tuples(*[st.integers(0, 255)] * 3)),
    st.builds(Stroke, POINTS, RADIUS, st.sampled_from(["neutral", "keep"])),
)


def test_the_three_kinds() -> None:
    plain = {key: value for key, value in GOOD.items() if key != "rgb"}
    data = {"strokes": [GOOD, plain | {"neutral": True}, plain | {"keep": True}]}
    points = ((1, 2), (3.5, 4))
    assert strokes_from_json(data, "a") == (
        Stroke(points, 2, "colour", (10, 20, 30)),
        Stroke(points, 2, "neutral"),
        Stroke(points, 2, "keep"),
    )


@given(st.lists(STROKES, max_size=4))
def test_what_is_written_is_read(strokes: list[Stroke]) -> None:
    assert strokes_from_json(json.loads(json.dumps(strokes_as_json(strokes))), "a") == tuple(strokes)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "strokes.json"
    strokes = (Stroke(((1, 2.25),), 3, "keep"),)
    write_strokes(path, strokes)
    assert read_strokes(path) == strokes
    with pytest.raises(PhotoWriteError, match="exists already"):
        write_strokes(path, ())
    write_strokes(path, (), overwrite=True)
    assert read_strokes(path) == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"radius": 3}, 'no "radius"'),
        ({"keep": True}, "exactly one"),
        ({"rgb": ...}, "exactly one"),
        ({"rgb": ..., "neutral": False}, '"neutral" must be true'),
        ({"rgb": ..., "keep": 1}, '"keep" must be true'),
        ({"rgb": [1, 2, 3.5]}, "whole numbers"),
        ({"rgb": [1, 2, True]}, "whole numbers"),
        ({"rgb": "red"}, "whole numbers"),
        ({"rgb": [1, 2]}, "whole numbers"),
        ({"rgb": [1, 2, 300]}, "300"),
        ({"radius_px": ...}, "must be a number"),
        ({"radius_px": "3"}, "must be a number"),
        ({"radius_px": True}, "must be a number"),
        ({"radius_px": -1}, "radius -1"),
        ({"radius_px": 10**400}, "radius 1000"),
        ({"radius_px": float("nan")}, "radius nan"),
        ({"points": ...}, "list of"),
        ({"points": []}, "no points"),
        ({"points": [1, 2]}, "list of"),
        ({"points": [[1, 2, 3]]}, "list of"),
        ({"points": [[1, None]]}, "list of"),
        ({"points": [[1, 10**400]]}, "out of range"),
        ({"points": [[float("inf"), 0]]}, "out of range"),
    ],
)
def test_what_is_wrong_with_a_stroke_is_told(changes: dict[str, Any], message: str) -> None:
    bad = {key: value for key, value in (GOOD | changes).items() if value is not ...}
    with pytest.raises(StrokesReadError, match=rf"mine\.json, stroke 2: .*{message}"):
        strokes_from_json({"strokes": [GOOD, bad]}, "mine.json")


@pytest.mark.parametrize("data", [None, [], [GOOD], {}, {"strokes": GOOD}, {"strokes": None}, "strokes"])
def test_what_holds_no_strokes_is_told(data: object) -> None:
    with pytest.raises(StrokesReadError, match=r"mine\.json holds no strokes"):
        strokes_from_json(data, "mine.json")


@pytest.mark.parametrize("entry", [None, [], [GOOD], "stroke", 3])
def test_what_is_no_stroke_is_told(entry: object) -> None:
    with pytest.raises(StrokesReadError, match=r"mine\.json, stroke 1: A stroke must read"):
        strokes_from_json({"strokes": [entry]}, "mine.json")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "not valid JSON"),
        (b"\xff\xfe\xfd", "not valid JSON"),
        (b"[" * 200_000, "not valid JSON"),
        (b"1" * 5000, "not valid JSON"),
        (b"", "not valid JSON"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(StrokesReadError, match=rf"bad\.json.*{message}"):
        read_strokes(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StrokesReadError, match=r"no file .*absent\.json"):
        read_strokes(tmp_path / "absent.json")
    with pytest.raises(StrokesReadError, match="could not be read"):
        read_strokes(tmp_path)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"strokes": [GOOD] * 3}), encoding="utf-8")
    assert len(read_strokes(path)) == 3
    with monkeypatch.context() as patch, pytest.raises(StrokesReadError, match="3 strokes"):
        patch.setattr(stroke_file, "MAX_STROKES", 2)
        read_strokes(path)
    with monkeypatch.context() as patch, pytest.raises(StrokesReadError, match="5 points"):
        patch.setattr(stroke_file, "MAX_POINTS", 5)
        read_strokes(path)
    with monkeypatch.context() as patch, pytest.raises(StrokesReadError, match="too large"):
        patch.setattr(stroke_file, "MAX_FILE_BYTES", path.stat().st_size - 1)
        read_strokes(path)
