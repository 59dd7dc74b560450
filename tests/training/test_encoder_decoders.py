"""The shipped recipes of the encoder-decoders, taken for a step."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from torch import nn

from colorstudio.networks.architectures.frozen import FrozenStages
from colorstudio.networks.loader import load_network
from colorstudio.training.pool import PhotoPool
from colorstudio.training.publishing import WEIGHTS_FILE, publish
from colorstudio.training.recipe import DataRecipe
from colorstudio.training.recipe_file import load_recipe
from colorstudio.training.trainer import Trainer

# What learns by it, of how many parts the loss is.
_RECIPES = {
    "cnn-regression": {"loss", "regression"},
    "cnn-classes": {"loss", "classification"},
    "cnn-classes-weighted": {"loss", "classification"},
    "unet-classes": {"loss", "classification"},
    "unet-classes-weighted": {"loss", "classification"},
    "mleu-regression": {"loss", "regression"},
    "mleu-classes": {"loss", "classification"},
    "zaman-2020": {"loss", "regression", "weights"},
    "koalarization-2017": {"loss", "regression"},
}


def _trainer(name: str, pool: PhotoPool, out: Path) -> Trainer:
    recipe = load_recipe(name)
    stage = dataclasses.replace(recipe.stages[0], photos=4, size_px=32, batch=4, warm_up=0.0)
    rotation = recipe.data.rotation_degrees
    data = DataRecipe(held_out_share=0.2, rotation_degrees=rotation)
    recipe = dataclasses.replace(recipe, stages=(stage,), data=data, precision="float32")
    return Trainer(recipe, pool, out, device=torch.device("cpu"))


@pytest.mark.parametrize("name", _RECIPES)
def test_a_step_changes_all_that_is_to_learn(name: str, learnable: PhotoPool, tmp_path: Path) -> None:
    trainer = _trainer(name, learnable, tmp_path)
    network = trainer.network
    assert sum(parameter.numel() for parameter in network.parameters()) < 740_000
    before = {key: value.clone() for key, value in network.state_dict().items()}
    frozen = {
        f"{part}.{key}"
        for part, module in network.named_modules()
        if isinstance(module, FrozenStages)
        for key in module.state_dict()
    }
    parts = trainer._step(trainer.recipe.stages[0])
    assert set(parts) == _RECIPES[name]
    assert all(bool(part.isfinite()) for part in parts.values())
    for key, value in network.state_dict().items():
        assert torch.equal(value, before[key]) == (key in frozen), key
    assert bool(frozen) == name.startswith(("mleu", "koala"))


@pytest.mark.parametrize("name", ["unet-classes", "mleu-classes", "zaman-2020", "koalarization-2017"])
def test_what_is_published_colours_as_what_was_trained(
    name: str, learnable: PhotoPool, tmp_path: Path
) -> None:
    """But for half precision, and norms that are folded into their convolutions."""
    trainer = _trainer(name, learnable, tmp_path)
    trainer._step(trainer.recipe.stages[0])
    trained = trainer.average.network
    loaded = load_network(publish(trained, name, tmp_path / "model"))
    assert type(loaded) is type(trained)
    assert loaded.config == trained.config
    assert sum(isinstance(module, nn.BatchNorm2d) for module in loaded.modules()) == 0
    assert (tmp_path / "model" / WEIGHTS_FILE).stat().st_size < 1.6e6
    luminance = torch.rand(2, 1, 32, 64, generator=torch.Generator().manual_seed(0)) * 100
    with torch.no_grad():
        before, after = (net(luminance, torch.zeros(2, 3, 32, 64)).chroma_lab for net in (trained, loaded))
    assert float(before.std()) > 0
    assert torch.allclose(before, after, atol=0.03 * float(before.abs().max()))


def test_the_pairs_to_compare_differ_in_what_they_are_compared_by_alone() -> None:
    def differing(one: str, other: str) -> set[str]:
        a, b = (dataclasses.asdict(load_recipe(name)) for name in (one, other))
        differing = {key for key in a if a[key] != b[key]} - {"name"}
        if "network" in differing:
            differing |= {key for key in a["network"] if a["network"][key] != b["network"][key]}
        return differing - {"network"}

    assert differing("cnn-classes", "unet-classes") == {"skips"}
    assert differing("cnn-classes-weighted", "unet-classes-weighted") == {"skips"}
    assert differing("cnn-classes", "cnn-classes-weighted") == {"loss"}
    assert differing("unet-classes", "unet-classes-weighted") == {"loss"}
    assert differing("cnn-classes", "cnn-regression") == {"head", "loss"}
    assert differing("mleu-classes", "mleu-regression") == {"head", "loss"}
