"""The card as a whole: what is new, what stays, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from colorstudio.errors import ModelError, TrainingError
from colorstudio.networks.descriptor import DESCRIPTION_FILE
from colorstudio.training.card.writing import write_card


def test_a_new_card_has_all_that_is_known(model: Path) -> None:
    text = write_card(model).read_text(encoding="utf-8")
    assert text.startswith("# Mine\n\nSaid of it.\n")
    assert "For all." in text
    assert "| weights | 1.2 MB, 6.25 million parameters; half precision, norms in single |" in text
    assert "(widths 24, 16, 16, 8), 1 block of attention at stride 16" in text
    assert "c" * 64 in text
    assert "## What it does well, and what not" in text
    assert "| vividness | 0.375 unless" in text
    assert "None" not in text


def test_a_card_of_a_bare_model_is_short(model: Path) -> None:
    for file in ("recipe.toml", "data.json", "run.json", "metrics.jsonl"):
        (model / file).unlink()
    text = write_card(model).read_text(encoding="utf-8")
    assert "1.2 MB" in text
    for name in ("training", "learning-curve", "data", "figures", "ablation"):
        assert f"<!-- generated: {name} -->\n<!-- end -->\n" in text


def test_what_was_written_by_hand_stays(model: Path) -> None:
    card = write_card(model)
    first = card.read_text(encoding="utf-8")
    assert write_card(model).read_text(encoding="utf-8") == first
    mine = "Own words.\n\n<!-- generated: data -->\nold | stale\n<!-- end -->\nGrüße \\1 {x}\n"
    card.write_text(mine, encoding="utf-8")
    text = write_card(model).read_text(encoding="utf-8")
    assert text.startswith("Own words.\n\n<!-- generated: data -->\n| file |")
    assert text.endswith("\n<!-- end -->\nGrüße \\1 {x}\n")
    assert "old" not in text


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("<!-- generated: daten -->\n<!-- end -->\n", "a section 'daten'; known are at-a-glance, training"),
        ("<!-- generated: data -->\n", "without an end"),
        ("<!-- generated: data -->\n<!-- generated: training -->\n<!-- end -->\n", "without an end"),
    ],
)
def test_a_card_that_cannot_be_kept_is_told_and_left_alone(model: Path, card: str, said: str) -> None:
    (model / "README.md").write_text(card, encoding="utf-8")
    with pytest.raises(TrainingError, match=said):
        write_card(model)
    assert (model / "README.md").read_text(encoding="utf-8") == card


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("data.json", "{"),
        ("data.json", '{"photos": 3}'),
        ("run.json", "[]"),
        ("run.json", '{"command": "x", "sessions": [{}]}'),
        ("metrics.jsonl", "{}\n{}"),
        ("metrics.jsonl", "no"),
        ("evaluation/a.json", '{"mean": {}}'),
        ("evaluation/a.json", "3"),
        ("ablation.json", '[{"name": "a"}]'),
        ("ablation.json", "3"),
        ("recipe.toml", "seed = 1"),
    ],
)
def test_damaged_files_are_told(model: Path, file: str, content: str) -> None:
    (model / file).write_text(content, encoding="utf-8")
    with pytest.raises(TrainingError) as caught:
        write_card(model)
    assert str(model) in str(caught.value)


def test_no_model_is_told(model: Path) -> None:
    (model / DESCRIPTION_FILE).unlink()
    with pytest.raises(ModelError):
        write_card(model)
