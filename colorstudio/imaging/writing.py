"""Results out: a coloured photo with the metadata of the one that it was made from."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from colorstudio.errors import PhotoWriteError
from colorstudio.imaging import encoding, icc
from colorstudio.imaging.atomic import atomic_write, write_error
from colorstudio.imaging.photo import Photo, PhotoMetadata, Pixels

_log = logging.getLogger(__name__)

# Names for the user and for `WriteOptions.format`, each with its suffixes, the usual one first.
WRITABLE_FORMATS: Mapping[str, tuple[str, ...]] = {
    "png": (".png",),
    "tiff": (".tif", ".tiff"),
    "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "webp": (".webp",),
}
DEEP_FORMATS = frozenset({"png", "tiff"})  # with 16 bits a channel
ALPHA_FORMATS = frozenset({"png", "tiff", "webp"})

_LONGEST_SIDE = {"jpeg": 65500, "webp": 16383}  # libjpeg's limit is a little under the format's


@dataclass(frozen=True)
class WriteOptions:
    """How to write a photo.

    Attributes
    ----------
    format
        A key of `WRITABLE_FORMATS`; None to go by the suffix of the path.
    quality
        1 to 100, of JPEG and WebP; WebP at 100 is lossless.
    bit_depth
        8 or 16; None for the photo's own, as far as the format has it.
    keep_metadata
        Carry EXIF and resolution. The colour profile always goes along: without it colours are wrong.
    overwrite
        Replace an existing file (never one of the inputs).
    """

    format: str | None = None
    quality: int = 95
    bit_depth: int | None = None
    keep_metadata: bool = True
    overwrite: bool = False


def write_photo(
    path: Path,
    pixels: Pixels,
    *,
    like: Photo | None,
    options: WriteOptions = WriteOptions(),
    inputs: Collection[Path] = (),
) -> Path:
    """Write sRGB pixels in the format, the colour profile and with the metadata of a photo.

    A photo that came with an RGB profile is written in that same profile. One with a gray or CMYK
    profile is written in sRGB with an sRGB profile. Where the format has no transparency (JPEG) the
    photo is laid on white; what is opaque keeps its luminance. The file appears whole or not at all.

    Parameters
    ----------
    path
        Where to. Its suffix gives the format unless the options do.
    pixels
        ``(H, W, 3)`` or ``(H, W)``, uint8 or uint16, sRGB. Sixteen bits are rounded once, after the
        conversion into the profile, where 8 are written.
    like
        The photo that alpha and metadata are taken from.
    inputs
        Files that must not be replaced, by whatever name: the photo's own is always among them.

    Returns
    -------
    The path written.

    Raises
    ------
    PhotoWriteError
        With one sentence for the user.
    """
    path = Path(path)
    name = format_of(path, options)
    height, width = pixels.shape[:2]
    _check_size(path, name, height, width)
    if not 1 <= options.quality <= 100:
        raise PhotoWriteError(
            f"{path} was not written: the quality {options.quality} is out of range, "
            "give a number from 1 to 100."
        )
    depth = _bit_depth(path, name, pixels, like, options)
    refuse_inputs(path, [*inputs, *([like.path] if like is not None and like.path is not None else [])])
    if not options.overwrite and os.path.lexists(path):
        raise PhotoWriteError(f"{path} exists already: allow overwriting or choose another name.")

    alpha = like.alpha if like is not None else None
    if alpha is not None and alpha.shape != (height, width):
        raise PhotoWriteError(
            f"{path} was not written: the result is {width} x {height} pixels, the photo "
            f"{alpha.shape[1]} x {alpha.shape[0]}; colour the photo again."
        )
    if alpha is not None and name not in ALPHA_FORMATS:
        pixels, alpha = _on_white(pixels, alpha), None
    metadata = like.metadata if like is not None else PhotoMetadata()
    pixels, profile = _in_profile(pixels, metadata.icc_profile, depth)
    alpha = None if alpha is None else to_depth(alpha, depth)
    if not options.keep_metadata:
        metadata = PhotoMetadata()
    try:
        data = _encode(name, pixels, alpha, options.quality, profile, metadata)
    except MemoryError:
        raise PhotoWriteError(f"There is not enough memory to write {path}: close other programs.") from None
    except OSError as error:
        raise write_error(path, error) from error
    except Exception as error:  # encoders have exceptions of their own
        raise PhotoWriteError(
            f"{path} could not be written as {name} ({error}): choose another format."
        ) from error
    with atomic_write(path, overwrite=options.overwrite) as file:
        file.write(data)
    return path


def _encode(
    name: str,
    pixels: Pixels,
    alpha: Pixels | None,
    quality: int,
    profile: bytes | None,
    metadata: PhotoMetadata,
) -> bytes:
    encode = partial(
        encoding.encode, name, pixels, alpha, quality=quality, icc_profile=profile, dpi=metadata.dpi
    )
    if metadata.exif is not None:
        try:
            return encode(exif=metadata.exif)
        except (MemoryError, OSError):
            raise
        except Exception:  # noqa: BLE001 - Pillow on a stranger's bytes; the photo matters more than they do
            _log.warning("The EXIF data cannot be carried into the %s file and were left out.", name)
    return encode(exif=None)


def format_of(path: Path, options: WriteOptions = WriteOptions()) -> str:
    """The key of `WRITABLE_FORMATS` that `path` is to be written in.

    Raises
    ------
    PhotoWriteError
        If neither the options nor the suffix name a format that can be written.
    """
    known = ", ".join(WRITABLE_FORMATS)
    if options.format is not None:
        if options.format in WRITABLE_FORMATS:
            return options.format
        raise PhotoWriteError(
            f"{path} was not written: there is no format {options.format!r}, choose one of {known}."
        )
    suffix = path.suffix.lower()
    for name, suffixes in WRITABLE_FORMATS.items():
        if suffix in suffixes:
            return name
    raise PhotoWriteError(
        f"{path} was not written: its suffix {suffix!r} names no format that can be written, "
        f"choose one of {known}."
    )


def depth_to_give(path: Path, like: Photo, options: WriteOptions = WriteOptions()) -> int:
    """Bits a channel that `write_photo` should be given, so that each value is rounded only once.

    Raises
    ------
    PhotoWriteError
        As `write_photo` does for a format or a depth that is not possible.
    """
    depth = _bit_depth(path, format_of(path, options), like.pixels, like, options)
    return 16 if _is_foreign_rgb(like.metadata.icc_profile) else depth


def to_depth(pixels: Pixels, bit_depth: int) -> Pixels:
    """Codes of any shape at 8 or 16 bits a channel, rounded to the nearest."""
    if bit_depth == pixels.dtype.itemsize * 8:
        return pixels
    if bit_depth == 16:
        return pixels.astype(np.uint16) * np.uint16(257)
    return ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)


def _check_size(path: Path, name: str, height: int, width: int) -> None:
    longest = _LONGEST_SIDE.get(name)
    if longest is not None and max(height, width) > longest:
        raise PhotoWriteError(
            f"{path} was not written: {width} x {height} pixels are too many for {name}, whose sides end at "
            f"{longest}; choose png or tiff."
        )


def _bit_depth(path: Path, name: str, pixels: Pixels, like: Photo | None, options: WriteOptions) -> int:
    if options.bit_depth is not None:
        if options.bit_depth not in (8, 16):
            raise PhotoWriteError(
                f"{path} was not written: {options.bit_depth} bits a channel are not possible, "
                "choose 8 or 16."
            )
        if options.bit_depth == 16 and name not in DEEP_FORMATS:
            raise PhotoWriteError(
                f"{path} was not written: {name} has no 16 bits a channel, choose png or tiff."
            )
        return options.bit_depth
    own = like.bit_depth if like is not None else pixels.dtype.itemsize * 8
    return own if name in DEEP_FORMATS else 8


def refuse_inputs(path: Path, inputs: Collection[Path]) -> None:
    """Raise `PhotoWriteError` where writing `path` would replace one of the inputs, by whatever name."""
    target = os.path.realpath(path)
    for source in inputs:
        same = os.path.normcase(os.path.realpath(source)) == os.path.normcase(target)
        if not same:
            try:
                same = Path(source).samefile(path)  # hard links, and names that differ in case only
            except OSError:
                same = False
        if same:
            raise PhotoWriteError(
                f"{path} was not written, it is a photo that was read: choose another name."
            )


def _on_white(pixels: Pixels, alpha: Pixels) -> Pixels:
    # In the encoded values, as browsers and viewers do.
    opacity = alpha.astype(np.float32) / np.float32(np.iinfo(alpha.dtype).max)
    if pixels.ndim == 3:
        opacity = opacity[..., None]
    white = np.float32(np.iinfo(pixels.dtype).max)
    return (white - (white - pixels) * opacity + np.float32(0.5)).astype(pixels.dtype)


def _is_foreign_rgb(profile: bytes | None) -> bool:
    """Whether sRGB pixels have to be converted to be written in this profile."""
    return profile is not None and icc.profile_space(profile) == "rgb" and not icc.is_srgb(profile)


def _in_profile(pixels: Pixels, profile: bytes | None, depth: int) -> tuple[Pixels, bytes | None]:
    if profile is not None and icc.profile_space(profile) != "rgb":
        profile = icc.srgb_profile()
    if profile is None or not _is_foreign_rgb(profile):
        return to_depth(pixels, depth), profile
    rgb = pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    try:
        return icc.from_srgb(rgb, profile, depth), profile
    except icc.ProfileError:  # scanners' profiles often lead one way only
        return to_depth(pixels, depth), icc.srgb_profile()
