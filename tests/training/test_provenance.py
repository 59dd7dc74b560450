from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from colorstudio.errors import TrainingError
from colorstudio.training import provenance
from colorstudio.training.pool import load_pool
from colorstudio.training.provenance import Session, describe_hardware, record_session, write_data_list
from colorstudio.training.recipe import DataRecipe


def _session(photos: int = 0) -> Session:
    return Session(photos, photos / 10, "2 CPU cores", "float32", None)


def test_data_list_counts_every_photo_once(photos_folder: Path, tmp_path: Path) -> None:
    recipe = DataRecipe(held_out_share=0.4, short_side_px=64)
    pool = load_pool(photos_folder, recipe)
    write_data_list(tmp_path, pool, recipe)
    values = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    learnt, held_out = pool.split(0.4)
    assert len(learnt) > 0 < len(held_out)
    assert values.pop("sources") == [
        {"file": "./", "sha256": pool.sources[0].sha256, "photos": 24, "held_out": len(held_out)}
    ]
    assert values == {
        "photos": 24,
        "held_out": len(held_out),
        "held_out_share": 0.4,
        "short_side_px": 64,
        "sha256": pool.fingerprint,
    }


def test_a_run_that_goes_on_has_one_more_session(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    record_session(first, _session(), command="one", recipe_text="seed = 1 # ü\n")
    record_session(second, _session(100), command="two", recipe_text="", resumed=first)
    run = json.loads((second / "run.json").read_text(encoding="utf-8"))
    assert run["command"] == "two"
    assert run["versions"]["torch"] == torch.__version__
    assert [(session["photos"], session["minutes"]) for session in run["sessions"]] == [(0, 0), (100, 10)]
    assert (first / "recipe.toml").read_text(encoding="utf-8") == "seed = 1 # ü\n"
    record_session(second, _session(), command="anew", recipe_text="")
    assert len(json.loads((second / "run.json").read_text(encoding="utf-8"))["sessions"]) == 1


def test_a_run_without_a_record_can_go_on(tmp_path: Path) -> None:
    """Runs of before there were records."""
    record_session(tmp_path, _session(5), command="", recipe_text="", resumed=tmp_path / "before")
    assert len(json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["sessions"]) == 1


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"run\.json cannot be read"):
        record_session(tmp_path, _session(), command="", recipe_text="", resumed=tmp_path)


def test_hardware_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, threads, said in (
        (1, 1, "1 CPU core"),
        (2, 2, "2 CPU cores"),
        (2, 1, "1 of 2 CPU cores"),
        (2, 4, "2 CPU cores"),
    ):
        monkeypatch.setattr(provenance, "usable_cores", lambda cores=cores: cores)
        monkeypatch.setattr(torch, "get_num_threads", lambda threads=threads: threads)
        assert describe_hardware(torch.device("cpu")) == said
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: f"A card ({device})")
    assert describe_hardware(torch.device("cuda")) == "A card (cuda)"
