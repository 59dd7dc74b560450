"""Network and strokes together, in each mode."""

from __future__ import annotations

import gc
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from colorstudio.document.document import Document, Mode, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.errors import DeviceError
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.hints import Hints
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation.propagator import Propagator
from colorstudio.services import asking
from colorstudio.services.blending import blend_near_hints
from colorstudio.services.colorizing import ColorizingService, Colouring
from colorstudio.services.hybrid import DEFAULT_REACH, hybrid_chroma, screening_of_reach
from colorstudio.services.painting import painted_by_strokes

pytestmark = pytest.mark.usefixtures("small_model")

SHAPE = (48, 64)
RED = Stroke(((10, 5), (10, 40)), 2, "colour", (200, 40, 30))
BLUE = Stroke(((30, 5), (40, 20)), 1, "colour", (40, 60, 190))
NEUTRAL = Stroke(((40, 40), (40, 60)), 2, "neutral")
KEEP = Stroke(((24, 30), (24, 60)), 2, "keep")
STROKES = (RED, BLUE, NEUTRAL, KEEP)


@pytest.fixture
def photo() -> Photo:
    return _photo()


def _photo() -> Photo:
    """Two areas, each so smooth that Levin's smallest sigma counts: it alone depends on the unit of L*."""
    rows, cols = np.indices(SHAPE)
    ramp = 28_000 + 70 * (rows + cols)
    ramp[20:, 25:] += 20_000
    return Photo(ramp.astype(np.uint16), PhotoKind.GRAY)


def _colorize(photo: Photo, *strokes: Stroke, **settings: Any) -> Colouring:
    document = Document(photo, Settings(**settings), strokes)
    return ColorizingService().colorize(document, device="cpu", working_size_px=64)


def _chroma(colouring: Colouring, photo: Photo) -> np.ndarray:
    planes = colouring.chroma.region_planes(photo.luminance, slice(None), slice(None))
    return np.moveaxis(planes, 0, -1)


def _pixels(*strokes: Stroke) -> np.ndarray:
    mask = np.zeros(SHAPE, np.bool_)
    mask.reshape(-1)[painted_by_strokes(strokes, SHAPE).constraints.indices] = True
    return mask


def _network(photo: Photo, *strokes: Stroke, blended: bool = False) -> np.ndarray:
    """What the network says to strokes that are all hints; and what of it the spread strokes stand on."""
    from colorstudio.networks.registry import find_model

    colorizer = Colorizer.load(find_model("small"), "cpu")
    painted = painted_by_strokes(strokes, SHAPE).constraints
    positions = np.stack(np.divmod(painted.indices, SHAPE[1]), axis=-1)
    prepared, hints = colorizer.prepare(photo.luminance, 64), Hints(positions, painted.values)
    prediction = colorizer.predict(prepared, hints)
    if blended:
        prediction = blend_near_hints(colorizer.predict(prepared), prediction, hints, SHAPE)
    upsampler = GuidedUpsampler(prediction.chroma_lab, prediction.guide, SHAPE)
    return upsampler.region(photo.luminance, slice(None), slice(None))


@pytest.fixture
def solves(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The options of each solve; "prepared" for each preparation of a photo."""
    made: list[dict[str, Any]] = []
    init, solve = Propagator.__init__, Propagator.solve

    def counted_init(self: Propagator, *args: Any, **kwargs: Any) -> None:
        made.append({"prepared": True})
        init(self, *args, **kwargs)

    def counted_solve(self: Propagator, *args: Any, **kwargs: Any) -> Any:
        made.append(kwargs)
        return solve(self, *args, **kwargs)

    monkeypatch.setattr(Propagator, "__init__", counted_init)
    monkeypatch.setattr(Propagator, "solve", counted_solve)
    return made


# -- the modes ----------------------------------------------------------------------------------


def test_hybrid_is_the_network_with_hints_plus_the_spread_residual(photo: Photo) -> None:
    strokes = (RED, BLUE, NEUTRAL)
    painted = painted_by_strokes(strokes, SHAPE).constraints
    screening = screening_of_reach(DEFAULT_REACH, SHAPE)
    propagator = Propagator(photo.luminance / 100)
    network = _network(photo, *strokes, blended=True)
    expected, _ = hybrid_chroma(network, propagator, painted, screening)
    colouring = _colorize(photo, *strokes)
    np.testing.assert_allclose(_chroma(colouring, photo), expected, atol=6e-3)
    assert (colouring.model, colouring.device, colouring.working_size_px) == ("small", "cpu", 64)
    assert "propagation" in colouring.seconds


def test_hybrid_gives_painted_pixels_their_colour_and_keeps_the_kept_ones(photo: Photo) -> None:
    chroma = _chroma(_colorize(photo, *STROKES), photo)
    np.testing.assert_allclose(chroma[_pixels(RED)], [RED.chroma_lab] * _pixels(RED).sum(), atol=6e-3)
    np.testing.assert_allclose(chroma[_pixels(NEUTRAL)], 0, atol=6e-3)
    network = _network(photo, RED, BLUE, NEUTRAL, blended=True)
    np.testing.assert_allclose(chroma[_pixels(KEEP)], network[_pixels(KEEP)], atol=6e-3)
    without = _chroma(_colorize(photo, RED, BLUE, NEUTRAL), photo)
    assert np.abs(without - chroma)[_pixels(KEEP)].max() > 0.5


def test_keep_strokes_alone_change_nothing(photo: Photo, solves: list[dict[str, Any]]) -> None:
    np.testing.assert_array_equal(_chroma(_colorize(photo, KEEP), photo), _chroma(_colorize(photo), photo))
    assert solves == []


def test_network_takes_strokes_as_hints_alone(photo: Photo, solves: list[dict[str, Any]]) -> None:
    colouring = _colorize(photo, *STROKES, mode="network")
    np.testing.assert_allclose(_chroma(colouring, photo), _network(photo, RED, BLUE, NEUTRAL), atol=6e-3)
    assert solves == []
    assert "propagation" not in colouring.seconds


def test_scribbles_need_no_network(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("find_model", "resolve_device"):
        monkeypatch.delattr(asking, name)
    colouring = _colorize(photo, *STROKES, mode="scribbles", reach=0.01)
    painted = painted_by_strokes(STROKES, SHAPE).constraints
    expected = Propagator(photo.luminance / 100).solve(painted).chroma
    np.testing.assert_allclose(_chroma(colouring, photo), expected, atol=6e-3)
    assert (colouring.model, colouring.device, colouring.working_size_px) == ("", "cpu", 0)
    assert set(colouring.seconds) == {"propagation"}


def test_scribbles_without_strokes_are_gray(photo: Photo, solves: list[dict[str, Any]]) -> None:
    colouring = _colorize(photo, mode="scribbles")
    np.testing.assert_array_equal(_chroma(colouring, photo), np.zeros((*SHAPE, 2)))
    assert solves == []


@pytest.mark.parametrize("mode", ["hybrid", "network"])
def test_without_strokes_it_is_the_automatic_pass(
    photo: Photo, mode: Mode, solves: list[dict[str, Any]]
) -> None:
    colouring = _colorize(photo, mode=mode)
    assert isinstance(colouring.chroma, GuidedUpsampler)
    assert solves == []
    np.testing.assert_array_equal(_chroma(colouring, photo), _network(photo))


def test_strokes_outside_of_the_photo_change_nothing_and_are_told(photo: Photo) -> None:
    outside = Stroke(((-20, -20),), 3, "colour", (255, 0, 0))
    colouring = _colorize(photo, outside)
    np.testing.assert_array_equal(_chroma(colouring, photo), _chroma(_colorize(photo), photo))
    assert colouring.notes == ("None of the strokes lies in the photo.",)
    assert _colorize(photo, RED).notes == ()


def test_what_is_painted_elsewhere_takes_the_place_of_the_strokes(photo: Photo) -> None:
    service = ColorizingService()
    painted = painted_by_strokes((BLUE,), SHAPE)
    colouring = service.colorize(Document(photo, strokes=[RED]), painted=painted, working_size_px=64)
    np.testing.assert_allclose(_chroma(colouring, photo), _chroma(_colorize(photo, BLUE), photo), atol=6e-3)


# -- reach --------------------------------------------------------------------------------------


def test_a_longer_reach_carries_further(photo: Photo) -> None:
    network = _chroma(_colorize(photo, RED, mode="network"), photo)
    influence = [
        np.abs(_chroma(_colorize(photo, RED, reach=reach), photo) - network)[20].mean()
        for reach in (0.02, 0.1, 1.0, math.inf)
    ]
    assert influence == sorted(influence)
    assert influence[0] < 0.2 * influence[-1]


@pytest.mark.parametrize(
    ("reach", "used"), [(None, DEFAULT_REACH), (0.1, 0.1), (math.inf, math.inf)], ids=str
)
def test_the_reach_of_the_settings_is_used(
    photo: Photo, reach: float | None, used: float, solves: list[dict[str, Any]]
) -> None:
    _colorize(photo, RED, reach=reach)
    assert solves[-1]["screening"] == screening_of_reach(used, SHAPE)


# -- what is kept -------------------------------------------------------------------------------


def test_the_pass_without_hints_is_made_once_for_a_photo(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    decode = HintedColorizer.decode

    def counted(self: HintedColorizer, features: Any, luminance: Any, hints: Any) -> Any:
        asked.append(bool(hints[:, 2].any()))
        return decode(self, features, luminance, hints)

    monkeypatch.setattr(HintedColorizer, "decode", counted)
    service = ColorizingService()
    for strokes in ((), (RED,), (RED, BLUE), ()):
        service.colorize(Document(photo, strokes=strokes), working_size_px=64)
    assert asked == [False, True, True]


def test_a_photo_is_prepared_once_for_all_its_strokes(photo: Photo, solves: list[dict[str, Any]]) -> None:
    service = ColorizingService()
    document = Document(photo, strokes=[RED])
    service.colorize(document, working_size_px=64)
    document.set_strokes((RED, BLUE))
    second = service.colorize(document, working_size_px=64)
    assert [solve.get("prepared", False) for solve in solves] == [True, False, False]
    np.testing.assert_allclose(_chroma(second, photo), _chroma(_colorize(photo, RED, BLUE), photo), atol=0.5)


def test_one_photo_is_kept_prepared_and_forgotten_with_it(solves: list[dict[str, Any]]) -> None:
    service = ColorizingService()
    photos = [_photo(), _photo()]
    for number in (0, 1, 0):
        service.colorize(Document(photos[number], strokes=[RED]), working_size_px=64)
        assert list(service._spreader._kept) == [photos[number]]
    assert sum(solve.get("prepared", False) for solve in solves) == 3
    del photos
    gc.collect()
    assert not service._spreader._kept


# -- progress and failure -----------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["hybrid", "network", "scribbles"])
def test_progress_goes_forward_to_the_end(photo: Photo, mode: Mode) -> None:
    seen: list[float] = []
    document = Document(photo, Settings(mode=mode), STROKES)
    token = ProgressToken(lambda fraction, _: seen.append(fraction))
    ColorizingService().colorize(document, working_size_px=64, token=token)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 1)


def test_cancelled_between_network_and_strokes(photo: Photo, solves: list[dict[str, Any]]) -> None:
    def stop(_: float, stage: str) -> None:
        if stage == "Looking at the edges":
            token.cancel()

    token = ProgressToken(stop)
    service = ColorizingService()
    with pytest.raises(Cancelled):
        service.colorize(Document(photo, strokes=[RED]), working_size_px=64, token=token)
    assert not service._spreader._kept
    assert solves == [{"prepared": True}], "begun, but never solved"
    colouring = service.colorize(Document(photo, strokes=[RED]), working_size_px=64)
    np.testing.assert_array_equal(_chroma(colouring, photo), _chroma(_colorize(photo, RED), photo))


def test_what_the_solver_says_is_passed_on(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    solve = Propagator.solve

    def noted(*args: Any, **kwargs: Any) -> Any:
        return replace(solve(*args, **kwargs), notes=("It took too long.",))

    monkeypatch.setattr(Propagator, "solve", noted)
    assert _colorize(photo, RED).notes == ("It took too long.",)


def test_too_little_memory_for_the_strokes_is_told_and_lets_go(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = ColorizingService()
    with monkeypatch.context() as patch:

        def solve(*_: Any, **__: Any) -> Any:
            raise MemoryError

        patch.setattr(Propagator, "solve", solve)
        with pytest.raises(DeviceError, match="not enough memory to spread the strokes"):
            service.colorize(Document(photo, strokes=[RED]), working_size_px=64)
    assert not service._spreader._kept
    service.colorize(Document(photo, strokes=[RED]), working_size_px=64)
