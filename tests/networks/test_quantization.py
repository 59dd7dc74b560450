from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.networks.quantization import (
    BINS,
    annealed_mean,
    bin_centres,
    rebalancing_weights,
    soft_encode,
    soft_encode_nearest,
)


def test_there_are_313_distinct_bins_on_the_grid() -> None:
    centres = bin_centres()
    assert centres.shape == (BINS, 2) == (313, 2)
    assert centres.dtype == np.float32
    assert len({tuple(row) for row in centres.tolist()}) == BINS
    assert np.all(centres % 10 == 0)


def test_bins_are_ordered_by_a_then_b_as_in_the_published_networks() -> None:
    centres = [tuple(row) for row in bin_centres().tolist()]
    assert centres == sorted(centres)
    assert centres[0] == (-90, 50)
    assert centres[-1] == (100, 0)
    assert (0, 0) in centres


def test_bins_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValueError, match="read-only"):
        bin_centres()[0, 0] = 5


def test_every_colour_of_srgb_is_near_a_bin() -> None:
    axis = np.linspace(0, 1, 12, dtype=np.float32)
    rgb = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), -1).reshape(1, -1, 3)
    chroma = srgb_to_lab(rgb)[0, :, 1:]
    distance = np.linalg.norm(chroma[:, None] - bin_centres()[None], axis=-1).min(1)
    assert distance.max() < 10.5


_ab = st.floats(-128, 128, width=32)


@given(_ab, _ab)
def test_soft_encode_weights_are_a_distribution(a: float, b: float) -> None:
    indices, weights = soft_encode(torch.tensor([a, b]))
    assert indices.shape == weights.shape == (4,)
    assert int(indices.min()) >= 0
    assert int(indices.max()) < BINS
    assert float(weights.min()) >= 0
    assert float(weights.sum()) == pytest.approx(1, abs=1e-5)


@given(st.floats(-40, 60, width=32), st.floats(-30, 60, width=32))
def test_soft_encode_expects_the_colour_itself_inside_the_set(a: float, b: float) -> None:
    indices, weights = soft_encode(torch.tensor([[a, b]]))
    centres = torch.from_numpy(bin_centres().copy())
    expected = (centres[indices] * weights[..., None]).sum(-2)
    assert torch.allclose(expected, torch.tensor([[a, b]]), atol=1e-3)


def test_soft_encode_of_a_centre_is_that_bin_alone() -> None:
    indices, weights = soft_encode(torch.from_numpy(bin_centres().copy()))
    best = indices.gather(1, weights.argmax(1, keepdim=True))[:, 0]
    assert torch.equal(best, torch.arange(BINS))
    assert torch.all(weights.amax(1) > 0.999)


def test_soft_encode_keeps_the_leading_shape() -> None:
    indices, weights = soft_encode(torch.zeros(2, 3, 5, 2))
    assert indices.shape == weights.shape == (2, 3, 5, 4)


def test_the_five_nearest_bins_are_weighed_by_a_gaussian() -> None:
    """A colour at a bin: that one, and the four at 10 units, each exp(-100 / 50) of it."""
    indices, weights = soft_encode_nearest(torch.tensor([[[20.0, 30.0]]]))
    assert indices.shape == weights.shape == (1, 1, 5)
    near = torch.from_numpy(bin_centres().copy())[indices[0, 0]]
    assert near[0].tolist() == [20, 30]
    assert {tuple(row) for row in near[1:].tolist()} == {(10, 30), (30, 30), (20, 20), (20, 40)}
    side = float(np.exp(-2))
    assert weights[0, 0].tolist() == pytest.approx([v / (1 + 4 * side) for v in (1, *[side] * 4)], abs=1e-4)


@given(st.floats(-100, 100), st.floats(-110, 110))
def test_the_nearest_bins_are_the_nearest(a: float, b: float) -> None:
    indices, weights = soft_encode_nearest(torch.tensor([a, b]))
    distance = np.linalg.norm(bin_centres() - np.array([a, b], np.float32), axis=1)
    assert np.allclose(np.sort(distance)[:5], distance[indices.numpy()], atol=0.02)
    assert float(weights.sum()) == pytest.approx(1, abs=1e-5)


def test_annealed_mean_goes_from_the_mean_to_the_mode() -> None:
    logits = torch.full((1, BINS, 1, 1), -50.0)
    logits[0, 10], logits[0, 200] = np.log(0.6), np.log(0.4)
    centres = torch.from_numpy(bin_centres().copy())
    mean = 0.6 * centres[10] + 0.4 * centres[200]
    assert torch.allclose(annealed_mean(logits, 1.0)[0, :, 0, 0], mean, atol=1e-3)
    assert torch.allclose(annealed_mean(logits, 0.01)[0, :, 0, 0], centres[10], atol=1e-2)
    # In between: sharper than the mean, softer than the mode.
    share = 0.6**2 / (0.6**2 + 0.4**2)
    between = share * centres[10] + (1 - share) * centres[200]
    assert torch.allclose(annealed_mean(logits, 0.5)[0, :, 0, 0], between, atol=1e-3)


def _histogram() -> np.ndarray:
    histogram = np.random.default_rng(3).exponential(1.0, BINS) ** 4
    histogram[100] = histogram.sum() * 3
    return histogram


@pytest.mark.parametrize(("uniform", "exponent"), [(0.5, 1.0), (0.5, 0.5), (0.1, 1.0), (1.0, 1.0)])
def test_rebalancing_weights_have_mean_one_over_the_data(uniform: float, exponent: float) -> None:
    histogram = _histogram()
    weights = rebalancing_weights(histogram, uniform=uniform, exponent=exponent)
    assert weights.shape == (BINS,)
    assert float((histogram / histogram.sum() * weights).sum()) == pytest.approx(1, abs=1e-4)


def test_rebalancing_lifts_rare_colours_and_exponent_0_does_nothing() -> None:
    histogram = _histogram()
    weights = rebalancing_weights(histogram, uniform=0.2, exponent=1.0)
    assert weights[100] == weights.min()
    assert weights.max() > 2 * weights.min()
    assert np.allclose(rebalancing_weights(histogram, uniform=0.2, exponent=0.0), 1)
