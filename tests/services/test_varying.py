"""Several colourings of a document, and the chosen one in full."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from colorstudio.document.document import Document, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.document.variation import Variation
from colorstudio.errors import UsageError
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.networks import registry
from colorstudio.networks.architectures.cao2017 import Cao2017, Cao2017Config
from colorstudio.networks.hints import Hints
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.variation_hints import hints_of_variation
from colorstudio.services.varying import Varied
from colorstudio.training.publishing import publish

pytestmark = pytest.mark.usefixtures("small_model")

_STROKE = Stroke(((24.0, 8.0), (24.0, 20.0)), 2.0, "colour", (200, 60, 40))


def _document(**settings: object) -> Document:
    pixels = np.random.default_rng(0).integers(0, 256, (48, 64), dtype=np.uint8)
    return Document(Photo(pixels, PhotoKind.GRAY), Settings(**({"vividness": 0.0} | settings)))  # type: ignore[arg-type]


def _chroma(colouring: object, document: Document) -> np.ndarray:
    return colouring.chroma.region_planes(document.luminance, slice(None), slice(None))  # type: ignore[attr-defined]


def _varied(service: ColorizingService, document: Document, count: int = 3, **more: object) -> list[Varied]:
    return list(service.variations(document, count, device="cpu", working_size_px=64, **more))  # type: ignore[arg-type]


def _coloured(service: ColorizingService, document: Document, variation: Variation | None) -> np.ndarray:
    chosen = Document(document.photo, replace(document.settings, variation=variation), document.strokes)
    return _chroma(service.colorize(chosen, device="cpu", working_size_px=64), chosen)


def test_what_is_chosen_is_what_was_seen() -> None:
    service, document = ColorizingService(), _document()
    several = _varied(service, document)
    plain = _coloured(service, document, None)
    assert [varied.variation.number for varied in several] == [1, 2, 3]
    for varied in several:
        seen = _chroma(varied.colouring, document)
        np.testing.assert_allclose(_coloured(service, document, varied.variation), seen, atol=0.5)
        assert np.abs(seen - plain).mean() > 0.1
    # Another service knows nothing of these.
    fresh = _coloured(ColorizingService(), document, several[1].variation)
    np.testing.assert_allclose(fresh, _chroma(several[1].colouring, document), atol=0.5)


def test_it_does_not_matter_which_one_is_chosen_now() -> None:
    service = ColorizingService()
    first, second = _varied(service, _document(), 2)
    again = _varied(service, _document(variation=first.variation), 2)
    assert [varied.variation for varied in again] == [first.variation, second.variation]
    (third,) = _varied(service, _document(), 1, first=3)
    assert third.variation.number == 3
    assert third.variation not in (first.variation, second.variation)


def test_strokes_are_heeded_and_win() -> None:
    service, document = ColorizingService(), _document()
    document.set_strokes((_STROKE,))
    (varied,) = _varied(service, document, 1)
    coloured = _coloured(service, document, varied.variation)
    plain = _coloured(service, document, None)
    seen = _chroma(varied.colouring, document)
    for chroma in (coloured, seen):
        np.testing.assert_allclose(chroma[:, 24, 14], plain[:, 24, 14], atol=3)
    assert np.abs(coloured - plain).mean() > 0.1


def test_near_strokes_nothing_is_said() -> None:
    places = np.array([[10.0, 10.0], [40.0, 60.0], [-9.0, 4.0]], np.float32)
    variation = Variation(1, 1, places, np.ones((3, 2), np.float32))
    assert len(hints_of_variation(variation, (48, 64), (48, 64))) == 2 * 9  # not the one outside
    painted = Hints(np.array([[12, 12]]), np.zeros((1, 2), np.float32))
    left = hints_of_variation(variation, (48, 64), (48, 64), painted)
    assert left.positions.mean(0).tolist() == [40, 60]
    assert len(hints_of_variation(None, (48, 64), (48, 64))) == 0


def test_vividness_and_smoothing_are_seen() -> None:
    service = ColorizingService()
    (safe,) = _varied(service, _document(), 1)
    (vivid,) = _varied(service, _document(vividness=1.0), 1)
    assert safe.variation == vivid.variation
    assert vivid.colouring.vividness == 1
    assert not np.array_equal(_chroma(safe.colouring, _document()), _chroma(vivid.colouring, _document()))


def test_networks_that_draw_their_colours_are_asked_by_the_seed(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    network = Cao2017(Cao2017Config(widths=(6, 4), noise_size=4, noise_layers=1, noise_cells=2, kernel=3))
    torch.nn.init.normal_(network.chroma.weight, std=0.3)
    published = publish(network.eval(), "diverse", tmp_path / "diverse")  # type: ignore[operator]
    assert published.has_variations
    assert registry.read_descriptor(tmp_path / "diverse").draws_colours  # type: ignore[operator]
    monkeypatch.setattr(registry, "shipped_models_dir", lambda: tmp_path)
    service, document = ColorizingService(), _document()
    several = _varied(service, document, 2)
    for varied in several:
        assert len(varied.variation.positions) == 0
        seen = _chroma(varied.colouring, document)
        np.testing.assert_allclose(_coloured(service, document, varied.variation), seen, atol=1e-3)
    one, other = (_chroma(varied.colouring, document) for varied in several)
    assert np.abs(one - other).mean() > 0.1
    assert np.abs(_coloured(service, document, None) - one).mean() > 0.1


def test_without_a_network_there_is_one_colouring() -> None:
    with pytest.raises(UsageError, match="choose another mode"):
        _varied(ColorizingService(), _document(mode="scribbles"))


def test_it_can_be_stopped() -> None:
    token = ProgressToken()
    service = ColorizingService()
    several = service.variations(_document(), 5, device="cpu", working_size_px=64, token=token)
    next(several)
    token.cancel()
    with pytest.raises(Cancelled):
        next(several)
    assert len(_varied(service, _document(), 1)) == 1  # nothing is held on to
