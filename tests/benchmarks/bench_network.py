"""The automatic pass at working size 256: the encoder, once a photo, and the decoder, once a stroke."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from skimage import data

from colorstudio.imaging.colorspace import luminance_of_srgb
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.registry import find_model

_REPEATS = 15


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
    report(
        "automatic pass at 256",
        encoder_ms=_median_ms(lambda: colorizer.prepare(luminance, 256)),
        decoder_ms=_median_ms(lambda: colorizer.predict(prepared)),
        weights_mb=model.weights_path.stat().st_size / 1e6,
    )
