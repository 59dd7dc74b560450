"""Photos in: any file that a user may hand over becomes a `Photo` or one clear sentence."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np

from colorstudio.errors import PhotoReadError
from colorstudio.imaging import icc
from colorstudio.imaging.decoding import DecodedPhoto, decode
from colorstudio.imaging.exif import apply_orientation
from colorstudio.imaging.kind import recognise
from colorstudio.imaging.photo import Photo, PhotoKind, PhotoMetadata, Pixels

READABLE_SUFFIXES: frozenset[str] = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".bmp", ".dib", ".heic", ".heif"}
)
MAX_PIXELS = 200_000_000

_READABLE = "JPEG, PNG, TIFF, WebP, BMP or HEIC"
# What a photo that is to be coloured is told of.
KIND_NOTES = {
    PhotoKind.TINTED: (
        "The photo is tinted (sepia or another single tone): the tint is set aside, the new colours are "
        "made from its lightness alone."
    ),
    PhotoKind.COLOUR: (
        "The photo is in colour already: its colours are set aside, the new ones are made from its "
        "lightness alone."
    ),
}


def read_photo(path: Path, *, max_pixels: int = MAX_PIXELS) -> Photo:
    """Read a photo, upright and in sRGB, at the depth of its file.

    Reads JPEG (CMYK too), PNG, TIFF (first page), WebP (first frame), BMP, and HEIC where
    ``pillow_heif`` is installed. The format is recognised by the content, not by the suffix.

    Parameters
    ----------
    max_pixels
        Limit on height x width, checked before the pixels are decoded.

    Raises
    ------
    PhotoReadError
        With one sentence for the user, whatever is wrong with the file.
    """
    path = Path(path)
    with opened(path) as file:
        return _photo(decoded(file, str(path), max_pixels), path)


@contextmanager
def opened(path: Path) -> Generator[BinaryIO]:
    """A file to read a photo from.

    Raises
    ------
    PhotoReadError
        For every refusal of the operating system, in the block as well.
    """
    try:
        if path.is_dir():
            raise PhotoReadError(f"{path} is a folder, not a photo: give the name of a file.")
        if path.exists() and not path.is_file():
            raise PhotoReadError(f"{path} is not a regular file: give the name of a photo.")
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise PhotoReadError(f"There is no file {path}: check the name.") from None
    except PermissionError:
        raise PhotoReadError(f"No permission to read {path}: change its rights or copy it.") from None
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise PhotoReadError(f"{path} could not be read ({reason}): check the name and the disk.") from error


def photo_from_bytes(data: bytes, name: str, *, max_pixels: int = MAX_PIXELS) -> Photo:
    """A photo from the bytes of its file, for the clipboard, drops and project files.

    Parameters
    ----------
    name
        What to call it in messages to the user.

    Raises
    ------
    PhotoReadError
        As `read_photo`.
    """
    return _photo(decoded(io.BytesIO(data), name, max_pixels), None)


def decoded(
    file: BinaryIO,
    name: str,
    max_pixels: int = MAX_PIXELS,
    how: Callable[[BinaryIO, str, int], DecodedPhoto | None] | None = None,
) -> DecodedPhoto:
    """The first picture of a file, by `decode` or in another way that gives the same.

    Raises
    ------
    PhotoReadError
        As `read_photo`, whatever the decoder stumbles over.
    """
    if not file.read(1):
        raise PhotoReadError(f"{name} is empty: get another copy of it.")
    try:
        picture = (how or decode)(file, name, max_pixels)
    except PhotoReadError:
        raise
    except MemoryError:
        raise PhotoReadError(
            f"There is not enough memory to read {name}: make a smaller copy of it."
        ) from None
    except Exception as error:
        # Decoders raise anything on damaged data: OSError, SyntaxError, struct.error, their own.
        raise PhotoReadError(f"{name} is damaged or incomplete: get another copy of it.") from error
    if picture is None:
        raise PhotoReadError(f"{name} is not a photo that Color Studio can read: save it as {_READABLE}.")
    return picture


def _photo(picture: DecodedPhoto, path: Path | None) -> Photo:
    pixels, profile, profile_notes = _in_srgb(picture.pixels, picture.icc_profile)
    pixels = _without_equal_channels(pixels)
    pixels = apply_orientation(pixels, picture.orientation)
    alpha, alpha_notes = _useful_alpha(picture.alpha)
    if alpha is not None:
        alpha = apply_orientation(alpha, picture.orientation)
    dpi = picture.dpi
    if dpi is not None and picture.orientation >= 5:
        dpi = dpi[1], dpi[0]
    kind = recognise(pixels)
    notes = (
        *picture.notes,
        *profile_notes,
        *alpha_notes,
        *((KIND_NOTES[kind],) if kind in KIND_NOTES else ()),
    )
    pixels.setflags(write=False)
    if alpha is not None:
        alpha.setflags(write=False)
    metadata = PhotoMetadata(format=picture.format, icc_profile=profile, exif=picture.exif, dpi=dpi)
    return Photo(pixels=pixels, kind=kind, alpha=alpha, metadata=metadata, path=path, notes=notes)


def _in_srgb(pixels: Pixels, profile: bytes | None) -> tuple[Pixels, bytes | None, tuple[str, ...]]:
    """Pixels in sRGB, the profile if it was good for anything, and notes."""
    notes: tuple[str, ...] = ()
    if profile is not None:
        try:
            return icc.to_srgb(pixels, profile), profile, ()
        except icc.ProfileError:
            profile = None
            notes = ("The colour profile in the file cannot be used: the photo was taken as sRGB.",)
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        return _plain_cmyk_to_rgb(pixels), None, notes
    return pixels, profile, notes


def _useful_alpha(alpha: Pixels | None) -> tuple[Pixels | None, tuple[str, ...]]:
    if alpha is None or (alpha == np.iinfo(alpha.dtype).max).all():
        return None, ()
    if not alpha.any():  # some programs leave the fourth channel empty
        return None, ("All of the photo is marked as transparent: this was ignored.",)
    return alpha, ()


def _plain_cmyk_to_rgb(cmyk: Pixels) -> Pixels:
    # Without a profile there is no right answer; this is the formula of everyone's viewer.
    most = np.iinfo(cmyk.dtype).max
    rgb = np.empty((*cmyk.shape[:2], 3), cmyk.dtype)
    light = np.float32(most) - cmyk[..., 3]
    for channel in range(3):
        rgb[..., channel] = (most - cmyk[..., channel]) * light / np.float32(most) + np.float32(0.5)
    return rgb


def _without_equal_channels(pixels: Pixels) -> Pixels:
    """``(H, W)`` where R = G = B everywhere: a third of the memory, and an exact luminance."""
    if pixels.ndim == 2:
        return pixels
    step = max(1, (1 << 20) // max(1, pixels.shape[1]))
    for start in range(0, pixels.shape[0], step):
        band = pixels[start : start + step]
        if not (np.array_equal(band[..., 0], band[..., 1]) and np.array_equal(band[..., 1], band[..., 2])):
            return pixels
    return np.ascontiguousarray(pixels[..., 1])
