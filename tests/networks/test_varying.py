"""Several colourings: none like another, the same again from the same seed, and strokes where they are."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from colorstudio.errors import UsageError
from colorstudio.networks.architectures.cao2017 import Cao2017, Cao2017Config
from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.colorizer import Colorizer, PreparedPhoto
from colorstudio.networks.hints import Hints, broadened
from colorstudio.networks.varying import Variant, _divided, _Things


def _photo() -> np.ndarray:
    """Three things: a bright one, a dark one, and one with stripes."""
    luminance = np.full((64, 96), 75.0, np.float32)
    luminance[:, 32:64] = 25.0
    luminance[::4, 64:] = 45.0
    return luminance


@pytest.fixture(scope="module")
def colorizer(network: HintedColorizer) -> Colorizer:
    return Colorizer("small", network, "cpu", 64)


@pytest.fixture(scope="module")
def prepared(colorizer: Colorizer) -> PreparedPhoto:
    return colorizer.prepare(_photo())


@pytest.fixture(scope="module")
def four(colorizer: Colorizer, prepared: PreparedPhoto) -> list[Variant]:
    return list(colorizer.variations(prepared, 4, 1))


def _distance(one: Variant, other: Variant) -> float:
    return float(np.linalg.norm(one.prediction.chroma_lab - other.prediction.chroma_lab, axis=-1).mean())


def test_no_two_are_alike(four: list[Variant]) -> None:
    assert len(four) == 4
    for number, one in enumerate(four):
        assert all(_distance(one, other) > 0.1 for other in four[:number])


def test_the_same_seed_gives_the_same(
    colorizer: Colorizer, prepared: PreparedPhoto, four: list[Variant]
) -> None:
    again = list(colorizer.variations(prepared, 2, 1))
    for one, other in zip(again, four, strict=False):
        np.testing.assert_array_equal(one.prediction.chroma_lab, other.prediction.chroma_lab)
        np.testing.assert_array_equal(one.hints.positions, other.hints.positions)
    (different,) = colorizer.variations(prepared, 1, 9)
    assert _distance(different, four[0]) > 0.01


def test_its_hints_lead_to_it_again(
    colorizer: Colorizer, prepared: PreparedPhoto, four: list[Variant]
) -> None:
    for variant in four:
        assert 0 < len(variant.hints) <= 200
        dabs = broadened(variant.hints, prepared.photo_shape, prepared.working_shape)
        again = colorizer.predict(prepared, dabs)
        np.testing.assert_allclose(again.chroma_lab, variant.prediction.chroma_lab, atol=1e-4)


def test_hints_lie_in_the_photo_and_colours_in_srgb(prepared: PreparedPhoto, four: list[Variant]) -> None:
    for variant in four:
        assert np.all(variant.hints.positions > -0.5)
        assert np.all(variant.hints.positions < np.array(prepared.photo_shape) - 0.5)
        assert np.all(np.abs(variant.hints.chroma_lab) < 130)


def test_things_are_what_is_alike(colorizer: Colorizer, prepared: PreparedPhoto) -> None:
    things = _Things(colorizer, prepared)
    labels = things._labels.reshape(8, 12)
    assert not set(labels[:, :4].flat) & set(labels[:, 4:8].flat)  # bright and dark are never one
    assert things.areas.sum() == pytest.approx(1)
    assert {round(float(value)) for value in things.lightness} >= {25, 75}


def test_groups_are_those_that_lie_apart() -> None:
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(centre, 0.1, (20, 2)) for centre in ((0, 0), (5, 0), (0, 5))])
    labels, centres = _divided(points, 3)
    assert [len(set(labels[start : start + 20])) for start in (0, 20, 40)] == [1, 1, 1]
    assert len(set(labels)) == 3
    np.testing.assert_allclose(centres[labels[25]], (5, 0), atol=0.2)


def test_strokes_are_where_they_are(colorizer: Colorizer, prepared: PreparedPhoto) -> None:
    """They are given to the network each time."""
    at = np.stack(np.meshgrid(np.arange(20, 44), np.arange(4, 28), indexing="ij"), -1).reshape(-1, 2)
    painted = Hints(at, np.full((len(at), 2), (40.0, -30.0), np.float32))
    plain = colorizer.predict(prepared, painted)
    (variant,) = colorizer.variations(prepared, 1, 1, painted)
    (other,) = colorizer.variations(prepared, 1, 1)
    assert float(np.abs(variant.prediction.chroma_lab - other.prediction.chroma_lab).max()) > 0.05
    assert variant.prediction.chroma_lab.shape == plain.chroma_lab.shape


def test_dabs_are_three_pixels_wide_where_the_network_looks() -> None:
    dab = broadened(Hints(np.array([[40, 60]]), np.array([[5.0, 6.0]], np.float32)), (200, 400), (50, 100))
    cells = dab.cells((200, 400), (50, 100))
    assert sorted(map(tuple, cells.tolist())) == [(r, c) for r in (9, 10, 11) for c in (14, 15, 16)]
    assert np.all(dab.chroma_lab == (5, 6))


def test_networks_that_draw_their_colours_have_theirs() -> None:
    torch.manual_seed(0)
    network = Cao2017(Cao2017Config(widths=(6, 4), noise_size=4, noise_layers=1, noise_cells=2, kernel=3))
    torch.nn.init.normal_(network.chroma.weight, std=0.3)
    network.eval().requires_grad_(False)
    colorizer = Colorizer("diverse", network, "cpu", 64)
    prepared = colorizer.prepare(_photo()[:50, :77])
    two = list(colorizer.variations(prepared, 2, 5))
    assert [variant.seed for variant in two] == [5, 6]
    assert not any(len(variant.hints) for variant in two)
    assert _distance(*two) > 0.1
    np.testing.assert_array_equal(colorizer.drawn(prepared, 6).chroma_lab, two[1].prediction.chroma_lab)
    assert two[0].prediction.chroma_lab.shape == colorizer.predict(prepared).chroma_lab.shape


def test_a_network_with_one_colouring_says_so(
    colorizer: Colorizer, prepared: PreparedPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(colorizer.network, "has_distribution", False)
    with pytest.raises(UsageError, match="small colours a photo in one way only"):
        next(iter(colorizer.variations(prepared, 2, 1)))
