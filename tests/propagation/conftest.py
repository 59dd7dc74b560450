"""Pictures and strokes to propagate over, for both models."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import scipy.sparse as sp
from numpy.typing import NDArray
from skimage import color, data

from colorstudio.propagation.constraints import Constraints
from colorstudio.propagation.propagator import Weights


@pytest.fixture(params=["levin", "symmetric"])
def weights(request: pytest.FixtureRequest) -> Weights:
    return request.param


def _shapes() -> NDArray[np.float64]:
    """Flat areas, sharp and soft edges, a fine line, a ramp."""
    rows, cols = np.mgrid[:120, :150]
    picture = 0.2 + 0.2 * cols / 150
    picture[np.hypot(rows - 40, cols - 45) < 28] = 0.8
    picture += 0.4 / (1 + np.exp((np.hypot(rows - 75, cols - 105) - 25) / 4))
    picture[100:, :] = 0.5
    picture[:, 75] = 0.0
    return np.clip(picture, 0, 1)


@pytest.fixture(scope="session")
def pictures() -> dict[str, NDArray[np.floating]]:
    """Luminance in [0, 1] of what a user may open, and of what is hard."""
    rng = np.random.default_rng(5)
    photo = color.rgb2gray(data.astronaut())
    return {
        "photo": photo[20:164, 130:290],
        "8 bits": np.rint(data.camera()[100:200, 150:270]) / 255,
        "shapes": _shapes(),
        "noise": rng.random((110, 90)),
        "constant": np.full((100, 120), 0.4),
        "16 bits, dark": rng.integers(0, 40, (90, 110)) / 65535,
        "16 bits, ramp": np.rint(np.linspace(0, 65535, 96 * 104)).reshape(96, 104) / 65535,
        "checkerboard": np.indices((80, 90)).sum(axis=0) % 2 * 1.0,
        "long": photo[250:252, :].repeat(3, axis=1),
        "black and white": (rng.random((100, 100)) > 0.5) * 1.0,
    }


@pytest.fixture(scope="session")
def scribble() -> Callable[..., Constraints]:
    """Makes short strokes and points on a picture, in colours of a*b*."""

    def make(shape: tuple[int, int], strokes: int = 30, channels: int = 2, seed: int = 0) -> Constraints:
        rng = np.random.default_rng(seed)
        mask, chroma = np.zeros(shape, np.bool_), np.zeros((*shape, channels))
        for _ in range(strokes):
            row, col = rng.integers(0, shape[0]), rng.integers(0, shape[1])
            height, width = rng.integers(1, 4), rng.integers(1, 13)
            mask[row : row + height, col : col + width] = True
            chroma[row : row + height, col : col + width] = rng.uniform(-80, 80, channels)
        return Constraints.of_mask(mask, chroma)

    return make


@pytest.fixture(scope="session")
def links() -> Callable[[NDArray[np.float32]], sp.csr_array]:
    """Couplings in four padded planes as the symmetric matrix ``(H W, H W)`` that they stand for."""

    def matrix(couplings: NDArray[np.float32]) -> sp.csr_array:
        height, width = couplings.shape[1] - 2, couplings.shape[2] - 2
        out = sp.lil_array((height * width, height * width))
        for plane, (down, right) in zip(couplings, ((0, 1), (1, -1), (1, 0), (1, 1)), strict=True):
            for row, col in zip(*np.nonzero(plane), strict=True):
                one = (row - 1) * width + col - 1
                other = one + down * width + right
                out[one, other] = out[other, one] = float(plane[row, col])
        return out.tocsr()

    return matrix
