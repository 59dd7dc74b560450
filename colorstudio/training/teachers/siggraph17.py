"""How the network of Zhang et al. 2017 is taught."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.errors import TrainingError
from colorstudio.networks.architectures.siggraph17 import Siggraph17, classes_of_bins
from colorstudio.networks.globalhints import global_hints, histogram_of, mean_saturation
from colorstudio.networks.network import CHROMA_SCALE, Prediction
from colorstudio.networks.quantization import soft_encode_nearest
from colorstudio.training.batches import Batch
from colorstudio.training.draws import happens, uniform
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers.supervised import SupervisedTeacher

_LARGEST_HINT = 9  # side in pixels
_SPREAD = 0.25  # of the hints' places around the middle, as a share of the sides
_DELTA = 1.0  # units of a*b*


@dataclass(frozen=True)
class Siggraph17Method:
    """What is as in the paper by default, which does not say how often the photo as a whole is described.

    Attributes
    ----------
    stop
        The chance of each hint that it is the last: their number is geometric.
    most
        No photo gets more hints.
    all_shown
        Share of photos whose colours are all hints.
    without
        Share of photos that get no hints, beside those whose number is none by chance.
    histogram, saturation
        Shares of photos whose true histogram, or mean saturation, is told.
    classification
        Weight of the distribution over colours. Its gradient stops before the network that makes the colours.
    """

    stop: float = 1 / 8
    most: int = 48
    all_shown: float = 0.01
    without: float = 0.0
    histogram: float = 0.25
    saturation: float = 0.25
    classification: float = 0.1

    def __post_init__(self) -> None:
        shares = (self.stop, self.all_shown, self.without, self.histogram, self.saturation)
        if not all(0 <= share <= 1 for share in shares) or not self.stop:
            raise TrainingError(
                "stop is above 0, and all_shown, without, histogram and saturation are from 0, all to 1: "
                "change them under [method]."
            )
        if self.most < 1 or self.classification < 0:
            raise TrainingError("most is from 1 and classification from 0: change them under [method].")


class Siggraph17Teacher(SupervisedTeacher):
    """Huber's loss of the colours given hints (eq. 1 and 2), and beside it a distribution over colours."""

    network: Siggraph17
    method_class = Siggraph17Method
    imitates_hints = False

    @property
    def method(self) -> Siggraph17Method:
        return self.setting.method

    def example(self, batch: Batch, stage: Stage, generator: torch.Generator) -> tuple[Batch, Tensor]:
        hints = points(batch.chroma_lab, self.method, generator)
        return batch, hints * ~happens(len(hints), self.method.without, generator)

    def predict(self, batch: Batch, hints: Tensor, generator: torch.Generator) -> Prediction:
        told = global_hints(
            histogram_of(batch.chroma_lab), mean_saturation(batch.true_luminance, batch.chroma_lab)
        )
        bins = told.shape[1] - 3
        shown = told.new_ones(told.shape)
        chances = (
            (slice(0, bins + 1), self.method.histogram),
            (slice(bins + 1, None), self.method.saturation),
        )
        for columns, chance in chances:
            shown[:, columns] = happens(len(told), chance, generator).float()[:, :, 0, 0]
        seen = batch.luminance.contiguous(memory_format=torch.channels_last)
        return self.network(seen, hints, told * shown)

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        assert prediction.trunk is not None
        parts = {
            "regression": huber(prediction.chroma_lab.float(), batch.chroma_lab) / CHROMA_SCALE,
            "classification": self._classification(prediction.trunk.detach(), batch.chroma_lab),
        }
        return {"loss": parts["regression"] + self.method.classification * parts["classification"], **parts}

    def _classification(self, trunk: Tensor, chroma_lab: Tensor) -> Tensor:
        """Cross entropy with the softly encoded truth; what is not among the bins learns to be rare.

        Every second row and column of cells will do: they are much alike, and it takes a quarter of the time.
        """
        stride = chroma_lab.shape[-1] // trunk.shape[-1]
        logits = self.network.model_class(trunk[..., ::2, ::2])  # (N, 529, h / 2, w / 2)
        colours = F.avg_pool2d(chroma_lab, stride)[..., ::2, ::2].permute(0, 2, 3, 1)
        indices, weights = soft_encode_nearest(colours)  # (N, h, w, 5)
        log_probability = F.log_softmax(logits.float(), dim=1).permute(0, 2, 3, 1)
        picked = log_probability.gather(3, classes_of_bins().to(indices.device)[indices])
        return -(picked * weights).sum(-1).mean()


def huber(predicted: Tensor, truth: Tensor) -> Tensor:
    """Huber's loss with a delta of 1 unit (eq. 2), over a* and b* together, the mean over pixels."""
    return F.huber_loss(predicted, truth, reduction="none", delta=_DELTA).sum(1).mean()


def points(chroma_lab: Tensor, method: Siggraph17Method, generator: torch.Generator) -> Tensor:
    """Hints as the paper imitates them (sec. 3.2), ``(N, 3, S, S)``.

    Their number is geometric and may be none, their places are normal around the middle, they are squares of
    1 to 9 pixels, and each has the mean true colour under it. Where they overlap the last one counts. Now and
    then all colours are shown, so that hints are learnt to be copied.

    Parameters
    ----------
    chroma_lab
        The truth, ``(N, 2, S, S)``.
    """
    n, _, size, _ = chroma_lab.shape
    device, most = chroma_lab.device, method.most
    goes_on = uniform((n, most), 0, 1, generator) >= method.stop
    alive = goes_on.long().cumprod(1).bool()  # (N, K)
    side = torch.randint(1, _LARGEST_HINT + 1, (n, most, 1), generator=generator, device=device)
    centre = size / 2 + _SPREAD * size * torch.randn((n, most, 2), generator=generator, device=device)
    first = (centre - side / 2).round().long().clamp_min(0)
    first = torch.minimum(first, size - side)  # (N, K, 2): inside, as a user's hints are
    last = first + side
    # Sums over squares by the table of sums from the corner.
    table = F.pad(chroma_lab.cumsum(2).cumsum(3), (1, 0, 1, 0)).flatten(2)  # (N, 2, (S + 1) ** 2)

    def upto(rows: Tensor, cols: Tensor) -> Tensor:
        return table.gather(2, (rows * (size + 1) + cols)[:, None].expand(-1, 2, -1))  # (N, 2, K)

    top, left, bottom, right = first[..., 0], first[..., 1], last[..., 0], last[..., 1]
    total = upto(bottom, right) - upto(top, right) - upto(bottom, left) + upto(top, left)
    mean = total / side[:, :, 0].square()[:, None]

    steps = torch.arange(size, device=device)
    in_rows = (steps >= top[..., None]) & (steps < bottom[..., None])  # (N, K, S)
    in_cols = (steps >= left[..., None]) & (steps < right[..., None])
    inside = in_rows[:, :, :, None] & in_cols[:, :, None] & alive[..., None, None]  # (N, K, S, S)
    numbers = torch.arange(1, most + 1, device=device, dtype=torch.int16)[None, :, None, None]
    uppermost = (inside * numbers).amax(1)  # (N, S, S): 0 where there is none
    mask = uppermost > 0
    chosen = (uppermost.long() - 1).clamp_min(0).flatten(1)[:, None].expand(-1, 2, -1)
    colours = mean.gather(2, chosen).view(n, 2, size, size) * mask[:, None]
    shown = happens(n, method.all_shown, generator)
    colours, mask = torch.where(shown, chroma_lab, colours), mask[:, None] | shown
    return torch.cat([colours / CHROMA_SCALE, mask.to(chroma_lab.dtype)], dim=1)
