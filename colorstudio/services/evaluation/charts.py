"""Charts of evaluations, side by side: curves, the spread over photos, and the table of means.

Matplotlib is imported when the first chart is drawn, and its state for all (pyplot) left alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from colorstudio.errors import UsageError
from colorstudio.imaging.atomic import atomic_write
from colorstudio.services.evaluation.accuracy import THRESHOLDS
from colorstudio.services.evaluation.comparing import Result, gains_over_gray, table_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHART_SUFFIXES = (".png", ".pdf", ".svg")

_INCHES, _ROW_INCHES, _DPI = (11.0, 8.0), 0.28, 150
_GRAY = "#808080"
_USUAL_HINTS = 10  # the count whose spread is shown, or the nearest to it


def check_chart(path: Path) -> None:
    """Raises `UsageError` where a chart has no such format."""
    if path.suffix.lower() not in CHART_SUFFIXES:
        raise UsageError(f"A chart cannot be written as {path.name}: give {', '.join(CHART_SUFFIXES)}.")


def write_chart(path: Path, results: Sequence[Result]) -> None:
    """Draw results of one protocol, see `comparing.comparable`, into a file.

    Raises
    ------
    UsageError, PhotoWriteError
    """
    check_chart(path)
    data = io.BytesIO()
    chart_of(results).savefig(data, format=path.suffix.lower()[1:], dpi=_DPI)
    with atomic_write(path) as stream:
        stream.write(data.getvalue())


def chart_of(results: Sequence[Result]) -> Figure:
    """The figure. A panel whose figures nobody has is left out."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = _INCHES
    table_inches = (len(results) + 3) * _ROW_INCHES
    figure = Figure(figsize=(width, height + table_inches), layout="constrained")
    FigureCanvasAgg(figure)
    first = results[0].record
    figure.suptitle(f"Protocol {first['protocol']}, {len(first['photos'])} photos")
    panels = [panel for panel in (_WITH_HINTS if results[0].counts else _AUTOMATIC) if panel.has(results)]
    rows = (len(panels) + 1) // 2
    grid = figure.add_gridspec(rows + 1, 2, height_ratios=[height / rows] * rows + [table_inches])
    colours = _colours(len(results))
    for number, panel in enumerate(panels):
        axes = figure.add_subplot(grid[number // 2, number % 2])
        panel.draw(axes, results, colours)
        axes.grid(alpha=0.25)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", fontsize="small")
    _draw_table(figure.add_subplot(grid[rows, :]), results)
    return figure


def _colours(count: int) -> list[Any]:
    from matplotlib import colormaps

    return [colormaps["tab20" if count > 10 else "tab10"](number % 20) for number in range(count)]


class _Accuracy:
    """Curves of raw accuracy over the threshold."""

    def __init__(self, key: str, title: str) -> None:
        self._key, self._title = key, title

    def has(self, results: Sequence[Result]) -> bool:
        return any(self._key in result.mean for result in results)

    def draw(self, axes: Axes, results: Sequence[Result], colours: Sequence[Any]) -> None:
        for result, colour in zip(results, colours, strict=True):
            if self._key in result.mean:
                thresholds = result.record.get("thresholds", THRESHOLDS)
                shares = np.multiply(result.mean[self._key], 100)
                axes.plot(thresholds, shares, color=colour, label=result.name)
        axes.set(title=self._title, xlabel="distance in a*b*", ylabel="pixels within it, %")


class _OverHints:
    """Means over the number of hints."""

    def __init__(self, key: str, title: str, scale: float = 1.0) -> None:
        self._key, self._title, self._scale = key, title, scale

    def has(self, results: Sequence[Result]) -> bool:
        return any(self._key in result.mean for result in results)

    def draw(self, axes: Axes, results: Sequence[Result], colours: Sequence[Any]) -> None:
        counts = sorted({count for result in results for count in result.counts})
        for result, colour in zip(results, colours, strict=True):
            if self._key in result.mean:
                at = [counts.index(count) for count in result.counts]
                values = np.multiply(result.mean[self._key], self._scale)
                axes.plot(at, values, color=colour, marker="o", markersize=3, label=result.name)
        gray = [result.mean[f"{self._key}_gray"] for result in results if f"{self._key}_gray" in result.mean]
        if gray:
            axes.axhline(gray[0] * self._scale, color=_GRAY, linestyle=":", label="gray")
        axes.set_xticks(range(len(counts)), [str(count) for count in counts])
        axes.set(title=self._title, xlabel="hints")


class _AgainstGray:
    """A dot a photo: how good against how hard."""

    def has(self, results: Sequence[Result]) -> bool:
        return bool(results)

    def draw(self, axes: Axes, results: Sequence[Result], colours: Sequence[Any]) -> None:
        count = _shown_count(results)
        ends = [np.inf, -np.inf]
        for result, colour in zip(results, colours, strict=True):
            gray = np.array([row["psnr_gray"] for row in result.photos])
            psnr = gray + gains_over_gray(result, count)
            axes.scatter(gray, psnr, s=9, color=colour, alpha=0.6, linewidths=0, label=result.name)
            ends = [min(ends[0], gray.min()), max(ends[1], gray.max())]
        axes.plot(ends, ends, color=_GRAY, linestyle=":")
        axes.set(title=f"Each photo{_at(count)}", xlabel="PSNR without colour, dB", ylabel="PSNR, dB")


class _Spread:
    """The share of photos that gain no more than that over gray."""

    def has(self, results: Sequence[Result]) -> bool:
        return bool(results)

    def draw(self, axes: Axes, results: Sequence[Result], colours: Sequence[Any]) -> None:
        count = _shown_count(results)
        for result, colour in zip(results, colours, strict=True):
            gains = np.sort(gains_over_gray(result, count))
            gains = np.concatenate([gains[:1], gains])  # the first step, too
            shares = np.arange(len(gains)) / (len(gains) - 1) * 100
            axes.step(gains, shares, where="post", color=colour, label=result.name)
        axes.axvline(0, color=_GRAY, linestyle=":")
        axes.set(title=f"Gain over gray{_at(count)}", xlabel="dB", ylabel="photos that gain no more, %")


def _shown_count(results: Sequence[Result]) -> int | None:
    shared = set(results[0].counts).intersection(*(result.counts for result in results))
    return min(shared, key=lambda count: abs(count - _USUAL_HINTS)) if shared else None


def _at(count: int | None) -> str:
    return "" if count is None else f", {count} hints"


_AUTOMATIC = (
    _Accuracy("accuracy", "Raw accuracy"),
    _Accuracy("accuracy_balanced", "Class-balanced accuracy"),
    _AgainstGray(),
    _Spread(),
)
_WITH_HINTS = (
    _OverHints("psnr", "PSNR, dB"),
    _OverHints("ssim", "SSIM"),
    _OverHints("auc_balanced", "Class-balanced accuracy, area in %", 100),
    _OverHints("encoder_distance", "Distance in the encoder's features"),
    _AgainstGray(),
    _Spread(),
)


def _draw_table(axes: Axes, results: Sequence[Result]) -> None:
    header, rows = table_of(results)
    axes.axis("off")
    table = axes.table(rows, colLabels=header, loc="center", cellLoc="right", edges="horizontal")
    table.auto_set_font_size(False)
    table.set_fontsize(8)
    table.auto_set_column_width(list(range(len(header))))
