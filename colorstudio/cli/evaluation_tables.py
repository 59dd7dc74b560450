"""What `colorstudio evaluate` prints: means of figures, and several evaluations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from colorstudio.services.evaluation.comparing import Result


def print_means(record: dict[str, Any], counts: tuple[int, ...]) -> None:
    """The means of an evaluation that is complete, in the way of its protocol."""
    mean = record["mean"]
    if record["protocol"] == "suggestions":
        _print_suggestions(mean)
    elif record["protocol"] == "locality":
        _print_locality(mean)
    else:
        _print_pictures(mean, counts)
        _print_costs(record)


def print_comparison(results: Sequence[Result]) -> None:
    """A line a result."""
    from colorstudio.services.evaluation.comparing import table_of

    header, rows = table_of(results)
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    photos = len(results[0].photos)
    print(f"{results[0].record['protocol']}, {photos} photos that all have, gray {_gray(results[0]):.2f} dB")
    for line in (header, *rows):
        cells = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
        print("  ".join(["", line[0].ljust(widths[0]), *cells[1:]]))


def _gray(result: Result) -> float:
    return result.mean["psnr_gray"]


def _print_pictures(mean: dict[str, Any], counts: tuple[int, ...]) -> None:
    """One column a count of hints; a single one where the protocol gives none."""
    if counts:
        _row("hints", counts, "8d")
    _row("PSNR dB", mean["psnr"], "8.2f", f"   gray {mean['psnr_gray']:.2f}")
    _row("over gray dB", np.subtract(mean["psnr"], mean["psnr_gray"]), "+z8.2f")
    _optional_row("RMSE of 255", mean, "rmse", "8.2f")
    _row("SSIM", mean["ssim"], "8.4f")
    _optional_row("AuC", mean, "auc", "8.2%")
    _optional_row("AuC balanced", mean, "auc_balanced", "8.2%")
    _optional_row("encoder dist.", mean, "encoder_distance", "8.4f")
    _row("colourfulness", mean["colourfulness"], "8.2f", f"   true {mean['colourfulness_true']:.2f}")
    _row("dCF", mean["dcf"], "8.2f")
    if "psnr_default" in mean:
        print("  at the network's own vividness:")
        _row("PSNR dB", mean["psnr_default"], "8.2f")
        _row("SSIM", mean["ssim_default"], "8.4f")
        _row("colourfulness", mean["colourfulness_default"], "8.2f")
        _row("dCF", mean["dcf_default"], "8.2f")


def _print_costs(record: dict[str, Any]) -> None:
    if "multiply_adds" in record:
        print(
            f"  {record['parameters'] / 1e6:.2f} M parameters, {record['weights_bytes'] / 1e6:.1f} MB, "
            f"{record['multiply_adds'] / 1e9:.2f} G multiply-adds a photo"
        )
    if "seconds" in record["mean"]:
        _row("seconds", record["mean"]["seconds"], "8.3f", f"   median, on {record['machine']}")


def _print_suggestions(mean: dict[str, Any]) -> None:
    print("  places whose true colour is within 10 Delta E of")
    for label, key in (("the best", "hit_best"), ("one of five", "hit_5"), ("gray", "hit_gray")):
        _row(label, mean[key], "8.1%")


def _print_locality(mean: dict[str, Any]) -> None:
    print(f"  edits a photo {mean['edits']:8.2f}, means of Delta E:")
    if not mean["edits"]:
        return
    _row("at the hint", mean["at_hint"], "8.2f", "   from what was asked for")
    _row("in the object", mean["in_region"], "8.2f", f"   without hints {mean['in_region_before']:.2f}")
    _row("outside", mean["outside"], "8.2f", "   moved")
    _row("", mean["outside_visible"], "8.1%", "   of it visibly")
    if "unlike_visible" in mean:
        _row("", mean["unlike_visible"], "8.1%", "   of what is unlike the object")


def _optional_row(label: str, mean: dict[str, Any], key: str, form: str) -> None:
    """A figure that older evaluations do not have, and gray beside it where that was measured."""
    if key in mean:
        gray = mean.get(f"{key}_gray")
        _row(label, mean[key], form, "" if gray is None else f"   gray {format(gray, form).strip()}")


def _row(label: str, values: Any, form: str, note: str = "") -> None:
    print(f"  {label:14}" + "".join(f"{value:{form}}" for value in np.atleast_1d(values)) + note)
