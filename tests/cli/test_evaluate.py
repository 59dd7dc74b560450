"""`evaluate`: the tables, the file of figures, and going on with it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from colorstudio.networks import registry
from colorstudio.networks.descriptor import DESCRIPTION_FILE
from colorstudio.services.evaluation import evaluating
from colorstudio.services.evaluation.encoder_distance import EncoderDistance

Cli = Callable[..., tuple[int, str, str]]

_SMALL = ("--working-size", 32, "--device", "cpu")
_ONE = ("--limit", 1)
_SCRIBBLES = ("--protocol", "zhang2017", "--method", "scribbles", "--counts", "5,0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three colour photos."""
    folder = tmp_path / "set"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(3):
        blocks = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(blocks).resize((64, 48), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the photos that are read."""
    names: list[str] = []
    read_photo = evaluating.read_photo

    def read(path: Path) -> Any:
        names.append(path.name)
        return read_photo(path)

    monkeypatch.setattr(evaluating, "read_photo", read)
    return names


@pytest.fixture(autouse=True)
def _quick_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the encoder, which takes most of the time: it has tests of its own."""

    def distance(_self: EncoderDistance, rgb8: np.ndarray, truth: np.ndarray) -> float:
        return float(np.abs(rgb8 - truth.astype(float)).mean())

    monkeypatch.setattr(EncoderDistance, "__call__", distance)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_it_prints_a_table_and_writes_json(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    status, out, err = cli("evaluate", folder, "--limit", 2, "--json", file, *_SMALL)
    assert (status, err) == (0, "")
    assert "network of alpha on 2 photos" in out
    assert "hints" not in out
    result = _json(file)
    assert (result["protocol"], result["method"], result["model"]) == ("auto", "network", "alpha")
    assert [photo["file"] for photo in result["photos"]] == ["0.png", "1.png"]
    assert set(result["photos"][0]) <= set(result["mean"]) | {"file"}
    assert len(result["thresholds"]) == len(result["mean"]["accuracy"])
    assert f"PSNR dB {result['mean']['psnr']:14.2f}   gray {result['mean']['psnr_gray']:.2f}" in out


@pytest.mark.parametrize("method", ["network", "scribbles", "hybrid"])
def test_hints_make_a_column_each(method: str, cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    options = ("--protocol", "icolorit", "--method", method, "--counts", "100,7,7", "--limit", 1)
    if method != "scribbles":
        options = (*options, *_SMALL)
    status, out, err = cli("evaluate", folder, *options, "--json", file)
    assert (status, err) == (0, "")
    result = _json(file)
    assert (result["protocol"], result["method"], result["counts"]) == ("icolorit", method, [7, 100])
    assert result["model"] == (None if method == "scribbles" else "alpha")
    of_network, of_propagation = {"model_sha256", "working_size_px", "vividness"}, {"weights"}
    always = {"protocol", "method", "model", "saturation", "counts", "photos", "mean", "encoder"}
    costs = set() if method == "scribbles" else {"parameters", "weights_bytes", "multiply_adds"}
    assert (
        set(result) - always - costs
        == {
            "network": of_network,
            "scribbles": of_propagation,
            "hybrid": of_network | of_propagation | {"reach"},
        }[method]
    )
    lines = {line[:16].strip(): line[16:].split() for line in out.splitlines()[1:]}
    assert lines["hints"] == ["7", "100"]
    assert lines["PSNR dB"][:2] == [f"{value:.2f}" for value in result["mean"]["psnr"]]
    assert lines["PSNR dB"][2:] == ["gray", f"{result['mean']['psnr_gray']:.2f}"]
    assert len(lines["SSIM"]) == len(lines["dCF"]) == len(lines["RMSE of 255"]) == 2
    assert lines["AuC balanced"][2] == lines["encoder dist."][2] == "gray"


def test_auto_measures_the_mean_and_beside_it_what_the_network_comes_with(
    cli: Cli, folder: Path, tmp_path: Path, models_folder: Path
) -> None:
    file, description = tmp_path / "figures.json", models_folder / "alpha" / DESCRIPTION_FILE
    words = description.read_text(encoding="utf-8")
    try:
        description.write_text(words.replace("vividness = 0.0", "vividness = 1.0"), encoding="utf-8")
        status, out, err = cli("evaluate", folder, "--limit", 2, "--json", file, *_SMALL)
    finally:
        description.write_text(words, encoding="utf-8")
    assert (status, err) == (0, "")
    result = _json(file)
    assert (result["vividness"], result["vividness_default"]) == (0.0, 1.0)
    alone: dict[float, Any] = {}
    for vividness in (0.0, 1.0):
        options = ("--vividness", vividness, "--json", file, "--overwrite", *_SMALL)
        assert cli("evaluate", folder, "--limit", 2, *options)[0] == 0
        alone[vividness] = _json(file)
        assert alone[vividness]["vividness"] == vividness
        assert "vividness_default" not in alone[vividness]
    for key in ("psnr", "rmse", "ssim", "auc", "auc_balanced", "colourfulness", "dcf"):
        assert result["mean"][key] == alone[0.0]["mean"][key]
        assert result["mean"][f"{key}_default"] == alone[1.0]["mean"][key]
        assert result["mean"][key] != result["mean"][f"{key}_default"]
    assert "at the network's own vividness" in out
    assert f"dCF {result['mean']['dcf_default']:18.2f}" in out


def test_the_vividness_goes_for_hints_too(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    options = ("--protocol", "icolorit", "--counts", "0,5", *_ONE, "--json", file, "--overwrite", *_SMALL)
    for method in ("network", "hybrid"):
        means: list[Any] = []
        for vividness in ((), ("--vividness", 1)):
            assert cli("evaluate", folder, "--method", method, *options, *vividness)[0] == 0
            means.append(_json(file)["mean"]["psnr"])
        assert np.abs(np.subtract(*means)).min() > 0.001
        assert "psnr_default" not in _json(file)["mean"]


def test_suggestions_are_shares_of_places(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    status, out, err = cli("evaluate", folder, *_ONE, "--protocol", "suggestions", "--json", file, *_SMALL)
    assert (status, err) == (0, "")
    result = _json(file)
    assert (result["protocol"], result["model"]) == ("suggestions", "alpha")
    assert "network of alpha on 1 photos" in out
    assert f"one of five {result['mean']['hit_5']:10.1%}" in out
    assert result["mean"]["hit_best"] <= result["mean"]["hit_5"]
    assert "saturation" not in result


@pytest.mark.parametrize("method", ["network", "scribbles", "hybrid"])
def test_locality_tells_what_edits_change(method: str, cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    options = () if method == "scribbles" else _SMALL
    status, out, err = cli(
        "evaluate", folder, *_ONE, "--protocol", "locality", "--method", method, "--json", file, *options
    )
    assert (status, err) == (0, "")
    mean = _json(file)["mean"]
    assert mean["edits"] >= 1
    assert f"edits a photo {mean['edits']:8.2f}" in out
    assert f"at the hint {mean['at_hint']:10.2f}" in out
    assert f"{mean['outside_visible']:8.1%}   of it visibly" in out
    assert (mean["at_hint"] < 0.1) == (method != "network")


def test_photos_without_anything_to_edit_are_told(cli: Cli, tmp_path: Path) -> None:
    Image.fromarray(np.full((40, 40, 3), 90, np.uint8)).save(tmp_path / "flat.png")
    status, out, err = cli("evaluate", tmp_path, "--protocol", "locality", "--method", "scribbles")
    assert (status, err) == (0, "")
    assert "edits a photo     0.00" in out
    assert "at the hint" not in out


def test_scribbles_need_no_model(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: tmp_path / "absent")
    assert cli("evaluate", folder, *_SCRIBBLES, "--limit", 1)[0] == 0
    assert cli("evaluate", folder, "--limit", 1)[0] == 1


def test_the_counts_are_the_protocols_own_if_none_are_given(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    status, _, _ = cli("evaluate", folder, "--protocol", "icolorit", "--limit", 1, "--json", file, *_SMALL)
    assert status == 0
    assert _json(file)["counts"] == [0, 1, 2, 5, 10, 20, 50, 100, 200]
    assert len(_json(file)["mean"]["psnr"]) == 9


def test_it_goes_on_with_the_same_settings_only(
    cli: Cli, folder: Path, tmp_path: Path, measured: list[str]
) -> None:
    file = tmp_path / "figures.json"
    assert cli("evaluate", folder, *_SCRIBBLES, "--limit", 1, "--json", file)[0] == 0
    assert cli("evaluate", folder, *_SCRIBBLES, "--json", file)[0] == 0
    assert measured == ["0.png", "1.png", "2.png"]
    before = file.read_bytes()
    for options in (
        ("--weights", "levin"),
        ("--saturation", 0.9),
        ("--counts", 0),
        ("--protocol", "icolorit"),
        ("--limit", 2),
    ):
        status, _, err = cli("evaluate", folder, *_SCRIBBLES, *options, "--json", file)
        assert (status, len(err.splitlines())) == (2, 1)
        assert str(file) in err
    assert file.read_bytes() == before
    assert len(measured) == 3
    status, _, _ = cli("evaluate", folder, *_SCRIBBLES, "--limit", 1, "--json", file, "--overwrite")
    assert (status, measured[3:]) == (0, ["0.png"])
    assert len(_json(file)["photos"]) == 1


def test_another_model_of_the_same_name_is_not_mixed_in(
    cli: Cli, folder: Path, tmp_path: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "figures.json"
    assert cli("evaluate", folder, "--limit", 1, "--json", file, *_SMALL)[0] == 0
    find_model = registry.find_model

    def changed(name: str = "") -> Any:
        model = find_model(name)
        object.__setattr__(model, "weights_sha256", "0" * 64)
        return model

    monkeypatch.setattr(registry, "find_model", changed)
    monkeypatch.setattr("colorstudio.networks.colorizer.load_network", lambda *_: None)
    status, _, err = cli("evaluate", folder, "--limit", 1, "--json", file, *_SMALL)
    assert status == 2
    assert "model_sha256" in err


def test_figures_of_before_are_completed(cli: Cli, folder: Path, tmp_path: Path, measured: list[str]) -> None:
    """A file from before there was a figure: its photos are measured again, and only those."""
    file = tmp_path / "figures.json"
    assert cli("evaluate", folder, *_SCRIBBLES, "--json", file)[0] == 0
    whole = _json(file)
    old = {key: value for key, value in whole.items() if key not in ("mean", "encoder")}
    old["photos"] = [dict(row) for row in whole["photos"]]
    del old["photos"][1]["auc"]
    file.write_text(json.dumps(old), encoding="utf-8")
    measured.clear()
    assert cli("evaluate", folder, *_SCRIBBLES, "--json", file)[0] == 0
    assert measured == ["1.png"]
    assert _json(file)["photos"][1] == whole["photos"][1]
    assert _json(file)["encoder"] == "alpha"


def test_costs_and_time(cli: Cli, folder: Path, tmp_path: Path, models_folder: Path) -> None:
    file = tmp_path / "figures.json"
    status, out, _ = cli("evaluate", folder, "--limit", 2, "--timing", "--json", file, *_SMALL)
    assert status == 0
    result = _json(file)
    assert result["weights_bytes"] == (models_folder / "alpha" / "weights.safetensors").stat().st_size
    assert result["parameters"] > 1e6
    assert result["multiply_adds"] > 1e6
    assert "G multiply-adds a photo" in out
    assert f"median, on {result['machine']}" in out
    assert min(row["seconds"] for row in result["photos"]) > 0
    # They stay with the figures when those are asked for again without.
    assert cli("evaluate", folder, "--limit", 2, "--json", file, *_SMALL)[0] == 0
    assert _json(file) == result


def test_the_smoothing_is_a_setting(cli: Cli, folder: Path, tmp_path: Path) -> None:
    means: list[Any] = []
    for smoothing in ("none", "tv", "crf"):
        file = tmp_path / f"{smoothing}.json"
        options = ("--vividness", 1, "--smooth", smoothing, "--json", file, *_SMALL)
        assert cli("evaluate", folder, *_ONE, *options)[0] == 0
        assert _json(file).get("smoothing", "none") == smoothing
        means.append(_json(file)["mean"]["psnr"])
    assert len(set(means)) == 3


def test_results_side_by_side(cli: Cli, folder: Path, tmp_path: Path, measured: list[str]) -> None:
    plain, smooth, plot = tmp_path / "plain.json", tmp_path / "smooth.json", tmp_path / "chart.png"
    assert cli("evaluate", folder, *_ONE, "--json", plain, *_SMALL)[0] == 0
    smoothed = ("--smooth", "tv", "--json", smooth)
    status, out, _ = cli("evaluate", folder, *_ONE, *_SMALL, *smoothed, "--compare", plain, "--plot", plot)
    assert status == 0
    assert "auto, 1 photos that all have" in out
    lines = {line.split("  ")[1].strip(): line for line in out.splitlines() if line.startswith("  ")}
    assert f"{_json(plain)['mean']['psnr']:.2f}" in lines["alpha"]
    assert "alpha, smoothed by tv" in lines
    assert plot.read_bytes().startswith(b"\x89PNG")
    measured.clear()
    again = tmp_path / "again.pdf"
    status, out_again, _ = cli("evaluate", "--compare", smooth, plain, "--plot", again)
    assert (status, measured) == (0, [])
    assert out_again.splitlines() == out.splitlines()[-len(out_again.splitlines()) :]
    assert again.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_compared_is_told(cli: Cli, folder: Path, tmp_path: Path) -> None:
    auto, hints = tmp_path / "auto.json", tmp_path / "hints.json"
    assert cli("evaluate", folder, *_ONE, "--json", auto, *_SMALL)[0] == 0
    assert cli("evaluate", folder, *_SCRIBBLES, *_ONE, "--json", hints)[0] == 0
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    for arguments, message in (
        (("--compare", auto, hints), "different protocols"),
        (("--compare", tmp_path / "notes.json"), "no figures"),
        (("--compare", tmp_path / "absent.json"), "absent.json"),
        ((), "nothing to measure"),
    ):
        status, out, err = cli("evaluate", *arguments)
        assert (status != 0, out, len(err.splitlines())) == (True, "", 1)
        assert message in err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_keeps_what_is_measured(
    number: signal.Signals, cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, read_photo = tmp_path / "figures.json", evaluating.read_photo

    def interrupted(path: Path) -> Any:
        if path.name == "1.png":
            os.kill(os.getpid(), number)
        return read_photo(path)

    with monkeypatch.context() as patch:
        patch.setattr(evaluating, "read_photo", interrupted)
        status, out, err = cli("evaluate", folder, *_SCRIBBLES, "--json", file)
    assert (status, out, err) == (130, "", "colorstudio: Stopped.\n")
    assert [row["file"] for row in _json(file)["photos"]] == ["0.png"]
    assert "mean" not in _json(file)
    assert cli("evaluate", folder, *_SCRIBBLES, "--json", file)[0] == 0
    assert len(_json(file)["photos"]) == 3


@pytest.mark.parametrize(
    "options",
    [
        ("--limit", 0),
        ("--protocol", "none"),
        ("--method", "hybrid"),
        ("--counts", "1,2"),
        ("--protocol", "zhang2017", "--weights", "levin"),
        ("--protocol", "zhang2017", "--method", "scribbles", "--model", "alpha"),
        ("--protocol", "zhang2017", "--method", "scribbles", *_SMALL),
        ("--protocol", "zhang2017", "--counts", "1,,2"),
        ("--protocol", "zhang2017", "--counts", "1,-2"),
        ("--protocol", "zhang2017", "--counts", "1.5"),
        ("--protocol", "suggestions", "--method", "hybrid"),
        ("--protocol", "suggestions", "--counts", "5"),
        ("--protocol", "suggestions", "--saturation", "0.9"),
        ("--protocol", "locality", "--counts", "5"),
        ("--protocol", "locality", "--saturation", "0.9"),
        ("--protocol", "locality", "--weights", "levin"),
        ("--vividness", "1.1"),
        ("--protocol", "suggestions", "--vividness", "0.5"),
        ("--protocol", "zhang2017", "--method", "scribbles", "--vividness", "0.5"),
        ("--protocol", "zhang2017", "--method", "scribbles", "--smooth", "tv"),
        ("--protocol", "suggestions", "--smooth", "tv"),
        ("--protocol", "locality", "--timing"),
        ("--protocol", "suggestions", "--plot", "a.png"),
        ("--plot", "a.gif"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    options: tuple[object, ...], cli: Cli, folder: Path, measured: list[str]
) -> None:
    status, out, err = cli("evaluate", folder, *options)
    assert (status, out) == (2, "")
    assert err
    assert measured == []


def test_it_says_what_is_wrong(cli: Cli, folder: Path, tmp_path: Path, measured: list[str]) -> None:
    status, _, err = cli("evaluate", tmp_path / "absent")
    assert (status, len(err.splitlines())) == (1, 1)
    assert "absent" in err
    status, _, err = cli("evaluate", folder, "--limit", 1, "--json", folder / "0.png" / "x.json", *_SMALL)
    assert (status, len(err.splitlines())) == (1, 1)
    assert "x.json" in err
    assert measured == []
