from __future__ import annotations

import dataclasses

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from colorstudio.networks.torchcolor import lab_to_srgb, linear_to_lab, srgb_to_linear
from colorstudio.training.aging import age
from colorstudio.training.batches import make_batch, step_generator
from colorstudio.training.damage import frames, marks, smooth_noise
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import AgingRecipe

_NONE = AgingRecipe(1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_ADDED = {
    "clumps": 8.0, "film": 1.0, "harshness": 1.0, "unevenness": 0.5, "stains": 1.0, "scratches": 1.0,
    "dust": 1.0, "borders": 1.0, "compression": 1.0,
}  # fmt: skip


def _generator(seed: int = 0) -> torch.Generator:
    return step_generator(seed, 0, torch.device("cpu"))


def _lab(n: int, size: int, seed: int = 0) -> Tensor:
    """Gray photos of random tones."""
    lab = torch.zeros(n, 3, size, size)
    lab[:, 0] = torch.rand(n, size, size, generator=torch.Generator().manual_seed(seed)) * 98 + 1
    return lab


def _plain(n: int, size: int, rgb: tuple[float, float, float]) -> Tensor:
    """Photos of one colour, in Lab."""
    colour = torch.tensor(rgb)[:, None, None]
    return linear_to_lab(srgb_to_linear(colour))[None].expand(n, 3, size, size)


def _aged(lab: Tensor, recipe: AgingRecipe, seed: int = 0) -> tuple[Tensor, Tensor]:
    return age(srgb_to_linear(lab_to_srgb(lab)), lab, recipe, _generator(seed))


def _only(**settings: float) -> AgingRecipe:
    return dataclasses.replace(_NONE, **settings)


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 2), st.floats(0, 1), st.integers(9, 33))
def test_aged_luminance_stays_in_range(
    seed: int, share: float, gamma: float, amount: float, size: int
) -> None:
    added = {key: most * amount for key, most in _ADDED.items()}
    recipe = AgingRecipe(1.0, share, 1 - share, gamma, 30 * share, 1.5, **added)
    lab = _lab(3, size, seed)
    luminance, chroma = _aged(lab, recipe, seed)
    assert luminance.shape == (3, 1, size, size)
    assert chroma.shape == (3, 2, size, size)
    assert float(luminance.min()) >= 0
    assert float(luminance.max()) <= 100
    assert torch.isfinite(luminance).all()


def test_ageing_touches_the_share_it_says() -> None:
    lab = _lab(300, 8)
    aged, _ = _aged(lab, AgingRecipe(probability=0.4))
    touched = (aged != lab[:, :1]).flatten(1).any(1).float().mean()
    assert 0.3 < float(touched) < 0.5
    assert torch.equal(_aged(lab, AgingRecipe(probability=0.0))[0], lab[:, :1])


def test_photos_that_are_not_aged_keep_tone_and_colour() -> None:
    lab = _plain(300, 16, (0.8, 0.3, 0.2)).clone()
    luminance, chroma = _aged(lab, AgingRecipe(probability=0.3, **_ADDED))
    kept = (luminance == lab[:, :1]).flatten(1).all(1)
    assert 0.6 < float(kept.float().mean()) < 0.8
    assert torch.equal(chroma[kept], lab[kept, 1:])


def test_without_any_effect_ageing_does_next_to_nothing() -> None:
    lab = _lab(4, 16)
    aged, chroma = _aged(lab, _NONE)
    assert float((aged - lab[:, :1]).abs().max()) < 0.01
    assert torch.equal(chroma, lab[:, 1:])


@pytest.mark.parametrize("effect", sorted(_ADDED))
def test_each_effect_does_something_and_is_set_by_the_generator(effect: str) -> None:
    lab = _lab(16, 48) * 0.5 + _plain(16, 48, (0.7, 0.5, 0.3)) * 0.5
    recipe = _only(**{effect: _ADDED[effect]})
    aged, same, other = (_aged(lab, recipe, seed)[0] for seed in (1, 1, 2))
    assert torch.equal(aged, same)
    assert not torch.equal(aged, other)
    changed = (aged - lab[:, :1]).abs() > 2
    assert changed.flatten(1).any(1).float().mean() > 0.3


@pytest.mark.parametrize("effect", sorted(_ADDED))
def test_an_effect_does_not_change_which_photos_are_aged_nor_their_old_draws(effect: str) -> None:
    lab = _lab(64, 16)
    recipe = AgingRecipe(probability=0.5)
    added = dataclasses.replace(recipe, **{effect: 1e-9})  # on, but too seldom or too weak to be seen
    assert torch.allclose(_aged(lab, recipe)[0], _aged(lab, added)[0], atol=0.02)


# -- film --------------------------------------------------------------------------------------------------


def test_early_film_sees_blue_bright_and_red_dark_and_gray_as_it_is() -> None:
    """Half of the picture is of a colour and half gray, so that the exposure has something to go by."""
    for rgb, brighter in (((0.8, 0.1, 0.1), False), ((0.2, 0.4, 0.9), True)):
        lab = _plain(100, 16, (0.5, 0.5, 0.5)).clone()
        gray = float(lab[0, 0, 0, 0])
        lab[..., 8:] = _plain(100, 16, rgb)[..., 8:]
        usual = float(lab[0, 0, 0, -1])
        seen, chroma = _aged(lab, _only(film=1.0))
        against_gray = (seen[..., -1] - usual) - (seen[..., 0] - gray)
        assert (against_gray > 2 if brighter else against_gray < -2).all()
        assert torch.equal(chroma, lab[:, 1:])
    gray_photo = _plain(20, 16, (0.5, 0.5, 0.5))
    assert float((_aged(gray_photo, _only(film=1.0))[0] - gray).abs().max()) < 0.05


# -- damage ------------------------------------------------------------------------------------------------


def test_noise_is_smooth_and_of_about_one() -> None:
    noise = smooth_noise(400, 6, 60, _generator())
    assert abs(float(noise.mean())) < 0.05
    assert 0.6 < float(noise.std()) < 1.1
    assert float((noise[..., 1:] - noise[..., :-1]).abs().mean()) < 0.15


def test_scratches_are_long_thin_and_mostly_upright() -> None:
    cover = marks(60, 96, 1.0, 0.0, _generator()).amax(1)
    assert float(cover.min()) >= 0
    assert float(cover.max()) <= 1
    on = cover > 0.1
    assert 0.001 < float(on.float().mean()) < 0.06
    assert float(on.any(2).sum()) > 2 * float(on.any(1).sum())  # rows it is in, and columns


def test_scratches_have_no_gaps() -> None:
    """What of one is visible at all goes on from row to row."""
    cover = marks(200, 64, 1.0, 0.0, _generator()).amax(1)
    on = (cover > 0.02).any(2)  # (N, rows)
    for photo in on:
        at = photo.nonzero().flatten()
        if len(at) > 8:
            assert float((at.diff() == 1).float().mean()) > 0.85


def test_dust_is_small_and_both_bright_and_dark() -> None:
    cover = marks(60, 96, 0.0, 1.0, _generator())
    assert 0.0005 < float((cover > 0.1).float().mean()) < 0.02
    assert (cover.amax((0, 2, 3)) > 0.5).all()
    assert float(marks(60, 96, 0.0, 1e-9, _generator()).max()) == 0


def test_frames_hide_sides_never_the_middle() -> None:
    shown, tone = frames(300, 64, _generator())
    assert float(shown[..., 30:34, 30:34].min()) == 1
    hidden = shown < 0.5
    assert 0.02 < float(hidden.float().mean()) < 0.3
    sides = torch.stack([hidden[..., 0, 32], hidden[..., -1, 32], hidden[..., 32, 0], hidden[..., 32, -1]])
    assert ((sides.float().mean((1, 2)) > 0.3) & (sides.float().mean((1, 2)) < 0.9)).all()
    corner_only = hidden[..., 5, 5] & ~hidden[..., 3, 32] & ~hidden[..., 32, 3]
    assert corner_only.any()  # rounded or cut
    assert float(tone.min()) >= 0
    assert float(tone.max()) <= 1


def test_colour_under_a_border_is_neutral_and_kept_elsewhere() -> None:
    lab = _plain(100, 64, (0.8, 0.3, 0.2)).clone()
    luminance, chroma = _aged(lab, _only(borders=1.0))
    bare = chroma.abs().amax(1) < 1e-3
    assert 0.02 < float(bare.float().mean()) < 0.3
    assert torch.equal(chroma[..., 32, 32], lab[:, 1:, 32, 32])
    paper = luminance[:, 0][bare]
    assert float(((paper < 12) | (paper > 80)).float().mean()) > 0.6
    share = _aged(lab, _only(borders=0.25))[1]
    assert 0.1 < float((share != lab[:, 1:]).flatten(1).any(1).float().mean()) < 0.4


def test_compression_leaves_squares() -> None:
    lab = torch.zeros(8, 3, 60, 60)  # the last square is cut off
    lab[:, 0] = torch.linspace(20, 80, 60)  # a soft ramp: what is lost shows at the squares' sides
    aged, _ = _aged(lab, _only(compression=1.0))
    step = (aged[..., 1:] - aged[..., :-1]).mean((0, 1, 2))  # (59,)
    within = torch.cat([step[i::8] for i in range(7)])
    assert float(step[7::8].mean()) > 1.4 * float(within.mean())
    assert float((aged - lab[:, :1]).abs().mean()) < 3


# -- in a batch --------------------------------------------------------------------------------------------


def test_only_what_the_network_sees_is_aged(learnable: PhotoPool) -> None:
    numbers = torch.arange(8)
    batch = make_batch(learnable, numbers, 32, aging=AgingRecipe(probability=1.0), generator=_generator())
    plain = make_batch(learnable, numbers, 32, generator=_generator())
    assert torch.equal(batch.true_luminance, plain.true_luminance)
    assert torch.equal(batch.chroma_lab, plain.chroma_lab)
    assert float((batch.luminance - batch.true_luminance).abs().amax((1, 2, 3)).min()) > 0.1


def test_borders_reach_the_truth_of_a_batch(learnable: PhotoPool) -> None:
    recipe = AgingRecipe(probability=1.0, borders=1.0)
    batch = make_batch(learnable, torch.arange(24), 32, aging=recipe, generator=_generator())
    plain = make_batch(learnable, torch.arange(24), 32, generator=_generator())
    hidden = batch.chroma_lab.abs().amax(1) < 1e-3
    assert 0.02 < float(hidden.float().mean()) < 0.4
    assert float(plain.chroma_lab.abs().amax(1)[hidden].mean()) > 5
