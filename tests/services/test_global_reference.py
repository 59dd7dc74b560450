"""A photo in colour, as a network sees it that takes hints on a photo as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from colorstudio.document.document import Document, Settings
from colorstudio.document.reference import Reference
from colorstudio.document.strokes import Stroke
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.networks import registry
from colorstudio.networks.architectures.siggraph17 import Siggraph17, Siggraph17Config
from colorstudio.networks.quantization import BINS, bin_centres
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.global_reference import global_hints_of_reference
from colorstudio.services.reference import ReferencePhoto
from colorstudio.training.publishing import publish
from tests.networks.learning import settle_norms


def _reference(rgb: np.ndarray) -> ReferencePhoto:
    return ReferencePhoto("other.png", srgb_to_lab(rgb).astype(np.float32))


def test_it_says_which_colours_there_are_and_how_saturated_they_are() -> None:
    rgb = np.full((20, 33, 3), (0.8, 0.4, 0.4), np.float32)
    said = global_hints_of_reference(_reference(rgb))
    assert said.shape == (BINS + 3,)
    assert said.dtype == np.float32
    mean = said[:BINS] @ bin_centres()
    assert np.allclose(mean, srgb_to_lab(rgb)[0, 0, 1:], atol=0.1)
    assert said[BINS:].tolist() == pytest.approx([1, 0.5, 1], abs=0.01)


def test_where_things_are_does_not_count() -> None:
    rgb = np.zeros((16, 16, 3), np.float32)
    rgb[:8], rgb[8:] = (0.8, 0.4, 0.4), (0.2, 0.3, 0.7)
    assert np.allclose(
        global_hints_of_reference(_reference(rgb)),
        global_hints_of_reference(_reference(rgb[::-1].copy())),
        atol=1e-5,
    )


@pytest.fixture(scope="module")
def with_global_hints(tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> Path:
    """The small models, and one that takes hints on a photo as a whole."""
    folder = tmp_path_factory.mktemp("models")
    for model in models_folder.iterdir():
        (folder / model.name).symlink_to(model)
    torch.manual_seed(0)
    network = Siggraph17(Siggraph17Config(width=4))
    settle_norms(network, torch.rand(4, 1, 32, 32) * 100)
    publish(network, "guided", folder / "guided")
    return folder


@pytest.fixture
def document(with_global_hints: Path, monkeypatch: pytest.MonkeyPatch) -> Document:
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: with_global_hints)
    pixels = np.random.default_rng(0).integers(0, 255, (48, 64, 3)).astype(np.uint8)
    return Document(Photo(pixels, PhotoKind.COLOUR), Settings(model="guided", vividness=0.0))


_OTHER = _reference(np.random.default_rng(1).uniform(0, 1, (32, 32, 3)).astype(np.float32))


def _chroma(document: Document, **changes: object) -> np.ndarray:
    changed = Document(document.photo, replace(document.settings, **changes), document.strokes)  # type: ignore[arg-type]
    colouring = ColorizingService().colorize(changed, device="cpu")
    return colouring.chroma.region_planes(document.luminance, slice(None), slice(None))


def test_the_network_is_told_and_answers_by_as_much_as_is_wanted(document: Document) -> None:
    like = ColorizingService().refer(document, _OTHER, device="cpu")
    assert like.overall is not None
    assert like.matches == 0
    plain, all_of_it = _chroma(document), _chroma(document, reference=like)
    assert float(np.abs(all_of_it - plain).max()) > 0.1
    half = _chroma(document, reference=replace(like, strength=0.5))
    # But for what is cut off at the border of the gamut.
    off_the_middle = np.abs(half - (plain + all_of_it) / 2).mean()
    assert off_the_middle < 0.1 * np.abs(all_of_it - plain).mean()
    assert np.allclose(_chroma(document, reference=replace(like, strength=0.0)), plain, atol=1e-4)


def test_strokes_count_beside_it(document: Document) -> None:
    like = ColorizingService().refer(document, _OTHER, device="cpu")
    alone = _chroma(document, reference=like, mode="network")
    document.set_strokes((Stroke(((20.0, 20.0),), 6.0, "colour", (230, 30, 30)),))
    both = _chroma(document, reference=like, mode="network")
    assert float(np.abs(both - alone).max()) > 0.1
    assert float(np.abs(both - _chroma(document, mode="network")).max()) > 0.1


def test_other_networks_do_not_hear_it(document: Document) -> None:
    like = ColorizingService().refer(document, _OTHER, device="cpu")
    plain = _chroma(document, model="small")
    assert np.array_equal(_chroma(document, model="small", reference=like), plain)


def test_what_another_version_has_said_of_it_is_not_heard(document: Document) -> None:
    like = ColorizingService().refer(document, _OTHER, device="cpu")
    assert like.overall is not None
    short = replace(like, overall=like.overall[:-1])
    assert np.array_equal(_chroma(document, reference=short), _chroma(document))


def test_places_that_are_alike_are_hints_to_it_too(document: Document) -> None:
    """From another network's comparison: no stroke, but a hint all the same."""
    found = Reference("other.png", np.array([[20.0, 30.0]]), np.array([[60.0, -60.0]]), np.array([1.0]))
    assert float(np.abs(_chroma(document, reference=found) - _chroma(document)).max()) > 0.1
