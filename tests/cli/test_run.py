"""What holds for every command."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from colorstudio import __version__
from colorstudio.networks import registry

Cli = Callable[..., tuple[int, str, str]]


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
    assert all(command in out for command in ("gui", "colorize", "propagate", "evaluate", "models", "train"))
