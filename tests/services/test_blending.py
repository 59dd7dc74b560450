"""Near hints both predictions count, far from them the one with hints alone."""

from __future__ import annotations

import numpy as np
import torch

from colorstudio.networks.colorizer import ChromaPrediction
from colorstudio.networks.hints import NO_HINTS, Hints
from colorstudio.services.blending import blend_near_hints


def _prediction(value: float, shape: tuple[int, int] = (32, 64)) -> ChromaPrediction:
    chroma = np.full((*shape, 2), value, np.float32)
    return ChromaPrediction(chroma, np.zeros(shape, np.float32), torch.full((313, 16, 32), value))


def _hint(row: int, col: int) -> Hints:
    return Hints(np.array([[row, col]]), np.zeros((1, 2), np.float32))


def test_the_plain_prediction_counts_less_with_the_distance() -> None:
    # The hint at (105, 203) of 320 x 640 lies in cell (10, 20) of 32 x 64.
    blended = blend_near_hints(_prediction(0), _prediction(1), _hint(105, 203), (320, 640))
    plain_share = 1 - blended.chroma_lab[..., 0]
    assert np.unravel_index(plain_share.argmax(), plain_share.shape) == (10, 20)
    assert 0.3 < plain_share[10, 20] < 0.9
    assert (np.diff(plain_share[10, 20:]) < 0).all()
    assert (np.diff(plain_share[10:, 20]) < 0).all()
    np.testing.assert_allclose(plain_share[10, 26], plain_share[16, 20], rtol=1e-5)  # round in the photo
    assert plain_share[31, 63] < 0.02
    np.testing.assert_array_equal(blended.chroma_lab[..., 0], blended.chroma_lab[..., 1])


def test_the_share_depends_on_the_part_of_the_picture_not_on_its_pixels() -> None:
    small = blend_near_hints(_prediction(0), _prediction(1), _hint(2, 5), (8, 16)).chroma_lab
    large = blend_near_hints(_prediction(0), _prediction(1), _hint(250, 550), (800, 1600)).chroma_lab
    np.testing.assert_array_equal(small, large)
    coarse = blend_near_hints(
        _prediction(0, (16, 32)), _prediction(1, (16, 32)), _hint(250, 550), (800, 1600)
    ).chroma_lab
    np.testing.assert_allclose(coarse[5, 16], large[10, 32], atol=0.02)


def test_the_longer_side_is_what_counts() -> None:
    wide = blend_near_hints(_prediction(0), _prediction(1), _hint(16, 20), (32, 64)).chroma_lab
    square_shape = (64, 64)
    square = blend_near_hints(
        _prediction(0, square_shape), _prediction(1, square_shape), _hint(16, 20), square_shape
    ).chroma_lab
    np.testing.assert_array_equal(square[:32], wide)


def test_what_both_predictions_say_stays_but_is_weaker_near_hints() -> None:
    blended = blend_near_hints(_prediction(8), _prediction(8), _hint(3, 3), (32, 64)).chroma_lab
    assert (blended > 6).all()
    assert (blended <= 8).all()
    assert blended[3, 3, 0] == blended.min()
    np.testing.assert_allclose(blended[31, 63], 8, atol=0.05)


def test_guide_and_distribution_are_those_with_hints() -> None:
    plain, hinted = _prediction(0), _prediction(1)
    blended = blend_near_hints(plain, hinted, _hint(3, 3), (32, 64))
    assert blended.logits is hinted.logits
    assert blended.guide is hinted.guide
    assert (hinted.chroma_lab == 1).all()


def test_without_hints_nothing_is_blended() -> None:
    plain = _prediction(0)
    assert blend_near_hints(plain, plain, NO_HINTS, (32, 64)) is plain
