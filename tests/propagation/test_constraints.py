"""Pixels whose chroma is given."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.errors import UsageError
from colorstudio.propagation.constraints import Constraints


def test_of_a_mask_and_back() -> None:
    rng = np.random.default_rng(0)
    mask, chroma = rng.random((7, 5)) > 0.6, rng.normal(size=(7, 5, 3))
    constraints = Constraints.of_mask(mask, chroma)
    assert len(constraints) == mask.sum()
    assert constraints.channels == 3
    assert constraints.shape == (7, 5)
    assert (constraints.indices.dtype, constraints.values.dtype) == (np.int64, np.float32)
    np.testing.assert_array_equal(constraints.mask(), mask)
    for index, value in zip(constraints.indices, constraints.values, strict=True):
        np.testing.assert_allclose(value, chroma[index // 5, index % 5], rtol=1e-6)


def test_of_an_empty_mask() -> None:
    constraints = Constraints.of_mask(np.zeros((2, 3), np.bool_), np.ones((2, 3, 2)))
    assert (len(constraints), constraints.channels) == (0, 2)
    assert not constraints.mask().any()


@pytest.mark.parametrize(
    ("indices", "values", "said"),
    [
        ([0, 1], [[1.0]], "one row of values"),
        ([0], [1.0], "one row of values"),
        ([[0]], [[1.0]], "one row of values"),
        ([-1, 2], [[1.0], [2.0]], "outside the picture"),
        ([3, 6], [[1.0], [2.0]], "outside the picture"),
        ([2, 1], [[1.0], [2.0]], "strictly increasing"),
        ([1, 1], [[1.0], [2.0]], "strictly increasing"),
        ([1], [[np.nan]], "not a number of at most"),
        ([1], [[np.inf]], "not a number of at most"),
        ([1], [[-1e30]], "not a number of at most"),
    ],
)
def test_what_is_no_constraint_is_refused(indices: list[int], values: list[float], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Constraints((2, 3), np.array(indices, np.int64), np.array(values, np.float32))
