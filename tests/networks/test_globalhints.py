"""What is said of a photo's colours as a whole."""

from __future__ import annotations

import pytest
import torch

from colorstudio.networks.globalhints import (
    GLOBAL_HINTS,
    global_hints,
    global_hints_of,
    histogram_of,
    mean_saturation,
)
from colorstudio.networks.quantization import BINS, bin_centres
from colorstudio.networks.torchcolor import srgb_to_lab


def test_shares_of_the_bins_are_those_of_the_area() -> None:
    """A quarter of the photo in the colour of one bin, the rest halfway between two others."""
    centres = torch.from_numpy(bin_centres().copy())
    zero = int((centres == 0).all(1).nonzero()[0])
    chroma = torch.zeros(1, 2, 16, 16)
    chroma[0, :, :8, :8] = centres[40][:, None, None]
    chroma[0, 1, 8:] = chroma[0, 1, :8, 8:] = 5.0
    shares = histogram_of(chroma)[0]
    assert float(shares[40]) == pytest.approx(0.25)
    assert float(shares[zero]) == pytest.approx(0.375)
    assert float(shares.sum()) == pytest.approx(1)


def test_photos_of_a_batch_have_histograms_of_their_own() -> None:
    chroma = torch.stack([torch.zeros(2, 9, 13), torch.full((2, 9, 13), 50.0)])
    both = histogram_of(chroma)
    assert torch.equal(both[:1], histogram_of(chroma[:1]))
    assert torch.allclose(both[1:], histogram_of(chroma[1:]))
    assert not torch.equal(both[0], both[1])


def test_saturation_is_that_of_hsv() -> None:
    rgb = torch.tensor([[0.8, 0.4, 0.6], [0.5, 0.5, 0.5]])[:, :, None, None].expand(2, 3, 8, 8)
    lab = srgb_to_lab(rgb)
    said = mean_saturation(lab[:, :1], lab[:, 1:])
    assert said.tolist() == pytest.approx([0.5, 0.0], abs=2e-3)


def test_what_is_not_given_is_marked_so() -> None:
    histogram, saturation = torch.rand(2, BINS), torch.tensor([0.25, 0.75])
    both = global_hints(histogram, saturation)
    assert both.shape == (2, GLOBAL_HINTS)
    assert torch.equal(both[:, :BINS], histogram)
    assert both[:, BINS:].tolist() == [[1, 0.25, 1], [1, 0.75, 1]]
    assert global_hints(histogram, None)[:, BINS:].tolist() == [[1, 0, 0]] * 2
    assert global_hints(None, saturation)[:, BINS:].tolist() == [[0, 0.25, 1], [0, 0.75, 1]]
    with pytest.raises(ValueError, match="neither"):
        global_hints(None, None)


def test_all_of_a_photo_is_said() -> None:
    luminance, chroma = torch.full((1, 1, 8, 8), 60.0), torch.full((1, 2, 8, 8), 20.0)
    said = global_hints_of(luminance, chroma)
    assert torch.equal(said, global_hints(histogram_of(chroma), mean_saturation(luminance, chroma)))
