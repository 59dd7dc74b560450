"""The command line as a process of its own: signals, pipes, names that are no text."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Gray = Callable[..., Path]


@pytest.fixture
def environment(models_folder: Path) -> dict[str, str]:
    """In which the small models are the user's."""
    from colorstudio.paths import user_models_dir

    user_models_dir().parent.mkdir(parents=True, exist_ok=True)
    user_models_dir().symlink_to(models_folder, target_is_directory=True)
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


_COMMAND = (sys.executable, "-m", "colorstudio")


def test_process_colours_a_photo(gray: Gray, tmp_path: Path, environment: dict[str, str]) -> None:
    source = gray(tmp_path / "a.png")
    command = [*_COMMAND, "colorize", str(source), "--model", "beta", "--working-size", "32", "--json"]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["model"] == "beta"
    again = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=120)
    assert again.returncode == 1
    assert again.stderr.splitlines() == [again.stderr.strip()]
    assert "exists already" in again.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_process_takes_names_that_are_no_text(
    gray: Gray, tmp_path: Path, environment: dict[str, str]
) -> None:
    """A scan named on a system of the nineties: Latin-1 bytes."""
    source = gray(tmp_path / "a.png")
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png")
    source.rename(odd)
    command = [*_COMMAND, "colorize", odd, "--model", "beta", "--working-size", "32"]
    environment |= {"PYTHONIOENCODING": "utf-8:strict"}  # as in a terminal of today
    done = subprocess.run(command, check=False, env=environment, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"56 x 40" in done.stdout
    assert Path(odd[:-4] + "-colour.png").is_file()


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_process_stopped_by_ctrl_c(gray: Gray, tmp_path: Path, environment: dict[str, str]) -> None:
    for number in range(300):
        gray(tmp_path / "in" / f"{number:03}.png", 200, 200)
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
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in the background of a shell, Ctrl-C is ignored, by all that they start too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
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
