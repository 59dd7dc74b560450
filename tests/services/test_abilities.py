"""Documents coloured by networks that can do less than the studio's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from colorstudio.document.document import Document, Settings
from colorstudio.document.reference import Reference
from colorstudio.document.strokes import Stroke
from colorstudio.errors import UsageError
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.networks import registry
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.colouring import Colouring
from colorstudio.services.reference import ReferencePhoto
from colorstudio.training.publishing import publish
from tests.small_networks import KINDS, small_network, small_networks

_STROKE = Stroke(((10, 5), (10, 40)), 3, "colour", (200, 40, 30))
_REFERENCE = Reference(
    "other.jpg",
    np.array([[20, 20]], np.float32),
    np.array([[40, -30]], np.float32),
    np.ones(1, np.float32),
)


@pytest.fixture(autouse=True, scope="module")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("small")
    with small_networks(), pytest.MonkeyPatch.context() as patch:
        for kind in KINDS:
            publish(small_network(kind), kind, folder / kind)
        patch.setattr(registry, "shipped_models_dir", lambda: folder)
        patch.setattr(registry, "user_models_dir", lambda: Path("/nowhere"))
        yield


@pytest.fixture(scope="module")
def photo() -> Photo:
    rows, cols = np.indices((64, 96))
    return Photo((60 + rows + cols).astype(np.uint8), PhotoKind.GRAY)


def _document(photo: Photo, kind: str, *strokes: Stroke, **settings: object) -> Document:
    return Document(photo, Settings(model=kind, **settings), strokes)  # type: ignore[arg-type]


def _colour(photo: Photo, kind: str, *strokes: Stroke, **settings: object) -> Colouring:
    document = _document(photo, kind, *strokes, **settings)
    return ColorizingService().colorize(document, device="cpu", working_size_px=64)


def _chroma(colouring: Colouring, photo: Photo) -> np.ndarray:
    planes = colouring.chroma.region_planes(photo.luminance, slice(None), slice(None))
    return np.moveaxis(planes, 0, -1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["hybrid", "network"])
def test_any_network_colours_a_painted_document(photo: Photo, kind: str, mode: str) -> None:
    colouring = _colour(photo, kind, _STROKE, mode=mode, vividness=0.7, smoothing="none")
    assert colouring.model == kind
    chroma = _chroma(colouring, photo)
    assert np.isfinite(chroma).all()
    change = np.abs(chroma - _chroma(_colour(photo, kind, mode=mode, vividness=0.7), photo)).max()
    takes_hints = kind == "hints"
    assert (change > 5) == (mode == "hybrid" or takes_hints)
    assert any("takes no hints" in note for note in colouring.notes) == (
        mode == "network" and not takes_hints
    )


@pytest.mark.parametrize("kind", ["plain", "hints"])
def test_a_network_without_a_distribution_suggests_nothing_and_does_not_get_vivid(
    photo: Photo, kind: str
) -> None:
    assert ColorizingService().suggest(_document(photo, kind), 10, 10, device="cpu") == []
    mean, vivid = (_chroma(_colour(photo, kind, vividness=value), photo) for value in (0.0, 1.0))
    assert np.array_equal(mean, vivid)


@pytest.mark.parametrize("kind", ["bins", "fine-bins"])
def test_a_network_with_one_suggests_and_gets_vivid(photo: Photo, kind: str) -> None:
    assert ColorizingService().suggest(_document(photo, kind), 10, 10, device="cpu")
    mean, vivid = (_chroma(_colour(photo, kind, vividness=value), photo) for value in (0.0, 1.0))
    assert np.abs(mean - vivid).max() > 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_example_is_found_for_a_network_that_takes_none(photo: Photo, kind: str) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    other = ReferencePhoto.of(Photo(pixels, PhotoKind.COLOUR), "other.jpg")
    with pytest.raises(UsageError, match=f"The network {kind} cannot colour a photo like another one"):
        ColorizingService().refer(_document(photo, kind), other, device="cpu")


@pytest.mark.parametrize("kind", ["plain", "bins"])
def test_an_example_of_another_network_is_left_out_and_that_is_said(photo: Photo, kind: str) -> None:
    colouring = _colour(photo, kind, reference=_REFERENCE)
    assert any("other.jpg is left out" in note for note in colouring.notes)
    assert np.array_equal(_chroma(colouring, photo), _chroma(_colour(photo, kind), photo))


def test_a_preview_of_strokes_works_with_an_automatic_network(photo: Photo) -> None:
    service = ColorizingService()
    base = service.colorize(_document(photo, "plain"), device="cpu", working_size_px=64)
    preview = service.preview(_document(photo, "plain", _STROKE), base, device="cpu", working_size_px=64)
    assert preview is not None
    assert np.abs(_chroma(preview, photo) - _chroma(base, photo)).max() > 5
