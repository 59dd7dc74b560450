"""ICC profiles: pixels of a file into sRGB and back, at their own depth.

All transforms run in Little CMS through imagecodecs, relative colorimetric with black point
compensation. Sixteen-bit transforms are not optimised into a coarse table (which costs up
to 4,000 of the 65,535 codes in the shadows); what is gray goes through an exact table.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import imagecodecs
import numpy as np

from colorstudio.imaging.photo import Pixels

# lcms2.h
_RELATIVE_COLORIMETRIC = 1
_NO_OPTIMIZE = 0x0100
_BLACK_POINT_COMPENSATION = 0x2000

_SPACES = {b"RGB ": "rgb", b"GRAY": "gray", b"CMYK": "cmyk"}
_BAND_ROWS_PIXELS = 1 << 20


class ProfileError(ValueError):
    """The profile is damaged, or cannot be used in the direction asked for."""


def profile_space(profile: bytes) -> str:
    """``rgb``, ``gray`` or ``cmyk``; empty for damaged profiles and all other spaces."""
    if len(profile) < 132 or profile[36:40] != b"acsp":
        return ""
    return _SPACES.get(bytes(profile[16:20]), "")


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """An sRGB profile to embed, the same bytes every time."""
    profile: Any = imagecodecs.cms_profile("srgb")
    data = bytearray(profile)
    data[24:36] = (2000).to_bytes(2, "big") + bytes([0, 1, 0, 1, 0, 0, 0, 0, 0, 0])  # made when
    data[84:100] = bytes(16)  # no MD5 identifier
    return bytes(data)


@lru_cache(maxsize=16)
@lru_cache(maxsize=8)  # the scans of an archive share one
def is_srgb(profile: bytes) -> bool:
    """Whether the profile is sRGB within half an 8-bit code, however it is named or was made."""
    if profile_space(profile) != "rgb":
        return False
    levels = np.linspace(0, 65535, 9).round().astype(np.uint16)
    grid = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(1, -1, 3)
    try:
        there = _transform(grid, profile, srgb_profile(), "rgb", "rgb", exact=True)
    except ProfileError:
        return False
    return int(np.abs(there.astype(np.int32) - grid).max()) <= 128


def to_srgb(pixels: Pixels, profile: bytes) -> Pixels:
    """Pixels of a profile's space as sRGB of the same dtype.

    Parameters
    ----------
    pixels
        ``(H, W)`` gray, for a gray or an RGB profile (then R = G = B is meant); ``(H, W, 3)`` RGB;
        or ``(H, W, 4)`` CMYK with 0 for no ink.

    Returns
    -------
    ``(H, W)`` for gray, else ``(H, W, 3)``.

    Raises
    ------
    ProfileError
        If the profile is damaged or not of the space of the pixels.
    """
    space = profile_space(profile)
    if pixels.ndim == 2:
        if space not in ("gray", "rgb"):
            raise ProfileError("not a profile for gray pixels")
        return _gray_table(profile, pixels.dtype.str)[pixels]
    if space != {3: "rgb", 4: "cmyk"}[pixels.shape[2]]:
        raise ProfileError("not a profile for these channels")
    if is_srgb(profile):
        return pixels
    return _transform(pixels, profile, srgb_profile(), space, "rgb", exact=pixels.dtype == np.uint16)


def from_srgb(pixels: Pixels, profile: bytes, bit_depth: int) -> Pixels:
    """sRGB pixels ``(H, W, 3)`` in the space of an RGB profile, rounded once to `bit_depth`.

    Raises
    ------
    ProfileError
        If the profile is damaged, not RGB, or has no way back from colours to its device.
    """
    if profile_space(profile) != "rgb":
        raise ProfileError("not an RGB profile")
    depth = np.uint16 if bit_depth == 16 else np.uint8
    exact = pixels.dtype == np.uint16 or bit_depth == 16
    return _transform(pixels, srgb_profile(), profile, "rgb", "rgb", exact=exact, dtype=depth)


@lru_cache(maxsize=8)
def _gray_table(profile: bytes, dtype: str) -> Pixels:
    codes = np.arange(65536, dtype=np.uint16)
    if dtype != "|u1":
        inputs = codes
    else:
        inputs = codes[:256] * np.uint16(257)
    space = profile_space(profile)
    shaped = inputs[None] if space == "gray" else np.repeat(inputs[None, :, None], 3, axis=2)
    gray = _transform(shaped, profile, srgb_profile(), space, "rgb", exact=True)[0, :, 1]
    if is_srgb(profile):
        gray = inputs
    table: Pixels = gray.astype(np.uint16) if dtype != "|u1" else ((gray + 128.0) // 257).astype(np.uint8)
    table.setflags(write=False)
    return table


def _transform(
    pixels: Pixels,
    source: bytes,
    target: bytes,
    source_space: str,
    target_space: str,
    *,
    exact: bool,
    dtype: type[np.unsignedinteger[Any]] | None = None,
) -> Pixels:
    flags = _BLACK_POINT_COMPENSATION | (_NO_OPTIMIZE if exact else 0)
    depth = np.dtype(dtype or pixels.dtype)
    out: Pixels = np.empty((*pixels.shape[:2], 3), depth)
    rows = max(1, _BAND_ROWS_PIXELS // max(1, pixels.shape[1]))
    for start in range(0, pixels.shape[0], rows):
        band = np.ascontiguousarray(pixels[start : start + rows])
        try:
            out[start : start + rows] = imagecodecs.cms_transform(
                band,
                source,
                target,
                colorspace=source_space,
                outcolorspace=target_space,
                outdtype=depth,
                intent=_RELATIVE_COLORIMETRIC,
                flags=flags,
            )
        except Exception as error:  # CmsError, and ValueError or TypeError for odd profiles
            raise ProfileError(str(error)) from error
    return out
