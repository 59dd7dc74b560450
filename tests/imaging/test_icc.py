"""Colour profiles: into sRGB and back at full depth."""

from __future__ import annotations

from typing import Any

import imagecodecs
import numpy as np
import pytest
from PIL import ImageCms

from colorstudio.imaging import icc


def _profile(name: str, **options: Any) -> bytes:
    return bytes(imagecodecs.cms_profile(name, **options))


ADOBE = _profile("adobergb")


def test_srgb_is_known_by_what_it_does() -> None:
    assert icc.is_srgb(icc.srgb_profile())
    assert icc.is_srgb(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert not icc.is_srgb(ADOBE)
    assert not icc.is_srgb(b"nonsense")


def test_our_srgb_profile_is_the_same_every_time() -> None:
    first = icc.srgb_profile()
    icc.srgb_profile.cache_clear()
    assert icc.srgb_profile() == first


def test_spaces() -> None:
    assert icc.profile_space(ADOBE) == "rgb"
    assert icc.profile_space(_profile("gray", gamma=2.2)) == "gray"
    assert icc.profile_space(b"") == ""
    assert icc.profile_space(ADOBE[:100]) == ""


def test_srgb_pixels_are_not_touched(deep_ramp: np.ndarray) -> None:
    assert icc.to_srgb(deep_ramp, icc.srgb_profile()) is deep_ramp


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_gray_of_gamma_2_2(dtype: type) -> None:
    most = np.iinfo(dtype).max
    codes = np.arange(0, most + 1, dtype=dtype)[None]
    ours = icc.to_srgb(codes, _profile("gray", gamma=2.2)).astype(np.float64)
    linear = (codes / most) ** 2.2
    expected = np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear) * most
    assert ours.shape == codes.shape
    assert np.abs(ours - expected).max() < (0.51 if dtype is np.uint8 else 8)


def test_gray_pixels_with_an_rgb_profile() -> None:
    codes = np.arange(256, dtype=np.uint8)[None]
    alone = icc.to_srgb(codes, ADOBE)
    three = icc.to_srgb(np.repeat(codes[..., None].astype(np.uint16) * np.uint16(257), 3, -1), ADOBE)
    np.testing.assert_array_equal(alone, np.rint(three[..., 1] / 257).astype(np.uint8))


def test_sixteen_bits_keep_their_depth() -> None:
    shades = np.linspace(2000, 60000, 20_000).astype(np.uint16).reshape(100, 200)
    rgb = np.stack([shades, shades[::-1] // 2 + 15000, shades[:, ::-1] // 3 + 20000], -1)
    there = icc.to_srgb(rgb, ADOBE)
    inside = (there.min(-1) > 0) & (there.max(-1) < 65535)
    assert inside.mean() > 0.3
    back = icc.from_srgb(there, ADOBE, 16)
    error = np.abs(back.astype(np.int64) - rgb).max(-1)[inside]
    assert error.max() <= 16, "of 65535: more than 12 bits are left everywhere"


def test_sixteen_bits_are_rounded_once_to_eight() -> None:
    grays = np.repeat((np.arange(256, dtype=np.uint16) * 257)[None, :, None], 3, -1)
    there = icc.to_srgb(grays, ADOBE)
    back = icc.from_srgb(there, ADOBE, 8)
    assert back.dtype == np.uint8
    np.testing.assert_array_equal(back[..., 1], np.arange(256)[None])


@pytest.mark.parametrize("damaged", [b"", b"x" * 500, ADOBE[:200], ADOBE[:128] + b"\xff" * 700])
def test_damaged_profiles(damaged: bytes) -> None:
    with pytest.raises(icc.ProfileError):
        icc.to_srgb(np.zeros((2, 2, 3), np.uint8), damaged)
    with pytest.raises(icc.ProfileError):
        icc.from_srgb(np.zeros((2, 2, 3), np.uint8), damaged, 8)


def test_profiles_for_other_channels_are_refused() -> None:
    with pytest.raises(icc.ProfileError):
        icc.to_srgb(np.zeros((2, 2, 3), np.uint8), _profile("gray", gamma=1.8))
    with pytest.raises(icc.ProfileError):
        icc.to_srgb(np.zeros((2, 2, 4), np.uint8), ADOBE)
