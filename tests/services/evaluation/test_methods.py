"""What each method makes of the hints."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.document.document import Document, Mode, Settings
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.registry import find_model
from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import Propagator, Weights
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.evaluation.methods import HybridMethod, Method, NetworkMethod, ScribblesMethod
from colorstudio.services.painting import PaintedColours

_SHAPE = (48, 64)


@pytest.fixture(scope="module")
def luminance() -> np.ndarray:
    rng = np.random.default_rng(1)
    steps = rng.uniform(20, 80, (4, 4)).astype(np.float32)
    return np.kron(steps, np.ones((12, 16), np.float32)) + rng.normal(0, 1, _SHAPE).astype(np.float32)


def _hints(*colours: tuple[int, int, float, float]) -> Constraints:
    """Squares of 4 pixels at (row, col), with their a* and b*."""
    mask, chroma = np.zeros(_SHAPE, np.bool_), np.zeros((*_SHAPE, 2), np.float32)
    for row, col, a, b in colours:
        mask[row : row + 4, col : col + 4] = True
        chroma[row : row + 4, col : col + 4] = a, b
    return Constraints.of_mask(mask, chroma)


_SETS = [_hints(), _hints((8, 8, 40, -30)), _hints((8, 8, 40, -30), (30, 44, -20, 50))]


def _all(colorizer: Colorizer) -> list[Method]:
    return [NetworkMethod(colorizer), ScribblesMethod(), HybridMethod(colorizer)]


def test_one_picture_for_each_set_of_hints(colorizer: Colorizer, luminance: np.ndarray) -> None:
    for method in _all(colorizer):
        pictures = list(method.colours(luminance, _SETS))
        assert [picture.shape for picture in pictures] == [(*_SHAPE, 2)] * 3
        assert all(picture.dtype == np.float32 for picture in pictures)
        assert np.ptp(pictures, axis=0).max() > 0.1  # the hints were seen
        # Each on its own: not what came before decides.
        np.testing.assert_allclose(
            next(iter(method.colours(luminance, _SETS[2:]))), pictures[2], atol=0.5, err_msg=str(method)
        )


def test_without_hints_scribbles_are_gray_and_the_hybrid_is_the_network(
    colorizer: Colorizer, luminance: np.ndarray
) -> None:
    network, scribbles, hybrid = (next(iter(m.colours(luminance, _SETS))) for m in _all(colorizer))
    assert not scribbles.any()
    np.testing.assert_allclose(hybrid, network, atol=1e-4)
    assert np.abs(network).max() > 0.1


def test_propagation_keeps_the_hints_and_the_network_need_not(
    colorizer: Colorizer, luminance: np.ndarray
) -> None:
    wanted = _SETS[2]
    network, scribbles, hybrid = (
        next(iter(m.colours(luminance, [wanted]))).reshape(-1, 2)[wanted.indices] for m in _all(colorizer)
    )
    np.testing.assert_allclose(scribbles, wanted.values, atol=1e-4)
    np.testing.assert_allclose(hybrid, wanted.values, atol=1e-4)
    assert np.abs(network - wanted.values).max() > 5  # this one has learnt nothing


@pytest.mark.parametrize("weights", ["symmetric", "levin"])
def test_scribbles_are_propagated_over_the_luminance_with_the_weights_asked_for(
    luminance: np.ndarray, weights: Weights
) -> None:
    exact = Propagator(luminance / 100, weights=weights, solver="exact").solve(_SETS[2]).chroma
    (chroma,) = ScribblesMethod(weights).colours(luminance, _SETS[2:])
    np.testing.assert_allclose(chroma, exact, atol=0.5)
    other = "levin" if weights == "symmetric" else "symmetric"
    assert np.abs(exact - next(iter(ScribblesMethod(other).colours(luminance, _SETS[2:])))).max() > 1


def test_the_hybrid_takes_the_weights_asked_for_too(colorizer: Colorizer, luminance: np.ndarray) -> None:
    symmetric, levin = (
        next(iter(HybridMethod(colorizer, weights=weights).colours(luminance, _SETS[2:])))
        for weights in ("symmetric", "levin")
    )
    assert np.abs(symmetric - levin).max() > 1


def test_a_hint_reaches_further_into_its_surroundings_than_across_the_picture(colorizer: Colorizer) -> None:
    flat = np.full(_SHAPE, 50, np.float32)
    near, far = (10, 14), (40, 60)
    before = next(iter(HybridMethod(colorizer).colours(flat, [_hints()])))
    after = next(iter(HybridMethod(colorizer).colours(flat, [_hints((8, 8, 40, -30))])))
    change = np.abs(after - before).max(axis=-1)
    assert change[near] > 5 * change[far]


def test_the_network_works_at_the_size_asked_for(colorizer: Colorizer, luminance: np.ndarray) -> None:
    for kind in (NetworkMethod, HybridMethod):
        small, usual = (next(iter(kind(colorizer, size).colours(luminance, _SETS))) for size in (32, None))
        assert np.abs(small - usual).max() > 0.01


def test_the_hybrid_and_the_network_that_are_measured_are_the_studios(small_model: str) -> None:
    ramp = np.linspace(40, 220, _SHAPE[0] * _SHAPE[1]).reshape(_SHAPE)
    photo = Photo(np.rint(ramp).astype(np.uint8), PhotoKind.GRAY)
    colorizer = Colorizer.load(find_model(small_model), "cpu")
    painted = PaintedColours(_SETS[2], np.zeros(len(_SETS[2]), np.bool_))
    methods: dict[Mode, Method] = {
        "network": NetworkMethod(colorizer, 64),
        "hybrid": HybridMethod(colorizer, 64),
        "scribbles": ScribblesMethod(),
    }
    for mode, method in methods.items():
        document = Document(photo, Settings(model=small_model, mode=mode))
        colouring = ColorizingService().colorize(document, painted=painted, device="cpu", working_size_px=64)
        planes = colouring.chroma.region_planes(photo.luminance, slice(None), slice(None))
        (measured,) = method.colours(photo.luminance, _SETS[2:])
        # The studio keeps what is spread in steps of 0.01.
        np.testing.assert_allclose(np.moveaxis(planes, 0, -1), measured, atol=6e-3, err_msg=mode)
