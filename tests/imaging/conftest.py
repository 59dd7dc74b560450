"""Photos made on the spot: nothing is read from outside of the installed packages."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data


@pytest.fixture(scope="session")
def astronaut() -> NDArray[np.uint8]:
    """A colour photo, ``(128, 128, 3)``."""
    return np.ascontiguousarray(data.astronaut()[::4, ::4])


@pytest.fixture(scope="session")
def camera() -> NDArray[np.uint8]:
    """A gray photo, ``(128, 128)``."""
    return np.ascontiguousarray(data.camera()[::4, ::4])


@pytest.fixture(scope="session")
def deep_ramp() -> NDArray[np.uint16]:
    """Sixteen-bit RGB whose lower byte says something, ``(48, 64, 3)``."""
    rng = np.random.default_rng(7)
    return rng.integers(0, 65536, (48, 64, 3)).astype(np.uint16)
