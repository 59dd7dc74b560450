"""A hint that surprises the network speaks of its own thing alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.colorizer import Colorizer, PreparedPhoto
from colorstudio.networks.hints import NO_HINTS, Hints, joined
from colorstudio.networks.locality import Cells, unexpected


@pytest.fixture
@torch.inference_mode()
def halves(colorizer: Colorizer) -> PreparedPhoto:
    """A photo of two halves that are quite unlike to the encoder."""
    prepared = colorizer.prepare(np.full((128, 256), 50, np.float32), 128)
    generator = torch.Generator().manual_seed(5)
    features = [level.clone() for level in prepared.features]
    for level in features:
        middle = level.shape[-1] // 2
        unlike = torch.randn(level.shape[1], 1, 1, generator=generator) * level.std()
        level[..., :middle] += unlike
        level[..., middle:] -= unlike
    return replace(prepared, features=features)


def _hint(colorizer: Colorizer, prepared: PreparedPhoto, row: int, col: int, off: float) -> Hints:
    """A hint whose a* is `off` from what the network expects there."""
    expected = colorizer.predict(prepared).chroma_lab[row // 2, col // 2]
    return Hints(np.array([[row, col]]), (expected + np.array([off, 0], np.float32))[None])


def _unbound(colorizer: Colorizer, prepared: PreparedPhoto, hints: Hints) -> np.ndarray:
    """What the network says when a hint may count everywhere."""
    return colorizer.predict(prepared, soft=hints).chroma_lab


def test_surprise_grows_with_the_distance() -> None:
    expected = np.zeros((5, 2), np.float32)
    given = np.array([[0, 0], [0, 12], [16, 0], [0, -20], [60, 60]], np.float32)
    assert unexpected(expected, given).tolist() == pytest.approx([0, 0, 0.5, 1, 1])


def test_what_is_expected_counts_everywhere(colorizer: Colorizer, halves: PreparedPhoto) -> None:
    hint = _hint(colorizer, halves, 64, 64, 11.5)
    assert np.array_equal(colorizer.predict(halves, hint).chroma_lab, _unbound(colorizer, halves, hint))


def test_a_surprise_counts_for_its_like_and_not_beyond(colorizer: Colorizer, halves: PreparedPhoto) -> None:
    hint = _hint(colorizer, halves, 64, 64, 60.0)
    plain = colorizer.predict(halves).chroma_lab
    unbound = _unbound(colorizer, halves, hint)
    answer = colorizer.predict(halves, hint)
    assert np.abs(answer.chroma_lab - unbound)[30:34, 30:34].max() < 1e-4  # at the hint
    right = np.s_[8:-8, 96:-8]
    assert np.abs(unbound - plain)[right].max() > 1e-3
    moved, would_move = (np.abs(chroma - plain)[right].mean() for chroma in (answer.chroma_lab, unbound))
    assert moved < 0.05 * would_move
    assert torch.equal(answer.logits[:, 4:-4, -16:], colorizer.predict(halves).logits[:, 4:-4, -16:])


def test_surprise_sets_in_without_a_jump(colorizer: Colorizer, halves: PreparedPhoto) -> None:
    def difference(off: float) -> float:
        hint = _hint(colorizer, halves, 64, 64, off)
        answer = colorizer.predict(halves, hint).chroma_lab
        return float(np.abs(answer - _unbound(colorizer, halves, hint)).max())

    assert difference(12.01) < 0.02 * difference(25)


def test_beside_a_surprise_what_is_expected_counts_everywhere(
    colorizer: Colorizer, halves: PreparedPhoto
) -> None:
    surprise, usual = (_hint(colorizer, halves, 64, col, off) for col, off in ((64, 60.0), (40, 10.0)))
    answer = colorizer.predict(halves, joined(surprise, usual)).chroma_lab
    base = _unbound(colorizer, halves, usual)
    right = np.s_[8:-8, 104:-8]
    assert (
        np.abs(answer - base)[right].mean()
        < 0.05 * np.abs(_unbound(colorizer, halves, surprise) - base)[right].mean()
    )


def test_soft_hints_are_the_ground_that_painted_ones_stand_on(
    colorizer: Colorizer, halves: PreparedPhoto
) -> None:
    soft = _hint(colorizer, halves, 64, 200, 40.0)
    painted = _hint(colorizer, halves, 64, 64, 60.0)
    ground = _unbound(colorizer, halves, soft)
    answer = colorizer.predict(halves, painted, soft).chroma_lab
    assert np.abs(answer - ground)[8:-8, 96:-8].max() < 0.1 * np.abs(answer - ground).max()


def test_a_stroke_costs_one_pass(
    colorizer: Colorizer, halves: PreparedPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (_hint(colorizer, halves, row, 64, 60.0) for row in (30, 90))
    passes: list[int] = []
    decode = HintedColorizer.decode

    def counted(self: HintedColorizer, features: Any, luminance: Any, hints: torch.Tensor) -> Any:
        passes.append(int(hints[:, 2].sum()))
        return decode(self, features, luminance, hints)

    monkeypatch.setattr(HintedColorizer, "decode", counted)
    halves.said.clear()
    for painted in (NO_HINTS, first, joined(first, second), first, NO_HINTS):
        colorizer.predict(halves, painted)
    assert passes == [0, 1, 2]


def test_likeness_is_of_features_and_of_nearness() -> None:
    left, right = torch.tensor([1.0, 0.0, 3.0]), torch.tensor([-1.0, 2.0, 0.0])
    plane = torch.empty(1, 3, 8, 16)
    plane[..., :8], plane[..., 8:] = left[:, None, None], right[:, None, None]
    cells = Cells([plane, plane[..., ::2, ::2], plane[..., ::4, ::4]])
    reach = cells.reach(np.array([[4, 12]]), np.ones(1, np.float32))[0, 0]
    assert reach.shape == (8, 16)
    assert float(reach[:, :7].min()) == 1
    assert float(reach[:, 10:].max()) == 0
    half = cells.reach(np.array([[4, 12]]), np.full(1, 0.5, np.float32))[0, 0]
    assert float(half[:, 10:].max()) == pytest.approx(0.5)


def test_a_pixel_outside_of_all_cells_counts_for_the_last() -> None:
    cells = Cells([torch.randn(1, 3, 4, 4), torch.randn(1, 3, 2, 2), torch.randn(1, 3, 1, 1)])
    assert float(cells.reach(np.array([[31, 40]]), np.ones(1, np.float32))[0, 0, 3, 3]) == 1
