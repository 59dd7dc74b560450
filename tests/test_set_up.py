"""The scripts behind `make`: a Python is found, the environment is made once, missing packages are named."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and sh are for Linux and macOS")

# Stands for Python: writes down what it is asked for, and makes a copy of itself for an environment.
_STUB = """#!/bin/sh
echo "$(basename "$0") $*" >> {log}
case "$*" in
    "-m venv"*) for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
esac
exit {status}
"""


class Machine:
    """A folder of commands with a Python that does nothing, and the place for an environment."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        self.environment = folder / "environment"
        self.commands = folder / "commands"
        self.commands.mkdir()
        for command in ("sh", "dirname", "basename", "cat", "cksum", "cp", "mkdir", "rm"):
            found = shutil.which(command)
            assert found
            (self.commands / command).symlink_to(found)

    def add_python(self, name: str = "python3", status: int = 0) -> None:
        stub = self.commands / name
        stub.write_text(_STUB.format(log=self.log, status=status))
        stub.chmod(0o755)

    def set_up(self, level: str = "dev", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.commands / "sh", ROOT / "scripts" / "setup.sh", level],
            env={"PATH": str(self.commands), "VENV": str(self.environment), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        """What Python was asked for since the last time, but for the questions that change nothing."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [line for line in lines if " -c " not in line and "--version" not in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_environment_is_made_with_the_pinned_versions(machine: Machine) -> None:
    machine.add_python()
    assert machine.set_up().returncode == 0
    system, venv, install, warm = machine.asked()
    assert system == "python3 scripts/system_packages.py venv offscreen"
    assert venv == f"python3 -m venv --clear {machine.environment}"
    assert install.startswith("python -m pip install")
    assert "--constraint constraints.txt" in install
    assert install.endswith("--editable .[dev]")
    assert warm == "python scripts/compile_kernels.py"


def test_environment_that_is_up_to_date_is_left_alone(machine: Machine) -> None:
    machine.add_python()
    machine.set_up()
    machine.asked()
    assert machine.set_up("dev").returncode == 0
    assert machine.set_up("run").returncode == 0  # the environment for development will do
    assert machine.asked() == []


def test_environment_for_running_is_not_enough_for_tests(machine: Machine) -> None:
    machine.add_python()
    machine.set_up("run")
    machine.asked()
    machine.set_up("dev")
    assert [line.split()[-1] for line in machine.asked()] == [".[dev]", "scripts/compile_kernels.py"]


def test_environment_is_brought_up_to_date_when_the_stamp_differs(machine: Machine) -> None:
    machine.add_python()
    machine.set_up()
    machine.asked()
    (machine.environment / ".ready-dev").write_text("of other pins")
    machine.set_up()
    install, warm = machine.asked()
    assert install.startswith("python -m pip install")
    assert warm == "python scripts/compile_kernels.py"


def test_environment_that_was_moved_is_made_anew(machine: Machine) -> None:
    machine.add_python()
    machine.set_up()
    machine.asked()
    (machine.environment / ".made-in").write_text("/elsewhere")
    machine.set_up()
    assert any("-m venv --clear" in line for line in machine.asked())


def test_python_that_does_not_start_is_passed_over(machine: Machine) -> None:
    machine.add_python("python3", status=127)
    machine.add_python("python3.12")
    assert machine.set_up().returncode == 0
    assert any(line.startswith("python3.12 -m venv") for line in machine.asked())


def test_no_python_is_told_in_one_line(machine: Machine) -> None:
    machine.add_python("python3", status=1)
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr.startswith("Color Studio needs Python 3.11")
    assert done.stderr.count("\n") == 1
    assert not machine.environment.exists()


def test_failed_installation_is_tried_again(machine: Machine) -> None:
    machine.add_python()
    machine.set_up()
    stub = machine.environment / "bin" / "python"
    working = stub.read_text()
    stub.write_text(working.replace('case "$*" in', 'case "$*" in *"pip install"*) exit 1 ;;'))
    (machine.environment / ".ready-dev").unlink()
    assert machine.set_up().returncode == 1
    stub.write_text(working)
    machine.asked()
    assert machine.set_up().returncode == 0
    assert len(machine.asked()) == 2  # installing, and compiling the solver


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, on a Debian that has everything and where no password-less sudo is."""
    spec = importlib.util.spec_from_file_location("system_packages", ROOT / "scripts" / "system_packages.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "_loads", lambda library: True)
    monkeypatch.setattr(script, "_has_fonts", lambda: True)
    monkeypatch.setattr(script, "_can_make_environments", lambda: True)
    monkeypatch.setattr(script, "_administrator", lambda: None)
    monkeypatch.setattr(script.shutil, "which", lambda command: f"/usr/bin/{command}")
    monkeypatch.setattr(script.sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return script


def test_nothing_missing_is_nothing_said(packages: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    assert packages.main(["venv", "offscreen", "window"]) == 0
    assert capfd.readouterr() == ("", "")


def test_missing_libraries_are_named_by_package(
    packages: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        packages, "_loads", lambda library: library not in {"libEGL.so.1", "libxcb-cursor.so.0"}
    )
    assert packages.main(["offscreen"]) == 0  # the tests may say the rest
    assert capfd.readouterr().err.endswith("apt-get install -y libegl1\n")
    assert packages.main(["window"]) == 0
    assert capfd.readouterr().err.endswith("apt-get install -y libegl1 libxcb-cursor0\n")


def test_missing_fonts_are_named(packages: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_has_fonts", lambda: False)
    assert packages.missing_packages({"offscreen"}) == ["fontconfig", "fonts-dejavu-core"]
    assert packages.missing_packages({"venv"}) == []


def test_nothing_goes_on_without_virtual_environments(
    packages: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "_can_make_environments", lambda: False)
    assert packages.main(["venv", "offscreen"]) == 1
    assert f"python3.{sys.version_info.minor}-venv" in capfd.readouterr().err


def test_packages_are_installed_where_that_asks_no_password(
    packages: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """At first without package lists: they are fetched, and it is tried again."""
    commands: list[list[str]] = []
    state = {"lists": False, "libegl1": False}

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        if "update" in command:
            state["lists"] = True
        elif state["lists"]:
            state["libegl1"] = True
        return subprocess.CompletedProcess(command, 0 if state["lists"] else 100)

    monkeypatch.setattr(packages.subprocess, "run", run)
    monkeypatch.setattr(packages, "_administrator", lambda: ["sudo", "-n"])
    monkeypatch.setattr(packages, "_loads", lambda library: library != "libEGL.so.1" or state["libegl1"])
    assert packages.main(["offscreen"]) == 0
    assert ["install" in command for command in commands] == [True, False, True]
    assert all(command[:4] == ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"] for command in commands)
    assert capfd.readouterr().err == ""
