"""The command line: exit statuses, what goes to which stream, and what is left on disk."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio import __version__
from colorstudio.cli import run
from colorstudio.imaging import atomic
from colorstudio.networks import registry
from colorstudio.networks.architectures.hinted import HintedColorizer, HintedConfig
from colorstudio.networks.colorizer import Colorizer
from colorstudio.training.publishing import publish


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small models with random weights; "alpha" comes first."""
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    small = HintedConfig(widths=(24, 16, 16, 8), attention_blocks=1, heads=2)
    for name in ("alpha", "beta"):
        publish(HintedColorizer(small).eval(), name, folder / name)
    return folder


@pytest.fixture(autouse=True)
def _only_small_models(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: models_folder)


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command: exit status, standard output, standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        try:
            status = run([str(argument) for argument in arguments])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return call


Cli = Callable[..., tuple[int, str, str]]


def _gray(path: Path, rows: int = 40, cols: int = 56) -> Path:
    tone = np.linspace(20, 230, rows * cols).reshape(rows, cols)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.rint(tone).astype(np.uint8)).save(path)
    return path


def _listing(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


_SMALL = ("--working-size", 32, "--device", "cpu")


# -- colorize ---------------------------------------------------------------------------------------


def test_one_photo(cli: Cli, tmp_path: Path) -> None:
    source = _gray(tmp_path / "a.png")
    status, out, err = cli("colorize", source, "-o", tmp_path / "b.png", *_SMALL)
    assert (status, err) == (0, "")
    assert out.startswith(str(tmp_path / "b.png"))
    assert "56 x 40, alpha on cpu" in out
    with Image.open(tmp_path / "b.png") as written:
        assert (written.size, written.mode) == ((56, 40), "RGB")


def test_json_is_one_object_a_photo(cli: Cli, tmp_path: Path) -> None:
    sources = [_gray(tmp_path / "a.png"), _gray(tmp_path / "b.jpg", 30, 30)]
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


def test_format_and_saturation(cli: Cli, tmp_path: Path) -> None:
    source = _gray(tmp_path / "a.jpg")
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


def _bad_photo(folder: Path, kind: str) -> Path:
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
            whole = _gray(folder / "whole.png", 200, 200)
            path = folder / "bad.png"
            path.write_bytes(whole.read_bytes()[:400])
            whole.unlink()
        case _:
            path = folder / "bad.png"
            path.write_bytes(_png_bomb())
    return path


@pytest.mark.parametrize("kind", ["missing", "empty folder", "zero bytes", "text", "truncated", "bomb"])
def test_bad_photos_end_in_one_line_and_leave_nothing(cli: Cli, tmp_path: Path, kind: str) -> None:
    bad = _bad_photo(tmp_path, kind)
    before = _listing(tmp_path)
    status, out, err = cli("colorize", bad, "--out-dir", tmp_path / "out", *_SMALL)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("colorstudio: ")
    assert bad.name in err
    assert _listing(tmp_path) == before


def test_targets_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    source = _gray(tmp_path / "a.png")
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


def test_overwriting_spares_the_other_photos(cli: Cli, tmp_path: Path) -> None:
    first, second = _gray(tmp_path / "a.png"), _gray(tmp_path / "a-colour.png", 20, 20)
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
def test_wrong_usage_is_2(cli: Cli, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    source = _gray(tmp_path / "a.png")
    status, out, err = cli("colorize", source, *arguments)
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("colorstudio: ")
    assert _listing(tmp_path).keys() == {"a.png"}


def test_one_output_for_several_photos_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    status, _, err = cli("colorize", _gray(tmp_path / "a.png"), _gray(tmp_path / "b.png"), "-o", "x.png")
    assert status == 2
    assert "--out-dir" in err


def test_unknown_model_is_told_once(cli: Cli, tmp_path: Path) -> None:
    sources = [_gray(tmp_path / f"{i}.png") for i in range(3)]
    status, out, err = cli("colorize", *sources, "--model", "absent", *_SMALL)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "absent" in err
    assert "alpha, beta" in err


def test_damaged_model_is_told_once(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(HintedColorizer(HintedConfig((24, 16, 16, 8), 1, 2)), "broken", tmp_path / "models" / "broken")
    (tmp_path / "models" / "broken" / "weights.safetensors").write_bytes(b"")
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: tmp_path / "models")
    sources = [_gray(tmp_path / f"{i}.png") for i in range(3)]
    status, _, err = cli("colorize", *sources, *_SMALL)
    assert status == 1
    assert len(err.splitlines()) == 1
    assert "damaged" in err


def test_device_that_is_not_there_is_told_once(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colorstudio.services.devices.available_devices", lambda: ["cpu"])
    sources = [_gray(tmp_path / f"{i}.png") for i in range(2)]
    status, _, err = cli("colorize", *sources, "--device", "cuda")
    assert status == 1
    assert len(err.splitlines()) == 1
    assert "'cuda'" in err


def test_one_photo_fails_and_the_others_are_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.png").touch()
    first, last = _gray(tmp_path / "a.png"), _gray(tmp_path / "z.png")
    status, out, err = cli("colorize", first, tmp_path / "bad.png", tmp_path / "empty", last, *_SMALL)
    assert status == 1
    assert len(out.splitlines()) == 2
    assert (tmp_path / "a-colour.png").is_file()
    assert (tmp_path / "z-colour.png").is_file()
    assert sum("bad.png" in line for line in err.splitlines()) == 1
    assert sum(str(tmp_path / "empty") in line for line in err.splitlines()) == 1
    assert err.splitlines()[-1] == "colorstudio: 2 of 4 photos failed."


def test_no_memory_for_one_photo_lets_the_others_be_written(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from colorstudio.services import exporting

    composite = exporting.composite

    def scarce(luminance: np.ndarray, *args: object, **kwargs: object) -> object:
        if luminance.shape[0] > 100:
            raise MemoryError
        return composite(luminance, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "composite", scarce)
    status, out, err = cli("colorize", _gray(tmp_path / "a.png", 120, 50), _gray(tmp_path / "b.png"), *_SMALL)
    assert status == 1
    assert len(out.splitlines()) == 1
    assert "not enough memory" in err.splitlines()[0]


def test_a_folder_is_mirrored_and_a_second_run_skips(cli: Cli, tmp_path: Path) -> None:
    for name in ("a.png", "sub/b.jpg", "sub/deep/c.png"):
        _gray(tmp_path / "in" / name)
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
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _gray(tmp_path / "a.png")

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


# -- models ------------------------------------------------------------------------------------------


def test_models_list_and_show(cli: Cli) -> None:
    status, out, _ = cli("models", "list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["alpha", "beta"]
    status, out, _ = cli("models", "show", "beta")
    assert status == 0
    shown = dict(line.split(maxsplit=1) for line in out.splitlines() if len(line.split()) > 1)
    assert shown["name"] == "beta"
    assert len(shown["sha256"]) == 64
    assert cli("models", "show")[1].splitlines()[0].split()[1] == "alpha"
    status, out, err = cli("models", "show", "absent")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1


# -- evaluate ------------------------------------------------------------------------------------------


def _coloured_set(folder: Path) -> Path:
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(3):
        blocks = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(blocks).resize((64, 48), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    return folder


def test_evaluate_prints_a_table_and_writes_json(cli: Cli, tmp_path: Path) -> None:
    folder, file = _coloured_set(tmp_path / "set"), tmp_path / "figures.json"
    status, out, err = cli("evaluate", folder, "--limit", 2, "--json", file, *_SMALL)
    assert (status, err) == (0, "")
    assert "alpha on 2 photos" in out
    assert "PSNR" in out
    result = json.loads(file.read_text(encoding="utf-8"))
    assert [photo["file"] for photo in result["photos"]] == ["0.png", "1.png"]
    assert set(result["photos"][0]) <= set(result["mean"]) | {"file"}
    assert f"{result['mean']['psnr']:.2f}" in out


def test_evaluate_says_what_is_wrong(cli: Cli, tmp_path: Path) -> None:
    status, _, err = cli("evaluate", tmp_path / "absent")
    assert (status, len(err.splitlines())) == (1, 1)
    assert "absent" in err
    folder = _coloured_set(tmp_path / "set")
    status, _, err = cli("evaluate", folder, "--limit", 1, "--json", folder / "0.png" / "x.json", *_SMALL)
    assert status == 1
    assert "x.json" in err
    assert cli("evaluate", folder, "--limit", 0)[0] == 2
    assert cli("evaluate", folder, "--protocol", "none")[0] == 2


# -- train ---------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of photos to learn from; the encoder starts from what it happens to be."""
    monkeypatch.setattr("colorstudio.training.pretrained.published_encoder_state", lambda path: None)
    monkeypatch.setattr("colorstudio.training.validation._SIZE_PX", 64)
    folder = tmp_path / "data"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(24):
        blocks = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(blocks).resize((80, 72), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    return folder


def test_train_stop_and_resume(cli: Cli, tmp_path: Path, data: Path) -> None:
    out = tmp_path / "run"
    status, text, err = cli(
        "train", "smoke", "--data", data, "--out", out, "--max-minutes", 0, "--device", "cpu"
    )
    assert (status, err) == (0, "")
    assert "24 photos, recipe smoke" in text
    assert "Stopped at 12%" in text
    status, text, _ = cli("train", "smoke", "--data", data, "--out", out, "--resume", out, "--device", "cpu")
    assert status == 0
    assert "psnr_gray" in text
    assert f"Done: weights in {out / 'model'}" in text
    lines = [json.loads(line) for line in (out / "metrics.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["kind"] == "validation"
    assert lines[-1]["photos"] == 64
    assert {"checkpoint.pt", "contact-sheet.jpg", "metrics.jsonl", "model"} <= {p.name for p in out.iterdir()}
    assert cli("models", "add", out / "model")[0] == 0
    photo = _gray(tmp_path / "a.png")
    assert cli("colorize", photo, "--model", "smoke", "-o", tmp_path / "b.png", *_SMALL)[0] == 0


def test_train_says_what_is_wrong(cli: Cli, tmp_path: Path, data: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "none").mkdir()
    for arguments, said in (
        (("absent", "--data", data, "--out", tmp_path / "o"), "absent"),
        (("smoke", "--data", tmp_path / "none", "--out", tmp_path / "o"), "No photos found"),
        (("smoke", "--data", data, "--out", tmp_path / "file"), "cannot be made"),
        (("smoke", "--data", data, "--out", tmp_path / "o", "--resume", tmp_path / "none"), "no checkpoint"),
        (("smoke", "--data", data, "--out", tmp_path / "o", "--limit", 1), "too few"),
    ):
        status, _, err = cli("train", *arguments, "--device", "cpu")
        assert status == 1
        assert len(err.splitlines()) == 1
        assert said in err
    assert cli("train", "smoke", "--data", data)[0] == 2
    assert cli("train", "smoke", "--data", data, "--out", "o", "--max-minutes", "-1")[0] == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_training_saves(cli: Cli, tmp_path: Path, data: Path, number: signal.Signals) -> None:
    out = tmp_path / "run"
    before = signal.getsignal(signal.SIGINT)
    stop = threading.Event()

    def interrupt() -> None:
        # As soon as training has begun to handle it itself.
        while signal.getsignal(signal.SIGINT) is before and not stop.wait(0.01):
            pass
        if not stop.is_set():
            os.kill(os.getpid(), number)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        status, text, _ = cli("train", "smoke", "--data", data, "--out", out, "--device", "cpu")
    finally:
        stop.set()
        thread.join()
    assert status == 130
    assert "Stopped at" in text
    assert (out / "model").is_dir()
    assert signal.getsignal(signal.SIGINT) is before
    again = ("train", "smoke", "--data", data, "--out", out, "--resume", out, "--max-minutes", 0)
    assert cli(*again, "--device", "cpu")[0] == 0


# -- the window without a display ------------------------------------------------------------------------


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)


pytest_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")


@pytest_linux
@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize("arguments", [(), ("gui",), ("a.png",)], ids=str)
def test_no_display_is_one_line(cli: Cli, arguments: tuple[str, ...]) -> None:
    status, out, err = cli(*arguments)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "display" in err


@pytest_linux
@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_pictures_are_written(cli: Cli, tmp_path: Path) -> None:
    photos = [_gray(tmp_path / folder / "a.png") for folder in "xy"]
    out_dir = tmp_path / "out" / "deep"
    status, out, err = cli("gui", *photos, "--headless-output", out_dir)
    assert (status, err) == (0, "")
    said, *paths = out.splitlines()
    assert "no display" in said
    assert len(set(paths)) == 4
    sizes = []
    for path in paths:
        assert Path(path).parent == out_dir
        with Image.open(path) as picture:
            sizes.append(picture.size)
    assert sizes[0] == sizes[2] == (56, 40)
    assert sizes[1] == sizes[3]
    assert sizes[1][0] > 2 * 56
    assert cli("gui", tmp_path / "absent.png", "--headless-output", out_dir)[0] == 1
    assert cli("gui", photos[0], "--headless-output", photos[0])[0] == 1


def test_with_a_display_the_window_opens(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = pytest.importorskip("colorstudio.gui.app")
    opened: list[list[Path]] = []
    monkeypatch.setattr(app, "main", lambda paths: opened.append(paths) or 0)
    assert cli()[0] == 0
    assert cli("gui", "a.png")[0] == 0
    assert cli("b.png", "c.png")[0] == 0
    assert opened == [[], [Path("a.png")], [Path("b.png"), Path("c.png")]]


# -- what goes wrong anywhere ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "not enough memory"),
        (OSError(28, "No space left on device", "log"), "log cannot be used"),
    ],
)
def test_the_machine_fails_in_one_line(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(registry, "list_models", fail)
    status, out, err = cli("models", "list")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert said in err


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version")[:2] == (0, f"colorstudio {__version__}\n")
    status, out, _ = cli("--help")
    assert status == 0
    assert all(command in out for command in ("gui", "colorize", "evaluate", "models", "train"))


# -- as a process of its own ------------------------------------------------------------------------------


@pytest.fixture
def environment(models_folder: Path) -> dict[str, str]:
    """In which the small models are the user's."""
    from colorstudio.paths import user_models_dir

    user_models_dir().parent.mkdir(parents=True, exist_ok=True)
    user_models_dir().symlink_to(models_folder, target_is_directory=True)
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


_COMMAND = (sys.executable, "-m", "colorstudio")


def test_process_colours_a_photo(tmp_path: Path, environment: dict[str, str]) -> None:
    source = _gray(tmp_path / "a.png")
    command = [*_COMMAND, "colorize", str(source), "--model", "beta", "--working-size", "32", "--json"]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["model"] == "beta"
    again = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=120)
    assert again.returncode == 1
    assert again.stderr.splitlines() == [again.stderr.strip()]
    assert "exists already" in again.stderr


@pytest_linux
def test_process_takes_names_that_are_no_text(tmp_path: Path, environment: dict[str, str]) -> None:
    """A scan named on a system of the nineties: Latin-1 bytes."""
    source = _gray(tmp_path / "a.png")
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png")
    source.rename(odd)
    command = [*_COMMAND, "colorize", odd, "--model", "beta", "--working-size", "32"]
    environment |= {"PYTHONIOENCODING": "utf-8:strict"}  # as in a terminal of today
    done = subprocess.run(command, check=False, env=environment, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"56 x 40" in done.stdout
    assert Path(odd[:-4] + "-colour.png").is_file()


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_process_stopped_by_ctrl_c(tmp_path: Path, environment: dict[str, str]) -> None:
    for number in range(300):
        _gray(tmp_path / "in" / f"{number:03}.png", 200, 200)
    command = [
        *_COMMAND,
        "colorize",
        str(tmp_path / "in"),
        "--model",
        "beta",
        "--out-dir",
        str(tmp_path / "out"),
    ]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert "000-colour.png" in process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert err == "colorstudio: Stopped.\n"
    written = sorted((tmp_path / "out").iterdir())
    assert 1 <= len(written) < 300
    for path in written:
        assert path.name.endswith("-colour.png")
        with Image.open(path) as picture:
            picture.load()


@pytest.mark.skipif(os.name == "nt", reason="pipes differ there")
def test_process_whose_reader_has_gone(environment: dict[str, str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*_COMMAND, "models", "list"],
            check=False,
            env=environment,
            stdout=write,
            stderr=subprocess.PIPE,
            timeout=120,
        )
    finally:
        os.close(write)
    assert done.stderr == b""
    assert done.returncode == 1
