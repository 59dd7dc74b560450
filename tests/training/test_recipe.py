from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from colorstudio.errors import TrainingError
from colorstudio.training.recipe import HintRecipe, OptimizerRecipe, Recipe
from colorstudio.training.recipe_file import build_method, load_recipe, shipped_recipes
from colorstudio.training.teachers.hinted import HintedTeacher
from tests.small_networks import SmallMethod, small_networks

_STAGE = "[[stages]]\nphotos = 64\n"


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    with small_networks():
        yield


def _load(tmp_path: Path, text: str) -> Recipe:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return load_recipe(str(path))


def test_shipped_recipes_can_be_read() -> None:
    assert {"smoke", "studio-2"} <= set(shipped_recipes())
    for name in shipped_recipes():
        recipe = load_recipe(name)
        assert recipe.name == name
        assert recipe.photos > 0


def test_all_kinds_of_settings_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'seed = 7\nprecision = "float32"\nema = 1\n[data]\ninclude = ["a*", "b*"]\nheld_out_share = 0.5\n'
        "[loss]\nvividness = 2\n[[stages]]\nphotos = 8\n[[stages]]\nphotos = 16\nsize_px = 64\n"
        'encoder = "full"\n',
        encoding="utf-8",
    )
    recipe = load_recipe(str(path))
    assert (recipe.name, recipe.seed, recipe.precision, recipe.photos) == ("mine", 7, "float32", 24)
    assert recipe.data.include == ("a*", "b*")
    assert isinstance(recipe.loss.vividness, float)
    assert [stage.encoder for stage in recipe.stages] == ["frozen", "full"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sede = 1\n" + _STAGE, "unknown setting sede"),
        ("[data]\nsize = 3\n" + _STAGE, "data: unknown setting size"),
        (_STAGE + "bach = 3\n", "stages: unknown setting bach"),
        ("seed = 1.5\n" + _STAGE, "seed is 1.5"),
        ("seed = true\n" + _STAGE, "seed is True"),
        ("ema = 'high'\n" + _STAGE, "ema is 'high'"),
        ("ema = 2.0\n" + _STAGE, "ema is 2: give 0 to 1"),
        ("ema = nan\n" + _STAGE, "ema is nan"),
        ("working_size_px = 100\n" + _STAGE, "working_size_px is 100: give a multiple of 32"),
        ("working_size_px = 0\n" + _STAGE, "working_size_px is 0: give 1 or more"),
        ("weight_decay = inf\n" + _STAGE, "weight_decay is inf"),
        ("precision = 'half'\n" + _STAGE, "precision is 'half'"),
        ("data = 3\n" + _STAGE, "data must be a table"),
        ("[data]\ninclude = '*.zip'\n" + _STAGE, "include is '*.zip'"),
        ("[data]\ninclude = [1]\n" + _STAGE, "include is [1]"),
        ("[data]\nheld_out_share = 1.5\n" + _STAGE, "data.held_out_share is 1.5"),
        (_STAGE + "[stages.hints]\nmost = 0\n", "stages.hints.most is 0"),
        (_STAGE + "[stages.hints]\nmust = 1\n", "unknown setting must"),
        (_STAGE + "hints = 3\n", "hints must be a table"),
        (_STAGE + "[stages.loss]\nregression_kind = 'l1'\n", "regression_kind is 'l1'"),
        ("[hints]\nmost = 0\n" + _STAGE, "hints.most is 0"),
        ("[loss]\nsmooth_l1_beta = 0\n" + _STAGE, "loss.smooth_l1_beta is 0"),
        ("stages = 3\n", "stages must be a list of tables"),
        ("stages = [3]\n", "stages must be a list of tables"),
        ("stages = []\n", "no [[stages]]"),
        ("seed = 1\n", "stages"),
        ("[[stages]]\nsize_px = 64\n", "photos"),
        ("[[stages]]\nphotos = 0\n", "stages.photos is 0"),
        (_STAGE + "size_px = 100\n", "stages.size_px is 100: give a multiple of 32"),
        (_STAGE + "batch = 0\n", "stages.batch is 0"),
        (_STAGE + "encoder = 'half'\n", "encoder is 'half'"),
        (_STAGE + "warm_up = -1\n", "stages.warm_up is -1"),
        ("seed = \n", "not valid TOML"),
        ("architecture = 'bot'\n" + _STAGE, "architecture is 'bot': give one of"),
        ("architecture = 3\n" + _STAGE, "architecture is 3"),
        ("network = 3\n" + _STAGE, "network must be a table: write [network]"),
        ("[network]\nwdiths = [1]\n" + _STAGE, "[network] are not right: unknown: wdiths; known are widths"),
        ("[network]\nheads = 5\n" + _STAGE, "[network] are not right: the first width is not a multiple"),
        ("[network]\nheads = 2.0\n" + _STAGE, "heads is 2.0: a value of type int is needed"),
        ("[method]\nspeed = 3\n" + _STAGE, "hinted has no settings under [method]"),
        ("architecture = 'plain'\n[method]\nspeed = 3\n" + _STAGE, "method: unknown setting speed"),
        ("architecture = 'plain'\n[method]\nweight = 'low'\n" + _STAGE, "method: weight is 'low'"),
        ("[optimizer]\nkind = 'lion'\n" + _STAGE, "optimizer: kind is 'lion': give one of adamw"),
        ("[optimizer]\nbetas = [0.9]\n" + _STAGE, "betas is [0.9]: give a list of 2 numbers"),
        ("[optimizer]\nbetas = [0.9, 1.5]\n" + _STAGE, "optimizer.betas is 1.5: give 0 to 1"),
        ("[optimizer]\nweight_decay = -1\n" + _STAGE, "optimizer.weight_decay is -1"),
    ],
)
def test_mistakes_name_the_file_and_the_setting(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TrainingError) as caught:
        _load(tmp_path, text)
    assert str(tmp_path / "mine.toml") in str(caught.value)
    assert said in str(caught.value)


def test_architecture_and_its_settings_are_taken(tmp_path: Path) -> None:
    text = (
        "architecture = 'plain'\n[network]\nwidth = 6\n[method]\nweight = 2\n"
        "[optimizer]\nkind = 'adam'\nbetas = [0.5, 0.999]\n" + _STAGE
    )
    recipe = _load(tmp_path, text)
    assert recipe.network == {"width": 6}
    assert build_method(recipe) == SmallMethod(weight=2.0)
    assert recipe.optimizer == OptimizerRecipe(kind="adam", betas=(0.5, 0.999))
    default = _load(tmp_path, _STAGE)
    assert (default.architecture, default.network, build_method(default)) == ("hinted", {}, None)


def test_fingerprints_of_runs_in_progress_stay_what_they_were(tmp_path: Path) -> None:
    """As they stood in checkpoints before a recipe named an architecture and an optimizer."""
    assert [load_recipe("studio-2").fingerprint(stages) for stages in (0, 3)] == [
        "c88049b703a8",
        "da01ba8da450",
    ]
    assert _load(tmp_path, "weight_decay = 0.1\n" + _STAGE).fingerprint(1) == "4bb7cb77245a"
    assert _load(tmp_path, _STAGE + "[optimizer]\nweight_decay = 0.1\n").fingerprint(1) == "4bb7cb77245a"


@pytest.mark.parametrize(
    "text",
    [
        "architecture = 'plain'\n" + _STAGE,
        "[network]\nattention_blocks = 1\n" + _STAGE,
        "[optimizer]\nkind = 'sgd'\n" + _STAGE,
    ],
)
def test_fingerprint_sees_what_is_trained_and_how(tmp_path: Path, text: str) -> None:
    assert _load(tmp_path, text).fingerprint(1) != _load(tmp_path, _STAGE).fingerprint(1)


def test_missing_recipes_are_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"no recipe named absent.*smoke"):
        load_recipe("absent")
    with pytest.raises(TrainingError, match="cannot be read"):
        load_recipe(str(tmp_path / "absent.toml"))
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(TrainingError, match="not valid TOML"):
        load_recipe(str(tmp_path / "binary.toml"))


def test_fingerprint_sees_all_but_the_stages_to_come() -> None:
    recipe = load_recipe("smoke")
    first, second = recipe.stages
    later = dataclasses.replace(
        recipe, stages=(first, dataclasses.replace(second, learning_rate=0.5), second)
    )
    assert recipe.fingerprint(1) == later.fingerprint(1)
    assert recipe.fingerprint(2) != later.fingerprint(2)
    assert recipe.fingerprint(1) != dataclasses.replace(recipe, seed=99).fingerprint(1)
    hints = dataclasses.replace(recipe.hints, none=0.9)
    assert recipe.fingerprint(0) != dataclasses.replace(recipe, hints=hints).fingerprint(0)


def test_fingerprint_does_not_see_the_name_nor_settings_left_alone() -> None:
    """So that runs go on when settings are added, and under another name."""
    recipe = load_recipe("smoke")
    assert recipe.fingerprint(1) == dataclasses.replace(recipe, name="other").fingerprint(1)
    spelt_out = dataclasses.replace(recipe.stages[0], hints=HintRecipe())
    assert recipe.fingerprint(1) != dataclasses.replace(recipe, stages=(spelt_out,)).fingerprint(1)
    bent = dataclasses.replace(recipe, hints=dataclasses.replace(recipe.hints, bend=0.1))
    straight = dataclasses.replace(bent, hints=dataclasses.replace(bent.hints, bend=0.0))
    assert bent.fingerprint(0) != recipe.fingerprint(0) == straight.fingerprint(0)


def test_a_stage_may_have_its_own_settings(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        "[hints]\nnone = 0.9\n[[stages]]\nphotos = 8\n[[stages]]\nphotos = 8\n"
        "[stages.hints]\nbend = 0.5\n[stages.loss]\nregression_kind = 'mse'\nfeatures = 0.1\n",
        encoding="utf-8",
    )
    recipe = load_recipe(str(path))
    first, second = recipe.stages
    assert recipe.hints_in(first).none == 0.9
    assert recipe.hints_in(second) == HintRecipe(bend=0.5)
    assert recipe.loss_in(first) == recipe.loss
    assert recipe.loss_in(second).regression_kind == "mse"
    assert recipe.aging_in(second) == recipe.aging
    assert HintedTeacher.needs_encoder(recipe)
    assert not HintedTeacher.needs_encoder(load_recipe("smoke"))
