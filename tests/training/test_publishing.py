from __future__ import annotations

from pathlib import Path

import pytest

from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.networks.descriptor import DESCRIPTION_FILE, read_descriptor
from colorstudio.training.publishing import publish

_SMALL = HintedConfig(widths=(24, 16, 16, 8), attention_blocks=1, heads=2)


@pytest.fixture(scope="module")
def network() -> HintedColorizer:
    return HintedColorizer(_SMALL)


def test_a_model_has_its_run_beside_it(network: HintedColorizer, tmp_path: Path) -> None:
    run, folder = tmp_path / "run", tmp_path / "run" / "model"
    run.mkdir()
    (run / "recipe.toml").write_text("[[stages]]\nphotos = 32\n", encoding="utf-8")
    (run / "run.json").write_text('{"command": "what repeats it", "sessions": []}', encoding="utf-8")
    (run / "checkpoint.pt").touch()
    publish(network, "mine", folder, run=run)
    files = {path.name for path in folder.iterdir()}
    assert files == {"weights.safetensors", "model.toml", "recipe.toml", "run.json", "README.md"}
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert card.startswith("# Mine\n")
    assert "what repeats it" in card


def test_what_was_said_by_hand_outlives_a_second_run(network: HintedColorizer, tmp_path: Path) -> None:
    publish(network, "mine", tmp_path)
    model = tmp_path / DESCRIPTION_FILE
    text = model.read_text(encoding="utf-8").replace('title = "Mine"', 'title = "My own"')
    text = text.replace('licence = ""', 'licence = "Mine alone."').replace(
        "default = false", "default = true"
    )
    model.write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("Looked at.\n", encoding="utf-8")
    again = publish(network, "mine", tmp_path)
    assert again == read_descriptor(tmp_path)
    assert (again.title, again.licence, again.default) == ("My own", "Mine alone.", True)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "Looked at.\n"
    other = publish(network, "other-1", tmp_path)
    assert (other.title, other.licence, other.default) == ("Other 1", "", False)


def test_a_name_that_ends_in_a_year_tells_it(network: HintedColorizer, tmp_path: Path) -> None:
    assert publish(network, "zhang-2016", tmp_path).year == 2016
    model = tmp_path / DESCRIPTION_FILE
    model.write_text(
        model.read_text(encoding="utf-8").replace("year = 2016", "year = 2015"), encoding="utf-8"
    )
    assert publish(network, "zhang-2016", tmp_path).year == 2015
    assert publish(network, "studio-20167", tmp_path).year == 0


def test_a_damaged_description_is_replaced(network: HintedColorizer, tmp_path: Path) -> None:
    (tmp_path / DESCRIPTION_FILE).write_text("schema = ", encoding="utf-8")
    assert publish(network, "mine", tmp_path) == read_descriptor(tmp_path)
