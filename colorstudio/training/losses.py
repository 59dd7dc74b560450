"""Losses of the studio's network."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.networks.architectures.efficientnet_lite import EfficientNetLite2Encoder
from colorstudio.networks.network import ColorNetwork, Prediction
from colorstudio.networks.quantization import soft_encode
from colorstudio.networks.torchcolor import compose
from colorstudio.training.recipe import LossRecipe

_HINTED_BETA = 5.0
_RGB_MEAN, _RGB_SCALE = 127 / 255, 128 / 255  # of the published encoder


class FeatureMatching(nn.Module):
    """How unlike two pictures are to the published encoder: L1 between its features at strides 4 and 8."""

    _STAGES = 3

    def __init__(self, encoder_state: Mapping[str, Tensor]) -> None:
        super().__init__()
        encoder = EfficientNetLite2Encoder(inputs=3)
        encoder.load_published(encoder_state)
        self.stem = encoder.stem
        self.stages = encoder.stages[: self._STAGES]
        self.eval().requires_grad_(False)

    def forward(self, luminance: Tensor, chroma_lab: Tensor, truth: Tensor) -> Tensor:
        """Of L* ``(N, 1, h, w)`` with a*b* ``(N, 2, h, w)``, and with the true a*b*."""
        ours, true = (self._features(compose(luminance, chroma)) for chroma in (chroma_lab, truth))
        return sum(
            (F.l1_loss(a, b) / b.abs().mean().clamp_min(1e-3) for a, b in zip(ours, true, strict=True)),
            start=luminance.new_zeros(()),
        )

    def _features(self, rgb: Tensor) -> list[Tensor]:
        x = F.relu6(self.stem((rgb - _RGB_MEAN) / _RGB_SCALE))
        features: list[Tensor] = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return features[1:]


def losses(
    network: ColorNetwork,
    prediction: Prediction,
    luminance: Tensor,
    chroma_lab: Tensor,
    hints: Tensor,
    bin_weights: Tensor,
    recipe: LossRecipe,
    generator: torch.Generator,
    matching: FeatureMatching | None = None,
) -> dict[str, Tensor]:
    """The parts of the loss and their weighted sum under "loss".

    Parameters
    ----------
    luminance, chroma_lab
        The truth, ``(N, 1, S, S)`` and ``(N, 2, S, S)``.
    hints
        As the network got them, ``(N, 3, S, S)``.
    bin_weights
        ``(313,)`` weight of each bin in the classification.
    matching
        Must be there where the recipe gives it a weight.
    """
    stride = chroma_lab.shape[-1] // prediction.chroma_lab.shape[-1]
    truth = F.avg_pool2d(chroma_lab, stride)
    predicted = prediction.chroma_lab.float()
    if recipe.regression_kind == "mse":
        error = (predicted - truth) ** 2 / (2 * recipe.smooth_l1_beta)
    else:
        error = F.smooth_l1_loss(predicted, truth, beta=recipe.smooth_l1_beta, reduction="none")
    emphasis = 1 + recipe.vividness / 50 * truth.norm(dim=1, keepdim=True)
    parts = {"regression": (error * emphasis).mean() / 10}
    parts["classification"] = _classification(network, prediction, chroma_lab, bin_weights, recipe, generator)
    total = recipe.regression * parts["regression"] + recipe.classification * parts["classification"]
    if recipe.hinted:
        hinted = F.max_pool2d(hints[:, 2:], stride).expand(-1, 2, -1, -1)
        at_hints = F.smooth_l1_loss(predicted, truth, beta=_HINTED_BETA, reduction="none") * hinted
        parts["hinted"] = at_hints.sum() / hinted.sum().clamp_min(1) / 10
        total = total + recipe.hinted * parts["hinted"]
    if recipe.features:
        assert matching is not None
        parts["features"] = matching(F.avg_pool2d(luminance, stride), predicted, truth)
        total = total + recipe.features * parts["features"]
    return {"loss": total, **parts}


def _classification(
    network: ColorNetwork,
    prediction: Prediction,
    chroma_lab: Tensor,
    bin_weights: Tensor,
    recipe: LossRecipe,
    generator: torch.Generator,
) -> Tensor:
    """Cross entropy with the softly encoded truth, on some of the cells; rare colours weigh more."""
    assert prediction.trunk is not None
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
    return -(lift * (picked * weights).sum(-1)).mean()
