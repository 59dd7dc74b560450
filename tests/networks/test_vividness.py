"""Colours of any vividness, from distributions that are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from colorstudio.networks.colorizer import ChromaPrediction, Colorizer
from colorstudio.networks.quantization import soft_encode
from colorstudio.networks.vividness import PlausibleColours

_SHAPE = (12, 16)


def _logits(colours: dict[tuple[float, float], float], shape: tuple[int, int] = _SHAPE) -> torch.Tensor:
    """The same distribution at each place: colours with their probabilities."""
    probabilities = torch.full((313,), 1e-9)
    for colour, probability in colours.items():
        indices, weights = soft_encode(torch.tensor(colour))
        probabilities[indices] += probability * weights
    return probabilities.log()[:, None, None].expand(313, *shape).clone()


def _gray(shape: tuple[int, int] = _SHAPE) -> np.ndarray:
    return np.full((2 * shape[0], 2 * shape[1]), 50, np.float32)


def _shift(logits: torch.Tensor, vividness: float, guide: np.ndarray | None = None) -> np.ndarray:
    shape = (logits.shape[1], logits.shape[2])
    return PlausibleColours(logits, _gray(shape) if guide is None else guide).shift(vividness)


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (2, 2), (3, 5), (12, 16), (33, 20)])
def test_the_shift_covers_the_picture_and_is_nothing_at_0(shape: tuple[int, int]) -> None:
    logits = torch.randn(313, *shape, generator=torch.Generator().manual_seed(0))
    guide = np.random.default_rng(0).uniform(0, 100, (2 * shape[0], 2 * shape[1])).astype(np.float32)
    vivid = _shift(logits, 0.7, guide)
    assert vivid.shape == (*guide.shape, 2)
    assert vivid.dtype == np.float32
    assert np.isfinite(vivid).all()
    assert np.abs(vivid).max() > 0.5
    assert not _shift(logits, 0, guide).any()


def test_the_order_in_which_they_are_asked_for_does_not_count() -> None:
    logits = torch.randn(313, *_SHAPE, generator=torch.Generator().manual_seed(0))
    colours = PlausibleColours(logits, _gray())
    for vividness in (0.3, 1.0, 1.0, 0.0, 0.3):
        np.testing.assert_array_equal(colours.shift(vividness), _shift(logits, vividness))


def test_a_gray_mean_of_likely_gray_and_less_likely_green_turns_green() -> None:
    logits = _logits({(0, 0): 0.6, (-40, 40): 0.4})
    mean = np.array([-16, 16])
    shifts = [_shift(logits, v)[5, 5] for v in (0.1, 0.4, 0.7, 1)]
    lengths = [np.hypot(*(mean + shift)) for shift in shifts]
    assert lengths == sorted(lengths)
    assert lengths[-1] > 50  # of 56
    assert all(shift[0] == pytest.approx(-shift[1], abs=0.1) for shift in shifts)  # of the same hue


def test_of_two_hues_the_likelier_is_taken_not_one_between_them() -> None:
    logits = _logits({(50, 0): 0.6, (-50, 0): 0.3, (0, 50): 0.1})
    mean = np.array([15, 5])
    assert np.linalg.norm(mean + _shift(logits, 1)[5, 5] - (50, 0)) < 3


@pytest.mark.parametrize("colour", [(0, 0), (40, 30), (-20, 60)])
def test_where_one_colour_is_certain_it_stays(colour: tuple[float, float]) -> None:
    assert np.abs(_shift(_logits({colour: 1.0}), 1)).max() < 0.2


def test_neighbours_of_like_luminance_choose_together() -> None:
    # Every other cell of a wall, as pooled, leans a little to blue, the rest to yellow.
    yellow, blue = _logits({(0, 50): 0.55, (0, -50): 0.45}), _logits({(0, 50): 0.45, (0, -50): 0.55})
    chequered = torch.from_numpy((np.indices(_SHAPE) // 2).sum(0) % 2 == 0)
    shift = _shift(torch.where(chequered, yellow, blue), 1)[..., 1]
    inside = shift[4:-4, 4:-4]
    assert np.ptp(inside) < 6


def test_nothing_bleeds_over_an_edge_of_the_luminance() -> None:
    certain, open_to_red = _logits({(0, 0): 1.0}), _logits({(0, 0): 0.5, (50, 0): 0.5})
    left = torch.arange(_SHAPE[1]) < _SHAPE[1] // 2
    guide = _gray()
    guide[:, : _SHAPE[1]] = 90
    shift = _shift(torch.where(left, certain, open_to_red), 0.8, guide)[..., 0]
    assert shift[:, _SHAPE[1] :].min() > 12
    assert np.abs(shift[:, : _SHAPE[1]]).max() < 3


def test_the_place_of_an_odd_picture_is_kept() -> None:
    # 13 columns make 7 cells, the last of them half outside: the edge must not move for it.
    shape = (12, 13)
    left = torch.arange(shape[1]) < 8
    logits = torch.where(left, _logits({(0, 0): 1.0}, shape), _logits({(0, 0): 0.5, (50, 0): 0.5}, shape))
    guide = _gray(shape)
    guide[:, :16] = 90
    shift = _shift(logits, 0.8, guide)[..., 0]
    assert shift[:, 16:].min() > 12
    assert np.abs(shift[:, :16]).max() < 3
    assert np.ptp(shift[:, 22:]) < 0.5


def test_a_prediction_gets_vivid_without_another_pass(
    colorizer: Colorizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    luminance = np.random.default_rng(0).uniform(0, 100, (60, 90)).astype(np.float32)
    prediction = colorizer.predict(colorizer.prepare(luminance))
    monkeypatch.setattr(colorizer, "network", None)
    made: list[torch.Tensor] = []
    original = PlausibleColours.__init__

    def counted(self: PlausibleColours, logits: torch.Tensor, guide: np.ndarray) -> None:
        made.append(logits)
        original(self, logits, guide)

    monkeypatch.setattr(PlausibleColours, "__init__", counted)
    assert prediction.with_vividness(0) is prediction
    assert not made
    half, full = prediction.with_vividness(0.5), prediction.with_vividness(1)
    assert len(made) == 1
    assert prediction.logits is not None
    expected = prediction.chroma_lab + PlausibleColours(prediction.logits, prediction.guide).shift(0.5)
    np.testing.assert_array_equal(half.chroma_lab, expected)
    assert half.logits is prediction.logits
    assert np.abs(full.chroma_lab - half.chroma_lab).max() > 0.1


def test_logits_may_be_of_half_precision() -> None:
    logits = _logits({(0, 0): 0.5, (-40, 40): 0.5}).half()
    prediction = ChromaPrediction(np.zeros((24, 32, 2), np.float32), _gray(), logits)
    assert prediction.with_vividness(1.0).chroma_lab[..., 1].min() > 5


def test_where_like_neighbours_point_different_ways_none_of_them_is_followed() -> None:
    yellow, blue = _logits({(0, 0): 0.6, (0, 50): 0.4}), _logits({(0, 0): 0.6, (0, -50): 0.4})
    columns = torch.arange(_SHAPE[1])
    halves = torch.where(columns // 2 % 2 == 0, yellow, blue)  # by cells of the pooled distribution
    alone = np.abs(_shift(yellow, 0.6)).max()
    assert np.abs(_shift(halves, 0.6)).max() < 0.5 * alone
