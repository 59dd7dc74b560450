"""Compiled loops give the pixels of numpy bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from colorstudio.imaging import gamut, kernels, loops
from colorstudio.imaging.resample import GuidedUpsampler

RNG = np.random.default_rng(5)


@pytest.fixture
def both_ways(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], tuple[Any, Any]]:
    """What something gives without the kernels, and with them."""

    def ways(make: Callable[[], Any]) -> tuple[Any, Any]:
        monkeypatch.setattr(loops, "_loaded", [])
        without = make()
        loops.load_kernels()
        assert loops.kernels_at_hand() is kernels
        return without, make()

    return ways


def test_colours_far_out_of_the_gamut_are_fitted_as_by_numpy() -> None:
    luminance = RNG.uniform(0, 100, (70, 300)).astype(np.float32)
    luminance[:2] = [[0], [100]]
    chroma = RNG.normal(0, 60, (2, 70, 300)).astype(np.float32)
    linear = gamut.linear_planes(luminance, chroma)
    outside = gamut.outside_of_gamut(linear)
    assert 0.3 < outside.mean() < 0.95
    scale = gamut.largest_scale(luminance[outside], *chroma[:, outside])
    linear[:, outside] = gamut.linear_planes(luminance[outside], chroma[:, outside] * scale)
    out = np.empty_like(linear)
    kernels.fitted_linear(luminance, chroma, out)
    np.testing.assert_array_equal(out, linear)


@pytest.mark.parametrize("bit_depth", [8, 16])
@pytest.mark.parametrize("saturation", [0.0, 0.4, 1.0, 2.0])
def test_pixels_are_those_of_numpy(both_ways: Callable[..., Any], bit_depth: int, saturation: float) -> None:
    from colorstudio.document.compositor import composite

    luminance = RNG.uniform(0, 100, (90, 800)).astype(np.float32)
    luminance.flags.writeable = False
    chroma = RNG.normal(0, 25, (90, 800, 2))
    without, compiled = both_ways(
        lambda: composite(
            luminance,
            chroma,
            saturation=saturation,
            bit_depth=bit_depth,
            rows=slice(3, 88),
            cols=slice(1, 799),
        )
    )
    np.testing.assert_array_equal(compiled, without)


@pytest.mark.parametrize("small", [(1, 1), (1, 7), (9, 1), (12, 20), (300, 400)])
def test_guided_chroma_is_that_of_numpy(both_ways: Callable[..., Any], small: tuple[int, int]) -> None:
    luminance = RNG.uniform(0, 100, (120, 170)).astype(np.float32)
    up = GuidedUpsampler(RNG.normal(0, 20, (*small, 2)), RNG.uniform(0, 100, small), luminance.shape)
    for rows, cols in (
        (slice(None), slice(None)),
        (slice(17, 90), slice(5, 6)),
        (slice(119, 120), slice(60, 99)),
    ):
        without, compiled = both_ways(partial(up.region_planes, luminance, rows, cols))
        np.testing.assert_array_equal(compiled, without)


@pytest.mark.parametrize("small", [(1, 1), (2, 9), (40, 61)])
def test_a_guided_upsampler_is_prepared_as_by_numpy(
    both_ways: Callable[..., Any], small: tuple[int, int]
) -> None:
    chroma, guide = RNG.normal(0, 20, (*small, 2)), RNG.uniform(0, 100, small)

    def planes() -> tuple[np.ndarray, np.ndarray]:
        up = GuidedUpsampler(chroma, guide, (50, 120))
        return up._small_planes, up._planes

    without, compiled = both_ways(planes)
    for one, other in zip(compiled, without, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("shape", [(1, 1), (2, 5), (5, 2, 3), (31, 64, 4), (64, 33, 3)])
def test_halves_are_those_of_numpy(both_ways: Callable[..., Any], shape: tuple[int, ...]) -> None:
    from colorstudio.gui.canvas.picture import halved

    pixels = RNG.integers(0, 256, shape).astype(np.uint8)
    without, compiled = both_ways(lambda: halved(pixels))
    np.testing.assert_array_equal(compiled, without)
