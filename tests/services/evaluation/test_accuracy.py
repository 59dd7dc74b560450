from __future__ import annotations

import numpy as np
import pytest

from colorstudio.services.evaluation.accuracy import (
    THRESHOLDS,
    accuracy_curve,
    area_under_accuracy,
    balancing_weights,
)


def test_area_and_curve_by_hand() -> None:
    distances = np.array([[0.0, 30.0], [75.0, 300.0]])
    # Each pixel is within reach from its distance on; beyond 150 it never is.
    assert area_under_accuracy(distances) == pytest.approx((1 + 0.8 + 0.5 + 0) / 4)
    curve = dict(zip(THRESHOLDS, accuracy_curve(distances), strict=True))
    assert (curve[0], curve[25], curve[30], curve[80], curve[150]) == (0.25, 0.25, 0.5, 0.75, 0.75)


def test_weights_count() -> None:
    distances, weights = np.array([0.0, 75.0]), np.array([3.0, 1.0])
    assert area_under_accuracy(distances, weights) == pytest.approx(0.875)
    assert accuracy_curve(distances, weights)[0] == pytest.approx(0.75)


def test_rare_colours_weigh_more_within_reason() -> None:
    gray, skin, blue, green = balancing_weights(
        np.array([[0, 0], [15, 18], [30, -90], [-80, 80]], np.float32)
    )
    assert gray < 10
    assert gray < skin < blue
    # None is taken for rarer than one pixel in 100,000, whether anybody has seen it or not.
    assert max(blue, green) <= 1e5
    # The sum of all probabilities is 1, so that gray, the commonest of 313, has more than its part.
    assert 1 / gray > 10 / 313


def test_weights_keep_the_shape_of_a_picture() -> None:
    assert balancing_weights(np.zeros((5, 7, 2), np.float32)).shape == (5, 7)
