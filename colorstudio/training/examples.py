"""What a network is shown of a batch, and what it should say to it."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork
from colorstudio.training.batches import Batch
from colorstudio.training.hints import imitate_hints
from colorstudio.training.recipe import HintRecipe
from colorstudio.training.recolouring import recolour


def no_hints(batch: Batch) -> Tensor:
    """``(N, 3, S, S)`` of zeros."""
    n, _, rows, cols = batch.luminance.shape
    return batch.luminance.new_zeros(n, 3, rows, cols)


def example(
    network: ColorNetwork, batch: Batch, hinting: HintRecipe, generator: torch.Generator
) -> tuple[Batch, Tensor]:
    """A batch with some things recoloured as the hints say, and the hints ``(N, 3, S, S)``.

    For a network that takes no hints the batch as it is, and none.
    """
    if not network.takes_hints:
        return batch, no_hints(batch)
    truth, places = batch.chroma_lab, None
    if hinting.recoloured:
        truth, places, _ = recolour(batch.true_luminance, truth, hinting.recoloured, generator)
    hints = imitate_hints(truth, hinting, CHROMA_SCALE, generator, places)
    return replace(batch, chroma_lab=truth), hints
