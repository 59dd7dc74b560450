"""Charts: as files, and as pixels for the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio.errors import PhotoWriteError
from colorstudio.services.turing.answers import Answers, answer_to
from colorstudio.services.turing.charts import ChartWords, Look, Part, paint_chart, write_charts
from colorstudio.services.turing.results import Results, results_of
from colorstudio.services.turing.session import Kind, TuringSession
from colorstudio.services.turing.trials import trials_of

Unseen = Callable[..., TuringSession]
KINDS: tuple[Kind, ...] = ("pairs", "single", "ranking")


def _results(session: TuringSession) -> Results:
    rows = [
        answer_to(session, "Anna", trial, list(range(len(trial.shown))), 2.0)
        for trial in trials_of(session, "Anna")
    ]
    return results_of(session, Answers(tuple(rows)))


@pytest.mark.parametrize(
    ("kind", "suffix", "start"),
    [("pairs", ".pdf", b"%PDF"), ("single", ".png", b"\x89PNG"), ("ranking", ".svg", b"<?xml")],
)
def test_both_on_a_page(unseen: Unseen, tmp_path: Path, kind: Kind, suffix: str, start: bytes) -> None:
    path = write_charts(_results(unseen(kind, models=7, control=True)), tmp_path / f"chart{suffix}")
    assert path.read_bytes().startswith(start)
    if suffix == ".png":
        with Image.open(path) as image:
            assert image.width > 2 * image.height


def test_names_that_are_no_charts(unseen: Unseen, tmp_path: Path) -> None:
    results = _results(unseen())
    with pytest.raises(PhotoWriteError, match="PDF, PNG or SVG"):
        write_charts(results, tmp_path / "chart.gif")
    with pytest.raises(PhotoWriteError, match="no folder"):
        write_charts(results, tmp_path / "nowhere" / "chart.png")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", ["bars", "pie"])
def test_pixels_for_the_window(unseen: Unseen, kind: Kind, part: Part) -> None:
    session = unseen(kind, control=True)
    empty = paint_chart(results_of(session, Answers(())), part, (300, 200))
    full = paint_chart(_results(session), part, (300, 200), 1.5, Look(ground="#102030"))
    assert empty.shape == (200, 300, 4)
    assert full.shape == (300, 450, 4)
    assert tuple(full[0, 0]) == (0x10, 0x20, 0x30, 255)
    assert len(np.unique(full.reshape(-1, 4), axis=0)) > 20


def test_a_bar_is_as_long_as_its_share(unseen: Unseen) -> None:
    session = unseen("pairs", 10, models=1)
    rows = [
        answer_to(session, "Anna", trial, [trial.shown.index("m0" if trial.number <= 5 else "real")], 1.0)
        for trial in trials_of(session, "Anna")
    ]

    def length(count: int) -> int:
        pixels = paint_chart(results_of(session, Answers(tuple(rows[:count]))), "bars", (600, 200))
        return int(
            np.all(np.abs(pixels[..., :3].astype(int) - (0x44, 0x77, 0xAA)) < 3, axis=2).any(axis=0).sum()
        )

    assert length(5) == pytest.approx(2 * length(10), rel=0.05)


def test_words_of_another_language(unseen: Unseen, tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    words = ChartWords(taken_for_real="Für echt gehalten", titles={"m0": "Das erste"})
    plain, german = (
        write_charts(_results(unseen()), path, some).read_bytes() for some in (ChartWords(), words)
    )
    assert plain != german
