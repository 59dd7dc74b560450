"""In which precision a run computes."""

from __future__ import annotations

import torch

from colorstudio.training.recipe import Recipe


def uses_bfloat16(recipe: Recipe, device: torch.device) -> bool:
    """Whether the arithmetic is done in half precision where that is safe."""
    if recipe.precision != "auto":
        return recipe.precision == "bfloat16"
    if device.type == "cpu":
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return device.type == "cuda"
