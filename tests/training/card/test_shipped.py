"""The cards of the networks in the box say what the files beside them say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from colorstudio.paths import shipped_models_dir
from colorstudio.training.card.writing import CARD, write_card

_MODELS = sorted(path.parent for path in shipped_models_dir().glob("*/model.toml"))


def test_there_are_networks_in_the_box() -> None:
    assert _MODELS


@pytest.mark.parametrize("folder", _MODELS, ids=[folder.name for folder in _MODELS])
def test_shipped_cards_are_up_to_date(folder: Path, tmp_path: Path) -> None:
    """If this fails: python scripts/model_card.py models/NAME."""
    copy = shutil.copytree(folder, tmp_path / folder.name)
    shipped = (folder / CARD).read_text(encoding="utf-8")
    assert "<!-- generated: figures -->\n`colorstudio evaluate" in shipped
    assert write_card(copy).read_text(encoding="utf-8") == shipped
