"""A method measured on photos: the figures, and going on after a stop."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.colorizer import Colorizer
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services.evaluation.accuracy import THRESHOLDS
from colorstudio.services.evaluation.encoder_distance import EncoderDistance
from colorstudio.services.evaluation.evaluating import (
    Measuring,
    evaluate,
    measure_of_colours,
    time_colouring,
)
from colorstudio.services.evaluation.methods import NetworkMethod, ScribblesMethod
from colorstudio.services.evaluation.protocols import PROTOCOLS
from colorstudio.services.evaluation.record import Record

_AUTO, _ZHANG, _ICOLORIT = (PROTOCOLS[name] for name in ("auto", "zhang2017", "icolorit"))
_PICTURE = {"psnr", "rmse", "ssim", "auc", "auc_balanced", "colourfulness"}
_KEYS = _PICTURE | {"psnr_gray", "auc_gray", "auc_balanced_gray", "colourfulness_true"}
_CURVES = {"accuracy", "accuracy_balanced"}


class _OneColour:
    """Colours everything alike, and remembers what it was given."""

    def __init__(self) -> None:
        self.luminances: list[np.ndarray] = []
        self.hints: list[Constraints] = []

    def colours(self, luminance: np.ndarray, hints: Iterable[Constraints]) -> Iterator[np.ndarray]:
        self.luminances.append(luminance)
        for hinted in hints:
            self.hints.append(hinted)
            yield np.full((*luminance.shape, 2), (12, -7), np.float32)


def _evaluated(photos: list[Path], method: Any, protocol: Any, **options: Any) -> dict[str, Any]:
    record = Record({}, [photo.name for photo in photos])
    evaluate(photos, measure_of_colours(method, protocol, **options), record)
    return json.loads(json.dumps(record.as_json()))


def test_auto_has_one_figure_each(photos: list[Path], colorizer: Colorizer) -> None:
    result = _evaluated(photos, NetworkMethod(colorizer), _AUTO)
    assert [row["file"] for row in result["photos"]] == ["a.png", "b.png", "c.png"]
    assert all(set(row) == _KEYS | _CURVES | {"file"} for row in result["photos"])
    assert set(result["mean"]) == _KEYS | _CURVES | {"dcf"}
    for key in _KEYS:
        values = [row[key] for row in result["photos"]]
        assert result["mean"][key] == pytest.approx(sum(values) / 3)
        assert all(math.isfinite(value) for value in values)


def test_gray_photos_need_no_colour_and_coloured_ones_do(photos: list[Path]) -> None:
    rows = {row["file"]: row for row in _evaluated(photos, _OneColour(), _AUTO)["photos"]}
    assert rows["c.png"]["psnr_gray"] > 55
    assert rows["c.png"]["psnr"] < 40
    assert rows["c.png"]["colourfulness_true"] == 0
    assert rows["a.png"]["psnr_gray"] < 15
    assert rows["a.png"]["colourfulness_true"] == pytest.approx(0.3 * math.hypot(100, 100))


def test_saturation_0_is_the_gray_baseline(photos: list[Path]) -> None:
    result = _evaluated(photos, _OneColour(), _AUTO, measuring=Measuring(saturation=0.0))
    for row in result["photos"]:
        assert row["psnr"] == row["psnr_gray"]
        assert row["auc_balanced"] == row["auc_balanced_gray"]
        assert row["colourfulness"] < 0.2  # channels may differ by one, by rounding
    assert result["mean"]["dcf"] == pytest.approx(result["mean"]["colourfulness_true"], abs=0.2)


@pytest.mark.parametrize(("protocol", "size"), [(_ZHANG, 256), (_ICOLORIT, 224)])
def test_each_count_has_its_figures(photos: list[Path], protocol: Any, size: int) -> None:
    method, counts = _OneColour(), (0, 3, 9)
    result = _evaluated(photos, method, protocol, counts=counts)
    for row in result["photos"]:
        assert set(row) == _KEYS | {"file"}
        assert {key for key in _KEYS if isinstance(row[key], list)} == _PICTURE
        assert all(len(row[key]) == 3 for key in _PICTURE)
    assert all(luminance.shape == (size, size) for luminance in method.luminances)
    # The later counts go on from the earlier ones, with other places on each photo.
    for first in range(0, 9, 3):
        none, few, many = method.hints[first : first + 3]
        assert len(none) == 0
        assert 0 < len(few) < len(many)
        assert set(few.indices) < set(many.indices)
    assert not np.array_equal(method.hints[1].indices, method.hints[4].indices)


def test_hints_tell_the_true_colours(photos: list[Path]) -> None:
    result = _evaluated(photos, ScribblesMethod(), _ZHANG, counts=(0, 1, 20))
    one_colour, blobs, gray = result["photos"]
    assert one_colour["psnr"][0] == one_colour["psnr_gray"]
    assert one_colour["psnr"][1] > 45
    assert blobs["psnr"][2] > blobs["psnr"][0] + 1
    assert min(gray["psnr"]) > 55


def test_the_protocols_floor_of_the_error_is_used(photos: list[Path]) -> None:
    result = _evaluated(photos, ScribblesMethod(), _ICOLORIT, counts=(1,))
    gray = result["photos"][2]
    assert gray["psnr"] == [50]
    assert gray["psnr_gray"] == 50


def test_an_evaluation_goes_on_where_it_was_stopped(photos: list[Path], tmp_path: Path) -> None:
    names, path = [photo.name for photo in photos], tmp_path / "figures.json"
    whole = _evaluated(photos, _OneColour(), _ZHANG, counts=(0, 2))
    token = ProgressToken()

    class StopsAtTheSecond(_OneColour):
        def colours(self, luminance: np.ndarray, hints: Iterable[Constraints]) -> Iterator[np.ndarray]:
            yield from super().colours(luminance, hints)
            if len(self.luminances) == 2:
                token.cancel()

    with pytest.raises(Cancelled):
        record = Record({}, names, path)
        evaluate(photos, measure_of_colours(StopsAtTheSecond(), _ZHANG, counts=(0, 2)), record, token)
    left = json.loads(path.read_text(encoding="utf-8"))
    assert [row["file"] for row in left["photos"]] == ["a.png", "b.png"]
    method, reports = _OneColour(), []
    record = Record({}, names, path)
    told = ProgressToken(lambda fraction, stage: reports.append((round(fraction, 2), stage)))
    evaluate(photos, measure_of_colours(method, _ZHANG, counts=(0, 2)), record, told)
    assert len(method.luminances) == 1
    assert json.loads(path.read_text(encoding="utf-8")) == whole
    assert reports == [(0.67, "c.png"), (1.0, "Done")]


def test_what_was_measured_stays_whatever_ends_it(photos: list[Path], tmp_path: Path) -> None:
    class FailsAtTheSecond(_OneColour):
        def colours(self, luminance: np.ndarray, hints: Iterable[Constraints]) -> Iterator[np.ndarray]:
            if self.luminances:
                raise KeyboardInterrupt
            return super().colours(luminance, hints)

    path = tmp_path / "figures.json"
    record = Record({}, [photo.name for photo in photos], path)
    with pytest.raises(KeyboardInterrupt):
        evaluate(photos, measure_of_colours(FailsAtTheSecond(), _AUTO), record)
    left = json.loads(path.read_text(encoding="utf-8"))
    assert [row["file"] for row in left["photos"]] == ["a.png"]


def test_a_curve_rises_to_all_pixels_and_its_area_is_the_figure(
    photos: list[Path], colorizer: Colorizer
) -> None:
    for row in _evaluated(photos, NetworkMethod(colorizer), _AUTO)["photos"]:
        for area, curve in (("auc", "accuracy"), ("auc_balanced", "accuracy_balanced")):
            assert row[curve] == sorted(row[curve])
            assert row[curve][-1] == pytest.approx(1)
            assert row[area] == pytest.approx(np.trapezoid(row[curve], THRESHOLDS) / 150, abs=0.02)


def test_the_encoders_distance_is_told_if_wanted(photos: list[Path], colorizer: Colorizer) -> None:
    assert isinstance(colorizer.network, HintedColorizer)
    measuring = Measuring(encoder=EncoderDistance(colorizer.network, "small"))
    for protocol, counts in ((_AUTO, ()), (_ZHANG, (0, 4))):
        method = ScribblesMethod()
        result = _evaluated(photos[:2], method, protocol, counts=counts, measuring=measuring)
        for row in result["photos"]:
            assert set(measuring.keys(protocol)) | {"file"} == set(row)
            assert np.size(row["encoder_distance"]) == max(len(counts), 1)
        one_colour = result["photos"][0]
        assert np.ravel(one_colour["encoder_distance"])[0] == one_colour["encoder_distance_gray"]
        if counts:
            assert one_colour["encoder_distance"][1] < 0.5 * one_colour["encoder_distance"][0]


@pytest.mark.parametrize("counts", [(), (0, 4)])
def test_the_time_is_added_to_what_was_measured(photos: list[Path], counts: tuple[int, ...]) -> None:
    protocol, method = (_ZHANG if counts else _AUTO), _OneColour()
    record = Record({}, [photo.name for photo in photos])
    evaluate(photos, measure_of_colours(method, protocol, counts=counts), record)
    figures = record.as_json()["mean"]
    time_colouring(photos, method, protocol, record, "A", counts=counts)
    result = record.as_json()
    assert result["machine"] == "A"
    assert {key: value for key, value in result["mean"].items() if key != "seconds"} == figures
    seconds = [row["seconds"] for row in result["photos"]]
    assert np.shape(seconds) == (3, *([2] if counts else []))
    assert np.min(seconds) > 0
    assert result["mean"]["seconds"] == np.median(seconds, axis=0).tolist()
    # What there is of this machine stays, of another it is taken anew.
    asked = len(method.luminances)
    time_colouring(photos, method, protocol, record, "A", counts=counts)
    assert len(method.luminances) == asked
    time_colouring(photos, method, protocol, record, "B", counts=counts)
    assert len(method.luminances) == asked + 3
    assert record.as_json()["machine"] == "B"
