"""Strokes as pictures, for other programs: out and in.

A *stroke layer* is a PNG of the photo's size, transparent where nothing is painted. Strokes of colour have
their own colour there, neutral ones a middle gray, and those that keep what is there pure white. (A stroke
whose own colour is pure white has no chroma; its gray is one code darker.)

A *Levin pair* is the gray photo and the same with the strokes painted on it, as `colorstudio propagate` reads
it. It has no strokes that keep: they are left out.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.compositor import composite
from colorstudio.document.document import Document
from colorstudio.document.strokes import Stroke, rasterise
from colorstudio.errors import PhotoWriteError, UsageError
from colorstudio.imaging.bands import in_bands
from colorstudio.imaging.colorspace import lab_to_srgb, srgb_to_lab
from colorstudio.imaging.photo import Photo, PhotoKind, Pixels, unit_rgb
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.writing import DEEP_FORMATS, WriteOptions, format_of, to_depth, write_photo
from colorstudio.progress import ProgressToken
from colorstudio.services.exporting import check_target
from colorstudio.services.painting import scribble_mask
from colorstudio.services.picture_strokes import FoundStrokes, strokes_of_pixels

_MIDDLE_GRAY_RGB = tuple(int(code) for code in np.rint(lab_to_srgb(np.array([50.0, 0.0, 0.0])) * 255))
_WHITE_RGB = (255, 255, 255)
_NEARLY_WHITE_RGB = (254, 254, 254)

# A painted pixel that is hardly another than the gray one below it would not be found again.
_LEAST_DIFFERENCE = 0.02  # sum over the channels, in [0, 1]; twice of what is looked for
_SHIFT = 0.04  # of each channel, which leaves I and Q and, near gray, a* and b*

_OPAQUE = 0.5  # of the alpha: from here on a soft edge is painted
_MANY = 0.25  # of the pixels: more of them differ after a JPEG than by strokes
_CLEARLY_CHROMA, _CLEARLY_LUMINANCE = 12.0, 25.0  # what JPEG does not do to an unpainted pixel
_MOST = 0.75  # of the pixels: no copy of this photo

_KEEP_LEFT_OUT = "Strokes that keep what is there have no place in a Levin pair and were left out."


# -- out ----------------------------------------------------------------------------


def export_stroke_layer(
    document: Document,
    path: Path,
    options: WriteOptions | None = None,
    token: ProgressToken | None = None,
) -> Path:
    """Write the strokes as a transparent PNG of the photo's size, never over the photo.

    Raises
    ------
    UsageError
        There are no strokes in the photo.
    PhotoWriteError, Cancelled
    """
    options, token = options or WriteOptions(), token or ProgressToken()
    if format_of(path, options) != "png":
        raise PhotoWriteError(f"{path} was not written: a layer of strokes is a PNG, choose that suffix.")
    inputs = _inputs(document)
    check_target(path, inputs, options)
    token.report(0.0, "Painting the strokes")
    height, width = document.photo.shape
    indices, colours = _painted(document.strokes, document.photo.shape)
    pixels, alpha = np.zeros((height * width, 3), np.uint8), np.zeros(height * width, np.uint8)
    pixels[indices], alpha[indices] = colours, 255
    layer = Photo(pixels.reshape(height, width, 3), PhotoKind.COLOUR, alpha.reshape(height, width))
    token.report(0.5, "Writing the file")
    return write_photo(path, layer.pixels, like=layer, options=options, inputs=inputs)


def export_levin_pair(
    document: Document,
    gray: Path,
    marked: Path,
    options: WriteOptions | None = None,
    token: ProgressToken | None = None,
) -> tuple[str, ...]:
    """Write the gray photo, and the same with its strokes, as PNG or TIFF, never over the photo.

    They have the depth of the photo unless the options say else. Either both are written or none.

    Returns
    -------
    Sentences for the user about what could not be written.

    Raises
    ------
    UsageError
        There are no strokes in the photo.
    PhotoWriteError, Cancelled
    """
    options, token = options or WriteOptions(), token or ProgressToken()
    inputs = _inputs(document)
    for path in (gray, marked):
        if format_of(path, options) not in DEEP_FORMATS:
            raise PhotoWriteError(
                f"{path} was not written: strokes survive in PNG and TIFF only, choose one of them."
            )
        check_target(path, inputs, options)
    if gray.resolve() == marked.resolve():
        raise PhotoWriteError(f"{gray} cannot be both pictures of the pair: choose two names.")
    strokes = tuple(stroke for stroke in document.strokes if stroke.kind != "keep")
    token.report(0.0, "Painting the strokes")
    indices, colours = _painted(strokes, document.photo.shape)
    depth = options.bit_depth or document.photo.bit_depth
    plain = composite(document.luminance, None, bit_depth=depth, token=token.part(0.0, 0.4))
    pixels = plain.copy()
    flat = pixels.reshape(-1, 3)
    flat[indices] = _distinct(to_depth(colours, depth), flat[indices])
    token.report(0.5, "Writing the files")
    stood = gray.exists()
    write_photo(gray, plain[..., 0], like=None, options=options, inputs=inputs)
    try:
        token.report(0.75, "Writing the files")
        write_photo(marked, pixels, like=None, options=options, inputs=(*inputs, gray))
    except BaseException:
        if not stood:
            with suppress(OSError):
                gray.unlink()
        raise
    return (_KEEP_LEFT_OUT,) if len(strokes) < len(document.strokes) else ()


def _inputs(document: Document) -> tuple[Path, ...]:
    return (document.source.path.resolve(),) if document.source.path is not None else ()


def _painted(
    strokes: tuple[Stroke, ...], shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The pixels of strokes, and their colours ``(K, 3)``."""
    raster = rasterise(strokes, shape)
    if not len(raster.indices):
        raise UsageError("There are no strokes in the photo to be exported: paint some first.")
    colours = np.array([_colour_of(stroke) for stroke in strokes], np.uint8)
    return raster.indices, colours[raster.stroke]


def _colour_of(stroke: Stroke) -> tuple[int, ...]:
    if stroke.kind == "keep":
        return _WHITE_RGB
    if stroke.rgb is None:
        return _MIDDLE_GRAY_RGB
    return _NEARLY_WHITE_RGB if tuple(stroke.rgb) == _WHITE_RGB else stroke.rgb


def _distinct(colours: Pixels, below: Pixels) -> Pixels:
    """Colours ``(K, 3)`` that all can be told from the pixels that they are painted on."""
    most = np.iinfo(colours.dtype).max
    wide = colours.astype(np.int64)
    hidden = np.abs(wide - below).sum(axis=1) <= _LEAST_DIFFERENCE * most
    lighter = wide[hidden].max(axis=1) < most / 2
    wide[hidden] += np.where(lighter, 1, -1)[:, None] * round(_SHIFT * most)
    return wide.astype(colours.dtype)


# -- in -----------------------------------------------------------------------------


def import_stroke_layer(path: Path, photo: Photo, token: ProgressToken | None = None) -> FoundStrokes:
    """Strokes of a picture that is transparent where nothing is painted.

    Gray is neutral and pure white keeps; see `picture_strokes.strokes_of_pixels`.

    Parameters
    ----------
    photo
        As it is prepared: the layer has its size.

    Raises
    ------
    PhotoReadError
    UsageError
        The picture has another size, no transparency, or nothing painted.
    Cancelled
    """
    token = token or ProgressToken()
    token.report(0.0, "Reading the picture")
    layer = read_photo(path)
    _check_size(path, layer, photo)
    if layer.alpha is None:
        raise UsageError(
            f"{path} has no transparent pixels, so what is painted on it cannot be told: save the layer of "
            "the strokes alone as PNG, or open it together with its gray picture."
        )
    painted = layer.alpha >= _OPAQUE * np.iinfo(layer.alpha.dtype).max
    if not painted.any():
        raise UsageError(f"{path} has nothing painted on it: choose another file.")
    return strokes_of_pixels(painted, _rgb8(layer), path.name, white_keeps=True, token=token.part(0.3, 1.0))


def import_levin_pair(
    marked: Path, photo: Photo, gray: Path | None = None, token: ProgressToken | None = None
) -> FoundStrokes:
    """Strokes of a picture that was painted on: where it differs from the plain one.

    Gray strokes are neutral, as in Levin's method.

    Parameters
    ----------
    gray
        The plain picture; None for the photo itself.

    Raises
    ------
    PhotoReadError
    UsageError
        A picture has another size, or there are no strokes, or the two are not the same photo.
    Cancelled
    """
    token = token or ProgressToken()
    token.report(0.0, "Reading the pictures")
    copy = read_photo(marked)
    _check_size(marked, copy, photo)
    plain = photo
    if gray is not None:
        plain = read_photo(gray)
        _check_size(gray, plain, photo)
    token.report(0.2, "Comparing the pictures")
    painted = scribble_mask(plain.pixels, copy.pixels)
    notes: list[str] = []
    if painted.mean() > _MANY:
        painted &= _differs_clearly(plain, copy)
        notes.append(
            f"{marked.name} differs from the plain picture nearly everywhere, as JPEG makes it: only what "
            "differs clearly was taken for strokes. Saved as PNG or TIFF, all of them are found."
        )
    if not painted.any():
        raise UsageError(
            f"{marked} has no strokes on it, it is the plain picture itself: choose another file."
        )
    if painted.mean() > _MOST:
        raise UsageError(
            f"{marked} is no copy of the photo with strokes on it, nearly all of it is different: paint on a "
            "copy of the photo, or choose its own gray picture with it."
        )
    found = strokes_of_pixels(painted, _rgb8(copy), marked.name, token=token.part(0.4, 1.0))
    return FoundStrokes(found.strokes, (*notes, *found.notes))


def _check_size(path: Path, picture: Photo, photo: Photo) -> None:
    if picture.shape != photo.shape:
        (rows, cols), (own_rows, own_cols) = photo.shape, picture.shape
        raise UsageError(
            f"{path} has {own_cols} x {own_rows} pixels, the photo has {cols} x {rows}: "
            "paint on a copy of the photo as it is turned and cropped now, at its own size."
        )


def _rgb8(picture: Photo) -> NDArray[np.uint8]:
    pixels = to_depth(picture.pixels, 8)
    rgb = pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    return rgb.astype(np.uint8, copy=False)


def _differs_clearly(plain: Photo, copy: Photo) -> NDArray[np.bool_]:
    out = np.empty(plain.shape, np.bool_)

    def compare(band: slice) -> None:
        before, after = (
            srgb_to_lab(unit_rgb(picture.pixels[band]).astype(np.float32)) for picture in (plain, copy)
        )
        chroma = np.hypot(after[..., 1] - before[..., 1], after[..., 2] - before[..., 2])
        luminance = np.abs(after[..., 0] - before[..., 0])
        out[band] = (chroma > _CLEARLY_CHROMA) | (luminance > _CLEARLY_LUMINANCE)

    in_bands(compare, plain.shape)
    return out
