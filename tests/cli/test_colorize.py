"""`colorize`: exit statuses, what goes to which stream, and what is left on disk."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio.imaging import atomic
from colorstudio.networks import registry
from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.networks.colorizer import Colorizer
from colorstudio.training.publishing import publish

Cli = Callable[..., tuple[int, str, str]]
Gray = Callable[..., Path]

_SMALL = ("--working-size", 32, "--device", "cpu")


def _listing(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_one_photo(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source = gray(tmp_path / "a.png")
    status, out, err = cli("colorize", source, "-o", tmp_path / "b.png", *_SMALL)
    assert (status, err) == (0, "")
    assert out.startswith(str(tmp_path / "b.png"))
    assert "56 x 40, alpha on cpu" in out
    with Image.open(tmp_path / "b.png") as written:
        assert (written.size, written.mode) == ((56, 40), "RGB")


def test_json_is_one_object_a_photo(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    sources = [gray(tmp_path / "a.png"), gray(tmp_path / "b.jpg", 30, 30)]
    status, out, _ = cli("colorize", *sources, "--json", "--model", "beta", *_SMALL)
    assert status == 0
    reports = [json.loads(line) for line in out.splitlines()]
    for report, source in zip(reports, sources, strict=True):
        keys = {"input", "output", "width", "height", "model", "device", "seconds", "peak_memory_bytes"}
        assert keys <= set(report)
        assert report["input"] == str(source)
        assert Path(report["output"]).is_file()
        assert (report["model"], report["device"]) == ("beta", "cpu")
        assert {"read", "predict", "write", "total"} <= set(report["seconds"])
    assert [(report["width"], report["height"]) for report in reports] == [(56, 40), (30, 30)]


def test_the_vividness_chooses_among_colours_and_is_told(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source = gray(tmp_path / "a.png")
    written: list[np.ndarray] = []
    for options, told in (((), 0.0), (("--vividness", 0), 0.0), (("--vividness", 1), 1.0)):
        status, out, _ = cli("colorize", source, "--overwrite", "--json", *options, *_SMALL)
        assert status == 0
        assert json.loads(out)["vividness"] == told
        with Image.open(tmp_path / "a-colour.png") as picture:
            written.append(np.asarray(picture).astype(int))
    usual, mean, vivid = written
    np.testing.assert_array_equal(usual, mean)  # this network comes with 0
    assert np.abs(vivid - mean).max() > 2


def test_the_smoothing_makes_colours_even_and_is_told(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source = gray(tmp_path / "a.png")
    written: list[np.ndarray] = []
    for options, told in (((), "none"), (("--smooth", "tv"), "tv"), (("--smooth", "crf"), "crf")):
        status, out, _ = cli("colorize", source, "--overwrite", "--json", "--vividness", 1, *options, *_SMALL)
        assert status == 0
        assert json.loads(out)["smoothing"] == told
        with Image.open(tmp_path / "a-colour.png") as picture:
            written.append(np.asarray(picture).astype(int))
    plain, flat, even = written
    assert np.abs(flat - plain).max() > 1
    assert np.abs(even - plain).max() > 1


def test_format_and_saturation(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source = gray(tmp_path / "a.jpg")
    assert cli("colorize", source, "--format", "tiff", "--saturation", 0, *_SMALL)[0] == 0
    with Image.open(tmp_path / "a-colour.tif") as written:
        pixels = np.asarray(written.convert("RGB")).astype(int)
    assert np.ptp(pixels, axis=2).max() == 0


def _png_bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 x 60,000."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _bad_photo(gray: Gray, folder: Path, kind: str) -> Path:
    path = folder / "bad.jpg"
    match kind:
        case "missing":
            return folder / "missing.jpg"
        case "empty folder":
            (folder / "empty").mkdir()
            return folder / "empty"
        case "zero bytes":
            path.touch()
        case "text":
            path.write_text("this is no photo\n" * 20, encoding="utf-8")
        case "truncated":
            whole = gray(folder / "whole.png", 200, 200)
            path = folder / "bad.png"
            path.write_bytes(whole.read_bytes()[:400])
            whole.unlink()
        case _:
            path = folder / "bad.png"
            path.write_bytes(_png_bomb())
    return path


@pytest.mark.parametrize("kind", ["missing", "empty folder", "zero bytes", "text", "truncated", "bomb"])
def test_bad_photos_end_in_one_line_and_leave_nothing(
    cli: Cli, gray: Gray, tmp_path: Path, kind: str
) -> None:
    bad = _bad_photo(gray, tmp_path, kind)
    before = _listing(tmp_path)
    status, out, err = cli("colorize", bad, "--out-dir", tmp_path / "out", *_SMALL)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("colorstudio: ")
    assert bad.name in err
    assert _listing(tmp_path) == before


def test_targets_that_cannot_be_written(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    source = gray(tmp_path / "a.png")
    there = tmp_path / "there.png"
    there.write_bytes(b"mine")
    before = _listing(tmp_path)
    for target, said in (
        (there, "exists already"),
        (there / "x.png", "not a folder"),
        (source, "a photo that was read"),
        (tmp_path / "x.gif", ".gif"),
        (tmp_path, "was not written|exists already|suffix"),
    ):
        status, out, err = cli("colorize", source, "-o", target, *_SMALL)
        assert (status, out) == (1, ""), target
        assert len(err.splitlines()) == 1
        assert any(part in err for part in said.split("|")), err
    assert cli("colorize", source, "-o", source, "--overwrite", *_SMALL)[0] == 1
    assert _listing(tmp_path) == before
    assert cli("colorize", source, "-o", there, "--overwrite", *_SMALL)[0] == 0
    assert there.read_bytes()[:4] == b"\x89PNG"


def test_overwriting_spares_the_other_photos(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    first, second = gray(tmp_path / "a.png"), gray(tmp_path / "a-colour.png", 20, 20)
    before = _listing(tmp_path)
    status, out, err = cli("colorize", first, second, "--overwrite", *_SMALL)
    assert status == 1
    assert str(second) in err.splitlines()[0]
    assert _listing(tmp_path).items() >= before.items()
    assert out.startswith(str(tmp_path / "a-colour-colour.png"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--saturation", "3"),
        ("--saturation", "-0.1"),
        ("--saturation", "nan"),
        ("--saturation", "much"),
        ("--quality", "0"),
        ("--quality", "95.5"),
        ("--format", "gif"),
        ("--device", "tpu"),
        ("--working-size", "1"),
        ("--unknown",),
        ("-o", "x.png", "--out-dir", "y"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(cli: Cli, gray: Gray, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    source = gray(tmp_path / "a.png")
    status, out, err = cli("colorize", source, *arguments)
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("colorstudio: ")
    assert _listing(tmp_path).keys() == {"a.png"}


def test_one_output_for_several_photos_is_wrong_usage(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    status, _, err = cli("colorize", gray(tmp_path / "a.png"), gray(tmp_path / "b.png"), "-o", "x.png")
    assert status == 2
    assert "--out-dir" in err


def test_unknown_model_is_told_once(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    sources = [gray(tmp_path / f"{i}.png") for i in range(3)]
    status, out, err = cli("colorize", *sources, "--model", "absent", *_SMALL)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "absent" in err
    assert "alpha, beta" in err


def test_damaged_model_is_told_once(
    cli: Cli, gray: Gray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(HintedColorizer(HintedConfig((24, 16, 16, 8), 1, 2)), "broken", tmp_path / "models" / "broken")
    (tmp_path / "models" / "broken" / "weights.safetensors").write_bytes(b"")
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: tmp_path / "models")
    sources = [gray(tmp_path / f"{i}.png") for i in range(3)]
    status, _, err = cli("colorize", *sources, *_SMALL)
    assert status == 1
    assert len(err.splitlines()) == 1
    assert "damaged" in err


def test_device_that_is_not_there_is_told_once(
    cli: Cli, gray: Gray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colorstudio.services.devices.available_devices", lambda: ["cpu"])
    sources = [gray(tmp_path / f"{i}.png") for i in range(2)]
    status, _, err = cli("colorize", *sources, "--device", "cuda")
    assert status == 1
    assert len(err.splitlines()) == 1
    assert "'cuda'" in err


def test_one_photo_fails_and_the_others_are_written(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.png").touch()
    first, last = gray(tmp_path / "a.png"), gray(tmp_path / "z.png")
    status, out, err = cli("colorize", first, tmp_path / "bad.png", tmp_path / "empty", last, *_SMALL)
    assert status == 1
    assert len(out.splitlines()) == 2
    assert (tmp_path / "a-colour.png").is_file()
    assert (tmp_path / "z-colour.png").is_file()
    assert sum("bad.png" in line for line in err.splitlines()) == 1
    assert sum(str(tmp_path / "empty") in line for line in err.splitlines()) == 1
    assert err.splitlines()[-1] == "colorstudio: 2 of 4 photos failed."


def test_no_memory_for_one_photo_lets_the_others_be_written(
    cli: Cli, gray: Gray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from colorstudio.services import exporting

    composite = exporting.composite

    def scarce(luminance: np.ndarray, *args: object, **kwargs: object) -> object:
        if luminance.shape[0] > 100:
            raise MemoryError
        return composite(luminance, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "composite", scarce)
    status, out, err = cli("colorize", gray(tmp_path / "a.png", 120, 50), gray(tmp_path / "b.png"), *_SMALL)
    assert status == 1
    assert len(out.splitlines()) == 1
    assert "not enough memory" in err.splitlines()[0]


def test_a_folder_is_mirrored_and_a_second_run_skips(cli: Cli, gray: Gray, tmp_path: Path) -> None:
    for name in ("a.png", "sub/b.jpg", "sub/deep/c.png"):
        gray(tmp_path / "in" / name)
    out_dir = tmp_path / "out"
    status, out, _ = cli("colorize", tmp_path / "in", "--out-dir", out_dir, *_SMALL)
    assert status == 0
    assert len(out.splitlines()) == 3
    written = _listing(out_dir)
    assert set(written) == {"a-colour.png", "sub/b-colour.jpg", "sub/deep/c-colour.png"}
    (out_dir / "sub/b-colour.jpg").unlink()
    status, out, err = cli("colorize", tmp_path / "in", "--out-dir", out_dir, *_SMALL)
    assert status == 0
    assert len(out.splitlines()) == 1
    assert "2 photos were coloured before" in err
    assert _listing(out_dir) == written
    status, out, _ = cli("colorize", tmp_path / "in", "--out-dir", out_dir, "--overwrite", *_SMALL)
    assert status == 0
    assert len(out.splitlines()) == 3


def test_ctrl_c_is_130_and_leaves_no_partial_file(
    cli: Cli, gray: Gray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = gray(tmp_path / "a.png")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, "fsync", interrupt)
        status, out, err = cli("colorize", source, "-o", tmp_path / "b.png", *_SMALL)
    assert (status, out, err) == (130, "", "colorstudio: Stopped.\n")
    assert _listing(tmp_path).keys() == {"a.png"}
    monkeypatch.setattr(Colorizer, "predict", interrupt)
    assert cli("colorize", source, "-o", tmp_path / "b.png", *_SMALL)[0] == 130
    assert _listing(tmp_path).keys() == {"a.png"}
