"""Histograms of the truth, and the loss of Larsson et al. by hand."""

from __future__ import annotations

import math

import pytest
import torch

from colorstudio.networks.architectures.larsson2016 import Histograms, Larsson2016, Larsson2016Config
from colorstudio.training.batches import Batch
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import Recipe, Stage
from colorstudio.training.teachers.larsson2016 import (
    Larsson2016Method,
    Larsson2016Teacher,
    SparsePrediction,
    colours_around,
    histograms_of,
)
from colorstudio.training.teachers.teacher import Setting

_SMALL = Larsson2016Config(widths=(2, 2, 2, 2, 2), full_width=2, full_kernel=1, hidden=4, norms=True)


def test_colours_around_a_pixel_are_those_of_its_square() -> None:
    rows, cols = torch.meshgrid(torch.arange(6.0), torch.arange(9.0), indexing="ij")
    chroma = torch.stack([rows, cols])[None]
    around = colours_around(chroma, torch.tensor([[[2, 5], [0, 8]]]), 3)
    assert around.shape == (1, 2, 9, 2)
    assert around[0, 0].tolist() == [[r, c] for r in (1, 2, 3) for c in (4, 5, 6)]
    assert around[0, 1].tolist() == [[r, c] for r in (0, 0, 1) for c in (7, 8, 8)]


def test_histograms_count_hues_around_the_circle_and_chromas_in_steps_of_four() -> None:
    angles = torch.tensor([0.5, 8.5, 31.5, 31.5]) * 2 * math.pi / 32
    chroma = torch.tensor([1.0, 10.0, 127.0, 500.0])
    colours = torch.stack([chroma * angles.cos(), chroma * angles.sin()], -1).view(1, 1, 4, 2)
    counted = histograms_of(colours)
    assert counted.hue.shape == counted.chroma.shape == (1, 32, 1, 1)
    expected = torch.zeros(32)
    expected[[0, 8]], expected[31] = 0.25, 0.5
    assert torch.equal(counted.hue.flatten(), expected)
    expected = torch.zeros(32)
    expected[[0, 2]], expected[31] = 0.25, 0.5
    assert torch.equal(counted.chroma.flatten(), expected)


def _teacher(pool: PhotoPool, **method: float) -> Larsson2016Teacher:
    recipe = Recipe("test", (Stage(photos=8),), architecture="larsson2016")
    setting = Setting(recipe, pool, torch.device("cpu"), None, Larsson2016Method(**method))  # type: ignore[arg-type]
    return Larsson2016Teacher(Larsson2016(_SMALL), setting)


def _batch(a: float, b: float) -> Batch:
    chroma = torch.tensor([a, b]).view(1, 2, 1, 1).expand(1, 2, 32, 32)
    luminance = torch.rand(1, 1, 32, 32, generator=torch.Generator().manual_seed(0)) * 100
    return Batch(luminance, chroma, luminance, torch.zeros(1, dtype=torch.int64))


def _said(hue: float, chroma: float) -> SparsePrediction:
    """Of one pixel: that its first bin has this logit and all others 0."""
    logits = torch.zeros(2, 1, 32, 1, 1)
    logits[0, 0, 0], logits[1, 0, 0] = hue, chroma
    pixels = torch.tensor([[[4, 4]]])
    return SparsePrediction(torch.zeros(1, 2, 1, 1), None, pixels, Histograms(logits[0], logits[1]))


def _divergence(logit: float) -> float:
    """From a truth that is all in the first bin."""
    return math.log(31 + math.exp(logit)) - logit


@pytest.mark.parametrize(("a", "vividness"), [(2.0, 2 / 128), (3.0, 3 / 128)])
def test_the_hue_counts_as_much_as_the_pixel_is_vivid(
    learnable: PhotoPool, a: float, vividness: float
) -> None:
    teacher, none = _teacher(learnable), torch.zeros(1, 3, 32, 32)
    stage = teacher.recipe.stages[0]
    parts = teacher.loss(_said(1.0, 2.0), _batch(a, 0.01), none, stage, torch.Generator())
    assert float(parts["chroma"]) == pytest.approx(_divergence(2.0), rel=1e-4)
    assert float(parts["hue"]) == pytest.approx(vividness * _divergence(1.0), rel=1e-3)
    assert float(parts["loss"]) == pytest.approx(float(parts["chroma"] + 5 * parts["hue"]))


def test_it_looks_at_as_many_pixels_as_the_recipe_says(learnable: PhotoPool) -> None:
    teacher = _teacher(learnable, places=37)
    teacher.network.eval()
    batch = _batch(10, 10)
    said = teacher.predict(batch, torch.zeros(1, 3, 32, 32), torch.Generator().manual_seed(2))
    assert said.pixels.shape == (1, 37, 2)
    assert int(said.pixels.min()) >= 0
    assert int(said.pixels.max()) <= 31
    assert len({tuple(p) for p in said.pixels[0].tolist()}) > 30
    # What it says of a pixel is what it says of the pixel's middle.
    middles = (said.pixels + 0.5) / 32
    again = teacher.network.at(teacher.network.levels(batch.luminance), middles)
    assert torch.equal(again.hue, said.histograms.hue)
