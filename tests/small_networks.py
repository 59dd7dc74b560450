"""Networks that can do less than the studio's own, as small as can be, to test what depends on that.

Each says what the luminance is, and where it lies: no two photos, and no two places, come out alike.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.networks.quantization import BINS
from colorstudio.networks.registry import ARCHITECTURES, Architecture
from colorstudio.training.batches import Batch
from colorstudio.training.recipe import Stage
from colorstudio.training.teachers import TEACHERS
from colorstudio.training.teachers.supervised import SupervisedTeacher


@dataclass(frozen=True)
class SmallConfig:
    width: int = 4


class _Small(ColorNetwork):
    stride = 8
    normalisation: ClassVar[dict[str, float]] = {"chroma_scale": CHROMA_SCALE}

    def __init__(self, config: SmallConfig | None = None) -> None:
        super().__init__()
        self.config = config or SmallConfig()
        generator = torch.Generator().manual_seed(1)
        self.sees = nn.Conv2d(3, self.config.width, 3, padding=1)
        self.drops = nn.Dropout2d(0.25)
        self.says = nn.Conv2d(self.config.width, 2, 1)
        self.bins = nn.Conv2d(self.config.width, BINS, 1)
        for parameter in self.parameters():
            nn.init.normal_(parameter, std=0.4, generator=generator)

    def encode(self, luminance: Tensor) -> list[Tensor]:
        n, _, rows, cols = luminance.shape
        row = torch.linspace(-1, 1, rows).to(luminance)[:, None].expand(n, 1, rows, cols)
        col = torch.linspace(-1, 1, cols).to(luminance)[None].expand(n, 1, rows, cols)
        return [torch.tanh(self.sees(torch.cat([luminance / 50 - 1, row, col], dim=1)))]

    def _chroma(self, features: Tensor) -> Tensor:
        return torch.tanh(self.says(self.drops(features))) * 0.5 * CHROMA_SCALE


class PlainNetwork(_Small):
    """No hints, no distribution; a*b* as large as the photo."""

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        return Prediction(self._chroma(features[0]), None)


class BinsNetwork(_Small):
    """No hints; a distribution, and a*b* at a quarter of the size."""

    has_distribution = True

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        quarter = F.avg_pool2d(features[0], 4)
        return Prediction(self._chroma(quarter), quarter)

    def distribution(self, trunk: Tensor) -> Tensor:
        return self.bins(trunk)


class FineBinsNetwork(BinsNetwork):
    """No hints; a distribution, and a*b* as large as the photo."""

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        return Prediction(self._chroma(features[0]), F.avg_pool2d(features[0], 4))


class HintsNetwork(_Small):
    """Hints, which are simply added; no distribution, and features that tell nothing."""

    takes_hints = True

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        added = F.avg_pool2d(hints[:, :2], 9, 1, 4, divisor_override=1) * CHROMA_SCALE
        return Prediction(F.avg_pool2d(self._chroma(features[0]) + added, 2), None)


@dataclass(frozen=True)
class SmallMethod:
    weight: float = 1.0


class SmallTeacher(SupervisedTeacher):
    method_class = SmallMethod

    def loss(
        self, prediction: Prediction, batch: Batch, hints: Tensor, stage: Stage, generator: torch.Generator
    ) -> dict[str, Tensor]:
        stride = batch.chroma_lab.shape[-1] // prediction.chroma_lab.shape[-1]
        truth = F.avg_pool2d(batch.chroma_lab, stride)
        distance = (prediction.chroma_lab.float() - truth).square().mean() / 1000
        return {"loss": self.setting.method.weight * distance, "distance": distance}


KINDS: dict[str, type[_Small]] = {
    "plain": PlainNetwork, "bins": BinsNetwork, "fine-bins": FineBinsNetwork, "hints": HintsNetwork,
}  # fmt: skip


@contextmanager
def small_networks() -> Generator[None]:
    """Let the registry and the trainer know them, by the names in `KINDS`."""
    with pytest.MonkeyPatch.context() as patch:
        for package in ("networks.architectures", "training.teachers"):
            patch.setitem(sys.modules, f"colorstudio.{package}.small", sys.modules[__name__])
        for name, kind in KINDS.items():
            patch.setitem(ARCHITECTURES, name, Architecture("small", "SmallConfig", kind.__name__))
            patch.setitem(TEACHERS, name, ("small", "SmallTeacher"))
        yield


def small_network(kind: str) -> ColorNetwork:
    return KINDS[kind]().eval().requires_grad_(False)
