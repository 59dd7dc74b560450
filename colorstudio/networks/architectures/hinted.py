"""The studio's own network: an encoder that sees the photo, a light decoder that also sees the hints.

The encoder runs once per photo; the decoder runs again on each stroke. Hints
enter at every scale of the decoder, as the mean a*b* of the hinted pixels of a
cell and how much of the cell is hinted. Attention at stride 16 carries a hint
to like things across the photo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.errors import ModelError
from colorstudio.networks.architectures.efficientnet_lite import (
    LUMINANCE_MEAN,
    LUMINANCE_SCALE,
    STRIDE,
    TAP_CHANNELS,
    EfficientNetLite2Encoder,
)
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.networks.quantization import BINS

_HINT_CHANNELS = 4
# The a*b* of hints come in as large as the features they join: at 1 they were all but ignored.
_HINT_GAIN = 8.0
_OUTPUT_STRIDE = 2


@dataclass(frozen=True)
class HintedConfig:
    """Widths of the decoder at strides 16, 8, 4 and 2, and its number of attention blocks."""

    widths: tuple[int, int, int, int] = (192, 128, 64, 32)
    attention_blocks: int = 2
    heads: int = 6

    def __post_init__(self) -> None:
        if len(self.widths) != 4 or min(*self.widths, self.attention_blocks, self.heads) < 1:
            raise ModelError("widths are four whole numbers, attention_blocks and heads are one each")
        if self.widths[0] % self.heads:
            raise ModelError("the first width is not a multiple of heads")


def _conv(inputs: int, outputs: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(outputs)
    )


class _ResidualBlock(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _conv(channels, channels)
        self.second = _conv(channels, channels)
        nn.init.zeros_(self.second[1].weight)  # type: ignore[arg-type]  # starts as the identity

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(F.relu(self.first(x))))


class _AttentionBlock(nn.Module):
    """Pre-norm self-attention and MLP over the cells of stride 16."""

    def __init__(self, channels: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm_attention = nn.LayerNorm(channels)
        self.qkv = nn.Linear(channels, 3 * channels)
        self.project = nn.Linear(channels, channels)
        self.norm_mlp = nn.LayerNorm(channels)
        self.mlp = nn.Sequential(
            nn.Linear(channels, 2 * channels), nn.GELU(), nn.Linear(2 * channels, channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        n, c, h, w = x.shape
        tokens = x.flatten(2).transpose(1, 2)  # (N, h * w, C)
        qkv = self.qkv(self.norm_attention(tokens))
        q, k, v = qkv.view(n, h * w, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v)  # (N, heads, h * w, C / heads)
        tokens = tokens + self.project(mixed.transpose(1, 2).reshape(n, h * w, c))
        tokens = tokens + self.mlp(self.norm_mlp(tokens))
        return tokens.transpose(1, 2).reshape(n, c, h, w)


def _hints_at(hints: Tensor, stride: int) -> Tensor:
    """Hints of a cell: mean a, mean b, whether there is one, and the share of its pixels.

    Parameters
    ----------
    hints
        ``(N, 3, H, W)``: a*b* over `CHROMA_SCALE`, zero where there is no hint, and the mask.
    """
    pooled = F.avg_pool2d(hints, stride)
    share = pooled[:, 2:]
    mean = pooled[:, :2] / share.clamp_min(1e-4) * _HINT_GAIN
    return torch.cat([mean, (share > 0).to(hints.dtype), share], dim=1)  # (N, 4, H / s, W / s)


class _Level(nn.Module):
    """One step up: twice the size, joined by the photo's features and the hints of that scale."""

    def __init__(self, below: int, skip: int, width: int, blocks: int) -> None:
        super().__init__()
        self.from_below = nn.Conv2d(below, width, 1, bias=False)
        self.from_photo = _conv(skip, width, 1)
        self.from_hints = nn.Conv2d(_HINT_CHANNELS, width, 1, bias=False)
        self.blocks = nn.Sequential(*[_ResidualBlock(width) for _ in range(blocks)])

    def forward(self, below: Tensor, skip: Tensor, hints: Tensor) -> Tensor:
        up = F.interpolate(self.from_below(below), scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.blocks(F.relu(up + self.from_photo(skip) + self.from_hints(hints)))


class HintedDecoder(nn.Module):
    def __init__(self, config: HintedConfig) -> None:
        super().__init__()
        w16, w8, w4, w2 = config.widths
        c4, c8, c16, c32 = TAP_CHANNELS
        self.deep = _conv(c32, w16, 1)
        self.level16 = _Level(w16, c16, w16, 1)
        self.attention = nn.Sequential(
            *[_AttentionBlock(w16, config.heads) for _ in range(config.attention_blocks)]
        )
        self.level8 = _Level(w16, c8, w8, 1)
        self.level4 = _Level(w8, c4, w4, 2)
        self.level2 = _Level(w4, _OUTPUT_STRIDE**2, w2, 1)
        self.chroma = nn.Conv2d(w2, 2, 3, padding=1)
        self.bins = nn.Conv2d(w4, BINS, 1)

    def forward(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        dtype = self.bins.weight.dtype  # that of all but the last layer: see `HintedColorizer.halve`
        f4, f8, f16, f32 = (level.to(dtype) for level in features)
        h2, h4, h8, h16 = (_hints_at(hints, stride).to(dtype) for stride in (_OUTPUT_STRIDE, 4, 8, 16))
        x = F.relu(self.deep(f32))
        x = self.attention(self.level16(x, f16, h16))
        x = self.level8(x, f8, h8)
        trunk = self.level4(x, f4, h4)
        fine = F.pixel_unshuffle(luminance / 50 - 1, _OUTPUT_STRIDE).to(dtype)  # (N, 4, H / 2, W / 2)
        x = self.level2(trunk, fine, h2)
        return Prediction(self.chroma(x.float()) * CHROMA_SCALE, trunk)


class HintedColorizer(ColorNetwork):
    """Encoder and decoder together."""

    stride = STRIDE
    takes_hints = True
    has_distribution = True
    tells_places_apart = True
    starts_published = True
    normalisation: ClassVar[dict[str, float]] = {
        "luminance_mean": LUMINANCE_MEAN,
        "luminance_scale": LUMINANCE_SCALE,
        "chroma_scale": CHROMA_SCALE,
        "hint_gain": _HINT_GAIN,
    }

    def __init__(self, config: HintedConfig | None = None) -> None:
        super().__init__()
        self.config = config or HintedConfig()
        self.encoder = EfficientNetLite2Encoder()
        self.decoder = HintedDecoder(self.config)

    def start_from(self, encoder_state: Mapping[str, Tensor]) -> None:
        self.encoder.load_published(encoder_state)

    def halve(self) -> HintedColorizer:
        """Let the decoder compute in bfloat16, for machines that do so twice as fast.

        Colours come out as before to 0.04 units of a*b* on average, 0.3 at most. Not so the encoder's, whose
        errors add up to 2 units; and smooth skies would show steps if the last layer did.
        """
        self.decoder.to(torch.bfloat16)
        self.decoder.chroma.float()
        return self

    def encode(self, luminance: Tensor) -> list[Tensor]:
        return self.encoder(luminance)

    def decode(self, features: list[Tensor], luminance: Tensor, hints: Tensor) -> Prediction:
        return self.decoder(features, luminance, hints)

    def distribution(self, trunk: Tensor) -> Tensor:
        return self.decoder.bins(trunk)
