"""Descriptions, the registry and the weights: round trips, and what is said of damaged ones."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file

from colorstudio.errors import ModelError
from colorstudio.networks import registry
from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.descriptor import (
    DESCRIPTION_FILE,
    ModelDescriptor,
    format_descriptor,
    read_descriptor,
)
from colorstudio.networks.loader import load_network, save_weights
from colorstudio.networks.network import ColorNetwork
from colorstudio.networks.registry import find_model, list_models
from colorstudio.training.publishing import publish


@pytest.fixture
def published(network: HintedColorizer, tmp_path: Path) -> ModelDescriptor:
    return publish(network, "small", tmp_path / "models" / "small")


# -- model.toml ---------------------------------------------------------------------------------

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(_text, _text, _text, st.booleans(), st.integers(1, 4096), st.floats(0, 1))
def test_any_text_survives_a_round_trip(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    description: str,
    licence: str,
    default: bool,
    size: int,
    vividness: float,
) -> None:
    folder = tmp_path_factory.mktemp("model")
    descriptor = ModelDescriptor(
        "a-name", title, description, "hinted", size, 12, "w.safetensors", "ab" * 32, folder,
        {"widths": [1, 2, 3, 4], "heads": 6, "rate": 0.5}, licence, default, {"scale": 128 / 2.55}, vividness,
    )  # fmt: skip
    for year in (0, 2016):
        descriptor = dataclasses.replace(descriptor, year=year)
        (folder / DESCRIPTION_FILE).write_bytes(format_descriptor(descriptor).encode())
        assert read_descriptor(folder) == descriptor


_GOOD = """schema = 1
name = "x"
title = "X"
description = "d"
architecture = "hinted"
working_size_px = 256
parameters = 1

[weights]
file = "w.safetensors"
sha256 = "00"
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema = 1", "schema = 2", "schema 2"),
        ("schema = 1", "", "schema None"),
        ('name = "x"', "", "'name'"),
        ('title = "X"', "title = 3", "'title'"),
        ('architecture = "hinted"', "", "'architecture'"),
        ("working_size_px = 256", "working_size_px = '256'", "'working_size_px'"),
        ("working_size_px = 256", "working_size_px = true", "'working_size_px'"),
        ("working_size_px = 256", "working_size_px = 0", "'working_size_px'"),
        ("parameters = 1", "parameters = 1.5", "'parameters'"),
        ("parameters = 1", "parameters = 1\nconfig = 3", "'config'"),
        ("parameters = 1", "parameters = 1\nvividness = 1.5", "'vividness'"),
        ("parameters = 1", "parameters = 1\nvividness = nan", "'vividness'"),
        ("parameters = 1", "parameters = 1\nvividness = true", "'vividness'"),
        ("parameters = 1", "parameters = 1\nvividness = '1'", "'vividness'"),
        ("parameters = 1", "parameters = 1\nyear = '2016'", "'year'"),
        ("parameters = 1", "parameters = 1\nyear = true", "'year'"),
        ("[weights]", "[others]", "'weights'"),
        ('file = "w.safetensors"', "", "file name"),
        ('file = "w.safetensors"', 'file = "../w.safetensors"', "file name"),
        ('file = "w.safetensors"', 'file = "/etc/passwd"', "file name"),
        ('sha256 = "00"', "sha256 = 0", "sha256"),
        ('name = "x"', 'name = "x', "not valid TOML"),
    ],
)
def test_damaged_descriptions_name_the_file(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in _GOOD
    (tmp_path / DESCRIPTION_FILE).write_text(_GOOD, encoding="utf-8")
    good = read_descriptor(tmp_path)
    assert (good.name, good.vividness) == ("x", 0.0)
    (tmp_path / DESCRIPTION_FILE).write_text(_GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        read_descriptor(tmp_path)
    assert str(tmp_path / DESCRIPTION_FILE) in str(caught.value)
    assert said in str(caught.value)


def test_description_that_is_no_text_or_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no readable model\.toml"):
        read_descriptor(tmp_path)
    (tmp_path / DESCRIPTION_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="not valid TOML"):
        read_descriptor(tmp_path)


# -- the registry -------------------------------------------------------------------------------


@pytest.fixture
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Empty folders of the shipped models and of the user's."""
    shipped, user = tmp_path / "shipped", tmp_path / "user"
    shipped.mkdir()
    user.mkdir()
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: shipped)
    monkeypatch.setattr(registry, "user_models_dir", lambda: user)
    return shipped, user


def _describe(root: Path, name: str, *, title: str = "", default: bool = False) -> None:
    (root / name).mkdir()
    descriptor = ModelDescriptor(name, title, "", "hinted", 256, 1, "w", "0", root / name, default=default)
    (root / name / DESCRIPTION_FILE).write_text(format_descriptor(descriptor), encoding="utf-8")


def test_default_model_comes_first_then_names(roots: tuple[Path, Path]) -> None:
    shipped, user = roots
    _describe(shipped, "b")
    _describe(shipped, "z", default=True)
    _describe(user, "a")
    (shipped / "README.md").write_text("not a model", encoding="utf-8")
    (shipped / "empty").mkdir()
    assert [model.name for model in list_models()] == ["z", "a", "b"]
    assert find_model().name == "z"
    assert find_model("b").folder == shipped / "b"


def test_models_of_the_user_hide_shipped_ones(roots: tuple[Path, Path]) -> None:
    shipped, user = roots
    _describe(shipped, "same", title="shipped")
    _describe(user, "same", title="mine")
    assert [model.title for model in list_models()] == ["mine"]
    assert find_model("same").folder == user / "same"


def test_unknown_model_is_told_with_those_known(roots: tuple[Path, Path]) -> None:
    _describe(roots[0], "one")
    with pytest.raises(ModelError, match=r"no model named two.*Known models: one"):
        find_model("two")


def test_damaged_model_is_left_out_but_explained_when_asked_for(roots: tuple[Path, Path]) -> None:
    shipped, user = roots
    _describe(shipped, "good")
    (user / "bad").mkdir()
    (user / "bad" / DESCRIPTION_FILE).write_text("schema = ", encoding="utf-8")
    assert [model.name for model in list_models()] == ["good"]
    with pytest.raises(ModelError, match="not valid TOML"):
        find_model("bad")


def test_no_models_at_all(roots: tuple[Path, Path]) -> None:
    roots[1].rmdir()
    assert list_models() == []
    with pytest.raises(ModelError, match="No model is installed"):
        find_model()


def test_the_model_in_the_box_is_found() -> None:
    assert find_model().default
    assert find_model().weights_path.is_file()


# -- the weights --------------------------------------------------------------------------------


def _outputs(network: ColorNetwork) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(5)
    luminance = torch.rand(1, 1, 64, 64, generator=generator) * 100
    hints = torch.zeros(1, 3, 64, 64)
    hints[0, :, 20, 20] = torch.tensor([0.3, 0.2, 1.0])
    with torch.inference_mode():
        prediction = network(luminance, hints)
        assert prediction.trunk is not None
        return prediction.chroma_lab, network.distribution(prediction.trunk)


def test_saved_and_loaded_network_says_the_same(network: HintedColorizer, published: ModelDescriptor) -> None:
    """Half precision and folded norms change the outputs by little."""
    loaded = load_network(published)
    for before, after in zip(_outputs(network), _outputs(loaded), strict=True):
        scale = float(before.abs().max())
        assert float((before - after).abs().max()) < 0.02 * scale


def test_folding_of_norms_leaves_the_outputs(
    network: HintedColorizer, published: ModelDescriptor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colorstudio.networks.loader._has_bfloat16", lambda: False)
    folded = load_network(published)
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in folded.modules())
    state = {key: value.float() for key, value in load_file(published.weights_path).items()}
    plain = HintedColorizer(network.config)
    plain.load_state_dict(state)
    plain.eval()
    for before, after in zip(_outputs(plain), _outputs(folded), strict=True):
        assert float((before - after).abs().max()) < 1e-3 * float(before.abs().max())


def test_weights_are_half_precision_but_for_the_norms(published: ModelDescriptor) -> None:
    state = load_file(published.weights_path)
    assert state["decoder.chroma.weight"].dtype == torch.float16
    assert state["encoder.stem.1.running_var"].dtype == torch.float32
    assert published.weights_path.stat().st_size < 2.4 * sum(value.numel() for value in state.values())


def test_saving_twice_gives_the_same_file(network: HintedColorizer, tmp_path: Path) -> None:
    assert save_weights(network, tmp_path / "a") == save_weights(network, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_published_model_is_read_back_and_colours(published: ModelDescriptor) -> None:
    assert read_descriptor(published.folder) == published
    colorizer = Colorizer.load(published)
    chroma = colorizer.predict(colorizer.prepare(torch.rand(40, 60).numpy() * 100, 64)).chroma_lab
    assert chroma.shape == (32, 48, 2)
    assert not any(parameter.requires_grad for parameter in colorizer.network.parameters())


def _rewritten(model: ModelDescriptor, **changes: object) -> ModelDescriptor:
    changed = dataclasses.replace(model, **changes)  # type: ignore[arg-type]
    (model.folder / DESCRIPTION_FILE).write_text(format_descriptor(changed), encoding="utf-8")
    return read_descriptor(model.folder)


def test_damaged_weights_are_told(published: ModelDescriptor) -> None:
    data = bytearray(published.weights_path.read_bytes())
    data[len(data) // 2] ^= 1
    published.weights_path.write_bytes(data)
    with pytest.raises(ModelError, match="damaged") as caught:
        Colorizer.load(published)
    assert str(published.weights_path) in str(caught.value)


def test_missing_weights_are_told(published: ModelDescriptor) -> None:
    published.weights_path.unlink()
    with pytest.raises(ModelError, match="cannot be read") as caught:
        Colorizer.load(published)
    assert str(published.weights_path) in str(caught.value)


def test_weights_of_another_shape_are_told(published: ModelDescriptor) -> None:
    model = _rewritten(published, config={"widths": [24, 16, 16, 12], "attention_blocks": 1, "heads": 2})
    with pytest.raises(ModelError, match="do not fit"):
        Colorizer.load(model)


@pytest.mark.parametrize("changed", [{"hint_gain": 1.0}, {}], ids=json.dumps)
def test_weights_of_another_normalisation_are_told(
    published: ModelDescriptor, changed: dict[str, float]
) -> None:
    model = _rewritten(published, normalisation=published.normalisation | changed if changed else {})
    with pytest.raises(ModelError, match="normalisation"):
        Colorizer.load(model)


def test_weights_that_are_no_safetensors_are_told(published: ModelDescriptor) -> None:
    import hashlib

    published.weights_path.write_bytes(b"nothing of use")
    model = _rewritten(published, weights_sha256=hashlib.sha256(b"nothing of use").hexdigest())
    with pytest.raises(ModelError, match="do not fit"):
        Colorizer.load(model)


def test_unknown_architecture_asks_for_an_update(published: ModelDescriptor) -> None:
    with pytest.raises(ModelError, match=r"'diffusion'.*update"):
        Colorizer.load(_rewritten(published, architecture="diffusion"))


@pytest.mark.parametrize(
    "config",
    [
        {"wdiths": [1, 2, 3, 4]},
        {"widths": [24, 16]},
        {"widths": "wide"},
        {"widths": [-1, 2, 3, 4]},
        {"widths": 12},
        {"attention_blocks": "two"},
        {"heads": [2]},
        {"heads": 5},
        {"heads": True},
    ],
    ids=json.dumps,
)
def test_wrong_settings_of_the_network_name_the_file(
    published: ModelDescriptor, config: dict[str, object]
) -> None:
    model = _rewritten(published, config={**published.config, **config})
    with pytest.raises(ModelError) as caught:
        Colorizer.load(model)
    assert str(published.folder) in str(caught.value)


@pytest.mark.parametrize("able", [True, False])
def test_the_decoder_is_halved_where_that_is_faster(
    monkeypatch: pytest.MonkeyPatch, published: ModelDescriptor, able: bool
) -> None:
    monkeypatch.setattr("colorstudio.networks.loader._has_bfloat16", lambda: able)
    colorizer = Colorizer.load(published, "cpu")
    assert isinstance(colorizer.network, HintedColorizer)
    assert colorizer.network.decoder.bins.weight.dtype == (torch.bfloat16 if able else torch.float32)
    prediction = colorizer.predict(colorizer.prepare(np.full((40, 40), 50, np.float32)))
    assert prediction.logits.dtype == torch.float32
    assert prediction.chroma_lab.dtype == np.float32
