"""Hints as Zhang et al. 2017 imitate them, and their loss by hand."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from colorstudio.networks.architectures.siggraph17 import Siggraph17, Siggraph17Config, classes_of_bins
from colorstudio.networks.globalhints import GLOBAL_HINTS, global_hints_of
from colorstudio.networks.network import Prediction
from colorstudio.networks.quantization import BINS
from colorstudio.training.batches import Batch
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import Recipe, Stage
from colorstudio.training.teachers.siggraph17 import Siggraph17Method, Siggraph17Teacher, huber, points
from colorstudio.training.teachers.teacher import Setting


def _generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def _noise(n: int, size: int = 48) -> Tensor:
    return torch.randn(n, 2, size, size, generator=_generator()) * 20


def test_huber_is_quadratic_up_to_one_unit() -> None:
    truth = torch.zeros(1, 2, 1, 1)
    assert float(huber(torch.tensor([0.5, 0.0]).view(1, 2, 1, 1), truth)) == pytest.approx(0.125)
    assert float(huber(torch.tensor([3.0, -2.0]).view(1, 2, 1, 1), truth)) == pytest.approx(2.5 + 1.5)


_ONE = Siggraph17Method(stop=0.02, most=1, all_shown=0.0)


def test_one_photo_in_eight_has_no_hint() -> None:
    """A photo has k of them with a chance of 1/8 (7/8)^k."""
    hints = points(torch.zeros(2000, 2, 12, 12), Siggraph17Method(all_shown=0.0), _generator())
    assert float((hints[:, 2].amax((1, 2)) == 0).float().mean()) == pytest.approx(1 / 8, abs=0.025)


def test_hints_are_squares_of_one_to_nine_pixels() -> None:
    sizes = points(torch.zeros(2000, 2, 12, 12), _ONE, _generator())[:, 2].sum((1, 2))
    assert set(sizes.int().tolist()) == {side**2 for side in range(10)}
    assert float(sizes[sizes > 0].mean()) == pytest.approx(sum(s * s for s in range(1, 10)) / 9, rel=0.07)


def test_hints_are_normal_around_the_middle() -> None:
    rows = points(torch.zeros(1500, 2, 96, 96), _ONE, _generator())[:, 2].amax(2)
    hinted = rows.sum(1) > 0
    middles = (rows * (torch.arange(96) + 0.5)).sum(1)[hinted] / rows.sum(1)[hinted]
    assert float(middles.mean()) == pytest.approx(48, abs=2)
    assert float((middles - 48).abs().lt(24).float().mean()) == pytest.approx(0.683, abs=0.04)  # one sigma


def test_a_hint_has_the_mean_true_colour_under_it() -> None:
    truth = _noise(64)
    hints = points(truth, _ONE, _generator())
    assert not hints[:, :2][(hints[:, 2:] == 0).expand(-1, 2, -1, -1)].any()
    for photo, said in zip(truth, hints, strict=True):
        inside = said[2] > 0
        if inside.any():
            assert torch.allclose(said[:2, inside] * 110, photo[:, inside].mean(1, keepdim=True), atol=1e-2)


def test_now_and_then_all_colours_are_shown() -> None:
    truth = _noise(400)
    hints = points(truth, Siggraph17Method(stop=0.5, most=4, all_shown=0.25), _generator())
    shown = (hints[:, 2] == 1).flatten(1).all(1)
    assert int(shown.sum()) == pytest.approx(100, abs=25)
    assert torch.allclose(hints[shown, :2] * 110, truth[shown], atol=1e-3)


def _teacher(pool: PhotoPool, **method: float) -> tuple[Siggraph17Teacher, Stage]:
    stage = Stage(photos=8)
    recipe = Recipe("test", (stage,), architecture="siggraph17")
    setting = Setting(recipe, pool, torch.device("cpu"), None, Siggraph17Method(**method))  # type: ignore[arg-type]
    torch.manual_seed(0)
    return Siggraph17Teacher(Siggraph17(Siggraph17Config(width=2)), setting), stage


def _batch(chroma_lab: Tensor) -> Batch:
    n, _, rows, cols = chroma_lab.shape
    luminance = torch.full((n, 1, rows, cols), 60.0)
    return Batch(luminance, chroma_lab, luminance, torch.zeros(n, dtype=torch.int64))


def test_its_loss_is_that_of_the_colours_and_of_the_distribution(learnable: PhotoPool) -> None:
    teacher, stage = _teacher(learnable, classification=0.5)
    scores = torch.zeros(529)
    scores[classes_of_bins()] = 1.0
    weight = torch.zeros(529, 8, 1, 1)
    teacher.network.model_class[0].load_state_dict({"weight": weight, "bias": scores})
    prediction = Prediction(torch.full((1, 2, 8, 8), 3.0), torch.rand(1, 8, 2, 2))
    batch, none = _batch(torch.zeros(1, 2, 8, 8)), torch.zeros(1, 3, 8, 8)
    with torch.no_grad():
        parts = teacher.loss(prediction, batch, none, stage, _generator())
    others = 529 - BINS
    assert float(parts["classification"]) == pytest.approx(math.log(BINS * math.e + others) - 1, rel=1e-4)
    assert float(parts["regression"]) == pytest.approx(5 / 110)
    assert float(parts["loss"]) == pytest.approx(5 / 110 + 0.5 * float(parts["classification"]))


def test_the_distribution_leaves_the_rest_of_the_network_alone(learnable: PhotoPool) -> None:
    teacher, stage = _teacher(learnable)
    batch = _batch(_noise(2, 16))
    none = torch.zeros(2, 3, 16, 16)
    parts = teacher.loss(teacher.predict(batch, none, _generator()), batch, none, stage, _generator())
    parts["classification"].backward()
    learnt = {name for name, p in teacher.network.named_parameters() if p.grad is not None and p.grad.any()}
    assert learnt == {"model_class.0.weight", "model_class.0.bias"}


def test_the_photo_as_a_whole_is_described_now_and_then(
    learnable: PhotoPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, _ = _teacher(learnable, histogram=0.25, saturation=0.75)
    told: list[Tensor] = []
    forward = type(teacher.network).forward
    monkeypatch.setattr(
        type(teacher.network),
        "forward",
        lambda self, seen, hints, given: told.append(given) or forward(self, seen, hints, given),
    )
    batch = _batch(_noise(400, 8))
    teacher.predict(batch, torch.zeros(400, 3, 8, 8), _generator())
    (given,) = told
    assert given.shape == (400, GLOBAL_HINTS)
    assert int(given[:, BINS].sum()) == pytest.approx(100, abs=25)
    assert int(given[:, BINS + 2].sum()) == pytest.approx(300, abs=25)
    everything = global_hints_of(batch.true_luminance, batch.chroma_lab)
    assert torch.all((given == everything) | (given == 0))
    assert torch.equal(given[:, :BINS].any(1), given[:, BINS] > 0)  # with its mark, or not at all
