"""The network at working size 256: the encoder, once a photo, and the decoder, once a stroke.

Beside the network of Zhang et al. 2017, in the same run: there each stroke is a whole pass.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data

from colorstudio.document.compositor import composite
from colorstudio.imaging.colorspace import luminance_of_srgb
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.networks.architectures.siggraph17 import Siggraph17
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.hints import Hints
from colorstudio.networks.registry import find_model

_REPEATS = 15


def _strokes() -> Iterator[Hints]:
    """Strokes that go on growing, in a colour that surprises: what was asked before is remembered."""
    for length in count(20):
        places = np.argwhere(np.ones((6, length))) + 100
        yield Hints(places, np.full((6 * length, 2), (40.0, -20.0), np.float32))


def _median_ms(work: Callable[[], object]) -> float:
    work()
    times: list[float] = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def test_automatic_pass(report: Callable[..., None]) -> None:
    luminance = luminance_of_srgb(data.astronaut()[:256, :256] / np.float32(255))
    model = find_model()
    colorizer = Colorizer.load(model, "cpu")
    prepared = colorizer.prepare(luminance, 256)
    strokes = _strokes()
    report(
        "automatic pass at 256",
        encoder_ms=_median_ms(lambda: colorizer.prepare(luminance, 256)),
        decoder_ms=_median_ms(lambda: colorizer.predict(prepared, soft=next(strokes))),
        weights_mb=model.weights_path.stat().st_size / 1e6,
    )


def test_beside_siggraph17(report: Callable[..., None]) -> None:
    luminance = luminance_of_srgb(data.astronaut()[:256, :256] / np.float32(255))
    colorizer = Colorizer.load(find_model(), "cpu")
    prepared = colorizer.prepare(luminance, 256)
    torch.manual_seed(0)
    yardstick = Siggraph17().eval().to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    planes, hints = torch.from_numpy(luminance)[None, None], torch.zeros(1, 3, 256, 256)

    @torch.inference_mode()
    def whole_pass() -> object:
        return yardstick(planes, hints)

    first = _median_ms(lambda: colorizer.predict(colorizer.prepare(luminance, 256)))
    strokes = _strokes()
    stroke = _median_ms(lambda: colorizer.predict(prepared, next(strokes)))
    siggraph = _median_ms(whole_pass)
    report(
        "network at 256",
        first_ms=first,
        stroke_ms=stroke,
        siggraph17_ms=siggraph,
        first_ratio=siggraph / first,
        stroke_ratio=siggraph / stroke,
    )


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_large_photo_on_a_gpu(report: Callable[..., None]) -> None:
    """12 MP from luminance to pixels: the network on the GPU, the picture composed on the CPU."""
    scan = Image.fromarray(data.astronaut()).resize((4000, 3000), Image.Resampling.BICUBIC)
    luminance = luminance_of_srgb(np.asarray(scan) / np.float32(255))
    colorizer = Colorizer.load(find_model(), "cuda")
    prepared = colorizer.prepare(luminance, 256)
    prediction = colorizer.predict(prepared)  # on the CPU when it returns: what the GPU does is done

    def picture() -> object:
        upsampler = GuidedUpsampler(prediction.chroma_lab, prediction.guide, prepared.photo_shape)
        return composite(luminance, upsampler)

    def prepare() -> None:
        colorizer.prepare(luminance, 256)
        torch.cuda.synchronize()

    strokes = _strokes()
    prepare_ms = _median_ms(prepare)
    predict_ms = _median_ms(lambda: colorizer.predict(prepared, soft=next(strokes)))
    composite_ms = _median_ms(picture)
    report(
        "12 MP on a GPU",
        prepare_ms=prepare_ms,
        predict_ms=predict_ms,
        composite_on_cpu_ms=composite_ms,
        all_ms=prepare_ms + predict_ms + composite_ms,
    )
