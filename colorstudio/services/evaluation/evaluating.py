"""The evaluation of a method on photos, by a protocol."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import luminance_of_srgb, srgb_to_lab
from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.reading import read_photo
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services.evaluation.accuracy import (
    accuracy_curve,
    area_under_accuracy,
    balancing_weights,
)
from colorstudio.services.evaluation.encoder_distance import EncoderDistance
from colorstudio.services.evaluation.figures import colourfulness, psnr, rmse, ssim, to_rgb8
from colorstudio.services.evaluation.hints import place_squares, squares_with_true_colours
from colorstudio.services.evaluation.methods import Method
from colorstudio.services.evaluation.photos import stretched
from colorstudio.services.evaluation.protocols import Protocol
from colorstudio.services.evaluation.record import Record, Row

# A photo's figures, given itself and the name that what is random is drawn from.
Measure = Callable[[Photo, str, ProgressToken], Row]


def evaluate(
    photos: Sequence[Path], measure: Measure, record: Record, token: ProgressToken | None = None
) -> None:
    """Measure the photos that the record does not have yet.

    What was measured is on disk even if it ends early.

    Raises
    ------
    PhotoReadError, PhotoWriteError, Cancelled
    """
    token = token or ProgressToken()
    try:
        for path in [path for path in photos if path.name not in record]:
            token.report(len(record) / len(photos), path.name)
            record.add({"file": path.name, **measure(read_photo(path), path.name, token)})
    finally:
        record.write()
    token.report(1.0, "Done")


@dataclass(frozen=True)
class Measuring:
    """What is measured of coloured pictures beside the figures that there always are.

    Attributes
    ----------
    saturation
        Factor on the chroma before it is measured.
    encoder
        For "encoder_distance"; None to do without.
    """

    saturation: float = 1.0
    encoder: EncoderDistance | None = None

    def keys(self, protocol: Protocol) -> tuple[str, ...]:
        """The figures that every photo has then."""
        keys = [*_FIGURES, *_OF_GRAY, "colourfulness_true"]
        keys += _CURVES if protocol.hints is None else []
        keys += ["encoder_distance", "encoder_distance_gray"] if self.encoder is not None else []
        return tuple(keys)


def time_colouring(
    photos: Sequence[Path],
    method: Method,
    protocol: Protocol,
    record: Record,
    machine: str,
    *,
    counts: Sequence[int] = (),
    token: ProgressToken | None = None,
) -> None:
    """Add the "seconds" that colouring takes to the figures of photos that were measured.

    Each photo is coloured once more, and nothing else is done meanwhile. Seconds that the record has of this
    machine stay; those of another are taken anew.

    Raises
    ------
    PhotoReadError, PhotoWriteError, Cancelled
    """
    token = token or ProgressToken()
    same = record.told("machine") == machine
    record.tell({"machine": machine})
    if not same:
        for path in photos:
            record.row(path.name).pop("seconds", None)
    waiting = [path for path in photos if "seconds" not in record.row(path.name)]
    try:
        for done, path in enumerate(waiting):
            token.report(done / len(waiting), path.name)
            truth = _Truth.of(read_photo(path), protocol)
            hints = _hints(protocol, counts, path.name, truth.chroma_lab)
            seconds: list[float] = []
            start = time.perf_counter()
            for _ in method.colours(truth.luminance, hints):
                seconds.append(time.perf_counter() - start)
                token.check()
                start = time.perf_counter()
            record.add(record.row(path.name) | {"seconds": seconds if protocol.hints else seconds[0]})
    finally:
        record.write()
    token.report(1.0, "Done")


def measure_of_colours(
    method: Method,
    protocol: Protocol,
    *,
    counts: Sequence[int] = (),
    measuring: Measuring | None = None,
    as_default: Method | None = None,
) -> Measure:
    """Measures how close a method's colours come to the true ones, by a published protocol.

    The figures are "psnr", "rmse" and "ssim" of sRGB; "auc" and "auc_balanced", the areas under the curves of
    raw accuracy (see `accuracy`; without hints the curves are there, too); and "colourfulness". The same
    photo without colour has "psnr_gray" and so on: how hard it is. Where the protocol gives hints, those
    that depend on them are lists, one number a count.

    Parameters
    ----------
    counts
        Numbers of hints, where the protocol gives any.
    as_default
        The method as it is by default, where that is another: "psnr_default" and so on are its figures.
    """
    measuring = measuring or Measuring()

    def measure(photo: Photo, name: str, token: ProgressToken) -> Row:
        truth = _Truth.of(photo, protocol)
        hints = _hints(protocol, counts, name, truth.chroma_lab)
        row = _figures(truth, hints, method, protocol, measuring, token)
        if as_default is not None:
            vivid = _figures(truth, hints, as_default, protocol, measuring, token)
            row |= {f"{key}_default": vivid[key] for key in _FIGURES if key in vivid}
        return row

    return measure


_FIGURES = ("psnr", "rmse", "ssim", "auc", "auc_balanced", "colourfulness")
_CURVES = ("accuracy", "accuracy_balanced")
_OF_GRAY = ("psnr_gray", "auc_gray", "auc_balanced_gray")


@dataclass(frozen=True, eq=False)
class _Truth:
    """A photo as the protocol wants it.

    Attributes
    ----------
    rgb8, luminance, chroma_lab
        ``(S, S, 3)`` sRGB, and its L* and a*b*.
    weights
        Of each pixel in class-balanced accuracy, ``(S, S)``.
    """

    rgb8: NDArray[np.uint8]
    luminance: NDArray[np.float32]
    chroma_lab: NDArray[np.float32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, photo: Photo, protocol: Protocol) -> _Truth:
        rgb8 = stretched(photo, protocol.size_px)
        rgb = rgb8 / np.float32(255)
        chroma_lab = srgb_to_lab(rgb)[..., 1:].astype(np.float32, copy=False)
        return cls(rgb8, luminance_of_srgb(rgb), chroma_lab, balancing_weights(chroma_lab))


def _figures(
    truth: _Truth,
    hints: list[Constraints],
    method: Method,
    protocol: Protocol,
    measuring: Measuring,
    token: ProgressToken,
) -> Row:
    pictures: list[Row] = []
    for chroma in method.colours(truth.luminance, hints):
        token.check()
        pictures.append(_of_picture(chroma * np.float32(measuring.saturation), truth, protocol, measuring))
    figures = pictures[0]
    if protocol.hints is not None:
        figures = {key: [picture[key] for picture in pictures] for key in figures if key not in _CURVES}
    gray = _of_picture(np.zeros_like(truth.chroma_lab), truth, protocol, measuring)
    hardness = {f"{key}_gray": gray[key] for key in gray if key == "encoder_distance"}
    hardness |= {key: gray[key.removesuffix("_gray")] for key in _OF_GRAY}
    # The order of the keys is that of the file.
    return {
        "psnr": figures["psnr"],
        **hardness,
        **figures,
        "colourfulness_true": colourfulness(truth.rgb8),
    }


def _of_picture(
    chroma_lab: NDArray[np.float32], truth: _Truth, protocol: Protocol, measuring: Measuring
) -> Row:
    seen = fit_to_gamut(truth.luminance, chroma_lab)
    rgb8 = to_rgb8(truth.luminance, seen)
    off = np.linalg.norm(seen - truth.chroma_lab, axis=-1)
    row: Row = {
        "psnr": psnr(rgb8, truth.rgb8, smallest_error=protocol.smallest_error),
        "rmse": rmse(rgb8, truth.rgb8),
        "ssim": ssim(rgb8, truth.rgb8),
        "auc": area_under_accuracy(off),
        "auc_balanced": area_under_accuracy(off, truth.weights),
        "accuracy": accuracy_curve(off),
        "accuracy_balanced": accuracy_curve(off, truth.weights),
        "colourfulness": colourfulness(rgb8),
    }
    if measuring.encoder is not None:
        row["encoder_distance"] = measuring.encoder(rgb8, truth.rgb8)
    return row


def _hints(
    protocol: Protocol, counts: Sequence[int], name: str, chroma_lab: NDArray[np.floating[Any]]
) -> list[Constraints]:
    """One set of hints a count; a single one without any hint where the protocol gives none."""
    given = protocol.hints
    if given is None:
        return [Constraints(chroma_lab.shape[:2], np.zeros(0, np.int64), np.zeros((0, 2), np.float32))]
    corners = place_squares(
        name, max(counts), size_px=protocol.size_px, side_px=given.side_px, placing=given.placing
    )
    squares = squares_with_true_colours(chroma_lab, corners, given.side_px)
    return [squares.first(count) for count in counts]
