"""The evaluation of a method on photos, by a protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import luminance_of_srgb, srgb_to_lab
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.reading import read_photo
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services.evaluation.figures import colourfulness, psnr, ssim, to_rgb8
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


def measure_of_colours(
    method: Method,
    protocol: Protocol,
    *,
    counts: Sequence[int] = (),
    saturation: float = 1.0,
    as_default: Method | None = None,
) -> Measure:
    """Measures how close a method's colours come to the true ones, by a published protocol.

    The figures are PSNR, SSIM and colourfulness, and the PSNR of the same photo without colour, "psnr_gray":
    how hard it is. Where the protocol gives hints, those that depend on them are lists, one number a count.

    Parameters
    ----------
    counts
        Numbers of hints, where the protocol gives any.
    saturation
        Factor on the chroma before it is measured.
    as_default
        The method as it is by default, where that is another: "psnr_default" and so on are its figures.
    """

    def measure(photo: Photo, name: str, token: ProgressToken) -> Row:
        row = _figures(photo, name, method, protocol, counts, saturation, token)
        if as_default is not None:
            vivid = _figures(photo, name, as_default, protocol, counts, saturation, token)
            row |= {f"{key}_default": vivid[key] for key in ("psnr", "ssim", "colourfulness")}
        return row

    return measure


def _figures(
    photo: Photo,
    name: str,
    method: Method,
    protocol: Protocol,
    counts: Sequence[int],
    saturation: float,
    token: ProgressToken,
) -> Row:
    truth = stretched(photo, protocol.size_px)
    rgb = truth / np.float32(255)
    luminance = luminance_of_srgb(rgb)
    pictures: list[Row] = []
    for chroma in method.colours(luminance, _hints(protocol, counts, name, srgb_to_lab(rgb)[..., 1:])):
        token.check()
        coloured = to_rgb8(luminance, chroma * np.float32(saturation))
        pictures.append(
            {
                "psnr": psnr(coloured, truth, smallest_error=protocol.smallest_error),
                "ssim": ssim(coloured, truth),
                "colourfulness": colourfulness(coloured),
            }
        )
    figures = pictures[0]
    if protocol.hints is not None:
        figures = {key: [picture[key] for picture in pictures] for key in pictures[0]}
    gray = to_rgb8(luminance, np.zeros((*luminance.shape, 2), np.float32))
    return {
        "psnr": figures["psnr"],
        "psnr_gray": psnr(gray, truth, smallest_error=protocol.smallest_error),
        "ssim": figures["ssim"],
        "colourfulness": figures["colourfulness"],
        "colourfulness_true": colourfulness(truth),
    }


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
