"""The networks of 2016 and 2017 on photos of any size, as the studio uses them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.hints import Hints
from colorstudio.networks.network import ColorNetwork
from colorstudio.networks.registry import build_network
from tests.networks.learning import settle_norms

NETWORKS: dict[str, dict[str, Any]] = {
    "iizuka2016": {"width": 4, "global_width": 8, "global_size_px": 32, "classes": 3},
    "eccv16": {"width": 4},
    "larsson2016": {"widths": [4, 4, 8, 8, 8], "full_width": 8, "full_kernel": 3, "hidden": 8, "norms": True},
    "siggraph17": {"width": 4},
}


@pytest.fixture(scope="module", params=NETWORKS)
def network(request: pytest.FixtureRequest) -> ColorNetwork:
    torch.manual_seed(0)
    network = build_network(request.param, NETWORKS[request.param])
    settle_norms(network, torch.rand(4, 1, 64, 64) * 100)
    return network


@pytest.mark.parametrize("shape", [(61, 113), (150, 37), (96, 96), (30, 400)])
def test_a_photo_of_any_size_is_coloured_all_over(network: ColorNetwork, shape: tuple[int, int]) -> None:
    luminance = np.random.default_rng(0).uniform(0, 100, shape).astype(np.float32)
    colorizer = Colorizer("classic", network, "cpu", 52)
    prepared = colorizer.prepare(luminance)
    said = colorizer.predict(prepared)
    rows, cols = prepared.working_shape
    step = rows // said.chroma_lab.shape[0]
    assert step in (1, 2, 4)
    assert said.chroma_lab.shape == (rows // step, cols // step, 2)
    assert np.all(np.isfinite(said.chroma_lab))
    assert (said.logits is not None) == network.has_distribution
    assert len(said.suggest(0.5, 0.5, 3)) == (3 if network.has_distribution else 0)


def test_the_photo_is_seen_and_hints_are_heeded_by_those_that_take_them(network: ColorNetwork) -> None:
    noise = np.random.default_rng(1)
    luminance = noise.uniform(0, 100, (48, 64)).astype(np.float32)
    colorizer = Colorizer("classic", network, "cpu", 48)
    prepared = colorizer.prepare(luminance)
    plain = colorizer.predict(prepared).chroma_lab
    assert float(plain.std()) > 1e-3
    painted = Hints(np.argwhere(np.ones((9, 9))) + 20, np.full((81, 2), (60.0, -60.0), np.float32))
    hinted = colorizer.predict(prepared, painted).chroma_lab
    assert np.array_equal(hinted, plain) == (not network.takes_hints)
    other = colorizer.predict(colorizer.prepare(100 - luminance)).chroma_lab
    assert float(np.abs(other - plain).max()) > 1e-3
