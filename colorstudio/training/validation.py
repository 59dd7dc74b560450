"""Figures of a network in training, on photos held out from it."""

from __future__ import annotations

import torch

from colorstudio.networks.architectures.hinted import CHROMA_SCALE, HintedColorizer
from colorstudio.networks.quantization import annealed_mean
from colorstudio.networks.torchcolor import compose
from colorstudio.training.batches import imitate_hints, make_batch, step_generator
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import HintRecipe

_SIZE_PX = 192
_PHOTOS = 192
_BATCH = 16
_TEN_HINTS = HintRecipe(none=0.0, mean_count=1e9, most=10, strokes=0.0, dense=0.0)


@torch.no_grad()
def validate(network: HintedColorizer, held_out: PhotoPool, seed: int) -> dict[str, float]:
    """PSNR without colour, without hints, from the distribution, and with ten hints; and colourfulness.

    All on the same centred crops of at most 192 photos, PSNR averaged over photos.
    """
    device = held_out.pixels.device
    sums: dict[str, float] = {}
    count = min(_PHOTOS, len(held_out))
    for first in range(0, count, _BATCH):
        numbers = torch.arange(first, min(first + _BATCH, count), device=device)
        batch = make_batch(held_out, numbers, _SIZE_PX)
        true_rgb = compose(batch.true_luminance, batch.chroma_lab)
        none = torch.zeros(len(numbers), 3, _SIZE_PX, _SIZE_PX, device=device)
        generator = step_generator(seed, first, device)
        hints = imitate_hints(batch.chroma_lab, _TEN_HINTS, CHROMA_SCALE, generator)
        features = network.encode(batch.luminance)
        plain = network.decode(features, batch.luminance, none)
        hinted = network.decode(features, batch.luminance, hints)
        colourings = {
            "psnr_gray": torch.zeros_like(plain.chroma_lab),
            "psnr": plain.chroma_lab,
            "psnr_distribution": annealed_mean(network.distribution(plain.trunk), 1.0),
            "psnr_ten_hints": hinted.chroma_lab,
        }
        for key, chroma in colourings.items():
            rgb = compose(batch.true_luminance, chroma)
            psnr = -10 * torch.log10(((rgb - true_rgb) ** 2).mean((1, 2, 3)).clamp_min(1e-10))
            sums[key] = sums.get(key, 0.0) + float(psnr.sum())
            if key == "psnr":
                sums["colourfulness"] = sums.get("colourfulness", 0.0) + _colourfulness(rgb)
        sums["colourfulness_true"] = sums.get("colourfulness_true", 0.0) + _colourfulness(true_rgb)
    return {key: value / count for key, value in sums.items()}


def _colourfulness(rgb: torch.Tensor) -> float:
    """Sum over a batch of Hasler & Suesstrunk's measure; ``(N, 3, H, W)`` in [0, 1]."""
    red, green, blue = (rgb * 255).unbind(1)
    rg, yb = red - green, 0.5 * (red + green) - blue
    spread = (rg.var((1, 2), correction=0) + yb.var((1, 2), correction=0)).sqrt()
    centre = (rg.mean((1, 2)) ** 2 + yb.mean((1, 2)) ** 2).sqrt()
    return float((spread + 0.3 * centre).sum())
