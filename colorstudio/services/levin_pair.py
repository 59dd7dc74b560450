"""The interchange format of Levin's own package: a gray picture, and the same with strokes painted on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.compositor import composite
from colorstudio.errors import DeviceError, UsageError
from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.colorspace import FloatArray, rgb_to_yiq, srgb_to_lab, yiq_to_rgb
from colorstudio.imaging.photo import Photo, Pixels, unit_rgb
from colorstudio.imaging.reading import KIND_NOTES, read_photo
from colorstudio.imaging.writing import WriteOptions, depth_to_give, write_photo
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import (
    LAB_TOLERANCE,
    YIQ_TOLERANCE,
    Propagator,
    Solver,
    Tolerance,
    Weights,
)
from colorstudio.services.batch import PhotoReport, peak_memory_bytes
from colorstudio.services.exporting import check_target, make_folder_of
from colorstudio.services.painting import notes_on_copy, scribbles_on_copy

SpaceName = Literal["yiq", "lab"]

_WHITE = 0.98  # of every channel: a stroke that protects where a photo is recoloured


@dataclass(frozen=True)
class PairOptions:
    """How a pair is coloured.

    Attributes
    ----------
    space
        "yiq" computes and clips as Levin does; "lab" keeps the luminance, as the studio does.
    recolor
        The photo is in colour and stays so but for what the strokes change; white ones change nothing and
        keep the changes of the others away.
    """

    space: SpaceName = "yiq"
    weights: Weights = "levin"
    solver: Solver = "fast"
    recolor: bool = False


@dataclass(frozen=True)
class PairReport(PhotoReport):
    """What came of a pair. `input` is the gray picture; `model` is empty, for no network took part."""

    marked: str
    space: SpaceName
    weights: Weights
    solver: Solver
    iterations: int
    converged: bool


def propagate_pair(
    gray: Path,
    marked: Path,
    target: Path,
    pair: PairOptions,
    options: WriteOptions,
    token: ProgressToken | None = None,
) -> PairReport:
    """Colour a photo from strokes alone.

    Parameters
    ----------
    gray
        The photo, 8 or 16 bits a channel.
    marked
        The same with strokes painted on it: see `painting.scribble_mask`.
    target
        Where the result goes, at the depth of the photo as far as the format has it; never over a photo
        that was read.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    check_target(target, (gray.resolve(), marked.resolve()), options)  # now, not after the work
    try:
        return _propagate_pair(gray, marked, target, pair, options, token or ProgressToken())
    except MemoryError as error:
        raise DeviceError(
            f"There is not enough memory to colour {gray}: close other programs, or use symmetric weights."
        ) from error


def _propagate_pair(
    gray: Path, marked: Path, target: Path, pair: PairOptions, options: WriteOptions, token: ProgressToken
) -> PairReport:
    start = time.perf_counter()
    photo, copy = read_photo(gray), read_photo(marked)
    indices, rgb = scribbles_on_copy(photo, copy)
    read = time.perf_counter()
    space = _SPACES[pair.space]
    values = space.chroma(rgb)
    own = None
    if pair.recolor:
        own = _converted(photo, space.chroma, np.empty((*photo.shape, 2), np.float32))
        # What is propagated is the change of colour.
        values = values - own.reshape(-1, 2)[indices]
        values[(rgb >= _WHITE).all(axis=-1)] = 0
    constraints = Constraints(photo.shape, indices, values.astype(np.float32))
    try:
        propagator = Propagator(
            space.luminance(photo), weights=pair.weights, solver=pair.solver, token=token.part(0.1, 0.4)
        )
    except UsageError as error:
        raise UsageError(f"{gray}: {error}") from error
    prepared = time.perf_counter()
    propagation = propagator.solve(constraints, tolerance=space.tolerance, token=token.part(0.4, 0.8))
    solved = time.perf_counter()
    token.report(0.8, "Composing the picture")
    chroma = propagation.chroma if own is None else own + propagation.chroma
    pixels = space.pixels(photo, chroma, depth_to_give(target, photo, options))
    token.report(0.9, "Writing the file")
    make_folder_of(target)
    written = write_photo(target, pixels, like=photo, options=options, inputs=(gray, marked))
    end = time.perf_counter()
    height, width = photo.shape
    return PairReport(
        input=str(gray),
        output=str(written),
        width=width,
        height=height,
        model="",
        device="cpu",
        seconds={
            "read": read - start,
            "prepare": prepared - read,
            "propagation": solved - prepared,
            "write": end - solved,
            "total": end - start,
        },
        peak_memory_bytes=peak_memory_bytes(),
        notes=(
            *_notes_on_photo(photo, recolor=pair.recolor),
            *notes_on_copy(copy, len(indices)),
            *propagation.notes,
        ),
        marked=str(marked),
        space=pair.space,
        weights=pair.weights,
        solver=pair.solver,
        iterations=propagation.iterations,
        converged=propagation.converged,
    )


def _notes_on_photo(photo: Photo, *, recolor: bool) -> tuple[str, ...]:
    """Without what is not true where the colours of the photo stay."""
    return tuple(note for note in photo.notes if not (recolor and note in KIND_NOTES.values()))


# -- the two spaces -----------------------------------------------------------------


@dataclass(frozen=True)
class _Space:
    """Into luminance and chroma, and back.

    Attributes
    ----------
    luminance
        Of a photo: ``(H, W)`` in [0, 1], at the photo's own precision.
    chroma
        ``(..., 2)`` of sRGB-encoded RGB ``(..., 3)`` in [0, 1].
    pixels
        The photo with another chroma, ``(H, W, 2)``, at 8 or 16 bits a channel.
    tolerance
        Of the fast solver, in the unit of the chroma.
    """

    luminance: Callable[[Photo], FloatArray]
    chroma: Callable[[FloatArray], FloatArray]
    pixels: Callable[[Photo, NDArray[np.float32], int], Pixels]
    tolerance: Tolerance


def _converted(photo: Photo, convert: Callable[[FloatArray], FloatArray], out: NDArray[Any]) -> NDArray[Any]:
    """`out` filled with what `convert` makes of the photo's RGB in [0, 1]."""

    def work(band: slice) -> None:
        out[band] = convert(unit_rgb(photo.pixels[band]))

    in_bands(work, photo.shape)
    return out


def _yiq_luminance(photo: Photo) -> FloatArray:
    return _converted(photo, lambda rgb: rgb_to_yiq(rgb)[..., 0], np.empty(photo.shape))


def _yiq_pixels(photo: Photo, chroma: NDArray[np.float32], bit_depth: int) -> Pixels:
    out: Pixels = np.empty((*photo.shape, 3), np.uint16 if bit_depth == 16 else np.uint8)
    most = np.iinfo(out.dtype).max

    def work(band: slice) -> None:
        yiq = rgb_to_yiq(unit_rgb(photo.pixels[band]))
        yiq[..., 1:] = chroma[band]
        rgb = np.maximum(yiq_to_rgb(yiq), 0)
        # As MATLAB's ntsc2rgb, which Levin's code ends with: a pixel too bright is scaled as a whole.
        out[band] = np.rint(rgb / np.maximum(rgb.max(axis=-1, keepdims=True), 1) * most)

    in_bands(work, photo.shape)
    return out


_SPACES: dict[SpaceName, _Space] = {
    "yiq": _Space(
        luminance=_yiq_luminance,
        chroma=lambda rgb: rgb_to_yiq(rgb)[..., 1:],
        pixels=_yiq_pixels,
        tolerance=YIQ_TOLERANCE,
    ),
    "lab": _Space(
        luminance=lambda photo: photo.luminance / 100,
        chroma=lambda rgb: srgb_to_lab(rgb)[..., 1:],
        pixels=lambda photo, chroma, bit_depth: composite(photo.luminance, chroma, bit_depth=bit_depth),
        tolerance=LAB_TOLERANCE,
    ),
}
