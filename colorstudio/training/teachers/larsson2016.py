"""How the network of Larsson, Maire & Shakhnarovich 2016 is taught."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.errors import TrainingError
from colorstudio.networks.architectures.larsson2016 import (
    CHROMA_STEP,
    HISTOGRAM_BINS,
    Histograms,
    Larsson2016,
    colour_of,
)
from colorstudio.networks.network import Prediction
from colorstudio.training.batches import Batch
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.supervised import SupervisedTeacher


@dataclass(frozen=True)
class Larsson2016Method:
    """What is as in the paper by default.

    Attributes
    ----------
    places
        Pixels of each photo that are learnt from.
    window_px
        The side of the square around a pixel whose colours are the truth.
    hue_weight
        Of the hue's divergence against the chroma's, at the most vivid: the paper's lambda_H.
    """

    places: int = 128
    window_px: int = 7
    hue_weight: float = 5.0

    def __post_init__(self) -> None:
        if self.places < 1 or self.window_px < 1 or self.window_px % 2 == 0:
            raise TrainingError("places is from 1, and window_px is odd: change them under [method].")
        if self.hue_weight < 0:
            raise TrainingError("hue_weight is from 0: change it under [method].")


@dataclass(frozen=True)
class SparsePrediction(Prediction):
    """Of some pixels.

    Attributes
    ----------
    pixels
        Their rows and columns, ``(N, K, 2)`` int64.
    histograms
        ``(N, 32, K, 1)`` each.
    """

    pixels: Tensor
    histograms: Histograms


class Larsson2016Teacher(SupervisedTeacher):
    """The divergence of two histograms from those of the pixel's neighbourhood, at pixels drawn by chance."""

    network: Larsson2016
    method_class = Larsson2016Method

    @property
    def method(self) -> Larsson2016Method:
        return self.setting.method

    def predict(self, batch: Batch, hints: Tensor, generator: torch.Generator) -> SparsePrediction:
        n, _, rows, cols = batch.luminance.shape
        sides = torch.tensor([rows, cols], device=self.device)
        drawn = torch.rand((n, self.method.places, 2), generator=generator, device=self.device)
        pixels = (drawn * sides).long()
        seen = batch.luminance.contiguous(memory_format=torch.channels_last)
        histograms = self.network.at(self.network.levels(seen), (pixels + 0.5) / sides)
        with torch.no_grad():
            chroma = colour_of(histograms)
        return SparsePrediction(chroma, None, pixels, histograms)

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        assert isinstance(prediction, SparsePrediction)
        colours = colours_around(batch.chroma_lab, prediction.pixels, self.method.window_px)
        truth = histograms_of(colours)
        hue = _divergence(truth.hue, prediction.histograms.hue)  # (N, K)
        chroma = _divergence(truth.chroma, prediction.histograms.chroma)
        own = colours[:, :, colours.shape[2] // 2].norm(dim=-1)  # (N, K): the pixel's own chroma
        vividness = own / (HISTOGRAM_BINS * CHROMA_STEP)
        parts = {"hue": (vividness * hue).mean(), "chroma": chroma.mean()}
        return {"loss": parts["chroma"] + self.method.hue_weight * parts["hue"], **parts}


def colours_around(chroma_lab: Tensor, pixels: Tensor, window_px: int) -> Tensor:
    """The a*b* of the square around each pixel, row by row, ``(N, K, window_px ** 2, 2)``.

    Beyond the border is what is at the border.

    Parameters
    ----------
    chroma_lab
        ``(N, 2, H, W)``.
    pixels
        ``(N, K, 2)`` rows and columns.
    """
    n, _, rows, cols = chroma_lab.shape
    reach = torch.arange(window_px, device=pixels.device) - window_px // 2
    around = torch.cartesian_prod(reach, reach)
    places = pixels[:, :, None] + around  # (N, K, O, 2)
    flat = places[..., 0].clamp(0, rows - 1) * cols + places[..., 1].clamp(0, cols - 1)
    picked = chroma_lab.flatten(2).gather(2, flat.flatten(1)[:, None].expand(-1, 2, -1))
    return picked.view(n, 2, *flat.shape[1:]).permute(0, 2, 3, 1)


def histograms_of(colours: Tensor) -> Histograms:
    """Shares of the bins of hue and of chroma among a*b* ``(N, K, O, 2)``: ``(N, 32, K, 1)`` each."""
    angle = torch.atan2(colours[..., 1], colours[..., 0]) % (2 * math.pi)
    hue = (angle * (HISTOGRAM_BINS / (2 * math.pi))).long().clamp_max(HISTOGRAM_BINS - 1)
    chroma = (colours.norm(dim=-1) / CHROMA_STEP).long().clamp_max(HISTOGRAM_BINS - 1)
    return Histograms(_shares(hue), _shares(chroma))


def _shares(bins: Tensor) -> Tensor:
    n, k, count = bins.shape
    shares = torch.zeros(n, k, HISTOGRAM_BINS, device=bins.device)
    shares.scatter_add_(2, bins, torch.full(bins.shape, 1 / count, device=bins.device))
    return shares.transpose(1, 2)[..., None]


def _divergence(truth: Tensor, logits: Tensor) -> Tensor:
    """Kullback and Leibler's, of what is said from the truth, ``(N, K)``."""
    said = F.log_softmax(logits.float(), dim=1)
    return F.kl_div(said, truth, reduction="none").sum(1).squeeze(-1)
