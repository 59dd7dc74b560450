"""Networks that take no hints, or know one colour a place: what they cannot do is said, all else works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio.networks import registry
from colorstudio.training.publishing import publish
from tests.small_networks import KINDS, small_network, small_networks

Cli = Callable[..., tuple[int, str, str]]
_CPU = ("--device", "cpu", "--working-size", 32)


@pytest.fixture(autouse=True, scope="module")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small networks as models, by the names of their kinds."""
    folder = tmp_path_factory.mktemp("able")
    with small_networks():
        for kind in KINDS:
            publish(small_network(kind), kind, folder / kind)
        yield folder


@pytest.fixture(autouse=True)
def _added(_small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "user_models_dir", lambda: _small)


@pytest.fixture
def photo(tmp_path: Path, gray: Callable[..., Path]) -> Path:
    return gray(tmp_path / "photo.png")


@pytest.fixture
def marked(photo: Path, tmp_path: Path) -> Path:
    pixels = np.asarray(Image.open(photo).convert("RGB")).copy()
    pixels[18:22, 20:40] = (200, 40, 40)
    path = tmp_path / "marked.png"
    Image.fromarray(pixels).save(path)
    return path


def _chroma(path: Path) -> np.ndarray:
    pixels = np.asarray(Image.open(path).convert("RGB"), float)
    return pixels - pixels.mean(-1, keepdims=True)


@pytest.mark.parametrize("kind", KINDS)
def test_any_network_colours_a_photo(cli: Cli, photo: Path, tmp_path: Path, kind: str) -> None:
    status, _, err = cli("colorize", photo, "-o", tmp_path / "out.png", "--model", kind, *_CPU)
    assert (status, err) == (0, "")
    assert np.abs(_chroma(tmp_path / "out.png")).max() > 5


@pytest.mark.parametrize("kind", ["plain", "bins"])
def test_strokes_spread_over_what_an_automatic_network_says(
    cli: Cli, photo: Path, marked: Path, tmp_path: Path, kind: str
) -> None:
    for name, more in (("plain.png", ()), ("painted.png", ("--marked", marked))):
        status, _, err = cli("colorize", photo, "-o", tmp_path / name, "--model", kind, *more, *_CPU)
        assert (status, err) == (0, "")
    change = _chroma(tmp_path / "painted.png") - _chroma(tmp_path / "plain.png")
    assert np.abs(change[20, 30]).max() > 30
    assert np.abs(change[38, 2]).max() < np.abs(change[20, 30]).max() / 2


@pytest.mark.parametrize(
    ("kind", "option", "said"),
    [
        ("plain", "mode", "The network plain takes no hints, so strokes change nothing in the mode network"),
        ("hints", "vividness", "The network hints says one colour for each place"),
        ("plain", "vividness", "leave out --vividness, or choose another --model"),
        ("plain", "reference", "The network plain cannot colour a photo like another one"),
        ("bins", "reference", "choose another model"),
        ("hints", "reference", "The network hints cannot colour a photo like another one"),
    ],
)
def test_what_a_network_cannot_do_is_refused(
    cli: Cli, photo: Path, marked: Path, tmp_path: Path, kind: str, option: str, said: str
) -> None:
    more = {
        "mode": ("--mode", "network", "--marked", marked),
        "vividness": ("--vividness", 0.5),
        "reference": ("--reference", marked),
    }[option]
    status, _, err = cli("colorize", photo, "-o", tmp_path / "out.png", "--model", kind, *more, *_CPU)
    assert status == 2
    assert said in err
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("option", [("--vividness", 0), ("--mode", "network")], ids=["vividness", "mode"])
def test_what_asks_for_nothing_is_not_refused(
    cli: Cli, photo: Path, tmp_path: Path, option: tuple[object, ...]
) -> None:
    status, _, err = cli("colorize", photo, "-o", tmp_path / "out.png", "--model", "plain", *option, *_CPU)
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        ("plain", ("--protocol", "suggestions"), "suggests no others"),
        ("plain", ("--protocol", "zhang2017", "--counts", 1), "choose --method hybrid"),
        ("bins", ("--protocol", "locality"), "The network bins takes no hints"),
        ("hints", ("--vividness", 0.3), "cannot be more vivid"),
    ],
)
def test_figures_that_would_say_nothing_are_refused(
    cli: Cli, marked: Path, kind: str, arguments: tuple[object, ...], said: str
) -> None:
    status, _, err = cli("evaluate", marked.parent, "--model", kind, *arguments, *_CPU)
    assert status == 2
    assert said in err


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("plain", ()),
        ("bins", ("--protocol", "suggestions")),
        ("plain", ("--protocol", "zhang2017", "--counts", 1, "--method", "hybrid")),
        ("hints", ("--protocol", "zhang2017", "--counts", 1)),
    ],
)
def test_all_other_figures_are_measured(
    cli: Cli, photo: Path, marked: Path, kind: str, arguments: tuple[object, ...]
) -> None:
    photo.unlink()
    status, out, _ = cli("evaluate", marked.parent, "--model", kind, *arguments, *_CPU)
    assert status == 0
    assert kind in out


def test_models_are_listed_and_shown_with_what_they_can_do(cli: Cli) -> None:
    status, out, _ = cli("models", "list")
    assert status == 0
    assert all(kind in out for kind in KINDS)
    for kind, able in (
        ("plain", "colours by itself alone"),
        ("bins", "suggests colours"),
        ("hints", "takes hints"),
    ):
        status, out, _ = cli("models", "show", kind)
        assert status == 0
        assert f"abilities     {able}\n" in out
