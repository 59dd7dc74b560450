"""`turing`: preparing, going on, reports, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from colorstudio.gui import app
from colorstudio.services.turing.answers import answer_to, append_answers
from colorstudio.services.turing.session import ANSWERS, MANIFEST, TuringSession, read_session
from colorstudio.services.turing.trials import trials_of
from tests.albums import make_album

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Four photos in colour and a gray one."""
    return make_album(tmp_path / "album", colour=4, gray=1)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """Tests that a window was opened on, with the participant."""
    windows: list[tuple[Path, str]] = []

    def open_window(folder: Path, participant: str = "") -> int:
        windows.append((folder, participant))
        return 0

    monkeypatch.setattr(app, "main_turing", open_window)
    return windows


def _answer(session: TuringSession, participant: str, choice: int = 0) -> None:
    trials = trials_of(session, participant)
    append_answers(session, [answer_to(session, participant, trial, [choice], 2.5) for trial in trials])


def test_it_is_prepared_and_goes_on(cli: Cli, album: Path, tmp_path: Path) -> None:
    arguments = ("turing", album, "--models", "alpha,beta", "--photos", 3, "--prepare", "--device", "cpu")
    status, out, err = cli(*arguments)
    assert (status, err) == (0, "")
    folder = tmp_path / "album-turing-pairs"
    assert out.startswith("Ready: ")
    assert f"--session {folder}" in out
    session = read_session(folder)
    assert session.missing() == []
    assert [model.name for model in session.models] == ["alpha", "beta"]
    manifest = (folder / MANIFEST).read_bytes()
    session.picture_path(1, "beta").unlink()
    assert cli(*arguments)[0] == 0
    assert session.missing() == []
    assert (folder / MANIFEST).read_bytes() == manifest


def test_the_window_is_opened_on_it(
    cli: Cli, album: Path, tmp_path: Path, opened: list[tuple[Path, str]]
) -> None:
    folder = tmp_path / "single"
    status, _, err = cli("turing", album, "--kind", "single", "--session", folder, "--participant", "Anna")
    assert status == 0
    assert "has 5 photos, not 20" in err
    assert opened == [(folder, "Anna")]
    session = read_session(folder)
    assert [model.name for model in session.models] == ["alpha"]
    assert session.missing() == []
    assert cli("turing", "--session", folder)[0] == 0
    assert opened[1:] == [(folder, "")]


def test_the_report(cli: Cli, album: Path, tmp_path: Path) -> None:
    cli("turing", album, "--photos", 4, "--control", "--prepare")
    session = read_session(tmp_path / "album-turing-pairs")
    status, out, err = cli("turing", album, "--report")
    assert (status, err) == (0, "")
    assert "0 participants, 0 answers" in out
    _answer(session, "Anna")
    with session.answers_path.open("ab") as file:
        file.write(b"half a li")
    pdf = tmp_path / "charts.pdf"
    status, out, err = cli("turing", album, "--report", "--plot", pdf)
    assert status == 0
    assert "1 participant, 4 answers" in out
    assert "taken for real" in out
    assert "Anna: 4 of 4" in out
    assert "1 damaged line of" in err
    assert pdf.read_bytes().startswith(b"%PDF")
    status, out, _ = cli("turing", "--session", session.folder, "--report", "--json")
    values = json.loads(out)
    assert status == 0
    assert values["answers"] == 4
    assert [row["model"] for row in values["models"]] == ["alpha", "gray"]


def test_the_report_of_rankings(cli: Cli, album: Path, tmp_path: Path) -> None:
    cli("turing", album, "--kind", "ranking", "--models", "alpha,beta", "--prepare")
    session = read_session(tmp_path / "album-turing-ranking")
    trials = trials_of(session, "Bert")
    append_answers(session, [answer_to(session, "Bert", trial, [0, 1], 9.0) for trial in trials])
    status, out, _ = cli("turing", album, "--kind", "ranking", "--report")
    assert status == 0
    assert "mean rank" in out
    assert "Bert: 5 of 5, 9.0 s an answer" in out


def test_all_networks(cli: Cli, album: Path, tmp_path: Path) -> None:
    assert cli("turing", album, "--models", "all", "--photos", 1, "--prepare")[0] == 0
    session = read_session(tmp_path / "album-turing-pairs")
    assert [model.name for model in session.models] == ["alpha", "beta"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ((), 2, "Give a folder"),
        (("{album}", "--models", "gamma"), 1, "no model named gamma"),
        (("{album}/nowhere",), 1, "no folder"),
        (("{album}", "--kind", "quiz"), 2, "invalid choice"),
        (("{album}", "--photos", "0"), 2, "out of range"),
        (("{album}", "--report"), 1, "no Turing test in"),
        (("{album}", "--report", "--prepare"), 2, "--report opens no window"),
        (("{album}", "--plot", "a.pdf"), 2, "add --report"),
        (("{album}", "--prepare", "--participant", "Anna"), 2, "leave out --participant"),
        (("--session", "{album}"), 2, "give a folder of photos, too"),
    ],
)
def test_what_is_refused(cli: Cli, album: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    found, out, err = cli("turing", *(argument.format(album=album) for argument in arguments))
    assert (found, out) == (status, "")
    assert words in err


def test_photos_without_colours(cli: Cli, album: Path) -> None:
    for path in album.glob("[0-3].png"):
        path.unlink()
    status, _, err = cli("turing", album, "--prepare")
    assert status == 1
    assert "no photos in colour" in err
    assert cli("turing", album, "--kind", "single", "--prepare")[0] == 0


def test_a_test_that_is_there_is_not_changed(cli: Cli, album: Path, tmp_path: Path) -> None:
    cli("turing", album, "--photos", 3, "--prepare")
    for wish in (("--models", "beta"), ("--control",), ("--photos", 2), ("--seed", 1)):
        status, _, err = cli("turing", album, "--prepare", *wish)
        assert status == 2
        assert f"differing: {wish[0]}" in err
    assert cli("turing", album, "--prepare", "--models", "alpha", "--photos", 20)[0] == 0
    folder = tmp_path / "album-turing-pairs"
    (folder / ANSWERS).write_text("a,b\n", encoding="utf-8")
    assert "does not begin as" in cli("turing", album, "--report")[2]
    (folder / MANIFEST).write_text("{", encoding="utf-8")
    status, _, err = cli("turing", album, "--prepare")
    assert status == 1
    assert "manifest.json is damaged" in err


def test_without_a_display_the_pictures_are_made(
    cli: Cli, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from colorstudio.gui import display

    monkeypatch.setattr(display, "why_no_window", lambda: "There is no display.")
    status, _, err = cli("turing", album, "--photos", 2)
    assert status == 1
    assert "The pictures are ready" in err
    assert read_session(tmp_path / "album-turing-pairs").missing() == []
