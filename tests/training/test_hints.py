"""Hints imitated for training, and things painted in another colour."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from colorstudio.training.batches import step_generator
from colorstudio.training.hints import imitate_hints
from colorstudio.training.recipe import HintRecipe
from colorstudio.training.recolouring import recolour

_CPU = torch.device("cpu")


def _generator(seed: int = 0) -> torch.Generator:
    return step_generator(seed, 0, _CPU)


def _patches() -> torch.Tensor:
    """Four quarters, each of one colour, ``(1, 2, 64, 64)``; far apart so that no stroke spans two."""
    chroma = torch.empty(1, 2, 64, 64)
    for row, col, a, b in ((0, 0, 60, 0), (0, 32, -60, 0), (32, 0, 0, 60), (32, 32, 0, -60)):
        chroma[:, 0, row : row + 32, col : col + 32] = a
        chroma[:, 1, row : row + 32, col : col + 32] = b
    return chroma


@pytest.mark.parametrize("seed", range(5))
def test_hints_are_a_mask_and_a_colour_there(seed: int) -> None:
    chroma = torch.rand(16, 2, 64, 64, generator=torch.Generator().manual_seed(seed)) * 100 - 50
    hints = imitate_hints(chroma, HintRecipe(none=0.2, dense=0.2), 110, _generator(seed))
    assert hints.shape == (16, 3, 64, 64)
    mask = hints[:, 2]
    assert set(mask.unique().tolist()) <= {0.0, 1.0}
    assert float((hints[:, :2] * (1 - mask[:, None])).abs().max()) == 0
    assert float((hints[:, :2] * 110).abs().max()) <= 50


@pytest.mark.parametrize("seed", range(5))
def test_hints_on_one_colour_are_that_colour(seed: int) -> None:
    chroma = torch.empty(8, 2, 48, 48)
    chroma[:, 0], chroma[:, 1] = 33.0, -21.0
    hints = imitate_hints(chroma, HintRecipe(none=0.0, dense=0.3), 110, _generator(seed))
    on = hints[:, 2] > 0
    assert on.flatten(1).any(1).all()
    assert torch.allclose(hints[:, 0][on] * 110, torch.tensor(33.0), atol=1e-3)
    assert torch.allclose(hints[:, 1][on] * 110, torch.tensor(-21.0), atol=1e-3)


def test_strokes_end_where_the_colour_ends() -> None:
    """Only the first dab may lie on an edge; its colour is then a mean, and nothing else is near that."""
    chroma = _patches().expand(64, -1, -1, -1).contiguous()
    recipe = HintRecipe(none=0.0, mean_count=1e-6, most=1, strokes=1.0, dense=0.0)
    hints = imitate_hints(chroma, recipe, 1.0, _generator())
    distance = (hints[:, :2] - chroma).norm(dim=1)
    on = hints[:, 2] > 0
    pure = torch.tensor([float(distance[i][on[i]].max()) < 1e-3 for i in range(64)])
    assert int(pure.sum()) > 32
    for i in range(64):
        if not pure[i]:  # started on an edge: the size of one dab at most
            assert int(on[i].sum()) <= 81


def test_shares_of_none_and_all_over() -> None:
    chroma = _patches().expand(300, -1, -1, -1).contiguous()
    none = imitate_hints(chroma, HintRecipe(none=1.0, dense=0.0, most=4), 110, _generator())
    assert float(none.abs().max()) == 0
    some = imitate_hints(chroma, HintRecipe(none=0.4, dense=0.0, most=4), 110, _generator())
    without = (some[:, 2].sum((1, 2)) == 0).float().mean()
    assert 0.3 < float(without) < 0.5
    dense = imitate_hints(chroma, HintRecipe(none=1.0, dense=1.0, most=4), 110, _generator())
    count = dense[:, 2].sum((1, 2))
    assert float(count.mean()) > 0.01 * 64 * 64
    on = (dense[:, 2:] > 0).expand(-1, 2, -1, -1)
    assert torch.allclose(dense[:, :2][on] * 110, chroma[on], atol=1e-3)


def test_number_of_points_is_bounded() -> None:
    """With radius 0 to 4 a point covers at most 81 pixels."""
    chroma = _patches().expand(50, -1, -1, -1).contiguous()
    recipe = HintRecipe(none=0.0, mean_count=1e9, most=3, strokes=0.0, dense=0.0)
    covered = imitate_hints(chroma, recipe, 110, _generator())[:, 2].sum((1, 2))
    assert float(covered.max()) <= 3 * 81
    assert float(covered.max()) > 81
    assert float(covered.min()) >= 1


def test_hints_are_set_by_the_generator() -> None:
    chroma = _patches()
    one, same, other = (imitate_hints(chroma, HintRecipe(none=0), 1, _generator(seed)) for seed in (1, 1, 2))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)


def test_a_hint_begins_where_it_must() -> None:
    chroma = _patches().expand(8, -1, -1, -1).contiguous()
    places = torch.full((8, 2), -1.0)
    places[::2] = torch.tensor([10.0, 50.0])
    recipe = HintRecipe(none=1.0, dense=0.0, strokes=0.0, most=4)
    on = imitate_hints(chroma, recipe, 1.0, _generator(), places)[:, 2]
    assert (on[::2, 10, 50] == 1).all()
    assert (on[1::2] == 0).all()


def test_hints_near_edges_lie_there() -> None:
    """The quarters meet in the middle row and the middle column; a cell away from them nothing is near."""
    chroma = _patches().expand(50, -1, -1, -1).contiguous()

    def near(share: float) -> float:
        recipe = HintRecipe(none=0.0, mean_count=1e9, most=8, strokes=0.0, dense=0.0, near_edges=share)
        on = imitate_hints(chroma, recipe, 1.0, _generator())[:, 2]
        return float(on[:, 24:40].sum() + on[:, :24, 24:40].sum() + on[:, 40:, 24:40].sum()) / float(on.sum())

    assert near(1.0) > 0.9
    assert near(0.0) < 0.6


def test_bent_strokes_are_as_long_but_not_straight() -> None:
    chroma = torch.zeros(64, 2, 64, 64)
    one_stroke = HintRecipe(none=0.0, mean_count=1e-6, most=1, strokes=1.0, dense=0.0)

    def spread(bend: float) -> float:
        on = imitate_hints(chroma, dataclasses.replace(one_stroke, bend=bend), 1.0, _generator())[:, 2]
        places = [torch.nonzero(photo).float() for photo in on]
        return sum(float(p.var(0, correction=0).sum().sqrt()) for p in places if len(p)) / 64

    assert spread(1.5) < 0.85 * spread(0.0)  # turning, they end nearer to where they began
    straight = imitate_hints(chroma, one_stroke, 1.0, _generator())
    barely = imitate_hints(chroma, dataclasses.replace(one_stroke, bend=1e-9), 1.0, _generator())
    assert float((straight[:, 2] != barely[:, 2]).float().mean()) < 1e-3


def test_hints_may_be_off() -> None:
    chroma = torch.full((64, 2, 32, 32), 20.0)
    recipe = HintRecipe(none=0.0, mean_count=1e9, most=2, strokes=0.0, dense=0.0, off=6.0)
    hints = imitate_hints(chroma, recipe, 1.0, _generator())
    on = hints[:, 2] > 0
    error = torch.stack([hints[:, 0][on] - 20, hints[:, 1][on] - 20])
    assert 4 < float(error.std()) < 8
    assert abs(float(error.mean())) < 1


# -- things in another colour -------------------------------------------------------------------------


def _quarters_of_light() -> torch.Tensor:
    luminance = torch.empty(1, 1, 64, 64)
    for row, col, value in ((0, 0, 30.0), (0, 32, 45.0), (32, 0, 60.0), (32, 32, 75.0)):
        luminance[:, :, row : row + 32, col : col + 32] = value
    return luminance


def test_recolouring_paints_one_thing_and_nothing_else() -> None:
    n = 40
    luminance = _quarters_of_light().expand(n, -1, -1, -1).contiguous()
    chroma = _patches().expand(n, -1, -1, -1).contiguous()
    changed, places, region = recolour(luminance, chroma, 1.0, _generator())
    assert (places >= 0).all()
    for i in range(n):
        row, col = (int(value) for value in places[i])
        top, left = row // 32 * 32, col // 32 * 32
        own = torch.zeros(64, 64, dtype=torch.bool)
        own[top : top + 32, left : left + 32] = True
        assert torch.equal(changed[i][:, ~own], chroma[i][:, ~own])
        assert (region[i, 0][own] == 1).all()
        assert float((changed[i] - chroma[i])[:, own].std(dim=1).max()) < 1e-4  # one shift for all of it
        assert float((changed[i] - chroma[i])[:, own].abs().max()) > 1


def test_recolouring_keeps_to_the_connected_part() -> None:
    """Two like things with another between them: only that of the place changes."""
    chroma = torch.zeros(30, 2, 64, 64)
    chroma[:, 0, :, :24], chroma[:, 0, :, 40:] = 50.0, 50.0
    changed, places, _ = recolour(torch.full((30, 1, 64, 64), 50.0), chroma, 1.0, _generator())
    difference = (changed - chroma).abs().sum(1)
    for i in range(30):
        col = int(places[i, 1])
        if col < 24:
            assert float(difference[i, :, 40:].max()) == 0
        elif col >= 40:
            assert float(difference[i, :, :24].max()) == 0


def test_recolouring_is_bounded_by_the_luminance_and_leaves_the_rest_alone() -> None:
    chroma = torch.zeros(200, 2, 32, 32)
    bright, _, _ = recolour(torch.full((200, 1, 32, 32), 98.0), chroma, 1.0, _generator())
    middle, places, region = recolour(torch.full((200, 1, 32, 32), 50.0), chroma, 0.5, _generator())
    assert float(bright.norm(dim=1).max()) <= 15.01
    assert float(middle.norm(dim=1).max()) > 60
    untouched = places[:, 0] < 0
    assert 0.35 < float(untouched.float().mean()) < 0.65
    assert float(middle[untouched].abs().max()) == 0
    assert float(region[untouched].max()) == 0
    assert float(middle[~untouched].abs().amax((1, 2, 3)).min()) > 0
