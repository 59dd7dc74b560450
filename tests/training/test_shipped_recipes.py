"""Every recipe in the box gives a network that is published, loaded and colours a photo of any shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from colorstudio.networks.colorizer import Colorizer, working_shape
from colorstudio.networks.hints import Hints
from colorstudio.networks.registry import ARCHITECTURES, build_network
from colorstudio.training.publishing import publish
from colorstudio.training.recipe_file import load_recipe, shipped_recipes
from colorstudio.training.teachers import TEACHERS, teacher_class

_LINEAGE = sorted(set(shipped_recipes()) - {"ablation", "smoke", "studio-2", "studio-3"})
_LARGEST_BYTES = 1_600_000


def test_every_architecture_has_a_teacher_and_a_recipe() -> None:
    assert set(TEACHERS) == set(ARCHITECTURES)
    assert {load_recipe(name).architecture for name in shipped_recipes()} == set(ARCHITECTURES)
    for name in ARCHITECTURES:
        assert teacher_class(name).step


@pytest.mark.parametrize("name", _LINEAGE)
def test_what_a_recipe_gives_colours_photos(name: str, tmp_path: Path) -> None:
    recipe = load_recipe(name)
    torch.manual_seed(0)
    model = publish(build_network(recipe.architecture, recipe.network).eval(), name, tmp_path)
    assert model.weights_path.stat().st_size <= _LARGEST_BYTES
    assert model.architecture == recipe.architecture
    assert set(recipe.network) <= set(model.config)
    colorizer = Colorizer.load(model)
    photo = np.random.default_rng(0).uniform(0, 100, (37, 85)).astype(np.float32)
    prepared = colorizer.prepare(photo, 64)
    hints = Hints(np.array([[10, 10]]), np.array([[60.0, 40.0]], np.float32))
    rows, cols = working_shape((37, 85), 64)
    for prediction in (colorizer.predict(prepared), colorizer.predict(prepared, hints)):
        step = rows // prediction.chroma_lab.shape[0]
        assert step in (1, 2)
        assert prediction.chroma_lab.shape == (rows // step, cols // step, 2)
        assert np.isfinite(prediction.chroma_lab).all()
        assert (prediction.logits is not None) == model.has_distribution
        assert bool(prediction.suggest(0.5, 0.5)) == model.has_distribution
        assert np.isfinite(prediction.with_vividness(1.0).chroma_lab).all()
