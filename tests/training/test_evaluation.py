from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.errors import PhotoReadError
from colorstudio.imaging.reading import read_photo
from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.networks.colorizer import Colorizer
from colorstudio.training.evaluation import (
    PhotoFigures,
    colourfulness,
    evaluate_auto,
    photos_of,
    psnr,
    stretched,
    to_rgb8,
)


@pytest.fixture(scope="module")
def colorizer() -> Colorizer:
    torch.manual_seed(0)
    network = HintedColorizer(HintedConfig(widths=(24, 16, 16, 8), attention_blocks=1, heads=2)).eval()
    return Colorizer("small", network, "cpu", 64)


def _flat(*rgb: int, rows: int = 8, cols: int = 8) -> np.ndarray:
    return np.broadcast_to(np.array(rgb, np.uint8), (rows, cols, 3)).copy()


def test_psnr_by_hand() -> None:
    assert psnr(_flat(10, 20, 30), _flat(13, 20, 30)) == pytest.approx(10 * math.log10(255**2 / 3))
    assert psnr(_flat(0, 0, 0), _flat(255, 255, 255)) == pytest.approx(0)
    assert psnr(_flat(255, 0, 0), _flat(0, 255, 0)) == pytest.approx(10 * math.log10(3 / 2))  # no wrap-around
    assert psnr(_flat(9, 9, 9), _flat(9, 9, 9)) == 100


def test_colourfulness_by_hand() -> None:
    assert colourfulness(_flat(77, 77, 77)) == 0
    # One colour has no spread: 0.3 times the length of (R - G, (R + G) / 2 - B).
    assert colourfulness(_flat(200, 100, 50)) == pytest.approx(0.3 * math.hypot(100, 100))
    # Half red, half green: rg is 255 or -255, yb is 127.5 everywhere.
    halves = np.concatenate([_flat(255, 0, 0), _flat(0, 255, 0)])
    assert colourfulness(halves) == pytest.approx(255 + 0.3 * 127.5)
    # Half red, half blue: rg is 255 or 0, yb is 127.5 or -255.
    halves = np.concatenate([_flat(255, 0, 0), _flat(0, 0, 255)])
    expected = math.hypot(127.5, 191.25) + 0.3 * math.hypot(127.5, 63.75)
    assert colourfulness(halves) == pytest.approx(expected)


def test_photos_are_stretched_and_brought_to_8_bits(tmp_path: Path) -> None:
    Image.fromarray(_flat(200, 100, 50, rows=30, cols=90)).save(tmp_path / "flat.png")
    small = stretched(read_photo(tmp_path / "flat.png"))
    assert small.shape == (256, 256, 3)
    assert small.dtype == np.uint8
    assert np.all(small == [200, 100, 50])
    Image.fromarray(np.full((20, 20), 200 * 257, np.uint16)).save(tmp_path / "deep.png")
    assert np.all(stretched(read_photo(tmp_path / "deep.png")) == 200)


def test_gray_has_no_colour_and_white_is_white() -> None:
    luminance = np.linspace(0, 100, 64, dtype=np.float32).reshape(8, 8)
    rgb = to_rgb8(luminance, np.zeros((8, 8, 2), np.float32))
    assert np.ptp(rgb.astype(int), axis=2).max() == 0
    assert rgb[0, 0, 0] == 0
    assert rgb[-1, -1, 0] == 255


def _make_set(folder: Path) -> list[Path]:
    rng = np.random.default_rng(0)
    base = rng.integers(0, 256, (6, 6, 3), dtype=np.uint8)
    Image.fromarray(base).resize((70, 50), Image.Resampling.BICUBIC).save(folder / "b.png")
    Image.fromarray(_flat(200, 100, 50, rows=40, cols=40)).save(folder / "a.png")
    Image.fromarray(np.asarray(Image.fromarray(base).convert("L"))).save(folder / "c.png")
    (folder / "notes.txt").write_text("no photo", encoding="utf-8")
    return sorted(folder.glob("*.png"))


def test_figures_have_the_agreed_keys(tmp_path: Path, colorizer: Colorizer) -> None:
    photos = _make_set(tmp_path)
    seen: list[PhotoFigures] = []
    result = json.loads(json.dumps(evaluate_auto(colorizer, photos, on_photo=seen.append)))
    assert {"protocol", "method", "model", "photos", "mean"} <= set(result)
    assert (result["protocol"], result["method"], result["model"]) == ("auto", "network", "small")
    keys = {"psnr", "psnr_gray", "ssim", "colourfulness", "colourfulness_true"}
    assert all(set(row) == keys | {"file"} for row in result["photos"])
    assert keys <= set(result["mean"])
    assert [row["file"] for row in result["photos"]] == ["a.png", "b.png", "c.png"] == [s.file for s in seen]
    for key in keys:
        values = [row[key] for row in result["photos"]]
        assert result["mean"][key] == pytest.approx(sum(values) / 3)
        assert all(math.isfinite(value) for value in values)


def test_gray_photos_need_no_colour_and_coloured_ones_do(tmp_path: Path, colorizer: Colorizer) -> None:
    rows = {row["file"]: row for row in evaluate_auto(colorizer, _make_set(tmp_path))["photos"]}
    assert rows["c.png"]["psnr_gray"] > 55
    assert rows["c.png"]["colourfulness_true"] == 0
    assert rows["a.png"]["psnr_gray"] < 15
    assert rows["a.png"]["colourfulness_true"] == pytest.approx(0.3 * math.hypot(100, 100))


def test_saturation_0_is_the_gray_baseline(tmp_path: Path, colorizer: Colorizer) -> None:
    result = evaluate_auto(colorizer, _make_set(tmp_path), saturation=0.0)
    for row in result["photos"]:
        assert row["psnr"] == row["psnr_gray"]
        assert row["colourfulness"] < 0.2  # channels may differ by one, by rounding
    assert result["mean"]["dcf"] == pytest.approx(result["mean"]["colourfulness_true"], abs=0.2)


def test_photos_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PhotoReadError, match="no photos of its own"):
        photos_of(tmp_path)
    photos = _make_set(tmp_path)
    assert photos_of(tmp_path) == photos
    assert photos_of(tmp_path, 2) == photos[:2]
    for absent in (tmp_path / "absent", photos[0]):
        with pytest.raises(PhotoReadError, match="There is no folder") as caught:
            photos_of(absent)
        assert str(absent) in str(caught.value)
