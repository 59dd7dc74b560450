"""Cards of networks that are not the studio's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from colorstudio.networks.descriptor import DESCRIPTION_FILE
from colorstudio.networks.registry import ARCHITECTURES
from colorstudio.training.card.words import architecture_in_words, settings_in_words, teaching_in_words
from colorstudio.training.card.writing import CARD, write_card
from colorstudio.training.publishing import publish
from colorstudio.training.recipe_file import load_recipe, shipped_recipes
from colorstudio.training.teachers import teacher_class
from tests.small_networks import KINDS, small_network, small_networks

_RECIPE = """architecture = "{kind}"
[aging]
probability = 0.0
[method]
weight = 2.5
[optimizer]
kind = "sgd"
momentum = 0.9
[[stages]]
photos = 64
size_px = 64
"""


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    with small_networks():
        yield


def _card(kind: str, folder: Path) -> str:
    (folder / "recipe.toml").parent.mkdir(exist_ok=True)
    (folder / "recipe.toml").write_text(_RECIPE.format(kind=kind), encoding="utf-8")
    (folder / "run.json").write_text('{"command": "again", "sessions": []}', encoding="utf-8")
    publish(small_network(kind), "mine", folder)
    return (folder / CARD).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_card_of_any_network_says_what_it_is(kind: str, tmp_path: Path) -> None:
    text = _card(kind, tmp_path)
    assert f"| architecture | `{kind}`: Networks that can do less than the studio's own" in text
    assert "Here with width 4." in text
    assert ("a distribution over 313 bins" in text) == kind.endswith("bins")
    assert ("| vividness |" in text) == kind.endswith("bins")
    assert ("| hints |" in text) == (kind == "hints")
    assert "| stages | 64 photos at 64 px in batches of 32, rate 0.001 |" in text
    assert "| start | from the seed |" in text
    assert "| ageing | none |" in text
    assert "| losses | " in text
    assert "Here with weight 2.5. |" in text
    assert "SGD, decay 0.01, momentum 0.9, gradients clipped" in text
    assert "ncoder" not in text


def test_a_card_of_what_this_version_does_not_have_is_written(tmp_path: Path) -> None:
    """A model of later: nothing can be said of how it works, but all else."""
    _card("plain", tmp_path)
    (tmp_path / "recipe.toml").unlink()
    model = tmp_path / DESCRIPTION_FILE
    model.write_text(model.read_text(encoding="utf-8").replace('"plain"', '"later"'), encoding="utf-8")
    assert "| architecture | `later` |" in write_card(tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(ARCHITECTURES) - {"hinted"}))
def test_every_architecture_says_what_it_is_and_learns_by(name: str) -> None:
    recipe = next(recipe for recipe in map(load_recipe, shipped_recipes()) if recipe.architecture == name)
    said = architecture_in_words(name, recipe.network)
    assert said.startswith(f"`{name}`: ")
    assert "\n" not in said
    taught = teaching_in_words(recipe)
    assert taught.endswith(".")
    assert "\n" not in taught


def test_settings_are_words() -> None:
    settings = {"widths": [16, 32], "skips": False, "l1_share": 0.5, "head": "classes", "extra": []}
    assert settings_in_words(settings) == "widths 16, 32; skips off; l1 share 0.5; head classes; extra none"


def test_hints_of_a_methods_own_are_not_told_as_the_recipes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teacher_class("hints"), "imitates_hints", False)
    assert "| hints |" not in _card("hints", tmp_path)
