from __future__ import annotations

import dataclasses
import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
import torch

from colorstudio.document.document import Document, Mode, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.errors import DeviceError, ModelError
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.imaging.smoothing import Smoothing
from colorstudio.networks.colorizer import ChromaPrediction, Colorizer
from colorstudio.networks.hints import NO_HINTS, Hints
from colorstudio.networks.registry import find_model
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services import answering, asking, devices, predicting
from colorstudio.services.answering import NO_GUIDES, Answer, Asked
from colorstudio.services.colorizing import ColorizingService, Colouring

pytestmark = pytest.mark.usefixtures("small_model")


def _photo(rows: int = 48, cols: int = 64, seed: int = 0) -> Photo:
    pixels = np.random.default_rng(seed).integers(0, 256, (rows, cols), dtype=np.uint8)
    return Photo(pixels, PhotoKind.GRAY)


def _chroma(colouring: Colouring, photo: Photo) -> np.ndarray:
    planes = colouring.chroma.region_planes(photo.luminance, slice(None), slice(None))
    return np.moveaxis(planes, 0, -1)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the service has networks do, in order."""
    made: list[str] = []

    def counted(name: str) -> None:
        original = getattr(Colorizer, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            made.append(name)
            return original(*args, **kwargs)

        monkeypatch.setattr(Colorizer, name, staticmethod(call) if name == "load" else call)

    for name in ("load", "prepare", "predict"):
        counted(name)
    return made


def test_colouring_says_what_was_used() -> None:
    photo = _photo()
    colouring = ColorizingService().colorize(Document(photo), device="cpu", working_size_px=64)
    assert (colouring.model, colouring.device, colouring.working_size_px) == ("small", "cpu", 64)
    assert {"load", "prepare", "predict", "guide"} <= set(colouring.seconds)
    assert all(seconds >= 0 for seconds in colouring.seconds.values())
    assert colouring.notes == ()
    chroma = _chroma(colouring, photo)
    assert chroma.shape == (48, 64, 2)
    assert np.isfinite(chroma).all()


def test_the_model_of_the_settings_is_used() -> None:
    service = ColorizingService()
    photo = _photo()
    small = service.colorize(Document(photo), device="cpu", working_size_px=64)
    tiny = service.colorize(Document(photo, Settings(model="tiny")), device="cpu", working_size_px=64)
    assert tiny.model == "tiny"
    assert not np.allclose(_chroma(small, photo), _chroma(tiny, photo))
    with pytest.raises(ModelError, match="no model named absent"):
        service.colorize(Document(photo, Settings(model="absent")))


def test_the_network_runs_once_a_photo(calls: list[str]) -> None:
    service = ColorizingService()
    document = Document(_photo())
    first = service.colorize(document, working_size_px=64)
    assert calls == ["load", "prepare", "predict"]
    again = service.colorize(document, working_size_px=64)
    assert calls == ["load", "prepare", "predict"]
    assert np.array_equal(_chroma(first, document.photo), _chroma(again, document.photo))
    service.colorize(document, working_size_px=96)
    service.colorize(Document(_photo(seed=1)), working_size_px=64)
    assert calls.count("prepare") == 3
    assert calls.count("load") == 1


def test_only_a_few_photos_are_kept(calls: list[str]) -> None:
    service = ColorizingService()
    photos = [_photo(seed=seed) for seed in range(predicting.KEPT_PHOTOS + 1)]
    for photo in photos:
        service.colorize(Document(photo), working_size_px=32)
    assert len(service._predictor.seen) == predicting.KEPT_PHOTOS
    before = calls.count("prepare")
    service.colorize(Document(photos[-1]), working_size_px=32)
    assert calls.count("prepare") == before
    service.colorize(Document(photos[0]), working_size_px=32)
    assert calls.count("prepare") == before + 1


def test_a_photo_that_is_gone_is_forgotten() -> None:
    """Else a new photo that gets the same id would be coloured like the old one."""
    service = ColorizingService()
    photo = _photo()
    gone = weakref.ref(photo)
    service.colorize(Document(photo), working_size_px=32)
    assert len(service._predictor.seen) == 1
    del photo
    gc.collect()
    assert gone() is None
    assert not service._predictor.seen


def test_several_threads_get_what_one_would(calls: list[str]) -> None:
    photos = [_photo(seed=seed) for seed in range(3)]
    alone = ColorizingService()
    expected = [_chroma(alone.colorize(Document(photo), working_size_px=32), photo) for photo in photos]
    calls.clear()
    service = ColorizingService()

    def colour(number: int) -> np.ndarray:
        photo = photos[number % 3]
        return _chroma(service.colorize(Document(photo), working_size_px=32), photo)

    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(colour, range(12)))
    for number, chroma in enumerate(results):
        assert np.array_equal(chroma, expected[number % 3])
    assert calls.count("load") == 1
    assert calls.count("prepare") == 3


def test_cancelled_before_it_starts_nothing_is_loaded(calls: list[str]) -> None:
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        ColorizingService().colorize(Document(_photo()), token=token)
    assert calls == []


def test_cancelled_between_encoder_and_decoder(calls: list[str]) -> None:
    def stop(_: float, stage: str) -> None:
        if stage == "Choosing colours":
            token.cancel()

    token = ProgressToken(stop)
    service = ColorizingService()
    document = Document(_photo())
    with pytest.raises(Cancelled):
        service.colorize(document, working_size_px=32, token=token)
    # The service is as good as before.
    service.colorize(document, working_size_px=32)
    assert calls.count("prepare") == 1


def test_cancelled_while_it_waits_for_another_pass(calls: list[str]) -> None:
    service = ColorizingService()
    waiting = threading.Event()
    token = ProgressToken(lambda *_: waiting.set())
    with ThreadPoolExecutor(1) as threads, service._lock:
        future = threads.submit(service.colorize, Document(_photo()), token=token)
        assert waiting.wait(10)
        token.cancel()
        service._lock.release()
        try:
            with pytest.raises(Cancelled):
                future.result(10)
        finally:
            service._lock.acquire()
    assert calls == []


def test_progress_goes_forward_to_the_end() -> None:
    seen: list[float] = []
    ColorizingService().colorize(
        Document(_photo()), working_size_px=32, token=ProgressToken(lambda fraction, _: seen.append(fraction))
    )
    assert seen == sorted(seen)
    assert seen[0] == 0
    assert seen[-1] == 1


# -- memory that runs out -----------------------------------------------------------------------


def _torch_error() -> Exception:
    return torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")


def _cpu_error() -> Exception:
    return RuntimeError("[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: can't allocate memory")


def _mps_error() -> Exception:
    return RuntimeError("MPS backend out of memory (MPS allocated: 9.00 GB)")


@pytest.fixture
def fails_above(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, int]]]:
    """Let the encoder run out of memory above a working size, on some devices."""

    def install(
        limit: dict[str, int], error: Callable[[], Exception] = _torch_error
    ) -> list[tuple[str, int]]:
        tried: list[tuple[str, int]] = []
        original = Colorizer.prepare

        def prepare(self: Colorizer, luminance: Any, size: int | None = None) -> Any:
            assert size is not None
            tried.append((self.device, size))
            if size > limit[self.device]:
                raise error()
            return original(self, luminance, size)

        monkeypatch.setattr(Colorizer, "prepare", prepare)
        return tried

    return install


@pytest.fixture
def pretended_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device "cuda" whose networks really run on the CPU."""
    monkeypatch.setattr(devices, "available_devices", lambda: ["cuda", "cpu"])
    monkeypatch.setattr(asking, "release_memory", lambda device: None)
    load, prepare = Colorizer.load, Colorizer.prepare

    def load_on_cpu(descriptor: Any, device: str = "cpu") -> Colorizer:
        colorizer = load(descriptor, "cpu")
        colorizer.device = device
        return colorizer

    def prepare_on_cpu(self: Colorizer, *args: Any) -> Any:
        device, self.device = self.device, "cpu"
        try:
            return prepare(self, *args)
        finally:
            self.device = device

    def predict_on_cpu(self: Colorizer, *args: Any) -> Any:
        device, self.device = self.device, "cpu"
        try:
            return predict(self, *args)
        finally:
            self.device = device

    predict = Colorizer.predict
    monkeypatch.setattr(Colorizer, "load", staticmethod(load_on_cpu))
    monkeypatch.setattr(Colorizer, "prepare", prepare_on_cpu)
    monkeypatch.setattr(Colorizer, "predict", predict_on_cpu)


@pytest.mark.parametrize("error", [_torch_error, _cpu_error, _mps_error, MemoryError])
def test_out_of_memory_uses_a_smaller_size_and_says_so(
    fails_above: Callable[..., list[tuple[str, int]]], error: Callable[[], Exception]
) -> None:
    tried = fails_above({"cpu": 200}, error)
    colouring = ColorizingService().colorize(Document(_photo()), device="cpu", working_size_px=256)
    assert tried == [("cpu", 256), ("cpu", 160)]
    assert colouring.working_size_px == 160
    assert len(colouring.notes) == 1
    assert "256" in colouring.notes[0]
    assert "160" in colouring.notes[0]


@pytest.mark.usefixtures("pretended_gpu")
def test_out_of_memory_goes_to_the_cpu_at_the_size_asked_for(
    fails_above: Callable[..., list[tuple[str, int]]],
) -> None:
    tried = fails_above({"cuda": 0, "cpu": 1000})
    colouring = ColorizingService().colorize(Document(_photo()), working_size_px=320)
    assert tried == [("cuda", 320), ("cuda", 200), ("cuda", 125), ("cpu", 320)]
    assert (colouring.device, colouring.working_size_px) == ("cpu", 320)
    assert "used the CPU instead" in colouring.notes[-1]


@pytest.mark.usefixtures("pretended_gpu")
def test_automatic_device_is_the_fastest() -> None:
    assert ColorizingService().colorize(Document(_photo()), working_size_px=32).device == "cuda"


def test_no_memory_at_all_is_a_device_error(fails_above: Callable[..., list[tuple[str, int]]]) -> None:
    tried = fails_above({"cpu": 0})
    with pytest.raises(DeviceError, match="not enough memory"):
        ColorizingService().colorize(Document(_photo()), device="cpu", working_size_px=256)
    assert [size for _, size in tried] == [256, 160, 100]


def test_other_errors_are_not_taken_for_lack_of_memory(
    fails_above: Callable[..., list[tuple[str, int]]],
) -> None:
    tried = fails_above({"cpu": 0}, lambda: RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    with pytest.raises(RuntimeError, match="shapes"):
        ColorizingService().colorize(Document(_photo()), device="cpu", working_size_px=256)
    assert len(tried) == 1


def test_the_failed_try_holds_no_memory_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback keeps the tensors of its frames; on a full card the next try needs their room."""
    held: list[weakref.ref[Any]] = []
    alive: list[bool] = []
    original = Colorizer.prepare

    class Big:
        pass

    def prepare(self: Colorizer, luminance: Any, size: int | None = None) -> Any:
        if not held:
            big = Big()
            held.append(weakref.ref(big))
            raise _torch_error()
        return original(self, luminance, size)

    def release(_: str) -> None:
        alive.append(held[0]() is not None)

    monkeypatch.setattr(Colorizer, "prepare", prepare)
    monkeypatch.setattr(asking, "release_memory", release)
    ColorizingService().colorize(Document(_photo()), device="cpu", working_size_px=256)
    assert alive == [False]


def test_out_of_memory_while_following_the_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    def upsampler(*args: Any, **kwargs: Any) -> GuidedUpsampler:
        if args[0].shape[0] > 100:
            raise MemoryError
        return GuidedUpsampler(*args, **kwargs)

    monkeypatch.setattr(answering, "GuidedUpsampler", upsampler)
    colouring = ColorizingService().colorize(Document(_photo()), device="cpu", working_size_px=256)
    assert colouring.working_size_px == 160


# -- vividness ----------------------------------------------------------------------------------------


def test_the_vividness_is_the_networks_own_unless_it_is_given(
    small_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = dataclasses.replace(find_model(small_model), vividness=0.75)
    monkeypatch.setattr(asking, "find_model", lambda _: descriptor)
    photo, service = _photo(), ColorizingService()

    def coloured(vividness: float | None) -> tuple[float, np.ndarray]:
        document = Document(photo, Settings(vividness=vividness))
        colouring = service.colorize(document, device="cpu", working_size_px=64)
        return colouring.vividness, _chroma(colouring, photo)

    (own, as_usual), (given, as_given), (none, mean) = map(coloured, (None, 0.75, 0.0))
    assert (own, given, none) == (0.75, 0.75, 0.0)
    np.testing.assert_array_equal(as_usual, as_given)
    assert np.abs(as_usual - mean).max() > 1


def test_another_vividness_does_not_run_the_network_again(calls: list[str]) -> None:
    photo, service = _photo(), ColorizingService()
    stroke = Stroke(((10, 10), (10, 30)), 3, "colour", (200, 40, 30))
    for strokes in ((), (stroke,)):
        pictures: list[np.ndarray] = []
        for vividness in (0.0, 0.4, 1.0):
            document = Document(photo, Settings(vividness=vividness), strokes)
            pictures.append(_chroma(service.colorize(document, device="cpu", working_size_px=64), photo))
        assert np.abs(pictures[2] - pictures[1]).max() > 1
        assert np.abs(pictures[1] - pictures[0]).max() > 1
        assert calls == ["load", "prepare", "predict", "predict"][: 3 + len(strokes)]


def test_other_strokes_run_it_again(calls: list[str]) -> None:
    photo, service = _photo(), ColorizingService()
    for row in (10, 12):
        stroke = Stroke(((row, 10), (row, 30)), 2, "colour", (200, 40, 30))
        service.colorize(Document(photo, Settings(mode="network"), [stroke]), working_size_px=64)
    assert calls.count("predict") == 2


def test_painted_pixels_are_what_was_painted_however_vivid_the_rest() -> None:
    photo = _photo()
    stroke = Stroke(((10, 10), (10, 30)), 2, "colour", (90, 120, 100))
    document = Document(photo, Settings(vividness=1.0), [stroke])
    chroma = _chroma(ColorizingService().colorize(document, device="cpu", working_size_px=64), photo)
    np.testing.assert_allclose(
        chroma[10, 12:28], np.broadcast_to(np.array(stroke.chroma_lab), (16, 2)), atol=0.1
    )


# -- smoothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["hybrid", "network"])
def test_another_smoothing_does_not_run_the_network_again(mode: Mode, calls: list[str]) -> None:
    photo, service = _photo(), ColorizingService()
    stroke = Stroke(((10, 10), (10, 30)), 3, "colour", (200, 40, 30))
    for strokes in ((), (stroke,)):
        pictures: list[np.ndarray] = []
        smoothings: tuple[Smoothing, ...] = ("none", "tv", "crf")
        for smoothing in smoothings:
            document = Document(photo, Settings(mode=mode, smoothing=smoothing, vividness=1.0), strokes)
            colouring = service.colorize(document, device="cpu", working_size_px=64)
            assert colouring.smoothing == smoothing
            pictures.append(_chroma(colouring, photo))
        assert min(np.abs(pictures[0] - picture).max() for picture in pictures[1:]) > 0.5
        assert np.abs(pictures[1] - pictures[2]).max() > 0.5
    assert calls.count("prepare") == 1
    assert calls.count("predict") == 2


@pytest.mark.parametrize("smoothing", ["tv", "crf"])
def test_painted_pixels_are_what_was_painted_however_even_the_rest(smoothing: Smoothing) -> None:
    photo = _photo()
    stroke = Stroke(((10, 10), (10, 30)), 2, "colour", (90, 120, 100))
    document = Document(photo, Settings(smoothing=smoothing), [stroke])
    chroma = _chroma(ColorizingService().colorize(document, device="cpu", working_size_px=64), photo)
    np.testing.assert_allclose(
        chroma[10, 12:28], np.broadcast_to(np.array(stroke.chroma_lab), (16, 2)), atol=0.1
    )


def test_strokes_alone_are_not_smoothed() -> None:
    photo = _photo()
    stroke = Stroke(((10, 10), (10, 30)), 3, "colour", (200, 40, 30))
    plain, even = (
        ColorizingService().colorize(
            Document(photo, Settings(mode="scribbles", smoothing=smoothing), [stroke])
        )
        for smoothing in ("none", "crf")
    )
    assert even.smoothing == "none"
    np.testing.assert_array_equal(_chroma(even, photo), _chroma(plain, photo))


def test_hints_that_the_network_took_are_held() -> None:
    """Where strokes are hints alone, the network's answer at them stays."""
    shape = (20, 30)
    chroma = np.zeros((*shape, 2), np.float32)
    chroma[5, 7] = (40, -30)
    prediction = ChromaPrediction(chroma, np.full(shape, 50, np.float32), torch.zeros(313, 10, 15))
    hints = Hints(np.array([[10, 14]]), np.array([[40, -30]], np.float32))
    for smoothing in ("tv", "crf"):
        answer = Answer(Asked("", (), NO_GUIDES), prediction, None, hints, (40, 60))
        small = answer.chroma(0.0, smoothing).resized(shape)
        luminance = np.full(shape, 50, np.float32)
        np.testing.assert_allclose(small.at(luminance, np.array([5 * 30 + 7])), [[40, -30]], atol=0.1)
        without = Answer(Asked("", (), NO_GUIDES), prediction, None, NO_HINTS, (40, 60))
        lost = without.chroma(0.0, smoothing).resized(shape).at(luminance, np.array([5 * 30 + 7]))
        assert np.linalg.norm(lost) < 40


# -- devices, models ------------------------------------------------------------------------------


def test_devices_of_this_machine_end_with_the_cpu() -> None:
    assert devices.available_devices()[-1] == "cpu"
    assert devices.resolve_device("cpu") == "cpu"
    assert devices.resolve_device() == devices.available_devices()[0]


def test_devices_that_are_not_there_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "available_devices", lambda: ["cpu"])
    with pytest.raises(DeviceError, match=r"no device 'cuda'.*auto, cpu"):
        devices.resolve_device("cuda")
    with pytest.raises(DeviceError, match="no device 'tpu'"):
        devices.resolve_device("tpu")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (_torch_error(), True),
        (_cpu_error(), True),
        (_mps_error(), True),
        (MemoryError(), True),
        (RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"), True),
        (RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"), True),
        (RuntimeError("CUDA error: device-side assert triggered"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_is_out_of_memory(error: Exception, expected: bool) -> None:
    assert devices.is_out_of_memory(error) is expected


def test_the_service_is_there_without_numba() -> None:
    """It takes a quarter of a second to import, and a photo without strokes does not need it."""
    code = "import sys, colorstudio.services.colorizing; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
