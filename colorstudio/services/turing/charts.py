"""Charts of the results of a Turing test: bars with their intervals, and a pie; on paper or in the window.

Matplotlib is imported when the first chart is drawn: it takes as long as the rest of a report. Its state for
all (pyplot) is left alone, so that charts may be drawn on any thread.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from colorstudio.errors import PhotoWriteError
from colorstudio.imaging.atomic import atomic_write
from colorstudio.services.turing.answers import FOOLED, RIGHT
from colorstudio.services.turing.results import Results, SourceResult
from colorstudio.services.turing.session import GRAY, REAL
from colorstudio.services.turing.statistics import Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHART_SUFFIXES = (".pdf", ".png", ".svg")

Part = Literal["bars", "pie"]

# Paul Tol's "bright" scheme, which the colour-blind can tell apart; grays for what is no model.
_COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377")
_REAL, _GRAY, _OTHERS, _DOUBTED = "#8a8a8a", "#5f5f5f", "#a9a9a9", "#9a7b4f"
_DPI = 100  # one dot is one pixel of the window at 100 %
_PAPER_INCHES, _PAPER_DPI = (12.0, 4.2), 200
_LEAST_LABELLED = 0.06  # of a pie
_MOST_NAMED = 5  # parts of a pie that are models
_LONGEST_LABEL = 34
_CHANCE = 0.5


@dataclass(frozen=True)
class Look:
    """Colours around the data. `ground` None is transparent."""

    text: str = "#1d1d1d"
    dim: str = "#545454"
    line: str = "#b0b0b0"
    quiet: str = "#c9c9c9"
    ground: str | None = "#ffffff"


@dataclass(frozen=True)
class ChartWords:
    """What is written on charts, so that the window can have them in its language.

    Attributes
    ----------
    titles
        Of sources, in place of those that the results have.
    decimal
        The sign before a number's decimals.
    """

    taken_for_real: str = "Taken for the real one"
    natural: str = "Judged natural"
    mean_rank: str = "Mean rank, 1 is the most natural"
    chance: str = "cannot be told apart"
    all_answers: str = "All answers"
    put_first: str = "Put first"
    told: str = "Told right"
    fooled_by: str = "Fooled by {title}"
    by_others: str = "Fooled by others"
    doubted: str = "True colours doubted"
    others: str = "Others"
    no_answers: str = "No answers yet"
    titles: dict[str, str] = field(default_factory=dict)
    decimal: str = "."

    def title(self, row: SourceResult) -> str:
        return self.titles.get(row.source, row.title)


def write_charts(results: Results, path: Path, words: ChartWords = ChartWords()) -> Path:
    """Write both charts on one page, as PDF, PNG or SVG by the suffix.

    Raises
    ------
    PhotoWriteError
    """
    suffix = path.suffix.lower()
    if suffix not in CHART_SUFFIXES:
        raise PhotoWriteError(
            f"{path} was not written: charts are PDF, PNG or SVG, choose one of these suffixes."
        )
    rows = len(results.sources)
    figure = _figure(_PAPER_INCHES[0], max(_PAPER_INCHES[1], 1.6 + 0.32 * rows))
    bars, pie, key = figure.subplots(1, 3, width_ratios=(3, 1.5, 1.6))
    _draw_bars(bars, results, Look(), words)
    _draw_pie(pie, key, results, Look(), words)
    data = io.BytesIO()
    figure.savefig(data, format=suffix[1:], dpi=_PAPER_DPI, facecolor="white")
    with atomic_write(path) as file:
        file.write(data.getvalue())
    return path


def paint_chart(
    results: Results,
    part: Part,
    size: tuple[int, int],
    ratio: float = 1.0,
    look: Look = Look(),
    words: ChartWords = ChartWords(),
) -> NDArray[np.uint8]:
    """A chart as pixels.

    Parameters
    ----------
    size
        Width and height in pixels that do not depend on the screen.
    ratio
        Pixels of the screen for each of them.

    Returns
    -------
    ``(H, W, 4)`` sRGB with alpha.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = _figure(size[0] / _DPI, size[1] / _DPI)
    figure.set_dpi(_DPI * ratio)
    figure.set_facecolor(look.ground or "none")
    if part == "bars":
        _draw_bars(figure.subplots(), results, look, words)
    else:
        pie, key = figure.subplots(1, 2, width_ratios=(1, 1.15))
        _draw_pie(pie, key, results, look, words)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba(), np.uint8)


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _draw_bars(axes: Axes, results: Results, look: Look, words: ChartWords) -> None:
    """A line for each source, the best on top: its share or rank, and the interval around it."""
    ranking = results.kind == "ranking"
    rows = results.sources
    known = [(place, row, _estimate(row)) for place, row in enumerate(rows)]
    for place, row, estimate in known:
        if estimate is None:
            continue
        colour = _colour_of(rows, row)
        error = [[estimate.value - estimate.low], [estimate.high - estimate.value]]
        if not ranking:
            axes.barh(place, estimate.value, height=0.62, color=colour)
        axes.errorbar(
            estimate.value,
            place,
            xerr=error,
            fmt="o" if ranking else "none",
            color=colour,
            markersize=8,
            ecolor=look.text,
            elinewidth=1.2,
            capsize=3,
        )
        label = f"{estimate.value:.2f}".replace(".", words.decimal) if ranking else _percent(estimate.value)
        axes.annotate(
            label,
            (estimate.high, place),
            (7, 0),
            textcoords="offset points",
            va="center",
            color=look.text,
            bbox={"facecolor": look.ground or "none", "edgecolor": "none", "pad": 1.5},
        )
    axes.set_yticks(range(len(rows)), [words.title(row) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    if ranking:
        axes.set_xlim(0.8, max([2.2, *(e.high + 0.4 for _, _, e in known if e is not None)]))
    else:
        axes.set_xlim(0, 1.08)
        ticks = [0, 0.25, 0.5, 0.75, 1]
        axes.set_xticks(ticks, [_percent(tick) for tick in ticks])
    if results.kind == "pairs":
        axes.axvline(_CHANCE, color=look.dim, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        axes.annotate(
            words.chance, (_CHANCE, -0.6), (0, 3), textcoords="offset points", ha="center", color=look.dim
        )
    title = {"pairs": words.taken_for_real, "single": words.natural, "ranking": words.mean_rank}[results.kind]
    axes.set_title(title, color=look.text, loc="left", fontsize=11, pad=16)
    axes.set_facecolor("none")
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(look.line)
    axes.tick_params(axis="x", colors=look.dim, labelcolor=look.dim)
    axes.tick_params(axis="y", length=0, labelcolor=look.text)
    if not results.answers:
        axes.text(0.5, 0.5, words.no_answers, transform=axes.transAxes, ha="center", color=look.dim)


def _draw_pie(axes: Axes, key: Axes, results: Results, look: Look, words: ChartWords) -> None:
    """Of rankings who was put first, else how many were fooled, and by whom; what the parts are in `key`."""
    slices = _slices(results, look, words)
    total = sum(count for _, count, _ in slices)
    title = words.put_first if results.kind == "ranking" else words.all_answers
    axes.set_title(title, color=look.text, loc="left", fontsize=11, pad=2)
    axes.set_axis_off()
    key.set_axis_off()
    if not total:
        axes.text(0.5, 0.5, words.no_answers, transform=axes.transAxes, ha="center", color=look.dim)
        return
    pie = axes.pie(
        [count for _, count, _ in slices],
        colors=[colour for _, _, colour in slices],
        startangle=90,
        counterclock=False,
        wedgeprops={"linewidth": 1.2, "edgecolor": look.ground or "none"},
    )
    start = 0.0
    for _, count, colour in slices:
        part = count / total
        angle = np.pi / 2 - 2 * np.pi * (start + part / 2)
        start += part
        if part >= _LEAST_LABELLED:
            place = 0.68 * np.cos(angle), 0.68 * np.sin(angle)
            axes.text(*place, _percent(part), ha="center", va="center", color=_ink_on(colour))
    key.legend(
        pie[0],
        [f"{_short(label)}: {count}" for label, count, _ in slices],
        loc="center left",
        bbox_to_anchor=(-0.1, 0.5),
        frameon=False,
        labelcolor=look.text,
        fontsize=9,
        handlelength=1.0,
        handleheight=1.0,
    )


def _slices(results: Results, look: Look, words: ChartWords) -> list[tuple[str, int, str]]:
    """Words, count and colour of each part that is not empty."""
    rows = results.sources
    if results.kind == "ranking":
        named = sorted(rows, key=lambda row: -row.first)[:_MOST_NAMED]
        slices = [(words.title(row), row.first, _colour_of(rows, row)) for row in named]
        rest = sum(row.first for row in rows) - sum(count for _, count, _ in slices)
        slices.append((words.others, rest, _OTHERS))
    else:
        fooling = [row for row in rows if row.source != REAL]
        named = sorted(fooling, key=lambda row: -row.taken_for_real)[:_MOST_NAMED]
        slices = [(words.told, results.outcomes[RIGHT], look.quiet)]
        slices += [
            (
                words.fooled_by.format(title=words.title(row)),
                row.taken_for_real,
                _colour_of(rows, row),
            )
            for row in named
        ]
        rest = results.outcomes[FOOLED] - sum(row.taken_for_real for row in named)
        slices.append((words.by_others, rest, _OTHERS))
        slices.append((words.doubted, results.outcomes["doubted"], _DOUBTED))
    return [part for part in slices if part[1] > 0]


def _estimate(row: SourceResult) -> Estimate | None:
    return row.rank if row.rank is not None else row.real


def _colour_of(rows: Sequence[SourceResult], row: SourceResult) -> str:
    """A source's colour, the same in both charts."""
    if row.source in (REAL, GRAY):
        return _REAL if row.source == REAL else _GRAY
    models = [other.source for other in rows if other.source not in (REAL, GRAY)]
    place = models.index(row.source)
    return _COLOURS[place % len(_COLOURS)]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"


def _percent(part: float) -> str:
    return f"{part * 100:.0f} %"


def _ink_on(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#101010" if 0.3 * red + 0.59 * green + 0.11 * blue > 140 else "#ffffff"
