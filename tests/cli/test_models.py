"""`models`: what is told of the networks that are there."""

from __future__ import annotations

from collections.abc import Callable

Cli = Callable[..., tuple[int, str, str]]


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
