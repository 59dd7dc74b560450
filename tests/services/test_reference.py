"""Colouring like another photo; with the shipped weights where it matters what a network has learnt."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from colorstudio.document.document import Document, Settings
from colorstudio.document.reference import Reference
from colorstudio.document.strokes import Stroke
from colorstudio.errors import NothingAlikeError, UsageError
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.imaging.reading import read_photo
from colorstudio.networks.colorizer import ChromaPrediction
from colorstudio.networks.hints import Hints
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.reference import ReferencePhoto, hints_of_reference

SIDE_PX = 128


@cache
def service() -> ColorizingService:
    return ColorizingService()


@cache
def colour_pixels(name: str) -> np.ndarray:
    picture = Image.fromarray(getattr(data, name)())
    return np.asarray(picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX))


@cache
def photo(name: str) -> Photo:
    return Photo(colour_pixels(name), PhotoKind.COLOUR)


def chroma(document: Document) -> np.ndarray:
    colouring = service().colorize(document, device="cpu")
    return np.moveaxis(colouring.chroma.region_planes(document.luminance, slice(None), slice(None)), 0, -1)


def error(document: Document, name: str) -> float:
    """Of the colours at the network's nearest on average."""
    document = Document(document.photo, replace(document.settings, vividness=0.0), document.strokes)
    true = srgb_to_lab(colour_pixels(name) / 255)[..., 1:]
    return float(np.linalg.norm(chroma(document) - true, axis=-1).mean())


@cache
def like_itself() -> Reference:
    mirrored = Photo(np.ascontiguousarray(colour_pixels("coffee")[:, ::-1]), PhotoKind.COLOUR)
    return service().refer(Document(photo("coffee")), ReferencePhoto.of(mirrored, "mirror.png"), device="cpu")


def test_its_own_colours_in_a_mirror_come_back() -> None:
    automatic, like = Document(photo("coffee")), Document(photo("coffee"), Settings(reference=like_itself()))
    assert like_itself().name == "mirror.png"
    assert like_itself().matches > 50
    assert error(like, "coffee") < 0.6 * error(automatic, "coffee")


def test_what_the_reference_does_not_know_is_as_vivid_as_without_it() -> None:
    reference = replace(like_itself(), strength=0.0)
    dull, vivid = (
        [
            np.abs(chroma(Document(photo("coffee"), Settings(vividness=vividness, reference=wanted)))).mean()
            for wanted in (None, reference)
        ]
        for vividness in (0.0, 0.7)
    )
    assert vivid[0] > 1.2 * dull[0]
    assert vivid[1] == pytest.approx(vivid[0], rel=0.05)


def test_strength_goes_from_nothing_to_all() -> None:
    document = Document(photo("coffee"))
    errors = []
    for strength in (0.0, 0.5, 1.0):
        reference = replace(like_itself(), strength=strength)
        errors.append(error(Document(photo("coffee"), Settings(reference=reference)), "coffee"))
    assert errors[0] > errors[1] > errors[2]
    assert errors[0] == pytest.approx(error(document, "coffee"), rel=0.1)


def test_what_shows_other_things_is_refused() -> None:
    other = ReferencePhoto.of(photo("coffee"), "coffee.png")
    with pytest.raises(NothingAlikeError, match=r"coffee\.png"):
        service().refer(Document(photo("astronaut")), other, device="cpu")


@pytest.mark.parametrize(("kind", "word"), [(PhotoKind.GRAY, "black and white"), (PhotoKind.TINTED, "toned")])
def test_a_photo_without_colours_has_none_to_give(kind: PhotoKind, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        ReferencePhoto.of(Photo(colour_pixels("coffee"), kind), "old.jpg")


def test_a_gray_file_is_recognised(tmp_path: Path) -> None:
    Image.fromarray(colour_pixels("coffee")).convert("L").convert("RGB").save(tmp_path / "old.png")
    with pytest.raises(UsageError, match="black and white"):
        ReferencePhoto.of(read_photo(tmp_path / "old.png"), "old.png")


def test_a_reference_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    other = ReferencePhoto.of(photo("coffee"), "coffee.png")
    first = service().refer(Document(photo("coffee")), other, device="cpu")
    (seen,) = other._looks.values()
    assert service().refer(Document(photo("coffee")), other, device="cpu") == first
    (again,) = other._looks.values()
    assert again is seen


def test_strokes_win_over_the_reference() -> None:
    blue = Stroke(((40, 64), (60, 64)), 4, "colour", (40, 60, 190))
    both = Document(photo("coffee"), Settings(reference=like_itself()), [blue])
    shown = chroma(both)
    np.testing.assert_allclose(shown[45:55, 63:66], np.full((10, 3, 2), blue.chroma_lab), atol=0.02)
    alone = chroma(Document(photo("coffee"), strokes=[blue]))
    true = srgb_to_lab(colour_pixels("coffee") / 255)[..., 1:]
    far = np.s_[100:, :]
    assert np.abs(shown - true)[far].mean() < np.abs(alone - true)[far].mean()


def test_without_a_network_it_says_nothing() -> None:
    red = Stroke(((40, 64),), 4, "colour", (200, 60, 40))
    settings = Settings(mode="scribbles")
    like = replace(settings, reference=like_itself())
    document = Document(photo("coffee"), settings, [red])
    # The second solve starts from the first.
    np.testing.assert_allclose(
        chroma(document), chroma(Document(photo("coffee"), like, [red])), rtol=0, atol=0.1
    )


def test_a_preview_waits_for_the_colours_of_another_reference() -> None:
    base = service().colorize(Document(photo("coffee")), device="cpu")
    red = Stroke(((40, 64),), 4, "colour", (200, 60, 40))
    plain, like = Settings(), Settings(reference=like_itself())
    assert service().preview(Document(photo("coffee"), plain, [red]), base, device="cpu") is not None
    assert service().preview(Document(photo("coffee"), like, [red]), base, device="cpu") is None


def test_suggestions_are_those_given_the_reference() -> None:
    place = 64, 64
    without = service().suggest(Document(photo("coffee")), *place, device="cpu")
    document = Document(photo("coffee"), Settings(reference=like_itself()))
    assert service().suggest(document, *place, device="cpu") != without


# -- hints --------------------------------------------------------------------------------------


def plain(value: float) -> ChromaPrediction:
    import torch

    return ChromaPrediction(
        np.full((20, 30, 2), value, np.float32), np.zeros((20, 30), np.float32), torch.zeros(313, 10, 15)
    )


def reference(*rows: tuple[float, float, float, float, float], strength: float = 1.0) -> Reference:
    values = np.array(rows, np.float32)
    return Reference("r", values[:, :2], values[:, 2:4], values[:, 4], strength)


def test_a_match_asks_for_as_much_of_its_colour_as_it_is_sure() -> None:
    like = reference((50, 50, 40, 20, 1), (80, 80, 40, 20, 0.25), (20, 120, 40, 20, 0))
    hints = hints_of_reference(like, plain(10), (200, 300))
    np.testing.assert_allclose(hints.chroma_lab[::9], [[40, 20], [17.5, 12.5], [10, 10]], atol=1e-4)
    half = hints_of_reference(replace(like, strength=0.5), plain(10), (200, 300))
    np.testing.assert_allclose(half.chroma_lab[::9], [[25, 15], [13.75, 11.25], [10, 10]], atol=1e-4)


def test_each_is_a_few_pixels_of_what_the_network_sees() -> None:
    hints = hints_of_reference(reference((50, 50, 40, 20, 1)), plain(0), (200, 300))
    assert len(hints) == 9
    np.testing.assert_allclose(hints.positions.mean(axis=0), [50, 50])
    np.testing.assert_allclose(np.ptp(hints.positions, axis=0), [10, 10])  # the network sees 40 x 60


def test_what_a_crop_has_cut_off_says_nothing() -> None:
    like = reference((-5, 10, 40, 20, 1), (10, 300, 40, 20, 1), (10, 10, 40, 20, 1))
    assert len(hints_of_reference(like, plain(0), (200, 300))) == 9
    assert len(hints_of_reference(reference((-5, 10, 40, 20, 1)), plain(0), (200, 300))) == 0


def test_near_what_is_painted_it_is_silent() -> None:
    like = reference((50, 50, 40, 20, 1), (50, 80, 40, 20, 1), (150, 250, 40, 20, 1), (60, 55, 0, 0, 0))
    painted = Hints(np.array([[50, 52], [50, 53]]), np.zeros((2, 2), np.float32))
    hints = hints_of_reference(like, plain(0), (200, 300), painted)
    np.testing.assert_allclose(np.unique(np.round(hints.positions[4::9]), axis=0), [[150, 250]])
