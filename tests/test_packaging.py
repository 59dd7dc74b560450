"""The wheel: what is in it, and that it works from an environment of its own, far from this source tree."""

from __future__ import annotations

import ast
import json
import os
import shutil
import site
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

import colorstudio

ROOT = Path(__file__).resolve().parent.parent


def _run(command: list[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree."""
    # Of a copy with what git would hand out, so that nothing left lying about gets in or is needed.
    source = tmp_path_factory.mktemp("source") / "colorstudio"
    for name in ("colorstudio", "models", "resources", "pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    _run([*command, "--no-index", "--wheel-dir", out, source], cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment with the wheel in it.

    What Color Studio depends on is borrowed from the environment that runs the tests: installing
    torch anew takes minutes and gigabytes. Color Studio itself is not: see `test_is_the_wheels_own`.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    command = [sys.executable, "-m", "pip", f"--python={scripts / 'python'}", "install", "--quiet"]
    _run([*command, "--no-deps", "--no-index", wheel], cwd=folder)

    (packages,) = folder.rglob("site-packages")
    # Lines of a .pth file are appended to the path as they are: .pth files in those folders, such as the one
    # of an editable Color Studio, are not read.
    (packages / "borrowed.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    return scripts


def test_wheel_has_everything_that_the_source_tree_ships(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        for shipped in ("models", "resources"):
            files = [path for path in (ROOT / shipped).rglob("*") if path.is_file()]
            assert files
            for path in files:
                name = f"colorstudio/{path.relative_to(ROOT).as_posix()}"
                assert name in inside
                assert archive.read(name) == path.read_bytes()
        modules = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "colorstudio").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert modules <= inside


def test_wheel_has_a_network_with_its_description_and_card(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    models = {
        name.split("/")[2]
        for name in inside
        if name.startswith("colorstudio/models/") and name.count("/") > 2
    }
    assert models
    for model in models:
        for file in ("weights.safetensors", "model.toml", "README.md"):
            assert f"colorstudio/models/{model}/{file}" in inside


def test_wheel_has_no_tests_and_no_caches(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            assert name.startswith("colorstudio"), name
            assert "__pycache__" not in name
            assert not name.startswith("colorstudio/tests")


def test_wheel_is_small_enough_to_send_around(wheel: Path) -> None:
    assert wheel.stat().st_size < 100 * 2**20


def test_is_the_wheels_own(installed: Path) -> None:
    """The commands below run the wheel's code, not this source tree's."""
    code = "import colorstudio; print(colorstudio.__file__)"
    printed = _run([installed / "python", "-c", code], cwd=installed).stdout.strip()
    assert Path(printed).is_relative_to(installed.parent)


def test_command_line_starts_without_torch_and_qt(installed: Path) -> None:
    """Where Qt's system libraries are missing the command line works; `--help` does not wait for torch."""
    code = "import sys, colorstudio.__main__, colorstudio.cli; print(*sys.modules)"
    loaded = set(_run([installed / "python", "-c", code], cwd=installed).stdout.split())
    assert "colorstudio.cli" in loaded
    assert loaded.isdisjoint({"torch", "PySide6", "shiboken6"})


def test_installed_command_says_its_version(installed: Path) -> None:
    assert colorstudio.__version__ in _run([installed / "colorstudio", "--version"], cwd=installed).stdout


def test_installed_command_finds_the_networks_in_the_wheel(installed: Path) -> None:
    names = {path.parent.name for path in (ROOT / "models").glob("*/model.toml")}
    listed = _run([installed / "colorstudio", "models", "list"], cwd=installed).stdout
    assert names
    for name in names:
        assert name in listed


def test_installed_command_colours_the_sample_photo(installed: Path, tmp_path: Path) -> None:
    code = "from colorstudio.paths import sample_photos_dir; print(sample_photos_dir())"
    samples = Path(_run([installed / "python", "-c", code], cwd=tmp_path).stdout.strip())
    assert samples.is_relative_to(installed.parent)
    output = tmp_path / "astronaut.png"
    command = [installed / "colorstudio", "colorize", samples / "astronaut.jpg", "-o", output, "--json"]
    told = json.loads(_run([*command, "--device", "cpu"], cwd=tmp_path).stdout)

    assert Path(told["output"]) == output
    with Image.open(samples / "astronaut.jpg") as gray, Image.open(output) as coloured:
        assert coloured.size == gray.size
        pixels = np.asarray(coloured.convert("RGB"), dtype=np.int16)
    assert (np.ptp(pixels, axis=2) > 5).mean() > 0.1  # a tenth of the picture and more has colour


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _names(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def _imported(module: Path) -> Iterator[str]:
    """Top-level names of all that a module imports, at its top or later."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_everything_imported_is_declared() -> None:
    """No module relies on a package that is installed for some other reason."""
    project = _project()
    extras = project["optional-dependencies"]
    declared = _names([*project["dependencies"], *extras["heic"], *extras["train"]])
    package_of = {"PIL": "pillow", "PySide6": "pyside6-essentials", "skimage": "scikit-image"}
    package_of["shiboken6"] = "pyside6-essentials"  # what PySide6 is bound with, of the same version always
    for module in (ROOT / "colorstudio").rglob("*.py"):
        others = set(_imported(module)) - sys.stdlib_module_names - {"colorstudio"}
        packages = {canonicalize_name(package_of.get(name, name)) for name in others}
        assert packages <= declared, module.relative_to(ROOT)


def test_constraints_pin_every_dependency() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert all([specifier.operator for specifier in pin.specifier] == ["=="] for pin in pins)

    project = _project()
    extras = dict(project["optional-dependencies"])
    del extras["bench"]  # nothing that is shipped or tested depends on it
    needed = _names([*project["dependencies"], *chain(*extras.values())])
    assert needed - {"colorstudio"} <= {canonicalize_name(pin.name) for pin in pins}
