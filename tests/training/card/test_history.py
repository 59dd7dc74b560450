"""How it was trained, and on what."""

from __future__ import annotations

import json
from pathlib import Path

from colorstudio.training.card import history
from colorstudio.training.card.facts import read_facts


def _rows(table: str) -> dict[str, str]:
    cells = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]
    return {row[0]: " | ".join(row[1:]) for row in cells}


def test_training_says_all_that_decided_it(model: Path) -> None:
    text = history.training(read_facts(model))
    assert text.startswith("```sh\ncolorstudio train mine --data photos/ --out run/\n```\n")
    rows = _rows(text)
    assert rows["recipe"] == "`recipe.toml`, seed 7"
    assert rows["stages"].startswith(
        "64 photos at 64 px in batches of 32, rate 0.001, encoder as it comes; then"
    )
    assert "128 photos at 160 px" in rows["stages"]
    assert "(strides 16 and 32) learning at 0.0001" in rows["stages"]
    assert rows["shown"] == "192 photos, counting repeats: each 2.0 times"
    assert rows["minutes"] == "12"
    assert "ImageNet" in rows["start"]
    assert rows["time budget"] == "20 minutes and none, to the end of the recipe"
    assert rows["hardware"] == "3 CPU cores (float32) and A card (bfloat16)"
    assert rows["resumed"].startswith("after 96 photos")
    assert rows["made with"] == "torch 9.9"
    assert rows["data"].startswith("100 photos, short side 144 px; 4 of them held out")
    assert "f" * 64 in rows["data"]
    assert rows["ageing"].startswith("40 % of the photos: contrast down by up to 35 %")
    assert "25 % on film blind to red" in rows["ageing"]
    assert "stained" not in rows["ageing"]  # it is off
    assert rows["hints"].startswith("30 % of the photos without, else 8 on average, at most 64")
    assert "12 % near edges of colour" in rows["hints, stage 2"]
    assert "losses, stage 2" not in rows
    assert "weight 0.05" in rows["losses"]
    assert "averaged weights (0.999)" in rows["optimiser"]


def test_settings_without_words_of_their_own_go_by_their_names(model: Path) -> None:
    recipe = model / "recipe.toml"
    text = recipe.read_text(encoding="utf-8").replace("[aging]", "[loss]\nhinted = 0.5\n[aging]")
    recipe.write_text(text, encoding="utf-8")
    assert _rows(history.training(read_facts(model)))["losses"].endswith("; hinted 0.5")


def test_learning_curve_is_short_and_keeps_both_ends(model: Path) -> None:
    table = history.learning_curve(read_facts(model)).split("\n\n")[1].splitlines()
    assert table[0] == "| photos shown | stage | minutes | gray | no hint | error at hint |"
    assert table[2] == "| 32 | 1 | 2 | 20.00 | 20.12 | 9.50 |"
    assert table[-1] == "| 192 | 2 | 12 | 20.00 | 20.75 | 9.50 |"  # there is no third stage
    assert len(table) == 2 + 6
    lines = [
        {"kind": "validation", "step": step, "stage": 0, "photos": step, "minutes": 1, "psnr": 20}
        for step in range(1, 101)
    ]
    (model / "metrics.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    table = history.learning_curve(read_facts(model)).split("\n\n")[1].splitlines()
    assert len(table) == 2 + 10
    assert [row.split(" | ")[0] for row in (table[2], table[3], table[-1])] == ["| 1", "| 12", "| 100"]


def test_steps_that_were_done_again_count_once(model: Path) -> None:
    """A run that was killed goes on from its checkpoint, before the end of the log."""
    log = model / "metrics.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines()
    again = [json.dumps({**json.loads(line), "minutes": 50}) for line in lines[4:8]]  # steps 3 and 4
    log.write_text("\n".join([*lines[:10], *again]), encoding="utf-8")
    steps = [(line["kind"], line["step"], line["minutes"]) for line in read_facts(model).log]
    kinds = ("train", "validation")
    assert steps == [(kind, step, 2 * step if step < 3 else 50) for step in range(1, 5) for kind in kinds]


def test_data_lists_each_file(model: Path) -> None:
    rows = _rows(history.data(read_facts(model)))
    assert rows["`a.zip`"] == f"90 | 3 | `{'a' * 64}`"
    assert rows["`./`"] == f"10 | 1 | `{'b' * 64}`"


def test_a_long_list_of_files_is_cut(model: Path) -> None:
    values = json.loads((model / "data.json").read_text(encoding="utf-8"))
    values["sources"] = [{**values["sources"][0], "file": f"{number}.zip"} for number in range(70)]
    (model / "data.json").write_text(json.dumps(values), encoding="utf-8")
    text = history.data(read_facts(model))
    assert "`59.zip`" in text
    assert "`60.zip`" not in text
    assert text.endswith("And 10 more, in `data.json`.")
