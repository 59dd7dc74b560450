"""The loss of CIC, by hand."""

from __future__ import annotations

import math

import pytest
import torch

from colorstudio.networks.quantization import BINS, bin_centres
from colorstudio.training.teachers.eccv16 import rebalanced_cross_entropy


def _bin(a: float, b: float) -> int:
    return bin_centres().tolist().index([a, b])


def test_it_is_the_cross_entropy_with_the_five_nearest_bins() -> None:
    """At a bin the soft truth is 1 for it and exp(-2) for each of the four around, over their sum."""
    logits = torch.zeros(1, BINS, 1, 1)
    logits[0, _bin(10, 20)] = 3.0
    total = math.log(BINS - 1 + math.exp(3))
    share = 1 / (1 + 4 * math.exp(-2))
    truth = torch.tensor([10.0, 20.0]).view(1, 2, 1, 1).expand(1, 2, 4, 4)
    loss = float(rebalanced_cross_entropy(logits, truth, torch.ones(BINS)))
    assert loss == pytest.approx(total - 3 * share, rel=1e-4)


def test_a_cell_weighs_what_its_nearest_bin_weighs() -> None:
    weights = torch.ones(BINS)
    weights[_bin(0, 0)], weights[_bin(50, 30)] = 0.5, 4.0
    truth = torch.zeros(1, 2, 4, 8)
    truth[0, :, :, 4:] = torch.tensor([52.0, 31.0])[:, None, None]
    loss = float(rebalanced_cross_entropy(torch.zeros(1, BINS, 1, 2), truth, weights))
    assert loss == pytest.approx(math.log(BINS) * (0.5 + 4.0) / 2, rel=1e-4)


def test_a_cell_has_the_mean_colour_of_its_pixels() -> None:
    truth = torch.zeros(1, 2, 4, 4)
    truth[0, 0, :2] = 40.0
    logits = torch.zeros(1, BINS, 1, 1)
    logits[0, _bin(20, 0)] = 20.0
    right = float(rebalanced_cross_entropy(logits, truth, torch.ones(BINS)))
    logits = torch.zeros(1, BINS, 1, 1)
    logits[0, _bin(40, 0)] = 20.0
    assert right < float(rebalanced_cross_entropy(logits, truth, torch.ones(BINS)))
