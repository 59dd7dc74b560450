"""Beginning a test, its manifest, and its pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from colorstudio.document.document import Document
from colorstudio.errors import ModelError, PhotoReadError, TuringError, UsageError
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.photo import unit_rgb
from colorstudio.imaging.reading import read_photo
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services.turing.beginning import Wishes, begin, usual_folder
from colorstudio.services.turing.preparing import Colour, check_weights, make_pictures
from colorstudio.services.turing.session import (
    GRAY,
    REAL,
    Contestant,
    TuringSession,
    holds_session,
    read_session,
)

Begun = Callable[..., TuringSession]
Coloured = list[tuple[str, tuple[int, int]]]
TWO = (Contestant("warm", "Warm", "12ab"), Contestant("cool", "Cool"))


def test_pairs_take_photos_in_colour_alone(tmp_path: Path, photos: Path) -> None:
    made = begin(tmp_path / "test", photos, Wishes("pairs", TWO, 20))
    assert sorted(photo.name for photo in made.session.photos) == [f"{n}.png" for n in range(8)]
    assert any("8 photos in colour, not 20" in note for note in made.notes)
    assert any("1 of the photos" in note for note in made.notes)


def test_photos_are_drawn_by_the_seed(tmp_path: Path, photos: Path) -> None:
    def names(folder: str, seed: int | None) -> list[str]:
        made = begin(tmp_path / folder, photos, Wishes("pairs", TWO, 4, seed=seed))
        assert made.notes == () or "could not be read" in made.notes[0]
        return [photo.name for photo in made.session.photos]

    assert names("a", 1) == names("b", 1)
    assert names("a2", 1) != names("c", 2)


def test_gray_photos_may_be_judged_and_ranked(tmp_path: Path, photos: Path) -> None:
    single = begin(tmp_path / "single", photos, Wishes("single", TWO, 20)).session
    assert sorted(photo.name for photo in single.photos if not photo.in_colour) == ["8.png", "9.png"]
    ranking = begin(tmp_path / "ranking", photos, Wishes("ranking", TWO, 20))
    assert any("take no part" in note for note in ranking.notes)
    index = next(n for n, photo in enumerate(single.photos) if not photo.in_colour)
    assert single.sources_of(index) == ("warm", "cool")


def test_what_was_begun_is_read_back(tmp_path: Path, photos: Path) -> None:
    session = begin(tmp_path / "test", photos, Wishes("single", TWO, 5, control=True, side_px=100)).session
    assert read_session(tmp_path / "test") == session
    assert session.sources_of(0)[-1] == GRAY
    assert holds_session(tmp_path / "test")
    with pytest.raises(TuringError, match="already"):
        begin(tmp_path / "test", photos, Wishes("single", TWO, 5))


@pytest.mark.parametrize(
    ("wishes", "error", "words"),
    [
        (Wishes("pairs", ()), UsageError, "No model"),
        (Wishes("pairs", (TWO[0], Contestant("WARM", "?"))), UsageError, "twice"),
        (Wishes("pairs", (Contestant("Real", "?"),)), UsageError, "cannot take part"),
        (Wishes("pairs", (Contestant("a|b", "?"),)), UsageError, "cannot take part"),
    ],
)
def test_wishes_that_cannot_be(
    tmp_path: Path, photos: Path, wishes: Wishes, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        begin(tmp_path / "test", photos, wishes)
    assert not (tmp_path / "test").exists()


def test_folders_that_will_not_do(tmp_path: Path, photos: Path) -> None:
    for path in photos.glob("[0-7].png"):
        path.unlink()
    with pytest.raises(TuringError, match="no photos in colour"):
        begin(tmp_path / "test", photos, Wishes("pairs", TWO))
    with pytest.raises(UsageError, match="nothing to rank"):
        begin(tmp_path / "test", photos, Wishes("ranking", TWO[:1]))
    for path in photos.glob("[89].png"):
        path.unlink()
    with pytest.raises(TuringError, match="can be read"):
        begin(tmp_path / "test", photos, Wishes("single", TWO))
    with pytest.raises(PhotoReadError, match="no folder"):
        begin(tmp_path / "test", tmp_path / "nowhere", Wishes("single", TWO))


def test_the_usual_folder_is_beside_the_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert usual_folder(tmp_path / "album", "pairs") == tmp_path / "album-turing-pairs"
    (tmp_path / "album").mkdir()
    monkeypatch.chdir(tmp_path / "album")
    assert usual_folder(Path(), "single").resolve() == tmp_path / "album-turing-single"


def _damage(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda values: values.pop("models"),
        lambda values: values.update(kind="quiz"),
        lambda values: values.update(photos=[]),
        lambda values: values.update(side_px="large"),
        lambda values: values.update(seed="x"),
        lambda values: values.update(turing_test=""),
        lambda values: values["models"][0].update(name="../../outside"),
        lambda values: values["photos"][0].update(in_colour=False),
        lambda values: values["photos"][0].update(name="a\nb"),
    ],
)
def test_a_damaged_manifest(begun: Begun, change: Callable[[dict[str, Any]], object]) -> None:
    session = begun("pairs", 2)
    _damage(session.manifest_path, change)
    with pytest.raises(TuringError, match="damaged"):
        read_session(session.folder)


def test_other_manifests(begun: Begun, tmp_path: Path) -> None:
    with pytest.raises(TuringError, match="no Turing test in"):
        read_session(tmp_path / "nowhere")
    session = begun("pairs", 2)
    _damage(session.manifest_path, lambda values: values.update(schema=9))
    with pytest.raises(TuringError, match="later version"):
        read_session(session.folder)
    for text in (b"{", b"[]", b"\xff", b"[" * 100_000, b'{"schema": 1}'):
        session.manifest_path.write_bytes(text)
        with pytest.raises(TuringError, match="damaged"):
            read_session(session.folder)


# -- pictures -----------------------------------------------------------------------------------------------


def test_nothing_but_colour_tells_the_pictures_apart(begun: Begun) -> None:
    session = begun("pairs", 3, control=True)
    assert session.missing() == []
    for photo in range(3):
        pictures = {
            source: read_photo(session.picture_path(photo, source)) for source in session.sources_of(photo)
        }
        assert set(pictures) == {REAL, "warm", "cool", GRAY}
        assert {picture.shape for picture in pictures.values()} == {(43, 64)}
        assert {picture.metadata.format for picture in pictures.values()} == {"PNG"}
        reference = pictures[GRAY].luminance
        for picture in pictures.values():
            assert np.abs(picture.luminance - reference).max() < 0.6
        warm = srgb_to_lab(unit_rgb(pictures["warm"].pixels))[..., 1:]
        assert np.median(warm, axis=(0, 1)) == pytest.approx((30, 20), abs=1)
        assert pictures[GRAY].pixels.ndim == 2


def test_the_true_picture_has_the_true_colours(begun: Begun, photos: Path) -> None:
    session = begun("pairs", 3)
    shown = session.photos[0]
    truth = srgb_to_lab(unit_rgb(read_photo(photos / shown.name).pixels)).mean(axis=(0, 1))
    made = srgb_to_lab(unit_rgb(read_photo(session.picture_path(0, REAL)).pixels)).mean(axis=(0, 1))
    assert made == pytest.approx(truth, abs=1)


def test_what_was_broken_off_goes_on(
    tmp_path: Path, photos: Path, colour: Colour, coloured: Coloured
) -> None:
    session = begin(tmp_path / "test", photos, Wishes("pairs", TWO, 4, side_px=64)).session

    def fails_at_the_third(document: Document, token: ProgressToken) -> Any:
        if len(coloured) == 3:
            raise ModelError("no more")
        return colour(document, token)

    with pytest.raises(ModelError, match="no more"):
        make_pictures(session, fails_at_the_third)
    missing = session.missing()
    assert 0 < len(missing) < 12
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        make_pictures(session, colour, token)
    coloured.clear()
    fractions: list[float] = []
    make_pictures(read_session(session.folder), colour, ProgressToken(lambda done, _: fractions.append(done)))
    assert session.missing() == []
    assert len(coloured) == sum(source != REAL for _, source in missing)
    assert fractions == sorted(fractions)
    assert not list(session.folder.rglob("*.part"))


def test_a_photo_that_is_another_by_now(tmp_path: Path, photos: Path, colour: Colour) -> None:
    session = begin(tmp_path / "test", photos, Wishes("pairs", TWO, 8)).session
    (photos / "0.png").write_bytes((photos / "1.png").read_bytes())
    with pytest.raises(TuringError, match=r"0\.png was changed"):
        make_pictures(session, colour)
    (photos / "0.png").unlink()
    with pytest.raises(PhotoReadError, match=r"0\.png"):
        make_pictures(session, colour)


def test_what_is_made_needs_no_photos_any_more(begun: Begun, photos: Path, colour: Colour) -> None:
    session = begun("single", 4)
    for path in photos.glob("*.png"):
        path.unlink()
    make_pictures(session, colour)


def test_weights_that_are_others_by_now(tmp_path: Path, photos: Path) -> None:
    session = begin(tmp_path / "test", photos, Wishes("pairs", TWO, 2)).session
    check_weights(session, {"warm": "12ab", "cool": "", "more": "34"})
    for at_hand in ({"warm": "34cd", "cool": ""}, {"cool": ""}):
        with pytest.raises(TuringError, match="model warm is not the one"):
            check_weights(session, at_hand)
