"""The picture that comes out has the luminance that went in."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from skimage import color, data

from colorstudio.document.compositor import composite
from colorstudio.imaging import colorspace, loops
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.resample import GuidedUpsampler, resize
from colorstudio.progress import Cancelled, ProgressToken

WEIGHTS = colorspace.SRGB_TO_XYZ[1]


@pytest.fixture(params=["numpy", "compiled"])
def loops_in_use(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "_loaded", [])
    if request.param == "compiled":
        loops.load_kernels()


def _assert_luminance_kept(gray: np.ndarray, out: np.ndarray) -> None:
    """Within what half a code of each channel makes, and a little for tables and single precision."""
    most = np.float64(np.iinfo(gray.dtype).max)
    before = colorspace.srgb_to_linear(gray / most)
    half = 0.52 if gray.dtype == np.uint8 else 0.7
    most_light = colorspace.srgb_to_linear(np.minimum((out + half) / most, 1)) @ WEIGHTS
    least_light = colorspace.srgb_to_linear(np.maximum((out - half) / most, 0)) @ WEIGHTS
    assert (before <= most_light + 1e-12).all()
    assert (before >= least_light - 1e-12).all()


@given(
    hnp.arrays(np.uint8, (5, 7), elements=st.integers(0, 255)),
    hnp.arrays(np.float32, (5, 7, 2), elements=st.floats(-120, 120, width=32)),
    st.floats(0, 2),
)
def test_luminance_is_kept_at_8_bits(gray: np.ndarray, chroma: np.ndarray, saturation: float) -> None:
    out = composite(luminance_of_pixels(gray), chroma, saturation=saturation)
    assert out.dtype == np.uint8
    _assert_luminance_kept(gray, out)


@given(
    hnp.arrays(np.uint16, (5, 7), elements=st.integers(0, 65535)),
    hnp.arrays(np.float32, (5, 7, 2), elements=st.floats(-120, 120, width=32)),
)
def test_luminance_is_kept_at_16_bits(gray: np.ndarray, chroma: np.ndarray) -> None:
    out = composite(luminance_of_pixels(gray), chroma, bit_depth=16)
    assert out.dtype == np.uint16
    _assert_luminance_kept(gray, out)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_luminance_of_every_code_with_strong_colours(dtype: type) -> None:
    codes = np.arange(np.iinfo(dtype).max + 1, dtype=dtype)
    gray = np.tile(codes, (12, 1))
    hue = np.linspace(0, 2 * np.pi, 12, endpoint=False)[:, None]
    chroma = 90 * np.stack([np.cos(hue), np.sin(hue)], -1) * np.ones((1, len(codes), 1))
    out = composite(luminance_of_pixels(gray), chroma, bit_depth=8 * gray.itemsize)
    _assert_luminance_kept(gray, out)
    spread = out.max(-1).astype(int) - out.min(-1)
    middle = slice(len(codes) // 4, len(codes) // 2)
    assert spread[:, middle].min() > 0.1 * len(codes), "there is colour"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_gray_comes_back_code_by_code(dtype: type) -> None:
    codes = np.arange(np.iinfo(dtype).max + 1, dtype=dtype)[None]
    luminance = luminance_of_pixels(codes)
    for chroma in (None, np.zeros((*codes.shape, 2), np.float32)):
        out = composite(luminance, chroma, bit_depth=8 * codes.itemsize)
        np.testing.assert_array_equal(out, np.repeat(codes[..., None], 3, -1))
    colours = np.full((*codes.shape, 2), 50, np.float32)
    out = composite(luminance, colours, saturation=0, bit_depth=8 * codes.itemsize)
    np.testing.assert_array_equal(out, np.repeat(codes[..., None], 3, -1))


def test_a_photo_comes_back_from_its_lab() -> None:
    rgb = data.astronaut()
    out = composite(luminance_of_pixels(rgb), color.rgb2lab(rgb)[..., 1:])
    assert np.abs(out.astype(int) - rgb).max() <= 1


def test_colours_are_those_of_scikit_image() -> None:
    rng = np.random.default_rng(0)
    lab = np.dstack([rng.uniform(40, 70, (50, 60)), rng.uniform(-12, 12, (50, 60, 2))])
    out = composite(lab[..., 0].astype(np.float32), lab[..., 1:], bit_depth=16)
    np.testing.assert_allclose(out / 65535, color.lab2rgb(lab), atol=1e-4)


def test_saturation_is_a_factor_on_the_chroma() -> None:
    luminance = np.full((4, 4), 60, np.float32)
    chroma = np.full((4, 4, 2), 12, np.float32)
    np.testing.assert_array_equal(
        composite(luminance, chroma, saturation=1.5), composite(luminance, chroma * np.float32(1.5))
    )


def _reference_linear(luminance: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """By the book, in double precision."""
    base = (luminance + 16) / 116
    f = np.stack([base + chroma[..., 0] / 500, base, base - chroma[..., 1] / 200], -1)
    knee = colorspace.LAB_INVERSE_THRESHOLD
    slope = knee**3 / (knee - colorspace.LAB_OFFSET)
    relative = np.where(f > knee, f**3, (f - colorspace.LAB_OFFSET) * slope)
    return relative @ colorspace.NEUTRAL_XYZ_TO_SRGB.T


def _fits(luminance: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    linear = _reference_linear(luminance, chroma)
    return (linear.min(-1) >= -1e-7) & (linear.max(-1) <= 1 + 5e-7)


@pytest.mark.usefixtures("loops_in_use")
@pytest.mark.parametrize("bit_depth", [8, 16])
@pytest.mark.parametrize("saturation", [0.0, 0.5, 1.0, 1.5, 2.0])
def test_every_pixel_is_that_of_a_plain_computation(bit_depth: int, saturation: float) -> None:
    rng = np.random.default_rng(bit_depth)
    luminance = rng.uniform(0, 100, (40, 300)).astype(np.float32)
    chroma = rng.normal(0, 30, (40, 300, 2)).astype(np.float32)
    light, colour = luminance.astype(np.float64), chroma.astype(np.float64) * saturation
    # Where the gamut has a gap along a hue there is more than one edge: those few are left out.
    steps = [_fits(light, colour * step) for step in np.linspace(0, 1, 200)]
    plain = np.diff(np.array(steps, np.int8), axis=0).max(axis=0) <= 0
    assert plain.mean() > 0.97
    inner, outer = np.zeros_like(light), np.ones_like(light)
    for _ in range(40):
        middle = (inner + outer) / 2
        fits = _fits(light, colour * middle[..., None])
        inner, outer = np.where(fits, middle, inner), np.where(fits, outer, middle)
    inside = _fits(light, colour)
    assert saturation == 0 or 0.05 < inside.mean() < 0.95
    most = 2**bit_depth - 1
    wanted, least = (
        np.clip(
            colorspace.linear_to_srgb(np.clip(_reference_linear(light, colour * scale[..., None]), 0, 1)),
            0,
            1,
        )
        * most
        for scale in (np.where(inside, 1, inner), np.where(inside, 1, np.maximum(inner - 1e-4, 0)))
    )
    out = composite(luminance, chroma, saturation=saturation, bit_depth=bit_depth).astype(np.float64)
    # Outside, the chroma is within 1e-4 of the largest that fits: that is less than a code of 8 bits.
    allowed = 1 + (np.abs(wanted - least) if bit_depth == 16 else 0)
    assert (np.abs(out - wanted) <= allowed)[plain].all()


@pytest.fixture(scope="module")
def colouring() -> tuple[np.ndarray, GuidedUpsampler]:
    rgb = data.astronaut()
    luminance = luminance_of_pixels(rgb)
    lab = color.rgb2lab(rgb)
    small = (64, 64)
    up = GuidedUpsampler(2 * resize(lab[..., 1:], small), resize(luminance, small), luminance.shape)
    return luminance, up


SPAN = st.tuples(st.integers(0, 512), st.integers(0, 512))


@given(rows=SPAN, cols=SPAN)
def test_a_rectangle_is_that_part_of_the_whole(
    colouring: tuple[np.ndarray, GuidedUpsampler], rows: tuple[int, int], cols: tuple[int, int]
) -> None:
    luminance, up = colouring
    whole = _whole(luminance, up)
    rectangle = slice(min(rows), max(rows)), slice(min(cols), max(cols))
    part = composite(luminance, up, rows=rectangle[0], cols=rectangle[1])
    np.testing.assert_array_equal(part, whole[rectangle])


_cache: list[np.ndarray] = []


def _whole(luminance: np.ndarray, up: GuidedUpsampler) -> np.ndarray:
    if not _cache:
        _cache.append(np.asarray(composite(luminance, up)))
    return _cache[0]


def test_an_upsampler_and_its_array_give_the_same(colouring: tuple[np.ndarray, GuidedUpsampler]) -> None:
    luminance, up = colouring
    chroma = up.region(luminance, slice(None), slice(None))
    np.testing.assert_array_equal(composite(luminance, up), composite(luminance, chroma))


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1)])
def test_extreme_shapes(shape: tuple[int, int]) -> None:
    luminance = np.full(shape, 50, np.float32)
    up = GuidedUpsampler(np.full((1, 1, 2), 10), np.full((1, 1), 50), shape)
    assert composite(luminance, up).shape == (*shape, 3)


def test_progress_reaches_the_end(colouring: tuple[np.ndarray, GuidedUpsampler]) -> None:
    seen: list[float] = []
    composite(*colouring, token=ProgressToken(lambda fraction, stage: seen.append(fraction)))
    assert len(seen) > 2
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_cancelling_stops_between_bands(colouring: tuple[np.ndarray, GuidedUpsampler]) -> None:
    seen: list[float] = []

    def cancel_at_once(fraction: float, stage: str) -> None:
        seen.append(fraction)
        token.cancel()

    token = ProgressToken(cancel_at_once)
    with pytest.raises(Cancelled):
        composite(*colouring, token=token)
    assert len(seen) == 1
    names = [thread.name for thread in threading.enumerate() if thread.name.startswith("bands")]
    assert names == [], "no thread is left behind"


def test_what_does_not_belong_together_is_refused() -> None:
    luminance = np.zeros((4, 5), np.float32)
    with pytest.raises(ValueError, match="belong"):
        composite(luminance, np.zeros((5, 4, 2), np.float32))
    with pytest.raises(ValueError, match="belong"):
        composite(luminance, GuidedUpsampler(np.zeros((2, 2, 2)), np.zeros((2, 2)), (5, 4)))
    with pytest.raises(ValueError, match="bit depth"):
        composite(luminance, None, bit_depth=12)
    with pytest.raises(ValueError, match="steps"):
        composite(luminance, None, rows=slice(0, 4, 2))


def test_inputs_are_not_changed(colouring: tuple[np.ndarray, GuidedUpsampler]) -> None:
    luminance, up = colouring
    before = luminance.copy()
    chroma = up.region(luminance, slice(None), slice(None))
    chroma_before = chroma.copy()
    composite(luminance, chroma, saturation=2)
    np.testing.assert_array_equal(luminance, before)
    np.testing.assert_array_equal(chroma, chroma_before)
