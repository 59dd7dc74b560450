from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.colorizer import Colorizer, working_shape
from colorstudio.networks.hints import Hints
from tests.small_networks import KINDS, small_network


def _photo(rows: int, cols: int) -> np.ndarray:
    rng = np.random.default_rng(rows * 7 + cols)
    return rng.uniform(0, 100, (rows, cols)).astype(np.float32)


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(32, 600))
def test_working_shape_is_a_bounded_multiple_of_four(rows: int, cols: int, short: int) -> None:
    shape = working_shape((rows, cols), short)
    assert all(side % 4 == 0 and side >= 4 for side in shape)
    assert min(shape) <= short + 2
    assert max(shape) <= 4 * short + 2


@pytest.mark.parametrize(
    ("photo", "expected"),
    [
        ((256, 256), (256, 256)),
        ((1000, 1500), (256, 384)),
        ((1500, 1000), (384, 256)),
        ((1, 1), (256, 256)),
        ((1, 5000), (4, 1024)),
        ((5000, 1), (1024, 4)),
        ((100, 400), (256, 1024)),
        ((6000, 8000), (256, 340)),
    ],
)
def test_working_shape_of(photo: tuple[int, int], expected: tuple[int, int]) -> None:
    assert working_shape(photo, 256) == expected


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (37, 53), (64, 64), (130, 97), (200, 33)])
def test_chroma_is_finite_and_covers_the_photo(colorizer: Colorizer, shape: tuple[int, int]) -> None:
    prepared = colorizer.prepare(_photo(*shape))
    prediction = colorizer.predict(prepared)
    rows, cols = working_shape(shape, colorizer.working_size_px)
    assert prepared.photo_shape == shape
    assert prediction.chroma_lab.shape == (rows // 2, cols // 2, 2)
    assert prediction.chroma_lab.dtype == np.float32
    assert prediction.guide.shape == (rows // 2, cols // 2)
    assert prediction.logits.shape == (313, rows // 4, cols // 4)
    assert np.isfinite(prediction.chroma_lab).all()
    assert np.isfinite(prediction.guide).all()
    assert prediction.guide.min() >= 0
    assert prediction.guide.max() <= 100


def test_working_size_can_be_given(colorizer: Colorizer) -> None:
    assert colorizer.prepare(_photo(80, 80), 64).working_shape == (64, 64)
    assert colorizer.prepare(_photo(80, 80)).working_shape == (96, 96)


def test_luminance_that_exceeds_its_range_is_clipped(colorizer: Colorizer) -> None:
    prepared = colorizer.prepare(np.array([[-20, 300]], np.float32))
    assert float(prepared.luminance.min()) == 0
    assert float(prepared.luminance.max()) == 100


def test_prediction_does_not_change_what_is_prepared(colorizer: Colorizer) -> None:
    prepared = colorizer.prepare(_photo(64, 64))
    before = [feature.clone() for feature in prepared.features]
    first = colorizer.predict(prepared)
    hint = Hints(np.array([[10, 10]]), np.array([[60.0, 40.0]], np.float32))
    colorizer.predict(prepared, hint)
    prepared.said.clear()
    again = colorizer.predict(prepared)
    assert all(torch.equal(a, b) for a, b in zip(before, prepared.features, strict=True))
    assert np.array_equal(first.chroma_lab, again.chroma_lab)


def test_a_hint_changes_the_colour_at_its_place_most(colorizer: Colorizer) -> None:
    prepared = colorizer.prepare(_photo(256, 256), 256)
    plain = colorizer.predict(prepared).chroma_lab
    hints = Hints(np.array([[40, 200]]), np.array([[80.0, -60.0]], np.float32))
    change = np.linalg.norm(colorizer.predict(prepared, hints).chroma_lab - plain, axis=-1)
    row, col = np.unravel_index(change.argmax(), change.shape)
    assert change.max() > 1e-3
    assert abs(int(row) - 20) <= 8
    assert abs(int(col) - 100) <= 8
    assert change[100:, :30].mean() < change[16:24, 96:104].mean() / 4


def test_a_hint_in_another_place_gives_another_prediction(colorizer: Colorizer) -> None:
    prepared = colorizer.prepare(_photo(96, 96))
    chroma = np.array([[80.0, -60.0]], np.float32)
    left = colorizer.predict(prepared, Hints(np.array([[48, 8]]), chroma)).chroma_lab
    right = colorizer.predict(prepared, Hints(np.array([[48, 88]]), chroma)).chroma_lab
    assert np.abs(left - right).max() > 1e-3


@pytest.mark.parametrize("place", [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.999, 0.0)])
def test_distribution_is_one(colorizer: Colorizer, place: tuple[float, float]) -> None:
    prediction = colorizer.predict(colorizer.prepare(_photo(37, 53)))
    colours, probabilities = prediction.distribution_at(*place)
    assert colours.shape == (313, 2)
    assert probabilities.shape == (313,)
    assert probabilities.min() >= 0
    assert float(probabilities.sum()) == pytest.approx(1, abs=1e-4)


def test_distribution_is_that_of_the_place_and_its_neighbours(colorizer: Colorizer) -> None:
    prediction = colorizer.predict(colorizer.prepare(_photo(64, 64)))
    assert prediction.logits is not None
    rows, cols = prediction.logits.shape[1:]
    cells = torch.softmax(prediction.logits, 0).numpy()
    row, col = int(0.26 * rows), int(0.76 * cols)
    around = cells[:, row - 1 : row + 2, col - 1 : col + 2]
    expected = np.einsum("qrc,r,c->q", around, (0.25, 0.5, 0.25), (0.25, 0.5, 0.25))
    assert np.allclose(prediction.distribution_at(0.26, 0.76)[1], expected, atol=1e-6)
    corner = np.einsum("qrc,r,c->q", cells[:, :2, :2], (0.75, 0.25), (0.75, 0.25))
    assert np.allclose(prediction.distribution_at(0, 0)[1], corner, atol=1e-6)


def test_gray_stays_the_same_under_other_sizes_of_a_flat_photo(colorizer: Colorizer) -> None:
    """Nothing of a photo's size but its aspect reaches the network."""
    small, large = (np.full((side, side), 42, np.float32) for side in (50, 500))
    a, b = (colorizer.predict(colorizer.prepare(photo)).chroma_lab for photo in (small, large))
    assert np.allclose(a, b, atol=1e-3)


def test_a_halved_decoder_says_about_the_same(network: HintedColorizer) -> None:
    whole, halved = network, copy.deepcopy(network).halve()
    luminance = torch.from_numpy(_photo(64, 96))[None, None]
    hints = torch.zeros(1, 3, 64, 96)
    hints[:, :, 20:24, 30:34] = torch.tensor([0.4, -0.3, 1.0])[:, None, None]
    with torch.inference_mode():
        features = whole.encode(luminance)
        one, other = (part.decode(features, luminance, hints) for part in (whole, halved))
        assert one.trunk is not None
        assert other.trunk is not None
        logits = [whole.distribution(one.trunk), halved.distribution(other.trunk)]
    assert (one.trunk.dtype, other.trunk.dtype) == (torch.float32, torch.bfloat16)
    assert other.chroma_lab.dtype == torch.float32
    scale = float(one.chroma_lab.abs().max())
    assert 0 < float((one.chroma_lab - other.chroma_lab).abs().max()) < 0.05 * scale
    assert float((logits[0] - logits[1].float()).abs().max()) < 0.05 * float(logits[0].abs().max())


# -- networks that can do less --------------------------------------------------------------------------


_HINT = Hints(np.array([[20, 30]]), np.array([[80.0, -60.0]], np.float32))


def _small(kind: str) -> Colorizer:
    return Colorizer(kind, small_network(kind), "cpu", 96)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(1, 1), (37, 53), (130, 97), (1, 500)])
def test_any_network_covers_the_photo(kind: str, shape: tuple[int, int]) -> None:
    colorizer = _small(kind)
    prediction = colorizer.predict(colorizer.prepare(_photo(*shape)), _HINT)
    rows, cols = working_shape(shape, 96)
    step = 1 if kind in ("plain", "fine-bins") else 2
    assert prediction.chroma_lab.shape == (rows // step, cols // step, 2)
    assert prediction.guide.shape == prediction.chroma_lab.shape[:2]
    assert np.isfinite(prediction.chroma_lab).all()
    assert (prediction.logits is not None) == kind.endswith("bins")


def test_a_coarse_answer_is_that_of_the_network_in_between() -> None:
    colorizer = _small("bins")
    luminance = _photo(96, 96)
    prepared = colorizer.prepare(luminance)
    fine = colorizer.predict(prepared).chroma_lab
    with torch.inference_mode():
        seen = torch.from_numpy(luminance)[None, None]
        coarse = colorizer.network(seen, torch.zeros(1, 3, 96, 96)).chroma_lab[0].permute(1, 2, 0).numpy()
    assert coarse.shape == (24, 24, 2)
    means = fine.reshape(24, 2, 24, 2, 2).mean((1, 3))
    assert np.abs(means[2:-2, 2:-2] - coarse[2:-2, 2:-2]).max() < 0.5 * np.ptp(coarse)
    assert np.corrcoef(means.ravel(), coarse.ravel())[0, 1] > 0.95


@pytest.mark.parametrize("kind", ["plain", "bins"])
def test_a_network_that_takes_no_hints_is_asked_once(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    colorizer = _small(kind)
    prepared = colorizer.prepare(_photo(64, 64))
    plain = colorizer.predict(prepared)
    monkeypatch.setattr(type(colorizer.network), "decode", None)
    assert colorizer.predict(prepared, _HINT) is plain
    assert colorizer.predict(prepared, _HINT, _HINT) is plain


def test_hints_that_cannot_be_held_to_their_thing_count_all_the_same() -> None:
    colorizer = _small("hints")
    prepared = colorizer.prepare(_photo(96, 96))
    change = colorizer.predict(prepared, _HINT).chroma_lab - colorizer.predict(prepared).chroma_lab
    assert change[10, 15] == pytest.approx((80, -60), abs=1e-3)
    assert np.abs(change[30:]).max() == 0


@pytest.mark.parametrize("kind", ["plain", "hints"])
def test_without_a_distribution_nothing_is_suggested_and_nothing_gets_vivid(kind: str) -> None:
    colorizer = _small(kind)
    prepared = colorizer.prepare(_photo(64, 64))
    prediction = colorizer.predict(prepared)
    assert prediction.with_vividness(1.0) is prediction
    assert prediction.suggest(0.5, 0.5) == []
    assert colorizer.suggest(prepared, 10, 10) == []


@pytest.mark.parametrize("kind", ["bins", "fine-bins"])
def test_any_distribution_suggests_and_gets_vivid(kind: str) -> None:
    colorizer = _small(kind)
    prediction = colorizer.predict(colorizer.prepare(_photo(37, 53)))
    assert prediction.suggest(0.5, 0.5)
    vivid = prediction.with_vividness(1.0)
    assert vivid.chroma_lab.shape == prediction.chroma_lab.shape
    assert np.abs(vivid.chroma_lab - prediction.chroma_lab).max() > 1


def test_a_fine_answer_gets_as_vivid_as_a_coarse_one() -> None:
    """The same distribution shifts the colours by the same, whatever the size of the answer."""
    shifts: list[np.ndarray] = []
    for kind in ("bins", "fine-bins"):
        colorizer = _small(kind)
        prediction = colorizer.predict(colorizer.prepare(_photo(96, 96)))
        shifts.append(prediction.with_vividness(1.0).chroma_lab - prediction.chroma_lab)
    coarse, fine = shifts
    means = fine.reshape(48, 2, 48, 2, 2).mean((1, 3))
    assert np.corrcoef(means.ravel(), coarse.ravel())[0, 1] > 0.9
    assert np.abs(fine).mean() == pytest.approx(np.abs(coarse).mean(), rel=0.1)
