"""What a network comes with is chosen by what each vividness gives and costs."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from colorstudio.errors import UsageError
from colorstudio.networks.colorizer import Colorizer
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services.evaluation.vividness import (
    STEPS,
    Figures,
    Sweep,
    default_vividness,
    sweep,
    unevenness,
)
from tests.small_networks import small_network


def _measured(*colours: float, true: float = 40.0) -> Sweep:
    steps = {step: Figures(25 - step, colour, 1.0) for step, colour in zip(STEPS, colours, strict=False)}
    return Sweep(steps, Figures(20, 0, 0), Figures(math.nan, true, 1.0))


def test_the_least_vividness_that_is_near_enough_is_chosen() -> None:
    # 36 is a tenth below 40: reached half way between 0.1 and 0.2.
    assert default_vividness(_measured(20, 34, 38, 44, 50)) == 0.15
    assert default_vividness(_measured(20, 34, 40, 44, 50)) == 0.14  # a third of the way, rounded up
    assert default_vividness(_measured(20, 36, 38)) == 0.1
    assert default_vividness(_measured(37, 45)) == 0.0
    assert default_vividness(_measured(20, 25, 30)) == 1.0


def test_a_network_without_a_distribution_has_no_sweep(photos: list[Path]) -> None:
    plain = Colorizer("plain", small_network("plain"), "cpu", 64)
    with pytest.raises(UsageError, match="The network plain says one colour for each place"):
        sweep(photos, plain)


def test_a_sweep_goes_from_the_mean_to_the_vivid_end(photos: list[Path], colorizer: Colorizer) -> None:
    measured = sweep(photos, colorizer)
    assert tuple(measured.steps) == STEPS
    assert measured.gray.colourfulness < 0.2
    assert measured.gray.unevenness == 0
    assert measured.truth.psnr > 45
    assert measured.truth.colourfulness > 30
    colours = [figures.colourfulness for figures in measured.steps.values()]
    assert colours[-1] > colours[0] + 1
    assert len({figures.psnr for figures in measured.steps.values()}) == len(STEPS)


def test_a_sweep_can_be_stopped(photos: list[Path], colorizer: Colorizer) -> None:
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        sweep(photos, colorizer, token)


def test_blotches_count_where_the_photo_is_one_thing() -> None:
    luminance = np.full((64, 64), 50, np.float32)
    true = np.zeros((64, 64, 2), np.float32)
    true[:, 32:] = 60
    blotched = true.copy()
    blotched[8:16, 8:16] += 20
    assert unevenness(true, luminance, true) == 0
    assert 0.5 < unevenness(blotched, luminance, true) < 3
    moved = true.copy()
    moved[:, 32:] = -30
    assert unevenness(moved, luminance, true) == 0  # the step lies where there is one in truth
    busy = np.kron(np.indices((8, 8)).sum(0) % 2 * 50.0, np.ones((8, 8))).astype(np.float32)
    assert math.isnan(unevenness(blotched, busy, true))
