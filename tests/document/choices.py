"""What is chosen for a photo: a reference, and a variation."""

from __future__ import annotations

from typing import Any

import numpy as np

from colorstudio.document.reference import Reference
from colorstudio.document.variation import Variation


def reference(**changes: Any) -> Reference:
    values: dict[str, Any] = {
        "name": "beach.jpg",
        "positions": np.array([[3.5, 4.25], [10.123456, 0], [20, 30]]),
        "chroma_lab": np.array([[10, -30.555], [0, 0], [5, 12]]),
        "confidence": np.array([1, 0, 0.5]),
        "strength": 0.75,
    }
    return Reference(**(values | changes))


def variation(**changes: Any) -> Variation:
    values: dict[str, Any] = {
        "number": 2,
        "seed": 7,
        "positions": np.array([[3.5, 4.25], [10, 50.125], [39, 0]], np.float32),
        "chroma_lab": np.array([[10.5, -20], [0, 33.333], [-5, 5]], np.float32),
    }
    return Variation(**(values | changes))
