"""Answers while the pen is down: near those of the whole, without it."""

from __future__ import annotations

import gc
import threading
from typing import Any

import numpy as np
import pytest

from colorstudio.document.document import Document, Mode, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.networks.colorizer import Colorizer
from colorstudio.propagation.propagator import Propagator
from colorstudio.services import previewing
from colorstudio.services.colorizing import ColorizingService, Colouring

pytestmark = pytest.mark.usefixtures("small_model")

SHAPE = (120, 160)
RED = Stroke(((30, 20), (30, 90)), 5, "colour", (200, 40, 30))
BLUE = Stroke(((90, 20), (100, 60)), 4, "colour", (40, 60, 190))
KEEP = Stroke(((60, 30), (60, 150)), 3, "keep")


@pytest.fixture(autouse=True)
def small_previews(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "PREVIEW_PIXELS", SHAPE[0] * SHAPE[1] // 4)


@pytest.fixture
def photo() -> Photo:
    rows, cols = np.indices(SHAPE)
    plane = 90 + 30 * np.sin(cols / 19) + 25 * np.cos(rows / 23)
    plane[:, 80:] += 60
    return Photo(plane.astype(np.uint8), PhotoKind.GRAY)


@pytest.fixture
def service() -> ColorizingService:
    return ColorizingService()


def chroma(colouring: Colouring | None, photo: Photo) -> np.ndarray:
    assert colouring is not None
    planes = colouring.chroma.region_planes(photo.luminance, slice(None), slice(None))
    return np.moveaxis(planes, 0, -1)


def colorize(service: ColorizingService, document: Document) -> Colouring:
    return service.colorize(document, device="cpu", working_size_px=64)


def rms(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.sqrt(((a - b) ** 2).mean()))


@pytest.mark.parametrize("before", [(), (BLUE,), (BLUE, KEEP), (RED, BLUE)], ids=len)
def test_scribbles_are_previewed_near_their_answer(
    service: ColorizingService, photo: Photo, before: tuple[Stroke, ...]
) -> None:
    settings = Settings(mode="scribbles")
    base = colorize(service, Document(photo, settings, before))
    document = Document(photo, settings, (BLUE, KEEP, RED))
    expected = chroma(colorize(service, document), photo)
    previewed = chroma(service.preview(document, base), photo)
    changed = rms(chroma(base, photo), expected)
    assert rms(previewed, expected) < 0.25 * changed
    assert rms(chroma(service.preview(document, None), photo), expected) < 0.15 * rms(expected, 0 * expected)


def test_hybrid_is_previewed_on_the_networks_last_answer(
    service: ColorizingService, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = colorize(service, Document(photo, strokes=[BLUE]))
    document = Document(photo, strokes=[BLUE, RED])

    def predict(*_: Any) -> Any:
        raise AssertionError("the network is asked")

    with monkeypatch.context() as patch:
        patch.setattr(Colorizer, "predict", predict)
        previewed = service.preview(document, base)
        undone = service.preview(Document(photo, strokes=[]), base)
    assert base.network is not None
    network = base.network.region_planes(photo.luminance, slice(None), slice(None))
    at = (slice(28, 33), slice(25, 85))
    wanted = np.broadcast_to(np.array(RED.chroma_lab), (5, 60, 2))
    assert rms(chroma(previewed, photo)[at], wanted) < 0.25 * rms(chroma(base, photo)[at], wanted)
    assert rms(chroma(undone, photo), np.moveaxis(network, 0, -1)) < 0.2 * rms(
        chroma(base, photo), np.moveaxis(network, 0, -1)
    )
    np.testing.assert_allclose(
        chroma(service.preview(Document(photo, strokes=[BLUE]), base), photo), chroma(base, photo), atol=0.6
    )


def test_a_change_of_reach_is_previewed(service: ColorizingService, photo: Photo) -> None:
    base = colorize(service, Document(photo, Settings(reach=0.05), [RED]))
    document = Document(photo, Settings(reach=1.0), [RED])
    expected = chroma(colorize(service, document), photo)
    assert rms(chroma(service.preview(document, base), photo), expected) < 0.25 * rms(
        chroma(base, photo), expected
    )


def test_from_hints_to_spreading(service: ColorizingService, photo: Photo) -> None:
    base = colorize(service, Document(photo, Settings(mode="network"), [RED]))
    previewed = chroma(service.preview(Document(photo, strokes=[RED]), base), photo)
    assert rms(previewed[28:33, 25:85], np.broadcast_to(np.array(RED.chroma_lab), (5, 60, 2))) < 6


def test_hints_alone_are_previewed_by_the_network(service: ColorizingService, photo: Photo) -> None:
    settings = Settings(mode="network")
    base = service.colorize(Document(photo, settings))
    document = Document(photo, settings, [RED])
    previewed = chroma(service.preview(document, base), photo)
    np.testing.assert_array_equal(previewed, chroma(service.colorize(document), photo))


def test_nothing_is_said_without_the_network_that_is_wanted(service: ColorizingService, photo: Photo) -> None:
    scribbled = colorize(service, Document(photo, Settings(mode="scribbles"), [RED]))
    of_small = colorize(service, Document(photo, strokes=[RED]))
    for mode in ("hybrid", "network"):
        settings = Settings(mode=mode, model="tiny")
        assert service.preview(Document(photo, settings, [RED]), of_small) is None
    assert service.preview(Document(photo, strokes=[RED]), scribbled) is None
    assert service.preview(Document(photo, strokes=[RED]), None) is None


def test_a_preview_does_not_wait_for_a_pass_but_the_pass_for_it(
    service: ColorizingService, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = colorize(service, Document(photo, strokes=[RED]))
    inside, go_on = threading.Event(), threading.Event()
    solve = Propagator.solve

    def held(self: Propagator, *args: Any, **kwargs: Any) -> Any:
        if self.shape == SHAPE:
            inside.set()
            assert go_on.wait(20)
        return solve(self, *args, **kwargs)

    monkeypatch.setattr(Propagator, "solve", held)
    done: list[Colouring] = []
    document = Document(photo, strokes=[RED, BLUE])
    thread = threading.Thread(target=lambda: done.append(colorize(service, document)))
    thread.start()
    assert inside.wait(20)
    assert service.preview(document, base) is not None
    assert not done
    go_on.set()
    thread.join(20)
    assert done


def test_one_small_photo_is_kept_and_forgotten_with_it(service: ColorizingService, photo: Photo) -> None:
    other = Photo(photo.pixels.copy(), PhotoKind.GRAY)
    for shown in (photo, other):
        service.preview(Document(shown, Settings(mode="scribbles"), [RED]), None)
        assert list(service._previewer._kept) == [shown]
    del shown, other
    gc.collect()
    assert not service._previewer._kept


def test_a_photo_can_be_forgotten_while_somebody_holds_it(service: ColorizingService, photo: Photo) -> None:
    service.preview(Document(photo, strokes=[RED]), colorize(service, Document(photo, strokes=[RED])))
    service.forget(photo)
    kept = (service._previewer._kept, service._spreader._kept, service._predictor.seen, service._asker.latest)
    assert [len(each) for each in kept] == [0, 0, 0, 0]
    service.forget(photo)


def test_warming_up_prepares_both_sizes_once(
    service: ColorizingService, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, int]] = []
    init = Propagator.__init__

    def counted(self: Propagator, luminance: np.ndarray, **kwargs: Any) -> None:
        made.append((luminance.shape[0], luminance.shape[1]))
        init(self, luminance, **kwargs)

    monkeypatch.setattr(Propagator, "__init__", counted)
    service.warm_up(Document(photo))
    assert made == [(60, 80), SHAPE]
    base = colorize(service, Document(photo, strokes=[RED]))
    service.preview(Document(photo, strokes=[RED, BLUE]), base)
    assert len(made) == 2


@pytest.mark.parametrize("mode", ["hybrid", "scribbles"])
def test_what_is_on_the_screen_comes_first(service: ColorizingService, mode: Mode) -> None:
    rows, cols = np.indices((260, 300))
    photo = Photo((90 + 50 * np.sin(cols / 19) * np.cos(rows / 23)).astype(np.uint8), PhotoKind.GRAY)
    region = slice(20, 80), slice(100, 220)
    seen: list[tuple[slice, slice, np.ndarray]] = []
    document = Document(photo, Settings(mode=mode), [RED, BLUE])
    whole = service.colorize(
        document, working_size_px=64, region=region, on_region=lambda *part: seen.append(part)
    )
    assert [part[:2] for part in seen] == [region]
    assert rms(seen[0][2], chroma(whole, photo)[region]) < 2.0


@pytest.mark.parametrize("strokes", [(), (RED,)], ids=len)
def test_a_change_of_vividness_is_previewed_without_the_network(
    service: ColorizingService, photo: Photo, monkeypatch: pytest.MonkeyPatch, strokes: tuple[Stroke, ...]
) -> None:
    base = colorize(service, Document(photo, Settings(vividness=0.0), strokes))
    document = Document(photo, Settings(vividness=1.0), strokes)
    expected = chroma(colorize(service, document), photo)
    monkeypatch.setattr(Colorizer, "predict", None)
    previewed = service.preview(document, base)
    assert previewed is not None
    assert previewed.vividness == 1.0
    changed = rms(chroma(base, photo), expected)
    assert changed > 0.5
    assert rms(chroma(previewed, photo), expected) < 0.25 * changed


def test_a_change_of_smoothing_is_previewed_without_the_network(
    service: ColorizingService, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = colorize(service, Document(photo, Settings(vividness=1.0), [RED]))
    document = Document(photo, Settings(vividness=1.0, smoothing="crf"), [RED])
    expected = chroma(colorize(service, document), photo)
    monkeypatch.setattr(Colorizer, "predict", None)
    previewed = service.preview(document, base)
    assert previewed is not None
    assert previewed.smoothing == "crf"
    changed = rms(chroma(base, photo), expected)
    assert changed > 0.1
    assert rms(chroma(previewed, photo), expected) < 0.7 * changed


def test_strokes_that_are_drawn_lie_on_colours_as_vivid_as_before(
    service: ColorizingService, photo: Photo
) -> None:
    settings = Settings(vividness=1.0)
    base = colorize(service, Document(photo, settings))
    small = Stroke(((100, 150), (104, 156)), 3, "colour", (200, 40, 30))
    previewed = service.preview(Document(photo, settings, [small]), base)
    far = np.s_[:60, :60]
    np.testing.assert_allclose(chroma(previewed, photo)[far], chroma(base, photo)[far], atol=2)


def test_of_older_strokes_no_other_vividness_is_known(service: ColorizingService, photo: Photo) -> None:
    """As after a step back: the pass that follows finds out."""
    base = colorize(service, Document(photo, Settings(vividness=0.0), [RED]))
    colorize(service, Document(photo, Settings(vividness=0.0), [RED, BLUE]))
    previewed = service.preview(Document(photo, Settings(vividness=1.0), [RED]), base)
    assert rms(chroma(previewed, photo), chroma(base, photo)) < 0.5
