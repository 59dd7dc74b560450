"""Losses of the studio's network."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.networks.architectures.hinted import HintedColorizer, Prediction
from colorstudio.networks.quantization import soft_encode
from colorstudio.training.recipe import LossRecipe


def losses(
    network: HintedColorizer,
    prediction: Prediction,
    chroma_lab: Tensor,
    bin_weights: Tensor,
    recipe: LossRecipe,
    generator: torch.Generator,
) -> dict[str, Tensor]:
    """The parts of the loss and their weighted sum under "loss".

    Parameters
    ----------
    chroma_lab
        The truth, ``(N, 2, S, S)``.
    bin_weights
        ``(313,)`` weight of each bin in the classification.
    """
    stride = chroma_lab.shape[-1] // prediction.chroma_lab.shape[-1]
    truth = F.avg_pool2d(chroma_lab, stride)
    error = F.smooth_l1_loss(
        prediction.chroma_lab.float(), truth, beta=recipe.smooth_l1_beta, reduction="none"
    )
    emphasis = 1 + recipe.vividness / 50 * truth.norm(dim=1, keepdim=True)
    regression = (error * emphasis).mean() / 10

    h, w = prediction.trunk.shape[-2:]
    cells = max(1, int(h * w * recipe.sampled_cells))
    chosen = torch.randperm(h * w, generator=generator, device=chroma_lab.device)[:cells]
    trunk = prediction.trunk.flatten(2)[:, :, chosen].unsqueeze(-1)  # (N, C, cells, 1)
    logits = network.distribution(trunk).squeeze(-1)  # (N, 313, cells)
    colours = F.avg_pool2d(chroma_lab, chroma_lab.shape[-1] // h).flatten(2)[:, :, chosen].transpose(1, 2)
    indices, weights = soft_encode(colours)  # (N, cells, 4)
    log_probability = F.log_softmax(logits.float(), dim=1).transpose(1, 2)  # (N, cells, 313)
    picked = torch.gather(log_probability, 2, indices)
    lift = (bin_weights[indices] * weights).sum(-1)  # (N, cells)
    classification = -(lift * (picked * weights).sum(-1)).mean()

    total = recipe.regression * regression + recipe.classification * classification
    return {"loss": total, "regression": regression, "classification": classification}
