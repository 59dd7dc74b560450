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
from colorstudio.document.strokes import Cut, Stroke
from colorstudio.errors import PhotoWriteError, StrokesReadError

GOOD: dict[str, Any] = {"points": [[1, 2], [3.5, 4]], "radius_px": 2, "rgb": [10, 20, 30]}
POINTS = st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=4).map(tuple)
RADIUS = st.floats(0, 1e5)
CUTS = st.lists(st.builds(Cut, POINTS, RADIUS), max_size=2).map(tuple)
PLACES = st.integers(-(10**6), 10**6)
RUNS = st.lists(
    st.tuples(PLACES, st.integers(-(10**6), 0), st.integers(1, 10**6)), min_size=1, max_size=3
).map(tuple)
STROKES = st.one_of(
    st.builds(Stroke, POINTS, RADIUS, st.just("colour"), st.tuples(*[st.integers(0, 255)] * 3)),
    st.builds(Stroke, POINTS, RADIUS, st.sampled_from(["neutral", "keep"]), cuts=CUTS),
    st.lists(st.tuples(st.tuples(RADIUS, RADIUS), RADIUS), min_size=1, max_size=4).map(
        lambda path: Stroke(
            tuple(point for point, _ in path), 3, "keep", radii_px=tuple(radius for _, radius in path)
        )
    ),
    st.builds(Stroke, st.just(()), st.just(0), st.just("neutral"), cuts=CUTS, runs=RUNS),
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


def test_what_a_stroke_has_besides_reads_well() -> None:
    cuts = (Cut(((1, 2),), 3),)
    brushed = Stroke(((1, 2), (3, 4)), 5, "keep", radii_px=(4, 5), cuts=cuts)
    area = Stroke((), 0, "colour", (1, 2, 3), runs=((4, 5, 9),))
    cut = {"points": [[1, 2]], "radius_px": 3}
    assert strokes_as_json([brushed, area])["strokes"] == [
        {"points": [[1, 2], [3, 4]], "radius_px": 5, "radii_px": [4, 5], "cuts": [cut], "keep": True},
        {"runs": [[4, 5, 9]], "rgb": [1, 2, 3]},
    ]


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
        ({"radii_px": [1]}, "1 radii for 2 points"),
        ({"radii_px": 1}, "list of numbers"),
        ({"radii_px": [1, None]}, "list of numbers"),
        ({"radii_px": [1, -1]}, "radius -1"),
        ({"cuts": {}}, '"cuts" must be a list'),
        ({"cuts": [3]}, "A cut must read"),
        ({"cuts": [{"points": [[1, 2]]}]}, "A cut must read"),
        ({"cuts": [{"points": [[1, 2]], "radius_px": 3, "keep": True}]}, "A cut must read"),
        ({"cuts": [{"points": [[1]], "radius_px": 3}]}, "list of"),
        ({"cuts": [{"points": [], "radius_px": 3}]}, "no points"),
        ({"cuts": [{"points": [[1, 2]], "radius_px": -3}]}, "radius -3"),
        ({"runs": [[1, 2, 3]]}, 'no "points"'),
        ({"points": ..., "runs": [[1, 2, 3]]}, 'no "radius_px"'),
        ({"points": ..., "radius_px": ..., "runs": [[1, 2, 3.5]]}, "whole numbers"),
        ({"points": ..., "radius_px": ..., "runs": [[1, 2, True]]}, "whole numbers"),
        ({"points": ..., "radius_px": ..., "runs": [[1, 2]]}, "whole numbers"),
        ({"points": ..., "radius_px": ..., "runs": 3}, "whole numbers"),
        ({"points": ..., "radius_px": ..., "runs": [[1, 2, 2]]}, "run"),
        ({"points": ..., "radius_px": ..., "runs": [[1, 2, 10**400]]}, "run"),
        ({"points": ..., "radius_px": ..., "runs": []}, "no points"),
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
    cut = {"points": [[1, 2]], "radius_px": 1}
    cutting = [GOOD | {"cuts": [cut] * 2}]
    assert len(strokes_from_json({"strokes": cutting}, "a")) == 1
    with monkeypatch.context() as patch, pytest.raises(StrokesReadError, match="3 points"):
        patch.setattr(stroke_file, "MAX_POINTS", 3)
        strokes_from_json({"strokes": cutting}, "a")
    with monkeypatch.context() as patch, pytest.raises(StrokesReadError, match="3 runs"):
        patch.setattr(stroke_file, "MAX_RUNS", 3)
        strokes_from_json({"strokes": [{"runs": [[1, 2, 3]] * 2, "keep": True}] * 2}, "a")
    with monkeypatch.context() as patch, pytest.raises(StrokesReadError, match="too large"):
        patch.setattr(stroke_file, "MAX_FILE_BYTES", path.stat().st_size - 1)
        read_strokes(path)
