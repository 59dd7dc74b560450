"""What a network costs: its size, and the multiplications of one pass."""

from __future__ import annotations

from typing import Any

import numpy as np
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.descriptor import ModelDescriptor


def complexity_of(descriptor: ModelDescriptor, colorizer: Colorizer, size_px: int) -> dict[str, Any]:
    """Size and work of a network.

    Returns
    -------
    "parameters", as published; "weights_bytes", of their file; and "multiply_adds", of convolutions, linear
    layers and attention while one photo of `size_px` by `size_px` is coloured without hints.
    """
    return {
        "parameters": descriptor.parameters,
        "weights_bytes": descriptor.weights_path.stat().st_size,
        "multiply_adds": multiply_adds(colorizer, size_px),
    }


def multiply_adds(colorizer: Colorizer, size_px: int) -> int:
    """Of one pass at this size, its encoder included. A multiplication with its addition counts as one."""
    luminance = np.full((size_px, size_px), 50, np.float32)
    # The counter knows the products that attention is made of, but not the CPU's attention in one piece.
    with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
        colorizer.predict(colorizer.prepare(luminance, size_px))
    return counter.get_total_flops() // 2
