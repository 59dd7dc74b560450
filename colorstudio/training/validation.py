"""Figures of a network in training, on photos held out from it."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork
from colorstudio.networks.quantization import annealed_mean
from colorstudio.networks.torchcolor import compose
from colorstudio.training.batches import Batch, make_batch, step_generator
from colorstudio.training.examples import no_hints
from colorstudio.training.hints import imitate_hints
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import HintRecipe
from colorstudio.training.recolouring import recolour

_SIZE_PX = 192
_PHOTOS = 192
_BATCH = 16
_TEN_HINTS = HintRecipe(none=0.0, mean_count=1e9, most=10, strokes=0.0, dense=0.0)
_ONE_HINT = HintRecipe(none=0.0, mean_count=1e-6, most=1, strokes=0.0, dense=0.0)
_VIVID_TEMPERATURE = 0.38  # Zhang 2016
_FAR = 0.02  # a pixel that belongs to a recoloured thing by less than this lies outside of it


@torch.no_grad()
def validate(
    network: ColorNetwork, held_out: PhotoPool, seed: int, working_size_px: int = _SIZE_PX
) -> dict[str, float]:
    """Figures on the same centred crops of at most 192 photos, each averaged over photos.

    They are seen at 192 pixels, or as the network will see photos if that is less.

    PSNR without colour, without hints, from the distribution, and with ten hints; colourfulness of the
    truth, of the prediction and of the distribution's annealed mean; and what becomes of a hint that paints
    one thing in another colour, in units of a*b*: the error at the hint, the error in the thing, and the
    change of all else. What needs a distribution or hints is left out where a network has none.
    """
    device = held_out.pixels.device
    size_px = min(_SIZE_PX, working_size_px)
    sums: dict[str, float] = {}
    count = min(_PHOTOS, len(held_out))
    for first in range(0, count, _BATCH):
        numbers = torch.arange(first, min(first + _BATCH, count), device=device)
        batch = make_batch(held_out, numbers, size_px)
        generator = step_generator(seed, first, device)
        hints = imitate_hints(batch.chroma_lab, _TEN_HINTS, CHROMA_SCALE, generator)
        features = network.encode(batch.luminance)
        plain = network.decode(features, batch.luminance, no_hints(batch))
        colourings = {"gray": torch.zeros_like(plain.chroma_lab), "": plain.chroma_lab}
        if network.has_distribution and plain.trunk is not None:
            logits = network.distribution(plain.trunk)
            colourings["distribution"] = annealed_mean(logits, 1.0)
            colourings["vivid"] = annealed_mean(logits, _VIVID_TEMPERATURE)
        if network.takes_hints:
            colourings["ten_hints"] = network.decode(features, batch.luminance, hints).chroma_lab
        figures: dict[str, Tensor] = {}
        true_rgb = compose(batch.true_luminance, batch.chroma_lab)
        for key, chroma in colourings.items():
            rgb = compose(batch.true_luminance, chroma)
            squared = ((rgb - true_rgb) ** 2).mean((1, 2, 3))
            figures[f"psnr_{key}".rstrip("_")] = -10 * torch.log10(squared.clamp_min(1e-10))
            if key in ("", "vivid"):
                figures[f"colourfulness_{key}".rstrip("_")] = _colourfulness(rgb)
        figures["colourfulness_true"] = _colourfulness(true_rgb)
        if network.takes_hints:
            figures |= _obedience(network, features, batch, plain.chroma_lab, generator)
        for key, values in figures.items():
            sums[key] = sums.get(key, 0.0) + float(values.sum())
    return {key: value / count for key, value in sums.items()}


def _obedience(
    network: ColorNetwork, features: list[Tensor], batch: Batch, plain: Tensor, generator: torch.Generator
) -> dict[str, Tensor]:
    """What becomes of one hint that paints one thing in another colour; a figure ``(N,)`` for each photo."""
    wanted, places, region = recolour(batch.true_luminance, batch.chroma_lab, 1.0, generator)
    hints = imitate_hints(wanted, _ONE_HINT, CHROMA_SCALE, generator, places)
    answer = network.decode(features, batch.luminance, hints).chroma_lab
    stride = wanted.shape[-1] // answer.shape[-1]
    wanted, region = F.avg_pool2d(wanted, stride), F.avg_pool2d(region, stride)
    error = (answer - wanted).norm(dim=1, keepdim=True)
    change = (answer - plain).norm(dim=1, keepdim=True)
    hinted = F.max_pool2d(hints[:, 2:], stride)

    def mean(values: Tensor, where: Tensor) -> Tensor:
        return (values * where).sum((1, 2, 3)) / where.sum((1, 2, 3)).clamp_min(1)

    return {
        "error_at_hint": mean(error, hinted),
        "error_in_thing": mean(error, (region > 0.5).float()),
        "change_outside": mean(change, (region < _FAR).float()),
    }


def _colourfulness(rgb: Tensor) -> Tensor:
    """Hasler & Suesstrunk's measure ``(N,)`` of ``(N, 3, H, W)`` in [0, 1]."""
    red, green, blue = (rgb * 255).unbind(1)
    rg, yb = red - green, 0.5 * (red + green) - blue
    spread = (rg.var((1, 2), correction=0) + yb.var((1, 2), correction=0)).sqrt()
    centre = (rg.mean((1, 2)) ** 2 + yb.mean((1, 2)) ** 2).sqrt()
    return spread + 0.3 * centre
